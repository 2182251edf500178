//! `unknown-value`: a value of the right type that the client does not know.

use super::view::{change_of, pair};
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::document::Seen;
use crate::finding::{Applicability, Finding, Message, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "unknown-value",
    group: Group::File,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "A value is none of those that the client knows",
    page: include_str!("unknown_value.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::UnknownValue { found, allowed, effect, to, optional } = &observation.seen else { continue };
        let what = message!("{found} is no value that this setting knows", found = found);
        let mut finding = RULE.seen(observation, what).because(effect.clone()).found(found).help(choice(allowed));
        let view = cx.server_of(&observation.key);
        finding.severity = match view {
            Some(view) => view.severity_of_unusable(&observation.key, to.as_ref()),
            // Beside the servers, what can only mean one thing is mostly taken for it.
            None if to.is_some() || *optional => Severity::Warning,
            // Mail may go by its own copy of the list.
            None if cx.document.client == "apple-mail" => Severity::Warning,
            None => Severity::Error,
        };
        out.push(match (to, view) {
            (Some(to), _) => {
                let fix = message!("write {to}", to = to);
                let change = change_of(observation, found, to);
                finding.help(fix.clone()).values(found, to).fix(fix, Applicability::Safe, vec![change])
            }
            (None, Some(view)) => as_published(finding, &view),
            (None, None) => finding,
        });
    }
}

/// The old value says nothing of what was meant, so the server becomes what its provider publishes.
fn as_published(finding: Finding, view: &ServerView<'_>) -> Finding {
    let severity = finding.severity;
    let Some((set, changes)) = view.official_mend() else { return finding };
    let own = changes.iter().find(|change| change.key == finding.location.key).map(|change| &change.to);
    let expected = match own {
        Some(Value::Authentication(way)) => way.words(),
        _ => pair(set.port, set.security),
    };
    let fix = message!("set what the provider publishes: {expected}", expected = expected);
    // A milder finding is one that the client gets along with: nothing is changed unasked.
    let applicability = if severity == Severity::Error { Applicability::Safe } else { Applicability::Unsafe };
    let finding = finding.help(fix.clone()).fix(fix, applicability, changes);
    view.finish(finding, Some(set), view.graded(severity, Some(set)))
}

fn choice(allowed: &[&str]) -> Message {
    // Bare numbers say nothing to anybody.
    let is_numbers = || allowed.iter().all(|value| value.bytes().all(|byte| byte.is_ascii_digit()));
    if allowed.is_empty() || is_numbers() {
        return Message::new("choose a value in the settings of the mail program");
    }
    message!("write one of: {allowed}", allowed = allowed)
}

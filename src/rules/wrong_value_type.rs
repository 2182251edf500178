//! `wrong-value-type`: a number in quotes, a switch given as a number: the client looks for another type and finds nothing.

use super::view::{change_of, pair};
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::document::{Observation, Seen};
use crate::finding::{Applicability, Finding, Message, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "wrong-value-type",
    group: Group::File,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "A value has another type than the client expects, so it is ignored or refused",
    page: include_str!("wrong_value_type.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::WrongType { expected, found, effect, to } = &observation.seen {
            let what = message!("{found} is written where {expected} is expected", found = found, expected = expected);
            let finding = RULE.seen(observation, what).because(effect.clone()).found(found);
            out.push(match (cx.server_of(&observation.key), to) {
                (Some(view), to) => of_server(finding, &view, observation, to.as_ref()),
                (None, Some(to)) => as_told(finding, observation, to),
                (None, None) => finding.help(message!("write {expected} there", expected = expected)),
            });
        }
    }
}

fn of_server(mut finding: Finding, view: &ServerView<'_>, observation: &Observation, to: Option<&Value>) -> Finding {
    let key = &observation.key;
    finding.severity = match key {
        // The client falls back to a password, which most servers take.
        key if *key == view.server.authentication.key => Severity::Warning,
        key => view.severity_of_unusable(key, to),
    };
    if *key == view.server.security.key
        && finding.severity == Severity::Error
        && let Some((set, changes)) = view.official_mend()
    {
        let expected = pair(set.port, set.security);
        let fix = message!("set what the provider publishes: {expected}", expected = expected);
        let graded = view.graded(finding.severity, Some(set));
        return view.finish(finding.help(fix.clone()).fix(fix, Applicability::Safe, changes), Some(set), graded);
    }
    let Some(to) = to else {
        return finding.help(Message::new("enter the value again in the settings of the mail program"));
    };
    // Where the client gets along with its default, the value that was meant may be the one that fails.
    let is_safe = finding.severity == Severity::Error || view.uses(key, to);
    rewritten(finding, observation, to, if is_safe { Applicability::Safe } else { Applicability::Unsafe })
}

/// Beside the servers, a value that can be told at all is mostly read in spite of its type.
fn as_told(mut finding: Finding, observation: &Observation, to: &Value) -> Finding {
    finding.severity = Severity::Warning;
    rewritten(finding, observation, to, Applicability::Safe)
}

fn rewritten(finding: Finding, observation: &Observation, to: &Value, applicability: Applicability) -> Finding {
    let from = finding.found.as_ref().map(ToString::to_string).unwrap_or_default();
    let fix = message!("write {to}", to = to);
    let change = change_of(observation, &from, to);
    finding.help(fix.clone()).values(from, to).fix(fix, applicability, vec![change])
}

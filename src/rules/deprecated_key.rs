//! `deprecated-key`: a key that newer systems pass over, so that what it should switch on stays off, or that its maker advises against.

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Applicability, Change, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "deprecated-key",
    group: Group::Managed,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "A key is in use that newer systems pass over or have another for",
    page: include_str!("deprecated_key.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::DeprecatedKey { since, ignored, instead, successors } = &observation.seen {
            let finding = report(observation, since, *ignored, successors);
            out.push(match instead {
                Some(key) => finding.fix(
                    message!("rename it to {key}", key = *successors),
                    Applicability::Unsafe,
                    renamed(observation, key),
                ),
                None => finding,
            });
        }
    }
}

fn report(observation: &Observation, since: &str, ignored: bool, successors: &[&str]) -> Finding {
    let key = &observation.key;
    let (what, why, severity) = if ignored {
        (
            message!("{key} has no effect since {version}", key = key, version = since),
            "whoever wrote it wants mail to be signed or encrypted, and the device does not do so without saying a word",
            Severity::Warning,
        )
    } else {
        (
            message!("{key} is deprecated since {version}", key = key, version = since),
            "Apple does not promise that newer systems still read it, and what it sets is then left out without a word",
            Severity::Info,
        )
    };
    let help = if successors.is_empty() {
        message!("take it out, unless devices older than {version} are left", version = since)
    } else {
        message!(
            "use {keys}, which took its place; keep the old key beside it if old devices are left",
            keys = successors
        )
    };
    RULE.seen(observation, what).because(why).help(help).graded(severity, Confidence::High)
}

fn renamed(observation: &Observation, key: &str) -> Vec<Change> {
    let set = Change { key: key.to_owned(), from: String::new(), to: Value::Flag(true) };
    vec![set, change_of(observation, "true", &Value::Removed)]
}

//! `deprecated-key`: a switch that newer systems pass over, so that what it should switch on stays off.

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
    summary: "A switch is on that newer systems pass over",
    page: include_str!("deprecated_key.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::DeprecatedKey { since, instead, successors } = &observation.seen {
            let finding = report(observation, since, successors);
            out.push(match instead {
                Some(key) => finding.fix(
                    message!("rename it to {key}", key = successors),
                    Applicability::Unsafe,
                    renamed(observation, key),
                ),
                None => finding,
            });
        }
    }
}

fn report(observation: &Observation, since: &str, successors: &str) -> Finding {
    RULE.seen(observation, message!("{key} has no effect since {version}", key = observation.key, version = since))
        .because("whoever wrote it wants mail to be signed or encrypted, and the device does not do so without saying a word")
        .help(message!("use {keys}, which took its place; keep the old key beside it if old devices are left", keys = successors))
        .found("true")
        .graded(Severity::Warning, Confidence::High)
}

fn renamed(observation: &Observation, key: &str) -> Vec<Change> {
    let set = Change { key: key.to_owned(), from: String::new(), to: Value::Flag(true) };
    vec![set, change_of(observation, "true", &Value::Removed)]
}

//! `misspelled-key`: a setting under a name that the client does not read, one slip away from a name that it does.

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Applicability, Change, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "misspelled-key",
    group: Group::File,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "A setting has a name that the client does not read, close to one that it does",
    page: include_str!("misspelled_key.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::MisspelledKey { meant, value } = &observation.seen {
            let what = message!("{key} is not read; {meant} is", key = observation.key, meant = meant);
            let finding = RULE
                .seen(observation, what)
                .because(
                    "what is set under a name that the program does not read has no effect, and its default is used",
                )
                .help(message!("give it the name {meant}", meant = meant))
                .values(&observation.key, meant);
            let changes = value.as_ref().map(|value| rename(observation, meant, value)).unwrap_or_default();
            out.push(finding.fix(message!("rename it to {meant}", meant = meant), Applicability::Unsafe, changes));
        }
    }
}

fn rename(observation: &Observation, meant: &str, value: &Value) -> Vec<Change> {
    let set = Change { key: meant.to_owned(), from: String::new(), to: value.clone() };
    vec![set, change_of(observation, value, &Value::Removed)]
}

//! `empty-label`: a text by which people are to know a profile or an account, and nothing in it.

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "empty-label",
    group: Group::Managed,
    severity: Severity::Info,
    fixes: Fixes::Unsafe,
    summary: "A text that people read in the settings of the device is empty",
    page: include_str!("empty_label.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.document.accounts.is_empty() {
        return;
    }
    for observation in cx.observations().filter(|observation| observation.seen == Seen::EmptyLabel) {
        let finding = RULE
            .seen(observation, message!("{key} is empty", key = observation.key))
            .because("people see an empty line where they look for who gave them the profile or which account it is; most often a template was not filled in")
            .help("write the text, or take the key out")
            .fix("take it out", Applicability::Unsafe, vec![change_of(observation, "", &Value::Removed)]);
        out.push(finding.graded(Severity::Info, Confidence::High));
    }
}

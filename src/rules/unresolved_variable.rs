//! `unresolved-variable`: a placeholder that nobody filled in.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen, Variable};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "unresolved-variable",
    group: Group::Managed,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "A placeholder stands where a value should be",
    page: include_str!("unresolved_variable.md"),
    check,
};

/// So many placeholders are named.
const NAMED: usize = 5;

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let mut told: Vec<Option<&str>> = Vec::new();
    for observation in cx.observations() {
        let Seen::Variable(variable) = &observation.seen else { continue };
        if is_identity(cx, observation) {
            // Whether text there does harm is another question: `invalid-payload-uuid`.
        } else if variable.misplaced {
            out.push(misplaced(observation, variable));
        } else if !told.contains(&observation.account.as_deref()) {
            told.push(observation.account.as_deref());
            out.push(left_to_management(cx, observation));
        }
    }
}

/// Whether the placeholder stands for a payload's UUID.
fn is_identity(cx: &Context<'_>, observation: &Observation) -> bool {
    cx.observations().any(|seen| matches!(seen.seen, Seen::PayloadId { .. }) && seen.key == observation.key)
}

fn misplaced(observation: &Observation, variable: &Variable) -> Finding {
    RULE.seen(observation, message!("{text} is left over from a template", text = variable.text))
        .because(
            "hardly any management system puts a value here, and the device takes the placeholder itself or refuses the profile",
        )
        .help("write the value")
        .found(&variable.text)
}

/// The placeholders of one account that a management system may replace: one finding for all of them.
fn left_to_management(cx: &Context<'_>, first: &Observation) -> Finding {
    let mut names: Vec<&str> = Vec::new();
    for observation in cx.observations().filter(|observation| observation.account == first.account) {
        if let Seen::Variable(variable) = &observation.seen
            && !variable.misplaced
            && !names.contains(&variable.text.as_str())
        {
            names.push(&variable.text);
        }
    }
    names.truncate(NAMED);
    let names = names.join(", ");
    RULE.seen(first, message!("is {names} replaced before the profile is installed?", names = names))
        .because("a management system puts the person's values in; without one the device takes the placeholder itself for the address or the user name")
        .help("if the profile is given to people as a file, write the values; if a management system installs it, all is well")
        .found(&names)
        .graded(Severity::Warning, Confidence::Medium)
}

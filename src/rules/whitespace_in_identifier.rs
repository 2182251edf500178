//! `whitespace-in-identifier`: blanks or line ends around the name of a payload or profile.

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "whitespace-in-identifier",
    group: Group::Managed,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "Blanks or line ends belong to the identifier of a payload",
    page: include_str!("whitespace_in_identifier.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::UntrimmedIdentifier { to } = &observation.seen {
            out.push(report(observation, to));
        }
    }
}

/// A device that has the profile knows it with the blanks, so taking them away makes another profile of the next version.
fn report(observation: &Observation, to: &str) -> Finding {
    RULE.seen(observation, message!("blanks or line ends stand around {identifier}", identifier = to))
        .because("devices take them for a part of the name: a later version without them is another profile to them, and the mailbox is there twice")
        .help("write it without them before the profile is given out; afterwards keep it as it is until a new one is due anyway")
        .found(to)
        .fix("take them away", Applicability::Unsafe, vec![change_of(observation, to, &Value::Text(to.to_owned()))])
        .graded(Severity::Warning, Confidence::High)
}

//! `system-scope`: a profile for the whole computer that holds a mail account, which macOS keeps for a person only.

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "system-scope",
    group: Group::Managed,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "A mail account is put into a profile for the whole computer",
    page: include_str!("system_scope.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::SystemScope { only_mail } = observation.seen {
            out.push(report(observation, only_mail));
        }
    }
}

fn report(observation: &Observation, only_mail: bool) -> Finding {
    let finding = RULE
        .seen(observation, message!("the profile is for the whole computer, and holds a mail account"))
        .because("a Mac keeps mail accounts for each person, and takes this payload from profiles for people only; an iPhone passes over the scope")
        .graded(Severity::Warning, Confidence::High);
    if !only_mail {
        // Its other payloads may need the scope.
        return finding.help("move the mail account into a profile of its own with the scope User").found("System");
    }
    let to = Value::Text("User".to_owned());
    finding.help("write User as the scope, or take the key out").values("System", "User").fix(
        "make it a profile for people",
        Applicability::Unsafe,
        vec![change_of(observation, "System", &to)],
    )
}

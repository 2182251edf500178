//! `newer-format`: a file of a newer version of the program than is known here.

use super::{Context, Fixes, Group, Rule};
use crate::document::{ProfileSeen, Seen};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "newer-format",
    group: Group::File,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "The file is of a newer version of the program, so nothing is changed in it",
    page: include_str!("newer_format.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if matches!(observation.seen, Seen::Profile(ProfileSeen::NewerFormat)) {
            out.push(
                RULE.seen(observation, message!("a newer version of the program than mailcfg knows wrote this file"))
                    .because("a setting may mean something else there, so what is found may not hold, and nothing is changed")
                    .help("use a newer version of mailcfg"),
            );
        }
    }
}

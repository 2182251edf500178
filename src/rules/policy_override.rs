//! `policy-override`: an administrator sets mail settings, so that changes in the program do not last.

use super::view::some_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, ProfileSeen, Seen};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "policy-override",
    group: Group::Safety,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "An administrator's file sets mail settings at every start",
    page: include_str!("policy_override.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let mut files: Vec<&str> = Vec::new();
    for observation in cx.observations() {
        if let Seen::Profile(ProfileSeen::Policy { by, .. }) = &observation.seen
            && !files.contains(&by.as_str())
        {
            files.push(by);
            out.push(report(cx, observation, by));
        }
    }
}

/// One finding for a file.
fn report(cx: &Context<'_>, first: &Observation, file: &str) -> Finding {
    let mut is_locked = false;
    let mut names: Vec<&str> = Vec::new();
    for observation in cx.observations() {
        if let Seen::Profile(ProfileSeen::Policy { by, locked }) = &observation.seen
            && by == file
        {
            is_locked |= locked;
            names.push(&observation.key);
        }
    }
    let list = some_of(&names);
    let what = if is_locked {
        message!("{file} sets and locks mail settings: {names}", file = file, names = list)
    } else {
        message!("{file} sets mail settings at every start: {names}", file = file, names = list)
    };
    RULE.seen(first, what)
        .because("an administrator laid it down for everybody who uses the program here; what is changed in the profile has no effect, or only until the next start")
        .help("ask the people who look after the computer to change it there")
}

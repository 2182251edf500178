//! `user-js-override`: a second file sets mail settings again at every start, so that changes elsewhere do not last.

use super::view::some_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "user-js-override",
    group: Group::Safety,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "user.js sets mail settings again at every start",
    page: include_str!("user_js_override.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let overrides = |file: &str| -> Vec<&Observation> {
        cx.observations().filter(|seen| matches!(&seen.seen, Seen::Override { by } if by == file)).collect()
    };
    let mut files: Vec<&str> = Vec::new();
    for observation in cx.observations() {
        if let Seen::Override { by } = &observation.seen
            && !files.contains(&by.as_str())
        {
            files.push(by);
            out.extend(report(cx, by, &overrides(by)));
        }
    }
}

/// One finding for the file, at the setting that weighs most.
fn report(cx: &Context<'_>, file: &str, overrides: &[&Observation]) -> Option<Finding> {
    let is_connection = |seen: &&Observation| cx.server_of(&seen.key).is_some();
    let connection: Vec<&Observation> = overrides.iter().copied().filter(is_connection).collect();
    let told = if connection.is_empty() { overrides } else { &connection };
    let what = if connection.is_empty() {
        message!("{file} sets mail settings at every start", file = file)
    } else {
        message!("{file} sets the connection of an account at every start", file = file)
    };
    let mut finding = RULE
        .seen(told.first()?, what)
        .because("what is changed in the mail program, or in the main file alone, is undone at the next start")
        .help(message!("make changes of these in {file} too: {names}", file = file, names = names(told)));
    if connection.is_empty() {
        finding.severity = Severity::Info;
    }
    Some(finding)
}

fn names(overrides: &[&Observation]) -> Vec<String> {
    let mut names: Vec<&str> = Vec::new();
    for seen in overrides {
        if !names.contains(&seen.key.as_str()) {
            names.push(&seen.key);
        }
    }
    some_of(&names)
}

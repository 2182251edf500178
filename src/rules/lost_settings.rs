//! `lost-settings`: accounts that the program could not read and kept only in `Invalidprefs.js`.

use super::view::some_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, ProfileSeen, Seen};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "lost-settings",
    group: Group::File,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "Settings of accounts are only left in the copy of a damaged file",
    page: include_str!("lost_settings.md"),
    check,
};

/// The name that the program gives to the copy.
const COPY: &str = "Invalidprefs.js";

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::Profile(ProfileSeen::OtherPreferences { file, missing, .. }) = &observation.seen
            && file == COPY
            && !missing.is_empty()
        {
            out.push(report(observation, missing));
        }
    }
}

fn report(observation: &Observation, missing: &[String]) -> Finding {
    let names: Vec<&str> = missing.iter().map(String::as_str).collect();
    let list = some_of(&names);
    let what = message!(
        "settings of accounts are in {copy} and no longer in the preferences: {names}",
        copy = COPY,
        names = list
    );
    RULE.seen(observation, what)
        .because("the program found a fault in its preferences at some start, went on with what it could read and put a copy of the whole aside; what it could not read is only in this copy")
        .help("if an account is missing, close the program, copy these lines from the one file to the other, and delete Invalidprefs.js; if nothing is missing, delete it")
        .graded(Severity::Warning, Confidence::Medium)
}

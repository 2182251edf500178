//! `unfinished-save`: a newer copy of the preferences that never took their place.

use super::view::some_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, ProfileSeen, Seen};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "unfinished-save",
    group: Group::File,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "A newer copy of the preferences was not put in their place",
    page: include_str!("unfinished_save.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::Profile(ProfileSeen::UnfinishedSave { file: newer }) = &observation.seen else { continue };
        let differences = cx.observations().find_map(|other| match &other.seen {
            Seen::Profile(ProfileSeen::OtherPreferences { file, missing, changed }) if file == newer => {
                Some((missing, changed))
            }
            _ => None,
        });
        // A program that runs is just saving.
        if let Some((missing, changed)) = differences.filter(|_| !is_running(cx)) {
            let names: Vec<&str> = missing.iter().chain(changed).map(String::as_str).collect();
            out.push(report(observation, newer, &names));
        }
    }
}

fn is_running(cx: &Context<'_>) -> bool {
    cx.observations().any(|observation| matches!(observation.seen, Seen::ClientRunning { .. }))
}

fn report(observation: &Observation, file: &str, names: &[&str]) -> Finding {
    let list = some_of(names);
    let what = message!(
        "{file} is newer than the preferences and says other things of accounts: {names}",
        file = file,
        names = list
    );
    RULE.seen(observation, what)
        .because("the program writes its preferences into such a file first and then renames it; here that failed, mostly because of a full disk, a virus scanner or missing permissions, so the last changes are not in force")
        .help("close the program and compare the two files; when the accounts are right, delete the numbered file, and look why it could not be renamed")
}

//! `profile-not-opened`: accounts in a profile that the program does not open by itself.

use std::path::PathBuf;

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, ProfileSeen, Seen};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "profile-not-opened",
    group: Group::Safety,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "Accounts are set up in a profile that the program does not open",
    page: include_str!("profile_not_opened.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.document.accounts.is_empty() {
        return;
    }
    for observation in cx.observations() {
        if let Seen::Profile(ProfileSeen::ProfileNotOpened { name, opened }) = &observation.seen {
            out.push(report(cx, observation, name, opened));
        }
    }
}

fn report(cx: &Context<'_>, observation: &Observation, name: &str, opened: &[(String, PathBuf)]) -> Finding {
    let names: Vec<&str> = opened.iter().map(|(name, _)| name.as_str()).collect();
    let what = message!(
        "the accounts in the profile {name} are not seen: the program opens {opened}",
        name = name,
        opened = names
    );
    let mut finding = RULE
        .seen(observation, what)
        .help("to use this profile, start the program with the option -P and choose it there, or set it as the default on the page about:profiles (Help, Troubleshooting Information)");
    if has_no_accounts(cx, opened) {
        return finding.because("the profile that is opened has no account, as after a new installation; the accounts and the mail that seem to be gone are here");
    }
    finding.severity = Severity::Info;
    finding.because("each profile has accounts, passwords and mail of its own; what is changed in this one has no effect on the one that is opened")
}

/// Whether all profiles that are opened were looked at, and none of them has an account.
fn has_no_accounts(cx: &Context<'_>, opened: &[(String, PathBuf)]) -> bool {
    opened.iter().all(|(_, folder)| cx.run.in_folder(folder).is_some_and(|document| document.accounts.is_empty()))
}

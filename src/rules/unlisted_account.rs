//! `unlisted-account`: a mailbox that is set up and that the program does not show.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, ProfileSeen, Seen};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "unlisted-account",
    group: Group::References,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "A mailbox is set up, but stands in no list, so it is not shown",
    page: include_str!("unlisted_account.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.loses_settings() {
        return; // The list may stand in the part that cannot be read.
    }
    for observation in cx.observations() {
        if let Seen::Profile(ProfileSeen::UnlistedAccount { host, username, listed }) = &observation.seen {
            out.push(report(observation, (username, host), listed.as_deref()));
        }
    }
}

fn report(observation: &Observation, mailbox: (&str, &str), listed: Option<&str>) -> Finding {
    let (username, host) = mailbox;
    let what = message!("the mailbox of {user} at {host} is set up, but not shown", user = username, host = host);
    let finding = RULE.seen(observation, what);
    match listed {
        Some(list) => finding
            .because("the account is not in the list of accounts, so the program passes it over and may give its name to the next new account")
            .help(message!("if it is missed, close the program and write {list} as the list of accounts (mail.accountmanager.accounts)", list = list))
            .graded(Severity::Warning, Confidence::Medium),
        None => finding
            .because("no account names this server any more; this is what is left when the program drops an account, or when one was removed by hand")
            .help("if it is missed, set the account up again; its mail is still in the folder of the profile")
            .graded(Severity::Info, Confidence::Medium),
    }
}

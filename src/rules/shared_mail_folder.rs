//! `shared-mail-folder`: two accounts that keep their mail in one folder.

use super::{Context, Fixes, Group, Rule};
use crate::document::{ProfileSeen, Seen};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "shared-mail-folder",
    group: Group::Safety,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "Two accounts keep their mail in the same folder",
    page: include_str!("shared_mail_folder.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::Profile(ProfileSeen::SharedStore { other, folder }) = &observation.seen else { continue };
        let account = observation.account.as_deref().unwrap_or_default();
        let what = message!("{account} keeps its mail in the same folder as {other}", account = account, other = other);
        out.push(
            RULE.seen(observation, what)
                .because("each account writes its own lists over those of the other; mail seems to vanish, and removing one account with its data deletes the mail of both")
                .help("close the program, copy the folder, and choose another one for this account: account settings, Server Settings, Local Directory")
                .found(folder),
        );
    }
}

//! `passwords-readable-by-others`: everybody on the computer can read the saved passwords and the key to them.

use super::{Context, Fixes, Group, Rule};
use crate::document::{ProfileSeen, Seen};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "passwords-readable-by-others",
    group: Group::Safety,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "Everybody on this computer can read the saved passwords",
    page: include_str!("passwords_readable_by_others.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::Profile(ProfileSeen::ReadableByOthers { file }) = &observation.seen else { continue };
        let what = message!("everybody on this computer can read {file} and the key that opens it", file = file);
        out.push(
            RULE.seen(observation, what)
                .because("unless a primary password is set, the two files together give away every saved password")
                .help(
                    "close the folder of the profile to others: chmod 700 on the folder, chmod 600 on the files in it",
                ),
        );
    }
}

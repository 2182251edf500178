//! `missing-mail-folder`: the folder in which an account keeps its mail is not there.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, ProfileSeen, Seen};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "missing-mail-folder",
    group: Group::Safety,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "The folder in which an account keeps its mail does not exist",
    page: include_str!("missing_mail_folder.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let on_disk = cx.observations().find_map(|observation| match &observation.seen {
        Seen::Profile(ProfileSeen::StoresOnDisk { folders }) => Some(folders),
        _ => None,
    });
    // Preferences that were copied without their mail say nothing.
    let Some(on_disk) = on_disk else { return };
    for observation in cx.observations() {
        let Seen::Profile(ProfileSeen::Store { folder, only_copy }) = &observation.seen else { continue };
        // Some disks take capitals for small letters.
        if !on_disk.iter().any(|known| known.to_lowercase() == folder.to_lowercase()) {
            out.push(report(observation, folder, *only_copy));
        }
    }
}

fn report(observation: &Observation, folder: &str, only_copy: bool) -> Finding {
    let what = message!("the folder for the mail of this account, {folder}, does not exist", folder = folder);
    let mut finding = RULE.seen(observation, what).found(folder);
    if only_copy {
        return finding
            .because("mail that was fetched with POP may be nowhere else; the program makes a new, empty folder at the next start")
            .help("look for the folder in the trash, in a backup or under an old name, and put it back before the program is started");
    }
    finding.severity = Severity::Info;
    finding
        .because("the program makes it anew and fetches the mail from the server again; only what was never on the server is lost")
        .help("nothing, if the account is new or the folder was deleted on purpose")
}

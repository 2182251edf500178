//! `unused-outgoing-server`: an outgoing server that no address uses and that is easily taken for the one in use.

use super::{Context, Fixes, Group, Rule};
use crate::document::{OutgoingEntry, ProfileSeen, Seen};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "unused-outgoing-server",
    group: Group::References,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "An outgoing server that no address uses looks like the one in use",
    page: include_str!("unused_outgoing_server.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.loses_settings() {
        return;
    }
    for observation in cx.observations() {
        let Seen::Profile(ProfileSeen::UnusedOutgoing { entry, is_default }) = &observation.seen else { continue };
        let twin = twin(cx, entry);
        if twin.is_none() && !is_default {
            continue; // Somebody may keep it for later, and takes it for nothing else.
        }
        let what = message!("no address uses the outgoing server {host} ({key})", host = entry.host, key = entry.key);
        let finding = RULE.seen(observation, what).found(&entry.host);
        let finding = match twin {
            Some(twin) => finding
                .because(message!("mail goes out through {host}, an entry of the same provider; a change or a new password in the unused one has no effect", host = twin))
                .help("remove the entry in the account settings, under Outgoing Server (SMTP), if it is left from before"),
            None => finding
                .because("it is the default, so the next account that is set up without a server of its own will send through it")
                .help("choose a server that is in use as the default, in the account settings under Outgoing Server (SMTP)"),
        };
        out.push(finding.graded(Severity::Info, Confidence::High));
    }
}

/// A server in use that has the same host or belongs to the same provider.
fn twin<'a>(cx: &Context<'a>, entry: &OutgoingEntry) -> Option<&'a str> {
    let host = entry.host.trim().to_ascii_lowercase();
    let providers = cx.providers.for_host(&host);
    let used = cx.document.accounts.iter().flat_map(|account| &account.outgoing);
    let is_like = |other: &str| {
        let others = cx.providers.for_host(other);
        other == host || others.iter().any(|other| providers.iter().any(|provider| provider.id == other.id))
    };
    used.into_iter().find(|server| is_like(&server.host_name())).map(|server| server.host.value.as_str())
}

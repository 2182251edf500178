//! `no-saved-outgoing-password`: the password for receiving is saved, the one for sending is not.

use super::{Context, Fixes, Group, Rule, ServerView};
use crate::account::{Account, Protocol};
use crate::document::{ProfileSeen, Seen};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "no-saved-outgoing-password",
    group: Group::Password,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "The password for receiving is saved, the one for sending is not",
    page: include_str!("no_saved_outgoing_password.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let is_separate = cx.observations().any(|observation| {
        matches!(observation.seen, Seen::Profile(ProfileSeen::SavedLogins { shared_with_outgoing: false }))
    });
    if !is_separate {
        return;
    }
    let is_outgoing = |view: &&ServerView<'_>| view.server.protocol.value == Protocol::Smtp;
    for view in cx.servers().iter().filter(is_outgoing) {
        let server = view.server;
        let asks = server.authentication.value.sends_password() && !server.username.value.trim().is_empty();
        if asks && has_incoming(cx, view.account) && !is_saved(cx, "smtp://", &server.host.value) {
            let what = message!("no password is saved for the outgoing server {host}", host = server.host.value);
            out.push(
                RULE.at(&server.host, what)
                    .on(&view.account.id)
                    .because("receiving and sending have a password each, also where the two are the same; the program asks for this one when mail is sent for the first time")
                    .help("enter the password when the program asks, and let it remember it; an app password is shown only once, so have it at hand"),
            );
        }
    }
}

fn has_incoming(cx: &Context<'_>, account: &Account) -> bool {
    let Some(server) = &account.incoming else { return false };
    let scheme = if server.protocol.value == Protocol::Pop3 { "mailbox://" } else { "imap://" };
    server.authentication.value.sends_password() && is_saved(cx, scheme, &server.host.value)
}

/// Names are compared letter by letter, as the program does.
fn is_saved(cx: &Context<'_>, scheme: &str, host: &str) -> bool {
    let is_it = |origin: &str| origin.strip_prefix(scheme) == Some(host);
    cx.observations().any(
        |observation| matches!(&observation.seen, Seen::Profile(ProfileSeen::SavedLogin { origin }) if is_it(origin)),
    )
}

//! `saved-password-beside-oauth`: a password that stayed behind when an account moved to a sign-in through the browser.

use super::{Context, Fixes, Group, Rule};
use crate::account::{Authentication, Server};
use crate::document::{ProfileSeen, Seen};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "saved-password-beside-oauth",
    group: Group::Password,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "A password is still saved for a server that is used with OAuth2",
    page: include_str!("saved_password_beside_oauth.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::Profile(ProfileSeen::SavedLogin { origin }) = &observation.seen else { continue };
        let host = origin.split_once("://").map_or(origin.as_str(), |(_, host)| host);
        let accounts = cx.document.accounts.iter().flat_map(|account| account.incoming.iter().chain(&account.outgoing));
        let servers: Vec<&Server> = accounts.filter(|server| server.host.value == host).collect();
        // User names are encrypted: where another account signs in with a password, it may be the password of that one.
        if servers.iter().any(|server| server.authentication.value != Authentication::Oauth2) {
            continue;
        }
        out.push(
            RULE.seen(observation, message!("a password is saved for {origin}, which is used with OAuth2", origin = origin))
                .because("it is left from the time before the sign-in through the browser; it is not used any more, but whoever gets hold of the profile has it")
                .help("to delete it: Settings, Privacy & Security, Passwords, Saved Passwords, choose the line, Remove; leave the line that begins with oauth://")
                .found(origin),
        );
    }
}

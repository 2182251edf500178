//! `no-smtp-authentication`: mail is handed in without saying who sends it.

use super::missing_username::{WRITE_PLACEHOLDER, asks_at_installation};
use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView, login, not_a_mail_server};
use crate::account::{Authentication, Protocol};
use crate::document::Seen;
use crate::finding::{Applicability, Change, Confidence, Finding, Message, Severity, Value};
use crate::message;
use crate::provider::ServerSet;

pub(super) const RULE: Rule = Rule {
    name: "no-smtp-authentication",
    group: Group::Sending,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "The outgoing server is used without signing in",
    page: include_str!("no_smtp_authentication.md"),
    check,
};

/// Ports for handing mail in, where a server must ask who it is. RFC 6409 §4.3, RFC 8314 §3.3.
const SUBMISSION: [i64; 3] = [465, 587, 2525];

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let is_lost = |view: &ServerView<'_>| cx.loses_settings() && !view.server.username.is_written();
    let is_told = |view: &ServerView<'_>| is_told_elsewhere(cx, view) || not_a_mail_server::is_one(cx, view);
    let anonymous = cx.public_servers().into_iter().filter(|view| is_anonymous(view) && !is_told(view));
    for view in anonymous.filter(|view| !is_lost(view)) {
        let set = view.target_set().filter(|set| view.is_at_provider() && !set.authentication.is_empty());
        match set {
            // People are left in peace with what their provider says; who publishes such a file may want to look again.
            Some(set) if set.authentication.contains(&Authentication::None) => {
                out.extend(view.document.is_published().then(|| published(&view, set)));
            }
            Some(set) => out.push(report(&view, set)),
            None => out.push(unknown(&view)),
        }
    }
}

/// Whether the file says that fetching mail comes first: `pop-before-smtp`.
fn is_told_elsewhere(cx: &Context<'_>, view: &ServerView<'_>) -> bool {
    let key = &view.server.authentication.key;
    cx.observations().any(|seen| matches!(seen.seen, Seen::PopBeforeSmtp) && seen.key == *key)
}

fn is_anonymous(view: &ServerView<'_>) -> bool {
    let server = view.server;
    let way = server.authentication.value;
    let is_nameless = login::clean(&server.username.value).is_empty() && !asks_at_installation(view);
    let is_nobody =
        way == Authentication::None || (is_nameless && (login::uses_name(way) || way == Authentication::Ntlm));
    server.protocol.value == Protocol::Smtp && is_nobody && !server.host_name().is_empty()
}

fn report(view: &ServerView<'_>, set: &ServerSet) -> Finding {
    let (changes, applicability) = sign_in(view, set);
    let way = view.better_way(set).map_or(view.server.authentication.value, |(way, _)| way).words();
    let help = match login::expected(view) {
        Some(name) => message!("sign in to the outgoing server as {name}, by {way}", name = name, way = way),
        None if view.document.is_published() => Message::new(WRITE_PLACEHOLDER),
        None => message!(
            "sign in to the outgoing server by {way}, with the user name that the provider gave out",
            way = way
        ),
    };
    let finding = found(view)
        .because("the provider takes mail only from people who sign in; without it sending fails, often with \"relay access denied\"")
        .help(help)
        .fix(message!("sign in by {way}", way = way), applicability, changes);
    let finding = match view.server.authentication.value {
        Authentication::None => finding.words(Authentication::None.words(), way),
        _ => match login::expected(view) {
            Some(name) => finding.values("", name),
            None => finding,
        },
    };
    view.finish(finding, Some(set), view.graded(Severity::Error, Some(set)))
}

/// What is missing: a way to sign in, a user name, or both. Without a user name a way alone is worth nothing.
fn sign_in(view: &ServerView<'_>, set: &ServerSet) -> (Vec<Change>, Applicability) {
    let username = &view.server.username;
    let mut changes = view.mend(set);
    let is_only_way = view.better_way(set).is_none_or(|(_, is_only)| is_only);
    if login::clean(&username.value).is_empty() && !asks_at_installation(view) {
        let Some(name) = login::expected(view) else { return (Vec::new(), Applicability::DisplayOnly) };
        changes.push(change(username, &username.value, Value::Text(name)));
    }
    (changes, if is_only_way { Applicability::Safe } else { Applicability::Unsafe })
}

/// A relay that knows its people by their network is possible, and port 25 is where one would be.
fn unknown(view: &ServerView<'_>) -> Finding {
    let is_submission = SUBMISSION.contains(&view.server.port.value);
    let severity = if is_submission { Severity::Warning } else { Severity::Info };
    let help = if view.document.is_published() && view.server.authentication.value != Authentication::None {
        WRITE_PLACEHOLDER
    } else {
        "if sending fails, choose the normal password as the authentication method and enter the user name that is used for receiving"
    };
    let finding = found(view)
        .because("nearly every provider takes mail only from people who sign in; without it sending fails, often with \"relay access denied\"")
        .help(help)
        .found_words(view.server.authentication.value.words());
    view.finish(finding, None, view.capped(severity, Confidence::Medium))
}

/// No sign-in is what the provider says, so nothing is called wrong.
fn published(view: &ServerView<'_>, set: &ServerSet) -> Finding {
    let finding = found(view)
        .because("nearly every provider takes mail only from people who sign in; here going without is what is known of the provider")
        .help("compare it with the provider's own page; nothing needs to change if mail works");
    view.finish(finding, Some(set), (Severity::Info, Confidence::Medium))
}

fn found(view: &ServerView<'_>) -> Finding {
    let server = view.server;
    let host = server.host_name();
    if server.authentication.value == Authentication::None {
        RULE.at(&server.authentication, message!("mail is handed to {host} without signing in", host = host))
    } else {
        RULE.at(&server.username, message!("no user name to sign in to {host} with", host = host))
    }
}

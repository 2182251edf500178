//! `repeated-refused-sign-in`: several programs or accounts go on signing in with a password that is surely refused.

use super::{Context, Fixes, Group, Rule, ServerView};
use crate::account::Server;
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "repeated-refused-sign-in",
    group: Group::Password,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "Several programs or accounts try the same sign-in, which is refused",
    page: include_str!("repeated_refused_sign_in.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in cx.public_servers() {
        let is_refused = view.is_incoming() && view.is_password_retired();
        if is_refused && !view.server.username.value.trim().is_empty() {
            out.extend(report(cx, &view));
        }
    }
}

/// Reported once, where the login stands first.
fn report(cx: &Context<'_>, view: &ServerView<'_>) -> Option<Finding> {
    let server = view.server;
    let places = cx.run.with_login(server);
    let mut own = cx.document.accounts.iter().filter(|account| is_same(account.incoming.as_ref(), server));
    let is_first = own.next().is_some_and(|first| first.id == view.account.id);
    if !is_first || places.first().is_some_and(|first| *first < cx.index) {
        return None;
    }
    let more = own.count();
    let mut files: Vec<String> = Vec::new();
    for (_, document) in cx.others(places) {
        if document.accounts.iter().any(|account| is_same(account.incoming.as_ref(), server)) {
            files.push(document.main().path().display().to_string());
        }
    }
    let host = server.host_name();
    let what = match files.first() {
        Some(file) => message!(
            "{host} refuses the password of {user}, and {file} tries it too",
            host = host,
            user = server.username.value.trim(),
            file = file
        ),
        None if more > 0 => message!(
            "{host} refuses the password of {user}, and another account of this file tries it too",
            host = host,
            user = server.username.value.trim()
        ),
        None => return None,
    };
    Some(
        RULE.at(&server.username, what)
            .on(&view.account.id)
            .because("each of them tries again every few minutes, and many refused attempts in a short time may make the provider lock the mailbox")
            .help("close all but one of the programs, change that one to the sign-in through the browser, then the others one by one"),
    )
}

/// The same login, with a password.
fn is_same(other: Option<&Server>, server: &Server) -> bool {
    other.is_some_and(|other| {
        other.host_name() == server.host_name()
            && other.username.value.trim() == server.username.value.trim()
            && other.authentication.value.sends_password()
    })
}

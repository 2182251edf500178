//! `no-incoming-authentication`: an account that fetches mail and does not say who it is.

use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::account::{Authentication, Security};
use crate::finding::{Applicability, Change, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "no-incoming-authentication",
    group: Group::Authentication,
    severity: Severity::Error,
    fixes: Fixes::Unsafe,
    summary: "The account fetches mail without signing in",
    page: include_str!("no_incoming_authentication.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let silent = |view: &ServerView<'_>| {
        view.is_incoming()
            && view.server.authentication.value == Authentication::None
            && !view.server.host_name().is_empty()
    };
    out.extend(cx.public_servers().iter().filter(|view| silent(view)).map(report));
}

fn report(view: &ServerView<'_>) -> Finding {
    let setting = &view.server.authentication;
    let set = view.target_set().filter(|_| view.is_at_provider());
    let official = set.and_then(|set| view.better_way(set).map(|(way, _)| (way, view.mend(set))));
    let (way, changes) = official.unwrap_or_else(|| (Authentication::Password, by_default(view)));
    let finding = RULE
        .at(setting, message!("no authentication for the {role}", role = view.role()))
        .because("a mailbox opens only for somebody who signs in; without it the server gives out no mail")
        .help(message!("choose {way} as the authentication method", way = way.words()))
        .words(setting.value.words(), way.words())
        .fix(message!("sign in with {way}", way = way.words()), Applicability::Unsafe, changes);
    view.finish(finding, set, view.capped(Severity::Error, Confidence::High))
}

/// A password must not cross a line without encryption because of us.
fn by_default(view: &ServerView<'_>) -> Vec<Change> {
    let setting = &view.server.authentication;
    let to = change(setting, setting.value.name(), Value::Authentication(Authentication::Password));
    if view.server.security.value == Security::None { Vec::new() } else { vec![to] }
}

//! `any-authentication`: the program may sign in in whatever way the server names, cleartext included.

use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView, hosts};
use crate::account::{Authentication, Security};
use crate::document::Seen;
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "any-authentication",
    group: Group::Authentication,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "The way to sign in is left to whoever answers",
    page: include_str!("any_authentication.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let is_any = |view: &ServerView<'_>| {
        view.server.authentication.value == Authentication::Any && view.server.authentication.is_written()
    };
    // A value that the program does not know at all is `unknown-value`.
    let is_told = |key: &str| {
        cx.observations()
            .any(|seen| seen.key == key && matches!(seen.seen, Seen::UnknownValue { .. } | Seen::WrongType { .. }))
    };
    let views = hosts::reachable(cx).into_iter().filter(is_any);
    out.extend(views.filter(|view| !is_told(&view.server.authentication.key)).map(|view| report(&view)));
}

fn report(view: &ServerView<'_>) -> Finding {
    let setting = &view.server.authentication;
    let set = view.target_set().filter(|_| view.is_at_provider() && !view.is_password_retired());
    let way = set.and_then(|set| view.better_way(set)).map_or(Authentication::Password, |(way, _)| way);
    let finding = RULE
        .at(setting, message!("the {role} may be signed in to by any method", role = view.role()))
        .because("this old value leaves the choice to the server that answers, and a stranger in its place chooses the one that gives the password away")
        .help(message!("choose {way} as the authentication method", way = way.name()))
        .values(setting.value.name(), way.name());
    // Without encryption a password would be readable; that is what has to change first.
    let is_encrypted = view.server.security.value != Security::None;
    let changes = vec![change(setting, setting.value.name(), Value::Authentication(way))];
    let changes = if is_encrypted { changes } else { Vec::new() };
    let finding = finding.fix(message!("sign in with {way}", way = way.name()), Applicability::Unsafe, changes);
    let severity = if is_encrypted { Severity::Info } else { Severity::Warning };
    view.finish(finding, set, view.capped(severity, Confidence::High))
}

//! `forgotten-rename`: a new name of a server or user that only old versions of Thunderbird read.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, ProfileSeen, Seen};
use crate::finding::{Applicability, Change, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "forgotten-rename",
    group: Group::References,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "A renamed server or user is written where new versions do not look",
    page: include_str!("forgotten_rename.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::Profile(ProfileSeen::ForgottenRename { in_force, value, is_certain }) = &observation.seen {
            out.push(report(cx, observation, (in_force, value), *is_certain));
        }
    }
}

fn report(cx: &Context<'_>, observation: &Observation, rename: (&str, &str), is_certain: bool) -> Finding {
    let (in_force, value) = rename;
    let now = cx.server_of(in_force).map(|view| {
        let server = view.server;
        if server.host.key == in_force { server.host.value.clone() } else { server.username.value.clone() }
    });
    let now = now.unwrap_or_default();
    let what = message!("the account was renamed to {value} once, but {now} is used", value = value, now = now);
    let changes = vec![
        Change { key: in_force.to_owned(), from: now.clone(), to: Value::Text(value.to_owned()) },
        Change { key: observation.key.clone(), from: value.to_owned(), to: Value::Removed },
    ];
    RULE.seen(observation, what)
        .because("Thunderbird up to version 91 kept a rename under this name; since version 102 it is not read, and the old name is in force again")
        .help(message!("if mail does not arrive, use {value}; if it does, the line has no meaning", value = value))
        .values(now, value)
        .fix(message!("use {value}", value = value), Applicability::Unsafe, changes)
        .graded(Severity::Warning, if is_certain { Confidence::High } else { Confidence::Medium })
}

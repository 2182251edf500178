//! `abandoned-host`: the placeholder that Thunderbird leaves for a host name it refused.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Applicability, Change, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "abandoned-host",
    group: Group::Host,
    severity: Severity::Error,
    fixes: Fixes::Unsafe,
    summary: "Thunderbird gave up the host name of an account and left a placeholder",
    page: include_str!("abandoned_host.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for seen in cx.observations() {
        if let Seen::AbandonedHost { was } = &seen.seen {
            let id = seen.account.as_deref();
            let server = cx.servers().into_iter().find(|view| view.server.host.key == seen.key);
            let found = server.map_or_else(|| "*.invalid".to_owned(), |view| view.server.host.value.clone());
            let finding = report(seen, was.as_deref(), &found).graded(Severity::Error, Confidence::High);
            out.push(match id {
                Some(id) => finding.on(id),
                None => finding,
            });
        }
    }
}

fn report(seen: &Observation, was: Option<&str>, found: &str) -> Finding {
    let what = message!("the host {host} is the placeholder for a host name that was refused", host = found);
    let finding = RULE
        .at_place(&seen.key, Some(seen.place), what)
        .because("at an earlier start the program could not use the host name, put this in its place and may have dropped the account; the mail on the disk is still there");
    match was {
        Some(was) => finding
            .help(message!("put back {host}, which the folder of the account is named after", host = was))
            .values(found, was)
            .fix(
                message!("put back {host}", host = was),
                Applicability::Unsafe,
                vec![Change { key: seen.key.clone(), from: found.to_owned(), to: Value::Text(was.to_owned()) }],
            ),
        None => finding.help("enter the host name again, as the provider publishes it").found(found),
    }
}

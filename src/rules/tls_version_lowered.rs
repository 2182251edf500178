//! `tls-version-lowered`: a setting that allows versions of TLS which no mail provider needs any more.

use super::{Context, Fixes, Group, Rule};
use crate::account::{Protocol, Reach};
use crate::document::{Observation, Seen};
use crate::finding::{Applicability, Change, Confidence, Finding, Severity, Value};
use crate::message;
use crate::provider::MatchLevel;

pub(super) const RULE: Rule = Rule {
    name: "tls-version-lowered",
    group: Group::Security,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "Old versions of TLS are allowed again",
    page: include_str!("tls_version_lowered.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for seen in cx.observations() {
        if let Seen::TlsMinimum { value } = seen.seen {
            out.push(report(cx, seen, value));
        }
    }
}

fn report(cx: &Context<'_>, seen: &Observation, value: i64) -> Finding {
    let (version, severity) = match value {
        0 => ("SSL 3.0", Severity::Error),
        1 => ("TLS 1.0", Severity::Error),
        _ => ("TLS 1.1", Severity::Warning),
    };
    let removal = Change { key: seen.key.clone(), from: value.to_string(), to: Value::Removed };
    RULE.at_place(&seen.key, Some(seen.place), message!("connections down to {version} are allowed", version = version))
        .because("these versions can be broken by somebody on the way; advice to lower the limit mostly hides another fault, such as a wrong port or an old virus scanner")
        .help("remove the line, so that the program demands TLS 1.2 again")
        .values(version, "TLS 1.2")
        .fix("remove the line", freedom(cx), vec![removal])
        .graded(severity, Confidence::High)
}

/// A server of which nothing is known may be so old that it needs the line.
fn freedom(cx: &Context<'_>) -> Applicability {
    let needs_none = cx.servers().iter().all(|view| {
        let is_known = view.matched.is_some_and(|matched| matched.level != MatchLevel::Address);
        is_known || view.server.reach() == Reach::Loopback || view.server.protocol.value == Protocol::Exchange
    });
    if needs_none { Applicability::Safe } else { Applicability::Unsafe }
}

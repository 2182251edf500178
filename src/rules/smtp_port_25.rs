//! `smtp-port-25`: mail handed in on port 25, the port between servers.

use super::view::{change, pair};
use super::{Context, Fixes, Group, Rule, ServerView, hosts};
use crate::account::{Authentication, Protocol, Security};
use crate::finding::{Applicability, Change, Confidence, Finding, Severity, Value};
use crate::message;
use crate::provider::{ServerSet, Status};

pub(super) const RULE: Rule = Rule {
    name: "smtp-port-25",
    group: Group::Port,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "Mail is handed in on port 25, which many networks block",
    page: include_str!("smtp_port_25.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in hosts::reachable(cx) {
        let server = view.server;
        let is_25 = server.protocol.value == Protocol::Smtp && server.port.value == 25 && server.port.is_written();
        if is_25 && !hosts::offers_port(cx, &view, 25) && !is_second_choice(&view) {
            out.push(report(cx, &view));
        }
    }
}

/// Whether a published file names another server before this one, so that mail is sent there.
fn is_second_choice(view: &ServerView<'_>) -> bool {
    let first = view.account.outgoing.first();
    view.document.is_published() && first.is_some_and(|first| first.port.value != 25)
}

fn report(cx: &Context<'_>, view: &ServerView<'_>) -> Finding {
    let finding = RULE
        .at(&view.server.port, message!("mail is sent on port 25"))
        .because("that port is for mail between servers; most providers of internet access block it for everyone else, at home and on the road");
    match view.nearest_set().filter(|set| view.is_at_provider() && set.port != 25) {
        Some(set) => with_set(cx, view, finding, set),
        None => without(view, finding),
    }
}

/// What is no longer told to anyone may still work: then it is a warning, and is not changed without being asked.
fn with_set(cx: &Context<'_>, view: &ServerView<'_>, finding: Finding, set: &ServerSet) -> Finding {
    let may_work = view.current_set().is_some_and(|current| current.status < Status::Retired);
    let (severity, at_most) =
        if may_work { (Severity::Warning, Applicability::Unsafe) } else { (Severity::Error, Applicability::Safe) };
    let expected = pair(set.port, set.security);
    let finding = finding.help(message!("use {expected}", expected = expected)).values(25, set.port).fix(
        message!("use {server}", server = hosts::whole(view, set)),
        at_most.min(hosts::freedom(cx, view, set)),
        view.mend(set),
    );
    view.finish(finding, Some(set), view.graded(severity, Some(set)))
}

/// The changes to the port for handing in mail. Without a sign-in port 25 may be the relay of one network, and the other ports
/// would refuse it.
pub(super) fn submission(view: &ServerView<'_>) -> Vec<Change> {
    let server = view.server;
    let mut changes: Vec<Change> = Vec::new();
    if server.authentication.value != Authentication::None {
        changes.push(change(&server.port, 25, Value::Number(587)));
        if server.security.value != Security::StartTls {
            changes.push(change(&server.security, server.security.value.name(), Value::Security(Security::StartTls)));
        }
    }
    changes
}

fn without(view: &ServerView<'_>, finding: Finding) -> Finding {
    let finding = finding
        .help("use 587 with STARTTLS or 465 with SSL/TLS, whichever the provider publishes, and sign in")
        .values(25, 587)
        .fix("set 587 with STARTTLS", Applicability::Unsafe, submission(view));
    view.finish(finding, None, view.capped(Severity::Warning, Confidence::High))
}

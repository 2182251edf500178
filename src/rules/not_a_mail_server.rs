//! `not-a-mail-server`: a host of the web mail, or one that takes mail from other servers, in place of a server for mail programs.

use super::hosts;
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::account::{Authentication, Protocol};
use crate::finding::{Applicability, Confidence, Finding, Message, Severity};
use crate::message;
use crate::provider::{Provider, Status, matches_pattern};

pub(super) const RULE: Rule = Rule {
    name: "not-a-mail-server",
    group: Group::Host,
    severity: Severity::Error,
    fixes: Fixes::Unsafe,
    summary: "The host is a web page or takes mail from other servers only",
    page: include_str!("not_a_mail_server.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in hosts::plain(cx) {
        if let Some(kind) = kind(cx, &view) {
            out.push(report(&view, kind));
        }
    }
}

/// Whether the host is known to be none that mail programs use: then its port and its encryption say nothing.
pub(super) fn is_one(cx: &Context<'_>, view: &ServerView<'_>) -> bool {
    kind(cx, view).is_some()
}

/// What the host is instead.
#[derive(Clone, Copy)]
enum Kind {
    Web,
    Mx,
    Never,
}

fn kind(cx: &Context<'_>, view: &ServerView<'_>) -> Option<Kind> {
    let provider: &Provider = view.provider().filter(|_| view.is_at_provider())?;
    let (host, protocol) = (view.server.host_name(), view.server.protocol.value);
    let serves = [Protocol::Imap, Protocol::Pop3, Protocol::Smtp].iter().any(|any| hosts::serves(cx, &host, *any));
    let is_in = |list: &[_]| list.iter().any(|name: &crate::provider::Text| matches_pattern(name, &host));
    let never = provider.retired_host(&host, protocol).is_some_and(|entry| entry.status == Status::Never);
    match () {
        () if never => Some(Kind::Never),
        () if serves => None,
        () if is_in(&provider.webmail) => Some(Kind::Web),
        () if is_in(&provider.mx_hosts) => Some(Kind::Mx),
        () => None,
    }
}

/// A device hands mail to the MX host of its own company on port 25, without signing in. That works inside the company, and is
/// documented (Microsoft calls it direct send).
fn is_direct(view: &ServerView<'_>, kind: Kind) -> bool {
    let server = view.server;
    matches!(kind, Kind::Mx)
        && (server.protocol.value, server.port.value) == (Protocol::Smtp, 25)
        && server.authentication.value == Authentication::None
}

fn report(view: &ServerView<'_>, kind: Kind) -> Finding {
    if is_direct(view, kind) {
        let host = hosts::name(view);
        let finding = RULE
            .at(&view.server.host, message!("{host} takes mail from other servers, not from mail programs", host = host))
            .because("handed in there without signing in, mail reaches people of the same company only, and only from a line that lets port 25 through")
            .help("this is right for a printer or a scanner; a person uses the server that the provider publishes for mail programs")
            .found(host);
        return view.finish(finding, None, (Severity::Info, Confidence::High));
    }
    let set = view.nearest_set();
    let (what, why) = words(view, kind);
    let finding = RULE.at(&view.server.host, what).because(why).found(hosts::name(view));
    let finding = match set {
        Some(set) => finding
            .help(message!("use {server}", server = hosts::whole(view, set)))
            .values(hosts::name(view), &set.host)
            .fix(message!("use {server}", server = hosts::whole(view, set)), Applicability::Unsafe, view.mend(set)),
        None => finding.help("enter the server that the provider publishes for mail programs"),
    };
    // With a sign-in somebody tried to use it as a person does; it may still take mail for its own users.
    let takes_mail =
        matches!(kind, Kind::Mx) && (view.server.protocol.value, view.server.port.value) == (Protocol::Smtp, 25);
    let severity = if takes_mail { Severity::Warning } else { Severity::Error };
    let grade = match kind {
        Kind::Never => view.provider().and_then(|provider| {
            let entry = provider.retired_host(&view.server.host_name(), view.server.protocol.value)?;
            Some(entry.confidence.unwrap_or(provider.confidence))
        }),
        Kind::Web | Kind::Mx => view.provider().map(|provider| provider.confidence),
    };
    let graded = grade.map_or_else(|| view.graded(severity, None), |grade| view.graded_by(severity, grade));
    view.finish(finding, set, graded)
}

fn words(view: &ServerView<'_>, kind: Kind) -> (Message, &'static str) {
    let host = hosts::name(view);
    match kind {
        Kind::Web => (
            message!("{host} is the web mail, not a server for mail programs", host = host),
            "it shows mail in a browser and does not answer mail programs",
        ),
        Kind::Mx => (
            message!("{host} takes mail from other servers, not from mail programs", host = host),
            "it accepts mail for its own users and lets nobody sign in",
        ),
        Kind::Never => (
            message!("{host} is no server for mail programs", host = host),
            "the name looks as if it were one, but it does not answer mail programs",
        ),
    }
}

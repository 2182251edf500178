//! `not-a-mail-server`: a host of the web mail, or one that takes mail from other servers, in place of a server for mail programs.

use super::hosts;
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::account::Protocol;
use crate::finding::{Applicability, Finding, Message, Severity};
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
        let Some(provider) = view.provider().filter(|_| view.is_at_provider()) else { continue };
        if let Some(kind) = kind(cx, &view, provider) {
            out.push(report(&view, kind));
        }
    }
}

/// What the host is instead.
#[derive(Clone, Copy)]
enum Kind {
    Web,
    Mx,
    Never,
}

fn kind(cx: &Context<'_>, view: &ServerView<'_>, provider: &Provider) -> Option<Kind> {
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

fn report(view: &ServerView<'_>, kind: Kind) -> Finding {
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
    // Devices hand mail to the MX host of their own company on port 25, without signing in; that works inside the company.
    let is_direct =
        matches!(kind, Kind::Mx) && view.server.protocol.value == Protocol::Smtp && view.server.port.value == 25;
    let severity = if is_direct { Severity::Warning } else { Severity::Error };
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

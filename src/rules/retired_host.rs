//! `retired-host`: a host that the provider has shut down, will shut down, or no longer tells anyone to use.

use super::hosts;
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::date::Date;
use crate::finding::{Applicability, Finding, Message, Severity};
use crate::message;
use crate::provider::{Grade, Provider, ServerSet, Status};

pub(super) const RULE: Rule = Rule {
    name: "retired-host",
    group: Group::Host,
    severity: Severity::Error,
    fixes: Fixes::Unsafe,
    summary: "A host was shut down, or will be",
    page: include_str!("retired_host.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in hosts::plain(cx) {
        if let Some(retirement) = retirement(&view) {
            out.push(report(cx, &view, &retirement));
        }
    }
}

/// What is known of the end of a host.
struct Retirement<'a> {
    status: Status,
    until: Option<Date>,
    successor: Option<&'a str>,
    same_login: bool,
    grade: Grade,
    source: Option<&'a str>,
}

fn retirement<'a>(view: &ServerView<'a>) -> Option<Retirement<'a>> {
    if !view.is_at_provider() {
        return None;
    }
    let provider = view.provider()?;
    let mut found = of_host(view, provider).or_else(|| of_sets(view, provider))?;
    let is_over = found.until.is_some_and(|until| until <= view.today);
    if found.status == Status::Retiring && is_over {
        found.status = Status::Retired;
    }
    matches!(found.status, Status::Legacy | Status::Retiring | Status::Retired).then_some(found)
}

fn of_host<'a>(view: &ServerView<'a>, provider: &'a Provider) -> Option<Retirement<'a>> {
    let entry = provider.retired_host(&view.server.host_name(), view.server.protocol.value)?;
    Some(Retirement {
        status: entry.status,
        until: entry.until,
        successor: entry.successor.as_deref(),
        same_login: entry.same_login,
        grade: entry.confidence.unwrap_or(provider.confidence),
        source: entry.sources.first().map(AsRef::as_ref).or_else(|| provider.source()),
    })
}

/// A host all of whose sets for this protocol are on their way out. One that is still right with other settings is not retired.
fn of_sets<'a>(view: &ServerView<'a>, provider: &'a Provider) -> Option<Retirement<'a>> {
    let host = view.server.host_name();
    let domain = view.domain();
    let of_server = |set: &&ServerSet| {
        set.protocol == view.server.protocol.value && set.has_host(&host) && set.is_for(domain.as_deref())
    };
    let best = provider.servers.iter().filter(of_server).min_by_key(|set| set.status)?;
    let grade = best.grade(provider);
    let found = Retirement {
        status: best.status,
        until: best.until.or(provider.ended),
        successor: None,
        same_login: false,
        grade,
        source: best.source(provider),
    };
    (!best.is_usable() || provider.ended.is_some()).then_some(found)
}

fn report(cx: &Context<'_>, view: &ServerView<'_>, retirement: &Retirement<'_>) -> Finding {
    let severity = match retirement.status {
        Status::Retired => Severity::Error,
        Status::Retiring => Severity::Warning,
        _ => Severity::Info,
    };
    let graded = view.graded_by(severity, retirement.grade);
    let finding = RULE.at(&view.server.host, what(view, retirement)).because(why(retirement)).found(hosts::name(view));
    let finding = match target(view, retirement) {
        Some(set) => finding
            .help(message!("use {server}", server = hosts::whole(view, set)))
            .values(hosts::name(view), &set.host)
            .fix(
                message!("use {server}", server = hosts::whole(view, set)),
                freedom(cx, view, retirement, set),
                view.mend(set),
            ),
        None if view.provider().is_some_and(|provider| provider.ended.is_some()) => finding
            .help("the service has ended: save the mail that is on this computer, and tell people your new address"),
        None => finding.help("ask the provider which server took its place"),
    };
    view.finish(finding, None, graded).published(retirement.source)
}

fn what(view: &ServerView<'_>, retirement: &Retirement<'_>) -> Message {
    let host = hosts::name(view);
    match (retirement.status, retirement.until) {
        (Status::Retired, Some(until)) => message!("{host} was shut down on {day}", host = host, day = until),
        (Status::Retired, None) => message!("{host} was shut down", host = host),
        (Status::Retiring, Some(until)) => message!("{host} will be shut down on {day}", host = host, day = until),
        (Status::Retiring, None) => message!("{host} will be shut down", host = host),
        _ => message!("{host} is an old host name that the provider no longer tells anyone to use", host = host),
    }
}

const fn why(retirement: &Retirement<'_>) -> &'static str {
    match retirement.status {
        Status::Retired => "the server does not answer any more",
        Status::Retiring => "after that day the account does not connect any more",
        _ => "it still answers, but nobody promises for how long",
    }
}

/// The set that takes the place: on the successor if one is named, else the nearest.
fn target<'a>(view: &ServerView<'a>, retirement: &Retirement<'_>) -> Option<&'a ServerSet> {
    let Some(successor) = retirement.successor else { return view.nearest_set() };
    view.nearest_set_for(successor).filter(|set| set.has_host(successor))
}

/// Safe where the old host is known to be gone, and the new one takes the same login.
fn freedom(cx: &Context<'_>, view: &ServerView<'_>, retirement: &Retirement<'_>, set: &ServerSet) -> Applicability {
    let is_sure = retirement.status == Status::Retired && retirement.successor.is_some() && retirement.same_login;
    let at_most = if is_sure { Applicability::Safe } else { Applicability::Unsafe };
    at_most.min(hosts::freedom(cx, view, set))
}

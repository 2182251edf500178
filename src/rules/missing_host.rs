//! `missing-host`: a server without a host name.

use super::hosts::{self, Form};
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::finding::{Applicability, Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "missing-host",
    group: Group::Host,
    severity: Severity::Error,
    fixes: Fixes::Unsafe,
    summary: "A server has no host name",
    page: include_str!("missing_host.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (view, written) in hosts::written(cx) {
        if written.form == Form::Missing {
            out.push(report(&view));
        }
    }
}

fn report(view: &ServerView<'_>) -> Finding {
    let finding = RULE
        .at(&view.server.host, message!("the {role} has no host name", role = view.role()))
        .because("the program has nothing to connect to");
    let view = &hosts::as_provider(view);
    let finding = match view.nearest_set() {
        Some(set) => finding
            .help(message!("enter {server}", server = hosts::whole(view, set)))
            .values("", &set.host)
            .fix(message!("use {server}", server = hosts::whole(view, set)), Applicability::Unsafe, view.mend(set)),
        None => finding.help("enter the name of the server, as the provider or the administrator publishes it"),
    };
    view.finish(finding, view.nearest_set(), view.capped(Severity::Error, Confidence::High))
}

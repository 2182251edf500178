//! `trailing-dot-in-host`: a full stop behind the host name.

use super::hosts::{self, Form};
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::finding::{Applicability, Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "trailing-dot-in-host",
    group: Group::Host,
    severity: Severity::Info,
    fixes: Fixes::Unsafe,
    summary: "A host name ends in a full stop",
    page: include_str!("trailing_dot_in_host.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (view, written) in hosts::written(cx) {
        let bare = written.host.trim_end_matches('.');
        if written.form == Form::Plain && bare != written.host && view.server.is_public() && !cx.is_allowed(&view) {
            out.push(report(&view, bare));
        }
    }
}

/// It is a legal way to write the name and works in most programs, so nothing is changed unasked.
fn report(view: &ServerView<'_>, bare: &str) -> Finding {
    let host = hosts::name(view);
    let finding = RULE
        .at(&view.server.host, message!("the host {host} ends in a full stop", host = host))
        .because("the name can be looked up like that, but certificates are made out to the name without the full stop, and some programs then refuse the connection")
        .help(message!("write {host}", host = bare))
        .values(&host, bare)
        .fix("take the full stop away", Applicability::Unsafe, vec![hosts::rename(view.server, bare)]);
    view.finish(finding, None, view.capped(Severity::Info, Confidence::High)).published(None)
}

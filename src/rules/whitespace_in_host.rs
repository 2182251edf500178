//! `whitespace-in-host`: blanks, line ends and invisible signs in a host name.

use super::hosts::{self, Form, Written};
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::finding::{Applicability, Confidence, Finding, Message, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "whitespace-in-host",
    group: Group::Host,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "A host name holds blanks or signs that cannot be seen",
    page: include_str!("whitespace_in_host.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (view, written) in hosts::written(cx) {
        if written.form == Form::Blank {
            out.push(report(cx, &view, &written));
        }
    }
}

fn report(cx: &Context<'_>, view: &ServerView<'_>, written: &Written) -> Finding {
    let found = hosts::shown(&view.server.host.value);
    let what = message!("the host name {host} holds a blank or a sign that cannot be seen", host = found);
    let finding = RULE.at(&view.server.host, what).because(why(view)).found(&found);
    let finding = match is_clear(cx, view, written) {
        true => finding.help(message!("write {host}", host = written.host)).values(&found, &written.host).fix(
            "take the blanks out of the host name",
            Applicability::Safe,
            vec![hosts::rename(view.server, &written.host)],
        ),
        false => finding.help("write one host name without blanks, as the provider publishes it"),
    };
    view.finish(finding, None, view.capped(Severity::Error, Confidence::High))
}

/// A blank between two words may stand for a dot, or part two hosts: the rest is what was meant only if somebody knows it.
fn is_clear(cx: &Context<'_>, view: &ServerView<'_>, written: &Written) -> bool {
    let trimmed = view.server.host.value.trim_matches(hosts::is_blank);
    let parts: Vec<&str> = trimmed.split(char::is_whitespace).filter(|part| !part.is_empty()).collect();
    let joined = parts.windows(2).all(|pair| pair[0].ends_with('.') || pair[1].starts_with('.'));
    let is_known = || !cx.providers.for_host(&written.host.to_ascii_lowercase()).is_empty();
    !written.host.is_empty() && (joined || is_known())
}

fn why(view: &ServerView<'_>) -> Message {
    let value = &view.server.host.value;
    if view.document.client == "thunderbird" && view.is_incoming() && value.trim() != value {
        message!(
            "Thunderbird refuses the name at its next start and removes the account; the mail itself stays on the disk"
        )
    } else {
        message!("the sign is part of the name that is looked up, and there is no server of that name")
    }
}

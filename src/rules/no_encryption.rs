//! `no-encryption`: a server that is set to be used without encryption.

use super::encryption::{self, Case};
use super::{Context, Fixes, Group, Rule, ServerView, hosts};
use crate::finding::{Applicability, Finding, Message, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "no-encryption",
    group: Group::Security,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "The connection is set to no encryption",
    page: include_str!("no_encryption.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in encryption::cleartext(cx) {
        if view.server.security.is_written() {
            let what =
                message!("the {role} {host} is used without encryption", role = view.role(), host = hosts::name(&view));
            out.push(complete(cx, &view, RULE.at(&view.server.security, what)));
        }
    }
}

/// What is the same whether the line says so or is absent.
pub(super) fn complete(cx: &Context<'_>, view: &ServerView<'_>, finding: Finding) -> Finding {
    let case = Case::of(view);
    let finding = finding.because(why(view)).help(help(view, case)).found_words(view.server.security.value.words());
    let finding = match (case.expected(view), freedom(cx, view, case)) {
        (Some(expected), Some(freedom)) => finding.words(view.server.security.value.words(), expected.clone()).fix(
            message!("set {expected}", expected = expected),
            freedom,
            case.changes(view),
        ),
        _ => finding,
    };
    view.finish(finding, case.set(), case.graded(view))
}

fn why(view: &ServerView<'_>) -> Message {
    if view.server.sends_password_in_clear() {
        message!("password and mail cross every network on the way readable for anyone")
    } else {
        message!("mail crosses every network on the way readable for anyone")
    }
}

fn help(view: &ServerView<'_>, case: Case<'_>) -> Message {
    match (case, case.expected(view)) {
        (Case::Against(_) | Case::Outdated(_), Some(expected)) => message!("use {expected}", expected = expected),
        (Case::Allowed(_), Some(expected)) => {
            message!("the provider allows this and also offers {expected}; better use that", expected = expected)
        }
        (Case::OnlyWay(_), _) => {
            message!(
                "the provider is not known to offer anything else; ask for encryption, and use the password nowhere else"
            )
        }
        (Case::Unknown, Some(expected)) => {
            message!("try {expected}, and compare with what the provider publishes", expected = expected)
        }
        _ => message!("ask the provider for the settings with SSL/TLS or STARTTLS"),
    }
}

/// What still works is not changed without being asked.
fn freedom(cx: &Context<'_>, view: &ServerView<'_>, case: Case<'_>) -> Option<Applicability> {
    match case {
        Case::Against(set) => Some(hosts::freedom(cx, view, set)),
        Case::Outdated(_) | Case::Allowed(_) | Case::Unknown => Some(Applicability::Unsafe),
        Case::OnlyWay(_) | Case::NoneKnown => None,
    }
}

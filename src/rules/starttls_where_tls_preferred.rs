//! `starttls-where-tls-preferred`: a profile gives people STARTTLS, where the provider tells them to use encryption from the first byte.
//!
//! Only where somebody sets up mailboxes for others. A mailbox that somebody has and that works is left alone: both are right.

use super::view::pair;
use super::{Context, Fixes, Group, Rule, ServerView, hosts};
use crate::account::Security;
use crate::finding::{Applicability, Confidence, Finding, Severity};
use crate::message;
use crate::provider::{Grade, ServerSet, Status};

pub(super) const RULE: Rule = Rule {
    name: "starttls-where-tls-preferred",
    group: Group::Security,
    severity: Severity::Info,
    fixes: Fixes::Unsafe,
    summary: "The profile sets up STARTTLS where the provider recommends SSL/TLS",
    page: include_str!("starttls_where_tls_preferred.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    // What a provider publishes for its own people is its choice.
    if cx.document.client != "mobileconfig" {
        return;
    }
    for view in hosts::plain(cx) {
        if let Some(set) = preferred(&view) {
            out.push(report(cx, &view, set));
        }
    }
}

/// The provider's own recommendation, where it is implicit TLS alone and what is set is only accepted.
fn preferred<'a>(view: &ServerView<'a>) -> Option<&'a ServerSet> {
    let provider = view.provider().filter(|_| view.is_at_provider())?;
    let current = view.current_set().filter(|set| set.status == Status::Accepted)?;
    if current.security != Security::StartTls {
        return None;
    }
    let recommended: Vec<&ServerSet> =
        view.usable_sets().into_iter().filter(|set| set.status == Status::Preferred).collect();
    let is_clear = recommended.iter().all(|set| set.security == Security::Tls && set.grade(provider) > Grade::Low);
    let same_host = recommended.into_iter().find(|set| set.has_host(&view.server.host_name()));
    same_host.filter(|_| is_clear)
}

fn report(cx: &Context<'_>, view: &ServerView<'_>, set: &ServerSet) -> Finding {
    let provider = view.provider_title();
    let what = message!(
        "{provider} recommends {expected} for the {role}",
        provider = provider,
        expected = pair(set.port, set.security),
        role = view.role()
    );
    let finding = RULE
        .at(&view.server.security, what)
        .because("both are right; SSL/TLS is encrypted from the first byte, so that nobody on the way can keep the encryption from starting")
        .help(message!("when you next give the profile out, use {expected}", expected = pair(set.port, set.security)))
        .values(pair(view.server.port.value, view.server.security.value), pair(set.port, set.security))
        .fix(message!("use {server}", server = hosts::whole(view, set)), Applicability::Unsafe, view.mend(set));
    // Of several providers that share the host, one may recommend what another does not.
    let confidence = if hosts::is_shared(cx, view) { Confidence::Medium } else { Confidence::High };
    view.finish(finding, Some(set), (Severity::Info, confidence))
}

//! `usernames-differ`: one mailbox for receiving and another for sending, at one provider.

use super::{Context, Fixes, Group, Rule, ServerView, login};
use crate::account::{Authentication, address_domain, local_part};
use crate::document::{OauthSupport, Seen};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;
use crate::provider::{Provider, UsernameForm};

pub(super) const RULE: Rule = Rule {
    name: "usernames-differ",
    group: Group::Username,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "The account receives as one mailbox and sends as another of the same provider",
    page: include_str!("usernames_differ.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let views = cx.public_servers();
    for incoming in views.iter().filter(|view| view.is_incoming() && login::is_own_address(view)) {
        let Some(own) = mailbox(incoming) else { continue };
        let of_account =
            views.iter().filter(|view| !view.is_incoming() && std::ptr::eq(view.account, incoming.account));
        for outgoing in of_account.filter(|view| is_one_provider(view, incoming) && !is_told_elsewhere(cx, view)) {
            // Two variables may come to one name.
            let is_known = |view: &ServerView<'_>| !login::has_variable(cx.document, &view.server.username.key);
            let other = mailbox(outgoing).filter(|other| *other != own && is_known(incoming) && is_known(outgoing));
            if let Some(other) = other {
                out.push(report(incoming, outgoing, &own, &other));
            }
        }
    }
}

/// The part before the `@` of the mailbox that a server is used for; none where that cannot be told from the user name.
fn mailbox(view: &ServerView<'_>) -> Option<String> {
    let name = login::judged(view)?;
    let forms = login::forms(view);
    if forms.is_empty() || forms.contains(&UsernameForm::IssuedId) || forms.contains(&UsernameForm::LocalDotDomain) {
        return None;
    }
    match address_domain(&name) {
        // An address elsewhere is the business of `username-domain-differs`.
        Some(domain) if view.domain().is_some_and(|own| own == domain) => local_part(&name).map(str::to_lowercase),
        Some(_) => None,
        None => Some(name.to_lowercase()),
    }
}

/// Whether both servers are the same provider's, and a user name is what both are used with.
fn is_one_provider(outgoing: &ServerView<'_>, incoming: &ServerView<'_>) -> bool {
    let id = |view: &ServerView<'_>| view.provider().map(|provider| provider.id.clone());
    login::is_own_address(outgoing)
        && id(outgoing) == id(incoming)
        && outgoing.server.authentication.value != Authentication::None
}

/// Whether the profile gives one password for both, so that `outgoing-credentials` speaks.
fn is_told_elsewhere(cx: &Context<'_>, outgoing: &ServerView<'_>) -> bool {
    cx.document.oauth == OauthSupport::None
        && cx.observations().any(|seen| {
            matches!(seen.seen, Seen::OutgoingPassword { same_as_incoming: true, .. })
                && seen.account.as_ref() == Some(&outgoing.account.id)
        })
}

fn report(incoming: &ServerView<'_>, outgoing: &ServerView<'_>, own: &str, other: &str) -> Finding {
    let what = message!("mail is fetched as {own} and sent as {other}", own = own, other = other);
    let is_strict = outgoing.provider().is_some_and(is_strict);
    let why = if is_strict {
        "the provider sends mail only for the mailbox that signs in, so it refuses the sender address or rewrites it"
    } else {
        "sending uses another mailbox of the provider and its password; it stops when that mailbox is given up"
    };
    let finding = RULE
        .at(&outgoing.server.username, what)
        .because(why)
        .help(message!(
            "if one mailbox is meant, enter the user name of the incoming server here as well: {name}",
            name = incoming.server.username.value.trim()
        ))
        .found(&outgoing.server.username.value);
    let severity = if is_strict { Severity::Warning } else { Severity::Info };
    let set = outgoing.set_in_use();
    let (severity, confidence) = outgoing.graded(severity, set);
    outgoing.finish(finding, set, (severity, confidence.min(Confidence::Medium)))
}

const fn is_strict(provider: &Provider) -> bool {
    provider.own_smtp_required
}

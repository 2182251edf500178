//! `oauth-without-issuer`: OAuth2 is chosen for a host for which the client knows no place to sign in.

use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::account::{Authentication, Security};
use crate::document::OauthSupport;
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;
use crate::provider::{MatchLevel, ServerSet};

pub(super) const RULE: Rule = Rule {
    name: "oauth-without-issuer",
    group: Group::Authentication,
    severity: Severity::Error,
    fixes: Fixes::Unsafe,
    summary: "OAuth2 is chosen for a host at which the program cannot sign in that way",
    page: include_str!("oauth_without_issuer.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    // Formats without OAuth cannot have chosen it, and `Any` knows every host.
    if !matches!(cx.document.oauth, OauthSupport::Hosts(_)) {
        return;
    }
    for view in cx.public_servers() {
        let host = view.server.host_name();
        let chosen = view.server.authentication.value == Authentication::Oauth2;
        // At a foreign host the host is the fault, and others say so.
        let is_foreign = view.matched.is_some_and(|matched| matched.level == MatchLevel::Address);
        if chosen && !host.is_empty() && !is_foreign && !cx.document.oauth.covers(&host) {
            out.push(report(&view));
        }
    }
}

fn report(view: &ServerView<'_>) -> Finding {
    let setting = &view.server.authentication;
    let set = view.target_set().filter(|set| !set.authentication.is_empty());
    let is_offered = set.is_none_or(|set| set.authentication.contains(&Authentication::Oauth2));
    let takes_password = set.is_some_and(|set| set.authentication.contains(&Authentication::Password));
    // An add-on may bring what the program does not know, but nothing brings what the provider does not have.
    let severity = if is_offered { Severity::Warning } else { Severity::Error };
    let finding = RULE
        .at(setting, message!("the program knows no OAuth2 sign-in for {host}", host = view.server.host_name()))
        .because("it only has the sign-in pages of a few large providers built in; for other hosts the sign-in fails at once, unless an add-on brings the page");
    let finding = match set.filter(|_| takes_password) {
        Some(set) => finding
            .help("choose the normal password as the authentication method")
            .words(setting.value.words(), Authentication::Password.words())
            .fix("sign in with a password", Applicability::Unsafe, password(view, set)),
        None => finding
            .help(
                "ask the provider how mail programs sign in; most take a normal password over an encrypted connection",
            )
            .found_words(setting.value.words()),
    };
    let graded = if is_offered { view.capped(severity, Confidence::Medium) } else { view.graded(severity, set) };
    view.finish(finding, set, graded)
}

/// The server as the set has it, with a password.
fn password(view: &ServerView<'_>, set: &ServerSet) -> Vec<crate::finding::Change> {
    let setting = &view.server.authentication;
    let mut changes = view.mend(set);
    if set.security == Security::None {
        return Vec::new();
    }
    if !changes.iter().any(|change| change.key == setting.key) {
        changes.push(change(setting, setting.value.name(), Value::Authentication(Authentication::Password)));
    }
    changes
}

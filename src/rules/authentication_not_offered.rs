//! `authentication-not-offered`: Kerberos or a certificate at a provider that has neither.
//!
//! Hashed passwords are `challenge-response-password`, OAuth without a place to sign in is `oauth-without-issuer`.

use super::{Context, Fixes, Group, Rule, ServerView};
use crate::account::Authentication;
use crate::document::OauthSupport;
use crate::finding::{Applicability, Finding, Severity};
use crate::message;
use crate::provider::ServerSet;

pub(super) const RULE: Rule = Rule {
    name: "authentication-not-offered",
    group: Group::Authentication,
    severity: Severity::Warning,
    fixes: Fixes::Sometimes,
    summary: "The way to sign in is none of those that the provider offers",
    page: include_str!("authentication_not_offered.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in cx.public_servers().into_iter().filter(ServerView::is_at_provider) {
        let way = view.server.authentication.value;
        let is_special = match way {
            Authentication::Kerberos | Authentication::Certificate => true,
            // Where a client knows only some hosts, knowing this one shows that the provider has it.
            Authentication::Oauth2 => cx.document.oauth == OauthSupport::Any,
            _ => false,
        };
        let Some(set) = view.target_set().filter(|set| is_special && !set.authentication.is_empty()) else { continue };
        if !set.authentication.contains(&way) {
            out.extend(report(&view, set));
        }
    }
}

fn report(view: &ServerView<'_>, set: &ServerSet) -> Option<Finding> {
    let setting = &view.server.authentication;
    let (way, is_only) = view.better_way(set)?;
    let applicability = if is_only { Applicability::Safe } else { Applicability::Unsafe };
    let what = message!("{host} does not offer {found}", host = view.server.host_name(), found = setting.value.words());
    let finding = RULE
        .at(setting, what)
        .because("the provider's page does not name it; a program that may try nothing else cannot sign in")
        .help(message!("choose {way} as the authentication method", way = way.words()))
        .words(setting.value.words(), way.words())
        .fix(message!("sign in with {way}", way = way.words()), applicability, view.mend(set));
    Some(view.finish(finding, Some(set), view.graded(Severity::Warning, Some(set))))
}

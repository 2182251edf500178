//! `password-sign-in-retired`: a password where the provider takes only a sign-in through the browser, in a client that can do
//! that. Clients that cannot: `oauth-not-possible`.

use super::{Context, Fixes, Group, Rule, ServerView};
use crate::account::Authentication;
use crate::document::OauthSupport;
use crate::finding::{Applicability, Finding, Severity};
use crate::message;
use crate::provider::ServerSet;

pub(super) const RULE: Rule = Rule {
    name: "password-sign-in-retired",
    group: Group::Authentication,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "The provider takes no passwords any more, only a sign-in through the browser",
    page: include_str!("password_sign_in_retired.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.document.oauth == OauthSupport::None {
        return;
    }
    for view in cx.public_servers().into_iter().filter(ServerView::is_password_retired) {
        out.push(report(&view, view.target_set()));
    }
}

fn report(view: &ServerView<'_>, set: Option<&ServerSet>) -> Finding {
    let server = view.server;
    let found = server.authentication.value.words();
    let host = server.host_name();
    let since = view.provider().and_then(|provider| provider.password.login_refused_since);
    let what = match since {
        Some(since) => message!("{host} has taken no passwords since {since}", host = host, since = since),
        None => message!("{host} takes no passwords", host = host),
    };
    let finding = RULE.at(&server.authentication, what).because(
        "the provider only accepts a sign-in through the browser (OAuth2); every password is refused, the right one and an app password too",
    );
    let can = set.filter(|set| view.document.oauth.covers(&set.host));
    let finding = match can {
        Some(set) => finding
            .help("choose OAuth2 as the authentication method and sign in in the browser window that opens")
            .words(found, Authentication::Oauth2.words())
            .fix("sign in with OAuth2", Applicability::Safe, view.mend(set)),
        None => finding
            .help("this program has no OAuth2 sign-in for the provider: use one that has, or the provider's own app")
            .words(found, Authentication::Oauth2.words()),
    };
    let used = view.set_in_use();
    view.finish(finding, used, view.graded(Severity::Error, used))
}

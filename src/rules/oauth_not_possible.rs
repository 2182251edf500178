//! `oauth-not-possible`: the provider takes only a sign-in through the browser, and this kind of account cannot do one.

use super::{Context, Fixes, Group, Rule, ServerView};
use crate::account::Authentication;
use crate::document::OauthSupport;
use crate::finding::{Finding, Message, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "oauth-not-possible",
    group: Group::Authentication,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "The provider demands a sign-in through the browser, which this kind of account cannot do",
    page: include_str!("oauth_not_possible.md"),
    check,
};

/// By the end of the host: the account types with which Apple's devices can sign in through the browser.
const WAYS: &[(&[&str], &str)] = &[
    (
        &["office365.com", "outlook.com", "hotmail.com", "live.com"],
        "use an Exchange account that signs in with OAuth: on iPhone and iPad the payload com.apple.eas.account, on a Mac com.apple.ews.account, each with the key OAuth set to true; by hand, add the account as Microsoft Exchange or Outlook.com",
    ),
    (
        &["gmail.com", "googlemail.com", "google.com"],
        "use the payload com.apple.google-oauth; by hand, add the account as Google",
    ),
];

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.document.oauth == OauthSupport::None {
        let retired = cx.public_servers().into_iter().filter(ServerView::is_password_retired);
        out.extend(retired.map(|view| report(&view)));
    }
}

fn report(view: &ServerView<'_>) -> Finding {
    let authentication = &view.server.authentication;
    let since = view.provider().and_then(|provider| provider.password.login_refused_since);
    let host = view.server.host_name();
    let what = match since {
        Some(since) => message!(
            "{host} has taken no passwords since {since}, and this kind of account has nothing else",
            host = host,
            since = since
        ),
        None => message!("{host} takes no passwords, and this kind of account has nothing else", host = host),
    };
    let finding = RULE
        .at(authentication, what)
        .because("the provider only accepts a sign-in through the browser (OAuth2); every password is refused, an app password too")
        .help(way(&host))
        .words(authentication.value.words(), Authentication::Oauth2.words());
    let set = view.set_in_use();
    view.finish(finding, set, view.graded(Severity::Error, set))
}

fn way(host: &str) -> Message {
    let of_host = |names: &&[&str]| {
        names.iter().any(|name| host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
    };
    let way = WAYS.iter().find(|(names, _)| of_host(names)).map(|(_, way)| *way);
    Message::new(way.unwrap_or("add the account in a program or as an account type that signs in through the browser"))
}

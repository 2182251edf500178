//! `exchange-password-retired`: an Exchange account that signs in with a password where the service takes none.

use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::account::{Authentication, Protocol};
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;
use crate::provider::{Oauth, Provider};

pub(super) const RULE: Rule = Rule {
    name: "exchange-password-retired",
    group: Group::Authentication,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "An Exchange account asks for a password, and the service takes only a sign-in through the browser",
    page: include_str!("exchange_password_retired.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.document.client != "mobileconfig" || cx.loses_settings() {
        return;
    }
    for view in cx.servers() {
        let server = view.server;
        let has_password =
            server.protocol.value == Protocol::Exchange && server.authentication.value == Authentication::Password;
        if let Some(provider) = demanding(cx, &view).filter(|_| has_password) {
            out.push(report(&view, provider));
        }
    }
}

/// Whose host it is, if the service takes no password there any more.
fn demanding<'a>(cx: &Context<'a>, view: &ServerView<'a>) -> Option<&'a Provider> {
    let has_begun = |provider: &&Provider| provider.password.login_refused_since.is_some_and(|day| day <= view.today);
    let mut known = cx.providers.for_host(&view.server.host_name()).into_iter();
    known.find(|provider| provider.password.oauth == Oauth::Required).filter(has_begun)
}

/// Newer systems may find the sign-in page by themselves, which the file does not show.
fn report(view: &ServerView<'_>, provider: &Provider) -> Finding {
    let setting = &view.server.authentication;
    let what = message!(
        "the Exchange account signs in with a password, and {provider} takes none",
        provider = provider.title()
    );
    RULE.at(setting, what)
        .because("the device asks for the password again and again, and every one is refused as if it were wrong")
        .help("set OAuth to true: the device then opens the sign-in page of the organisation")
        .values("false", "true")
        .fix("set OAuth to true", Applicability::Unsafe, vec![change(setting, "false", Value::Flag(true))])
        .on(&view.account.id)
        .published(provider.password.sources.first().map(AsRef::as_ref).or_else(|| provider.source()))
        .graded(Severity::Warning, Confidence::Medium)
}

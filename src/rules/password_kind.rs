//! `password-kind`: which password an account needs and where it comes from.
//!
//! Where the password of the web page is not taken, `account-password-refused` says it instead.

use super::{Context, Fixes, Group, Rule, login};
use crate::account::Reach;
use crate::finding::{Confidence, Finding, Message, Severity};
use crate::message;
use crate::provider::{Access, Note, PasswordKind, Provider};

pub(super) const RULE: Rule = Rule {
    name: "password-kind",
    group: Group::Password,
    severity: Severity::Hint,
    fixes: Fixes::Never,
    summary: "Which password the account needs, and where to get it",
    page: include_str!("password_kind.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for sign_in in login::sign_ins(cx) {
        let Some(provider) = sign_in.view.provider() else { continue };
        let Some((what, why)) = told(provider, sign_in.kind) else { continue };
        let finding = RULE.at(&sign_in.view.server.authentication, what).because(why);
        out.push(login::with_way(&sign_in.view, finding, sign_in.kind, otherwise(sign_in.kind)));
    }
    out.extend(bridges(cx));
}

/// What is said of a kind, and why it matters. The kinds that are not the web page's own belong to another rule.
fn told(provider: &Provider, kind: PasswordKind) -> Option<(Message, &'static str)> {
    let name = provider.title();
    let told = match kind {
        PasswordKind::Oauth => (
            message!(
                "{provider} signs you in through the browser; the mail program asks for no password",
                provider = name
            ),
            "a window of the provider opens when the program connects for the first time; if a password box appears instead, cancel it",
        ),
        PasswordKind::LoginPassword if provider.password.kind_with_two_factor == Some(PasswordKind::AppPassword) => (
            message!(
                "{provider} takes the password of its web page, or an app password once two-factor sign-in is on",
                provider = name
            ),
            "with two-factor sign-in on, the password of the web page is refused here as if it were wrong",
        ),
        PasswordKind::LoginPassword => (
            message!("{provider} takes the same password as its web page", provider = name),
            "if it works on the web page and not here, something else is wrong: the user name, a switch at the provider, or an old password that is still saved",
        ),
        PasswordKind::MailAccountPassword => (
            message!("{provider} wants the password of the mailbox, not that of the customer page", provider = name),
            "the two are often mixed up, and the wrong one is refused without a word about the other",
        ),
        PasswordKind::Company => (
            message!("which password {provider} wants is for your company to say", provider = name),
            "do not try several: many companies lock an account after a few attempts",
        ),
        PasswordKind::AppPassword
        | PasswordKind::DedicatedMailPassword
        | PasswordKind::BridgePassword
        | PasswordKind::NonePossible
        | PasswordKind::Unknown => return None,
    };
    Some(told)
}

const fn otherwise(kind: PasswordKind) -> &'static str {
    match kind {
        PasswordKind::Oauth => "sign in in the browser window that the mail program opens",
        PasswordKind::Company => "ask the help desk of your company",
        _ => "try the password on the provider's web page first; if it is refused there too, set a new one there",
    }
}

/// Accounts that reach their provider through a program on this computer.
fn bridges(cx: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (account, matched) in cx.accounts() {
        let Some(provider) = matched.by_address.filter(|provider| provider.access == Access::Bridge) else { continue };
        let Some(server) = account.incoming.as_ref().filter(|server| server.reach() == Reach::Loopback) else {
            continue;
        };
        let way = provider.password.get.as_ref().map(Note::message);
        let what = message!("{provider} wants the password that its bridge shows", provider = provider.title());
        let finding = RULE
            .at(&server.authentication, what)
            .because("the bridge on this computer makes a password of its own; that of the web page never works here")
            .help(way.unwrap_or_else(|| Message::new("copy the password from the window of the bridge")))
            .on(&account.id)
            .published(provider.password.url.as_deref().or_else(|| provider.source()))
            .graded(Severity::Hint, Confidence::High);
        findings.push(finding);
    }
    findings
}

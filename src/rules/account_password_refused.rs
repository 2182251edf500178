//! `account-password-refused`: the provider does not take the password of its web page here.
//!
//! The file cannot show which password is saved, so this is never more than a reminder: a mailbox that works with an app
//! password looks just the same.

use super::{Context, Fixes, Group, Rule, login};
use crate::finding::{Finding, Message, Severity};
use crate::message;
use crate::provider::{Grade, PasswordKind, Provider};

pub(super) const RULE: Rule = Rule {
    name: "account-password-refused",
    group: Group::Password,
    severity: Severity::Hint,
    fixes: Fixes::Never,
    summary: "The account needs an app password or a separate mail password, not that of the web page",
    page: include_str!("account_password_refused.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for sign_in in login::sign_ins(cx) {
        let Some(provider) = sign_in.view.provider() else { continue };
        let Some((what, why)) = doubted(provider, sign_in.kind).or_else(|| told(provider, sign_in.kind)) else {
            continue;
        };
        let finding = RULE.at(&sign_in.view.server.authentication, what).because(why);
        out.push(login::with_way(
            &sign_in.view,
            finding,
            sign_in.kind,
            "look on the provider's pages for mail programs or security",
        ));
    }
}

/// What a thin fact allows to be said.
fn doubted(provider: &Provider, kind: PasswordKind) -> Option<(Message, &'static str)> {
    let grade = provider.password.confidence.unwrap_or(provider.confidence);
    let name = provider.title();
    match kind {
        _ if grade != Grade::Low => None,
        PasswordKind::AppPassword => Some((
            message!("{provider} may want an app password instead of that of the web page", provider = name),
            UNSURE,
        )),
        PasswordKind::DedicatedMailPassword => Some((
            message!("{provider} may want a separate mail password instead of that of the web page", provider = name),
            UNSURE,
        )),
        _ => None,
    }
}

fn told(provider: &Provider, kind: PasswordKind) -> Option<(Message, &'static str)> {
    let name = provider.title();
    let since = provider.password.login_refused_since;
    let told = match (kind, since) {
        (PasswordKind::AppPassword, Some(since)) => (
            message!(
                "{provider} wants an app password; that of the web page has been refused since {since}",
                provider = name,
                since = since
            ),
            APP,
        ),
        (PasswordKind::AppPassword, None) => {
            (message!("{provider} wants an app password, not that of the web page", provider = name), APP)
        }
        (PasswordKind::DedicatedMailPassword, Some(since)) => (
            message!(
                "{provider} wants its separate mail password; that of the web page has been refused since {since}",
                provider = name,
                since = since
            ),
            DEDICATED,
        ),
        (PasswordKind::DedicatedMailPassword, None) => (
            message!("{provider} wants its separate mail password, not that of the web page", provider = name),
            DEDICATED,
        ),
        _ => return None,
    };
    Some(told)
}

const UNSURE: &str = "this is not known for certain. If mail arrives, the right one is saved and there is nothing to do; if the password is refused although the web page takes it, this is the likely reason";
const APP: &str = "an app password is made on the provider's page for one program; any other is refused as if it were mistyped. If mail arrives, the right one is saved and there is nothing to do";
const DEDICATED: &str = "the provider gives out a password for mail programs alone; any other is refused as if it were mistyped. If mail arrives, the right one is saved and there is nothing to do";

//! `missing-username`: an account that signs in with a password and has no user name.
//!
//! Sending without a user name is `no-smtp-authentication`, except in configuration profiles, where the device asks for it.

use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView, login, prompt_not_possible};
use crate::account::Authentication;
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "missing-username",
    group: Group::Username,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "No user name, though the account signs in with one",
    page: include_str!("missing_username.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.loses_settings() {
        return; // The name may stand in the part that cannot be read.
    }
    // In a declaration the name is in the credentials, which are seldom at hand; that they have none is said of them.
    if cx.document.client == "declaration" {
        return;
    }
    for view in cx.public_servers().into_iter().filter(is_without_name) {
        let is_profile = asks_at_installation(&view);
        // A profile without an address is made for many people, who type both when they install it.
        let is_for_many = is_profile && view.account.address().is_none();
        if (view.is_incoming() || is_profile) && !is_for_many && !prompt_not_possible::is_left_open(cx, &view) {
            out.push(report(&view, is_profile));
        }
    }
}

/// Whether what is absent is asked for once, when the configuration is installed, or stands in an asset.
pub(super) fn asks_at_installation(view: &ServerView<'_>) -> bool {
    matches!(view.document.client, "mobileconfig" | "declaration")
}

/// What to do in a file that many people's accounts are made from.
pub(super) const WRITE_PLACEHOLDER: &str = "write the placeholder for the user name, usually %EMAILADDRESS%";

fn is_without_name(view: &ServerView<'_>) -> bool {
    let way = view.server.authentication.value;
    (login::uses_name(way) || way == Authentication::Ntlm)
        && login::clean(&view.server.username.value).is_empty()
        && !view.server.host_name().is_empty()
}

fn report(view: &ServerView<'_>, is_profile: bool) -> Finding {
    let setting = &view.server.username;
    let (severity, why) = if is_profile {
        (
            Severity::Info,
            "the device asks for it when the profile is installed by hand; pushed by a management system it cannot ask, and the account does not work",
        )
    } else {
        (Severity::Warning, "the server must know whose mailbox to open; the program can only ask, or fail")
    };
    let finding = RULE.at(setting, message!("no user name for the {role}", role = view.role())).because(why);
    let finding = match login::expected(view) {
        Some(name) => finding.help(message!("enter {name} as the user name", name = name)).values("", &name).fix(
            message!("set the user name to {name}", name = name),
            Applicability::Unsafe,
            vec![change(setting, "", Value::Text(name.clone()))],
        ),
        None if view.document.is_published() => finding.help(WRITE_PLACEHOLDER),
        None => finding.help("enter the user name that the provider gave out, usually the mail address"),
    };
    view.finish(finding, view.set_in_use(), view.capped(severity, Confidence::High))
}

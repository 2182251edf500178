//! `exchange-without-tls`: an Exchange account in a profile that talks to its server without encryption.

use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::account::{Authentication, Protocol, Reach, Security};
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "exchange-without-tls",
    group: Group::Security,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "An Exchange account is set up without SSL",
    page: include_str!("exchange_without_tls.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.loses_settings() {
        return; // The switch may stand in the part that cannot be read.
    }
    out.extend(cx.servers().iter().filter(|view| is_open(view)).map(report));
}

/// A public server without encryption. With OAuth the device may find the server and its encryption by itself.
fn is_open(view: &ServerView<'_>) -> bool {
    let server = view.server;
    view.document.client == "mobileconfig"
        && server.protocol.value == Protocol::Exchange
        && server.security.value == Security::None
        && server.authentication.value != Authentication::Oauth2
        && !server.host_name().is_empty()
        && server.reach() == Reach::Public
}

fn report(view: &ServerView<'_>) -> Finding {
    let setting = &view.server.security;
    let (what, why) = if setting.is_written() {
        (
            message!("SSL is off for the Exchange server"),
            "user name and password cross the network readable, and hardly any Exchange server answers like that",
        )
    } else {
        (
            message!("the line for SSL is missing, and without it the Exchange account is not encrypted"),
            "for ActiveSync the default is off, other than for Exchange Web Services: user name and password cross the network readable, or the server does not answer",
        )
    };
    let to = Value::Security(Security::Tls);
    let finding = RULE
        .at(setting, what)
        .because(why)
        .help("set SSL to true")
        .values(Security::None.name(), Security::Tls.name())
        .fix("switch SSL on", Applicability::Unsafe, vec![change(setting, Security::None.name(), to)]);
    view.finish(finding, None, (Severity::Warning, Confidence::High)).published(None)
}

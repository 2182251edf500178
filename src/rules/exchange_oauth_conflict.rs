//! `exchange-oauth-conflict`: settings for the sign-in through the browser that exclude each other.

use super::{Context, Fixes, Group, Rule};
use crate::document::{OauthConflict, Observation, Seen};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "exchange-oauth-conflict",
    group: Group::Authentication,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "An Exchange account has settings for signing in that exclude each other",
    page: include_str!("exchange_oauth_conflict.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::OauthConflict(conflict) = observation.seen {
            out.push(report(observation, conflict).graded(Severity::Warning, Confidence::High));
        }
    }
}

fn report(observation: &Observation, conflict: OauthConflict) -> Finding {
    match conflict {
        OauthConflict::PasswordBeside => RULE
            .seen(observation, message!("a password stands beside the sign-in through the browser"))
            .because("with OAuth the device opens the sign-in page and uses no password; this one only lies in the file for everyone to read")
            .help("take the password out, or OAuth, whichever is not meant"),
        OauthConflict::PageWithoutSwitch => RULE
            .seen(observation, message!("a page to sign in is named, and OAuth is not on"))
            .because("the device passes over the page and asks for a password, which a server with such a page mostly refuses")
            .help("switch OAuth on, or take the page out"),
        OauthConflict::PageWithoutHost => RULE
            .seen(observation, message!("a page to sign in is named, and no server"))
            .because("the device finds the server by itself only where it finds the page by itself too; with a page of its own the account needs its server")
            .help("write the name of the server as well"),
    }
}

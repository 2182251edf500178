//! `credentials-without-sign-in`: a declaration that names credentials for a server at which it does not sign in.

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "credentials-without-sign-in",
    group: Group::Authentication,
    severity: Severity::Info,
    fixes: Fixes::Unsafe,
    summary: "Credentials are named for a server at which the account does not sign in",
    page: include_str!("credentials_without_sign_in.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations().filter(|observation| observation.seen == Seen::UnusedCredentials) {
        let finding = RULE
            .seen(observation, message!("credentials are named, and the way to sign in is None"))
            .because("Apple wants no credentials there; they are useless at best, and one of the two is not meant")
            .help("take the credentials out, or write Password as the way to sign in")
            .fix("take the credentials out", Applicability::Unsafe, vec![change_of(observation, "", &Value::Removed)]);
        // That a device minds is not known.
        out.push(finding.graded(Severity::Info, Confidence::Medium));
    }
}

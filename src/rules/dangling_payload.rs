//! `dangling-payload`: a payload names another by its UUID, and the profile holds none with it.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Reference, Seen};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "dangling-payload",
    group: Group::References,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "A payload refers to a certificate or a person that is not in the profile",
    page: include_str!("dangling_payload.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.loses_settings() {
        return; // It may stand in the part that cannot be read.
    }
    for observation in cx.observations() {
        match &observation.seen {
            Seen::Dangling { reference, target, .. } => out.extend(report(observation, *reference, target)),
            Seen::NoIdentity { target, payload_type } => out.push(without_key(observation, target, payload_type)),
            _ => {}
        }
    }
}

fn report(observation: &Observation, reference: Reference, target: &str) -> Option<Finding> {
    let finding = RULE
        .seen(observation, message!("no payload of this profile has the UUID {uuid}", uuid = target))
        .help("add the payload that is meant to the profile, or write its PayloadUUID here")
        .found(target);
    // The account fetches and sends mail without a signature; it does not sign in without its certificate.
    let (why, severity) = match reference {
        Reference::SignInCertificate => (
            "the account signs in with a certificate that the device gets from this profile, and without it the server refuses the sign-in",
            Severity::Error,
        ),
        Reference::MailCertificate => (
            "mail is to be signed or encrypted with a certificate that the device gets from this profile, and without it goes out as it is or not at all",
            Severity::Warning,
        ),
        Reference::Person => (
            "address and names are to come from a payload that says who the person is, and without it they stay empty",
            Severity::Warning,
        ),
        _ => return None,
    };
    Some(finding.because(why).graded(severity, Confidence::High))
}

fn without_key(observation: &Observation, target: &str, payload_type: &str) -> Finding {
    let what = message!("the payload with the UUID {uuid} holds no certificate with a private key", uuid = target);
    RULE.seen(observation, what)
        .because("whoever signs in or signs mail needs a private key; what is named here comes without one")
        .help(message!(
            "name the payload that holds the certificate with its key (PKCS #12, SCEP or ACME); this one is {type}",
            type = payload_type
        ))
        .found(target)
        .graded(Severity::Warning, Confidence::High)
}

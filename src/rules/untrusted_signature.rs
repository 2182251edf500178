//! `untrusted-signature`: the chain of a signature leads to none of the roots that somebody named.
//!
//! Without roots nothing is asked. The dates of the signer's own certificate are for `signature-out-of-date`, a signature that does
//! not hold for `altered-after-signing`.

use super::{Context, Fixes, Group, Rule};
use crate::certificate::{Break, Roots, Trust, trust};
use crate::document::{Observation, Seen, Signature, SignedBy};
use crate::finding::{Confidence, Finding, Message, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "untrusted-signature",
    group: Group::Managed,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "The signature leads to none of the roots that you named",
    page: include_str!("untrusted_signature.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(roots) = &cx.demands.roots else { return };
    for observation in cx.observations() {
        let Seen::Signature(signature) = &observation.seen else { continue };
        let signers = signature.signers.iter().filter(|signer| !signer.is_only_named && !signer.is_broken());
        let found = signers.filter_map(|signer| objection(cx, signature, signer, roots));
        out.extend(found.map(|(what, help)| report(observation, what, help)));
    }
}

/// What is wrong with the chain of one signer, and what to do.
fn objection(cx: &Context<'_>, signature: &Signature, signer: &SignedBy, roots: &Roots) -> Option<(Message, Message)> {
    let Some(certificate) = &signer.certificate else {
        let what = message!("the certificate of the signer is not in the profile");
        let help = message!("sign the profile again without the option -nocerts of openssl");
        // One that cannot be read may be the signer's.
        return (!signature.has_unread_certificates).then_some((what, help));
    };
    match trust(certificate, &signature.certificates, roots, cx.today) {
        // The certificate that is missed may be one that cannot be read.
        Trust::Broken(Break::Missing { .. }) if signature.has_unread_certificates => None,
        Trust::Broken(end) => Some((what(&end), help(&end))),
        Trust::Rooted | Trust::Unknown => None,
    }
}

fn what(end: &Break) -> Message {
    match end {
        Break::Missing { issuer, of } => {
            message!(
                "the certificate of {issuer} is missing, which issued that of {subject}",
                issuer = issuer,
                subject = of
            )
        }
        Break::OtherRoot { subject } => {
            message!("the chain ends at {subject}, which is none of the roots", subject = subject)
        }
        Break::OtherKey { issuer, of } => message!(
            "the certificate of {issuer} that is at hand did not issue that of {subject}: it has another key",
            issuer = issuer,
            subject = of
        ),
        Break::Expired { subject, until } => message!(
            "the certificate of {subject}, which the chain goes through, expired on {date}",
            subject = subject,
            date = until
        ),
        Break::NotYet { subject, from } => message!(
            "the certificate of {subject}, which the chain goes through, is valid from {date} only",
            subject = subject,
            date = from
        ),
        Break::NoAuthority { subject, of } => message!(
            "{issuer} is no certificate authority, and issued the certificate of {subject}",
            issuer = subject,
            subject = of
        ),
        Break::NotForCertificates { subject, of } => message!(
            "the key of {issuer} is not for certificates, and issued that of {subject}",
            issuer = subject,
            subject = of
        ),
        Break::NotForSignatures { subject } => {
            message!("the key of {subject}, who signed the profile, is not for signatures", subject = subject)
        }
        Break::TooLong { subject, limit } => message!(
            "more authorities follow {subject} in the chain than the {limit} that its certificate allows",
            subject = subject,
            limit = limit
        ),
    }
}

fn help(end: &Break) -> Message {
    match end {
        Break::Missing { .. } => message!(
            "sign the profile again with that certificate beside it, as openssl cms -sign -certfile does; or, if it is a root, name its file"
        ),
        Break::OtherRoot { .. } => {
            message!(
                "sign the profile with a certificate that one of the roots issued; or, if this root is right, name its file too"
            )
        }
        Break::OtherKey { .. } => {
            message!("put the certificate in its place that did: an authority that changes its key keeps its name")
        }
        Break::Expired { .. } | Break::NotYet { .. } => {
            message!(
                "get the certificate that is valid now from the authority, and sign the profile again with it beside it"
            )
        }
        Break::NoAuthority { .. } | Break::NotForCertificates { .. } | Break::TooLong { .. } => {
            message!("sign the profile with a certificate that an authority issued which may do so")
        }
        Break::NotForSignatures { .. } => {
            message!("sign the profile with a certificate whose key usage has digitalSignature in it")
        }
    }
}

fn report(observation: &Observation, what: Message, help: Message) -> Finding {
    RULE.seen(observation, what)
        .because("a device that trusts these roots shows the profile as not verified, and people are told not to trust it; a management system installs it all the same")
        .help(help)
        .graded(Severity::Warning, Confidence::High)
}

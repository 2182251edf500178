//! `signature-out-of-date`: the certificate that a profile is signed with has expired, or is not valid yet.
//!
//! Only the dates in the file are looked at; whether the signature holds is for `altered-after-signing` to say.

use super::{Context, Fixes, Group, Rule};
use crate::date::Date;
use crate::document::{Observation, Seen, SignedBy};
use crate::finding::{Confidence, Finding, Message, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "signature-out-of-date",
    group: Group::Managed,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "The certificate that the profile is signed with has expired",
    page: include_str!("signature_out_of_date.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::Signature(signature) = &observation.seen else { continue };
        let found = signature.signers.iter().filter_map(|signer| out_of_date(signer, cx.today));
        out.extend(found.map(|what| report(observation, what)));
    }
}

fn out_of_date(signer: &SignedBy, today: Date) -> Option<Message> {
    let name = signer.name.as_deref();
    match (signer.from, signer.until) {
        (_, Some(until)) if until < today => Some(match name {
            Some(signer) => message!("the certificate of {signer} expired on {date}", signer = signer, date = until),
            None => message!("the certificate of the signature expired on {date}", date = until),
        }),
        (Some(from), _) if from > today => Some(match name {
            Some(signer) => {
                message!("the certificate of {signer} is valid from {date} only", signer = signer, date = from)
            }
            None => message!("the certificate of the signature is valid from {date} only", date = from),
        }),
        _ => None,
    }
}

fn report(observation: &Observation, what: Message) -> Finding {
    RULE.seen(observation, what)
        .because("a device shows the profile as not verified, so that people are told not to trust it, and may refuse it as an update of the one that is installed")
        .help("sign the profile again with a certificate that is valid, and give it out anew")
        .graded(Severity::Warning, Confidence::High)
}

//! `altered-after-signing`: the content of a signed profile is not the one that was signed, or the signature is not the signer's.
//!
//! Whether the signer is somebody to trust is not asked here (`untrusted-signature`).

use super::{Context, Fixes, Group, Rule};
use crate::certificate::Verdict;
use crate::document::{Observation, Seen, SignedBy};
use crate::finding::{Confidence, Finding, Message, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "altered-after-signing",
    group: Group::Managed,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "The profile was changed after it was signed",
    page: include_str!("altered_after_signing.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::Signature(signature) = &observation.seen else { continue };
        let holds = |signer: &SignedBy| signer.verdict == Verdict::Holds && !signer.altered;
        // Where another signature holds over the whole of it, nobody changed the profile.
        let severity = if signature.signers.iter().any(holds) { Severity::Warning } else { Severity::Error };
        let broken = signature.signers.iter().filter(|signer| signer.is_broken());
        out.extend(broken.map(|signer| report(observation, signer).graded(severity, Confidence::High)));
    }
}

fn report(observation: &Observation, signer: &SignedBy) -> Finding {
    RULE.seen(observation, what(signer))
        .because(
            "a signature says that nobody changed the profile; here somebody did, and no device shows it as verified",
        )
        .help("find out what was changed and by whom; then sign the profile again, or give the original out")
}

fn what(signer: &SignedBy) -> Message {
    match &signer.name {
        _ if signer.altered => message!("the profile is not the one that was signed"),
        Some(name) => {
            message!("the signature is not that of {signer}, whose certificate stands beside it", signer = name)
        }
        None => message!("the signature does not fit the certificate that stands beside it"),
    }
}

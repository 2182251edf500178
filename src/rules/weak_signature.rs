//! `weak-signature`: a profile is signed with a digest that is no longer trusted.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "weak-signature",
    group: Group::Managed,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "The profile is signed with SHA-1 or MD5",
    page: include_str!("weak_signature.md"),
    check,
};

/// Digests for which somebody can make another file with the same signature. RFC 6194, RFC 6151.
const BROKEN: [&str; 2] = ["SHA-1", "MD5"];

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::Signature(signature) = &observation.seen else { continue };
        let digests = signature.signers.iter().map(|signer| signer.digest.as_str());
        if let Some(digest) = digests.into_iter().find(|digest| BROKEN.contains(digest)) {
            out.push(report(observation, digest));
        }
    }
}

fn report(observation: &Observation, digest: &str) -> Finding {
    RULE.seen(observation, message!("the profile is signed with {digest}", digest = digest))
        .because("a signature of this kind can be forged, so it proves nothing, and newer systems stop accepting it")
        .help("sign the profile again with SHA-256, as openssl cms -sign -md sha256 does")
        .values(digest, "SHA-256")
        .graded(Severity::Warning, Confidence::High)
}

//! `altered-after-signing`: the content of a signed profile is not the one that was signed.
//!
//! Only digests are compared; whether the signature is true, only a device can say.

use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Confidence, Finding, Severity};
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
        if signature.altered {
            let finding = RULE
                .seen(observation, message!("the profile is not the one that was signed"))
                .because("a signature says that nobody changed the profile; here somebody did, and no device shows it as verified")
                .help("find out what was changed and by whom; then sign the profile again, or give the original out");
            out.push(finding.graded(Severity::Error, Confidence::High));
        }
    }
}

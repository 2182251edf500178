//! `bytes-after-signature`: something stands behind the signed structure that nobody signed.
//!
//! Line ends are passed over: some web panels write them, and their profiles install.

use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "bytes-after-signature",
    group: Group::Managed,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "Something stands behind the signed profile that nobody signed",
    page: include_str!("bytes_after_signature.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::Signature(signature) = &observation.seen else { continue };
        if signature.trailing > 0 {
            let n = signature.trailing;
            let finding = RULE
                .seen(observation, message!("behind the signed profile stand {n} more bytes that nobody signed", n = n))
                .because("the signature does not cover them, and programs that read the format strictly refuse the file as damaged")
                .help("sign the profile again, or download it anew: it was joined with something else, or saved by a program that changes files");
            out.push(finding.graded(Severity::Warning, Confidence::High));
        }
    }
}

//! `mail-headers-in-profile`: lines of a mail message were signed in front of the profile.

use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "mail-headers-in-profile",
    group: Group::Managed,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "The signed profile begins with the lines of a mail message",
    page: include_str!("mail_headers_in_profile.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::Signature(signature) = &observation.seen
            && signature.mail_headers
        {
            let finding = RULE
                .seen(observation, message!("lines such as Content-Type stand before the profile that was signed"))
                .because("a device expects a property list from the first byte and refuses the profile as damaged")
                .help("sign the profile again without the option -text of openssl, and with -binary");
            out.push(finding.graded(Severity::Error, Confidence::High));
        }
    }
}

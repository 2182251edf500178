//! `plain-web-address`: `http://` where a password is typed or sent.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen, WebUser};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "plain-web-address",
    group: Group::Security,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "A web address without encryption, where a password is typed or sent",
    page: include_str!("plain_web_address.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::PlainWebAddress { address, by } = &observation.seen {
            out.push(report(observation, address, *by));
        }
    }
}

fn report(observation: &Observation, address: &str, by: WebUser) -> Finding {
    let finding = RULE.seen(observation, message!("{address} is not encrypted", address = address)).found(address);
    let finding = match by {
        WebUser::Person => finding.because(
            "people type their password on this page, and everyone on the way can read it or show them another page",
        ),
        WebUser::Program => {
            finding.because("the program sends the password to this address, and everyone on the way can read it")
        }
        WebUser::Device => finding.because(
            "a device fetches what it signs in with only from an address that begins with https://; without it there is no account",
        ),
    };
    if by == WebUser::Device {
        let finding = finding.graded(Severity::Error, Confidence::High);
        return finding.help("write https://, and see that the server answers there");
    }
    finding.help("write https:// if the server answers there, and look at the page before you publish the file")
}

//! `payload-not-for-device`: an account of a kind that the device of the profile does not know.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "payload-not-for-device",
    group: Group::Managed,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "The profile is made for a device that does not know this kind of account",
    page: include_str!("payload_not_for_device.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::OtherDevice { payload, device } = observation.seen {
            out.push(report(observation, payload, device));
        }
    }
}

fn report(observation: &Observation, payload: &str, device: &str) -> Finding {
    let what =
        message!("the profile is for {device}, which knows no {payload} payload", device = device, payload = payload);
    RULE.seen(observation, what)
        .because("the device passes over a payload that it does not know or refuses the profile, and the account is not there")
        .help("take the payload for this kind of device (on a Mac: Exchange Web Services or mail), or correct TargetDeviceType")
        .found(payload)
        .graded(Severity::Warning, Confidence::High)
}

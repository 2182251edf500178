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
        match observation.seen {
            Seen::OtherDevice { payload, device } => out.push(report(observation, payload, device)),
            Seen::KeyOfOtherDevice { device } => out.push(key(observation, device)),
            _ => {}
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

/// The account works; only what the key sets does not come about.
fn key(observation: &Observation, device: &str) -> Finding {
    let what =
        message!("the profile is for {device}, which does not know {key}", device = device, key = observation.key);
    RULE.seen(observation, what)
        .because("the device passes over the key, and what it sets does not come about")
        .help("take the key out, or correct TargetDeviceType")
        .graded(Severity::Info, Confidence::High)
}

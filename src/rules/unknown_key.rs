//! `unknown-key`: a key that this kind of account does not have.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "unknown-key",
    group: Group::Managed,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "A mail account has a key that Apple's schema does not have for it",
    page: include_str!("unknown_key.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::UnknownKey { of } = observation.seen {
            out.push(report(observation, of));
        }
    }
}

fn report(observation: &Observation, of: Option<&str>) -> Finding {
    let key = &observation.key;
    let what = match of {
        Some(payload) => {
            message!("{key} is a key of the {payload} payload, not of this one", key = key, payload = payload)
        }
        None => message!("{key} is no key that this payload has", key = key),
    };
    RULE.seen(observation, what)
        .because("devices pass over what they do not know, so whatever it is to set is not set; mostly it is left over from the tool that wrote the profile")
        .help("take it out if nothing needs it, or look up the name of the key that is meant")
        .graded(Severity::Info, Confidence::Medium)
}

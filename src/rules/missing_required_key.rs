//! `missing-required-key`: a key that the format requires is absent or empty.

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Applicability, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "missing-required-key",
    group: Group::File,
    severity: Severity::Error,
    fixes: Fixes::Unsafe,
    summary: "A key that the format requires is absent or empty",
    page: include_str!("missing_required_key.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.loses_settings() {
        return; // The key may stand in the part that cannot be read.
    }
    for observation in cx.observations() {
        let Seen::MissingKey { effect, to, empty } = &observation.seen else { continue };
        let what = if *empty {
            message!("{key} is empty", key = observation.key)
        } else {
            message!("{key} is missing", key = observation.key)
        };
        let mut finding = RULE.seen(observation, what).because(effect.clone());
        if cx.document.client == "apple-mail" {
            finding.severity = Severity::Warning; // Mail may go by its own copy of the list.
        }
        out.push(match to {
            Some(to) => finding
                .help(message!("add {key} with the value {value}", key = observation.key, value = to))
                .fix(message!("add {value}", value = to), Applicability::Unsafe, vec![change_of(observation, "", to)]),
            None => finding.help(message!("add {key}", key = observation.key)),
        });
    }
}

//! `duplicate-setting`: the same setting twice in one file; one of them does not count.

use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "duplicate-setting",
    group: Group::File,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "The same setting stands twice in one file",
    page: include_str!("duplicate_setting.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::DuplicateKey { differs, first_counts } = observation.seen else { continue };
        let finding = if differs {
            let what = message!("{key} is set more than once, to different values", key = observation.key);
            let why = if first_counts {
                "only the first one counts, so whoever changes or reads another is misled"
            } else {
                "only the last one counts, so whoever changes or reads the first is misled"
            };
            RULE.seen(observation, what).because(why).help("keep the line that is right, and delete the others")
        } else {
            let what = message!("{key} is set more than once, to the same value", key = observation.key);
            let mut finding = RULE
                .seen(observation, what)
                .because("nothing is wrong yet, but a change of one of the lines may have no effect")
                .help("delete all but one of the lines");
            finding.severity = Severity::Info;
            finding
        };
        out.push(finding);
    }
}

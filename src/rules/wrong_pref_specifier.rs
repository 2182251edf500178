//! `wrong-pref-specifier`: `pref(…)` in a file that belongs to a user, where only `user_pref(…)` is sure to count.

use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "wrong-pref-specifier",
    group: Group::File,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "A line of prefs.js or user.js begins with pref or sticky_pref instead of user_pref",
    page: include_str!("wrong_pref_specifier.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::WrongSpecifier { found } = &observation.seen {
            let what = message!("{key} is set with {found}", key = observation.key, found = found);
            out.push(
                RULE.seen(observation, what)
                    .because("some versions of the program skip such a line, others take it for a default that any other line outranks")
                    .help("write user_pref instead, while the program is closed")
                    .values(found, "user_pref"),
            );
        }
    }
}

//! `invalid-placeholder`: something meant as a placeholder that mail programs do not replace.

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Applicability, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "invalid-placeholder",
    group: Group::File,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "A placeholder is written so that mail programs do not replace it",
    page: include_str!("invalid_placeholder.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::BadPlaceholder { text, allowed, to } = &observation.seen else { continue };
        let finding = RULE.seen(observation, message!("{text} is not replaced by mail programs", text = text)).because(
            "every account made from the file gets these letters as they stand, and cannot sign in or connect",
        );
        out.push(match to {
            Some(to) => {
                let fix = message!("write {to}", to = to);
                finding.help(fix.clone()).values(text, to).fix(
                    fix,
                    Applicability::Safe,
                    vec![change_of(observation, text, to)],
                )
            }
            None => finding.help(message!("write one of: {allowed}", allowed = *allowed)).found(text),
        });
    }
}

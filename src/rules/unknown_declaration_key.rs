//! `unknown-declaration-key`: a key that the format does not have, for which the device refuses the whole file.

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Applicability, Change, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "unknown-declaration-key",
    group: Group::File,
    severity: Severity::Error,
    fixes: Fixes::Unsafe,
    summary: "A declaration has a key that its type does not know, so the device refuses it",
    page: include_str!("unknown_declaration_key.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::UnknownDeclarationKey { meant, value } = &observation.seen else { continue };
        let finding = RULE
            .seen(observation, message!("a declaration of this type has no key {key}", key = observation.key))
            .because("the device refuses a declaration with a key that it does not know, and there is no account")
            .found(&observation.key);
        out.push(match (meant, value) {
            (Some(meant), Some(value)) => {
                let set = Change { key: meant.clone(), from: String::new(), to: value.clone() };
                let changes = vec![set, change_of(observation, value, &Value::Removed)];
                let fix = message!("rename it to {meant}", meant = meant);
                finding.help(message!("give it the name {meant}", meant = meant)).fix(
                    fix,
                    Applicability::Unsafe,
                    changes,
                )
            }
            (Some(meant), None) => finding.help(message!("give it the name {meant}", meant = meant)),
            (None, _) => finding.help("take it out, or write the key that is meant"),
        });
    }
}

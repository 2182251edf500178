//! `duplicate-declaration`: two declarations of a folder with the same identifier, in one file or in two.

use std::collections::HashMap;

use super::{Context, Fixes, Group, Rule};
use crate::document::{Document, Observation, Seen};
use crate::finding::{Confidence, Finding, Message, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "duplicate-declaration",
    group: Group::Managed,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "Two declarations have the same identifier, so one replaces the other",
    page: include_str!("duplicate_declaration.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(folder) = cx.document.main().path().parent() else { return };
    let mut own: HashMap<&str, &Observation> = HashMap::new();
    for observation in cx.observations() {
        let Seen::Declaration { identifier, .. } = &observation.seen else { continue };
        let earlier = own.insert(identifier, observation);
        let other = cx.run.declared(folder, identifier).iter().find(|(index, _)| *index < cx.index);
        let what = match (earlier, other) {
            (Some(earlier), _) if earlier.place.source == observation.place.source => {
                message!("the identifier {identifier} is given twice in this file", identifier = identifier)
            }
            (Some(earlier), _) => also(cx.document, earlier.place.source, identifier),
            (None, Some((other, _))) => also(&cx.run.documents()[*other], 0, identifier),
            (None, None) => continue,
        };
        out.push(report(observation, what, identifier));
    }
}

/// Which other file has it.
fn also(document: &Document, source: usize, identifier: &str) -> Message {
    let file = document.sources[source].path().display();
    message!("{file} has the identifier {identifier} too", file = file, identifier = identifier)
}

fn report(observation: &Observation, what: Message, identifier: &str) -> Finding {
    RULE.seen(observation, what)
        .because("a device knows declarations by their identifiers, and the one that comes last replaces the other")
        .help("give each declaration an identifier of its own")
        .found(identifier)
        .graded(Severity::Warning, Confidence::Medium)
}

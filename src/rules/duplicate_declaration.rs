//! `duplicate-declaration`: two declarations of a folder with the same identifier.

use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Confidence, Finding, Severity};
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
    for observation in cx.observations() {
        let Seen::Declaration { identifier, .. } = &observation.seen else { continue };
        let Some((other, _)) = cx.run.declared(folder, identifier).iter().find(|(index, _)| *index < cx.index) else {
            continue;
        };
        let file = cx.run.documents()[*other].main().path().display();
        let what = message!("{file} has the identifier {identifier} too", file = file, identifier = identifier);
        let finding = RULE
            .seen(observation, what)
            .because("a device knows declarations by their identifiers, and the one that comes last replaces the other")
            .help("give each declaration an identifier of its own")
            .found(identifier);
        out.push(finding.graded(Severity::Warning, Confidence::Medium));
    }
}

//! `dangling-asset`: a declaration names an asset that is not there, or one of the wrong type.

use std::path::Path;

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "dangling-asset",
    group: Group::References,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "A declaration names an asset that is not there or has the wrong type",
    page: include_str!("dangling_asset.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(folder) = cx.document.main().path().parent() else { return };
    for observation in cx.observations() {
        if let Seen::Asset { target, kinds } = &observation.seen {
            out.extend(report(cx, observation, folder, target, kinds));
        }
    }
}

fn report(cx: &Context<'_>, observation: &Observation, folder: &Path, target: &str, kinds: &[&str]) -> Option<Finding> {
    let declared = cx.run.declared(folder, target);
    let finding = |what| RULE.seen(observation, what).found(target);
    match declared {
        // Assets may be kept somewhere else, or made by the server.
        [] if !cx.run.keeps_assets(folder) => None,
        [] => Some(
            finding(message!("no declaration in this folder has the identifier {identifier}", identifier = target))
                .because("the device sets an account up only when it has the assets that the declaration names")
                .help("add the asset, or write the identifier of the one that is meant")
                .graded(Severity::Warning, Confidence::Medium),
        ),
        _ if declared.iter().any(|(_, kind)| kinds.contains(kind)) => None,
        [(_, kind), ..] => Some(
            finding(message!("{identifier} is of the type {kind}", identifier = target, kind = *kind))
                .because("the device takes only an asset of the right type here, and refuses the declaration")
                .help(message!("name an asset of one of these types: {kinds}", kinds = kinds))
                .graded(Severity::Error, Confidence::High),
        ),
    }
}

//! `stale-filter-target`: a message filter or a saved search that names a folder of an account which does not exist.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, ProfileSeen, Seen};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "stale-filter-target",
    group: Group::References,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "A message filter or a saved search names a folder of an account that does not exist",
    page: include_str!("stale_filter_target.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.loses_settings() {
        return; // The account may stand in the part that cannot be read.
    }
    for observation in cx.observations() {
        if let Seen::Profile(ProfileSeen::StaleTarget { owner, uri, is_filter }) = &observation.seen {
            out.push(report(observation, owner, uri, *is_filter));
        }
    }
}

fn report(observation: &Observation, owner: &str, uri: &str, is_filter: bool) -> Finding {
    if is_filter {
        let what = message!(
            "the message filter {filter} puts mail into {folder}, which no account has",
            filter = owner,
            folder = uri
        );
        return RULE
            .seen(observation, what)
            .because("the filter fails, and the mail stays in the inbox")
            .help("choose the folder again in the filter: menu Tools, Message Filters")
            .found(uri);
    }
    let what = message!(
        "the saved search {search} looks through {folder}, which no account has",
        search = owner,
        folder = uri
    );
    RULE.seen(observation, what)
        .because("none of its folders is there, so the saved search stays empty")
        .help("choose the folders again in the properties of the saved search, or delete it")
        .found(uri)
}

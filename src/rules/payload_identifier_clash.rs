//! `payload-identifier-clash`: the same identifier for two payloads, or for two profiles with different mailboxes.

use std::collections::BTreeSet;

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::{Document, Observation, Seen};
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "payload-identifier-clash",
    group: Group::Managed,
    severity: Severity::Error,
    fixes: Fixes::Unsafe,
    summary: "Two payloads or profiles have the same identifier, so one replaces the other",
    page: include_str!("payload_identifier_clash.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let inner = identifiers(cx.document, false);
    for (index, (observation, identifier)) in inner.iter().enumerate() {
        if let Some((earlier, _)) = inner[..index].iter().find(|(_, other)| other == identifier) {
            out.push(between_payloads(observation, earlier, identifier, &inner, index));
        }
    }
    for (observation, identifier) in identifiers(cx.document, true) {
        if let Some((payload, _)) = inner.iter().find(|(_, other)| *other == identifier) {
            out.push(with_the_profile(payload, identifier));
        }
        out.extend(between_profiles(cx, observation, identifier));
    }
}

/// The identifiers of the profile itself or of its payloads.
fn identifiers(document: &Document, of_profile: bool) -> Vec<(&Observation, &str)> {
    let mut found = Vec::new();
    for observation in &document.observations {
        if let Seen::PayloadId { identifier, top_level, .. } = &observation.seen
            && *top_level == of_profile
            && !identifier.is_empty()
        {
            found.push((observation, identifier.as_str()));
        }
    }
    found
}

/// The key of the identifier beside that of the UUID, at which payloads are reported.
fn key(observation: &Observation) -> String {
    let parent = observation.key.rsplit_once('.').map(|(parent, _)| format!("{parent}."));
    format!("{}PayloadIdentifier", parent.unwrap_or_default())
}

fn at(observation: &Observation) -> Observation {
    let place = match &observation.seen {
        Seen::PayloadId { identifier_place: Some(place), .. } => *place,
        _ => observation.place,
    };
    Observation { key: key(observation), place, ..observation.clone() }
}

fn between_payloads(
    observation: &Observation,
    earlier: &Observation,
    identifier: &str,
    all: &[(&Observation, &str)],
    index: usize,
) -> Finding {
    let payload = at(observation);
    let what = message!("{identifier} is the identifier of {other} too", identifier = identifier, other = key(earlier));
    let new = free_identifier(identifier, all, index + 1);
    let change = change_of(&payload, identifier, &Value::Text(new.clone()));
    RULE.seen(&payload, what)
        .because("devices tell payloads apart by their identifiers, so one of the two may replace the other or the profile is refused")
        .help("give each payload an identifier of its own, with the name of the mailbox in it")
        .found(identifier)
        .fix(message!("call it {identifier}", identifier = new), Applicability::Unsafe, vec![change])
}

fn free_identifier(identifier: &str, all: &[(&Observation, &str)], from: usize) -> String {
    let mut number = from;
    loop {
        let new = format!("{identifier}.{number}");
        if all.iter().all(|(_, other)| *other != new) {
            return new;
        }
        number += 1;
    }
}

fn with_the_profile(payload: &Observation, identifier: &str) -> Finding {
    let what =
        message!("{identifier} is the identifier of the profile and of a payload in it", identifier = identifier);
    let mut finding = RULE
        .seen(&at(payload), what)
        .because("devices accept it, but whoever removes or updates one by its name may hit the other")
        .help("append something to the identifier of the payload when you make the next version");
    finding.severity = Severity::Info;
    finding.found(identifier)
}

/// An earlier profile of the run with the same identifier and other mailboxes. The same mailboxes make it a new version.
fn between_profiles(cx: &Context<'_>, observation: &Observation, identifier: &str) -> Option<Finding> {
    let own = mailboxes(cx.document);
    let sharing = cx.others(cx.run.with_identifier(identifier));
    let mut earlier = sharing.filter(|(index, _)| *index < cx.index).map(|(_, document)| document);
    let other = earlier.find(|document| {
        let theirs = mailboxes(document);
        !own.is_empty() && !theirs.is_empty() && own != theirs
    })?;
    let what = message!(
        "{file} has the identifier {identifier} too, and other mailboxes",
        file = other.main().path().display(),
        identifier = identifier
    );
    Some(
        RULE.seen(&at(observation), what)
            .because(
                "on a device where both are installed the second replaces the first, and the first mailbox disappears",
            )
            .help("if one person may need both, put the mailbox into the identifier of each")
            .found(identifier)
            .graded(Severity::Warning, Confidence::Medium),
    )
}

/// The addresses and logins of a document.
pub(super) fn mailboxes(document: &Document) -> BTreeSet<String> {
    let addresses = document.accounts.iter().filter_map(|account| account.address());
    addresses.map(|address| address.value.trim().to_lowercase()).collect()
}

//! `duplicate-payload-uuid`: two payloads of one profile with the same UUID, or two profiles for different mailboxes.

use super::invalid_payload_uuid::{Form, form};
use super::payload_identifier_clash::mailboxes;
use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::{Document, Observation, Seen};
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "duplicate-payload-uuid",
    group: Group::Managed,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "Two payloads of a profile, or two profiles, have the same UUID",
    page: include_str!("duplicate_payload_uuid.md"),
    check,
};

/// A payload and its identity.
struct Payload<'a> {
    observation: &'a Observation,
    identifier: &'a str,
    uuid: &'a str,
    top_level: bool,
}

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let payloads = payloads(cx);
    for (index, payload) in payloads.iter().enumerate() {
        let earlier = payloads[..index].iter().find(|earlier| earlier.uuid.eq_ignore_ascii_case(payload.uuid));
        if let Some(earlier) = earlier.filter(|_| !payload.uuid.is_empty()) {
            out.push(report(payload, earlier, &payloads, index));
        }
    }
    out.extend(payloads.iter().find_map(|payload| between_profiles(cx, payload, &payloads)));
}

/// An earlier profile of the run with the same UUID, another name and other mailboxes: one template, filled in twice. What is
/// no account may be in many profiles with good reason, such as the certificate of a company.
fn between_profiles(cx: &Context<'_>, payload: &Payload<'_>, own: &[Payload<'_>]) -> Option<Finding> {
    let counts = payload.top_level || payload.observation.account.is_some();
    if !counts || form(payload.uuid) != Form::Uuid {
        return None;
    }
    let name = own.iter().find(|payload| payload.top_level)?.identifier;
    let own = mailboxes(cx.document);
    let mut earlier = cx.others(cx.run.with_uuid(payload.uuid)).filter(|(index, _)| *index < cx.index);
    let (_, other) = earlier.find(|(_, other)| {
        let theirs = mailboxes(other);
        !own.is_empty() && !theirs.is_empty() && own != theirs && !is_named(other, name)
    })?;
    let what = message!(
        "{uuid} stands in {file} too, for other mailboxes",
        uuid = payload.uuid,
        file = other.main().path().display()
    );
    let finding = RULE
        .seen(payload.observation, what)
        .because("a UUID is to be the only one of its kind; a device that gets both profiles, and the management system that gives them out, may take one for the other")
        .help("let the tool that makes the profiles write new UUIDs for each mailbox; leave those alone that are on devices already")
        .found(payload.uuid);
    Some(finding.graded(Severity::Info, Confidence::Medium))
}

/// Whether it is a version of the profile with this identifier.
fn is_named(document: &Document, name: &str) -> bool {
    let is_own =
        |seen: &Seen| matches!(seen, Seen::PayloadId { identifier, top_level: true, .. } if identifier == name);
    document.observations.iter().any(|observation| is_own(&observation.seen))
}

/// The profile itself first, wherever its UUID stands, then its payloads in their order.
fn payloads<'a>(cx: &Context<'a>) -> Vec<Payload<'a>> {
    let mut payloads: Vec<Payload<'a>> = Vec::new();
    for observation in cx.observations() {
        if let Seen::PayloadId { identifier, uuid, top_level, .. } = &observation.seen {
            payloads.push(Payload { observation, identifier, uuid, top_level: *top_level });
        }
    }
    payloads.sort_by_key(|payload| !payload.top_level);
    payloads
}

fn report(payload: &Payload<'_>, earlier: &Payload<'_>, all: &[Payload<'_>], index: usize) -> Finding {
    let what = if earlier.top_level {
        message!("{uuid} is the UUID of the profile itself too", uuid = payload.uuid)
    } else {
        message!("{uuid} is the UUID at {other} too", uuid = payload.uuid, other = earlier.observation.key)
    };
    let mut finding =
        RULE.seen(payload.observation, what).help("give the later payload a new UUID").found(payload.uuid);
    let applicability = if earlier.top_level {
        finding.severity = Severity::Warning;
        finding = finding.because("devices tell payloads apart by their UUIDs; some accept the profile and its payload under one, others do not");
        // Profiles like this are installed somewhere, and a new UUID makes another account of the one on the device.
        Applicability::Unsafe
    } else {
        finding = finding
            .because("devices tell payloads apart by their UUIDs and refuse a profile in which two are the same");
        Applicability::Safe
    };
    if payload.observation.account.is_none() {
        return finding; // Another payload may refer to it, as to a certificate or a VPN.
    }
    let new = new_uuid(payload, all, index);
    let change = change_of(payload.observation, payload.uuid, &Value::Text(new.clone()));
    finding.fix(message!("give it the UUID {uuid}", uuid = new), applicability, vec![change])
}

/// A UUID made from what identifies the payload, so that every run makes the same one: RFC 9562 §5.8 (version 8).
fn new_uuid(payload: &Payload<'_>, all: &[Payload<'_>], index: usize) -> String {
    let profile = all.first().map_or("", |first| first.identifier);
    let mut salt = 0;
    loop {
        let uuid = uuid_of(&[
            profile,
            payload.identifier,
            &payload.uuid.to_ascii_uppercase(),
            &index.to_string(),
            &salt.to_string(),
        ]);
        if all.iter().all(|other| !other.uuid.eq_ignore_ascii_case(&uuid)) {
            return uuid;
        }
        salt += 1;
    }
}

/// FNV-1a over 128 bits: stable for all time, and nobody's secret hangs on it.
fn uuid_of(parts: &[&str]) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    let hash = bytes.fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
    let versioned = (hash & !(0xf << 76)) | (0x8 << 76);
    let marked = (versioned & !(0b11 << 62)) | (0b10 << 62);
    let hex = format!("{marked:032X}");
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_are_of_version_8_and_always_the_same() {
        let uuid = uuid_of(&["jp.example.profile", "jp.example.mail", "1"]);
        assert_eq!(uuid, uuid_of(&["jp.example.profile", "jp.example.mail", "1"]));
        assert_ne!(uuid, uuid_of(&["jp.example.profile", "jp.example.mail", "2"]));
        assert_ne!(uuid, uuid_of(&["jp.example.profilejp", ".example.mail", "1"]));
        assert_eq!((uuid.len(), &uuid[14..15]), (36, "8"));
        assert!("89AB".contains(&uuid[19..20]), "{uuid}");
    }
}

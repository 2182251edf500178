//! `invalid-payload-uuid`: a UUID that is empty, all zero, or the text of a template.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Finding, Severity};
use crate::mdm::{Class, sole_placeholder};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "invalid-payload-uuid",
    group: Group::Managed,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "A payload's UUID is empty or none",
    page: include_str!("invalid_payload_uuid.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::PayloadId { uuid, .. } = &observation.seen
            && !is_told_otherwise(cx, observation)
        {
            out.extend(judge(observation, uuid).filter(|_| !is_filled_in(cx, uuid)));
        }
    }
}

/// A missing key is `missing-required-key`, a number `wrong-value-type`.
fn is_told_otherwise(cx: &Context<'_>, observation: &Observation) -> bool {
    cx.observations().any(|other| {
        other.key == observation.key && matches!(other.seen, Seen::MissingKey { .. } | Seen::WrongType { .. })
    })
}

/// Whether the management system puts a UUID there.
fn is_filled_in(cx: &Context<'_>, uuid: &str) -> bool {
    sole_placeholder(uuid).is_some_and(|found| found.class() == Some(Class::Other) && cx.demands.fills_in(&found))
}

fn judge(observation: &Observation, uuid: &str) -> Option<Finding> {
    let (what, severity) = match form(uuid) {
        Form::Uuid => return None,
        Form::Empty => (message!("the UUID of this payload is empty"), Severity::Error),
        Form::Zero => (message!("the UUID of this payload consists of zeros"), Severity::Warning),
        Form::Text => (message!("{text} is no UUID", text = uuid), Severity::Warning),
        Form::Letters => (message!("{text} has letters that no UUID has", text = uuid), Severity::Info),
    };
    let mut finding = RULE
        .seen(observation, what)
        .because("devices tell payloads apart by their UUIDs; text left over from a template is the same in every profile made from it, and management systems refuse what is no UUID")
        .help("write a new UUID, as `uuidgen` prints it, and keep it for all later versions of this payload")
        .found(uuid);
    finding.severity = severity;
    Some(finding)
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Form {
    Uuid,
    Empty,
    Zero,
    /// The form of a UUID with letters beyond F, which Apple's own schema lets pass.
    Letters,
    Text,
}

pub(super) fn form(uuid: &str) -> Form {
    let uuid = uuid.trim().trim_matches(['{', '}']);
    let groups: Vec<usize> = uuid.split('-').map(str::len).collect();
    if uuid.is_empty() {
        Form::Empty
    } else if uuid.chars().all(|c| matches!(c, '0' | '-')) {
        Form::Zero
    } else if groups != [8, 4, 4, 4, 12] || !uuid.chars().all(|c| c == '-' || c.is_ascii_alphanumeric()) {
        Form::Text
    } else if uuid.chars().all(|c| c == '-' || c.is_ascii_hexdigit()) {
        Form::Uuid
    } else if uuid.contains("XXXX") {
        Form::Text
    } else {
        Form::Letters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_apart() {
        let cases = [
            ("6A7B0C10-0000-4000-8000-000000000001", Form::Uuid),
            ("", Form::Empty),
            ("00000000-0000-0000-0000-000000000000", Form::Zero),
            ("$(UUIDGEN)", Form::Text),
            ("XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX", Form::Text),
            ("6A7B0C10-0000-4000-8000-00000000000G", Form::Letters),
            ("6A7B0C10-0000-4000-8000", Form::Text),
        ];
        for (uuid, expected) in cases {
            assert_eq!(form(uuid), expected, "{uuid}");
        }
    }
}

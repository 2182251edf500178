//! The keys of a profile itself, and those that all payloads have.

use super::{Key, Kind, flag, number, text};

/// `TopLevel.yaml`. `PayloadContent` is required except where the payloads are encrypted, which is looked at apart.
pub const TOP_LEVEL: &[Key] = &[
    text("PayloadIdentifier").required(),
    text("PayloadUUID").required(),
    text("PayloadType").required().one_of(&["Configuration"]),
    number("PayloadVersion").required().one_of_numbers(&["1"]),
    Key::new("PayloadContent", Kind::Dicts).required(),
    flag("IsEncrypted"),
    Key::new("EncryptedPayloadContent", Kind::Data),
    text("PayloadDescription"),
    text("PayloadDisplayName"),
    text("PayloadOrganization"),
    flag("HasRemovalPasscode"),
    flag("PayloadRemovalDisallowed").no_vision(),
    text("PayloadScope").one_of(&["System", "User"]).macos("10.8"),
    Key::new("RemovalDate", Kind::Date),
    Key::new("DurationUntilRemoval", Kind::Real),
    Key::new("PayloadExpirationDate", Kind::Date),
    number("TargetDeviceType")
        .one_of_numbers(&["0", "1", "2", "3", "4", "5", "6"])
        .ios("12.2")
        .macos("10.15")
        .vision("1.1"),
    Key::new("ConsentText", Kind::Texts),
];

/// `CommonPayloadKeys.yaml`.
pub const COMMON: &[Key] = &[
    text("PayloadIdentifier").required(),
    text("PayloadUUID").required(),
    text("PayloadType").required(),
    number("PayloadVersion").required().one_of_numbers(&["1"]),
    text("PayloadDescription"),
    text("PayloadDisplayName"),
    text("PayloadOrganization"),
    // Profile Manager writes it into every payload.
    Key::new("PayloadEnabled", Kind::Any).unpublished(),
];

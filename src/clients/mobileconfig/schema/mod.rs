//! Which keys a payload has, what may stand in them, and which systems know them, as data.
//!
//! From Apple's published schema (device-management, release of iOS 18.1 and macOS 15.1). `tests/profile_keys.rs` compares every
//! line with a table of the facts in that release, and tries every key in a whole profile: missing, of the wrong type, with a
//! wrong value, with a right one. What a value means for mail is for `payloads` to say, and what to think of it for the rules.

mod calendars;
mod exchange;
mod mail;
mod profile;

pub use profile::{COMMON, TOP_LEVEL};

/// One type of payload.
#[derive(Clone, Copy, Debug)]
pub struct Payload {
    /// Its `PayloadType`.
    pub payload_type: &'static str,
    /// What it is for, in a message.
    pub title: &'static str,
    /// Whether it makes a mail account; of the others only what is written by mistake is told, and no key that is not listed.
    pub is_mail: bool,
    /// From which iOS on.
    pub ios: Since,
    /// From which macOS on.
    pub macos: Since,
    /// From which visionOS on.
    pub vision: Since,
    /// Its keys beside the common ones.
    pub keys: &'static [Key],
}

/// One key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name. Apple compares it letter by letter.
    pub name: &'static str,
    /// The type of its value.
    pub kind: Kind,
    /// Whether Apple requires it.
    pub required: bool,
    /// The values there are.
    pub allowed: Allowed,
    /// From which iOS on.
    pub ios: Since,
    /// From which macOS on.
    pub macos: Since,
    /// From which visionOS on.
    pub vision: Since,
    /// Whether and since when it has had its day.
    pub deprecated: Option<Deprecated>,
    /// Whether it is in Apple's schema. The others are written by tools of Apple's, or stand in its examples.
    pub published: bool,
}

/// The type of a value.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// `<string>`.
    Text,
    /// `<integer>`.
    Number,
    /// `<real>`; a whole number is one as well.
    Real,
    /// `<true/>` or `<false/>`.
    Flag,
    /// `<date>`.
    Date,
    /// `<data>`.
    Data,
    /// `<array>` of dictionaries.
    Dicts,
    /// `<dict>` with these keys.
    Dict(&'static [Key]),
    /// `<dict>` with keys of the writer's own and text under each.
    Texts,
    /// Anything: keys that are known and not checked.
    Any,
}

/// The values that a setting may have.
#[derive(Clone, Copy, Debug)]
pub enum Allowed {
    /// All of its type.
    All,
    /// These texts.
    Texts(&'static [&'static str]),
    /// These numbers, as they are written.
    Numbers(&'static [&'static str]),
}

/// From which version of a system on a payload or a key is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// As long as what it belongs to.
    Always,
    /// From this version on.
    Version(&'static str),
    /// Not at all.
    Never,
}

/// A key that has had its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deprecated {
    /// With which system.
    pub since: &'static str,
    /// Whether Apple says that the system passes over it; else it only advises against it.
    pub ignored: bool,
    /// The keys that took its place. Where there is one, it means the same.
    pub successors: &'static [&'static str],
}

impl Key {
    const fn new(name: &'static str, kind: Kind) -> Self {
        let (ios, macos, vision) = (Since::Always, Since::Always, Since::Always);
        let allowed = Allowed::All;
        Self { name, kind, required: false, allowed, ios, macos, vision, deprecated: None, published: true }
    }

    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn one_of(mut self, texts: &'static [&'static str]) -> Self {
        self.allowed = Allowed::Texts(texts);
        self
    }

    const fn one_of_numbers(mut self, numbers: &'static [&'static str]) -> Self {
        self.allowed = Allowed::Numbers(numbers);
        self
    }

    const fn ios(mut self, version: &'static str) -> Self {
        self.ios = Since::Version(version);
        self
    }

    const fn macos(mut self, version: &'static str) -> Self {
        self.macos = Since::Version(version);
        self
    }

    const fn vision(mut self, version: &'static str) -> Self {
        self.vision = Since::Version(version);
        self
    }

    const fn no_mac(mut self) -> Self {
        self.macos = Since::Never;
        self
    }

    const fn no_vision(mut self) -> Self {
        self.vision = Since::Never;
        self
    }

    const fn deprecated(mut self, since: &'static str, successors: &'static [&'static str]) -> Self {
        self.deprecated = Some(Deprecated { since, ignored: false, successors });
        self
    }

    const fn ignored(mut self, since: &'static str, successors: &'static [&'static str]) -> Self {
        self.deprecated = Some(Deprecated { since, ignored: true, successors });
        self
    }

    const fn unpublished(mut self) -> Self {
        self.published = false;
        self
    }
}

const fn text(name: &'static str) -> Key {
    Key::new(name, Kind::Text)
}

const fn number(name: &'static str) -> Key {
    Key::new(name, Kind::Number)
}

const fn flag(name: &'static str) -> Key {
    Key::new(name, Kind::Flag)
}

const fn dict(name: &'static str, keys: &'static [Key]) -> Key {
    Key::new(name, Kind::Dict(keys))
}

/// Who makes audio calls to people of this account: an iPhone's setting, in three payloads.
const SERVICES: Key =
    dict("CommunicationServiceRules", &[dict("DefaultServiceHandlers", &[text("AudioCall").ios("10.0")]).ios("10.0")])
        .ios("10.0");

/// The payloads whose keys are known. All other types are left alone.
pub const PAYLOADS: &[&Payload] =
    &[&mail::MAIL, &exchange::EAS, &exchange::EWS, &exchange::GOOGLE, &calendars::CALDAV, &calendars::CARDDAV];

/// What is known of payloads of this type.
pub fn find(payload_type: &str) -> Option<&'static Payload> {
    PAYLOADS.iter().copied().find(|payload| payload.payload_type == payload_type)
}

//! The form of `mailcfg.toml`: its keys, as people write them. What they come to is decided in `reading`.
//!
//! `docs/config.schema.json` is made from these types, so that what is said of a key here is what editors show.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::date::Date;
use crate::finding::{Confidence, Severity};
use crate::provider::optional_date;

/// The file as a whole.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct File {
    /// Only these rules or groups; without it all of them.
    #[serde(default)]
    pub(super) select: Vec<String>,
    /// Rules or groups that are switched off; or, as `[[ignore]]`, single findings that are right as they are.
    #[serde(default)]
    pub(super) ignore: Vec<Ignore>,
    /// From which severity on the exit status is 1.
    pub(super) fail_on: Option<FailOn>,
    /// Only findings at least this sure.
    pub(super) min_confidence: Option<Sureness>,
    /// The management systems that fill in the variables of configuration profiles and install them.
    #[serde(default)]
    pub(super) mdm: Vec<String>,
    /// How grave findings of a rule or group are.
    #[serde(default)]
    pub(super) severity: BTreeMap<String, Level>,
    /// What the company offers itself.
    #[serde(default)]
    pub(super) providers: OwnProviders,
    /// What the company asks of every mailbox.
    #[serde(default)]
    pub(super) policy: Policy,
    /// Whom the company trusts to sign.
    #[serde(default)]
    pub(super) signatures: Signatures,
}

/// Something to ignore: a rule everywhere, or single findings.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(untagged))]
pub(super) enum Ignore {
    /// A rule or group that is switched off.
    Name(String),
    /// Findings that are right as they are.
    Entry(Entry),
}

/// Findings that are right as they are.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Entry {
    /// The rule or group.
    pub(super) rule: String,
    /// The account's id or address; * stands for any part.
    pub(super) account: Option<String>,
    /// The setting's full name; * stands for any part.
    pub(super) key: Option<String>,
    /// The file, relative to the folder of this one; * within a name, ** for any number of folders.
    pub(super) path: Option<String>,
    /// Why it is right so.
    pub(super) reason: String,
    /// The last day on which this holds.
    #[serde(default, deserialize_with = "optional_date")]
    pub(super) until: Option<Date>,
}

/// What the company offers itself.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct OwnProviders {
    /// The folder of the company's own provider files, relative to the folder of this file. They outrank what is built in.
    pub(super) path: Option<String>,
    /// Hosts that are right, whatever is known of the provider; * stands for a part without a dot.
    #[serde(default)]
    pub(super) allowed_hosts: Vec<String>,
}

/// Whom the company trusts to sign.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Signatures {
    /// PEM files with certificates, relative to the folder of this file. The chain of every signed profile must lead to one of them.
    #[serde(default)]
    pub(super) roots: Vec<String>,
}

/// What the company asks of every mailbox.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Policy {
    /// The domain that every user name must end in.
    pub(super) username_domain: Option<String>,
    /// Whether every connection must be encrypted from the first byte (993, 995, 465).
    #[serde(default)]
    pub(super) require_implicit_tls: bool,
    /// Whether POP is forbidden.
    #[serde(default)]
    pub(super) forbid_pop: bool,
    /// Whether a password in a file is reported even where a comment, an entry or a baseline ignores it.
    #[serde(default)]
    pub(super) forbid_secrets_in_files: bool,
}

/// From which severity on the exit status is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// Errors alone.
    Error,
    /// Warnings too.
    Warning,
    /// Whatever is found.
    Info,
    /// Nothing.
    Never,
}

impl FailOn {
    /// Whether a finding of this severity makes the run fail.
    pub fn includes(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => severity >= Severity::Info,
            Self::Never => false,
        }
    }
}

/// How grave.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum Level {
    Error,
    Warning,
    Info,
    Hint,
    Off,
}

impl Level {
    pub(super) const fn meant(self) -> crate::selection::Level {
        use crate::selection::Level::{At, Off};
        match self {
            Self::Error => At(Severity::Error),
            Self::Warning => At(Severity::Warning),
            Self::Info => At(Severity::Info),
            Self::Hint => At(Severity::Hint),
            Self::Off => Off,
        }
    }
}

/// How sure.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum Sureness {
    Low,
    Medium,
    High,
}

impl From<Sureness> for Confidence {
    fn from(sureness: Sureness) -> Self {
        match sureness {
            Sureness::Low => Self::Low,
            Sureness::Medium => Self::Medium,
            Sureness::High => Self::High,
        }
    }
}

/// Told apart by hand: of an untagged choice serde says only that none fitted, and not which key is wrong.
impl<'de> Deserialize<'de> for Ignore {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Ignore;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a rule, or an entry with rule and reason")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Ignore, E> {
                String::deserialize(StrDeserializer::new(text)).map(Ignore::Name)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Ignore, A::Error> {
                Entry::deserialize(MapAccessDeserializer::new(map)).map(Ignore::Entry)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

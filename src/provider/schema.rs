//! What a provider file says, as types. `docs/providers.md` explains each key to people.
//!
//! The build script reads `profiles/*.toml` with these types and writes them out as constants, so that the program starts
//! without parsing anything; a company's own files are read with them at run time. That is why texts and lists are `Cow`s.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};

use crate::account::{Authentication, Protocol, Security};
use crate::date::Date;

/// A text, borrowed when it is embedded.
pub type Text = Cow<'static, str>;
/// A list, borrowed when it is embedded.
pub type List<T> = Cow<'static, [T]>;

/// What a mail service officially offers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Provider {
    /// The name of its file without `.toml`.
    #[serde(skip)]
    pub id: Text,
    /// What people call it.
    pub name: Text,
    /// What Japanese people call it, where that differs.
    #[serde(default)]
    pub name_ja: Option<Text>,
    /// Address domains. `*` stands for one or more characters without a dot.
    #[serde(default)]
    pub domains: List<Text>,
    /// Whether addresses under people's own domains live here too.
    #[serde(default)]
    pub custom_domains: bool,
    /// Suffixes of MX hosts that lead here.
    #[serde(default)]
    pub mx: List<Text>,
    /// Hosts of the web mail: never a server for a mail program.
    #[serde(default)]
    pub webmail: List<Text>,
    /// Hosts that take mail from other servers: never a server for a mail program. `*` as in `domains`.
    #[serde(default)]
    pub mx_hosts: List<Text>,
    /// Only in a company's own file: hosts that are right for its addresses whatever else is known, such as a relay or a host
    /// inside its network. No rule about hosts, ports, encryption or sending judges them. `*` as in `domains`.
    #[serde(default)]
    pub allowed_hosts: List<Text>,
    /// Providers that look alike and are not the same: regional twins, sister brands. Never swapped for one another.
    #[serde(default)]
    pub siblings: List<Text>,
    /// The day the service ended.
    #[serde(default, deserialize_with = "optional_date")]
    pub ended: Option<Date>,
    /// Whether no mail program can use it at all, or nothing is known of how.
    #[serde(default)]
    pub access: Access,
    /// Whether the provider refuses to send for an address through anyone else's server, or as anyone but the login.
    #[serde(default)]
    pub own_smtp_required: bool,
    /// Protocols that it says it does not speak. What is neither here nor among the servers is not known.
    #[serde(default)]
    pub not_offered: List<Protocol>,
    /// The day the facts were looked at last.
    #[serde(deserialize_with = "date")]
    pub checked: Date,
    /// How sure the facts are unless an entry says otherwise.
    pub confidence: Grade,
    /// Where they are written, best first.
    #[serde(default)]
    pub sources: List<Text>,
    /// For people.
    #[serde(default)]
    pub note: Option<Note>,
    /// Which password, and where it comes from.
    pub password: Password,
    /// What must be turned on at the provider before a mail program may connect.
    #[serde(default, rename = "switch")]
    pub switches: List<Switch>,
    /// The sets of servers.
    #[serde(default, rename = "server")]
    pub servers: List<ServerSet>,
    /// Hosts that were servers once, or never were.
    #[serde(default, rename = "retired-host")]
    pub retired_hosts: List<RetiredHost>,
}

/// Whether a mail program can be used at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// By the servers listed.
    #[default]
    Servers,
    /// By a program of the provider's that runs on this computer (Proton Mail Bridge).
    Bridge,
    /// Not at all: only the provider's own app or web page.
    None,
    /// Nothing reliable is known.
    Unknown,
}

/// One way in: host, port, security and authentication belong together and are never mixed with another set's.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ServerSet {
    /// IMAP, POP3 or SMTP.
    pub protocol: Protocol,
    /// Host name in lower case. `*` stands for one or more characters without a dot.
    pub host: Text,
    /// TCP port.
    pub port: u16,
    /// Connection security.
    pub security: Security,
    /// What the provider says of it.
    pub status: Status,
    /// What the server takes, best first. Empty: not known.
    #[serde(default)]
    pub authentication: List<Authentication>,
    /// Forms of the user name that work, best first. Empty: not known.
    #[serde(default)]
    pub username: List<UsernameForm>,
    /// Only for these of the provider's domains; empty: for all.
    #[serde(default)]
    pub domains: List<Text>,
    /// From which day the status holds.
    #[serde(default, deserialize_with = "optional_date")]
    pub since: Option<Date>,
    /// The day it goes, or went, away.
    #[serde(default, deserialize_with = "optional_date")]
    pub until: Option<Date>,
    /// How sure, where it differs from the file's.
    #[serde(default)]
    pub confidence: Option<Grade>,
    /// Where it is written, where that differs from the file's.
    #[serde(default)]
    pub sources: List<Text>,
    /// For people.
    #[serde(default)]
    pub note: Option<Note>,
}

/// A host that no mail program should use any more, whatever the port.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RetiredHost {
    /// Host name in lower case.
    pub host: Text,
    /// For which protocols; empty: all.
    #[serde(default)]
    pub protocols: List<Protocol>,
    /// `legacy`, `retiring`, `retired` or `never`.
    pub status: Status,
    /// The day it ended or will end.
    #[serde(default, deserialize_with = "optional_date")]
    pub until: Option<Date>,
    /// The host that took its place, if there is exactly one for each protocol.
    #[serde(default)]
    pub successor: Option<Text>,
    /// Whether user name and password stay the same at the successor.
    #[serde(default)]
    pub same_login: bool,
    /// How sure, where it differs from the file's.
    #[serde(default)]
    pub confidence: Option<Grade>,
    /// Where it is written, where that differs from the file's.
    #[serde(default)]
    pub sources: List<Text>,
    /// For people.
    #[serde(default)]
    pub note: Option<Note>,
}

/// What the provider says of a server set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// What the provider tells people to enter.
    Preferred,
    /// Also official: no finding.
    Accepted,
    /// Still answers, no longer told to anyone.
    Legacy,
    /// Has an end date ahead.
    Retiring,
    /// Is gone.
    Retired,
    /// Never was a server for mail programs, though people enter it.
    Never,
}

/// What goes into the user name box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum UsernameForm {
    /// The whole address.
    FullAddress,
    /// What stands before the `@`.
    LocalPart,
    /// The address with `.` in place of `@`.
    LocalDotDomain,
    /// A name that the provider gives out and that cannot be told from the address.
    IssuedId,
}

/// How sure a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// One source, or sources that may have copied each other.
    Low,
    /// At least two independent sources agree.
    Medium,
    /// The provider's own page was read.
    High,
}

/// Which password a mail program needs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Password {
    /// What to type where a program asks for a password.
    pub kind: PasswordKind,
    /// What to type instead once two-factor sign-in is on.
    #[serde(default)]
    pub kind_with_two_factor: Option<PasswordKind>,
    /// Whether a browser sign-in is offered or the only way.
    #[serde(default)]
    pub oauth: Oauth,
    /// The day from which the account's own password is refused.
    #[serde(default, deserialize_with = "optional_date")]
    pub login_refused_since: Option<Date>,
    /// Whether `kind` can only be had with two-factor sign-in on.
    #[serde(default)]
    pub needs_two_factor: bool,
    /// The way to it, as the provider's own screens name the steps.
    #[serde(default)]
    pub get: Option<Note>,
    /// Where that way begins.
    #[serde(default)]
    pub url: Option<Text>,
    /// Whether a password that was given out can be looked at again.
    #[serde(default)]
    pub shown_again: Answer,
    /// How to get a new one when it is lost, and what stops working by that: the old one, those of other devices.
    #[serde(default)]
    pub reissue: Option<Note>,
    /// How sure, where it differs from the file's.
    #[serde(default)]
    pub confidence: Option<Grade>,
    /// Where it is written, where that differs from the file's.
    #[serde(default)]
    pub sources: List<Text>,
}

/// The kinds of password there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PasswordKind {
    /// No password: a browser sign-in.
    Oauth,
    /// Made on the account page for one program.
    AppPassword,
    /// A separate one that the provider issues for mail programs.
    DedicatedMailPassword,
    /// The mailbox's own, not that of the customer portal.
    MailAccountPassword,
    /// The same as on the web.
    LoginPassword,
    /// Shown by a bridge on this computer.
    BridgePassword,
    /// What the company says.
    Company,
    /// No mail program can connect.
    NonePossible,
    /// Not known.
    Unknown,
}

/// Whether the provider does OAuth for mail programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Oauth {
    /// Not, or not known.
    #[default]
    No,
    /// Beside passwords.
    Offered,
    /// Nothing else is taken.
    Required,
}

/// Yes, no or not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// Not known.
    #[default]
    Unknown,
}

/// Something to turn on at the provider first.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Switch {
    /// For which protocols; empty: all.
    #[serde(default)]
    pub protocols: List<Protocol>,
    /// What to turn on, as the provider's own screens name the steps.
    #[serde(flatten)]
    pub what: Note,
    /// Where.
    #[serde(default)]
    pub url: Option<Text>,
}

/// A sentence for people, in two languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Note {
    /// English.
    pub en: Text,
    /// Japanese.
    #[serde(default)]
    pub ja: Option<Text>,
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let value = toml::value::Datetime::deserialize(deserializer)?;
    match (value.date, value.time, value.offset) {
        (Some(date), None, None) => Ok(Date::new(date.year, date.month, date.day)),
        _ => Err(serde::de::Error::custom("expected a day such as 2026-11-24")),
    }
}

pub(crate) fn optional_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    date(deserializer).map(Some)
}

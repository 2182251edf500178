//! Mail accounts as their client will use them, whatever file they were read from.
//!
//! Rules know accounts through these types and nothing of files. The one idea special to mail is [`Setting`]: most wrong values
//! are lines that are absent, and a client's default is as real as a written value.
//!
//! Not here: reading files (`clients`), judging (`rules`), what a provider offers (`provider`).

mod host;
mod protocol;

pub use host::{Reach, host_reach};
pub use protocol::{Authentication, Protocol, Security};

use crate::source::Span;

/// A place in one of a document's sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which of the document's sources, counted from its main file (0).
    pub source: usize,
    /// Where; `None` in formats without text, such as a binary property list.
    pub span: Option<Span>,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is written in the file.
    Written(Place),
    /// The line is absent and the client uses its default. `near` is a line of the same server, for reports to point at.
    Default {
        /// A place to show instead.
        near: Option<Place>,
    },
}

/// A value as the client will use it, its name in the client's own words, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// The full name: `mail.server.server1.port`, `PayloadContent[0].IncomingMailServerPortNumber`.
    pub key: String,
    /// The value in force.
    pub value: T,
    /// Written, or the client's default.
    pub origin: Origin,
}

impl<T> Setting<T> {
    /// A value that stands in the file.
    pub fn written(key: impl Into<String>, value: T, place: Place) -> Self {
        Self { key: key.into(), value, origin: Origin::Written(place) }
    }

    /// A value that the client assumes.
    pub fn default(key: impl Into<String>, value: T, near: Option<Place>) -> Self {
        Self { key: key.into(), value, origin: Origin::Default { near } }
    }

    /// Whether it stands in the file.
    pub const fn is_written(&self) -> bool {
        matches!(self.origin, Origin::Written(_))
    }

    /// Where to point a reader.
    pub const fn place(&self) -> Option<Place> {
        match self.origin {
            Origin::Written(place) => Some(place),
            Origin::Default { near } => near,
        }
    }
}

/// One server as one account uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The client's own name for it: `server1`, `smtp2`, `incoming`.
    pub id: String,
    /// What it speaks.
    pub protocol: Setting<Protocol>,
    /// Host exactly as written; empty when absent.
    pub host: Setting<String>,
    /// TCP port in force. Not limited to 0…65535, because files are not.
    pub port: Setting<i64>,
    /// Security in force: what will really happen on the line.
    pub security: Setting<Security>,
    /// Authentication in force.
    pub authentication: Setting<Authentication>,
    /// User name exactly as written; empty when absent.
    pub username: Setting<String>,
}

impl Server {
    /// The host in the form in which hosts are compared: trimmed, lower case, no trailing dot.
    pub fn host_name(&self) -> String {
        self.host.value.trim().trim_end_matches('.').to_ascii_lowercase()
    }

    /// Where the host lies.
    pub fn reach(&self) -> Reach {
        host_reach(&self.host_name())
    }

    /// Whether this is a server of the public mail system on which rules about hosts, ports and security make sense:
    /// not a bridge on this computer, not a host of a private network, not Exchange.
    pub fn is_public(&self) -> bool {
        self.protocol.value != Protocol::Exchange && self.reach() == Reach::Public
    }

    /// Whether a password would cross the line readable.
    pub fn sends_password_in_clear(&self) -> bool {
        self.protocol.value != Protocol::Exchange
            && self.security.value == Security::None
            && self.authentication.value.sends_password()
    }

    /// The port as far as it is one.
    pub fn port_number(&self) -> Option<u16> {
        u16::try_from(self.port.value).ok().filter(|port| *port != 0)
    }
}

/// An address that an account sends as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The client's own name for it: `id1`.
    pub id: String,
    /// The address; empty when the file has none.
    pub address: Setting<String>,
    /// Which of the account's outgoing servers it uses, as an index into [`Account::outgoing`].
    pub outgoing: Option<usize>,
}

/// A mailbox with its servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The client's own name for it: `account1`, a payload's identifier.
    pub id: String,
    /// The addresses it sends as; the first is the main one.
    pub identities: Vec<Identity>,
    /// Where mail is fetched.
    pub incoming: Option<Server>,
    /// Where mail is handed in; several when identities differ.
    pub outgoing: Vec<Server>,
    /// Whether the client may change the connection settings by itself (Apple Mail: automatically manage connection settings),
    /// so that a wrong value on disk proves little.
    pub self_adjusting: bool,
}

impl Account {
    /// The main address, if there is one.
    pub fn address(&self) -> Option<&Setting<String>> {
        self.identities.first().map(|identity| &identity.address).filter(|address| !address.value.trim().is_empty())
    }

    /// The address of the identity that uses outgoing server `index`, else the main one.
    pub fn address_for_outgoing(&self, index: usize) -> Option<&Setting<String>> {
        let own = self.identities.iter().find(|identity| identity.outgoing == Some(index));
        own.map(|identity| &identity.address)
            .filter(|address| !address.value.trim().is_empty())
            .or_else(|| self.address())
    }
}

/// The domain of an address in lower case: what follows the last `@`, if anything does.
pub fn address_domain(address: &str) -> Option<String> {
    let (local, domain) = address.trim().rsplit_once('@')?;
    (!local.is_empty() && !domain.is_empty()).then(|| domain.trim_end_matches('.').to_lowercase())
}

/// What stands before the last `@` of an address.
pub fn local_part(address: &str) -> Option<&str> {
    address.trim().rsplit_once('@').map(|(local, _)| local).filter(|local| !local.is_empty())
}

//! The parts of the file that make accounts, with their names in reports: `emailProvider[0].incomingServer[1].port`.

use super::placeholder;
use super::words::{AUTHENTICATION, INCOMING_TYPES, Kind, OUTGOING_TYPES, SOCKET_TYPES, meaning, meant};
use crate::account::{Authentication, Place, Protocol, Security};
use crate::source::Span;
use crate::syntax::xml::{Element, Xml};

/// `<emailProvider>`.
pub(crate) struct Provider<'a> {
    pub(crate) element: &'a Element,
    pub(super) key: String,
    pub(crate) servers: Vec<Server<'a>>,
}

/// `<incomingServer>` or `<outgoingServer>`.
pub(crate) struct Server<'a> {
    pub(crate) element: &'a Element,
    pub(super) key: String,
    pub(crate) is_incoming: bool,
}

/// Every provider of a file. The reader takes the first only.
pub(crate) fn providers(xml: &Xml) -> Vec<Provider<'_>> {
    let Some(root) = xml.root.as_ref().filter(|root| root.name == "clientConfig") else { return Vec::new() };
    let provider = |(index, element)| {
        let key = format!("emailProvider[{index}]");
        let mut servers = self::servers(element, &key, "incomingServer", true);
        servers.extend(self::servers(element, &key, "outgoingServer", false));
        Provider { element, key, servers }
    };
    root.all("emailProvider").enumerate().map(provider).collect()
}

fn servers<'a>(element: &'a Element, key: &str, name: &'a str, is_incoming: bool) -> Vec<Server<'a>> {
    let server = |(index, element)| Server { element, key: format!("{key}.{name}[{index}]"), is_incoming };
    element.all(name).enumerate().map(server).collect()
}

impl<'a> Provider<'a> {
    /// The first domain that is one, in lower case.
    pub(super) fn domain(&self) -> Option<String> {
        let domains = self.element.all("domain").map(|domain| domain.text.trim().to_ascii_lowercase());
        domains.into_iter().find(|domain| is_host_name(domain) && domain.contains('.'))
    }

    /// The domain to expand placeholders with.
    pub(super) fn sample_domain(&self) -> String {
        self.domain().unwrap_or_else(|| placeholder::DOMAIN.to_owned())
    }

    /// Where mail is fetched.
    pub(super) fn incoming(&self) -> impl Iterator<Item = &Server<'a>> {
        self.servers.iter().filter(|server| server.is_incoming)
    }

    /// Where mail is handed in by SMTP.
    pub(super) fn outgoing(&self) -> impl Iterator<Item = &Server<'a>> {
        self.servers.iter().filter(|server| server.kind() == Some(Kind::Mail(Protocol::Smtp)))
    }
}

impl<'a> Server<'a> {
    /// What its `type` means, slips of the pen forgiven; where there is none, what the port says.
    pub(crate) fn kind(&self) -> Option<Kind> {
        let types = self.types();
        match self.element.attribute("type") {
            Some(written) => meaning(types, meant(types, &written.value)?),
            None if self.is_incoming => self.protocol_by_port().map(Kind::Mail),
            None => Some(Kind::Mail(Protocol::Smtp)),
        }
    }

    /// The types that it may have.
    pub(super) fn types(&self) -> &'static [(&'static str, Kind)] {
        if self.is_incoming { INCOMING_TYPES } else { OUTGOING_TYPES }
    }

    /// The protocol of the port, if it has one of its own.
    pub(super) fn protocol_by_port(&self) -> Option<Protocol> {
        match self.port()? {
            993 | 143 => Some(Protocol::Imap),
            995 | 110 => Some(Protocol::Pop3),
            _ => None,
        }
    }

    /// The port, if it is a number.
    pub(crate) fn port(&self) -> Option<i64> {
        self.text("port")?.trim().parse().ok()
    }

    /// The security that goes with the port, if one does.
    pub(crate) fn security_by_port(&self) -> Option<Security> {
        self.port().and_then(|port| u16::try_from(port).ok()).and_then(Security::of_port)
    }

    /// The security that its `socketType` means, slips of the pen forgiven.
    pub(crate) fn security(&self) -> Option<Security> {
        self.texts("socketType").into_iter().find_map(|word| meaning(SOCKET_TYPES, meant(SOCKET_TYPES, word)?))
    }

    /// The ways to sign in that its words mean, slips of the pen forgiven, each once and in the order of the file.
    pub(crate) fn authentications(&self) -> Vec<Authentication> {
        let mut ways = Vec::new();
        for word in self.texts("authentication") {
            let way = meant(AUTHENTICATION, word).and_then(|word| meaning(AUTHENTICATION, word));
            ways.extend(way.filter(|way| !ways.contains(way)));
        }
        ways
    }

    /// The text of the first child of this name, as it stands: that is the one that counts.
    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        self.element.child(name).map(|child| child.text.as_str())
    }

    /// The texts of all children of this name.
    pub(super) fn texts(&self, name: &str) -> Vec<&'a str> {
        self.element.children.iter().filter(|child| child.name == name).map(|child| child.text.as_str()).collect()
    }

    /// The host, without the blanks that the reader takes away.
    pub(crate) fn host(&self) -> &'a str {
        self.text("hostname").unwrap_or_default().trim()
    }

    /// The full name of one of its parts.
    pub(super) fn part(&self, name: &str) -> String {
        format!("{}.{name}", self.key)
    }

    /// A place to show for what is absent.
    pub(super) fn near(&self) -> Place {
        self.element.child("hostname").map_or_else(|| place(self.element.opening), place_of)
    }
}

/// Where the text of an element stands.
pub(super) fn place_of(element: &Element) -> Place {
    place(element.place())
}

/// A place in the only source.
pub(super) const fn place(span: Span) -> Place {
    Place { source: 0, span: Some(span) }
}

/// Whether the reader takes it for a host name: letters, digits and hyphens, as in its `isLegalHostName`. Other alphabets are
/// left alone, since other readers may know them.
pub(super) fn is_host_name(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || !c.is_ascii())
    };
    text.len() <= 255 && text.split('.').all(is_label)
}

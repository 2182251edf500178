//! One server of a working configuration, and the ways to write something else into it.

use std::ops::Range;

use mailcfg::account::{Account, Authentication, Protocol, Security, Server, Setting, address_domain, local_part};
use mailcfg::document::Document;
use mailcfg::provider::{Provider, Providers};
use mailcfg::source::{Edit, Span};

use super::surgery::{Grammar, value_of_key};

/// What a kind of damage does to a file; nothing where it does not apply.
pub(crate) type Cuts = Option<Vec<Edit>>;

/// A server that is going to be damaged, with all that belongs to it.
pub(crate) struct Patient<'a> {
    pub(crate) document: &'a Document,
    pub(crate) account: &'a Account,
    pub(crate) server: &'a Server,
    pub(crate) providers: &'a Providers,
    pub(crate) text: &'a str,
    pub(crate) grammar: Grammar,
}

impl<'a> Patient<'a> {
    /// The first account of a document; `outgoing` says which of its servers is damaged.
    pub(crate) fn new(document: &'a Document, providers: &'a Providers, outgoing: bool) -> Option<Self> {
        let account = document.accounts.first()?;
        let incoming = account.incoming.as_ref();
        let server = if outgoing { account.outgoing.first().or(incoming) } else { incoming }?;
        let text = std::str::from_utf8(document.main().bytes()).ok()?;
        Some(Self { document, account, server, providers, text, grammar: Grammar::of(document.client) })
    }

    pub(crate) fn is_client(&self, id: &str) -> bool {
        self.document.client == id
    }

    pub(crate) fn is_outgoing(&self) -> bool {
        self.server.protocol.value == Protocol::Smtp
    }

    pub(crate) fn address(&self) -> &'a str {
        self.account.address().map_or("", |address| address.value.as_str())
    }

    /// The providers that the server or the address is known to belong to.
    pub(crate) fn known(&self) -> Vec<&'a Provider> {
        let mut known = self.providers.for_host(&self.server.host_name());
        known.extend(address_domain(self.address()).and_then(|domain| self.providers.for_domain(&domain)));
        known
    }

    pub(crate) fn is_domain_known(&self) -> bool {
        address_domain(self.address()).is_some_and(|domain| self.providers.for_domain(&domain).is_some())
    }

    /// Whether the company's own file says that the host is right.
    pub(crate) fn is_allowed(&self) -> bool {
        self.providers.allows(self.address(), &self.server.host_name())
    }

    /// Where the value of a setting stands in the main file.
    pub(crate) fn range<T>(&self, setting: &Setting<T>) -> Option<Range<usize>> {
        self.site(setting).filter(|(source, _)| *source == 0).map(|(_, range)| range)
    }

    /// In which file the value of a setting stands, and where. Only a declaration is whole with its other files.
    fn site<T>(&self, setting: &Setting<T>) -> Option<(usize, Range<usize>)> {
        let place = setting.is_written().then(|| setting.place()).flatten()?;
        (place.source == 0 || self.is_client("declaration")).then(|| Some((place.source, place.span?.range())))?
    }

    fn text_of(&self, source: usize) -> Option<&'a str> {
        std::str::from_utf8(self.document.sources[source].bytes()).ok()
    }

    pub(crate) fn with_text(&self, setting: &Setting<String>, value: &str) -> Cuts {
        let (source, range) = self.site(setting)?;
        let mut cuts = vec![Edit { source, ..cut(range, &self.grammar.quoted(value)) }];
        cuts.extend(self.reference(setting, value));
        Some(cuts)
    }

    /// Apple Mail itself writes the name of an outgoing server, host and user name, where an account refers to it.
    fn reference(&self, setting: &Setting<String>, value: &str) -> Option<Edit> {
        let (host, user) = (&self.server.host, &self.server.username);
        [&host.key, &user.key].contains(&&setting.key).then_some(())?;
        let name = |host: &str, user: &str| self.grammar.quoted(&format!("{host}:{user}"));
        let new = if setting.key == host.key { name(value, &user.value) } else { name(&host.value, value) };
        let at = value_of_key(self.text, "SMTPIdentifier", 0)
            .filter(|_| self.is_client("apple-mail") && self.is_outgoing())?;
        (self.text[at.clone()] == name(&host.value, &user.value)).then(|| cut(at, &new))
    }

    pub(crate) fn with_host(&self, host: &str) -> Cuts {
        (host != self.server.host.value).then(|| self.with_text(&self.server.host, host)).flatten()
    }

    /// Another user name; with placeholders where the file is published.
    pub(crate) fn with_username(&self, username: &str) -> Cuts {
        let address = self.address();
        let placed = match username {
            name if !self.is_client("autoconfig") => name.to_owned(),
            name if Some(name) == local_part(address) => "%EMAILLOCALPART%".to_owned(),
            name => name.replace(address, "%EMAILADDRESS%"),
        };
        self.with_text(&self.server.username, &placed)
    }

    pub(crate) fn with_port(&self, port: &str) -> Cuts {
        (port != self.server.port.value.to_string()).then_some(())?;
        Some(vec![cut(self.range(&self.server.port)?, port)])
    }

    /// Another security, where the format has a word for it.
    pub(crate) fn with_security(&self, security: Security) -> Cuts {
        let at = self.range(&self.server.security)?;
        let mut cuts = Vec::new();
        if let Some(layer) = self.security_layer() {
            cuts.push(cut(layer, ["1", "2", "3"][security as usize]));
        }
        let word = match (self.document.client, security) {
            ("thunderbird", Security::None) => "0",
            ("thunderbird", Security::StartTls) => "2",
            ("thunderbird", Security::Tls) => "3",
            ("mobileconfig", Security::None) => "<false/>",
            ("autoconfig", Security::None) => "plain",
            ("autoconfig", Security::StartTls) => "STARTTLS",
            ("autoconfig", Security::Tls) => "SSL",
            ("apple-mail", Security::None) => "NO",
            ("apple-mail", _) if !cuts.is_empty() => "YES",
            _ => return None,
        };
        cuts.push(cut(at, word));
        Some(cuts)
    }

    /// The line of the security is not there. A published file without it is damaged in another way.
    pub(crate) fn without_security(&self) -> Cuts {
        (!self.is_client("autoconfig")).then_some(())?;
        let mut cuts = self.without(&self.server.security)?;
        if let Some(layer) = self.security_layer() {
            cuts.push(cut(self.grammar.setting(self.text, layer)?, ""));
        }
        Some(cuts)
    }

    /// Apple Mail's second word on the security.
    fn security_layer(&self) -> Option<Range<usize>> {
        let at = self.range(&self.server.security).filter(|_| self.is_client("apple-mail"))?;
        value_of_key(self.text, "SecurityLayerType", at.end)
    }

    pub(crate) fn with_authentication(&self, way: Authentication) -> Cuts {
        let word = match (self.document.client, way) {
            ("thunderbird", Authentication::None) => "1",
            ("thunderbird", Authentication::Encrypted) => "4",
            ("thunderbird", Authentication::Oauth2) => "10",
            ("mobileconfig", Authentication::None) => "EmailAuthNone",
            ("mobileconfig", Authentication::Encrypted) => "EmailAuthCRAMMD5",
            ("apple-mail", Authentication::Encrypted) => "CRAM-MD5",
            ("declaration", Authentication::None) => "None",
            ("declaration", Authentication::Encrypted) => "CRAMMD5",
            ("autoconfig", Authentication::None) => "none",
            ("autoconfig", Authentication::Encrypted) => "password-encrypted",
            ("autoconfig", Authentication::Oauth2) => "OAuth2",
            _ => return None,
        };
        (self.server.authentication.value != way).then_some(())?;
        Some(vec![cut(self.range(&self.server.authentication)?, word)])
    }

    pub(crate) fn without<T>(&self, setting: &Setting<T>) -> Cuts {
        let (source, range) = self.site(setting)?;
        let range = self.grammar.removal(self.text_of(source)?, range)?;
        Some(vec![Edit { source, ..cut(range, "") }])
    }
}

/// Other text in a range of the main file.
pub(crate) fn cut(range: Range<usize>, new: &str) -> Edit {
    Edit { source: 0, span: Span::new(range.start, range.end), text: new.as_bytes().to_vec() }
}

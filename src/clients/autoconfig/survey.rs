//! What else can be seen in the file: missing parts, words that mean nothing, placeholders that are none, domains twice.

use super::element::{Provider, Server, is_host_name, place, place_of};
use super::words::{AUTHENTICATION, Kind, SOCKET_TYPES, current, meaning, meant, other_name, speaks_of_tls, word};
use super::{READER, caution, placeholder};
use crate::account::{Account, Place, Security};
use crate::clients::is_slip;
use crate::document::{Loss, Observation, Seen, Shape};
use crate::finding::{Message, Value};
use crate::message;
use crate::syntax::xml::{Element, Problem, Xml};

/// Parts of a server that readers look at.
const OF_SERVER: &[&str] = &[
    "hostname",
    "port",
    "socketType",
    "authentication",
    "username",
    "password",
    "url",
    "pop3",
    "owaURL",
    "ewsURL",
    "easURL",
    "exchangeURL",
    "restriction",
    "useGlobalPreferredServer",
    "addThisServer",
];

/// Parts of a provider that readers look at.
const OF_PROVIDER: &[&str] = &[
    "domain",
    "displayName",
    "displayShortName",
    "incomingServer",
    "outgoingServer",
    "documentation",
    "enable",
    "inputField",
    "instruction",
    "identity",
    "webMail",
];

/// Everything worth telling the rules.
pub(super) fn survey(xml: &Xml, bytes: &[u8], providers: &[Provider<'_>], accounts: &[Account]) -> Vec<Observation> {
    let mut survey = Survey { seen: xml.problems.iter().map(fault).collect(), accounts };
    let Some(first) = providers.first() else {
        survey.nothing(xml, bytes);
        return survey.seen;
    };
    if let Some(second) = providers.get(1) {
        let seen = Seen::DuplicateKey { differs: true, first_counts: true };
        survey.see("emailProvider", place(second.element.opening), seen);
    }
    let own = own_placeholders(first);
    for provider in providers {
        survey.provider(provider, &own);
        for server in &provider.servers {
            survey.server(server, &own);
        }
    }
    survey.domains(providers);
    for (key, place, seen) in caution::read(xml, providers) {
        survey.see(key, place, seen);
    }
    survey.seen
}

/// A fault of the XML: the reader refuses the file for any.
fn fault(problem: &Problem) -> Observation {
    let what = message!("{reader} cannot read this: {fault}", reader = READER, fault = problem.message());
    let seen = Seen::Unparseable { what, lost: Vec::new(), loss: Loss::Named, hint: problem.hint() };
    Observation { seen, key: String::new(), place: place(problem.span), account: None }
}

/// The names that `<inputField key="…">` defines.
fn own_placeholders(provider: &Provider<'_>) -> Vec<String> {
    let fields = provider.element.all("inputField").filter_map(|field| field.attribute("key"));
    fields.map(|key| key.value.trim().to_ascii_uppercase()).collect()
}

struct Survey<'a> {
    seen: Vec<Observation>,
    accounts: &'a [Account],
}

impl Survey<'_> {
    fn see(&mut self, key: impl Into<String>, place: Place, seen: Seen) {
        let key = key.into();
        let has = |account: &&Account| {
            account.incoming.iter().chain(&account.outgoing).any(|server| belongs(&key, &server.port.key))
        };
        let account = self.accounts.iter().find(has).map(|account| account.id.clone());
        self.seen.push(Observation { seen, key, place, account });
    }

    fn missing(&mut self, key: String, place: Place, effect: Message, to: Option<Value>, empty: bool) {
        self.see(key, place, Seen::MissingKey { effect, to, empty });
    }

    /// No provider: the file is empty, or something else.
    fn nothing(&mut self, xml: &Xml, bytes: &[u8]) {
        let effect = message!("{reader} finds no settings in the file", reader = READER);
        match &xml.root {
            Some(root) if root.name == "clientConfig" => {
                self.missing("emailProvider".to_owned(), place(root.opening), effect, None, false);
            }
            _ if bytes.iter().all(u8::is_ascii_whitespace) => {
                self.seen.clear();
                let seen = Seen::Unparseable {
                    what: message!("the file is empty"),
                    lost: Vec::new(),
                    loss: Loss::Named,
                    hint: None,
                };
                self.see("", Place { source: 0, span: None }, seen);
            }
            Some(root) => {
                let what = message!(
                    "the outermost element is not <clientConfig>, so {reader} refuses the file",
                    reader = READER
                );
                self.see(
                    "",
                    place(root.opening),
                    Seen::Unparseable { what, lost: Vec::new(), loss: Loss::Named, hint: None },
                );
            }
            None => {}
        }
    }

    fn provider(&mut self, provider: &Provider<'_>, own: &[String]) {
        let opening = place(provider.element.opening);
        let refuses = message!("{reader} refuses a file without it", reader = READER);
        self.provider_id(provider);
        let is_served = |name: &str| provider.element.child(name).is_some();
        for name in ["domain", "incomingServer", "outgoingServer"].into_iter().filter(|name| !is_served(name)) {
            self.missing(format!("{}.{name}", provider.key), opening, refuses.clone(), None, false);
        }
        for (index, domain) in provider.element.all("domain").enumerate() {
            let key = format!("{}.domain[{index}]", provider.key);
            self.domain(&key, domain);
            self.placeholder(&key, domain, own);
        }
        for name in ["displayName", "displayShortName"] {
            if let Some(element) = provider.element.child(name) {
                self.placeholder(&format!("{}.{name}", provider.key), element, own);
            }
        }
        self.slips(provider.element, &provider.key, OF_PROVIDER);
    }

    fn provider_id(&mut self, provider: &Provider<'_>) {
        let key = format!("{}.id", provider.key);
        let domain = provider.domain().map(Value::Text);
        let effect = message!("{reader} refuses a file whose provider has no host name as its id", reader = READER);
        match provider.element.attribute("id") {
            None => self.missing(key, place(provider.element.opening), effect, domain, false),
            Some(id) if id.value.trim().is_empty() => {
                self.missing(key, place(provider.element.opening), effect, domain, true);
            }
            Some(id) if !is_host_name(id.value.trim()) && !id.value.contains('%') => {
                let found = id.value.clone();
                let seen = Seen::WrongType { expected: message!("a host name"), found, effect, to: domain };
                self.see(key, place(id.value_span), seen);
            }
            Some(_) => {}
        }
    }

    fn domain(&mut self, key: &str, domain: &Element) {
        let text = domain.text.trim();
        let effect = message!("{reader} passes over a domain that is none", reader = READER);
        if text.is_empty() {
            self.missing(key.to_owned(), place_of(domain), effect, None, true);
        } else if !is_host_name(text) && !text.contains('%') {
            let inner = text.trim_start_matches(['@', '.']).trim_start_matches("*.");
            let to = (inner != text && is_host_name(inner)).then(|| Value::Text(inner.to_owned()));
            let seen = Seen::WrongType { expected: message!("a domain"), found: text.to_owned(), effect, to };
            self.see(key, place_of(domain), seen);
        }
    }

    /// Domains that stand in the file more than once.
    fn domains(&mut self, providers: &[Provider<'_>]) {
        let mut known: Vec<String> = Vec::new();
        for provider in providers {
            for (index, element) in provider.element.all("domain").enumerate() {
                let domain = element.text.trim().to_ascii_lowercase();
                if known.contains(&domain) {
                    let key = format!("{}.domain[{index}]", provider.key);
                    self.see(key, place_of(element), Seen::DuplicateDomain { domain });
                } else if !domain.is_empty() {
                    known.push(domain);
                }
            }
        }
    }

    fn server(&mut self, server: &Server<'_>, own: &[String]) {
        self.server_type(server);
        for name in ["hostname", "username", "password", "url"] {
            if let Some(element) = server.element.child(name) {
                self.placeholder(&server.part(name), element, own);
            }
        }
        self.secret(server, own);
        self.slips(server.element, &server.key, OF_SERVER);
        if !matches!(server.kind(), Some(Kind::Mail(_))) {
            return;
        }
        self.port(server);
        self.socket_type(server);
        self.authentication(server);
        for name in ["hostname", "port", "username"] {
            self.repeated(server, name);
        }
    }

    fn server_type(&mut self, server: &Server<'_>) {
        let types = server.types();
        let effect = skipped();
        match server.element.attribute("type") {
            None => {
                let to = server.kind().and_then(|kind| word(types, kind)).map(|word| Value::Text(word.to_owned()));
                self.missing(server.part("type"), place(server.element.opening), effect, to, false);
            }
            Some(written) if meaning(types, &written.value).is_none() => {
                let allowed = types.iter().map(|(word, _)| *word).collect();
                let plain = meant(types, &written.value).or_else(|| other_name(types, &written.value));
                let to = plain.map(|word| Value::Text(word.to_owned()));
                let seen = Seen::UnknownValue { found: written.value.clone(), allowed, effect, to, optional: false };
                self.see(server.part("type"), place(written.value_span), seen);
            }
            Some(_) => {}
        }
    }

    fn port(&mut self, server: &Server<'_>) {
        let Some(element) = server.element.child("port") else {
            let security = server.texts("socketType").into_iter().find_map(|word| meaning(SOCKET_TYPES, word));
            let port = match (server.kind(), security) {
                (Some(Kind::Mail(protocol)), Some(Security::Tls)) => Some(protocol.default_port(Security::Tls)),
                _ => None,
            };
            let to = port.map(|port| Value::Number(i64::from(port)));
            return self.missing(server.part("port"), server.near(), skipped(), to, false);
        };
        if element.text.trim().is_empty() {
            self.missing(server.part("port"), place_of(element), skipped(), None, true);
        } else if server.port().is_none() {
            let found = element.text.trim().to_owned();
            let to = found.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty());
            let to = to.and_then(|digits| digits.parse::<u16>().ok()).map(|port| Value::Number(i64::from(port)));
            let seen = Seen::WrongType { expected: message!("a number"), found, effect: skipped(), to };
            self.see(server.part("port"), place_of(element), seen);
        }
    }

    fn socket_type(&mut self, server: &Server<'_>) {
        let by_port = server.security_by_port().filter(|security| *security == Security::Tls);
        let to = by_port.and_then(|security| word(SOCKET_TYPES, security));
        let words = server.texts("socketType");
        if words.iter().all(|word| meaning(SOCKET_TYPES, word).is_none()) {
            self.word(server, "socketType", SOCKET_TYPES, to);
        }
    }

    fn authentication(&mut self, server: &Server<'_>) {
        let words = server.texts("authentication");
        if words.iter().all(|word| meaning(AUTHENTICATION, word).is_none()) {
            self.word(server, "authentication", AUTHENTICATION, None);
        }
    }

    /// A part that must be one of a few words and is none of them.
    fn word<T: Copy + PartialEq>(
        &mut self,
        server: &Server<'_>,
        name: &str,
        words: &[(&'static str, T)],
        only: Option<&'static str>,
    ) {
        let key = server.part(name);
        let only = only.map(|word| Value::Text(word.to_owned()));
        match server.element.child(name) {
            None => self.missing(key, server.near(), skipped(), only, false),
            Some(element) if element.text.trim().is_empty() => {
                self.missing(key, place_of(element), skipped(), only, true);
            }
            Some(element) => {
                let found = element.text.clone();
                let of_port = only.clone().filter(|_| speaks_of_tls(&found));
                let to = meant(words, &found).map(|word| Value::Text(word.to_owned())).or(of_port);
                let allowed = current(words);
                let seen = Seen::UnknownValue { found, allowed, effect: skipped(), to, optional: false };
                self.see(key, place_of(element), seen);
            }
        }
    }

    /// A part that may stand once only and stands twice.
    fn repeated(&mut self, server: &Server<'_>, name: &str) {
        let elements: Vec<&Element> = server.element.children.iter().filter(|child| child.name == name).collect();
        if let [first, second, ..] = elements[..] {
            let differs = first.text.trim() != second.text.trim();
            let seen = Seen::DuplicateKey { differs, first_counts: true };
            self.see(server.part(name), place_of(second), seen);
        }
    }

    fn placeholder(&mut self, key: &str, element: &Element, own: &[String]) {
        if let Some(bad) = placeholder::bad(&element.text, own) {
            let to = bad.meant.map(|meant| Value::Text(meant.trim().to_owned()));
            let seen = Seen::BadPlaceholder { text: bad.text, allowed: &placeholder::KNOWN, to };
            self.see(key, place_of(element), seen);
        }
    }

    /// A password for everybody.
    fn secret(&mut self, server: &Server<'_>, own: &[String]) {
        let Some(element) = server.element.child("password") else { return };
        let text = element.text.trim();
        let is_placeholder = text.contains('%') && placeholder::bad(text, own).is_none();
        if !text.is_empty() && !is_placeholder {
            let purpose =
                if server.is_incoming { message!("the incoming server") } else { message!("the outgoing server") };
            let shape = Shape::of(text);
            self.see(server.part("password"), place_of(element), Seen::Secret { purpose, shape });
        }
    }

    /// Elements that nobody reads and that are one slip away from one that is missing.
    fn slips(&mut self, parent: &Element, key: &str, known: &[&str]) {
        for child in parent.children.iter().filter(|child| !known.contains(&child.name.as_str())) {
            let meant = known.iter().find(|known| parent.child(known).is_none() && is_slip(&child.name, known));
            let Some(meant) = meant else { continue };
            let value = (child.children.is_empty()).then(|| Value::Text(child.text.trim().to_owned()));
            let seen = Seen::MisspelledKey { meant: format!("{key}.{meant}"), value };
            self.see(format!("{key}.{}", child.name), place(child.name_span), seen);
        }
    }
}

/// What becomes of a server with a fault.
fn skipped() -> Message {
    message!(
        "{reader} passes over a server with such a fault, and refuses the file when no other is left",
        reader = READER
    )
}

/// Whether two names are of parts of one server.
fn belongs(key: &str, other: &str) -> bool {
    let server = |key: &str| key.rsplit_once('.').map(|(server, _)| server.to_owned());
    server(key) == server(other)
}

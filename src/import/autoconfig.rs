//! Mozilla's autoconfig XML as a service, read with the parts of the client that `lint` reads it with.

use super::refused;
use super::service::{Offer, Service, form, name};
use crate::account::{Protocol, Security};
use crate::clients::autoconfig::{Kind, Provider, Server, bad, expand, providers, sample};
use crate::finding::{Finding, Message};
use crate::message;
use crate::provider::{Note, Switch, UsernameForm};
use crate::source::{LineIndex, Source};
use crate::syntax::xml::{Element, Xml};

/// Reads the file's first provider: mail programs take no other.
pub(super) fn read(xml: &Xml, source: &Source) -> Result<Service, Vec<Finding>> {
    let all = providers(xml);
    let Some(first) = all.first() else {
        let root = xml.root.as_ref().map_or_else(|| crate::source::Span::at(0), |root| root.opening);
        let what = message!("there is no <emailProvider> in it");
        let help = "put the servers into one, with id=\"…\" and its <domain>";
        return Err(vec![refused("no-server", root, what, "mail programs find no settings in it either").help(help)]);
    };
    let mut reader =
        Reader { bytes: source.bytes(), lines: LineIndex::new(source.bytes()), service: head(first), provider: first };
    if let Some(second) = all.get(1) {
        let line = reader.line(second.element);
        reader.service.left_out.push(message!(
            "Left out: the second <emailProvider> on line {line}. Mail programs take the first only; import the other from a file of its own.",
            line = line
        ));
    }
    for server in &first.servers {
        reader.server(server);
    }
    Ok(reader.service)
}

fn head(provider: &Provider<'_>) -> Service {
    let mut service = Service::default();
    for domain in provider.element.all("domain").filter_map(|domain| name(&domain.text)) {
        if domain.contains('.') && !service.domains.contains(&domain) {
            service.domains.push(domain);
        }
    }
    let titles = ["displayName", "displayShortName"].into_iter().filter_map(|name| provider.element.child(name));
    service.name =
        titles.map(|title| title.text.trim().to_owned()).find(|text| !text.is_empty() && !text.contains('%'));
    let pages = provider.element.all("documentation").filter_map(|page| page.attribute("url"));
    let pages = pages.map(|url| url.value.trim().to_owned()).filter(|url| url.starts_with("http"));
    service.pages = pages.collect();
    service.switches = provider.element.all("enable").filter_map(switch).collect();
    service
}

/// `<enable visiturl="…"><instruction lang="en">`: what to turn on before a mail program may connect.
fn switch(enable: &Element) -> Option<Switch> {
    // `en-US` is English.
    let language = |one: &&Element| {
        let lang = one.attribute("lang")?.value.trim().to_ascii_lowercase();
        Some(lang.split(['-', '_']).next().unwrap_or_default().to_owned())
    };
    let texts: Vec<&Element> = enable.all("instruction").filter(|one| !one.text.trim().is_empty()).collect();
    let in_language = |wanted: Option<&str>| texts.iter().find(|one| language(one).as_deref() == wanted);
    let english = in_language(Some("en")).or_else(|| in_language(None)).or_else(|| texts.first())?;
    let words = |one: &Element| one.text.split_whitespace().collect::<Vec<_>>().join(" ").into();
    let url = enable.attribute("visiturl").map(|url| url.value.trim().to_owned());
    Some(Switch {
        protocols: Default::default(),
        what: Note { en: words(english), ja: in_language(Some("ja")).map(|one| words(one)) },
        url: url.filter(|url| url.starts_with("http")).map(Into::into),
    })
}

struct Reader<'a> {
    bytes: &'a [u8],
    lines: LineIndex,
    provider: &'a Provider<'a>,
    service: Service,
}

impl Reader<'_> {
    fn line(&self, element: &Element) -> usize {
        self.lines.line_column(self.bytes, element.opening.start).0
    }

    fn leave_out(&mut self, what: Message) {
        self.service.left_out.push(what);
    }

    fn server(&mut self, server: &Server<'_>) {
        let line = self.line(server.element);
        let (protocol, port, security) = match connection(server, line) {
            Ok(connection) => connection,
            Err(reason) => return self.leave_out(reason),
        };
        let hosts = self.hosts(server);
        if hosts.is_empty() {
            return self.leave_out(not_a_host(protocol, line));
        }
        let (username, mut remarks) = self.username(server, line);
        if server.security().is_none() {
            remarks.push(("security", by_port_only()));
        }
        let offer = |(host, domain)| Offer {
            protocol,
            host,
            port,
            security,
            authentication: server.authentications(),
            username,
            domain,
            remarks: remarks.clone(),
        };
        self.service.offers.extend(hosts.into_iter().map(offer));
    }

    /// The host, or one for each domain where the domain is a part of it.
    fn hosts(&self, server: &Server<'_>) -> Vec<(String, Option<String>)> {
        let written = mended(server.host());
        if !written.contains('%') {
            return name(&written).map(|host| (host, None)).into_iter().collect();
        }
        if written.contains("%EMAILLOCALPART%") || written.contains("%EMAILADDRESS%") {
            return Vec::new();
        }
        let domains = &self.service.domains;
        let for_one = |domain: &String| Some((name(&expand(&written, domain))?, domain.clone()));
        let hosts = domains.iter().filter_map(for_one);
        hosts.map(|(host, domain)| (host, (domains.len() > 1).then_some(domain))).collect()
    }

    /// The form of the user name: the same for whichever of the domains, or none.
    fn username(&self, server: &Server<'_>, line: usize) -> (Option<UsernameForm>, Vec<(&'static str, Message)>) {
        let Some(written) = server.text("username").map(str::trim).filter(|text| !text.is_empty()) else {
            return (None, Vec::new());
        };
        let written = mended(written);
        let stand_in = ["emaildomain.placeholder".to_owned()];
        let domains = if self.service.domains.is_empty() { &stand_in[..] } else { &self.service.domains };
        let mut forms = domains.iter().map(|domain| form(&expand(&written, domain), &sample(domain)));
        let first = forms.next().flatten();
        if first.is_some() && forms.all(|other| other == first) {
            return (first, Vec::new());
        }
        let own: Vec<String> = own_fields(self.provider);
        let what = match bad(&written, &own) {
            Some(unknown) => message!(
                "{placeholder} on line {line} of the imported file is no placeholder that mail programs know, so the user name is open.",
                placeholder = unknown.text,
                line = line
            ),
            None => message!(
                "The user name of the server on line {line} of the imported file follows from no part of the address.",
                line = line
            ),
        };
        (None, vec![("username", what)])
    }
}

/// Protocol, port and security, or why the server is left out.
fn connection(server: &Server<'_>, line: usize) -> Result<(Protocol, u16, Security), Message> {
    let protocol = match server.kind() {
        Some(Kind::Mail(protocol)) => protocol,
        Some(Kind::Exchange) => return Err(exchange(line)),
        Some(Kind::Other) | None => {
            return Err(message!(
                "Left out: the server on line {line}, which is not of type imap, pop3 or smtp.",
                line = line
            ));
        }
    };
    let security = server.security().or_else(|| server.security_by_port()).ok_or_else(|| {
        message!(
            "Left out: the {protocol} server on line {line}, whose kind of encryption the file does not say.",
            protocol = protocol.name(),
            line = line
        )
    })?;
    let port = server.port().and_then(|port| u16::try_from(port).ok()).filter(|port| *port != 0);
    Ok((protocol, port.ok_or_else(|| no_port(protocol, line))?, security))
}

/// The names of the fields that the file has people fill in.
fn own_fields(provider: &Provider<'_>) -> Vec<String> {
    let fields = provider.element.all("inputField").filter_map(|field| field.attribute("key"));
    fields.map(|key| key.value.trim().to_ascii_uppercase()).collect()
}

/// With a slip in a placeholder put right, where only one can be meant.
fn mended(text: &str) -> String {
    bad(text, &[]).and_then(|bad| bad.meant).unwrap_or_else(|| text.to_owned())
}

fn exchange(line: usize) -> Message {
    message!(
        "Left out: the Exchange server on line {line}. Programs find its settings themselves, and mailcfg does not judge them.",
        line = line
    )
}

/// For a port that is none.
pub(super) fn no_port(protocol: Protocol, line: usize) -> Message {
    message!(
        "Left out: the {protocol} server on line {line}, whose port is no number from 1 to 65535.",
        protocol = protocol.name(),
        line = line
    )
}

/// For a host that is none.
pub(super) fn not_a_host(protocol: Protocol, line: usize) -> Message {
    message!(
        "Left out: the {protocol} server on line {line}, whose host is no name of a host.",
        protocol = protocol.name(),
        line = line
    )
}

fn by_port_only() -> Message {
    message!("The imported file does not say which encryption; this is the one that goes with the port.")
}

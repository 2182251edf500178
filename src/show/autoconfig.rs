//! The answer as Mozilla's config-v1.1, which Thunderbird and other programs read when an account is made.
//!
//! Thunderbird (`readFromXML`) wants at least one domain, one incoming and one outgoing server, and a user name for each. It
//! fills in `%EMAILADDRESS%`, `%EMAILLOCALPART%` and `%EMAILDOMAIN%`; what does not follow from the address cannot be said.

use quick_xml::escape::escape;

use super::{Answer, CannotWrite};
use crate::account::{Authentication, Protocol, Security};
use crate::message;
use crate::provider::{Access, ServerSet, UsernameForm};

/// Writes the answer as autoconfig XML. Ends with a line feed.
///
/// # Errors
///
/// Says what the format has no word for.
pub fn autoconfig(answer: &Answer<'_>) -> Result<String, CannotWrite> {
    let provider = answer.provider;
    if matches!(provider.access, Access::None | Access::Bridge) {
        return Err(CannotWrite(message!("a mail program cannot connect to this provider directly")));
    }
    let domains = domains(answer);
    let Some(id) = domains.first() else {
        // Without a domain in question, or with servers that differ from domain to domain.
        return Err(CannotWrite(message!("autoconfig is made for a domain: name one, or an address")));
    };
    let (servers, lacking) = servers(answer);
    let has = |incoming: bool| servers.iter().any(|(set, _)| set.protocol.is_access() == incoming);
    if !has(true) || !has(false) {
        return Err(CannotWrite(lacking.into()));
    }
    let mut xml = Xml::default();
    xml.open("clientConfig", Some(("version", "1.1")));
    xml.open("emailProvider", Some(("id", id)));
    domains.iter().for_each(|domain| xml.leaf("domain", domain));
    xml.leaf("displayName", &provider.name);
    xml.leaf("displayShortName", &provider.name);
    servers.iter().for_each(|(set, username)| server(&mut xml, set, username));
    for url in provider.sources.iter() {
        xml.documentation(url);
    }
    xml.close("emailProvider");
    xml.close("clientConfig");
    Ok(xml.out)
}

/// The one that was asked for first, then all that have the same servers; patterns are no domains.
fn domains(answer: &Answer<'_>) -> Vec<String> {
    let mut domains: Vec<String> = answer.domain.iter().cloned().collect();
    let others = answer.provider.domains.iter().filter(|domain| !domain.contains('*'));
    let others = others.filter(|domain| Some(domain.as_ref()) != answer.domain.as_deref());
    domains.extend(others.filter(|domain| has_same_servers(answer, domain)).map(ToString::to_string));
    domains
}

/// Whether every server of the answer is for `domain` too, and no other is.
fn has_same_servers(answer: &Answer<'_>, domain: &str) -> bool {
    let own = answer.usable_sets();
    let usable = answer.provider.servers.iter().filter(|set| set.is_usable());
    usable.into_iter().all(|set| set.is_for(Some(domain)) == own.contains(&set))
}

/// What can be said of the servers, each with its user name, the recommended ones first; and what cannot.
fn servers<'a>(answer: &Answer<'a>) -> (Vec<(&'a ServerSet, &'static str)>, &'static str) {
    let mut lacking = "the provider's servers are not known, so there is nothing to write";
    let mut servers = Vec::new();
    let (first, others) = answer.recommended();
    for set in first.into_iter().chain(others) {
        if set.host.contains('*') {
            lacking = "the name of the server differs from customer to customer; autoconfig can only say what follows from the address";
        } else if let Some(username) = username(set, answer) {
            servers.push((set, username));
        } else {
            lacking =
                "the user name is one that the provider issues; autoconfig can only say what follows from the address";
        }
    }
    servers.sort_by_key(|(set, _)| set.protocol);
    (servers, lacking)
}

/// The placeholder of the best form that follows from the address. Where none is known: that of another of the provider's
/// servers, else the most usual.
fn username(set: &ServerSet, answer: &Answer<'_>) -> Option<&'static str> {
    let placeholder = |form: &UsernameForm| match form {
        UsernameForm::FullAddress => Some("%EMAILADDRESS%"),
        UsernameForm::LocalPart => Some("%EMAILLOCALPART%"),
        UsernameForm::LocalDotDomain => Some("%EMAILLOCALPART%.%EMAILDOMAIN%"),
        UsernameForm::IssuedId => None,
    };
    let known = std::iter::once(set).chain(answer.usable_sets()).find(|set| !set.username.is_empty());
    known.map_or(Some("%EMAILADDRESS%"), |set| set.username.iter().find_map(placeholder))
}

fn server(xml: &mut Xml, set: &ServerSet, username: &str) {
    let (element, kind) = match set.protocol {
        Protocol::Imap => ("incomingServer", "imap"),
        Protocol::Pop3 => ("incomingServer", "pop3"),
        Protocol::Smtp => ("outgoingServer", "smtp"),
        Protocol::Exchange => return,
    };
    xml.open(element, Some(("type", kind)));
    xml.leaf("hostname", &set.host);
    xml.leaf("port", &set.port.to_string());
    xml.leaf("socketType", socket_type(set.security));
    xml.leaf("username", username);
    let ways: Vec<&str> = set.authentication.iter().filter_map(|way| authentication(*way, set.protocol)).collect();
    let ways = if ways.is_empty() { vec!["password-cleartext"] } else { ways };
    ways.iter().for_each(|way| xml.leaf("authentication", way));
    xml.close(element);
}

const fn socket_type(security: Security) -> &'static str {
    match security {
        Security::None => "plain",
        Security::StartTls => "STARTTLS",
        Security::Tls => "SSL",
    }
}

/// Thunderbird takes no authentication, and a client certificate, for sending only.
fn authentication(authentication: Authentication, protocol: Protocol) -> Option<&'static str> {
    let only_outgoing = (protocol == Protocol::Smtp).then_some(());
    match authentication {
        Authentication::Password | Authentication::Any => Some("password-cleartext"),
        Authentication::Encrypted => Some("password-encrypted"),
        Authentication::Ntlm => Some("NTLM"),
        Authentication::Kerberos => Some("GSSAPI"),
        Authentication::Oauth2 => Some("OAuth2"),
        Authentication::Certificate => only_outgoing.map(|()| "TLS-client-cert"),
        Authentication::None => only_outgoing.map(|()| "none"),
    }
}

/// XML with one element a line.
struct Xml {
    out: String,
    depth: usize,
}

impl Default for Xml {
    fn default() -> Self {
        Self { out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), depth: 0 }
    }
}

impl Xml {
    fn line(&mut self, text: &str) {
        self.out.push_str(&"  ".repeat(self.depth));
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn open(&mut self, element: &str, attribute: Option<(&str, &str)>) {
        let attribute = attribute.map(|(name, value)| format!(" {name}=\"{}\"", escape(value))).unwrap_or_default();
        self.line(&format!("<{element}{attribute}>"));
        self.depth += 1;
    }

    fn close(&mut self, element: &str) {
        self.depth -= 1;
        self.line(&format!("</{element}>"));
    }

    fn leaf(&mut self, element: &str, text: &str) {
        self.line(&format!("<{element}>{}</{element}>", escape(text)));
    }

    /// Where the settings are published. Readers want a description in it.
    fn documentation(&mut self, url: &str) {
        self.open("documentation", Some(("url", url)));
        self.line("<descr lang=\"en\">Where these settings are published</descr>");
        self.close("documentation");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::Providers;
    use crate::show::resolve;

    #[test]
    fn every_file_has_what_thunderbird_wants() {
        let providers = Providers::embedded();
        let mut written = 0;
        for provider in providers.iter() {
            let Ok(answer) = resolve(&provider.id, &[], &providers) else { panic!("{} is not found", provider.id) };
            let Ok(xml) = autoconfig(&answer) else { continue };
            written += 1;
            assert!(xml.contains("<outgoingServer type=\"smtp\">") && xml.contains("<incomingServer "), "{xml}");
            assert_eq!(xml.matches("<hostname>").count(), xml.matches("<username>").count(), "{xml}");
            assert!(!xml.contains('*') && xml.contains("<domain>"), "{xml}");
            well_formed(&xml);
        }
        assert!(written > 100, "only {written}");
    }

    fn well_formed(xml: &str) {
        let mut reader = quick_xml::Reader::from_str(xml);
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => panic!("{error}: {xml}"),
            }
        }
    }

    #[test]
    fn what_does_not_follow_from_the_address_is_not_made_up() {
        let providers = Providers::embedded();
        let refused = |input: &str| {
            let answer = resolve(input, &[], &providers).unwrap();
            autoconfig(&answer).unwrap_err().0.to_string()
        };
        assert!(refused("taro@au.com").contains("user name"));
        assert!(refused("taro@proton.me").contains("directly"));
        assert!(refused("taro@tuta.com").contains("directly"));
    }

    #[test]
    fn text_is_escaped() {
        let mut xml = Xml::default();
        xml.leaf("displayName", "A & B <\"C\">");
        assert!(xml.out.ends_with("<displayName>A &amp; B &lt;&quot;C&quot;&gt;</displayName>\n"));
    }
}

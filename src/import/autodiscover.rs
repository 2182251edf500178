//! The answer of an Autodiscover server to Outlook ("POX": plain old XML) as a service.
//!
//! Such an answer is made for one person, whose address and login give the domain and the form of the user name and go no
//! further. Elements and their defaults: Microsoft's reference of the POX response (`ssl-pox`, `spa-pox` and so on). Servers
//! differ in what they mean by `SSL` and `TLS`, so on a port that has an encryption of its own, the port decides.
//!
//! Not here: Exchange, whose settings programs find themselves, and the newer JSON form.

use super::autoconfig::{no_port, not_a_host};
use super::refused;
use super::service::{Offer, Service, form, name};
use super::{all, text};
use crate::account::{Authentication, Protocol, Security, address_domain};
use crate::clients::autoconfig::{expand, sample};
use crate::finding::{Finding, Message};
use crate::message;
use crate::provider::UsernameForm;
use crate::source::{LineIndex, Source, Span};
use crate::syntax::xml::{Element, Xml};

/// Stands in for the domain of a template.
const NO_DOMAIN: &str = "emaildomain.placeholder";

/// Reads the answer.
pub(super) fn read(xml: &Xml, source: &Source) -> Result<Service, Vec<Finding>> {
    let root = xml.root.as_ref().map_or(Span::at(0), |root| root.opening);
    let response = xml.root.as_ref().and_then(|root| all(root, "Response").next());
    let Some(response) = response else { return Err(vec![no_settings(root)]) };
    let Some(account) = all(response, "Account").find(|account| all(account, "Protocol").next().is_some()) else {
        let found = all(response, "Account").find_map(redirection).or_else(|| all(response, "Error").next().map(error));
        return Err(vec![found.unwrap_or_else(|| no_settings(root))]);
    };
    let address = all(response, "User").find_map(|user| text(user, "AutoDiscoverSMTPAddress"));
    let mut reader = Reader {
        bytes: source.bytes(),
        lines: LineIndex::new(source.bytes()),
        service: Service::default(),
        address: address.filter(|address| address_domain(address).is_some()).map(str::to_owned),
    };
    reader.account(account);
    Ok(reader.service)
}

fn no_settings(root: Span) -> Finding {
    let what = message!("there are no settings in this answer");
    let help = "ask the server again with the address of a mailbox that exists, and save what it answers";
    refused("no-server", root, what, "settings stand in <Response><Account><Protocol>").help(help)
}

fn redirection(account: &Element) -> Option<Finding> {
    let action = all(account, "Action").find(|action| action.text.trim().starts_with("redirect"))?;
    let what = message!("this answer only says where to ask instead");
    let help = "save the answer of the address or page that stands in <RedirectAddr> or <RedirectUrl>, and import that";
    Some(refused("no-server", action.place(), what, "the settings are in the other answer").help(help))
}

fn error(error: &Element) -> Finding {
    let code = text(error, "ErrorCode").unwrap_or("?");
    let what = message!("the server answered with error {code} instead of settings", code = code);
    let help =
        "ask it again with the address of a mailbox that exists; 600 means that the question was not in its form";
    refused("no-server", error.opening, what, "there are no settings in such an answer").help(help)
}

struct Reader<'a> {
    bytes: &'a [u8],
    lines: LineIndex,
    service: Service,
    /// Of the person it was made for. Never shown.
    address: Option<String>,
}

impl Reader<'_> {
    fn account(&mut self, account: &Element) {
        let own = self.address.as_deref().and_then(address_domain);
        let named = all(account, "Protocol").flat_map(|protocol| {
            let login = text(protocol, "LoginName").and_then(address_domain);
            [text(protocol, "DomainName").map(str::to_owned), login]
        });
        let found = own.into_iter().chain(named.flatten()).filter_map(|domain| name(&domain));
        self.service.domains = found.filter(|domain| domain.contains('.')).take(1).collect();
        for protocol in all(account, "Protocol") {
            self.protocol(protocol);
        }
    }

    fn protocol(&mut self, element: &Element) {
        let line = self.lines.line_column(self.bytes, element.opening.start).0;
        let kind = text(element, "Type").map(str::to_ascii_uppercase).unwrap_or_default();
        let protocol = match kind.as_str() {
            "IMAP" => Protocol::Imap,
            "POP3" => Protocol::Pop3,
            "SMTP" => Protocol::Smtp,
            _ => {
                return self.service.left_out.push(message!(
                    "Left out: the settings on line {line}, which are not for IMAP, POP3 or SMTP. Outlook finds those of Exchange itself.",
                    line = line
                ));
            }
        };
        let Some(host) = text(element, "Server").and_then(name) else {
            return self.service.left_out.push(not_a_host(protocol, line));
        };
        let Ok(written) = text(element, "Port").map(str::parse::<u16>).transpose() else {
            return self.service.left_out.push(no_port(protocol, line));
        };
        let mut remarks = Vec::new();
        let security = security(element, written, &mut remarks);
        let port = written.unwrap_or_else(|| {
            remarks.push(("port", message!("The answer names no port; this is the usual one.")));
            protocol.default_port(security)
        });
        let username = self.username(element, line, &mut remarks);
        let authentication = authentication(element, protocol).into_iter().collect();
        self.service.offers.push(Offer {
            protocol,
            host,
            port,
            security,
            authentication,
            username,
            domain: None,
            remarks,
        });
    }

    /// The form of the login. Where none is written, it is the address.
    fn username(
        &self,
        element: &Element,
        line: usize,
        remarks: &mut Vec<(&'static str, Message)>,
    ) -> Option<UsernameForm> {
        let domain = self.service.domains.first().map_or(NO_DOMAIN, String::as_str);
        let address = self.address.clone().unwrap_or_else(|| sample(domain));
        let found = match text(element, "LoginName") {
            Some(login) if login.contains('%') => form(&expand(login, domain), &sample(domain)),
            // Whoever it is: with the domain behind it, it is the address.
            Some(login) if self.address.is_none() && address_domain(login).as_deref() == Some(domain) => {
                Some(UsernameForm::FullAddress)
            }
            Some(login) => form(login, &address),
            None if is_on(element, "DomainRequired") == Some(true) => None,
            None => Some(UsernameForm::FullAddress),
        };
        if found.is_none() {
            remarks.push((
                "username",
                message!(
                    "How the login of the server on line {line} of the imported answer follows from the address cannot be told.",
                    line = line
                ),
            ));
        }
        found
    }
}

/// `on` or `off`, as the reference has it; some servers write `true`, `yes` or a number.
fn is_on(element: &Element, name: &str) -> Option<bool> {
    match text(element, name)?.to_ascii_lowercase().as_str() {
        "on" | "true" | "yes" | "1" => Some(true),
        "off" | "false" | "no" | "0" => Some(false),
        _ => None,
    }
}

/// What `Encryption` says, which outranks `SSL`; both leave open whether the line is encrypted from the first byte.
fn security(element: &Element, port: Option<u16>, remarks: &mut Vec<(&'static str, Message)>) -> Security {
    let by_port = port.and_then(Security::of_port);
    let word = text(element, "Encryption").map(str::to_ascii_lowercase);
    let said = match (word.as_deref(), is_on(element, "SSL")) {
        (Some("none"), _) => Some(Security::None),
        (Some("ssl"), _) => Some(Security::Tls),
        (Some("tls"), _) => Some(Security::StartTls),
        (None, Some(false)) => Some(Security::None),
        _ => None,
    };
    let security = match said {
        Some(Security::None) => Security::None,
        Some(said) => by_port.unwrap_or(said),
        None => by_port.unwrap_or(Security::Tls),
    };
    if said != Some(security) {
        remarks.push((
            "security",
            message!("The answer does not say for certain which encryption; this is the one that goes with the port."),
        ));
    }
    security
}

/// The way to sign in, where the answer says it. `SPA` counts as on where it is absent, which hardly any server means.
fn authentication(element: &Element, protocol: Protocol) -> Option<Authentication> {
    match (is_on(element, "AuthRequired"), is_on(element, "SPA")) {
        (Some(false), _) if protocol == Protocol::Smtp => Some(Authentication::None),
        (_, Some(true)) => Some(Authentication::Ntlm),
        (_, Some(false)) => Some(Authentication::Password),
        (_, None) => None,
    }
}

//! What a file asks of mail programs that does people no good: sending without signing in, sending through another account's
//! server, passwords on web pages without encryption, names with lost letters. Every reader understands it, so it is no fault
//! of the format.

use super::element::{Provider, Server, place, place_of};
use super::words::{self, taken};
use super::{OAUTH, placeholder};
use crate::account::{Authentication, Place, Protocol};
use crate::clients::property_list::has_lost_letters;
use crate::document::{Seen, WebUser};
use crate::syntax::xml::{Attribute, Element, Xml};

/// Web addresses to which a program sends the password by itself.
const OF_PROGRAMS: [&str; 5] = ["url", "owaURL", "ewsURL", "easURL", "exchangeURL"];

/// Each with its key and its place.
pub(super) fn read(xml: &Xml, providers: &[Provider<'_>]) -> Vec<(String, Place, Seen)> {
    let mut seen = Vec::new();
    for provider in providers {
        for server in &provider.servers {
            if server.kind() == Some(words::Kind::Mail(Protocol::Smtp)) && !server.is_incoming {
                seen.extend(sending(server, &provider.sample_domain()));
            } else {
                seen.extend(addresses(server));
            }
        }
        seen.extend(web_mail(provider.element, &format!("{}.", provider.key)));
        seen.extend(lost_letters(provider));
    }
    if let Some(root) = &xml.root {
        seen.extend(web_mail(root, ""));
    }
    seen
}

/// Names that people read, damaged before.
fn lost_letters(provider: &Provider<'_>) -> Vec<(String, Place, Seen)> {
    let names = ["displayName", "displayShortName"].into_iter().filter_map(|name| provider.element.child(name));
    let damaged = names.filter(|name| has_lost_letters(&name.text));
    let key = |name: &Element| format!("{}.{}", provider.key, name.name);
    damaged.map(|name| (key(name), place_of(name), Seen::WrongEncoding { declared: None })).collect()
}

/// How new accounts are to send.
fn sending(server: &Server<'_>, domain: &str) -> Vec<(String, Place, Seen)> {
    let mut seen = Vec::new();
    let ways = server.texts("authentication");
    let ways: Vec<&str> = ways.iter().map(|way| way.trim()).collect();
    let host = placeholder::expand(server.host(), domain).to_ascii_lowercase();
    if let Some((at, Authentication::None)) = taken(&ways, &host, OAUTH)
        && ways[at] == "smtp-after-pop"
        && let Some(element) = server.element.all("authentication").nth(at)
    {
        seen.push((server.part("authentication"), place_of(element), Seen::PopBeforeSmtp));
    }
    if let Some(element) = server.element.child("useGlobalPreferredServer").filter(|flag| flag.text.trim() == "true") {
        seen.push((server.part("useGlobalPreferredServer"), place_of(element), Seen::SendsThroughOther));
    }
    seen
}

/// Addresses of Exchange.
fn addresses(server: &Server<'_>) -> Vec<(String, Place, Seen)> {
    let elements = OF_PROGRAMS.iter().filter_map(|name| server.element.child(name));
    let plain = elements.filter(|element| is_plain(&element.text));
    let seen = |element: &Element| {
        let seen = Seen::PlainWebAddress { address: element.text.trim().to_owned(), by: WebUser::Program };
        (server.part(&element.name), place_of(element), seen)
    };
    plain.map(seen).collect()
}

/// Pages on which people sign in.
fn web_mail(parent: &Element, path: &str) -> Vec<(String, Place, Seen)> {
    let mut seen = Vec::new();
    for page in parent.all("webMail").flat_map(|web_mail| &web_mail.children) {
        let address = page.attribute("url").filter(|url| is_plain(&url.value));
        if let Some(Attribute { value, value_span, .. }) = address {
            let plain = Seen::PlainWebAddress { address: value.trim().to_owned(), by: WebUser::Person };
            seen.push((format!("{path}webMail.{}", page.name), place(*value_span), plain));
        }
    }
    seen
}

fn is_plain(address: &str) -> bool {
    address.trim().get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"))
}

//! From payloads to accounts: mail, Exchange ActiveSync, Exchange Web Services, Google.

use std::collections::HashSet;

use crate::account::{Account, Authentication, Identity, Place, Protocol, Security, Server, Setting};
use crate::clients::property_list::At;
use crate::syntax::plist::{Plist, Value};

pub(super) const MAIL: &str = "com.apple.mail.managed";
pub(super) const EAS: &str = "com.apple.eas.account";
pub(super) const EWS: &str = "com.apple.ews.account";
pub(super) const GOOGLE: &str = "com.apple.google-oauth";

/// The types that make a mailbox.
pub(super) const TYPES: [&str; 4] = [MAIL, EAS, EWS, GOOGLE];

/// The payloads of a profile. A file that holds one payload and no profile around it counts as that payload.
pub(super) fn payloads(list: &Plist) -> Vec<At<'_>> {
    let Some(root) = At::root(list) else { return Vec::new() };
    let inside = root.items("PayloadContent");
    let is_single = root.text("PayloadType").is_some_and(|kind| TYPES.contains(&kind.trim()));
    if inside.is_empty() && is_single { vec![root] } else { inside }
}

/// The type of a payload.
pub(super) fn payload_type<'a>(payload: &At<'a>) -> &'a str {
    payload.text("PayloadType").unwrap_or_default().trim()
}

/// The mailboxes of a profile.
pub(super) fn accounts(list: &Plist) -> Vec<Account> {
    let (mut accounts, mut known) = (Vec::new(), HashSet::new());
    for payload in payloads(list) {
        if let Some(account) = account_of(&payload, payload_type(&payload)) {
            let account = with_unique_id(account, &known, &payload);
            known.insert(account.id.clone());
            accounts.push(account);
        }
    }
    accounts
}

/// The mailbox of settings of this type, still without a name.
pub(super) fn account_of(settings: &At<'_>, payload_type: &str) -> Option<Account> {
    match payload_type {
        MAIL => Some(mail(settings)),
        EAS => Some(exchange(settings, "UserName", false)),
        EWS => Some(exchange(settings, "UserName", true)),
        GOOGLE => Some(google(settings)),
        _ => None,
    }
}

/// An account is named by its payload's identifier, which should be unique and often is not.
fn with_unique_id(mut account: Account, known: &HashSet<String>, payload: &At<'_>) -> Account {
    account.id = account_id(payload);
    if known.contains(&account.id) {
        account.id = payload.key("");
        account.id.truncate(account.id.trim_end_matches('.').len());
    }
    account
}

/// The name of the account in a payload: its identifier, or its place.
pub(super) fn account_id(payload: &At<'_>) -> String {
    let identifier = payload.text("PayloadIdentifier").map(str::trim).filter(|identifier| !identifier.is_empty());
    identifier.map_or_else(|| payload.key("").trim_end_matches('.').to_owned(), str::to_owned)
}

fn mail(payload: &At<'_>) -> Account {
    let incoming_kind = match payload.text("EmailAccountType").unwrap_or_default().trim() {
        kind if kind.eq_ignore_ascii_case("EmailTypePOP") => Protocol::Pop3,
        _ => Protocol::Imap,
    };
    let kind = payload.setting("EmailAccountType", Some(incoming_kind), incoming_kind, payload.opening());
    let incoming = server(payload, "incoming", "IncomingMailServer", kind);
    let smtp = Setting::default(payload.key("PayloadType"), Protocol::Smtp, payload.place("PayloadType"));
    let outgoing = server(payload, "outgoing", "OutgoingMailServer", smtp);
    account(payload, Some(incoming), vec![outgoing])
}

fn account(payload: &At<'_>, incoming: Option<Server>, outgoing: Vec<Server>) -> Account {
    let address = payload.text("EmailAddress").map(str::to_owned);
    let address = payload.setting("EmailAddress", address, String::new(), payload.opening());
    let index = (!outgoing.is_empty()).then_some(0);
    let identity = Identity { id: "EmailAddress".to_owned(), address, outgoing: index };
    Account { id: String::new(), identities: vec![identity], incoming, outgoing, self_adjusting: false }
}

fn server(payload: &At<'_>, id: &str, prefix: &str, protocol: Setting<Protocol>) -> Server {
    let key = |suffix: &str| format!("{prefix}{suffix}");
    let near = payload.place(&key("HostName")).or_else(|| payload.opening());
    let host = text(payload, &key("HostName"), near);
    let encrypted = flag(payload, &key("UseSSL"));
    let written_port = port(payload, &key("PortNumber"));
    let security = security(protocol.value, written_port, encrypted.unwrap_or(false));
    let default_port = i64::from(protocol.value.default_port(security));
    Server {
        id: id.to_owned(),
        host,
        port: payload.setting(&key("PortNumber"), written_port, default_port, near),
        security: payload.setting(&key("UseSSL"), Some(security), security, near),
        authentication: authentication(payload, &key("Authentication"), near),
        username: text(payload, &key("Username"), near),
        protocol,
    }
}

/// What the device does on the line: with TLS on, the port of TLS from the start means that and any other port STARTTLS.
/// Without a port it takes the one for TLS, except for sending, where it takes 587.
const fn security(protocol: Protocol, port: Option<i64>, encrypted: bool) -> Security {
    match (encrypted, port, protocol) {
        (false, _, _) => Security::None,
        (true, Some(993 | 995 | 465), _) => Security::Tls,
        (true, None, Protocol::Imap | Protocol::Pop3) => Security::Tls,
        (true, _, _) => Security::StartTls,
    }
}

fn text(payload: &At<'_>, key: &str, near: Option<Place>) -> Setting<String> {
    payload.setting(key, payload.text(key).map(str::to_owned), String::new(), near)
}

/// A port, also one in the wrong type: macOS takes what it can read.
fn port(payload: &At<'_>, key: &str) -> Option<i64> {
    match payload.value(key)? {
        Value::Integer(number) => Some(*number),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A switch, also one in the wrong type.
pub(super) fn flag(payload: &At<'_>, key: &str) -> Option<bool> {
    match payload.value(key)? {
        Value::Bool(flag) => Some(*flag),
        Value::Integer(number) => Some(*number != 0),
        Value::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => Some(true),
            "false" | "no" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn authentication(payload: &At<'_>, key: &str, near: Option<Place>) -> Setting<Authentication> {
    let value = payload.text(key).map(|name| match name.trim().to_ascii_lowercase().as_str() {
        "emailauthnone" => Authentication::None,
        "emailauthcrammd5" | "emailauthhttpmd5" => Authentication::Encrypted,
        "emailauthntlm" => Authentication::Ntlm,
        _ => Authentication::Password,
    });
    payload.setting(key, value, Authentication::Password, near)
}

/// How the mail payload writes a way to authenticate, if it can.
pub(super) const fn authentication_name(authentication: Authentication) -> Option<&'static str> {
    match authentication {
        Authentication::None => Some("EmailAuthNone"),
        Authentication::Password => Some("EmailAuthPassword"),
        Authentication::Encrypted => Some("EmailAuthCRAMMD5"),
        Authentication::Ntlm => Some("EmailAuthNTLM"),
        Authentication::Kerberos | Authentication::Certificate | Authentication::Oauth2 | Authentication::Any => None,
    }
}

/// How the mail payload writes a protocol, if it can.
pub(super) const fn type_name(protocol: Protocol) -> Option<&'static str> {
    match protocol {
        Protocol::Imap => Some("EmailTypeIMAP"),
        Protocol::Pop3 => Some("EmailTypePOP"),
        Protocol::Smtp | Protocol::Exchange => None,
    }
}

/// Exchange in either payload. `SSL` is off by default in one and on in the other.
fn exchange(payload: &At<'_>, user_key: &str, ssl_default: bool) -> Account {
    let near = payload.opening();
    let security = if flag(payload, "SSL").unwrap_or(ssl_default) { Security::Tls } else { Security::None };
    let oauth = flag(payload, "OAuth").unwrap_or(false);
    let has =
        |key: &str| payload.value(key).is_some_and(|value| value.as_text().is_none_or(|text| !text.trim().is_empty()));
    let authentication = match oauth {
        true => Authentication::Oauth2,
        false if has("PayloadCertificateUUID") || has("Certificate") => Authentication::Certificate,
        false => Authentication::Password,
    };
    let server = Server {
        id: "incoming".to_owned(),
        protocol: Setting::default(payload.key("PayloadType"), Protocol::Exchange, near),
        host: text(payload, "Host", near),
        port: payload.setting("Port", port(payload, "Port"), 443, near),
        security: payload.setting("SSL", Some(security), security, near),
        authentication: payload.setting("OAuth", Some(authentication), authentication, near),
        username: text(payload, user_key, near),
    };
    account(payload, Some(server), Vec::new())
}

/// The device signs in with a browser; the payload holds nothing but the address.
fn google(payload: &At<'_>) -> Account {
    account(payload, None, Vec::new())
}

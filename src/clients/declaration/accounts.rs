//! From declarations to accounts.
//!
//! A declaration has no word for encryption: the device encrypts, from the first byte at the ports that are for that and else
//! after STARTTLS. That it does so is an assumption, from how devices treat profiles. Nor does it hold address, user name and password,
//! which are in assets.

use std::collections::HashSet;

use super::assets::Assets;
use super::object::{File, Object};
use super::schema::{EXCHANGE, GOOGLE, MAIL};
use crate::account::{Account, Authentication, Identity, Protocol, Security, Server, Setting};
use crate::syntax::json::Value;

/// The key under which a server names its credentials, and with them the user name.
pub(super) const CREDENTIALS: &str = "AuthenticationCredentialsAssetReference";

/// Where an account says whose it is.
pub(super) const PERSON_REFERENCE: &str = "UserIdentityAssetReference";

/// The mailboxes of a document.
pub(super) fn accounts(files: &[File<'_>]) -> Vec<Account> {
    let (mut accounts, mut ids) = (Vec::new(), HashSet::new());
    let assets = Assets::of(files);
    for declaration in files.iter().flat_map(File::declarations) {
        let payload = declaration.inner("Payload");
        let Some(mut account) = payload.and_then(|payload| account(&declaration, &payload, &assets)) else { continue };
        account.id = account_id(&declaration);
        if !ids.insert(account.id.clone()) {
            account.id = declaration.name();
        }
        accounts.push(account);
    }
    accounts
}

/// The name of the account that a declaration makes.
pub(super) fn account_id(declaration: &Object<'_>) -> String {
    match declaration.text("Identifier").trim() {
        "" => declaration.key("Payload"),
        identifier => identifier.to_owned(),
    }
}

fn account(declaration: &Object<'_>, payload: &Object<'_>, assets: &Assets<'_>) -> Option<Account> {
    let (incoming, outgoing) = match declaration.text("Type") {
        MAIL => {
            let incoming = payload.inner("IncomingServer").map(|server| mail_server(&server, "incoming", assets));
            (incoming, payload.inner("OutgoingServer").map(|server| mail_server(&server, "outgoing", assets)))
        }
        EXCHANGE => (Some(exchange(payload, assets)), None),
        GOOGLE => (None, None),
        _ => return None,
    };
    let absent =
        || Setting::default(payload.key(PERSON_REFERENCE), String::new(), Some(payload.place(PERSON_REFERENCE)));
    let address = assets.address(payload.text(PERSON_REFERENCE)).unwrap_or_else(absent);
    let identity = Identity { id: "UserIdentity".to_owned(), address, outgoing: outgoing.as_ref().map(|_| 0) };
    let outgoing = outgoing.into_iter().collect();
    Some(Account { id: String::new(), identities: vec![identity], incoming, outgoing, self_adjusting: false })
}

fn mail_server(server: &Object<'_>, id: &str, assets: &Assets<'_>) -> Server {
    let kind = match (id, server.text("ServerType")) {
        ("outgoing", _) => Protocol::Smtp,
        (_, kind) if kind.eq_ignore_ascii_case("POP") => Protocol::Pop3,
        _ => Protocol::Imap,
    };
    let written = match server.node.get("Port").map(|port| &port.value) {
        Some(Value::Integer(port)) => Some(*port),
        Some(Value::Text(port)) => port.trim().parse().ok(),
        _ => None,
    };
    let is_port = |port: &i64| (1..=65_535).contains(port);
    let security = written.filter(is_port).map_or_else(|| unwritten(kind), implied);
    let method = authentication(server.text("AuthenticationMethod"));
    Server {
        id: id.to_owned(),
        protocol: server.setting("ServerType", Some(kind), kind),
        host: text(server, "HostName"),
        port: server.setting("Port", written, i64::from(kind.default_port(security))),
        security: Setting::default(server.key("Port"), security, Some(server.place("Port"))),
        authentication: server.setting("AuthenticationMethod", Some(method), method),
        username: username(server, assets),
    }
}

/// The user name, if the credentials are at hand.
fn username(server: &Object<'_>, assets: &Assets<'_>) -> Setting<String> {
    let absent = || Setting::default(server.key(CREDENTIALS), String::new(), Some(server.place(CREDENTIALS)));
    assets.username(server.text(CREDENTIALS)).unwrap_or_else(absent)
}

/// How the device encrypts at a port.
pub(super) const fn implied(port: i64) -> Security {
    match port {
        993 | 995 | 465 => Security::Tls,
        _ => Security::StartTls,
    }
}

const fn unwritten(kind: Protocol) -> Security {
    match kind {
        Protocol::Smtp => Security::StartTls,
        _ => Security::Tls,
    }
}

fn text(object: &Object<'_>, key: &str) -> Setting<String> {
    object.setting(key, object.node.text(key).map(str::to_owned), String::new())
}

fn exchange(payload: &Object<'_>, assets: &Assets<'_>) -> Server {
    let is_on = payload.inner("OAuth").is_some_and(|oauth| oauth.is("Enabled", true));
    let way = if is_on { Authentication::Oauth2 } else { Authentication::Password };
    let port = match payload.node.get("Port").map(|port| &port.value) {
        Some(Value::Integer(port)) => Some(*port),
        _ => None,
    };
    let near = Some(payload.place("HostName"));
    Server {
        id: "incoming".to_owned(),
        protocol: Setting::default(payload.key("EnabledProtocolTypes"), Protocol::Exchange, near),
        host: text(payload, "HostName"),
        port: payload.setting("Port", port, 443),
        security: Setting::default(payload.key("Port"), Security::Tls, near),
        authentication: payload.setting("OAuth", Some(way), way),
        username: username(payload, assets),
    }
}

fn authentication(method: &str) -> Authentication {
    match method.trim().to_ascii_lowercase().as_str() {
        "none" => Authentication::None,
        "crammd5" | "httpmd5" => Authentication::Encrypted,
        "ntlm" => Authentication::Ntlm,
        _ => Authentication::Password,
    }
}

/// How a declaration writes a way to sign in, if it can.
pub(super) const fn method_name(authentication: Authentication) -> Option<&'static str> {
    match authentication {
        Authentication::None => Some("None"),
        Authentication::Password => Some("Password"),
        Authentication::Encrypted => Some("CRAMMD5"),
        Authentication::Ntlm => Some("NTLM"),
        Authentication::Kerberos | Authentication::Certificate | Authentication::Oauth2 | Authentication::Any => None,
    }
}

//! From declarations to accounts.
//!
//! A declaration has no word for encryption: the device encrypts, from the first byte at the ports that are for that and else
//! after STARTTLS. Nor does it hold address, user name and password, which are in assets.

use super::object::Object;
use super::schema::{EXCHANGE, GOOGLE, MAIL};
use crate::account::{Account, Authentication, Identity, Protocol, Security, Server, Setting};
use crate::syntax::json::{Json, Value};

/// The key under which a server names its credentials, and with them the user name.
pub(super) const CREDENTIALS: &str = "AuthenticationCredentialsAssetReference";

/// The mailboxes of a file.
pub(super) fn accounts(json: &Json) -> Vec<Account> {
    let mut accounts: Vec<Account> = Vec::new();
    for declaration in Object::declarations(json) {
        let Some(mut account) = declaration.inner("Payload").and_then(|payload| account(&declaration, &payload)) else {
            continue;
        };
        account.id = account_id(&declaration);
        if accounts.iter().any(|other| other.id == account.id) {
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

fn account(declaration: &Object<'_>, payload: &Object<'_>) -> Option<Account> {
    let (incoming, outgoing) = match declaration.text("Type") {
        MAIL => {
            let incoming = payload.inner("IncomingServer").map(|server| mail_server(&server, "incoming"));
            (incoming, payload.inner("OutgoingServer").map(|server| mail_server(&server, "outgoing")))
        }
        EXCHANGE => (Some(exchange(payload)), None),
        GOOGLE => (None, None),
        _ => return None,
    };
    let address = payload.setting("UserIdentityAssetReference", None, String::new());
    let address = Setting::default(address.key.clone(), String::new(), address.place());
    let identity = Identity { id: "UserIdentity".to_owned(), address, outgoing: outgoing.as_ref().map(|_| 0) };
    let outgoing = outgoing.into_iter().collect();
    Some(Account { id: String::new(), identities: vec![identity], incoming, outgoing, self_adjusting: false })
}

fn mail_server(server: &Object<'_>, id: &str) -> Server {
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
    let security = written.map_or_else(|| unwritten(kind), implied);
    let method = authentication(server.text("AuthenticationMethod"));
    Server {
        id: id.to_owned(),
        protocol: server.setting("ServerType", Some(kind), kind),
        host: text(server, "HostName"),
        port: server.setting("Port", written, i64::from(kind.default_port(security))),
        security: Setting::default(server.key("Port"), security, Some(server.place("Port"))),
        authentication: server.setting("AuthenticationMethod", Some(method), method),
        username: Setting::default(server.key(CREDENTIALS), String::new(), Some(server.place(CREDENTIALS))),
    }
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

fn exchange(payload: &Object<'_>) -> Server {
    let oauth = payload.inner("OAuth");
    let is_on =
        oauth.as_ref().is_some_and(|oauth| oauth.node.get("Enabled").is_some_and(|on| on.value == Value::Bool(true)));
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
        username: Setting::default(payload.key(CREDENTIALS), String::new(), near),
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

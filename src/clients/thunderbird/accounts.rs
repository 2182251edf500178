//! From preferences to accounts: what Thunderbird builds at start out of `mail.account*`, `mail.server*`, `mail.smtpserver*`
//! and `mail.identity*`.

use std::collections::HashSet;

use super::prefs::Prefs;
use crate::account::{Account, Authentication, Identity, Protocol, Security, Server, Setting};

/// The mail accounts; local folders, feeds, news and chat are none.
pub(super) fn read(prefs: &Prefs) -> Vec<Account> {
    let mut accounts = Vec::new();
    for key in account_keys(prefs) {
        let Some(server) = server_of_account(prefs, &key) else { continue };
        let Some(incoming) = incoming(prefs, &server) else { continue };
        accounts.push(account(prefs, &key, incoming));
    }
    accounts
}

/// The accounts in their order; each once, as Thunderbird drops repeats.
pub(super) fn account_keys(prefs: &Prefs) -> Vec<String> {
    let mut known = HashSet::new();
    let keys = prefs.list("mail.accountmanager.accounts").into_iter().filter(|key| known.insert(*key));
    keys.map(str::to_owned).collect()
}

/// The server key of an account.
pub(super) fn server_of_account(prefs: &Prefs, account: &str) -> Option<String> {
    prefs
        .text(&format!("mail.account.{account}.server"))
        .map(|server| server.trim().to_owned())
        .filter(|key| !key.is_empty())
}

fn account(prefs: &Prefs, key: &str, incoming: Server) -> Account {
    let mut outgoing: Vec<Server> = Vec::new();
    let mut identities = Vec::new();
    for id in prefs.list(&format!("mail.account.{key}.identities")) {
        let smtp = outgoing_key(prefs, id).and_then(|smtp| outgoing_server(prefs, &smtp));
        let index = smtp.map(|server| {
            outgoing.iter().position(|known| known.id == server.id).unwrap_or_else(|| {
                outgoing.push(server);
                outgoing.len() - 1
            })
        });
        let name = format!("mail.identity.{id}.useremail");
        let address = prefs.text(&name).map(str::to_owned);
        let address = prefs.setting(&name, address, String::new(), incoming.host.place());
        identities.push(Identity { id: id.to_owned(), address, outgoing: index });
    }
    Account { id: key.to_owned(), identities, incoming: Some(incoming), outgoing, self_adjusting: false }
}

/// What `mail.server.KEY.type` means here; `None` for servers that hold no mailbox of ours.
pub(super) fn protocol(kind: &str) -> Option<Protocol> {
    match kind {
        "imap" => Some(Protocol::Imap),
        "pop3" => Some(Protocol::Pop3),
        "ews" | "graph" | "exchange" | "eas" => Some(Protocol::Exchange),
        owl if owl.starts_with("owl") => Some(Protocol::Exchange),
        _ => None,
    }
}

fn incoming(prefs: &Prefs, key: &str) -> Option<Server> {
    let name = |suffix: &str| format!("mail.server.{key}.{suffix}");
    let kind = name("type");
    // A type in the wrong case is reported as such; what was meant is still checked.
    let protocol = protocol(&prefs.text(&kind)?.to_ascii_lowercase())?;
    let protocol = prefs.setting(&kind, Some(protocol), protocol, None);
    Some(server(
        prefs,
        key,
        protocol,
        &Names { security: name("socketType"), username: name("userName"), branch: name("") },
    ))
}

/// The key of the outgoing server that an identity uses: its own, the default one, the first one.
pub(super) fn outgoing_key(prefs: &Prefs, identity: &str) -> Option<String> {
    let own = prefs.text(&format!("mail.identity.{identity}.smtpServer")).filter(|key| !key.is_empty());
    let default = || prefs.text("mail.smtp.defaultserver").filter(|key| !key.is_empty());
    let key = own.or_else(default).map(str::to_owned).or_else(|| prefs.outgoing().first().cloned())?;
    prefs.is_outgoing(&key).then_some(key)
}

fn outgoing_server(prefs: &Prefs, key: &str) -> Option<Server> {
    let name = |suffix: &str| format!("mail.smtpserver.{key}.{suffix}");
    let kind = name("type");
    let protocol = match prefs.text(&kind) {
        None | Some("smtp") => Protocol::Smtp,
        Some(_) => Protocol::Exchange,
    };
    let protocol = prefs.setting(&kind, Some(protocol), protocol, None);
    Some(server(
        prefs,
        key,
        protocol,
        &Names { security: name("try_ssl"), username: name("username"), branch: name("") },
    ))
}

/// The names that differ between `mail.server.` and `mail.smtpserver.`.
struct Names {
    security: String,
    username: String,
    branch: String,
}

fn server(prefs: &Prefs, key: &str, protocol: Setting<Protocol>, names: &Names) -> Server {
    let host_name = format!("{}hostname", names.branch);
    let near = prefs.place(&host_name).or_else(|| protocol.place());
    let kind = protocol.value;
    let host = prefs.setting(&host_name, prefs.text(&host_name).map(str::to_owned), String::new(), near);
    let security = security(prefs, names, near);
    let port_name = format!("{}port", names.branch);
    let default_port = i64::from(kind.default_port(security.value));
    // -1 and 0 both mean "the protocol's own port".
    let port = prefs.int(&port_name).filter(|port| *port != -1 && *port != 0).map(i64::from);
    let port = prefs.setting(&port_name, port, default_port, near);
    let auth_name = format!("{}authMethod", names.branch);
    let authentication = prefs.int(&auth_name).or_else(|| prefs.int("mail.server.default.authMethod")).unwrap_or(3);
    let authentication =
        prefs.setting(&auth_name, Some(authentication_of(authentication, kind)), Authentication::Password, near);
    let username = prefs.text(&names.username).map(str::to_owned);
    let username = prefs.setting(&names.username, username, String::new(), near);
    Server { id: key.to_owned(), protocol, host, port, security, authentication, username }
}

/// `socketType` and `try_ssl`: 2 is STARTTLS, 3 is TLS, everything else is cleartext, a value of the wrong type included.
/// An old `isSecure` counts only where the line is absent. `MailNewsTypes2.idl`.
fn security(prefs: &Prefs, names: &Names, near: Option<crate::account::Place>) -> Setting<Security> {
    let legacy = prefs.flag(&format!("{}isSecure", names.branch)) == Some(true);
    match prefs.int(&names.security) {
        Some(number) => prefs.setting(&names.security, Some(security_of(number)), Security::None, near),
        None if prefs.value(&names.security).is_some() => prefs.setting(&names.security, None, Security::None, near),
        None if legacy => Setting::default(&names.security, Security::Tls, near),
        None => {
            let default =
                prefs.int("mail.server.default.socketType").filter(|_| names.security.ends_with("socketType"));
            Setting::default(&names.security, default.map_or(Security::None, security_of), near)
        }
    }
}

const fn security_of(number: i32) -> Security {
    match number {
        2 => Security::StartTls,
        3 => Security::Tls,
        _ => Security::None,
    }
}

/// What `authMethod` really does; the same number means other things to the SMTP client. `MailNewsTypes2.idl`,
/// `nsImapProtocol.cpp`, `Pop3Client.sys.mjs`, `SmtpClient.sys.mjs`.
const fn authentication_of(number: i32, protocol: Protocol) -> Authentication {
    let is_smtp = matches!(protocol, Protocol::Smtp);
    match number {
        3 => Authentication::Password,
        4 => Authentication::Encrypted,
        5 => Authentication::Kerberos,
        6 => Authentication::Ntlm,
        10 => Authentication::Oauth2,
        1 => Authentication::None,
        2 | 7 | 9 if is_smtp => Authentication::None,
        2 => Authentication::Password,
        7 => Authentication::Certificate,
        8 => Authentication::Encrypted,
        0 if is_smtp => Authentication::None,
        _ => Authentication::Any,
    }
}

/// The number for a security.
pub(super) const fn security_number(security: Security) -> i64 {
    match security {
        Security::None => 0,
        Security::StartTls => 2,
        Security::Tls => 3,
    }
}

/// The number for a way to authenticate.
pub(super) const fn authentication_number(authentication: Authentication) -> i64 {
    match authentication {
        Authentication::None => 1,
        Authentication::Password => 3,
        Authentication::Encrypted => 4,
        Authentication::Kerberos => 5,
        Authentication::Ntlm => 6,
        Authentication::Certificate => 7,
        Authentication::Any => 9,
        Authentication::Oauth2 => 10,
    }
}

//! Apple Mail's own files up to OS X 10.10: `com.apple.mail.plist` and `MailData/Accounts.plist`, XML or binary.
//!
//! Later systems keep accounts in a database and these files hold no servers. What stands on the disk may also not be what
//! Mail uses: macOS keeps preferences in memory, and Mail adjusts connection settings by itself unless told not to. So the live
//! files are shown and not written, and a wrong value is never more than a warning.

mod kind;

use super::property_list::{At, as_text, lower, observe, plain_value, store};
use super::{CannotEdit, Client, Editor, Environment, Info, Lock, Lowered, SearchPlace, System};
use crate::account::{Account, Authentication, Identity, Place, Protocol, Security, Server, Setting};
use crate::document::{Document, Editing, OauthSupport, Observation, Reference, Seen};
use crate::finding::{Applicability, Change, Message, Value as To};
use crate::message;
use crate::secrets::in_property_list;
use crate::source::{Source, View};
use crate::syntax::plist::{self, Plist, Value};

/// The adapter.
#[derive(Debug)]
pub(super) struct AppleMail;

static INFO: Info = Info {
    id: "apple-mail",
    title: "Apple Mail",
    files: "com.apple.mail.plist, MailData/Accounts.plist (OS X 10.4 to 10.10, XML or binary)",
};

impl Client for AppleMail {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn recognises(&self, file_name: &str, bytes: &[u8]) -> bool {
        let has = |needle: &[u8]| memchr::memmem::find(bytes, needle).is_some();
        let is_list = bytes.starts_with(b"bplist") || has(b"<plist") || has(b"<key>");
        file_name == "com.apple.mail.plist" || (is_list && (has(b"MailAccounts") || has(b"DeliveryAccounts")))
    }

    fn read(&self, mut sources: Vec<Source>) -> Document {
        if sources[0].view() == View::Plain {
            sources[0] = as_text(&sources[0]);
        }
        let mut document = Document::new(INFO.id, sources);
        document.oauth = OauthSupport::None;
        let list = plist::parse(document.main().bytes());
        document.secrets = in_property_list(document.main().bytes())
            .into_iter()
            .map(|span| Place { source: 0, span: Some(span) })
            .collect();
        let reader = Message::verbatim("Mail".to_owned());
        document.observations = list.problems.iter().map(|problem| observe(&list, problem, &reader)).collect();
        document.refused = list.root.is_none() || list.refusals().next().is_some();
        document.accounts = accounts(&list);
        document.observations.extend(dangling(&list, &document.accounts));
        let untyped = kind::untyped(&list);
        let is_without_account = document.accounts.is_empty() && untyped.is_empty();
        document.observations.extend(untyped);
        if is_live(document.main()) {
            document.editing = Editing::ShowOnly(live_reason());
        }
        if is_without_account && !document.is_damaged() {
            document.unchecked = Some(message!(
                "it holds no account: since OS X 10.11 Mail keeps accounts in a database, which Mail's own settings or a configuration profile change"
            ));
        }
        document
    }

    fn store(&self, source: &Source) -> Result<Vec<u8>, CannotEdit> {
        store(source)
    }

    fn editor<'a>(&'a self, document: &'a Document) -> Editor<'a> {
        let list = plist::parse(document.main().bytes());
        Box::new(move |changes: &[Change]| edits(document, &list, changes))
    }

    fn places(&self, env: &Environment) -> Vec<SearchPlace> {
        let Some(home) = env.home.as_ref().filter(|_| env.system == System::Macos) else { return Vec::new() };
        let library = home.join("Library");
        vec![
            SearchPlace::File(library.join("Preferences/com.apple.mail.plist")),
            SearchPlace::File(library.join("Containers/com.apple.mail/Data/Library/Preferences/com.apple.mail.plist")),
            SearchPlace::File(library.join("Mail/V2/MailData/Accounts.plist")),
        ]
    }

    fn locks(&self) -> &'static [Lock] {
        &[Lock::Process("Mail")]
    }
}

fn edits(document: &Document, list: &Plist, changes: &[Change]) -> Result<Lowered, CannotEdit> {
    let mut lowered = Lowered::default();
    if let Some(change) = changes.iter().find(|change| has_no_word(change)) {
        return Err(CannotEdit(message!("Mail's file has no word for {value}", value = change.to)));
    }
    let own = changes.iter().flat_map(|change| settings(list, change));
    for (name, value) in own.chain(references(list, changes)) {
        lowered.edits.extend(lower(document.main(), list, &name, value.as_ref())?);
    }
    let renames = |change: &&Change| {
        change.key.starts_with("MailAccounts")
            && (change.key.ends_with(".Hostname") || change.key.ends_with(".Username"))
    };
    if changes.iter().any(|change| renames(&change)) {
        lowered.at_most = Some(Applicability::Unsafe);
        lowered.remark = Some(message!(
            "Mail's folder of this account is named after its server and user name; Mail will fetch the mail again into a new one"
        ));
    }
    Ok(lowered)
}

/// Whether the file is one that macOS itself uses.
fn is_live(source: &Source) -> bool {
    let path = source.path().to_string_lossy();
    ["/Library/Mail/", "/Library/Preferences/", "/Library/Containers/com.apple.mail/"]
        .iter()
        .any(|part| path.contains(part))
}

fn live_reason() -> crate::finding::Message {
    message!(
        "macOS keeps its own copy of this file and may write it back; change it in Mail: Settings, Accounts, Server Settings, and turn off \"Automatically manage connection settings\" there. To write the file all the same, quit Mail and name the file"
    )
}

/// The mailboxes, each with the outgoing server that its `SMTPIdentifier` names.
fn accounts(list: &Plist) -> Vec<Account> {
    let Some(root) = At::root(list) else { return Vec::new() };
    let delivery = root.items("DeliveryAccounts");
    let mut accounts = Vec::new();
    for at in root.items("MailAccounts") {
        let Some(protocol) = kind::protocol(&at) else { continue };
        let outgoing: Vec<Server> = outgoing(&at, &delivery).map(|at| server(at, Protocol::Smtp)).into_iter().collect();
        let identity = Identity {
            id: "EmailAddresses".to_owned(),
            address: address(&at),
            outgoing: (!outgoing.is_empty()).then_some(0),
        };
        let id = at.key("");
        accounts.push(Account {
            id: at.text("uniqueId").map_or_else(|| id.trim_end_matches('.').to_owned(), str::to_owned),
            identities: vec![identity],
            incoming: Some(server(&at, protocol)),
            outgoing,
            self_adjusting: adjusts_itself(&at),
        });
    }
    accounts
}

fn address(at: &At<'_>) -> Setting<String> {
    let first = at.value("EmailAddresses").and_then(Value::as_array).and_then(<[_]>::first);
    let key = format!("{}[0]", at.key("EmailAddresses"));
    match first.and_then(|node| node.value.as_text().map(|text| (text, node))) {
        Some((text, node)) => Setting::written(key, text.to_owned(), super::property_list::place_of(node)),
        None => Setting::default(key, String::new(), at.opening()),
    }
}

/// `SMTPIdentifier` is the outgoing server's host and user name; old files leave the user name out.
fn outgoing<'a, 'b>(at: &At<'_>, delivery: &'b [At<'a>]) -> Option<&'b At<'a>> {
    let identifier = at.text("SMTPIdentifier")?;
    delivery
        .iter()
        .find(|server| identifier_of(server) == identifier)
        .or_else(|| delivery.iter().find(|server| server.text("Hostname").is_some_and(|host| host == identifier)))
}

fn identifier_of(at: &At<'_>) -> String {
    let text = |key| at.text(key).unwrap_or_default();
    format!("{}:{}", text("Hostname"), text("Username"))
}

/// Mail manages the connection itself unless one of its two switches says no.
fn adjusts_itself(at: &At<'_>) -> bool {
    flag(at, "DisableDynamicConfiguration") != Some(true) && flag(at, "ConfigureDynamically") != Some(false)
}

/// True, `YES` and 1 are the same to Mail.
fn flag(at: &At<'_>, key: &str) -> Option<bool> {
    match at.value(key)? {
        Value::Bool(flag) => Some(*flag),
        Value::Integer(number) => Some(*number != 0),
        Value::Text(text) => Some(matches!(text.trim().to_ascii_uppercase().as_str(), "YES" | "TRUE" | "1")),
        _ => None,
    }
}

fn number(at: &At<'_>, key: &str) -> Option<i64> {
    match at.value(key)? {
        Value::Integer(number) => Some(*number),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn server(at: &At<'_>, protocol: Protocol) -> Server {
    let near = at.place("Hostname").or_else(|| at.opening());
    let text = |key: &str| at.setting(key, at.text(key).map(str::to_owned), String::new(), near);
    let port = number(at, "PortNumber");
    let security = security(at, protocol, port);
    let default_port = i64::from(protocol.default_port(security));
    Server {
        id: at.key("").trim_end_matches('.').to_owned(),
        protocol: at.setting("AccountType", Some(protocol), protocol, near),
        host: text("Hostname"),
        port: at.setting("PortNumber", port, default_port, near),
        security: at.setting("SSLEnabled", Some(security), security, near),
        authentication: authentication(at, protocol, near),
        username: text("Username"),
    }
}

/// `SecurityLayerType` says it plainly where it is written: 2 STARTTLS, 3 TLS. Otherwise one switch, and the port decides.
fn security(at: &At<'_>, protocol: Protocol, port: Option<i64>) -> Security {
    match (number(at, "SecurityLayerType"), flag(at, "SSLEnabled").unwrap_or(false), port) {
        (Some(2), _, _) => Security::StartTls,
        (Some(3), _, _) => Security::Tls,
        (_, false, _) => Security::None,
        (_, true, Some(993 | 995 | 465)) => Security::Tls,
        (_, true, None) if protocol.is_access() => Security::Tls,
        (_, true, _) => Security::StartTls,
    }
}

fn authentication(at: &At<'_>, protocol: Protocol, near: Option<Place>) -> Setting<Authentication> {
    let scheme = at.text("AuthenticationScheme").unwrap_or_default().trim().to_ascii_uppercase();
    let value = match scheme.as_str() {
        "CRAM-MD5" | "DIGEST-MD5" | "APOP" => Authentication::Encrypted,
        "NTLM" => Authentication::Ntlm,
        "GSSAPI" => Authentication::Kerberos,
        "EXTERNAL" => Authentication::Certificate,
        // The token of a signed-in Apple or Google account.
        token if token.starts_with("ATOKEN") || token.contains("OAUTH") => Authentication::Oauth2,
        _ if protocol == Protocol::Smtp && flag(at, "ShouldUseAuthentication") == Some(false) => Authentication::None,
        _ => Authentication::Password,
    };
    at.setting("AuthenticationScheme", Some(value), value, near)
}

/// Accounts whose outgoing server is not in the list.
fn dangling(list: &Plist, accounts: &[Account]) -> Vec<Observation> {
    let Some(root) = At::root(list) else { return Vec::new() };
    let delivery = root.items("DeliveryAccounts");
    let mut seen = Vec::new();
    for at in root.items("MailAccounts") {
        let place = at.key("");
        let incoming = |account: &&Account| {
            account.incoming.as_ref().is_some_and(|server| server.id == place.trim_end_matches('.'))
        };
        let Some(account) = accounts.iter().find(incoming) else { continue };
        let Some(target) = at.text("SMTPIdentifier").filter(|target| !target.is_empty()) else { continue };
        if outgoing(&at, &delivery).is_some() {
            continue;
        }
        let to = match delivery.as_slice() {
            [only] => Some(To::Text(identifier_of(only))),
            _ => None,
        };
        seen.push(Observation {
            seen: Seen::Dangling { reference: Reference::OutgoingServer, target: target.to_owned(), to },
            key: at.key("SMTPIdentifier"),
            place: at.place("SMTPIdentifier").unwrap_or(Place { source: 0, span: None }),
            account: Some(account.id.clone()),
        });
    }
    seen
}

/// Whether the file cannot say what a change asks for.
fn has_no_word(change: &Change) -> bool {
    matches!(change.to, To::Authentication(authentication) if scheme(authentication, &change.key).is_none())
}

/// What a change means in the file: in the type that stands there, and with everything that must follow it.
fn settings(list: &Plist, change: &Change) -> Vec<(String, Option<Value>)> {
    let (parent, key) = change.key.rsplit_once('.').unwrap_or(("", &change.key));
    let at =
        |key: &str| list.get(&super::property_list::parse_path(&format!("{parent}.{key}"))).map(|node| &node.value);
    match &change.to {
        To::Security(security) => {
            let on = *security != Security::None;
            let mut out = vec![(change.key.clone(), Some(switch(at("SSLEnabled"), on)))];
            if at("SecurityLayerType").is_some() {
                let layer = match security {
                    Security::None => 1,
                    Security::StartTls => 2,
                    Security::Tls => 3,
                };
                out.push((format!("{parent}.SecurityLayerType"), Some(Value::Integer(layer))));
            }
            out
        }
        To::Authentication(authentication) => scheme(*authentication, &change.key).into_iter().collect(),
        To::Number(number) if matches!(at(key), Some(Value::Text(_))) => {
            vec![(change.key.clone(), Some(Value::Text(number.to_string())))]
        }
        to => vec![(change.key.clone(), plain_value(to))],
    }
}

/// On or off in the form that stands in the file.
fn switch(current: Option<&Value>, on: bool) -> Value {
    match current {
        Some(Value::Text(_)) => Value::Text(if on { "YES" } else { "NO" }.to_owned()),
        Some(Value::Integer(_)) => Value::Integer(i64::from(on)),
        _ => Value::Bool(on),
    }
}

fn scheme(authentication: Authentication, key: &str) -> Option<(String, Option<Value>)> {
    let name = match authentication {
        Authentication::Password => "PLAIN",
        Authentication::Encrypted => "CRAM-MD5",
        Authentication::Ntlm => "NTLM",
        Authentication::Kerberos => "GSSAPI",
        Authentication::Certificate => "EXTERNAL",
        Authentication::None | Authentication::Oauth2 | Authentication::Any => return None,
    };
    Some((key.to_owned(), Some(Value::Text(name.to_owned()))))
}

/// The accounts that name a renamed outgoing server by its host and user name, with the new name.
fn references(list: &Plist, changes: &[Change]) -> Vec<(String, Option<Value>)> {
    let Some(root) = At::root(list) else { return Vec::new() };
    let mut out = Vec::new();
    for server in root.items("DeliveryAccounts") {
        let new = |key: &str| {
            let change = changes.iter().find(|change| change.key == server.key(key));
            change.and_then(|change| if let To::Text(text) = &change.to { Some(text.as_str()) } else { None })
        };
        let (host, user) = (new("Hostname"), new("Username"));
        if host.is_none() && user.is_none() {
            continue;
        }
        let written = |key| server.text(key).unwrap_or_default();
        let name = format!("{}:{}", host.unwrap_or(written("Hostname")), user.unwrap_or(written("Username")));
        let old = identifier_of(&server);
        let users = root.items("MailAccounts").into_iter().filter(|at| at.text("SMTPIdentifier") == Some(old.as_str()));
        out.extend(users.map(|at| (at.key("SMTPIdentifier"), Some(Value::Text(name.clone())))));
    }
    out
}

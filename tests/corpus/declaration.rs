//! A mailbox as declarations: the account, who the person is, and for each user name an asset with the credentials it stands for.

use mailcfg::account::{Authentication, Protocol, Security};
use serde_json::{Map, Value, json};

use super::sketch::{Sketch, Written};

/// The word for a way to sign in.
pub(super) const fn word(way: Authentication) -> Option<&'static str> {
    match way {
        Authentication::None => Some("None"),
        Authentication::Password => Some("Password"),
        Authentication::Encrypted => Some("CRAMMD5"),
        Authentication::Ntlm => Some("NTLM"),
        _ => None,
    }
}

/// Whether the port says how the device encrypts. There is no other word for it.
pub(super) const fn says_by_port(server: &Written) -> bool {
    let is_tls_port = matches!(server.port, 993 | 995 | 465);
    match server.security {
        Security::None => false,
        Security::StartTls => !is_tls_port,
        Security::Tls => is_tls_port,
    }
}

/// The files by their names, that of the account first.
pub(super) fn files(sketch: &Sketch) -> Vec<(String, String)> {
    let (i, o) = (&sketch.incoming, &sketch.outgoing);
    let mut incoming = server(i, "incoming");
    incoming.insert("ServerType".to_owned(), if i.protocol == Protocol::Pop3 { "POP" } else { "IMAP" }.into());
    let second = if o.username == i.username { "incoming" } else { "outgoing" };
    let mut files = vec![
        (
            "mail.json".to_owned(),
            declaration(
                "com.apple.configuration.account.mail",
                "jp.example.mail",
                &json!({
                    "IncomingServer": incoming,
                    "OutgoingServer": server(o, second),
                    "UserIdentityAssetReference": "jp.example.person",
                    "VisibleName": "Mail",
                }),
            ),
        ),
        (
            "person.json".to_owned(),
            declaration(
                "com.apple.asset.useridentity",
                "jp.example.person",
                &json!({ "EmailAddress": sketch.address, "FullName": "Taro Yamada" }),
            ),
        ),
    ];
    files.extend(credentials(i, "incoming"));
    files.extend(credentials(o, second).into_iter().filter(|_| second == "outgoing" || !signs_in(i)));
    files
}

fn signs_in(server: &Written) -> bool {
    server.authentication != Authentication::None
}

fn server(server: &Written, name: &str) -> Map<String, Value> {
    let mut keys = Map::new();
    keys.insert("HostName".to_owned(), server.host.clone().into());
    keys.insert("Port".to_owned(), server.port.into());
    keys.insert("AuthenticationMethod".to_owned(), word(server.authentication).unwrap_or_default().into());
    if signs_in(server) {
        keys.insert("AuthenticationCredentialsAssetReference".to_owned(), format!("jp.example.{name}").into());
    }
    keys
}

/// The asset of credentials and what its address serves.
fn credentials(server: &Written, name: &str) -> Vec<(String, String)> {
    if !signs_in(server) {
        return Vec::new();
    }
    let reference = json!({
        "ContentType": "application/json",
        "DataURL": format!("https://mdm.example.jp/credentials/{name}-data.json"),
    });
    let asset = declaration(
        "com.apple.asset.credential.userpassword",
        &format!("jp.example.{name}"),
        &json!({ "Authentication": { "Type": "MDM" }, "Reference": reference }),
    );
    vec![
        (format!("{name}.json"), asset),
        (format!("{name}-data.json"), pretty(&json!({ "UserName": server.username }))),
    ]
}

fn declaration(kind: &str, identifier: &str, payload: &Value) -> String {
    pretty(&json!({ "Type": kind, "Identifier": identifier, "Payload": payload }))
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

//! The mailbox of an example as declarations, with everything that is wrong in it, as far as these have words for it.

use mailcfg::account::{Account, Authentication, Protocol, Server};
use mailcfg::clients;
use mailcfg::discover::joined;
use mailcfg::document::Document;
use mailcfg::lint::Input;
use mailcfg::source::Source;
use serde_json::{Value, json};

/// The mailboxes of a document, each as the files of a run of its own.
pub(crate) fn declared(document: &Document) -> Vec<Vec<Input>> {
    let is_mail = |account: &&Account| {
        account.incoming.as_ref().is_some_and(|server| server.protocol.value != Protocol::Exchange)
    };
    document.accounts.iter().filter(is_mail).map(files).collect()
}

fn files(account: &Account) -> Vec<Input> {
    let mut payload = json!({ "UserIdentityAssetReference": "jp.example.person" });
    let mut files =
        vec![asset("person.json", "useridentity", "jp.example.person", json!({ "EmailAddress": address(account) }))];
    let servers = [("IncomingServer", account.incoming.as_ref()), ("OutgoingServer", account.outgoing.first())];
    for (name, server) in servers.into_iter().filter_map(|(name, server)| Some((name, server?))) {
        payload[name] = keys(name, server);
        let reference = json!({ "DataURL": format!("https://mdm.example.jp/{name}-data.json") });
        let credentials = json!({ "Reference": reference });
        files.push(asset(
            &format!("{name}.json"),
            "credential.userpassword",
            &format!("jp.example.{name}"),
            credentials,
        ));
        files.push(file(&format!("{name}-data.json"), &json!({ "UserName": server.username.value })));
    }
    let mail =
        json!({ "Type": "com.apple.configuration.account.mail", "Identifier": "jp.example.mail", "Payload": payload });
    files.push(file("mail.json", &mail));
    joined(files)
}

fn address(account: &Account) -> &str {
    account.address().map_or("", |address| address.value.as_str())
}

fn keys(name: &str, server: &Server) -> Value {
    let method = match server.authentication.value {
        Authentication::None => "None",
        Authentication::Encrypted => "CRAMMD5",
        Authentication::Ntlm => "NTLM",
        _ => "Password",
    };
    let mut keys = json!({ "HostName": server.host.value, "AuthenticationMethod": method });
    if server.port.is_written() {
        keys["Port"] = server.port.value.into();
    }
    if name == "IncomingServer" {
        keys["ServerType"] = if server.protocol.value == Protocol::Pop3 { "POP" } else { "IMAP" }.into();
    }
    if method != "None" {
        keys["AuthenticationCredentialsAssetReference"] = format!("jp.example.{name}").into();
    }
    keys
}

fn asset(name: &str, kind: &str, identifier: &str, payload: Value) -> Input {
    file(name, &json!({ "Type": format!("com.apple.asset.{kind}"), "Identifier": identifier, "Payload": payload }))
}

fn file(name: &str, value: &Value) -> Input {
    let source = Source::new(format!("example/{name}"), value.to_string().into_bytes());
    let client = clients::find("declaration").expect("the client is listed");
    Input { client, sources: vec![source], named: true, observed: Vec::new() }
}

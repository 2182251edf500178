//! Mailboxes as Apple writes them: configuration profiles and Apple Mail's own list.

use mailcfg::account::{Authentication, Protocol, Security};

use super::sketch::{Sketch, Written, profile_word};

/// Whether the port says how the connection is protected; a mail payload has only a switch for on and off.
pub(super) const fn says_by_port(server: &Written) -> bool {
    match server.security {
        Security::None => true,
        Security::Tls => matches!(server.port, 993 | 995 | 465),
        Security::StartTls => !matches!(server.port, 993 | 995 | 465),
    }
}

/// A profile with one mail payload.
pub(super) fn profile(sketch: &Sketch) -> String {
    let (i, o) = (&sketch.incoming, &sketch.outgoing);
    let kind = if i.protocol == Protocol::Imap { "EmailTypeIMAP" } else { "EmailTypePOP" };
    let mut keys = vec![("EmailAccountType", string(kind)), ("EmailAddress", string(&sketch.address))];
    keys.extend(payload_server(
        [
            "IncomingMailServerAuthentication",
            "IncomingMailServerHostName",
            "IncomingMailServerPortNumber",
            "IncomingMailServerUseSSL",
            "IncomingMailServerUsername",
        ],
        i,
    ));
    keys.extend(payload_server(
        [
            "OutgoingMailServerAuthentication",
            "OutgoingMailServerHostName",
            "OutgoingMailServerPortNumber",
            "OutgoingMailServerUseSSL",
            "OutgoingMailServerUsername",
        ],
        o,
    ));
    let same_password = i.username == o.username && o.authentication != Authentication::None;
    keys.extend([
        ("OutgoingPasswordSameAsIncomingPassword", format!("<{same_password}/>")),
        ("PayloadIdentifier", string("jp.example.profile.mail")),
        ("PayloadType", string("com.apple.mail.managed")),
        ("PayloadUUID", string("6A7B0C10-0000-4000-8000-000000000001")),
        ("PayloadVersion", "<integer>1</integer>".to_owned()),
    ]);
    let payload = dict(&keys, "\t\t");
    document(&[
        ("PayloadContent", format!("<array>\n\t\t{payload}\n\t</array>")),
        ("PayloadDisplayName", string("Mail")),
        ("PayloadIdentifier", string("jp.example.profile")),
        ("PayloadScope", string("User")),
        ("PayloadType", string("Configuration")),
        ("PayloadUUID", string("9F1D0C10-0000-4000-8000-000000000002")),
        ("PayloadVersion", "<integer>1</integer>".to_owned()),
    ])
}

/// The keys of one server in the order of their names: authentication, host, port, SSL, user name.
fn payload_server(names: [&'static str; 5], server: &Written) -> Vec<(&'static str, String)> {
    let way = profile_word(server.authentication).unwrap_or_default();
    let values = [
        string(way),
        string(&server.host),
        format!("<integer>{}</integer>", server.port),
        format!("<{}/>", server.security != Security::None),
        string(&server.username),
    ];
    let pairs = names.into_iter().zip(values);
    pairs.filter(|(name, _)| !name.ends_with("Username") || !server.username.is_empty()).collect()
}

/// `Accounts.plist` with one mailbox, its connection settings not left to the program.
pub(super) fn accounts(sketch: &Sketch) -> String {
    let (i, o) = (&sketch.incoming, &sketch.outgoing);
    let kind = if i.protocol == Protocol::Imap { "IMAPAccount" } else { "POPAccount" };
    let mut incoming = vec![
        ("AccountName", string("Mail")),
        ("AccountType", string(kind)),
        ("ConfigureDynamically", string("NO")),
        ("EmailAddresses", format!("<array>\n\t\t\t\t{}\n\t\t\t</array>", string(&sketch.address))),
        ("FullUserName", string("Taro Yamada")),
        ("SMTPIdentifier", string(&format!("{}:{}", o.host, o.username))),
        ("uniqueId", string("6B1F0041-4C1D-4E3B-9A5F-3D5E7F000001")),
    ];
    incoming.extend(list_server(i));
    let mut outgoing = vec![
        ("AccountType", string("SMTPAccount")),
        ("ConfigureDynamically", string("NO")),
        ("ShouldUseAuthentication", string(yes_or_no(o.authentication != Authentication::None))),
        ("uniqueId", string("6B1F0051-4C1D-4E3B-9A5F-3D5E7F000002")),
    ];
    outgoing.extend(list_server(o));
    let list = |keys: &[(&str, String)]| format!("<array>\n\t\t{}\n\t</array>", dict(keys, "\t\t"));
    document(&[
        ("DeliveryAccounts", list(&outgoing)),
        ("MailAccounts", list(&incoming)),
        ("MailAccountsVersion", "<integer>1</integer>".to_owned()),
    ])
}

fn list_server(server: &Written) -> Vec<(&'static str, String)> {
    let layer = match server.security {
        Security::None => 1,
        Security::StartTls => 2,
        Security::Tls => 3,
    };
    vec![
        ("AuthenticationScheme", string(scheme(server).unwrap_or_default())),
        ("Hostname", string(&server.host)),
        ("PortNumber", string(&server.port.to_string())),
        ("SSLEnabled", string(yes_or_no(server.security != Security::None))),
        ("SecurityLayerType", format!("<integer>{layer}</integer>")),
        ("Username", string(&server.username)),
    ]
}

/// What Apple Mail calls the way to sign in. An account with a token is one of the system and in no file.
pub(super) fn scheme(server: &Written) -> Option<&'static str> {
    match server.authentication {
        Authentication::Password => Some("PLAIN"),
        Authentication::Encrypted => Some("CRAM-MD5"),
        Authentication::Ntlm => Some("NTLM"),
        Authentication::Kerberos => Some("GSSAPI"),
        Authentication::Certificate => Some("EXTERNAL"),
        Authentication::None if server.protocol == Protocol::Smtp => Some(""),
        _ => None,
    }
}

const fn yes_or_no(flag: bool) -> &'static str {
    if flag { "YES" } else { "NO" }
}

fn string(value: &str) -> String {
    format!("<string>{}</string>", value.replace('&', "&amp;").replace('<', "&lt;"))
}

fn dict(keys: &[(&str, String)], indent: &str) -> String {
    let keys: String =
        keys.iter().map(|(key, value)| format!("{indent}\t<key>{key}</key>\n{indent}\t{value}\n")).collect();
    format!("<dict>\n{keys}{indent}</dict>")
}

fn document(keys: &[(&str, String)]) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
         \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n{}\n</plist>\n",
        dict(keys, "")
    )
}

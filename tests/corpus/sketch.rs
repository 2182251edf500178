//! A mailbox as people describe it, and its configuration in the format of each client that can hold it.

use mailcfg::account::{Authentication, Protocol, Security, address_domain, local_part};
use mailcfg::clients::{self, Client};

use super::{declaration, plist};

/// The formats a mailbox is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Format {
    Prefs,
    Profile,
    AppleMail,
    Autoconfig,
    Declaration,
}

/// One server as it will be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) protocol: Protocol,
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) security: Security,
    pub(crate) authentication: Authentication,
    pub(crate) username: String,
}

/// A mailbox: its address and its two servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sketch {
    pub(crate) address: String,
    pub(crate) incoming: Written,
    pub(crate) outgoing: Written,
}

impl Format {
    pub(crate) const ALL: [Self; 5] =
        [Self::Prefs, Self::Profile, Self::AppleMail, Self::Autoconfig, Self::Declaration];

    pub(crate) fn client(self) -> &'static dyn Client {
        let id = match self {
            Self::Prefs => "thunderbird",
            Self::Profile => "mobileconfig",
            Self::AppleMail => "apple-mail",
            Self::Autoconfig => "autoconfig",
            Self::Declaration => "declaration",
        };
        clients::find(id).expect("the client is listed")
    }

    pub(crate) const fn file_name(self) -> &'static str {
        match self {
            Self::Prefs => "prefs.js",
            Self::Profile => "mail.mobileconfig",
            Self::AppleMail => "Accounts.plist",
            Self::Autoconfig => "config-v1.1.xml",
            Self::Declaration => "mail.json",
        }
    }

    /// Whether the format has words for everything in the mailbox.
    pub(crate) fn can_hold(self, sketch: &Sketch) -> bool {
        let servers = [&sketch.incoming, &sketch.outgoing];
        servers.iter().all(|server| match self {
            Self::Prefs => server.authentication != Authentication::Oauth2 || has_oauth(&server.host),
            Self::Profile => profile_word(server.authentication).is_some() && plist::says_by_port(server),
            Self::AppleMail => plist::scheme(server).is_some(),
            Self::Declaration => {
                let has_name = server.authentication == Authentication::None || !server.username.is_empty();
                declaration::word(server.authentication).is_some() && declaration::says_by_port(server) && has_name
            }
            Self::Autoconfig => {
                let way = server.authentication;
                let can_sign_in = way != Authentication::Oauth2 || has_oauth(&server.host);
                can_sign_in
                    && way != Authentication::Certificate
                    && placeholder(&server.username, &sketch.address).is_some()
            }
        })
    }

    /// The files of the configuration by their names, the main file first.
    pub(crate) fn files(self, sketch: &Sketch) -> Vec<(String, String)> {
        let text = match self {
            Self::Prefs => prefs(std::slice::from_ref(sketch)),
            Self::Profile => plist::profile(sketch),
            Self::AppleMail => plist::accounts(sketch),
            Self::Autoconfig => autoconfig(sketch),
            Self::Declaration => return declaration::files(sketch),
        };
        vec![(self.file_name().to_owned(), text)]
    }
}

/// Whether Thunderbird can sign in with OAuth at this host.
fn has_oauth(host: &str) -> bool {
    let text = "user_pref(\"mail.server.server1.type\", \"imap\");\n";
    Format::Prefs.client().read(vec![mailcfg::source::Source::new("prefs.js", text.as_bytes())]).oauth.covers(host)
}

/// The preferences of a Thunderbird profile with these accounts.
pub(crate) fn prefs(sketches: &[Sketch]) -> String {
    let list = |name: &str| (1..=sketches.len()).map(|n| format!("{name}{n}")).collect::<Vec<_>>().join(",");
    let mut lines = vec![
        pref("mail.accountmanager.accounts", &quoted(&list("account"))),
        pref("mail.smtp.defaultserver", "\"smtp1\""),
        pref("mail.smtpservers", &quoted(&list("smtp"))),
    ];
    sketches.iter().enumerate().for_each(|(index, sketch)| lines.extend(account_prefs(index + 1, sketch)));
    lines.sort();
    lines.concat()
}

fn account_prefs(n: usize, sketch: &Sketch) -> Vec<String> {
    let (i, o) = (&sketch.incoming, &sketch.outgoing);
    let kind = if i.protocol == Protocol::Imap { "imap" } else { "pop3" };
    let mut lines = vec![
        pref(&format!("mail.account.account{n}.identities"), &quoted(&format!("id{n}"))),
        pref(&format!("mail.account.account{n}.server"), &quoted(&format!("server{n}"))),
        pref(&format!("mail.identity.id{n}.smtpServer"), &quoted(&format!("smtp{n}"))),
        pref(&format!("mail.identity.id{n}.useremail"), &quoted(&sketch.address)),
        pref(&format!("mail.server.server{n}.leave_on_server"), "true"),
        pref(&format!("mail.server.server{n}.type"), &quoted(kind)),
    ];
    lines.extend(server_prefs(&format!("mail.server.server{n}"), ["socketType", "userName"], i));
    lines.extend(server_prefs(&format!("mail.smtpserver.smtp{n}"), ["try_ssl", "username"], o));
    lines
}

fn server_prefs(branch: &str, [security, username]: [&str; 2], server: &Written) -> Vec<String> {
    let mut lines = vec![
        pref(&format!("{branch}.authMethod"), &method_number(server.authentication).to_string()),
        pref(&format!("{branch}.hostname"), &quoted(&server.host)),
        pref(&format!("{branch}.port"), &server.port.to_string()),
        pref(&format!("{branch}.{security}"), &security_number(server.security).to_string()),
    ];
    if !server.username.is_empty() {
        lines.push(pref(&format!("{branch}.{username}"), &quoted(&server.username)));
    }
    lines
}

fn pref(name: &str, value: &str) -> String {
    format!("user_pref(\"{name}\", {value});\n")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

const fn security_number(security: Security) -> u8 {
    match security {
        Security::None => 0,
        Security::StartTls => 2,
        Security::Tls => 3,
    }
}

const fn method_number(way: Authentication) -> u8 {
    match way {
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

/// The word of a mail payload, which knows neither OAuth nor Kerberos nor certificates.
pub(super) const fn profile_word(way: Authentication) -> Option<&'static str> {
    match way {
        Authentication::None => Some("EmailAuthNone"),
        Authentication::Password => Some("EmailAuthPassword"),
        Authentication::Encrypted => Some("EmailAuthCRAMMD5"),
        Authentication::Ntlm => Some("EmailAuthNTLM"),
        _ => None,
    }
}

/// What a published file says of the mailbox: the domain, and placeholders for the person.
fn autoconfig(sketch: &Sketch) -> String {
    let domain = address_domain(&sketch.address).unwrap_or_default();
    let (incoming, outgoing) = (published(&sketch.incoming, sketch), published(&sketch.outgoing, sketch));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<clientConfig version=\"1.1\">\n  <emailProvider id=\"{domain}\">\n    \
         <domain>{domain}</domain>\n    <displayName>Mail</displayName>\n    <displayShortName>Mail</displayShortName>\n\
         {incoming}{outgoing}  </emailProvider>\n</clientConfig>\n"
    )
}

fn published(server: &Written, sketch: &Sketch) -> String {
    let side = if server.protocol == Protocol::Smtp { "outgoingServer" } else { "incomingServer" };
    let security = match server.security {
        Security::None => "plain",
        Security::StartTls => "STARTTLS",
        Security::Tls => "SSL",
    };
    let way = match server.authentication {
        Authentication::None => "none",
        Authentication::Encrypted => "password-encrypted",
        Authentication::Kerberos => "GSSAPI",
        Authentication::Ntlm => "NTLM",
        Authentication::Oauth2 => "OAuth2",
        _ => "password-cleartext",
    };
    let parts = [
        ("hostname", server.host.clone()),
        ("port", server.port.to_string()),
        ("socketType", security.to_owned()),
        ("authentication", way.to_owned()),
        ("username", placeholder(&server.username, &sketch.address).unwrap_or_default()),
    ];
    let parts = parts.iter().filter(|(_, value)| !value.is_empty());
    let lines: String = parts.map(|(name, value)| format!("      <{name}>{value}</{name}>\n")).collect();
    let kind = server.protocol.name().to_ascii_lowercase();
    format!("    <{side} type=\"{kind}\">\n{lines}    </{side}>\n")
}

/// The user name with placeholders; nothing where it is issued to one person, which no published file can say.
fn placeholder(username: &str, address: &str) -> Option<String> {
    let local = local_part(address).unwrap_or_default();
    match username {
        "" => Some(String::new()),
        name if name == address => Some("%EMAILADDRESS%".to_owned()),
        name if name == local => Some("%EMAILLOCALPART%".to_owned()),
        name if name == address.replace('@', ".") => Some("%EMAILLOCALPART%.%EMAILDOMAIN%".to_owned()),
        _ => None,
    }
}

//! Mailboxes described one by one in `mailboxes.txt`, in the format of every client that can hold them.

use mailcfg::account::{Authentication, Protocol, Security, local_part};

use super::Member;
use super::sketch::{Format, Sketch, Written};

const MAILBOXES: &str = include_str!("mailboxes.txt");

/// Every described mailbox, named `family/name` and its format.
pub(crate) fn members() -> Vec<Member> {
    let mut family = "";
    let mut members = Vec::new();
    for line in MAILBOXES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("== ") {
            family = name;
            continue;
        }
        let (name, sketch) = sketch(line).unwrap_or_else(|| panic!("not understood: {line}"));
        let formats = Format::ALL.into_iter().filter(|format| format.can_hold(&sketch));
        members.extend(formats.map(|format| {
            Member::of_files(format!("{family}/{name}/{}", format.file_name()), format, format.files(&sketch))
        }));
    }
    members
}

fn sketch(line: &str) -> Option<(&str, Sketch)> {
    let mut parts = line.split(" | ");
    let (name, address) = (parts.next()?, parts.next()?);
    let (incoming, outgoing) = (server(parts.next()?, address)?, server(parts.next()?, address)?);
    (parts.next().is_none()).then(|| (name, Sketch { address: address.to_owned(), incoming, outgoing }))
}

fn server(text: &str, address: &str) -> Option<Written> {
    let mut words = text.split(' ');
    let protocol = match words.next()? {
        "imap" => Protocol::Imap,
        "pop3" => Protocol::Pop3,
        "smtp" => Protocol::Smtp,
        _ => return None,
    };
    let (host, port) = (words.next()?.to_owned(), words.next()?.parse().ok()?);
    let security = match words.next()? {
        "none" => Security::None,
        "starttls" => Security::StartTls,
        "tls" => Security::Tls,
        _ => return None,
    };
    let authentication = authentication(words.next()?)?;
    let username = match words.next()? {
        "@" => address,
        "." => local_part(address)?,
        "-" => "",
        name => name,
    };
    Some(Written { protocol, host, port, security, authentication, username: username.to_owned() })
}

fn authentication(word: &str) -> Option<Authentication> {
    Some(match word {
        "none" => Authentication::None,
        "password" => Authentication::Password,
        "cram" => Authentication::Encrypted,
        "ntlm" => Authentication::Ntlm,
        "kerberos" => Authentication::Kerberos,
        "certificate" => Authentication::Certificate,
        "oauth" => Authentication::Oauth2,
        _ => return None,
    })
}

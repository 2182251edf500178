//! Damage beside the mailbox itself: lists and defaults that lead past it, lines added by hand, the envelope of a profile.

use mailcfg::account::Protocol;
use mailcfg::source::Edit;

use super::Damage;
use super::files::reference;
use super::patient::{Cuts, Patient, cut};
use super::surgery::value_of_key;

pub(super) const DAMAGES: &[Damage] = &[
    Damage::file("account in no list", &["unlisted-account"], |p| {
        reference(p, "mail.accountmanager.accounts", "account7")
    }),
    Damage::file("inbox of another account, which is gone", &["dangling-deferred-inbox"], deferred),
    Damage::file("default account gone", &["dangling-default-account"], |p| {
        with_pref(p, "mail.accountmanager.defaultaccount", "\"account7\"")
    }),
    Damage::file("default outgoing server gone", &["dangling-default-outgoing-server"], |p| {
        reference(p, "mail.smtp.defaultserver", "smtp7")
    }),
    Damage::file("TLS 1.0 let in", &["tls-version-lowered"], |p| with_pref(p, "security.tls.version.min", "1")),
    Damage::file("certificate not in the profile", &["dangling-payload"], |p| {
        with_key(p, "SMIMESigningCertificateUUID", "<string>6A7B0C10-0000-4000-8000-0000000000C7</string>")
    }),
    Damage::file("version of a payload", &["unknown-value"], |p| envelope(p, "PayloadVersion", "2")),
    Damage::file("UUID that is none", &["invalid-payload-uuid"], |p| envelope(p, "PayloadUUID", "mail-1")),
    Damage::file("password in a profile", &["secret-in-file"], |p| {
        with_key(p, "IncomingPassword", "<string>Sakura-2026</string>")
    }),
    Damage::file("password beside a declaration", &["secret-in-file"], |p| {
        in_declaration(p, "\"UserName\"", "\"Password\": \"Sakura-2026\",\n  \"UserName\"")
    }),
    Damage::file("asset that is not there", &["dangling-asset"], |p| {
        in_declaration(p, "\"jp.example.incoming\"", "\"jp.example.incomming\"")
    }),
    Damage::file("asset of another type", &["dangling-asset"], |p| {
        in_declaration(p, "\"jp.example.incoming\"", "\"jp.example.person\"")
    }),
    Damage::file("key that a declaration does not have", &["unknown-declaration-key"], |p| {
        in_declaration(p, "\"HostName\"", "\"UseSSL\": true,\n      \"HostName\"")
    }),
    Damage::file("credentials at an address without https", &["plain-web-address"], |p| {
        in_declaration(p, "https://", "http://")
    }),
    Damage::file("identifier of more than 64 octets", &["identifier-too-long"], |p| {
        in_declaration(p, "\"jp.example.mail\"", &format!("\"jp.example.{}\"", "mail-of-tokyo.".repeat(5)))
    }),
    Damage::file("two assets of one identifier", &["duplicate-declaration"], |p| {
        in_declaration(p, "\"Identifier\": \"jp.example.person\"", "\"Identifier\": \"jp.example.incoming\"")
    }),
];

/// POP alone has it.
fn deferred(p: &Patient<'_>) -> Cuts {
    let is_pop = p.account.incoming.as_ref().is_some_and(|server| server.protocol.value == Protocol::Pop3);
    is_pop.then(|| with_pref(p, "mail.server.server1.deferred_to_account", "\"account7\""))?
}

/// A line more, in preferences that do not have it.
fn with_pref(p: &Patient<'_>, name: &str, value: &str) -> Cuts {
    let is_absent = p.is_client("thunderbird") && !p.text.contains(&format!("\"{name}\""));
    let end = p.text.len();
    is_absent.then(|| vec![cut(end..end, &format!("\nuser_pref(\"{name}\", {value});\n"))])
}

/// A key more in the mail payload.
fn with_key(p: &Patient<'_>, name: &str, element: &str) -> Cuts {
    let host = "<key>IncomingMailServerHostName</key>";
    let at = p.text.find(host).filter(|_| p.is_client("mobileconfig") && !p.text.contains(&format!("<key>{name}<")))?;
    Some(vec![cut(at..at, &format!("<key>{name}</key>{element}"))])
}

/// Other text in the first file of a declaration that has it.
fn in_declaration(p: &Patient<'_>, old: &str, new: &str) -> Cuts {
    let sources = p.document.sources.iter().enumerate().filter(|_| p.is_client("declaration"));
    sources.into_iter().find_map(|(source, file)| {
        let at = std::str::from_utf8(file.bytes()).ok()?.find(old)?;
        Some(vec![Edit { source, ..cut(at..at + old.len(), new) }])
    })
}

/// Another value of a key that every payload has: in the mail payload, for there may be others before it.
fn envelope(p: &Patient<'_>, key: &str, value: &str) -> Cuts {
    let host = p.server.host.place().and_then(|place| place.span)?;
    let payload = p.text[..host.start].rfind("<dict>")?;
    let at = value_of_key(p.text, key, payload).filter(|_| p.is_client("mobileconfig"))?;
    Some(vec![cut(at, value)])
}

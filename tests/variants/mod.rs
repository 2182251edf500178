//! Fixtures with one fault each, in every style and encoding in which people have such files.

use std::fs;
use std::io::Cursor;

use mailcfg::clients::{Client, find};
use mailcfg::lint::Input;

use crate::fixture::{in_memory, root};

/// Every variant with a name that says what was done.
pub(crate) fn all() -> Vec<(String, Input)> {
    let mut variants = profiles();
    variants.extend(apple_mail());
    variants.extend(thunderbird());
    variants
}

/// A fault: a key and the element that stands there instead; `None` takes both out.
type Fault = (&'static str, Option<&'static str>);

const PROFILE_FAULTS: &[Fault] = &[
    ("IncomingMailServerUseSSL", Some("<false/>")),
    ("IncomingMailServerUseSSL", None),
    ("IncomingMailServerUseSSL", Some("<string>true</string>")),
    ("IncomingMailServerPortNumber", Some("<string>993</string>")),
    ("IncomingMailServerPortNumber", Some("<integer>143</integer>")),
    ("OutgoingMailServerPortNumber", Some("<real>465</real>")),
    ("OutgoingMailServerPortNumber", None),
    ("IncomingMailServerHostName", Some("<string>mail.example.jp </string>")),
    ("IncomingMailServerHostName", Some("<string>https://mail.example.jp/</string>")),
    ("OutgoingMailServerHostName", Some("<string>mail.example.jp:465</string>")),
    ("OutgoingMailServerUsername", Some("<string> taro@example.jp</string>")),
    ("EmailAccountType", Some("<string>emailtypeimap</string>")),
    ("EmailAccountType", None),
    ("PayloadVersion", Some("<real>1</real>")),
    ("PayloadIdentifier", Some("<string></string>")),
    ("EmailAddress", Some("<string>taro＠example.jp</string>")),
];

const APPLE_MAIL_FAULTS: &[Fault] = &[
    ("Hostname", Some("<string>mail.example.jp </string>")),
    ("PortNumber", Some("<string>25</string>")),
    ("PortNumber", Some("<integer>993</integer>")),
    ("SSLEnabled", Some("<string>NO</string>")),
    ("SSLEnabled", Some("<false/>")),
    ("SSLEnabled", None),
    ("Username", Some("<string>taro@example.jp </string>")),
];

fn profiles() -> Vec<(String, Input)> {
    let client = find("mobileconfig").unwrap();
    ["configurator", "two-space", "one-line"]
        .iter()
        .flat_map(|style| lists(client, &format!("mobileconfig/{style}"), "mail.mobileconfig", PROFILE_FAULTS))
        .collect()
}

fn apple_mail() -> Vec<(String, Input)> {
    lists(find("apple-mail").unwrap(), "apple-mail/accounts-xml", "Accounts.plist", APPLE_MAIL_FAULTS)
}

fn lists(client: &'static dyn Client, fixture: &str, file: &str, faults: &[Fault]) -> Vec<(String, Input)> {
    let text = fs::read_to_string(root().join(fixture).join(file)).unwrap();
    let mut variants = Vec::new();
    for (key, element) in faults {
        let faulty = with_element(&text, key, *element);
        assert_ne!(faulty, text, "{fixture}: {key}");
        for (encoding, bytes) in encodings(&faulty) {
            let name = format!("{fixture}, {key} {}, {encoding}", element.unwrap_or("absent"));
            variants.push((name, in_memory(client, file, bytes)));
        }
    }
    variants
}

/// The text with another element behind the first `<key>` of that name.
fn with_element(text: &str, key: &str, element: Option<&str>) -> String {
    let open = format!("<key>{key}</key>");
    let start = text.find(&open).unwrap_or_else(|| panic!("no {key}"));
    let after_key = start + open.len();
    let value = after_key + text[after_key..].find('<').unwrap();
    let name_end = value + text[value..].find(['>', '/']).unwrap();
    let end = if text[name_end..].starts_with('/') {
        name_end + 2
    } else {
        let close = format!("</{}>", &text[value + 1..name_end]);
        value + text[value..].find(&close).unwrap() + close.len()
    };
    match element {
        Some(element) => format!("{}{element}{}", &text[..value], &text[end..]),
        None => format!("{}{}", text[..start].trim_end_matches([' ', '\t', '\n']), &text[end..]),
    }
}

/// The same list in every form in which a property list lies on a disk.
pub(crate) fn encodings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf16 = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    let mut encodings = vec![
        ("LF", text.as_bytes().to_vec()),
        ("CRLF", text.replace('\n', "\r\n").into_bytes()),
        ("CR", text.replace('\n', "\r").into_bytes()),
        ("UTF-8 with BOM", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        ("UTF-16 LE", [b"\xFF\xFE".to_vec(), utf16(u16::to_le_bytes)].concat()),
        ("UTF-16 BE", [b"\xFE\xFF".to_vec(), utf16(u16::to_be_bytes)].concat()),
    ];
    if let Ok(list) = plist::Value::from_reader_xml(Cursor::new(text)) {
        let mut binary = Vec::new();
        list.to_writer_binary(&mut binary).unwrap();
        encodings.push(("binary", binary));
    }
    encodings
}

/// A fault of preferences: a name and the value that stands there instead; `None` takes the line out.
const PREFS_FAULTS: &[Fault] = &[
    ("mail.server.server1.socketType", None),
    ("mail.server.server1.socketType", Some("0")),
    ("mail.server.server1.socketType", Some("1")),
    ("mail.server.server1.socketType", Some("2")),
    ("mail.server.server1.socketType", Some("\"3\"")),
    ("mail.server.server1.port", Some("143")),
    ("mail.server.server1.port", Some("\"993\"")),
    ("mail.server.server1.hostname", Some("\"imap.ocn.ne.jp \"")),
    ("mail.server.server1.hostname", Some("\"imap.ocn.ne.jp:993\"")),
    ("mail.server.server1.hostname", Some("\"pop.ocn.ne.jp\"")),
    ("mail.server.server1.type", Some("\"IMAP\"")),
    ("mail.server.server1.userName", Some("\"taro-example@ocn.ne.jp \"")),
    ("mail.smtpserver.smtp1.try_ssl", None),
    ("mail.smtpserver.smtp1.port", Some("25")),
    ("mail.smtpserver.smtp1.hostname", Some("\" smtp.ocn.ne.jp\"")),
    ("mail.smtpserver.smtp1.authMethod", Some("1")),
    ("mail.smtpserver.smtp1.authMethod", Some("true")),
    ("mail.smtpservers", Some("\"smtp1, smtp2\"")),
    ("mail.smtp.defaultserver", Some("\"smtp9\"")),
    ("mail.identity.id1.smtpServer", Some("\"smtp7\"")),
    ("mail.identity.id1.fcc_folder", Some("\"imap://taro-example%40ocn.ne.jp@old.example.jp/Sent\"")),
    ("mail.accountmanager.defaultaccount", Some("\"account8\"")),
];

fn thunderbird() -> Vec<(String, Input)> {
    let client = find("thunderbird").unwrap();
    let text = fs::read_to_string(root().join("thunderbird/japanese-folders/prefs.js")).unwrap();
    let mut variants = Vec::new();
    for (key, value) in PREFS_FAULTS {
        let faulty = with_pref(&text, key, *value);
        for (form, bytes) in forms(&faulty) {
            let name = format!("prefs.js, {key} {}, {form}", value.unwrap_or("absent"));
            variants.push((name, in_memory(client, "prefs.js", bytes)));
        }
        let mut with_user = in_memory(client, "prefs.js", text.as_str());
        let user = value.map_or_else(String::new, |value| format!("# mine\nuser_pref('{key}', {value}); // last\n"));
        with_user.sources.extend(in_memory(client, "user.js", user).sources);
        variants.push((format!("user.js, {key} {value:?}"), with_user));
    }
    variants
}

fn with_pref(text: &str, key: &str, value: Option<&str>) -> String {
    let start = text.find(&format!("user_pref(\"{key}\"")).unwrap_or_else(|| panic!("no {key}"));
    let end = start + text[start..].find('\n').unwrap() + 1;
    let line = value.map_or_else(String::new, |value| format!("user_pref(\"{key}\", {value});\n"));
    format!("{}{line}{}", &text[..start], &text[end..])
}

/// The same preferences as different hands and systems leave them.
fn forms(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let one_line = text.lines().filter(|line| line.starts_with("user_pref")).collect::<Vec<_>>().join(" ");
    vec![
        ("LF", text.into()),
        ("CRLF", text.replace('\n', "\r\n").into()),
        ("CR", text.replace('\n', "\r").replace("//", "#").into()),
        ("BOM", format!("\u{FEFF}{text}").into()),
        ("no last line end", text.trim_end().into()),
        ("all in one line", one_line.into()),
        ("spaced", text.replace("user_pref(\"", "  user_pref ( \"").into()),
    ]
}

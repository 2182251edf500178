//! Passwords in every wrong place that a slip of the hand reaches: each name of a secret with each kind of value, keys as values and values as
//! keys, containers in containers, in every format.

use super::fixture::{in_memory, root};
use super::{Input, binary, exchange, find, fs, one_line, prefs, profile, signed, utf16};

/// Long enough to be looked for elsewhere, and so short that it is not. Neither looks like the name of anything.
pub(super) const MARKERS: [&str; 2] = ["Hunter2Marker", "H7x2"];

/// As people and programs of all countries call it.
const NAMES: [&str; 19] = [
    "IncomingPassword",
    "Password",
    "IncomingPasword",
    "incoming password",
    "IncomingPW",
    "Incomingpass",
    "PIN",
    "パスワード",
    "暗証番号",
    "密码",
    "Kennwort",
    "MotDePasse",
    "Contraseña",
    "senha",
    "пароль",
    "clientSecret",
    "Challenge",
    "PreSharedKey",
    "認証コード",
];

/// Under which nothing is quoted, because nobody knows what it is.
const UNKNOWN: [&str; 3] = ["Notiz", "メモ", "PayloadNote"];

fn values(m: &str) -> Vec<String> {
    vec![
        format!("<string>{m}</string>"),
        format!("<integer>{m}</integer>"),
        format!("<data>{m}</data>"),
        format!("<dict><key>value</key><string>{m}</string></dict>"),
        format!("<array><dict><key>Notiz</key><array><string>x</string>\n<string>{m}</string></array></dict></array>"),
        format!("<dict><key>{m}</key><string>x</string></dict>"),
        format!("<key>{m}</key>"),
        format!("<!-- of the server -->\n<key>{m}</key>"),
        format!("<array><string>{m}</array>"),
        format!("<strnig>{m}</strnig>"),
        m.to_owned(),
    ]
}

/// What stands in the payload in the wrong place, without a name that speaks of a secret.
fn astray(m: &str) -> Vec<String> {
    vec![
        format!("<key>imap://taro:{m}@imap.example.net</key><string>x</string>"),
        format!("<key>Password={m}</key><string>x</string>"),
        format!("<key>{m}</key><string>IncomingPassword</string>"),
        format!("<key>{m}</key><string>x</string>"),
        format!("<key>{m}</key><dict><key>x</key><string>y</string></dict>"),
        format!("<key>{m}</key>"),
        format!("<string>{m}</string>"),
        format!("<string>{m}</string><key>IncomingPassword</key>"),
        format!("<array><string>{m}</string></array>"),
        m.to_owned(),
        format!("<key>PayloadDescription</key><string>Kennwort: {m}</string>"),
        format!("<key>Notiz</key><string>x</string><!-- Password: {m} -->"),
        format!("<key>Notiz</key><string>taro@example.jp:{m}</string>"),
        format!("<key>EmailAccountDescription</key><string>pw: {m}</string>"),
        format!("<key>PayloadOrganization</key><string>taro:{m}@imap.example.net</string>"),
    ]
}

/// A profile with `m` behind one of its user names or addresses.
fn behind_names(m: &str) -> Vec<String> {
    let texts = [profile(""), exchange()];
    let replaced = texts.iter().flat_map(|text| {
        let names = ["taro@example.jp", "hanako@example.jp"];
        names.map(|name| text.replace(&format!("<string>{name}</string>"), &format!("<string>{name}:{m}</string>")))
    });
    replaced.filter(|text| text.contains(m)).collect()
}

fn profiles(m: &str) -> Vec<String> {
    let named =
        |name: &&str| values(m).into_iter().map(|value| format!("<key>{name}</key>{value}")).collect::<Vec<_>>();
    let in_payload = NAMES.iter().chain(&UNKNOWN).flat_map(named).chain(astray(m));
    in_payload.map(|inserted| profile(&format!("{inserted}\n\t\t\t"))).chain(behind_names(m)).collect()
}

fn declarations(m: &str) -> Vec<String> {
    let values = [
        format!("\"{m}\""),
        format!("[\"{m}\"]"),
        format!("{{\"value\": [{{\"a\": \"{m}\"}}]}}"),
        format!("{{\"{m}\": 1}}"),
        format!("'{m}'"),
        m.to_owned(),
        format!("\"{m}"),
    ];
    let named = |name: &&str| values.iter().map(|value| format!("\"{name}\": {value},")).collect::<Vec<_>>();
    let others =
        [format!("\"imap://taro:{m}@h.example.jp\": 1,"), format!("\"Password={m}\": 1,"), format!("\"{m}\": \"x\",")];
    let text = fs::read_to_string(root().join("declaration/mail/mail.json")).unwrap();
    let text = text.replace("\"Port\": 993", "\"Port\": 143");
    let inserted = NAMES.iter().chain(&UNKNOWN).flat_map(named).chain(others);
    inserted.map(|inserted| text.replacen("\"HostName\"", &format!("{inserted}\n      \"HostName\""), 1)).collect()
}

fn autoconfigs(m: &str) -> Vec<String> {
    let names = NAMES.iter().filter(|name| !name.contains(' '));
    let named = names.flat_map(|name| {
        [
            format!("<{name}>{m}</{name}>"),
            format!("<{name}><value>{m}</value></{name}>"),
            format!("<{name} value=\"{m}\"/>"),
            format!("<server {name}=\"{m}\"/>"),
            format!("<{name}>{m}"),
        ]
    });
    let others = [
        format!("<!-- Passwort: {m} -->"),
        format!("<hostname>taro:{m}@imap.example.jp</hostname>"),
        format!("<username>%EMAILADDRESS%:{m}</username>"),
        format!("<username>taro@example.jp:{m}</username>"),
    ];
    let text = fs::read_to_string(root().join("autoconfig/plain/config-v1.1.xml")).unwrap();
    let text = text.replacen("<port>993</port>", "<port>143</port>", 1);
    named.chain(others).map(|inserted| text.replacen("<port>", &format!("{inserted}\n<port>"), 1)).collect()
}

fn preferences(m: &str) -> Vec<String> {
    let named = NAMES.iter().flat_map(|name| {
        [
            prefs(&format!("user_pref(\"mail.server.server1.{name}\", \"{m}\");\n")),
            prefs(&format!("user_pref('{name}', '{m}');\n")),
            prefs(&format!("user_pref(\"{name}\", \"{m});\n")),
        ]
    });
    let others = [
        prefs(&format!("// Kennwort: {m}\n")),
        prefs(&format!("// パスワード: {m}\n")),
        prefs(&format!("// pass={m}\n")),
        prefs(&format!("// taro:{m}@imap.gmail.com\n")),
        prefs(&format!("user_pref(\"imap://taro:{m}@imap.example.jp\", 1);\n")),
        prefs(&format!("user_pref(\"Password={m}\", 1);\n")),
        prefs("").replace("taro-example@ocn.ne.jp\"", &format!("taro-example@ocn.ne.jp:{m}\"")),
    ];
    named.chain(others).collect()
}

/// All of them, by what was written.
pub(super) fn inputs() -> Vec<(String, Input)> {
    let mut inputs = Vec::new();
    let mut add = |client_name: &str, file: &str, text: &str, bytes: Vec<u8>| {
        inputs.push((format!("{client_name}: {text}"), in_memory(find(client_name).unwrap(), file, bytes)));
    };
    for m in MARKERS {
        // A short one is masked by the same search.
        let step = if m.len() < 6 { 3 } else { 1 };
        for (index, text) in profiles(m).iter().enumerate().step_by(step) {
            // By turns as it is and without line ends, so that each line that is quoted has a password in it.
            let text = if index % 2 == 0 { text.clone() } else { one_line(text) };
            add("mobileconfig", "mail.mobileconfig", &text, text.clone().into_bytes());
        }
        for text in profiles(m).iter().step_by(7) {
            add("mobileconfig", "mail.mobileconfig", text, signed(text));
            add("mobileconfig", "mail.mobileconfig", text, utf16(text, u16::to_le_bytes));
            // Of a broken list a binary one cannot be made, and what stands outside of it does not get into one.
            let is_list = plist::Value::from_reader_xml(text.as_bytes()).is_ok();
            let bytes = if is_list { binary(text) } else { Vec::new() };
            if bytes.windows(m.len()).any(|window| window == m.as_bytes()) {
                add("mobileconfig", "mail.mobileconfig", text, bytes);
            }
        }
        declarations(m).iter().for_each(|text| add("declaration", "mail.json", text, text.clone().into_bytes()));
        autoconfigs(m).iter().for_each(|text| add("autoconfig", "config-v1.1.xml", text, text.clone().into_bytes()));
        preferences(m).iter().for_each(|text| add("thunderbird", "prefs.js", text, text.clone().into_bytes()));
    }
    inputs
}

//! A password never leaves the program, whatever file it stands in and however broken that file is.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

#[path = "../fixture/mod.rs"]
mod fixture;
mod hostile;

use std::fmt::Debug;
use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use mailcfg::clients::find;
use mailcfg::finding::{Applicability, FileStatus, Report};
use mailcfg::fix::{Fixed, fix};
use mailcfg::lint::{Input, lint, read};
use mailcfg::report::{FixRun, Format, Mended, MendedFile, Style, fixes, render, text, unified};
use mailcfg::rules::Run;
use mailcfg::source::{MASK, Source};
use mailcfg::suppression::Baseline;
use mailcfg::write::{Plan, Replacement, Store};

use fixture::{in_memory, options};
use rayon::prelude::*;

/// Letters only, so that no escaping changes it.
const MARKER: &str = "HunterTwoMarker";

fn plain_profile() -> String {
    fs::read_to_string(fixture::root().join("mobileconfig/configurator/mail.mobileconfig")).unwrap()
}

/// A profile with a fault that can be mended and `inserted` right behind it.
fn profile(inserted: &str) -> String {
    let text = plain_profile();
    let at = text.find("<true/>").unwrap();
    let end = at + "<true/>".len();
    format!("{}<false/>\n\t\t\t{inserted}{}", &text[..at], &text[end..])
}

fn password(element: &str) -> String {
    profile(&format!("<key>IncomingPassword</key>\n\t\t\t{element}"))
}

fn string(text: &str) -> String {
    password(&format!("<string>{text}</string>"))
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\t'], "")
}

fn utf16(text: &str, to: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("\u{FEFF}{text}").encode_utf16().flat_map(to).collect()
}

fn binary(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    plist::Value::from_reader_xml(text.as_bytes()).unwrap().to_writer_binary(&mut bytes).unwrap();
    bytes
}

/// A DER element of a tag.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&[tag, 0x84], length.as_slice(), content].concat()
}

/// The signed container around a text, as far as it matters for reading: RFC 5652, section 5.1.
fn signed(text: &str) -> Vec<u8> {
    const DATA: &[u8] = b"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01";
    const SIGNED_DATA: &[u8] = b"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02";
    let content = [DATA, &der(0xA0, &der(0x04, text.as_bytes()))].concat();
    let parts = [vec![2, 1, 1], der(0x31, b""), der(0x30, &content), der(0x31, b"")].concat();
    der(0x30, &[SIGNED_DATA, &der(0xA0, &der(0x30, &parts))].concat())
}

type Texts = Vec<(&'static str, String)>;

fn keys_and_kinds() -> Texts {
    let m = MARKER;
    vec![
        ("IncomingPassword", string(m)),
        ("OutgoingPassword", profile(&format!("<key>OutgoingPassword</key><string>{m}</string>"))),
        ("Password of a Wi-Fi payload", profile(&format!("<key>Password</key><string>{m}</string>"))),
        (
            "identification payload",
            profile(&format!(
                "<key>PayloadIdentification</key><dict><key>AuthMethod</key><string>Password</string><key>Password</key>\
                 <string>{m}</string></dict>"
            )),
        ),
        ("certificate", profile(&format!("<key>CertificatePassword</key><string>{m}</string>"))),
        ("shared secret", profile(&format!("<key>SharedSecret</key><string>{m}</string>"))),
        ("data", password(&format!("<data>{m}</data>"))),
        ("a date", password(&format!("<date>{m}</date>"))),
        ("a number", password(&format!("<integer>{m}</integer>"))),
        ("CDATA", string(&format!("<![CDATA[{m}]]>"))),
        ("CDATA beside text", string(&format!("aa&amp;<![CDATA[bb<{m}]]>"))),
    ]
}

fn comments_and_repeats() -> Texts {
    let m = MARKER;
    vec![
        ("a comment inside", string(&format!("aa<!-- x -->{m}"))),
        ("a comment between", password(&format!("<!-- of the incoming server --><string>{m}</string>"))),
        ("a comment that repeats it", string(m) + &format!("<!-- the password is {m} -->\n")),
        ("CDATA and a comment that repeats it", string(&format!("<![CDATA[{m}]]>")) + &format!("<!-- it is {m} -->")),
        ("escaped, and repeated unescaped", string(&format!("a&amp;{m}")) + &format!("<!-- it is a&{m} -->")),
        ("line ends around it", string(&format!("\n\t{m}\n\t")) + &format!("<!-- it is {m} -->")),
        ("a comment in the same line", one_line(&(string(m).replace("</plist>", &format!("<!-- {m} --></plist>"))))),
    ]
}

fn broken() -> Texts {
    let m = MARKER;
    vec![
        ("no end tag", password(&format!("<string>{m}"))),
        ("no start tag", password(&format!("{m}</string>"))),
        ("no tag", password(m)),
        ("an end tag that is none", password(&format!("<string>{m}</strnig>"))),
        ("a start tag that is none", password(&format!("<strnig>{m}</string>"))),
        ("blanks in the start tag", password(&format!("<string  >{m}</string>"))),
        ("an attribute", password(&format!("<string xml:space=\"preserve\">{m}</string>"))),
        ("blanks in the end tag of the key", profile(&format!("<key>IncomingPassword</key ><string>{m}</string>"))),
        ("blanks in the key", profile(&format!("<key> IncomingPassword </key><string>{m}</string>"))),
        ("an attribute of the key", profile(&format!("<key id=\"p\">IncomingPassword</key><string>{m}</string>"))),
        ("another case", profile(&format!("<key>incomingpassword</key><string>{m}</string>"))),
        ("a slip in the key", profile(&format!("<key>IncomingPasword</key><string>{m}</string>"))),
        ("another slip in the key", profile(&format!("<key>IncomingPassowrd</key><string>{m}</string>"))),
        ("a key that is not closed", profile(&format!("<key>IncomingPassword<string>{m}</string>"))),
        ("a raw ampersand", string(&format!("{m}&{m}"))),
        ("a raw less-than sign", string(&format!("{m}<{m}"))),
        ("a character that XML forbids", string(&format!("{m}\u{1}{m}"))),
        ("an entity that is none", string(&format!("&{m};{m}"))),
        ("a file cut off behind it", {
            let text = string(m);
            text[..text.find(m).unwrap() + m.len()].to_owned()
        }),
    ]
}

fn misplaced() -> Texts {
    let m = MARKER;
    vec![
        ("typed into the user name too", {
            string(m).replacen("<string>taro@example.jp</string>", &format!("<string>{m} </string>"), 9)
        }),
        ("typed into the user name too, escaped", {
            let username = format!("<string>a&amp;{m} </string>");
            string(&format!("a&amp;{m}")).replacen("<string>taro@example.jp</string>", &username, 9)
        }),
        ("a host with user and password", {
            profile("").replace(
                "<string>mail.example.jp</string>",
                &format!("<string>https://taro:{m}@mail.example.jp/</string>"),
            )
        }),
        ("a host with user and password alone", {
            profile("")
                .replace("<string>mail.example.jp</string>", &format!("<string>taro:{m}@mail.example.jp:993</string>"))
        }),
        ("Exchange", exchange()),
    ]
}

fn profiles() -> Vec<(&'static str, Vec<u8>)> {
    let m = MARKER;
    let texts = [keys_and_kinds(), comments_and_repeats(), broken(), misplaced()].concat();
    let mut files: Vec<(&str, Vec<u8>)> = texts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    files.extend([
        ("signed", signed(&string(m))),
        ("signed and malformed", signed(&string(&format!("{m}&{m}")))),
        ("binary", binary(&string(m))),
        ("UTF-16 LE", utf16(&string(m), u16::to_le_bytes)),
        ("UTF-16 BE", utf16(&string(m), u16::to_be_bytes)),
        ("UTF-16 and malformed", utf16(&string(&format!("{m}&{m}")), u16::to_le_bytes)),
        ("Latin-1", [string(m).as_bytes(), b"\xE9"].concat()),
    ]);
    files
}

fn exchange() -> String {
    let text = fs::read_to_string(fixture::root().join("mobileconfig/exchange/exchange.mobileconfig")).unwrap();
    text.replace("<key>UserName</key>", &format!("<key>Password</key><string>{MARKER}</string><key>UserName</key>"))
}

fn prefs(lines: &str) -> String {
    let text = fs::read_to_string(fixture::root().join("thunderbird/japanese-folders/prefs.js")).unwrap();
    text.replace(
        "user_pref(\"mail.server.server1.port\", 993);\n",
        &format!("user_pref(\"mail.server.server1.port\", 143);\n{lines}"),
    )
}

fn preferences() -> Vec<(&'static str, Vec<u8>)> {
    let m = MARKER;
    let name = "mail.server.server1.password";
    let line = format!("user_pref(\"{name}\", \"{m}\");\n");
    let texts = [
        ("a password", prefs(&line)),
        ("in single quotes", prefs(&format!("user_pref('{name}', '{m}');\n"))),
        ("in another case", prefs(&format!("user_pref(\"mail.server.server1.PassWord\", \"{m}\");\n"))),
        ("a token", prefs(&format!("user_pref(\"extensions.example.refreshToken\", \"{m}\");\n"))),
        ("a passphrase", prefs(&format!("user_pref(\"extensions.example.passphrase\", \"{m}\");\n"))),
        ("a password of two words", prefs(&format!("user_pref(\"extensions.example.password2\", \"{m}\");\n"))),
        ("escaped", prefs(&format!("user_pref(\"{name}\", \"a\\\"b{m}\");\n"))),
        ("over several lines", prefs(&format!("user_pref(\"{name}\",\n\"aa\nbb\n{m}\");\n"))),
        ("a comment that repeats it", prefs(&format!("{line}// the same: {m}\n"))),
        ("a comment of its own", prefs(&format!("// password of the mailbox: {m}\n"))),
        ("a longer comment", prefs(&format!("/* the password\n   is: {m}\n   so */\n"))),
        ("no semicolon before", prefs(&format!("user_pref(\"a.b\", 1)\n{line}"))),
        ("no semicolon behind", prefs(&line.replace(';', ""))),
        ("no quotation mark at the end", prefs(&line.replace(&format!("{m}\""), m))),
        ("no quotation mark at the beginning", prefs(&line.replace(&format!("\"{m}"), m))),
        ("a bad escape", prefs(&line.replace(m, &format!("\\q{m}")))),
        ("a bad escape and more lines", prefs(&line.replace(m, &format!("\\q\n{m}")))),
        ("lost in another line", prefs(&format!("user_pref(\"x\" 1);\nuser_pref(\"{name}\"\n  ,\n  \"{m}\"]);\n"))),
        ("behind a zero byte", prefs(&format!("\0{line}"))),
        ("another specifier", prefs(&line.replace("user_pref", "lockPref"))),
        ("a host with user and password", {
            prefs("").replace("\"imap.ocn.ne.jp\"", &format!("\"https://taro:{m}@imap.ocn.ne.jp/\""))
        }),
        ("a host with user and password alone", {
            prefs("").replace("\"imap.ocn.ne.jp\"", &format!("\"taro:{m}@imap.ocn.ne.jp\""))
        }),
        ("typed into the user name too", {
            prefs(&line).replace("userName\", \"taro-example@ocn.ne.jp\"", &format!("userName\", \"{m} \""))
        }),
        ("typed into the user name too, escaped", {
            let text = prefs(&line.replace(m, &format!("\\\"{m}")));
            text.replace("userName\", \"taro-example@ocn.ne.jp\"", &format!("userName\", '\"{m} '"))
        }),
        ("typed into the address too", {
            prefs(&line).replace("useremail\", \"taro-example@ocn.ne.jp\"", &format!("useremail\", \"{m}\""))
        }),
    ];
    let mut files: Vec<(&str, Vec<u8>)> = texts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    let in_one_line = prefs(&line).lines().filter(|line| !line.starts_with("//")).collect::<String>();
    files.push(("all in one line", in_one_line.clone().into_bytes()));
    files.push(("all in one line and a comment", format!("{in_one_line}// {m}").into_bytes()));
    files.push(("UTF-16", utf16(&in_one_line, u16::to_le_bytes)));
    files
}

fn inputs() -> Vec<(String, Input)> {
    let (profile, thunderbird, apple) =
        (find("mobileconfig").unwrap(), find("thunderbird").unwrap(), find("apple-mail").unwrap());
    let mut inputs = Vec::new();
    for (name, bytes) in profiles() {
        inputs.push((format!("profile: {name}"), in_memory(profile, "mail.mobileconfig", bytes.clone())));
        inputs.push((format!("profile as Apple Mail's: {name}"), in_memory(apple, "mail.plist", bytes)));
    }
    for (name, bytes) in preferences() {
        inputs.push((format!("prefs.js: {name}"), in_memory(thunderbird, "prefs.js", bytes.clone())));
        let mut with_user = in_memory(thunderbird, "prefs.js", prefs(""));
        with_user.sources.extend(in_memory(thunderbird, "user.js", bytes).sources);
        inputs.push((format!("user.js: {name}"), with_user));
    }
    for (name, logins) in logins() {
        let mut with_logins = in_memory(thunderbird, "prefs.js", prefs(""));
        with_logins.sources.extend(in_memory(thunderbird, "logins.json", logins).sources);
        inputs.push((format!("logins.json: {name}"), with_logins));
    }
    for (path, text) in companions() {
        let mut with_companion = in_memory(thunderbird, "prefs.js", prefs(""));
        with_companion.sources.push(Source::new(path, text.clone().into_bytes()));
        inputs.push((format!("{path}: {text}"), with_companion));
    }
    let accounts = fs::read_to_string(fixture::root().join("apple-mail/accounts-xml/Accounts.plist")).unwrap();
    let accounts = accounts.replacen("<string>YES</string>", "<string>NO</string>", 9);
    let accounts = accounts.replace(
        "<key>PortNumber</key>",
        &format!("<key>Password</key><string>{MARKER}</string><key>PortNumber</key>"),
    );
    inputs.push(("Accounts.plist".to_owned(), in_memory(apple, "Accounts.plist", accounts.as_str())));
    inputs.push(("binary Accounts.plist".to_owned(), in_memory(apple, "Accounts.plist", binary(&accounts))));
    inputs
}

/// What lies around a profile, with a password where somebody may have put one.
fn companions() -> Vec<(&'static str, String)> {
    let m = MARKER;
    let imposed = |name: &str, value: &str| format!("{{\"policies\":{{\"Preferences\":{{\"{name}\":\"{value}\"}}}}}}");
    vec![
        ("policies.json", imposed("mail.server.server1.password", m)),
        ("policies.json", imposed("mail.server.server1.hostname", &format!("taro:{m}@imap.ocn.ne.jp"))),
        ("mozilla.cfg", format!("//\nlockPref(\"mail.server.server1.password\", \"{m}\");\n")),
        ("mozilla.cfg", format!("//\npref(\"mail.server.server1.hostname\", \"imaps://taro:{m}@imap.ocn.ne.jp\");\n")),
        ("Invalidprefs.js", prefs(&format!("user_pref(\"mail.server.server9.password\", \"{m}\");\n"))),
        (
            "prefs-1.js",
            prefs(&format!("user_pref(\"mail.server.server9.hostname\", \"https://a:{m}@h.example.jp\");\n")),
        ),
        (
            "ImapMail/imap.ocn.ne.jp/msgFilterRules.dat",
            format!(
                "name=\"x\"\nenabled=\"yes\"\naction=\"Move to folder\"\nactionValue=\"imap://a:{m}@h.example.jp/A\"\n"
            ),
        ),
        ("virtualFolders.dat", format!("uri=imap://taro@imap.ocn.ne.jp/s\nscope=imap://a:{m}@h.example.jp/A\n")),
    ]
}

fn logins() -> Vec<(&'static str, String)> {
    let login = |hostname: &str, password: &str| {
        format!("{{\"logins\":[{{\"hostname\":\"{hostname}\",\"encryptedPassword\":\"{password}\",\"id\":1}}]}}")
    };
    vec![
        ("encrypted", login("imap://gone.example.jp", MARKER)),
        ("a host with user and password", login(&format!("imap://taro:{MARKER}@gone.example.jp"), "")),
        ("cut off", login("imap://gone.example.jp", MARKER).trim_end_matches("\",\"id\":1}]}").to_owned()),
        ("indented", login("imap://gone.example.jp", MARKER).replace(':', " : \n ")),
    ]
}

/// Everything that may be printed about a run, by the name of the way out.
fn outputs(input: &Input) -> Vec<(String, String)> {
    let report = lint(std::slice::from_ref(input), &options());
    let mut outputs = vec![
        ("Debug of the input".to_owned(), debug(input)),
        ("Debug of the document".to_owned(), debug(&read(input))),
    ];
    outputs.extend(forms(&report, &Style::default()));
    for color in [false, true] {
        for verbose in [false, true] {
            for width in [40, 80, 400] {
                let style = Style { color, verbose, ..Style::of_width(Some(width)) };
                outputs.push((format!("text {color} {verbose} {width}"), text(&report, &style)));
            }
        }
    }
    for file in &report.files {
        for (source, secrets) in file.sources.iter().zip(&file.secrets) {
            outputs.push((format!("masked {}", source.file_name()), source.masked(secrets).text().to_owned()));
        }
    }
    for least in [Applicability::DisplayOnly, Applicability::Unsafe, Applicability::Safe] {
        outputs.extend(mending(input, least));
    }
    outputs
}

/// The same for the thousands of cases in which only the place of the password differs: each form once.
fn few_outputs(input: &Input) -> Vec<(String, String)> {
    let report = lint(std::slice::from_ref(input), &options());
    let style = Style { verbose: true, ..Style::default() };
    [forms(&report, &style), mending(input, Applicability::Unsafe)].concat()
}

fn debug(value: &dyn Debug) -> String {
    format!("{value:?} {value:#?}")
}

/// A report in every form.
fn forms(report: &Report, style: &Style) -> Vec<(String, String)> {
    let mut forms = vec![
        ("baseline".to_owned(), Baseline::write(report, Path::new("known.json"), Path::new("/srv")).0),
        ("Debug of the report".to_owned(), debug(report)),
    ];
    forms.extend(Format::ALL.iter().map(|format| (format!("{format:?}"), render(report, *format, style))));
    forms
}

/// What `fix` may print.
fn mending(input: &Input, least: Applicability) -> Vec<(String, String)> {
    let fixed = fix(&Run::new(&[read(input)]), 0, input.client, least, &options());
    let mut outputs = vec![
        (format!("Debug of the fix, {least:?}"), debug(&fixed)),
        (format!("summary of the fix, {least:?}"), summary(&fixed)),
    ];
    outputs.extend(diffs(&fixed).into_iter().map(|diff| (format!("diff, {least:?}"), diff)));
    outputs
}

fn diffs(fixed: &Fixed) -> Vec<String> {
    let sides = fixed.before.iter().zip(&fixed.after).zip(&fixed.secrets);
    let diffs = sides.flat_map(|((before, after), (hidden_before, hidden_after))| {
        let diff = unified(before, after, hidden_before, hidden_after);
        let color = Style { color: true, ..Style::default() };
        [String::from_utf8_lossy(&diff.bytes).into_owned(), diff.shown(&color), format!("{diff:?}")]
    });
    let masked =
        fixed.after.iter().zip(&fixed.secrets).map(|(after, (_, hidden))| after.masked(hidden).text().to_owned());
    diffs.chain(masked).collect()
}

fn summary(fixed: &Fixed) -> String {
    let mended = |applied: &'_ mailcfg::fix::Applied| applied.clone();
    let applied: Vec<_> = fixed.applied.iter().map(mended).collect();
    let mut all = String::new();
    for written in [false, true] {
        let mended = applied.iter().map(|applied| Mended {
            rule: applied.rule,
            account: applied.account.as_deref(),
            title: &applied.title,
            changes: &applied.changes,
            remark: applied.remark.as_ref(),
        });
        let file = MendedFile {
            path: fixed.before[0].path(),
            applied: mended.collect(),
            left: &fixed.left,
            reverted: fixed.reverted.as_ref(),
            refused: None,
        };
        all.push_str(&fixes(
            &FixRun { files: vec![file], written, allow_unsafe: true, ..FixRun::default() },
            &Style::default(),
        ));
    }
    all
}

/// UTF-16 that is read as bytes shows a zero byte between two letters, which nobody needs to be able to read past.
fn shows(output: &str) -> bool {
    let letters = output.replace('\0', "").replace("\\u{0}", "").replace("\\0", "").replace("\\u0000", "");
    letters.contains(MARKER) || hostile::MARKERS.iter().any(|marker| letters.contains(marker))
}

#[test]
fn no_password_is_ever_shown() {
    nothing_is_shown(&inputs(), outputs);
}

#[test]
fn no_password_in_the_wrong_place_is_ever_shown() {
    nothing_is_shown(&hostile::inputs(), few_outputs);
}

fn nothing_is_shown(inputs: &[(String, Input)], outputs: impl Fn(&Input) -> Vec<(String, String)> + Sync) {
    let of = |(name, input): &(String, Input)| -> Vec<String> {
        let shown = outputs(input).into_iter().filter(|(_, output)| shows(output));
        let leaks = shown.map(|(way, output)| {
            let line = output.lines().find(|line| shows(line)).unwrap_or(&output);
            let at = name.lines().find(|line| shows(line)).unwrap_or(name);
            format!("{at}: {way}: {}", line.trim().chars().take(200).collect::<String>())
        });
        leaks.collect()
    };
    let leaks: Vec<String> = inputs.par_iter().flat_map_iter(of).collect();
    assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks.join("\n"));
}

/// Otherwise silence would be taken for discretion.
#[test]
fn the_files_with_passwords_are_read_and_the_passwords_are_in_them() {
    let (mut checked, mut masked, mut mended) = (0, 0, 0);
    let inputs = inputs();
    hostile::inputs().iter().for_each(|(name, input)| assert!(holds_password(input), "{name}"));
    for (name, input) in &inputs {
        let report = lint(std::slice::from_ref(input), &options());
        checked += usize::from(report.files[0].status == FileStatus::Checked);
        let shown = report.files[0].sources.iter().zip(&report.files[0].secrets);
        let shown: String = shown.map(|(source, secrets)| source.masked(secrets).text().to_owned()).collect();
        masked += usize::from(shown.contains(MASK));
        let fixed = fix(&Run::new(&[read(input)]), 0, input.client, Applicability::Safe, &options());
        mended += usize::from(fixed.is_changed());
        assert!(holds_password(input), "{name}: the file holds no password");
    }
    let enough = |count: usize| count * 2 > inputs.len();
    assert!(enough(checked) && enough(masked), "{checked} checked, {masked} masked of {}", inputs.len());
    assert!(mended > 30, "{mended} mended of {}", inputs.len());
}

fn holds_password(input: &Input) -> bool {
    let bytes = input.sources.iter().flat_map(|source| source.bytes().to_vec()).filter(|byte| *byte != 0);
    shows(&String::from_utf8_lossy(&bytes.collect::<Vec<u8>>()))
}

#[test]
fn the_journal_of_a_run_holds_no_password() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail.mobileconfig");
    fs::write(&path, string(MARKER)).unwrap();
    let input = Input { sources: vec![Source::new(&path, string(MARKER).into_bytes())], ..inputs().remove(0).1 };
    let fixed = fix(&Run::new(&[read(&input)]), 0, input.client, Applicability::Safe, &options());
    assert!(fixed.is_changed());
    let new = input.client.store(&fixed.after[0]).unwrap();
    let files = vec![Replacement { source: fixed.before[0].clone(), new }];
    let plan = Plan { client: "configuration profile".to_owned(), locks: Vec::new(), files };
    assert!(!shows(&format!("{plan:?}")));
    let store = Store::new(folder.path().join("backups"));
    let applied = store.apply(&[plan], "fix --apply", UNIX_EPOCH + Duration::from_secs(1_795_486_500)).unwrap();
    assert!(!shows(&format!("{applied:?}")));
    let run = store.folder(&applied.run.unwrap());
    let journal = fs::read_to_string(run.join("journal.jsonl")).unwrap();
    assert!(journal.contains("mail.mobileconfig") && !shows(&journal), "{journal}");
    // The copy must hold it: it is what `restore` brings back.
    assert!(fs::read_dir(&run).unwrap().any(|file| shows(&fs::read_to_string(file.unwrap().path()).unwrap())));
}

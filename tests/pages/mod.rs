//! Reads the examples of a rule page.
//!
//! A fenced block whose info string begins with a file name is a file of an example. The words after the name say what it is:
//! `bad` or `bad=N` (the rule finds N problems), `good` (it finds none), `with` (another file of the same example), `fixed`
//! (the same file after safe fixes), `unsafe-fixed`. Files are completed so that pages can be short: preferences get the lines
//! that tie an account together, a block of payload keys becomes a whole profile, autoconfig servers or domains a whole
//! file. What is written in the block wins. An empty
//! block with the name of a client's lock file (`.parentlock with`) says that the client is running; a block `mailcfg.toml with`
//! is the configuration under which the example is judged.

use std::collections::BTreeMap;
use std::path::PathBuf;

use mailcfg::account::Place;
use mailcfg::clients::{CLIENTS, Client};
use mailcfg::config::{self, Controls};
use mailcfg::date::Date;
use mailcfg::document::{Observation, Seen};
use mailcfg::finding::Applicability;
use mailcfg::lint::{Input, Options};
use mailcfg::provider::Providers;
use mailcfg::source::Source;

/// What an example should give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expect {
    Findings(usize),
    Silence,
}

/// One example of a page.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub(crate) line: usize,
    pub(crate) expect: Expect,
    pub(crate) files: Vec<(String, String)>,
    pub(crate) fixed: BTreeMap<Applicability, Vec<(String, String)>>,
}

impl Example {
    /// The documents of the example: every file that a client recognises as its own, with its companions.
    pub(crate) fn inputs(&self) -> Vec<Input> {
        let mut inputs: Vec<Input> = Vec::new();
        for (name, text) in &self.files {
            let source = example_file(name, text);
            if name == config::FILE_NAME {
                continue;
            } else if let Some(running) = running(name) {
                inputs.last_mut().expect("a lock follows the files it locks").observed.push(running);
            } else if let Some(main) =
                inputs.iter_mut().find(|input| input.client.companions().contains(&name.as_str()))
            {
                main.sources.push(source);
            } else {
                inputs.push(Input {
                    client: client_of(name, text),
                    sources: vec![source],
                    named: true,
                    observed: Vec::new(),
                });
            }
        }
        inputs
    }

    /// The day of the examples, what is known of providers, and the configuration of this one.
    pub(crate) fn options(&self) -> Options {
        let mut options = Options::new(Providers::embedded(), Date::new(2026, 11, 24));
        if let Some((name, text)) = self.files.iter().find(|(name, _)| name == config::FILE_NAME) {
            let read = config::read(&example_file(name, text));
            let read = read.unwrap_or_else(|faults| panic!("line {}: {:?}", self.line, faults[0].message));
            options.controls = Controls::one(read.policy);
        }
        options
    }
}

fn example_file(name: &str, text: &str) -> Source {
    Source::new(PathBuf::from("example").join(name), text.as_bytes())
}

/// A lock file in an example stands for a running client.
fn running(name: &str) -> Option<Observation> {
    matches!(name, ".parentlock" | "parent.lock").then(|| Observation {
        seen: Seen::ClientRunning { pid: Some(4711) },
        key: String::new(),
        place: Place { source: 0, span: None },
        account: None,
    })
}

fn client_of(name: &str, text: &str) -> &'static dyn Client {
    let client = CLIENTS.iter().find(|client| client.recognises(name, text.as_bytes()));
    *client.unwrap_or_else(|| panic!("no client recognises {name}"))
}

/// The examples of a page, in their order.
pub(crate) fn examples(page: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for block in blocks(page) {
        let mut words = block.info.split_whitespace();
        let (Some(name), Some(what)) = (words.next(), words.next()) else { continue };
        let file = (name.to_owned(), complete(name, &block.text));
        let new = |expect| Example { line: block.line, expect, files: vec![file.clone()], fixed: BTreeMap::new() };
        let last = examples.last_mut();
        match (what, last) {
            ("good", _) => examples.push(new(Expect::Silence)),
            ("bad", _) => examples.push(new(Expect::Findings(1))),
            (bad, _) if bad.starts_with("bad=") => {
                examples.push(new(Expect::Findings(bad[4..].parse().expect("a number after bad="))));
            }
            ("with", Some(example)) => example.files.push(file),
            ("fixed", Some(example)) => example.fixed.entry(Applicability::Safe).or_default().push(file),
            ("unsafe-fixed", Some(example)) => example.fixed.entry(Applicability::Unsafe).or_default().push(file),
            _ => panic!("line {}: {:?} is not understood", block.line, block.info),
        }
    }
    examples
}

struct Block {
    line: usize,
    info: String,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (index, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => open = Some(Block { line: index + 1, info: info.to_owned(), text: String::new() }),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

fn complete(name: &str, text: &str) -> String {
    if name.ends_with("prefs.js") {
        complete_prefs(text)
    } else if name.ends_with(".mobileconfig") && !text.contains("<plist") {
        complete_profile(name, text)
    } else if name.ends_with(".plist") && !text.contains("<plist") {
        plist(text)
    } else if name.ends_with(".xml") && !text.contains("<clientConfig") {
        complete_autoconfig(text)
    } else {
        text.to_owned()
    }
}

/// A file around the servers or domains of a block, with what a file must have besides them.
fn complete_autoconfig(text: &str) -> String {
    let server = |side: &str, kind: &str, port: u16| {
        format!(
            "<{side} type=\"{kind}\">\n<hostname>mail.example.jp</hostname>\n<port>{port}</port>\n<socketType>SSL</socketType>\n\
             <authentication>password-cleartext</authentication>\n<username>%EMAILADDRESS%</username>\n</{side}>\n"
        )
    };
    let parts = [
        ("<domain", "<domain>example.jp</domain>\n".to_owned()),
        ("<displayName", "<displayName>Example Mail</displayName>\n".to_owned()),
        ("<incomingServer", server("incomingServer", "imap", 993)),
        ("<outgoingServer", server("outgoingServer", "smtp", 465)),
    ];
    let part = |at: usize| if text.contains(parts[at].0) { "" } else { parts[at].1.as_str() };
    let (before, after) = ([part(0), part(1)].concat(), [part(2), part(3)].concat());
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<clientConfig version=\"1.1\">\n<emailProvider id=\"example.jp\">\n\
         {before}{text}{after}</emailProvider>\n</clientConfig>\n"
    )
}

/// The lines that tie `account1`, `server1`, `id1` and `smtp1` together, unless the block ties them itself.
fn complete_prefs(text: &str) -> String {
    const WIRING: &[(&str, &str, &str)] = &[
        ("mail.account.account1.identities", "\"id1\"", "mail.identity.id1."),
        ("mail.account.account1.server", "\"server1\"", "mail.server.server1."),
        ("mail.accountmanager.accounts", "\"account1\"", "mail.server.server1."),
        ("mail.identity.id1.smtpServer", "\"smtp1\"", "mail.smtpserver.smtp1."),
        ("mail.server.server1.leave_on_server", "true", "\"pop3\""),
        ("mail.smtp.defaultserver", "\"smtp1\"", "mail.smtpserver.smtp1."),
        ("mail.smtpservers", "\"smtp1\"", "mail.smtpserver.smtp1."),
    ];
    let mut out = String::new();
    for (key, value, needed_by) in WIRING {
        if text.contains(needed_by) && !text.contains(&format!("\"{key}\"")) {
            out.push_str(&format!("user_pref(\"{key}\", {value});\n"));
        }
    }
    out + text
}

/// A profile around the payloads of a block. A block that has no `<dict>` is the content of one mail payload.
fn complete_profile(name: &str, text: &str) -> String {
    let is_payload_keys = !text.contains("<dict>");
    let number = name.bytes().map(u32::from).sum::<u32>();
    let payload = if is_payload_keys {
        let common = [
            ("PayloadIdentifier", format!("<string>jp.example.mail.{number}</string>")),
            ("PayloadType", "<string>com.apple.mail.managed</string>".to_owned()),
            ("PayloadUUID", format!("<string>6A7B0C10-0000-4000-8000-0000{number:08}</string>")),
            ("PayloadVersion", "<integer>1</integer>".to_owned()),
        ];
        let missing = common.iter().filter(|(key, _)| !text.contains(&format!("<key>{key}</key>")));
        let missing: String = missing.map(|(key, value)| format!("<key>{key}</key>\n{value}\n")).collect();
        format!("<dict>\n{text}{missing}</dict>\n")
    } else {
        text.to_owned()
    };
    plist(&format!(
        "<dict>\n<key>PayloadContent</key>\n<array>\n{payload}</array>\n<key>PayloadDisplayName</key>\n<string>Mail</string>\n\
         <key>PayloadIdentifier</key>\n<string>jp.example.profile.{number}</string>\n<key>PayloadType</key>\n\
         <string>Configuration</string>\n<key>PayloadUUID</key>\n<string>9F1D0C10-0000-4000-8000-0000{number:08}</string>\n\
         <key>PayloadVersion</key>\n<integer>1</integer>\n</dict>\n"
    ))
}

fn plist(text: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
         \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n{text}</plist>\n"
    )
}

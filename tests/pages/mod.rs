//! Makes inputs from the examples of a rule page.
//!
//! What an example is, [`mailcfg::page`] knows. Here its files are completed so that pages can be short: preferences get the
//! lines that tie an account together, a block of payload keys becomes a whole profile (a signed one in PEM is whole already),
//! autoconfig servers or domains a whole file, servers in JSON a declaration. What is written in the block wins. An empty block with the name of a client's
//! lock file (`.parentlock with`) says that the client is running; one with the name of a folder (`ImapMail/imap.example.jp/
//! with`), that this mail folder is there; `prefs-1.js with`, that this file is newer than the preferences; `key4.db with`, that
//! everybody can read it and the saved passwords. Profiles in folders of their own (`a.default/prefs.js`) share the files above
//! them (`profiles.ini`). A block `mailcfg.toml with` is the configuration under which the example
//! is judged, and blocks whose names end in `.pem` are the roots that it names.

mod declaration;
pub(crate) mod declared;

use std::collections::BTreeMap;
use std::path::PathBuf;

use mailcfg::account::Place;
use mailcfg::certificate::Roots;
use mailcfg::clients::{CLIENTS, Client};
use mailcfg::config::{self, Controls};
use mailcfg::date::Date;
use mailcfg::discover::joined;
use mailcfg::document::{Observation, ProfileSeen, Seen};
use mailcfg::finding::Applicability;
use mailcfg::lint::{Input, Options};
use mailcfg::page::{self, Page};
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
            if name == config::FILE_NAME || name.ends_with(".pem") {
                continue;
            } else if let Some(seen) = of_the_disk(name) {
                let input = inputs.last_mut().expect("what the disk tells follows the file it is told of");
                // A copy of the preferences is a file as well.
                let place = if name.ends_with(".js") {
                    input.sources.push(source);
                    input.sources.len() - 1
                } else {
                    0
                };
                input.tell(seen, place);
            } else if inputs.iter().any(|input| is_above(input, name)) {
                let sharing = inputs.iter_mut().filter(|input| is_above(input, name));
                sharing.for_each(|input| input.sources.push(source.clone()));
            } else if let Some(main) =
                inputs.iter_mut().find(|input| input.client.companions().iter().any(|known| fits(known, name)))
            {
                main.sources.push(source);
            } else {
                let asset = declaration::asset_of(name).filter(|(asset, _)| !self.has(asset));
                inputs.extend(asset.map(|(name, text)| input_of(&name, &text)));
                inputs.push(input_of(name, text));
            }
        }
        joined(inputs)
    }

    fn has(&self, name: &str) -> bool {
        self.files.iter().any(|(known, _)| known == name)
    }

    /// The day of the examples, what is known of providers, and the configuration of this one.
    pub(crate) fn options(&self) -> Options {
        let mut options = Options::new(Providers::embedded(), Date::new(2026, 11, 24));
        if let Some((name, text)) = self.files.iter().find(|(name, _)| name == config::FILE_NAME) {
            let read = config::read(&example_file(name, text));
            let read = read.unwrap_or_else(|faults| panic!("line {}: {:?}", self.line, faults[0].message));
            let mut policy = read.policy;
            let trusted = read.roots.iter().map(|file| self.roots(file)).reduce(|all, roots| all.and(&roots));
            policy.demands.roots = trusted;
            options.controls = Controls::one(policy);
        }
        options
    }
}

impl Example {
    /// The certificates of a file that the configuration names.
    fn roots(&self, file: &str) -> Roots {
        let found = self.files.iter().find(|(name, _)| name == file);
        let (_, text) = found.unwrap_or_else(|| panic!("line {}: no {file}", self.line));
        Roots::read(text.as_bytes()).unwrap_or_else(|error| panic!("line {}: {file}: {error}", self.line))
    }
}

fn input_of(name: &str, text: &str) -> Input {
    let (client, sources) = (client_of(name, text), vec![example_file(name, text)]);
    Input { client, sources, named: true, observed: Vec::new() }
}

fn example_file(name: &str, text: &str) -> Source {
    Source::new(PathBuf::from("example").join(name), text.as_bytes())
}

/// Whether a companion of this name is meant; `*` is any folder.
fn fits(known: &str, name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    let known: Vec<&str> = known.split('/').collect();
    known.len() == parts.len() && known.iter().zip(&parts).all(|(known, part)| *known == "*" || known == part)
}

/// Whether `name` is a file above the folder of an input's main file.
fn is_above(input: &Input, name: &str) -> bool {
    input.client.companions().contains(&format!("../{name}").as_str())
}

/// Adding to what is known of an input.
trait Tell {
    fn tell(&mut self, seen: Seen, source: usize);
}

impl Tell for Input {
    fn tell(&mut self, seen: Seen, source: usize) {
        // Folders are told one by one and make one list.
        for observation in &mut self.observed {
            if let (
                Seen::Profile(ProfileSeen::StoresOnDisk { folders }),
                Seen::Profile(ProfileSeen::StoresOnDisk { folders: more }),
            ) = (&mut observation.seen, &seen)
            {
                return folders.extend(more.iter().cloned());
            }
        }
        let place = Place { source, span: None };
        self.observed.push(Observation { seen, key: String::new(), place, account: None });
    }
}

/// Files that stand for what the disk tells, not for what they say.
fn of_the_disk(name: &str) -> Option<Seen> {
    match name {
        ".parentlock" | "parent.lock" => Some(Seen::ClientRunning { pid: Some(4711) }),
        "prefs-1.js" => Some(Seen::Profile(ProfileSeen::UnfinishedSave { file: name.to_owned() })),
        "key4.db" => Some(Seen::Profile(ProfileSeen::ReadableByOthers { file: "logins.json".to_owned() })),
        _ => name
            .strip_suffix('/')
            .map(|folder| Seen::Profile(ProfileSeen::StoresOnDisk { folders: vec![folder.to_owned()] })),
    }
}

fn client_of(name: &str, text: &str) -> &'static dyn Client {
    let client = CLIENTS.iter().find(|client| client.recognises(name, text.as_bytes()));
    let client = client.or_else(|| CLIENTS.iter().find(|client| client.recognises_beside(text.as_bytes())));
    *client.unwrap_or_else(|| panic!("no client recognises {name}"))
}

/// The examples of a page, in their order.
pub(crate) fn examples(page: &str) -> Vec<Example> {
    let page = Page::read(page).unwrap_or_else(|error| panic!("{error}"));
    page.examples().iter().map(whole).collect()
}

fn whole(example: &page::Example<'_>) -> Example {
    let files = |files: &[(&str, &str)]| -> Vec<(String, String)> {
        files.iter().map(|(name, text)| ((*name).to_owned(), complete(name, text))).collect()
    };
    let fixed = [(Applicability::Safe, &example.fixed), (Applicability::Unsafe, &example.unsafe_fixed)];
    let fixed = fixed.into_iter().filter(|(_, after)| !after.is_empty());
    Example {
        line: example.line,
        expect: if example.findings == 0 { Expect::Silence } else { Expect::Findings(example.findings) },
        files: files(&example.files),
        fixed: fixed.map(|(least, after)| (least, files(after))).collect(),
    }
}

fn complete(name: &str, text: &str) -> String {
    if name.ends_with("prefs.js") {
        complete_prefs(text)
    } else if name.ends_with(".mobileconfig") && !text.contains("<plist") && !text.starts_with("-----BEGIN ") {
        complete_profile(name, text)
    } else if name.ends_with(".plist") && !text.contains("<plist") {
        plist(text)
    } else if name.ends_with(".xml") && !text.contains("<clientConfig") {
        complete_autoconfig(text)
    } else if name.ends_with(".json") {
        declaration::complete(name, text)
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

//! Thunderbird and its relatives: `prefs.js` with the files that belong to it.
//!
//! What the program will use is not what one line says: absent lines have defaults, `user.js` wins at every start, a value of
//! the wrong type is silently replaced by the default, a bad line takes its neighbour with it. All of that is decided here, so
//! that rules see the values in force. Facts and their evidence: Mozilla's `mailnews/base` and runs of version 153.
//!
//! What lies around the preferences belongs to them: an administrator's files outrank them, copies hold what they lost, the
//! list of profiles says whether they are opened. Only `user.js` is ever changed, and the files that name folders when an account is
//! renamed.
//!
//! Not here: `logins.json` is only asked for which hosts a password is saved; nothing is decrypted.

mod accounts;
mod companions;
mod damage;
mod edit;
mod folders;
mod leftovers;
mod logins;
mod outgoing;
mod policies;
mod prefs;
mod stores;
mod survey;
mod targets;

use std::path::PathBuf;

use super::{Client, Editor, Environment, Info, Lock, SearchPlace, System};
use crate::account::Place;
use crate::document::{Document, Editing, OauthSupport, Observation, ProfileSeen, Seen};
use crate::message;
use crate::source::Source;
use crate::syntax::comments::Form;

/// The adapter.
#[derive(Debug)]
pub(super) struct Thunderbird;

static INFO: Info = Info {
    id: "thunderbird",
    title: "Thunderbird",
    files: "prefs.js with user.js, logins.json and what else belongs to it (Thunderbird, Betterbird, SeaMonkey)",
};

/// Hosts for which Thunderbird has an OAuth issuer built in: `OAuth2Providers.sys.mjs`, version 153. A host belongs to an entry
/// when it is that name or ends in it.
pub(super) const OAUTH_HOSTS: &[&str] = &[
    "googlemail.com",
    "gmail.com",
    "imap.mail.ru",
    "smtp.mail.ru",
    "imap.yandex.com",
    "smtp.yandex.com",
    "yahoo.com",
    "att.net",
    "aol.com",
    "office365.com",
    "outlook.com",
    "hotmail.com",
    "graph.microsoft.com",
    "imap.fastmail.com",
    "pop.fastmail.com",
    "smtp.fastmail.com",
    "imap.comcast.net",
    "pop.comcast.net",
    "smtp.comcast.net",
    "thundermail.com",
];

/// Version of the profile format (`mail.ui-rdf.version`) that the newest Thunderbird known here writes.
const NEWEST_KNOWN_FORMAT: i32 = 62;

impl Client for Thunderbird {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn recognises(&self, file_name: &str, bytes: &[u8]) -> bool {
        let by_name = matches!(file_name, "prefs.js" | "user.js");
        by_name || (file_name.ends_with(".js") && memchr::memmem::find(bytes, b"user_pref(").is_some())
    }

    fn companions(&self) -> &'static [&'static str] {
        &[
            "user.js",
            "logins.json",
            "cert_override.txt",
            // What could not be read, and what was not finished writing; the program takes the next free number.
            "Invalidprefs.js",
            "prefs-1.js",
            "prefs-2.js",
            "prefs-3.js",
            // An administrator's files, where they are given with the profile.
            "policies.json",
            "distribution/policies.json",
            "mozilla.cfg",
            "thunderbird.cfg",
            "autoconfig.cfg",
            // Folder addresses outside of the preferences: filters of each server, saved searches.
            "ImapMail/*/msgFilterRules.dat",
            "Mail/*/msgFilterRules.dat",
            "virtualFolders.dat",
            // Profiles lie beside their list, or in a folder beside it.
            "../profiles.ini",
            "../../profiles.ini",
        ]
    }

    fn installed(&self, env: &Environment) -> Vec<PathBuf> {
        let folders = match env.system {
            System::Unix => INSTALLED_UNIX,
            System::Macos => &["/Applications/Thunderbird.app/Contents/Resources"],
            System::Windows => {
                &["C:\\Program Files\\Mozilla Thunderbird", "C:\\Program Files (x86)\\Mozilla Thunderbird"]
            }
        };
        let names = ["distribution/policies.json", "mozilla.cfg", "thunderbird.cfg", "autoconfig.cfg"];
        let mut files: Vec<PathBuf> =
            folders.iter().flat_map(|folder| names.map(|name| PathBuf::from(folder).join(name))).collect();
        if env.system == System::Unix {
            files.insert(0, PathBuf::from("/etc/thunderbird/policies/policies.json"));
        }
        files
    }

    fn stores(&self) -> &'static [&'static str] {
        &["ImapMail", "Mail"]
    }

    fn password_files(&self) -> &'static [&'static str] {
        &["logins.json", "key4.db"]
    }

    fn read(&self, sources: Vec<Source>) -> Document {
        let mut document = Document::new(INFO.id, sources);
        document.oauth = OauthSupport::Hosts(OAUTH_HOSTS);
        let prefs = prefs::Prefs::read(&document.sources);
        document.secrets = prefs.secrets(&document.sources);
        document.secrets.extend(logins::secrets(&document));
        if let Some(wiped) = damage::wiped(&document.sources) {
            document.observations.push(wiped);
            return document;
        }
        if !prefs.concerns_mail() && prefs.problems().next().is_none() {
            document.unchecked = Some(message!("it holds no mail account"));
            return document;
        }
        document.accounts = accounts::read(&prefs);
        document.observations = survey::survey(&prefs, &document.accounts, &document.sources);
        document.observations.extend(logins::survey(&document, &prefs));
        document.observations.extend(companions::survey(&document));
        document.observations.extend(targets::survey(&prefs, &document.sources));
        refuse_newer(&mut document, &prefs);
        document
    }

    fn editor<'a>(&'a self, document: &'a Document) -> Editor<'a> {
        edit::editor(document)
    }

    fn comments(&self, file_name: &str) -> Option<Form> {
        (!file_name.ends_with(".json")).then_some(Form::Script)
    }

    fn places(&self, env: &Environment) -> Vec<SearchPlace> {
        let root = |base: &Option<PathBuf>, path: &str, program| {
            base.as_ref().map(|base| SearchPlace::MozillaRoot { folder: base.join(path), program })
        };
        ROOTS
            .iter()
            .filter(|known| known.system == env.system)
            .filter_map(|known| {
                let base = match known.base {
                    Base::Home => &env.home,
                    Base::Config => &env.config,
                };
                root(base, known.path, known.program)
            })
            .collect()
    }

    fn locks(&self) -> &'static [Lock] {
        if cfg!(windows) { &[Lock::Exclusive("parent.lock")] } else { &[Lock::Fcntl(".parentlock")] }
    }
}

/// A format that is far ahead of what is known here may mean other things by the same names.
fn refuse_newer(document: &mut Document, prefs: &prefs::Prefs) {
    let name = "mail.ui-rdf.version";
    if prefs.int(name).is_none_or(|version| version <= NEWEST_KNOWN_FORMAT + 20) {
        return;
    }
    document.editing = Editing::Never(message!(
        "the profile was written by a Thunderbird newer than this version of mailcfg knows; nothing is changed in it"
    ));
    let place = prefs.place(name).unwrap_or(Place { source: 0, span: None });
    document.observations.push(Observation {
        seen: Seen::Profile(ProfileSeen::NewerFormat),
        key: name.to_owned(),
        place,
        account: None,
    });
}

/// Where Linux distributions and Mozilla's own archive put the program.
const INSTALLED_UNIX: &[&str] =
    &["/usr/lib/thunderbird", "/usr/lib64/thunderbird", "/usr/share/thunderbird", "/opt/thunderbird"];

/// What a known root folder is relative to.
#[derive(Clone, Copy, Debug)]
enum Base {
    Home,
    Config,
}

/// A folder with `profiles.ini`.
struct Root {
    system: System,
    base: Base,
    path: &'static str,
    program: &'static str,
}

const fn root(system: System, base: Base, path: &'static str, program: &'static str) -> Root {
    Root { system, base, path, program }
}

/// Where the programs keep `profiles.ini`. Flatpak's application id changed its case over time.
const ROOTS: &[Root] = &[
    root(System::Unix, Base::Home, ".thunderbird", "Thunderbird"),
    root(System::Unix, Base::Home, ".icedove", "Icedove"),
    root(System::Unix, Base::Home, "snap/thunderbird/common/.thunderbird", "Thunderbird (snap)"),
    root(System::Unix, Base::Home, ".var/app/org.mozilla.Thunderbird/.thunderbird", "Thunderbird (Flatpak)"),
    root(System::Unix, Base::Home, ".var/app/org.mozilla.thunderbird/.thunderbird", "Thunderbird (Flatpak)"),
    root(System::Unix, Base::Home, ".var/app/eu.betterbird.Betterbird/.thunderbird", "Betterbird (Flatpak)"),
    root(System::Unix, Base::Home, ".mozilla/seamonkey", "SeaMonkey"),
    root(System::Macos, Base::Home, "Library/Thunderbird", "Thunderbird"),
    root(System::Macos, Base::Home, "Library/Application Support/SeaMonkey", "SeaMonkey"),
    root(System::Windows, Base::Config, "Thunderbird", "Thunderbird"),
    root(System::Windows, Base::Config, "Mozilla\\SeaMonkey", "SeaMonkey"),
];

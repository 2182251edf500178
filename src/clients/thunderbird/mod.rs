//! Thunderbird and its relatives: `prefs.js` with the `user.js` beside it.
//!
//! What the program will use is not what one line says: absent lines have defaults, `user.js` wins at every start, a value of
//! the wrong type is silently replaced by the default, a bad line takes its neighbour with it. All of that is decided here, so
//! that rules see the values in force. Facts and their evidence: Mozilla's `mailnews/base` and runs of version 153.
//!
//! Not here: `logins.json` is only asked for which hosts a password is saved; nothing is decrypted.

mod accounts;
mod edit;
mod folders;
mod logins;
mod prefs;
mod survey;

use std::path::PathBuf;

use super::{CannotEdit, Client, Environment, Info, Lock, Lowered, SearchPlace, System};
use crate::document::{Document, OauthSupport};
use crate::finding::Change;
use crate::message;
use crate::source::Source;
use crate::syntax::comments::Form;

/// The adapter.
#[derive(Debug)]
pub(super) struct Thunderbird;

static INFO: Info = Info {
    id: "thunderbird",
    title: "Thunderbird",
    files: "prefs.js with user.js and logins.json beside it (Thunderbird, Betterbird, SeaMonkey)",
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
        &["user.js", "logins.json"]
    }

    fn read(&self, sources: Vec<Source>) -> Document {
        let mut document = Document::new(INFO.id, sources);
        document.oauth = OauthSupport::Hosts(OAUTH_HOSTS);
        let prefs = prefs::Prefs::read(&document.sources);
        document.secrets = prefs.secrets(&document.sources);
        document.secrets.extend(logins::secrets(&document));
        if !prefs.concerns_mail() && prefs.problems().next().is_none() {
            document.unchecked = Some(message!("it holds no mail account"));
            return document;
        }
        if prefs.int("mail.ui-rdf.version").is_some_and(|version| version > NEWEST_KNOWN_FORMAT + 20) {
            let newer = message!(
                "the profile was written by a Thunderbird newer than this version of mailcfg knows; nothing is changed in it"
            );
            document.editing = crate::document::Editing::Never(newer);
        }
        document.accounts = accounts::read(&prefs);
        document.observations = survey::survey(&prefs, &document.accounts);
        document.observations.extend(logins::orphans(&document));
        document
    }

    fn edit(&self, document: &Document, changes: &[Change]) -> Result<Lowered, CannotEdit> {
        edit::lower(document, changes)
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

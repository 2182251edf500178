//! The preferences in force: `prefs.js`, then `user.js`, the last word on each name.

use std::collections::HashMap;

use crate::account::{Place, Setting};
use crate::clients::property_list::has_lost_letters;
use crate::clients::secrets;
use crate::document::{Observation, Seen};
use crate::source::{Source, Span};
use crate::syntax::prefs::{File, Keyword, Problem, Statement, Value, parse};

/// One file of preferences.
#[derive(Debug)]
pub(super) struct PrefsFile {
    /// Which of the document's sources it is.
    pub(super) source: usize,
    /// Its name, for messages.
    pub(super) name: String,
    /// What it says.
    pub(super) file: File,
}

/// The preferences of a profile.
#[derive(Debug)]
pub(super) struct Prefs {
    pub(super) files: Vec<PrefsFile>,
    /// For each name, the file (an index into `files`) and statement in force.
    in_force: HashMap<String, (usize, usize)>,
}

impl Prefs {
    /// Reads the main file and, if it is there, `user.js`.
    pub(super) fn read(sources: &[Source]) -> Self {
        let is_prefs = |index: usize, source: &Source| index == 0 || source.file_name() == "user.js";
        let files: Vec<PrefsFile> = sources
            .iter()
            .enumerate()
            .filter(|(index, source)| is_prefs(*index, source))
            .map(|(source, file)| PrefsFile { source, name: file.file_name().to_owned(), file: parse(file.bytes()) })
            .collect();
        let in_force = in_force(&files);
        Self { files, in_force }
    }

    fn statement(&self, name: &str) -> Option<(&PrefsFile, &Statement)> {
        let (file, statement) = *self.in_force.get(name)?;
        Some((&self.files[file], &self.files[file].file.statements[statement]))
    }

    /// The value in force, whatever its type.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.statement(name).map(|(_, statement)| &statement.value)
    }

    /// Where the value in force stands.
    pub(super) fn place(&self, name: &str) -> Option<Place> {
        self.statement(name).map(|(file, statement)| file.place(statement.value_span))
    }

    /// A text, if the value in force is one.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.value(name)? {
            Value::Text(text) => Some(text),
            Value::Bool(_) | Value::Int(_) => None,
        }
    }

    /// A number, if the value in force is one.
    pub(super) fn int(&self, name: &str) -> Option<i32> {
        match self.value(name)? {
            Value::Int(number) => Some(*number),
            Value::Bool(_) | Value::Text(_) => None,
        }
    }

    /// True or false, if the value in force is that.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.value(name)? {
            Value::Bool(flag) => Some(*flag),
            Value::Int(_) | Value::Text(_) => None,
        }
    }

    /// The items of a list as Thunderbird splits it: at commas, without the white space around.
    pub(super) fn list(&self, name: &str) -> Vec<&str> {
        self.text(name).unwrap_or_default().split(',').map(str::trim).filter(|item| !item.is_empty()).collect()
    }

    /// The names in force that begin with `prefix`, sorted.
    pub(super) fn names_under(&self, prefix: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.in_force.keys().map(String::as_str).filter(|name| name.starts_with(prefix)).collect();
        names.sort_unstable();
        names
    }

    /// The keys (`server1`) of a branch (`mail.server.`) that hold something, sorted; `default` is no key.
    pub(super) fn keys_under(&self, branch: &str) -> Vec<&str> {
        let names = self.names_under(branch);
        let mut keys: Vec<&str> =
            names.iter().filter_map(|name| name[branch.len()..].split_once('.').map(|(key, _)| key)).collect();
        keys.dedup();
        keys.retain(|key| *key != "default");
        keys
    }

    /// A text setting; absent or of another type, it is `default`.
    pub(super) fn setting<T>(&self, name: &str, value: Option<T>, default: T, near: Option<Place>) -> Setting<T> {
        match (value, self.place(name)) {
            (Some(value), Some(place)) => Setting::written(name, value, place),
            (None, Some(place)) => Setting::written(name, default, place),
            _ => Setting::default(name, default, near),
        }
    }

    /// Texts about mail in which bytes are no UTF-8, or were none when the file was saved before.
    pub(super) fn lost_letters(&self) -> Vec<Observation> {
        let names = ["mail.identity.", "mail.server.", "mail.smtpserver."].map(|branch| self.names_under(branch));
        let damaged = names.into_iter().flatten().filter(|name| self.text(name).is_some_and(has_lost_letters));
        let place = |name: &str| self.place(name).unwrap_or(Place { source: 0, span: None });
        let seen = |name: &str| Observation {
            seen: Seen::WrongEncoding { declared: None },
            key: name.to_owned(),
            place: place(name),
            account: None,
        };
        damaged.map(seen).collect()
    }

    /// Whether the profile has anything to do with mail.
    pub(super) fn concerns_mail(&self) -> bool {
        let names = ["mail.accountmanager.", "mail.account.", "mail.server.", "mail.smtpserver", "mail.identity."];
        self.in_force.keys().any(|name| names.iter().any(|prefix| name.starts_with(prefix)))
    }

    /// What Thunderbird cannot read, with the file it stands in.
    pub(super) fn problems(&self) -> impl Iterator<Item = (&PrefsFile, &Problem)> {
        self.files.iter().flat_map(|file| file.file.problems.iter().map(move |problem| (file, problem)))
    }

    /// Places that may hold a secret: values of names that speak of one, and whatever follows such a word in text that is no
    /// statement, be it a comment or lost.
    pub(super) fn secrets(&self, sources: &[Source]) -> Vec<Place> {
        let mut secrets = Vec::new();
        for file in &self.files {
            let bytes = sources[file.source].bytes();
            let mut at = 0;
            for statement in &file.file.statements {
                if secrets::names_a_secret(&statement.name) {
                    secrets.push(file.place(statement.value_span));
                } else if secrets::names_a_host(&statement.name) {
                    let secret = secrets::in_host(&bytes[statement.value_span.range()]);
                    secrets.extend(secret.map(|span| file.place(span.shifted(statement.value_span.start))));
                }
                secrets.extend(file.unread(bytes, at, statement.span.start));
                at = at.max(statement.span.end);
            }
            secrets.extend(file.unread(bytes, at, bytes.len()));
        }
        secrets
    }
}

impl PrefsFile {
    fn unread(&self, bytes: &[u8], start: usize, end: usize) -> impl Iterator<Item = Place> {
        secrets::in_unread_preferences(bytes, Span::new(start.min(end), end)).into_iter().map(|span| self.place(span))
    }

    pub(super) const fn place(&self, span: Span) -> Place {
        Place { source: self.source, span: Some(span) }
    }
}

/// The last statement of a name wins. `pref` and `sticky_pref` set a default, which any `user_pref` outranks.
fn in_force(files: &[PrefsFile]) -> HashMap<String, (usize, usize)> {
    let mut in_force = HashMap::new();
    for of_user in [false, true] {
        for (file_index, file) in files.iter().enumerate() {
            for (index, statement) in file.file.statements.iter().enumerate() {
                if (statement.keyword == Keyword::UserPref) == of_user {
                    in_force.insert(statement.name.clone(), (file_index, index));
                }
            }
        }
    }
    in_force
}

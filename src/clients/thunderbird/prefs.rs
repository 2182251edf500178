//! The preferences in force: `prefs.js`, then `user.js`, then what an administrator sets, the last word on each name.

use std::collections::{HashMap, HashSet};

use super::policies::{self, Imposed, Strength};
use crate::account::{Place, Setting};
use crate::clients::property_list::has_lost_letters;
use crate::document::{Observation, Seen};
use crate::secrets;
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
    /// Copies that the program left behind: what it could not read (`Invalidprefs.js`), what it did not finish writing
    /// (`prefs-1.js`). Nothing in them counts.
    pub(super) copies: Vec<PrefsFile>,
    /// What an administrator's files set, in the order of their strength.
    pub(super) administered: Vec<Imposed>,
    /// For each name that an administrator has the last word on, which of those it is.
    imposed: HashMap<String, usize>,
    /// For each name, the file (an index into `files`) and statement in force.
    in_force: HashMap<String, (usize, usize)>,
    /// All names that anybody sets, sorted.
    names: Vec<String>,
    /// The outgoing servers as Thunderbird splits the list: at commas and nothing else.
    outgoing: Vec<String>,
    is_outgoing: HashSet<String>,
}

impl Prefs {
    /// Reads the main file and those of its companions that hold preferences.
    pub(super) fn read(sources: &[Source]) -> Self {
        let read_those = |wanted: fn(usize, &str) -> bool| -> Vec<PrefsFile> {
            let files = sources.iter().enumerate().filter(|(index, source)| wanted(*index, source.file_name()));
            files
                .map(|(source, file)| PrefsFile {
                    source,
                    name: file.file_name().to_owned(),
                    file: parse(file.bytes()),
                })
                .collect()
        };
        let files = read_those(|index, name| index == 0 || name == "user.js");
        let copies = read_those(|index, name| index != 0 && name != "user.js" && name.ends_with(".js"));
        let in_force = in_force(&files);
        let administered = policies::read(sources);
        let (imposed, names) = (HashMap::new(), Vec::new());
        let (outgoing, is_outgoing) = (Vec::new(), HashSet::new());
        let mut prefs = Self { files, copies, administered, imposed, in_force, names, outgoing, is_outgoing };
        prefs.impose();
        prefs.index();
        prefs
    }

    /// Notes what is asked for once for each of thousands of accounts.
    fn index(&mut self) {
        self.names = self.in_force.keys().chain(self.imposed.keys()).cloned().collect();
        self.names.sort_unstable();
        self.names.dedup();
        let list = self.text("mail.smtpservers").unwrap_or_default();
        self.outgoing = list.split(',').filter(|key| !key.is_empty()).map(str::to_owned).collect();
        self.is_outgoing = self.outgoing.iter().cloned().collect();
    }

    /// The keys of the outgoing servers.
    pub(super) fn outgoing(&self) -> &[String] {
        &self.outgoing
    }

    /// Whether the list of outgoing servers has this key.
    pub(super) fn is_outgoing(&self, key: &str) -> bool {
        self.is_outgoing.contains(key)
    }

    /// Finds out on which names an administrator has the last word.
    fn impose(&mut self) {
        let mut administered = std::mem::take(&mut self.administered);
        for (index, setting) in administered.iter_mut().enumerate() {
            let own = self.statement(&setting.name).map(|(_, statement)| &statement.value);
            setting.value = policies::as_stored(setting.value.clone(), own);
            if setting.strength != Strength::Default || own.is_none() {
                self.imposed.insert(setting.name.clone(), index);
            }
        }
        self.administered = administered;
    }

    /// What an administrator sets in the place of the user's own value.
    pub(super) fn imposed(&self, name: &str) -> Option<&Imposed> {
        self.imposed.get(name).map(|index| &self.administered[*index])
    }

    fn statement(&self, name: &str) -> Option<(&PrefsFile, &Statement)> {
        let (file, statement) = *self.in_force.get(name)?;
        Some((&self.files[file], &self.files[file].file.statements[statement]))
    }

    /// The value in force, whatever its type.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        let own = || self.statement(name).map(|(_, statement)| &statement.value);
        self.imposed(name).map(|imposed| &imposed.value).or_else(own)
    }

    /// Where the value in force stands.
    pub(super) fn place(&self, name: &str) -> Option<Place> {
        let own = || self.statement(name).map(|(file, statement)| file.place(statement.value_span));
        self.imposed(name).map(|imposed| imposed.place).or_else(own)
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
        let from = self.names.partition_point(|name| name.as_str() < prefix);
        self.names[from..].iter().map(String::as_str).take_while(|name| name.starts_with(prefix)).collect()
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
        self.in_force.keys().chain(self.imposed.keys()).any(|name| names.iter().any(|prefix| name.starts_with(prefix)))
    }

    /// What Thunderbird cannot read, with the file it stands in.
    pub(super) fn problems(&self) -> impl Iterator<Item = (&PrefsFile, &Problem)> {
        self.files.iter().flat_map(|file| file.file.problems.iter().map(move |problem| (file, problem)))
    }

    /// Places that may hold a secret: values of names that speak of one, and whatever follows such a word in text that is no
    /// statement, be it a comment or lost.
    pub(super) fn secrets(&self, sources: &[Source]) -> Vec<Place> {
        let mut secrets = Vec::new();
        for file in self.files.iter().chain(&self.copies) {
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
        secrets.extend(sources.iter().enumerate().flat_map(|(index, source)| in_policies(index, source)));
        secrets.extend(self.administered.iter().flat_map(|setting| in_value(setting, &sources[setting.place.source])));
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

/// The secrets in a file of an administrator.
fn in_policies(index: usize, source: &Source) -> Vec<Place> {
    let bytes = source.bytes();
    let spans = match source.file_name() {
        "policies.json" => secrets::in_json(bytes),
        name if policies::is_autoconfig(name) => secrets::in_unread_preferences(bytes, Span::new(0, bytes.len())),
        _ => Vec::new(),
    };
    spans.into_iter().map(|span| Place { source: index, span: Some(span) }).collect()
}

/// In a policy the value stands deeper than the name.
fn in_value(setting: &Imposed, source: &Source) -> Vec<Place> {
    let Value::Text(text) = &setting.value else { return Vec::new() };
    let text = text.as_bytes();
    let secret = if secrets::names_a_secret(&setting.name) {
        text
    } else if secrets::names_a_host(&setting.name) {
        secrets::in_host(text).map_or(b"".as_slice(), |span| &text[span.range()])
    } else {
        b""
    };
    if secret.is_empty() {
        return Vec::new();
    }
    let found = memchr::memmem::find_iter(source.bytes(), secret);
    found.map(|at| Place { span: Some(Span::new(at, at + secret.len())), ..setting.place }).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_companions_are_found_too() {
        let cases = [
            ("Invalidprefs.js", "user_pref(\"mail.x.password\", \"hunter22\")\nuser_pref("),
            ("prefs-1.js", "user_pref(\"mail.x.password\", \"hunter22\");"),
            ("mozilla.cfg", "//\nlockPref(\"mail.x.password\", \"hunter22\");"),
            ("policies.json", "{\"policies\":{\"Preferences\":{\"mail.x.password\":{\"Value\":\"hunter22\"}}}}"),
            ("policies.json", "{\"policies\":{\"Preferences\":{\"mail.x.password\":\"hunter22\"}}}"),
        ];
        for (name, text) in cases {
            let sources = [Source::new("prefs.js", *b""), Source::new(name, text.as_bytes())];
            let secrets = Prefs::read(&sources).secrets(&sources);
            let spans = secrets.iter().filter(|place| place.source == 1).filter_map(|place| place.span);
            let found: Vec<&str> = spans.map(|span| &text[span.range()]).collect();
            assert!(found.iter().any(|found| found.contains("hunter22")), "{name}: {found:?}");
        }
    }

    #[test]
    fn what_an_administrator_sets_is_in_force() {
        let own = "user_pref(\"mail.a\", 1);\nuser_pref(\"mail.b\", \"own\");\n";
        let policies = "{\"policies\":{\"Preferences\":{\"mail.a\":{\"Value\":0,\"Status\":\"locked\"},\
                        \"mail.b\":{\"Value\":\"theirs\",\"Status\":\"default\"},\"mail.c\":1,\
                        \"mail.d\":{\"Value\":\"theirs\",\"Status\":\"default\"}}}}";
        let cfg = "//\nlockPref(\"mail.c\", 7);\n";
        let files = [("prefs.js", own), ("policies.json", policies), ("mozilla.cfg", cfg)];
        let prefs = Prefs::read(&files.map(|(name, text)| Source::new(name, text.as_bytes())));
        assert_eq!((prefs.int("mail.a"), prefs.place("mail.a").map(|place| place.source)), (Some(0), Some(1)));
        assert_eq!(prefs.text("mail.b"), Some("own"));
        assert_eq!(prefs.int("mail.c"), Some(7));
        assert_eq!(prefs.text("mail.d"), Some("theirs"));
    }
}

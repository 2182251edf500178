//! From changes of settings to edits of lines, in Thunderbird's own style and order.
//!
//! A host or a user name of an incoming server is part of every folder address of the account, so a rename rewrites those too, in
//! the preferences, in message filters and in saved searches. It is never called safe: the saved password is found no more.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::accounts::{authentication_number, security_number};
use super::folders;
use super::prefs::{Prefs, PrefsFile};
use super::targets::{self, Target};
use crate::clients::{CannotEdit, Editor, Lowered};
use crate::document::Document;
use crate::finding::{Applicability, Change, Message, Value};
use crate::message;
use crate::source::{Edit, Span};
use crate::syntax::prefs::{Keyword, Statement, Value as Written, parse, quote};

/// Reads the files once, for the edits of many changes.
pub(super) fn editor(document: &Document) -> Editor<'_> {
    let prefs = Prefs::read(&document.sources);
    let targets = targets::read(&document.sources);
    let lines = prefs.files.iter().map(Lines::of).collect::<Vec<_>>();
    Box::new(move |changes: &[Change]| {
        lower(document, &Files { prefs: &prefs, targets: &targets, lines: &lines }, changes)
    })
}

/// What is read of the files before any change.
#[derive(Clone, Copy)]
struct Files<'a> {
    prefs: &'a Prefs,
    /// Folder addresses in other files.
    targets: &'a [Target],
    /// For each file of the preferences.
    lines: &'a [Lines],
}

/// The lines of one file by their names.
struct Lines {
    /// All of a name, in the order of the file; of the user's own, the last one counts.
    named: BTreeMap<String, Vec<usize>>,
    /// Those with an address in their value.
    addresses: Vec<usize>,
}

impl Lines {
    fn of(file: &PrefsFile) -> Self {
        let mut lines = Self { named: BTreeMap::new(), addresses: Vec::new() };
        for (index, statement) in file.file.statements.iter().enumerate() {
            lines.named.entry(statement.name.clone()).or_default().push(index);
            if matches!(&statement.value, Written::Text(text) if text.contains("://")) {
                lines.addresses.push(index);
            }
        }
        lines
    }

    fn all<'a>(&self, file: &'a PrefsFile, key: &str) -> impl DoubleEndedIterator<Item = &'a Statement> {
        let found = self.named.get(key).map_or(&[][..], Vec::as_slice);
        found.iter().map(|index| &file.file.statements[*index])
    }
}

/// The edits for changes that belong together.
fn lower(document: &Document, files: &Files<'_>, changes: &[Change]) -> Result<Lowered, CannotEdit> {
    let prefs = files.prefs;
    let mut lowering = Lowering { files: *files, prefs, lowered: Lowered::default() };
    for change in changes {
        lowering.change(change)?;
    }
    lowering.renames(changes);
    lowering.saved_password(changes);
    let lowered = lowering.lowered;
    if lowered.edits.iter().all(|edit| takes_effect(document, prefs, edit)) {
        Ok(lowered)
    } else {
        Err(CannotEdit(message!("the place of the new line in the file is damaged")))
    }
}

/// Whether a new line is read as one: in a damaged file an open quotation mark may swallow it.
fn takes_effect(document: &Document, prefs: &Prefs, edit: &Edit) -> bool {
    let Some(file) = prefs.files.iter().find(|file| file.source == edit.source) else { return true };
    // Only there can it be swallowed; elsewhere the trial would cost the reading of the file once more for each new line.
    let touches = |lost: &Span| lost.start <= edit.span.start && edit.span.start <= lost.end;
    if !edit.span.is_empty() || !file.file.problems.iter().any(|problem| touches(&problem.lost)) {
        return true;
    }
    let edited = document.sources[edit.source].edited(std::slice::from_ref(edit));
    edited.is_ok_and(|edited| parse(edited.bytes()).statements.len() > file.file.statements.len())
}

struct Lowering<'a> {
    files: Files<'a>,
    prefs: &'a Prefs,
    lowered: Lowered,
}

impl Lowering<'_> {
    fn change(&mut self, change: &Change) -> Result<(), CannotEdit> {
        if !change.key.starts_with("mail.") && !change.key.starts_with("security.") {
            return Err(CannotEdit(message!("this is not kept in prefs.js")));
        }
        if let Some(imposed) = self.prefs.imposed(&change.key) {
            return Err(CannotEdit(message!(
                "{file} sets it for everybody who uses the program here, so a change in the profile would have no effect",
                file = imposed.by
            )));
        }
        match literal(&change.to) {
            None => self.remove(&change.key),
            Some(literal) => self.set(&change.key, &literal),
        }
        Ok(())
    }

    /// Replaces the value in every file that sets the key; where none does, adds a line to `prefs.js`.
    fn set(&mut self, key: &str, literal: &str) {
        let mut found = false;
        for (file, lines) in self.prefs.files.iter().zip(self.files.lines) {
            if let Some(statement) = lines.all(file, key).next_back() {
                found = true;
                self.lowered.edits.push(edit(file, statement.value_span, literal));
                self.note_override(file);
            }
        }
        if !found {
            let file = &self.prefs.files[0];
            let edit = insertion(file, &self.files.lines[0], key, literal);
            self.lowered.edits.push(edit);
        }
    }

    fn remove(&mut self, key: &str) {
        for (file, lines) in self.prefs.files.iter().zip(self.files.lines) {
            for statement in lines.all(file, key) {
                let span = if statement.alone { statement.line } else { statement.span };
                self.lowered.edits.push(edit(file, span, ""));
                self.note_override(file);
            }
        }
    }

    /// `user.js` is written by people; it is changed only when they say so.
    fn note_override(&mut self, file: &PrefsFile) {
        if file.source != 0 {
            let remark = message!(
                "{file} is kept by hand and wins at every start, so the line in it is changed too",
                file = file.name
            );
            self.restrict(Applicability::Unsafe, remark);
        }
    }

    fn restrict(&mut self, at_most: Applicability, remark: Message) {
        self.lowered.at_most = Some(self.lowered.at_most.unwrap_or(at_most).min(at_most));
        self.lowered.remark = Some(remark);
    }

    /// Rewrites folder addresses in the preferences when host or user name of an incoming server change.
    fn renames(&mut self, changes: &[Change]) {
        let keys = changes.iter().filter_map(|change| change.key.strip_prefix("mail.server.")?.split_once('.'));
        for key in keys.map(|(key, _)| key).collect::<BTreeSet<_>>() {
            let new_text = |suffix: &str| {
                let name = format!("mail.server.{key}.{suffix}");
                changes.iter().find(|change| change.key == name).and_then(|change| match &change.to {
                    Value::Text(text) => Some(text.clone()),
                    _ => None,
                })
            };
            let (host, user) = (new_text("hostname"), new_text("userName"));
            if host.is_some() || user.is_some() {
                self.rename(key, host, user);
            }
        }
    }

    fn rename(&mut self, key: &str, new_host: Option<String>, new_user: Option<String>) {
        let text = |suffix: &str| self.prefs.text(&format!("mail.server.{key}.{suffix}")).unwrap_or_default();
        let (kind, host, user) = (text("type"), text("hostname"), text("userName"));
        let old = folders::root(kind, user, host);
        let new = folders::root(kind, new_user.as_deref().unwrap_or(user), new_host.as_deref().unwrap_or(host));
        let folder = (kind.to_owned(), host.to_owned());
        self.rewrite_addresses(&old, &new);
        if new_host.is_some() {
            self.keep_folder(key, &folder.0, &folder.1);
        }
        self.restrict(
            Applicability::Unsafe,
            message!("the addresses of its folders are rewritten with it, in the preferences and in the message filters and saved searches that lie in the profile; the saved password is not: Thunderbird will ask for it again"),
        );
    }

    fn rewrite_addresses(&mut self, old: &str, new: &str) {
        for (file, lines) in self.prefs.files.iter().zip(self.files.lines) {
            for statement in lines.addresses.iter().map(|index| &file.file.statements[*index]) {
                let Written::Text(uri) = &statement.value else { continue };
                if let Some(path) = folders::path_under(uri, old) {
                    self.lowered.edits.push(edit(file, statement.value_span, &quote(&format!("{new}{path}"))));
                }
            }
        }
        for target in self.files.targets {
            if let Some(path) = folders::path_under(&target.uri, old) {
                let text = format!("{new}{path}").into_bytes();
                self.lowered.edits.push(Edit { source: target.source, span: target.span, text });
            }
        }
    }

    /// The mail of an account stays where it is only if its folder is written down; without the line Thunderbird would make a
    /// new, empty folder for the new host.
    fn keep_folder(&mut self, key: &str, kind: &str, host: &str) {
        let name = format!("mail.server.{key}.directory-rel");
        let is_written =
            self.prefs.value(&name).is_some() || self.prefs.value(&format!("mail.server.{key}.directory")).is_some();
        let is_plain = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c));
        if !is_written && is_plain {
            let store = if kind == "imap" { "ImapMail" } else { "Mail" };
            self.set(&name, &quote(&format!("[ProfD]{store}/{host}")));
        }
    }

    /// The password of an outgoing server is saved under its host; nothing else hangs on that name.
    fn saved_password(&mut self, changes: &[Change]) {
        let renamed = |change: &&Change| change.key.starts_with("mail.smtpserver.") && change.key.ends_with("name");
        if self.lowered.remark.is_none() && changes.iter().any(|change| renamed(&change)) {
            self.lowered.remark =
                Some(message!("Thunderbird will ask for the password of the outgoing server once more"));
        }
    }
}

fn edit(file: &PrefsFile, span: Span, text: &str) -> Edit {
    Edit { source: file.source, span, text: text.as_bytes().to_vec() }
}

/// A value as Thunderbird writes it; `None` removes the line.
fn literal(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(quote(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Flag(flag) => Some(flag.to_string()),
        Value::Security(security) => Some(security_number(*security).to_string()),
        Value::Authentication(authentication) => Some(authentication_number(*authentication).to_string()),
        Value::Protocol(protocol) => Some(quote(&protocol.name().to_ascii_lowercase())),
        Value::Removed => None,
    }
}

/// A new line where Thunderbird would put it: it sorts by name, so after the last name that sorts before.
fn insertion(file: &PrefsFile, lines: &Lines, key: &str, literal: &str) -> Edit {
    let newline = file.file.newline;
    let line = format!("user_pref({}, {literal});", quote(key));
    let user = |statement: &&Statement| statement.keyword == Keyword::UserPref;
    let before = lines.named.range::<str, _>((Bound::Unbounded, Bound::Excluded(key))).rev();
    match before.flat_map(|(name, _)| lines.all(file, name).rev()).find(user) {
        Some(statement) if statement.line.end < file.file.end || file.file.ends_with_line_end => {
            edit(file, Span::at(statement.line.end), &format!("{line}{newline}"))
        }
        Some(statement) => edit(file, Span::at(statement.line.end), &format!("{newline}{line}")),
        None => {
            let at = file.file.statements.first().map_or(file.file.end, |statement| statement.line.start);
            edit(file, Span::at(at), &format!("{line}{newline}"))
        }
    }
}

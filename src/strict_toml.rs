//! Reads TOML that people write (provider files, `mailcfg.toml`) and says all that is wrong with its form at once: syntax,
//! keys, types, allowed words, each at its place and with what is allowed.
//!
//! Not here: what the values mean; which keys there are (the types that are read into).

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

use crate::account::Place;
use crate::finding::{Finding, Message};
use crate::message;
use crate::secrets;
use crate::source::Span;

/// Larger files are not read: nobody writes them by hand. In bytes.
pub const LARGEST_FILE: usize = 1 << 20;

/// After so many complaints about one file the rest is of no use.
const MOST_COMPLAINTS: usize = 20;

/// What a kind of file is, for those who write it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    /// Why a file that is not understood in full is not used.
    pub(crate) why: &'static str,
    /// What a key wants, in words for people; `None` for a text in quotation marks.
    pub(crate) wanted: fn(&str) -> Option<Message>,
    /// A value, as TOML, that a needed key may have, so that reading goes on behind a bad one.
    pub(crate) stand_in: fn(&str) -> Option<&'static str>,
}

/// A file as it is written: every key and value with its place.
#[derive(Clone, Debug)]
pub(crate) struct Written<'a>(Spanned<DeTable<'a>>);

/// One step down in a file: a key, or an item of a list counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    Key(&'a str),
    Item(usize),
}

/// What is not to be shown of such a file.
pub fn secrets(bytes: &[u8]) -> Vec<Span> {
    secrets::in_toml(bytes)
}

/// Reads a file of this form, with the places of its keys and values.
///
/// # Errors
///
/// Everything that is wrong with its form, each with its place.
pub(crate) fn read<'a, T: DeserializeOwned>(bytes: &'a [u8], form: &Form) -> Result<(T, Written<'a>), Vec<Finding>> {
    let text = text(bytes)?;
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().take(MOST_COMPLAINTS).map(|error| syntax(error, text)).collect());
    }
    let written = Written(table.clone());
    let value = deserialize(table, text, &written, form)?;
    Ok((value, written))
}

/// The text of the file, if it is one and of a sensible size.
fn text(bytes: &[u8]) -> Result<&str, Vec<Finding>> {
    let refused = |rule, what, why: &'static str, help: &'static str| {
        vec![Finding::new(rule, "", None, what).because(why).help(help)]
    };
    if bytes.len() > LARGEST_FILE {
        let why = "such a file is written by hand and has a few kB";
        let what = message!("the file is larger than 1 MB");
        return Err(refused("too-large", what, why, "check that it is the right file"));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let what = message!("the file is no UTF-8 text: byte {at} cannot be read", at = error.valid_up_to());
        refused("not-text", what, "TOML is UTF-8", "save it as UTF-8, or check that it is the right file")
    })
}

fn syntax(error: &Error, text: &str) -> Finding {
    let what = message!("this is not TOML: {error}", error = first_line(error.message()));
    let finding = Finding::new("toml-syntax", "", place(error.span(), text), what);
    finding
        .because("the file cannot be read at all")
        .help("https://toml.io/ explains the format; every line is key = value")
}

/// Reads the table. What is wrong is put right or taken out and the rest read again, so that one run says everything.
fn deserialize<T: DeserializeOwned>(
    mut table: Spanned<DeTable<'_>>,
    text: &str,
    written: &Written<'_>,
    form: &Form,
) -> Result<T, Vec<Finding>> {
    let mut findings = Vec::new();
    loop {
        let error = match T::deserialize(Deserializer::from(table.clone())) {
            Ok(value) if findings.is_empty() => return Ok(value),
            Ok(_) => return Err(findings),
            Err(error) => error,
        };
        let path = written.path_of(error.span());
        findings.push(complaint(&error, &path, text, form));
        let is_mended = match quoted(error.message(), "missing field ") {
            Some(missing) => mend(table.get_mut(), &path, Some(missing), form),
            None => mend(table.get_mut(), &path, None, form),
        };
        if !is_mended || findings.len() >= MOST_COMPLAINTS {
            return Err(findings);
        }
    }
}

fn stand_in(key: &str, form: &Form) -> Option<Spanned<DeValue<'static>>> {
    (form.stand_in)(key).and_then(|value| DeValue::parse(value).ok())
}

/// A step that keeps its key.
#[derive(Clone, Debug, PartialEq, Eq)]
enum OwnedStep {
    Key(String),
    Item(usize),
}

/// Puts a stand-in for what is wrong at `path`, or for a key that is missing there; takes out what needs none.
fn mend(table: &mut DeTable<'_>, path: &[OwnedStep], missing: Option<&str>, form: &Form) -> bool {
    match (path, missing) {
        ([], None) => false,
        ([], Some(key)) => stand_in(key, form).is_some_and(|value| table.insert(name(key), value).is_none()),
        ([OwnedStep::Key(key), rest @ ..], _) => {
            // An item of a list cannot be put right alone; its key is.
            let is_inside = rest.iter().any(|step| matches!(step, OwnedStep::Key(_))) || missing.is_some();
            if is_inside {
                return table
                    .get_mut(key.as_str())
                    .is_some_and(|value| mend_below(value.get_mut(), rest, missing, form));
            }
            match stand_in(key, form) {
                Some(value) => table.insert(name(key), value).is_some(),
                None => table.remove(key.as_str()).is_some(),
            }
        }
        ([OwnedStep::Item(_), ..], _) => false,
    }
}

fn mend_below(value: &mut DeValue<'_>, path: &[OwnedStep], missing: Option<&str>, form: &Form) -> bool {
    match (value, path) {
        (DeValue::Table(table), path) => mend(table, path, missing, form),
        (DeValue::Array(array), [OwnedStep::Item(index), rest @ ..]) => {
            array.get_mut(*index).is_some_and(|item| mend_below(item.get_mut(), rest, missing, form))
        }
        _ => false,
    }
}

fn name(key: &str) -> Spanned<std::borrow::Cow<'static, str>> {
    Spanned::new(0..0, key.to_owned().into())
}

/// What the reader says, in words for people.
fn complaint(error: &Error, path: &[OwnedStep], text: &str, form: &Form) -> Finding {
    let said = first_line(error.message());
    let key = path.iter().rev().find_map(|step| if let OwnedStep::Key(key) = step { Some(key.as_str()) } else { None });
    let at = place(error.span(), text);
    let name = dotted(path);
    let key_or_it = || key.map_or_else(|| message!("the key"), |key| Message::verbatim(key.to_owned()));
    let finding = if let Some(unknown) = quoted(said, "unknown field ") {
        let allowed = allowed(said);
        Finding::new("unknown-key", name, at, message!("there is no key {key} here", key = unknown))
            .help(meant(unknown, &allowed))
    } else if let Some(missing) = quoted(said, "missing field ") {
        Finding::new("missing-key", name, at, message!("the key {key} is missing", key = missing))
            .help(wanted(missing, form))
    } else if let Some(word) = quoted(said, "unknown variant ") {
        let what = message!("{word} is none of the words that {key} knows", word = word, key = key_or_it());
        Finding::new("wrong-value", name, at, what).help(meant(word, &allowed(said)))
    } else {
        let what = match said.strip_prefix("invalid type: ").or_else(|| said.strip_prefix("invalid value: ")) {
            Some(found) => {
                let found = found.split_once(", expected").map_or(found, |(found, _)| found);
                // The value itself, where it may be a password.
                let is_secret = key.is_some_and(secrets::names_a_secret);
                let found = if is_secret { found.split(' ').next().unwrap_or_default() } else { found };
                message!("{key} cannot be the {found}", key = key_or_it(), found = found.replace('`', ""))
            }
            None => message!("{key}: {error}", key = key_or_it(), error = said),
        };
        Finding::new("wrong-type", name, at, what).help(wanted(key.unwrap_or("key"), form))
    };
    finding.because(form.why)
}

/// The word between backquotes after `start`.
fn quoted<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(start)?.strip_prefix('`')?;
    rest.split_once('`').map(|(word, _)| word)
}

/// The words between backquotes after "expected".
fn allowed(text: &str) -> Vec<&str> {
    let list = text.split_once("expected ").map_or("", |(_, list)| list);
    list.split('`').skip(1).step_by(2).collect()
}

/// What is allowed, the likeliest first.
pub(crate) fn meant(word: &str, allowed: &[&str]) -> Message {
    let nearest = allowed.iter().min_by_key(|other| strsim::damerau_levenshtein(other, word));
    let nearest = nearest.filter(|other| strsim::damerau_levenshtein(other, word) <= 2);
    match nearest {
        Some(nearest) => message!("did you mean {nearest}? Allowed here: {list}", nearest = nearest, list = allowed),
        None => message!("allowed here: {list}", list = allowed),
    }
}

fn wanted(key: &str, form: &Form) -> Message {
    let text = || message!("{key} is a text in quotation marks: {key} = \"…\"", key = key);
    (form.wanted)(key).unwrap_or_else(text)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// The place, cut at the end of its line: a table is not quoted whole.
fn place(span: Option<std::ops::Range<usize>>, text: &str) -> Option<Place> {
    let span = span?;
    let line = text.get(span.start..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
    let end = span.end.clamp(span.start, span.start + line);
    Some(Place { source: 0, span: Some(Span::new(span.start, end)) })
}

/// `server[2].port`.
fn dotted(path: &[OwnedStep]) -> String {
    let steps = path.iter().map(|step| match step {
        OwnedStep::Key(key) => format!(".{key}"),
        OwnedStep::Item(index) => format!("[{index}]"),
    });
    steps.collect::<String>().trim_start_matches('.').to_owned()
}

impl Written<'_> {
    /// Where the value at `path` stands, its key's name, and nothing where it is not written.
    pub(crate) fn place(&self, path: &[Step<'_>], text: &str) -> Option<Place> {
        let mut value: Option<&Spanned<DeValue<'_>>> = None;
        for step in path {
            value = match (value.map(Spanned::get_ref), step) {
                (None, Step::Key(key)) => self.0.get_ref().get(*key),
                (Some(DeValue::Table(table)), Step::Key(key)) => table.get(*key),
                (Some(DeValue::Array(array)), Step::Item(index)) => array.get(*index),
                _ => None,
            };
            value?;
        }
        place(value.map(Spanned::span), text)
    }

    /// The way to the innermost key or value that holds `span`.
    fn path_of(&self, span: Option<std::ops::Range<usize>>) -> Vec<OwnedStep> {
        let mut path = Vec::new();
        if let Some(span) = span {
            descend(self.0.get_ref(), &span, &mut path);
        }
        path
    }
}

fn descend(table: &DeTable<'_>, span: &std::ops::Range<usize>, path: &mut Vec<OwnedStep>) {
    let holds = |outer: std::ops::Range<usize>| outer.start <= span.start && span.end <= outer.end;
    for (key, value) in table {
        // The table of `[password]` begins at its head and need not reach around what stands in it.
        if holds(key.span()) || holds(value.span()) || reaches(value.get_ref(), span) {
            path.push(OwnedStep::Key(key.get_ref().to_string()));
            return descend_value(value, span, path);
        }
    }
}

fn descend_value(value: &Spanned<DeValue<'_>>, span: &std::ops::Range<usize>, path: &mut Vec<OwnedStep>) {
    match value.get_ref() {
        DeValue::Table(table) => descend(table, span, path),
        DeValue::Array(array) => {
            let is_in = |item: &Spanned<DeValue<'_>>| {
                (item.span().start <= span.start && span.end <= item.span().end) || reaches(item.get_ref(), span)
            };
            if let Some(index) = array.iter().position(is_in) {
                path.push(OwnedStep::Item(index));
                descend_value(&array[index], span, path);
            }
        }
        _ => {}
    }
}

/// Whether something in `value` holds `span`.
fn reaches(value: &DeValue<'_>, span: &std::ops::Range<usize>) -> bool {
    let holds = |outer: std::ops::Range<usize>| outer.start <= span.start && span.end <= outer.end;
    match value {
        DeValue::Table(table) => {
            table.iter().any(|(key, value)| holds(key.span()) || holds(value.span()) || reaches(value.get_ref(), span))
        }
        DeValue::Array(array) => array.iter().any(|item| holds(item.span()) || reaches(item.get_ref(), span)),
        _ => false,
    }
}

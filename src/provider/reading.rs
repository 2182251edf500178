//! Reads a provider file and says what is wrong with its form: TOML, keys, types, allowed words, each at its place.
//!
//! Used for files that people write: a company's own at run time, and `mailcfg profiles check`. The embedded ones were read when
//! the program was built. What the values mean is judged in `check`.

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

use super::Provider;
use crate::account::Place;
use crate::finding::{Finding, Message};
use crate::message;
use crate::source::Span;

/// Larger files are no provider files: the largest that is embedded has 10 kB. In bytes.
pub const LARGEST_FILE: usize = 1 << 20;

/// After so many complaints about one file the rest is of no use.
const MOST_COMPLAINTS: usize = 20;

/// A provider file as it is written: every key and value with its place.
#[derive(Clone, Debug)]
pub(super) struct Written<'a>(Spanned<DeTable<'a>>);

/// One step down in a file: a key, or an item of a list counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'a> {
    Key(&'a str),
    Item(usize),
}

/// Reads one provider file; `id` is its name without `.toml`.
///
/// # Errors
///
/// Everything that is wrong with its form, each with its place.
pub fn read(id: &str, bytes: &[u8]) -> Result<Provider, Vec<Finding>> {
    read_written(id, bytes).map(|(provider, _)| provider)
}

/// As [`read`], with the places of keys and values.
pub(super) fn read_written<'a>(id: &str, bytes: &'a [u8]) -> Result<(Provider, Written<'a>), Vec<Finding>> {
    let text = text(bytes)?;
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().take(MOST_COMPLAINTS).map(|error| syntax(error, text)).collect());
    }
    let written = Written(table.clone());
    let provider = deserialize(table, text, &written)?;
    Ok((Provider { id: id.to_owned().into(), ..provider }, written))
}

/// The text of the file, if it is one and of a sensible size.
fn text(bytes: &[u8]) -> Result<&str, Vec<Finding>> {
    let refused = |rule, what, why: &'static str, help: &'static str| {
        vec![Finding::new(rule, "", None, what).because(why).help(help)]
    };
    if bytes.len() > LARGEST_FILE {
        let why = "a provider file describes one mail service in a few kB";
        let what = message!("the file is larger than 1 MB");
        return Err(refused("too-large", what, why, "leave it out of the folder"));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let what = message!("the file is no UTF-8 text: byte {at} cannot be read", at = error.valid_up_to());
        refused("not-text", what, "TOML is UTF-8", "save it as UTF-8, or leave it out of the folder")
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
fn deserialize(mut table: Spanned<DeTable<'_>>, text: &str, written: &Written<'_>) -> Result<Provider, Vec<Finding>> {
    let mut findings = Vec::new();
    loop {
        let error = match Provider::deserialize(Deserializer::from(table.clone())) {
            Ok(provider) if findings.is_empty() => return Ok(provider),
            Ok(_) => return Err(findings),
            Err(error) => error,
        };
        let path = written.path_of(error.span());
        findings.push(complaint(&error, &path, text));
        let is_mended = match quoted(error.message(), "missing field ") {
            Some(missing) => mend(table.get_mut(), &path, Some(missing)),
            None => mend(table.get_mut(), &path, None),
        };
        if !is_mended || findings.len() >= MOST_COMPLAINTS {
            return Err(findings);
        }
    }
}

/// A value that a needed key may have, so that reading goes on behind a bad one.
fn stand_in(key: &str) -> Option<Spanned<DeValue<'static>>> {
    let value = match key {
        "checked" => "2000-01-01",
        "confidence" => "\"low\"",
        "kind" => "\"unknown\"",
        "password" => "{ kind = \"unknown\" }",
        "port" => "1",
        "protocol" => "\"imap\"",
        "security" => "\"tls\"",
        "status" => "\"never\"",
        "name" | "host" | "en" => "\"\"",
        _ => return None,
    };
    DeValue::parse(value).ok()
}

/// A step that keeps its key.
#[derive(Clone, Debug, PartialEq, Eq)]
enum OwnedStep {
    Key(String),
    Item(usize),
}

/// Puts a stand-in for what is wrong at `path`, or for a key that is missing there; takes out what needs none.
fn mend(table: &mut DeTable<'_>, path: &[OwnedStep], missing: Option<&str>) -> bool {
    match (path, missing) {
        ([], None) => false,
        ([], Some(key)) => stand_in(key).is_some_and(|value| table.insert(name(key), value).is_none()),
        ([OwnedStep::Key(key), rest @ ..], _) => {
            // An item of a list cannot be put right alone; its key is.
            let is_inside = rest.iter().any(|step| matches!(step, OwnedStep::Key(_))) || missing.is_some();
            if is_inside {
                return table.get_mut(key.as_str()).is_some_and(|value| mend_below(value.get_mut(), rest, missing));
            }
            match stand_in(key) {
                Some(value) => table.insert(name(key), value).is_some(),
                None => table.remove(key.as_str()).is_some(),
            }
        }
        ([OwnedStep::Item(_), ..], _) => false,
    }
}

fn mend_below(value: &mut DeValue<'_>, path: &[OwnedStep], missing: Option<&str>) -> bool {
    match (value, path) {
        (DeValue::Table(table), path) => mend(table, path, missing),
        (DeValue::Array(array), [OwnedStep::Item(index), rest @ ..]) => {
            array.get_mut(*index).is_some_and(|item| mend_below(item.get_mut(), rest, missing))
        }
        _ => false,
    }
}

fn name(key: &str) -> Spanned<std::borrow::Cow<'static, str>> {
    Spanned::new(0..0, key.to_owned().into())
}

/// What the reader says, in words for people.
fn complaint(error: &Error, path: &[OwnedStep], text: &str) -> Finding {
    let said = first_line(error.message());
    let key = path.iter().rev().find_map(|step| if let OwnedStep::Key(key) = step { Some(key.as_str()) } else { None });
    let at = place(error.span(), text);
    let name = dotted(path);
    let because = "mailcfg reads nothing from a file that it does not understand in full";
    let finding = if let Some(unknown) = quoted(said, "unknown field ") {
        let allowed = allowed(said);
        Finding::new("unknown-key", name, at, message!("there is no key {key} here", key = unknown))
            .help(meant(unknown, &allowed))
    } else if let Some(missing) = quoted(said, "missing field ") {
        Finding::new("missing-key", name, at, message!("the key {key} is missing", key = missing)).help(wanted(missing))
    } else if let Some(word) = quoted(said, "unknown variant ") {
        let what =
            message!("{word} is none of the words that {key} knows", word = word, key = key.unwrap_or("the key"));
        Finding::new("wrong-value", name, at, what).help(meant(word, &allowed(said)))
    } else {
        let key = key.unwrap_or("the key");
        let what = match said.strip_prefix("invalid type: ").or_else(|| said.strip_prefix("invalid value: ")) {
            Some(found) => {
                let found = found.split_once(", expected").map_or(found, |(found, _)| found);
                message!("{key} cannot be the {found}", key = key, found = found.replace('`', ""))
            }
            None => message!("{key}: {error}", key = key, error = said),
        };
        Finding::new("wrong-type", name, at, what).help(wanted(key))
    };
    finding.because(because)
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
fn meant(word: &str, allowed: &[&str]) -> Message {
    let nearest = allowed.iter().min_by_key(|other| strsim::damerau_levenshtein(other, word));
    let nearest = nearest.filter(|other| strsim::damerau_levenshtein(other, word) <= 2);
    let list = allowed.join(", ");
    match nearest {
        Some(nearest) => message!("did you mean {nearest}? Allowed here: {list}", nearest = nearest, list = list),
        None => message!("allowed here: {list}", list = list),
    }
}

/// What a key wants, in words for people.
fn wanted(key: &str) -> Message {
    match key {
        "port" => message!("{key} is a number from 1 to 65535, without quotation marks", key = key),
        "checked" | "ended" | "since" | "until" | "login-refused-since" => {
            message!("{key} is a day without quotation marks: {key} = 2026-11-24", key = key)
        }
        "custom-domains" | "own-smtp-required" | "same-login" | "needs-two-factor" => {
            message!("{key} is true or false, without quotation marks", key = key)
        }
        "note" | "get" => {
            message!("{key} is a sentence in one or two languages: {key} = { en = \"…\", ja = \"…\" }", key = key)
        }
        "password" => message!("write [password] and below it kind = \"…\""),
        "server" | "switch" | "retired-host" => message!("write [[{key}]] and its keys below it", key = key),
        "domains" | "mx" | "webmail" | "mx-hosts" | "allowed-hosts" | "siblings" | "sources" | "authentication"
        | "username" | "protocols" => message!("{key} is a list: {key} = [\"…\", \"…\"]", key = key),
        "confidence" => message!("{key} is one of \"high\", \"medium\", \"low\"", key = key),
        "kind" => message!("{key} says which password it is, for example \"app-password\" or \"unknown\"", key = key),
        _ => message!("{key} is a text in quotation marks: {key} = \"…\"", key = key),
    }
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
    pub(super) fn place(&self, path: &[Step<'_>], text: &str) -> Option<Place> {
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

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        "name = \"Example\"\nchecked = 2026-11-24\nconfidence = \"high\"\n[password]\nkind = \"unknown\"\n";

    /// Rule, the text at the place, the first words of the help.
    fn complaints(text: &str) -> Vec<(&'static str, String, String)> {
        let findings = read("example", text.as_bytes()).expect_err("it is wrong");
        let at = |finding: &Finding| finding.location.span.map_or("", |span| &text[span.range()]).to_owned();
        findings.iter().map(|finding| (finding.rule, at(finding), finding.help.to_string())).collect()
    }

    #[test]
    fn a_small_file_is_enough() {
        assert_eq!(read("example", GOOD.as_bytes()).map(|provider| provider.id), Ok("example".into()));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place_and_what_is_allowed() {
        let server = "[[server]]\nprotocol = \"imap\"\nhost = \"imap.example.jp\"\nport = \"993\"\nsecurity = \"ssl\"\nstatus = \"preferred\"\n";
        for (text, rule, at, help) in [
            (GOOD.replace("name", "naem"), "unknown-key", "naem", "did you mean name? Allowed here: name, name-ja"),
            (GOOD.replace("2026-11-24", "\"2026-11-24\""), "wrong-type", "\"2026-11-24\"", "checked is a day"),
            (GOOD.replace("\"high\"", "\"sure\""), "wrong-value", "\"sure\"", "allowed here: low, medium, high"),
            (GOOD.replace("kind", "knid"), "unknown-key", "knid", "did you mean kind?"),
            (format!("{GOOD}{server}"), "wrong-type", "\"993\"", "port is a number from 1 to 65535"),
            (GOOD.replace("\"Example\"", ""), "toml-syntax", "", "https://toml.io/"),
            (format!("domains = \"example.jp\"\n{GOOD}"), "wrong-type", "\"example.jp\"", "domains is a list"),
        ] {
            let (said_rule, said_at, said_help) = complaints(&text)[0].clone();
            assert_eq!((said_rule, said_at.as_str()), (rule, at), "{text}");
            assert!(said_help.starts_with(help), "{said_help}");
        }
        let all = complaints(&format!("{GOOD}{server}"));
        assert_eq!(all.iter().map(|(rule, ..)| *rule).collect::<Vec<_>>(), ["wrong-type", "wrong-value"], "{all:?}");
    }

    #[test]
    fn what_is_missing_is_named() {
        let text = GOOD.replace("checked = 2026-11-24\n", "") + "[[server]]\nport = 993\n";
        let keys = ["checked = ", "protocol is", "host is", "security is", "status is"];
        let all = complaints(&text);
        for key in keys {
            assert!(all.iter().any(|(rule, _, help)| *rule == "missing-key" && help.contains(key)), "{key}: {all:?}");
        }
        assert_eq!(all.len(), keys.len(), "{all:?}");
    }

    #[test]
    fn no_file_hangs_or_crashes_the_reader() {
        let rule = |bytes: &[u8]| read("x", bytes).map_err(|findings| findings[0].rule);
        assert_eq!(rule(&vec![b'a'; 10 << 20]), Err("too-large"));
        assert_eq!(rule(&[0xff; 64]), Err("not-text"));
        assert!(rule("[".repeat(1 << 19).as_bytes()).is_err() && rule("a=[".repeat(1 << 17).as_bytes()).is_err());
        assert!(rule(b"").is_err() && rule(b"\0\0\0").is_err());
    }
}

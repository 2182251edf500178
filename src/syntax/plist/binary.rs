//! Binary property lists: read and written by the `plist` crate, addressed by key path.
//!
//! There is no text to keep, so an edit writes the whole list anew: same values and key order, other bytes. Duplicate
//! keys are lost by the crate (the last wins). Files that would cost too much are refused first (`survey`).

use super::survey;
use super::{Dict, Entry, Format, KeyPath, Node, PathPart, Plist, Problem, ProblemKind, Value};
use crate::message;
use crate::message::Message;
use crate::source::Span;
use plist::{Date, Dictionary, Integer};
use std::cmp::Ordering;
use std::io::Cursor;

/// Why a binary list could not be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
#[non_exhaustive]
pub enum WriteError {
    /// The original cannot be read.
    Unreadable(&'static str),
    /// The place of an edit does not exist.
    NoSuchPath(String),
    /// A value has no binary form: malformed, or a date that is none.
    NotRepresentable(String),
    /// The crate failed to write.
    Unwritable,
}

impl WriteError {
    /// What to tell the user.
    pub fn message(&self) -> Message {
        match self {
            Self::Unreadable(what) => {
                message!("the binary property list cannot be read: {what}", what = Message::new(what))
            }
            Self::NoSuchPath(path) => message!("the property list has no place {path}", path = path),
            Self::NotRepresentable(path) => {
                message!("the new value of {path} cannot be written into a binary property list", path = path)
            }
            Self::Unwritable => message!("the binary property list cannot be written"),
        }
    }
}

/// Reads a file that begins with `bplist`.
pub(super) fn parse(bytes: &[u8]) -> Plist {
    match load(bytes) {
        Ok(root) => Plist { root: Some(node(&root)), problems: Vec::new(), format: Format::Binary },
        Err((at, what)) => {
            let place = Span::at(at.min(bytes.len()));
            let problems = vec![Problem::new(ProblemKind::Binary(what), place)];
            Plist { root: None, problems, format: Format::Binary }
        }
    }
}

/// The list anew, with the value at each path replaced, or added if only the last step of the path is missing, or
/// removed if the edit has none. Edits are made in their order; removing what is absent changes nothing.
///
/// # Errors
/// [`WriteError`] if the original is unreadable, a path leads nowhere or a value has no binary form.
pub fn write_binary(original: &[u8], edits: &[(Vec<PathPart>, Option<Value>)]) -> Result<Vec<u8>, WriteError> {
    if edits.is_empty() {
        return Ok(original.to_vec());
    }
    let mut root = load(original).map_err(|(_, what)| WriteError::Unreadable(what))?;
    for (path, value) in edits {
        let shown = || KeyPath(path).to_string();
        let new = match value {
            Some(value) => Some(encode(value).ok_or_else(|| WriteError::NotRepresentable(shown()))?),
            None => None,
        };
        apply(&mut root, path, new).ok_or_else(|| WriteError::NoSuchPath(shown()))?;
    }
    let mut out = Vec::new();
    root.to_writer_binary(&mut out).map_err(|_| WriteError::Unwritable)?;
    Ok(out)
}

fn load(bytes: &[u8]) -> Result<plist::Value, survey::Fault> {
    survey::check(bytes)?;
    plist::Value::from_reader(Cursor::new(bytes)).map_err(|_| (0, "an object is damaged or of an unknown kind"))
}

fn apply(root: &mut plist::Value, path: &[PathPart], new: Option<plist::Value>) -> Option<()> {
    let Some((last, parents)) = path.split_last() else {
        *root = new?;
        return Some(());
    };
    let parent = parents.iter().try_fold(root, |value, part| match part {
        PathPart::Key(key) => value.as_dictionary_mut()?.get_mut(key),
        PathPart::Index(index) => value.as_array_mut()?.get_mut(*index),
    })?;
    match (last, new) {
        (PathPart::Key(key), Some(new)) => drop(parent.as_dictionary_mut()?.insert(key.clone(), new)),
        // Not `remove`, which puts the last key in the place of the one that goes.
        (PathPart::Key(key), None) => parent.as_dictionary_mut()?.retain(|other, _| other != key.as_str()),
        (PathPart::Index(index), Some(new)) => {
            let items = parent.as_array_mut()?;
            match index.cmp(&items.len()) {
                Ordering::Less => items[*index] = new,
                Ordering::Equal => items.push(new),
                Ordering::Greater => return None,
            }
        }
        (PathPart::Index(index), None) => {
            let items = parent.as_array_mut()?;
            if *index < items.len() {
                items.remove(*index);
            }
        }
    }
    Some(())
}

fn node(value: &plist::Value) -> Node {
    let other = |element: &str, text: String| Value::Malformed { element: element.to_owned(), text };
    let value = match value {
        plist::Value::Array(items) => Value::Array(items.iter().map(node).collect()),
        plist::Value::Dictionary(dict) => {
            let entry = |(key, value): (&String, _)| Entry { key: key.clone(), key_span: None, value: node(value) };
            Value::Dict(Dict { entries: dict.iter().map(entry).collect() })
        }
        plist::Value::Boolean(value) => Value::Bool(*value),
        plist::Value::Data(data) => Value::Data(data.clone()),
        plist::Value::Date(date) => Value::Date(whole_seconds(&date.to_xml_format())),
        plist::Value::Real(number) => Value::Real(*number),
        plist::Value::Integer(number) => {
            number.as_signed().map_or_else(|| other("integer", number.to_string()), Value::Integer)
        }
        plist::Value::String(text) => Value::Text(text.clone()),
        plist::Value::Uid(uid) => other("uid", uid.get().to_string()),
        _ => other("unknown", String::new()),
    };
    Node { span: None, content: None, value }
}

/// A date without the fraction of a second that binary lists may have and XML lists do not.
fn whole_seconds(date: &str) -> String {
    match date.split_once('.') {
        Some((whole, _)) => format!("{whole}Z"),
        None => date.to_owned(),
    }
}

fn encode(value: &Value) -> Option<plist::Value> {
    Some(match value {
        Value::Dict(dict) => {
            let mut out = Dictionary::new();
            for entry in &dict.entries {
                out.insert(entry.key.clone(), encode(&entry.value.value)?);
            }
            plist::Value::Dictionary(out)
        }
        Value::Array(items) => {
            plist::Value::Array(items.iter().map(|item| encode(&item.value)).collect::<Option<_>>()?)
        }
        Value::Text(text) => plist::Value::String(text.clone()),
        Value::Integer(number) => plist::Value::Integer(Integer::from(*number)),
        Value::Real(number) => plist::Value::Real(*number),
        Value::Bool(value) => plist::Value::Boolean(*value),
        Value::Date(date) => plist::Value::Date(Date::from_xml_format(date).ok()?),
        Value::Data(data) => plist::Value::Data(data.clone()),
        Value::Malformed { .. } => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample() -> Vec<u8> {
        let mut account = Dictionary::new();
        account.insert("Hostname".to_owned(), "imap.example.jp".into());
        account.insert("PortNumber".to_owned(), plist::Value::Integer(143.into()));
        account.insert("Key".to_owned(), plist::Value::Uid(plist::Uid::new(7)));
        account.insert("Size".to_owned(), plist::Value::Integer(u64::MAX.into()));
        account.insert("Since".to_owned(), plist::Value::Date(Date::from_xml_format("2026-11-23T08:00:00Z").unwrap()));
        account.insert("Name".to_owned(), "受信".into());
        let mut root = Dictionary::new();
        root.insert("MailAccounts".to_owned(), plist::Value::Array(vec![plist::Value::Dictionary(account)]));
        let mut out = Vec::new();
        plist::Value::Dictionary(root).to_writer_binary(&mut out).unwrap();
        out
    }

    fn at(key: &str) -> Vec<PathPart> {
        vec!["MailAccounts".into(), 0.into(), key.into()]
    }

    fn keys(plist: &Plist) -> Vec<&str> {
        let account = plist.get(&["MailAccounts".into(), 0.into()]).and_then(|node| node.value.as_dict()).unwrap();
        account.entries.iter().map(|entry| entry.key.as_str()).collect()
    }

    #[test]
    fn values_are_read_by_path() {
        let plist = super::super::parse(&sample());
        assert_eq!((plist.format, &plist.problems), (Format::Binary, &Vec::new()));
        let value = |key| plist.get(&at(key)).map(|node| node.value.clone());
        assert_eq!(value("PortNumber"), Some(Value::Integer(143)));
        assert_eq!(value("Name"), Some(Value::Text("受信".into())));
        assert_eq!(value("Since"), Some(Value::Date("2026-11-23T08:00:00Z".into())));
        assert_eq!(value("Key"), Some(Value::Malformed { element: "uid".into(), text: "7".into() }));
        assert_eq!(plist.root.unwrap().span, None);
    }

    #[test]
    fn edits_keep_everything_else_and_the_order_of_keys() {
        let edits = [
            (at("PortNumber"), Some(Value::Integer(993))),
            (at("Hostname"), None),
            (at("SSLEnabled"), Some(Value::Bool(true))),
            (vec!["MailAccounts".into(), 1.into()], Some(Value::Dict(Dict::default()))),
        ];
        let written = super::super::parse(&write_binary(&sample(), &edits).unwrap());
        assert_eq!(keys(&written), ["PortNumber", "Key", "Size", "Since", "Name", "SSLEnabled"]);
        assert_eq!(written.get(&at("PortNumber")).unwrap().value, Value::Integer(993));
        for key in ["Key", "Size", "Since", "Name"] {
            assert_eq!(written.get(&at(key)), super::super::parse(&sample()).get(&at(key)), "{key}");
        }
        assert_eq!(write_binary(&sample(), &[]), Ok(sample()));
    }

    #[test]
    fn fractions_of_seconds_are_not_shown() {
        let date = Date::from_xml_format("2026-11-23T08:00:00.25Z").unwrap();
        let mut bytes = Vec::new();
        plist::Value::Date(date).to_writer_binary(&mut bytes).unwrap();
        let root = super::super::parse(&bytes).root.unwrap();
        assert_eq!(root.value, Value::Date("2026-11-23T08:00:00Z".into()));
    }

    #[test]
    fn impossible_edits_say_why() {
        let broken = Value::Malformed { element: "integer".into(), text: "{{P}}".into() };
        for (path, value, error) in [
            (at("Hostname/x"), Some(broken), WriteError::NotRepresentable("MailAccounts[0].Hostname/x".into())),
            (at("D"), Some(Value::Date("soon".into())), WriteError::NotRepresentable("MailAccounts[0].D".into())),
            (vec!["A".into(), "B".into()], None, WriteError::NoSuchPath("A.B".into())),
            (vec![], None, WriteError::NoSuchPath(String::new())),
        ] {
            assert_eq!(write_binary(&sample(), &[(path, value)]), Err(error));
        }
    }

    #[test]
    fn damaged_lists_are_a_problem_not_a_panic() {
        for bytes in [&b"bplist00"[..], b"bplist15 x", &sample()[..sample().len() - 1]] {
            let plist = super::super::parse(bytes);
            assert!(plist.root.is_none() && matches!(plist.problems[0].kind, ProblemKind::Binary(_)));
        }
    }

    proptest! {
        #[test]
        fn mutated_lists_never_panic(at in 0..400usize, with in proptest::collection::vec(any::<u8>(), 1..4), cut in 0..3usize) {
            let mut bytes = sample();
            let at = at % bytes.len();
            let end = (at + with.len() + cut).min(bytes.len());
            bytes.splice(at..end, with);
            let _ = super::super::parse(&bytes);
            let _ = write_binary(&bytes, &[(vec!["a".into()], Some(Value::Bool(true)))]);
        }
    }
}

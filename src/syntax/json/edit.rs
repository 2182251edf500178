//! Edits that change one value and leave every other byte as it is.

use super::{Json, Member, Node, Value};
use crate::source::{Edit, Span};
use crate::syntax::plist::PathPart;

/// The edit that gives the value at `path` another one.
pub fn replace(json: &Json, path: &[PathPart], value: &Value) -> Option<Edit> {
    Some(edit(json.get(path)?.span, written(value)?))
}

/// The edit that adds `key` to the object at `path`, laid out like the entry before it.
pub fn insert(json: &Json, bytes: &[u8], path: &[PathPart], key: &str, value: &Value) -> Option<Edit> {
    let object = json.get(path)?;
    let (key, value) = (quoted(key), written(value)?);
    match (&object.value, object.members()) {
        (Value::Object(_), []) => Some(edit(Span::at(object.span.start + 1), format!("{key}: {value}"))),
        (Value::Object(_), members @ [.., last]) => {
            let colon = String::from_utf8_lossy(bytes.get(last.key_span.end..last.value.span.start)?).into_owned();
            let lead = String::from_utf8_lossy(bytes.get(lead(object, members)?.range())?).into_owned();
            Some(edit(Span::at(last.value.span.end), format!(",{lead}{key}{colon}{value}")))
        }
        _ => None,
    }
}

/// The edit that takes the entry at `path` out, with its comma.
pub fn remove(json: &Json, path: &[PathPart]) -> Option<Edit> {
    let (PathPart::Key(key), object) = path.split_last()? else { return None };
    let members = json.get(object)?.members();
    let index = members.iter().rposition(|member| member.key == *key)?;
    let own = members[index].span();
    let span = match (members.get(index + 1), index.checked_sub(1)) {
        (Some(next), _) => Span::new(own.start, next.key_span.start),
        (None, Some(before)) => Span::new(members[before].value.span.end, own.end),
        (None, None) => own,
    };
    Some(edit(span, String::new()))
}

/// The edit that gives the entry at `path` another key.
pub fn rename(json: &Json, path: &[PathPart], to: &str) -> Option<Edit> {
    let (PathPart::Key(key), object) = path.split_last()? else { return None };
    let member = json.get(object)?.members().iter().rev().find(|member| member.key == *key)?;
    Some(edit(member.key_span, quoted(to)))
}

fn edit(span: Span, text: String) -> Edit {
    Edit { source: 0, span, text: text.into_bytes() }
}

/// The blanks before the last entry.
fn lead(object: &Node, members: &[Member]) -> Option<Span> {
    match members {
        [.., before, last] => {
            let gap = Span::new(before.value.span.end, last.key_span.start);
            // Behind the comma, wherever it stands.
            Some(Span::new((gap.start + 1).min(gap.end), gap.end))
        }
        [only] => Some(Span::new(object.span.start + 1, only.key_span.start)),
        [] => None,
    }
}

/// A value as JSON writes it; only plain ones are ever set.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(quoted(text)),
        Value::Integer(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null => Some("null".to_owned()),
        Value::Object(_) | Value::Array(_) | Value::Real(_) | Value::Malformed => None,
    }
}

/// A text in quotation marks.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

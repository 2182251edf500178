//! What the clients that keep property lists have in common: the text to work on, places, key paths, edits.

use super::CannotEdit;
use crate::account::{Place, Setting};
use crate::document::{Loss, Observation, Seen};
use crate::finding::{Change, Message, Value};
use crate::message;
use crate::source::{Edit, MASK, Source, Span, View};
use crate::syntax::plist::{self, Dict, KeyPath, Node, PathPart, Plist, Problem, ProblemKind, edit, view};
use crate::syntax::text::{Encoding, Text};

/// The source as UTF-8 XML text: a binary list is rendered, UTF-16 decoded; anything else stays as it is.
pub(crate) fn as_text(source: &Source) -> Source {
    let bytes = source.bytes();
    if bytes.starts_with(b"bplist") {
        let list = plist::parse(bytes);
        return if list.root.is_some() {
            source.viewed(View::BinaryPlist, view::to_xml(&list).into_bytes())
        } else {
            source.clone()
        };
    }
    match Text::decode(bytes) {
        Ok(text) if matches!(text.encoding(), Encoding::Utf16Le | Encoding::Utf16Be) => {
            let little_endian = text.encoding() == Encoding::Utf16Le;
            source.viewed(View::Utf16 { little_endian }, text.as_str().as_bytes())
        }
        _ => source.clone(),
    }
}

/// The bytes for the disk: the way back from [`as_text`].
pub(super) fn store(source: &Source) -> Result<Vec<u8>, CannotEdit> {
    match source.view() {
        View::Plain | View::Signed | View::Export => Ok(source.bytes().to_vec()),
        View::Utf16 { little_endian } => Ok(utf16(source, little_endian)),
        View::BinaryPlist => view::store(source.disk(), source.bytes()).map_err(|error| CannotEdit(error.message())),
    }
}

fn utf16(source: &Source, little_endian: bool) -> Vec<u8> {
    let encoding = if little_endian { Encoding::Utf16Le } else { Encoding::Utf16Be };
    let (_, bom) = Encoding::detect(source.disk());
    let mut out = source.disk()[..bom].to_vec();
    out.extend(encoding.encode(&String::from_utf8_lossy(source.bytes())));
    out
}

/// An XML declaration that claims another encoding than the text is in. Without a letter beyond ASCII nothing is lost by it.
pub(super) fn wrong_declaration(source: &Source) -> Option<Observation> {
    let text = std::str::from_utf8(source.bytes()).ok().filter(|text| !text.is_ascii())?;
    let is_as_saved =
        matches!(source.view(), View::Plain | View::Signed | View::Export) && !text.starts_with('\u{feff}');
    let declaration = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).filter(|_| is_as_saved)?.0;
    let rest = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let declared = rest[1..].split(quote).next()?;
    let is_right = ["utf-8", "utf8"].iter().any(|name| declared.eq_ignore_ascii_case(name));
    let place = Place { source: 0, span: Some(Span::new(0, "<?xml".len() + declaration.len() + "?>".len())) };
    let seen = Seen::WrongEncoding { declared: Some(declared.to_owned()) };
    (!is_right).then_some(Observation { seen, key: String::new(), place, account: None })
}

/// Whether a letter of the text was lost when it was saved: that is what programs write in its place.
pub(super) fn has_lost_letters(text: &str) -> bool {
    text.contains('\u{fffd}')
}

/// A dictionary and the way to it.
#[derive(Clone)]
pub(super) struct At<'a> {
    pub(super) dict: &'a Dict,
    pub(super) path: Vec<PathPart>,
    /// The whole element.
    pub(super) span: Option<Span>,
}

impl<'a> At<'a> {
    /// The dictionary at the root, if it is one.
    pub(super) fn root(list: &'a Plist) -> Option<Self> {
        let root = list.root.as_ref()?;
        Some(Self { dict: root.value.as_dict()?, path: Vec::new(), span: root.span })
    }

    /// The dictionaries in the array under `key`, with their places.
    pub(super) fn items(&self, key: &str) -> Vec<Self> {
        let items = self.dict.get(key).and_then(|node| node.value.as_array()).unwrap_or_default();
        let item = |(index, node): (usize, &'a Node)| {
            let mut path = self.path.clone();
            path.extend([PathPart::from(key), PathPart::from(index)]);
            Some(Self { dict: node.value.as_dict()?, path, span: node.span })
        };
        items.iter().enumerate().filter_map(item).collect()
    }

    /// The dictionary under `key`.
    pub(super) fn inner(&self, key: &str) -> Option<Self> {
        let node = self.dict.get(key)?;
        let mut path = self.path.clone();
        path.push(PathPart::from(key));
        Some(Self { dict: node.value.as_dict()?, path, span: node.span })
    }

    /// The full name of a key in this dictionary.
    pub(super) fn key(&self, key: &str) -> String {
        let mut path = self.path.clone();
        path.push(PathPart::from(key));
        KeyPath(&path).to_string()
    }

    /// The effective value of a key.
    pub(super) fn value(&self, key: &str) -> Option<&'a plist::Value> {
        self.dict.get(key).map(|node| &node.value)
    }

    /// A text, as written.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.value(key).and_then(plist::Value::as_text)
    }

    /// Where the value of a key stands: between its tags, or the whole element where it has none.
    pub(super) fn place(&self, key: &str) -> Option<Place> {
        self.dict.get(key).map(place_of)
    }

    /// Where the dictionary begins: a place to show for what is absent.
    pub(super) fn opening(&self) -> Option<Place> {
        self.span.map(|span| Place {
            source: 0,
            span: Some(Span::new(span.start, (span.start + "<dict>".len()).min(span.end))),
        })
    }

    /// A setting: written if the key is there, with `value` or else `default`.
    pub(super) fn setting<T>(&self, key: &str, value: Option<T>, default: T, near: Option<Place>) -> Setting<T> {
        match self.place(key) {
            Some(place) => Setting::written(self.key(key), value.unwrap_or(default), place),
            None => Setting::default(self.key(key), value.unwrap_or(default), near),
        }
    }
}

/// Where a value stands.
pub(super) fn place_of(node: &Node) -> Place {
    Place { source: 0, span: node.content.filter(|content| !content.is_empty()).or(node.span) }
}

/// A fault of the XML as an observation; duplicate keys are their own kind.
pub(super) fn observe(list: &Plist, problem: &Problem, reader: &Message) -> Observation {
    let place = Place { source: 0, span: Some(problem.span) };
    let key = list.root.as_ref().and_then(|root| key_at(root, problem.span.start, &mut Vec::new())).unwrap_or_default();
    let seen = match problem.kind {
        ProblemKind::DuplicateKey => Seen::DuplicateKey { differs: differs(list, &key), first_counts: false },
        _ => Seen::Unparseable {
            what: message!("{reader} cannot read this: {fault}", reader = reader, fault = problem.message()),
            lost: Vec::new(),
            loss: Loss::Named,
            hint: problem.hint(),
        },
    };
    Observation { seen, key: shown(&key), place, account: None }
}

/// Whether the values of a repeated key are not all the same.
fn differs(list: &Plist, name: &str) -> bool {
    let path = parse_path(name);
    let Some((PathPart::Key(key), dict)) = path.split_last() else { return true };
    let dict = list.get(dict).and_then(|node| node.value.as_dict());
    let mut values = dict.into_iter().flat_map(|dict| dict.all(key)).map(|entry| &entry.value.value);
    let first = values.next();
    values.any(|value| Some(value) != first)
}

/// The path of the innermost value around `offset`.
fn key_at(node: &Node, offset: usize, path: &mut Vec<PathPart>) -> Option<String> {
    let inside = |node: &Node| node.span.is_some_and(|span| span.start <= offset && offset < span.end);
    let child = match &node.value {
        plist::Value::Dict(dict) => dict
            .entries
            .iter()
            .find(|entry| {
                inside(&entry.value) || entry.key_span.is_some_and(|span| span.start <= offset && offset < span.end)
            })
            .map(|entry| (PathPart::Key(entry.key.clone()), &entry.value)),
        plist::Value::Array(items) => {
            items.iter().enumerate().find(|(_, item)| inside(item)).map(|(index, item)| (PathPart::Index(index), item))
        }
        _ => None,
    };
    let Some((part, child)) = child else { return Some(KeyPath(path).to_string()) };
    path.push(part);
    key_at(child, offset, path)
}

/// A path as it may be shown: people type into a key what belongs behind one.
fn shown(path: &str) -> String {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ' | '[' | ']');
    if path.chars().all(is_name) { path.to_owned() } else { MASK.to_owned() }
}

/// The way that a name such as `PayloadContent[0].PayloadUUID` means. Only names that adapters give out are read back.
pub(super) fn parse_path(name: &str) -> Vec<PathPart> {
    let mut path = Vec::new();
    for part in name.split('.') {
        let (key, indices) = part.split_once('[').map_or((part, None), |(key, rest)| (key, Some(rest)));
        if !key.is_empty() {
            path.push(PathPart::from(key));
        }
        let indices = indices.into_iter().flat_map(|rest| rest.split('['));
        path.extend(indices.filter_map(|index| index.trim_end_matches(']').parse::<usize>().ok()).map(PathPart::from));
    }
    path
}

/// The edit that sets, inserts or removes one key. `None` for the value removes it.
pub(super) fn lower(
    source: &Source,
    list: &Plist,
    name: &str,
    value: Option<&plist::Value>,
) -> Result<Option<Edit>, CannotEdit> {
    let path = parse_path(name);
    let cannot = || CannotEdit(message!("the place of {key} in the file is damaged", key = name));
    let existing = list.get(&path);
    let edit = match (existing, value) {
        (None, None) => return Ok(None),
        (Some(node), Some(value)) if node.value == *value => return Ok(None),
        (Some(_), Some(value)) => edit::replace_value(list, source.bytes(), &path, value),
        (Some(_), None) => edit::remove(list, source.bytes(), &path),
        (None, Some(value)) => match path.split_last() {
            Some((PathPart::Key(key), dict)) => edit::insert(list, source.bytes(), dict, key, value),
            _ => None,
        },
    };
    let is_sure = |edit: &Edit| list.problems.is_empty() || takes_effect(source, edit, &path, value);
    edit.filter(is_sure).map(Some).ok_or_else(cannot)
}

/// Whether the value is where it should be after the edit: in a damaged file a key may end up in an element that swallows it.
fn takes_effect(source: &Source, edit: &Edit, path: &[PathPart], value: Option<&plist::Value>) -> bool {
    let Some(value) = value else { return true };
    let Ok(edited) = source.edited(std::slice::from_ref(edit)) else { return false };
    plist::parse(edited.bytes()).get(path).is_some_and(|node| node.value == *value)
}

/// The edit that gives a key another name, if the changes are that: the same value set under a new key and removed under the old.
pub(super) fn renamed(list: &Plist, changes: &[Change]) -> Option<Edit> {
    let [set, removed] = changes else { return None };
    let (old_path, new_path) = (parse_path(&removed.key), parse_path(&set.key));
    let ((PathPart::Key(old), dict), (PathPart::Key(new), new_dict)) = (old_path.split_last()?, new_path.split_last()?)
    else {
        return None;
    };
    let is_rename = removed.to == Value::Removed && dict == new_dict && list.get(&new_path).is_none();
    let entry = list.get(dict)?.value.as_dict()?.all(old).next()?;
    let is_same = plain_value(&set.to).is_some_and(|value| value == entry.value.value);
    let span = entry.key_span.filter(|_| is_rename && is_same)?;
    Some(Edit { source: 0, span, text: format!("<key>{new}</key>").into_bytes() })
}

/// A value in the types of property lists, where the change itself says which.
pub(super) fn plain_value(value: &Value) -> Option<plist::Value> {
    match value {
        Value::Text(text) => Some(plist::Value::Text(text.clone())),
        Value::Number(number) => Some(plist::Value::Integer(*number)),
        Value::Flag(flag) => Some(plist::Value::Bool(*flag)),
        Value::Security(_) | Value::Authentication(_) | Value::Protocol(_) | Value::Removed => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_paths_are_read_back() {
        for name in ["PayloadContent[0].IncomingMailServerPortNumber", "PayloadUUID", "A[1][2].b"] {
            assert_eq!(KeyPath(&parse_path(name)).to_string(), name);
        }
    }
}

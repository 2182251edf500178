//! Byte edits of an XML property list that look as if the file's author had made them.
//!
//! Each function takes the list as read and the bytes it was read from, and answers with one [`Edit`] of source 0, or
//! `None` where there is no such place, the place is broken, or the list is binary. Indentation, line ends and the
//! one-line or two-line style of key and value are copied from the neighbours (`style`). Of a duplicate key the
//! effective entry, the last one, is edited. Not here: whether the edit is a good idea.

use super::style::{Style, Unit, render};
use super::{Dict, Entry, Format, Node, PathPart, Plist, Value, scalar};
use crate::source::{Edit, Span};
use crate::syntax::markup::{after_remark, removal};
use crate::syntax::text::Text;

/// Puts `value` in the place of the value at `path`. Only the text between the tags changes where the element stays the
/// same.
pub fn replace_value(plist: &Plist, bytes: &[u8], path: &[PathPart], value: &Value) -> Option<Edit> {
    let file = File::new(plist, bytes)?;
    let node = plist.get(path)?;
    let span = file.place(node)?;
    let same = node.value.element() == value.element();
    if let (true, Some(content), Some(text)) = (same, node.content, scalar::content(value)) {
        return Some(file.edit(file.text.to_text(content), &text));
    }
    let style = Style::of_value(file.text.as_str(), span, file.key_of(path));
    Some(file.edit(span, &render(value, &style, &file.unit)))
}

/// Adds `key` with `value` to the dictionary at `dict`, which must not have the key yet.
///
/// Where the keys are sorted they stay so; otherwise the new one follows the last key that begins alike, or all others.
pub fn insert(plist: &Plist, bytes: &[u8], dict: &[PathPart], key: &str, value: &Value) -> Option<Edit> {
    let file = File::new(plist, bytes)?;
    let node = plist.get(dict)?;
    let entries = &node.value.as_dict().filter(|dict| dict.get(key).is_none())?.entries;
    let span = file.place(node)?;
    if entries.is_empty() {
        return file.fill(node, span, dict, key, value);
    }
    let content = file.text.to_text(node.content?);
    let position = position(entries, key);
    let style = file.style(entries, position)?;
    let end = match position.checked_sub(1) {
        Some(before) => file.text.to_text(entries[before].value.span?).end,
        None => content.start,
    };
    let at = after_remark(file.text.as_str(), end, content.end);
    Some(file.edit(Span::at(at), &style.pair(key, value, &file.unit)))
}

/// Takes away the value at `path`, with its key if it has one, and with its lines if nothing else stands on them.
///
/// After the last of duplicate keys is gone the one before becomes effective: repeat until the key is absent.
pub fn remove(plist: &Plist, bytes: &[u8], path: &[PathPart]) -> Option<Edit> {
    let file = File::new(plist, bytes)?;
    let value = file.place(plist.get(path)?)?;
    let (last, parent) = path.split_last()?;
    let start = match last {
        PathPart::Index(_) => value.start,
        PathPart::Key(key) => file.text.to_text(plist.get(parent)?.value.as_dict()?.entry(key)?.key_span?).start,
    };
    let span = removal(file.text.as_str(), Span::new(start, value.end));
    Some(file.edit(span, ""))
}

/// An XML list with its text; spans in here are offsets of the decoded text.
struct File<'a> {
    plist: &'a Plist,
    text: Text,
    unit: Unit,
}

impl<'a> File<'a> {
    fn new(plist: &'a Plist, bytes: &[u8]) -> Option<Self> {
        if plist.format == Format::Binary {
            return None;
        }
        let text = Text::decode(bytes).ok()?;
        let unit = plist.root.as_ref().and_then(|root| Unit::guess(&text, root)).unwrap_or_default();
        Some(Self { plist, text, unit })
    }

    /// Where an element lies, if it is properly closed.
    fn place(&self, node: &Node) -> Option<Span> {
        let span = self.text.to_text(node.span?);
        let whole = node.content.is_some() || self.text.as_str().get(span.range())?.ends_with("/>");
        whole.then_some(span)
    }

    /// Where the key of the value at `path` begins.
    fn key_of(&self, path: &[PathPart]) -> Option<usize> {
        let (PathPart::Key(key), parent) = path.split_last()? else { return None };
        let entry = self.plist.get(parent)?.value.as_dict()?.entry(key)?;
        Some(self.text.to_text(entry.key_span?).start)
    }

    /// How the entries look around the place for a new one at `position`.
    fn style(&self, entries: &[Entry], position: usize) -> Option<Style> {
        let text = self.text.as_str();
        let of = |entry: &Entry| {
            let (key, value) = (self.text.to_text(entry.key_span?), self.text.to_text(entry.value.span?));
            Some(Style::of_pair(text, key, value))
        };
        let neighbour = of(entries.get(position.saturating_sub(1))?)?;
        if neighbour.own_lines() {
            return Some(neighbour);
        }
        // A first key beside `<dict>`, or one behind a comment, says little: see whether the others have their own
        // lines.
        Some(entries.iter().filter_map(of).find(Style::own_lines).unwrap_or(neighbour))
    }

    /// The edit that gives an empty dictionary its first key.
    fn fill(&self, node: &Node, span: Span, path: &[PathPart], key: &str, value: &Value) -> Option<Edit> {
        let text = self.text.as_str();
        let outer = Style::of_value(text, span, self.key_of(path));
        let pair = outer.inner(&self.unit).pair(key, value, &self.unit);
        let Some(content) = node.content else {
            return Some(self.edit(span, &format!("<dict>{pair}{}</dict>", outer.lead())));
        };
        let content = self.text.to_text(content);
        let start = content.start + text.get(content.range())?.trim_end().len();
        Some(self.edit(Span::new(start, content.end), &format!("{pair}{}", outer.lead())))
    }

    fn edit(&self, span: Span, text: &str) -> Edit {
        Edit { source: 0, span: self.text.to_source(span), text: self.text.encode(text) }
    }
}

/// Before which entry a new key belongs.
fn position(entries: &[Entry], key: &str) -> usize {
    let exact = |key: &str| key.to_owned();
    if let Some(position) = sorted_position(entries, key, exact) {
        return position;
    }
    if let Some(position) = sorted_position(entries, key, str::to_lowercase) {
        return position;
    }
    let shared = |entry: &Entry| entry.key.bytes().zip(key.bytes()).take_while(|(one, other)| one == other).count();
    let best = entries.iter().map(shared).max().unwrap_or(0);
    match entries.iter().rposition(|entry| shared(entry) == best) {
        Some(last) if best >= RELATED => last + 1,
        _ => entries.len(),
    }
}

/// Keys that share this many bytes at their beginning (`Email`, `Incom`, `Paylo`) belong together.
const RELATED: usize = 5;

fn sorted_position(entries: &[Entry], key: &str, form: fn(&str) -> String) -> Option<usize> {
    let keys: Vec<String> = entries.iter().map(|entry| form(&entry.key)).collect();
    let new = form(key);
    keys.is_sorted().then(|| keys.partition_point(|key| *key <= new))
}

impl From<Vec<(String, Value)>> for Dict {
    /// A dictionary to insert: keys and values without places.
    fn from(entries: Vec<(String, Value)>) -> Self {
        let entry = |(key, value)| Entry { key, key_span: None, value: Node { span: None, content: None, value } };
        Self { entries: entries.into_iter().map(entry).collect() }
    }
}

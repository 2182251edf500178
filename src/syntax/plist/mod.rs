//! Apple property lists, XML and binary, as one tree in which every XML value knows its bytes.
//!
//! The `plist` crate drops positions, comments and duplicate keys, so XML is read here on top of `quick-xml`; binary
//! lists, which have no text to point at, go through the crate and are addressed by key path. Reading is total:
//! whatever the bytes are, the answer is the tree that could be read and the list of what is wrong with the file. Where
//! a choice exists it follows Apple's own parser (swift-corelibs-foundation, `CFPropertyList.c`). Not here: what the
//! keys mean, OpenStep (`{ a = b; }`) lists, JSON, signed wrappers (`cms`).

mod binary;
pub mod edit;
mod path;
mod problem;
mod scalar;
mod style;
mod survey;
#[cfg(test)]
mod tests;
pub mod view;
mod xml;

pub use binary::{WriteError, write_binary};
pub use path::{KeyPath, PathPart};
pub use problem::{Problem, ProblemKind};

use crate::source::Span;
use crate::syntax::markup::{Fault, MAX_DEPTH};
use crate::syntax::text::{Encoding, Text};

/// What was read from one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Plist {
    /// The value inside `<plist>`, or the single value of a file without that element. Absent if nothing could be read.
    pub root: Option<Node>,
    /// What is wrong, in file order; cut off after a few hundred.
    pub problems: Vec<Problem>,
    /// Which of the two forms it is.
    pub format: Format,
}

/// The two forms of a property list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// XML, stored in this encoding.
    Xml(Encoding),
    /// Begins with `bplist`.
    Binary,
}

/// One value and its place in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The whole element in bytes of the file; absent in a binary list.
    pub span: Option<Span>,
    /// What lies between the tags; absent in a binary list, for `<true/>`, and for an element that is never closed.
    pub content: Option<Span>,
    /// What it holds.
    pub value: Value,
}

/// A value. `Debug` shows kinds and sizes only, since any text may be a password.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// `<dict>`.
    Dict(Dict),
    /// `<array>`.
    Array(Vec<Node>),
    /// `<string>`, entities resolved, line ends as in the file.
    Text(String),
    /// `<integer>`.
    Integer(i64),
    /// `<real>`.
    Real(f64),
    /// `<true/>` or `<false/>`.
    Bool(bool),
    /// `<date>`, as written: `2026-11-23T08:00:00Z`.
    Date(String),
    /// `<data>`, decoded.
    Data(Vec<u8>),
    /// An element whose text does not fit it, such as `<integer>{{PORT}}</integer>` or `<integer></integer>`, an
    /// unknown element, or a number or keyed-archiver reference (`uid`) that no other variant can hold.
    Malformed {
        /// Name of the element without brackets.
        element: String,
        /// Its text.
        text: String,
    },
}

/// The entries of a `<dict>` in file order. Duplicates are kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dict {
    /// Keys and values.
    pub entries: Vec<Entry>,
}

/// One key of a [`Dict`] and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key, entities resolved, blanks kept: Apple compares it exactly.
    pub key: String,
    /// The whole `<key>` element; absent in a binary list.
    pub key_span: Option<Span>,
    /// The value that follows the key.
    pub value: Node,
}

/// Reads a property list of either form.
///
/// Never fails and never panics: time and memory are bounded by the size of `bytes`. A file that is not a property list
/// gives no root and at least one problem.
pub fn parse(bytes: &[u8]) -> Plist {
    if bytes.starts_with(b"bplist") {
        return binary::parse(bytes);
    }
    match Text::decode(bytes) {
        Ok(text) => xml::parse(&text),
        Err(error) => Plist {
            root: None,
            problems: vec![Problem::new(Fault::Encoding(error.encoding).into(), Span::at(error.offset))],
            format: Format::Xml(error.encoding),
        },
    }
}

impl Plist {
    /// The value at `path`; of a duplicate key the effective one.
    pub fn get(&self, path: &[PathPart]) -> Option<&Node> {
        self.root.as_ref()?.get(path)
    }

    /// The problems for which Apple's parser refuses the whole file.
    pub fn refusals(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.kind.refused())
    }
}

impl Node {
    /// The value at `path` below this one.
    pub fn get(&self, path: &[PathPart]) -> Option<&Self> {
        path.iter().try_fold(self, |node, part| match (part, &node.value) {
            (PathPart::Key(key), Value::Dict(dict)) => dict.get(key),
            (PathPart::Index(index), Value::Array(items)) => items.get(*index),
            _ => None,
        })
    }
}

impl Dict {
    /// The value Apple's parser keeps for `key`: the last one, as it sets each key over the one before.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The effective entry of `key`.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().rfind(|entry| entry.key == key)
    }

    /// Every entry of `key`, in file order.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.key == key)
    }
}

impl Value {
    /// The name of its element, without brackets.
    pub fn element(&self) -> &str {
        match self {
            Self::Dict(_) => "dict",
            Self::Array(_) => "array",
            Self::Text(_) => "string",
            Self::Integer(_) => "integer",
            Self::Real(_) => "real",
            Self::Bool(true) => "true",
            Self::Bool(false) => "false",
            Self::Date(_) => "date",
            Self::Data(_) => "data",
            Self::Malformed { element, .. } => element,
        }
    }

    /// The dictionary, if it is one.
    pub fn as_dict(&self) -> Option<&Dict> {
        if let Self::Dict(dict) = self { Some(dict) } else { None }
    }

    /// The items, if it is an array.
    pub fn as_array(&self) -> Option<&[Node]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The text, if it is a string.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The number, if it is an integer.
    pub fn as_integer(&self) -> Option<i64> {
        if let Self::Integer(number) = self { Some(*number) } else { None }
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Dict(dict) => f.debug_map().entries(dict.entries.iter().map(|e| (&e.key, &e.value.value))).finish(),
            Self::Array(items) => f.debug_list().entries(items.iter().map(|item| &item.value)).finish(),
            Self::Text(text) | Self::Date(text) => write!(f, "{}({} bytes)", self.element(), text.len()),
            Self::Malformed { text, .. } => write!(f, "malformed({} bytes)", text.len()),
            Self::Data(data) => write!(f, "data({} bytes)", data.len()),
            Self::Integer(_) | Self::Real(_) => f.write_str(self.element()),
            Self::Bool(value) => write!(f, "{value}"),
        }
    }
}

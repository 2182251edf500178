//! JSON as a tree in which every value and every key knows its bytes.
//!
//! `serde_json` tells a place for its first error and none for values; declarations and exports need places for reports and for
//! edits that leave every other byte alone, and a file with one comma too many is still to be checked. Reading is total: whatever
//! the bytes are, the answer is the tree that could be read and the list of what is wrong. RFC 8259. Not here: what the keys
//! mean, comments and other additions to JSON.

pub mod edit;
mod problem;
mod reader;
#[cfg(test)]
mod tests;

pub use problem::{Problem, ProblemKind};

use crate::source::Span;
use crate::syntax::plist::PathPart;

/// Arrays and objects inside each other; past it the rest of the file is given up.
const MAX_DEPTH: usize = 128;

/// What was read from one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Json {
    /// The outermost value; absent if there is none.
    pub root: Option<Node>,
    /// What is wrong, in file order; cut off after a few hundred.
    pub problems: Vec<Problem>,
}

/// One value and where it stands, quotation marks and brackets included.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its bytes.
    pub span: Span,
    /// What it holds.
    pub value: Value,
}

/// A value. `Debug` shows kinds and sizes only, since any text may be a password.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// `{…}`, in the order in which it is written, repeated keys included.
    Object(Vec<Member>),
    /// `[…]`.
    Array(Vec<Node>),
    /// `"…"`, without its escapes.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Real(f64),
    /// `true` or `false`.
    Bool(bool),
    /// `null`.
    Null,
    /// What is none of these; a fault is told of it.
    Malformed,
}

/// One entry of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Without its escapes.
    pub key: String,
    /// The key with its quotation marks.
    pub key_span: Span,
    /// What it is set to.
    pub value: Node,
}

impl Member {
    /// From the key to the end of the value.
    pub const fn span(&self) -> Span {
        Span::new(self.key_span.start, self.value.span.end)
    }
}

/// Reads a file.
///
/// Never fails and never panics: time and memory are bounded by the size of `bytes`.
pub fn parse(bytes: &[u8]) -> Json {
    reader::parse(bytes)
}

impl Json {
    /// The value at the end of a path.
    pub fn get(&self, path: &[PathPart]) -> Option<&Node> {
        path.iter().try_fold(self.root.as_ref()?, |node, part| match part {
            PathPart::Key(key) => node.get(key),
            PathPart::Index(index) => node.items().get(*index),
        })
    }
}

impl Node {
    /// The value under `key`; of repeated keys the last, which counts for the usual readers.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.members().iter().rev().find(|member| member.key == key).map(|member| &member.value)
    }

    /// The entries of an object; none of anything else.
    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The values of an array; none of anything else.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    /// A text.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A text under `key`.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Self::as_text)
    }

    /// What stands between the quotation marks of a text, else the whole value: where to point at.
    pub const fn inner(&self) -> Span {
        match self.value {
            Value::Text(_) if self.span.len() > 2 => Span::new(self.span.start + 1, self.span.end - 1),
            _ => self.span,
        }
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Object(members) => write!(f, "Object({} members)", members.len()),
            Self::Array(items) => write!(f, "Array({} items)", items.len()),
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::Integer(_) | Self::Real(_) => f.write_str("Number"),
            Self::Bool(flag) => write!(f, "Bool({flag})"),
            Self::Null => f.write_str("Null"),
            Self::Malformed => f.write_str("Malformed"),
        }
    }
}

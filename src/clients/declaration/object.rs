//! An object of a declaration and the way to it.

use crate::account::{Place, Setting};
use crate::source::Span;
use crate::syntax::json::{Json, Node, Value};
use crate::syntax::plist::{KeyPath, PathPart};

/// An object and its path.
#[derive(Clone)]
pub(super) struct Object<'a> {
    pub(super) node: &'a Node,
    path: Vec<PathPart>,
}

impl<'a> Object<'a> {
    /// The declarations of a file: one, or a list of them.
    pub(super) fn declarations(json: &'a Json) -> Vec<Self> {
        let Some(root) = &json.root else { return Vec::new() };
        let items = root.items().iter().enumerate().map(|(index, node)| Self { node, path: vec![index.into()] });
        let whole = Self { node: root, path: Vec::new() };
        std::iter::once(whole).chain(items).filter(|object| object.node.text("Type").is_some()).collect()
    }

    /// The object under `key`.
    pub(super) fn inner(&self, key: &str) -> Option<Self> {
        let node = self.node.get(key).filter(|node| matches!(node.value, Value::Object(_)))?;
        Some(Self { node, path: self.path_to(key) })
    }

    fn path_to(&self, key: &str) -> Vec<PathPart> {
        let mut path = self.path.clone();
        path.push(PathPart::from(key));
        path
    }

    /// The full name of a key in this object.
    pub(super) fn key(&self, key: &str) -> String {
        KeyPath(&self.path_to(key)).to_string()
    }

    /// The name of the object itself.
    pub(super) fn name(&self) -> String {
        KeyPath(&self.path).to_string()
    }

    /// A text under `key`, empty if there is none.
    pub(super) fn text(&self, key: &str) -> &'a str {
        self.node.text(key).unwrap_or_default()
    }

    /// Where the value of a key stands, else where the object begins.
    pub(super) fn place(&self, key: &str) -> Place {
        let span = self.node.get(key).map_or(Span::new(self.node.span.start, self.node.span.start + 1), Node::inner);
        Place { source: 0, span: Some(span) }
    }

    /// A setting: written if the key is there, with `value` or else `default`.
    pub(super) fn setting<T>(&self, key: &str, value: Option<T>, default: T) -> Setting<T> {
        let (name, place) = (self.key(key), self.place(key));
        match self.node.get(key) {
            Some(_) => Setting::written(name, value.unwrap_or(default), place),
            None => Setting::default(name, value.unwrap_or(default), Some(place)),
        }
    }
}

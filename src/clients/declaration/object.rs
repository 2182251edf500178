//! A file of a document, an object in it and the way to it.

use crate::account::{Place, Setting};
use crate::source::{Source, Span};
use crate::syntax::json::{self, Json, Member, Node, Value};
use crate::syntax::plist::{KeyPath, PathPart};

/// One of the files that make up a document.
pub(super) struct File<'a> {
    pub(super) json: Json,
    pub(super) source: &'a Source,
    index: usize,
    /// What its keys begin with, so that each key of a document is the name of one setting.
    prefix: String,
}

impl<'a> File<'a> {
    /// Every file of a document.
    pub(super) fn all(sources: &'a [Source]) -> Vec<Self> {
        let file = |(index, source): (usize, &'a Source)| Self {
            json: json::parse(source.bytes()),
            source,
            index,
            prefix: prefix(index, source),
        };
        sources.iter().enumerate().map(file).collect()
    }

    /// The declarations in it: one, or a list of them.
    pub(super) fn declarations(&self) -> Vec<Object<'_>> {
        let Some(root) = &self.json.root else { return Vec::new() };
        let items = root.items().iter().enumerate();
        let items = items.map(|(index, node)| Object { file: self, node, path: vec![index.into()] });
        std::iter::once(self.whole(root)).chain(items).filter(|object| object.node.text("Type").is_some()).collect()
    }

    /// A place in it.
    pub(super) const fn at(&self, span: Span) -> Place {
        Place { source: self.index, span: Some(span) }
    }

    const fn whole<'b>(&'b self, root: &'b Node) -> Object<'b> {
        Object { file: self, node: root, path: Vec::new() }
    }

    /// The user name and password in it, if it holds these and is no declaration. A file that another names may lack both.
    pub(super) fn credentials(&self) -> Option<Object<'_>> {
        let root = self.json.root.as_ref().filter(|root| self.index > 0 || !root.members().is_empty())?;
        is_credentials(root).then(|| self.whole(root))
    }
}

/// Whether it is a user name with a password and nothing else: what the web address of an asset of credentials serves.
pub(super) fn is_credentials(root: &Node) -> bool {
    let is_one = |member: &Member| ["UserName", "Password"].contains(&&*member.key);
    matches!(root.value, Value::Object(_)) && root.members().iter().all(is_one)
}

fn prefix(index: usize, source: &Source) -> String {
    if index == 0 { String::new() } else { format!("{}:", source.file_name()) }
}

/// Which source a key is in, and its name in there.
pub(super) fn located<'a>(sources: &[Source], key: &'a str) -> (usize, &'a str) {
    let others = sources.iter().enumerate().skip(1);
    let mut found =
        others.filter_map(|(index, source)| Some((index, key.strip_prefix(source.file_name())?.strip_prefix(':')?)));
    found.next().unwrap_or((0, key))
}

/// An object and its path.
#[derive(Clone)]
pub(super) struct Object<'a> {
    pub(super) file: &'a File<'a>,
    pub(super) node: &'a Node,
    path: Vec<PathPart>,
}

impl<'a> Object<'a> {
    /// The object under `key`.
    pub(super) fn inner(&self, key: &str) -> Option<Self> {
        let node = self.node.get(key).filter(|node| matches!(node.value, Value::Object(_)))?;
        Some(Self { file: self.file, node, path: self.path_to(key) })
    }

    fn path_to(&self, key: &str) -> Vec<PathPart> {
        let mut path = self.path.clone();
        path.push(PathPart::from(key));
        path
    }

    /// The full name of a key in this object.
    pub(super) fn key(&self, key: &str) -> String {
        format!("{}{}", self.file.prefix, KeyPath(&self.path_to(key)))
    }

    /// The name of the object itself.
    pub(super) fn name(&self) -> String {
        format!("{}{}", self.file.prefix, KeyPath(&self.path))
    }

    /// A text under `key`, empty if there is none.
    pub(super) fn text(&self, key: &str) -> &'a str {
        self.node.text(key).unwrap_or_default()
    }

    /// Whether a switch is written and so set.
    pub(super) fn is(&self, key: &str, flag: bool) -> bool {
        self.node.get(key).is_some_and(|node| node.value == Value::Bool(flag))
    }

    /// Where the value of a key stands, else where the object begins.
    pub(super) fn place(&self, key: &str) -> Place {
        let start = Span::new(self.node.span.start, self.node.span.start + 1);
        self.file.at(self.node.get(key).map_or(start, Node::inner))
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

//! XML as a tree in which every element, attribute and text knows its bytes.
//!
//! For formats that are not property lists (`plist`). Reading is total: whatever the bytes are, the answer is the tree that
//! could be read and the list of what is wrong. Not here: what the elements mean, namespaces (a prefix is part of the name),
//! schemas, entities of a DOCTYPE (never resolved).

mod attribute;
pub mod edit;
#[cfg(test)]
mod tests;
mod tree;
mod unescape;

pub use attribute::Attribute;
pub use unescape::unescaped;

use crate::message;
use crate::message::Message;
use crate::source::Span;
use crate::syntax::markup::Fault;
use crate::syntax::text::Text;

/// What was read from one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Xml {
    /// The outermost element; absent if there is none.
    pub root: Option<Element>,
    /// Comments and processing instructions, in file order.
    pub asides: Vec<Span>,
    /// What is wrong, in file order; cut off after a few hundred.
    pub problems: Vec<Problem>,
}

/// One element and its places in the file. `Debug` shows no text, since any may be a password.
#[derive(Clone, PartialEq)]
pub struct Element {
    /// As written, with its prefix if it has one.
    pub name: String,
    /// The name in the start tag.
    pub name_span: Span,
    /// The whole element.
    pub span: Span,
    /// The start tag, or the whole element if it is `<name/>`.
    pub opening: Span,
    /// What lies between the tags; absent for `<name/>` and for an element that is never closed.
    pub content: Option<Span>,
    /// In the order in which they are written.
    pub attributes: Vec<Attribute>,
    /// The elements directly inside.
    pub children: Vec<Element>,
    /// The text directly inside: entities resolved, CDATA taken in, comments left out, blanks kept.
    pub text: String,
    /// Where that text stands, without the blanks around it; absent if there is none or if markup splits it.
    pub text_span: Option<Span>,
}

/// One fault of a file and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Where, in bytes of the file.
    pub span: Span,
}

/// The kinds of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The text is not well-formed.
    Markup(Fault),
    /// An attribute without a quoted value, or with a `<` in it.
    BrokenAttribute,
    /// The same attribute twice.
    DuplicateAttribute,
    /// Text before or after the root.
    TextOutside,
    /// A second element beside the root.
    SecondRoot,
    /// No element at all.
    NoRoot,
}

/// Reads a file.
///
/// Never fails and never panics: time and memory are bounded by the size of `bytes`.
pub fn parse(bytes: &[u8]) -> Xml {
    match Text::decode(bytes) {
        Ok(text) => tree::parse(&text),
        Err(error) => {
            let kind = ProblemKind::Markup(Fault::Encoding(error.encoding));
            let problem = Problem { kind, span: Span::at(error.offset) };
            Xml { root: None, asides: Vec::new(), problems: vec![problem] }
        }
    }
}

impl Element {
    /// The elements of this name directly inside.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element of this name directly inside.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The attribute of this name; of duplicates the first.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// Where its text stands, or the element as a whole where there is no text to point at.
    pub fn place(&self) -> Span {
        self.text_span.unwrap_or(self.opening)
    }
}

impl std::fmt::Debug for Element {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{} {} bytes of text>", self.name, self.text.len())?;
        f.debug_list().entries(&self.children).finish()
    }
}

impl From<Fault> for ProblemKind {
    fn from(fault: Fault) -> Self {
        Self::Markup(fault)
    }
}

impl Problem {
    /// What is wrong, as one sentence without a full stop; quotes nothing from the file.
    pub fn message(&self) -> Message {
        match self.kind {
            ProblemKind::Markup(fault) => fault.message(),
            ProblemKind::BrokenAttribute => message!("the value of an attribute must stand in quotes"),
            ProblemKind::DuplicateAttribute => message!("an attribute may be written once only"),
            ProblemKind::TextOutside => message!("there must be no text outside the outermost element"),
            ProblemKind::SecondRoot => message!("there must be one outermost element; this is a second one"),
            ProblemKind::NoRoot => message!("there is no element in it"),
        }
    }

    /// What to do about it, where the cause is usual.
    pub fn hint(&self) -> Option<Message> {
        match self.kind {
            ProblemKind::Markup(fault) => fault.hint(),
            _ => None,
        }
    }
}

//! What can be wrong with the text of a property list, in words that quote nothing from the file.
//!
//! Any text of a profile may be a piece of a password (an unescaped `<` or `&` in one splits it), so messages name
//! elements of the format only; the report shows the place itself, masked. How bad a problem is for mail is for the
//! adapter to say.

use crate::message;
use crate::message::Message;
use crate::source::Span;
use crate::syntax::markup::Fault;

/// One fault of a file and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Where, in bytes of the file.
    pub span: Span,
    /// The other place that belongs to it: the opening tag of an unclosed element, the first of two equal keys.
    pub related: Option<Span>,
}

/// The kinds of fault.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The text is not well-formed XML.
    Markup(Fault),
    /// Text between elements.
    TextOutside,
    /// A comment or processing instruction inside a value's text.
    MarkupInValue,
    /// An element that property lists do not have; the right name where only the case is wrong.
    UnknownElement(Option<&'static str>),
    /// A key that its dictionary already has.
    DuplicateKey,
    /// A key with no value after it.
    KeyWithoutValue,
    /// A value in a dictionary with no key before it.
    ValueWithoutKey,
    /// A key outside a dictionary.
    KeyOutsideDict,
    /// A second value beside the root.
    SecondRoot,
    /// Nothing that could be a property list.
    NoRoot,
    /// The text of an `<integer>` is not a whole number of 64 bits.
    BadInteger,
    /// A blank after the digits of an `<integer>`; the number was read.
    BlankAfterInteger,
    /// The text of a `<real>` is not a number.
    BadReal,
    /// The text of a `<date>` does not have the form `2026-11-23T08:00:00Z`.
    BadDate,
    /// The text of a `<data>` is not base64, or there is none.
    BadData,
    /// `<true>` or `<false>` with something inside.
    BadBool,
    /// A binary list that cannot be read, and why.
    Binary(&'static str),
}

impl Problem {
    /// A problem with one place.
    pub(crate) fn new(kind: ProblemKind, span: Span) -> Self {
        Self { kind, span, related: None }
    }

    /// What is wrong, as one sentence without a full stop.
    pub fn message(&self) -> Message {
        self.kind.message()
    }

    /// What to do about it, where the cause is usual.
    pub fn hint(&self) -> Option<Message> {
        self.kind.hint()
    }
}

impl From<Fault> for ProblemKind {
    fn from(fault: Fault) -> Self {
        Self::Markup(fault)
    }
}

impl ProblemKind {
    /// Whether Apple's parser refuses the whole file for it. It takes a key outside a dictionary for a string, skips
    /// what is no base64, and lets a later key win (swift-corelibs-foundation, `CFPropertyList.c`).
    pub fn refused(&self) -> bool {
        !matches!(self, Self::DuplicateKey | Self::KeyOutsideDict | Self::BadData)
    }

    fn message(&self) -> Message {
        match self {
            Self::Markup(fault) => fault.message(),
            Self::UnknownElement(Some(name)) => {
                message!("element names are case-sensitive: this must be <{name}>", name = name)
            }
            Self::Binary(what) => {
                message!("the binary property list cannot be read: {what}", what = Message::new(what))
            }
            Self::TextOutside => message!("there must be no text between the elements of a property list"),
            Self::MarkupInValue => message!("a value must not contain a comment or a processing instruction"),
            Self::UnknownElement(None) => message!("property lists have no such element"),
            Self::DuplicateKey => message!("the key appears twice in the same dictionary; only the last one counts"),
            Self::KeyWithoutValue => message!("the key has no value"),
            Self::ValueWithoutKey => message!("the value has no key before it"),
            Self::KeyOutsideDict => message!("a key may only stand in a <dict>"),
            Self::SecondRoot => message!("a property list holds one value; there is a second one"),
            Self::NoRoot => message!("this is not a property list"),
            Self::BadInteger => message!("the content of <integer> is not a whole number"),
            Self::BlankAfterInteger => message!("there is a blank after the number in <integer>"),
            Self::BadReal => message!("the content of <real> is not a number"),
            Self::BadDate => message!("the content of <date> is not a date in UTC"),
            Self::BadData => message!("the content of <data> is not base64"),
            Self::BadBool => message!("<true/> and <false/> must be empty"),
        }
    }

    fn hint(&self) -> Option<Message> {
        Some(match self {
            Self::Markup(fault) => return fault.hint(),
            Self::UnknownElement(Some(name)) => message!("write <{name}>", name = name),
            Self::BadInteger => message!("write digits only, such as <integer>993</integer>"),
            Self::BlankAfterInteger => message!("remove the blank: Apple's parser does not accept it"),
            Self::BadDate => message!("write it as 2026-11-23T08:00:00Z"),
            Self::BadBool => message!("write <true/> or <false/>"),
            _ => return None,
        })
    }
}

//! What can be wrong with a JSON file, and how to say it.

use crate::message;
use crate::message::Message;
use crate::source::Span;

/// One fault of a file and where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Where, in bytes of the file.
    pub span: Span,
}

/// The kinds of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// Not UTF-8.
    Encoding,
    /// Nothing but blanks.
    Empty,
    /// Two entries with nothing between them.
    MissingComma,
    /// A comma with nothing behind it.
    TrailingComma,
    /// A key without a colon behind it.
    MissingColon,
    /// Where a key should stand is something else.
    KeyExpected,
    /// What is no value.
    BadValue,
    /// A text without its closing quotation mark.
    UnclosedText,
    /// A backslash before a character that has no meaning then.
    BadEscape,
    /// A line end or another control character within a text.
    ControlCharacter,
    /// An object or array that is never closed.
    Unclosed,
    /// Something behind the end.
    AfterEnd,
    /// More levels than any real file has.
    TooDeep,
    /// The same key twice in one object.
    DuplicateKey,
}

impl Problem {
    /// What is wrong, as one sentence without a full stop; quotes nothing from the file.
    pub fn message(&self) -> Message {
        match self.kind {
            ProblemKind::Encoding => message!("this byte is no UTF-8"),
            ProblemKind::Empty => message!("the file is empty"),
            ProblemKind::MissingComma => message!("a comma is missing before this"),
            ProblemKind::TrailingComma => message!("nothing follows this comma"),
            ProblemKind::MissingColon => message!("a colon is missing between the key and its value"),
            ProblemKind::KeyExpected => message!("a key in quotation marks must stand here"),
            ProblemKind::BadValue => message!("this is no text in quotation marks, number, list, true, false or null"),
            ProblemKind::UnclosedText => message!("the quotation mark at the end of this text is missing"),
            ProblemKind::BadEscape => message!("a backslash before this character means nothing"),
            ProblemKind::ControlCharacter => message!("a line end or tab within a text must be written as an escape"),
            ProblemKind::Unclosed => message!("this bracket is never closed"),
            ProblemKind::AfterEnd => message!("nothing may follow the end"),
            ProblemKind::TooDeep => message!("the nesting is deeper than any real file's"),
            ProblemKind::DuplicateKey => message!("the key is written twice"),
        }
    }
}

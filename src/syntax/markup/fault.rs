//! What keeps a text from being XML, in words that quote nothing from the file.
//!
//! Any text may be a piece of a password (an unescaped `<` or `&` in one splits it), so messages name the rules of XML only;
//! the report shows the place itself, masked.

use crate::message;
use crate::message::Message;
use crate::syntax::text::Encoding;

/// A fault of the markup, whatever the elements mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A byte that is not text in the encoding the file begins in.
    Encoding(Encoding),
    /// `&` that begins no entity.
    RawAmpersand,
    /// `<` in a text that begins no tag.
    RawLessThan,
    /// `&name;` other than the five of XML; never resolved, whatever the DOCTYPE says.
    UnknownEntity,
    /// `&#…;` that is no character.
    BadCharacterReference,
    /// A tag, comment, CDATA section, declaration or instruction that is cut off or broken.
    BrokenMarkup,
    /// An end tag that closes another element than the one open.
    MismatchedEndTag,
    /// An end tag with nothing to close.
    StrayEndTag,
    /// An element without an end tag.
    Unclosed,
    /// The file ends inside an element.
    Cut,
    /// More than [`MAX_DEPTH`](super::MAX_DEPTH) levels; the rest was not read.
    TooDeep,
    /// So much is broken that the rest was not read.
    GivenUp,
}

impl Fault {
    /// What is wrong, as one sentence without a full stop.
    pub fn message(self) -> Message {
        match self {
            Self::Encoding(encoding) => message!("this byte is not text in {encoding}", encoding = encoding),
            Self::RawAmpersand => message!("a plain & is not allowed in XML"),
            Self::RawLessThan => message!("a plain < is not allowed in a text"),
            Self::UnknownEntity => message!("this entity is not one of the five that XML knows; it is not resolved"),
            Self::BadCharacterReference => message!("this character reference names no character"),
            Self::BrokenMarkup => message!("this tag, comment or declaration is broken or cut off"),
            Self::MismatchedEndTag => message!("this end tag closes another element than the one that is open"),
            Self::StrayEndTag => message!("there is no open element that this end tag could close"),
            Self::Unclosed => message!("this element has no end tag"),
            Self::Cut => message!("the file ends before all its elements are closed"),
            Self::TooDeep => message!("the elements are nested too deeply; the rest was not read"),
            Self::GivenUp => message!("too much of the XML is broken; the rest was not read"),
        }
    }

    /// What to do about it, where the cause is usual.
    pub const fn hint(self) -> Option<Message> {
        Some(match self {
            Self::Encoding(_) => message!("save the file as UTF-8"),
            Self::RawAmpersand => {
                message!("write &amp; instead; often a password, a name or a URL was inserted unescaped")
            }
            Self::RawLessThan => message!("write &lt; instead; often a password was inserted unescaped"),
            Self::UnknownEntity => message!("write the character itself, or &amp; if an ampersand is meant"),
            Self::Cut => message!("the file was probably not copied or downloaded to its end"),
            _ => return None,
        })
    }
}

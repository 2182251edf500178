//! What keeps a text from being XML, in words that quote nothing from the file.
//!
//! Any text may be a piece of a password (an unescaped `<` or `&` in one splits it), so messages name the rules of XML only;
//! the report shows the place itself, masked.

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
    pub fn message(self) -> String {
        let fixed = match self {
            Self::Encoding(encoding) => return format!("this byte is not text in {encoding}"),
            Self::RawAmpersand => "a plain & is not allowed in XML",
            Self::RawLessThan => "a plain < is not allowed in a text",
            Self::UnknownEntity => "this entity is not one of the five that XML knows; it is not resolved",
            Self::BadCharacterReference => "this character reference names no character",
            Self::BrokenMarkup => "this tag, comment or declaration is broken or cut off",
            Self::MismatchedEndTag => "this end tag closes another element than the one that is open",
            Self::StrayEndTag => "there is no open element that this end tag could close",
            Self::Unclosed => "this element has no end tag",
            Self::Cut => "the file ends before all its elements are closed",
            Self::TooDeep => "the elements are nested too deeply; the rest was not read",
            Self::GivenUp => "too much of the XML is broken; the rest was not read",
        };
        fixed.to_owned()
    }

    /// What to do about it, where the cause is usual.
    pub const fn hint(self) -> Option<&'static str> {
        Some(match self {
            Self::Encoding(_) => "save the file as UTF-8",
            Self::RawAmpersand => "write &amp; instead; often a password, a name or a URL was inserted unescaped",
            Self::RawLessThan => "write &lt; instead; often a password was inserted unescaped",
            Self::UnknownEntity => "write the character itself, or &amp; if an ampersand is meant",
            Self::Cut => "the file was probably not copied or downloaded to its end",
            _ => return None,
        })
    }
}

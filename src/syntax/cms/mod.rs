//! Signed and encrypted files: finding the content inside, and the name of the signer.
//!
//! Configuration profiles are often signed (CMS SignedData, RFC 5652), sometimes as PEM. The content is found and linted, and
//! each signature is held against it; a signed file is never edited, since that would break it.
//! Encrypted content stays closed. Not here: S/MIME messages, what the content is.

mod ber;
mod claim;
mod pem;
#[cfg(test)]
mod signatures;
mod signer;
#[cfg(test)]
mod tests;

pub use signer::{DateTime, Signer};

use crate::certificate::{Certificate, Digested, Verdict};
use crate::message;
use crate::message::Message;
use crate::source::Span;
use ber::{Ber, CONTEXT_0, Element, OID, SEQUENCE, SET};
use std::borrow::Cow;

/// What kind of wrapper a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Container {
    /// SignedData: the content can be read.
    Signed(Signed),
    /// EnvelopedData, EncryptedData or AuthEnvelopedData: it cannot.
    Encrypted(Encrypted),
    /// Something else, most likely the plain file.
    NotCms,
}

/// A signed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// What was signed.
    pub content: Content,
    /// Whether the file is PEM, that is base64 between `-----BEGIN …-----` lines.
    pub pem: bool,
    /// What follows the structure.
    pub trailing: Trailing,
    /// Who signed, as they say of themselves.
    pub signers: Vec<Signer>,
    /// The certificates in the file.
    pub certificates: Vec<Certificate>,
    /// How many more there are that cannot be read.
    pub unread_certificates: usize,
}

impl Signed {
    /// What holds of each signer's signature over this content.
    pub fn held_against(&self, content: &[u8]) -> Vec<Held> {
        let content = Digested::new(content);
        let held = |signer: &Signer| Held { altered: signer.disowns(&content), verdict: signer.verdict(&content) };
        self.signers.iter().map(held).collect()
    }
}

/// A signature held against the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Whether the content is not what was signed: its digest is another than the one written down. Unknown digests, and signatures
    /// that write none down, prove nothing.
    pub altered: bool,
    /// Whether the signature is the signer's.
    pub verdict: Verdict,
}

/// What follows a signed structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trailing {
    /// Nothing.
    Nothing,
    /// Line ends, which some web panels write.
    LineEnds,
    /// So many bytes of something else.
    Bytes(usize),
}

impl Trailing {
    fn of(rest: &[u8]) -> Self {
        match rest {
            [] => Self::Nothing,
            rest if rest.iter().all(|byte| b"\r\n".contains(byte)) => Self::LineEnds,
            rest => Self::Bytes(rest.len()),
        }
    }
}

/// An encrypted file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encrypted {
    /// Whether the file is PEM.
    pub pem: bool,
}

/// The signed content. `Debug` shows the length only.
#[derive(Clone, PartialEq, Eq)]
pub enum Content {
    /// One run of bytes of the file.
    Span(Span),
    /// Put together from chunks or decoded from PEM: its places are not places of the file.
    Owned(Vec<u8>),
    /// A detached signature: the content is not in the file.
    Missing,
}

impl Content {
    /// The bytes, given those of the file; none if the content is missing.
    pub fn bytes<'a>(&'a self, file: &'a [u8]) -> Option<&'a [u8]> {
        match self {
            Self::Span(span) => file.get(span.range()),
            Self::Owned(bytes) => Some(bytes),
            Self::Missing => None,
        }
    }
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Span(span) => write!(f, "Span({:?})", span.range()),
            Self::Owned(bytes) => write!(f, "Owned({} bytes)", bytes.len()),
            Self::Missing => f.write_str("Missing"),
        }
    }
}

/// The file begins as CMS but cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct CmsError {
    /// Where, in bytes of the file, or of the decoded bytes if the file is PEM.
    pub offset: usize,
    /// What is wrong there.
    pub what: &'static str,
}

impl CmsError {
    /// What to tell the user.
    pub fn message(&self) -> Message {
        message!(
            "the signed file is damaged at offset {offset}: {what}; export or download it again",
            offset = self.offset,
            what = Message::new(self.what)
        )
    }
}

/// The arc of PKCS #7, 1.2.840.113549.1.7: its types are also those of CMS.
const PKCS7: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07];
/// AuthEnvelopedData, RFC 5083.
const AUTH_ENVELOPED: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x17];
const SIGNED: u8 = 2;
const ENVELOPED: u8 = 3;
const ENCRYPTED: u8 = 6;

/// Looks into a file.
///
/// # Errors
/// [`CmsError`] if the file is CMS by its first bytes, or PEM by its first line, and the rest does not fit.
pub fn open(bytes: &[u8]) -> Result<Container, CmsError> {
    let (inner, pem) = match pem::decode(bytes)? {
        Some(decoded) => (Cow::Owned(decoded), true),
        None => (Cow::Borrowed(bytes), false),
    };
    let ber = Ber { bytes: &inner };
    let Some(kind) = content_type(ber) else {
        let what = "the PEM text holds no signed or encrypted content";
        return if pem { Err(CmsError { offset: 0, what }) } else { Ok(Container::NotCms) };
    };
    match kind {
        Kind::Encrypted => Ok(Container::Encrypted(Encrypted { pem })),
        Kind::Signed => signed(ber, pem).map(Container::Signed),
        Kind::Other => Err(CmsError { offset: 0, what: "it is CMS, but neither signed nor encrypted" }),
    }
}

/// Where the text begins in signed content that `openssl cms -text` put MIME headers before; such a file installs
/// nowhere.
pub fn after_mime_headers(content: &[u8]) -> Option<usize> {
    let head = content.get(..content.len().min(1024))?;
    let starts = |name: &str| head.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
    if !starts("Content-Type:") && !starts("MIME-Version:") {
        return None;
    }
    let blank_line = |mark: &[u8]| head.windows(mark.len()).position(|window| window == mark).map(|at| at + mark.len());
    blank_line(b"\r\n\r\n").or_else(|| blank_line(b"\n\n"))
}

enum Kind {
    Signed,
    Encrypted,
    Other,
}

/// The type of the outermost structure, judged by its first bytes alone so that a cut file is still known for what it
/// is.
fn content_type(ber: Ber<'_>) -> Option<Kind> {
    let rest = ber.bytes.strip_prefix(&[SEQUENCE])?;
    let header = match rest.first()? {
        long if long & 0x80 != 0 => 1 + usize::from(long & 0x7F),
        _ => 1,
    };
    let oid = match rest.get(header..)? {
        [OID, len, oid @ ..] => oid.get(..usize::from(*len))?,
        _ => return None,
    };
    if oid == AUTH_ENVELOPED {
        return Some(Kind::Encrypted);
    }
    Some(match oid.strip_prefix(PKCS7)? {
        [SIGNED] => Kind::Signed,
        [ENVELOPED | ENCRYPTED] => Kind::Encrypted,
        _ => Kind::Other,
    })
}

/// `ContentInfo ::= SEQUENCE { contentType, [0] SignedData }`, RFC 5652 §3 and §5.1.
fn signed(ber: Ber<'_>, pem: bool) -> Result<Signed, CmsError> {
    let info = ber.element(0, ber.bytes.len())?;
    let missing = |what| move || CmsError { offset: info.start, what };
    let data = ber.child(info, CONTEXT_0).and_then(|wrapper| ber.child(wrapper, SEQUENCE));
    let data = data.ok_or_else(missing("the signed data is missing"))?;
    let parts: Vec<Element> = ber.children(data).take(8).collect();
    let inner = parts.iter().position(|part| part.tag == SEQUENCE);
    let inner = inner.ok_or_else(missing("the signed content is missing"))?;
    let after = || parts[inner + 1..].iter().copied();
    let set = after().find(|part| part.tag == CONTEXT_0);
    let (certificates, unread_certificates) = signer::certificates(ber, set);
    let signers = signer::read(ber, set, after().find(|part| part.tag == SET), &certificates);
    let trailing = Trailing::of(&ber.bytes[info.end..]);
    let content = content(ber, parts[inner], pem)?;
    Ok(Signed { content, pem, trailing, signers, certificates, unread_certificates })
}

/// `EncapsulatedContentInfo ::= SEQUENCE { eContentType, [0] OCTET STRING }`; without the second part the signature is
/// detached.
fn content(ber: Ber<'_>, inner: Element, pem: bool) -> Result<Content, CmsError> {
    let Some(wrapper) = ber.child(inner, CONTEXT_0) else { return Ok(Content::Missing) };
    let string = ber.element(wrapper.content.start, wrapper.content.end)?;
    let pieces = ber.octets(string)?;
    Ok(match pieces.as_slice() {
        [] if !pem => Content::Span(Span::at(string.content.start)),
        [one] if !pem => Content::Span(*one),
        pieces => Content::Owned(pieces.iter().flat_map(|piece| &ber.bytes[piece.range()]).copied().collect()),
    })
}

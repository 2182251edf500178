//! A tolerant walk over BER, the encoding of signed files.
//!
//! DER crates refuse what signing tools really write: indefinite lengths, octet strings in chunks, stray bytes at the
//! end. This one only finds things: it hands out places in the input and never copies, except for chunked strings.
//! ITU-T X.690 §8. Not here: what the elements mean.

use super::CmsError;
use crate::source::Span;

/// Elements of indefinite length, or chunks, inside each other. Real files have about six.
const MAX_DEPTH: usize = 32;

pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const OID: u8 = 0x06;
/// Context-specific, constructed: `[0]`.
pub(super) const CONTEXT_0: u8 = 0xA0;
const CONSTRUCTED: u8 = 0x20;

/// One element: its tag byte and where it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element {
    /// The identifier byte: class, whether constructed, number.
    pub(super) tag: u8,
    /// Where the identifier stands.
    pub(super) start: usize,
    /// The contents, without an end mark.
    pub(super) content: Span,
    /// One past the last byte, end mark included.
    pub(super) end: usize,
}

/// The header of an element.
struct Header {
    tag: u8,
    content: usize,
    /// Absent for the indefinite form.
    len: Option<usize>,
}

/// The bytes that are walked.
#[derive(Clone, Copy)]
pub(super) struct Ber<'a> {
    pub(super) bytes: &'a [u8],
}

impl<'a> Ber<'a> {
    /// The element at `at`, which must end before `limit`.
    pub(super) fn element(self, at: usize, limit: usize) -> Result<Element, CmsError> {
        self.nested(at, limit, 0)
    }

    /// The elements inside `parent`, up to the first that is broken.
    pub(super) fn children(self, parent: Element) -> impl Iterator<Item = Element> {
        let Span { start, end } = parent.content;
        let mut at = start;
        std::iter::from_fn(move || {
            let child = if at < end { self.element(at, end).ok()? } else { return None };
            at = child.end;
            Some(child)
        })
    }

    /// The first element inside `parent` with this tag.
    pub(super) fn child(self, parent: Element, tag: u8) -> Option<Element> {
        self.children(parent).find(|child| child.tag == tag)
    }

    /// The contents of `element`.
    pub(super) fn content(self, element: Element) -> &'a [u8] {
        self.bytes.get(element.content.range()).unwrap_or_default()
    }

    /// Where the pieces of an octet string lie: one if it is primitive, its chunks in order if it is constructed.
    pub(super) fn octets(self, string: Element) -> Result<Vec<Span>, CmsError> {
        let mut pieces = Vec::new();
        self.chunks(string, 0, &mut pieces)?;
        Ok(pieces)
    }

    /// An element with header and contents.
    pub(super) fn whole(self, element: Element) -> &'a [u8] {
        self.bytes.get(element.start..element.end).unwrap_or_default()
    }

    /// The same element in DER: definite lengths, as short as they can be, strings in one piece. A SET is left in its order.
    pub(super) fn der(self, element: Element) -> Result<Vec<u8>, CmsError> {
        self.to_der(element, 0)
    }

    fn to_der(self, element: Element, depth: usize) -> Result<Vec<u8>, CmsError> {
        if depth > MAX_DEPTH || element.tag & 0x1F == 0x1F {
            return Err(CmsError { offset: element.start, what: "an element is nested too deeply" });
        }
        if element.tag == OCTET_STRING | CONSTRUCTED {
            let pieces = self.octets(element)?;
            let joined: Vec<u8> = pieces.iter().flat_map(|piece| &self.bytes[piece.range()]).copied().collect();
            return Ok(encoded(OCTET_STRING, &joined));
        }
        if element.tag & CONSTRUCTED == 0 {
            return Ok(encoded(element.tag, self.content(element)));
        }
        let mut body = Vec::new();
        let mut at = element.content.start;
        while at < element.content.end {
            let child = self.element(at, element.content.end)?;
            body.extend(self.to_der(child, depth + 1)?);
            at = child.end;
        }
        Ok(encoded(element.tag, &body))
    }

    fn chunks(self, string: Element, depth: usize, pieces: &mut Vec<Span>) -> Result<(), CmsError> {
        match string.tag {
            OCTET_STRING => pieces.push(string.content),
            tag if tag == OCTET_STRING | CONSTRUCTED && depth < MAX_DEPTH => {
                let mut at = string.content.start;
                while at < string.content.end {
                    let chunk = self.element(at, string.content.end)?;
                    self.chunks(chunk, depth + 1, pieces)?;
                    at = chunk.end;
                }
            }
            _ => return Err(CmsError { offset: string.start, what: "the signed content is not an octet string" }),
        }
        Ok(())
    }

    fn nested(self, at: usize, limit: usize, depth: usize) -> Result<Element, CmsError> {
        let header = self.header(at, limit)?;
        if let Some(len) = header.len {
            let end = header.content.checked_add(len).filter(|end| *end <= limit);
            let end = end.ok_or(CmsError { offset: at, what: "the file is cut off inside an element" })?;
            return Ok(Element { tag: header.tag, start: at, content: Span::new(header.content, end), end });
        }
        if header.tag & CONSTRUCTED == 0 || depth >= MAX_DEPTH {
            return Err(CmsError { offset: at, what: "an element has no valid length" });
        }
        let mut child = header.content;
        loop {
            match self.bytes.get(child..limit) {
                Some([0, 0, ..]) => {
                    let content = Span::new(header.content, child);
                    return Ok(Element { tag: header.tag, start: at, content, end: child + 2 });
                }
                _ => child = self.nested(child, limit, depth + 1)?.end,
            }
        }
    }

    fn header(self, at: usize, limit: usize) -> Result<Header, CmsError> {
        let cut = CmsError { offset: at, what: "the file is cut off inside an element" };
        let bytes = self.bytes.get(at..limit).unwrap_or_default();
        let (tag, mut used) = (*bytes.first().ok_or(cut)?, 1);
        if tag & 0x1F == 0x1F {
            // A tag of several bytes: nothing here has one, but it can be stepped over.
            used += 1 + bytes[used..].iter().position(|byte| byte & 0x80 == 0).ok_or(cut)?;
        }
        let first = *bytes.get(used).ok_or(cut)?;
        used += 1;
        let len = match usize::from(first & 0x7F) {
            short if first & 0x80 == 0 => Some(short),
            0 => None,
            count => {
                let raw = bytes.get(used..used + count).ok_or(cut)?;
                used += count;
                Some(length(raw).ok_or(cut)?)
            }
        };
        Ok(Header { tag, content: at + used, len })
    }
}

/// Tag, length and contents in DER.
pub(super) fn encoded(tag: u8, content: &[u8]) -> Vec<u8> {
    let len = content.len().to_be_bytes();
    let significant = &len[len.iter().position(|byte| *byte != 0).unwrap_or(len.len() - 1)..];
    let mut out = vec![tag];
    if let [short @ 0..=0x7F] = significant {
        out.push(*short);
    } else {
        out.push(0x80 | significant.len() as u8);
        out.extend_from_slice(significant);
    }
    out.extend_from_slice(content);
    out
}

fn length(raw: &[u8]) -> Option<usize> {
    raw.iter().try_fold(0usize, |len, byte| len.checked_mul(256)?.checked_add(usize::from(*byte)))
}

/// An object identifier in its usual form, `2.16.840.1.101.3.4.2.1`. X.690 §8.19.
pub(super) fn dotted(oid: &[u8]) -> String {
    let (mut arcs, mut arc) = (Vec::new(), 0u64);
    for byte in oid {
        arc = arc.wrapping_shl(7) | u64::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            arcs.push(std::mem::take(&mut arc));
        }
    }
    if let Some(first) = arcs.first().copied() {
        let root = (first / 40).min(2);
        arcs.splice(..1, [root, first - root * 40]);
    }
    arcs.iter().map(u64::to_string).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Element, CmsError> {
        Ber { bytes }.element(0, bytes.len())
    }

    #[test]
    fn lengths_of_every_form() {
        for (bytes, content, end) in [
            (&b"\x04\x02ab"[..], 2..4, 4),
            (b"\x04\x81\x02ab!", 3..5, 5),
            (b"\x04\x84\0\0\0\x02ab", 6..8, 8),
            (b"\x30\x80\x04\x01a\0\0!", 2..5, 7),
            (b"\x30\x80\x30\x80\0\0\0\0", 2..6, 8),
            (b"\x1F\x81\x01\x01a", 4..5, 5),
        ] {
            let element = read(bytes).unwrap();
            assert_eq!((element.content.range(), element.end), (content, end), "{bytes:?}");
        }
    }

    #[test]
    fn broken_elements_are_refused() {
        for bytes in [
            &b""[..],
            b"\x04",
            b"\x04\x05ab",
            b"\x04\x80ab\0\0",
            b"\x30\x80\x04\x01a",
            b"\x04\x89\x01\0\0\0\0\0\0\0\0ab",
            b"\x04\xFFab",
            &b"\x30\x80".repeat(100_000),
        ] {
            assert!(read(bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn identifiers_are_written_with_dots() {
        assert_eq!(dotted(&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]), "2.16.840.1.101.3.4.2.1");
        assert_eq!(dotted(&[0x2B, 0x0E, 0x03, 0x02, 0x1A]), "1.3.14.3.2.26");
        assert_eq!(dotted(&[0x55, 0x04, 0x03]), "2.5.4.3");
        assert_eq!(dotted(&[]), "");
        dotted(&[0xFF; 40]);
    }
}

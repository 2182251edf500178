//! The text of a file in the encodings its clients write: UTF-8 with or without a byte order mark, and UTF-16.
//!
//! Readers work on a `str`; edits and reports need bytes of the file. [`Text`] keeps the way between the two, and turns
//! replacement text into the file's own encoding. Nothing is repaired or replaced: a byte that does not fit is an
//! error, because a file that was decoded with losses could never be written back. Not here: Shift_JIS, ISO-8859-1 and
//! other legacy encodings, and what an XML declaration says about itself.

use crate::source::Span;

const UTF8_BOM: &[u8] = b"\xEF\xBB\xBF";

/// One remembered offset for so many bytes of decoded text; a look-up walks over fewer than that.
const STRIDE: usize = 64;

/// How a file's text is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8 without a byte order mark.
    Utf8,
    /// UTF-8 after the mark EF BB BF.
    Utf8Bom,
    /// UTF-16, low byte first: by its mark FF FE, or because the file begins with `<` and a zero byte.
    Utf16Le,
    /// UTF-16, high byte first: by its mark FE FF, or because the file begins with a zero byte and `<`.
    Utf16Be,
}

impl Encoding {
    /// The encoding the first bytes show, and how many of them are a byte order mark.
    pub fn detect(bytes: &[u8]) -> (Self, usize) {
        match bytes {
            [0xEF, 0xBB, 0xBF, ..] => (Self::Utf8Bom, UTF8_BOM.len()),
            [0xFF, 0xFE, ..] => (Self::Utf16Le, 2),
            [0xFE, 0xFF, ..] => (Self::Utf16Be, 2),
            [b'<', 0, ..] => (Self::Utf16Le, 0),
            [0, b'<', ..] => (Self::Utf16Be, 0),
            _ => (Self::Utf8, 0),
        }
    }

    /// `text` in this encoding, without a byte order mark.
    pub fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 | Self::Utf8Bom => text.as_bytes().to_vec(),
            Self::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        }
    }
}

impl std::fmt::Display for Encoding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8 (BOM)",
            Self::Utf16Le => "UTF-16 (little-endian)",
            Self::Utf16Be => "UTF-16 (big-endian)",
        })
    }
}

/// The file is not in the encoding its first bytes show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the byte at offset {offset} does not belong to text in {encoding}; save the file as UTF-8")]
pub struct DecodeError {
    /// Where in the file decoding stopped, in bytes.
    pub offset: usize,
    /// What the file was taken for.
    pub encoding: Encoding,
}

/// The decoded text of one file. `Debug` shows encoding and length, never the text.
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    text: String,
    encoding: Encoding,
    bom: usize,
    /// UTF-16 only: offsets in the file of the characters at, or the last before, each [`STRIDE`]th byte of the text.
    marks: Vec<Mark>,
}

/// The same character in both forms, as byte offsets.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Mark {
    text: usize,
    file: usize,
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Text({}, {} bytes)", self.encoding, self.text.len())
    }
}

impl Text {
    /// Decodes a whole file.
    ///
    /// # Errors
    /// [`DecodeError`] at the first byte that is not text in the encoding [`Encoding::detect`] sees.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let (encoding, bom) = Encoding::detect(bytes);
        let mut text = Self { text: String::new(), encoding, bom, marks: Vec::new() };
        match encoding {
            Encoding::Utf8 | Encoding::Utf8Bom => {
                let valid = std::str::from_utf8(&bytes[bom..])
                    .map_err(|error| DecodeError { offset: bom + error.valid_up_to(), encoding })?;
                text.text = valid.to_owned();
            }
            Encoding::Utf16Le => text.decode_utf16(bytes, u16::from_le_bytes)?,
            Encoding::Utf16Be => text.decode_utf16(bytes, u16::from_be_bytes)?,
        }
        Ok(text)
    }

    fn decode_utf16(&mut self, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<(), DecodeError> {
        let pairs = bytes[self.bom..].chunks_exact(2);
        let odd = !pairs.remainder().is_empty();
        self.text.reserve(bytes.len() / 2);
        let mut file = self.bom;
        for decoded in char::decode_utf16(pairs.map(|pair| unit([pair[0], pair[1]]))) {
            let char = decoded.map_err(|_| DecodeError { offset: file, encoding: self.encoding })?;
            if self.text.len() >= self.marks.len() * STRIDE {
                self.marks.push(Mark { text: self.text.len(), file });
            }
            self.text.push(char);
            file += char.len_utf16() * 2;
        }
        if odd { Err(DecodeError { offset: file, encoding: self.encoding }) } else { Ok(()) }
    }

    /// The text, without a byte order mark.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The file's encoding.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// How many bytes of byte order mark the file begins with.
    pub fn bom(&self) -> usize {
        self.bom
    }

    /// `text` as this file would store it, without a byte order mark.
    pub fn encode(&self, text: &str) -> Vec<u8> {
        self.encoding.encode(text)
    }

    /// The bytes of the file that hold `span` of the text. A place beyond the end becomes the end.
    pub fn to_source(&self, span: Span) -> Span {
        Span::new(self.file_offset(span.start), self.file_offset(span.end))
    }

    /// The part of the text that `span` of the file holds: the inverse of [`Text::to_source`].
    pub fn to_text(&self, span: Span) -> Span {
        Span::new(self.text_offset(span.start), self.text_offset(span.end))
    }

    fn file_offset(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let index = self.marks.partition_point(|mark| mark.text <= at);
        match self.marks.get(index.wrapping_sub(1)) {
            None => self.bom + at,
            Some(mark) => {
                let between = self.text[mark.text..].char_indices().take_while(|(offset, _)| mark.text + offset < at);
                mark.file + between.map(|(_, char)| char.len_utf16() * 2).sum::<usize>()
            }
        }
    }

    fn text_offset(&self, at: usize) -> usize {
        let index = self.marks.partition_point(|mark| mark.file <= at);
        let Some(mark) = self.marks.get(index.wrapping_sub(1)) else {
            return at.saturating_sub(self.bom).min(self.text.len());
        };
        let (mut text, mut file) = (mark.text, mark.file);
        for char in self.text[mark.text..].chars() {
            if file >= at {
                break;
            }
            text += char.len_utf8();
            file += char.len_utf16() * 2;
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `text` as a file: mark and encoding.
    fn file(text: &str, encoding: Encoding, bom: bool) -> Vec<u8> {
        let mark = match encoding {
            Encoding::Utf8 => "",
            _ => "\u{FEFF}",
        };
        let mut bytes = if bom { encoding.encode(mark) } else { Vec::new() };
        bytes.extend(encoding.encode(text));
        bytes
    }

    #[test]
    fn encodings_are_seen_by_their_first_bytes() {
        for (bytes, encoding, bom) in [
            (&b"<plist/>"[..], Encoding::Utf8, 0),
            (b"", Encoding::Utf8, 0),
            (b"\xEF\xBB\xBF<a/>", Encoding::Utf8Bom, 3),
            (b"\xFF\xFE<\0", Encoding::Utf16Le, 2),
            (b"\xFE\xFF\0<", Encoding::Utf16Be, 2),
            (b"<\0a\0", Encoding::Utf16Le, 0),
            (b"\0<\0a", Encoding::Utf16Be, 0),
        ] {
            let text = Text::decode(bytes).unwrap();
            assert_eq!((text.encoding(), text.bom()), (encoding, bom), "{bytes:?}");
        }
    }

    #[test]
    fn spans_lead_back_to_the_file() {
        let words = "<a>受信サーバー 𝄞</a>".repeat(40);
        for (encoding, bom) in [
            (Encoding::Utf8, false),
            (Encoding::Utf8Bom, true),
            (Encoding::Utf16Le, true),
            (Encoding::Utf16Le, false),
            (Encoding::Utf16Be, true),
            (Encoding::Utf16Be, false),
        ] {
            let bytes = file(&words, encoding, bom);
            let text = Text::decode(&bytes).unwrap();
            assert_eq!(text.as_str(), words);
            for (at, _) in words.match_indices("サーバー") {
                let span = Span::new(at, at + "サーバー".len());
                let source = text.to_source(span);
                assert_eq!(&bytes[source.range()], text.encode("サーバー"), "{encoding:?} at {at}");
                assert_eq!(text.to_text(source), span, "{encoding:?} at {at}");
            }
            assert_eq!(text.to_source(Span::at(words.len())).end, bytes.len());
        }
    }

    #[test]
    fn broken_text_is_refused_where_it_breaks() {
        for (bytes, offset) in [
            (&b"<a>\x83\x65</a>"[..], 3),
            (b"\xEF\xBB\xBFab\xFF", 5),
            (b"\xFF\xFEa\0\0\xD8", 4),
            (b"\xFF\xFEa\0b", 4),
            (b"\xFE\xFF\xDC\0", 2),
        ] {
            assert_eq!(Text::decode(bytes).unwrap_err().offset, offset, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn decoding_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200), start in 0..300usize, len in 0..300usize) {
            if let Ok(text) = Text::decode(&bytes) {
                let span = text.to_source(Span::new(start, start + len));
                prop_assert!(span.start <= span.end && span.end <= bytes.len());
                let back = text.to_text(Span::new(start, start + len));
                prop_assert!(back.start <= back.end && back.end <= text.as_str().len());
                prop_assert_eq!(&bytes[text.bom()..], text.encode(text.as_str()));
            }
        }
    }
}

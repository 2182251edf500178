//! The tokens of a `prefs.js`, cut exactly where Thunderbird cuts them.
//!
//! Exactness matters in the broken cases: what a stray `/` or an unfinished escape swallows decides which `;` ends the recovery.
//! A zero byte is the end of the file only where a token may begin; a string, a comment or a `/` swallows it and reading goes on
//! behind it. Not here: the order of tokens, and recovery (`parser`).

use super::{Keyword, ProblemKind};
use crate::source::Span;

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// One of `( ) + , - ;`.
    Mark(u8),
    Keyword(Keyword),
    Bool(bool),
    Sticky,
    Locked,
    /// A whole string, decoded.
    Text(String),
    /// Digits without sign: 2147483648 is valid after a minus.
    Number(u32),
    /// A malformed token, and the part of it to point at.
    Bad(ProblemKind, Span),
    /// The end of the bytes, or a zero byte, which is not consumed.
    End,
}

/// A token and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
    /// Where lines begin in the blanks and comments before the token, not inside of comments: the first and the last place.
    pub(super) breaks: Option<(usize, usize)>,
}

/// Cuts bytes into tokens.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    /// Begins at `at`, behind a BOM.
    pub(super) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// The next token. At the end it is [`TokenKind::End`], again and again.
    pub(super) fn next(&mut self) -> Token {
        let mut breaks = None;
        loop {
            let start = self.at;
            let kind = match self.peek() {
                b'\n' | b'\r' => {
                    self.take_line_end();
                    note(&mut breaks, self.at);
                    continue;
                }
                b' ' | b'\t' | 0x0b | 0x0c => {
                    self.at += 1;
                    continue;
                }
                b'#' => {
                    self.skip_line_comment(&mut breaks);
                    continue;
                }
                b'/' => match self.slash(&mut breaks) {
                    None => continue,
                    Some(bad) => bad,
                },
                first => self.token(first),
            };
            return Token { kind, span: Span::new(start, self.at), breaks };
        }
    }

    fn token(&mut self, first: u8) -> TokenKind {
        let start = self.at;
        match first {
            0 => TokenKind::End,
            b'(' | b')' | b'+' | b',' | b'-' | b';' => {
                self.at += 1;
                TokenKind::Mark(first)
            }
            b'"' | b'\'' => self.string(first),
            b'0'..=b'9' => self.number(),
            _ if is_word(first) => self.word(),
            _ => {
                self.at += 1;
                TokenKind::Bad(ProblemKind::UnexpectedCharacter, Span::new(start, self.at))
            }
        }
    }

    /// The next byte; 0 at the end, as in Thunderbird's buffer.
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn take(&mut self) -> u8 {
        let byte = self.peek();
        self.at = self.bytes.len().min(self.at + 1);
        byte
    }

    fn take_if(&mut self, byte: u8) -> bool {
        let found = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(found);
        found
    }

    fn take_line_end(&mut self) {
        if !(self.take_if(b'\r') && self.peek() != b'\n') {
            self.take_if(b'\n');
        }
    }

    /// Up to and including the line end, or a zero byte.
    fn skip_line_comment(&mut self, breaks: &mut Option<(usize, usize)>) {
        while !matches!(self.peek(), b'\n' | b'\r' | 0) {
            self.at += 1;
        }
        if self.take_if(0) || self.at == self.bytes.len() {
            return;
        }
        self.take_line_end();
        note(breaks, self.at);
    }

    /// A comment gives `None`. What follows a lone slash is swallowed with it, unless it is a line end.
    fn slash(&mut self, breaks: &mut Option<(usize, usize)>) -> Option<TokenKind> {
        let start = self.at;
        self.at += 1;
        match self.peek() {
            b'/' => self.skip_line_comment(breaks),
            b'*' => return self.block_comment(start),
            next => {
                if !matches!(next, b'\n' | b'\r') {
                    self.take();
                }
                return Some(TokenKind::Bad(ProblemKind::LoneSlash, Span::new(start, start + 1)));
            }
        }
        None
    }

    fn block_comment(&mut self, start: usize) -> Option<TokenKind> {
        self.at += 1;
        loop {
            match self.take() {
                b'*' if self.take_if(b'/') => return None,
                0 => return Some(TokenKind::Bad(ProblemKind::UnterminatedComment, Span::new(start, start + 2))),
                _ => {}
            }
        }
    }

    /// Letters and underscores; a digit ends the word.
    fn word(&mut self) -> TokenKind {
        let start = self.at;
        while is_word(self.peek()) {
            self.at += 1;
        }
        match &self.bytes[start..self.at] {
            b"user_pref" => TokenKind::Keyword(Keyword::UserPref),
            b"pref" => TokenKind::Keyword(Keyword::Pref),
            b"sticky_pref" => TokenKind::Keyword(Keyword::StickyPref),
            b"true" => TokenKind::Bool(true),
            b"false" => TokenKind::Bool(false),
            b"sticky" => TokenKind::Sticky,
            b"locked" => TokenKind::Locked,
            _ => TokenKind::Bad(ProblemKind::UnknownKeyword, Span::new(start, self.at)),
        }
    }

    fn number(&mut self) -> TokenKind {
        let start = self.at;
        let mut value = Some(0_u32);
        while self.peek().is_ascii_digit() {
            let digit = u32::from(self.take() - b'0');
            value = value.and_then(|value| value.checked_mul(10)?.checked_add(digit));
        }
        if is_word(self.peek()) {
            return TokenKind::Bad(ProblemKind::LetterInNumber, Span::new(start, self.at + 1));
        }
        let too_large = TokenKind::Bad(ProblemKind::NumberTooLarge, Span::new(start, self.at));
        value.map_or(too_large, TokenKind::Number)
    }

    /// To the closing quote even if something inside is wrong; the first thing wrong is told.
    fn string(&mut self, quote: u8) -> TokenKind {
        let opening = Span::new(self.at, self.at + 1);
        self.at += 1;
        let mut text = Vec::new();
        let mut first_bad = None;
        loop {
            let start = self.at;
            let bad = match self.take() {
                byte if byte == quote => break,
                0 => {
                    first_bad = first_bad.or(Some((ProblemKind::UnterminatedString, opening)));
                    break;
                }
                b'\\' => self.escape(&mut text).err(),
                byte => {
                    text.push(byte);
                    None
                }
            };
            first_bad = first_bad.or(bad.map(|kind| (kind, Span::new(start, self.at))));
        }
        first_bad.map_or_else(|| TokenKind::Text(to_text(text)), |(kind, span)| TokenKind::Bad(kind, span))
    }

    /// What follows a backslash.
    fn escape(&mut self, text: &mut Vec<u8>) -> Result<(), ProblemKind> {
        let byte = match self.peek() {
            byte @ (b'"' | b'\'' | b'\\') => byte,
            b'n' => b'\n',
            b'r' => b'\r',
            b'x' => return self.hex_escape(text),
            b'u' => return self.unicode_escape(text),
            b'\n' | b'\r' => return Err(ProblemKind::UnknownEscape),
            _ => {
                self.take();
                return Err(ProblemKind::UnknownEscape);
            }
        };
        self.at += 1;
        text.push(byte);
        Ok(())
    }

    /// `\xNN`: a byte, not a character.
    fn hex_escape(&mut self, text: &mut Vec<u8>) -> Result<(), ProblemKind> {
        self.at += 1;
        match self.hex_digits(2).map(u8::try_from) {
            Some(Ok(0)) => Err(ProblemKind::ZeroHexEscape),
            Some(Ok(byte)) => {
                text.push(byte);
                Ok(())
            }
            _ => Err(ProblemKind::MalformedHexEscape),
        }
    }

    /// `\uNNNN`: a UTF-16 unit; two of them, each with its `\u`, for a character beyond U+FFFF.
    fn unicode_escape(&mut self, text: &mut Vec<u8>) -> Result<(), ProblemKind> {
        self.at += 1;
        let unit = self.hex_digits(4).ok_or(ProblemKind::MalformedUnicodeEscape)?;
        let units = match unit {
            0 => return Err(ProblemKind::ZeroUnicodeEscape),
            0xd800..=0xdbff => vec![unit, self.low_surrogate()?],
            0xdc00..=0xdfff => return Err(ProblemKind::MissingHighSurrogate),
            _ => vec![unit],
        };
        text.extend_from_slice(String::from_utf16_lossy(&units).as_bytes());
        Ok(())
    }

    /// A backslash that does not begin a second half is swallowed nevertheless: `\uD83D\"` closes the string.
    fn low_surrogate(&mut self) -> Result<u16, ProblemKind> {
        let digits = if self.take_if(b'\\') && self.take_if(b'u') { self.hex_digits(4) } else { None };
        match digits {
            Some(low @ 0xdc00..=0xdfff) => Ok(low),
            Some(_) => Err(ProblemKind::InvalidLowSurrogate),
            None => Err(ProblemKind::MissingLowSurrogate),
        }
    }

    /// Digits before the one that is none are swallowed.
    fn hex_digits(&mut self, count: usize) -> Option<u16> {
        let mut value = 0;
        for _ in 0..count {
            let digit = char::from(self.peek()).to_digit(16)?;
            self.at += 1;
            value = value * 16 + digit;
        }
        u16::try_from(value).ok()
    }
}

/// What a word is made of.
const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

fn note(breaks: &mut Option<(usize, usize)>, at: usize) {
    *breaks = Some((breaks.map_or(at, |known| known.0), at));
}

fn to_text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ProblemKind::*;

    fn first(text: &str) -> (TokenKind, usize) {
        let token = Lexer::new(text.as_bytes(), 0).next();
        (token.kind, token.span.end)
    }

    #[test]
    fn strings_are_decoded() {
        let cases = [
            (r#""""#, ""),
            (r#"'a"b'"#, "a\"b"),
            (r#""\"\'\\\n\r""#, "\"'\\\n\r"),
            (r#""\x41\xc3\xa9""#, "Aé"),
            (r#""\xff.""#, "\u{fffd}."),
            (r#""\u00e9\u3042\uD83D\ude00""#, "éあ😀"),
            ("\"a\r\nb\"", "a\r\nb"),
        ];
        for (text, value) in cases {
            assert_eq!(first(text), (TokenKind::Text(value.into()), text.len()), "{text}");
        }
    }

    #[test]
    fn bad_tokens_end_where_thunderbirds_do() {
        let cases = [
            (r#""C:\Users\taro" x"#, UnknownEscape, 15),
            ("\"a\\\nb\" x", UnknownEscape, 6),
            (r#""\x4""#, MalformedHexEscape, 5),
            (r#""\x00""#, ZeroHexEscape, 6),
            (r#""\u12""#, MalformedUnicodeEscape, 6),
            (r#""\u0000""#, ZeroUnicodeEscape, 8),
            (r#""\uD83D\u0041""#, InvalidLowSurrogate, 14),
            (r#""\uD83D." "#, MissingLowSurrogate, 9),
            (r#""\uD83D\"x"#, MissingLowSurrogate, 9),
            (r#""\uDE00""#, MissingHighSurrogate, 8),
            ("\"\\t\\x0\" x", UnknownEscape, 7),
            ("\"abc", UnterminatedString, 4),
            ("\"a\0;", UnterminatedString, 3),
            ("/* a", UnterminatedComment, 4),
            ("/; x", LoneSlash, 2),
            ("/\n", LoneSlash, 1),
            ("12abc", LetterInNumber, 2),
            ("99999999999x", LetterInNumber, 11),
            ("4294967296", NumberTooLarge, 10),
            ("lockPref", UnknownKeyword, 8),
            ("TRUE", UnknownKeyword, 4),
            ("@x", UnexpectedCharacter, 1),
        ];
        for (text, kind, end) in cases {
            let (found, found_end) = first(text);
            assert!(matches!(found, TokenKind::Bad(found, _) if found == kind), "{text}: {found:?}");
            assert_eq!(found_end, end, "{text}");
        }
    }

    #[test]
    fn blanks_and_comments_are_skipped() {
        for text in ["# a\n;", "// a\r;", "//\r\n;", "/**/;", "/* * /* **/;", " \t\x0b\x0c\r\n;", "# a\0;", "/*\n*/\n;"]
        {
            assert_eq!(first(text), (TokenKind::Mark(b';'), text.len()), "{text:?}");
        }
        assert_eq!(first("\0;"), (TokenKind::End, 0));
        assert_eq!(Lexer::new(b"/*\n*/ \n\r\n;", 0).next().breaks, Some((7, 9)));
    }
}

//! What can be wrong in a `prefs.js`, in words, and the settings that are gone because of it.
//!
//! Not here: when a problem arises (`lexer`, `parser`), how grave it is (rules).

use crate::message;
use crate::message::Message;
use crate::source::Span;

/// One place where Thunderbird stumbles, and what it skips because of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Where Thunderbird notices. For an open string or comment, whose end it notices, the mark that opens it.
    pub span: Span,
    /// What Thunderbird skips: from the beginning of the first statement it drops up to the end of its recovery.
    pub lost: Span,
    /// The settings mentioned in `lost`, in order, as well as it can be told: outside whole-line comments, escapes not decoded.
    pub lost_names: Vec<String>,
}

/// One kind for each message of Thunderbird's parser, and two for what it does not report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// Something else than `user_pref` where a statement should begin; also a second `;`.
    ExpectedKeyword,
    /// No `(` after `user_pref`.
    ExpectedOpeningParenthesis,
    /// No string after `(`.
    ExpectedName,
    /// No `,` after the name.
    ExpectedComma,
    /// No value after `,`.
    ExpectedValue,
    /// No `)` after the value.
    ExpectedClosingParenthesis,
    /// Neither `,` nor `)` after an attribute.
    ExpectedParenthesisAfterAttribute,
    /// Neither `sticky` nor `locked` after the comma that follows the value.
    ExpectedAttribute,
    /// No `;` after `)`: noticed at the next statement, and both are lost.
    ExpectedSemicolon,
    /// No digits after `-`.
    ExpectedDigitsAfterMinus,
    /// No digits after `+`.
    ExpectedDigitsAfterPlus,
    /// A number outside −2147483648…2147483647.
    NumberTooLarge,
    /// A letter directly after digits: `0x10`, `12abc`.
    LetterInNumber,
    /// A character that means nothing outside of strings and comments.
    UnexpectedCharacter,
    /// A word that these files do not know: `lockPref`, `TRUE`, `null`.
    UnknownKeyword,
    /// A string that is never closed.
    UnterminatedString,
    /// A `/*` that is never closed.
    UnterminatedComment,
    /// A single `/`.
    LoneSlash,
    /// A backslash before a character that needs or knows none, as in a Windows path.
    UnknownEscape,
    /// `\x` without two hexadecimal digits.
    MalformedHexEscape,
    /// `\u` without four hexadecimal digits.
    MalformedUnicodeEscape,
    /// `\x00`.
    ZeroHexEscape,
    /// `\u0000`.
    ZeroUnicodeEscape,
    /// A high surrogate and then another character than a low one.
    InvalidLowSurrogate,
    /// A high surrogate alone.
    MissingLowSurrogate,
    /// A low surrogate alone.
    MissingHighSurrogate,
    /// A zero byte: Thunderbird takes it for the end of the file and says nothing.
    NulByte,
    /// The file is UTF-16; nothing of it is read.
    Utf16,
}

impl ProblemKind {
    /// What is wrong, as a sentence without its full stop.
    pub const fn message(self) -> Message {
        match self {
            Self::ExpectedKeyword => message!("a setting must begin with user_pref"),
            Self::ExpectedOpeningParenthesis => {
                message!("an opening parenthesis is missing before the name of the setting")
            }
            Self::ExpectedName => message!("the name of the setting, in quotes, is missing"),
            Self::ExpectedComma => message!("a comma is missing between name and value"),
            Self::ExpectedValue => {
                message!("the value is missing or is not true, false, a whole number or text in quotes")
            }
            Self::ExpectedClosingParenthesis => message!("a closing parenthesis is missing after the value"),
            Self::ExpectedParenthesisAfterAttribute => message!("a closing parenthesis is missing after the attribute"),
            Self::ExpectedAttribute => message!("a closing parenthesis must follow the value, not a comma and more"),
            Self::ExpectedSemicolon => message!("a semicolon is missing, so all up to the next semicolon is lost"),
            Self::ExpectedDigitsAfterMinus => message!("a minus sign without a number"),
            Self::ExpectedDigitsAfterPlus => message!("a plus sign without a number"),
            Self::NumberTooLarge => message!("the number is too large, the limits are -2147483648 and 2147483647"),
            Self::LetterInNumber => message!("a letter in a number, only decimal digits are allowed"),
            Self::UnexpectedCharacter => message!("a character that has no meaning here"),
            Self::UnknownKeyword => message!("a word that Thunderbird does not know here"),
            Self::UnterminatedString => message!("a quotation mark is opened and never closed"),
            Self::UnterminatedComment => message!("a comment is opened with /* and never closed"),
            Self::LoneSlash => message!("a single slash, a comment begins with // or /*"),
            Self::UnknownEscape => {
                message!("a backslash before a character that allows none, write \\\\ for a backslash")
            }
            Self::MalformedHexEscape => message!("\\x must be followed by two hexadecimal digits"),
            Self::MalformedUnicodeEscape => message!("\\u must be followed by four hexadecimal digits"),
            Self::ZeroHexEscape => message!("the character \\x00 is not allowed"),
            Self::ZeroUnicodeEscape => message!("the character \\u0000 is not allowed"),
            Self::InvalidLowSurrogate => message!("the second half of a \\u pair is not a second half"),
            Self::MissingLowSurrogate => message!("the second half of a \\u pair is missing"),
            Self::MissingHighSurrogate => message!("the first half of a \\u pair is missing"),
            Self::NulByte => message!("a zero byte, Thunderbird ignores all that follows it"),
            Self::Utf16 => message!("the file is saved as UTF-16, Thunderbird reads nothing of it, it must be UTF-8"),
        }
    }
}

/// The names in everything of `bytes` that looks like the beginning of a statement, `…pref("name"`.
///
/// Looks at the text, not at tokens: after an open quote the tokens are inside out. Visits each byte a bounded number of times.
pub(super) fn mentioned_names(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut line_is_blank = true;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = &bytes[at..];
        match byte {
            b'#' if line_is_blank => at += line_len(rest),
            b'/' if line_is_blank && rest.starts_with(b"//") => at += line_len(rest),
            b'(' if follows_keyword(&bytes[..at]) => {
                let (name, len) = name_in(&rest[1..]);
                names.extend(name);
                at += 1 + len;
            }
            _ => at += 1,
        }
        line_is_blank = matches!(byte, b'\n' | b'\r') || (line_is_blank && is_blank(byte));
    }
    names
}

/// White space of the grammar, line ends included.
pub(super) const fn is_blank(byte: &u8) -> bool {
    matches!(*byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// Up to the line end, without it.
fn line_len(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(bytes.len())
}

/// Whether `before` ends in any kind of `pref`, be it `user_pref`, `lockPref` or misspelt before that.
fn follows_keyword(before: &[u8]) -> bool {
    let word = before.trim_ascii_end();
    word.len() >= 4 && word[word.len() - 4..].eq_ignore_ascii_case(b"pref")
}

/// The name in quotes at the beginning of `bytes`, and how many bytes to go on after. The closing quote may be missing.
fn name_in(bytes: &[u8]) -> (Option<String>, usize) {
    let blanks = bytes.len() - bytes.trim_ascii_start().len();
    let Some(quote @ (b'"' | b'\'')) = bytes.get(blanks) else { return (None, 0) };
    let text = &bytes[blanks + 1..];
    let len = text.iter().position(|byte| byte == quote || matches!(byte, b',' | b'\n' | b'\r' | 0));
    let name = String::from_utf8_lossy(&text[..len.unwrap_or(text.len())]).trim().to_owned();
    ((!name.is_empty()).then_some(name), blanks + 1 + len.unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_broken_text() {
        let cases: [(&str, &[&str]); 9] = [
            ("user_pref(\"a.b\", 1)", &["a.b"]),
            ("user_pref ( \n 'a'", &["a"]),
            ("lockPref(\"a\", 1); sticky_pref(\"b\"", &["a", "b"]),
            ("usr_pref(\"a, 1);\nuser_pref(\"b\");", &["a", "b"]),
            ("// user_pref(\"a\")\n  # user_pref(\"b\")\nuser_pref(\"c\")", &["c"]),
            ("user_pref(\"a", &["a"]),
            ("user_pref(\"\", 1); user_pref(1);", &[]),
            ("prefer(\"a\")", &[]),
            ("https://pref(\"a\")", &["a"]),
        ];
        for (text, names) in cases {
            assert_eq!(mentioned_names(text.as_bytes()), names, "{text}");
        }
    }
}

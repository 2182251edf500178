//! Finds what may be a password in the bytes of a file, without a parser, so that a broken file gives none away. One file for each
//! format, and what is common to them here.
//!
//! What is found here is only hidden, never judged: a place too many costs a masked word, a place too few a password. Not here: what a
//! whole document keeps secret (`document`).

mod elements;
mod json;
mod preferences;
mod property_list;
mod spelling;
mod toml;

pub(crate) use elements::in_elements;
pub(crate) use json::in_json;
pub(crate) use preferences::in_unread_preferences;
pub(crate) use property_list::in_property_list;
pub(crate) use spelling::{is_in, spellings};
pub(crate) use toml::in_toml;

use crate::source::Span;

/// What the name of a secret ends with, in lower case.
const WORDS: [&str; 9] =
    ["password", "passwd", "passphrase", "passcode", "secret", "token", "apikey", "api_key", "pwd"];

/// Whether a setting of this name holds a secret; a slip of the pen in `password` does not make it public.
pub(crate) fn names_a_secret(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    !name.contains("passwordsame") && (WORDS.iter().any(|word| name.ends_with(word)) || ends_with_a_slip(name))
}

fn ends_with_a_slip(name: &str) -> bool {
    let may_be = ["pas", "swo", "wor"].iter().any(|part| name.contains(part));
    let tail = |len: usize| name.len().checked_sub(len).and_then(|start| name.get(start..));
    may_be && (6..=10).filter_map(tail).any(|tail| strsim::damerau_levenshtein(tail, "password") <= 2)
}

/// Whether a setting of this name holds a host, into which people paste addresses with a password in them.
pub(crate) fn names_a_host(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    name.ends_with("host") || name.ends_with("hostname")
}

fn find(bytes: &[u8], at: usize, needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes.get(at..)?, needle).map(|found| at + found)
}

/// The password in `https://user:password@host/`, wherever it stands.
pub(crate) fn in_addresses(bytes: &[u8]) -> Vec<Span> {
    let mut spans = Vec::new();
    for at in memchr::memmem::find_iter(bytes, b"://") {
        let start = at + "://".len();
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"/\"'<>".contains(byte);
        let end = bytes[start..].iter().position(is_end).map_or(bytes.len(), |len| start + len);
        spans.extend(in_host(&bytes[start..end]).map(|span| span.shifted(start)));
    }
    spans
}

/// The password in `user:password@host`.
pub(crate) fn in_host(host: &[u8]) -> Option<Span> {
    let end = memchr::memrchr(b'@', host)?;
    let scheme = memchr::memmem::find(&host[..end], b"://").map_or(0, |at| at + "://".len());
    let start = scheme + memchr::memchr(b':', &host[scheme..end])? + 1;
    (start < end).then(|| Span::new(start, end))
}

/// The texts at `spans`, for the tests of each format.
#[cfg(test)]
fn hidden(spans: &[Span], text: &str) -> Vec<String> {
    spans.iter().map(|span| text[span.range()].to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_known_with_slips_and_numbers() {
        for name in [
            "IncomingPassword",
            " OutgoingPassword ",
            "IncomingPasword",
            "IncomingPassowrd",
            "mail.server.server1.password2",
            "oauth2.refreshToken",
            "SharedSecret",
        ] {
            assert!(names_a_secret(name), "{name}");
        }
        for name in
            ["OutgoingPasswordSameAsIncomingPassword", "PayloadScope", "SSLForward", "Keyword", "userName", "メール"]
        {
            assert!(!names_a_secret(name), "{name}");
        }
    }

    #[test]
    fn passwords_in_addresses_are_found() {
        for (text, expected) in [
            ("\"https://taro:a:b@h/\"", Some("a:b")),
            ("<string>imap://taro:x@y@h</string>", Some("x@y")),
            ("imap://taro%40example.jp@imap.example.jp/Sent", None),
            ("https://example.jp:443/a@b", None),
            ("smtp.example.jp:taro@example.jp", None),
        ] {
            let expected: Vec<&str> = expected.into_iter().collect();
            assert_eq!(hidden(&in_addresses(text.as_bytes()), text), expected, "{text}");
        }
        assert_eq!(in_host(b"taro:x@h"), Some(Span::new(5, 6)));
        assert_eq!(in_host(b"[::1]:993"), None);
    }
}

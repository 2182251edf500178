//! Passwords in XML that is no property list.

use super::{find, in_host, names_a_host, names_a_secret};
use crate::source::Span;

/// In XML: the text behind a tag whose name speaks of a secret, up to its end tag or the end of the line.
pub(crate) fn in_elements(bytes: &[u8]) -> Vec<Span> {
    let behind = |at: usize| {
        let len = bytes[at..].iter().position(|byte| byte.is_ascii_whitespace() || b"/<>".contains(byte))?;
        let name = String::from_utf8_lossy(&bytes[at..at + len]);
        let (is_secret, is_host) = (names_a_secret(&name), names_a_host(&name));
        let start = find(bytes, at + len, b">").filter(|_| is_secret || is_host)? + 1;
        let line = memchr::memchr(b'\n', &bytes[start..]).map(|len| start + len);
        let end = find(bytes, start, b"</").or(line).unwrap_or(bytes.len());
        let text = Span::new(start, end);
        if is_secret { Some(text) } else { in_host(&bytes[text.range()]).map(|inner| inner.shifted(start)) }
    };
    memchr::memchr_iter(b'<', bytes).filter_map(|at| behind(at + 1)).filter(|span| !span.is_empty()).collect()
}

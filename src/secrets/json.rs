//! Passwords in JSON.

use super::{find, names_a_secret};
use crate::source::Span;

/// In JSON, well-formed or not: the text or number behind a name that speaks of a secret.
pub(crate) fn in_json(bytes: &[u8]) -> Vec<Span> {
    let texts: Vec<Span> = json_texts(bytes);
    let is_secret = |name: &&Span| names_a_secret(&String::from_utf8_lossy(&bytes[name.range()]));
    let mut spans: Vec<Span> = texts.iter().filter(is_secret).filter_map(|name| json_number(bytes, name.end)).collect();
    for (name, value) in texts.iter().zip(texts.iter().skip(1)) {
        let between = &bytes[name.end..value.start];
        let is_value = between.iter().all(|byte| byte.is_ascii_whitespace() || b"\":".contains(byte));
        if is_value && names_a_secret(&String::from_utf8_lossy(&bytes[name.range()])) {
            spans.push(*value);
        }
    }
    spans
}

/// The number behind a name that ends at `end`.
fn json_number(bytes: &[u8], end: usize) -> Option<Span> {
    let rest = bytes.get(end..)?;
    let before = rest.iter().take_while(|byte| byte.is_ascii_whitespace() || b"\":".contains(byte)).count();
    let number = &rest[before..];
    let len = number.iter().take_while(|byte| byte.is_ascii_digit() || b"+-.eE".contains(byte)).count();
    (len > 0 && rest[..before].contains(&b':')).then(|| Span::new(end + before, end + before + len))
}

/// What stands between quotation marks; the last one may be missing.
fn json_texts(bytes: &[u8]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(open) = find(bytes, at, b"\"") {
        let mut end = open + 1;
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        let end = end.min(bytes.len());
        spans.push(Span::new(open + 1, end));
        at = end + 1;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::super::hidden;
    use super::*;

    #[test]
    fn passwords_in_json_are_found() {
        let text = r#"{"encryptedPassword" : "a\"b", "passwordField": "c", "hostname":"password", "x":"y", "pwd":12, "x":{"secret":true}, "token":"z"#;
        assert_eq!(hidden(&in_json(text.as_bytes()), text), ["12", "a\\\"b", "z"]);
    }
}

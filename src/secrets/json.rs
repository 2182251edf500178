//! Secrets in JSON, by the names before them, in broken files too.

use super::names::names_a_secret;
use crate::source::Span;

/// In JSON, well-formed or not: the value behind a name that speaks of a secret, whatever its kind.
pub(crate) fn in_json(bytes: &[u8]) -> Vec<Span> {
    let tokens = tokens(bytes);
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(name) = tokens.get(at) {
        at += 1;
        if !name.is_text || !names_a_secret(&String::from_utf8_lossy(&bytes[name.span.range()])) {
            continue;
        }
        let colons = tokens[at..].iter().take_while(|token| token.is(bytes, b":")).count();
        let value = at + colons;
        if value == tokens.len() {
            break;
        }
        if tokens[value].is(bytes, b"{") || tokens[value].is(bytes, b"[") {
            let end = end_of_container(bytes, &tokens, value);
            let inner = &tokens[value..end];
            spans.extend(inner.first().zip(inner.last()).map(|(a, b)| Span::new(a.span.start, b.span.end)));
            spans.extend(inner.iter().filter(|token| token.is_text).map(|token| token.span));
            at = end;
        } else if tokens[value].is_text {
            spans.push(tokens[value].span);
            at = value + 1;
        }
    }
    spans.retain(|span| !span.is_empty());
    spans
}

/// Behind the end of a list or an object.
fn end_of_container(bytes: &[u8], tokens: &[Token], start: usize) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(start) {
        if token.is(bytes, b"{") || token.is(bytes, b"[") {
            depth += 1;
        } else if token.is(bytes, b"}") || token.is(bytes, b"]") {
            depth -= 1;
            if depth == 0 {
                return index + 1;
            }
        }
    }
    tokens.len()
}

/// A sign, or a text without its quotation marks.
struct Token {
    span: Span,
    is_text: bool,
}

impl Token {
    fn is(&self, bytes: &[u8], sign: &[u8]) -> bool {
        !self.is_text && bytes[self.span.range()] == *sign
    }
}

/// Texts may lack their last mark, or both: such a text ends with its line. Numbers and words are texts here.
fn tokens(bytes: &[u8]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let is_text = !b"{}[]:,".contains(byte);
        let span = match byte {
            _ if byte.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            b'"' | b'\'' => quoted(bytes, at),
            _ if is_text => Span::new(at, at + bare_len(&bytes[at..])),
            _ => Span::new(at, at + 1),
        };
        tokens.push(Token { span, is_text });
        at = if matches!(byte, b'"' | b'\'') { span.end + 1 } else { span.end };
    }
    tokens
}

fn quoted(bytes: &[u8], open: usize) -> Span {
    let mut end = open + 1;
    while end < bytes.len() && bytes[end] != bytes[open] {
        end += if bytes[end] == b'\\' { 2 } else { 1 };
    }
    Span::new(open + 1, end.min(bytes.len()))
}

/// A password without quotation marks may hold anything but the end of the line; a comma mostly parts it from what follows.
fn bare_len(rest: &[u8]) -> usize {
    let len = rest.iter().position(|byte| b"\r\n,]}:\"".contains(byte)).unwrap_or(rest.len());
    rest[..len].trim_ascii_end().len().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(spans: &[Span], text: &str) -> Vec<String> {
        spans.iter().map(|span| text[span.range()].to_owned()).collect()
    }

    #[test]
    fn passwords_in_json_are_found() {
        let text = r#"{"encryptedPassword" : "a\"b", "passwordField": "c", "hostname":"password", "x":"y", "pwd":1, "token":"z"#;
        assert_eq!(hidden(&in_json(text.as_bytes()), text), ["a\\\"b", "1", "z"]);
    }

    #[test]
    fn values_of_every_kind_are_found() {
        for (text, expected) in [
            (r#"{"password": {"value": "a", "b": [1]}, "x": "y"}"#, &["{\"value\": \"a\", \"b\": [1]}", "a", "1"][..]),
            (r#"{"password": ["a", "b"], "x": "y"}"#, &["[\"a\", \"b\"]", "a", "b"]),
            (r#"{"password": ["a", "x": "y"}"#, &["[\"a\", \"x\": \"y\"}", "a"]),
            (r#"{"password": 12, "x": "y"}"#, &["12"]),
            ("{\"password\": a b\n\"x\": \"y\"}", &["a b"]),
            ("{'password': 'a', 'x': 'y'}", &["a"]),
            ("{password: \"a\"}", &["a"]),
            (r#"{"passwort" "a"}"#, &["a"]),
            (r#"{"x": "password"}"#, &[]),
            (r#"{"password": ""}"#, &[]),
        ] {
            let found = hidden(&in_json(text.as_bytes()), text);
            assert!(expected.iter().all(|text| found.iter().any(|found| found == text)), "{text}: {found:?}");
            assert_eq!(found.is_empty(), expected.is_empty(), "{text}: {found:?}");
        }
    }
}

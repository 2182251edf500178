//! Secrets in TOML, by the names before them, in broken files too.

use super::find;
use super::names::names_a_secret;
use super::text::{in_addresses, in_assignments};
use crate::source::Span;

/// In TOML, well-formed or not: the value behind a name that speaks of a secret, and passwords in addresses. Files of ours hold none;
/// people write them there all the same.
pub(crate) fn in_toml(bytes: &[u8]) -> Vec<Span> {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b"-_.\"'".contains(byte);
    let behind = |at: usize| {
        let before = bytes[..at].trim_ascii_end();
        let quoted = before.strip_suffix(b"\"").and_then(|name| Some(name.len() - memchr::memrchr(b'"', name)?));
        let len = before.iter().rev().take_while(|byte| is_of_name(byte)).count().max(quoted.unwrap_or(0));
        let name = String::from_utf8_lossy(&before[before.len() - len..]);
        let blanks = bytes[at + 1..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let is_secret = names_a_secret(name.trim_matches(['"', '\'']));
        is_secret.then(|| toml_value(bytes, at + 1 + blanks)).flatten()
    };
    let values = memchr::memchr_iter(b'=', bytes).filter_map(behind);
    let mut spans: Vec<Span> = values.collect();
    spans.sort_unstable();
    let is_known = |span: &Span| {
        let before = spans.partition_point(|known| known.start <= span.start);
        before > 0 && span.end <= spans[before - 1].end
    };
    let assigned: Vec<Span> = in_assignments(bytes).into_iter().filter(|span| !is_known(span)).collect();
    spans.extend(assigned);
    spans.extend(in_addresses(bytes));
    spans
}

/// The text that begins at `start`, without its quotation marks; a table has names of its own.
fn toml_value(bytes: &[u8], start: usize) -> Option<Span> {
    let rest = &bytes[start..];
    let long = [b"\"\"\"", b"'''"].into_iter().find(|mark| rest.starts_with(*mark));
    let (inner, end) = match (long, rest.first()?) {
        (Some(mark), _) => (mark.len(), find(bytes, start + mark.len(), mark)),
        (None, b'{') => return None,
        (None, b'[') => (0, find(bytes, start, b"]").or(Some(bytes.len()))),
        // What stands behind the closing mark is hidden too: a line may be broken.
        (None, b'"' | b'\'') => (1, None),
        (None, _) => (0, None),
    };
    let line = || memchr::memchr(b'\n', rest).map(|len| start + len);
    let end = end.or_else(|| long.is_none().then(line).flatten()).unwrap_or(bytes.len());
    let text = bytes[start + inner..end.max(start + inner)].trim_ascii_end();
    let text = if long.is_none() && inner > 0 { text.strip_suffix(&rest[..inner]).unwrap_or(text) } else { text };
    (!text.is_empty()).then(|| Span::new(start + inner, start + inner + text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(spans: &[Span], text: &str) -> Vec<String> {
        spans.iter().map(|span| text[span.range()].to_owned()).collect()
    }

    #[test]
    fn passwords_are_found_in_settings_files_however_they_are_written() {
        for (text, expected) in [
            ("password = \"ab\"\nx = 1", vec!["ab"]),
            ("password=ab # x\r\nx = 1", vec!["ab # x"]),
            ("\"smtp.Password\" = 'a", vec!["a"]),
            ("token = \"\"\"\na\nb\"\"\"\nx = 1", vec!["\na\nb"]),
            ("secret = '''\na\nb", vec!["\na\nb"]),
            ("x = { rule = \"y\", password = \"a\" }", vec!["a\" }"]),
            ("reason = \"with password=ab\"", vec!["ab\""]),
            ("hosts = [\"https://taro:ab@example.jp\"]", vec!["ab"]),
            ("password = [\n\"ab\"\n]\nx = 1", vec!["[\n\"ab\""]),
            ("\"パスワード\" = \"ab\"", vec!["ab"]),
            ("\"mot de passe\" = \"ab\"", vec!["ab"]),
            ("\"Password=a1\" = 1", vec!["a1\" = 1", "1"]),
            ("password = { kind = \"app-password\" }\n[password]\nkind = \"x\"", vec![]),
            ("forbid-secrets-in-files = true", vec![]),
            ("password =", vec![]),
            ("=", vec![]),
        ] {
            assert_eq!(hidden(&in_toml(text.as_bytes()), text), expected, "{text}");
        }
    }
}

//! Passwords in a property list.

use super::{find, in_host, names_a_host, names_a_secret};
use crate::source::Span;

/// In a property list: whatever stands between a key that speaks of a secret and the next key.
pub(crate) fn in_property_list(bytes: &[u8]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(found) = find(bytes, at, b"<key") {
        at = found + "<key".len();
        let Some(name_start) = find(bytes, at, b">").map(|end| end + 1) else { break };
        let name_end = find(bytes, name_start, b"<").unwrap_or(bytes.len());
        let name = String::from_utf8_lossy(&bytes[name_start..name_end]);
        let (is_secret, is_host) = (names_a_secret(&name), names_a_host(&name));
        if !is_secret && !is_host {
            continue;
        }
        let next_key = find(bytes, name_end, b"<key").unwrap_or(bytes.len());
        let end = find(bytes, name_end, b"</dict").unwrap_or(bytes.len()).min(next_key);
        let text = text_within(bytes, after_end_of_key(bytes, name_end), end);
        let in_host = |span: Span| in_host(&bytes[span.range()]).map(|inner| inner.shifted(span.start));
        spans.extend(if is_secret { text } else { text.and_then(in_host) });
    }
    spans
}

/// Behind `</key>`, which may be missing or hold blanks.
fn after_end_of_key(bytes: &[u8], at: usize) -> usize {
    let is_there = bytes[at..].starts_with(b"</key");
    if is_there { find(bytes, at, b">").map_or(bytes.len(), |end| end + 1) } else { at }
}

/// From the first start tag, or the first text without one, to the last end tag: a raw `<` in a password is no tag.
fn text_within(bytes: &[u8], start: usize, end: usize) -> Option<Span> {
    let mut at = start.min(end);
    loop {
        at += bytes[at..end].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let rest = &bytes[at..end];
        if rest.starts_with(b"<!--") {
            at = find(bytes, at, b"-->").map_or(end, |close| close + "-->".len()).min(end);
        } else if rest.starts_with(b"<") && !rest.starts_with(b"<![") && !rest.starts_with(b"</") {
            at = find(bytes, at, b">").map_or(end, |close| close + 1).min(end);
            break;
        } else {
            break;
        }
    }
    let text = &bytes[at..end];
    let close = memchr::memmem::rfind(text, b"</").unwrap_or(text.len());
    let close = text[..close].iter().rposition(|byte| !byte.is_ascii_whitespace()).map_or(0, |last| last + 1);
    (close > 0).then(|| Span::new(at, at + close))
}

#[cfg(test)]
mod tests {
    use super::super::hidden;
    use super::*;

    #[test]
    fn passwords_are_found_in_broken_lists_too() {
        for (list, expected) in [
            (
                "<key>IncomingPassword</key>\n<string>pa&ss<word</string><key>Port</key><integer>1</integer>",
                Some("pa&ss<word"),
            ),
            ("<key>APassword</key><!-- x --><string  >a</string>\n</dict></plist>", Some("a")),
            ("<key>Password</key ><strnig>a</strnig>", Some("a")),
            ("<key>Password<string>a b", Some("a b")),
            ("<key>Password</key>a\n", Some("a")),
            ("<key>Password</key><![CDATA[a]]></string>", Some("<![CDATA[a]]>")),
            ("<key>Password</key><true/><key>A</key><string>x</string>", None),
            ("<key>Password</key><string/>", None),
            ("<key>Password</key><dict><key>A</key><string>x</string></dict>", None),
            ("<key>Password</key>", None),
            ("<key>Password", None),
            ("<key>HostName</key><string>taro:a@example.jp</string>", Some("a")),
            ("<key>HostName</key><string>imap.example.jp:993</string>", None),
        ] {
            let expected: Vec<&str> = expected.into_iter().collect();
            assert_eq!(hidden(&in_property_list(list.as_bytes()), list), expected, "{list}");
        }
    }
}

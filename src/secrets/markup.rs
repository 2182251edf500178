//! Secrets in property lists and other XML, by the names of keys and elements, in broken files too.

use super::find;
use super::names::{is_plain_name, names_a_host, names_a_secret};
use super::spelling::without_markup;
use super::text::in_host;
use crate::source::Span;

/// In a property list: whatever stands between a key that speaks of a secret and the next key, be it a text, a list or a key; and
/// a key in whose place a secret stands.
pub(crate) fn in_property_list(bytes: &[u8]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(key) = Key::find(bytes, at) {
        at = key.behind;
        let name = key.text(bytes);
        if names_a_secret(&name) {
            at = value(bytes, key.behind, &mut spans);
            continue;
        }
        let text = || text_within(bytes, key.behind, end_of_leaf(bytes, key.behind));
        if names_a_host(&name) {
            let inner = text().and_then(|span| in_host(&bytes[span.range()]).map(|inner| inner.shifted(span.start)));
            spans.extend(inner);
        } else if !is_plain_name(name.trim()) && text().is_some_and(|span| is_name_of_secret(&bytes[span.range()])) {
            // Key and value have changed places.
            spans.push(key.name);
        }
    }
    spans
}

/// `<key>` and what stands in it.
struct Key {
    name: Span,
    /// Behind `</key>`, which may be missing or hold blanks.
    behind: usize,
}

impl Key {
    fn find(bytes: &[u8], at: usize) -> Option<Self> {
        let open = find(bytes, at, b"<key")? + "<key".len();
        let start = find(bytes, open, b">")? + 1;
        let end = end_of_name(bytes, start);
        Some(Self { name: Span::new(start, end), behind: after_end_of_key(bytes, end) })
    }

    /// The name without comments and CDATA.
    fn text(&self, bytes: &[u8]) -> String {
        without_markup(&String::from_utf8_lossy(&bytes[self.name.range()]))
    }
}

/// Where the text of a key ends: at its end tag or the next one, past comments and CDATA.
fn end_of_name(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(open) = find(bytes, at, b"<") {
        let end: &[u8] = match &bytes[open..] {
            rest if rest.starts_with(b"<![CDATA[") => b"]]>",
            rest if rest.starts_with(b"<!--") => b"-->",
            _ => return open,
        };
        at = find(bytes, open, end).map_or(bytes.len(), |close| close + end.len());
    }
    bytes.len()
}

/// The value of a secret, which begins at `at`. Gives back where to read on.
fn value(bytes: &[u8], at: usize, spans: &mut Vec<Span>) -> usize {
    let start = after_blanks_and_comments(bytes, at);
    let rest = &bytes[start..];
    if rest.is_empty() {
        // A comment that never ends, or the end of the file.
        spans.extend(Some(Span::new(at, start)).filter(|span| !bytes[span.range()].trim_ascii().is_empty()));
        return start;
    }
    if rest.starts_with(b"<key") {
        return key_for_value(bytes, start, spans);
    }
    if rest.starts_with(b"<dict") || rest.starts_with(b"<array") {
        let end = end_of_container(bytes, start);
        spans.push(Span::new(start, end));
        spans.extend(texts_within(bytes, start, end));
        return end;
    }
    let end = end_of_leaf(bytes, at);
    spans.extend(text_within(bytes, at, end));
    end
}

/// A key where the value of a secret belongs: the secret itself in the wrong element, unless it is the next setting.
fn key_for_value(bytes: &[u8], start: usize, spans: &mut Vec<Span>) -> usize {
    let Some(key) = Key::find(bytes, start) else { return bytes.len() };
    let next = after_blanks_and_comments(bytes, key.behind);
    let has_value = bytes
        .get(next..)
        .is_some_and(|rest| rest.starts_with(b"<") && !rest.starts_with(b"<key") && !rest.starts_with(b"</"));
    let name = String::from_utf8_lossy(&bytes[key.name.range()]);
    if has_value && is_plain_name(name.trim()) {
        return start;
    }
    spans.extend(Some(key.name).filter(|name| !name.is_empty()));
    key.behind
}

/// Where the text of a value ends at the latest.
fn end_of_leaf(bytes: &[u8], at: usize) -> usize {
    let next_key = find(bytes, at, b"<key").unwrap_or(bytes.len());
    find(&bytes[..next_key], at, b"</dict").unwrap_or(next_key)
}

/// Behind the end tag of the list or dictionary that begins at `start`; the end of the file where it is missing.
fn end_of_container(bytes: &[u8], start: usize) -> usize {
    let mut depth = 0_usize;
    for at in memchr::memchr_iter(b'<', &bytes[start..]).map(|at| start + at) {
        let (closes, name) = match bytes[at + 1..].strip_prefix(b"/") {
            Some(name) => (true, name),
            None => (false, &bytes[at + 1..]),
        };
        if !(name.starts_with(b"dict") || name.starts_with(b"array")) {
            continue;
        }
        let end = find(bytes, at, b">").map_or(bytes.len(), |end| end + 1);
        let is_empty = bytes[at..end].ends_with(b"/>");
        depth = if closes { depth.saturating_sub(1) } else { depth + usize::from(!is_empty) };
        if depth == 0 {
            return end;
        }
    }
    bytes.len()
}

/// The texts between the tags: each may be the secret that is written once more elsewhere. Names are none.
fn texts_within(bytes: &[u8], start: usize, end: usize) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = start;
    while let Some(open) = find(&bytes[..end], at, b">").map(|end| end + 1) {
        let close = find(&bytes[..end], open, b"<").unwrap_or(end);
        let text = bytes[open..close].trim_ascii();
        let is_name = bytes[..open].ends_with(b"<key>") && is_plain_name(&String::from_utf8_lossy(text));
        if !text.is_empty() && !is_name {
            spans.push(Span::new(open, close));
        }
        at = close;
    }
    spans
}

/// `IncomingPassword`, and no sentence that ends so.
fn is_name_of_secret(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    !text.trim().contains(char::is_whitespace) && names_a_secret(&text)
}

/// Behind `</key>`, which may be missing or hold blanks.
fn after_end_of_key(bytes: &[u8], at: usize) -> usize {
    let is_there = bytes[at..].starts_with(b"</key");
    if is_there { find(bytes, at, b">").map_or(bytes.len(), |end| end + 1) } else { at }
}

fn after_blanks_and_comments(bytes: &[u8], start: usize) -> usize {
    let mut at = start.min(bytes.len());
    loop {
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if !bytes[at..].starts_with(b"<!--") {
            return at;
        }
        at = find(bytes, at, b"-->").map_or(bytes.len(), |close| close + "-->".len());
    }
}

/// From the first start tag, or the first text without one, to the last end tag: a raw `<` in a password is no tag.
fn text_within(bytes: &[u8], start: usize, end: usize) -> Option<Span> {
    let mut at = after_blanks_and_comments(&bytes[..end], start);
    let rest = &bytes[at..end];
    if rest.starts_with(b"<") && !rest.starts_with(b"<![") && !rest.starts_with(b"</") {
        at = find(bytes, at, b">").map_or(end, |close| close + 1).min(end);
    }
    let text = &bytes[at..end];
    let close = memchr::memmem::rfind(text, b"</").unwrap_or(text.len());
    let close = text[..close].iter().rposition(|byte| !byte.is_ascii_whitespace()).map_or(0, |last| last + 1);
    (close > 0).then(|| Span::new(at, at + close))
}

/// In XML: what stands in an element whose name speaks of a secret, up to its end tag or the end of the line, and what its own
/// attributes say.
pub(crate) fn in_elements(bytes: &[u8]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(open) = find(bytes, at, b"<") {
        let name_start = open + 1;
        at = name_start;
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b"/<>".contains(byte);
        let Some(len) = bytes[name_start..].iter().position(ends) else { break };
        let name = &bytes[name_start..name_start + len];
        let word = String::from_utf8_lossy(name);
        if names_a_secret(&word) {
            let Some(start) = find(bytes, name_start + len, b">") else { break };
            at = end_of_element(bytes, name, start + 1);
            spans.extend([Span::new(name_start + len, start), Span::new(start + 1, at)]);
            spans.extend(texts_within(bytes, start, at));
        } else if names_a_host(&word) {
            let end = find(bytes, at, b"<").unwrap_or(bytes.len());
            spans.extend(in_host(&bytes[at..end]).map(|inner| inner.shifted(at)));
        }
    }
    spans.retain(|span| !bytes[span.range()].trim_ascii().is_empty() && bytes[span.range()] != *b"/");
    spans
}

/// Where the text of an element ends: at its own end tag, else at any, else with the line.
fn end_of_element(bytes: &[u8], name: &[u8], start: usize) -> usize {
    if bytes[..start].ends_with(b"/>") {
        return start;
    }
    let any = find(bytes, start, b"</");
    let is_leaf = any.is_none_or(|end| !bytes[start..end].contains(&b'<') || bytes[end + 2..].starts_with(name));
    if !is_leaf && let Some(own) = find(bytes, start, &[b"</", name].concat()) {
        return own;
    }
    let line = memchr::memchr(b'\n', &bytes[start..]).map(|len| start + len);
    any.or(line).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(spans: &[Span], text: &str) -> Vec<String> {
        spans.iter().map(|span| text[span.range()].to_owned()).collect()
    }

    #[test]
    fn a_value_of_another_kind_is_hidden_whole() {
        let key = "<key>IncomingPassword</key>";
        for (value, expected) in [
            (
                "<dict><key>value</key><string>a</string></dict>",
                &["<dict><key>value</key><string>a</string></dict>", "a"][..],
            ),
            (
                "<array><dict/><array><string>a</string></array>b</array>",
                &["<array><dict/><array><string>a</string></array>b</array>", "a", "b"],
            ),
            ("<array><string>a", &["<array><string>a<key>Port</key><integer>1</integer></dict>", "a"]),
            ("<key>a1!</key>", &["a1!"]),
            ("<!-- x --><key>a1!</key><key>IncomingPassword</key>", &["a1!"]),
            ("<key>a1!</key><string>x</string>", &["a1!"]),
            ("<key>HostName</key><string>x</string>", &[]),
        ] {
            let list = format!("{key}{value}<key>Port</key><integer>1</integer></dict>");
            let found = hidden(&in_property_list(list.as_bytes()), &list);
            assert!(expected.iter().all(|text| found.iter().any(|found| found == text)), "{value}: {found:?}");
            assert_eq!(found.is_empty(), expected.is_empty(), "{value}: {found:?}");
        }
        let swapped = "<key>a1!</key><string>IncomingPassword</string><key>AuthMethod</key><string>Password</string>";
        assert_eq!(hidden(&in_property_list(swapped.as_bytes()), swapped), ["a1!"]);
    }

    #[test]
    fn elements_are_hidden_with_what_is_in_them() {
        for (xml, expected) in [
            ("<password>a</password><x>y</x>", &["a"][..]),
            ("<password value=\"a\"/><x>y</x>", &[" value=\"a\"/"]),
            ("<password><value>a</value><b>c</b></password><x>y</x>", &["<value>a</value><b>c</b>", "a", "c"]),
            ("<password>a\n<x>y</x>", &["a\n<x>y"]),
            ("<hostname>taro:a@h</hostname>", &["a"]),
            ("<port>993</port>", &[]),
        ] {
            let found = hidden(&in_elements(xml.as_bytes()), xml);
            assert!(expected.iter().all(|text| found.iter().any(|found| found == text)), "{xml}: {found:?}");
            assert_eq!(found.is_empty(), expected.is_empty(), "{xml}: {found:?}");
        }
    }

    #[test]
    fn passwords_are_found_in_broken_lists_too() {
        for (list, expected) in [
            (
                "<key>IncomingPassword</key>\n<string>pa&ss<word</string><key>Port</key><integer>1</integer>",
                Some("pa&ss<word"),
            ),
            ("<key><![CDATA[APassword]]></key><string>a</string></dict>", Some("a")),
            ("<key>A<!-- x -->Password</key><string>a</string></dict>", Some("a")),
            ("<key>APassword</key><!-- x --><string  >a</string>\n</dict></plist>", Some("a")),
            ("<key>Password</key ><strnig>a</strnig>", Some("a")),
            ("<key>Password<string>a b", Some("a b")),
            ("<key>Password</key>a\n", Some("a")),
            ("<key>Password</key><![CDATA[a]]></string>", Some("<![CDATA[a]]>")),
            ("<key>Password</key><true/><key>A</key><string>x</string>", None),
            ("<key>Password</key><string/>", None),
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

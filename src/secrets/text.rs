//! Secrets in running text: in addresses, behind a user name, behind a word that speaks of one.

use super::find;
use super::names::{WORDS, names_a_secret};
use crate::source::Span;
use crate::syntax::prefs::is_utf16;

/// In text that no parser reads (comments, lost lines): from a word that speaks of a secret to the next setting.
pub(crate) fn in_unread_preferences(bytes: &[u8], unread: Span) -> Vec<Span> {
    let text = &bytes[unread.range()];
    if is_utf16(text) {
        // Letters and zero bytes by turns: nothing of it counts for Thunderbird, and nothing of it is worth showing.
        return vec![unread];
    }
    let mut spans = Vec::new();
    let mut at = unread.start;
    while let Some(word) = next_word(bytes, at, unread.end) {
        at = word.end;
        let Some(start) = end_of_name(&bytes[word.range()]).map(|end| word.start + end) else { continue };
        at = find(&bytes[..unread.end], start, b"pref(").unwrap_or(unread.end);
        let len = bytes[start..at].trim_ascii_end().len();
        spans.push(Span::new(start, start + len));
    }
    spans
}

/// The next run of letters, digits and the signs that part them in names.
fn next_word(bytes: &[u8], at: usize, end: usize) -> Option<Span> {
    let start = at + bytes[at..end].iter().position(|byte| is_of_word(*byte))?;
    let len = bytes[start..end].iter().take_while(|byte| is_of_word(**byte)).count();
    Some(Span::new(start, start + len))
}

/// Where the name of a secret ends in a word; what follows it may be the secret itself.
fn end_of_name(word: &[u8]) -> Option<usize> {
    let lower = word.to_ascii_lowercase();
    let within = WORDS.iter().filter_map(|name| Some(find(&lower, 0, name.as_bytes())? + name.len())).min();
    within.or_else(|| names_a_secret(&String::from_utf8_lossy(word)).then_some(word.len()))
}

/// The password in `https://user:password@host/` and in `user@host:password`, wherever it stands.
pub(crate) fn in_addresses(bytes: &[u8]) -> Vec<Span> {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"\"'<>".contains(byte);
    let mut spans = Vec::new();
    let mut done = 0;
    for at in memchr::memmem::find_iter(bytes, b"://") {
        let start = at + "://".len();
        let end = bytes[start..].iter().position(|byte| is_end(byte) || *byte == b'/');
        let end = end.map_or(bytes.len(), |len| start + len);
        spans.extend(in_host(&bytes[start..end]).map(|span| span.shifted(start)));
    }
    for at in memchr::memchr_iter(b'@', bytes).filter(|at| *at > 0 && !is_end(&bytes[*at - 1])) {
        if at < done {
            continue;
        }
        let Some(domain_end) = end_of_domain(bytes, at + 1) else { continue };
        spans.extend(before_at(bytes, at, done));
        let Some(colon) = Some(domain_end).filter(|end| bytes.get(*end) == Some(&b':')) else { continue };
        let end = bytes[colon..].iter().position(is_end).map_or(bytes.len(), |len| colon + len);
        done = end;
        // Within a web address it is a port or a path.
        let begin = bytes[..at].iter().rposition(is_end).map_or(0, |last| last + 1);
        let is_web = memchr::memmem::find(&bytes[begin..at], b"://").is_some();
        let rest = &bytes[colon + 1..end];
        let is_port = rest.len() <= 5 && rest.iter().all(u8::is_ascii_digit);
        if !is_web && !is_port && !rest.starts_with(b"/") {
            spans.push(Span::new(colon + 1, end));
        }
    }
    spans
}

/// More of a word before an `@` is not looked at.
const LONGEST_LOGIN: usize = 300;

/// The password in `user:password@host.example` without a scheme before it. What stands before `mailto:taro@example.jp` or behind a host
/// (`smtp.example.jp:taro@example.jp`) is no user.
fn before_at(bytes: &[u8], at: usize, done: usize) -> Option<Span> {
    let floor = done.max(at.saturating_sub(LONGEST_LOGIN));
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"\"'<>/".contains(byte);
    let start = bytes[floor..at].iter().rposition(is_end).map_or(floor, |last| floor + last + 1);
    if bytes[..start].ends_with(b"://") {
        return None; // Found as a web address already.
    }
    let colon = start + memchr::memchr(b':', &bytes[start..at])?;
    let user = &bytes[start..colon];
    let is_scheme = [&b"mailto"[..], b"smtp", b"smtps", b"imap", b"imaps", b"sip", b"xmpp", b"acct"];
    let is_user = !user.is_empty() && !user.contains(&b'.') && !is_scheme.contains(&&*user.to_ascii_lowercase());
    (is_user && colon + 1 < at).then(|| Span::new(colon + 1, at))
}

/// Behind a name of at least two parts.
fn end_of_domain(bytes: &[u8], start: usize) -> Option<usize> {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b"-.".contains(byte);
    let len = bytes[start..].iter().take_while(|byte| is_of_name(byte)).count();
    bytes[start..start + len].contains(&b'.').then_some(start + len)
}

/// More of a word before a sign is not looked at.
const LONGEST_NAME: usize = 80;

const fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii() || matches!(byte, b'-' | b'_' | b'.')
}

/// What stands behind `password=` or `Password:` in whatever text, to the end of the line: an app password has blanks in it.
pub(crate) fn in_assignments(bytes: &[u8]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for at in memchr::memchr2_iter(b'=', b':', bytes) {
        if spans.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let before = bytes[..at].trim_ascii_end();
        let before = before.strip_suffix(b"\"").unwrap_or(before);
        // Inside a text in quotation marks those of JSON are escaped.
        let before = before.strip_suffix(b"\\").unwrap_or(before).trim_ascii_end();
        let len = before.iter().rev().take(LONGEST_NAME).take_while(|byte| is_of_word(**byte)).count();
        if names_a_secret(&String::from_utf8_lossy(&before[before.len() - len..])) {
            spans.extend(word_behind(bytes, at + 1));
        }
    }
    spans
}

fn word_behind(bytes: &[u8], at: usize) -> Option<Span> {
    let start = at + bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let is_escaped = bytes.get(start..).is_some_and(|rest| rest.starts_with(b"\\\""));
    let start = start + usize::from(is_escaped);
    let (start, quote) = match bytes.get(start)? {
        // What a list or an object holds has names of its own.
        b'{' | b'[' => return None,
        quote @ (b'"' | b'\'') => (start + 1, Some(*quote)),
        _ => (start, None),
    };
    let is_end = |byte: &u8| match quote {
        Some(quote) => *byte == quote || *byte == b'\n',
        None => b"\r\n\"'<>".contains(byte),
    };
    let len = bytes[start..].iter().position(is_end).unwrap_or(bytes.len() - start);
    let text = &bytes[start..start + len];
    let around: &[u8] = if is_escaped { b"\\" } else { b"--" };
    let text = text.strip_suffix(around).unwrap_or(text).trim_ascii_end();
    (!text.is_empty()).then(|| Span::new(start, start + text.len()))
}

/// The password in `user:password@host`; in addresses of folders the colon is escaped.
pub(crate) fn in_host(host: &[u8]) -> Option<Span> {
    let end = memchr::memrchr(b'@', host)?;
    let scheme = memchr::memmem::find(&host[..end], b"://").map_or(0, |at| at + "://".len());
    let user = &host[scheme..end];
    let plain = memchr::memchr(b':', user).map(|at| at + 1);
    let escaped = user.windows(3).position(|part| part.eq_ignore_ascii_case(b"%3A")).map(|at| at + "%3A".len());
    let start = scheme + plain.into_iter().chain(escaped).min()?;
    (start < end).then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(spans: &[Span], text: &str) -> Vec<String> {
        spans.iter().map(|span| text[span.range()].to_owned()).collect()
    }

    #[test]
    fn passwords_in_addresses_are_found() {
        for (text, expected) in [
            ("\"https://taro:a:b@h/\"", Some("a:b")),
            ("<string>imap://taro:x@y@h</string>", Some("x@y")),
            ("imap://taro%40example.jp@imap.example.jp/Sent", None),
            ("https://example.jp:443/a@b", None),
            ("smtp.example.jp:taro@example.jp", None),
            ("<string>taro@example.jp:x!</string>", Some("x!")),
            ("taro@example.jp:993", None),
            ("taro@example.jp: the main one", None),
            ("imap://taro@example.jp:143/x", None),
            ("imap://taro%40example.jp:x@h", Some("x")),
            ("// taro:x!y@imap.example.jp", Some("x!y")),
            ("mailto:taro@example.jp", None),
            ("imap://taro%40example.jp%3Ax1@h.example/Sent", Some("x1")),
        ] {
            let expected: Vec<&str> = expected.into_iter().collect();
            assert_eq!(hidden(&in_addresses(text.as_bytes()), text), expected, "{text}");
        }
        assert_eq!(in_host(b"taro:x@h"), Some(Span::new(5, 6)));
        assert_eq!(in_host(b"[::1]:993"), None);
    }

    #[test]
    fn words_behind_a_name_are_found() {
        for (text, expected) in [
            ("<!-- Password: a1 b -->", Some("a1 b")),
            ("user_pref(\"x\", \"{\\\"password\\\":\\\"a1\\\"}\");", Some("a1")),
            ("<key>Password=a1</key>", Some("a1")),
            ("<server password2 = \"a b\" x=\"y\"/>", Some("a b")),
            ("パスワード: a1", Some("a1")),
            ("<authentication>password-cleartext</authentication>", None),
            ("password:", None),
            ("the password is not here", None),
        ] {
            let expected: Vec<&str> = expected.into_iter().collect();
            assert_eq!(hidden(&in_assignments(text.as_bytes()), text), expected, "{text}");
        }
    }
}

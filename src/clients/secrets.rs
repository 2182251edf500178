//! Finds what may be a password, without a parser, so that a broken file gives none away.
//!
//! What is found here is only hidden, never judged: a place too many costs a masked word, a place too few a password.

use std::collections::HashSet;

use crate::account::Place;
use crate::document::Document;
use crate::source::Span;
use crate::syntax::prefs::quote;

/// Secrets shorter than this are masked where they stand and not searched for elsewhere, since short texts occur by chance.
const SEARCHED: usize = 6;

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
pub(super) fn names_a_host(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    name.ends_with("host") || name.ends_with("hostname")
}

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

fn find(bytes: &[u8], at: usize, needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes.get(at..)?, needle).map(|found| at + found)
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

/// In text that no parser reads (comments, lost lines): from a word that speaks of a secret to the next setting.
pub(super) fn in_unread_preferences(bytes: &[u8], unread: Span) -> Vec<Span> {
    let text = bytes[unread.range()].to_ascii_lowercase();
    if text.starts_with(b"\xFF\xFE") || text.starts_with(b"\xFE\xFF") {
        // Letters and zero bytes by turns: nothing of it counts for Thunderbird, and nothing of it is worth showing.
        return vec![unread];
    }
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(start) = WORDS.iter().filter_map(|word| Some(find(&text, at, word.as_bytes())? + word.len())).min() {
        at = find(&text, start, b"pref(").unwrap_or(text.len());
        let len = text[start..at].iter().rposition(|byte| !byte.is_ascii_whitespace()).map_or(0, |last| last + 1);
        spans.push(Span::new(start, start + len).shifted(unread.start));
    }
    spans
}

/// In JSON, well-formed or not: the text or number behind a name that speaks of a secret.
pub(super) fn in_json(bytes: &[u8]) -> Vec<Span> {
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

/// In TOML, well-formed or not: the value behind a name that speaks of a secret, and passwords in addresses. Files of ours hold none;
/// people write them there all the same.
pub(crate) fn in_toml(bytes: &[u8]) -> Vec<Span> {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.\"'".contains(byte);
    let behind = |at: usize| {
        let before = bytes[..at].trim_ascii_end();
        let len = before.iter().rev().take_while(|byte| is_of_name(byte)).count();
        let name = String::from_utf8_lossy(&before[before.len() - len..]);
        let blanks = bytes[at + 1..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let is_secret = names_a_secret(name.trim_matches(['"', '\'']));
        is_secret.then(|| toml_value(bytes, at + 1 + blanks)).flatten()
    };
    let values = memchr::memchr_iter(b'=', bytes).filter_map(behind);
    values.chain(in_addresses(bytes)).collect()
}

/// The text that begins at `start`, without its quotation marks; a table has names of its own.
fn toml_value(bytes: &[u8], start: usize) -> Option<Span> {
    let rest = &bytes[start..];
    let long = [b"\"\"\"", b"'''"].into_iter().find(|mark| rest.starts_with(*mark));
    let (inner, end) = match (long, rest.first()?) {
        (Some(mark), _) => (mark.len(), find(bytes, start + mark.len(), mark)),
        (None, b'{') => return None,
        // What stands behind the closing mark is hidden too: a line may be broken.
        (None, b'"' | b'\'') => (1, None),
        (None, _) => (0, None),
    };
    let line = || memchr::memchr(b'\n', rest).map(|len| start + len);
    let end = end.or_else(|| long.is_none().then(line).flatten()).unwrap_or(bytes.len());
    let text = bytes[start + inner..end.max(start + inner)].trim_ascii_end();
    let text = if long.is_none() { text.strip_suffix(&rest[..inner]).unwrap_or(text) } else { text };
    (!text.is_empty()).then(|| Span::new(start + inner, start + inner + text.len()))
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

/// The password in `https://user:password@host/`, wherever it stands.
pub(super) fn in_addresses(bytes: &[u8]) -> Vec<Span> {
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
pub(super) fn in_host(host: &[u8]) -> Option<Span> {
    let end = memchr::memrchr(b'@', host)?;
    let scheme = memchr::memmem::find(&host[..end], b"://").map_or(0, |at| at + "://".len());
    let start = scheme + memchr::memchr(b':', &host[scheme..end])? + 1;
    (start < end).then(|| Span::new(start, end))
}

/// Adds the places that no adapter needs to know of: passwords in addresses, and where a secret is written once more, be it
/// one of this document or one that is `known` from before a change.
pub(crate) fn complete(document: &mut Document, known: &[String]) {
    let mut places = Vec::new();
    for (index, source) in document.sources.iter().enumerate() {
        places.extend(in_addresses(source.bytes()).into_iter().map(|span| Place { source: index, span: Some(span) }));
    }
    document.secrets.extend(places);
    let own = texts(document);
    let repeated: Vec<Place> = own.iter().chain(known).flat_map(|text| places_of(document, text)).collect();
    document.secrets.extend(repeated);
}

/// Where a text stands: in a comment, as the user name.
fn places_of(document: &Document, text: &str) -> Vec<Place> {
    let mut places = Vec::new();
    for (index, source) in document.sources.iter().enumerate() {
        let found = memchr::memmem::find_iter(source.bytes(), text.as_bytes());
        places.extend(found.map(|at| Place { source: index, span: Some(Span::new(at, at + text.len())) }));
    }
    places
}

/// The secrets that are long enough to be recognised elsewhere, in every way in which they may be spelled; longest first.
pub(crate) fn texts(document: &Document) -> Vec<String> {
    let mut texts = HashSet::new();
    for place in &document.secrets {
        let bytes = document.sources.get(place.source).zip(place.span);
        if let Some(bytes) = bytes.and_then(|(source, span)| source.bytes().get(span.range())) {
            texts.extend(spellings(&String::from_utf8_lossy(bytes)));
        }
    }
    let mut texts: Vec<String> = texts.into_iter().collect();
    texts.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    texts
}

/// Whether one of the `secrets` stands in a text, also as part of an address.
pub(crate) fn is_in(secrets: &[String], text: &[u8]) -> bool {
    let plain = without_percent_signs(text);
    let has = |text: &[u8], secret: &String| memchr::memmem::find(text, secret.as_bytes()).is_some();
    secrets.iter().any(|secret| has(text, secret) || has(&plain, secret))
}

/// `%40` as `@`: how folder addresses of Thunderbird write user names.
fn without_percent_signs(text: &[u8]) -> Vec<u8> {
    let digit = |at: usize| text.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut out, mut at) = (Vec::with_capacity(text.len()), 0);
    while let Some(byte) = text.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.extend(u8::try_from(high * 16 + low));
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

/// A secret as written, without its markup, without escapes, and with those of each format.
fn spellings(written: &str) -> Vec<String> {
    let written = written.trim();
    let bare = written.trim_matches(['"', '\'']);
    let mut plain = vec![
        bare.to_owned(),
        without_markup(written),
        bare.replace("\\\\", "\u{0}").replace('\\', "").replace('\u{0}', "\\"),
    ];
    plain.extend(quick_xml::escape::unescape(bare).map(std::borrow::Cow::into_owned));
    let escaped = plain.iter().flat_map(|text| {
        let quoted = quote(text);
        [quick_xml::escape::escape(text.as_str()).into_owned(), quoted.trim_matches('"').to_owned()]
    });
    let escaped: Vec<String> = escaped.collect();
    plain.extend(escaped);
    plain.retain(|text| text.len() >= SEARCHED);
    plain
}

/// The text inside CDATA and between comments.
fn without_markup(written: &str) -> String {
    let mut out = String::new();
    let mut rest = written;
    while let Some((before, after)) = rest.split_once("<!") {
        out.push_str(before);
        let (inside, end, is_text) =
            after.strip_prefix("[CDATA[").map_or((after, "-->", false), |inside| (inside, "]]>", true));
        let (inside, after) = inside.split_once(end).unwrap_or((inside, ""));
        out.push_str(if is_text { inside } else { "" });
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(spans: &[Span], text: &str) -> Vec<String> {
        spans.iter().map(|span| text[span.range()].to_owned()).collect()
    }

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
            ("password = { kind = \"app-password\" }\n[password]\nkind = \"x\"", vec![]),
            ("forbid-secrets-in-files = true", vec![]),
            ("password =", vec![]),
            ("=", vec![]),
        ] {
            assert_eq!(hidden(&in_toml(text.as_bytes()), text), expected, "{text}");
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

    #[test]
    fn passwords_in_json_are_found() {
        let text = r#"{"encryptedPassword" : "a\"b", "passwordField": "c", "hostname":"password", "x":"y", "pwd":12, "x":{"secret":true}, "token":"z"#;
        assert_eq!(hidden(&in_json(text.as_bytes()), text), ["12", "a\\\"b", "z"]);
    }
}

//! Folder addresses (`imap://user%40example.jp@host/Sent`): they name a server by user and host, so a rename breaks them.

use super::prefs::Prefs;

/// How Thunderbird names folders of a server of this type.
pub(super) fn scheme(kind: &str) -> &str {
    match kind {
        "pop3" | "none" | "rss" => "mailbox",
        "nntp" => "news",
        other => other,
    }
}

/// The beginning of every folder address of a server. The user name is escaped, the host stands as it is, case included; only
/// the blank of `Local Folders` is escaped.
pub(super) fn root(kind: &str, username: &str, host: &str) -> String {
    format!("{}://{}@{}", scheme(kind), escape(username), host.replace(' ', "%20"))
}

/// Escapes like `MsgEscapeString` for user names: everything but letters, digits and a few marks.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The roots of all servers of a profile, with the key of the server.
pub(super) fn roots(prefs: &Prefs) -> Vec<(String, String)> {
    let mut roots = Vec::new();
    for key in prefs.keys_under("mail.server.") {
        let text = |suffix: &str| prefs.text(&format!("mail.server.{key}.{suffix}"));
        if let (Some(kind), Some(host)) = (text("type"), text("hostname")) {
            roots.push((key.to_owned(), root(kind, text("userName").unwrap_or_default(), host)));
        }
    }
    roots
}

/// What follows `root` in `uri`, if the address lies under it: nothing, or a path with its slash.
pub(super) fn path_under<'a>(uri: &'a str, root: &str) -> Option<&'a str> {
    let rest = strip_root(uri, root)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

/// Without its escapes, in the form in which addresses are compared: whatever characters of the user name either of two escapes,
/// and with case, as it counts for Thunderbird.
pub(super) fn unescape(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let digits = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        let escaped = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        out.push(escaped.unwrap_or(bytes[at]));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    out
}

/// Folder addresses of old profiles leave the `@` of the user name as it is; both forms lead to the same folder.
fn strip_root<'a>(uri: &'a str, root: &str) -> Option<&'a str> {
    uri.strip_prefix(root).or_else(|| uri.strip_prefix(root.replace("%40", "@").as_str()))
}

/// The address up to the path: `imap://user@host`.
pub(super) fn root_of(uri: &str) -> Option<&str> {
    let after_scheme = uri.find("://")? + 3;
    let end = uri[after_scheme..].find('/').map_or(uri.len(), |slash| after_scheme + slash);
    uri[after_scheme..end].contains('@').then(|| &uri[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_under(uri: &str, root: &str) -> bool {
        root_of(uri).is_some_and(|own| unescape(own) == unescape(root))
    }

    #[test]
    fn roots_are_written_as_thunderbird_writes_them() {
        assert_eq!(root("imap", "taro@example.jp", "imap.example.jp"), "imap://taro%40example.jp@imap.example.jp");
        assert_eq!(root("none", "nobody", "Local Folders"), "mailbox://nobody@Local%20Folders");
        assert_eq!(root("pop3", "taro", "Pop.Example.JP"), "mailbox://taro@Pop.Example.JP");
    }

    #[test]
    fn what_is_escaped_makes_no_other_account() {
        let root = "imap://hanako%2Bshop%40example.jp@imap.example.jp";
        assert!(is_under("imap://hanako+shop%40example.jp@imap.example.jp/Sent", root));
        assert!(!is_under("imap://hanako%40example.jp@imap.example.jp/Sent", root));
        assert!(!is_under("imap://hanako+shop%40example.jp@IMAP.example.jp/Sent", root));
        assert!(is_under("imap://100%@h.example", "imap://100%25@h.example"));
    }

    #[test]
    fn a_host_that_begins_like_another_is_another() {
        assert_eq!(path_under("imap://a@h.example/Sent", "imap://a@h.ex"), None);
        assert_eq!(path_under("imap://a@h.ex/Sent", "imap://a@h.ex"), Some("/Sent"));
        assert_eq!(path_under("imap://a@b@h.ex", "imap://a%40b@h.ex"), Some(""));
    }
}

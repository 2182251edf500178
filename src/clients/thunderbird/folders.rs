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

    #[test]
    fn roots_are_written_as_thunderbird_writes_them() {
        assert_eq!(root("imap", "taro@example.jp", "imap.example.jp"), "imap://taro%40example.jp@imap.example.jp");
        assert_eq!(root("none", "nobody", "Local Folders"), "mailbox://nobody@Local%20Folders");
        assert_eq!(root("pop3", "taro", "Pop.Example.JP"), "mailbox://taro@Pop.Example.JP");
    }

    #[test]
    fn a_host_that_begins_like_another_is_another() {
        assert_eq!(path_under("imap://a@h.example/Sent", "imap://a@h.ex"), None);
        assert_eq!(path_under("imap://a@h.ex/Sent", "imap://a@h.ex"), Some("/Sent"));
        assert_eq!(path_under("imap://a@b@h.ex", "imap://a%40b@h.ex"), Some(""));
    }
}

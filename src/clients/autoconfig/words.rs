//! The words of the format and what they mean.

use crate::account::{Authentication, Protocol, Security};
use crate::document::OauthSupport;

/// `socketType`.
pub(super) const SOCKET_TYPES: &[(&str, Security)] =
    &[("SSL", Security::Tls), ("STARTTLS", Security::StartTls), ("plain", Security::None)];

/// `authentication` of any server. The first word of a kind is the one to write; `plain` and `secure` are older forms.
pub(super) const AUTHENTICATION: &[(&str, Authentication)] = &[
    ("password-cleartext", Authentication::Password),
    ("password-encrypted", Authentication::Encrypted),
    ("OAuth2", Authentication::Oauth2),
    ("GSSAPI", Authentication::Kerberos),
    ("NTLM", Authentication::Ntlm),
    ("TLS-client-cert", Authentication::Certificate),
    ("plain", Authentication::Password),
    ("secure", Authentication::Encrypted),
    ("none", Authentication::None),
    ("client-IP-address", Authentication::None),
    ("smtp-after-pop", Authentication::None),
];

/// How a server's `type` is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// IMAP, POP3 or SMTP.
    Mail(Protocol),
    /// Exchange in one of its protocols.
    Exchange,
    /// Known and no mail: news, JMAP.
    Other,
}

/// `type` of an incoming server.
pub(super) const INCOMING_TYPES: &[(&str, Kind)] = &[
    ("imap", Kind::Mail(Protocol::Imap)),
    ("pop3", Kind::Mail(Protocol::Pop3)),
    ("exchange", Kind::Exchange),
    ("ews", Kind::Exchange),
    ("owa", Kind::Exchange),
    ("graph", Kind::Exchange),
    ("eas", Kind::Exchange),
    ("activesync", Kind::Exchange),
    ("nntp", Kind::Other),
    ("jmap", Kind::Other),
];

/// `type` of an outgoing server. Exchange sends by itself and is listed here by some.
pub(super) const OUTGOING_TYPES: &[(&str, Kind)] = &[
    ("smtp", Kind::Mail(Protocol::Smtp)),
    ("exchange", Kind::Exchange),
    ("ews", Kind::Exchange),
    ("graph", Kind::Exchange),
];

/// The meaning of a word, exactly as written.
pub(super) fn meaning<T: Copy>(words: &[(&str, T)], written: &str) -> Option<T> {
    words.iter().find(|(word, _)| *word == written).map(|(_, meaning)| *meaning)
}

/// The word that was surely meant where only case and blanks differ.
pub(super) fn meant<T>(words: &[(&'static str, T)], written: &str) -> Option<&'static str> {
    let written = written.trim();
    words.iter().find(|(word, _)| word.eq_ignore_ascii_case(written)).map(|(word, _)| *word)
}

/// The type that is meant by the name of its service (RFC 6186) or by an older version of it.
pub(super) fn other_name<T>(words: &[(&'static str, T)], written: &str) -> Option<&'static str> {
    let meant = match written.trim().to_ascii_lowercase().as_str() {
        "imaps" | "imap4" | "imap4rev1" => "imap",
        "pop" | "pops" | "pop3s" => "pop3",
        "smtps" | "submission" | "submissions" | "esmtp" => "smtp",
        _ => return None,
    };
    words.iter().find(|(word, _)| *word == meant).map(|(word, _)| *word)
}

/// Whether the words can only mean encryption of some kind: `TLS`, `SSL/TLS`, `TLSv1.2`.
pub(super) fn speaks_of_tls(written: &str) -> bool {
    let written = written.to_ascii_uppercase();
    (written.contains("TLS") || written.contains("SSL")) && !written.contains("START")
}

/// The word for a meaning.
pub(super) fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], meaning: T) -> Option<&'static str> {
    words.iter().find(|(_, known)| *known == meaning).map(|(word, _)| *word)
}

/// The words to write, without older forms of the same.
pub(super) fn current<T: Copy + PartialEq>(words: &[(&'static str, T)]) -> Vec<&'static str> {
    words.iter().filter(|(known, meaning)| word(words, *meaning) == Some(*known)).map(|(word, _)| *word).collect()
}

/// Which of the words, in their order, the reader takes: the first that it supports, else the first that means anything.
pub(super) fn taken(written: &[&str], host: &str, oauth: OauthSupport) -> Option<(usize, Authentication)> {
    let known = || written.iter().enumerate().filter_map(|(at, word)| Some((at, meaning(AUTHENTICATION, word)?)));
    let usable = |way: Authentication| match way {
        Authentication::Oauth2 => oauth.covers(host),
        Authentication::Certificate => false,
        _ => true,
    };
    known().find(|(_, way)| usable(*way)).or_else(|| known().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_way_that_can_be_used_is_taken() {
        let oauth = OauthSupport::Hosts(&["gmail.com"]);
        let take = |words: &[&str], host| taken(words, host, oauth);
        let both = ["OAuth2", "password-cleartext"];
        assert_eq!(take(&both, "imap.gmail.com"), Some((0, Authentication::Oauth2)));
        assert_eq!(take(&both, "imap.example.jp"), Some((1, Authentication::Password)));
        assert_eq!(take(&["OAuth2"], "imap.example.jp"), Some((0, Authentication::Oauth2)));
        assert_eq!(take(&["magic", "secure"], ""), Some((1, Authentication::Encrypted)));
        assert_eq!(take(&["magic", "oauth2"], ""), None);
    }

    #[test]
    fn words_are_exact_and_slips_are_known() {
        assert_eq!(meaning(SOCKET_TYPES, "ssl"), None);
        assert_eq!(meant(SOCKET_TYPES, " ssl\n"), Some("SSL"));
        assert_eq!(word(AUTHENTICATION, Authentication::Password), Some("password-cleartext"));
        assert_eq!(word(AUTHENTICATION, Authentication::Any), None);
    }
}

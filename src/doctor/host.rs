//! Whose server an error text names, where nobody says whose mailbox it is.

use super::plain::plain;
use crate::provider::{Provider, Providers};

/// The provider whose server stands in `text`. None where there are several, or an address, which says something else.
pub fn provider_in<'a>(text: &str, providers: &'a Providers) -> Option<&'a Provider> {
    let text = plain(text);
    if text.contains('@') {
        return None;
    }
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')));
    let hosts = words.map(|word| word.trim_matches(['.', '-'])).filter(|word| word.contains('.'));
    let mut found: Vec<&Provider> = Vec::new();
    for provider in hosts.filter_map(|host| owner(host, providers)) {
        if !found.iter().any(|known| known.id == provider.id) {
            found.push(provider);
        }
    }
    match found[..] {
        [provider] => Some(provider),
        _ => None,
    }
}

/// The only provider that has the host; of several the one whose addresses are in the host's domain.
fn owner<'a>(host: &str, providers: &'a Providers) -> Option<&'a Provider> {
    let all = providers.for_host(host);
    let is_below = |domain: &str| host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    let is_at_home = |provider: &&&Provider| provider.domains.iter().any(|domain| is_below(domain));
    if let [provider] = all[..] {
        return Some(provider);
    }
    // A service for domains of companies shares its servers with one for everybody: which of the two it is, nobody said.
    all.iter().find(is_at_home).copied().filter(|owner| !owner.custom_domains)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_in_the_text_tells_the_provider() {
        let providers = Providers::embedded();
        for (text, expected) in [
            ("Login to server imap.gmail.com failed.", Some("gmail")),
            ("サーバー imap.spmode.ne.jp への接続がタイムアウトしました。", Some("docomo")),
            ("ＩＭＡＰ．ＧＭＡＩＬ．ＣＯＭ", Some("gmail")),
            ("imap.mail.yahoo.com refused", Some("yahoo")),
            ("connect smtp.gmail.com:465, then smtp.gmail.com:587.", Some("gmail")),
            ("imap.gmail.com and imap.mail.me.com", None),
            ("outlook.office365.com said no", None),
            ("Login to server imap.gmail.com with username taro@example.jp failed.", None),
            ("https://support.google.com/mail/?p=BadCredentials", None),
            ("imap.example.jp", None),
            ("", None),
        ] {
            assert_eq!(provider_in(text, &providers).map(|provider| &*provider.id), expected, "{text}");
        }
    }
}

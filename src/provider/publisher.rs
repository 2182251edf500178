//! Who wrote a page that a fact comes from: the provider itself, or somebody else.
//!
//! A value is called official only where the provider says so. A page counts as the provider's own unless its host is known
//! to be somebody else's: providers keep their help under many names (`support.google.com` for gmail.com), so that the host
//! need not resemble the mail domain. A new source of another kind is added here.

/// Hosts of public lists, forums, other companies' manuals and private pages. A name stands for its subdomains too.
const OTHERS: &[&str] = &[
    "app.cloudscout.one",
    "b-otaku.com",
    "cloud.kd.cn",
    "community.talktalk.co.uk",
    "community.virginmedia.com",
    "developer.nylas.com",
    "docs.robaws.be",
    "github.com",
    "global-creative.jp",
    "ispsettings.info",
    "it-learner.tistory.com",
    "live.thunderbird.net",
    "macservicesact.com.au",
    "mailflowauthority.com",
    "mytechblaze.com",
    "note.lispstudio.com",
    "pda.teltarif.de",
    "qiita.com",
    "support.bolddesk.com",
    "support.trb.jp",
    "threedplus.co.jp",
    "wiki.brostweb.com",
];

/// Whether the page is the provider's own, as far as its address tells.
pub fn is_official(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return false };
    let host = rest.split(['/', ':', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    !OTHERS.iter().any(|other| host == *other || host.strip_suffix(other).is_some_and(|head| head.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_list_is_not_the_provider() {
        for (url, expected) in [
            ("https://support.google.com/mail/answer/7126229", true),
            ("http://www.nifty.com/mail/mailpro/summary.htm", true),
            ("https://www.github.com/x/y/blob/main/z.xml", false),
            ("https://GitHub.com", false),
            ("https://notgithub.com/", true),
            ("https://qiita.com/someone/items/1", false),
            ("no address at all", false),
        ] {
            assert_eq!(is_official(url), expected, "{url}");
        }
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(OTHERS.is_sorted());
    }
}

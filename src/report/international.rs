//! Domains in the letters in which people write them, for text that people read. What is typed into a mail program, stands in a
//! command or is read by programs keeps the ASCII form.
//!
//! Whoever registers a name may choose letters that look like those of another. So the letters stand alone only where they are of
//! one script that nobody takes for Latin; where they may be taken for it, the ASCII form leads; where scripts are mixed, it is all
//! there is. Japanese is Han and both kana, as its writers have it.

use idna::{domain_to_ascii, domain_to_unicode};

/// How far letters can be trusted to be what they look like. The worst label decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    Distinct,
    LikeLatin,
    Mixed,
}

/// Letters of domains by script, and whether some of them are drawn like Latin ones. A script that is not here is not shown.
const SCRIPTS: &[(Look, &[(char, char)])] = &[
    // Latin beyond ASCII: a mark is overlooked, and some letters have none.
    (Look::LikeLatin, &[('a', 'z'), ('\u{df}', '\u{24f}'), ('\u{1e00}', '\u{1eff}')]),
    (Look::LikeLatin, &[('\u{370}', '\u{3ff}'), ('\u{1f00}', '\u{1fff}')]),
    (Look::LikeLatin, &[('\u{400}', '\u{52f}')]),
    // Hebrew, Arabic, Devanagari, Thai, Hangul, Japanese and Chinese.
    (Look::Distinct, &[('\u{5d0}', '\u{5ea}')]),
    (Look::Distinct, &[('\u{620}', '\u{6d3}')]),
    (Look::Distinct, &[('\u{900}', '\u{963}')]),
    (Look::Distinct, &[('\u{e01}', '\u{e4e}')]),
    (Look::Distinct, &[('\u{ac00}', '\u{d7a3}')]),
    (Look::Distinct, &[('\u{3005}', '\u{3007}'), ('\u{3041}', '\u{30ff}'), ('\u{3400}', '\u{9fff}')]),
];

/// A domain, or an address with its domain, as people write it: `taro@日本語.jp` for `taro@xn--wgv71a119e.jp`.
pub fn in_own_letters(name: &str) -> String {
    let start = name.rfind('@').map_or(0, |at| at + 1);
    let (before, ascii) = name.split_at(start);
    let Some((unicode, look)) = decoded(ascii) else { return name.to_owned() };
    match look {
        Look::Distinct => format!("{before}{unicode}"),
        Look::LikeLatin => format!("{name} ({unicode})"),
        Look::Mixed => name.to_owned(),
    }
}

/// The letters of a domain that is written in its ASCII form, if they lead back to it.
fn decoded(ascii: &str) -> Option<(String, Look)> {
    let (unicode, outcome) = domain_to_unicode(ascii);
    let leads_back = outcome.is_ok() && domain_to_ascii(&unicode).is_ok_and(|back| back == ascii);
    let look = unicode.split('.').filter(|label| !label.is_ascii()).map(look).max()?;
    leads_back.then_some((unicode, look))
}

fn look(label: &str) -> Look {
    let letters: Vec<char> = label.chars().filter(|c| !c.is_ascii_digit() && *c != '-').collect();
    let holds =
        |ranges: &[(char, char)]| letters.iter().all(|c| ranges.iter().any(|(from, to)| (from..=to).contains(&c)));
    SCRIPTS.iter().find(|(_, ranges)| holds(ranges)).map_or(Look::Mixed, |(look, _)| *look)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_shown_where_no_other_name_hides_behind_them() {
        for (name, shown) in [
            ("taro@xn--wgv71a119e.jp", "taro@日本語.jp"),
            ("imap.xn--4dkua4c.example.jp", "imap.メール.example.jp"),
            ("xn--3e0b707e", "한국"),
            ("example.jp", "example.jp"),
            ("taro@example.jp", "taro@example.jp"),
            // One script, drawn like Latin, and a name of which an accent makes another one.
            ("xn--80ak6aa92e.com", "xn--80ak6aa92e.com (аррӏе.com)"),
            ("taro@xn--bcher-kva.de", "taro@xn--bcher-kva.de (bücher.de)"),
            // A Cyrillic letter among Latin ones, a kana that is drawn like a slash, and what is no encoding at all.
            ("imap.xn--gmil-63d.com", "imap.xn--gmil-63d.com"),
            ("xn--comlogin-634g.jp", "xn--comlogin-634g.jp"),
            ("xn--a.jp", "xn--a.jp"),
        ] {
            assert_eq!(in_own_letters(name), shown, "{name}");
        }
    }
}

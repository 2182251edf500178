//! `%EMAILADDRESS%` and its like: what they become, and what only looks like one.

use crate::document::StandIn;

/// The placeholders that mail programs replace, in the order in which they are recognised: `AccountConfig.sys.mjs`.
pub(super) const KNOWN: [&str; 4] = ["%EMAILADDRESS%", "%EMAILLOCALPART%", "%EMAILDOMAIN%", "%REALNAME%"];

/// Stands in for the part of an address before the sign. It is in no name of a host or a provider.
const LOCAL: &str = "emaillocalpart";

/// Stands in for the domain where the file names none.
pub(super) const DOMAIN: &str = "emaildomain.placeholder";

/// Stands in for a person's name.
const NAME: &str = "emailrealname";

/// The address that stands in for all at this domain.
pub(crate) fn sample(domain: &str) -> String {
    format!("{LOCAL}@{domain}")
}

/// `text` as it would be for the sample address at `domain`.
pub(crate) fn expand(text: &str, domain: &str) -> String {
    let address = sample(domain);
    let values = [address.as_str(), LOCAL, domain, NAME];
    KNOWN.iter().zip(values).fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
}

/// The way back for every value: what to write in its place, longest first.
pub(super) fn stand_ins(domain: &str) -> Vec<StandIn> {
    let values = [sample(domain), LOCAL.to_owned(), DOMAIN.to_owned(), NAME.to_owned()];
    let one = |(value, written): (String, &str)| StandIn { value, written: written.to_owned(), whole_only: false };
    values.into_iter().zip(KNOWN).map(one).collect()
}

/// Something meant as a placeholder that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bad {
    /// As written.
    pub(crate) text: String,
    /// The whole value as it was meant, if that is plain.
    pub(crate) meant: Option<String>,
}

/// The first thing in `text` that was meant as a placeholder and is none. `own` are names that the file defines itself.
pub(crate) fn bad(text: &str, own: &[String]) -> Option<Bad> {
    let whole = KNOWN.iter().find(|known| known.trim_matches('%') == text.trim());
    if let Some(known) = whole {
        return Some(Bad { text: text.trim().to_owned(), meant: Some((*known).to_owned()) });
    }
    let mut at = 0;
    while let Some(found) = text[at..].find('%') {
        let start = at + found;
        let rest = &text[start..];
        let name = name_after(rest);
        let is_closed = rest[1 + name.len()..].starts_with('%');
        let end = start + 1 + name.len() + usize::from(is_closed);
        let written = &text[start..end];
        let is_own = own.iter().any(|own| own == name);
        if !(is_closed && (KNOWN.contains(&written) || is_own)) {
            let known = meant(name, is_closed);
            if known.is_some() || (is_closed && !name.is_empty()) {
                let meant = known.map(|known| format!("{}{known}{}", &text[..start], &text[end..]));
                return Some(Bad { text: written.to_owned(), meant });
            }
        }
        // The closing sign of one name may open the next only where this one was no name.
        at = if is_closed && !name.is_empty() { end } else { start + 1 };
    }
    without_opening(text)
}

/// The letters that follow the sign.
fn name_after(rest: &str) -> &str {
    let name = &rest[1..];
    let len = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(name.len());
    &name[..len]
}

/// The placeholder that a name is meant for. A closed name may be a letter or two off; an open one must be there in full, since
/// a percent sign stands in some user names by right (`taro%example.jp`).
fn meant(name: &str, is_closed: bool) -> Option<&'static str> {
    let inner = |known: &&str| known.trim_matches('%').to_owned();
    let is_slip = |known: &&str| {
        let known = inner(known);
        known.eq_ignore_ascii_case(name)
            || (is_closed && strsim::damerau_levenshtein(&known, &name.to_ascii_uppercase()) <= 2)
    };
    KNOWN.into_iter().find(|known| inner(known) == name).or_else(|| KNOWN.into_iter().find(is_slip))
}

/// `EMAILADDRESS%`.
fn without_opening(text: &str) -> Option<Bad> {
    let known = KNOWN.into_iter().find(|known| text.contains(&known[1..]) && !text.contains(*known))?;
    let written = known[1..].to_owned();
    Some(Bad { meant: Some(text.replacen(&written, known, 1)), text: written })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_for_placeholders_and_lead_back() {
        for text in ["%EMAILADDRESS%", "%EMAILLOCALPART%", "%EMAILLOCALPART%-al", "%REALNAME%"] {
            let value = expand(text, "example.jp");
            assert!(!value.contains('%'), "{value}");
            let back = stand_ins("example.jp").iter().fold(value, |text, one| text.replace(&one.value, &one.written));
            assert_eq!(back, text);
        }
        assert_eq!(expand("imap.%EMAILDOMAIN%", "example.jp"), "imap.example.jp");
    }

    #[test]
    fn what_is_no_placeholder_is_told_with_what_was_meant() {
        let cases = [
            ("%EMAILADDRESS", Some(("%EMAILADDRESS", Some("%EMAILADDRESS%")))),
            ("EMAILADDRESS%", Some(("EMAILADDRESS%", Some("%EMAILADDRESS%")))),
            ("EMAILADDRESS", Some(("EMAILADDRESS", Some("%EMAILADDRESS%")))),
            ("%emailaddress%", Some(("%emailaddress%", Some("%EMAILADDRESS%")))),
            ("%EMAILADRESS%", Some(("%EMAILADRESS%", Some("%EMAILADDRESS%")))),
            ("mail.%EMAILDOMAIN", Some(("%EMAILDOMAIN", Some("mail.%EMAILDOMAIN%")))),
            ("%EMAILLOCALPART%@%DOMAIN%", Some(("%DOMAIN%", None))),
            ("%EMAILLOCALPART.%EMAILDOMAIN%", Some(("%EMAILLOCALPART", Some("%EMAILLOCALPART%.%EMAILDOMAIN%")))),
            ("%EMAIL%", Some(("%EMAIL%", None))),
            ("%CUSTOM%", None),
            ("%EMAILADDRESS%", None),
            ("%EMAILLOCALPART%.%EMAILDOMAIN%", None),
            ("%EMAILLOCALPART%%%EMAILDOMAIN%", None),
            ("user%example.jp", None),
            ("100%", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let found = bad(text, &["CUSTOM".to_owned()]);
            let found = found.as_ref().map(|bad| (bad.text.as_str(), bad.meant.as_deref()));
            assert_eq!(found, expected, "{text}");
        }
    }
}

//! Placeholders of management systems and of templates, recognised by their shape.
//!
//! Jamf writes `$EMAIL`, Jamf School `%Email%`, Intune `{{mail}}`, Workspace ONE `{EmailAddress}`, Ivanti `${userEmailAddress}` and
//! `$EMAIL$`, Sophos `%_EMAILADDRESS_%`. Which of them one product knows is another question.

/// The first placeholder in a text, as written.
pub(super) fn find(text: &str) -> Option<&str> {
    enclosed(text, "{{", "}}")
        .or_else(|| enclosed(text, "${", "}"))
        .or_else(|| enclosed(text, "%", "%"))
        .or_else(|| enclosed(text, "{", "}"))
        .or_else(|| dollar(text))
}

/// `%…%` and its like, with a name in between.
fn enclosed<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let start = text.find(open)?;
    let inner = &text[start + open.len()..];
    let end = inner.find(close)?;
    let name = inner[..end].trim();
    let spaced = open == "%" && inner[..end].contains(' ');
    let is_name = name.chars().any(|c| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-. \"'()[],:|".contains(c));
    (is_name && !spaced).then(|| &text[start..start + open.len() + end + close.len()])
}

/// `$EMAIL`: a dollar and capitals. A price or a password with a dollar in it has no such run.
fn dollar(text: &str) -> Option<&str> {
    let start = text.find('$')?;
    let rest = &text[start + 1..];
    let len = rest.find(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')).unwrap_or(rest.len());
    let is_name = len >= 3 && rest.starts_with(|c: char| c.is_ascii_uppercase());
    let closing = usize::from(rest[len..].starts_with('$'));
    is_name.then(|| &text[start..start + 1 + len + closing])
}

/// Words that stand where somebody should have put a value: `PRIMARY_HOSTNAME`, `UUID1`, `HOSTNAME`, `XXXX`.
pub(super) fn is_fill_in_word(text: &str) -> bool {
    let text = text.trim();
    let capitals = text.len() >= 4
        && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        && text.starts_with(|c: char| c.is_ascii_uppercase());
    capitals
        && (text.contains('_')
            || ["HOSTNAME", "DOMAIN", "UUID", "SERVER", "EMAIL", "XXX"].iter().any(|word| text.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_known_by_their_shape() {
        let cases = [
            ("$EMAIL", Some("$EMAIL")),
            ("%email%", Some("%email%")),
            ("%Username%@corp.example", Some("%Username%")),
            ("{{mail}}", Some("{{mail}}")),
            ("{{ imap.host }}", Some("{{ imap.host }}")),
            ("{EmailAddress}", Some("{EmailAddress}")),
            ("${userEmailAddress}", Some("${userEmailAddress}")),
            ("$EMAIL$", Some("$EMAIL$")),
            ("taro@example.jp", None),
            ("100% sure, 50% off", None),
            ("pa$$word", None),
            ("a{1}", None),
        ];
        for (text, expected) in cases {
            assert_eq!(find(text), expected, "{text}");
        }
    }

    #[test]
    fn fill_in_words_are_told_from_hosts() {
        for word in ["PRIMARY_HOSTNAME", "HOSTNAME", "UUID1"] {
            assert!(is_fill_in_word(word), "{word}");
        }
        for word in ["MAIL", "SV1234", "imap.example.jp", "IMAP.EXAMPLE.JP"] {
            assert!(!is_fill_in_word(word), "{word}");
        }
    }
}

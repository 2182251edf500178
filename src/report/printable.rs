//! Makes text harmless: for the terminal that shows it, and for the shell it is pasted into.
//!
//! A host or user name from a file may hold escape sequences, line breaks or characters that reverse the direction of
//! writing. They are shown as what they are, which also makes the invisible space in a copied host name visible.
//!
//! Not here: secrets, which the source itself masks.

use std::borrow::Cow;

/// `text` with every character that acts instead of showing replaced by its name: `\n`, `\u{1b}`.
pub fn printable(text: &str) -> Cow<'_, str> {
    escaped(text, acts)
}

/// The same for a line of a file that is quoted as such: its tabs stay.
pub(super) fn printable_line(line: &str) -> Cow<'_, str> {
    escaped(line, |character| character != '\t' && acts(character))
}

fn escaped(text: &str, is_bad: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_bad) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_bad(character) { out.extend(character.escape_default()) } else { out.push(character) }
    }
    Cow::Owned(out)
}

/// Whether a character moves the cursor, changes the direction of writing, or shows nothing at all.
///
/// Control characters and the format characters (Unicode category Cf) that occur in attacks and by mistake. Combining
/// marks and variation selectors are left alone: Japanese names need them.
pub(super) fn acts(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A value as a person should see it: in quotation marks if it is empty or has blanks at its ends.
pub(super) fn value(text: &str) -> String {
    let quoted = text.is_empty() || text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    if quoted { format!("\"{}\"", printable(text)) } else { printable(text).into_owned() }
}

/// `word` as one argument of a command line: bare if that is safe, quoted otherwise.
pub fn shell_word(word: &str) -> String {
    // A path that looks like a flag; `-` alone is the standard input.
    let word = if word.len() > 1 && word.starts_with('-') { Cow::Owned(format!("./{word}")) } else { word.into() };
    if !word.is_empty() && word.chars().all(is_bare) {
        return word.into_owned();
    }
    if cfg!(windows) {
        return format!("\"{}\"", printable(&word));
    }
    if word.contains(acts) {
        return format!("$'{}'", word.chars().map(ansi_c).collect::<String>());
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// What no shell gives a meaning to. A tilde is one when it stands first, so it is never bare.
fn is_bare(character: char) -> bool {
    character.is_alphanumeric() || "-_./:,+@".contains(character) || (cfg!(windows) && character == '\\')
}

/// One character of a `$'…'` word.
fn ansi_c(character: char) -> String {
    if acts(character) {
        let mut bytes = [0; 4];
        return character.encode_utf8(&mut bytes).bytes().map(|byte| format!("\\x{byte:02x}")).collect();
    }
    if matches!(character, '\'' | '\\') { format!("\\{character}") } else { character.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_a_terminal_is_named() {
        for (raw, shown) in [
            ("imap.example.jp", "imap.example.jp"),
            ("a\u{1b}]0;title\u{7}b", "a\\u{1b}]0;title\\u{7}b"),
            ("8-bit CSI \u{9b}2J", "8-bit CSI \\u{9b}2J"),
            ("line\r\nbreak\t", "line\\r\\nbreak\\t"),
            ("back\u{202e}ward", "back\\u{202e}ward"),
            ("zero\u{200b}width\u{feff}", "zero\\u{200b}width\\u{feff}"),
            ("か\u{3099}き 葛\u{e0100}", "か\u{3099}き 葛\u{e0100}"),
        ] {
            assert_eq!(printable(raw), shown);
        }
        assert_eq!(printable_line("\ta\u{1b}"), "\ta\\u{1b}");
    }

    #[test]
    fn blanks_at_the_ends_of_a_value_are_seen() {
        assert_eq!(value("993"), "993");
        assert_eq!(value(""), "\"\"");
        assert_eq!(value("imap.example.jp\u{3000}"), "\"imap.example.jp\u{3000}\"");
    }

    #[cfg(unix)]
    #[test]
    fn shell_words_mean_the_path_and_nothing_else() {
        for (path, word) in [
            ("prefs.js", "prefs.js"),
            ("メール/設定.js", "メール/設定.js"),
            ("My Profile/prefs.js", "'My Profile/prefs.js'"),
            ("it's;rm -rf $HOME", r"'it'\''s;rm -rf $HOME'"),
            ("~/prefs.js", "'~/prefs.js'"),
            ("-rf", "./-rf"),
            ("-", "-"),
            ("", "''"),
            ("a\u{1b}b'c", r"$'a\x1bb\'c'"),
        ] {
            assert_eq!(shell_word(path), word);
        }
    }
}

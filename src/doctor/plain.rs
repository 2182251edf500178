//! Makes error texts comparable: people paste them from screens, logs, mails and photographs.
//!
//! Folded are width and case (Unicode NFKC), quotation marks, line ends, the marks of quoted mail, the dash of a multi-line
//! server reply, the long mark that Apple leaves out, and blanks beside Japanese characters.

use unicode_normalization::UnicodeNormalization;

/// How much of a text is read at each of its ends. What an error says stands in its first or last lines.
const READ: usize = 32 * 1024;

/// The text in the form in which it is searched.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    for line in ends(text).lines().map(|line| line.trim_start_matches(['>', '|', ' '])) {
        fold_line(line, &mut out);
        out.push(' ');
    }
    joined(&without_long_marks(&out))
}

/// The beginning and the end of a long text.
fn ends(text: &str) -> String {
    if text.len() <= 2 * READ {
        return text.to_owned();
    }
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let head = (0..=READ).rev().find(is_boundary).unwrap_or_default();
    let tail = (text.len() - READ..text.len()).find(is_boundary).unwrap_or(text.len());
    format!("{}\n{}", &text[..head], &text[tail..])
}

/// Whether it is no text at all: more than a tenth of it cannot be printed.
pub(super) fn is_binary(text: &str) -> bool {
    let is_odd = |c: &char| *c == '\u{fffd}' || (c.is_control() && !c.is_whitespace() && *c != '\u{1b}');
    let text = ends(text);
    text.chars().filter(is_odd).count() * 10 > text.chars().count()
}

fn fold_line(line: &str, out: &mut String) {
    let escapes = line.replace("\\r\\n", " ").replace("\\n", " ").replace("\\t", " ");
    for character in escapes.nfkc().flat_map(char::to_lowercase) {
        match character {
            '\'' | '’' | '‘' | '`' | '´' => out.push('\''),
            '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' => out.push(' '),
            '‐' | '‑' | '–' | '—' => out.push('-'),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fffd}' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
}

/// サーバー and サーバ, ユーザー and ユーザ are the same word.
fn without_long_marks(text: &str) -> String {
    text.replace("サーバー", "サーバ").replace("ユーザー", "ユーザ").replace("プロバイダー", "プロバイダ")
}

/// One blank between words, none beside a Japanese character, and `535-5.7.8` as `535 5.7.8`.
fn joined(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for (index, character) in characters.iter().copied().enumerate() {
        if character.is_whitespace() || is_reply_dash(&characters, index) {
            blank = true;
            continue;
        }
        let beside_japanese = is_japanese(character) || out.chars().next_back().is_some_and(is_japanese);
        if blank && !out.is_empty() && !beside_japanese {
            out.push(' ');
        }
        blank = false;
        out.push(character);
    }
    out
}

/// The dash after the code of a reply that goes on (RFC 5321 §4.2.1).
fn is_reply_dash(characters: &[char], index: usize) -> bool {
    let digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let Some(start) = index.checked_sub(3) else { return false };
    characters[index] == '-'
        && (start..index).all(digit)
        && !(start > 0 && (digit(start - 1) || characters[start - 1] == '-' || characters[start - 1] == '.'))
        && matches!(characters[start], '2'..='5')
}

fn is_japanese(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Whether `stem` stands in `text`, both in plain form. `*` in it stands for something of up to [`GAP`] bytes. A word or number does
/// not match within a longer one.
pub(super) fn contains(text: &str, stem: &str) -> bool {
    let mut parts = stem.split('*');
    let Some(first) = parts.next() else { return false };
    let rest: Vec<&str> = parts.collect();
    places(text, first, text.len()).any(|end| follow(&text[end..], &rest))
}

/// How far apart the parts of a message may stand: a host, an address and a link between them.
const GAP: usize = 300;

fn follow(text: &str, rest: &[&str]) -> bool {
    let Some((next, rest)) = rest.split_first() else { return true };
    places(text, next, GAP).filter(|end| *end > next.len()).any(|end| follow(&text[end..], rest))
}

/// Where `part` ends, for each place in the first `within` bytes at which it stands on its own.
fn places<'a>(text: &'a str, part: &'a str, within: usize) -> impl Iterator<Item = usize> + 'a {
    // Only so much is searched, so that a text made of first halves takes no longer than another.
    let end = (within.saturating_add(part.len())..text.len()).find(|at| text.is_char_boundary(*at));
    let starts = text[..end.unwrap_or(text.len())].match_indices(part);
    starts
        .filter(move |(start, _)| is_whole(text, *start, start + part.len()))
        .map(move |(start, _)| start + part.len())
}

fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let before = (text[..start].chars().next_back(), text[start..].chars().next());
    let after = (text[..end].chars().next_back(), text[end..].chars().next());
    !goes_on(before) && !goes_on(after)
}

/// Whether two neighbours belong to one word or one number.
fn goes_on(neighbours: (Option<char>, Option<char>)) -> bool {
    let (Some(one), Some(two)) = neighbours else { return false };
    (one.is_ascii_alphabetic() && two.is_ascii_alphabetic()) || (one.is_ascii_digit() && two.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_reads_alike() {
        for (text, expected) in [
            ("５３５ ５．７．８", "535 5.7.8"),
            ("535-5.7.8 Username and\r\n535 5.7.8 Password", "535 5.7.8 username and 535 5.7.8 password"),
            ("The password for “hanako” doesn’t fit", "the password for hanako doesn't fit"),
            ("ｻｰﾊﾞｰ への\n接続", "サーバへの接続"),
            ("ネットワーク パスワードの入力", "ネットワークパスワードの入力"),
            ("> quoted\n> twice", "quoted twice"),
            ("b'535 5.7.8 No\\r\\n'", "b'535 5.7.8 no '"),
            ("2026-11-24", "2026-11-24"),
            ("555-1234", "555 1234"),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_stem_stands_on_its_own() {
        for (text, stem, expected) in [
            ("error 535 here", "535", true),
            ("error 15350 here", "535", false),
            ("aadsts50076: x", "aadsts", true),
            ("the connection timed out", "timed out", true),
            ("unauthorized", "authorized", false),
            (
                "535 5.7.139 a b c basic authentication is disabled",
                "535 5.7.139*basic authentication is disabled",
                true,
            ),
            ("basic authentication is disabled 535 5.7.139", "535 5.7.139*basic authentication is disabled", false),
            ("接続が拒否されました", "接続が拒否", true),
            ("サーバへの接続", "サーバ*への接続", false),
            ("サーバimap.example.jpへの接続", "サーバ*への接続", true),
        ] {
            assert_eq!(contains(text, stem), expected, "{text} {stem}");
        }
        let far = format!("one {} two", "x".repeat(2 * GAP));
        assert!(!contains(&far, "one*two"));
    }

    #[test]
    fn long_and_binary_texts_are_bounded() {
        let long = "あ".repeat(1_000_000);
        assert!(plain(&long).len() <= 2 * READ + 8);
        assert!(is_binary("\0\u{1}\u{2}abc") && !is_binary("パスワード\r\n\u{1b}[1mx") && !is_binary(""));
    }
}

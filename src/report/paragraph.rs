//! Breaks prose into lines of a given width, Latin and Japanese alike.
//!
//! Widths are columns of a terminal: a kanji takes two. A word in Latin letters, a URL above all, is never broken;
//! between two Japanese characters a line may end, except before closing punctuation and small kana or after an opening
//! bracket (JIS X 4051).
//!
//! Not here: colour. Text is wrapped first and painted afterwards.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Must not begin a line.
const NEVER_FIRST: &str = "、。，．・：；？！゛゜ヽヾゝゞ々ー）〕］｝〉》」』】〙〗’”…‥〜ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％℃,.;:!?)]}»→";

/// Must not end a line.
const NEVER_LAST: &str = "（〔［｛〈《「『【〘〖‘“([{«";

/// `text` as lines of at most `width` columns; line feeds in it are kept. Longer only where a single word is.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    text.split('\n').flat_map(|line| wrap_line(line, width)).collect()
}

fn wrap_line(line: &str, width: usize) -> Vec<String> {
    let (mut lines, mut current) = (Vec::new(), String::new());
    for piece in pieces(line) {
        if !current.is_empty() && (current.width() + piece.trim_end_matches(' ').width()) > width {
            lines.push(current.trim_end().to_owned());
            current.clear();
        }
        current.push_str(piece);
    }
    lines.push(current.trim_end().to_owned());
    lines
}

/// The parts between which a line may end, each with the blanks that follow it.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous: Option<char> = None;
    for (at, character) in line.char_indices() {
        if previous.is_some_and(|previous| may_break(previous, character)) {
            pieces.push(&line[start..at]);
            start = at;
        }
        // A combining mark belongs to the character before it.
        if character.width() != Some(0) {
            previous = Some(character);
        }
    }
    pieces.push(&line[start..]);
    pieces
}

fn may_break(before: char, after: char) -> bool {
    if before == ' ' || after == ' ' || after.width() == Some(0) {
        return before == ' ' && after != ' ';
    }
    (is_wide(before) || is_wide(after)) && !NEVER_FIRST.contains(after) && !NEVER_LAST.contains(before)
}

/// A label and what it is about, a blank between them unless the label ends in a full-width colon.
pub(super) fn labelled(label: &str, text: &str) -> String {
    let blank = if label.ends_with(is_wide) { "" } else { " " };
    format!("{label}{blank}{text}")
}

fn is_wide(character: char) -> bool {
    character.width() == Some(2)
}

/// Sentences one behind the other; Japanese ones without a blank between them.
pub fn in_a_row(sentences: &[String]) -> String {
    let mut out = String::new();
    for sentence in sentences.iter().filter(|sentence| !sentence.is_empty()) {
        let is_western = sentence.is_ascii();
        let needs_blank = !out.is_empty() && (is_western || !out.ends_with('。'));
        out.push_str(if needs_blank { " " } else { "" });
        out.push_str(sentence);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_text_breaks_at_blanks() {
        assert_eq!(wrap("the server waits for plain text", 12), ["the server", "waits for", "plain text"]);
        assert_eq!(wrap("", 12), [""]);
        assert_eq!(wrap("one\ntwo", 12), ["one", "two"]);
    }

    #[test]
    fn a_url_or_flag_stays_whole() {
        let url = "https://support.google.com/mail/answer/7126229";
        assert_eq!(wrap(&format!("see {url} now"), 20), ["see", url, "now"]);
        assert_eq!(wrap("run mailcfg fix --apply", 19), ["run mailcfg fix", "--apply"]);
    }

    #[test]
    fn japanese_breaks_anywhere_but_before_closing_punctuation() {
        assert_eq!(wrap("暗号化しない接続です。", 10), ["暗号化しな", "い接続で", "す。"]);
        assert_eq!(wrap("「設定」→「転送」", 10), ["「設定」→", "「転送」"]);
        for line in wrap("ポート 143 は暗号化されていないため、パスワードがそのまま流れます。", 20)
        {
            assert!(line.width() <= 20, "{line}");
        }
    }

    #[test]
    fn a_combining_mark_stays_with_its_character() {
        assert_eq!(wrap("か\u{3099}か\u{3099}か\u{3099}", 4), ["か\u{3099}か\u{3099}", "か\u{3099}"]);
    }
}

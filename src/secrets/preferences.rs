//! Passwords in what Thunderbird would not read of its preferences. What it reads, the adapter knows by name.

use super::{WORDS, find};
use crate::source::Span;

/// In text that no parser reads (comments, lost lines): from a word that speaks of a secret to the next setting.
pub(crate) fn in_unread_preferences(bytes: &[u8], unread: Span) -> Vec<Span> {
    let text = bytes[unread.range()].to_ascii_lowercase();
    if text.starts_with(b"\xFF\xFE") || text.starts_with(b"\xFE\xFF") {
        // Letters and zero bytes by turns: nothing of it counts for Thunderbird, and nothing of it is worth showing.
        return vec![unread];
    }
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(start) = WORDS.iter().filter_map(|word| Some(find(&text, at, word.as_bytes())? + word.len())).min() {
        at = find(&text, start, b"pref(").unwrap_or(text.len());
        let len = text[start..at].iter().rposition(|byte| !byte.is_ascii_whitespace()).map_or(0, |last| last + 1);
        spans.push(Span::new(start, start + len).shifted(unread.start));
    }
    spans
}

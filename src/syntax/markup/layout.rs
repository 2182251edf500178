//! The blanks around elements, so that what is written looks as if the file's author had written it.
//!
//! Offsets are those of the decoded text. Layout is copied from one neighbour, never computed for the whole file: files
//! mix styles.

use crate::source::Span;

/// The blanks directly before `at`.
pub(in crate::syntax) fn lead(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    &before[before.trim_end_matches([' ', '\t', '\n', '\r']).len()..]
}

/// The last line break of `blanks` and what follows it; all of them if there is none.
pub(in crate::syntax) fn line_lead(blanks: &str) -> &str {
    let Some(last) = blanks.rfind(['\n', '\r']) else { return blanks };
    let crlf = blanks[..=last].ends_with("\r\n");
    &blanks[last - usize::from(crlf)..]
}

/// The blanks after the last line break; none if there is no line break.
pub(in crate::syntax) fn indentation(blanks: &str) -> &str {
    blanks.rfind(['\n', '\r']).map_or("", |last| &blanks[last + 1..])
}

pub(in crate::syntax) fn has_break(blanks: &str) -> bool {
    blanks.contains(['\n', '\r'])
}

/// `at`, or the end of a comment that fills the rest of that line and so belongs to what ends at `at`.
pub(in crate::syntax) fn after_remark(text: &str, at: usize, limit: usize) -> usize {
    let rest = text.get(at..limit).unwrap_or_default();
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(0)];
    match (line.trim_start().starts_with("<!--"), line.find("-->")) {
        (true, Some(close)) if line[close + 3..].trim().is_empty() => at + close + 3,
        _ => at,
    }
}

/// What to take away so that the element at `span`, whose beginning may be that of something before it, leaves no trace: with
/// its lines if nothing else stands on them.
pub(in crate::syntax) fn removal(text: &str, span: Span) -> Span {
    let blanks = lead(text, span.start);
    let rest = &text[span.end..];
    let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let alone = rest[..line].trim().is_empty();
    match blanks.rfind(['\n', '\r']) {
        Some(line_end) if alone => {
            let break_len = if rest[line..].starts_with("\r\n") { 2 } else { usize::from(line < rest.len()) };
            Span::new(span.start - (blanks.len() - line_end - 1), span.end + line + break_len)
        }
        Some(_) => Span::new(span.start, span.end + (rest[..line].len() - rest[..line].trim_start().len())),
        None => Span::new(span.start - blanks.len(), span.end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_stay_with_their_value() {
        for (text, expected) in [
            ("<!-- a -->\n", 10),
            (" <!-- a --> \n", 11),
            ("\n<!-- a -->\n", 0),
            ("<!-- a -->", 0),
            ("<!-- a\n -->", 0),
            ("<!-- a --><key>\n", 0),
            ("<key>\n", 0),
        ] {
            assert_eq!(after_remark(text, 0, text.len()), expected, "{text:?}");
        }
    }
}

//! One line of a file with carets under the place in question. The only part that knows annotate-snippets.
//!
//! Only the line itself is handed over, already masked and harmless: the renderer would count the lines of the whole
//! file for every finding, knows neither CR as a line end nor the 8-bit control characters, and misplaces the carets of
//! a span wider than the terminal (0.12.17; the tests below hold all of it down).

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use unicode_width::UnicodeWidthChar;

use super::Style;
use super::place::Opened;
use super::printable::printable_line;
use crate::finding::Severity;
use crate::source::Span;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// More of a line than this many bytes before and behind a place is never shown.
const SEEN: usize = 16_384;

/// The end of the last character before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A line of a file, in three parts: what is meant, and what stands around it.
pub(super) struct Quote<'a> {
    before: &'a str,
    meant: &'a str,
    after: &'a str,
}

impl<'a> Quote<'a> {
    /// The line in which `span` begins; `None` if there is nothing to see on it.
    pub(super) fn new(opened: &'a Opened<'_>, span: Span) -> Option<Self> {
        let (text, span) = (opened.masked().text(), opened.masked().span(span));
        // Between CR and LF is still the line before, and a byte order mark is no part of the first line.
        let inside_crlf = text[..span.start].ends_with('\r') && text[span.start..].starts_with('\n');
        let mark = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
        let start = (span.start - usize::from(inside_crlf)).max(mark);
        // A file may be one line of many megabytes, with thousands of findings.
        let (from, to) = (floor(text, start.saturating_sub(SEEN)).max(mark), floor(text, start.saturating_add(SEEN)));
        let begins = text[from..start].rfind(['\n', '\r']).map_or(from, |at| from + at + 1);
        let ends = text[start..to].find(['\n', '\r']).map_or(to, |at| start + at);
        let mut meant = &text[start..span.end.clamp(start, ends)];
        if span.end > ends {
            meant = meant.trim_end();
        }
        let quote = Self { before: &text[begins..start], meant, after: &text[start + meant.len()..ends] };
        (!text[begins..ends].trim().is_empty()).then_some(quote)
    }

    /// Whether the line itself names `key`, so that it need not be told beside it.
    pub(super) fn names(&self, key: &str) -> bool {
        self.before.contains(key) || self.meant.contains(key) || self.after.contains(key)
    }

    /// The line with its number, carets below. No line feed at the end.
    pub(super) fn render(&self, line: usize, severity: Severity, style: &Style) -> String {
        let before = printable_line(tail(self.before, style.width * 2));
        let meant = printable_line(self.meant);
        let after = printable_line(head(self.after, style.width * 2));
        let marked = before.len()..before.len() + head_columns(&meant, style.width / 2).len();
        let level = match severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
            Severity::Hint => Level::HELP,
        };
        let snippet = Snippet::source(format!("{before}{meant}{after}")).line_start(line);
        let group = Group::with_level(level).element(snippet.annotation(AnnotationKind::Primary.span(marked)));
        let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
        let lines = renderer.term_width(style.width).render(&[group]);
        lines.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }
}

/// The last `count` characters.
fn tail(text: &str, count: usize) -> &str {
    count.checked_sub(1).and_then(|last| text.char_indices().nth_back(last)).map_or(text, |(at, _)| &text[at..])
}

/// The first `count` characters.
fn head(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| &text[..at])
}

/// The beginning, up to `columns` columns.
fn head_columns(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(_, character)| {
        used += character.width().unwrap_or(1);
        used > columns
    });
    end.map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::super::sample::span;
    use super::*;
    use crate::source::{LineIndex, Source};

    /// The snippet of `marked` in `text`, without colour.
    fn snippet(text: &[u8], place: Span, width: usize) -> Option<String> {
        let source = Source::new("f", text);
        let opened = Opened::new(&source, &[], LineIndex::new(text).into());
        let (line, _) = opened.line_column(place.start);
        Some(Quote::new(&opened, place)?.render(line, Severity::Error, &Style::of_width(Some(width))))
    }

    fn of(text: &str, marked: &str) -> String {
        let place = span(&Source::new("f", text.as_bytes()), marked);
        snippet(text.as_bytes(), place, 80).unwrap()
    }

    #[test]
    fn line_ends_of_every_kind() {
        let expected = "  |\n2 | port=143\n  |      ^^^";
        for text in ["a\nport=143\nb", "a\r\nport=143\r\nb", "a\rport=143\rb", "a\nport=143"] {
            assert_eq!(of(text, "143"), expected, "{text:?}");
        }
        // The line end itself, and between CR and LF.
        for at in [3, 4] {
            assert_eq!(snippet(b"abc\r\nd", Span::at(at), 80).unwrap(), "  |\n1 | abc\n  |    ^");
        }
    }

    #[test]
    fn carets_stand_below_their_text() {
        assert_eq!(of("\tkey\t= 143", "143"), "  |\n1 |     key    = 143\n  |              ^^^");
        assert_eq!(of("表示名「山田」 993", "993"), "  |\n1 | 表示名「山田」 993\n  |                ^^^");
        assert_eq!(of("表示名「山田」 993", "山田"), "  |\n1 | 表示名「山田」 993\n  |         ^^^^");
        assert_eq!(of("か\u{3099}き=1", "1"), "  |\n1 | か\u{3099}き=1\n  |      ^");
        assert_eq!(of("a\u{1b}[2Jb=1", "1"), "  |\n1 | a\\u{1b}[2Jb=1\n  |             ^");
        assert_eq!(of("\u{feff}key=1", "1"), "  |\n1 | key=1\n  |     ^");
    }

    #[test]
    fn places_without_text() {
        assert_eq!(snippet(b"abc", Span::at(3), 80).unwrap(), "  |\n1 | abc\n  |    ^");
        assert_eq!(snippet(b"abc", Span::at(1), 80).unwrap(), "  |\n1 | abc\n  |  ^");
        assert_eq!(snippet(b"abc", Span::new(1, 99), 80).unwrap(), "  |\n1 | abc\n  |  ^^");
        for (text, at) in [("abc\n", 4), ("", 0), ("a\n\nb", 2), ("a\n  \nb", 3), ("abc\r\n", 99)] {
            assert_eq!(snippet(text.as_bytes(), Span::at(at), 80), None, "{text:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_not_quoted() {
        for place in [Span::at(0), Span::new(0, 3), Span::at(3)] {
            assert_eq!(snippet("\u{feff}key".as_bytes(), place, 80).unwrap(), "  |\n1 | key\n  | ^");
        }
        assert_eq!(snippet("\u{feff}".as_bytes(), Span::at(0), 80), None);
    }

    #[test]
    fn of_several_lines_the_first() {
        let text = "<dict>  \n  <key>a</key>\n</dict>\n";
        assert_eq!(snippet(text.as_bytes(), Span::new(0, text.len()), 80).unwrap(), "  |\n1 | <dict>\n  | ^^^^^^");
    }

    #[test]
    fn bytes_that_are_no_text() {
        assert_eq!(
            snippet(b"name=Andr\xe9;port=1", Span::new(16, 17), 80).unwrap(),
            "  |\n1 | name=Andr\u{fffd};port=1\n  |                 ^"
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        for (left, right) in [("k", "v"), ("漢", "字"), ("\t", "\t"), ("か\u{3099}", "\u{1b}")] {
            for count in [60, 300, 20_000] {
                let text = format!("{}=143;{}", left.repeat(count), right.repeat(count));
                let cut = of(&text, "143");
                let lines: Vec<&str> = cut.lines().collect();
                assert!(lines.iter().all(|line| line.replace('\t', "    ").width() <= 80), "{cut}");
                let caret = lines[2].find('^').unwrap();
                let before = &lines[1][..lines[1].find("143").unwrap()];
                assert_eq!(before.width(), caret, "{cut}");
            }
        }
    }

    #[test]
    fn a_place_wider_than_the_terminal_is_marked_at_its_beginning() {
        for text in ["v".repeat(500), "字".repeat(500)] {
            let cut = of(&format!("key={text}"), &text);
            assert!(cut.lines().all(|line| line.width() <= 80), "{cut}");
            assert!(cut.ends_with(&format!("  |     {}", "^".repeat(40))), "{cut}");
        }
    }
}

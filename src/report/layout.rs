//! Lays out headings, labelled rows and paragraphs in columns of a terminal, where a kanji takes two.

use unicode_width::UnicodeWidthStr;

use super::{Style, table, wrap};
use crate::finding::Message;

/// How far everything below a heading is set in.
const INDENT: usize = 2;

/// Between the columns of a table.
const GAP: usize = 2;

/// A page under construction.
pub(crate) struct Page {
    style: Style,
    blocks: Vec<String>,
}

impl Page {
    pub(crate) fn new(style: Style) -> Self {
        Self { style, blocks: Vec::new() }
    }

    /// The message in the language of the page.
    pub(crate) fn tell(&self, message: &Message) -> String {
        self.style.tell(message)
    }

    /// Some fixed words in the language of the page.
    pub(crate) fn word(&self, word: &'static str) -> String {
        self.tell(&Message::new(word))
    }

    /// A line over the whole page, in bold.
    pub(crate) fn title(&mut self, text: &str) {
        let lines = wrap(text, self.style.prose_width());
        self.blocks.push(lines.iter().map(|line| self.style.bold(line)).collect::<Vec<_>>().join("\n"));
    }

    /// Prose over the whole page.
    pub(crate) fn paragraph(&mut self, text: &str) {
        self.blocks.push(wrap(text, self.style.prose_width()).join("\n"));
    }

    /// A heading and what stands under it; nothing at all where nothing does.
    pub(crate) fn section(&mut self, heading: &str, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        let lines = lines.iter().map(|line| format!("{}{line}", " ".repeat(INDENT)));
        let lines: Vec<String> = lines.map(|line| line.trim_end().to_owned()).collect();
        self.blocks.push(format!("{}\n{}", self.style.bold(heading), lines.join("\n")));
    }

    /// Prose for a section.
    pub(crate) fn prose(&self, text: &str) -> Vec<String> {
        wrap(text, self.style.prose_width() - INDENT)
    }

    /// Labels in one column, their values wrapped beside them.
    pub(crate) fn rows(&self, rows: &[(String, String)]) -> Vec<String> {
        let column = rows.iter().map(|(label, _)| label.width()).max().unwrap_or_default() + GAP;
        let width = self.style.prose_width().saturating_sub(INDENT + column).max(20);
        let mut lines = Vec::new();
        for (label, value) in rows {
            for (index, part) in wrap(value, width).into_iter().enumerate() {
                let label = if index == 0 { label.as_str() } else { "" };
                lines.push(format!("{label}{}{part}", " ".repeat(column - label.width())));
            }
        }
        lines
    }

    /// A table without a head; the last column is not padded, and wrapped.
    pub(crate) fn table(&self, rows: &[Vec<String>]) -> Vec<String> {
        table(rows, Some(self.style.prose_width() - INDENT))
    }

    pub(crate) fn finish(self) -> String {
        self.blocks.join("\n\n") + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_straight_whatever_the_script() {
        let page = Page::new(Style::of_width(Some(44)));
        let rows = [("サーバー".to_owned(), "imap.example.jp".to_owned()), ("Port".to_owned(), "993".to_owned())];
        assert_eq!(page.rows(&rows), ["サーバー  imap.example.jp", "Port      993"]);
    }
}

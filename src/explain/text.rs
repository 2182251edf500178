//! The sheet of a rule for a terminal: headings in bold, everything below them set in, wrapped to its width.

use super::Sheet;
use crate::finding::Message;
use crate::report::{Style, laid_out, wrap};

/// How far everything below a heading is set in.
const INDENT: usize = 2;

/// The sheet as text. Ends with a line feed.
pub fn text(sheet: &Sheet, style: &Style) -> String {
    let prose = |text: &str| {
        let lines = wrap(text, style.prose_width() - INDENT);
        lines.iter().map(|line| format!("{}{line}", " ".repeat(INDENT))).collect::<Vec<_>>().join("\n")
    };
    let summary = style.tell(&Message::new(sheet.rule.summary));
    let mut blocks = vec![format!("{}\n{}", style.bold(sheet.rule.name), prose(&summary)), prose(&sheet.facts(style))];
    for section in &sheet.page.sections {
        let heading = style.bold(&style.tell(&Message::new(section.heading)));
        let mut pieces = laid_out(&section.blocks, INDENT, style).into_iter();
        blocks.extend(pieces.next().map(|first| format!("{heading}\n{first}")));
        blocks.extend(pieces);
    }
    blocks.join("\n\n") + "\n"
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::page::{Block, EXAMPLES, HEADINGS};
    use crate::rules::RULES;

    fn sheets() -> impl Iterator<Item = Sheet> {
        RULES.iter().map(|rule| Sheet::of(rule).unwrap())
    }

    #[test]
    fn prose_keeps_to_the_width_of_the_terminal() {
        for sheet in sheets() {
            let code: Vec<String> = sheet
                .page
                .section(EXAMPLES)
                .iter()
                .filter_map(|block| if let Block::Code(code) = block { Some(code.text.clone()) } else { None })
                .collect();
            for line in text(&sheet, &Style::of_width(Some(80))).lines().filter(|line| line.width() > 80) {
                let is_code = code.iter().any(|code| code.lines().any(|own| own == line.trim_start()));
                let is_one_word = !line.trim().contains(' ');
                assert!(is_code || is_one_word, "{}: {line}", sheet.rule.name);
            }
        }
    }

    #[test]
    fn colour_marks_headings_and_changes_nothing_else() {
        let style = Style::of_width(Some(80));
        for sheet in sheets() {
            let plain = text(&sheet, &style);
            let colored = text(&sheet, &Style { color: true, ..style.clone() });
            assert!(!plain.contains('\u{1b}'), "{}", sheet.rule.name);
            for heading in HEADINGS.into_iter().filter(|heading| !sheet.page.section(heading).is_empty()) {
                assert!(plain.contains(&format!("\n\n{heading}\n  ")), "{plain}");
                assert!(colored.contains(&format!("\u{1b}[1m{heading}\u{1b}[0m")), "{colored}");
            }
            assert_eq!(colored.replace("\u{1b}[1m", "").replace("\u{1b}[0m", ""), plain);
        }
    }
}

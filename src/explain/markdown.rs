//! The sheet of a rule as Markdown: the page itself, with the rule's particulars under its title.

use super::Sheet;
use crate::finding::Message;
use crate::report::{self, Style};

/// The sheet with its title as a heading of that `level`, from 1. Ends with a line feed.
pub fn markdown(sheet: &Sheet, level: usize, style: &Style) -> String {
    let mut blocks = particulars(sheet, level, style);
    for section in &sheet.page.sections {
        let heading = style.tell(&Message::new(section.heading));
        blocks.push(format!("{} {heading}", "#".repeat(level + 1)));
        blocks.extend(report::as_markdown(&section.blocks, style));
    }
    blocks.join("\n\n") + "\n"
}

/// The title, what the rule finds in a line, and its group, severity and formats.
pub fn particulars(sheet: &Sheet, level: usize, style: &Style) -> Vec<String> {
    let title = format!("{} {}", "#".repeat(level), sheet.rule.name);
    let summary = style.tell(&Message::new(sheet.rule.summary));
    vec![title, summary, sheet.facts(style)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;
    use crate::rules::RULES;

    #[test]
    fn markdown_can_be_read_as_a_page_again() {
        for rule in RULES {
            let sheet = Sheet::of(rule).unwrap();
            let text = markdown(&sheet, 1, &Style::default());
            let summary = format!("\n\n{}\n\n{}", rule.summary, sheet.facts(&Style::default()));
            assert!(text.contains(&summary), "{text}");
            let again = Page::read(&text.replace(&summary, "")).unwrap();
            let texts = |page: &Page| -> Vec<String> {
                page.examples().iter().flat_map(|example| &example.files).map(|(_, text)| (*text).to_owned()).collect()
            };
            assert_eq!(texts(&again), texts(&sheet.page), "{}", rule.name);
        }
    }
}

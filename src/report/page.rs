//! The pieces of a rule's page: laid out for a terminal, and as Markdown in the user's language.
//!
//! On a terminal prose is wrapped, the lines of a list item hang, and code stands as it is, further to the right. What a file of an
//! example is, a Markdown page says in shorthand (`bad=2`); people get a sentence.
//!
//! Not here: what a page consists of (`page`), which parts of it are shown (`explain`).

use super::Style;
use super::paragraph::wrap;
use super::printable::{printable, printable_line};
use crate::finding::Message;
use crate::message;
use crate::page::{Block, Code, Part, Prose};

/// How much further to the right code stands than the prose around it.
const CODE_INDENT: usize = 4;

/// The pieces for a terminal, each set in by `indent` columns. No line feed at their ends.
pub fn laid_out(blocks: &[Block], indent: usize, style: &Style) -> Vec<String> {
    let piece = |block: &Block| match block {
        Block::Paragraph(prose) => hanging("", &told(prose, style), indent, style),
        Block::List(items) => {
            let items = items.iter().map(|item| hanging("- ", &told(item, style), indent, style));
            items.collect::<Vec<_>>().join("\n")
        }
        Block::Code(code) => listing(code, indent, style),
    };
    blocks.iter().map(piece).collect()
}

/// The pieces as Markdown. No line feed at their ends.
pub fn as_markdown(blocks: &[Block], style: &Style) -> Vec<String> {
    let piece = |block: &Block| match block {
        Block::Paragraph(prose) => source(prose, style),
        Block::List(items) => {
            let items = items.iter().map(|item| format!("- {}", source(item, style).replace('\n', "\n  ")));
            items.collect::<Vec<_>>().join("\n")
        }
        Block::Code(code) => format!("```{}\n{}```", code.info, code.text),
    };
    blocks.iter().map(piece).collect()
}

/// Prose in the user's language, in one line.
pub fn told(prose: &Prose, style: &Style) -> String {
    style.sentence(&prose.in_one_line())
}

/// The same for Markdown; in English with the line breaks that it has.
fn source(prose: &Prose, style: &Style) -> String {
    let english = prose.in_one_line();
    let told = told(prose, style);
    if told == english { prose.as_written().to_owned() } else { told }
}

/// `text` behind `mark`, all lines below each other.
fn hanging(mark: &str, text: &str, indent: usize, style: &Style) -> String {
    let margin = indent + mark.len();
    let width = style.prose_width().saturating_sub(margin).max(20);
    let lines = wrap(text, width).into_iter().enumerate().map(|(index, line)| {
        let lead = if index == 0 { format!("{}{mark}", " ".repeat(indent)) } else { " ".repeat(margin) };
        format!("{lead}{line}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A block of code under the words that say what it is.
fn listing(code: &Code, indent: usize, style: &Style) -> String {
    let caption = code
        .file
        .as_ref()
        .map(|(name, part)| hanging("", &style.tell(&caption(name, *part, code.text.is_empty())), indent, style));
    let margin = " ".repeat(indent + CODE_INDENT);
    let lines = code.text.lines().map(|line| format!("{margin}{}", printable_line(line)).trim_end().to_owned());
    caption.into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

/// What a file of an example is.
fn caption(name: &str, part: Part, is_empty: bool) -> Message {
    let name = printable(name);
    match part {
        Part::Bad(1) => message!("{file}, in which one problem is found:", file = name),
        Part::Bad(n) => message!("{file}, in which {n} problems are found:", file = name, n = n),
        Part::Good => message!("{file}, in which nothing is found:", file = name),
        Part::With if is_empty => message!("with an empty {file} beside it", file = name),
        Part::With => message!("with {file} beside it:", file = name),
        Part::Fixed => message!("{file} after `mailcfg fix --apply`:", file = name),
        Part::UnsafeFixed => message!("{file} after `mailcfg fix --apply --unsafe`:", file = name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    use crate::language::Language;
    use crate::page::{EXAMPLES, Page};

    const PAGE: &str = "# odd-port\n\n## Examples\n\nA port that is odd,\nin a line that is longer than forty columns:\n\n\
        - one that the server does not know at all;\n- another.\n\n```prefs.js bad=2\nuser_pref(\"mail.server.server1.port\", 1);\t// x\n```\n\
        ```.parentlock with\n```\n\n```\nplain\n```\n";

    fn style(width: usize) -> Style {
        Style::of_width(Some(width))
    }

    #[test]
    fn prose_is_wrapped_lists_hang_and_code_stays() {
        let page = Page::read(PAGE).unwrap();
        assert_eq!(
            laid_out(page.section(EXAMPLES), 2, &style(40)),
            [
                "  A port that is odd, in a line that is\n  longer than forty columns:",
                "  - one that the server does not know at\n    all;\n  - another.",
                "  prefs.js, in which 2 problems are\n  found:\n      user_pref(\"mail.server.server1.port\", 1);\t// x",
                "  with an empty .parentlock beside it",
                "      plain",
            ]
        );
    }

    #[test]
    fn japanese_is_wrapped_by_the_columns_it_takes() {
        let page =
            Page::read("# a\n\n## What to do\n\nthe server does not answer\nany more\n\n- switch SSL on\n").unwrap();
        let style = Style { language: Language::named("ja").unwrap(), ..style(40) };
        let lines = laid_out(page.section("What to do"), 2, &style);
        assert!(lines.iter().all(|line| line.width() <= 40 && !line.contains("server")), "{lines:?}");
        let markdown = as_markdown(page.section("What to do"), &style);
        assert_eq!(Some(markdown[1].trim_start_matches("- ")), style.language.sentence("switch SSL on"));
    }

    #[test]
    fn english_markdown_is_the_page_itself() {
        let page = Page::read(PAGE).unwrap();
        let text = as_markdown(page.section(EXAMPLES), &style(40)).join("\n\n");
        assert!(PAGE.replace("```\n```.p", "```\n\n```.p").ends_with(&format!("{text}\n")), "{text}");
    }
}

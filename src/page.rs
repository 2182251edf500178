//! Reads the page of a rule: the Markdown that is its documentation, the text of `mailcfg explain` and its test.
//!
//! A page has one title, the sections of [`HEADINGS`], paragraphs, lists with `- ` and fenced blocks, and nothing else, so that a
//! terminal, a translator and a test all see the same pieces. A fenced block whose info string names a file and a [`Part`] is a
//! file of an example; `docs/development.md` describes them to authors.
//!
//! Not here: running the examples (`tests/rules.rs`), printing (`explain`, `report`).

use std::num::ParseIntError;

/// What a rule finds.
pub const FINDS: &str = "What it finds";
/// Why that matters.
pub const MATTERS: &str = "Why it matters";
/// What to do about it.
pub const TO_DO: &str = "What to do";
/// Where it is written.
pub const REFERENCES: &str = "References";
/// Files in which it is found, or must not be.
pub const EXAMPLES: &str = "Examples";

/// The sections of a page, in their order. References may be missing.
pub const HEADINGS: [&str; 5] = [FINDS, MATTERS, TO_DO, REFERENCES, EXAMPLES];

/// Signs of Markdown that a page does not use.
const NOT_USED: [&str; 7] = ["#", "* ", "+ ", "> ", "|", "1. ", "~~~"];

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The rule's name.
    pub title: String,
    /// What stands under the headings.
    pub sections: Vec<Section>,
}

/// What stands under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// One of [`HEADINGS`].
    pub heading: &'static str,
    /// Its pieces.
    pub blocks: Vec<Block>,
}

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Prose.
    Paragraph(Prose),
    /// The items of a list.
    List(Vec<Prose>),
    /// A fenced block.
    Code(Code),
}

/// Prose as it is written, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose(String);

impl Prose {
    /// With the line breaks of the page.
    pub fn as_written(&self) -> &str {
        &self.0
    }

    /// In one line: the key of its translation.
    pub fn in_one_line(&self) -> String {
        self.0.replace('\n', " ")
    }
}

/// A fenced block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The line of its opening fence, from 1.
    pub line: usize,
    /// What follows the opening fence.
    pub info: String,
    /// The file that it shows, if it is one of an example.
    pub file: Option<(String, Part)>,
    /// Its lines, each with a line feed.
    pub text: String,
}

/// What a file is to its example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Begins an example in which the rule finds so many problems.
    Bad(usize),
    /// Begins an example in which it finds nothing.
    Good,
    /// Another file of the same example.
    With,
    /// The file after the safe fixes of the rule.
    Fixed,
    /// The file after its safe and unsafe fixes.
    UnsafeFixed,
}

/// Files that belong together, and what the rule finds in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example<'a> {
    /// The line where it begins.
    pub line: usize,
    /// The prose above it.
    pub introduction: Vec<&'a Prose>,
    /// How many problems the rule finds.
    pub findings: usize,
    /// Name and text of its files, the first that of the example itself.
    pub files: Vec<(&'a str, &'a str)>,
    /// Files after the safe fixes.
    pub fixed: Vec<(&'a str, &'a str)>,
    /// Files after safe and unsafe fixes.
    pub unsafe_fixed: Vec<(&'a str, &'a str)>,
}

/// A page in another form than agreed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct Malformed {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl Page {
    /// Reads a page.
    ///
    /// # Errors
    /// [`Malformed`] where it has something else than agreed.
    pub fn read(text: &str) -> Result<Self, Malformed> {
        let mut reader = Reader::default();
        for (index, line) in text.lines().enumerate() {
            reader.take(index + 1, line)?;
        }
        reader.finish()
    }

    /// What stands under `heading`; nothing where the page has no such section.
    pub fn section(&self, heading: &str) -> &[Block] {
        self.sections.iter().find(|section| section.heading == heading).map_or(&[], |section| &section.blocks)
    }

    /// The examples, in their order.
    pub fn examples(&self) -> Vec<Example<'_>> {
        let (mut examples, mut introduction) = (Vec::<Example<'_>>::new(), Vec::new());
        for block in self.section(EXAMPLES) {
            let code = match block {
                Block::Paragraph(prose) => {
                    introduction.push(prose);
                    continue;
                }
                Block::List(items) => {
                    introduction.extend(items);
                    continue;
                }
                Block::Code(code) => code,
            };
            let Some((name, part)) = &code.file else { continue };
            let file = (name.as_str(), code.text.as_str());
            let begins = |findings, introduction| Example {
                line: code.line,
                introduction,
                findings,
                files: vec![file],
                fixed: Vec::new(),
                unsafe_fixed: Vec::new(),
            };
            match (part, examples.last_mut()) {
                (Part::Bad(findings), _) => examples.push(begins(*findings, std::mem::take(&mut introduction))),
                (Part::Good, _) => examples.push(begins(0, std::mem::take(&mut introduction))),
                (Part::With, Some(example)) => example.files.push(file),
                (Part::Fixed, Some(example)) => example.fixed.push(file),
                (Part::UnsafeFixed, Some(example)) => example.unsafe_fixed.push(file),
                // The reader refuses a page that begins so.
                (Part::With | Part::Fixed | Part::UnsafeFixed, None) => {}
            }
        }
        examples
    }
}

/// Reads line by line.
#[derive(Default)]
struct Reader {
    title: Option<String>,
    sections: Vec<Section>,
    /// The fenced block that is not closed yet.
    open: Option<Code>,
    /// Whether the next line begins a new piece.
    apart: bool,
    has_example: bool,
}

impl Reader {
    fn take(&mut self, number: usize, line: &str) -> Result<(), Malformed> {
        let wrong = |what: String| Malformed { line: number, what };
        if let Some(code) = &mut self.open {
            if line.trim_end() == "```" {
                let code = self.open.take();
                return self.push(code.map(Block::Code)).ok_or_else(|| wrong("a block outside of a section".into()));
            }
            code.text.push_str(line);
            code.text.push('\n');
            return Ok(());
        }
        if let Some(info) = line.strip_prefix("```") {
            self.open = Some(self.code(number, info)?);
        } else if let Some(heading) = line.strip_prefix("## ") {
            let known = HEADINGS.into_iter().find(|known| *known == heading);
            let heading = known.ok_or_else(|| wrong(format!("{heading:?} is none of the headings {HEADINGS:?}")))?;
            self.sections.push(Section { heading, blocks: Vec::new() });
        } else if let Some(title) = line.strip_prefix("# ").filter(|_| self.title.is_none()) {
            self.title = Some(title.to_owned());
        } else if line.trim().is_empty() {
            self.apart = true;
            return Ok(());
        } else {
            self.prose(line).ok_or_else(|| wrong("prose outside of a section".into()))?;
            if NOT_USED.iter().any(|sign| line.starts_with(sign)) {
                return Err(wrong("only paragraphs, lists with \"- \" and fenced blocks are used".into()));
            }
        }
        self.apart = false;
        Ok(())
    }

    fn push(&mut self, block: Option<Block>) -> Option<()> {
        self.sections.last_mut()?.blocks.extend(block);
        Some(())
    }

    /// A line of a paragraph or of a list.
    fn prose(&mut self, line: &str) -> Option<()> {
        let apart = self.apart;
        let blocks = &mut self.sections.last_mut()?.blocks;
        let item = line.strip_prefix("- ");
        match (item, blocks.last_mut()) {
            (Some(item), Some(Block::List(items))) => items.push(Prose(item.to_owned())),
            (Some(item), _) => blocks.push(Block::List(vec![Prose(item.to_owned())])),
            (None, Some(Block::List(items))) if line.starts_with("  ") || !apart => {
                let last = items.last_mut()?;
                last.0 = format!("{}\n{}", last.0, line.trim_start());
            }
            (None, Some(Block::Paragraph(prose))) if !apart => prose.0 = format!("{}\n{line}", prose.0),
            (None, _) => blocks.push(Block::Paragraph(Prose(line.to_owned()))),
        }
        Some(())
    }

    fn code(&mut self, line: usize, info: &str) -> Result<Code, Malformed> {
        let wrong = |what: String| Malformed { line, what };
        let mut words = info.split_whitespace();
        let file = match (words.next(), words.next()) {
            (Some(name), Some(word)) => {
                let part = Part::named(word).ok_or_else(|| wrong(format!("{info:?} is not understood")))?;
                let begins = matches!(part, Part::Bad(_) | Part::Good);
                if !begins && !self.has_example {
                    return Err(wrong(format!("{info:?} belongs to no example")));
                }
                self.has_example = true;
                Some((name.to_owned(), part))
            }
            _ => None,
        };
        Ok(Code { line, info: info.to_owned(), file, text: String::new() })
    }

    fn finish(self) -> Result<Page, Malformed> {
        if let Some(code) = self.open {
            return Err(Malformed { line: code.line, what: "the block is not closed".into() });
        }
        let title = self.title.ok_or_else(|| Malformed { line: 1, what: "the page has no title".into() })?;
        Ok(Page { title, sections: self.sections })
    }
}

impl Part {
    fn named(word: &str) -> Option<Self> {
        let number = |rest: &str| -> Result<usize, ParseIntError> { rest.parse() };
        match word {
            "bad" => Some(Self::Bad(1)),
            "good" => Some(Self::Good),
            "with" => Some(Self::With),
            "fixed" => Some(Self::Fixed),
            "unsafe-fixed" => Some(Self::UnsafeFixed),
            _ => word.strip_prefix("bad=").and_then(|rest| number(rest).ok()).filter(|n| *n > 0).map(Self::Bad),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# odd-port\n\n## What it finds\n\nA port\nthat is odd:\n\n- one,\n  or two;\n- three.\n\nThat is all.\n\n\
        ## Examples\n\nOne and three:\n\n```prefs.js bad=2\na\n```\n```user.js with\n```\n```prefs.js fixed\nb\n```\n\n```\nplain\n```\n\nNone:\n\n\
        ```prefs.js good\nc\n```\n";

    fn prose(text: &str) -> Prose {
        Prose(text.to_owned())
    }

    #[test]
    fn a_page_falls_into_its_pieces() {
        let page = Page::read(PAGE).unwrap();
        assert_eq!(page.title, "odd-port");
        let expected = [
            Block::Paragraph(prose("A port\nthat is odd:")),
            Block::List(vec![prose("one,\nor two;"), prose("three.")]),
            Block::Paragraph(prose("That is all.")),
        ];
        assert_eq!(page.section(FINDS), expected);
        assert_eq!(page.section(MATTERS), []);
        assert_eq!(prose("A port\nthat is odd:").in_one_line(), "A port that is odd:");
    }

    #[test]
    fn files_are_gathered_into_examples() {
        let page = Page::read(PAGE).unwrap();
        let examples = page.examples();
        assert_eq!(examples.len(), 2);
        let first = &examples[0];
        assert_eq!((first.line, first.findings), (18, 2));
        assert_eq!(first.introduction, [&prose("One and three:")]);
        assert_eq!(first.files, [("prefs.js", "a\n"), ("user.js", "")]);
        assert_eq!((first.fixed.as_slice(), first.unsafe_fixed.len()), (&[("prefs.js", "b\n")][..], 0));
        assert_eq!((examples[1].findings, examples[1].files[0].1), (0, "c\n"));
    }

    #[test]
    fn another_form_is_refused_with_the_line() {
        for (page, line) in [
            ("no title\n", 1),
            ("", 1),
            ("# a\n\n## Something else\n", 3),
            ("# a\n\n## What to do\n\n### deeper\n", 5),
            ("# a\n\n## What to do\n\n1. first\n", 5),
            ("# a\n\n## Examples\n\n```prefs.js worse\n```\n", 5),
            ("# a\n\n## Examples\n\n```prefs.js bad=none\n```\n", 5),
            ("# a\n\n## Examples\n\n```prefs.js fixed\n```\n", 5),
            ("# a\n\n## Examples\n\n```prefs.js bad\n", 5),
        ] {
            assert_eq!(Page::read(page).unwrap_err().line, line, "{page:?}");
        }
    }
}

//! The sheets of rules for programs: schema 1. Keys are only ever added; keys and names are English in every language, sentences are
//! in the user's.

use serde::Serialize;

use super::Sheet;
use crate::finding::Message;
use crate::page::{self, Block, Prose};
use crate::report::{Style, pretty_json, told};
use crate::rules::Fixes;

/// The version of the form.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    rules: Vec<Entry<'a>>,
}

/// What `list` and `explain` both say of a rule.
#[derive(Clone, Debug, Serialize)]
pub struct Particulars {
    name: &'static str,
    group: &'static str,
    severity: &'static str,
    /// `never`, `unsafe` (all of them need `--unsafe`), `sometimes` (some are safe).
    fixes: &'static str,
    formats: Vec<&'static str>,
    summary: String,
}

impl Particulars {
    /// Those of a sheet.
    pub fn of(sheet: &Sheet, style: &Style) -> Self {
        let rule = sheet.rule;
        Self {
            name: rule.name,
            group: rule.group.name(),
            severity: rule.severity.name(),
            fixes: match rule.fixes {
                Fixes::Never => "never",
                Fixes::Unsafe => "unsafe",
                Fixes::Sometimes => "sometimes",
            },
            formats: sheet.formats.clone(),
            summary: style.tell(&Message::new(rule.summary)),
        }
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    #[serde(flatten)]
    particulars: Particulars,
    /// Paragraphs; an item of a list is one that begins with `- `.
    what: Vec<String>,
    why: Vec<String>,
    what_to_do: Vec<String>,
    references: Vec<String>,
    examples: Vec<Example<'a>>,
}

#[derive(Serialize)]
struct Example<'a> {
    introduction: Vec<String>,
    /// How many problems the rule finds in it.
    findings: usize,
    files: Vec<File<'a>>,
    fixed: Vec<File<'a>>,
    unsafe_fixed: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    name: &'a str,
    text: &'a str,
}

/// The sheets as one JSON object. Ends with a line feed.
pub fn json(sheets: &[Sheet], style: &Style) -> String {
    let document = Document { schema: SCHEMA, rules: sheets.iter().map(|sheet| entry(sheet, style)).collect() };
    pretty_json(&document)
}

fn entry<'a>(sheet: &'a Sheet, style: &Style) -> Entry<'a> {
    let section = |heading| paragraphs(sheet.page.section(heading), style);
    Entry {
        particulars: Particulars::of(sheet, style),
        what: section(page::FINDS),
        why: section(page::MATTERS),
        what_to_do: section(page::TO_DO),
        references: section(page::REFERENCES),
        examples: sheet.page.examples().iter().map(|found| example(found, style)).collect(),
    }
}

fn paragraphs(blocks: &[Block], style: &Style) -> Vec<String> {
    let item = |prose: &Prose| format!("- {}", told(prose, style));
    let texts = |block: &Block| match block {
        Block::Paragraph(prose) => vec![told(prose, style)],
        Block::List(items) => items.iter().map(item).collect(),
        Block::Code(code) => vec![code.text.clone()],
    };
    blocks.iter().flat_map(texts).collect()
}

fn example<'a>(example: &page::Example<'a>, style: &Style) -> Example<'a> {
    let files = |files: &[(&'a str, &'a str)]| files.iter().map(|(name, text)| File { name, text }).collect();
    Example {
        introduction: example.introduction.iter().map(|prose| told(prose, style)).collect(),
        findings: example.findings,
        files: files(&example.files),
        fixed: files(&example.fixed),
        unsafe_fixed: files(&example.unsafe_fixed),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::rules;

    #[test]
    fn a_page_is_data() {
        let sheet = Sheet::of(rules::find("secret-in-file").unwrap()).unwrap();
        let value: Value = serde_json::from_str(&json(&[sheet], &Style::default())).unwrap();
        assert_eq!(value["schema"], 1);
        let rule = &value["rules"][0];
        for (key, expected) in [
            ("name", Value::from("secret-in-file")),
            ("group", Value::from("password")),
            ("severity", Value::from("error")),
            ("fixes", Value::from("unsafe")),
            ("formats", serde_json::json!(["thunderbird", "mobileconfig", "autoconfig"])),
        ] {
            assert_eq!(rule[key], expected, "{key}");
        }
        for key in ["summary", "what", "why", "what_to_do", "references"] {
            assert!(rule[key].is_string() || rule[key][0].is_string(), "{key}: {rule:#}");
        }
        let first = &rule["examples"][0];
        assert_eq!((&first["findings"], &first["introduction"][0]), (&2.into(), &"Passwords for both servers:".into()));
        assert_eq!(first["files"][0]["name"], "mail.mobileconfig");
        assert!(first["unsafe_fixed"][0]["text"].as_str().unwrap().contains("IncomingMailServerHostName"));
        assert_eq!(rule["examples"][1]["findings"], 0);
    }
}

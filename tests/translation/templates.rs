//! Finds the sentences for people in the code.
//!
//! Some are marked: `message!("…")`, `Message::new("…")`, what is handed to `because`, `help`, `fix`, `word` and `count`, the fields
//! `summary`, `title` and `files`. Beside these, every text in quotation marks with two small words in it counts as a sentence,
//! wherever it stands, so that none slips through. What is none and looks like one is listed in [`NO_SENTENCES`].

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use mailcfg::provider::Providers;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::{cli, root};

/// Files that write for programs only.
const FOR_PROGRAMS: &[&str] = &[
    "src/language/catalogue.rs",
    // Faults of a page are met by its author, in a test.
    "src/page.rs",
    "src/provider/embed.rs",
    "src/provider/json_schema.rs",
    "src/show/autoconfig/xml.rs",
];

/// Here stand, in small letters, texts that mail programs and servers say; ours begin with a capital or with a name to fill in.
const PATTERNS: &str = "src/doctor/errors/";

/// Methods whose arguments in quotation marks are sentences.
const TELLING: &[&str] = &["because", "help", "fix", "word", "count"];

/// Fields that hold a sentence.
const FIELDS: &[&str] = &["summary", "title", "files"];

/// Macros whose first text is a form to be filled in, in which English would be out of a translator's reach.
const FORMS: &[&str] = &["format", "write", "writeln", "bail", "anyhow"];

/// What may follow the program's name where it is to be typed.
const COMMANDS: &[&str] = &["explain", "fix", "lint", "restore"];

/// Looks like a sentence and is none: what other programs say or read.
const NO_SENTENCES: &[&str] =
    &["<{} {} bytes of text>", "<descr lang=\"en\">Where these settings are published</descr>"];

/// Every sentence, and where it stands; and every text in quotation marks, since a word that is chosen from several cannot be told
/// from a key.
pub(super) fn all() -> (BTreeMap<String, String>, BTreeSet<String>) {
    let mut found = Found::default();
    for path in rust_files(&root().join("src")) {
        let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        if !FOR_PROGRAMS.contains(&name.as_str()) {
            let tokens: TokenStream = fs::read_to_string(&path).unwrap().parse().unwrap();
            Scan { file: &name, found: &mut found }.stream(tokens);
        }
    }
    assert!(
        found.forms.is_empty(),
        "write these with message!, so that they can be translated:\n{}",
        found.forms.join("\n")
    );
    let mut command = cli::command();
    command.build();
    help(&command, &mut found.sentences);
    for rule in mailcfg::rules::RULES {
        page(rule, &mut found.sentences);
    }
    (found.sentences, found.texts)
}

/// The notes of the provider files that are not written in this language already.
pub(super) fn notes(language: &str) -> BTreeMap<String, String> {
    let providers = Providers::embedded();
    let notes = providers.iter().flat_map(|provider| provider.notes().map(move |note| (note, provider)));
    let missing = notes.filter(|(note, _)| note.message().version(language).is_none());
    missing.map(|(note, provider)| (note.en.to_string(), format!("profiles/{}.toml", provider.id))).collect()
}

/// The headings, paragraphs and items of a page; fenced blocks are not translated.
fn page(rule: &mailcfg::rules::Rule, sentences: &mut BTreeMap<String, String>) {
    let (mut is_fenced, mut prose) = (false, String::new());
    // The title is the rule's name.
    for line in rule.page.lines().skip(1).chain([""]) {
        let is_fence = line.starts_with("```");
        let (text, is_alone) = match (line.strip_prefix("## "), line.strip_prefix("- ")) {
            (Some(heading), _) => (heading, true),
            (_, Some(item)) => (item, true),
            _ => (line, is_fence || is_fenced || line.is_empty()),
        };
        if is_alone && !prose.is_empty() {
            sentences.entry(std::mem::take(&mut prose)).or_insert_with(|| format!("the page of {}", rule.name));
        }
        if !is_fence && !is_fenced && !text.is_empty() {
            prose.push_str(if prose.is_empty() { "" } else { " " });
            prose.push_str(text.trim());
        }
        is_fenced ^= is_fence;
    }
}

#[derive(Default)]
struct Found {
    sentences: BTreeMap<String, String>,
    texts: BTreeSet<String>,
    /// English in a form.
    forms: Vec<String>,
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
    let is_code = |path: &PathBuf| {
        let is_test = path.file_name().is_some_and(|name| name == "tests.rs" || name == "sample.rs")
            || path.components().any(|part| part.as_os_str() == "tests");
        path.extension().is_some_and(|extension| extension == "rs") && !is_test
    };
    entries.filter(is_code).collect()
}

struct Scan<'a> {
    file: &'a str,
    found: &'a mut Found,
}

impl Scan<'_> {
    fn stream(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut index = 0;
        while index < tokens.len() {
            index += self.item(&tokens, index);
        }
    }

    /// Looks at what begins at `index`, and says how many tokens it takes.
    fn item(&mut self, tokens: &[TokenTree], index: usize) -> usize {
        let rest = &tokens[index..];
        match rest {
            [TokenTree::Punct(mark), TokenTree::Group(group), ..] if mark.as_char() == '#' => {
                if is_for_tests(group) {
                    2 + item_length(&rest[2..])
                } else {
                    2
                }
            }
            // What a file says of itself.
            [TokenTree::Punct(mark), TokenTree::Punct(not), TokenTree::Group(_), ..]
                if mark.as_char() == '#' && not.as_char() == '!' =>
            {
                3
            }
            [TokenTree::Ident(name), TokenTree::Punct(mark), TokenTree::Group(group), ..] if mark.as_char() == '!' => {
                self.in_macro(&name.to_string(), group);
                3
            }
            [TokenTree::Punct(dot), TokenTree::Ident(name), TokenTree::Group(group), ..]
                if dot.as_char() == '.' && self.is_telling(&name.to_string()) =>
            {
                top_level(group).iter().for_each(|text| self.sentence(text, group));
                self.stream(group.stream());
                3
            }
            [TokenTree::Ident(name), TokenTree::Punct(colon), TokenTree::Literal(text), ..]
                if colon.as_char() == ':' && FIELDS.contains(&name.to_string().as_str()) =>
            {
                if let Some(text) = content(text).filter(|text| !text.is_empty()) {
                    self.found.sentences.insert(text, self.file.to_owned());
                }
                3
            }
            [TokenTree::Ident(new), TokenTree::Group(group), ..] if new == "new" && is_of_message(tokens, index) => {
                top_level(group).iter().for_each(|text| self.sentence(text, group));
                self.stream(group.stream());
                2
            }
            [TokenTree::Group(group), ..] => {
                self.stream(group.stream());
                1
            }
            [TokenTree::Literal(literal), ..] => {
                self.found.texts.extend(content(literal));
                let begins_like_ours = |text: &String| text.starts_with(|c: char| c.is_uppercase() || c == '{');
                let may_be_ours = |text: &String| !self.file.starts_with(PATTERNS) || begins_like_ours(text);
                if let Some(text) = content(literal).filter(|text| may_be_ours(text) && is_sentence(text)) {
                    self.found.sentences.insert(text, format!("{}:{}", self.file, literal.span().start().line));
                }
                1
            }
            _ => 1,
        }
    }

    /// Clients look up words of files by such a name too.
    fn is_telling(&self, method: &str) -> bool {
        TELLING.contains(&method) && !self.file.starts_with("src/clients/")
    }

    fn in_macro(&mut self, name: &str, group: &Group) {
        let texts = top_level(group);
        match name {
            "message" => {
                texts.first().iter().for_each(|text| self.sentence(text, group));
                let arguments = group.stream().into_iter().skip(1);
                self.stream(arguments.collect());
            }
            _ if FORMS.contains(&name) => {
                let form = texts.first().filter(|text| is_sentence(text) && is_sentence(&without_places(text)));
                self.found
                    .forms
                    .extend(form.map(|text| format!("{}:{}: {text}", self.file, group.span_open().start().line)));
                let arguments = group.stream().into_iter().skip_while(|token| matches!(token, TokenTree::Literal(_)));
                self.stream(arguments.collect());
            }
            "concat" | "env" | "include_str" | "include_bytes" | "assert" | "debug_assert" | "panic" | "matches" => {}
            _ => self.stream(group.stream()),
        }
    }

    fn sentence(&mut self, text: &str, group: &Group) {
        if !text.is_empty() {
            let place = format!("{}:{}", self.file, group.span_open().start().line);
            self.found.sentences.insert(text.to_owned(), place);
        }
    }
}

/// `#[cfg(test)]`, and the `#![…]` of a whole file is none.
fn is_for_tests(attribute: &Group) -> bool {
    attribute.stream().to_string().replace(' ', "") == "cfg(test)"
}

/// Up to the end of an item: its braces, or a semicolon.
fn item_length(tokens: &[TokenTree]) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == ';',
        _ => false,
    };
    tokens.iter().position(ends).map_or(tokens.len(), |at| at + 1)
}

/// Whether `new` at `index` is `Message::new`.
fn is_of_message(tokens: &[TokenTree], index: usize) -> bool {
    index >= 3 && matches!(&tokens[index - 3], TokenTree::Ident(name) if name == "Message")
}

/// The texts in quotation marks directly in a group.
fn top_level(group: &Group) -> Vec<String> {
    let literals = group.stream().into_iter().filter_map(|token| match token {
        TokenTree::Literal(literal) => content(&literal),
        _ => None,
    });
    literals.collect()
}

/// What a string literal says.
fn content(literal: &proc_macro2::Literal) -> Option<String> {
    syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|text| text.value())
}

fn without_places(form: &str) -> String {
    form.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after)).collect()
}

/// Two words of small letters with a blank between them.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase() || "'’,;:.?".contains(c));
    let words: Vec<&str> = text.split(' ').collect();
    let in_a_row = words.windows(2).any(|pair| pair.iter().all(|word| is_word(word)));
    // A command to type; the beginning of something that another program says.
    let is_command =
        text.strip_prefix("mailcfg ").is_some_and(|rest| COMMANDS.iter().any(|name| rest.starts_with(name)));
    let is_none = is_command || text.ends_with(' ') || NO_SENTENCES.contains(&text);
    in_a_row && !is_none
}

/// The texts of a command, its arguments and its commands.
fn help(command: &clap::Command, sentences: &mut BTreeMap<String, String>) {
    let place = format!("help of {}", command.get_name());
    let mut say = |text: String| {
        sentences.entry(text).or_insert_with(|| place.clone());
    };
    let own = [command.get_about(), command.get_long_about(), command.get_after_help()];
    own.into_iter().flatten().for_each(|text| say(text.to_string()));
    for argument in command.get_arguments() {
        [argument.get_help(), argument.get_long_help()].into_iter().flatten().for_each(|text| say(text.to_string()));
        // The languages are called what they call themselves.
        let values = argument.get_possible_values().into_iter().filter(|_| argument.get_id() != "lang");
        values.filter_map(|value| value.get_help().map(ToString::to_string)).for_each(&mut say);
    }
    command.get_subcommands().for_each(|inner| help(inner, sentences));
}

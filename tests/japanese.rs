//! The program speaks Japanese throughout: with `--lang ja` nothing it prints over the whole fixture tree is an English sentence.
//!
//! Names, keys, values, commands and what a server or a file says stay as they are. So this looks for three small English words in
//! a row, outside of quotation.

mod program;

use std::process::Output;

use mailcfg::date::Date;
use mailcfg::language::Language;
use mailcfg::provider::Providers;
use mailcfg::report::Style;
use mailcfg::rules::RULES;
use mailcfg::show::{Options, resolve, text};
use program::program;
use unicode_width::UnicodeWidthStr;

fn run(args: &[&str]) -> Output {
    let home = tempfile::tempdir().expect("a folder of its own");
    let mut command = program(home.path());
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["--lang", "ja"]).args(args).output().expect("it runs")
}

/// What it prints for people.
fn said(args: &[&str]) -> String {
    let output = run(args);
    let text = format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!text.trim().is_empty(), "{args:?} says nothing");
    text
}

/// The English sentences in it.
fn english(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !is_of_a_file(line) && has_english(&without_quotations(line))).collect()
}

/// A quoted line of a file, or a command to type.
fn is_of_a_file(line: &str) -> bool {
    let number = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    number.starts_with(" |") || line.contains("：mailcfg ")
}

/// A row of a table: names and values in columns.
fn is_row(line: &str) -> bool {
    line.trim_start().contains("  ") && !line.contains(" = ")
}

fn without_quotations(line: &str) -> String {
    let mut out = String::new();
    let mut end = None;
    for character in line.chars() {
        match (end, character) {
            (Some(close), c) if c == close => end = None,
            (Some(_), _) => {}
            (None, '「') => end = Some('」'),
            (None, '`' | '"') => end = Some(character),
            (None, '<') => end = Some('>'),
            (None, c) => out.push(c),
        }
    }
    out
}

/// What a thing is called on the provider's own pages.
const NAMES: &[&str] = &["secure mail key"];

fn has_english(text: &str) -> bool {
    let text = NAMES.iter().fold(text.to_owned(), |text, name| text.replace(name, "-"));
    let is_word = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
    let words: Vec<&str> = text.split(' ').collect();
    words.windows(3).any(|three| three.iter().all(is_word))
}

#[test]
fn english_is_told_from_what_may_stay() {
    let is_found = |text| !english(text).is_empty();
    assert!(is_found("サーバー: the server waits for nothing"));
    assert!(!is_found("多くの場合「relay access denied」と表示されます"));
    assert!(!is_found("`mailcfg fix --apply` で imap.example.jp を使います"));
    assert!(!is_found(" 12 | // all of it is quoted from a file"));
    assert!(!is_found("次の操作：mailcfg explain no-encryption"));
}

#[test]
fn nothing_over_the_fixtures_is_said_in_english() {
    for args in [
        &["lint", "fixtures"][..],
        &["lint", "--verbose", "fixtures"],
        &["fix", "fixtures"],
        &["fix", "--unsafe", "fixtures"],
        &["lint", "no-such-folder"],
        &["lint"],
        &["fix", "--apply", "-"],
        &["restore"],
        &["restore", "--list"],
        &["list", "rules"],
        &["list", "clients"],
        &["profiles", "check", "profiles"],
        &["profiles", "check", "fixtures"],
        &["profiles", "check", "Cargo.toml"],
        &["show", "taro@gmail.com"],
        &["show", "taro@gmail..com"],
        &["show", "no-such-provider"],
        &["show", "--format", "autoconfig", "proton"],
        &["explain", "no-such-rule"],
        &["lint", "--no-such-flag"],
        &["lint", "--format", "xml"],
        &["lint", "--client", "x"],
        &["restore", "x"],
        &["show"],
        &["no-such-command"],
    ] {
        let text = said(args);
        let text = if args == ["fix", "fixtures"] || args == ["fix", "--unsafe", "fixtures"] {
            String::from_utf8_lossy(&run(args).stderr).into_owned()
        } else {
            text
        };
        assert_eq!(english(&text), Vec::<&str>::new(), "{args:?}");
    }
}

/// `2026-11-24`, outside of quotation and of tables.
fn has_iso_day(line: &str) -> bool {
    let line = without_quotations(line);
    let shape = |window: &[u8]| {
        let is = |at: usize| if matches!(at, 4 | 7) { window[at] == b'-' } else { window[at].is_ascii_digit() };
        (0..10).all(is)
    };
    // A hyphen begins an item of a list, which is no row.
    !is_row(line.trim_start().trim_start_matches("-  "))
        && !line.contains("://")
        && line.as_bytes().windows(10).any(shape)
}

#[test]
fn days_and_lists_are_written_in_sentences_as_japanese_writes_them() {
    assert!(has_iso_day("2026-11-24 に終了しました") && !has_iso_day("2026年11月24日に終了しました"));
    for args in
        [&["lint", "--verbose", "fixtures"][..], &["show", "taro@docomo.ne.jp"], &["doctor", "taro@docomo.ne.jp"]]
    {
        let text = said(args);
        let told: Vec<&str> = text.lines().filter(|line| !is_of_a_file(line) && has_iso_day(line)).collect();
        assert_eq!(told, Vec::<&str>::new(), "{args:?}");
    }
    let unknown = said(&["lint", "--client", "x"]);
    assert!(unknown.contains("thunderbird、"), "{unknown}");
}

#[test]
fn help_is_japanese_and_fits_the_terminal() {
    for command in ["", "lint", "fix", "restore", "explain", "show", "profiles", "list", "completions"] {
        for flag in ["--help", "-h"] {
            let args: Vec<&str> = [command, flag].into_iter().filter(|arg| !arg.is_empty()).collect();
            let text = said(&args);
            assert_eq!(english(&text), Vec::<&str>::new(), "{args:?}");
            for word in ["Usage", "Options", "Commands", "Arguments", "default", "Possible", "possible", "Print"] {
                assert!(!text.contains(&format!("{word}:")) && !text.contains(&format!("{word} ")), "{args:?}: {word}");
            }
            for line in text.lines() {
                assert!(line.width() <= 80, "{args:?}: {line}");
            }
        }
    }
}

#[test]
fn every_provider_is_shown_in_japanese() {
    let providers = Providers::embedded();
    let language = Language::named("ja").expect("there is a catalogue");
    let style = Style { language, ..Style::of_width(Some(80)) };
    let options = Options { today: Date::new(2026, 11, 24), style };
    let shown = providers.iter().map(|provider| {
        let answer = resolve(&provider.id, &[], &providers).expect("it is known");
        (&provider.id, text(&answer, &options))
    });
    let left: Vec<String> = shown
        .flat_map(|(id, text)| english(&text).into_iter().map(|line| format!("{id}: {line}")).collect::<Vec<_>>())
        .collect();
    assert!(left.is_empty(), "{}", left.join("\n"));
}

/// Where no word is too long: a path, a URL, a value.
#[test]
fn lines_fit_the_terminal_and_begin_as_japanese_lines_may() {
    for args in [&["lint", "--verbose", "fixtures"][..], &["fix", "--unsafe", "fixtures"]] {
        let output = run(args);
        let text = if args[0] == "fix" { output.stderr } else { output.stdout };
        for line in String::from_utf8_lossy(&text).lines().filter(|line| !is_of_a_file(line) && !is_row(line)) {
            let words = line.split(' ').filter(|word| !word.is_empty());
            let widest = words.map(UnicodeWidthStr::width).max().unwrap_or_default();
            assert!(line.width() <= 80 || widest > 40 || line.contains("-->"), "{line}");
            assert!(!line.trim_start().starts_with(['、', '。', '」', '）', 'ー', 'ょ', 'っ']), "{line}");
        }
    }
}

#[test]
fn every_page_is_explained_in_japanese() {
    for rule in RULES {
        let text = said(&["explain", rule.name]);
        // Set in that far, it is a file of an example.
        let prose = english(&text).into_iter().filter(|line| !line.starts_with("      "));
        assert_eq!(prose.collect::<Vec<_>>(), Vec::<&str>::new(), "{}", rule.name);
    }
}

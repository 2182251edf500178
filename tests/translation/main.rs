//! The catalogues in `locales/` against the code: every sentence is translated, none is left over, and each keeps its places.
//!
//! `templates` says how sentences are found in the code. What fails here is printed in the form in which it is to be added.

#![expect(clippy::unwrap_used, reason = "the lint knows test functions, not what they call")]

mod templates;

#[path = "../../src/language/catalogue.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the build script")]
mod catalogue;

// Help is described in the program and nowhere else.
#[path = "../../src/cli/mod.rs"]
#[allow(dead_code, unused_imports, reason = "only its description is looked at")]
mod cli;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use catalogue::{Catalogue, OWN_NAME};
use mailcfg::language::Language;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn catalogues() -> Vec<Catalogue> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(root().join("locales")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "po"));
    paths.sort();
    let read = |path: &PathBuf| {
        let code = path.file_stem().unwrap().to_str().unwrap();
        catalogue::read(code, &fs::read_to_string(path).unwrap()).unwrap()
    };
    paths.iter().map(read).collect()
}

/// The names in braces.
fn places(text: &str) -> BTreeSet<&str> {
    let parts = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    let is_name = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    parts.map(|(name, _)| name).filter(is_name).collect()
}

/// What stands in backquotes: commands, keys and values, which no language changes.
fn code(text: &str) -> BTreeSet<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_sentence_is_translated_and_none_is_left_over() {
    let (templates, texts) = templates::all();
    for catalogue in catalogues() {
        let mut templates = templates.clone();
        templates.extend(templates::notes(&catalogue.code));
        let known: BTreeSet<&str> = catalogue.entries.iter().map(|entry| entry.english.as_str()).collect();
        let missing = templates.iter().filter(|(english, _)| !known.contains(english.as_str()));
        let missing: Vec<String> = missing.map(|(english, place)| entry(english, place)).collect();
        let unused = known.iter().filter(|english| {
            !templates.contains_key(**english) && !texts.contains(**english) && **english != OWN_NAME
        });
        let unused: Vec<&str> = unused.copied().collect();
        let file = format!("locales/{}.po", catalogue.code);
        assert!(
            missing.is_empty() && unused.is_empty(),
            "{file} lacks {}; add:\n\n{}\n\nNothing says these any more, take them out:\n{}",
            missing.len(),
            missing.join("\n"),
            unused.join("\n")
        );
    }
}

/// A new entry, to be filled in.
fn entry(english: &str, place: &str) -> String {
    format!("#: {place}\nmsgid {english:?}\nmsgstr \"\"\n")
}

#[test]
fn every_translation_is_whole() {
    for catalogue in catalogues() {
        let mut faults = Vec::new();
        for entry in &catalogue.entries {
            let (english, translation) = (&entry.english, &entry.translation);
            let mut fault = |what: &str| faults.push(format!("{what}: {english}"));
            if translation.trim().is_empty() {
                fault("not translated");
            } else if entry.is_fuzzy {
                fault("marked as fuzzy, so it is not used; look at it and take the mark away");
            } else if places(english) != places(translation) {
                fault("other names in braces");
            } else if code(english) != code(translation) {
                fault("other words in backquotes");
            } else if english.starts_with(' ') != translation.starts_with(' ') && english != ", " {
                fault("another beginning");
            }
        }
        assert!(faults.is_empty(), "locales/{}.po:\n{}", catalogue.code, faults.join("\n"));
    }
}

#[test]
fn the_program_knows_what_the_files_say() {
    for catalogue in catalogues() {
        let language = Language::named(&catalogue.code).unwrap();
        assert_eq!(language.own_name(), catalogue.own_name);
        let known: BTreeMap<&str, &str> = language.sentences().iter().copied().collect();
        let written: BTreeMap<&str, &str> =
            catalogue.entries.iter().map(|entry| (entry.english.as_str(), entry.translation.as_str())).collect();
        assert_eq!(known, written, "an entry is left out or changed on the way into the program");
    }
}

const HEAD: &str = "msgid \"\"\nmsgstr \"\"\n\"Language-Team: Test\\n\"\n\nmsgid \"(the name of this language in itself)\"\nmsgstr \"テスト\"\n\n";

#[test]
fn what_translators_write_is_read_as_they_mean_it() {
    let text = "# a remark\n#, fuzzy\nmsgid \"guessed\"\nmsgstr \"たぶん\"\n\n\
                msgid \"\"\n\"in \"\n\"pieces\"\nmsgstr \"\"\n\"分けて\"\n\"書く\"\n\n\
                #. from the program\n#: src/x.rs:1\nmsgid \"a \\\"quote\\\", a \\\\ and\\na line\"\nmsgstr \"「引用」\\\\\\n行\"\n\n\
                #~ msgid \"obsolete\"\n#~ msgstr \"古い\"\n\nmsgid \"empty\"\nmsgstr \"\"\n";
    let catalogue = catalogue::read("xx", &format!("{HEAD}{text}")).unwrap();
    let told: Vec<(&str, &str, bool)> = catalogue.entries[1..]
        .iter()
        .map(|entry| (entry.english.as_str(), entry.translation.as_str(), entry.is_fuzzy))
        .collect();
    assert_eq!(
        told,
        [
            ("guessed", "たぶん", true),
            ("in pieces", "分けて書く", false),
            ("a \"quote\", a \\ and\na line", "「引用」\\\n行", false),
            ("empty", "", false),
        ]
    );
    let table = catalogue::render(&[catalogue]);
    assert!(table.contains("分けて書く") && !table.contains("たぶん") && !table.contains("\"empty\""), "{table}");
}

#[test]
fn what_translators_get_wrong_is_said_with_its_line() {
    for (text, said) in [
        ("msgid \"a\"\nmsgstr \"b\"\nmsgid \"c\"\nmsgstr \"d\"\n", "line 12: an entry ends here"),
        ("msgid \"a\"\n", "line 9: an entry ends here"),
        ("msgid \"a\nmsgstr \"b\"\n", "line 8: neither"),
        ("msgid \"a\"b\"\nmsgstr \"b\"\n", "line 8: neither"),
        ("msgid \"a\"\nmsgstr \"b\\\"\n", "line 9: neither"),
        (" msgid \"a\"\nmsgstr \"b\"\n", "line 8: neither"),
        ("#\nmsgid \"a\"\nmsgstr \"b\"\n", "line 8: neither"),
        ("msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"\n", "line 13: this sentence has an entry already"),
    ] {
        let error = catalogue::read("xx", &format!("{HEAD}{text}")).unwrap_err();
        assert!(error.starts_with(said), "{text}: {error}");
    }
    assert!(catalogue::read("xx", "msgid \"a\"\nmsgstr \"b\"\n").is_err(), "no head");
}

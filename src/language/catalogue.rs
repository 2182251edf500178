//! Reads a translator's file, `locales/<language>.po`, and writes it out as a constant table.
//!
//! Used by the build script and by the test of the catalogues; the program itself parses nothing. The gettext form is read by
//! `polib`, which is lenient: it joins entries that no blank line parts and passes over lines that it does not know. So the shape of
//! the file is looked at first, line by line, and what a hand can get wrong is said with its line.

use std::collections::HashSet;
use std::fmt::Write as _;

use polib::po_file;

/// What a translator's file says.
#[derive(Debug)]
pub struct Catalogue {
    /// The name of the file without `.po`.
    pub code: String,
    /// The language in English.
    pub english_name: String,
    /// The language in itself.
    pub own_name: String,
    /// Every entry, in the order of the file.
    pub entries: Vec<Entry>,
}

/// One sentence.
#[derive(Debug)]
pub struct Entry {
    /// The English sentence.
    pub english: String,
    /// The translation; empty where there is none yet.
    pub translation: String,
    /// Whether it is marked as a guess that somebody has to look at.
    pub is_fuzzy: bool,
}

/// The entry in which a language gives its own name.
pub const OWN_NAME: &str = "(the name of this language in itself)";

/// Reads the text of a file.
///
/// # Errors
///
/// What is wrong with it, with the line where that is known.
pub fn read(code: &str, text: &str) -> Result<Catalogue, String> {
    check_shape(text)?;
    let catalogue = po_file::parse_from_reader(text.as_bytes()).map_err(|error| error.to_string())?;
    let mut seen = HashSet::new();
    let mut entries = Vec::new();
    for message in catalogue.messages() {
        let translation = message.msgstr().map_err(|_| format!("no plural forms are read: {}", message.msgid()))?;
        seen.insert(message.msgid());
        let (english, translation) = (message.msgid().to_owned(), translation.to_owned());
        entries.push(Entry { english, translation, is_fuzzy: message.is_fuzzy() });
    }
    let own_name = entries.iter().find(|entry| entry.english == OWN_NAME).map(|entry| entry.translation.clone());
    Ok(Catalogue {
        code: code.to_owned(),
        english_name: catalogue.metadata.language_team,
        own_name: own_name.ok_or_else(|| format!("the entry {OWN_NAME:?} is missing: the language's own name"))?,
        entries,
    })
}

/// Each entry stands alone between blank lines, has one `msgid` and one `msgstr`, and no sentence has two entries.
fn check_shape(text: &str) -> Result<(), String> {
    let mut known = HashSet::new();
    let mut entry: Vec<&str> = Vec::new();
    for (index, line) in text.lines().chain([""]).enumerate() {
        let number = index + 1;
        let is_comment = line.starts_with("# ") || line.starts_with("#.") || line.starts_with("#:");
        if line.is_empty() {
            let is_whole = entry.iter().filter(|line| line.starts_with("msgid ")).count() == 1
                && entry.iter().filter(|line| line.starts_with("msgstr ")).count() == 1;
            if !entry.is_empty() && !is_whole {
                return Err(format!("line {number}: an entry ends here that has not one msgid and one msgstr"));
            }
            if !known.insert(english(&entry)) && !entry.is_empty() {
                return Err(format!("line {number}: this sentence has an entry already: {}", english(&entry)));
            }
            entry.clear();
        } else if is_content(line) {
            entry.push(line);
        } else if !is_comment && !line.starts_with("#,") && !line.starts_with("#~") && !line.starts_with("#|") {
            return Err(format!("line {number}: neither msgid, msgstr, a text in quotation marks nor a comment"));
        }
    }
    Ok(())
}

fn is_content(line: &str) -> bool {
    let text = line.strip_prefix("msgid ").or_else(|| line.strip_prefix("msgstr ")).unwrap_or(line);
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    // A quotation mark inside has a backslash before it; the last one has none, or an even number of them.
    inner.is_some_and(|inner| {
        let mut is_escaped = false;
        let is_closed = inner.chars().all(|character| {
            let is_mark = character == '"' && !is_escaped;
            is_escaped = character == '\\' && !is_escaped;
            !is_mark
        });
        is_closed && !is_escaped
    })
}

/// The quoted lines of the `msgid`, as they are written.
fn english(entry: &[&str]) -> String {
    let lines = entry.iter().take_while(|line| !line.starts_with("msgstr "));
    lines.map(|line| line.trim_start_matches("msgid ").trim_matches('"')).collect()
}

/// The constants of `src/language/mod.rs`. Entries that are empty or fuzzy are left out: English is better than a guess.
pub fn render(catalogues: &[Catalogue]) -> String {
    let mut out = format!("static CATALOGUES: [Catalogue; {}] = [\n", catalogues.len());
    for catalogue in catalogues {
        let Catalogue { code, english_name, own_name, entries } = catalogue;
        let mut sentences: Vec<&Entry> =
            entries.iter().filter(|entry| !entry.is_fuzzy && !entry.translation.is_empty()).collect();
        sentences.sort_by(|a, b| a.english.cmp(&b.english));
        let _ = writeln!(
            out,
            "Catalogue {{ code: {code:?}, english_name: {english_name:?}, own_name: {own_name:?}, sentences: &["
        );
        for Entry { english, translation, .. } in sentences {
            let _ = writeln!(out, "({english:?}, {translation:?}),");
        }
        out.push_str("] },\n");
    }
    out + "];\n"
}

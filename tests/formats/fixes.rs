//! Fixes come to an end, change what they say and nothing else, and can be stored.

use std::collections::BTreeSet;

use mailcfg::clients::{Client, Editor, Environment, Info, Lowered, SearchPlace, find};
use mailcfg::document::Document;
use mailcfg::finding::{Applicability, Change, Finding, Value};
use mailcfg::fix::{Fixed, fix, fix_where};
use mailcfg::lint::{Input, read};
use mailcfg::rules::Run;
use mailcfg::source::{Edit, Source, Span, View};

use crate::fixture::{in_memory, options};
use crate::{UTF16_BE, UTF16_LE, findings, stock, variants};

#[test]
fn fixes_converge_and_keep_everything_else() {
    let (mut failures, mut mended) = (Vec::new(), BTreeSet::new());
    for (name, input) in stock::all().into_iter().chain(variants::all()) {
        let faults = faults_of_fixes(&input, |fixed| {
            mended.insert((input.client.info().id, format!("{:?}", fixed.after[0].view())));
        });
        failures.extend(faults.into_iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    // Otherwise the test above would say nothing.
    for client in ["apple-mail", "mobileconfig"] {
        for view in [View::Plain, View::BinaryPlist, UTF16_LE, UTF16_BE] {
            assert!(mended.contains(&(client, format!("{view:?}"))), "no fix of {client} in {view:?}: {mended:?}");
        }
    }
    assert!(mended.contains(&("thunderbird", format!("{:?}", View::Plain))));
}

/// What is wrong with the outcome of the fixes, with and without `--unsafe`, whatever the rules. Each outcome that changes something
/// is shown to `look`.
///
/// Where nothing can be mended there is one judgement and no outcome to look at, which is what most damaged files come to.
pub(crate) fn faults_of_fixes(input: &Input, mut look: impl FnMut(&Fixed)) -> Vec<String> {
    let documents = [read(input)];
    let run = Run::new(&documents);
    let mut faults = Vec::new();
    for least in [Applicability::Unsafe, Applicability::Safe] {
        let fixed = fix(&run, 0, input.client, least, &options());
        if !fixed.is_changed() && fixed.reverted.is_none() {
            // What nothing mends with `--unsafe`, nothing mends without it.
            break;
        }
        let found = faults_of(input, &documents[0], &fixed, least);
        faults.extend(found.into_iter().map(|fault| format!("({least:?}) {fault}")));
        if fixed.is_changed() {
            look(&fixed);
        }
    }
    faults
}

/// What is wrong with one outcome that is stored, read again and mended again.
fn faults_of(input: &Input, before: &Document, first: &Fixed, least: Applicability) -> Vec<String> {
    let mut faults = Vec::new();
    // A file that is damaged already may swallow what is written into it; then it is put back, which is no harm.
    if let Some(reason) = first.reverted.as_ref().filter(|_| !before.is_damaged()) {
        faults.push(format!("reverted: {reason}"));
    }
    let again = match stored(input, first) {
        Ok(again) => again,
        Err(reason) => return vec![format!("cannot be stored: {reason}")],
    };
    let after = read(&again);
    for (stored, fixed) in after.sources.iter().zip(&first.after) {
        let is_same = match fixed.view() {
            // A binary list has an order of its own.
            View::BinaryPlist => said(stored) == said(fixed),
            _ => stored.bytes() == fixed.bytes(),
        };
        if !is_same {
            faults.push(format!("{} reads otherwise once it is stored", fixed.file_name()));
        }
    }
    if after.is_damaged() && !before.is_damaged() {
        faults.push("cannot be read any more".to_owned());
    }
    if after.accounts.len() != before.accounts.len() {
        faults.push(format!("had {} accounts, has {}", before.accounts.len(), after.accounts.len()));
    }
    let again = [after];
    let second = fix(&Run::new(&again), 0, input.client, least, &options());
    if second.is_changed() {
        faults.push(format!("a second fix changes something: {:?}", second.applied));
    }
    faults
}

/// The result as the next run would read it from the disk.
fn stored(input: &Input, fixed: &Fixed) -> Result<Input, String> {
    let mut sources = Vec::new();
    for (before, after) in fixed.before.iter().zip(&fixed.after) {
        let is_changed = before.bytes() != after.bytes();
        let bytes = if is_changed {
            input.client.store(after).map_err(|error| error.to_string())?
        } else {
            before.disk().to_vec()
        };
        let source = Source::new(before.path(), bytes);
        sources.push(match before.part() {
            Some(part) => source.part_of_file(part.clone()),
            None => source,
        });
    }
    Ok(Input { sources, ..input.clone() })
}

/// Applies every fix alone: what lies before, between and after its edits is the same, byte for byte, and nothing is said
/// otherwise than before but the settings that it changes.
#[test]
fn a_fix_touches_nothing_but_its_edits() {
    let mut count = 0;
    for (name, input) in stock::all().into_iter().chain(variants::all()) {
        let document = read(&input);
        for finding in findings(&input).iter().filter(|finding| finding.is_fixable(Applicability::Unsafe)) {
            let is_it = |other: &Finding| other.rule == finding.rule && other.location == finding.location;
            let fixed = fix_where(&Run::new(std::slice::from_ref(&document)), 0, input.client, &options(), is_it);
            assert!(fixed.is_changed(), "{name}: {} changes nothing", finding.rule);
            if fixed.applied.len() == 1 {
                let fault = same_but_for(finding, &fixed);
                assert_eq!(fault, None, "{name}: {}", finding.rule);
                count += 1;
            }
        }
    }
    assert!(count > 100, "only {count} fixes were tried");
}

fn same_but_for(finding: &Finding, fixed: &Fixed) -> Option<String> {
    let fix = finding.fix.as_ref()?;
    for (index, (before, after)) in fixed.before.iter().zip(&fixed.after).enumerate() {
        let edits: Vec<&Edit> = fix.edits.iter().filter(|edit| edit.source == index).collect();
        let outside = same_outside(before.bytes(), after.bytes(), &edits).err();
        let changed = said_otherwise(before, after);
        let is_meant = |key: &String| fix.changes.iter().any(|change| change.key == *key);
        // A remark says that more than the named settings is changed.
        let extra = changed.into_iter().find(|key| fix.remark.is_none() && !is_meant(key));
        let extra = extra.map(|key| format!("{key} is changed too, of {:?}", fix.changes));
        if let Some(fault) = outside.or(extra) {
            return Some(fault);
        }
    }
    None
}

/// Walks both texts: each stretch between edits must stand unchanged, each edit's text in its place.
fn same_outside(before: &[u8], after: &[u8], edits: &[&Edit]) -> Result<(), String> {
    let mut edits = edits.to_vec();
    edits.sort_by_key(|edit| edit.span);
    let (mut at_before, mut at_after) = (0, 0);
    for edit in edits {
        let kept = &before[at_before..edit.span.start];
        if !after[at_after..].starts_with(kept) {
            return Err(format!("bytes before the edit at {} differ", edit.span.start));
        }
        at_after += kept.len();
        if !after[at_after..].starts_with(&edit.text) {
            return Err(format!("the edit at {} is not there", edit.span.start));
        }
        at_after += edit.text.len();
        at_before = edit.span.end;
    }
    if before[at_before..] == after[at_after..] { Ok(()) } else { Err("bytes after the last edit differ".to_owned()) }
}

/// The names of the settings that differ, found without the program's own readers; none where those of `plist` cannot read it.
fn said_otherwise(before: &Source, after: &Source) -> BTreeSet<String> {
    match (said(before), said(after)) {
        (Some(before), Some(after)) => before.symmetric_difference(&after).map(|(key, _)| key.clone()).collect(),
        _ => BTreeSet::new(),
    }
}

/// Names and values, in no order.
fn said(source: &Source) -> Option<BTreeSet<(String, String)>> {
    if source.file_name().ends_with(".js") {
        return Some(prefs_said(source));
    }
    let text = source.bytes();
    let list = plist::Value::from_reader_xml(text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)).ok()?;
    let mut said = BTreeSet::new();
    flatten(String::new(), &list, &mut said);
    Some(said)
}

fn prefs_said(source: &Source) -> BTreeSet<(String, String)> {
    let text = String::from_utf8_lossy(source.bytes());
    let lines = text.split("user_pref").skip(1).filter_map(|line| {
        let (key, value) = line.trim_start_matches([' ', '(']).split_once(',')?;
        Some((key.trim_matches(['"', '\'']).to_owned(), value.trim().to_owned()))
    });
    lines.collect()
}

fn flatten(path: String, value: &plist::Value, said: &mut BTreeSet<(String, String)>) {
    match value {
        plist::Value::Dictionary(dict) => {
            let joint = if path.is_empty() { "" } else { "." };
            dict.iter().for_each(|(key, value)| flatten(format!("{path}{joint}{key}"), value, said));
        }
        plist::Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| flatten(format!("{path}[{index}]"), item, said));
        }
        value => {
            said.insert((path, format!("{value:?}")));
        }
    }
}

/// Thunderbird, but for changes that do nothing to what is wrong.
#[derive(Debug)]
struct Stubborn;

impl Client for Stubborn {
    fn info(&self) -> &'static Info {
        find("thunderbird").unwrap().info()
    }

    fn recognises(&self, _: &str, _: &[u8]) -> bool {
        false
    }

    fn read(&self, sources: Vec<Source>) -> Document {
        find("thunderbird").unwrap().read(sources)
    }

    fn editor<'a>(&'a self, _: &'a Document) -> Editor<'a> {
        let edit = Edit { source: 0, span: Span::at(0), text: b"// mended\n".to_vec() };
        Box::new(move |_: &[Change]| Ok(Lowered { edits: vec![edit.clone()], ..Lowered::default() }))
    }

    fn places(&self, _: &Environment) -> Vec<SearchPlace> {
        Vec::new()
    }
}

/// Otherwise every round would leave its change behind.
#[test]
fn changes_that_never_help_are_taken_back() {
    let document = stock::input("thunderbird/crlf").client.read(stock::input("thunderbird/crlf").sources);
    let documents = [document];
    let fixed = fix(&Run::new(&documents), 0, &Stubborn, Applicability::Safe, &options());
    assert_eq!(fixed.reverted.map(|reason| reason.to_string()).as_deref(), Some("the fixes came to no end"));
    assert!(fixed.before == fixed.after && fixed.applied.is_empty());
}

/// In one line with it, an open quotation mark would swallow whatever is added.
#[test]
fn nothing_is_added_where_it_would_not_be_read() {
    let client = find("thunderbird").unwrap();
    let change = Change {
        key: "mail.server.server1.userName".to_owned(),
        from: String::new(),
        to: Value::Text("taro@example.jp".to_owned()),
    };
    let edit = |separator: &str| {
        let text = format!(
            "user_pref(\"mail.server.server1.type\", \"imap\");{separator}user_pref(\"mail.smtpservers\", \"sm"
        );
        let document = client.read(in_memory(client, "prefs.js", text).sources);
        client.edit(&document, std::slice::from_ref(&change))
    };
    assert!(edit("\n").is_ok());
    assert!(edit(" ").is_err());
}

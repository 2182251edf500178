//! No input brings the program down, and no fix makes a damaged file worse: bytes at random, known beginnings, nesting without end,
//! files that are too large.

use std::fs;

use mailcfg::clients::{CLIENTS, Client, find};
use mailcfg::discover;
use mailcfg::finding::FileStatus;
use mailcfg::lint::{Input, lint};
use mailcfg::report::{Style, json, text};
use mailcfg::source::Source;
use proptest::prelude::*;

use crate::fixes::faults_of_fixes;
use crate::fixture::{in_memory, options};
use crate::slips::slip;
use crate::{stock, variants};

/// Reads, judges, mends and prints whatever it is given.
fn survive(input: &Input) -> Vec<String> {
    let report = lint(std::slice::from_ref(input), &options());
    let style = Style { verbose: true, ..Style::default() };
    assert!(serde_json::from_str::<serde_json::Value>(&json(&report, &style)).is_ok());
    assert!(!text(&report, &style).is_empty());
    faults_of_fixes(input, |_| {})
}

/// Preferences that a power cut ended anywhere, with lines and without.
#[test]
fn preferences_that_end_anywhere_are_survived() {
    let client = find("thunderbird").unwrap();
    let text = String::from_utf8(stock::input("thunderbird/japanese-folders").sources[0].disk().to_vec()).unwrap();
    let settings: Vec<&str> = text.lines().filter(|line| line.contains("(\"mail.")).collect();
    let mut failures = Vec::new();
    for text in [settings.join("\n"), settings.join(" ")] {
        for (end, _) in text.char_indices().step_by(7) {
            let faults = survive(&in_memory(client, "prefs.js", &text[..end]));
            failures
                .extend(faults.into_iter().map(|fault| format!("…{}: {fault}", &text[end.saturating_sub(40)..end])));
        }
    }
    assert!(failures.is_empty(), "{} faults\n{}", failures.len(), failures.join("\n"));
}

/// A file that lost one line, or has one twice, is still mended to an end. Every line takes its turn.
#[test]
fn a_lost_or_repeated_line_is_survived() {
    let mut failures = Vec::new();
    for name in ["mobileconfig/configurator", "apple-mail/accounts-xml", "thunderbird/crlf", "thunderbird/bom"] {
        let whole = stock::input(name);
        let lines: Vec<&[u8]> = whole.sources[0].disk().split_inclusive(|byte| *byte == b'\n').collect();
        for (number, line) in lines.iter().enumerate() {
            for count in [0, 2] {
                let kept = [&lines[..number], &vec![*line; count], &lines[number + 1..]].concat().concat();
                let damaged = in_memory(whole.client, whole.sources[0].file_name(), kept);
                let faults = survive(&damaged).into_iter();
                failures.extend(faults.map(|fault| format!("{name}:{} {count} times: {fault}", number + 1)));
            }
        }
    }
    assert!(failures.is_empty(), "{} faults\n{}", failures.len(), failures.join("\n"));
}

fn client() -> impl Strategy<Value = &'static dyn Client> {
    prop::sample::select(CLIENTS.to_vec())
}

proptest! {
    /// A damaged file is still read, judged and mended by its own client: nothing panics, no fix makes it worse.
    #[test]
    fn damaged_fixtures_are_survived(
        which in any::<prop::sample::Index>(),
        file in any::<prop::sample::Index>(),
        slips in prop::collection::vec(slip(), 1..5),
    ) {
        let pool = pool();
        let (name, mut input) = pool[which.index(pool.len())].clone();
        let file = file.index(input.sources.len());
        let mut bytes = input.sources[file].disk().to_vec();
        slips.iter().for_each(|slip| slip.apply(&mut bytes));
        input.sources[file] = Source::new(input.sources[file].path(), bytes);
        let faults = survive(&input);
        prop_assert!(faults.is_empty(), "{}: {:#?}", name, faults);
    }

    /// A file read as another client's (`--client`) does no harm.
    #[test]
    fn a_damaged_fixture_of_another_client_is_survived(
        which in any::<prop::sample::Index>(),
        slips in prop::collection::vec(slip(), 0..3),
        client in client(),
    ) {
        let pool = pool();
        let mut input = pool[which.index(pool.len())].1.clone();
        let mut bytes = input.sources[0].disk().to_vec();
        slips.iter().for_each(|slip| slip.apply(&mut bytes));
        input.sources[0] = Source::new(input.sources[0].path(), bytes);
        input.client = client;
        survive(&input);
    }

    #[test]
    fn arbitrary_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400), client in client()) {
        survive(&in_memory(client, "file", bytes));
    }

    /// The beginnings that choose a reader, with anything behind them.
    #[test]
    fn arbitrary_bytes_behind_a_known_beginning_are_survived(
        head in prop::sample::select(HEADS.to_vec()),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        client in client(),
    ) {
        survive(&in_memory(client, "file", [head, &bytes].concat()));
    }
}

const HEADS: &[&[u8]] = &[
    b"bplist00",
    b"\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02",
    b"\x30\x82\x02\x00\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02\xA0\x80",
    b"-----BEGIN CMS-----\n",
    b"\xFF\xFE<\0",
    b"\xFE\xFF\0<",
    b"\xEF\xBB\xBF",
    b"<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>PayloadContent</key><array><dict><key>PayloadType</key>",
    b"user_pref(\"mail.accountmanager.accounts\", ",
];

/// What is damaged: the fixtures and the faulty variants, read from the disk once.
fn pool() -> &'static [(String, Input)] {
    static POOL: std::sync::OnceLock<Vec<(String, Input)>> = std::sync::OnceLock::new();
    POOL.get_or_init(|| {
        // One variant in five keeps every fault and every encoding in the pool, and leaves room for the fixtures.
        let variants = variants::all().into_iter().step_by(5);
        stock::all().into_iter().chain(variants).collect()
    })
}

#[test]
fn a_file_larger_than_the_limit_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("prefs.js");
    fs::File::create(&path).unwrap().set_len(65 << 20).unwrap();
    let reason = mailcfg::message!("it is larger than {limit} MB, the most that is read", limit = 64);
    for named in [path.clone(), folder.path().to_path_buf()] {
        let found = discover::in_paths(&[named], None);
        assert!(found.inputs.is_empty());
        assert_eq!(found.others[0].status, FileStatus::Unreadable(reason.clone()));
    }
    fs::File::create(&path).unwrap().set_len(discover::MAX_FILE).unwrap();
    assert_eq!(discover::in_paths(&[path], None).inputs.len(), 1, "the limit itself is allowed");
}

const DEPTH: usize = 100_000;

/// Nested lists and containers, deeper than any stack.
fn nested() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let list = |open: &str, close: &str| {
        format!("<plist version=\"1.0\">{}{}</plist>", open.repeat(DEPTH), close.repeat(DEPTH)).into_bytes()
    };
    let binary = {
        // Each array holds the next one; the last holds itself.
        let mut bytes = b"bplist00".to_vec();
        let mut offsets = Vec::new();
        for index in 0..DEPTH {
            offsets.push(u32::try_from(bytes.len()).unwrap());
            let next = u32::try_from((index + 1).min(DEPTH - 1)).unwrap();
            bytes.extend([&[0xA1], next.to_be_bytes().as_slice()].concat());
        }
        let table = bytes.len() as u64;
        offsets.iter().for_each(|offset| bytes.extend(offset.to_be_bytes()));
        bytes.extend([0, 0, 0, 0, 0, 0, 4, 4]);
        [DEPTH as u64, 0, table].iter().for_each(|number| bytes.extend(number.to_be_bytes()));
        bytes
    };
    let signed = [HEADS[1], &[0xA0, 0x80].repeat(DEPTH)].concat();
    vec![
        ("arrays", "mobileconfig", list("<array>", "</array>")),
        ("dictionaries", "mobileconfig", list("<dict><key>PayloadContent</key>", "</dict>")),
        ("dictionaries that never end", "mobileconfig", b"<dict><key>a</key>".repeat(DEPTH)),
        ("arrays of another client", "apple-mail", list("<dict><key>MailAccounts</key><array>", "</array></dict>")),
        ("binary", "mobileconfig", binary.clone()),
        ("binary of another client", "apple-mail", binary),
        ("signed", "mobileconfig", signed),
        ("parentheses", "thunderbird", b"user_pref(".repeat(DEPTH)),
        ("comments", "thunderbird", b"/*".repeat(DEPTH)),
    ]
}

#[test]
fn deep_nesting_does_not_overflow_the_stack() {
    for (name, client, bytes) in nested() {
        let input = in_memory(find(client).unwrap(), "file", bytes);
        println!("{name}");
        let _ = survive(&input);
    }
}

//! The patches of `diff`, given to the real git.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use super::*;

/// What `git apply` makes of the file; `None` if it refuses.
fn applied(path: &str, before: &[u8], patch: &[u8]) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(path.trim_start_matches('/'));
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, before).unwrap();
    let mut git = Command::new("git")
        .args(["apply", "-"])
        .current_dir(folder.path())
        .env("GIT_CEILING_DIRECTORIES", folder.path().parent().unwrap())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", folder.path().join("none"))
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("these tests need git");
    git.stdin.take().unwrap().write_all(patch).unwrap();
    git.wait().unwrap().success().then(|| fs::read(&file).unwrap_or_default())
}

fn diff(path: &str, before: &[u8], after: &[u8], secrets: &[&str]) -> Diff {
    let spans = |bytes: &[u8]| {
        let find = |secret: &&str| bytes.windows(secret.len()).position(|window| window == secret.as_bytes());
        let spans = secrets.iter().filter_map(|secret| find(secret).map(|at| Span::new(at, at + secret.len())));
        spans.collect::<Vec<_>>()
    };
    unified(&Source::new(path, before), &Source::new(path, after), &spans(before), &spans(after))
}

fn assert_applies(path: &str, before: &[u8], after: &[u8], secrets: &[&str]) {
    let diff = diff(path, before, after, secrets);
    let text = String::from_utf8_lossy(&diff.bytes);
    assert!(diff.applies, "{text}");
    assert_eq!(applied(path, before, &diff.bytes).as_deref(), Some(after), "{text}");
    assert!(secrets.iter().all(|secret| !text.contains(secret)), "{text}");
}

#[test]
fn git_applies_every_kind_of_file() {
    let many = (1..40).map(|n| format!("line {n}\n")).collect::<String>();
    let latin1 = b"name=Andr\xe9\nport=143\nend=\xff\xfe\n";
    for (before, after) in [
        ("a\nport=143\nb\n", "a\nport=993\nb\n"),
        ("port=143", "port=993"),
        ("a\nport=143", "a\nport=993"),
        ("a\nport=143", "a\nport=993\n"),
        ("a\nb\n", "a\nb"),
        ("port=143\nb", "port=993\nb"),
        ("a\r\nport=143\r\nb\r\n", "a\r\nport=993\r\nb\r\n"),
        ("名前=山田\nポート=143\n終わり\n", "名前=山田\nポート=993\n終わり\n"),
        ("a\rport=143\rb\r", "a\rport=993\rb\r"),
        ("", "new\n"),
        ("a\n", "a\nb\n"),
        ("a\nb\n", "b\n"),
        ("a\nb\n", "n\na\nb\n"),
        ("\u{feff}a\n\n\n", "\u{feff}b\n\n\n"),
        ("-- a\n++ b\nc\n", "--- a\n+++ b\nc\n"),
        (&many, &many.replace("line 3\n", "three\n").replace("line 9\n", "nine\nand\n").replace("line 30\n", "")),
    ] {
        assert_applies("prefs.js", before.as_bytes(), after.as_bytes(), &[]);
    }
    assert_applies("prefs.js", latin1, &latin1.as_slice().replace_first(b"143", b"993"), &[]);
}

trait ReplaceFirst {
    fn replace_first(&self, from: &[u8], to: &[u8]) -> Vec<u8>;
}

impl ReplaceFirst for [u8] {
    fn replace_first(&self, from: &[u8], to: &[u8]) -> Vec<u8> {
        let at = self.windows(from.len()).position(|window| window == from).unwrap();
        [&self[..at], to, &self[at + from.len()..]].concat()
    }
}

#[cfg(unix)]
#[test]
fn git_understands_every_name() {
    for path in [
        "prefs.js",
        "./Profiles/a.default/prefs.js",
        "My Profile/prefs.js",
        "プロファイル/設定 1.js",
        "全角\u{3000}空白.js",
        "か\u{3099}.js",
        "日本\u{1b}[2J\u{85}.js",
        "quote\"back\\slash.js",
        "tab\there\nand line.js",
        "/home/taro/.thunderbird/prefs.js",
        "trailing ",
    ] {
        assert_applies(path, b"a\n143\nb\n", b"a\n993\nb\n", &[]);
    }
    assert!(!diff("../prefs.js", b"a\n", b"b\n", &[]).applies, "git refuses a path that leads out");
}

#[test]
fn context_ends_before_a_secret() {
    let before = "a\npw=hunter2\nport=143\nb\nc\nd\npw=swordfish\ne\n";
    assert_applies("f", before.as_bytes(), before.replace("143", "993").as_bytes(), &["hunter2", "swordfish"]);
    let diff = diff("f", before.as_bytes(), before.replace("143", "993").as_bytes(), &["hunter2", "swordfish"]);
    let expected = "--- a/f\n+++ b/f\n@@ -3,4 +3,4 @@\n-port=143\n+port=993\n b\n c\n d\n";
    assert_eq!(String::from_utf8(diff.bytes).unwrap(), expected);
    // Two changes with a secret between them become two hunks.
    let before = "143\na\npw=hunter2\nb\n143\nc\n";
    assert_applies("f", before.as_bytes(), before.replace("143", "993").as_bytes(), &["hunter2"]);
    // At the end of the file git needs no context.
    assert_applies("f", b"pw=hunter2\nport=143\n", b"pw=hunter2\nport=993\n", &["hunter2"]);
}

#[test]
fn a_diff_that_would_need_a_secret_is_for_reading_only() {
    for (before, after) in [
        ("port=143\npw=hunter2\nb\n", "port=993\npw=hunter2\nb\n"),
        ("pw=hunter2 port=143\nb\n", "pw=hunter2 port=993\nb\n"),
        ("a\npw=hunter2\n", "a\npw=hunter2\nb\n"),
        ("a\rpw=hunter2\rport=143\r", "a\rpw=hunter2\rport=993\r"),
        ("pw=hunter2\na\n", "a\n"),
    ] {
        let diff = diff("f", before.as_bytes(), after.as_bytes(), &["hunter2"]);
        let text = String::from_utf8(diff.bytes).unwrap();
        assert!(!diff.applies && !text.contains("hunter2") && text.contains("••••"), "{text}");
    }
    let diff = diff("f", b"143\nkey=one\ntwo\nb\n", b"993\nkey=one\ntwo\nb\n", &["one\ntwo"]);
    assert_eq!(
        String::from_utf8(diff.bytes).unwrap(),
        "--- a/f\n+++ b/f\n@@ -1,4 +1,4 @@\n-143\n+993\n key=••••\n ••••\n b\n"
    );
}

#[test]
fn a_view_is_shown_as_text_but_does_not_apply() {
    let disk = Source::new("f.plist", *b"bplist00\x01");
    let view = |text: &str| disk.viewed(View::BinaryPlist, text.as_bytes());
    let diff = unified(&view("<a>1</a>\n"), &view("<a>2</a>\n"), &[], &[]);
    assert!(!diff.applies);
    assert!(String::from_utf8(diff.bytes).unwrap().ends_with("-<a>1</a>\n+<a>2</a>\n"));
    assert_eq!(unified(&disk, &disk, &[], &[]), Diff { bytes: Vec::new(), applies: true });
}

#[test]
fn nothing_in_a_shown_diff_acts_on_the_terminal() {
    let diff = diff(
        "\u{1b}[2J",
        "a\u{1b}]0;x\u{7}\r\n\u{9b}2J\n143\n".as_bytes(),
        "a\u{1b}]0;x\u{7}\r\n\u{9b}2J\n993\n".as_bytes(),
        &[],
    );
    let shown = diff.shown(&Style::default());
    assert!(!shown.contains(|character: char| character.is_control() && character != '\n'), "{shown:?}");
    let colored = diff.shown(&Style { color: true, ..Style::default() });
    assert!(colored.contains("\u{1b}[31m-143") && colored.contains("\u{1b}[32m+993"), "{colored:?}");
}

/// Small files over a small alphabet, so that lines repeat, secrets stand anywhere and hunks meet.
#[test]
fn git_applies_whatever_is_said_to_apply() {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % below
    };
    let mut applying = 0;
    for _ in 0..150 {
        let mut lines = |count| {
            (0..count).map(|_| ["a\n", "b\n", "c\r\n", "pw=hunter2\n", "\n"][next(5) as usize]).collect::<Vec<_>>()
        };
        let before = lines(14);
        let mut after = before.clone();
        for line in lines(3) {
            let at = next(after.len() as u64) as usize;
            match next(3) {
                0 => after.insert(at, line),
                1 => after[at] = line,
                _ => drop(after.remove(at)),
            }
        }
        let (before, after) = (before.concat(), after.concat());
        let (old, new) = (Source::new("f", before.as_bytes()), Source::new("f", after.as_bytes()));
        let secrets =
            |text: &str| text.match_indices("hunter2").map(|(at, _)| Span::new(at, at + 7)).collect::<Vec<_>>();
        let diff = unified(&old, &new, &secrets(&before), &secrets(&after));
        assert!(!String::from_utf8_lossy(&diff.bytes).contains("hunter2"));
        if diff.applies && !diff.bytes.is_empty() {
            applying += 1;
            let text = String::from_utf8_lossy(&diff.bytes);
            assert_eq!(
                applied("f", before.as_bytes(), &diff.bytes).as_deref(),
                Some(after.as_bytes()),
                "{before:?}\n{text}"
            );
        }
    }
    assert!(applying > 30, "{applying} of 150 are enough to mean something");
}

//! Reports for the tests of this folder: invented people at example domains, and every kind of place a finding can
//! have.

use crate::finding::{
    AccountSummary, Applicability, Change, CheckedFile, Confidence, FileStatus, Finding, Message, Report, Severity,
    Value,
};
use crate::message;
use crate::source::{Edit, Source, Span, View};

/// A preference file with a Japanese name in it and a password in line 5.
pub(super) const PREFS: &str = "// Mozilla User Preferences\r\n\
    user_pref(\"mail.identity.id1.fullName\", \"山田 太郎\");\r\n\
    user_pref(\"mail.server.server1.hostname\", \"imap.example.jp\");\r\n\
    user_pref(\"mail.server.server1.port\", 143);\r\n\
    user_pref(\"mail.server.server1.note\", \"hunter2-secret\"); user_pref(\"x\", 1);\r\n\
    user_pref(\"mail.server.server1.socketType\", 3);\r\n";

/// Where `text` stands in `source`.
pub(super) fn span(source: &Source, text: &str) -> Span {
    let at = source.bytes().windows(text.len()).position(|window| window == text.as_bytes()).expect("in the sample");
    Span::new(at, at + text.len())
}

/// A file that was checked, as document 0.
pub(super) fn checked(source: Source, secrets: Vec<Span>) -> CheckedFile {
    let account = |id: &str, address: &str, provider: Option<&str>, matched| AccountSummary {
        id: id.to_owned(),
        address: Some(address.to_owned()),
        provider: provider.map(str::to_owned),
        matched,
        settings: 7,
    };
    CheckedFile {
        sources: vec![source],
        secrets: vec![secrets],
        client: Some("thunderbird"),
        status: FileStatus::Checked,
        accounts: vec![
            account("account1", "taro@example.jp", Some("example-jp"), "certain"),
            account("account2", "hanako@example.org", None, "unknown"),
        ],
        document: Some(0),
    }
}

/// A file that was not judged.
pub(super) fn unjudged(path: &str, client: Option<&'static str>, status: FileStatus) -> CheckedFile {
    let sources = vec![Source::new(path, *b"")];
    CheckedFile { sources, secrets: vec![Vec::new()], client, status, accounts: Vec::new(), document: None }
}

/// An error with everything a finding can have, at the port of [`PREFS`].
pub(super) fn mismatch(source: &Source) -> Finding {
    let change = |key: &str, from: &str, to| Change { key: key.into(), from: from.into(), to };
    let changes = vec![
        change("mail.server.server1.port", "143", Value::Number(993)),
        change("mail.server.server1.socketType", "STARTTLS", Value::Text("SSL/TLS".into())),
    ];
    let place = span(source, "143");
    let mut finding = at(
        Finding::new(
            "port-security-mismatch",
            "mail.server.server1.port",
            None,
            message!("port {p} does not speak SSL/TLS", p = 143),
        ),
        Some(place),
    )
    .on("account1")
    .because(
        "the program starts encrypting at once, the server waits for plain text first, and no connection comes about",
    )
    .help("use 993 with SSL/TLS")
    .values("143", "993 with SSL/TLS")
    .published(Some("https://support.example.jp/mail/imap"))
    .fix("set 993 with SSL/TLS", Applicability::Safe, changes);
    if let Some(fix) = &mut finding.fix {
        fix.edits = vec![Edit { source: 0, span: place, text: b"993".to_vec() }];
    }
    finding
}

/// A finding at a place.
pub(super) fn at(mut finding: Finding, span: Option<Span>) -> Finding {
    finding.location.span = span;
    finding
}

/// Errors, warnings, infos; spans, key paths, nothing; files of every status.
pub(super) fn full() -> Report {
    let prefs = Source::new("プロファイル/prefs.js", PREFS.as_bytes());
    let secret = span(&prefs, "hunter2-secret");
    let beside = at(
        Finding::new(
            "odd-setting",
            "mail.server.server1.note",
            None,
            Message::new("a setting that no version of the program reads"),
        ),
        Some(span(&prefs, "\"x\"")),
    )
    .on("account2")
    .graded(Severity::Warning, Confidence::Medium)
    .help("take it out");
    let info = at(
        Finding::new("newer-version", "", None, Message::new("the file was written by a newer version of the program")),
        Some(Span::at(0)),
    )
    .graded(Severity::Info, Confidence::High)
    .help("nothing to do; settings that mailcfg does not know are left alone");
    let mut report = Report {
        findings: vec![info, mismatch(&prefs), beside],
        files: vec![checked(prefs, vec![secret])],
        ..Report::default()
    };
    report.files.push(unjudged(
        "broken.mobileconfig",
        Some("mobileconfig"),
        FileStatus::Unreadable("permission denied".into()),
    ));
    report.files.push(unjudged(
        "other/signed.mobileconfig",
        Some("mobileconfig"),
        FileStatus::Skipped("it is encrypted for another device".into()),
    ));
    report.files.push(unjudged("notes.txt", None, FileStatus::Skipped("not a mail configuration".into())));
    let binary = Source::new("Accounts.plist", *b"bplist00").viewed(View::BinaryPlist, *b"<plist/>");
    let mut file = checked(binary, Vec::new());
    file.document = Some(1);
    file.accounts.truncate(1);
    report.files.push(file);
    report.findings.push(listed());
    report
}

/// A finding in a binary list, with a Japanese text and a fix that is not for everybody.
fn listed() -> Finding {
    let change = Change {
        key: "PayloadContent/0/IncomingMailServerHostName".into(),
        from: "imap.example.jp ".into(),
        to: Value::Text("imap.example.jp".into()),
    };
    let mut finding = at(
        Finding::new("blank-in-host", "PayloadContent/0/IncomingMailServerHostName", None, Message::new("サーバー名の最後に空白が入っています")),
        Some(Span::new(1, 3)),
    )
    .because("空白を含む名前のサーバーは存在しないため、メールソフトは接続できません。設定画面では空白が見えないので、気付きにくい誤りです。")
    .help("空白を取り除いてください")
    .values("imap.example.jp ", "imap.example.jp")
    .published(Some("https://www.example.jp/support/mail/settings/imap-and-smtp-for-thunderbird-and-others.html"))
    .fix("remove the blank", Applicability::Unsafe, vec![change]);
    finding.document = 1;
    finding.account = Some("account1".into());
    if let Some(fix) = &mut finding.fix {
        fix.edits = vec![Edit { source: 0, span: Span::new(1, 3), text: Vec::new() }];
        fix.remark = Some("Apple Mail must be closed while the file is written".into());
    }
    finding
}

//! The doctor from outside: which password for whom, what error texts mean, and that no secret comes back.
//!
//! The tables are data under `tests/doctor/`, written from the decision table and the list of messages, not from what the
//! program says. The conversations in `docs/doctor.md` are held again here.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

mod program;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use mailcfg::account::Protocol;
use mailcfg::clients::CLIENTS;
use mailcfg::date::Date;
use mailcfg::doctor::{Answer, Cause, Changed, Client, Fault, Question, Route, diagnose, structural_rules};
use mailcfg::finding::Severity;
use mailcfg::provider::{Oauth, PasswordKind, Providers};
use mailcfg::report::Style;
use mailcfg::report::doctor::{json, text};
use mailcfg::rules::RULES;
use mailcfg::source::Source;
use program::program;
use proptest::prelude::*;

const DECISIONS: &str = include_str!("doctor/decisions.tsv");
const ERRORS: &str = include_str!("doctor/errors.tsv");

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn today() -> Option<Date> {
    Some(Date::new(2026, 11, 24))
}

/// A question about `whose`: a provider's id, or a domain of which nothing is known.
fn about<'a>(providers: &'a Providers, whose: &str) -> Question<'a> {
    let provider = providers.get(whose);
    let domain = provider.map_or(Some(whose), |provider| provider.domains.first().map(AsRef::as_ref));
    let domain = domain.filter(|domain| !domain.contains('*')).map(str::to_owned);
    let address = domain.as_ref().map(|domain| format!("hanako@{domain}"));
    Question { provider, domain, address, today: today(), ..Question::default() }
}

fn yes_no(word: &str) -> Option<bool> {
    match word {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap_or("-").to_owned()
}

/// The form of the user name for receiving or sending.
fn form(answer: &Answer, is_smtp: bool) -> String {
    let login = answer.logins.iter().find(|login| (login.protocol == Protocol::Smtp) == is_smtp);
    login.and_then(|login| login.forms.first()).map_or("-".to_owned(), word)
}

#[test]
fn the_decision_table() {
    let providers = Providers::embedded();
    let mut failures = Vec::new();
    let cases: Vec<Vec<&str>> = rows(DECISIONS).collect();
    for case in &cases {
        let [whose, client, two_factor, company, kind, route, receiving, sending] = case[..] else {
            panic!("{case:?}")
        };
        let mut question = about(&providers, whose);
        question.client = Client::named(client);
        question.two_factor = yes_no(two_factor);
        question.company = yes_no(company);
        let answer = diagnose(&question);
        let found = [word(&answer.kind), word(&answer.route), form(&answer, false), form(&answer, true)];
        let expected = [kind, route, receiving, sending];
        if found.iter().zip(expected).any(|(found, expected)| found != expected) {
            failures.push(format!("{}\t{}", case[..4].join("\t"), found.join("\t")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(cases.len() >= 120, "only {} cases", cases.len());
}

#[test]
fn error_texts() {
    let providers = Providers::embedded();
    let mut failures = Vec::new();
    let cases: Vec<Vec<&str>> = rows(ERRORS).collect();
    for case in &cases {
        let mut question = case.get(2).map_or_else(Question::default, |whose| about(&providers, whose));
        question.error = Some(case[0].replace("\\n", "\n"));
        let answer = diagnose(&question);
        let first = answer.causes.first().map_or("none", |suspect| suspect.cause.id());
        if first != case[1] {
            let all: Vec<&str> = answer.causes.iter().map(|suspect| suspect.cause.id()).collect();
            failures.push(format!("{}\n    expected {}, found {all:?}", case[0], case[1]));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(cases.len() >= 150, "only {} texts", cases.len());
    let unknown = cases.iter().filter(|case| case[1] == "unknown").count();
    assert!(unknown >= 15 && cases.iter().filter(|case| !case[0].is_ascii()).count() >= 40);
}

/// A message that fits several causes must not be given out as proof of one.
#[test]
fn several_causes_are_said_to_be_candidates() {
    let error = |text: &str| diagnose(&Question { error: Some(text.to_owned()), ..Question::default() }).causes;
    let open = error("Authentication failed");
    assert!(open.len() >= 3 && open.iter().all(|suspect| suspect.is_candidate), "{open:?}");
    let certain = error("application-specific password required");
    assert_eq!(certain.iter().filter(|suspect| !suspect.is_candidate).count(), 1, "{certain:?}");
}

#[test]
fn a_port_is_no_password() {
    let providers = Providers::embedded();
    for (text, leaves) in [
        ("wrong version number", true),
        ("0x800CCC0D", true),
        ("サーバの識別情報を検証できません", true),
        ("パスワードが正しくありません", false),
        ("application-specific password required", false),
        ("", false),
    ] {
        let question = Question { error: Some(text.to_owned()), ..about(&providers, "docomo") };
        let answer = diagnose(&question);
        assert_eq!(answer.leave_password, leaves, "{text}");
        assert_eq!(answer.kind, PasswordKind::DedicatedMailPassword);
        assert!(!leaves || answer.clear_first.is_empty());
    }
    // A hint at the port is no proof where the password was just changed.
    let question = Question { error: Some("0x800CCC0E".to_owned()), ..about(&providers, "gmx-net") };
    assert!(diagnose(&question).leave_password);
    assert!(!diagnose(&Question { changed: Some(Changed::Password), ..question }).leave_password);
}

#[test]
fn what_the_server_asks_for_counts_where_nothing_is_known() {
    let providers = Providers::embedded();
    for (whose, text, kind) in [
        ("example.co.jp", "application-specific password required", PasswordKind::AppPassword),
        ("example.co.jp", "basic authentication is disabled", PasswordKind::Oauth),
        ("au-one-net", "app password is required", PasswordKind::AppPassword),
        ("gmx-net", "application password is required", PasswordKind::AppPassword),
        ("ocn", "app password is required", PasswordKind::MailAccountPassword),
    ] {
        let question = Question { error: Some(text.to_owned()), ..about(&providers, whose) };
        assert_eq!(diagnose(&question).kind, kind, "{whose} {text}");
    }
}

#[test]
fn what_was_changed_decides_what_is_taken_away_first() {
    let providers = Providers::embedded();
    for (whose, client, changed, clears, needle) in [
        ("gmx-net", Client::Thunderbird, Some(Changed::Password), true, "for receiving and for sending"),
        ("icloud", Client::Thunderbird, Some(Changed::Password), true, "all app passwords void"),
        (
            "microsoft-365",
            Client::OutlookClassic,
            Some(Changed::Password),
            true,
            "sign in through the browser once more",
        ),
        ("icloud", Client::ThunderbirdAndroid, Some(Changed::NewDevice), false, "Make a new one for this device"),
        ("ocn", Client::Thunderbird, Some(Changed::FromOutlook), false, "do not move along"),
        ("cox", Client::Thunderbird, Some(Changed::ProviderMoved), true, "names of the servers first"),
        ("gmx-net", Client::Thunderbird, Some(Changed::Nothing), false, ""),
    ] {
        let question = Question { client: Some(client), changed, two_factor: Some(false), ..about(&providers, whose) };
        let answer = diagnose(&question);
        let after: String = answer.after_change.iter().map(ToString::to_string).collect();
        assert!(after.contains(needle), "{whose}: {after}");
        assert_eq!(!answer.clear_first.is_empty(), clears, "{whose} {changed:?}");
    }
    let question = Question { client: Some(Client::OutlookClassic), ..about(&providers, "microsoft-365") };
    let question = Question { changed: Some(Changed::Password), ..question };
    let clear: String = diagnose(&question).clear_first.iter().map(ToString::to_string).collect();
    assert!(clear.contains("Credential Manager"), "{clear}");
}

#[test]
fn a_company_is_asked_after_one_try_and_before_a_private_phone() {
    let providers = Providers::embedded();
    for whose in ["microsoft-365", "example.co.jp"] {
        let question = Question { client: Some(Client::IosMail), company: Some(true), ..about(&providers, whose) };
        let answer = diagnose(&question);
        let cautions: String = answer.cautions.iter().map(ToString::to_string).collect();
        assert!(cautions.contains("Try once only") && cautions.contains("own phone"), "{cautions}");
        assert!(!cautions.contains("Try twice"), "{cautions}");
    }
}

/// The programs are known in two places: what an adapter reads, and what the doctor tells of them.
#[test]
fn thunderbird_signs_in_where_its_adapter_says() {
    let providers = Providers::embedded();
    let thunderbird = CLIENTS.iter().find(|client| client.info().id == "thunderbird").unwrap();
    let oauth = thunderbird.read(vec![Source::new("prefs.js", Vec::new())]).oauth;
    let mut compared = 0;
    for provider in providers.iter().filter(|provider| provider.password.oauth != Oauth::No) {
        let question = Question { client: Some(Client::Thunderbird), ..about(&providers, &provider.id) };
        let incoming = provider.servers.iter().find(|set| set.is_usable() && set.protocol == Protocol::Imap).unwrap();
        let signs_in = diagnose(&question).route == Route::SignInWindow;
        assert_eq!(signs_in, oauth.covers(&incoming.host), "{}", provider.id);
        compared += 1;
    }
    assert!(compared >= 10);
}

#[test]
fn the_rules_it_listens_to_exist() {
    let errors = RULES.iter().filter(|rule| rule.severity == Severity::Error);
    let known: BTreeSet<&str> = errors.map(|rule| rule.name).collect();
    for rule in structural_rules() {
        assert!(known.contains(rule), "no rule {rule} finds what cannot work");
    }
}

/// Programs show a wrong port as a wrong password, so what is wrong in the file outranks what the message says.
#[test]
fn a_fault_in_the_settings_comes_first() {
    let providers = Providers::embedded();
    let fault = |rule| Fault { rule, message: "x".into(), help: "y".into(), path: "prefs.js".to_owned() };
    for (rule, cause, leaves) in [
        ("port-security-mismatch", Cause::PortSecurityMismatch, true),
        ("plaintext-by-default", Cause::EncryptionRequired, true),
        ("misspelled-host", Cause::HostNotFound, true),
        ("username-not-full-address", Cause::UsernameForm, false),
    ] {
        let question = Question {
            error: Some("[ALERT] Application-specific password required".to_owned()),
            faults: Some(vec![fault(rule)]),
            ..about(&providers, "gmail")
        };
        let answer = diagnose(&question);
        assert_eq!((answer.causes[0].cause, answer.leave_password), (cause, leaves), "{rule}");
        let printed = text(&answer, &Style::default());
        assert!(printed.find("First mend this").unwrap() < printed.find("Which password").unwrap());
    }
}

/// What people ask in the article this program began with, and words that the answer must hold.
#[test]
fn the_topics_of_the_article_are_answered() {
    let providers = Providers::embedded();
    let of = |whose, client| Question { client: Some(client), ..about(&providers, whose) };
    let changed = |whose, client, changed| Question { changed: Some(changed), ..of(whose, client) };
    let two_factor = |on| Question { two_factor: Some(on), ..of("gmail", Client::Other) };
    let phone = Question { company: Some(true), ..of("example.co.jp", Client::IosMail) };
    for (topic, question, needles) in [
        (
            "Gmail with two-factor sign-in",
            two_factor(true),
            &["An app password", "myaccount.google.com/apppasswords"][..],
        ),
        ("Gmail without", two_factor(false), &["Turn on two-factor sign-in first"]),
        ("Gmail in Thunderbird", of("gmail", Client::Thunderbird), &["opens a sign-in window", "OAuth2"]),
        ("iCloud", of("icloud", Client::Thunderbird), &["An app password", "account.apple.com", "hanako@icloud.com"]),
        ("docomo", of("docomo", Client::IosMail), &["Turn Wi-Fi off", "You can look it up"]),
        ("au", of("au", Client::IosMail), &["set.mail.ezweb.ne.jp", "the user name that the provider gave you"]),
        ("SoftBank", of("softbank-i", Client::IosMail), &["not shown again", "set a new one"]),
        (
            "an ISP",
            of("ocn", Client::OutlookClassic),
            &["The password of this mailbox", "nor that of the internet connection"],
        ),
        (
            "Outlook after a change of the password",
            changed("outlook-com", Client::OutlookClassic, Changed::Password),
            &["Credential Manager", "sign in through the browser once more"],
        ),
        ("mail of the company on my own phone", phone, &["own phone", "help desk", "IMAP may be forbidden"]),
        (
            "can I see it",
            of("docomo", Client::Thunderbird),
            &["Can I see the password again?", "shows it again", "Show Passwords"],
        ),
        ("can I not see it", of("softbank-i", Client::IosMail), &["does not show it a second time"]),
        (
            "what must I set again",
            changed("ocn", Client::Thunderbird, Changed::Password),
            &["for receiving and for sending, in every program and on every device"],
        ),
        (
            "where do I enter it",
            of("icloud", Client::ThunderbirdAndroid),
            &["Incoming server", "Outgoing server", "the box Password"],
        ),
    ] {
        let style = Style::of_width(Some(1000));
        let printed = text(&diagnose(&question), &style).replace('\n', " ");
        let words: Vec<&str> = printed.split_whitespace().collect();
        let printed = words.join(" ");
        for needle in needles {
            assert!(printed.contains(needle), "{topic}: {needle:?} is missing in {printed}");
        }
    }
}

/// Every provider, with every program and state, gets an answer that can be printed, with all places filled in.
#[test]
fn every_answer_can_be_printed() {
    let providers = Providers::embedded();
    for (turn, provider) in providers.iter().enumerate() {
        for (index, client) in Client::ALL.iter().enumerate().filter(|(index, _)| index % 4 == turn % 4) {
            let two_factor = [None, Some(true), Some(false)][index % 3];
            let changed = Changed::ALL.get(index % 7).copied();
            let question = Question { client: Some(*client), two_factor, changed, ..about(&providers, &provider.id) };
            let answer = diagnose(&question);
            let printed = text(&answer, &Style::default());
            let own =
                provider.note.iter().chain(&provider.password.get).chain(provider.switches.iter().map(|s| &s.what));
            let is_ours = !own.clone().any(|note| note.en.contains(['{', '}']));
            assert!(!is_ours || !printed.contains(['{', '}']), "{}: {printed}", provider.id);
            assert!(serde_json::from_str::<serde_json::Value>(&json(&answer, &Style::default())).is_ok());
        }
    }
}

#[test]
fn json_has_the_keys_of_the_record() {
    let providers = Providers::embedded();
    let question = Question {
        client: Some(Client::Thunderbird),
        error: Some("535 Authentication failed".to_owned()),
        ..about(&providers, "icloud")
    };
    let record: serde_json::Value = serde_json::from_str(&json(&diagnose(&question), &Style::default())).unwrap();
    for key in [
        "kind",
        "confidence",
        "why",
        "get_at",
        "enter_in",
        "login",
        "clear_first",
        "caution",
        "checked",
        "source",
        "causes",
    ] {
        assert!(!record[key].is_null(), "{key}");
    }
    assert_eq!(record["login"], serde_json::json!({"imap": "local-part", "smtp": "full-address"}));
    assert_eq!(record["enter_in"], serde_json::json!(["imap", "smtp"]));
    assert_eq!(record["causes"][0]["cause"], "wrong-password-kind");
}

#[test]
fn long_and_binary_texts_are_answered() {
    for (error, cause) in [
        (format!("{}application-specific password required", "x ".repeat(1 << 20)), Some(Cause::WrongPasswordKind)),
        ("\0\u{1}\u{2}\u{3}".repeat(1 << 18), None),
        ("\u{fffd}".repeat(1000), None),
        ("535 ".repeat(1 << 18), Some(Cause::WrongPasswordKind)),
        ("too many ".repeat(1 << 17), Some(Cause::Unknown)),
    ] {
        let answer = diagnose(&Question { error: Some(error), ..Question::default() });
        assert_eq!(answer.causes.first().map(|suspect| suspect.cause), cause);
    }
}

/// The conversations of a page: the command, and what is typed.
struct Conversation {
    args: Vec<String>,
    typed: Vec<String>,
}

impl Conversation {
    fn read(block: &str) -> Self {
        let (command, rest) = block.split_once('\n').unwrap();
        let args = command.strip_prefix("$ mailcfg ").unwrap().split(' ').map(str::to_owned).collect();
        let typed = rest.lines().filter_map(|line| line.strip_prefix('>')).map(|line| line.trim_start().to_owned());
        Self { args, typed: typed.collect() }
    }

    /// What stands on the screen in the end: questions with the answers behind them, then the result.
    fn hold(&self, locale: &str) -> String {
        let home = tempfile::tempdir().unwrap();
        let mut command = program(home.path());
        command.args(&self.args).arg("--ask").env("LC_ALL", locale);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let input = self.typed.iter().map(|line| format!("{line}\n")).collect::<String>();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        let asked = String::from_utf8(output.stderr).unwrap();
        let mut parts = asked.split("> ");
        let mut screen = parts.next().unwrap().to_owned();
        for (answer, part) in self.typed.iter().zip(parts.by_ref()) {
            screen += format!("> {answer}").trim_end();
            screen += &format!("\n{part}");
        }
        assert_eq!(parts.next(), None, "more questions than answers");
        format!("$ mailcfg {}\n{screen}{}", self.args.join(" "), String::from_utf8(output.stdout).unwrap())
    }
}

/// `SNAPSHOTS=overwrite cargo test --test doctor` writes the answers anew; read them before you keep them.
#[test]
fn the_conversations_of_the_docs_are_true() {
    for (page, locale) in [("docs/doctor.md", "C"), ("docs/doctor.ja.md", "ja_JP.UTF-8")] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
        let text = fs::read_to_string(&path).unwrap();
        let (mut held, mut rest, mut count) = (String::new(), text.as_str(), 0);
        while let Some((before, block)) = rest.split_once("```console\n") {
            let (block, after) = block.split_once("```").unwrap();
            held += &format!("{before}```console\n{}```", Conversation::read(block).hold(locale));
            (rest, count) = (after, count + 1);
        }
        held += rest;
        if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
            fs::write(&path, &held).unwrap();
        } else {
            assert_eq!(held, text, "{page}");
        }
        assert!(count == 5 || page.ends_with("ja.md"), "{page}: {count} conversations");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is pasted: no panic, and nothing of it comes back.
    #[test]
    fn nothing_of_an_error_text_comes_back(
        before in "\\PC{0,40}",
        secret in "[a-z]{4} [a-z]{4} [a-z]{4} [a-z]{4}|[A-Za-z0-9+/]{24}==|hunter[0-9]{6}",
        lead in "(password=|AUTH PLAIN |AUTHENTICATE XOAUTH2 |user=taro auth=Bearer |535 5.7.8 |)",
        index in 0..9_usize,
    ) {
        let providers = Providers::embedded();
        let whose = ["gmail", "docomo", "ocn", "proton", "microsoft-365", "example.co.jp", "tuta", "goo", "au"][index];
        let question = Question {
            error: Some(format!("{before}\n{lead}{secret}\nlogin failed")),
            client: Some(Client::ALL[index]),
            ..about(&providers, whose)
        };
        let answer = diagnose(&question);
        prop_assert!(!text(&answer, &Style::default()).contains(&secret));
        prop_assert!(!json(&answer, &Style::default()).contains(&secret));
        let debug = format!("{answer:?}");
        prop_assert!(!debug.contains(&secret));
    }
}

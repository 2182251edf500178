//! The doctor from outside: which password for whom, what error texts mean, and that no secret comes back. Long because each of its
//! promises is a test of its own and all put their questions with the same few helpers.
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
use mailcfg::doctor::{Answer, Cause, Changed, Client, Fault, Question, Route, Subject, diagnose, structural_rules};
use mailcfg::finding::{Confidence, Severity};
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

/// What is printed, without its line ends.
fn text_of(answer: &Answer) -> String {
    let printed = text(answer, &Style::default());
    printed.split_whitespace().collect::<Vec<_>>().join(" ")
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

/// A full mailbox is no reason to change a password that works, and neither is a message that nobody knows.
#[test]
fn what_is_not_about_signing_in_leads_to_no_new_password() {
    let providers = Providers::embedded();
    for (text, subject) in [
        ("552-5.2.2 The email account that you tried to reach is over quota", Subject::Mail),
        ("NO [OVERQUOTA] Quota exceeded", Subject::Mail),
        ("メールボックスの容量がいっぱいです", Subject::Mail),
        ("550-5.1.1 The email account that you tried to reach does not exist", Subject::Mail),
        ("Message size exceeds fixed maximum", Subject::Mail),
        ("550 5.7.26 This mail is unauthenticated", Subject::Mail),
        ("554 possible abuse", Subject::Mail),
        ("421 4.7.0", Subject::Mail),
        ("There is not enough disk space to download new messages", Subject::Device),
        ("0x8004010F", Subject::Device),
        ("554 5.7.1 Relay access denied", Subject::Connection),
        ("OP25B", Subject::Connection),
        ("certificate has expired", Subject::Connection),
        ("There is no connection: network is unreachable", Subject::Connection),
        ("Too many simultaneous connections", Subject::Provider),
        ("メールが届かない", Subject::Unknown),
        ("助けて", Subject::Unknown),
        ("An unknown error has occurred", Subject::Unknown),
    ] {
        for (whose, webmail) in [("gmail", None), ("icloud", Some(true)), ("docomo", Some(false)), ("ocn", Some(true))]
        {
            let question = Question { error: Some(text.to_owned()), webmail, ..about(&providers, whose) };
            let answer = diagnose(&question);
            assert_eq!((answer.subject, answer.leave_password), (subject, true), "{text} {whose}");
            let printed = text_of(&answer);
            for words in ["What to do, in this order", "Which password", "app password", "User name", "Make a new one"]
            {
                assert!(!printed.contains(words), "{printed}");
            }
            let has_servers = printed.contains("The servers as the provider publishes them");
            assert_eq!(has_servers, matches!(subject, Subject::Connection | Subject::Unknown), "{printed}");
        }
    }
}

/// Where nothing is known of a message, its words tell whether it may be about the password; else the person is asked.
#[test]
fn an_unknown_message_is_about_signing_in_only_where_somebody_says_so() {
    let providers = Providers::embedded();
    let of = |text: &str| Question { error: Some(text.to_owned()), ..about(&providers, "gmail") };
    for (question, leaves, subject) in [
        (of("Frobnication of the password went wrong"), false, Subject::Password),
        (of("なんとかのユーザー名がなんとか"), false, Subject::Password),
        (of("Frobnication went wrong"), true, Subject::Unknown),
        (Question { asks_for_password: Some(true), ..of("Frobnication went wrong") }, false, Subject::Password),
        (Question { asks_for_password: Some(false), ..of("Frobnication went wrong") }, true, Subject::Unknown),
        (Question { changed: Some(Changed::Nothing), ..of("Frobnication went wrong") }, true, Subject::Unknown),
    ] {
        let answer = diagnose(&question);
        assert_eq!((answer.leave_password, answer.subject), (leaves, subject), "{question:?}");
        assert_eq!(answer.causes[0].cause, Cause::Unknown);
        let steps: String = answer.causes[0].todo.iter().map(ToString::to_string).collect();
        assert!(steps.find("internet").unwrap() < steps.find("password").unwrap(), "{steps}");
    }
    // Where no program can be used at all, that stays the answer.
    let tuta = Question { error: Some("Frobnication went wrong".to_owned()), ..about(&providers, "tuta") };
    assert!(!diagnose(&tuta).leave_password);
    // Programs show a wrong port as something that nobody knows, too.
    let fault =
        Fault { rule: "port-security-mismatch", message: "x".into(), help: "y".into(), path: "prefs.js".to_owned() };
    let question = Question { faults: Some(vec![fault]), ..of("Frobnication went wrong") };
    assert_eq!(diagnose(&question).causes[0].cause, Cause::PortSecurityMismatch);
}

/// Programs share their sentences: where the person says which one it is, no other is named.
#[test]
fn the_program_that_speaks_is_the_one_that_was_named() {
    let outlook = "メッセージの送信に失敗しました。送信 (SMTP) サーバーに接続できませんでした";
    let thunderbird = "受信メール サーバー (IMAP) にログオン: サーバーへの接続に失敗しました";
    let apple = "サーバーのユーザー名またはパスワードが間違っています";
    for (text, client, says) in [
        (outlook, Some(Client::Thunderbird), "The program says: "),
        (outlook, Some(Client::OutlookNew), "Outlook says: "),
        (outlook, None, "Outlook says: "),
        (thunderbird, Some(Client::OutlookClassic), "The program says: "),
        (apple, Some(Client::Other), "The program says: "),
        (apple, Some(Client::IosMail), "Mail says: "),
        ("Couldn't sign in", Some(Client::AndroidMail), "The mail app says: "),
        ("サーバー imap.example.jp への接続に失敗しました。0x800CCC0D", None, "The program says: "),
    ] {
        let answer = diagnose(&Question { client, error: Some(text.to_owned()), ..Question::default() });
        let printed = text_of(&answer);
        let names =
            ["The program says: ", "Outlook says: ", "Thunderbird says: ", "Mail says: ", "The mail app says: "];
        for name in names {
            assert_eq!(printed.contains(name), name == says, "{text}: {printed}");
        }
    }
}

/// "It does not say why" must not stand beside the reason.
#[test]
fn the_general_gives_way_to_the_reason() {
    for (text, reason) in [
        ("535 5.7.139 Authentication unsuccessful, the user credentials were incorrect", "name or password is wrong"),
        ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled", "is switched off"),
        ("AADSTS50126: Error validating credentials", "name or password is wrong"),
    ] {
        let printed = text_of(&diagnose(&Question { error: Some(text.to_owned()), ..Question::default() }));
        assert!(printed.contains(reason) && !printed.contains("does not say why"), "{printed}");
        assert!(!printed.contains("an error of its own"), "{printed}");
    }
    let alone = Question { error: Some("535 5.7.139 Authentication unsuccessful".to_owned()), ..Question::default() };
    assert!(text_of(&diagnose(&alone)).contains("does not say why"));
}

/// What to look at next belongs to what went wrong: a blocked home network is no answer to a wrong certificate.
#[test]
fn what_comes_next_fits_the_error() {
    let providers = Providers::embedded();
    let next = |error: &str| {
        let question = Question { error: Some(error.to_owned()), ..about(&providers, "gmail") };
        diagnose(&question).next.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    let (at_home, locked, webmail) = ("mobile data", "may have locked", "Sign in on the provider's web page");
    for (error, says, says_not) in [
        ("", webmail, &[at_home, locked][..]),
        ("パスワードが正しくありません", webmail, &[at_home, locked]),
        ("certificate has expired", "tell the provider", &[at_home, locked, webmail]),
        ("network is unreachable", at_home, &[locked, webmail]),
        ("connection timed out", at_home, &[locked, webmail]),
        ("connection refused", at_home, &[locked, webmail]),
        ("no such host", at_home, &[locked, webmail]),
        ("too many login attempts", locked, &[webmail]),
        ("550 5.1.1 user unknown", "ask the receiver", &[at_home, locked, webmail, "Leave the password"]),
    ] {
        let next = next(error);
        assert!(next.contains(says) && !says_not.iter().any(|words| next.contains(words)), "{error}: {next}");
    }
    assert_eq!(next("mailbox is full"), "");
}

/// Who cannot sign in on the web page cannot make an app password there, and has nothing to type elsewhere.
#[test]
fn an_account_that_lets_nobody_in_is_recovered_first() {
    let providers = Providers::embedded();
    for (whose, company) in [("gmail", None), ("gmail", Some(true)), ("docomo", None), ("ocn", None)] {
        let question = Question { webmail: Some(false), company, ..about(&providers, whose) };
        let answer = diagnose(&question);
        assert_eq!(answer.causes[0].cause, Cause::AccountAccess);
        let printed = text_of(&answer);
        assert!(printed.contains("1. Sign in on the provider's web page first."), "{printed}");
        assert!(!printed.contains("Type it by hand"), "{printed}");
    }
    let bridge = text_of(&diagnose(&about(&providers, "proton")));
    assert_eq!(bridge.matches("Start the bridge program").count(), 1, "{bridge}");
    let works = diagnose(&Question { webmail: Some(true), ..about(&providers, "gmail") });
    assert!(works.before.is_empty() && works.causes.iter().all(|suspect| suspect.cause != Cause::AccountAccess));
}

/// Every question of the dialogue can change the answer.
#[test]
fn what_is_asked_is_used() {
    let providers = Providers::embedded();
    let plain = about(&providers, "gmail");
    let before = text_of(&diagnose(&plain));
    for question in [
        Question { other_device: Some(true), ..plain.clone() },
        Question { changed: Some(Changed::Nothing), ..plain.clone() },
        Question { webmail: Some(true), ..plain.clone() },
        Question { webmail: Some(false), ..plain.clone() },
    ] {
        assert_ne!(text_of(&diagnose(&question)), before, "{question:?}");
    }
    let works = diagnose(&Question { other_device: Some(true), ..plain });
    assert!(text_of(&works).contains("do not change the password of the account"));
}

/// "Refuses" is said only where it is known: people change a password that works.
#[test]
fn thin_facts_are_told_mildly() {
    let providers = Providers::embedded();
    let mut thin = 0;
    for provider in providers.iter() {
        let question = Question { client: Some(Client::Other), ..about(&providers, &provider.id) };
        let answer = diagnose(&question);
        let why: String = answer.why.iter().map(ToString::to_string).collect();
        if answer.confidence == Confidence::Low {
            thin += usize::from(why.contains("may refuse"));
            assert!(!why.contains("{provider} refuses the password of the web page"), "{}: {why}", provider.id);
        } else {
            assert!(!why.contains("may refuse the password"), "{}: {why}", provider.id);
        }
    }
    assert!(thin > 0);
}

/// Where a window opens there are no boxes to type into.
#[test]
fn a_sign_in_window_has_no_boxes() {
    let providers = Providers::embedded();
    for (whose, client, has_boxes) in [
        ("gmail", Client::IosMail, false),
        ("gmail", Client::AndroidMail, false),
        ("gmail", Client::ThunderbirdAndroid, false),
        ("icloud", Client::IosMail, false),
        ("docomo", Client::IosMail, true),
        ("docomo", Client::ThunderbirdAndroid, true),
    ] {
        let changed = Some(Changed::Password);
        let answer = diagnose(&Question { client: Some(client), changed, ..about(&providers, whose) });
        assert_eq!(text_of(&answer).contains("two boxes"), has_boxes, "{whose} {client:?}");
    }
}

/// A server that asks for an app password, and a person who says so, have two-factor sign-in on.
#[test]
fn nobody_turns_on_what_is_on() {
    let providers = Providers::embedded();
    let asks = Some("534-5.7.9 Application-specific password required.".to_owned());
    for (whose, two_factor, error, is_on) in [
        ("gmail", Some(true), None, true),
        ("gmail", None, asks.clone(), true),
        ("naver", Some(true), None, true),
        ("gmail", None, None, false),
        ("gmail", Some(false), None, false),
        ("icloud", Some(true), None, false),
    ] {
        let question = Question { client: Some(Client::Other), two_factor, error, ..about(&providers, whose) };
        let answer = diagnose(&question);
        let way = answer.get_at.unwrap().text.to_string();
        let says = way.starts_with("Two-factor sign-in is on already");
        assert_eq!((says, answer.route == Route::TwoFactorFirst), (is_on, two_factor == Some(false)), "{whose}: {way}");
        let begins = text_of(&diagnose(&question)).matches("urn on 2-Step Verification").count();
        assert!(begins <= 1 && answer.before.is_empty(), "{whose}");
    }
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
        let fault = printed.find("First mend this").unwrap();
        let password = printed.find("Which password");
        assert!(password.is_none_or(|password| fault < password && !leaves), "{printed}");
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
        let printed = text_of(&diagnose(&question));
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

//! What people want to see of a run: `mailcfg.toml`, comments and baselines on whole configurations.
//!
//! Two properties hold for all: whatever is written in a configuration, a run ends with an answer, and ignoring something takes
//! away exactly that.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

mod fixture;

use std::path::Path;

use mailcfg::config::{self, Controls, Policy};
use mailcfg::finding::{Applicability, Finding, Report};
use mailcfg::fix;
use mailcfg::lint::{Input, Options, lint, read};
use mailcfg::rules::{Group, RULES, Run};
use mailcfg::source::Source;
use mailcfg::suppression::Baseline;
use proptest::prelude::*;

fn policy(text: &str) -> Policy {
    let source = Source::new("mailcfg.toml", text.as_bytes());
    let read = config::read(&source).unwrap_or_else(|faults| panic!("{text}\n{:?}", faults[0].message.to_string()));
    Policy { is_covered: true, ..read.policy }
}

fn under(text: &str) -> Options {
    Options { controls: Controls::one(policy(text)), ..fixture::options() }
}

/// Every configuration of the demonstration, which has faults of many kinds.
fn demo() -> Vec<Input> {
    mailcfg::discover::in_paths(&[fixture::root().join("demo")], None).inputs
}

fn key(finding: &Finding) -> (usize, &'static str, String, String) {
    (finding.document, finding.rule, finding.location.key.clone(), finding.message.to_string())
}

fn keys(report: &Report) -> Vec<(usize, &'static str, String, String)> {
    report.findings.iter().map(key).collect()
}

#[test]
fn ignoring_a_rule_takes_away_its_findings_and_nothing_else() {
    let inputs = demo();
    let all = lint(&inputs, &fixture::options());
    let names = RULES.iter().map(|rule| rule.name).chain(Group::ALL.iter().map(|group| group.name()));
    for name in names {
        let is_meant = |finding: &&Finding| !mailcfg::rules::named(name).unwrap().includes(finding.rule);
        let rest: Vec<_> = all.findings.iter().filter(is_meant).map(key).collect();
        let gone = all.findings.len() - rest.len();
        let off = lint(&inputs, &under(&format!("ignore = [\"{name}\"]")));
        assert_eq!((keys(&off), off.suppressed), (rest.clone(), 0), "{name}");
        let mut entry = lint(&inputs, &under(&format!("[[ignore]]\nrule = \"{name}\"\nreason = \"a test\"\n")));
        // An entry that fits nothing is said to.
        entry.findings.retain(|finding| finding.rule != "unused-suppression" || gone > 0);
        assert_eq!((keys(&entry), entry.suppressed), (rest, gone), "{name}");
    }
}

#[test]
fn a_comment_takes_away_the_findings_of_its_rule_and_nothing_else() {
    let inputs: Vec<Input> = demo().into_iter().filter(|input| input.client.info().id == "thunderbird").collect();
    let text = String::from_utf8(inputs[0].sources[0].bytes().to_vec()).unwrap();
    let judged = |text: &str| lint(&[thunderbird(text)], &fixture::options());
    let all = judged(&text);
    assert!(all.findings.len() > 5, "{:?}", keys(&all));
    for rule in RULES.iter().map(|rule| rule.name) {
        let after = judged(&format!("// mailcfg: ignore-file[{rule}] a test\n{text}"));
        let rest: Vec<_> = all.findings.iter().filter(|finding| finding.rule != rule).map(key).collect();
        let gone = all.findings.len() - rest.len();
        let left = after.findings.iter().filter(|finding| finding.rule != "unused-suppression" || gone > 0);
        assert_eq!((left.map(key).collect::<Vec<_>>(), after.suppressed), (rest, gone), "{rule}");
    }
}

#[test]
fn a_secret_in_a_comment_stays_hidden() {
    let text = format!("// mailcfg: ignore[hunter2-hunter2] password hunter2-hunter2\n{CLEARTEXT}");
    let report = lint(&[thunderbird(&text)], &fixture::options());
    let said = mailcfg::report::text(&report, &mailcfg::report::Style::default());
    assert!(said.contains("malformed-suppression") && !said.contains("hunter2"), "{said}");
}

#[test]
fn a_severity_changes_nothing_but_the_severity() {
    let inputs = demo();
    let all = lint(&inputs, &fixture::options());
    let every: String = Group::ALL.iter().map(|group| format!("{} = \"info\"\n", group.name())).collect();
    let mild = lint(&inputs, &under(&format!("[severity]\n{every}")));
    let sorted = |report: &Report| {
        let mut keys = keys(report);
        keys.sort();
        keys
    };
    assert_eq!(sorted(&mild), sorted(&all));
    assert!(mild.findings.iter().all(|finding| finding.severity.name() == "info"));
}

#[test]
fn what_a_baseline_knows_is_neither_reported_nor_mended() {
    let (inputs, here) = (demo(), fixture::root());
    let all = lint(&inputs, &fixture::options());
    let file = Path::new("known.json");
    let (text, total) = Baseline::write(&all, file, &here);
    assert_eq!((total, Baseline::write(&all, file, &here).0 == text), (all.findings.len(), true));
    assert!(!text.contains('@') && !text.contains("not-a-real-password"), "addresses and secrets stay out: {text}");
    let baseline = Baseline::read(file, &here, text.as_bytes()).unwrap();
    let controls = Controls::new(Vec::new(), std::collections::HashMap::new(), here).with_baseline(Some(baseline));
    let options = Options { controls, ..fixture::options() };
    let again = lint(&inputs, &options);
    assert_eq!((keys(&again), again.suppressed), (Vec::new(), all.findings.len()));
    let documents: Vec<_> = inputs.iter().map(read).collect();
    let clients: Vec<_> = inputs.iter().map(|input| input.client).collect();
    for fixed in fix::fix_all(&documents, &clients, Applicability::Unsafe, &options) {
        assert!(!fixed.is_changed() && fixed.reverted.is_none());
    }
}

const CLEARTEXT: &str = "user_pref(\"mail.account.account1.identities\", \"id1\");\n\
    user_pref(\"mail.account.account1.server\", \"server1\");\n\
    user_pref(\"mail.accountmanager.accounts\", \"account1\");\n\
    user_pref(\"mail.identity.id1.useremail\", \"taro@gmail.com\");\n\
    user_pref(\"mail.server.server1.hostname\", \"imap.gmail.com\");\n\
    user_pref(\"mail.server.server1.port\", 143);\n\
    user_pref(\"mail.server.server1.socketType\", 0);\n\
    user_pref(\"mail.server.server1.type\", \"imap\");\n\
    user_pref(\"mail.server.server1.userName\", \"taro@gmail.com \");\n";

fn thunderbird(text: &str) -> Input {
    fixture::in_memory(mailcfg::clients::find("thunderbird").unwrap(), "prefs.js", text)
}

#[test]
fn a_mend_of_something_else_leaves_an_ignored_setting_alone() {
    // What is wrong with the encryption is mended together with the port, which is written twice.
    let twice = format!("{CLEARTEXT}user_pref(\"mail.server.server1.port\", 143);\n");
    let client = mailcfg::clients::find("thunderbird").unwrap();
    let documents = [read(&thunderbird(&twice))];
    let mended = |options: &Options| {
        let fixed = fix::fix(&Run::new(&documents), 0, client, Applicability::Unsafe, options);
        let text = String::from_utf8_lossy(fixed.after[0].bytes()).into_owned();
        (text.contains("socketType\", 3);") && text.contains("port\", 993);"), fixed)
    };
    assert!(mended(&fixture::options()).0);
    let (is_mended, fixed) = mended(&under("[[ignore]]\nrule = \"duplicate-setting\"\nreason = \"the old gateway\"\n"));
    assert!(!is_mended && fixed.suppressed == 1);
    let left = fixed.left.iter().find(|finding| finding.rule == "no-encryption").unwrap();
    let remark = left.fix.as_ref().and_then(|fix| fix.remark.as_ref()).unwrap().to_string();
    assert_eq!(remark, "it would change mail.server.server1.port too, where a finding is ignored");
}

#[test]
fn what_was_ended_counts_no_more_and_is_said() {
    let entry = |until| format!("[[ignore]]\nrule = \"no-encryption\"\nreason = \"a test\"\nuntil = {until}\n");
    let found = |until| -> Vec<&str> {
        let report = lint(&[thunderbird(CLEARTEXT)], &under(&entry(until)));
        report.findings.iter().map(|finding| finding.rule).collect()
    };
    // Tests run on 24 November 2026: the last day still counts.
    assert!(!found("2026-11-24").contains(&"no-encryption") && !found("2026-11-24").contains(&"unused-suppression"));
    assert!(found("2026-11-23").contains(&"no-encryption") && found("2026-11-23").contains(&"unused-suppression"));
}

#[test]
fn an_entry_fits_by_account_key_and_path() {
    for (entry, is_ignored) in [
        ("account = \"account1\"", true),
        ("account = \"*@GMAIL.com\"", true),
        ("account = \"hanako@gmail.com\"", false),
        ("key = \"mail.server.*.socketType\"", true),
        ("key = \"mail.smtpserver.*\"", false),
        ("path = \"memory/*.js\"", true),
        ("path = \"**/prefs.js\"", true),
        ("path = \"*.js\"", false),
        ("account = \"account1\"\npath = \"other/**\"", false),
    ] {
        let text = format!("[[ignore]]\nrule = \"security\"\nreason = \"a test\"\n{entry}\n");
        let report = lint(&[thunderbird(CLEARTEXT)], &under(&text));
        let is_found = report.findings.iter().any(|finding| finding.rule == "no-encryption");
        assert_eq!(is_found, !is_ignored, "{entry}");
        let is_idle = report.findings.iter().any(|finding| finding.rule == "unused-suppression");
        assert_eq!(is_idle, !is_ignored, "{entry}");
    }
}

#[test]
fn the_example_of_the_documentation_is_read() {
    let page = include_str!("../docs/configuration.md");
    let block = page.split("```toml whole\n").nth(1).unwrap().split("```").next().unwrap();
    let policy = policy(block);
    assert!(policy.demands.implicit_tls && policy.demands.no_pop && policy.demands.no_secrets);
    assert!(!policy.entries.is_empty() && !policy.selection.ignore.is_empty() && policy.fail_on.is_some());
    let schema: serde_json::Value = serde_json::from_str(include_str!("../docs/config.schema.json")).unwrap();
    let keys = schema["properties"].as_object().unwrap().keys();
    for key in keys {
        assert!(page.contains(&format!("`{key}`")) || page.contains(&format!("`[{key}]`")), "{key} is not described");
    }
}

/// Pieces of configurations, put together at random: mostly wrong, some right.
fn any_config() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("select = [\"security\", \"port\"]\n".to_owned()),
        Just("ignore = [\"host\", { rule = \"no-encryption\", reason = \"r\", until = 2026-01-01 }]\n".to_owned()),
        Just("fail-on = \"never\"\nmin-confidence = \"high\"\n".to_owned()),
        Just("[severity]\nno-encryption = \"off\"\nsafety = \"error\"\n".to_owned()),
        Just("[policy]\nforbid-pop = true\nrequire-implicit-tls = true\nusername-domain = \"example.jp\"\n".to_owned()),
        Just("[providers]\nallowed-hosts = [\"*.example.jp\", \"\", \"*\"]\n".to_owned()),
        ("[a-z*]{0,6}", "[a-z*/.]{0,9}", "[a-z.*@]{0,9}").prop_map(|(account, path, key)| {
            format!("[[ignore]]\nrule = \"security\"\nreason = \"r\"\naccount = \"{account}\"\npath = \"{path}\"\nkey = \"{key}\"\n")
        }),
        "\\PC{0,20}\n",
    ];
    proptest::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_configuration_ends_a_run_without_an_answer(text in any_config()) {
        let source = Source::new("mailcfg.toml", text.as_bytes());
        if let Ok(config) = config::read(&source) {
            let policy = Policy { is_covered: true, ..config.policy };
            let options = Options { controls: Controls::one(policy), ..fixture::options() };
            let inputs = [thunderbird(CLEARTEXT)];
            let (all, some) = (lint(&inputs, &fixture::options()), lint(&inputs, &options));
            // Nothing comes up but what was there, what the company asks for, and what is said of the entries.
            let known = keys(&all);
            let asked = |rule: &str| {
                let group = RULES.iter().find(|known| known.name == rule).map(|known| known.group);
                group == Some(Group::Managed) || rule == "unused-suppression"
            };
            prop_assert!(keys(&some).iter().all(|key| known.contains(key) || asked(key.1)));
        }
    }

    #[test]
    fn a_comment_in_any_state_is_no_end_of_a_run(comment in "(//|#|/\\*|<!--)? ?(mailcfg:)? ?(ignore|ignore-file)?\\[?[a-z, -]{0,16}\\]?\\PC{0,12}", at in 0usize..9) {
        let mut lines: Vec<&str> = CLEARTEXT.lines().collect();
        lines.insert(at, &comment);
        lint(&[thunderbird(&(lines.join("\n") + "\n"))], &fixture::options());
        let xml = format!("<clientConfig version=\"1.1\"><emailProvider id=\"x\">{comment}<domain>x.jp</domain></emailProvider></clientConfig>");
        lint(&[fixture::in_memory(mailcfg::clients::find("autoconfig").unwrap(), "config-v1.1.xml", xml)], &fixture::options());
    }
}

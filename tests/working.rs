//! Configurations that work are left alone: every official set of every provider in the format of every client, and a
//! collection of unusual ones. What is warned of all the same is listed with its reason.

mod corpus;
mod snapshot;

use std::collections::{BTreeMap, BTreeSet};

use corpus::Member;
use corpus::sketch::Format;
use mailcfg::finding::{Applicability, Finding, Severity};
use rayon::prelude::*;

const WARNINGS: &str = include_str!("corpus/warnings.txt");

#[test]
fn a_mailbox_set_up_as_the_provider_says_is_left_alone() {
    let all = corpus::official();
    let is_loud = |finding: &Finding| finding.severity > Severity::Info || finding.is_fixable(Applicability::Safe);
    let failures = complaints(&all, is_loud);
    println!("{} official mailboxes", all.len());
    assert!(all.len() > 4000, "only {} mailboxes were made", all.len());
    assert!(failures.is_empty(), "{} complaints\n{}", failures.len(), failures.join("\n"));
    let by_client = table(&all, |member| member.inputs[0].client.info().title.to_owned());
    snapshot::hold("official mailboxes", &by_client);
}

#[test]
fn an_unusual_mailbox_that_works_is_never_called_broken_and_never_changed() {
    let all = corpus::named();
    let is_wrong = |finding: &Finding| finding.severity == Severity::Error || finding.is_fixable(Applicability::Safe);
    let failures = complaints(&all, is_wrong);
    assert!(all.len() >= 300, "only {} configurations", all.len());
    assert!(failures.is_empty(), "{} complaints\n{}", failures.len(), failures.join("\n"));
    let names: BTreeSet<&str> = all.iter().map(|member| member.name.as_str()).collect();
    assert_eq!(names.len(), all.len(), "two configurations have the same name");
    snapshot::hold("unusual configurations", &table(&all, |member| family(member).to_owned()));
}

#[test]
fn every_warning_on_a_mailbox_that_works_is_defended() {
    let mut defended: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for line in WARNINGS.lines().filter(|line| !line.starts_with('#')) {
        let [rule, case, why] = line.split(" | ").collect::<Vec<_>>()[..] else { panic!("three columns: {line}") };
        assert!(why.len() > 20, "no reason: {line}");
        assert!(defended.insert((rule, case), why).is_none(), "listed twice: {line}");
    }
    let all = corpus::named();
    let warned: BTreeSet<(&str, &str)> = all.par_iter().flat_map_iter(warnings).collect();
    let undefended: Vec<_> = warned.iter().filter(|key| !defended.contains_key(*key)).collect();
    let stale: Vec<_> = defended.keys().filter(|key| !warned.contains(*key)).collect();
    assert!(undefended.is_empty(), "not in tests/corpus/warnings.txt: {undefended:#?}");
    assert!(stale.is_empty(), "no longer warned of: {stale:#?}");
    let rows = defended.iter().map(|((rule, case), why)| format!("| `{rule}` | {case} | {why} |\n"));
    snapshot::hold(
        "warnings",
        &format!("| rule | configuration | why it is right to warn |\n|---|---|---|\n{}", rows.collect::<String>()),
    );
}

/// Each rule that warns of a member, with the member's case.
fn warnings(member: &Member) -> impl Iterator<Item = (&str, &str)> {
    let loud = member.findings().iter().filter(|finding| finding.severity == Severity::Warning);
    loud.map(|finding| (finding.rule, case(member)))
}

/// What kind of configuration a member is.
fn family(member: &Member) -> &str {
    member.name.split('/').next().unwrap_or_default()
}

/// The name of a member without the format that it is written in.
fn case(member: &Member) -> &str {
    let formats = Format::ALL.iter().map(|format| format.file_name());
    let last = formats.filter_map(|name| member.name.strip_suffix(name)?.strip_suffix('/')).next();
    last.unwrap_or(&member.name)
}

/// Everything said of members that `is_wrong` picks.
fn complaints(members: &[Member], is_wrong: fn(&Finding) -> bool) -> Vec<String> {
    let line = |member: &Member, finding: &Finding| {
        format!("{}: {}[{}] {}", member.name, finding.severity.name(), finding.rule, finding.message)
    };
    let of_member = |member: &Member| -> Vec<String> {
        member.findings().iter().filter(|finding| is_wrong(finding)).map(|finding| line(member, finding)).collect()
    };
    members.par_iter().flat_map_iter(of_member).collect()
}

/// How many members of each group there are and what is said of them.
fn table(members: &[Member], group: fn(&Member) -> String) -> String {
    let mut rows: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    for member in members {
        for row in [group(member), "**all**".to_owned()] {
            let counts = rows.entry(row).or_default();
            counts[0] += 1;
            let severities: BTreeSet<Severity> = member.findings().iter().map(|finding| finding.severity).collect();
            counts[1] += usize::from(severities.contains(&Severity::Error));
            counts[2] += usize::from(severities.contains(&Severity::Warning));
            counts[3] += usize::from(member.findings().iter().any(|finding| finding.is_fixable(Applicability::Safe)));
        }
    }
    let row = |(name, [all, errors, warnings, fixes]): (&String, &[usize; 4])| {
        format!("| {name} | {all} | {errors} | {warnings} | {fixes} |\n")
    };
    let rows: String = rows.iter().map(row).collect();
    format!(
        "| | configurations | with an error | with a warning | changed by a safe fix |\n|---|---:|---:|---:|---:|\n{rows}"
    )
}

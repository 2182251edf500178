//! Keeps `docs/rules.md`: every rule in a table and with its text, made from the pages, and the candidates that are no rule, from
//! `docs/omitted-rules.md`.
//!
//! `SNAPSHOTS=overwrite cargo test --test rules_document` writes it anew.

use std::collections::BTreeSet;

use mailcfg::explain::{Sheet, particulars};
use mailcfg::page;
use mailcfg::report::{Style, as_markdown};
use mailcfg::rules::{Group, RULES};

const OMITTED: &str = include_str!("../docs/omitted-rules.md");

/// What stands above the table.
const HEAD: &str = "\
# Rules

<!-- Made from the pages in src/rules by tests/rules_document.rs: SNAPSHOTS=overwrite cargo test --test rules_document -->

What mailcfg checks. *Severity* is that of a finding at its worst: what is known of the provider, and how surely, may lower it. *Mended* says
what `mailcfg fix --apply` does: `yes` where at least some findings can be mended safely, `with --unsafe` where all of them need that
flag, `no` where only a person can decide. *Formats* are those in which an example on the rule's page is found;
`mailcfg list clients` says what belongs to each. [development.md](development.md) says how to add a rule.

`mailcfg explain RULE` prints the same text with its examples, which the tests execute.";

/// The headings of a page that stand here; examples stay on the page.
const SHOWN: [&str; 4] = [page::FINDS, page::MATTERS, page::TO_DO, page::REFERENCES];

fn sheets() -> Vec<Sheet> {
    RULES.iter().map(|rule| Sheet::of(rule).expect("every page can be read")).collect()
}

fn table(sheets: &[Sheet]) -> String {
    let mut rows =
        vec!["| rule | group | severity | mended | formats |".to_owned(), "|---|---|---|---|---|".to_owned()];
    rows.extend(sheets.iter().map(|sheet| {
        let (rule, formats) = (sheet.rule, sheet.formats.join(", "));
        let (group, severity, fixes) = (rule.group.name(), rule.severity.name(), rule.fixes.words());
        format!("| [{0}](#{0}) | {group} | {severity} | {fixes} | {formats} |", rule.name)
    }));
    rows.join("\n")
}

/// How many rules there are, and in which groups.
fn tally(sheets: &[Sheet]) -> String {
    let of = |group: Group| sheets.iter().filter(|sheet| sheet.rule.group == group).count();
    let groups: Vec<String> = Group::ALL.iter().map(|group| format!("{} {}", group.name(), of(*group))).collect();
    format!("{} rules; by group: {}.", sheets.len(), groups.join(", "))
}

fn chapter(sheet: &Sheet) -> String {
    let style = Style::default();
    let mut blocks = particulars(sheet, 3, &style);
    for heading in SHOWN.into_iter().filter(|heading| !sheet.page.section(heading).is_empty()) {
        blocks.push(format!("**{heading}**"));
        blocks.extend(as_markdown(sheet.page.section(heading), &style));
    }
    blocks.push(format!("[Examples](../src/rules/{}.md#examples)", sheet.rule.name.replace('-', "_")));
    blocks.join("\n\n")
}

fn document() -> String {
    let sheets = sheets();
    let mut parts = vec![HEAD.to_owned(), tally(&sheets), table(&sheets), "## The rules".to_owned()];
    parts.extend(sheets.iter().map(chapter));
    parts.push("## Candidates that are no rule, and why".to_owned());
    parts.push(OMITTED.trim_end().to_owned());
    parts.join("\n\n") + "\n"
}

#[test]
fn the_document_is_what_the_pages_say() {
    snapbox::assert_data_eq!(document(), snapbox::file!["../docs/rules.md"].raw());
}

#[test]
fn an_omitted_candidate_has_a_reason_and_is_no_rule() {
    let mut names = BTreeSet::new();
    for row in OMITTED.lines().skip(2) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [name, reason] = cells.as_slice() else { panic!("not two cells: {row}") };
        assert!(!name.is_empty() && reason.len() > 10, "no reason: {row}");
        assert!(names.insert(*name), "twice: {name}");
        assert!(mailcfg::rules::find(name.trim_matches('`')).is_none(), "{name} is a rule");
    }
}

//! Executes the examples of every rule page: what is found, what a fix makes of it, and that a second fix changes nothing.
//!
//! The form of a page is described in `docs/development.md`.

mod pages;

use std::collections::BTreeSet;

use mailcfg::finding::{Applicability, Finding, Severity};
use mailcfg::fix;
use mailcfg::lint::{Input, Options, judge, read};
use mailcfg::rules::{Fixes, RULES, Rule, Run};
use mailcfg::source::Source;
use pages::declared::declared;
use pages::{Example, Expect, examples};

fn findings(inputs: &[Input], options: &Options) -> Vec<Finding> {
    let documents: Vec<_> = inputs.iter().map(read).collect();
    let run = Run::new(&documents);
    let of_document = |index: usize| judge(&documents[index], &run, index, inputs[index].client, options).findings;
    (0..documents.len()).flat_map(of_document).collect()
}

fn own(rule: &Rule, findings: &[Finding]) -> Vec<Finding> {
    findings.iter().filter(|finding| finding.rule == rule.name).cloned().collect()
}

#[test]
fn every_rule_has_a_name_that_fits_and_a_page_that_begins_with_it() {
    let mut names = BTreeSet::new();
    for rule in RULES {
        assert!(names.insert(rule.name), "{} is listed twice", rule.name);
        assert!(rule.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{}", rule.name);
        assert!(rule.page.starts_with(&format!("# {}\n", rule.name)), "{}: the page has another title", rule.name);
        for heading in ["## What it finds", "## Why it matters", "## What to do", "## Examples"] {
            assert!(rule.page.contains(&format!("\n{heading}\n")), "{}: no {heading:?}", rule.name);
        }
    }
    assert!(RULES.is_sorted_by_key(|rule| rule.name), "the list is not in alphabetical order");
}

#[test]
fn every_rule_file_is_listed_and_has_a_page() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
    let mut files: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        files.push(name);
    }
    let listed: BTreeSet<String> = RULES.iter().map(|rule| rule.name.replace('-', "_")).collect();
    let pages: BTreeSet<String> = files.iter().filter_map(|name| name.strip_suffix(".md").map(str::to_owned)).collect();
    assert_eq!(pages, listed);
    for name in &listed {
        assert!(files.contains(&format!("{name}.rs")), "{name}.rs is missing");
    }
}

/// A rule that speaks in a format must be seen to be silent in it as well.
#[test]
fn every_format_in_which_something_is_found_has_a_silent_example() {
    let mut failures = Vec::new();
    for rule in RULES {
        let formats = |is_wanted: fn(Expect) -> bool| -> BTreeSet<&str> {
            let examples = examples(rule.page).into_iter().filter(|example| is_wanted(example.expect));
            examples.flat_map(|example| example.inputs()).map(|input| input.client.info().id).collect()
        };
        let silent = formats(|expect| expect == Expect::Silence);
        let found = formats(|expect| matches!(expect, Expect::Findings(_)));
        failures.extend(found.difference(&silent).map(|format| format!("{}: {format}", rule.name)));
    }
    assert!(failures.is_empty(), "no `good` example for\n{}", failures.join("\n"));
}

/// What is wrong in any format is tried in declarations: a rule that finds it there shows so on its page.
#[test]
fn a_rule_that_finds_its_faults_in_declarations_has_an_example_of_one() {
    let mut failures = Vec::new();
    for rule in RULES {
        let bad: Vec<Example> =
            examples(rule.page).into_iter().filter(|example| matches!(example.expect, Expect::Findings(_))).collect();
        let inputs: Vec<(Input, &Example)> =
            bad.iter().flat_map(|example| example.inputs().into_iter().map(move |input| (input, example))).collect();
        if inputs.iter().any(|(input, _)| input.client.info().id == "declaration") {
            continue;
        }
        let speaks = |(input, example): &&(Input, &Example)| {
            let runs = declared(&read(input)).into_iter();
            runs.into_iter().any(|files| !own(rule, &findings(&files, &example.options())).is_empty())
        };
        failures.extend(
            inputs.iter().find(speaks).map(|(_, example)| format!("{} (as on line {})", rule.name, example.line)),
        );
    }
    assert!(failures.is_empty(), "{} pages need an example of a declaration:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn examples_are_found_or_stay_silent() {
    let mut failures = Vec::new();
    for rule in RULES {
        let examples = examples(rule.page);
        let is_bad = |example: &&Example| matches!(example.expect, Expect::Findings(_));
        if examples.iter().filter(is_bad).count() == 0 || examples.iter().all(|example| is_bad(&example)) {
            failures.push(format!("{}: needs a `bad` and a `good` example", rule.name));
        }
        for example in &examples {
            let found = own(rule, &findings(&example.inputs(), &example.options()));
            let expected = match example.expect {
                Expect::Findings(count) => count,
                Expect::Silence => 0,
            };
            if found.len() != expected {
                let list: Vec<String> = found.iter().map(|finding| finding.message.to_string()).collect();
                failures.push(format!("{} line {}: expected {expected}, found {list:#?}", rule.name, example.line));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn fixes_make_what_the_page_says() {
    let mut failures = Vec::new();
    for rule in RULES {
        let mut best = Fixes::Never;
        for example in examples(rule.page) {
            for finding in own(rule, &findings(&example.inputs(), &example.options())) {
                let safe = finding.is_fixable(Applicability::Safe);
                let any = finding.is_fixable(Applicability::Unsafe);
                best = if safe {
                    Fixes::Sometimes
                } else if any && best == Fixes::Never {
                    Fixes::Unsafe
                } else {
                    best
                };
            }
            for (least, wanted) in &example.fixed {
                let outcome = fixed(&example, *least, Some(rule));
                for (name, text) in wanted {
                    let after = outcome.after.iter().find(|source| source.path().ends_with(name)).unwrap();
                    let after = String::from_utf8_lossy(after.bytes());
                    if after != *text {
                        let diff = similar::TextDiff::from_lines(text.as_str(), &after).unified_diff().to_string();
                        failures.push(format!("{} line {}: {name} after the fix\n{diff}", rule.name, example.line));
                    }
                }
            }
        }
        if best != rule.fixes {
            failures.push(format!("{}: says fixes {:?}, its examples show {best:?}", rule.name, rule.fixes));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Mends the first document of an example; with `rule`, by that rule's fixes alone.
fn fixed(example: &Example, least: Applicability, rule: Option<&Rule>) -> fix::Fixed {
    let inputs = example.inputs();
    let documents: Vec<_> = inputs.iter().map(read).collect();
    let only = rule.map(|rule| rule.name);
    fix::fix_where(&Run::new(&documents), 0, inputs[0].client, &example.options(), |finding| {
        finding.is_fixable(least) && only.is_none_or(|only| finding.rule == only)
    })
}

#[test]
fn fixes_converge_and_break_nothing() {
    let mut failures = Vec::new();
    for rule in RULES {
        for example in examples(rule.page) {
            for least in [Applicability::Safe, Applicability::Unsafe] {
                failures.extend(convergence(rule, &example, least));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn convergence(rule: &Rule, example: &Example, least: Applicability) -> Vec<String> {
    let mut failures = Vec::new();
    let place = format!("{} line {} ({least:?})", rule.name, example.line);
    let first = fixed(example, least, None);
    if let Some(reason) = &first.reverted {
        failures.push(format!("{place}: reverted, {reason}"));
    }
    let inputs = example.inputs();
    let before: BTreeSet<(&str, String)> = findings(&inputs[..1], &example.options())
        .into_iter()
        .map(|finding| (finding.rule, finding.location.key))
        .collect();
    let again = Input {
        sources: first.after.iter().map(|source| Source::new(source.path(), source.bytes())).collect(),
        ..inputs[0].clone()
    };
    // Information about the provider may appear once a host is right; it is no new problem.
    for finding in findings(std::slice::from_ref(&again), &example.options())
        .into_iter()
        .filter(|finding| finding.severity > Severity::Info)
    {
        if !before.contains(&(finding.rule, finding.location.key.clone())) {
            failures.push(format!(
                "{place}: new after the fix: {} {} ({})",
                finding.rule, finding.location.key, finding.message
            ));
        }
    }
    let documents = [read(&again)];
    let second = fix::fix(&Run::new(&documents), 0, again.client, least, &example.options());
    if second.is_changed() {
        failures.push(format!("{place}: a second fix changed something: {:?}", second.applied));
    }
    failures
}

/// A text without one of its tags, and with one of its elements cut short, once for each.
fn damaged(text: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for (start, _) in text.match_indices('<') {
        let Some(end) = text[start..].find('>').map(|end| start + end) else { continue };
        texts.push(format!("{}{}", &text[..start], &text[end + 1..]));
        texts.push(format!("{}/{}", &text[..end], &text[end..]));
    }
    texts
}

/// Where a client's adapter cannot say what a change would do to a damaged file, it refuses the change; a result that is put back
/// would be called a bug of ours.
#[test]
fn nothing_is_written_into_damaged_xml_that_must_be_put_back() {
    let examples = RULES.iter().flat_map(|rule| examples(rule.page));
    let inputs = examples.flat_map(|example| example.inputs().into_iter().map(move |input| (input, example.options())));
    let mut failures = Vec::new();
    for (input, options) in inputs.filter(|(input, _)| input.client.info().id == "autoconfig") {
        for text in damaged(&String::from_utf8_lossy(input.sources[0].bytes())) {
            let damaged = Input { sources: vec![Source::new("config-v1.1.xml", text.as_bytes())], ..input.clone() };
            let documents = [read(&damaged)];
            let fixed = fix::fix(&Run::new(&documents), 0, damaged.client, Applicability::Unsafe, &options);
            failures.extend(fixed.reverted.map(|reason| format!("{reason}:\n{text}")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

//! `mailcfg explain`: a rule's page.

use std::process::ExitCode;

use anyhow::bail;
use clap::Args as ClapArgs;
use mailcfg::finding::Message;
use mailcfg::message;
use mailcfg::rules::{RULES, Rule, find};

use super::terminal::{print, told};

/// Arguments of `explain`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// The rule's name, as in brackets behind a finding
    #[arg(value_name = "RULE")]
    rule: String,
}

/// Runs `explain`.
pub(crate) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let Some(rule) = find(&args.rule) else {
        bail!(unknown(&args.rule));
    };
    print(page(rule))?;
    Ok(ExitCode::SUCCESS)
}

fn unknown(name: &str) -> Message {
    match nearest(name) {
        Some(nearest) => message!(
            "there is no rule \"{name}\"; did you mean {nearest}? `mailcfg list rules` names them all",
            name = name,
            nearest = nearest
        ),
        None => message!("there is no rule \"{name}\"; `mailcfg list rules` names them all", name = name),
    }
}

/// The page with the rule's particulars under its title.
fn page(rule: &Rule) -> String {
    let (title, rest) = rule.page.split_once('\n').unwrap_or((rule.page, ""));
    let summary = told(&message!("{summary}.", summary = Message::new(rule.summary)));
    let particulars = told(&message!(
        "Group: {group}. Severity: up to {severity}. Mended: {fixes}.",
        group = rule.group.name(),
        severity = rule.severity.words(),
        fixes = rule.fixes.words()
    ));
    format!("{title}\n\n{summary}\n\n{particulars}\n{}\n", rest.trim_end())
}

fn nearest(name: &str) -> Option<&'static str> {
    let distance = |rule: &&Rule| strsim::damerau_levenshtein(rule.name, name);
    let nearest = RULES.iter().copied().min_by_key(distance)?;
    (distance(&nearest) <= 4).then_some(nearest.name)
}

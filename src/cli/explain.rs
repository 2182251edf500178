//! `mailcfg explain`: a rule's page.

use std::process::ExitCode;

use anyhow::bail;
use clap::Args as ClapArgs;
use mailcfg::rules::{RULES, Rule, find};

use super::terminal::print;

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
        let nearest = nearest(&args.rule).map_or_else(|| ";".to_owned(), |name| format!("; did you mean {name}?"));
        bail!("there is no rule {:?}{nearest} `mailcfg list rules` names them all", args.rule);
    };
    print(page(rule))?;
    Ok(ExitCode::SUCCESS)
}

/// The page with the rule's particulars under its title.
fn page(rule: &Rule) -> String {
    let (title, rest) = rule.page.split_once('\n').unwrap_or((rule.page, ""));
    let particulars = format!(
        "{}.\n\nGroup: {}. Severity: up to {}. Mended: {}.",
        rule.summary,
        rule.group.name(),
        rule.severity.name(),
        rule.fixes.name()
    );
    format!("{title}\n\n{particulars}\n{}\n", rest.trim_end())
}

fn nearest(name: &str) -> Option<&'static str> {
    let distance = |rule: &&Rule| strsim::damerau_levenshtein(rule.name, name);
    let nearest = RULES.iter().copied().min_by_key(distance)?;
    (distance(&nearest) <= 4).then_some(nearest.name)
}

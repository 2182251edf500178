//! `mailcfg list`: rules, providers, clients.

use std::process::ExitCode;

use clap::{Args as ClapArgs, ValueEnum};
use mailcfg::clients::CLIENTS;
use mailcfg::date::Date;
use mailcfg::provider::{Access, Provider, Providers};
use mailcfg::rules::RULES;

use super::own::OwnProviders;
use super::terminal::{print, style};
use super::{Color, exit_code};

/// Arguments of `list`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// What to list
    #[arg(value_enum)]
    what: What,

    #[command(flatten)]
    own: OwnProviders,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// Every check, its severity, and whether it mends
    Rules,
    /// Every mail service whose official settings are known
    Providers,
    /// Every mail program and file format that is read
    Clients,
}

/// Runs `list`.
pub(crate) fn run(args: &Args, color: Color, today: Date) -> anyhow::Result<ExitCode> {
    let loaded = args.own.load(today, &style(color, false, &[]))?;
    let rows = match args.what {
        What::Rules => rules(),
        What::Providers => providers(&loaded.providers),
        What::Clients => clients(),
    };
    print(table(&rows))?;
    Ok(exit_code(loaded.is_incomplete, false))
}

fn rules() -> Vec<Vec<String>> {
    let row = |rule: &&mailcfg::rules::Rule| {
        [rule.name, rule.group.name(), rule.severity.name(), rule.fixes.name(), rule.summary]
            .map(str::to_owned)
            .to_vec()
    };
    let head = ["RULE", "GROUP", "SEVERITY", "MENDS", "FINDS"].map(str::to_owned).to_vec();
    std::iter::once(head).chain(RULES.iter().map(row)).collect()
}

fn providers(providers: &Providers) -> Vec<Vec<String>> {
    let head = ["PROVIDER", "NAME", "CHECKED", "DOMAINS"].map(str::to_owned).to_vec();
    let row = |provider: &Provider| {
        vec![provider.id.to_string(), provider.name.to_string(), provider.checked.to_string(), domains(provider)]
    };
    std::iter::once(head).chain(providers.iter().map(row)).collect()
}

/// A few domains; a service that takes people's own is said to.
fn domains(provider: &Provider) -> String {
    const SHOWN: usize = 4;
    let mut parts: Vec<String> = provider.domains.iter().take(SHOWN).map(ToString::to_string).collect();
    if provider.domains.len() > SHOWN {
        parts.push(format!("and {} more", provider.domains.len() - SHOWN));
    }
    if provider.custom_domains {
        parts.push("own domains".to_owned());
    }
    match provider.access {
        Access::None => parts.push("(no mail programs)".to_owned()),
        Access::Unknown => parts.push("(servers not known)".to_owned()),
        Access::Servers | Access::Bridge => {}
    }
    parts.join(", ")
}

fn clients() -> Vec<Vec<String>> {
    let head = ["CLIENT", "NAME", "FILES"].map(str::to_owned).to_vec();
    let row = |client: &&dyn mailcfg::clients::Client| {
        let info = client.info();
        [info.id, info.title, info.files].map(str::to_owned).to_vec()
    };
    std::iter::once(head).chain(CLIENTS.iter().map(row)).collect()
}

/// Columns two spaces apart; the last one is not padded.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or_default()).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(index, (cell, width))| {
            if index + 1 == row.len() { cell.clone() } else { format!("{cell:<width$}  ") }
        });
        cells.collect::<String>().trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

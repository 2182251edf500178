//! `mailcfg list`: rules, providers, clients.

use std::process::ExitCode;

use clap::{Args as ClapArgs, ValueEnum};
use mailcfg::clients::CLIENTS;
use mailcfg::date::Date;
use mailcfg::finding::Message;
use mailcfg::message;
use mailcfg::provider::{Access, Provider, Providers};
use mailcfg::rules::RULES;
use unicode_width::UnicodeWidthStr;

use super::own::OwnProviders;
use super::terminal::{print, style, told};
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
        let (severity, fixes) = (told(&rule.severity.words()), told(&rule.fixes.words()));
        let summary = told(&Message::new(rule.summary));
        vec![rule.name.to_owned(), rule.group.name().to_owned(), severity, fixes, summary]
    };
    let head = [message!("RULE"), message!("GROUP"), message!("SEVERITY"), message!("MENDS"), message!("FINDS")];
    let head = head.iter().map(told).collect();
    std::iter::once(head).chain(RULES.iter().map(row)).collect()
}

fn providers(providers: &Providers) -> Vec<Vec<String>> {
    let head = [message!("PROVIDER"), message!("NAME"), message!("CHECKED"), message!("DOMAINS")];
    let head = head.iter().map(told).collect();
    let row = |provider: &Provider| {
        vec![provider.id.to_string(), told(&provider.title()), provider.checked.to_string(), domains(provider)]
    };
    std::iter::once(head).chain(providers.iter().map(row)).collect()
}

/// A few domains; a service that takes people's own is said to.
fn domains(provider: &Provider) -> String {
    const SHOWN: usize = 4;
    let mut parts: Vec<String> = provider.domains.iter().take(SHOWN).map(ToString::to_string).collect();
    if provider.domains.len() > SHOWN {
        parts.push(told(&message!("and {n} more", n = provider.domains.len() - SHOWN)));
    }
    if provider.custom_domains {
        parts.push(told(&message!("own domains")));
    }
    match provider.access {
        Access::None => parts.push(told(&message!("(no mail programs)"))),
        Access::Unknown => parts.push(told(&message!("(servers not known)"))),
        Access::Servers | Access::Bridge => {}
    }
    parts.join(&told(&message!(", ")))
}

fn clients() -> Vec<Vec<String>> {
    let head = [message!("CLIENT"), message!("NAME"), message!("FILES")];
    let head = head.iter().map(told).collect();
    let row = |client: &&dyn mailcfg::clients::Client| {
        let info = client.info();
        vec![info.id.to_owned(), told(&Message::new(info.title)), told(&Message::new(info.files))]
    };
    std::iter::once(head).chain(CLIENTS.iter().map(row)).collect()
}

/// Columns two spaces apart; the last one is not padded.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or_default()).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(index, (cell, width))| {
            if index + 1 == row.len() { cell.clone() } else { format!("{cell}{}  ", " ".repeat(width - cell.width())) }
        });
        cells.collect::<String>().trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

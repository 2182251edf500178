//! `mailcfg list`: rules, providers, clients.

mod json;

use std::process::ExitCode;

use anyhow::bail;
use clap::{Args as ClapArgs, ValueEnum};
use mailcfg::clients::CLIENTS;
use mailcfg::date::Date;
use mailcfg::explain::Sheet;
use mailcfg::finding::Message;
use mailcfg::message;
use mailcfg::provider::{Access, Provider, Providers};
use mailcfg::report::{Style, table};
use mailcfg::rules::{Group, RULES};

use super::own::OwnProviders;
use super::terminal::{print, style, told};
use super::{Color, exit_code};

/// Arguments of `list`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// What to list
    #[arg(value_enum)]
    what: What,

    /// Of rules, only those of this group; may be repeated
    #[arg(long = "group", value_name = "GROUP", value_parser = known_group)]
    groups: Vec<Group>,

    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Output::Text, value_name = "FORMAT")]
    format: Output,

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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    /// A table for people
    Text,
    /// For programs
    Json,
}

fn known_group(text: &str) -> Result<Group, String> {
    let names: Vec<&str> = Group::ALL.iter().map(|group| group.name()).collect();
    Group::named(text).ok_or_else(|| told(&message!("the groups are {groups}", groups = names)))
}

/// Runs `list`.
pub(crate) fn run(args: &Args, color: Color, today: Date) -> anyhow::Result<ExitCode> {
    let style = style(color, false, &[]);
    if !args.groups.is_empty() && args.what != What::Rules {
        bail!(message!("only rules have groups: use --group with `mailcfg list rules`"));
    }
    let loaded = args.own.load(today, &style)?;
    let rules = || sheets(&args.groups);
    print(match (args.what, args.format) {
        (What::Rules, Output::Text) => lines(&rule_rows(&rules()?, &style)),
        (What::Rules, Output::Json) => json::rules(&rules()?, &style),
        (What::Providers, Output::Text) => lines(&provider_rows(&loaded.providers, &style)),
        (What::Providers, Output::Json) => json::providers(&loaded.providers),
        (What::Clients, Output::Text) => lines(&client_rows(&style)),
        (What::Clients, Output::Json) => json::clients(),
    })?;
    Ok(exit_code(loaded.is_incomplete, false))
}

/// The rules of these groups; without any, all.
fn sheets(groups: &[Group]) -> anyhow::Result<Vec<Sheet>> {
    let rules = RULES.iter().copied().filter(|rule| groups.is_empty() || groups.contains(&rule.group));
    Ok(rules.map(Sheet::of).collect::<Result<_, _>>()?)
}

/// Not wrapped, so that `grep` finds whole rows.
fn lines(rows: &[Vec<String>]) -> String {
    table(rows, None).join("\n") + "\n"
}

fn head<const N: usize>(words: [Message; N], style: &Style) -> Vec<String> {
    words.map(|word| style.tell(&word)).to_vec()
}

fn rule_rows(sheets: &[Sheet], style: &Style) -> Vec<Vec<String>> {
    let row = |sheet: &Sheet| {
        let rule = sheet.rule;
        let words = [rule.severity.words(), rule.fixes.words(), Message::new(rule.summary)];
        let [severity, mends, finds] = words.map(|words| style.tell(&words));
        vec![rule.name.to_owned(), rule.group.name().to_owned(), severity, mends, finds]
    };
    let head =
        head([message!("RULE"), message!("GROUP"), message!("SEVERITY"), message!("MENDS"), message!("FINDS")], style);
    std::iter::once(head).chain(sheets.iter().map(row)).collect()
}

fn provider_rows(providers: &Providers, style: &Style) -> Vec<Vec<String>> {
    let row = |provider: &Provider| {
        vec![provider.id.to_string(), provider.name.to_string(), provider.checked.to_string(), domains(provider, style)]
    };
    let head = head([message!("PROVIDER"), message!("NAME"), message!("CHECKED"), message!("DOMAINS")], style);
    std::iter::once(head).chain(providers.iter().map(row)).collect()
}

/// A few domains; a service that takes people's own is said to.
fn domains(provider: &Provider, style: &Style) -> String {
    const SHOWN: usize = 4;
    let mut parts: Vec<String> = provider.domains.iter().take(SHOWN).map(ToString::to_string).collect();
    if provider.domains.len() > SHOWN {
        parts.push(style.tell(&message!("and {n} more", n = provider.domains.len() - SHOWN)));
    }
    if provider.custom_domains {
        parts.push(style.tell(&message!("own domains")));
    }
    match provider.access {
        Access::None => parts.push(style.tell(&message!("(no mail programs)"))),
        Access::Unknown => parts.push(style.tell(&message!("(servers not known)"))),
        Access::Servers | Access::Bridge => {}
    }
    parts.join(&style.tell(&message!(", ")))
}

fn client_rows(style: &Style) -> Vec<Vec<String>> {
    let row = |client: &&dyn mailcfg::clients::Client| {
        let info = client.info();
        vec![info.id.to_owned(), style.tell(&Message::new(info.title)), style.tell(&Message::new(info.files))]
    };
    std::iter::once(head([message!("CLIENT"), message!("NAME"), message!("FILES")], style))
        .chain(CLIENTS.iter().map(row))
        .collect()
}

//! The lists for programs: schema 1. Keys are only ever added.

use mailcfg::clients::CLIENTS;
use mailcfg::explain::{Particulars, Sheet};
use mailcfg::provider::{Access, Grade, Provider, Providers};
use mailcfg::report::{Style, pretty_json};
use serde::Serialize;

/// The version of the form.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    #[serde(flatten)]
    list: List<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum List<'a> {
    Rules(Vec<Particulars>),
    Providers(Vec<Service<'a>>),
    Clients(Vec<Program>),
}

#[derive(Serialize)]
struct Service<'a> {
    id: &'a str,
    name: &'a str,
    name_ja: Option<&'a str>,
    checked: String,
    confidence: Grade,
    domains: &'a [std::borrow::Cow<'static, str>],
    /// Whether addresses under people's own domains live here too.
    custom_domains: bool,
    access: Access,
    source: Option<&'a str>,
}

#[derive(Serialize)]
struct Program {
    id: &'static str,
    name: &'static str,
    files: &'static str,
}

pub(super) fn rules(sheets: &[Sheet], style: &Style) -> String {
    printed(List::Rules(sheets.iter().map(|sheet| Particulars::of(sheet, style)).collect()))
}

pub(super) fn providers(providers: &Providers) -> String {
    printed(List::Providers(providers.iter().map(service).collect()))
}

pub(super) fn clients() -> String {
    let infos = CLIENTS.iter().map(|client| client.info());
    printed(List::Clients(infos.map(|info| Program { id: info.id, name: info.title, files: info.files }).collect()))
}

fn service(provider: &Provider) -> Service<'_> {
    Service {
        id: &provider.id,
        name: &provider.name,
        name_ja: provider.name_ja.as_deref(),
        checked: provider.checked.to_string(),
        confidence: provider.confidence,
        domains: &provider.domains,
        custom_domains: provider.custom_domains,
        access: provider.access,
        source: provider.source(),
    }
}

/// A provider file of a company's own may hold anything; nothing of it may act on a terminal.
fn printed(list: List<'_>) -> String {
    pretty_json(&Document { schema: SCHEMA, list })
}

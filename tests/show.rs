//! `mailcfg show` as people and programs see it: whole answers in both languages, kept under `tests/show/`.
//!
//! `TRYCMD=overwrite cargo test --test show` writes them anew; read them before you keep them.

use mailcfg::clients;
use mailcfg::date::Date;
use mailcfg::finding::Severity;
use mailcfg::lint::{Input, Options, lint};
use mailcfg::provider::Providers;
use mailcfg::show::{autoconfig, resolve};
use mailcfg::source::Source;

#[test]
fn autoconfig_that_is_written_is_right_when_it_is_read() {
    let providers = Providers::embedded();
    let client = clients::find("autoconfig").expect("the client that reads it");
    let domains = providers.iter().flat_map(|provider| provider.domains.first());
    let answers = domains.filter_map(|domain| resolve(domain, &[], &providers).ok());
    let files = answers.filter_map(|answer| Some((&answer.provider.id, autoconfig(&answer).ok()?)));
    let inputs: Vec<Input> = files
        .map(|(id, xml)| Source::new(format!("{id}.xml"), xml.into_bytes()))
        .map(|source| Input { client, sources: vec![source], named: true, observed: Vec::new() })
        .collect();
    assert!(inputs.len() > 150, "only {} files", inputs.len());
    let report = lint(&inputs, &Options::new(Providers::embedded(), Date::new(2026, 11, 24)));
    let loud = report.findings.iter().filter(|finding| finding.severity > Severity::Info);
    let loud: Vec<String> = loud
        .map(|finding| format!("{}: {}", inputs[finding.document].sources[0].path().display(), finding.message))
        .collect();
    assert!(loud.is_empty(), "{}", loud.join("\n"));
}

#[test]
fn answers_are_as_kept() {
    trycmd::TestCases::new().env("COLUMNS", "80").env("LC_ALL", "C").env("NO_COLOR", "1").case("tests/show/*.trycmd");
}

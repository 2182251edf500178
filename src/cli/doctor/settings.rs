//! What the settings on this computer say about the address: faults that look like a refused password, and the provider of a
//! domain that is somebody's own.

use std::path::PathBuf;

use mailcfg::date::Date;
use mailcfg::discover;
use mailcfg::doctor::{Client, Fault, Question, structural_rules};
use mailcfg::finding::{AccountSummary, CheckedFile, FileStatus, Finding, Report, Severity};
use mailcfg::lint::{Options, lint};
use mailcfg::message;
use mailcfg::provider::Providers;

use super::super::terminal::complain;

/// Which program's files belong to which program.
const FILES_OF: &[(Client, &str)] = &[(Client::Thunderbird, "thunderbird"), (Client::AppleMail, "apple-mail")];

/// Looks at the settings of the address, and writes what is wrong with them into the question.
pub(super) fn look<'a>(paths: &[PathBuf], providers: &'a Providers, today: Date, question: &mut Question<'a>) {
    let Some(address) = question.address.clone() else { return };
    let found = if paths.is_empty() {
        discover::on_this_computer(&discover::environment(), None)
    } else {
        discover::in_paths(paths, None)
    };
    for file in &found.others {
        if let FileStatus::Unreadable(why) = &file.status {
            complain(&message!("{file}: {why}", file = file.sources[0].path().display(), why = why));
        }
    }
    let report = lint(&found.inputs, &Options::new(providers.clone(), today));
    let files: Vec<&CheckedFile> = report
        .files
        .iter()
        .filter(|file| counts(file, question.client) && accounts(file, &address).next().is_some())
        .collect();
    if files.is_empty() {
        return;
    }
    if question.provider.is_none() {
        let mut ids =
            files.iter().flat_map(|file| accounts(file, &address)).filter_map(|account| account.provider.clone());
        question.provider = ids.next().and_then(|id| providers.get(&id));
    }
    if question.client.is_none() {
        question.client = program(&files);
    }
    question.faults = Some(files.iter().flat_map(|file| faults(&report, file, &address)).collect());
}

/// The program whose files they are, if it is one.
fn program(files: &[&CheckedFile]) -> Option<Client> {
    let of = |file: &&CheckedFile| FILES_OF.iter().find(|(_, id)| file.client == Some(*id)).map(|(client, _)| *client);
    let mut programs = files.iter().map(of);
    let first = programs.next()??;
    programs.all(|other| other == Some(first)).then_some(first)
}

/// Whether the file is of the program in question, or that is not known.
fn counts(file: &CheckedFile, client: Option<Client>) -> bool {
    let Some(client) = client.filter(|client| *client != Client::Other) else { return true };
    FILES_OF.iter().any(|(of, id)| *of == client && file.client == Some(*id))
}

fn accounts<'f>(file: &'f CheckedFile, address: &'f str) -> impl Iterator<Item = &'f AccountSummary> {
    let is_it = move |account: &&AccountSummary| {
        account.address.as_ref().is_some_and(|known| known.trim().eq_ignore_ascii_case(address))
    };
    file.accounts.iter().filter(is_it)
}

/// The errors on the address's accounts that can look like a refused password.
fn faults(report: &Report, file: &CheckedFile, address: &str) -> Vec<Fault> {
    let is_of_account = |finding: &&Finding| {
        Some(finding.document) == file.document
            && accounts(file, address).any(|account| finding.account.as_ref() == Some(&account.id))
    };
    let counts =
        |finding: &&Finding| finding.severity == Severity::Error && structural_rules().any(|rule| rule == finding.rule);
    let fault = |finding: &Finding| Fault {
        rule: finding.rule,
        message: finding.message.clone(),
        help: finding.help.clone(),
        path: file.sources[finding.location.source].path().display().to_string(),
    };
    report.findings.iter().filter(is_of_account).filter(counts).map(fault).collect()
}

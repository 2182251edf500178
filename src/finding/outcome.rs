//! What a run comes to: its files, what became of each, and the counts.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Applicability, Finding, Message, Severity};
use crate::source::{Source, Span, path_text};

/// What a run found, ready to be printed in any format.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Every file that was looked at.
    pub files: Vec<CheckedFile>,
    /// Sorted by file, place and rule.
    pub findings: Vec<Finding>,
    /// How many more there are that somebody decided to ignore.
    pub suppressed: usize,
    /// Findings that the choice of rules hides: `--select`, `--ignore`, `--min-confidence` and their like in `mailcfg.toml`.
    pub deselected: usize,
}

/// What our own files (`mailcfg.toml`, a baseline) are called in the place of a client.
pub const OWN_FILE: &str = "mailcfg";

/// One file of a run.
#[derive(Clone, Debug)]
pub struct CheckedFile {
    /// The files that were read as one document, the main one first.
    pub sources: Vec<Source>,
    /// Where secrets stand in each source.
    pub secrets: Vec<Vec<Span>>,
    /// The client it belongs to, if it is a mail configuration.
    pub client: Option<&'static str>,
    /// What became of it.
    pub status: FileStatus,
    /// The mailboxes in it.
    pub accounts: Vec<AccountSummary>,
    /// Which document findings call it; `None` if it was not read.
    pub document: Option<usize>,
}

impl CheckedFile {
    /// How people tell it from others: its path, and which configuration of several in the file it is.
    pub fn label(&self) -> String {
        let Some(main) = self.sources.first() else { return String::new() };
        let path = path_text(main.path());
        main.part().map_or_else(|| path.to_string(), |part| format!("{path} ({})", part.key))
    }

    /// Whether it is a mail configuration that was read and judged.
    pub fn is_judged(&self) -> bool {
        self.status == FileStatus::Checked && self.client != Some(OWN_FILE)
    }
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileStatus {
    /// Read and judged.
    Checked,
    /// Not judged, and why.
    Skipped(Message),
    /// Could not be read, and why.
    Unreadable(Message),
}

/// One mailbox of a file, as the report names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountSummary {
    /// The client's own name for it.
    pub id: String,
    /// Its main address.
    pub address: Option<String>,
    /// The provider it was compared with.
    pub provider: Option<String>,
    /// How surely it belongs to that provider: `certain`, `host`, `address`, `policy`, `unknown`.
    pub matched: &'static str,
    /// How many settings were looked at.
    pub settings: usize,
}

/// Counts for the summary line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Files that were read.
    pub files: usize,
    /// Mailboxes in them.
    pub accounts: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity info.
    pub infos: usize,
    /// Findings of severity hint.
    pub hints: usize,
    /// Findings that `fix --apply` would mend.
    pub fixable: usize,
    /// Findings that are ignored: by a comment, an entry of `mailcfg.toml` or a baseline.
    pub suppressed: usize,
    /// Findings that the choice of rules hides: `--select`, `--ignore`, `--min-confidence` and their like in `mailcfg.toml`.
    pub deselected: usize,
}

impl Counts {
    /// Counts a report.
    pub fn of(report: &Report) -> Self {
        // A file may hold several configurations.
        let judged = report.files.iter().filter(|file| file.is_judged());
        let judged = judged.map(|file| file.sources.first().map(Source::path));
        let severity = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
        Self {
            files: judged.collect::<BTreeSet<_>>().len(),
            accounts: report.files.iter().map(|file| file.accounts.len()).sum(),
            errors: severity(Severity::Error),
            warnings: severity(Severity::Warning),
            infos: severity(Severity::Info),
            hints: severity(Severity::Hint),
            fixable: report.findings.iter().filter(|finding| finding.is_fixable(Applicability::Safe)).count(),
            suppressed: report.suppressed,
            deselected: report.deselected,
        }
    }
}

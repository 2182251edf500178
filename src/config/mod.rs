//! What holds for the files of a run: the `mailcfg.toml` of each, the command line over it, a baseline over all.
//!
//! Every file is under one [`Policy`], that of the `mailcfg.toml` nearest above it, so that two projects in one run each keep
//! their own. Pure: who finds and reads the files is the command line.

mod file;
#[cfg(test)]
mod json_schema;
mod reading;

pub use file::FailOn;
pub use reading::{Config, read, unknown_name, unknown_product, unread_providers};

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::date::Date;
use crate::document::Document;
use crate::finding::{Finding, Severity};
use crate::provider::Providers;
use crate::rules::Demands;
use crate::selection::Selection;
use crate::source::Source;
use crate::suppression::{Baseline, Entry, Ignoring, absolute, relative};

/// How the file is called.
pub const FILE_NAME: &str = "mailcfg.toml";

/// What holds for some files.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// What somebody wants to see.
    pub selection: Selection,
    /// What the company asks for.
    pub demands: Demands,
    /// Single findings that are right as they are.
    pub entries: Vec<Entry>,
    /// From which severity on the run fails.
    pub fail_on: Option<FailOn>,
    /// What providers offer, where that differs from the rest of the run.
    pub providers: Option<Providers>,
    /// The `mailcfg.toml`, if there is one.
    pub file: Option<Source>,
    /// Whether the run looks at all files under it, so that what fits none of them fits nothing.
    pub is_covered: bool,
}

/// What holds for the files of a run.
#[derive(Clone, Debug, Default)]
pub struct Controls {
    /// The first one is for files without a `mailcfg.toml`.
    policies: Vec<Policy>,
    /// By the folder of a file, as its path names it.
    folders: HashMap<PathBuf, usize>,
    /// The folder that relative paths begin at.
    here: PathBuf,
    /// What was known before.
    baseline: Option<Baseline>,
    /// The main files that are reported on, if not all.
    chosen: Option<HashSet<PathBuf>>,
}

static NOTHING_SAID: Policy = Policy {
    selection: Selection { select: Vec::new(), ignore: Vec::new(), severity: Vec::new(), min_confidence: None },
    demands: Demands::NONE,
    entries: Vec::new(),
    fail_on: None,
    providers: None,
    file: None,
    is_covered: false,
};

impl Controls {
    /// `policies`, of which the first is for all files that lie in none of `folders`; relative paths begin at `here`.
    pub const fn new(policies: Vec<Policy>, folders: HashMap<PathBuf, usize>, here: PathBuf) -> Self {
        Self { policies, folders, here, baseline: None, chosen: None }
    }

    /// One policy for all files.
    pub fn one(policy: Policy) -> Self {
        Self { policies: vec![policy], ..Self::default() }
    }

    /// With what was known before.
    #[must_use]
    pub fn with_baseline(self, baseline: Option<Baseline>) -> Self {
        Self { baseline, ..self }
    }

    /// Only what is found in `files` is of interest, each named as the run names it. The others are read all the same, since a
    /// fault may lie between two files.
    #[must_use]
    pub fn only(self, files: HashSet<PathBuf>) -> Self {
        Self { chosen: Some(files), ..self }
    }

    /// Whether a file is reported on.
    pub fn is_chosen(&self, file: &Path) -> bool {
        self.chosen.as_ref().is_none_or(|chosen| chosen.contains(file))
    }

    /// Every policy, by its number.
    pub fn policies(&self) -> &[Policy] {
        &self.policies
    }

    /// What was known before.
    pub const fn baseline(&self) -> Option<&Baseline> {
        self.baseline.as_ref()
    }

    /// The number of the policy that holds for a file.
    pub fn index_of(&self, file: &Path) -> usize {
        file.parent().and_then(|folder| self.folders.get(folder)).copied().unwrap_or_default()
    }

    /// What holds for a file.
    pub fn of(&self, file: &Path) -> &Policy {
        self.policies.get(self.index_of(file)).unwrap_or(&NOTHING_SAID)
    }

    /// What is ignored in `document`; `path` is that of [`Self::told_from_policy`].
    pub fn ignoring<'a>(&'a self, document: &Document, path: &'a str, today: Date) -> Ignoring<'a> {
        let policy = self.of(document.main().path());
        let no_secrets = policy.demands.no_secrets;
        Ignoring { entries: &policy.entries, path, baseline: self.baseline(), no_secrets, today }
    }

    /// The path of a file as told from the folder of its `mailcfg.toml`.
    pub fn told_from_policy(&self, file: &Path) -> String {
        let Some(own) = &self.of(file).file else { return String::new() };
        let mut folder = absolute(own.path(), &self.here);
        folder.pop();
        relative(&absolute(file, &self.here), &folder)
    }

    /// Whether a finding in `file` makes the run fail.
    pub fn fails(&self, file: &Path, severity: Severity) -> bool {
        self.of(file).fail_on.unwrap_or(FailOn::Error).includes(severity)
    }
}

impl Policy {
    /// What is to be said of its entries; `is_used` says which fitted a finding.
    pub fn complaints(&self, is_used: impl Fn(usize) -> bool, today: Date) -> Vec<Finding> {
        let entries = self.entries.iter().enumerate();
        let idle = entries.filter(|(index, entry)| entry.has_ended(today) || (self.is_covered && !is_used(*index)));
        idle.filter_map(|(_, entry)| self.selection.seen(entry.complaint(today))).collect()
    }
}

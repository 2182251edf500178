//! A baseline: what was found on the day somebody began, so that only what is new is reported.
//!
//! A finding is known again by file, client, account, setting and rule, never by its line or its words: lines move, sentences are
//! put better. Nothing in it is a value of a file. It is sorted and has one finding on a line, so that `git` can merge it.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::pattern::{absolute, relative};
use crate::finding::{Finding, Report};
use crate::source::Source;

/// The form of the file.
const VERSION: u32 = 1;

/// By what a finding is known again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
struct Known {
    /// The file, as told from the folder of the baseline.
    path: String,
    client: String,
    account: Option<String>,
    key: String,
    rule: String,
}

#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    known: Known,
    count: usize,
}

#[derive(Deserialize)]
struct File {
    version: u32,
    findings: Vec<Line>,
}

/// What is known already.
#[derive(Clone, Debug)]
pub struct Baseline {
    file: PathBuf,
    here: PathBuf,
    known: HashMap<String, BTreeMap<Known, usize>>,
}

/// Why a file is no baseline.
#[derive(Debug, thiserror::Error)]
pub enum NoBaseline {
    /// It is not what `--write-baseline` writes.
    #[error("it is no baseline: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// It was written by a newer mailcfg.
    #[error("it is a baseline of version {0}, and this mailcfg reads version {VERSION}")]
    Version(u32),
}

impl Baseline {
    /// Reads `bytes` of `file`; `here` is the folder that all paths of the run are relative to.
    ///
    /// # Errors
    /// [`NoBaseline`] where it is none, or one of another version.
    pub fn read(file: &Path, here: &Path, bytes: &[u8]) -> Result<Self, NoBaseline> {
        let File { version, findings } = serde_json::from_slice(bytes)?;
        if version != VERSION {
            return Err(NoBaseline::Version(version));
        }
        let mut known: HashMap<String, BTreeMap<Known, usize>> = HashMap::new();
        for line in findings {
            let file = known.entry(line.known.path.clone()).or_default();
            *file.entry(line.known).or_default() += line.count;
        }
        Ok(Self { file: file.to_owned(), here: here.to_owned(), known })
    }

    /// The text of a baseline in `file` that knows all that `report` says.
    pub fn write(report: &Report, file: &Path, here: &Path) -> String {
        let folder = folder(file, here);
        let mut known: BTreeMap<Known, usize> = BTreeMap::new();
        for finding in &report.findings {
            let of_document = report.files.iter().find(|file| file.document == Some(finding.document));
            if let Some(source) = of_document.and_then(|file| file.sources.get(finding.location.source)) {
                let client = of_document.and_then(|file| file.client).unwrap_or_default();
                let path = relative(&absolute(source.path(), here), &folder);
                *known.entry(Known::of(finding, client, path)).or_default() += 1;
            }
        }
        let lines = known.into_iter().filter_map(|(known, count)| serde_json::to_string(&Line { known, count }).ok());
        let lines = lines.map(|line| format!("    {line}")).collect::<Vec<_>>().join(",\n");
        format!("{{\n  \"version\": {VERSION},\n  \"findings\": [\n{lines}\n  ]\n}}\n")
    }

    /// The file it was read from.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Whether each finding on these sources is known, and how many known ones are gone.
    pub(super) fn knows(&self, findings: &[Finding], client: &str, sources: &[Source]) -> (Vec<bool>, usize) {
        let folder = folder(&self.file, &self.here);
        let path = |source: &Source| relative(&absolute(source.path(), &self.here), &folder);
        let paths: Vec<String> = sources.iter().map(path).collect();
        let mut left: HashMap<&str, BTreeMap<Known, usize>> = HashMap::new();
        for path in &paths {
            left.insert(path, self.known.get(path).cloned().unwrap_or_default());
        }
        let is_known = findings.iter().map(|finding| {
            let Some(path) = paths.get(finding.location.source) else { return false };
            let known = Known::of(finding, client, path.clone());
            let count = left.get_mut(path.as_str()).and_then(|known_there| known_there.get_mut(&known));
            count.is_some_and(|count| std::mem::replace(count, count.saturating_sub(1)) > 0)
        });
        let is_known = is_known.collect();
        (is_known, left.values().flat_map(BTreeMap::values).sum())
    }
}

impl Known {
    fn of(finding: &Finding, client: &str, path: String) -> Self {
        Self {
            path,
            client: client.to_owned(),
            account: finding.account.clone(),
            key: finding.location.key.clone(),
            rule: finding.rule.to_owned(),
        }
    }
}

fn folder(file: &Path, here: &Path) -> PathBuf {
    let mut folder = absolute(file, here);
    folder.pop();
    folder
}

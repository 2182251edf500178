//! A baseline: what was found on the day somebody began, so that only what is new is reported.
//!
//! A finding is known again by file, client, account, setting and rule, never by its line or its words: lines move, sentences are
//! put better. Nothing in it is a value of a file. It is sorted and has one finding on a line, so that `git` can merge it.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::pattern::{absolute, relative};
use crate::finding::{CheckedFile, Finding, Message, Report};
use crate::message;
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

/// Another key would be the sign of another program's file, which is not to be replaced.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoBaseline {
    /// It is not what `--write-baseline` writes, from this place on. What stands there is not told: it may be any file.
    Unreadable {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// It was written by a newer mailcfg.
    Version(u32),
}

impl NoBaseline {
    /// The reason as a sentence.
    pub fn message(&self) -> Message {
        match self {
            Self::Unreadable { line, column } => {
                message!("it is no baseline: see line {line}, column {column}", line = line, column = column)
            }
            Self::Version(version) => message!(
                "it is a baseline of version {version}, and this mailcfg reads version {known}",
                version = version,
                known = VERSION
            ),
        }
    }
}

impl From<serde_json::Error> for NoBaseline {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable { line: error.line(), column: error.column() }
    }
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

    /// The text of a baseline in `file` that knows all that `report` says of mail configurations, and how much that is.
    pub fn write(report: &Report, file: &Path, here: &Path) -> (String, usize) {
        let folder = folder(file, here);
        let judged = report.files.iter().filter(|file| file.is_judged());
        let judged: HashMap<Option<usize>, &CheckedFile> = judged.map(|file| (file.document, file)).collect();
        let mut known: BTreeMap<Known, usize> = BTreeMap::new();
        for finding in &report.findings {
            let Some(file) = judged.get(&Some(finding.document)) else { continue };
            let Some(source) = file.sources.get(finding.location.source) else { continue };
            let path = relative(&absolute(source.path(), here), &folder);
            *known.entry(Known::of(finding, file.client.unwrap_or_default(), path)).or_default() += 1;
        }
        let total = known.values().sum();
        let lines = known.into_iter().filter_map(|(known, count)| serde_json::to_string(&Line { known, count }).ok());
        let lines = lines.map(|line| format!("    {line}")).collect::<Vec<_>>().join(",\n");
        (format!("{{\n  \"version\": {VERSION},\n  \"findings\": [\n{lines}\n  ]\n}}\n"), total)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::FileStatus;

    fn finding(key: &str, rule: &'static str) -> Finding {
        Finding::new(rule, key, None, Message::new("a sentence that may change")).on("account1")
    }

    fn report(findings: Vec<Finding>) -> Report {
        let file = CheckedFile {
            sources: vec![Source::new("mail/b/prefs.js", *b"")],
            secrets: vec![Vec::new()],
            client: Some("thunderbird"),
            status: FileStatus::Checked,
            accounts: Vec::new(),
            document: Some(0),
        };
        Report { findings, files: vec![file], ..Report::default() }
    }

    #[cfg(unix)]
    #[test]
    fn a_finding_is_known_again_as_often_as_it_was_there() {
        let (file, here) = (Path::new("mail/known.json"), Path::new("/srv"));
        let twice = vec![finding("b", "r"), finding("a", "s"), finding("b", "r")];
        let (text, total) = Baseline::write(&report(twice), file, here);
        let line = |key: &str, rule: &str, count: usize| {
            format!(
                "    {{\"path\":\"b/prefs.js\",\"client\":\"thunderbird\",\"account\":\"account1\",\"key\":\"{key}\",\"rule\":\"{rule}\",\"count\":{count}}}"
            )
        };
        let lines = [line("a", "s", 1), line("b", "r", 2)].join(",\n");
        assert_eq!(text, format!("{{\n  \"version\": 1,\n  \"findings\": [\n{lines}\n  ]\n}}\n"));
        assert_eq!(total, 3);
        // Read from another folder, by other names of the same paths.
        let baseline = Baseline::read(Path::new("./known.json"), Path::new("/srv/mail"), text.as_bytes()).unwrap();
        let sources = [Source::new("../mail/b/prefs.js", *b"")];
        let again = [finding("b", "r"), finding("b", "r"), finding("b", "r"), finding("a", "r")];
        assert_eq!(baseline.knows(&again, "thunderbird", &sources), (vec![true, true, false, false], 1));
        assert_eq!(baseline.knows(&again, "autoconfig", &sources), (vec![false; 4], 3));
        assert_eq!(baseline.knows(&[], "thunderbird", &[Source::new("other/prefs.js", *b"")]), (vec![], 0));
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        let read = |text: &str| Baseline::read(Path::new("f"), Path::new(""), text.as_bytes()).map(|_| ());
        assert!(read("{\"version\":1,\"findings\":[]}").is_ok());
        assert!(matches!(read("user_pref(\"a\", 1);"), Err(NoBaseline::Unreadable { .. })));
        assert!(matches!(read("{\"version\":2,\"findings\":[]}"), Err(NoBaseline::Version(2))));
        assert!(matches!(read("{\"schema\":1,\"findings\":[]}"), Err(NoBaseline::Unreadable { .. })));
        let of_another_program = read("{\"version\":1,\"findings\":[],\"rules\":[]}");
        assert!(matches!(of_another_program, Err(NoBaseline::Unreadable { .. })));
    }
}

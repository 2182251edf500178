//! A company's own provider files: `--profiles DIR` for the other commands, and the reading for `profiles check`.
//!
//! A file with an error is left out and said to be so; the run goes on with the rest and exits 2, because what the company says
//! was not heard in full.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use mailcfg::date::Date;
use mailcfg::finding::{CheckedFile, FileStatus, Finding, Message, Report, Severity};
use mailcfg::message;
use mailcfg::provider::{Provider, ProviderFile, Providers, check, read};
use mailcfg::report::{self, Style};
use mailcfg::source::Source;
use mailcfg::strict_toml::{LARGEST_FILE, secrets};

use super::terminal::{complain, remark};

/// The argument that names the company's own providers.
#[derive(Debug, Args)]
pub(super) struct OwnProviders {
    /// A folder with the company's own provider files (*.toml), which outrank the built-in ones; files with errors are left out
    /// and make the exit status 2
    #[arg(long, value_name = "DIR")]
    profiles: Option<PathBuf>,
}

/// The providers of a run.
pub(super) struct Loaded {
    pub(super) providers: Providers,
    /// Whether a file of the company's was left out.
    pub(super) is_incomplete: bool,
}

impl OwnProviders {
    /// Reads the company's files, if there are any, and complains about bad ones.
    pub(super) fn load(&self, today: Date, style: &Style) -> anyhow::Result<Loaded> {
        self.load_with(None, today, style)
    }

    /// As [`Self::load`], with another folder, which the one of the command line outranks.
    pub(super) fn load_with(&self, folder: Option<&Path>, today: Date, style: &Style) -> anyhow::Result<Loaded> {
        let (mut own, mut is_incomplete) = (Vec::new(), false);
        for folder in self.profiles.as_deref().into_iter().chain(folder) {
            let (providers, is_bad) = good_ones(folder, today, style)?;
            own.extend(providers);
            is_incomplete |= is_bad;
        }
        Ok(Loaded { providers: Providers::with_own(own), is_incomplete })
    }
}

/// The providers of a folder, and whether a file was left out.
fn good_ones(folder: &Path, today: Date, style: &Style) -> anyhow::Result<(Vec<Provider>, bool)> {
    let mut report = judge(&provider_files(folder)?, today);
    report.findings.retain(|finding| finding.severity == Severity::Error);
    let bad = |index| report.findings.iter().any(|finding: &Finding| finding.document == index);
    let good = report.files.iter().filter(|file| file.document.is_some_and(|index| !bad(index)));
    let own: Vec<Provider> = good.filter_map(|file| provider(&file.sources[0])).collect();
    let is_incomplete = own.len() < report.files.len();
    if is_incomplete {
        remark(&report::findings(&report, style).join("\n\n"));
        complain(&message!("Provider files with errors are left out of this run."));
        remark("");
    }
    Ok((own, is_incomplete))
}

fn provider(source: &Source) -> Option<Provider> {
    read(&id(source.path()), source.bytes()).ok()
}

/// The provider's id: the file's name without `.toml`.
fn id(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// A file and what stands in it, or why it could not be read.
pub(super) struct OnDisk {
    path: PathBuf,
    bytes: Result<Vec<u8>, Message>,
}

/// The provider files of a folder, sorted; or the one file that was named.
pub(super) fn provider_files(folder: &Path) -> anyhow::Result<Vec<OnDisk>> {
    let unlisted = |error: io::Error| {
        message!("{path} cannot be read: {reason}", path = folder.display(), reason = Message::from(&error))
    };
    let metadata = fs::metadata(folder).map_err(unlisted)?;
    if !metadata.is_dir() {
        // A `mailcfg.toml` that came from elsewhere must not have other files quoted.
        if !is_provider_file(folder) {
            bail!(message!("{path} is no provider file (*.toml)", path = folder.display()));
        }
        return Ok(vec![OnDisk { path: folder.to_owned(), bytes: head(folder) }]);
    }
    let entries = fs::read_dir(folder).map_err(unlisted)?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(unlisted)?.path();
        // Only files: opening a pipe would wait for ever.
        if is_provider_file(&path) && !path.is_dir() {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        bail!(message!("{path} holds no provider file (*.toml)", path = folder.display()));
    }
    paths.sort();
    Ok(paths.into_iter().map(|path| OnDisk { bytes: head(&path), path }).collect())
}

fn is_provider_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
}

/// As much of a file as tells whether it is too long.
pub(super) fn head(path: &Path) -> Result<Vec<u8>, Message> {
    let failed = |error: io::Error| Message::from(&error);
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(message!("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// What is wrong with the files, as `lint` reports it.
pub(super) fn judge(files: &[OnDisk], today: Date) -> Report {
    let (mut report, mut sources) = (Report::default(), Vec::new());
    for file in files {
        match &file.bytes {
            Ok(bytes) => {
                sources.push(Source::new(&file.path, bytes.as_slice()));
                report.files.push(checked(file, FileStatus::Checked, Some(sources.len() - 1), bytes));
            }
            Err(error) => {
                let status = FileStatus::Unreadable(error.clone());
                report.files.push(checked(file, status, None, &[]));
            }
        }
    }
    let ids: Vec<String> = sources.iter().map(|source| id(source.path())).collect();
    let files: Vec<ProviderFile<'_>> =
        ids.iter().zip(&sources).map(|(id, source)| ProviderFile { id, bytes: source.bytes() }).collect();
    report.findings = check(&files, today);
    report
}

fn checked(file: &OnDisk, status: FileStatus, document: Option<usize>, bytes: &[u8]) -> CheckedFile {
    CheckedFile {
        sources: vec![Source::new(&file.path, bytes)],
        secrets: vec![secrets(bytes)],
        client: Some("provider"),
        status,
        accounts: Vec::new(),
        document,
    }
}

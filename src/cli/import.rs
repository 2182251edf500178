//! `mailcfg profiles import`: provider files of what is published for mail programs already.
//!
//! One file goes to standard output or to a folder, several to a folder only, since two provider files are not one. What is there
//! already is never overwritten. A file that cannot be imported does not hold up the others.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use clap::Args as ClapArgs;
use mailcfg::date::Date;
use mailcfg::finding::{CheckedFile, FileStatus, Message, Report};
use mailcfg::import::{Imported, Refused, import};
use mailcfg::message;
use mailcfg::report::{self, Style, shell_word};
use mailcfg::source::Source;
use mailcfg::strict_toml::LARGEST_FILE;
use mailcfg::write::{NewFile, write_new};

use super::Color;
use super::exit_code;
use super::own::head;
use super::terminal::{complain, print, remark, style};

/// Arguments of `profiles import`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// Autoconfig XML (config-v1.1.xml) or the answer of an Autodiscover server; `-` for standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// Write the provider files into this folder, each named for its first domain; what is there is not overwritten
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Runs `profiles import`. Exits 2 if a file could not be imported or written.
pub(crate) fn run(args: &Args, color: Color, today: Date) -> anyhow::Result<ExitCode> {
    if args.files.len() > 1 && args.output.is_none() {
        bail!(message!("several files make several provider files: name a folder for them with --output DIR"));
    }
    let style = style(color, false, &[]);
    let (mut report, mut is_incomplete) = (Report::default(), false);
    for path in &args.files {
        match read(path) {
            Err(reason) => report.files.push(unread(path, reason)),
            Ok(source) => match import(&source, today) {
                Ok(imported) => is_incomplete |= !hand_over(&imported, args.output.as_deref(), &style)?,
                Err(refused) => refuse(refused, &mut report),
            },
        }
    }
    if !report.files.is_empty() {
        remark(&report::findings(&report, &style).join("\n\n"));
    }
    Ok(exit_code(is_incomplete || !report.files.is_empty(), false))
}

fn read(path: &Path) -> Result<Source, Message> {
    let is_stdin = path.as_os_str() == "-";
    let bytes = if is_stdin { from_stdin().map_err(|error| Message::from(&error))? } else { head(path)? };
    if bytes.len() > LARGEST_FILE {
        return Err(message!("it is larger than {size} KB, the most that is read", size = LARGEST_FILE >> 10));
    }
    Ok(Source::new(if is_stdin { Path::new("stdin") } else { path }, bytes))
}

fn from_stdin() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Prints or writes the provider file. Says no where another file is in the way.
fn hand_over(imported: &Imported, folder: Option<&Path>, style: &Style) -> anyhow::Result<bool> {
    let text = imported.file(style);
    let Some(folder) = folder else {
        print(text)?;
        return Ok(true);
    };
    let path = folder.join(format!("{}.toml", imported.provider.id));
    let (said, is_there) = match write_new(&path, text.as_bytes()) {
        Ok(NewFile::Created) => (written(&path), true),
        Ok(NewFile::Identical) => (message!("{file} is there already", file = path.display()), true),
        Err(error) => (error.message(), false),
    };
    complain(&said);
    Ok(is_there)
}

fn written(path: &Path) -> Message {
    message!(
        "wrote {file}; complete what its comments ask for, then run: mailcfg profiles check {quoted}",
        file = path.display(),
        quoted = shell_word(&path.display().to_string())
    )
}

fn refuse(refused: Refused, report: &mut Report) {
    let document = report.files.len();
    report.files.push(CheckedFile {
        sources: vec![refused.source],
        secrets: vec![refused.secrets],
        client: None,
        status: FileStatus::Checked,
        accounts: Vec::new(),
        document: Some(document),
    });
    let findings = refused.findings.into_iter();
    report.findings.extend(findings.map(|finding| mailcfg::finding::Finding { document, ..finding }));
}

fn unread(path: &Path, reason: Message) -> CheckedFile {
    CheckedFile {
        sources: vec![Source::new(path, Vec::new())],
        secrets: vec![Vec::new()],
        client: None,
        status: FileStatus::Unreadable(reason),
        accounts: Vec::new(),
        document: None,
    }
}

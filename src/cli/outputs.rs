//! Where a report goes and in which form: one on standard output, as many as wished into files.

use std::fs;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf, absolute};

use anyhow::bail;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use mailcfg::finding::{FileStatus, Message, Report};
use mailcfg::message;
use mailcfg::report::{self, Format, Style};
use mailcfg::write::{is_same_file, overwrite};

use super::terminal::{complain, told};

/// The arguments that say so.
#[derive(Debug, Args)]
pub(super) struct Outputs {
    /// The form of the answer on standard output
    #[arg(long, default_value = Format::Text.name(), value_name = "FORMAT", value_parser = formats())]
    format: Format,

    /// Also write the report to this file, in the form that its ending says (.txt, .json, .sarif, .xml for JUnit, .md, .html) or
    /// that stands before it, as in `sarif:results.json`; can be given several times
    #[arg(long, value_name = "[FORMAT:]FILE", value_parser = target)]
    output: Vec<Target>,
}

/// The forms by their names, each with what it is for.
fn formats() -> impl TypedValueParser<Value = Format> {
    let names = Format::ALL.iter().map(|format| PossibleValue::new(format.name()).help(purpose(*format)));
    PossibleValuesParser::new(names).map(|name| Format::named(&name).unwrap_or_default())
}

const fn purpose(format: Format) -> &'static str {
    match format {
        Format::Text => "For people",
        Format::Json => "For programs: schema 1, see the README",
        Format::Sarif => "SARIF 2.1.0, for code scanning and editors",
        Format::Github => "Workflow commands of GitHub Actions",
        Format::Junit => "JUnit XML, for the test pages of CI systems",
        Format::Markdown => "For job summaries and comments",
        Format::Html => "One page to send to somebody",
    }
}

/// A file to write and its form.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Target {
    format: Format,
    path: PathBuf,
}

fn target(argument: &str) -> Result<Target, String> {
    if let Some((name, path)) = argument.split_once(':')
        && let Some(format) = Format::named(name)
        && !path.is_empty()
    {
        return Ok(Target { format, path: path.into() });
    }
    let path = PathBuf::from(argument);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let format = match ending.as_str() {
        "txt" => Format::Text,
        "json" => Format::Json,
        "sarif" => Format::Sarif,
        "xml" => Format::Junit,
        "md" => Format::Markdown,
        "html" | "htm" => Format::Html,
        _ => {
            return Err(told(&message!(
                "the ending does not say the form; write it before the file, as in sarif:results.json"
            )));
        }
    };
    Ok(Target { format, path })
}

impl Outputs {
    /// Refuses to write over a file that is being checked, over one of ours in `own`, and over a report of this run.
    pub(super) fn check(&self, report: &Report, own: &[&Path]) -> anyhow::Result<()> {
        let is_twice =
            |index: usize| self.output[..index].iter().any(|other| is_one(&other.path, &self.output[index].path));
        if let Some(twice) = (0..self.output.len()).find(|index| is_twice(*index)) {
            let file = self.output[twice].path.display();
            bail!(message!("{file} is named for two reports; give each a file of its own", file = file));
        }
        let is_own = |target: &&Target| own.iter().any(|file| is_same_file(file, &target.path));
        if let Some(target) = self.output.iter().find(is_own) {
            let file = target.path.display();
            bail!(message!("{file} says how this run checks; write the report to another file", file = file));
        }
        let Some(inside) = self.output.iter().find(|target| is_checked(&target.path, report)) else { return Ok(()) };
        bail!(message!(
            "{file} is one of the files that were checked; write the report to another file",
            file = inside.path.display()
        ))
    }

    /// Prints the report and writes the files. Whether all could be written.
    pub(super) fn give(&self, report: &Report, style: &Style) -> anyhow::Result<bool> {
        report::write(report, self.format, style, BufWriter::new(io::stdout().lock()))?;
        let plain = Style { color: false, ..style.clone() };
        let mut is_complete = true;
        for target in &self.output {
            let mut bytes = Vec::new();
            let written =
                report::write(report, target.format, &plain, &mut bytes).and_then(|()| overwrite(&target.path, &bytes));
            if let Err(error) = written {
                let (file, reason) = (target.path.display(), Message::from(&error));
                complain(&message!("{file} cannot be written: {reason}", file = file, reason = reason));
                is_complete = false;
            }
        }
        Ok(is_complete)
    }
}

/// Whether `path` is a file of the report, under whatever name.
fn is_checked(path: &Path, report: &Report) -> bool {
    let files = report.files.iter().filter(|file| file.client.is_some() || file.status == FileStatus::Checked);
    path.exists() && files.flat_map(|file| &file.sources).any(|source| is_same_file(source.path(), path))
}

/// Whether two reports would go into one file. A pipe or a device takes both.
fn is_one(path: &Path, other: &Path) -> bool {
    if path.exists() {
        return path.is_file() && is_same_file(path, other);
    }
    // In the same folder, however that is named.
    let place =
        |path: &Path| Some((fs::canonicalize(absolute(path).ok()?.parent()?).ok()?, path.file_name()?.to_owned()));
    place(path).is_some_and(|place_of| place(other) == Some(place_of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_or_the_word_before_says_the_form() {
        let of = |argument| target(argument).map(|target| (target.format, target.path.display().to_string()));
        for (argument, format, path) in [
            ("out.sarif", Format::Sarif, "out.sarif"),
            ("sarif:out.json", Format::Sarif, "out.json"),
            ("a/b.HTML", Format::Html, "a/b.HTML"),
            ("github:log", Format::Github, "log"),
            ("c:report.md", Format::Markdown, "c:report.md"),
            ("junit.xml", Format::Junit, "junit.xml"),
        ] {
            assert_eq!(of(argument), Ok((format, path.to_owned())), "{argument}");
        }
        assert!(of("report").is_err() && of("sarif:").is_err());
    }
}

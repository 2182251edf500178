//! Where a report goes and in which form: one on standard output, as many as wished into files.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use mailcfg::finding::{FileStatus, Message, Report};
use mailcfg::message;
use mailcfg::report::{self, Format, Style};

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
    /// Refuses to write over a file that is being checked.
    pub(super) fn check(&self, report: &Report) -> anyhow::Result<()> {
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
            let written = File::create(&target.path)
                .and_then(|file| report::write(report, target.format, &plain, BufWriter::new(file)));
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
    let Ok(real) = fs::canonicalize(path) else { return false };
    let files = report.files.iter().filter(|file| file.client.is_some() || file.status == FileStatus::Checked);
    files.flat_map(|file| &file.sources).any(|source| fs::canonicalize(source.path()).is_ok_and(|other| other == real))
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

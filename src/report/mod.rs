//! What a run found, in the form somebody reads: people ([`text()`](fn@text)), programs ([`json()`](fn@json)), `git
//! apply` ([`unified`]).
//!
//! One format is one file, one variant of [`Format`] and one arm of [`render`]. Everything here is a pure function from
//! data to text. Two promises hold for all of it: a secret reads `••••`, and no character of a file can act on the
//! terminal ([`printable`]).
//!
//! [`doctor`] prints the answer of `mailcfg doctor` in both forms.
//!
//! Not here: finding out whether there is a terminal, how wide it is and whether it has colours (`cli`).

mod diff;
pub mod doctor;
mod edits;
mod fixes;
mod github;
mod hints;
mod html;
mod international;
mod json;
mod junit;
mod layout;
mod markdown;
mod notes;
mod page;
mod paragraph;
mod place;
mod printable;
mod question;
mod rule_help;
#[cfg(test)]
mod sample;
mod sarif;
mod snippet;
mod summary;
mod table;
mod text;

use std::io;
use std::path::PathBuf;

use anstyle::{AnsiColor, Effects, Style as Ansi};

use crate::date::Date;
use crate::finding::{Argument, Message, Report, Severity};
use crate::language::Language;

pub use diff::{Diff, unified};
pub use fixes::{FixRun, Mended, MendedFile, fixes};
pub use github::github;
pub use html::html;
pub use international::in_own_letters;
pub use json::{json, pretty_json};
pub use junit::junit;
pub(crate) use layout::Page;
pub use markdown::markdown;
pub use page::{as_markdown, laid_out, told};
pub use paragraph::{in_a_row, wrap};
pub use printable::{printable, shell_word};
pub use question::{Question, question};
pub use sarif::sarif;
pub use summary::tally;
pub use table::table;
pub use text::{findings, text};

/// The width of a terminal that does not say its width, in columns.
pub const DEFAULT_WIDTH: usize = 80;

/// Below this the layout would be mostly margin.
const LEAST_WIDTH: usize = 40;

/// Longer lines of prose are hard to read, however wide the terminal is.
const WIDEST_PROSE: usize = 100;

/// The forms in which `lint` answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs: schema 1, additions only.
    Json,
    /// For code scanning and editors: SARIF 2.1.0.
    Sarif,
    /// For GitHub Actions: workflow commands.
    Github,
    /// For the test pages of CI systems: JUnit XML.
    Junit,
    /// For job summaries and comments.
    Markdown,
    /// For people without mailcfg: one page, nothing to install.
    Html,
}

impl Format {
    /// All of them, in the order in which help lists them.
    pub const ALL: &[Self] =
        &[Self::Text, Self::Json, Self::Sarif, Self::Github, Self::Junit, Self::Markdown, Self::Html];

    /// As it is written on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Junit => "junit",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }

    /// The format of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }
}

/// Prints `report` in `format`. The result ends with a line feed.
pub fn render(report: &Report, format: Format, style: &Style) -> String {
    match format {
        Format::Text => text(report, style),
        Format::Json => json(report, style),
        Format::Sarif => sarif(report, style),
        Format::Github => github(report, style),
        Format::Junit => junit(report, style),
        Format::Markdown => markdown(report, style),
        Format::Html => html(report, style),
    }
}

/// Writes `report` in `format`, without keeping the whole text where that may be large.
///
/// # Errors
/// What `out` says.
pub fn write(report: &Report, format: Format, style: &Style, mut out: impl io::Write) -> io::Result<()> {
    match format {
        Format::Json => json::write_json(report, style, &mut out)?,
        _ => out.write_all(render(report, format, style).as_bytes())?,
    }
    out.flush()
}

/// How to print: what the command line and the terminal decide.
#[derive(Clone, Debug)]
pub struct Style {
    /// Whether to write escape sequences for colour.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether to print what is usually left out: files that are no mail configuration, informational findings in full.
    pub verbose: bool,
    /// The paths as given on the command line, for the line that says what to type next. Quoted here, not by the
    /// caller.
    pub paths: Vec<String>,
    /// The commit since which files count, if not all do, for the same line.
    pub since: Option<String>,
    /// The folder of the run: paths below it are told relative to it where programs read them.
    pub root: Option<PathBuf>,
    /// The language of sentences. Names, keys and values are the same in all.
    pub language: Language,
}

impl Default for Style {
    fn default() -> Self {
        Self::of_width(None)
    }
}

impl Style {
    /// Without colour, in English, for a terminal of that many columns if it is known.
    pub fn of_width(width: Option<usize>) -> Self {
        let width = width.unwrap_or(DEFAULT_WIDTH).max(LEAST_WIDTH);
        Self {
            color: false,
            width,
            verbose: false,
            paths: Vec::new(),
            since: None,
            root: None,
            language: Language::ENGLISH,
        }
    }

    /// The message in the user's language, its arguments made harmless.
    pub fn tell(&self, message: &Message) -> String {
        let lines: Vec<_> = self.template(message).split('\n').map(printable).collect();
        message.filled(&lines.join("\n"), &|argument| match argument {
            Argument::Text(text) => printable(text).into_owned(),
            Argument::List(texts) => printable(&texts.join(&self.word(", "))).into_owned(),
            Argument::Day(day) => dated(*day, self.language.sentence(DAY.template())),
            Argument::Message(inner) => printable(&self.tell(inner)).into_owned(),
        })
    }

    /// A sentence of ours that is no constant, such as a paragraph of a page, in the user's language.
    pub fn sentence(&self, english: &str) -> String {
        let sentence = self.language.sentence(english).unwrap_or(english);
        sentence.split('\n').map(printable).collect::<Vec<_>>().join("\n")
    }

    /// The words before filling in: as their author wrote them in this language, else as the catalogue has them, else English.
    fn template<'a>(&self, message: &'a Message) -> &'a str {
        let translated = || self.language.sentence(message.template()).filter(|_| !message.is_verbatim());
        message.version(self.language.code()).or_else(translated).unwrap_or(message.template())
    }

    /// Some fixed words in the user's language.
    fn word(&self, word: &'static str) -> String {
        self.tell(&Message::new(word))
    }

    /// `{n}` of something, by the English rule for one and many.
    fn count(&self, n: usize, one: &'static str, many: &'static str) -> String {
        self.tell(&Message::new(if n == 1 { one } else { many }).with("n", n))
    }

    pub(crate) fn prose_width(&self) -> usize {
        self.width.clamp(LEAST_WIDTH, WIDEST_PROSE)
    }

    fn paint(&self, ansi: Ansi, text: &str) -> String {
        if self.color && !text.is_empty() { format!("{ansi}{text}{ansi:#}") } else { text.to_owned() }
    }

    pub(crate) fn bold(&self, text: &str) -> String {
        self.paint(Ansi::new().effects(Effects::BOLD), text)
    }

    /// The same blue as the gutter of a snippet.
    fn gutter(&self, text: &str) -> String {
        self.paint(AnsiColor::BrightBlue.on_default().effects(Effects::BOLD), text)
    }

    fn severity(&self, severity: Severity, text: &str) -> String {
        let color = match severity {
            Severity::Error => AnsiColor::BrightRed,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Info | Severity::Hint => AnsiColor::BrightCyan,
        };
        self.paint(color.on_default().effects(Effects::BOLD), text)
    }

    /// `command` with the paths of this run, ready to be pasted into a shell.
    fn command(&self, command: &str) -> String {
        let since = self.since.iter().map(|since| format!(" --changed-since {}", shell_word(since)));
        let paths = self.paths.iter().map(|path| format!(" {}", shell_word(path)));
        format!("{command}{}", since.chain(paths).collect::<String>())
    }
}

/// The form of a day in a sentence. English keeps ISO 8601; in other languages the numbers have no leading zeros.
const DAY: Message = Message::new("{year}-{month}-{day}");

/// The day in a language's `own` form, if it has one.
fn dated(day: Date, own: Option<&str>) -> String {
    let parts = DAY.with("year", day.year).with("month", day.month).with("day", day.day);
    own.map_or_else(|| day.to_string(), |own| parts.filled(own, &ToString::to_string))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_their_names() {
        for format in Format::ALL {
            assert_eq!(Format::named(format.name()), Some(*format));
        }
        assert_eq!(Format::named("xml"), None);
    }

    #[test]
    fn pipelines_are_told_hints_only_when_they_ask() {
        let mut report = sample::full();
        report.findings.truncate(1);
        report.findings[0].severity = Severity::Hint;
        let rule = report.findings[0].rule;
        for format in Format::ALL {
            let is_told = |verbose| {
                let style = Style { verbose, ..Style::default() };
                render(&report, *format, &style).contains(rule)
            };
            assert!(is_told(true), "{}", format.name());
            assert_eq!(is_told(false), matches!(format, Format::Json | Format::Html), "{}", format.name());
        }
    }

    #[test]
    fn a_message_is_translated_before_it_is_filled_in() {
        let mut style = Style::default();
        let message = crate::message!("port {port}", port = "\u{1b}[2J");
        assert_eq!(style.tell(&message), "port \\u{1b}[2J");
        style.language = Language::named("ja").unwrap();
        assert_eq!(style.tell(&message), "port \\u{1b}[2J", "no catalogue has this sentence");
        let message = crate::message!("{host} takes no passwords", host = "\u{1b}[2J");
        assert_eq!(style.tell(&message), "\\u{1b}[2J ではパスワードによる認証が使えません");
    }

    #[test]
    fn words_of_ours_are_translated_inside_a_sentence_and_values_are_not() {
        let style = Style { language: Language::named("ja").unwrap(), ..Style::default() };
        let message = crate::message!("{a}, {b}", a = crate::message!("password"), b = "password");
        assert_eq!(style.tell(&message), "パスワード, password");
        let note = Message::verbatim("in English".to_owned()).or_in("ja", "日本語で".to_owned());
        assert_eq!((style.tell(&note), Style::default().tell(&note)), ("日本語で".to_owned(), "in English".to_owned()));
        assert_eq!(style.tell(&Message::verbatim("password".to_owned())), "password");
    }

    #[test]
    fn days_and_lists_are_written_as_the_language_writes_them() {
        let day = Date::new(2026, 3, 5);
        assert_eq!(dated(day, Some("{year} 年 {month} 月 {day} 日")), "2026 年 3 月 5 日");
        assert_eq!(
            Style::default().tell(&crate::message!("Switched off on {day}.", day = day)),
            "Switched off on 2026-03-05."
        );
        let hosts = vec!["a.example", "b\n.example"];
        let message = crate::message!("{host} takes no passwords", host = hosts);
        assert_eq!(Style::default().tell(&message), "a.example, b\\n.example takes no passwords");
        let style = Style { language: Language::named("ja").unwrap(), ..Style::default() };
        assert_eq!(style.tell(&message), "a.example、b\\n.example ではパスワードによる認証が使えません");
    }

    #[test]
    fn a_file_cannot_add_lines_through_an_argument() {
        let message = crate::message!("one\ntwo {x}", x = "a\nb");
        assert_eq!(Style::default().tell(&message), "one\ntwo a\\nb");
    }
}

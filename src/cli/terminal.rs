//! The terminal: colour, width, and writing that takes a closed pipe for what it is.

use std::io::{self, IsTerminal, Write};

use mailcfg::finding::Message;
use mailcfg::report::Style;

use super::Color;
use super::language::language;

/// How to print results on standard output.
pub(super) fn style(color: Color, verbose: bool, paths: &[String]) -> Style {
    let stdout = io::stdout();
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        // Knows NO_COLOR, CLICOLOR_FORCE and TERM.
        Color::Auto => anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never,
    };
    let mut style = Style::of_width(width());
    style.color = color;
    style.verbose = verbose;
    style.paths = paths.to_vec();
    style.language = language();
    style.root = std::env::current_dir().ok();
    style
}

/// Columns of the terminal; what `COLUMNS` says outranks it.
pub(super) fn width() -> Option<usize> {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
    said.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)))
}

/// Whether a person reads standard output.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Writes results.
pub(super) fn print(text: impl AsRef<[u8]>) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_ref())?;
    stdout.flush()
}

/// The message in the language of this run.
pub(super) fn told(message: &Message) -> String {
    Style { language: language(), ..Style::default() }.tell(message)
}

/// Writes a note or a complaint, in the language of this run.
pub(super) fn complain(message: &Message) {
    remark(&told(message));
}

/// Writes beside the results what is in the right language already. If even that fails there is nobody left to tell.
pub(super) fn remark(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

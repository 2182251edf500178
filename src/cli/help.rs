//! Help and complaints about the command line in the language of the run.
//!
//! clap speaks English: our own texts in its description are replaced before it reads anything, its headings by headings of ours, and
//! its complaints, as far as they are usual, by sentences of ours. It also breaks lines at blanks alone and counts a kanji as one
//! column, so in another language than English the lines are broken here.

use std::error::Error;
use std::process::ExitCode;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};
use mailcfg::finding::Message;
use mailcfg::language::Language;
use mailcfg::message;
use mailcfg::report::{Style, in_a_row, wrap};

use super::terminal::{remark, width};

/// Longer lines of help are hard to read; the same number stands in the description of the command line.
const WIDEST: usize = 100;

/// How far clap sets in the help of an option that begins on a line of its own.
const INDENT: usize = 10;

/// The description in `language`, as help prints it.
pub(super) fn in_language(command: Command, language: Language) -> Command {
    if language == Language::ENGLISH {
        return command;
    }
    let width = width().unwrap_or(WIDEST).clamp(40, WIDEST);
    let tongue = Tongue { style: Style { language, ..Style::default() }, width };
    tongue.lay_out(translated(command, language))
}

/// The description with every text of it in `language`, and nothing else changed.
pub(super) fn translated(mut command: Command, language: Language) -> Command {
    if language == Language::ENGLISH {
        return command;
    }
    // Adds what clap itself adds: `--help`, `help`, and the options that every command has.
    command.build();
    in_words(command, &|text| language.sentence(&text.to_string()).map(StyledStr::from))
}

fn in_words(mut command: Command, translate: &dyn Fn(&StyledStr) -> Option<StyledStr>) -> Command {
    let say = |text: Option<&StyledStr>| text.and_then(translate);
    let (about, long, after) = (say(command.get_about()), say(command.get_long_about()), say(command.get_after_help()));
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(long) = long {
        command = command.long_about(long);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    let command = command.mut_args(|arg| {
        let (help, long) = (say(arg.get_help()), say(arg.get_long_help()));
        let arg = if let Some(help) = help { arg.help(help) } else { arg };
        if let Some(long) = long { arg.long_help(long) } else { arg }
    });
    command.mut_subcommands(|inner| in_words(inner, translate))
}

struct Tongue {
    style: Style,
    width: usize,
}

impl Tongue {
    fn tell(&self, message: &Message) -> String {
        self.style.tell(message)
    }

    /// Headings of ours, and lines broken for the width of the terminal.
    fn lay_out(&self, command: Command) -> Command {
        let lines = |text: &StyledStr| wrap(&text.to_string(), self.width).join("\n");
        let header = *command.get_styles().get_usage();
        let usage = self.tell(&message!("Usage"));
        let template =
            format!("{{about-with-newline}}\n{header}{usage}:{header:#} {{usage}}\n\n{{all-args}}{{after-help}}");
        let about = command.get_long_about().or(command.get_about()).map(lines);
        let after = command.get_after_help().map(lines);
        let mut command = command.term_width(0).help_template(template);
        if let Some(after) = after {
            command = command.after_help(after);
        }
        let column = command.get_subcommands().map(|inner| inner.get_name().len()).max().unwrap_or_default() + 4;
        let command = command
            .subcommand_help_heading(self.tell(&message!("Commands")))
            .mut_args(|arg| self.argument(arg))
            .mut_subcommands(|inner| {
                let short = inner.get_about().map(|about| wrap(&about.to_string(), self.width - column).join("\n"));
                let inner = self.lay_out(inner);
                // In the list of commands; the command's own help has the whole width.
                if let Some(short) = short { inner.about(short) } else { inner }
            });
        if let Some(about) = about { command.long_about(about.clone()).about(about) } else { command }
    }

    /// The text with what clap would say in English behind it: the values there are, and the one that is taken unasked.
    fn argument(&self, arg: Arg) -> Arg {
        let is_positional = arg.is_positional();
        let heading = if is_positional { message!("Arguments") } else { message!("Options") };
        let text = arg.get_long_help().or(arg.get_help()).map(ToString::to_string).unwrap_or_default();
        let mut parts = vec![wrap(&text, self.width - INDENT).join("\n")];
        parts.extend(self.values(&arg));
        let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
        if !defaults.is_empty() && arg.get_num_args().is_none_or(|count| count.takes_values()) {
            parts.push(self.tell(&message!("[default: {value}]", value = defaults.join(" "))));
        }
        let text = parts.join("\n\n");
        let arg = arg.help_heading(self.tell(&heading)).next_line_help(true);
        arg.hide_possible_values(true).hide_default_value(true).help(text.clone()).long_help(text)
    }

    fn values(&self, arg: &Arg) -> Option<String> {
        let values = arg.get_possible_values();
        let is_choice = arg.get_action().takes_values() && values.iter().any(|value| !value.is_hide_set());
        let lines = values.iter().filter(|value| is_choice && !value.is_hide_set()).map(|value| {
            let help = value.get_help().map(|help| self.style.sentence(&help.to_string()));
            help.map_or_else(|| format!("- {}", value.get_name()), |help| format!("- {}: {help}", value.get_name()))
        });
        let lines: Vec<String> = lines.flat_map(|line| wrap(&line, self.width - INDENT)).collect();
        is_choice.then(|| format!("{}\n{}", self.tell(&message!("Possible values:")), lines.join("\n")))
    }
}

/// Prints what clap has to say: help, the version, or what is wrong with the command line.
pub(super) fn answer(error: &clap::Error, language: Language) -> anyhow::Result<ExitCode> {
    let code = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    match complaint(error).filter(|_| language != Language::ENGLISH) {
        Some(complaint) => {
            let style = Style { language, ..Style::default() };
            remark(&format!("mailcfg: {}", style.tell(&complaint)));
            let suggested = suggestion(error).map(|name| message!("Did you mean {near}?", near = name));
            let more = message!("`{command}` says more.", command = "--help");
            let advice: Vec<String> = suggested.iter().chain([&more]).map(|message| style.tell(message)).collect();
            remark(&in_a_row(&advice));
        }
        None => error.print()?,
    }
    Ok(code)
}

/// The usual complaints in our words; `None` for the others, and for what is none.
fn complaint(error: &clap::Error) -> Option<Message> {
    let said = |kind| error.get(kind).map(shown);
    let argument = said(ContextKind::InvalidArg);
    let value = said(ContextKind::InvalidValue);
    Some(match error.kind() {
        ErrorKind::InvalidValue if value.as_deref() == Some("") => {
            message!("{argument} needs a value", argument = argument?)
        }
        ErrorKind::InvalidValue => message!(
            "{argument} does not take the value {value}; it takes: {list}",
            argument = argument?,
            value = value?,
            list = said(ContextKind::ValidValue)?
        ),
        ErrorKind::ValueValidation => message!(
            "{argument} does not take the value {value}: {reason}",
            argument = argument?,
            value = value?,
            reason = error.source()?
        ),
        ErrorKind::UnknownArgument => message!("{argument} is not known here", argument = argument?),
        ErrorKind::InvalidSubcommand => {
            message!("there is no command {command}", command = said(ContextKind::InvalidSubcommand)?)
        }
        ErrorKind::MissingRequiredArgument => message!("this is missing: {list}", list = argument?),
        ErrorKind::ArgumentConflict if argument == said(ContextKind::PriorArg) => {
            message!("{argument} can be given only once", argument = argument?)
        }
        ErrorKind::ArgumentConflict => message!(
            "{argument} and {other} cannot be used together",
            argument = argument?,
            other = said(ContextKind::PriorArg)?
        ),
        _ => return None,
    })
}

fn suggestion(error: &clap::Error) -> Option<String> {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    kinds.into_iter().find_map(|kind| error.get(kind)).map(shown)
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(list) => list.join(", "),
        ContextValue::String(text) => text.clone(),
        other => other.to_string(),
    }
}

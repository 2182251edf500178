//! `mailcfg doctor`: which password a program wants, and what an error message means.
//!
//! Everything is decided in the library. Here the flags become a question, missing answers are asked for on a terminal, and the
//! settings of this computer are looked at.

mod dialogue;
mod program;
mod settings;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use clap::{Args as ClapArgs, ValueEnum};
use mailcfg::date::Date;
use mailcfg::doctor::{Changed, Client, Question, diagnose, provider_in};
use mailcfg::finding::Message;
use mailcfg::message;
use mailcfg::provider::Providers;
use mailcfg::report;
use mailcfg::show::{Unresolved, resolve};

use super::own::OwnProviders;
use super::terminal::{print, style};
use super::{Color, exit_code};

/// More of an error text is not read.
const LONGEST_ERROR: u64 = 8 << 20;

/// Arguments of `doctor`.
#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Without any of these, on a terminal, it asks. It never opens a connection and never asks for a password. Exit status: 0 an answer was given, 2 it could not be."
)]
pub(crate) struct Args {
    /// The mail address, its domain, or a provider as in `mailcfg list providers`
    #[arg(value_name = "ADDRESS")]
    address: Option<String>,

    /// The mail program that asks for the password
    #[arg(long, value_name = "CLIENT", value_parser = program::parser())]
    client: Option<Client>,

    /// Whether two-factor sign-in is on
    #[arg(long, value_enum, value_name = "ANSWER")]
    two_factor: Option<YesNo>,

    /// What changed last
    #[arg(long, value_enum, value_name = "WHAT")]
    changed: Option<WhatChanged>,

    /// Whether the mail works on the provider's web page
    #[arg(long, value_enum, value_name = "ANSWER")]
    webmail: Option<Outcome>,

    /// Whether the mail works on another device
    #[arg(long, value_enum, value_name = "ANSWER")]
    other_device: Option<Outcome>,

    /// Whether it is a mailbox of a company or a school
    #[arg(long, value_enum, value_name = "ANSWER")]
    company: Option<YesNo>,

    /// What the program says; `-` to read it from standard input. It is never repeated
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    error: Option<OsString>,

    /// Whether that asks for a name or a password, where mailcfg does not know it
    #[arg(long, value_enum, value_name = "ANSWER")]
    asks_for_password: Option<YesNo>,

    /// Look for the settings of the address in this file or folder, not where the known clients keep theirs; may be repeated
    #[arg(long, value_name = "PATH")]
    look_in: Vec<PathBuf>,

    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Output::Text, value_name = "FORMAT")]
    format: Output,

    /// Ask although nobody sits at a terminal
    #[arg(long, hide = true)]
    ask: bool,

    #[command(flatten)]
    own: OwnProviders,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum YesNo {
    Yes,
    No,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Outcome {
    Works,
    Fails,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum WhatChanged {
    /// The password of the account
    Password,
    /// Two-factor sign-in was turned on
    TwoFactor,
    /// A new phone or computer
    NewDevice,
    /// Moved here from Outlook
    FromOutlook,
    /// The provider changed its servers
    ProviderMoved,
    /// Nothing
    Nothing,
    /// Not known
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    /// For people
    Text,
    /// For programs: schema 1
    Json,
}

impl YesNo {
    const fn answer(self) -> Option<bool> {
        match self {
            Self::Yes => Some(true),
            Self::No => Some(false),
            Self::Unknown => None,
        }
    }
}

impl Outcome {
    const fn answer(self) -> Option<bool> {
        match self {
            Self::Works => Some(true),
            Self::Fails => Some(false),
            Self::Unknown => None,
        }
    }
}

impl WhatChanged {
    const fn answer(self) -> Option<Changed> {
        match self {
            Self::Password => Some(Changed::Password),
            Self::TwoFactor => Some(Changed::TwoFactor),
            Self::NewDevice => Some(Changed::NewDevice),
            Self::FromOutlook => Some(Changed::FromOutlook),
            Self::ProviderMoved => Some(Changed::ProviderMoved),
            Self::Nothing => Some(Changed::Nothing),
            Self::Unknown => None,
        }
    }
}

/// Runs `doctor`. Exits 0 whenever there is an answer.
pub(crate) fn run(args: &Args, color: Color, today: Date) -> anyhow::Result<ExitCode> {
    let style = style(color, false, &[]);
    let loaded = args.own.load(today, &style)?;
    let mut question = Question { today: Some(today), ..Question::default() };
    args.fill(&mut question)?;
    if let Some(address) = &args.address {
        place(address, &loaded.providers, &mut question)?;
    }
    if args.asks() {
        let (mut input, mut output) = (io::stdin().lock(), io::stderr().lock());
        dialogue::hold(&mut input, &mut output, &style, &loaded.providers, &mut question)?;
    } else if args.address.is_none() && question.error.is_none() {
        bail!(message!(
            "name a mail address, for example mailcfg doctor hanako@example.jp, or an error message with --error"
        ));
    }
    if let Some(contradiction) = question.contradiction() {
        bail!(contradiction);
    }
    if question.address.is_none() && question.domain.is_none() && question.provider.is_none() {
        question.provider = question.error.as_deref().and_then(|text| provider_in(text, &loaded.providers));
        question.is_provider_of_error = question.provider.is_some();
    }
    settings::look(&args.look_in, &loaded.providers, today, &mut question);
    let answer = diagnose(&question);
    print(match args.format {
        Output::Text => report::doctor::text(&answer, &style),
        Output::Json => report::doctor::json(&answer, &style),
    })?;
    Ok(exit_code(loaded.is_incomplete, false))
}

impl Args {
    /// The answers that were given as flags.
    fn fill(&self, question: &mut Question<'_>) -> anyhow::Result<()> {
        question.client = self.client;
        question.two_factor = self.two_factor.and_then(YesNo::answer);
        question.changed = self.changed.and_then(WhatChanged::answer);
        question.webmail = self.webmail.and_then(Outcome::answer);
        question.other_device = self.other_device.and_then(Outcome::answer);
        question.company = self.company.and_then(YesNo::answer);
        question.error = self.error.as_ref().map(error_text).transpose()?;
        question.asks_for_password = self.asks_for_password.and_then(YesNo::answer);
        Ok(())
    }

    /// Whether to ask: somebody sits there, wants text, and has answered nothing by flags.
    fn asks(&self) -> bool {
        let has_flags = self.client.is_some()
            || self.two_factor.is_some()
            || self.changed.is_some()
            || self.webmail.is_some()
            || self.other_device.is_some()
            || self.company.is_some()
            || self.error.is_some()
            || self.asks_for_password.is_some();
        let is_somebody_there = || io::stdin().is_terminal() && io::stderr().is_terminal();
        self.ask || (!has_flags && self.format == Output::Text && is_somebody_there())
    }
}

/// The error text itself, or standard input for `-`.
fn error_text(given: &OsString) -> anyhow::Result<String> {
    if given != "-" {
        return Ok(given.to_string_lossy().into_owned());
    }
    let mut bytes = Vec::new();
    io::stdin().lock().take(LONGEST_ERROR).read_to_end(&mut bytes)?;
    Ok(decoded(&bytes))
}

/// UTF-8, or UTF-16, which Windows PowerShell writes: with its mark, or known by the empty half of most of its letters.
fn decoded(bytes: &[u8]) -> String {
    let units = |bytes: &[u8], of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    let empty = |at: usize| bytes.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count() * 4 > bytes.len();
    match bytes {
        [0xff, 0xfe, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => units(rest, u16::from_be_bytes),
        _ if empty(1) && !empty(0) => units(bytes, u16::from_le_bytes),
        _ if empty(0) && !empty(1) => units(bytes, u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Whether a file was typed where an address belongs: `mailcfg lint` takes files there.
fn is_path(typed: &str) -> bool {
    let looks_like_one = typed.contains(['/', '\\']) || matches!(typed, "." | "..");
    !typed.is_empty() && !typed.contains('@') && (looks_like_one || Path::new(typed).exists())
}

/// Whose mailbox it is. What was typed is not repeated where it is no address: it may be a password.
fn place<'a>(typed: &str, providers: &'a Providers, question: &mut Question<'a>) -> Result<(), Message> {
    match resolve(typed, &[], providers) {
        Ok(found) => {
            question.provider = Some(found.provider);
            question.address = found.address;
            question.domain = found.domain;
            Ok(())
        }
        Err(_) if is_path(typed) => {
            Err(message!("that is a file or a folder; doctor wants a mail address. `mailcfg lint PATH` looks at files"))
        }
        Err(Unresolved::Unknown { what, is_domain: true, near, address, .. }) => {
            question.address = address;
            question.domain = Some(what);
            question.near = near;
            Ok(())
        }
        Err(Unresolved::Several { which, .. }) => Err(message!(
            "several providers go by that name: {which}; name one of them, or a mail address",
            which = which.join(", ")
        )),
        Err(Unresolved::Unknown { near, .. }) if !near.is_empty() => Err(message!(
            "that is no mail address, and no provider has that name; did you mean {near}?",
            near = near.join(", ")
        )),
        Err(Unresolved::Unknown { .. }) => {
            Err(message!("that is no mail address, and no provider has that name; mailcfg list providers names them"))
        }
        Err(Unresolved::Invalid { why, .. }) if why.args().is_empty() => {
            Err(message!("that is no mail address: {why}", why = why))
        }
        Err(Unresolved::Invalid { .. }) => Err(message!("that is no mail address; one looks like hanako@example.jp")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_texts_are_read_as_they_were_saved() {
        for (bytes, text) in [
            (&b"535"[..], "535"),
            (b"\xff\xfe5\x003\x005\x00", "535"),
            (b"\xfe\xff\x005\x003\x005", "535"),
            (b"\xff\xfe5", ""),
            (b"5\x003\x005\x00", "535"),
            (b"\x005\x003\x005", "535"),
            (b"\0\0\0\0", "\0\0\0\0"),
            (b"\xff", "\u{fffd}"),
            (b"", ""),
        ] {
            assert_eq!(decoded(bytes), text, "{bytes:?}");
        }
    }
}

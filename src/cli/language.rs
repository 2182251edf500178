//! The language of sentences: what `--lang` says, else the locale.
//!
//! It must be known before the command line is read, since help and complaints about the command line are sentences too; so
//! `--lang` is looked for beforehand. It is decided once, for the whole run.

use std::env;
use std::ffi::OsString;
use std::sync::OnceLock;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use mailcfg::language::Language;

static OF_THIS_RUN: OnceLock<Language> = OnceLock::new();

/// The language of this run; English until it is decided.
pub(super) fn language() -> Language {
    OF_THIS_RUN.get().copied().unwrap_or_default()
}

/// Decides it from the arguments and the locale (POSIX: `LC_ALL` before `LC_MESSAGES` before `LANG`).
pub(super) fn decide(args: &[OsString]) -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(|name| env::var(name).ok());
    let by_locale = || locale.into_iter().find(|value| !value.is_empty()).map(|value| Language::of_locale(&value));
    let language = asked(args).or_else(by_locale).unwrap_or_default();
    *OF_THIS_RUN.get_or_init(|| language)
}

/// What `--lang` says, if it says a language that there is. Whether it stands there twice is for the reading proper to judge.
fn asked(args: &[OsString]) -> Option<Language> {
    let args: Vec<&str> =
        args.iter().map_while(|arg| Some(arg.to_str().unwrap_or_default()).filter(|arg| *arg != "--")).collect();
    let behind = |index: usize| args.get(index + 1).copied();
    let said = args.iter().enumerate().filter_map(|(index, arg)| match arg.strip_prefix("--lang")? {
        "" => behind(index),
        rest => rest.strip_prefix('='),
    });
    said.filter_map(Language::named).next_back()
}

/// The languages there are, with their names in themselves.
pub(super) fn parser() -> impl TypedValueParser<Value = Language> {
    let names = Language::all().map(|language| PossibleValue::new(language.code()).help(language.own_name()));
    PossibleValuesParser::new(names).map(|code| Language::named(&code).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_known_before_the_command_line_is_read() {
        for (args, code) in [
            (["show", "--lang", "ja"].as_slice(), Some("ja")),
            (&["--lang=ja", "lint", "--no-such-flag"], Some("ja")),
            (&["--lang=ja", "--lang", "en"], Some("en")),
            (&["lint", "--", "--lang=ja"], None),
            (&["--lang", "xx"], None),
            (&["--lang"], None),
            (&["--language=ja"], None),
            (&[], None),
        ] {
            let args: Vec<OsString> = args.iter().map(OsString::from).collect();
            assert_eq!(asked(&args).map(Language::code), code, "{args:?}");
        }
    }
}

//! The language of sentences: what `--lang` says, else the locale.

use std::env;

use clap::ValueEnum;
use mailcfg::show::Language;

/// The languages there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Lang {
    /// English
    En,
    /// 日本語
    Ja,
}

/// The language that was asked for, else that of the locale (POSIX: `LC_ALL` before `LC_MESSAGES` before `LANG`).
pub(super) fn language(asked: Option<Lang>) -> Language {
    let locale = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
    };
    match asked {
        Some(Lang::Ja) => Language::Japanese,
        Some(Lang::En) => Language::English,
        None => of_locale(&locale().unwrap_or_default()),
    }
}

/// `ja_JP.UTF-8`, `ja`; Windows and some shells write `Japanese_Japan.932`.
fn of_locale(locale: &str) -> Language {
    let language = locale.split(['_', '.', '@', '-']).next().unwrap_or_default().to_ascii_lowercase();
    if matches!(language.as_str(), "ja" | "japanese") { Language::Japanese } else { Language::English }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_names_the_language() {
        for (locale, language) in [
            ("ja_JP.UTF-8", Language::Japanese),
            ("ja", Language::Japanese),
            ("Japanese_Japan.932", Language::Japanese),
            ("en_US.UTF-8", Language::English),
            ("jav_ID", Language::English),
            ("C", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(of_locale(locale), language, "{locale}");
        }
    }
}

//! The languages of sentences, and what they say for an English one.
//!
//! English stands in the code. Every other language is one file in `locales/`, which the build script turns into a sorted table, so
//! that starting costs nothing; a new file there is a new language without a line of code.
//!
//! Not here: choosing one (`cli`), filling in (`report`).

use std::fmt;

/// A language other than English, as the build script wrote it out.
struct Catalogue {
    /// The name of its file: an ISO 639 code, perhaps with a region (`pt_BR`).
    code: &'static str,
    /// Its English name, as some systems write it in a locale.
    english_name: &'static str,
    /// Its own name.
    own_name: &'static str,
    /// English sentences and their translations, sorted by the English.
    sentences: &'static [(&'static str, &'static str)],
}

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// Sentences stand in the code in this language, and nothing has to be looked up.
static ENGLISH: Catalogue = Catalogue { code: "en", english_name: "English", own_name: "English", sentences: &[] };

/// A language that the program can speak.
#[derive(Clone, Copy)]
pub struct Language(&'static Catalogue);

impl Language {
    /// The language of the code.
    pub const ENGLISH: Self = Self(&ENGLISH);

    /// Every language, English first.
    pub fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::ENGLISH).chain(CATALOGUES.iter().map(Self))
    }

    /// The language of this code.
    pub fn named(code: &str) -> Option<Self> {
        Self::all().find(|language| language.0.code.eq_ignore_ascii_case(code))
    }

    /// The language of a locale: `ja_JP.UTF-8`, `ja`; Windows and some shells write `Japanese_Japan.932`. English if there is no
    /// other.
    pub fn of_locale(locale: &str) -> Self {
        let name = locale.split(['.', '@']).next().unwrap_or_default().replace('-', "_");
        let language = name.split('_').next().unwrap_or_default();
        let by_name = || Self::all().find(|known| known.0.english_name.eq_ignore_ascii_case(language));
        Self::named(&name).or_else(|| Self::named(language)).or_else(by_name).unwrap_or_default()
    }

    /// Its code: `en`, `ja`.
    pub const fn code(self) -> &'static str {
        self.0.code
    }

    /// Its name in itself.
    pub const fn own_name(self) -> &'static str {
        self.0.own_name
    }

    /// The sentence of this language for an English one; `None` where the English one stands.
    pub fn sentence(self, english: &str) -> Option<&'static str> {
        let sentences = self.0.sentences;
        sentences.binary_search_by(|(known, _)| (*known).cmp(english)).ok().map(|index| sentences[index].1)
    }

    /// The sentences it has, with their English ones.
    pub const fn sentences(self) -> &'static [(&'static str, &'static str)] {
        self.0.sentences
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::ENGLISH
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Language {}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.code())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_its_language() {
        for (locale, code) in [
            ("ja_JP.UTF-8", "ja"),
            ("ja-JP", "ja"),
            ("ja", "ja"),
            ("JA", "ja"),
            ("Japanese_Japan.932", "ja"),
            ("en_US.UTF-8", "en"),
            ("jav_ID", "en"),
            ("C", "en"),
            ("", "en"),
        ] {
            assert_eq!(Language::of_locale(locale).code(), code, "{locale}");
        }
    }

    #[test]
    fn tables_are_sorted_for_binary_search() {
        for language in Language::all() {
            assert!(language.sentences().is_sorted_by(|a, b| a.0 < b.0), "{language}");
        }
    }

    #[test]
    fn english_needs_no_table() {
        assert_eq!(Language::default(), Language::ENGLISH);
        assert_eq!(Language::ENGLISH.sentence("password"), None);
        assert_eq!(Language::named("ja").and_then(|ja| ja.sentence("password")), Some("パスワード"));
        assert_eq!(Language::named("xx"), None);
    }
}

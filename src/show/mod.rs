//! What a provider officially offers, for somebody who sets up a mail program by hand: the answer of `mailcfg show`.
//!
//! [`resolve`] finds whose mailbox it is; [`render`] writes the answer, one file per format. Facts come from [`crate::provider`]
//! alone: nothing is guessed, nothing is looked up in the network.
//!
//! Not here: judging a configuration (`rules`), which password an error text asks for (`doctor`).

mod autoconfig;
mod json;
mod names;
mod provider_file;
mod resolve;
mod text;
mod unresolved;
mod words;

use crate::account::Protocol;
use crate::date::Date;
use crate::finding::Message;
use crate::provider::{Grade, Provider, ServerSet, Status, UsernameForm};
use crate::report::Style;

pub use autoconfig::autoconfig;
pub use json::{json, json_unresolved};
pub use provider_file::{Comment, provider_file, provider_file_with};
pub use resolve::{Answer, By, Unresolved, resolve};
pub use text::text;
pub use unresolved::text_unresolved;

/// The forms of the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// A table for people.
    #[default]
    Text,
    /// For programs: schema 1, additions only.
    Json,
    /// A provider file, as in `profiles/`.
    Toml,
    /// Mozilla's config-v1.1, which Thunderbird and others read.
    Autoconfig,
}

/// What the answer depends on besides the provider.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day of the run: facts age.
    pub today: Date,
    /// Columns, colour and the language of sentences and notes; keys of JSON, TOML and XML are never translated.
    pub style: Style,
}

/// Why an answer cannot be written in a format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CannotWrite(pub Message);

/// Writes the answer. Ends with a line feed.
///
/// # Errors
///
/// Autoconfig cannot say everything: without a server for each direction, or a domain, no file can be made.
pub fn render(answer: &Answer<'_>, format: Format, options: &Options) -> Result<String, CannotWrite> {
    match format {
        Format::Text => Ok(text(answer, options)),
        Format::Json => Ok(json(answer, options)),
        Format::Toml => Ok(provider_file(answer.provider)),
        Format::Autoconfig => autoconfig(answer),
    }
}

/// Says that no provider is known, in the forms that have a word for it.
pub fn render_unresolved(unresolved: &Unresolved, format: Format, options: &Options) -> String {
    match format {
        Format::Json => json_unresolved(unresolved, options),
        Format::Text | Format::Toml | Format::Autoconfig => text_unresolved(unresolved, options),
    }
}

impl<'a> Answer<'a> {
    /// The sets that are right for this address, in the order to try them: IMAP before POP3 before SMTP, what the provider
    /// tells people first, sure facts before thin ones.
    pub fn usable_sets(&self) -> Vec<&'a ServerSet> {
        let mut sets = self.sets(ServerSet::is_usable);
        sets.sort_by_key(|set| (set.protocol, set.status, std::cmp::Reverse(set.grade(self.provider))));
        sets
    }

    /// The sets that still stand in programs and should not, in the order of the file.
    pub fn former_sets(&self) -> Vec<&'a ServerSet> {
        self.sets(|set| !set.is_usable())
    }

    fn sets(&self, wanted: impl Fn(&ServerSet) -> bool) -> Vec<&'a ServerSet> {
        let sets = self.provider.servers.iter();
        sets.filter(|set| set.protocol != Protocol::Exchange && wanted(set) && set.is_for(self.domain.as_deref()))
            .collect()
    }

    /// Of [`Self::usable_sets`], the one to set up for each protocol, and the others.
    pub fn recommended(&self) -> (Vec<&'a ServerSet>, Vec<&'a ServerSet>) {
        let (mut first, mut others) = (Vec::<&ServerSet>::new(), Vec::new());
        for set in self.usable_sets() {
            if first.iter().any(|known| known.protocol == set.protocol) { others.push(set) } else { first.push(set) }
        }
        (first, others)
    }

    /// The address from which a user name of this form follows. By the mail exchanger, the part before the `@` may be that of
    /// another address.
    fn username_address(&self, form: UsernameForm) -> Option<&str> {
        let is_unsure = matches!(self.by, By::Mx(_)) && form == UsernameForm::LocalPart;
        self.address.as_deref().filter(|_| !is_unsure)
    }

    /// Whether the service is over on `today`.
    pub fn has_ended(&self, today: Date) -> bool {
        self.provider.ended.is_some_and(|ended| ended <= today)
    }
}

/// Whether a set is less sure than what stands above it says.
fn is_thin(set: &ServerSet, provider: &Provider) -> bool {
    set.grade(provider) == Grade::Low && provider.confidence != Grade::Low
}

/// Whether a status means that the way in is gone on `today`.
fn is_gone(status: Status, until: Option<Date>, today: Date) -> bool {
    match status {
        Status::Retired | Status::Never => true,
        Status::Retiring => until.is_some_and(|until| until <= today),
        Status::Preferred | Status::Accepted | Status::Legacy => false,
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::language::Language;
    use crate::provider::Providers;

    #[test]
    fn every_provider_can_be_shown_in_every_language_and_form() {
        let providers = Providers::embedded();
        for (provider, language) in
            providers.iter().flat_map(|provider| Language::all().map(move |language| (provider, language)))
        {
            let address = provider.domains.first().map(|domain| format!("taro@{}", domain.replace('*', "abc")));
            let answer = resolve(address.as_deref().unwrap_or(&provider.id), &[], &providers).expect("it is known");
            let style = Style { language, ..Style::of_width(Some(72)) };
            let options = Options { today: Date::new(2026, 11, 24), style };
            let text = text(&answer, &options);
            for line in text.lines() {
                let is_short =
                    line.width() <= 72 || line.trim_start().split(' ').filter(|word| !word.is_empty()).count() <= 5;
                assert!(is_short && !line.contains(['{', '}']), "{}: {line}", provider.id);
            }
            assert!(serde_json::from_str::<serde_json::Value>(&json(&answer, &options)).is_ok(), "{}", provider.id);
        }
    }
}

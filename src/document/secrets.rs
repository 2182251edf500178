//! What a whole document keeps secret: every place of each secret, and the texts that nothing may repeat.

use std::collections::HashSet;

use super::Document;
use crate::account::Place;
use crate::secrets::{in_addresses, spellings};
use crate::source::Span;

impl Document {
    /// Adds the places that no adapter needs to know of: passwords in addresses, and where a secret is written once more, be it
    /// one of this document or one that is `known` from before a change.
    pub(crate) fn complete_secrets(&mut self, known: &[String]) {
        let mut places = Vec::new();
        for (index, source) in self.sources.iter().enumerate() {
            places
                .extend(in_addresses(source.bytes()).into_iter().map(|span| Place { source: index, span: Some(span) }));
        }
        self.secrets.extend(places);
        let own = self.secret_texts();
        let repeated: Vec<Place> = own.iter().chain(known).flat_map(|text| self.places_of(text)).collect();
        self.secrets.extend(repeated);
    }

    /// Where a text stands: in a comment, as the user name.
    fn places_of(&self, text: &str) -> Vec<Place> {
        let mut places = Vec::new();
        for (index, source) in self.sources.iter().enumerate() {
            let found = memchr::memmem::find_iter(source.bytes(), text.as_bytes());
            places.extend(found.map(|at| Place { source: index, span: Some(Span::new(at, at + text.len())) }));
        }
        places
    }

    /// The secrets that are long enough to be recognised elsewhere, in every way in which they may be spelled; longest first.
    pub(crate) fn secret_texts(&self) -> Vec<String> {
        let mut texts = HashSet::new();
        for place in &self.secrets {
            let bytes = self.sources.get(place.source).zip(place.span);
            if let Some(bytes) = bytes.and_then(|(source, span)| source.bytes().get(span.range())) {
                texts.extend(spellings(&String::from_utf8_lossy(bytes)));
            }
        }
        let mut texts: Vec<String> = texts.into_iter().collect();
        texts.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        texts
    }
}

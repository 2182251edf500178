//! What a whole document keeps secret: every place of each secret, and the texts that nothing may repeat.

use std::collections::HashSet;

use super::{Document, username};
use crate::account::Place;
use crate::secrets::{Secrets, in_addresses, in_assignments, spellings};

impl Document {
    /// Adds the places that no adapter needs to know of: passwords in addresses and behind user names, and where a secret is written
    /// once more, be it one of this document or one that is `known` from before a change.
    pub(crate) fn complete_secrets(&mut self, known: Option<&Secrets>) {
        let mut places = Vec::new();
        for (index, source) in self.sources.iter().enumerate() {
            let place = |span| Place { source: index, span: Some(span) };
            places.extend(in_addresses(source.bytes()).into_iter().map(place));
            self.withheld.extend(in_assignments(source.bytes()).into_iter().map(place));
        }
        self.secrets.extend(places);
        username::observe(self);
        let own = self.known_secrets();
        let mut repeated = Vec::new();
        for (index, source) in self.sources.iter().enumerate() {
            let found = std::iter::once(&own).chain(known).flat_map(|secrets| secrets.places(source.bytes()));
            repeated.extend(found.map(|span| Place { source: index, span: Some(span) }));
        }
        self.secrets.extend(repeated);
    }

    /// The secrets that are long enough to be recognised elsewhere, in every way in which they may be spelled.
    pub(crate) fn known_secrets(&self) -> Secrets {
        let mut texts = HashSet::new();
        for place in &self.secrets {
            let bytes = self.sources.get(place.source).zip(place.span);
            if let Some(bytes) = bytes.and_then(|(source, span)| source.bytes().get(span.range())) {
                texts.extend(spellings(&String::from_utf8_lossy(bytes)));
            }
        }
        Secrets::of(texts)
    }
}

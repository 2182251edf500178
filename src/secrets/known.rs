//! Secrets that are known: where they stand in a text, and the text without them.

use std::collections::HashSet;

use aho_corasick::{AhoCorasick, MatchKind};

use super::spelling::without_percent_signs;
use super::text::in_addresses;
use crate::source::{MASK, Span};

/// A secret longer than this is found by itself and not together with the others, whose common index would grow with it.
const INDEXED: usize = 1_000;

/// Secrets that are long enough to be recognised elsewhere, in every way in which they may be spelled.
#[derive(Default)]
pub(crate) struct Secrets {
    /// The short ones, all at once: a file may hold as many as it has lines.
    index: Option<AhoCorasick>,
    /// The others.
    long: Vec<String>,
}

impl Secrets {
    /// Of these texts, in every way in which they may be spelled.
    pub(crate) fn of(texts: HashSet<String>) -> Self {
        let (mut long, short): (Vec<String>, Vec<String>) = texts.into_iter().partition(|text| text.len() > INDEXED);
        long.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        let index = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&short);
        match index {
            Ok(index) => Self { index: (!short.is_empty()).then_some(index), long },
            // More than any index holds. Slow, and nothing is shown.
            Err(_) => Self { index: None, long: [long, short].concat() },
        }
    }

    /// Where they stand.
    pub(crate) fn places(&self, bytes: &[u8]) -> Vec<Span> {
        let long = |text: &String| {
            let len = text.len();
            memchr::memmem::find_iter(bytes, text).map(move |at| Span::new(at, at + len)).collect::<Vec<_>>()
        };
        let mut spans: Vec<Span> = self.long.iter().flat_map(long).collect();
        spans.extend(self.index.iter().flat_map(|index| index.find_iter(bytes)).map(|found| Span::from(found.range())));
        spans
    }

    /// A value as it may be shown: without them, and without passwords in addresses and behind user names, however short.
    pub(crate) fn hide(&self, text: &str) -> String {
        let mut spans = self.places(text.as_bytes());
        spans.extend(in_addresses(text.as_bytes()));
        let mut out = text.to_owned();
        let mut from = out.len();
        spans.sort_unstable_by(|a, b| b.cmp(a));
        for span in merged(spans) {
            debug_assert!(span.end <= from, "joined and from the last to the first");
            from = span.start;
            out.replace_range(span.range(), MASK);
        }
        out
    }

    /// Whether one of them stands in a text, also as part of an address, or a password that its place in an address gives away.
    pub(crate) fn is_in(&self, text: &[u8]) -> bool {
        let has = |text: &[u8]| {
            self.index.as_ref().is_some_and(|index| index.is_match(text))
                || self.long.iter().any(|secret| memchr::memmem::find(text, secret.as_bytes()).is_some())
        };
        has(text) || has(&without_percent_signs(text)) || !in_addresses(text).is_empty()
    }
}

/// Spans from the last to the first, those that touch joined.
fn merged(descending: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(descending.len());
    for span in descending {
        match out.last_mut() {
            Some(last) if span.end >= last.start => {
                (last.start, last.end) = (span.start.min(last.start), span.end.max(last.end));
            }
            _ => out.push(span),
        }
    }
    out
}

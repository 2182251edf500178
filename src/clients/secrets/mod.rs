//! Finds what may be a password, without a parser, so that a broken file gives none away.
//!
//! What is found here is only hidden, never judged: a place too many costs a masked word, a place too few a password.

mod json;
mod markup;
mod names;
mod text;
mod toml;
mod username;

use std::collections::HashSet;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::account::Place;
use crate::document::Document;
use crate::source::{MASK, Span};
use crate::syntax::prefs::quote;

pub(super) use json::in_json;
pub(crate) use markup::{in_elements, in_property_list};
pub(super) use names::names_a_host;
pub(crate) use names::{is_plain_name, names_a_secret};
pub(super) use text::{in_host, in_unread_preferences};
pub(crate) use toml::in_toml;

/// Secrets shorter than this are masked where they stand and not searched for elsewhere, since short texts occur by chance.
const SEARCHED: usize = 6;

/// A secret longer than this is found by itself and not together with the others, whose common index would grow with it.
const INDEXED: usize = 1_000;

/// Adds the places that no adapter needs to know of: passwords in addresses and behind user names, and where a secret is written
/// once more, be it one of this document or one that is `known` from before a change.
pub(crate) fn complete(document: &mut Document, known: Option<&Secrets>) {
    let mut places = Vec::new();
    for (index, source) in document.sources.iter().enumerate() {
        let place = |span| Place { source: index, span: Some(span) };
        places.extend(text::in_addresses(source.bytes()).into_iter().map(place));
        document.withheld.extend(text::in_assignments(source.bytes()).into_iter().map(place));
    }
    document.secrets.extend(places);
    username::observe(document);
    let own = Secrets::of(document);
    let mut repeated = Vec::new();
    for (index, source) in document.sources.iter().enumerate() {
        let found = std::iter::once(&own).chain(known).flat_map(|secrets| secrets.places(source.bytes()));
        repeated.extend(found.map(|span| Place { source: index, span: Some(span) }));
    }
    document.secrets.extend(repeated);
}

/// The secrets of a document that are long enough to be recognised elsewhere, in every way in which they may be spelled.
#[derive(Default)]
pub(crate) struct Secrets {
    /// The short ones, all at once: a file may hold as many as it has lines.
    index: Option<AhoCorasick>,
    /// The others.
    long: Vec<String>,
}

impl Secrets {
    /// Of a document as it is.
    pub(crate) fn of(document: &Document) -> Self {
        let mut texts = HashSet::new();
        for place in &document.secrets {
            let bytes = document.sources.get(place.source).zip(place.span);
            if let Some(bytes) = bytes.and_then(|(source, span)| source.bytes().get(span.range())) {
                texts.extend(spellings(&String::from_utf8_lossy(bytes)));
            }
        }
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
    fn places(&self, bytes: &[u8]) -> Vec<Span> {
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
        spans.extend(text::in_addresses(text.as_bytes()));
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
        has(text) || has(&without_percent_signs(text)) || !text::in_addresses(text).is_empty()
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

fn find(bytes: &[u8], at: usize, needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes.get(at..)?, needle).map(|found| at + found)
}

/// `%40` as `@`: how folder addresses of Thunderbird write user names.
fn without_percent_signs(text: &[u8]) -> Vec<u8> {
    let digit = |at: usize| text.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut out, mut at) = (Vec::with_capacity(text.len()), 0);
    while let Some(byte) = text.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.extend(u8::try_from(high * 16 + low));
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

/// A secret as written, without its markup, without escapes, and with those of each format.
fn spellings(written: &str) -> Vec<String> {
    let written = written.trim();
    let bare = written.trim_matches(['"', '\'']);
    let mut plain = vec![
        bare.to_owned(),
        without_markup(written),
        bare.replace("\\\\", "\u{0}").replace('\\', "").replace('\u{0}', "\\"),
    ];
    plain.extend(quick_xml::escape::unescape(bare).map(std::borrow::Cow::into_owned));
    let escaped = plain.iter().flat_map(|text| {
        let quoted = quote(text);
        [quick_xml::escape::escape(text.as_str()).into_owned(), quoted.trim_matches('"').to_owned()]
    });
    let escaped: Vec<String> = escaped.collect();
    plain.extend(escaped);
    plain.retain(|text| text.len() >= SEARCHED);
    plain
}

/// The text inside CDATA and between comments.
fn without_markup(written: &str) -> String {
    let mut out = String::new();
    let mut rest = written;
    while let Some((before, after)) = rest.split_once("<!") {
        out.push_str(before);
        let (inside, end, is_text) =
            after.strip_prefix("[CDATA[").map_or((after, "-->", false), |inside| (inside, "]]>", true));
        let (inside, after) = inside.split_once(end).unwrap_or((inside, ""));
        out.push_str(if is_text { inside } else { "" });
        rest = after;
    }
    out + rest
}

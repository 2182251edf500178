//! What reports do not quote of a profile, because nobody knows what it is and it may be a password in the wrong place: the values of keys
//! that a mail payload does not have, such keys unless they look like names, and what stands outside of any setting.

use super::payloads::{payload_type, payloads};
use super::schema::{self, COMMON, TOP_LEVEL};
use crate::account::Place;
use crate::clients::is_slip;
use crate::clients::property_list::place_of;
use crate::secrets::is_plain_name;
use crate::source::Span;
use crate::syntax::plist::{Plist, ProblemKind};

pub(super) fn places(list: &Plist, bytes: &[u8]) -> Vec<Place> {
    let mut spans: Vec<Span> = astray(list, bytes).collect();
    for payload in payloads(list) {
        let Some(own) = schema::find(payload_type(&payload)).filter(|own| own.is_mail) else { continue };
        let is_known = |name: &str| COMMON.iter().chain(own.keys).any(|key| is_slip(name, key.name));
        for entry in payload.dict.entries.iter().filter(|entry| !is_known(&entry.key)) {
            spans.extend(place_of(&entry.value).span);
            spans.extend(entry.key_span.filter(|_| !is_plain_name(&entry.key)).map(|span| within(span, bytes)));
        }
    }
    spans.into_iter().map(|span| Place { source: 0, span: Some(span) }).collect()
}

/// Values without a key, keys without a value, text between them. A list or dictionary that holds payloads is no password.
fn astray<'a>(list: &'a Plist, bytes: &'a [u8]) -> impl Iterator<Item = Span> + 'a {
    let holds_payload = |span: Span| memchr::memmem::find(&bytes[span.range()], b"<key>Payload").is_some();
    list.problems.iter().filter_map(move |problem| match problem.kind {
        ProblemKind::TextOutside => Some(problem.span),
        ProblemKind::ValueWithoutKey | ProblemKind::SecondRoot if !holds_payload(problem.span) => {
            Some(within(problem.span, bytes))
        }
        ProblemKind::KeyWithoutValue | ProblemKind::KeyOutsideDict => {
            let inner = within(problem.span, bytes);
            let name = String::from_utf8_lossy(&bytes[inner.range()]);
            (!is_plain_name(name.trim()) && !is_in_schema(&name)).then_some(inner)
        }
        _ => None,
    })
}

fn is_in_schema(name: &str) -> bool {
    let keys = schema::PAYLOADS.iter().flat_map(|payload| payload.keys).chain(COMMON).chain(TOP_LEVEL);
    keys.into_iter().any(|key| key.name == name)
}

/// An element without its own tags, where it has both.
fn within(span: Span, bytes: &[u8]) -> Span {
    let text = &bytes[span.range()];
    let start = memchr::memchr(b'>', text).map_or(0, |at| at + 1);
    let end = memchr::memmem::rfind(text, b"</").unwrap_or(text.len());
    if start < end { Span::new(span.start + start, span.start + end) } else { span }
}

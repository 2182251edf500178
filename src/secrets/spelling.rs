//! How a secret may be spelled: without its markup, and with the escapes of each format.

use crate::syntax::prefs::quote;

/// Secrets shorter than this are masked where they stand and not searched for elsewhere, since short texts occur by chance.
const SEARCHED: usize = 6;

/// A secret as written, without its markup, without escapes, and with those of each format.
pub(crate) fn spellings(written: &str) -> Vec<String> {
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

/// `%40` as `@`: how folder addresses of Thunderbird write user names.
pub(super) fn without_percent_signs(text: &[u8]) -> Vec<u8> {
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

/// The text inside CDATA and between comments.
pub(super) fn without_markup(written: &str) -> String {
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

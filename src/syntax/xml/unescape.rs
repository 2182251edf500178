//! Text that stands in an element with its own markup escaped, and the way back to the bytes that spell it.

use crate::source::Span;
use crate::syntax::markup::resolve;

const CDATA: &str = "<![CDATA[";

/// The text in `span`, which holds entities, CDATA and no elements, with (offset in the text, offset in the file) wherever the
/// two begin to run side by side. `None` for anything else, and for text that is not UTF-8.
pub fn unescaped(bytes: &[u8], span: Span) -> Option<(String, Vec<(usize, usize)>)> {
    let whole = std::str::from_utf8(bytes.get(span.range())?).ok()?;
    let (mut out, mut steps) = (String::with_capacity(whole.len()), Vec::new());
    let mut rest = whole;
    while let Some(next) = rest.chars().next() {
        steps.push((out.len(), span.start + whole.len() - rest.len()));
        rest = match next {
            '&' => {
                let (name, after) = rest[1..].split_once(';')?;
                out.push(resolve(name).ok()?);
                after
            }
            '<' => {
                let (inside, after) = rest.strip_prefix(CDATA)?.split_once("]]>")?;
                if let Some(step) = steps.last_mut() {
                    step.1 += CDATA.len();
                }
                out.push_str(inside);
                after
            }
            _ => {
                let plain = rest.find(['&', '<']).unwrap_or(rest.len());
                out.push_str(&rest[..plain]);
                &rest[plain..]
            }
        };
    }
    Some((out, steps))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_knows_how_it_is_spelled() {
        let file = "<p>a&amp;b<![CDATA[<c>]]>d</p>";
        let span = Span::new(3, file.len() - 4);
        let (text, steps) = unescaped(file.as_bytes(), span).unwrap();
        assert_eq!(text, "a&b<c>d");
        assert_eq!(steps, [(0, 3), (1, 4), (2, 9), (3, 19), (6, 25)]);
        for text in ["a & b", "&unknown;", "<b/>", "<![CDATA[a", "&#0;"] {
            assert_eq!(unescaped(text.as_bytes(), Span::new(0, text.len())), None, "{text}");
        }
    }
}

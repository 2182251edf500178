//! Characters that stand under another name, and text that must.

use super::{Fault, scan};
use std::fmt::Write as _;

/// The character of `&name;`, given what stands between the signs. Only the five names of XML are known: an entity that a
/// DOCTYPE declares is never resolved, since it may hold anything.
pub(in crate::syntax) fn resolve(name: &str) -> Result<char, Fault> {
    match name.strip_prefix('#') {
        Some(number) => character(number).ok_or(Fault::BadCharacterReference),
        None if scan::is_name(name) => predefined(name).ok_or(Fault::UnknownEntity),
        None => Err(Fault::RawAmpersand),
    }
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// The character of `&#65;` or `&#x41;`, given what stands between `#` and `;`.
fn character(number: &str) -> Option<char> {
    let (radix, digits) = number.strip_prefix('x').map_or((10, number), |hex| (16, hex));
    if digits.starts_with('+') {
        return None;
    }
    char::from_u32(u32::from_str_radix(digits, radix).ok()?).filter(|char| *char != '\0')
}

/// `text` as the content of an XML element: the three characters that XML takes for markup, and those it would lose.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\t' => out.push(char),
            control if control.is_control() => {
                let _ = write!(out, "&#{};", u32::from(control));
            }
            _ => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_so_that_it_comes_back() {
        assert_eq!(escape("a&b<c>d\"e'\r\n\u{1}受"), "a&amp;b&lt;c&gt;d\"e'&#13;\n&#1;受");
    }
}

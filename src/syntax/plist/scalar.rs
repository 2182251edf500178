//! Between the text of a leaf element and its value, both ways.
//!
//! Accepts what Apple's parser accepts (swift-corelibs-foundation, `CFPropertyList.c`): signs, leading zeros and
//! hexadecimal in `<integer>`, blanks before the digits. More it does not accept, and says so.

use super::{ProblemKind, Value};
use crate::syntax::markup::escape;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_PAD_INDIFFERENT};

/// The value of a leaf element, and what is wrong with its text.
pub(super) fn read(element: &str, text: String) -> (Value, Option<ProblemKind>) {
    let malformed = |text: String, kind| (Value::Malformed { element: element.to_owned(), text }, kind);
    match element {
        "string" | "key" => (Value::Text(text), None),
        "true" | "false" => (Value::Bool(element == "true"), (!text.is_empty()).then_some(ProblemKind::BadBool)),
        "integer" => match integer(&text) {
            Some(Number::Fits(number)) => {
                let blank = text.ends_with(char::is_whitespace).then_some(ProblemKind::BlankAfterInteger);
                (Value::Integer(number), blank)
            }
            Some(Number::Unsigned) => malformed(text, None),
            None => malformed(text, Some(ProblemKind::BadInteger)),
        },
        "real" => match text.trim_start().parse() {
            Ok(number) => (Value::Real(number), None),
            Err(_) => malformed(text, Some(ProblemKind::BadReal)),
        },
        "date" if is_date(&text) => (Value::Date(text), None),
        "date" => malformed(text, Some(ProblemKind::BadDate)),
        "data" => match data(&text) {
            Some(bytes) => (Value::Data(bytes), None),
            None => malformed(text, Some(ProblemKind::BadData)),
        },
        _ => malformed(text, None),
    }
}

/// A whole number that Apple's parser reads.
enum Number {
    /// In the range of `i64`.
    Fits(i64),
    /// Beyond it, but in the range of `u64`.
    Unsigned,
}

fn integer(text: &str) -> Option<Number> {
    let text = text.trim();
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, text[1..].trim_start()),
        b'+' => (false, text[1..].trim_start()),
        _ => (false, text),
    };
    let (radix, digits) = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        Some(hex) => (16, hex),
        None => (10, digits),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let size = i128::from(u64::from_str_radix(digits, radix).ok()?);
    let number = if negative { -size } else { size };
    match i64::try_from(number) {
        Ok(fits) => Some(Number::Fits(fits)),
        Err(_) => (!negative).then_some(Number::Unsigned),
    }
}

/// `YYYY-MM-DDThh:mm:ssZ`; a year may have more digits and a sign.
fn is_date(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let year = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text.as_bytes()[year..];
    let shape = b"-00-00T00:00:00Z";
    let fits = |(byte, shape): (&u8, &u8)| if *shape == b'0' { byte.is_ascii_digit() } else { byte == shape };
    year > 0 && rest.len() == shape.len() && rest.iter().zip(shape).all(fits)
}

/// Base64 over any number of lines. An empty element is refused by Apple, blank content is not.
fn data(text: &str) -> Option<Vec<u8>> {
    let packed: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    STANDARD_PAD_INDIFFERENT.decode(packed).ok()
}

/// The text between the tags for a leaf value, escaped; `None` for containers and truth values.
pub(super) fn content(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Date(text) | Value::Malformed { text, .. } => Some(escape(text)),
        Value::Integer(number) => Some(number.to_string()),
        Value::Real(number) => Some(real(*number)),
        Value::Data(bytes) => Some(STANDARD.encode(bytes)),
        Value::Dict(_) | Value::Array(_) | Value::Bool(_) => None,
    }
}

fn real(number: f64) -> String {
    if number.is_finite() {
        number.to_string()
    } else if number.is_nan() {
        "nan".to_owned()
    } else {
        if number > 0.0 { "+infinity" } else { "-infinity" }.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(element: &str, text: &str) -> (Value, Option<ProblemKind>) {
        read(element, text.to_owned())
    }

    #[test]
    fn integers_are_read_as_apple_reads_them() {
        for (text, expected) in [
            ("993", 993),
            (" \n993", 993),
            ("+0993", 993),
            ("- 5", -5),
            ("0x3E1", 993),
            ("0X10", 16),
            ("0", 0),
            ("-9223372036854775808", i64::MIN),
        ] {
            assert_eq!(kind("integer", text), (Value::Integer(expected), None), "{text}");
        }
        assert_eq!(kind("integer", "993 "), (Value::Integer(993), Some(ProblemKind::BlankAfterInteger)));
        let (value, problem) = kind("integer", "18446744073709551615");
        assert!(matches!(value, Value::Malformed { .. }) && problem.is_none());
    }

    #[test]
    fn what_is_no_number_is_kept_as_text() {
        for text in ["", " ", "{{PORT}}", "9 3", "99a", "--1", "+-1", "0x", "1.0", "18446744073709551616", "٣", "+"] {
            let (value, problem) = kind("integer", text);
            assert!(matches!(value, Value::Malformed { text: kept, .. } if kept == text), "{text}");
            assert_eq!(problem, Some(ProblemKind::BadInteger), "{text}");
        }
    }

    #[test]
    fn other_leaves() {
        assert_eq!(kind("real", "1").0, Value::Real(1.0));
        assert_eq!(kind("real", "-1.5e3").0, Value::Real(-1500.0));
        assert_eq!(kind("real", "+infinity").0, Value::Real(f64::INFINITY));
        assert_eq!(kind("real", "1,5").1, Some(ProblemKind::BadReal));
        assert_eq!(kind("date", "2026-11-23T08:00:00Z").1, None);
        for date in ["2026-11-23", "2026-11-23T08:00:00+09:00", "", "-", "2026-11-23T08:00:00Z "] {
            assert_eq!(kind("date", date).1, Some(ProblemKind::BadDate), "{date}");
        }
        assert_eq!(kind("data", "\n\tAAEC\n\tAw==\n").0, Value::Data(vec![0, 1, 2, 3]));
        assert_eq!(kind("data", "AAECAw").0, Value::Data(vec![0, 1, 2, 3]));
        assert_eq!(kind("data", "$CERT").1, Some(ProblemKind::BadData));
        assert_eq!(kind("true", "yes"), (Value::Bool(true), Some(ProblemKind::BadBool)));
    }

    #[test]
    fn reals_are_written_so_that_they_come_back() {
        for number in [0.5, -3.0, 1e300, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(kind("real", &content(&Value::Real(number)).unwrap()).0, Value::Real(number));
        }
    }
}

//! The doctor's answer, for people ([`text`]) and for programs ([`json`]).
//!
//! Sentences of the answer hold `{client}` and `{provider}`; the names are filled in here, after translation.

mod json;
mod text;

pub use json::json;
pub use text::text;

use unicode_width::UnicodeWidthChar;

use super::Style;
use crate::doctor::Answer;
use crate::finding::Message;

/// The sentence in the person's language, with the two names in it.
fn say(message: &Message, answer: &Answer, style: &Style) -> String {
    let names = [style.tell(&answer.client_name), style.tell(&answer.provider_name)];
    let named = message.clone().with("client", &names[0]).with("provider", &names[1]);
    names.iter().fold(style.tell(&named), |text, name| closed_up(&text, name))
}

/// Without the blanks that part a Japanese name from Japanese words: translations part Latin names by them, and a name may
/// be either.
fn closed_up(text: &str, name: &str) -> String {
    let (Some(first), Some(last)) = (name.chars().next(), name.chars().next_back()) else { return text.to_owned() };
    let mut parts = text.split(name);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        if is_wide(first) && out.strip_suffix(' ').is_some_and(|before| before.chars().next_back().is_some_and(is_wide))
        {
            out.pop();
        }
        out.push_str(name);
        let after = part.strip_prefix(' ').filter(|after| is_wide(last) && after.chars().next().is_some_and(is_wide));
        out.push_str(after.unwrap_or(part));
    }
    out
}

fn is_wide(character: char) -> bool {
    character.width() == Some(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_japanese_name_stands_close_to_japanese_words() {
        for (text, name, expected) in [
            ("ドコモメール が発行した", "ドコモメール", "ドコモメールが発行した"),
            ("以降、 ドコモメール では", "ドコモメール", "以降、ドコモメールでは"),
            ("Gmail が発行した アプリ パスワード", "Gmail", "Gmail が発行した アプリ パスワード"),
            ("ドコモメール wants it", "ドコモメール", "ドコモメール wants it"),
            ("au メール の", "au メール", "au メールの"),
            ("x", "", "x"),
        ] {
            assert_eq!(closed_up(text, name), expected);
        }
    }
}

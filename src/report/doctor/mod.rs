//! The doctor's answer, for people ([`text`]) and for programs ([`json`]).
//!
//! Sentences of the answer hold `{client}` and `{provider}`; the names are filled in here, after translation.

mod json;
mod text;

pub use json::json;
pub use text::text;

use super::Style;
use crate::doctor::Answer;
use crate::finding::Message;

/// The sentence in the person's language, with the two names in it.
fn say(message: &Message, answer: &Answer, style: &Style) -> String {
    let named = message.clone().with("client", style.tell(&answer.client_name));
    style.tell(&named.with("provider", style.tell(&answer.provider_name)))
}

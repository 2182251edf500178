//! Finds what may be a password in the bytes of a file, without a parser, so that a broken file gives none away. One file for each
//! kind of format, and what is common to them.
//!
//! What is found here is only hidden, never judged: a place too many costs a masked word, a place too few a password. Not here: what a
//! whole document keeps secret (`document`).

mod json;
mod known;
mod markup;
mod names;
mod spelling;
mod text;
mod toml;

pub(crate) use json::in_json;
pub(crate) use known::Secrets;
pub(crate) use markup::{in_elements, in_property_list};
pub(crate) use names::{is_plain_name, names_a_host, names_a_secret};
pub(crate) use spelling::spellings;
pub(crate) use text::{in_addresses, in_assignments, in_host, in_unread_preferences};
pub(crate) use toml::in_toml;

fn find(bytes: &[u8], at: usize, needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes.get(at..)?, needle).map(|found| at + found)
}

//! Every format is read as what it is, keeps its bytes, and no input brings the program down.
//!
//! What the rules find is not the matter here (`rules`), nor what is printed (`cli`, `secrets`).

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

mod fixes;
#[path = "../fixture/mod.rs"]
mod fixture;
mod known;
mod places;
mod slips;
#[path = "../stock/mod.rs"]
mod stock;
mod survival;
#[path = "../variants/mod.rs"]
mod variants;

use mailcfg::finding::Finding;
use mailcfg::lint::{Input, lint};
use mailcfg::source::View;

use fixture::options;

const UTF16_LE: View = View::Utf16 { little_endian: true };
const UTF16_BE: View = View::Utf16 { little_endian: false };

fn findings(input: &Input) -> Vec<Finding> {
    lint(std::slice::from_ref(input), &options()).findings
}

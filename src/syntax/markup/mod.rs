//! What all XML has in common, whatever its elements mean: tokens with places, entities, faults, layout.
//!
//! Property lists (`plist`) and other XML (`xml`) are read on top of this. Not here: trees.

mod entity;
mod fault;
mod layout;
mod scan;

pub use entity::escape;
pub(super) use entity::resolve;
pub use fault::Fault;
pub(super) use layout::{after_remark, has_break, indentation, lead, line_lead, removal};
pub(super) use scan::{Scanner, Token};

/// Elements nested deeper than this are not read. Real files use about six levels.
pub const MAX_DEPTH: usize = 128;

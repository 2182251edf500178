//! File formats, without any idea of mail: bytes in, a tree with spans out.

pub mod cms;
pub mod comments;
pub mod json;
pub mod markup;
pub mod plist;
pub mod prefs;
pub mod text;
pub mod xml;

//! The way to a value in a property list, and how it is written in reports.
//!
//! Key paths are for people and for binary lists, where nothing else names a place. They are not parsed back: a key may
//! itself contain a dot or a bracket.

use std::fmt;

/// One step into a property list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PathPart {
    /// The value of this key of a dictionary.
    Key(String),
    /// This item of an array, counted from 0.
    Index(usize),
}

impl From<&str> for PathPart {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<usize> for PathPart {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

impl fmt::Display for PathPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => f.write_str(key),
            Self::Index(index) => write!(f, "[{index}]"),
        }
    }
}

/// Shows a path as `PayloadContent[0].IncomingMailServerPortNumber`.
#[derive(Clone, Copy, Debug)]
pub struct KeyPath<'a>(pub &'a [PathPart]);

impl fmt::Display for KeyPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.0.iter().enumerate() {
            if index > 0 && matches!(part, PathPart::Key(_)) {
                f.write_str(".")?;
            }
            part.fmt(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_read_as_people_write_them() {
        let path: [PathPart; 3] = ["PayloadContent".into(), 0.into(), "IncomingMailServerPortNumber".into()];
        assert_eq!(KeyPath(&path).to_string(), "PayloadContent[0].IncomingMailServerPortNumber");
        assert_eq!(KeyPath(&[1.into(), 2.into(), "a".into()]).to_string(), "[1][2].a");
        assert_eq!(KeyPath(&[]).to_string(), "");
    }
}

//! Where to cut in the text of a configuration, in any of the formats: a value, the setting around it, its name.

use std::ops::Range;

/// The formats as far as cutting is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grammar {
    Prefs,
    Plist,
    Xml,
    /// One entry a line.
    Json,
}

impl Grammar {
    pub(crate) fn of(client: &str) -> Self {
        match client {
            "thunderbird" => Self::Prefs,
            "autoconfig" => Self::Xml,
            "declaration" => Self::Json,
            _ => Self::Plist,
        }
    }

    /// A text as a value of this format; in JSON without its quotation marks, which stay.
    pub(crate) fn quoted(self, value: &str) -> String {
        match self {
            Self::Prefs => format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")),
            Self::Json => value.replace('\\', "\\\\").replace('"', "\\\""),
            Self::Plist | Self::Xml => value.replace('&', "&amp;").replace('<', "&lt;"),
        }
    }

    /// The whole setting around the value at `value`: the statement, the element, in a property list the key with its element;
    /// with the blanks before it.
    pub(crate) fn setting(self, text: &str, value: Range<usize>) -> Option<Range<usize>> {
        let range = match self {
            Self::Prefs => {
                let start = text[..value.start].rfind("user_pref(")?;
                start..value.end + text[value.end..].find(");")? + 2
            }
            Self::Xml => element(text, value)?,
            Self::Json => {
                let end = value.end + text[value.end..].find(['\n', ','])?;
                text[..value.start].rfind('\n')? + 1..end
            }
            Self::Plist => {
                let element = element(text, value)?;
                let start = text[..element.start].rfind("<key>")?;
                // An item of an array has no key of its own.
                (text[start..element.start].matches('<').count() == 2).then_some(start..element.end)?
            }
        };
        let start = text[..range.start].trim_end_matches([' ', '\t', '\n']).len();
        Some(start..range.end)
    }

    /// What has to be cut out so that the setting around the value at `value` is gone: in JSON with the comma that parts it from
    /// the others.
    pub(crate) fn removal(self, text: &str, value: Range<usize>) -> Option<Range<usize>> {
        let setting = self.setting(text, value)?;
        let behind = text[setting.end..].starts_with(',');
        let before = text[..setting.start].ends_with(',');
        Some(match self {
            Self::Json if behind => setting.start..setting.end + 1,
            Self::Json if before => setting.start - 1..setting.end,
            _ => setting,
        })
    }

    /// The name of the setting around the value at `value`.
    pub(crate) fn name(self, text: &str, value: Range<usize>) -> Option<Range<usize>> {
        let whole = self.setting(text, value)?;
        let part = &text[whole.clone()];
        let (start, close) = match self {
            Self::Prefs => (part.find("(\"")? + 2, "\""),
            Self::Plist => (part.find("<key>")? + 5, "</key>"),
            Self::Xml => (part.find('<')? + 1, ">"),
            Self::Json => (part.find('"')? + 1, "\""),
        };
        let end = start + part[start..].find(close)?;
        // Of the name of a preference, the last part is the setting's.
        let start = part[..end].rfind('.').filter(|_| self == Self::Prefs).map_or(start, |dot| dot + 1);
        Some(whole.start + start..whole.start + end)
    }
}

/// The element around the value, or that is the value.
pub(crate) fn element(text: &str, value: Range<usize>) -> Option<Range<usize>> {
    if text[value.clone()].starts_with('<') {
        return Some(value);
    }
    let start = text[..value.start].rfind('<')?;
    // An attribute is no element.
    (!text[start..value.start].contains('"')).then_some(())?;
    Some(start..value.end + text[value.end..].find('>')? + 1)
}

/// The value of the first such key behind `from`, in a property list.
pub(crate) fn value_of_key(text: &str, key: &str, from: usize) -> Option<Range<usize>> {
    let open = format!("<key>{key}</key>");
    let after = from + text[from..].find(&open)? + open.len();
    let start = after + text[after..].find('<')?;
    let inner = start + text[start..].find('>')? + 1;
    Some(inner..inner + text[inner..].find('<')?)
}

//! How an XML property list is laid out, and new elements in the same layout.
//!
//! Offsets are those of the decoded text. Layout is copied from one neighbour, never computed for the whole file: files
//! mix styles.

use super::{Node, Value, scalar};
use crate::source::Span;
use crate::syntax::markup::{escape, has_break, indentation, lead, line_lead};
use crate::syntax::text::Text;

/// One level of indentation.
pub(super) struct Unit(String);

impl Default for Unit {
    /// A tab, as all of Apple's tools write.
    fn default() -> Self {
        Self("\t".to_owned())
    }
}

impl Unit {
    /// The difference between the first element that stands deeper than the one around it, and that one.
    pub(super) fn guess(text: &Text, node: &Node) -> Option<Self> {
        let outer = indentation(lead(text.as_str(), text.to_text(node.span?).start));
        let of = |span: Option<Span>| {
            let blanks = lead(text.as_str(), text.to_text(span?).start);
            indentation(blanks).strip_prefix(outer).filter(|more| has_break(blanks) && !more.is_empty())
        };
        let (own, children): (_, Vec<&Node>) = match &node.value {
            Value::Dict(dict) => {
                (dict.entries.first().and_then(|e| of(e.key_span)), dict.entries.iter().map(|e| &e.value).collect())
            }
            Value::Array(items) => (items.first().and_then(|item| of(item.span)), items.iter().collect()),
            _ => return None,
        };
        let deeper = || children.into_iter().find_map(|child| Self::guess(text, child));
        own.map(|more| Self(more.to_owned())).or_else(deeper)
    }
}

/// The blanks around a key and its value.
#[derive(Clone)]
pub(super) struct Style {
    /// What precedes the key: a line break and indentation, or blanks on the same line, or nothing.
    lead: String,
    /// What stands between key and value if they share a line.
    same_line: Option<String>,
}

impl Style {
    /// The layout of a key and its value.
    pub(super) fn of_pair(text: &str, key: Span, value: Span) -> Self {
        let lead = line_lead(lead(text, key.start)).to_owned();
        let between = text.get(key.end..value.start).unwrap_or_default();
        let same_line = match (between.trim().is_empty(), has_break(between)) {
            (true, false) => Some(between.to_owned()),
            (true, true) => None,
            (false, _) => (!has_break(&lead)).then(String::new),
        };
        Self { lead, same_line }
    }

    /// The layout of an element by itself, seen from the key at `key` if the element shares a line with it.
    pub(super) fn of_value(text: &str, span: Span, key: Option<usize>) -> Self {
        let own = line_lead(lead(text, span.start));
        let own = match key {
            Some(key) if !has_break(own) => line_lead(lead(text, key)),
            _ => own,
        };
        Self { lead: own.to_owned(), same_line: (!has_break(own)).then(String::new) }
    }

    /// The same, one level deeper.
    pub(super) fn inner(&self, unit: &Unit) -> Self {
        let deeper = if self.own_lines() { format!("{}{}", self.lead, unit.0) } else { String::new() };
        Self { lead: deeper, same_line: self.same_line.clone() }
    }

    pub(super) fn lead(&self) -> &str {
        &self.lead
    }

    /// Whether each key begins a line.
    pub(super) fn own_lines(&self) -> bool {
        has_break(&self.lead)
    }

    /// A key and its value, with what precedes them.
    pub(super) fn pair(&self, key: &str, value: &Value, unit: &Unit) -> String {
        let between = self.same_line.as_deref().unwrap_or(&self.lead);
        format!("{}<key>{}</key>{between}{}", self.lead, escape(key), render(value, self, unit))
    }
}

/// `value` as an element, without anything before or after it.
pub(super) fn render(value: &Value, style: &Style, unit: &Unit) -> String {
    let inner = style.inner(unit);
    let lead = if style.own_lines() { style.lead() } else { "" };
    let items: String = match value {
        Value::Dict(dict) => {
            dict.entries.iter().map(|entry| inner.pair(&entry.key, &entry.value.value, unit)).collect()
        }
        Value::Array(items) => {
            items.iter().map(|item| format!("{}{}", inner.lead, render(&item.value, &inner, unit))).collect()
        }
        leaf => {
            let element = leaf.element();
            return match scalar::content(leaf) {
                Some(content) => format!("<{element}>{content}</{element}>"),
                None => format!("<{element}/>"),
            };
        }
    };
    let element = value.element();
    if items.is_empty() { format!("<{element}/>") } else { format!("<{element}>{items}{lead}</{element}>") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::plist::Dict;

    #[test]
    fn nested_values_follow_the_style() {
        let inner = Value::Dict(Dict::from(vec![("A".to_owned(), Value::Bool(true))]));
        let value = Value::Dict(Dict::from(vec![("X".to_owned(), inner), ("Y".to_owned(), Value::Array(Vec::new()))]));
        for (lead, same_line, expected) in [
            (
                "\n\t",
                None,
                "<dict>\n\t\t<key>X</key>\n\t\t<dict>\n\t\t\t<key>A</key>\n\t\t\t<true/>\n\t\t</dict>\n\t\t<key>Y</key>\n\t\t<array/>\n\t</dict>",
            ),
            (
                "\r\n",
                Some(" "),
                "<dict>\r\n\t<key>X</key> <dict>\r\n\t\t<key>A</key> <true/>\r\n\t</dict>\r\n\t<key>Y</key> <array/>\r\n</dict>",
            ),
            ("", Some(""), "<dict><key>X</key><dict><key>A</key><true/></dict><key>Y</key><array/></dict>"),
        ] {
            let style = Style { lead: lead.to_owned(), same_line: same_line.map(str::to_owned) };
            assert_eq!(render(&value, &style, &Unit::default()), expected);
        }
    }
}

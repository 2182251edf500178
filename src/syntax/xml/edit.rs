//! Byte edits of XML that look as if the file's author had made them.
//!
//! Each function answers with one [`Edit`] of source 0, or `None` where the place is broken. Indentation and line ends are
//! copied from the neighbours. Not here: whether the edit is a good idea.

use super::{Attribute, Element, Xml};
use crate::source::{Edit, Span};
use crate::syntax::markup::{after_remark, escape, has_break, indentation, lead, line_lead, removal};
use crate::syntax::text::Text;

/// A file to edit.
#[derive(Clone, Debug)]
pub struct Editor<'a> {
    xml: &'a Xml,
    text: Text,
}

impl<'a> Editor<'a> {
    /// The tree as read from `bytes`, and those.
    pub fn new(xml: &'a Xml, bytes: &[u8]) -> Option<Self> {
        Some(Self { xml, text: Text::decode(bytes).ok()? })
    }

    /// Makes `new` the text of an element that has no others in it. Blanks around the old text and comments stay.
    pub fn set_text(&self, element: &Element, new: &str) -> Option<Edit> {
        if !element.children.is_empty() {
            return None;
        }
        if let Some(place) = element.text_span.filter(|_| element.content.is_some()) {
            return Some(self.edit(self.text.to_text(place), &escape(new)));
        }
        let Some(content) = element.content else { return self.open_up(element, &escape(new)) };
        let content = self.text.to_text(content);
        let is_blank = self.text.as_str().get(content.range())?.trim().is_empty();
        is_blank.then(|| self.edit(content, &escape(new)))
    }

    /// Makes `new` the value of an attribute.
    pub fn set_attribute(&self, attribute: &Attribute, new: &str) -> Edit {
        let quoted = escape(new).replace('"', "&quot;").replace('\'', "&apos;");
        self.edit(self.text.to_text(attribute.value_span), &quoted)
    }

    /// Adds an attribute to an element.
    pub fn add_attribute(&self, element: &Element, name: &str, value: &str) -> Edit {
        let value = escape(value).replace('"', "&quot;");
        let at = self.text.to_text(element.name_span).end;
        self.edit(Span::at(at), &format!(" {name}=\"{value}\""))
    }

    /// Adds a child with text: behind `after`, which is one of the children, or before all of them. An element that is never closed
    /// would swallow what is written behind it.
    pub fn insert_child(&self, parent: &Element, after: Option<&Element>, name: &str, text: &str) -> Option<Edit> {
        let child = format!("<{name}>{}</{name}>", escape(text));
        let Some(neighbour) = after.or(parent.children.first()) else { return self.fill(parent, &child) };
        let content = self.text.to_text(parent.content?);
        if after.is_some_and(|after| !self.is_closed(after)) {
            return None;
        }
        let whole = self.text.as_str();
        let blanks = line_lead(lead(whole, self.text.to_text(neighbour.span).start));
        let at = match after {
            Some(after) => after_remark(whole, self.text.to_text(after.span).end, content.end),
            None => content.start,
        };
        Some(self.edit(Span::at(at), &format!("{blanks}{child}")))
    }

    /// Takes an element away, with its line if nothing else stands on it.
    pub fn remove(&self, element: &Element) -> Option<Edit> {
        let span = self.text.to_text(element.span);
        self.is_closed(element).then(|| self.edit(removal(self.text.as_str(), span), ""))
    }

    fn is_closed(&self, element: &Element) -> bool {
        let written = || self.text.as_str().get(self.text.to_text(element.span).range());
        element.content.is_some() || written().is_some_and(|written| written.ends_with("/>"))
    }

    /// Gives an element without children its first.
    fn fill(&self, parent: &Element, child: &str) -> Option<Edit> {
        let whole = self.text.as_str();
        let outer = line_lead(lead(whole, self.text.to_text(parent.span).start));
        let inside = if has_break(outer) { format!("{outer}{}{child}{outer}", self.unit()) } else { child.to_owned() };
        let Some(content) = parent.content else { return self.open_up(parent, &inside) };
        let content = self.text.to_text(content);
        let start = content.start + whole.get(content.range())?.trim_end().len();
        Some(self.edit(Span::new(start, content.end), &inside))
    }

    /// `<name/>` with something inside.
    fn open_up(&self, element: &Element, inside: &str) -> Option<Edit> {
        let tag = self.text.to_text(element.opening);
        let written = self.text.as_str().get(tag.range())?;
        let kept = written.strip_suffix("/>")?.trim_end();
        let span = Span::new(tag.start + kept.len(), tag.end);
        Some(self.edit(span, &format!(">{inside}</{}>", element.name)))
    }

    /// One level of indentation: how much deeper the first child on a line of its own stands.
    fn unit(&self) -> String {
        let guess = self.xml.root.as_ref().and_then(|root| self.unit_below(root));
        guess.unwrap_or("  ").to_owned()
    }

    fn unit_below(&self, element: &Element) -> Option<&str> {
        let blanks = |element: &Element| lead(self.text.as_str(), self.text.to_text(element.span).start);
        let outer = indentation(blanks(element));
        let deeper = |child: &Element| {
            indentation(blanks(child)).strip_prefix(outer).filter(|more| has_break(blanks(child)) && !more.is_empty())
        };
        element.children.iter().find_map(|child| deeper(child).or_else(|| self.unit_below(child)))
    }

    fn edit(&self, span: Span, text: &str) -> Edit {
        Edit { source: 0, span: self.text.to_source(span), text: self.text.encode(text) }
    }
}

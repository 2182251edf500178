//! From changes of settings to byte edits of the XML.

use super::OAUTH;
use super::words::{AUTHENTICATION, SOCKET_TYPES, taken, word};
use crate::account::{Authentication, Protocol};
use crate::clients::{CannotEdit, Lowered};
use crate::document::Document;
use crate::finding::{Change, Value};
use crate::message;
use crate::source::Edit;
use crate::syntax::xml::edit::Editor;
use crate::syntax::xml::{self, Element, Xml};

/// In which order the parts of a server and of a provider are usually written; a new one goes behind its predecessors.
const ORDER: [&str; 8] =
    ["domain", "displayName", "displayShortName", "hostname", "port", "socketType", "authentication", "username"];

/// What is an attribute and no element.
const ATTRIBUTES: [&str; 2] = ["type", "id"];

/// Reads the file once, for the edits of many changes.
pub(super) fn editor(document: &Document) -> super::Editor<'_> {
    let xml = xml::parse(document.main().bytes());
    Box::new(move |changes: &[Change]| lower(document, &xml, changes))
}

/// Turns changes into edits.
fn lower(document: &Document, xml: &Xml, changes: &[Change]) -> Result<Lowered, CannotEdit> {
    let mut lowered = Lowered::default();
    for change in changes {
        let damaged = || CannotEdit(message!("the place of {key} in the file is damaged", key = change.key));
        let editor = Editor::new(xml, document.main().bytes()).ok_or_else(damaged)?;
        let place = xml.root.as_ref().and_then(|root| Place::find(root, &change.key)).ok_or_else(damaged)?;
        let text = new_text(document, change)?;
        let edit = place.edit(&editor, text.as_deref()).ok_or_else(damaged)?;
        // `<outgoingServer/>` can be opened up for one child only.
        if lowered.edits.iter().any(|earlier| earlier.span.overlaps(edit.span)) {
            return Err(damaged());
        }
        lowered.edits.push(edit);
    }
    Ok(lowered)
}

/// The text to write; `None` takes the element out.
fn new_text(document: &Document, change: &Change) -> Result<Option<String>, CannotEdit> {
    let text = match &change.to {
        Value::Text(text) => Some(document.to_write(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Flag(flag) => Some(flag.to_string()),
        Value::Security(security) => word(SOCKET_TYPES, *security).map(str::to_owned),
        Value::Authentication(way) => authentication(&change.key, *way).map(str::to_owned),
        Value::Protocol(protocol) => protocol_word(*protocol).map(str::to_owned),
        Value::Removed => return Ok(None),
    };
    match text {
        Some(text) => Ok(Some(text)),
        None => Err(CannotEdit(message!("autoconfig XML has no word for {value}", value = change.to))),
    }
}

/// Receiving without signing in has no word.
fn authentication(key: &str, way: Authentication) -> Option<&'static str> {
    let is_nothing = way == Authentication::None && key.contains("incomingServer");
    word(AUTHENTICATION, way).filter(|_| !is_nothing)
}

const fn protocol_word(protocol: Protocol) -> Option<&'static str> {
    match protocol {
        Protocol::Imap => Some("imap"),
        Protocol::Pop3 => Some("pop3"),
        Protocol::Smtp => Some("smtp"),
        Protocol::Exchange => None,
    }
}

/// What a key means in the tree.
struct Place<'a> {
    parent: &'a Element,
    /// The last step.
    name: &'a str,
    /// The element that holds the value in force.
    element: Option<&'a Element>,
}

impl<'a> Place<'a> {
    /// Follows a name such as `emailProvider[0].incomingServer[1].port`.
    fn find(root: &'a Element, key: &'a str) -> Option<Self> {
        let (path, last) = key.rsplit_once('.').unwrap_or(("", key));
        let steps = path.split('.').filter(|step| !step.is_empty());
        let parent = steps.into_iter().try_fold(root, |element, step| child(element, step))?;
        let name = last.split('[').next().unwrap_or_default();
        let element = if name == last { in_force(parent, name) } else { child(parent, last) };
        Some(Self { parent, name, element })
    }

    fn edit(&self, editor: &Editor<'_>, text: Option<&str>) -> Option<Edit> {
        let Some(text) = text else { return self.element.and_then(|element| editor.remove(element)) };
        if ATTRIBUTES.contains(&self.name) {
            return Some(match self.parent.attribute(self.name) {
                Some(attribute) => editor.set_attribute(attribute, text),
                None => editor.add_attribute(self.parent, self.name, text),
            });
        }
        match self.element {
            Some(element) => editor.set_text(element, text),
            None => editor.insert_child(self.parent, self.predecessor(), self.name, text),
        }
    }

    /// The last child that is usually written before this one.
    fn predecessor(&self) -> Option<&'a Element> {
        let rank = |name: &str| ORDER.iter().position(|known| *known == name);
        let own = rank(self.name).unwrap_or(ORDER.len());
        let before = self.parent.children.iter().rfind(|child| rank(&child.name).is_some_and(|rank| rank < own));
        before.or_else(|| self.parent.children.last().filter(|_| own == ORDER.len()))
    }
}

/// The child that one step of a name leads to.
fn child<'a>(element: &'a Element, step: &str) -> Option<&'a Element> {
    let (name, index) = step.split_once('[').map_or((step, "0"), |(name, rest)| (name, rest.trim_end_matches(']')));
    element.children.iter().filter(|child| child.name == name).nth(index.parse().ok()?)
}

/// Of several children the one whose value counts: the first, except for the ways to sign in.
fn in_force<'a>(server: &'a Element, name: &str) -> Option<&'a Element> {
    let mut all = server.children.iter().filter(|child| child.name == name);
    if name != "authentication" {
        return all.next();
    }
    let ways: Vec<&str> = all.clone().map(|way| way.text.trim()).collect();
    let host = server.child("hostname").map(|host| host.text.trim().to_ascii_lowercase()).unwrap_or_default();
    let index = taken(&ways, &host, OAUTH).map_or(0, |(index, _)| index);
    all.nth(index)
}

//! `mailcfg: ignore[rule, other-rule] reason` in a comment of the file itself, for what the comment stands at, and
//! `mailcfg: ignore-file[rule] reason` for the whole file.
//!
//! A reason is required: whoever reads the file next must be able to tell whether it still holds.

use crate::account::Place;
use crate::clients::Client;
use crate::document::Document;
use crate::finding::Finding;
use crate::rules::{Misread, find, malformed_suppression, named, nearest};
use crate::source::Span;
use crate::syntax::comments::{Form, comments};

/// What a comment must begin with to speak to mailcfg.
const CALL: &str = "mailcfg:";

/// One comment that ignores findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Suppression {
    /// The comment.
    pub(super) place: Place,
    /// What it speaks of; `None` for the whole file.
    pub(super) covers: Option<Span>,
    /// Whose findings.
    pub(super) rules: Vec<&'static str>,
}

impl Suppression {
    /// Whether it speaks of the place where `finding` is.
    pub(super) fn covers(&self, finding: &Finding) -> bool {
        let is_within = |covers: Span| {
            finding.location.span.is_some_and(|span| covers.start <= span.start && span.start < covers.end)
        };
        finding.location.source == self.place.source && self.covers.is_none_or(is_within)
    }
}

/// All that the comments of a document say to mailcfg, and what of it cannot be understood.
pub(super) fn read(document: &Document, client: &dyn Client) -> (Vec<Suppression>, Vec<Finding>) {
    let (mut suppressions, mut complaints) = (Vec::new(), Vec::new());
    for (index, source) in document.sources.iter().enumerate() {
        let Some(form) = client.comments(source.file_name()) else { continue };
        if memchr::memmem::find(source.bytes(), CALL.as_bytes()).is_none() {
            continue;
        }
        for comment in comments(source.bytes(), form) {
            let text = String::from_utf8_lossy(&source.bytes()[comment.span.range()]);
            let Some(call) = call(&text, form) else { continue };
            let place = Place { source: index, span: Some(comment.span) };
            let (suppression, misread) = understood(call, place, comment.covers);
            suppressions.extend(suppression);
            complaints.extend(misread.iter().map(|misread| malformed_suppression(misread, place)));
        }
    }
    (suppressions, complaints)
}

/// What a comment says to mailcfg, if it speaks to it at all.
fn call(text: &str, form: Form) -> Option<&str> {
    let inside = match form {
        Form::Markup => text.strip_prefix("<!--")?.strip_suffix("-->")?,
        Form::Script | Form::Ini => match text.strip_prefix("/*") {
            Some(block) => block.strip_suffix("*/")?,
            None => text.trim_start_matches(['/', '#', ';']),
        },
    };
    inside.trim().strip_prefix(CALL).map(str::trim)
}

/// What it ignores, and each fault in it. Rules that are known count even if another is not.
fn understood(call: &str, place: Place, covers: Span) -> (Option<Suppression>, Vec<Misread>) {
    let Some((word, rest)) = call.split_once('[') else { return (None, vec![Misread::NoBracket]) };
    let covers = match word.trim_end() {
        "ignore" => Some(covers),
        "ignore-file" => None,
        word => return (None, vec![Misread::UnknownWord(word.to_owned())]),
    };
    let Some((names, reason)) = rest.split_once(']') else { return (None, vec![Misread::NoBracket]) };
    if reason.trim().is_empty() {
        return (None, vec![Misread::NoReason]);
    }
    let names = names.split(',').map(str::trim);
    let (mut rules, mut misread) = (Vec::new(), Vec::new());
    for name in names {
        match find(name) {
            Some(rule) => rules.push(rule.name),
            None => misread.push(unknown(name)),
        }
    }
    let suppression = Suppression { place, covers, rules };
    (Some(suppression).filter(|known| !known.rules.is_empty()), misread)
}

/// A comment stands at one place and ignores what is known of it; a group would ignore what nobody has seen yet.
fn unknown(name: &str) -> Misread {
    let nearest = nearest(name).filter(|name| find(name).is_some());
    if named(name).is_some() {
        Misread::Group(name.to_owned())
    } else {
        Misread::UnknownRule { name: name.to_owned(), nearest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, form: Form) -> Option<(Vec<&'static str>, bool, Vec<Misread>)> {
        let place = Place { source: 0, span: Some(Span::at(0)) };
        let (known, misread) = understood(call(text, form)?, place, Span::new(5, 9));
        let rules = known.as_ref().map(|known| known.rules.clone()).unwrap_or_default();
        Some((rules, known.is_some_and(|known| known.covers.is_none()), misread))
    }

    #[test]
    fn comments_of_every_form_are_understood() {
        let rule = "no-encryption";
        for (text, form) in [
            ("// mailcfg: ignore[no-encryption] the old printer", Form::Script),
            ("# mailcfg:ignore [ no-encryption ] the old printer", Form::Script),
            ("/* mailcfg: ignore[no-encryption] the\nold printer */", Form::Script),
            ("<!-- mailcfg: ignore[no-encryption] the old printer -->", Form::Markup),
            ("; mailcfg: ignore[no-encryption] the old printer", Form::Ini),
        ] {
            assert_eq!(told(text, form), Some((vec![rule], false, vec![])), "{text}");
        }
        let whole = "// mailcfg: ignore-file[no-encryption, smtp-port-25] a test bench";
        assert_eq!(told(whole, Form::Script), Some((vec![rule, "smtp-port-25"], true, vec![])));
    }

    #[test]
    fn what_cannot_be_understood_is_said_and_ignores_nothing() {
        let unknown = |name: &str, nearest| Misread::UnknownRule { name: name.to_owned(), nearest };
        for (text, rules, misread) in [
            ("// mailcfg: ignore[no-encryption]", vec![], vec![Misread::NoReason]),
            ("// mailcfg: ignore no-encryption because", vec![], vec![Misread::NoBracket]),
            ("// mailcfg: ignore[no-encryption because", vec![], vec![Misread::NoBracket]),
            ("// mailcfg: disable[no-encryption] x", vec![], vec![Misread::UnknownWord("disable".to_owned())]),
            ("// mailcfg: ignore[] x", vec![], vec![unknown("", None)]),
            (
                "// mailcfg: ignore[no-encrytion, smtp-port-25] x",
                vec!["smtp-port-25"],
                vec![unknown("no-encrytion", Some("no-encryption"))],
            ),
            ("// mailcfg: ignore[security] x", vec![], vec![Misread::Group("security".to_owned())]),
        ] {
            assert_eq!(told(text, Form::Script), Some((rules, false, misread)), "{text}");
        }
        for text in ["// see mailcfg: ignore", "// mailcfg", "/* mailcfg: ignore[x] y"] {
            assert_eq!(told(text, Form::Script), None, "{text}");
        }
    }
}

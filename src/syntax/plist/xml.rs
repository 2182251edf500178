//! From XML tokens to the tree of a property list, with a place for every value.
//!
//! Broken XML is read on as far as its meaning is plain, so that the other accounts of a file are still checked: an end
//! tag closes the nearest element of its name, a value that is never closed ends where the next element begins, a stray
//! `&` or `<` is text. Each such guess is a [`Problem`]. Not here: splitting the text (`scan`), what a value's text
//! means (`scalar`).

use super::{Dict, Entry, Format, MAX_DEPTH, Node, Plist, Problem, ProblemKind, Value, scalar};
use crate::source::Span;
use crate::syntax::markup::{Fault, Scanner, Token, resolve};
use crate::syntax::text::Text;
use std::collections::HashMap;

/// More problems than this are not kept.
const MAX_PROBLEMS: usize = 500;

const ELEMENTS: [&str; 11] =
    ["plist", "dict", "array", "key", "string", "integer", "real", "true", "false", "date", "data"];

/// Reads the decoded text of an XML property list.
pub(super) fn parse(text: &Text) -> Plist {
    let mut builder =
        Builder { text, stack: Vec::new(), root: None, problems: Vec::new(), outside: None, stopped: false };
    let mut scanner = Scanner::new(text.as_str());
    while let Some((span, token)) = scanner.next() {
        builder.token(span, token);
        if builder.stopped {
            break;
        }
    }
    builder.finish()
}

struct Builder<'t> {
    text: &'t Text,
    stack: Vec<Frame<'t>>,
    root: Option<Node>,
    problems: Vec<Problem>,
    /// Where the last text between elements ended, in the decoded text.
    outside: Option<usize>,
    stopped: bool,
}

/// An element that is open.
struct Frame<'t> {
    /// As written.
    name: &'t str,
    /// The start tag, in the decoded text.
    open: Span,
    body: Body,
}

enum Body {
    Plist,
    Dict { entries: Vec<Entry>, key: Option<(String, Span)> },
    Array(Vec<Node>),
    Leaf { element: &'static str, text: String, raw_tags: usize },
    Unknown { text: String },
}

impl Body {
    fn new(element: Option<&'static str>) -> Self {
        match element {
            None => Self::Unknown { text: String::new() },
            Some("plist") => Self::Plist,
            Some("dict") => Self::Dict { entries: Vec::new(), key: None },
            Some("array") => Self::Array(Vec::new()),
            Some(element) => Self::Leaf { element, text: String::new(), raw_tags: 0 },
        }
    }
}

impl<'t> Builder<'t> {
    fn token(&mut self, span: Span, token: Token<'t>) {
        match token {
            Token::Start { name, broken } => self.start(span, name, broken, false),
            Token::Empty { name } => self.start(span, name, false, true),
            Token::End { name, broken } => self.end(span, name, broken),
            Token::Text(text) => self.characters(span, text),
            Token::Reference(name) => self.reference(span, name),
            Token::RawAmpersand(text) => {
                self.raw(Fault::RawAmpersand, span);
                self.characters(span, text);
            }
            Token::RawLessThan => {
                self.raw(Fault::RawLessThan, span);
                self.characters(span, "<");
            }
            Token::Aside if self.in_leaf() => self.problem(ProblemKind::MarkupInValue, span),
            Token::Aside | Token::Prolog => {}
            Token::Broken => self.problem(Fault::BrokenMarkup, span),
            Token::GivenUp => {
                self.stopped = true;
                self.problem(Fault::GivenUp, span);
            }
        }
    }

    fn start(&mut self, span: Span, name: &'t str, broken: bool, empty: bool) {
        let element = ELEMENTS.into_iter().find(|element| element.eq_ignore_ascii_case(name));
        if let Some(Frame { open, body: Body::Leaf { text, raw_tags, .. }, .. }) = self.stack.last_mut() {
            if element.is_none() {
                text.push_str(&self.text.as_str()[span.range()]);
                *raw_tags += usize::from(!empty);
                return self.raw(Fault::RawLessThan, span);
            }
            let open = *open;
            self.problem(Fault::Unclosed, open);
            self.abandon(span.start);
        }
        if broken {
            self.problem(Fault::BrokenMarkup, span);
        }
        if element != Some(name) && !self.in_unknown() {
            self.problem(ProblemKind::UnknownElement(element), span);
        }
        if self.stack.len() >= MAX_DEPTH {
            self.stopped = true;
            return self.problem(Fault::TooDeep, span);
        }
        self.stack.push(Frame { name, open: span, body: Body::new(element) });
        if empty {
            self.close(None, span.end);
        }
    }

    fn end(&mut self, span: Span, name: &'t str, broken: bool) {
        if broken {
            self.problem(Fault::BrokenMarkup, span);
        }
        let inside = |frame: &Frame<'_>| Some(Span::new(frame.open.end, span.start));
        let Some(top) = self.stack.last_mut() else {
            return self.problem(Fault::StrayEndTag, span);
        };
        let (content, open) = (inside(top), top.open);
        if top.name == name {
            return self.close(content, span.end);
        }
        if let Some(position) = self.stack.iter().rposition(|frame| frame.name == name) {
            self.related(Fault::MismatchedEndTag, span, open);
            while self.stack.len() > position + 1 {
                self.abandon(span.start);
            }
            let content = self.stack.last().and_then(inside);
            return self.close(content, span.end);
        }
        self.foreign_end(span, name, content);
    }

    /// An end tag of no open element: a slip of the pen in the right place, a piece of text, or one too many.
    fn foreign_end(&mut self, span: Span, name: &str, content: Option<Span>) {
        let known = ELEMENTS.into_iter().any(|element| element.eq_ignore_ascii_case(name));
        let Some(top) = self.stack.last_mut() else { return };
        let open = top.open;
        match &mut top.body {
            Body::Leaf { text, raw_tags, .. } if *raw_tags > 0 && !known => {
                *raw_tags -= 1;
                text.push_str(&self.text.as_str()[span.range()]);
            }
            Body::Leaf { .. } => {
                self.related(Fault::MismatchedEndTag, span, open);
                self.close(content, span.end);
            }
            _ if top.name.eq_ignore_ascii_case(name) => {
                self.related(Fault::MismatchedEndTag, span, open);
                self.close(content, span.end);
            }
            _ => self.problem(Fault::StrayEndTag, span),
        }
    }

    fn characters(&mut self, span: Span, found: &str) {
        match self.stack.last_mut().map(|frame| &mut frame.body) {
            Some(Body::Leaf { text, .. } | Body::Unknown { text }) => text.push_str(found),
            _ if found.trim().is_empty() => {}
            _ => self.text_outside(span),
        }
    }

    /// Text between elements: one problem for each run of it, although entities split the run.
    fn text_outside(&mut self, span: Span) {
        let written = &self.text.as_str()[span.range()];
        let end = span.start + written.trim_end().len();
        let start = end - written.trim().len();
        let place = self.text.to_source(Span::new(start, end));
        let goes_on = self.outside.replace(span.end) == Some(span.start);
        match self.problems.iter_mut().rfind(|problem| problem.kind == ProblemKind::TextOutside) {
            Some(last) if goes_on => last.span.end = place.end,
            _ => self.push(Problem::new(ProblemKind::TextOutside, place)),
        }
    }

    fn reference(&mut self, span: Span, name: &str) {
        match resolve(name) {
            Ok(char) => self.characters(span, char.encode_utf8(&mut [0; 4])),
            Err(fault) => {
                match fault {
                    Fault::RawAmpersand => self.raw(fault, span),
                    other => self.problem(other, span),
                }
                self.characters(span, &self.text.as_str()[span.range()]);
            }
        }
    }

    /// A character at the start of `span` that is not escaped. Between elements all text is wrong, and is reported as
    /// such.
    fn raw(&mut self, kind: Fault, span: Span) {
        if self.in_leaf() {
            self.problem(kind, Span::new(span.start, span.start + 1));
        }
    }

    /// Closes the innermost element although it has no end tag.
    fn abandon(&mut self, at: usize) {
        let Some(frame) = self.stack.last_mut() else { return };
        if let Body::Leaf { text, .. } = &mut frame.body {
            text.truncate(text.trim_end().len());
        }
        let from = frame.open.end;
        let end = from + self.text.as_str().get(from..at).unwrap_or_default().trim_end().len();
        self.close(None, end);
    }

    /// Makes the innermost element a value of the one around it. `content` and `end` are in the decoded text.
    fn close(&mut self, content: Option<Span>, end: usize) {
        let Some(frame) = self.stack.pop() else { return };
        let span = self.text.to_source(Span::new(frame.open.start, end));
        let content = content.map(|content| self.text.to_source(content));
        let value = match frame.body {
            Body::Plist => return,
            Body::Leaf { element: "key", text, .. } => return self.key(text, span),
            Body::Leaf { element, text, .. } => self.leaf(element, text, span, content),
            Body::Array(items) => Value::Array(items),
            Body::Dict { entries, key } => self.dict(entries, key),
            Body::Unknown { .. } if self.at_root() => return,
            Body::Unknown { text } => Value::Malformed { element: frame.name.to_owned(), text },
        };
        self.value(Node { span: Some(span), content, value }, span);
    }

    fn leaf(&mut self, element: &'static str, text: String, span: Span, content: Option<Span>) -> Value {
        let absent = element == "data" && content.is_none() && text.is_empty();
        let (value, mut problem) = scalar::read(element, text);
        if absent {
            problem = Some(ProblemKind::BadData);
        }
        if let Some(kind) = problem {
            let place = content.filter(|content| !content.is_empty()).unwrap_or(span);
            self.push(Problem::new(kind, place));
        }
        value
    }

    fn dict(&mut self, entries: Vec<Entry>, key: Option<(String, Span)>) -> Value {
        if let Some((_, span)) = key {
            self.push(Problem::new(ProblemKind::KeyWithoutValue, span));
        }
        let mut seen: HashMap<&str, Option<Span>> = HashMap::with_capacity(entries.len());
        for entry in &entries {
            match seen.get(entry.key.as_str()) {
                Some(first) => {
                    let place = entry.key_span.unwrap_or_default();
                    self.push(Problem { kind: ProblemKind::DuplicateKey, span: place, related: *first });
                }
                None => {
                    seen.insert(&entry.key, entry.key_span);
                }
            }
        }
        Value::Dict(Dict { entries })
    }

    fn key(&mut self, text: String, span: Span) {
        match self.stack.last_mut().map(|frame| &mut frame.body) {
            Some(Body::Dict { key, .. }) => {
                if let Some((_, lonely)) = key.replace((text, span)) {
                    self.push(Problem::new(ProblemKind::KeyWithoutValue, lonely));
                }
            }
            Some(Body::Unknown { .. }) => {}
            _ => self.push(Problem::new(ProblemKind::KeyOutsideDict, span)),
        }
    }

    fn value(&mut self, node: Node, span: Span) {
        match self.stack.last_mut().map(|frame| &mut frame.body) {
            None | Some(Body::Plist) if self.root.is_none() => self.root = Some(node),
            None | Some(Body::Plist) => self.push(Problem::new(ProblemKind::SecondRoot, span)),
            Some(Body::Dict { entries, key }) => match key.take() {
                Some((key, key_span)) => entries.push(Entry { key, key_span: Some(key_span), value: node }),
                None => self.push(Problem::new(ProblemKind::ValueWithoutKey, span)),
            },
            Some(Body::Array(items)) => items.push(node),
            Some(Body::Leaf { .. } | Body::Unknown { .. }) => {}
        }
    }

    fn finish(mut self) -> Plist {
        let end = self.text.as_str().len();
        if let Some(top) = self.stack.last()
            && !self.stopped
        {
            let open = top.open;
            self.related(Fault::Cut, Span::at(end), open);
        }
        while !self.stack.is_empty() {
            self.abandon(end);
        }
        if self.root.is_none() {
            self.push(Problem::new(ProblemKind::NoRoot, Span::at(self.text.bom())));
        }
        self.problems.sort_by_key(|problem| problem.span);
        Plist { root: self.root, problems: self.problems, format: Format::Xml(self.text.encoding()) }
    }

    fn in_leaf(&self) -> bool {
        self.stack.last().is_some_and(|frame| matches!(frame.body, Body::Leaf { .. }))
    }

    fn in_unknown(&self) -> bool {
        self.stack.last().is_some_and(|frame| matches!(frame.body, Body::Unknown { .. }))
    }

    fn at_root(&self) -> bool {
        self.stack.last().is_none_or(|frame| matches!(frame.body, Body::Plist))
    }

    /// Notes a problem at `span` of the decoded text.
    fn problem(&mut self, kind: impl Into<ProblemKind>, span: Span) {
        self.push(Problem::new(kind.into(), self.text.to_source(span)));
    }

    fn related(&mut self, fault: Fault, span: Span, related: Span) {
        let related = Some(self.text.to_source(related));
        self.push(Problem { kind: fault.into(), span: self.text.to_source(span), related });
    }

    fn push(&mut self, problem: Problem) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        }
    }
}

//! From tokens to the tree.
//!
//! Broken XML is read on as far as its meaning is plain, so that the rest of a file is still checked: an end tag closes the
//! nearest element of its name, an element that is never closed ends with the one around it, a stray `&` or `<` is text.
//! Each such guess is a [`Problem`].

use super::{Element, Problem, ProblemKind, Xml, attribute};
use crate::source::Span;
use crate::syntax::markup::{Fault, MAX_DEPTH, Scanner, Token, resolve};
use crate::syntax::text::Text;

/// More problems than this are not kept.
const MAX_PROBLEMS: usize = 500;

/// Reads decoded text.
pub(super) fn parse(text: &Text) -> Xml {
    let mut builder = Builder::new(text);
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
    root: Option<Element>,
    asides: Vec<Span>,
    problems: Vec<Problem>,
    /// Whether text outside the root was told already.
    told_outside: bool,
    stopped: bool,
}

/// An element that is open. Spans are offsets of the decoded text.
struct Frame<'t> {
    name: &'t str,
    opening: Span,
    attributes: Vec<attribute::Attribute>,
    children: Vec<Element>,
    text: String,
    /// The stretches of the file it stands in, blanks between elements among them.
    runs: Vec<Span>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t Text) -> Self {
        let (stack, asides, problems) = (Vec::new(), Vec::new(), Vec::new());
        Self { text, stack, root: None, asides, problems, told_outside: false, stopped: false }
    }

    fn token(&mut self, span: Span, token: Token<'t>) {
        match token {
            Token::Start { name, broken } => self.start(span, name, broken, false),
            Token::Empty { name } => self.start(span, name, false, true),
            Token::End { name, broken } => self.end(span, name, broken),
            Token::Text(text) => self.characters(span, text),
            Token::Reference(name) => self.reference(span, name),
            Token::RawAmpersand(text) => {
                self.problem(Fault::RawAmpersand, Span::new(span.start, span.start + 1));
                self.characters(span, text);
            }
            Token::RawLessThan => {
                self.problem(Fault::RawLessThan, span);
                self.characters(span, "<");
            }
            Token::Aside => self.asides.push(self.text.to_source(span)),
            Token::Prolog => {}
            Token::Broken => self.problem(Fault::BrokenMarkup, span),
            Token::GivenUp => {
                self.stopped = true;
                self.problem(Fault::GivenUp, span);
            }
        }
    }

    fn start(&mut self, span: Span, name: &'t str, broken: bool, empty: bool) {
        if broken {
            self.problem(Fault::BrokenMarkup, span);
        }
        if self.stack.is_empty() && self.root.is_some() {
            self.problem(ProblemKind::SecondRoot, span);
        }
        if self.stack.len() >= MAX_DEPTH {
            self.stopped = true;
            return self.problem(Fault::TooDeep, span);
        }
        let attributes = if broken { Vec::new() } else { self.attributes(span, name, empty) };
        self.stack.push(Frame {
            name,
            opening: span,
            attributes,
            children: Vec::new(),
            text: String::new(),
            runs: Vec::new(),
        });
        if empty {
            self.close(None, span.end);
        }
    }

    fn attributes(&mut self, span: Span, name: &str, empty: bool) -> Vec<attribute::Attribute> {
        let start = span.start + 1 + name.len();
        let end = span.end - if empty { 2 } else { 1 };
        let (mut found, broken) = attribute::read(self.text.as_str().get(start..end).unwrap_or_default(), start);
        for place in broken {
            self.problem(ProblemKind::BrokenAttribute, place);
        }
        for index in 1..found.len() {
            if found[..index].iter().any(|earlier| earlier.name == found[index].name) {
                self.problem(ProblemKind::DuplicateAttribute, found[index].value_span);
            }
        }
        for one in &mut found {
            one.value_span = self.text.to_source(one.value_span);
        }
        found
    }

    fn end(&mut self, span: Span, name: &'t str, broken: bool) {
        if broken {
            self.problem(Fault::BrokenMarkup, span);
        }
        let Some(position) = self.stack.iter().rposition(|frame| frame.name == name) else {
            let is_slip = self.stack.last().is_some_and(|top| top.name.eq_ignore_ascii_case(name) || top.is_leaf());
            if !is_slip {
                return self.problem(Fault::StrayEndTag, span);
            }
            self.problem(Fault::MismatchedEndTag, span);
            return self.close_at(span);
        };
        while self.stack.len() > position + 1 {
            let open = self.stack[self.stack.len() - 1].opening;
            self.problem(Fault::Unclosed, open);
            self.abandon(span.start);
        }
        self.close_at(span);
    }

    /// Closes the innermost element with the end tag at `span`.
    fn close_at(&mut self, span: Span) {
        let content = self.stack.last().map(|top| Span::new(top.opening.end, span.start));
        self.close(content, span.end);
    }

    fn reference(&mut self, span: Span, name: &str) {
        match resolve(name) {
            Ok(char) => self.characters(span, char.encode_utf8(&mut [0; 4])),
            Err(fault) => {
                self.problem(fault, span);
                self.characters(span, &self.text.as_str()[span.range()]);
            }
        }
    }

    fn characters(&mut self, span: Span, found: &str) {
        if let Some(top) = self.stack.last_mut() {
            top.text.push_str(found);
            match top.runs.last_mut() {
                Some(run) if run.end == span.start => run.end = span.end,
                _ => top.runs.push(span),
            }
        } else if !found.trim().is_empty() && !std::mem::replace(&mut self.told_outside, true) {
            self.problem(ProblemKind::TextOutside, span);
        }
    }

    /// Closes the innermost element although it has no end tag.
    fn abandon(&mut self, at: usize) {
        let Some(top) = self.stack.last() else { return };
        let from = top.opening.end;
        let len = self.text.as_str().get(from..at).unwrap_or_default().trim_end().len();
        self.close(None, from + len);
    }

    /// Makes the innermost element a child of the one around it. `content` and `end` are in the decoded text.
    fn close(&mut self, content: Option<Span>, end: usize) {
        let Some(frame) = self.stack.pop() else { return };
        let element = frame.element(self.text, content, end);
        match self.stack.last_mut() {
            Some(parent) => parent.children.push(element),
            None if self.root.is_none() => self.root = Some(element),
            None => {}
        }
    }

    fn finish(mut self) -> Xml {
        let end = self.text.as_str().len();
        if !self.stack.is_empty() && !self.stopped {
            self.problem(Fault::Cut, Span::at(end));
        }
        while !self.stack.is_empty() {
            self.abandon(end);
        }
        if self.root.is_none() {
            self.problem(ProblemKind::NoRoot, Span::at(0));
        }
        self.problems.sort_by_key(|problem| problem.span);
        Xml { root: self.root, asides: self.asides, problems: self.problems }
    }

    /// Notes a problem at `span` of the decoded text.
    fn problem(&mut self, kind: impl Into<ProblemKind>, span: Span) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { kind: kind.into(), span: self.text.to_source(span) });
        }
    }
}

impl Frame<'_> {
    /// Whether it holds text and no element, so that an end tag of another name is most likely its own.
    fn is_leaf(&self) -> bool {
        self.children.is_empty() && !self.text.trim().is_empty()
    }

    fn element(self, text: &Text, content: Option<Span>, end: usize) -> Element {
        let name_span = Span::new(self.opening.start + 1, self.opening.start + 1 + self.name.len());
        let runs = self.runs.iter().map(|run| shrunk(text.as_str(), *run)).filter(|run| !run.is_empty());
        let runs: Vec<Span> = runs.collect();
        let text_span = if let [run] = runs[..] { Some(run) } else { None };
        Element {
            name: self.name.to_owned(),
            name_span: text.to_source(name_span),
            span: text.to_source(Span::new(self.opening.start, end)),
            opening: text.to_source(self.opening),
            content: content.map(|content| text.to_source(content)),
            attributes: self.attributes,
            children: self.children,
            text: self.text,
            text_span: text_span.map(|span| text.to_source(span)),
        }
    }
}

/// `span` without blanks at its ends.
fn shrunk(text: &str, span: Span) -> Span {
    let inner = text.get(span.range()).unwrap_or_default();
    let start = span.start + (inner.len() - inner.trim_start().len());
    Span::new(start, start + inner.trim().len())
}

//! Comments of XML.

use super::{Comment, Line};
use crate::source::Span;
use crate::syntax::markup::{Scanner, Token};
use crate::syntax::text::Text;

/// Comments that wait for the end of what they speak of. Spans are offsets of the decoded text.
struct Waiting {
    /// Which, by their place in the list.
    comments: std::ops::Range<usize>,
    /// How many elements are open around them.
    depth: usize,
    /// Where the first element began.
    start: Option<usize>,
    /// Whether the element is a key, so that its value is still to come.
    is_key: bool,
}

pub(super) fn comments(bytes: &[u8]) -> Vec<Comment> {
    let Ok(text) = Text::decode(bytes) else { return Vec::new() };
    let mut scanner = Scanner::new(text.as_str());
    let (mut reading, mut line) = (Reading::default(), Line::default());
    while let Some((span, token)) = scanner.next() {
        if token == Token::Aside && text.as_str()[span.range()].starts_with("<!--") {
            reading.comment(span, line.text_before(text.as_str().as_bytes(), span.start));
            line.pass_over(span);
        } else {
            reading.token(span, token);
        }
    }
    let to_source =
        |comment: &Comment| Comment { span: text.to_source(comment.span), covers: text.to_source(comment.covers) };
    reading.comments.iter().map(to_source).collect()
}

/// What was read so far. The deepest that wait are at the end, so that each token looks only at those it concerns.
#[derive(Default)]
struct Reading {
    comments: Vec<Comment>,
    waiting: Vec<Waiting>,
    depth: usize,
}

impl Reading {
    fn comment(&mut self, span: Span, behind: Option<Span>) {
        let index = self.comments.len();
        self.comments.push(Comment { span, covers: behind.unwrap_or(Span::at(span.end)) });
        if behind.is_some() {
            return;
        }
        match self.waiting.last_mut() {
            Some(last) if last.depth == self.depth && last.start.is_none() && last.comments.end == index => {
                last.comments.end += 1;
            }
            _ => {
                let comments = index..index + 1;
                self.waiting.push(Waiting { comments, depth: self.depth, start: None, is_key: false });
            }
        }
    }

    fn token(&mut self, span: Span, token: Token<'_>) {
        match token {
            Token::Start { name, .. } => {
                self.begin(span, name);
                self.depth += 1;
            }
            Token::Empty { name } => {
                self.begin(span, name);
                self.end(span);
            }
            Token::End { .. } => {
                self.depth = self.depth.saturating_sub(1);
                // The element around these ended: nothing follows.
                while self.waiting.last().is_some_and(|last| last.depth > self.depth) {
                    self.waiting.pop();
                }
                self.end(span);
            }
            _ => {}
        }
    }

    fn begin(&mut self, span: Span, name: &str) {
        for waiting in self.waiting.iter_mut().rev().take_while(|waiting| waiting.depth == self.depth) {
            if waiting.start.is_none() {
                waiting.start = Some(span.start);
                waiting.is_key = name == "key";
            }
        }
    }

    fn end(&mut self, span: Span) {
        let first = self.waiting.iter().rposition(|waiting| waiting.depth < self.depth).map_or(0, |last| last + 1);
        for waiting in &mut self.waiting[first..] {
            let Some(start) = waiting.start else { continue };
            for comment in &mut self.comments[waiting.comments.clone()] {
                comment.covers = Span::new(start, span.end);
            }
        }
        let mut rest = self.waiting.split_off(first);
        rest.retain_mut(|waiting| waiting.start.is_none() || std::mem::take(&mut waiting.is_key));
        self.waiting.append(&mut rest);
    }
}

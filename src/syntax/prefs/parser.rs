//! From tokens to statements, and on from an error as Thunderbird goes on.
//!
//! A statement counts when its `;` is reached. On an error everything is skipped up to and including the next `;` token, which
//! is why a missing `;` also costs the statement behind it. Not here: what the tokens are (`lexer`).

use super::lexer::{Lexer, Token, TokenKind};
use super::problem::{is_blank, mentioned_names};
use super::{Attributes, File, Problem, ProblemKind, Statement, Value};
use crate::source::Span;

const UTF8_BOM: &[u8] = b"\xef\xbb\xbf";

pub(super) fn parse(bytes: &[u8]) -> File {
    if is_utf16(bytes) {
        return utf16(bytes);
    }
    let begin = if bytes.starts_with(UTF8_BOM) { UTF8_BOM.len() } else { 0 };
    let mut parser = Parser {
        bytes,
        lexer: Lexer::new(bytes, begin),
        statements: Vec::new(),
        problems: Vec::new(),
        line_start: begin,
        unfinished: 0,
    };
    let end = parser.run();
    parser.close_lines(end);
    let newline = first_line_end(&bytes[..end]);
    let ends_with_line_end = end == begin || matches!(bytes[end - 1], b'\n' | b'\r');
    File { statements: parser.statements, problems: parser.problems, end, newline, ends_with_line_end }
}

/// Thunderbird takes the first character for garbage and the zero byte in it for the end of the file.
/// With its mark, or without one: then every other byte is zero.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    let has_mark = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let alternates = |zero: usize| {
        let mut pairs = bytes.chunks_exact(2).take(20);
        pairs.len() > 4 && pairs.all(|pair| pair[zero] == 0 && pair[1 - zero] != 0)
    };
    has_mark || alternates(0) || alternates(1)
}

fn utf16(bytes: &[u8]) -> File {
    let ascii: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let problem = Problem {
        kind: ProblemKind::Utf16,
        span: Span::new(0, 2),
        lost: Span::new(0, bytes.len()),
        lost_names: mentioned_names(&ascii),
    };
    File { statements: Vec::new(), problems: vec![problem], end: 0, newline: "\n", ends_with_line_end: true }
}

fn first_line_end(bytes: &[u8]) -> &'static str {
    let Some(at) = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else { return "\n" };
    match (bytes[at], bytes.get(at + 1)) {
        (b'\r', Some(b'\n')) => "\r\n",
        (b'\r', _) => "\r",
        _ => "\n",
    }
}

/// The token that does not fit, and what is wrong unless the token itself is malformed.
struct Fault {
    token: Token,
    kind: ProblemKind,
}

struct Parser<'a> {
    bytes: &'a [u8],
    lexer: Lexer<'a>,
    statements: Vec<Statement>,
    problems: Vec<Problem>,
    /// Where the line of the present statement begins.
    line_start: usize,
    /// The first statement whose line has not ended yet.
    unfinished: usize,
}

impl Parser<'_> {
    /// Reads to the end and says where that is.
    fn run(&mut self) -> usize {
        let mut token = self.lexer.next();
        loop {
            if let Some((first, last)) = token.breaks {
                self.close_lines(first);
                self.line_start = last;
            }
            let start = token.span.start;
            if token.kind == TokenKind::End {
                self.note_nul(start);
                return start;
            }
            token = match self.statement(token) {
                Ok(statement) => {
                    self.statements.push(statement);
                    self.lexer.next()
                }
                Err(fault) => self.recover(start, fault),
            };
        }
    }

    /// Gives the statements since the last line end the line that ends at `end`.
    fn close_lines(&mut self, end: usize) {
        for statement in &mut self.statements[self.unfinished..] {
            statement.line.end = end;
            // From the statement outwards: each blank is looked at once, however many statements share the line.
            let before = &self.bytes[statement.line.start..statement.span.start];
            let after = &self.bytes[statement.span.end..end];
            statement.alone = before.iter().rev().all(is_blank) && after.iter().all(is_blank);
        }
        self.unfinished = self.statements.len();
    }

    fn note_nul(&mut self, at: usize) {
        if at < self.bytes.len() {
            self.add_problem(ProblemKind::NulByte, Span::new(at, at + 1), Span::new(at, self.bytes.len()));
        }
    }

    fn add_problem(&mut self, kind: ProblemKind, span: Span, lost: Span) {
        let lost_names = mentioned_names(&self.bytes[lost.range()]);
        self.problems.push(Problem { kind, span, lost, lost_names });
    }

    /// Skips to the `;` that ends the statement in which the fault is noticed. Gives the token after it.
    fn recover(&mut self, start: usize, fault: Fault) -> Token {
        let (kind, span) = match fault.token.kind {
            TokenKind::Bad(kind, span) => (kind, span),
            _ => (fault.kind, fault.token.span),
        };
        let mut token = fault.token;
        while !matches!(token.kind, TokenKind::Mark(b';') | TokenKind::End) {
            token = self.lexer.next();
        }
        if token.kind == TokenKind::End {
            self.add_problem(kind, span, Span::new(start, token.span.start));
            // Line ends in what is lost are no place to insert at.
            return Token { breaks: None, ..token };
        }
        self.add_problem(kind, span, Span::new(start, token.span.end));
        self.lexer.next()
    }

    fn statement(&mut self, first: Token) -> Result<Statement, Fault> {
        let TokenKind::Keyword(keyword) = first.kind else {
            return Err(Fault { token: first, kind: ProblemKind::ExpectedKeyword });
        };
        self.mark(b'(', ProblemKind::ExpectedOpeningParenthesis)?;
        let (name, name_span) = self.name()?;
        self.mark(b',', ProblemKind::ExpectedComma)?;
        let (value, value_span) = self.value()?;
        let attributes = self.attributes(value_span.end)?;
        let last = self.mark(b';', ProblemKind::ExpectedSemicolon)?;
        Ok(Statement {
            span: Span::new(first.span.start, last.end),
            line: Span::new(self.line_start, last.end),
            alone: false,
            keyword,
            keyword_span: first.span,
            name,
            name_span,
            value,
            value_span,
            attributes,
        })
    }

    fn mark(&mut self, mark: u8, kind: ProblemKind) -> Result<Span, Fault> {
        let token = self.lexer.next();
        if token.kind == TokenKind::Mark(mark) { Ok(token.span) } else { Err(Fault { token, kind }) }
    }

    fn name(&mut self) -> Result<(String, Span), Fault> {
        let token = self.lexer.next();
        match token.kind {
            TokenKind::Text(name) => Ok((name, token.span)),
            _ => Err(Fault { token, kind: ProblemKind::ExpectedName }),
        }
    }

    fn value(&mut self) -> Result<(Value, Span), Fault> {
        let token = self.lexer.next();
        let value = match token.kind {
            TokenKind::Bool(value) => Value::Bool(value),
            TokenKind::Text(value) => Value::Text(value),
            TokenKind::Number(_) => return signed(token, 1, ProblemKind::ExpectedValue),
            TokenKind::Mark(b'-') => return self.after_sign(token.span, -1, ProblemKind::ExpectedDigitsAfterMinus),
            TokenKind::Mark(b'+') => return self.after_sign(token.span, 1, ProblemKind::ExpectedDigitsAfterPlus),
            _ => return Err(Fault { token, kind: ProblemKind::ExpectedValue }),
        };
        Ok((value, token.span))
    }

    fn after_sign(&mut self, sign_span: Span, sign: i64, kind: ProblemKind) -> Result<(Value, Span), Fault> {
        let (value, span) = signed(self.lexer.next(), sign, kind)?;
        Ok((value, Span::new(sign_span.start, span.end)))
    }

    /// Everything from the value to the `)`, that included.
    fn attributes(&mut self, value_end: usize) -> Result<Attributes, Fault> {
        let mut attributes = Attributes { sticky: false, locked: false, span: Span::at(value_end) };
        let mut missing = ProblemKind::ExpectedClosingParenthesis;
        loop {
            let token = self.lexer.next();
            match token.kind {
                TokenKind::Mark(b')') => return Ok(attributes),
                TokenKind::Mark(b',') => {}
                _ => return Err(Fault { token, kind: missing }),
            }
            let word = self.lexer.next();
            match word.kind {
                TokenKind::Sticky => attributes.sticky = true,
                TokenKind::Locked => attributes.locked = true,
                _ => return Err(Fault { token: word, kind: ProblemKind::ExpectedAttribute }),
            }
            let start = if attributes.span.is_empty() { token.span.start } else { attributes.span.start };
            attributes.span = Span::new(start, word.span.end);
            missing = ProblemKind::ExpectedParenthesisAfterAttribute;
        }
    }
}

/// The number that `token` is, times `sign`; `kind` if it is none.
fn signed(token: Token, sign: i64, kind: ProblemKind) -> Result<(Value, Span), Fault> {
    let TokenKind::Number(digits) = token.kind else { return Err(Fault { token, kind }) };
    match i32::try_from(i64::from(digits) * sign) {
        Ok(value) => Ok((Value::Int(value), token.span)),
        Err(_) => Err(Fault { token, kind: ProblemKind::NumberTooLarge }),
    }
}

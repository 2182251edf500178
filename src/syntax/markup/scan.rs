//! XML as tokens with places, going on after faults.
//!
//! quick-xml 0.42 splits well-formed XML and keeps byte-exact positions, but after a `<` that begins no tag it swallows
//! all up to the next `>`, and after a syntax error it stops. Here such places become tokens of their own, and reading
//! begins anew behind them. Not here: which element may stand where, entities (never resolved by name beyond the five
//! of XML).

use crate::source::Span;
use quick_xml::errors::Error;
use quick_xml::events::Event;
use quick_xml::reader::Reader;

/// How often reading begins anew. Each time may look once over the rest of the file, so the bound keeps the work
/// linear.
const MAX_RESTARTS: usize = 100;

/// One piece of the file. Names are as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::syntax) enum Token<'t> {
    /// `<name …>`.
    Start { name: &'t str, broken: bool },
    /// `<name …/>`.
    Empty { name: &'t str },
    /// `</name>`.
    End { name: &'t str, broken: bool },
    /// Text up to the next markup or entity, or the inside of a CDATA section.
    Text(&'t str),
    /// `&name;`, without the signs around it.
    Reference(&'t str),
    /// Text that begins with a `&` of no entity.
    RawAmpersand(&'t str),
    /// A `<` that begins no tag.
    RawLessThan,
    /// A comment or a processing instruction.
    Aside,
    /// XML declaration or DOCTYPE.
    Prolog,
    /// A comment, section, declaration or instruction that is cut off or unknown.
    Broken,
    /// The budget for faults is used up; nothing follows.
    GivenUp,
}

/// Reads tokens from one text.
pub(in crate::syntax) struct Scanner<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// Where in `text` the reader began.
    base: usize,
    restarts: usize,
    done: bool,
}

impl<'t> Scanner<'t> {
    pub(in crate::syntax) fn new(text: &'t str) -> Self {
        let (reader, base) = reader_at(text, 0);
        Self { text, reader, base, restarts: 0, done: false }
    }

    /// The next token and its place in the text; `None` at the end.
    pub(in crate::syntax) fn next(&mut self) -> Option<(Span, Token<'t>)> {
        if self.done {
            return None;
        }
        let start = self.position();
        let event = self.reader.read_event();
        let span = Span::new(start, self.position());
        let inside = |left: usize, right: usize| self.text.get(span.start + left..span.end - right).unwrap_or_default();
        Some(match event {
            Ok(Event::Eof) => return None,
            Ok(Event::Start(_) | Event::Empty(_)) => self.tag(span),
            Ok(Event::End(_)) => self.end_tag(span),
            Ok(Event::Text(_)) => match inside(0, 0) {
                dangling if dangling.starts_with('&') => (span, Token::RawAmpersand(dangling)),
                text => (span, Token::Text(text)),
            },
            Ok(Event::CData(_)) => (span, Token::Text(inside("<![CDATA[".len(), "]]>".len()))),
            Ok(Event::GeneralRef(_)) => (span, Token::Reference(inside(1, 1))),
            Ok(Event::Comment(_) | Event::PI(_)) => (span, Token::Aside),
            Ok(Event::Decl(_) | Event::DocType(_)) => (span, Token::Prolog),
            Err(Error::IllFormed(_)) => (span, Token::Broken),
            Err(_) => self.fault(start),
        })
    }

    fn position(&self) -> usize {
        let read = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        self.base.saturating_add(read).min(self.text.len())
    }

    /// A start or empty tag, or what the reader takes for one because it begins with `<`.
    fn tag(&mut self, span: Span) -> (Span, Token<'t>) {
        let name = name(&self.text[span.start + 1..span.end]);
        if !is_name(name) {
            let at = span.start + 1;
            return self.restart(at, (Span::new(span.start, at), Token::RawLessThan));
        }
        match self.inner_less_than(span) {
            Some(cut) => self.restart(cut, (self.trimmed(span.start, cut), Token::Start { name, broken: true })),
            None if self.text[span.range()].ends_with("/>") => (span, Token::Empty { name }),
            None => (span, Token::Start { name, broken: false }),
        }
    }

    fn end_tag(&mut self, span: Span) -> (Span, Token<'t>) {
        let name = name(&self.text[span.start + 2..span.end]);
        match self.inner_less_than(span) {
            Some(cut) => self.restart(cut, (self.trimmed(span.start, cut), Token::End { name, broken: true })),
            None => (span, Token::End { name, broken: false }),
        }
    }

    /// Where a tag runs into the next one because its `>` or a closing quote is missing.
    fn inner_less_than(&self, span: Span) -> Option<usize> {
        let found = memchr::memchr(b'<', &self.text.as_bytes()[span.start + 1..span.end])?;
        Some(span.start + 1 + found)
    }

    /// A syntax error at `start`, after which the reader has stopped.
    fn fault(&mut self, start: usize) -> (Span, Token<'t>) {
        let rest = &self.text[start..];
        let next = memchr::memchr(b'<', rest.as_bytes().get(1..).unwrap_or_default()).map(|found| start + 1 + found);
        let hides_all = rest.starts_with("<!--") || rest.starts_with("<![CDATA[");
        let Some(next) = next.filter(|_| !hides_all) else {
            self.done = true;
            return (self.trimmed(start, self.text.len()), Token::Broken);
        };
        let name = name(&rest[1..]);
        let span = self.trimmed(start, next);
        let token = if is_name(name) { Token::Start { name, broken: true } } else { Token::Broken };
        self.restart(next, (span, token))
    }

    /// Goes on at `at` after handing out `found`, unless that happened too often.
    fn restart(&mut self, at: usize, found: (Span, Token<'t>)) -> (Span, Token<'t>) {
        self.restarts += 1;
        if self.restarts > MAX_RESTARTS {
            self.done = true;
            return (found.0, Token::GivenUp);
        }
        (self.reader, self.base) = reader_at(self.text, at);
        found
    }

    /// The span without blanks at its end, at least one byte long.
    fn trimmed(&self, start: usize, end: usize) -> Span {
        let len = self.text[start..end].trim_end().len();
        Span::new(start, start + len.max(1).min(end - start))
    }
}

/// A reader of `text` from `at` on, and where it really begins: quick-xml drops a byte order mark and does not count
/// it.
fn reader_at(text: &str, at: usize) -> (Reader<&[u8]>, usize) {
    let mark = if text[at..].starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut reader = Reader::from_str(&text[at + mark..]);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    (reader, at + mark)
}

fn name(tag: &str) -> &str {
    let end = tag.find(|char: char| char.is_whitespace() || matches!(char, '/' | '>' | '<')).unwrap_or(tag.len());
    &tag[..end]
}

/// Whether this can be the name of an element or an entity.
pub(in crate::syntax) fn is_name(name: &str) -> bool {
    let inner = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.' | ':');
    name.starts_with(|char: char| char.is_alphabetic() || char == '_') && name.chars().all(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(&str, Token<'_>)> {
        let mut scanner = Scanner::new(text);
        std::iter::from_fn(|| scanner.next()).map(|(span, token)| (&text[span.range()], token)).collect()
    }

    fn start(name: &str) -> Token<'_> {
        Token::Start { name, broken: false }
    }

    fn end(name: &str) -> Token<'_> {
        Token::End { name, broken: false }
    }

    /// The behaviour of quick-xml that the rest relies on: what each piece is and exactly where.
    #[test]
    fn well_formed_xml_is_split_without_gaps() {
        let text = "\n<?xml version=\"1.0\" encoding=\"UTF-16\"?><!DOCTYPE p [<!ENTITY a \"b>c]\">]><?x y?><!--a--b--><p a='>'>x&amp;\
                    &#65;<![CDATA[<&]]></p ><é/>";
        assert_eq!(
            tokens(text),
            [
                ("\n", Token::Text("\n")),
                ("<?xml version=\"1.0\" encoding=\"UTF-16\"?>", Token::Prolog),
                ("<!DOCTYPE p [<!ENTITY a \"b>c]\">]>", Token::Prolog),
                ("<?x y?>", Token::Aside),
                ("<!--a--b-->", Token::Aside),
                ("<p a='>'>", start("p")),
                ("x", Token::Text("x")),
                ("&amp;", Token::Reference("amp")),
                ("&#65;", Token::Reference("#65")),
                ("<![CDATA[<&]]>", Token::Text("<&")),
                ("</p >", end("p")),
                ("<é/>", Token::Empty { name: "é" }),
            ]
        );
    }

    #[test]
    fn a_mark_inside_the_text_does_not_shift_what_follows() {
        assert_eq!(tokens("\u{FEFF}<a/>"), [("<a/>", Token::Empty { name: "a" })]);
        let inner = tokens("<s>< \u{FEFF}x</s>");
        assert_eq!(inner.last(), Some(&("</s>", end("s"))));
    }

    #[test]
    fn faults_become_tokens_and_reading_goes_on() {
        let broken_start = |name| Token::Start { name, broken: true };
        assert_eq!(tokens("a & b"), [("a ", Token::Text("a ")), ("& b", Token::RawAmpersand("& b"))]);
        assert_eq!(
            tokens("a < b</s>"),
            [("a ", Token::Text("a ")), ("<", Token::RawLessThan), (" b", Token::Text(" b")), ("</s>", end("s")),]
        );
        assert_eq!(tokens("<s\n<k>"), [("<s", broken_start("s")), ("<k>", start("k"))]);
        assert_eq!(tokens("</s\n<k>"), [("</s", Token::End { name: "s", broken: true }), ("<k>", start("k"))]);
        assert_eq!(tokens("<s a=\"x><k>"), [("<s a=\"x>", broken_start("s")), ("<k>", start("k"))]);
        assert_eq!(tokens("<!x><k>"), [("<!x>", Token::Broken), ("<k>", start("k"))]);
        assert_eq!(tokens("<!DOCTYPE><k>"), [("<!DOCTYPE>", Token::Broken), ("<k>", start("k"))]);
        assert_eq!(tokens("<!-- <k>"), [("<!-- <k>", Token::Broken)]);
        assert_eq!(tokens("<k"), [("<k", Token::Broken)]);
        assert_eq!(tokens("<"), [("<", Token::Broken)]);
    }

    #[test]
    fn faults_without_end_are_given_up() {
        let text = "<".repeat(100_000) + ">";
        assert_eq!(tokens(&text).last().map(|last| last.1), Some(Token::GivenUp));
    }
}

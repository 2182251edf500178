//! From bytes to the tree.
//!
//! Broken JSON is read on as far as its meaning is plain: a comma that is missing or too many, a colon that is missing, a bracket
//! that is never closed. Each such guess is a [`Problem`].

use std::collections::HashSet;

use super::{Json, MAX_DEPTH, Member, Node, Problem, ProblemKind, Value};
use crate::source::Span;

/// More problems than this are not kept.
const MAX_PROBLEMS: usize = 500;

pub(super) fn parse(bytes: &[u8]) -> Json {
    let bom = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let mut reader = Reader { bytes, at: bom, problems: Vec::new(), stopped: false };
    if let Err(error) = std::str::from_utf8(bytes) {
        let at = error.valid_up_to();
        reader.problem(ProblemKind::Encoding, Span::new(at, at + 1));
        return Json { root: None, problems: reader.problems };
    }
    reader.blanks();
    if reader.peek().is_none() {
        reader.problem(ProblemKind::Empty, Span::at(reader.at));
        return Json { root: None, problems: reader.problems };
    }
    let root = reader.value(0);
    reader.blanks();
    if !reader.stopped && reader.peek().is_some() {
        reader.problem(ProblemKind::AfterEnd, Span::new(reader.at, reader.at + 1));
    }
    Json { root: Some(root), problems: reader.problems }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    problems: Vec<Problem>,
    /// Whether the rest is given up.
    stopped: bool,
}

impl Reader<'_> {
    fn problem(&mut self, kind: ProblemKind, span: Span) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { kind, span });
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied().filter(|_| !self.stopped)
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Node {
        let start = self.at;
        if depth >= MAX_DEPTH {
            self.problem(ProblemKind::TooDeep, Span::at(start));
            self.stopped = true;
            return Node { span: Span::at(start), value: Value::Malformed };
        }
        let value = match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => Value::Text(self.text()),
            _ => self.word(),
        };
        Node { span: Span::new(start, self.at), value }
    }

    fn object(&mut self, depth: usize) -> Value {
        let (mut members, mut keys) = (Vec::<Member>::new(), HashSet::new());
        self.entries(b'}', |reader| {
            let Some(member) = reader.member(depth) else { return false };
            if !keys.insert(member.key.clone()) {
                reader.problem(ProblemKind::DuplicateKey, member.key_span);
            }
            members.push(member);
            true
        });
        Value::Object(members)
    }

    fn array(&mut self, depth: usize) -> Value {
        let mut items = Vec::new();
        self.entries(b']', |reader| {
            items.push(reader.value(depth + 1));
            true
        });
        Value::Array(items)
    }

    /// What stands between brackets, parted by commas. `entry` says whether it read something.
    fn entries(&mut self, close: u8, mut entry: impl FnMut(&mut Self) -> bool) {
        let open = self.at;
        self.at += 1;
        let (mut comma, mut is_first) = (None, true);
        loop {
            self.blanks();
            match self.peek() {
                Some(byte) if byte == close => {
                    if let Some(at) = comma {
                        self.problem(ProblemKind::TrailingComma, Span::new(at, at + 1));
                    }
                    self.at += 1;
                    return;
                }
                // The bracket of something around it, or the end.
                None | Some(b'}' | b']') => {
                    if !self.stopped {
                        self.problem(ProblemKind::Unclosed, Span::new(open, open + 1));
                    }
                    return;
                }
                Some(b',') if comma.is_some() || is_first => {
                    self.problem(ProblemKind::BadValue, Span::new(self.at, self.at + 1));
                    self.at += 1;
                    continue;
                }
                Some(_) if comma.is_none() && !is_first => {
                    self.problem(ProblemKind::MissingComma, Span::new(self.at, self.at + 1));
                }
                Some(_) => {}
            }
            if !entry(self) {
                self.pass_over();
            }
            is_first = false;
            self.blanks();
            comma = (self.peek() == Some(b',')).then_some(self.at);
            self.at += usize::from(comma.is_some());
        }
    }

    fn member(&mut self, depth: usize) -> Option<Member> {
        let start = self.at;
        if self.peek() != Some(b'"') {
            self.problem(ProblemKind::KeyExpected, Span::new(start, start + 1));
            return None;
        }
        let key = self.text();
        let key_span = Span::new(start, self.at);
        self.blanks();
        if self.peek() == Some(b':') {
            self.at += 1;
        } else {
            self.problem(ProblemKind::MissingColon, key_span);
            if matches!(self.peek(), None | Some(b',' | b'}' | b']')) {
                let value = Node { span: Span::at(key_span.end), value: Value::Malformed };
                return Some(Member { key, key_span, value });
            }
        }
        self.blanks();
        Some(Member { key, key_span, value: self.value(depth + 1) })
    }

    /// To the next comma or bracket, past what cannot be read.
    fn pass_over(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b',' | b'}' | b']' | b'\n' => return,
                b'"' => {
                    self.text();
                }
                _ => self.at += 1,
            }
        }
    }

    /// A text with its quotation marks. One that is not closed ends with its line.
    fn text(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        let mut out = Vec::new();
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    break;
                }
                Some(b'\\') => self.escape(&mut out),
                Some(byte) if *byte < 0x20 => {
                    if matches!(byte, b'\n' | b'\r') && !self.closes_before_next_key() {
                        self.problem(ProblemKind::UnclosedText, Span::new(start, self.at));
                        break;
                    }
                    self.problem(ProblemKind::ControlCharacter, Span::new(self.at, self.at + 1));
                    out.push(*byte);
                    self.at += 1;
                }
                Some(byte) => {
                    out.push(*byte);
                    self.at += 1;
                }
                None => {
                    self.problem(ProblemKind::UnclosedText, Span::new(start, self.at));
                    break;
                }
            }
        }
        String::from_utf8_lossy(&out).into_owned()
    }

    /// Whether the line that begins here still belongs to the text: the next quotation mark ends it, as what follows shows.
    fn closes_before_next_key(&self) -> bool {
        let rest = &self.bytes[self.at..];
        let Some(quote) = memchr::memchr(b'"', rest) else { return false };
        let after = rest[quote + 1..].iter().find(|byte| !byte.is_ascii_whitespace());
        matches!(after, Some(b',' | b'}' | b']') | None)
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let start = self.at;
        let plain = match self.bytes.get(start + 1) {
            Some(same @ (b'"' | b'\\' | b'/')) => *same,
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => return self.unicode(out),
            _ => {
                self.problem(ProblemKind::BadEscape, Span::new(start, start + 1));
                out.push(b'\\');
                self.at += 1;
                return;
            }
        };
        out.push(plain);
        self.at += 2;
    }

    /// `\u53d7`, or two of them for a character beyond the first plane.
    fn unicode(&mut self, out: &mut Vec<u8>) {
        let start = self.at;
        let unit = |at: usize| {
            let digits = self.bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
            let digits = digits.iter().all(u8::is_ascii_hexdigit).then(|| std::str::from_utf8(digits).ok())??;
            u16::from_str_radix(digits, 16).ok()
        };
        let Some(first) = unit(start) else {
            self.problem(ProblemKind::BadEscape, Span::new(start, start + 2));
            out.extend_from_slice(b"\\u");
            self.at += 2;
            return;
        };
        let pair = unit(start + 6).and_then(|second| char::decode_utf16([first, second]).next()?.ok());
        let is_high = (0xD800..0xDC00).contains(&first);
        let (char, len) = match (is_high, pair) {
            (true, Some(char)) => (char, 12),
            _ => (char::from_u32(u32::from(first)).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
        };
        out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
        self.at += len;
    }

    /// A number or one of the three words.
    fn word(&mut self) -> Value {
        let start = self.at;
        while self.peek().is_some_and(|byte| !byte.is_ascii_whitespace() && !b",:{}[]\"".contains(&byte)) {
            self.at += 1;
        }
        let word = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        let value = match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            _ => number(word).unwrap_or(Value::Malformed),
        };
        if value == Value::Malformed {
            self.at += usize::from(self.at == start && self.peek() == Some(b':'));
            self.problem(ProblemKind::BadValue, Span::new(start, self.at.max(start + 1).min(self.bytes.len())));
        }
        value
    }
}

/// RFC 8259 §6: no leading zeros or plus signs, digits on both sides of a point.
fn number(word: &str) -> Option<Value> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let whole = digits.split(['.', 'e', 'E']).next()?;
    let is_right = !whole.is_empty()
        && whole.bytes().all(|byte| byte.is_ascii_digit())
        && (whole.len() == 1 || !whole.starts_with('0'));
    if !is_right {
        return None;
    }
    if whole.len() == digits.len() {
        return Some(word.parse().map_or_else(|_| Value::Real(word.parse().unwrap_or(f64::MAX)), Value::Integer));
    }
    let fraction =
        digits[whole.len()..].strip_prefix('.').map(|rest| rest.split(['e', 'E']).next().unwrap_or_default());
    let has_fraction =
        fraction.is_none_or(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    word.parse().ok().filter(|_| has_fraction).map(Value::Real)
}

//! Mozilla's `prefs.js` and `user.js`, read as Thunderbird reads them.
//!
//! These files look like JavaScript and are not: a small grammar with its own error recovery decides which lines count. A
//! missing `;` silently costs two settings, an open quote all that follows. To say what Thunderbird sees, [`parse`] follows
//! the tokens and the recovery of `modules/libpref/parser/src/lib.rs` (Gecko), and says where every part lies.
//!
//! Not here: what a name means, which of two statements for one name wins, values of the wrong type (`clients::thunderbird`);
//! AutoConfig `.cfg` files, which are JavaScript. One thing is read more kindly than Thunderbird may do it: `pref(…)`,
//! `sticky_pref(…)` and attributes, which belong in default files, are kept as statements; see [`Statement::is_user_form`].

mod lexer;
mod parser;
mod problem;

use crate::source::Span;
pub(crate) use parser::is_utf16;
pub use problem::{Problem, ProblemKind};

/// What Thunderbird makes of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The statements that count, in the order of the file. A later one overrules an earlier one of the same name.
    pub statements: Vec<Statement>,
    /// What went wrong, in the order of the file; the `lost` spans do not overlap.
    pub problems: Vec<Problem>,
    /// Where Thunderbird stops reading: the end of the file, or a zero byte. 0 for UTF-16. What is written after it, or at it
    /// when the last problem's `lost` reaches it, is not read.
    pub end: usize,
    /// The file's own line end, by its first one: `"\n"`, `"\r\n"` or `"\r"`; `"\n"` if there is none.
    pub newline: &'static str,
    /// Whether text inserted at `end` begins a line of its own: nothing stands before it, or a line end.
    pub ends_with_line_end: bool,
}

/// One setting: `user_pref("name", value);`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// From the keyword up to and including the `;`.
    pub span: Span,
    /// The whole physical lines that hold the statement, with the last line end, but never a BOM or what lies behind
    /// [`File::end`]. Both borders lie between statements and outside comments, so that a line may be inserted there: a comment
    /// or neighbour that begins on the same line and ends on a later one is included.
    pub line: Span,
    /// Whether only blanks stand beside the statement on `line`: then `line` may be deleted, else only `span`.
    pub alone: bool,
    /// The word it begins with.
    pub keyword: Keyword,
    /// Where that word is.
    pub keyword_span: Span,
    /// The setting's name, case-sensitive, escapes decoded.
    pub name: String,
    /// The name with its quotes.
    pub name_span: Span,
    /// The value.
    pub value: Value,
    /// The value with its quotes or sign.
    pub value_span: Span,
    /// `sticky` and `locked` after the value.
    pub attributes: Attributes,
}

impl Statement {
    /// Whether it has the form that every build of Thunderbird accepts in `prefs.js` and `user.js`: `user_pref` and no
    /// attributes. Other forms are dropped by some builds and taken as a default value by others.
    pub const fn is_user_form(&self) -> bool {
        matches!(self.keyword, Keyword::UserPref) && self.attributes.span.is_empty()
    }
}

/// The word a statement begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyword {
    /// `user_pref`, the only one that belongs in a user's file.
    UserPref,
    /// `pref`, for default files.
    Pref,
    /// `sticky_pref`, for default files: saved even when equal to the default.
    StickyPref,
}

impl Keyword {
    /// As it is written.
    pub const fn text(self) -> &'static str {
        match self {
            Self::UserPref => "user_pref",
            Self::Pref => "pref",
            Self::StickyPref => "sticky_pref",
        }
    }
}

/// A setting's value. There are no other types in these files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number, perhaps with a sign.
    Int(i32),
    /// A string: escapes decoded, invalid UTF-8 as U+FFFD. Line ends inside the quotes are part of it.
    Text(String),
}

/// The words between value and `)`, which belong in default files only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attributes {
    /// `sticky` is among them. (The keyword [`Keyword::StickyPref`] means the same and is not counted here.)
    pub sticky: bool,
    /// `locked` is among them.
    pub locked: bool,
    /// From the first comma to the last word: delete it and they are gone. Empty, and at the value's end, without attributes.
    pub span: Span,
}

/// Reads a `prefs.js` or `user.js`. Takes any bytes, in time and memory proportional to their number.
pub fn parse(bytes: &[u8]) -> File {
    parser::parse(bytes)
}

/// Where a token stands, and whether a statement may end with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::syntax) struct TokenSpan {
    pub(in crate::syntax) span: Span,
    pub(in crate::syntax) ends_statement: bool,
}

/// The places of all tokens: between them lie only blanks and comments.
pub(in crate::syntax) fn token_spans(bytes: &[u8]) -> Vec<TokenSpan> {
    let mut lexer = lexer::Lexer::new(bytes, if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 });
    let mut spans = Vec::new();
    loop {
        let token = lexer.next();
        if token.kind == lexer::TokenKind::End {
            return spans;
        }
        spans.push(TokenSpan { span: token.span, ends_statement: token.kind == lexer::TokenKind::Mark(b';') });
    }
}

/// The string literal for `text` as Thunderbird writes it: double quotes; only `\`, `"`, LF and CR are escaped.
///
/// A zero character cannot be written in these files; a literal that has one is not read back.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for char in text.chars() {
        match char {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            _ => out.push(char),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use ProblemKind::*;
    use proptest::prelude::*;

    fn names(file: &File) -> Vec<&str> {
        file.statements.iter().map(|statement| statement.name.as_str()).collect()
    }

    fn kinds(file: &File) -> Vec<ProblemKind> {
        file.problems.iter().map(|problem| problem.kind).collect()
    }

    fn cut(text: &str, span: Span) -> &str {
        &text[span.range()]
    }

    #[test]
    fn values_are_read() {
        let cases = [
            ("true", Value::Bool(true)),
            ("993", Value::Int(993)),
            ("+ 5", Value::Int(5)),
            ("- /* so */ 5", Value::Int(-5)),
            ("-2147483648", Value::Int(i32::MIN)),
            ("2147483647", Value::Int(i32::MAX)),
            ("'it\"s'", Value::Text("it\"s".into())),
            ("\"imap.example.com\"", Value::Text("imap.example.com".into())),
        ];
        for (literal, value) in cases {
            let text = format!("user_pref('a' , {literal} ) ;");
            let file = parse(text.as_bytes());
            assert_eq!(file.statements[0].value, value, "{literal}");
            assert_eq!(cut(&text, file.statements[0].value_span), literal);
            assert_eq!(cut(&text, file.statements[0].name_span), "'a'");
            assert_eq!(cut(&text, file.statements[0].span), text);
            assert_eq!(file.problems, []);
        }
    }

    /// Observed with Thunderbird 153, or read from its parser: text, what is left, what went wrong, what is named as lost.
    #[test]
    fn errors_cost_what_they_cost_thunderbird() {
        type Case = (&'static str, &'static [&'static str], &'static [ProblemKind], &'static [&'static str]);
        let good = "user_pref(\"ok\", 1);";
        let cases: [Case; 28] = [
            ("user_pref(\"a\", 1)\nuser_pref(\"b\", 2);", &["ok"], &[ExpectedSemicolon], &["a", "b"]),
            ("lockPref(\"a\", 1);", &["ok"], &[UnknownKeyword], &["a"]),
            ("mail(\"a\", 1);", &["ok"], &[UnknownKeyword], &[]),
            ("true;", &["ok"], &[ExpectedKeyword], &[]),
            ("user_pref \"a\", 1);", &["ok"], &[ExpectedOpeningParenthesis], &[]),
            ("user_pref2(\"a\", 1);", &["ok"], &[ExpectedOpeningParenthesis], &[]),
            ("user_pref(a, 1);", &["ok"], &[UnknownKeyword], &[]),
            ("user_pref(1, 1);", &["ok"], &[ExpectedName], &[]),
            ("user_pref(\"a\" 1);", &["ok"], &[ExpectedComma], &["a"]),
            ("user_pref(\"a\", );", &["ok"], &[ExpectedValue], &["a"]),
            ("user_pref(\"a\", TRUE);", &["ok"], &[UnknownKeyword], &["a"]),
            ("user_pref(\"a\", 1;", &["ok"], &[ExpectedClosingParenthesis], &["a"]),
            ("user_pref(\"a\", \"x\" + \"y\");", &["ok"], &[ExpectedClosingParenthesis], &["a"]),
            ("user_pref(\"a\", 1, 2);", &["ok"], &[ExpectedAttribute], &["a"]),
            ("pref(\"a\", 1, locked;", &["ok"], &[ExpectedParenthesisAfterAttribute], &["a"]),
            ("user_pref(\"a\", 2147483648);", &["ok"], &[NumberTooLarge], &["a"]),
            ("user_pref(\"a\", -2147483649);", &["ok"], &[NumberTooLarge], &["a"]),
            ("user_pref(\"a\", 0x10);", &["ok"], &[LetterInNumber], &["a"]),
            ("user_pref(\"a\", 1.5);", &["ok"], &[UnexpectedCharacter], &["a"]),
            ("user_pref(\"a\", -true);", &["ok"], &[ExpectedDigitsAfterMinus], &["a"]),
            ("user_pref(\"a\", +\"1\");", &["ok"], &[ExpectedDigitsAfterPlus], &["a"]),
            ("user_pref(\"a\", \"C:\\Users\");", &["ok"], &[UnknownEscape], &["a"]),
            ("user_pref(\"a\", 1) # ;\n \";\" /* ; */ ;", &["ok"], &[ExpectedSemicolon], &["a"]),
            ("user_pref(\"a\", 1);;", &["a", "ok"], &[ExpectedKeyword], &[]),
            ("user_pref(\"a\", /; 1);", &["ok"], &[LoneSlash], &["a"]),
            ("user_pref(\"a\", \"x);", &[], &[UnknownKeyword], &["a", "ok"]),
            ("user_pref(\"a\", 1); user_pref(\"b\", 'x);", &["a"], &[UnterminatedString], &["b", "ok"]),
            ("user_pref(\"a\", 1); /* b", &["a"], &[UnterminatedComment], &["ok"]),
        ];
        for (text, left, wrong, lost) in cases {
            let file = parse(format!("{text}\n{good}\n").as_bytes());
            assert_eq!(names(&file), left, "{text}");
            assert_eq!(kinds(&file), wrong, "{text}");
            assert_eq!(file.problems[0].lost_names, lost, "{text}");
        }
    }

    #[test]
    fn problems_point_at_what_is_wrong() {
        let text = "user_pref(\"a\", 1)\nuser_pref(\"b\", 2);\nuser_pref(\"c\", \"D:\\\\x\\y\");\nuser_pref(\"d\", 'x";
        let file = parse(text.as_bytes());
        let spans: Vec<_> = file.problems.iter().map(|problem| cut(text, problem.span)).collect();
        assert_eq!(spans, ["user_pref", "\\y", "'"]);
        let lost: Vec<_> = file.problems.iter().map(|problem| problem.lost).collect();
        assert_eq!(lost, [Span::new(0, 36), Span::new(37, 63), Span::new(64, 81)]);
    }

    #[test]
    fn a_zero_byte_ends_the_file_where_a_token_may_begin() {
        let file = parse(b"user_pref(\"a\", 1);\n\0user_pref(\"b\", 2);\n");
        assert_eq!((names(&file), kinds(&file), file.end), (vec!["a"], vec![NulByte], 19));
        assert_eq!((file.problems[0].lost, file.problems[0].lost_names[0].as_str()), (Span::new(19, 39), "b"));
        let file = parse(b"user_pref(\"a\", \0 1);");
        assert_eq!((kinds(&file), file.end), (vec![ExpectedValue, NulByte], 15));
        let file = parse(&[0; 64]);
        assert_eq!((kinds(&file), file.end), (vec![NulByte], 0));
        // Strings and comments swallow it: Thunderbird reads on.
        let file = parse(b"# x\0\nuser_pref(\"a\", \"\0;\nuser_pref(\"b\", 2);");
        assert_eq!((names(&file), kinds(&file)), (vec!["b"], vec![UnterminatedString]));
    }

    #[test]
    fn byte_order_marks() {
        let file = parse(b"\xef\xbb\xbfuser_pref(\"a\", 1);\r\n");
        assert_eq!((names(&file), file.statements[0].line), (vec!["a"], Span::new(3, 23)));
        assert_eq!((file.newline, file.problems.len()), ("\r\n", 0));
        for (mark, convert) in [(0xfeff_u16, u16::to_le_bytes as fn(u16) -> [u8; 2]), (0xfeff, u16::to_be_bytes)] {
            let units = std::iter::once(mark).chain("user_pref(\"a\", 1);\n".encode_utf16());
            let file = parse(&units.flat_map(convert).collect::<Vec<u8>>());
            assert_eq!((file.statements.len(), kinds(&file)), (0, vec![Utf16]));
            assert_eq!(file.problems[0].lost_names, ["a"]);
        }
    }

    #[test]
    fn lines_are_where_one_may_insert() {
        // Text, and for each statement its line and whether it is alone.
        let cases: [(&str, &[(&str, bool)]); 8] = [
            ("#\r\n\r\n user_pref('a', 1);\t\r\n#", &[(" user_pref('a', 1);\t\r\n", true)]),
            (
                "user_pref('a', 1);\ruser_pref('b',\r2);",
                &[("user_pref('a', 1);\r", true), ("user_pref('b',\r2);", true)],
            ),
            ("user_pref('a', 1); // c\nx", &[("user_pref('a', 1); // c\n", false)]),
            ("user_pref('a', 1); /* c\n */\n", &[("user_pref('a', 1); /* c\n */\n", false)]),
            ("/* c\n */ user_pref('a', 1);", &[("/* c\n */ user_pref('a', 1);", false)]),
            ("user_pref('a', 1);pref('b', '\n');\n#", &[("user_pref('a', 1);pref('b', '\n');\n", false); 2]),
            ("user_pref('a', 1); x\n;\n#", &[("user_pref('a', 1); x\n;\n", false)]),
            ("user_pref('a', 1); \0\n", &[("user_pref('a', 1); ", true)]),
        ];
        for (text, lines) in cases {
            let file = parse(text.as_bytes());
            let found: Vec<_> = file.statements.iter().map(|found| (cut(text, found.line), found.alone)).collect();
            assert_eq!(found, lines, "{text:?}");
        }
    }

    #[test]
    fn default_file_forms_are_kept_and_told_apart() {
        let text = "pref('a', 1); sticky_pref('b', 2); user_pref('c', 3 , sticky, locked); user_pref('d', 4);";
        let file = parse(text.as_bytes());
        let found: Vec<_> = file.statements.iter().map(|found| (found.keyword.text(), found.is_user_form())).collect();
        assert_eq!(found, [("pref", false), ("sticky_pref", false), ("user_pref", false), ("user_pref", true)]);
        let attributes = file.statements[2].attributes;
        assert!(attributes.sticky && attributes.locked);
        assert_eq!(cut(text, attributes.span), ", sticky, locked");
        assert_eq!(cut(text, file.statements[1].keyword_span), "sticky_pref");
    }

    #[test]
    fn ends_of_files() {
        for (text, newline, ends) in [
            ("", "\n", true),
            ("# a", "\n", false),
            ("# a\n\r\n", "\n", true),
            ("# a\r\r", "\r", true),
            ("# a\r\n#", "\r\n", false),
            ("\u{feff}", "\n", true),
        ] {
            let file = parse(text.as_bytes());
            assert_eq!((file.newline, file.ends_with_line_end, file.end), (newline, ends, text.len()), "{text:?}");
        }
    }

    #[test]
    fn every_kind_of_bad_input_takes_linear_time() {
        for part in
            ["(", "pref(", "pref('", "/", "\\", "\"\\", "/*", "user_pref('a',1);", " ", "\n", ";", "\0", "pref ( "]
        {
            let file = parse(part.repeat(200_000).as_bytes());
            assert!(file.end <= part.len() * 200_000);
        }
        parse(format!("{}{}", " ".repeat(500_000), "user_pref('a',1);".repeat(50_000)).as_bytes());
    }

    /// Whole statements and, between them, pieces in any order.
    fn near_prefs() -> impl Strategy<Value = Vec<u8>> {
        let words =
            ["user_pref", "pref", "(", ")", ",", ";", "\"a\"", "'", "\"", "\\", "1", "-", "true", "sticky", " ", "\n"];
        let more = ["\r\n", "\r", "//", "#", "/*", "*/", "/", "\0", "\\u", "d83d", "\\x", "é", "lockPref"];
        let whole = [
            "user_pref(\"a\", 1);\n",
            "user_pref('b',\n'x\ny');",
            "pref(\"c\", -1, locked); ",
            "/* c\n */",
            "# c\r\n",
            "\n",
        ];
        let word = proptest::sample::select([&words[..], &more[..]].concat());
        let part = prop_oneof![1 => word, 4 => proptest::sample::select(whole.to_vec())];
        proptest::collection::vec(part, 0..25).prop_map(|parts| parts.concat().into_bytes())
    }

    fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
        let file = parse(bytes);
        let mut done = 0;
        for found in &file.statements {
            prop_assert!(done <= found.span.start && found.span.end <= file.end);
            prop_assert!(found.line.start <= found.span.start && found.span.end <= found.line.end);
            prop_assert!(found.line.end <= file.end);
            prop_assert!(bytes[found.span.range()].starts_with(found.keyword.text().as_bytes()));
            prop_assert_eq!(&bytes[found.keyword_span.range()], found.keyword.text().as_bytes());
            prop_assert_eq!(bytes[found.span.end - 1], b';');
            prop_assert!(
                found.name_span.end < found.value_span.start && found.value_span.end <= found.attributes.span.start
            );
            let again = parse(&bytes[found.span.range()]);
            prop_assert!(again.problems.is_empty() && again.statements.len() == 1);
            prop_assert_eq!(&again.statements[0].value, &found.value);
            done = found.span.end;
        }
        let mut done = 0;
        for problem in &file.problems {
            prop_assert!(done <= problem.lost.start && problem.lost.end <= bytes.len());
            prop_assert!(problem.lost.start <= problem.span.start && problem.span.end <= problem.lost.end);
            prop_assert!(file.statements.iter().all(|found| !found.span.overlaps(problem.lost)));
            done = problem.lost.end;
        }
        insertion_is_read(bytes, &file)
    }

    /// A line put before or after a statement's line is read, and changes nothing else.
    fn insertion_is_read(bytes: &[u8], file: &File) -> Result<(), TestCaseError> {
        for found in &file.statements {
            for at in [found.line.start, found.line.end] {
                if at == file.end && file.problems.last().is_some_and(|problem| problem.lost.start <= at) {
                    continue;
                }
                let mut longer = bytes[..at].to_vec();
                longer.extend_from_slice(b"\nuser_pref(\"new\", 1);\n");
                longer.extend_from_slice(&bytes[at..]);
                let again = parse(&longer);
                prop_assert_eq!(again.statements.len(), file.statements.len() + 1);
                prop_assert_eq!(kinds(&again), kinds(file));
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            check(&bytes)?;
        }

        #[test]
        fn nearly_right_files_keep_their_spans(bytes in near_prefs()) {
            check(&bytes)?;
        }

        #[test]
        fn what_is_quoted_is_read_back(name in "[^\0]{0,20}", text in "[^\0]{0,40}", number: i32) {
            let file = format!("user_pref({}, {});user_pref('n', {number});", quote(&name), quote(&text));
            let file = parse(file.as_bytes());
            prop_assert_eq!(&file.problems, &[]);
            prop_assert_eq!(&file.statements[0].name, &name);
            prop_assert_eq!(&file.statements[0].value, &Value::Text(text));
            prop_assert_eq!(&file.statements[1].value, &Value::Int(number));
        }
    }
}

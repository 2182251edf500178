//! Comments of a file, each with the part of the file that it speaks of.
//!
//! A comment at the end of a line speaks of that line; one that has its line to itself speaks of what follows: the next
//! statement, section entry or element with all that is in it. In a property list a key and its value are one. Not here: what
//! a comment says.

mod markup;
mod script;

use crate::source::Span;

/// How comments are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `// …`, `# …` and `/* … */`: prefs.js and user.js.
    Script,
    /// `<!-- … -->`: property lists, autoconfig.
    Markup,
    /// `; …` and `# …` at the beginning of a line: INI files.
    Ini,
}

/// One comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The comment with its marks.
    pub span: Span,
    /// What it speaks of; empty where nothing follows.
    pub covers: Span,
}

/// The comments of a file in their order. A file that is damaged gives those that can be told.
pub fn comments(bytes: &[u8], form: Form) -> Vec<Comment> {
    match form {
        Form::Script => script::comments(bytes),
        Form::Markup => markup::comments(bytes),
        Form::Ini => ini(bytes),
    }
}

fn ini(bytes: &[u8]) -> Vec<Comment> {
    let mut comments: Vec<Comment> = Vec::new();
    let mut waiting = 0;
    let mut start = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let text = line.trim_ascii();
        let span = Span::new(start, start + line.trim_ascii_end().len());
        if text.starts_with(b";") || text.starts_with(b"#") {
            comments.push(Comment { span, covers: Span::at(span.end) });
        } else if !text.is_empty() {
            comments[waiting..].iter_mut().for_each(|comment| comment.covers = span);
            waiting = comments.len();
        }
        start += line.len();
    }
    comments
}

/// Looks once over a text, line by line, for what stands before comments.
#[derive(Default)]
struct Line {
    /// Where the line begins.
    start: usize,
    /// How far was looked.
    at: usize,
    /// Whether the line holds anything but blanks and comments so far.
    has_text: bool,
}

impl Line {
    /// What stands before `at` on its line, if that is more than blanks and comments.
    fn text_before(&mut self, bytes: &[u8], at: usize) -> Option<Span> {
        for (offset, byte) in bytes[self.at..at].iter().enumerate() {
            match byte {
                b'\n' | b'\r' => (self.start, self.has_text) = (self.at + offset + 1, false),
                // Blanks, and the three bytes of a byte order mark.
                b' ' | b'\t' | 0x0B | 0x0C | 0xEF | 0xBB | 0xBF => {}
                _ => self.has_text = true,
            }
        }
        self.at = at;
        self.has_text.then_some(Span::new(self.start, at))
    }

    fn pass_over(&mut self, comment: Span) {
        self.at = comment.end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each comment and what it speaks of, as text.
    pub(super) fn told(text: &str, form: Form) -> Vec<(&str, &str)> {
        let comments = comments(text.as_bytes(), form);
        comments.iter().map(|comment| (&text[comment.span.range()], text[comment.covers.range()].trim())).collect()
    }

    #[test]
    fn a_script_comment_speaks_of_its_line_or_the_next_statement() {
        let text = "// one\n# two\n\nuser_pref(\"a//b\", 1); // three\n/* four\n */ user_pref(\"c\",\n 2); user_pref(\"d\", 3);\n// five\n";
        assert_eq!(
            told(text, Form::Script),
            [
                ("// one", "user_pref(\"a//b\", 1);"),
                ("# two", "user_pref(\"a//b\", 1);"),
                ("// three", "user_pref(\"a//b\", 1);"),
                ("/* four\n */", "user_pref(\"c\",\n 2);"),
                ("// five", ""),
            ]
        );
        assert_eq!(told("/* a */ /* b */\nx(1);\n", Form::Script), [("/* a */", "x(1);"), ("/* b */", "x(1);")]);
    }

    #[test]
    fn a_damaged_script_ends_nothing_early() {
        assert_eq!(told("// a\nuser_pref(\"open", Form::Script), [("// a", "user_pref(\"open")]);
        // To Thunderbird it is no comment but a fault, and nothing follows that it could speak of.
        assert_eq!(told("/* never closed", Form::Script), []);
    }

    #[test]
    fn a_markup_comment_speaks_of_its_line_or_the_next_element() {
        let text = "<dict>\n<!-- one -->\n<key>a</key>\n<integer>1</integer>\n<key>b</key><true/> <!-- two -->\n<!-- three --><dict><key>c</key><string><![CDATA[<!-- no -->]]></string></dict>\n<!-- four -->\n</dict>";
        assert_eq!(
            told(text, Form::Markup),
            [
                ("<!-- one -->", "<key>a</key>\n<integer>1</integer>"),
                ("<!-- two -->", "<key>b</key><true/>"),
                ("<!-- three -->", "<dict><key>c</key><string><![CDATA[<!-- no -->]]></string></dict>"),
                ("<!-- four -->", ""),
            ]
        );
    }

    #[test]
    fn comments_in_a_row_and_between_key_and_value_speak_of_the_same() {
        let text = "<dict><!-- a -->\n<!-- b -->\n<key>k</key>\n<!-- c -->\n<dict><!-- d --></dict><key>l</key></dict>";
        let (whole, value) = ("<key>k</key>\n<!-- c -->\n<dict><!-- d --></dict>", "<dict><!-- d --></dict>");
        let expected =
            [("<!-- a -->", "<dict>"), ("<!-- b -->", whole), ("<!-- c -->", value), ("<!-- d -->", "<dict>")];
        assert_eq!(told(text, Form::Markup), expected);
    }

    #[test]
    fn deep_and_long_files_are_read_in_one_pass() {
        let deep = "<a><!-- x -->\n".repeat(20_000);
        assert_eq!(comments(deep.as_bytes(), Form::Markup).len(), 20_000);
        let long = "x /**/\n".repeat(20_000) + &"/**/".repeat(20_000);
        assert_eq!(comments(long.as_bytes(), Form::Script).len(), 40_000);
    }

    #[test]
    fn an_ini_comment_speaks_of_the_next_entry() {
        let text = "; one\n# two\n[A]\nx=1 ; no\n; three\n";
        assert_eq!(told(text, Form::Ini), [("; one", "[A]"), ("# two", "[A]"), ("; three", "")]);
    }

    #[test]
    fn a_comment_in_utf_16_is_found_where_it_stands() {
        let text = "<?xml version=\"1.0\"?><a>\n<!-- x --><b/></a>";
        let bytes: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let found = comments(&bytes, Form::Markup);
        assert_eq!(found.len(), 1);
        let at = 2 + 2 * text.find("<!--").unwrap_or_default();
        assert_eq!(found[0].span, Span::new(at, at + 20));
        assert_eq!(found[0].covers.len(), 8);
    }
}

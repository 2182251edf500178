//! The reader and the edits together, on files as people have them.

use super::edit::Editor;
use super::*;
use crate::source::{Edit, Source};
use crate::syntax::text::Encoding;
use ProblemKind::*;
use proptest::prelude::*;

const FILE: &str = "<?xml version=\"1.0\"?>\n<!-- by hand -->\n<a version='1.1'>\n  <b id=\"x\">\n    <!-- old -->\n    <c>993</c> <!-- SSL -->\n    \
                    <d> 会社 &amp; <![CDATA[<1>]]>\n</d>\n    <e/>\n  </b>\n</a>\n";

fn kinds(xml: &Xml) -> Vec<ProblemKind> {
    xml.problems.iter().map(|problem| problem.kind).collect()
}

/// The element at `b/c`.
fn at<'a>(xml: &'a Xml, path: &str) -> &'a Element {
    path.split('/').fold(xml.root.as_ref().unwrap(), |element, name| element.child(name).unwrap())
}

fn edited(text: &str, make: impl Fn(&Editor<'_>, &Xml) -> Option<Edit>) -> String {
    let xml = parse(text.as_bytes());
    let edit = make(&Editor::new(&xml, text.as_bytes()).unwrap(), &xml).unwrap();
    let after = Source::new("f", text.as_bytes()).edited(&[edit]).unwrap();
    assert_eq!(kinds(&parse(after.bytes())), kinds(&xml), "{text}");
    String::from_utf8(after.bytes().to_vec()).unwrap()
}

#[test]
fn names_texts_and_places_are_right_in_every_encoding() {
    for text in [FILE.to_owned(), FILE.replace('\n', "\r\n")] {
        for (encoding, mark) in [
            (Encoding::Utf8, ""),
            (Encoding::Utf8Bom, "\u{FEFF}"),
            (Encoding::Utf16Le, "\u{FEFF}"),
            (Encoding::Utf16Be, ""),
        ] {
            let bytes = encoding.encode(&format!("{mark}{text}"));
            let xml = parse(&bytes);
            assert_eq!(kinds(&xml), [], "{encoding:?}");
            let is = |span: Span, text: &str| assert_eq!(&bytes[span.range()], encoding.encode(text), "{text}");
            is(at(&xml, "b").attribute("id").unwrap().value_span, "x");
            is(at(&xml, "b/c").text_span.unwrap(), "993");
            is(at(&xml, "b/c").span, "<c>993</c>");
            is(at(&xml, "b/d").text_span.unwrap(), "会社 &amp; <![CDATA[<1>]]>");
            is(at(&xml, "b/e").place(), "<e/>");
            is(xml.asides[1], "<!-- old -->");
            assert_eq!(at(&xml, "b/d").text.trim(), "会社 & <1>");
        }
    }
}

#[test]
fn each_fault_is_found_and_the_rest_is_read() {
    use Fault::*;
    for (inside, expected, text) in [
        ("<c>R&D &amp; co</c>", vec![Markup(RawAmpersand)], "R&D & co"),
        ("<c>p&w; q</c>", vec![Markup(UnknownEntity)], "p&w; q"),
        ("<c>&#0;&#65;</c>", vec![Markup(BadCharacterReference)], "&#0;A"),
        ("<c>1 < 2</c>", vec![Markup(RawLessThan)], "1 < 2"),
        ("<c>x<!-- y -->z</c>", vec![], "xz"),
        ("<c>x</C>", vec![Markup(MismatchedEndTag)], "x"),
        ("<c>x</hostname>", vec![Markup(MismatchedEndTag)], "x"),
        ("<c>x", vec![Markup(Unclosed)], "x"),
        ("<c a=1>x</c>", vec![BrokenAttribute], "x"),
        ("<c a='1' a='2'>x</c>", vec![DuplicateAttribute], "x"),
        ("<c>x</c></q>", vec![Markup(StrayEndTag)], "x"),
        ("<c>x</c", vec![Markup(BrokenMarkup)], "x"),
    ] {
        let xml = parse(format!("<a><b>\n{inside}\n</b><z>1</z></a>").as_bytes());
        assert_eq!(kinds(&xml), expected, "{inside}");
        assert_eq!(at(&xml, "b/c").text.trim(), text, "{inside}");
        assert_eq!(at(&xml, "z").text, "1", "{inside}");
    }
}

#[test]
fn faults_of_the_whole_file() {
    use Fault::*;
    for (text, expected) in [
        ("", vec![NoRoot]),
        ("hello", vec![NoRoot, TextOutside]),
        ("<a/>x y", vec![TextOutside]),
        ("<a/><b/>", vec![SecondRoot]),
        ("<a><b>x", vec![Markup(Cut)]),
        ("<a><b", vec![Markup(BrokenMarkup), Markup(Cut)]),
        ("<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>", vec![Markup(UnknownEntity)]),
    ] {
        assert_eq!(kinds(&parse(text.as_bytes())), expected, "{text}");
    }
    assert_eq!(kinds(&parse(b"<a>\x83e</a>")), [Markup(Fault::Encoding(crate::syntax::text::Encoding::Utf8))]);
    let deep = "<a>".repeat(100_000);
    assert_eq!(kinds(&parse(deep.as_bytes())), [Markup(TooDeep)]);
}

#[test]
fn texts_are_set_and_nothing_else_changes() {
    let set = |path: &'static str| edited(FILE, move |editor, xml| editor.set_text(at(xml, path), "1 & 2"));
    assert_eq!(set("b/c"), FILE.replace("<c>993</c>", "<c>1 &amp; 2</c>"));
    assert_eq!(set("b/d"), FILE.replace("会社 &amp; <![CDATA[<1>]]>", "1 &amp; 2"));
    assert_eq!(set("b/e"), FILE.replace("<e/>", "<e>1 &amp; 2</e>"));
    let attribute = edited(FILE, |editor, xml| Some(editor.set_attribute(at(xml, "b").attribute("id")?, "y\"")));
    assert_eq!(attribute, FILE.replace("id=\"x\"", "id=\"y&quot;\""));
    let new = edited(FILE, |editor, xml| Some(editor.add_attribute(at(xml, "b/e"), "type", "imap")));
    assert_eq!(new, FILE.replace("<e/>", "<e type=\"imap\"/>"));
    let xml = parse(FILE.as_bytes());
    let editor = Editor::new(&xml, FILE.as_bytes()).unwrap();
    assert_eq!(editor.set_text(at(&xml, "b"), "x"), None);
    let split = parse(b"<a>x<!-- c -->y</a>");
    let editor = Editor::new(&split, b"<a>x<!-- c -->y</a>").unwrap();
    assert_eq!(editor.set_text(split.root.as_ref().unwrap(), "x"), None);
}

#[test]
fn children_are_inserted_in_the_files_own_layout() {
    let after_c = edited(FILE, |editor, xml| editor.insert_child(at(xml, "b"), Some(at(xml, "b/c")), "n", "1"));
    assert_eq!(after_c, FILE.replace("<!-- SSL -->", "<!-- SSL -->\n    <n>1</n>"));
    let first = edited(FILE, |editor, xml| editor.insert_child(at(xml, "b"), None, "n", "1"));
    assert_eq!(first, FILE.replace("<b id=\"x\">", "<b id=\"x\">\n    <n>1</n>"));
    let inside = edited(FILE, |editor, xml| editor.insert_child(at(xml, "b/e"), None, "n", "1"));
    assert_eq!(inside, FILE.replace("<e/>", "<e>\n      <n>1</n>\n    </e>"));
    let tabs = "<a>\r\n\t<b>\r\n\t</b>\r\n</a>";
    let filled = edited(tabs, |editor, xml| editor.insert_child(at(xml, "b"), None, "n", "1"));
    assert_eq!(filled, "<a>\r\n\t<b>\r\n\t\t<n>1</n>\r\n\t</b>\r\n</a>");
    let line =
        edited("<a><b>1</b></a>", |editor, xml| editor.insert_child(xml.root.as_ref()?, Some(at(xml, "b")), "n", "1"));
    assert_eq!(line, "<a><b>1</b><n>1</n></a>");
}

#[test]
fn removing_takes_the_line_along() {
    let line = edited("<a>\n  <b/>\n  <b/>\n</a>", |editor, xml| editor.remove(at(xml, "b")));
    assert_eq!(line, "<a>\n  <b/>\n</a>");
    let shared = edited("<a><b/> <c/></a>", |editor, xml| editor.remove(at(xml, "c")));
    assert_eq!(shared, "<a><b/></a>");
}

#[test]
fn nothing_is_written_behind_an_element_that_never_closes() {
    let open = "<a><b>1<c>2</c></a>";
    let xml = parse(open.as_bytes());
    let editor = Editor::new(&xml, open.as_bytes()).unwrap();
    let root = xml.root.as_ref().unwrap();
    assert_eq!(editor.insert_child(root, Some(at(&xml, "b")), "n", "1"), None);
    assert!(editor.insert_child(root, None, "n", "1").is_some());
}

proptest! {
    #[test]
    fn arbitrary_markup_never_panics(text in "(<|</|>|/>|a|b |=|\"|'|&|;|<!--|-->|<!\\[CDATA\\[|\\]\\]>|é|\\n){0,40}") {
        let xml = parse(text.as_bytes());
        let spans = xml.problems.iter().map(|problem| problem.span);
        for span in spans {
            prop_assert!(span.start <= span.end && span.end <= text.len());
        }
        if let (Some(root), Some(editor)) = (&xml.root, Editor::new(&xml, text.as_bytes())) {
            let edits = [editor.set_text(root, "x"), editor.insert_child(root, None, "n", "1"), editor.remove(root)];
            for edit in edits.into_iter().flatten() {
                prop_assert!(Source::new("f", text.as_bytes()).edited(&[edit]).is_ok());
            }
        }
    }
}

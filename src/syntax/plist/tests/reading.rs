//! What is read from whole, odd and broken files.

use super::super::edit::{insert, remove, replace_value};
use super::*;
use proptest::prelude::*;

#[test]
fn values_and_places_are_right_in_every_encoding() {
    for bytes in variants() {
        let plist = parse(&bytes);
        assert_eq!(kinds(&plist), [], "{:?}", plist.format);
        assert_eq!(text_at(&plist, "PayloadDisplayName"), Some("会社 & メール あ<1&2>"));
        let text = Text::decode(&bytes).unwrap();
        let port = plist.get(&path("PayloadContent/0/IncomingMailServerPortNumber")).unwrap();
        assert_eq!(port.value.as_integer(), Some(143));
        assert_eq!(&bytes[port.content.unwrap().range()], text.encode("143"));
        assert_eq!(&bytes[port.span.unwrap().range()], text.encode("<integer>143</integer>"));
        let ssl = plist.get(&path("PayloadContent/0/IncomingMailServerUseSSL")).unwrap();
        assert_eq!((&ssl.value, ssl.content), (&Value::Bool(false), None));
        assert_eq!(&bytes[ssl.span.unwrap().range()], text.encode("<false/>"));
        let account = plist.get(&path("PayloadContent/0")).unwrap();
        let key = account.value.as_dict().unwrap().entries[1].key_span.unwrap();
        assert_eq!(&bytes[key.range()], text.encode("<key>IncomingMailServerHostName</key>"));
    }
}

#[test]
fn odd_but_readable_files() {
    let body = "<dict><key>a</key><string>x</string></dict>";
    for text in [
        body.to_owned(),
        format!("<plist>{body}</plist>"),
        format!("\n\n<?xml version=\"1.0\"?>\n<plist version='1.0'>{body}</plist>"),
        format!("<!DOCTYPE plist><plist>{body}</plist>"),
        format!("<!-- a > b -->\n<?pi?><plist><!-- c -->{body}</plist><!-- d -->\n"),
        format!("<!DOCTYPE plist [<!ENTITY a \"x]>\"><!-- ]> -->]><plist>{body}</plist>"),
        "<plist><dict ><key>a</key ><string\n>x</string></dict></plist >".to_owned(),
    ] {
        let plist = parse(text.as_bytes());
        assert_eq!((text_at(&plist, "a"), kinds(&plist)), (Some("x"), vec![]), "{text}");
    }
}

#[test]
fn each_fault_is_found_and_the_rest_is_read() {
    use ProblemKind::*;
    let cases: &[(&str, &[ProblemKind], &str)] = &[
        ("<key>a</key><string>R&D &amp; co</string>", &[Markup(Fault::RawAmpersand)], "R&D & co"),
        ("<key>a</key><string>p&w; q</string>", &[Markup(Fault::UnknownEntity)], "p&w; q"),
        ("<key>a</key><string>p& w; q</string>", &[Markup(Fault::RawAmpersand)], "p& w; q"),
        (
            "<key>a</key><string>&#0;&#xD800;&#x41;</string>",
            &[Markup(Fault::BadCharacterReference), Markup(Fault::BadCharacterReference)],
            "&#0;&#xD800;A",
        ),
        ("<key>a</key><string>1 < 2</string>", &[Markup(Fault::RawLessThan)], "1 < 2"),
        ("<key>a</key><string>p<w>q</w></string>", &[Markup(Fault::RawLessThan)], "p<w>q</w>"),
        ("<key>a</key><string>x<!-- c -->y</string>", &[MarkupInValue], "xy"),
        ("<key>a</key><string>x</strng>", &[Markup(Fault::MismatchedEndTag)], "x"),
        ("<key>a</key><string>x</integer>", &[Markup(Fault::MismatchedEndTag)], "x"),
        ("<key>a</key><string>x\n", &[Markup(Fault::Unclosed)], "x"),
        ("<key>a</key><String>x</String>", &[UnknownElement(Some("string"))], "x"),
        ("<key>a</key><string\n", &[Markup(Fault::BrokenMarkup), Markup(Fault::Unclosed)], ""),
        ("<key>a</key><string>x</string", &[Markup(Fault::BrokenMarkup)], "x"),
        ("stray<key>a</key><string>x</string>", &[TextOutside], "x"),
        ("<key>a</key><string>w</string><key>a</key><string>x</string>", &[DuplicateKey], "x"),
        ("<key>n</key><key>a</key><string>x</string>", &[KeyWithoutValue], "x"),
        ("<true/><key>a</key><string>x</string>", &[ValueWithoutKey], "x"),
        ("<key>a</key><string>x</string></integer>", &[Markup(Fault::StrayEndTag)], "x"),
        (
            "<key>a</key><string>x</string><key>b</key><array><dict><true/></array>",
            &[ValueWithoutKey, Markup(Fault::MismatchedEndTag)],
            "x",
        ),
        ("<key>a</key><string>x</string><key>b</key><array><key>c</key></array>", &[KeyOutsideDict], "x"),
        ("<key>a</key><string>x</string><key>b</key><integer>{{P}}</integer>", &[BadInteger], "x"),
        ("<key>a</key><string>x</string><key>b</key><data/>", &[BadData], "x"),
        ("<key>a</key><string>x</string><key>b</key><uid>3</uid>", &[UnknownElement(None)], "x"),
    ];
    for (body, expected, value) in cases {
        let text = format!(
            "<plist><dict><key>p</key><array>\n<dict>{body}<key>z</key><true/></dict><dict/></array></dict></plist>"
        );
        let plist = parse(text.as_bytes());
        assert_eq!(kinds(&plist), *expected, "{body}");
        assert_eq!(text_at(&plist, "p/0/a"), Some(*value), "{body}");
        assert_eq!(plist.get(&path("p/0/z")).map(|z| z.value.as_bool()), Some(Some(true)), "{body}");
        assert!(plist.get(&path("p/1")).is_some(), "{body}");
    }
}

#[test]
fn faults_of_the_whole_file() {
    use ProblemKind::*;
    for (text, expected) in [
        ("", vec![NoRoot]),
        ("<plist/>", vec![NoRoot]),
        ("hello", vec![NoRoot, TextOutside]),
        ("a &amp; b<plist><true/></plist>", vec![TextOutside]),
        ("<plist><true/><false/></plist>", vec![SecondRoot]),
        ("<plist><true/></plist><true/>", vec![SecondRoot]),
        ("<configuration_profile><true/></configuration_profile>", vec![NoRoot, UnknownElement(None)]),
        ("<plist><dict><key>a</key><true/>", vec![Markup(Fault::Cut)]),
        ("<plist><dict><key>a</key><tru", vec![KeyWithoutValue, Markup(Fault::BrokenMarkup), Markup(Fault::Cut)]),
        ("<plist><dict><!-- ", vec![Markup(Fault::BrokenMarkup), Markup(Fault::Cut)]),
        ("<plist><true/></plist>\0", vec![TextOutside]),
        ("<plist><string>\u{83}</string></plist>", vec![]),
    ] {
        assert_eq!(kinds(&parse(text.as_bytes())), expected, "{text}");
    }
    assert_eq!(
        kinds(&parse(b"<plist><string>\x83e</string></plist>")),
        [Markup(Fault::Encoding(super::Encoding::Utf8))]
    );
}

#[test]
fn an_entity_bomb_costs_nothing() {
    let text = "<!DOCTYPE plist [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><plist><string>&b;&b;</string></plist>";
    let plist = parse(text.as_bytes());
    assert_eq!(text_at(&plist, ""), Some("&b;&b;"));
    assert_eq!(kinds(&plist), [ProblemKind::Markup(Fault::UnknownEntity), ProblemKind::Markup(Fault::UnknownEntity)]);
}

#[test]
fn deep_nesting_stops() {
    for open in ["<array>", "<dict><key>a</key>", "<x>"] {
        let plist = parse(open.repeat(100_000).as_bytes());
        assert!(kinds(&plist).contains(&ProblemKind::Markup(Fault::TooDeep)), "{open}");
    }
    let plist = parse(("<string>".repeat(50_000) + &"<b>".repeat(50_000) + &"&".repeat(50_000)).as_bytes());
    assert!(plist.problems.len() <= 500);
}

#[test]
fn secrets_stay_out_of_debug_and_messages() {
    let text = "<dict><key>IncomingPassword</key><string>hunter2&x;<hunter2></string><key>b</key><integer>hunter2</integer></dict>";
    let plist = parse(text.as_bytes());
    let shown: String = plist.problems.iter().map(|p| format!("{p:?} {} {:?}", p.message(), p.hint())).collect();
    assert!(!format!("{plist:?} {shown}").contains("hunter2"));
}

/// Every span inside the file, children inside their parents and in order.
fn check_spans(node: &Node, within: Span) {
    let span = node.span.unwrap();
    assert!(within.start <= span.start && span.start <= span.end && span.end <= within.end, "{span:?} in {within:?}");
    match &node.value {
        Value::Dict(dict) => dict.entries.iter().for_each(|entry| check_spans(&entry.value, span)),
        Value::Array(items) => items.iter().for_each(|item| check_spans(item, span)),
        _ => {}
    }
}

fn tag() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z&<>/!;# \n\"'é-]{0,6}",
        proptest::sample::select(vec![
            "<dict>",
            "</dict>",
            "<array>",
            "</array>",
            "<key>a</key>",
            "<key>",
            "</key>",
            "<string>",
            "</string>",
            "<true/>",
            "<integer>",
            "</integer>",
            "<plist>",
            "</plist>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "&amp;",
            "&x;",
            "<data>",
            "1",
            "<?",
            "?>",
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn arbitrary_markup_never_panics(parts in proptest::collection::vec(tag(), 0..40)) {
        let bytes = parts.concat().into_bytes();
        let plist = parse(&bytes);
        if let Some(root) = &plist.root {
            check_spans(root, Span::new(0, bytes.len()));
        }
        for problem in &plist.problems {
            prop_assert!(problem.span.start <= problem.span.end && problem.span.end <= bytes.len());
        }
        for at in ["", "a", "0", "0/a", "a/a"] {
            let _ = replace_value(&plist, &bytes, &path(at), &Value::Integer(1)).map(|edit| applied(&bytes, edit));
            let _ = insert(&plist, &bytes, &path(at), "k", &Value::Integer(1)).map(|edit| applied(&bytes, edit));
            let _ = remove(&plist, &bytes, &path(at)).map(|edit| applied(&bytes, edit));
        }
    }

    #[test]
    fn mutated_profiles_never_panic(which in 0..10usize, at in 0..5000usize, len in 0..40usize, with in proptest::collection::vec(any::<u8>(), 0..6)) {
        let mut bytes = variants().swap_remove(which);
        let at = at % bytes.len();
        let end = (at + len).min(bytes.len());
        bytes.splice(at..end, with);
        if let Some(root) = parse(&bytes).root {
            check_spans(&root, Span::new(0, bytes.len()));
        }
    }
}

//! What is read, what is complained of, and that edits touch nothing else.

use super::edit::{insert, remove, rename, replace};
use super::*;
use crate::source::Source;
use proptest::prelude::*;

fn path(text: &str) -> Vec<PathPart> {
    text.split('.').filter(|part| !part.is_empty()).map(PathPart::from).collect()
}

fn kinds(text: &str) -> Vec<(ProblemKind, &str)> {
    parse(text.as_bytes()).problems.iter().map(|problem| (problem.kind, &text[problem.span.range()])).collect()
}

#[test]
fn values_know_their_bytes() {
    let text = "\u{feff} {\"a\": [1, -2.5e3, true, null, \"\\u53d7\\ud83d\\udce7\\n/\"], \"b\":{}} ";
    let json = parse(text.as_bytes());
    assert_eq!(json.problems, []);
    let root = json.root.as_ref().unwrap();
    let items = root.get("a").unwrap().items();
    assert_eq!(items[0].value, Value::Integer(1));
    assert_eq!(items[1].value, Value::Real(-2500.0));
    assert_eq!((&items[2].value, &items[3].value), (&Value::Bool(true), &Value::Null));
    assert_eq!(items[4].as_text(), Some("受📧\n/"));
    assert_eq!(&text[items[4].inner().range()], "\\u53d7\\ud83d\\udce7\\n/");
    assert_eq!(&text[root.members()[1].span().range()], "\"b\":{}");
    assert_eq!(json.get(&path("b")).unwrap().members(), []);
}

#[test]
fn faults_have_a_place_and_the_rest_is_read() {
    use ProblemKind::*;
    for (text, expected) in [
        ("{\"a\":1,}", vec![(TrailingComma, ",")]),
        ("{\"a\":1 \"b\":2}", vec![(MissingComma, "\"")]),
        ("{\"a\" 1}", vec![(MissingColon, "\"a\"")]),
        ("{\"a\"}", vec![(MissingColon, "\"a\"")]),
        ("{a:1, \"b\":2}", vec![(KeyExpected, "a")]),
        ("{\"a\":yes}", vec![(BadValue, "yes")]),
        ("{\"a\":01}", vec![(BadValue, "01")]),
        ("{\"a\":1.}", vec![(BadValue, "1.")]),
        ("{\"a\":\"x\n\"b\":2}", vec![(UnclosedText, "\"x"), (MissingComma, "\"")]),
        ("{\"a\":\"x\ny\"}", vec![(ControlCharacter, "\n")]),
        ("{\"a\":\"\\q\"}", vec![(BadEscape, "\\")]),
        ("{\"a\":[1,2}", vec![(Unclosed, "[")]),
        ("{\"a\":{\"b\":1}", vec![(Unclosed, "{")]),
        ("{} x", vec![(AfterEnd, "x")]),
        ("{\"a\":1,\"a\":2}", vec![(DuplicateKey, "\"a\"")]),
        ("", vec![(Empty, "")]),
    ] {
        assert_eq!(kinds(text), expected, "{text}");
    }
    let json = parse(b"{a:1, \"b\":2, \"c\":\"x\n \"d\":3}");
    assert_eq!(json.get(&path("b")).unwrap().value, Value::Integer(2));
    assert_eq!(json.get(&path("d")).unwrap().value, Value::Integer(3));
    assert_eq!(parse(b"{\"a\":\"\xff\"}").problems[0].kind, Encoding);
    assert_eq!(parse(&b"[".repeat(1_000_000)).problems[0].kind, TooDeep);
}

#[test]
fn edits_touch_one_value() {
    let text = "{\n  \"a\": 1,\n  \"b\" : {\"c\":\"x\"}\n}\n";
    let json = parse(text.as_bytes());
    let after = |edit: Option<crate::source::Edit>| {
        let edited = Source::new("f", text.as_bytes()).edited(&[edit.unwrap()]).unwrap();
        String::from_utf8(edited.bytes().to_vec()).unwrap()
    };
    let new = Value::Text("y\"\u{1}受".to_owned());
    let bytes = text.as_bytes();
    for (edit, expected) in [
        (replace(&json, &path("a"), &Value::Integer(2)), text.replace('1', "2")),
        (replace(&json, &path("b.c"), &new), text.replace("\"x\"", "\"y\\\"\\u0001受\"")),
        (insert(&json, bytes, &[], "d", &Value::Bool(true)), text.replace("\"x\"}", "\"x\"},\n  \"d\" : true")),
        (insert(&json, bytes, &path("b"), "d", &Value::Integer(3)), text.replace("\"x\"}", "\"x\",\"d\":3}")),
        (remove(&json, &path("a")), text.replace("\"a\": 1,\n  ", "")),
        (remove(&json, &path("b")), text.replace(",\n  \"b\" : {\"c\":\"x\"}", "")),
        (remove(&json, &path("b.c")), text.replace("\"c\":\"x\"", "")),
        (rename(&json, &path("a"), "A"), text.replace("\"a\"", "\"A\"")),
    ] {
        assert_eq!(after(edit), expected);
    }
    let empty = parse(b"{}");
    assert_eq!(insert(&empty, b"{}", &[], "d", &Value::Null).unwrap().text, b"\"d\": null");
    assert_eq!(replace(&json, &path("none"), &Value::Null), None);
}

proptest! {
    #[test]
    fn sound_json_is_read_as_serde_reads_it(value in sound()) {
        let text = serde_json::to_string_pretty(&value).unwrap();
        let json = parse(text.as_bytes());
        prop_assert_eq!(&json.problems, &[]);
        prop_assert_eq!(as_serde(json.root.as_ref().unwrap()), value);
    }

    /// Whatever serde takes has no fault here, and whatever it refuses has one.
    #[test]
    fn what_is_no_json_has_a_fault(text in "[\\[\\]{}:,\"\\\\a1.e \\n-]{0,20}") {
        let is_sound = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        let problems = parse(text.as_bytes()).problems;
        let told = problems.iter().any(|problem| problem.kind != ProblemKind::DuplicateKey);
        prop_assert_eq!(!told, is_sound, "{:?}", problems);
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for problem in parse(&bytes).problems {
            prop_assert!(problem.span.end <= bytes.len().max(problem.span.start));
        }
    }
}

fn sound() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        ".{0,8}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::btree_map(".{0,4}", inner, 0..4)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

fn as_serde(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Object(members) => serde_json::Value::Object(
            members.iter().map(|member| (member.key.clone(), as_serde(&member.value))).collect(),
        ),
        Value::Array(items) => items.iter().map(as_serde).collect(),
        Value::Text(text) => text.as_str().into(),
        Value::Integer(number) => (*number).into(),
        Value::Real(number) => (*number).into(),
        Value::Bool(flag) => (*flag).into(),
        Value::Null | Value::Malformed => serde_json::Value::Null,
    }
}

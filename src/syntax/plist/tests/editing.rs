//! Byte edits: only the place asked for changes, in the style of the file.

use super::super::edit::{insert, remove, replace_value};
use super::*;
use proptest::prelude::*;

#[test]
fn replacing_changes_only_the_value() {
    for bytes in variants() {
        let text = Text::decode(&bytes).unwrap();
        for (at, value, from, to) in [
            ("PayloadContent/0/IncomingMailServerPortNumber", Value::Integer(993), "143", "993"),
            ("PayloadContent/0/IncomingMailServerUseSSL", Value::Bool(true), "<false/>", "<true/>"),
            (
                "PayloadContent/0/OutgoingPasswordSameAsIncomingPassword",
                Value::Bool(false),
                "<true></true>",
                "<false/>",
            ),
            ("PayloadContent/0/EmailAddress", Value::Text("a&b@例え.jp".into()), "taro@example.jp", "a&amp;b@例え.jp"),
            ("PayloadVersion", Value::Text("1".into()), "<integer>1</integer>", "<string>1</string>"),
            ("PayloadContent/1", Value::Array(Vec::new()), "<dict/>", "<array/>"),
        ] {
            let edit = replace_value(&parse(&bytes), &bytes, &path(at), &value).unwrap();
            let (left, right) = text.as_str().split_once(from).unwrap();
            assert_eq!(
                applied(&bytes, edit),
                [&bytes[..text.bom()], &text.encode(&format!("{left}{to}{right}"))].concat(),
                "{at}"
            );
        }
    }
}

#[test]
fn inserting_copies_the_style() {
    let one = Value::Integer(1);
    for (before, dict, key, after) in [
        (
            "<dict>\n\t<key>a</key>\n\t<true/>\n</dict>",
            "",
            "b",
            "<dict>\n\t<key>a</key>\n\t<true/>\n\t<key>b</key>\n\t<integer>1</integer>\n</dict>",
        ),
        (
            "<dict>\n  <key>b</key><true/>\n</dict>",
            "",
            "a",
            "<dict>\n  <key>a</key><integer>1</integer>\n  <key>b</key><true/>\n</dict>",
        ),
        (
            "<dict>\n\n\t<!-- b -->\n\t<key>b</key> <true/>\n</dict>",
            "",
            "a",
            "<dict>\n\t<key>a</key> <integer>1</integer>\n\n\t<!-- b -->\n\t<key>b</key> <true/>\n</dict>",
        ),
        (
            "<dict><key>b</key><true/></dict>",
            "",
            "c",
            "<dict><key>b</key><true/><key>c</key><integer>1</integer></dict>",
        ),
        (
            "<dict>\r\n\t<key>b</key>\r\n\t<true/> <!-- so -->\r\n</dict>",
            "",
            "c",
            "<dict>\r\n\t<key>b</key>\r\n\t<true/> <!-- so -->\r\n\t<key>c</key>\r\n\t<integer>1</integer>\r\n</dict>",
        ),
        (
            "<dict><key>c</key>\n<true/>\n<key>b</key>\n<true/></dict>",
            "",
            "a",
            "<dict><key>c</key>\n<true/>\n<key>b</key>\n<true/>\n<key>a</key>\n<integer>1</integer></dict>",
        ),
        (
            "<dict>\n  <key>x</key>\n  <dict/>\n</dict>",
            "x",
            "a",
            "<dict>\n  <key>x</key>\n  <dict>\n    <key>a</key>\n    <integer>1</integer>\n  </dict>\n</dict>",
        ),
        (
            "<dict>\n\t<key>x</key>\n\t<dict>\n\t</dict>\n</dict>",
            "x",
            "a",
            "<dict>\n\t<key>x</key>\n\t<dict>\n\t\t<key>a</key>\n\t\t<integer>1</integer>\n\t</dict>\n</dict>",
        ),
        ("<dict></dict>", "", "a", "<dict><key>a</key><integer>1</integer></dict>"),
    ] {
        let edit = insert(&parse(before.as_bytes()), before.as_bytes(), &path(dict), key, &one).unwrap();
        assert_eq!(String::from_utf8(applied(before.as_bytes(), edit)).unwrap(), after);
    }
}

#[test]
fn a_new_key_follows_its_relatives() {
    let text = "<dict><key>EmailAddress</key><true/><key>IncomingMailServerHostName</key><true/><key>EmailAccountName</key><true/>\
                <key>IncomingMailServerUsername</key><true/><key>OutgoingMailServerHostName</key><true/></dict>";
    for (key, after) in [
        ("IncomingMailServerUseSSL", "IncomingMailServerUsername"),
        ("EmailAccountDescription", "EmailAccountName"),
        ("OutgoingMailServerUseSSL", "OutgoingMailServerHostName"),
        ("SMIMEEnabled", "OutgoingMailServerHostName"),
    ] {
        let edit = insert(&parse(text.as_bytes()), text.as_bytes(), &[], key, &Value::Bool(true)).unwrap();
        let edited = String::from_utf8(applied(text.as_bytes(), edit)).unwrap();
        assert!(edited.contains(&format!("<key>{after}</key><true/><key>{key}</key><true/>")), "{key}: {edited}");
    }
    assert!(insert(&parse(text.as_bytes()), text.as_bytes(), &[], "EmailAddress", &Value::Bool(true)).is_none());
}

#[test]
fn removing_takes_the_lines_along() {
    for (before, at, after) in [
        (
            "<dict>\n\t<key>a</key>\n\t<true/>\n\t<key>b</key>\n\t<true/>\n</dict>",
            "a",
            "<dict>\n\t<key>b</key>\n\t<true/>\n</dict>",
        ),
        ("<dict>\r\n\t<key>a</key><true/>\r\n</dict>", "a", "<dict>\r\n</dict>"),
        ("<dict>\n\t<key>a</key><true/> <!-- c -->\n</dict>", "a", "<dict>\n\t<!-- c -->\n</dict>"),
        ("<dict><key>a</key><true/> <key>b</key><true/></dict>", "b", "<dict><key>a</key><true/></dict>"),
        ("<array>\n\t<true/>\n\t<false/>\n</array>", "1", "<array>\n\t<true/>\n</array>"),
        ("<dict><key>a</key><true/><key>a</key><false/></dict>", "a", "<dict><key>a</key><true/></dict>"),
    ] {
        let edit = remove(&parse(before.as_bytes()), before.as_bytes(), &path(at)).unwrap();
        assert_eq!(String::from_utf8(applied(before.as_bytes(), edit)).unwrap(), after);
    }
}

#[test]
fn broken_elements_are_not_edited() {
    let text = "<dict><key>a</key><string>x<key>b</key><true/></dict>";
    assert!(replace_value(&parse(text.as_bytes()), text.as_bytes(), &path("a"), &Value::Text("y".into())).is_none());
    assert!(remove(&parse(text.as_bytes()), text.as_bytes(), &path("a")).is_none());
    assert!(remove(&parse(text.as_bytes()), text.as_bytes(), &[]).is_none());
}

#[test]
fn of_duplicate_keys_the_last_counts() {
    let text = "<dict><key>a</key><integer>1</integer><key>a</key><integer>2</integer></dict>";
    let plist = parse(text.as_bytes());
    let dict = plist.root.as_ref().and_then(|root| root.value.as_dict()).unwrap();
    let all: Vec<_> = dict.all("a").map(|entry| entry.value.value.as_integer()).collect();
    assert_eq!((dict.get("a").and_then(|a| a.value.as_integer()), all), (Some(2), vec![Some(1), Some(2)]));
    assert_eq!(plist.problems[0].related, dict.entries[0].key_span);
    let edit = replace_value(&plist, text.as_bytes(), &path("a"), &Value::Integer(3)).unwrap();
    assert_eq!(applied(text.as_bytes(), edit), text.replace('2', "3").into_bytes());
}

#[test]
fn binary_lists_have_no_byte_edits() {
    let bytes = write_binary(BINARY, &[(path("a"), Some(Value::Integer(2)))]).unwrap();
    let plist = parse(&bytes);
    assert_eq!(plist.get(&path("a")).map(|a| &a.value), Some(&Value::Integer(2)));
    assert!(replace_value(&plist, &bytes, &path("a"), &Value::Integer(3)).is_none());
    assert!(insert(&plist, &bytes, &[], "b", &Value::Integer(3)).is_none());
    assert!(remove(&plist, &bytes, &path("a")).is_none());
}

/// `{ a = 1 }`.
const BINARY: &[u8] = b"bplist00\xD1\x01\x02\x51a\x10\x01\x08\x0B\x0D\0\0\0\0\0\0\x01\x01\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x0F";

proptest! {
    #[test]
    fn an_inserted_value_is_read_back(which in 0..10usize, key in "[A-Za-z&<]{1,12}", value in "\\PC{0,20}") {
        let bytes = variants().swap_remove(which);
        let plist = parse(&bytes);
        for dict in ["", "PayloadContent/0", "PayloadContent/1"] {
            let at = path(dict);
            let Some(edit) = insert(&plist, &bytes, &at, &key, &Value::Text(value.clone())) else { continue };
            let edited = applied(&bytes, edit);
            let again = parse(&edited);
            prop_assert_eq!(kinds(&again), vec![]);
            let mut whole = at.clone();
            whole.push(key.as_str().into());
            prop_assert_eq!(again.get(&whole).and_then(|node| node.value.as_text()), Some(value.as_str()));
            // Taking it away again gives the file back, except where the dictionary was `<dict/>`.
            let back = applied(&edited, remove(&again, &edited, &whole).unwrap());
            if dict != "PayloadContent/1" {
                prop_assert_eq!(back, bytes.clone());
            }
        }
    }
}

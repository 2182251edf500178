//! A binary property list as XML text, and the way back.
//!
//! The text is what is read, edited and shown in a diff. On the way back only what differs between the text before and after
//! is changed in the binary list, so that values XML has no form for, such as a keyed archiver's references, survive.

use super::{Dict, Node, PathPart, Plist, Value, WriteError, parse, scalar, write_binary};
use crate::syntax::markup::escape;

/// The list as Apple's own tools would write it in XML, with tabs.
pub fn to_xml(plist: &Plist) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
         \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n",
    );
    if let Some(root) = &plist.root {
        render(&root.value, 0, &mut out);
    }
    out.push_str("</plist>\n");
    out
}

fn render(value: &Value, depth: usize, out: &mut String) {
    let indent = "\t".repeat(depth);
    match value {
        Value::Dict(dict) if dict.entries.is_empty() => out.push_str(&format!("{indent}<dict/>\n")),
        Value::Dict(dict) => {
            out.push_str(&format!("{indent}<dict>\n"));
            for entry in &dict.entries {
                out.push_str(&format!("{indent}\t<key>{}</key>\n", escape(&entry.key)));
                render(&entry.value.value, depth + 1, out);
            }
            out.push_str(&format!("{indent}</dict>\n"));
        }
        Value::Array(items) if items.is_empty() => out.push_str(&format!("{indent}<array/>\n")),
        Value::Array(items) => {
            out.push_str(&format!("{indent}<array>\n"));
            items.iter().for_each(|item| render(&item.value, depth + 1, out));
            out.push_str(&format!("{indent}</array>\n"));
        }
        Value::Bool(flag) => out.push_str(&format!("{indent}<{flag}/>\n")),
        scalar => {
            let (element, text) = (scalar.element(), scalar::content(scalar).unwrap_or_default());
            out.push_str(&format!("{indent}<{element}>{text}</{element}>\n"));
        }
    }
}

/// `original` with the changes that lead from its XML text to `after`.
///
/// # Errors
/// [`WriteError`] when the original cannot be read or a new value has no binary form.
pub fn store(original: &[u8], after: &[u8]) -> Result<Vec<u8>, WriteError> {
    let before = parse(to_xml(&parse(original)).as_bytes());
    let after = parse(after);
    let mut edits = Vec::new();
    if let (Some(before), Some(after)) = (&before.root, &after.root) {
        compare(before, after, &mut Vec::new(), &mut edits);
    }
    write_binary(original, &edits)
}

type Edits = Vec<(Vec<PathPart>, Option<Value>)>;

fn compare(before: &Node, after: &Node, path: &mut Vec<PathPart>, edits: &mut Edits) {
    match (&before.value, &after.value) {
        (Value::Dict(before), Value::Dict(after)) => compare_dicts(before, after, path, edits),
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                path.push(PathPart::Index(index));
                compare(before, after, path, edits);
                path.pop();
            }
        }
        (before, after) if before == after => {}
        (_, after) => edits.push((path.clone(), Some(after.clone()))),
    }
}

fn compare_dicts(before: &Dict, after: &Dict, path: &mut Vec<PathPart>, edits: &mut Edits) {
    for entry in &after.entries {
        path.push(PathPart::Key(entry.key.clone()));
        match before.get(&entry.key) {
            Some(node) => compare(node, &entry.value, path, edits),
            None => edits.push((path.clone(), Some(entry.value.value.clone()))),
        }
        path.pop();
    }
    for entry in before.entries.iter().filter(|entry| after.get(&entry.key).is_none()) {
        let mut gone = path.clone();
        gone.push(PathPart::Key(entry.key.clone()));
        edits.push((gone, None));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut account = plist::Dictionary::new();
        account.insert("Hostname".to_owned(), "imap.example.jp & co".into());
        account.insert("PortNumber".to_owned(), plist::Value::Integer(143.into()));
        account.insert("Key".to_owned(), plist::Value::Uid(plist::Uid::new(7)));
        account.insert("Empty".to_owned(), plist::Value::Array(Vec::new()));
        let mut root = plist::Dictionary::new();
        root.insert("MailAccounts".to_owned(), plist::Value::Array(vec![plist::Value::Dictionary(account)]));
        let mut out = Vec::new();
        plist::Value::Dictionary(root).to_writer_binary(&mut out).unwrap();
        out
    }

    #[test]
    fn an_unchanged_view_changes_no_byte() {
        let xml = to_xml(&parse(&sample()));
        assert!(xml.contains("<string>imap.example.jp &amp; co</string>"), "{xml}");
        assert_eq!(store(&sample(), xml.as_bytes()), Ok(sample()));
    }

    #[test]
    fn only_what_differs_is_written_back() {
        let xml = to_xml(&parse(&sample())).replace("143", "993").replace("<key>Empty</key>\n\t\t\t<array/>", "");
        let stored = parse(&store(&sample(), xml.as_bytes()).unwrap());
        let at = |key: &str| stored.get(&["MailAccounts".into(), 0.into(), key.into()]).map(|node| node.value.clone());
        assert_eq!(at("PortNumber"), Some(Value::Integer(993)));
        assert_eq!(at("Empty"), None);
        assert_eq!(at("Key"), Some(Value::Malformed { element: "uid".into(), text: "7".into() }));
    }
}

//! Profiles in what management systems write when they are exported: Jamf's XML has the profile as an escaped text, Intune's JSON
//! in base64.
//!
//! The export is the system's and stays as it is; the profile inside is read like any other, and a place in it is told as one of
//! the export. Microsoft Graph lists many configurations in one answer; each profile in it is a configuration of its own. Not here: Workspace ONE, whose settings are a payload like others, and lists of installed profiles (`installed`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_PAD_INDIFFERENT;

use crate::finding::Message;
use crate::message;
use crate::source::{Part, Source, Span, Unpacked, View};
use crate::syntax::json;
use crate::syntax::xml::{self, unescaped};

/// Roots of the XML of Jamf's Classic API, for computers and for other devices.
const JAMF_ROOTS: [&str; 2] = ["os_x_configuration_profile", "configuration_profile"];

/// How the types of Intune's custom configurations end: `#microsoft.graph.macOSCustomConfiguration`.
const INTUNE_TYPE: &str = "CustomConfiguration";

/// A profile and where the export has it.
pub(super) struct Carried {
    /// Whose export it is.
    pub(super) system: &'static str,
    /// The profile.
    pub(super) text: Vec<u8>,
    /// The places of the text in the file.
    pub(super) unpacked: Unpacked,
}

/// Why there is no profile to be had from an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Nothing {
    /// It holds none.
    Absent(Message),
    /// What it holds is broken.
    Damaged(Message),
}

/// Whether a file is such an export, judged by its beginning and a few words.
pub(super) fn is_export(bytes: &[u8]) -> bool {
    let has = |needle: &str| memchr::memmem::find(bytes, needle.as_bytes()).is_some();
    match first(bytes) {
        Some(b'<') => JAMF_ROOTS.iter().any(|root| has(&format!("<{root}>"))) && has("<payloads>"),
        Some(b'{' | b'[') => has(INTUNE_TYPE) && has("\"payload\""),
        _ => false,
    }
}

/// The profile that an export carries; `None` if the file is no export, a reason if there is nothing to read in it.
pub(super) fn carried(source: &Source) -> Option<Result<Carried, Nothing>> {
    let bytes = source.bytes();
    match first(bytes) {
        _ if !is_export(bytes) => None,
        Some(b'<') => Some(jamf(bytes)),
        _ => Some(source.part().map_or_else(|| intune(bytes), |part| packed_in(bytes, part.span))),
    }
}

/// The profiles of an export that carries several.
pub(super) fn parts(source: &Source) -> Vec<Part> {
    let bytes = source.bytes();
    if source.view() != View::Plain || first(bytes) == Some(b'<') || !is_export(bytes) {
        return Vec::new();
    }
    let file = json::parse(bytes);
    let found = packed(&file);
    // Of a list that is cut nobody knows how many profiles it had.
    if found.len() < 2 || !file.problems.is_empty() {
        return Vec::new();
    }
    found.into_iter().map(|found| Part { key: found.key, name: found.name, span: found.payload.span }).collect()
}

fn absent(system: &'static str) -> Nothing {
    Nothing::Absent(message!("the export of {system} holds no profile", system = system))
}

/// The first character, past a byte order mark.
fn first(bytes: &[u8]) -> Option<u8> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    text.iter().copied().find(|byte| !byte.is_ascii_whitespace())
}

fn jamf(bytes: &[u8]) -> Result<Carried, Nothing> {
    let file = xml::parse(bytes);
    let root = file.root.as_ref().filter(|root| JAMF_ROOTS.contains(&root.name.as_str()));
    let payloads = root.and_then(|root| root.child("general")?.child("payloads"));
    let Some((payloads, span)) = payloads.and_then(|payloads| Some((payloads, payloads.content?))) else {
        return Err(absent("Jamf Pro"));
    };
    let (text, unpacked) = unescaped(bytes, span)
        .map(|(text, steps)| (text, Unpacked::spelled(steps, span.end)))
        .unwrap_or_else(|| (payloads.text.clone(), Unpacked::whole(span)));
    if text.trim().is_empty() {
        return Err(absent("Jamf Pro"));
    }
    Ok(Carried { system: "Jamf Pro", text: text.into_bytes(), unpacked })
}

fn intune(bytes: &[u8]) -> Result<Carried, Nothing> {
    let file = json::parse(bytes);
    if let Some(problem) = file.problems.first() {
        let fault = problem.message();
        return Err(Nothing::Damaged(message!(
            "the export of {system} is damaged: {fault}",
            system = "Intune",
            fault = fault
        )));
    }
    let found = packed(&file);
    match &found[..] {
        [one] => unpacked(one.payload),
        [] => Err(absent("Intune")),
        // Whoever reads it without asking for its parts.
        _ => Err(Nothing::Absent(message!(
            "the export of {system} holds {n} profiles, and which is meant cannot be told; export each into a file of its own",
            system = "Intune",
            n = found.len()
        ))),
    }
}

/// The profile that stands at `span`, as [`parts`] told it.
fn packed_in(bytes: &[u8], span: Span) -> Result<Carried, Nothing> {
    let text = json::parse(bytes.get(span.range()).unwrap_or_default());
    let carried = text.root.as_ref().map(unpacked);
    let carried = carried.unwrap_or_else(|| Err(absent("Intune")))?;
    let inner = Span::new(span.start + 1, span.end.saturating_sub(1).max(span.start + 1));
    Ok(Carried { unpacked: Unpacked::whole(inner), ..carried })
}

fn unpacked(payload: &json::Node) -> Result<Carried, Nothing> {
    let packed = payload.as_text().unwrap_or_default();
    let packed: Vec<u8> = packed.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let text = STANDARD_PAD_INDIFFERENT.decode(packed).map_err(|_| {
        Nothing::Damaged(message!(
            "the profile in the export of {system} is damaged: it is no base64",
            system = "Intune"
        ))
    })?;
    Ok(Carried { system: "Intune", text, unpacked: Unpacked::whole(payload.inner()) })
}

/// A profile in base64, where it stands and what it is called.
struct Packed<'a> {
    key: String,
    name: String,
    payload: &'a json::Node,
}

/// The payloads of all custom configurations, in a list of them or one by itself.
fn packed(file: &json::Json) -> Vec<Packed<'_>> {
    let mut found = Vec::new();
    file.root.iter().for_each(|root| search(root, "", &mut found));
    found
}

fn search<'a>(node: &'a json::Node, key: &str, found: &mut Vec<Packed<'a>>) {
    let below = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
    let is_custom = node.text("@odata.type").is_some_and(|kind| kind.ends_with(INTUNE_TYPE));
    if let Some(payload) = node.get("payload").filter(|payload| is_custom && payload.as_text().is_some()) {
        let names = ["displayName", "payloadName"].into_iter().filter_map(|name| node.text(name));
        let name = names.map(str::trim).find(|name| !name.is_empty()).unwrap_or_default().to_owned();
        found.push(Packed { key: below("payload"), name, payload });
    }
    for (index, item) in node.items().iter().enumerate() {
        search(item, &format!("{key}[{index}]"), found);
    }
    node.members().iter().for_each(|member| search(&member.value, &below(&member.key), found));
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::STANDARD;

    fn text_of(file: &str) -> Option<Result<String, String>> {
        let carried = carried(&Source::new("f", file.as_bytes()))?;
        let told = |nothing| match nothing {
            Nothing::Absent(reason) | Nothing::Damaged(reason) => reason.to_string(),
        };
        Some(carried.map(|carried| String::from_utf8(carried.text).unwrap()).map_err(told))
    }

    #[test]
    fn jamf_has_the_profile_as_an_escaped_text() {
        let file = |root: &str, payloads: &str| {
            format!("<?xml version=\"1.0\"?>\n<{root}><general><name>a</name>{payloads}</general></{root}>")
        };
        for root in JAMF_ROOTS {
            let escaped = file(root, "<payloads>&lt;a&gt;x &amp;amp; y&#10;</payloads>");
            assert_eq!(text_of(&escaped), Some(Ok("<a>x &amp; y\n".to_owned())));
            let cdata = file(root, "<payloads><![CDATA[<a>&amp;</a>]]></payloads>");
            assert_eq!(text_of(&cdata), Some(Ok("<a>&amp;</a>".to_owned())));
            assert!(text_of(&file(root, "<payloads> </payloads>")).unwrap().is_err());
        }
        assert_eq!(text_of(&file("os_x_configuration_profiles", "<payloads>x</payloads>")), None);
        assert_eq!(text_of(&file("policy", "<payloads>x</payloads>")), None);
    }

    #[test]
    fn places_in_the_profile_are_places_in_the_export() {
        let file =
            "<configuration_profile><general><payloads>&lt;a&gt;&#x5186;b</payloads></general></configuration_profile>";
        let source = Source::new("f", file.as_bytes());
        let carried = carried(&source).unwrap().unwrap();
        assert_eq!(String::from_utf8(carried.text.clone()).unwrap(), "<a>円b");
        let whole = source.carrying(carried.text, carried.unpacked);
        for (at, spelled) in
            [(0, "&lt;a"), (1, "a&gt;"), (2, "&gt;&#"), (3, "&#x5186;b"), (6, "b</pay"), (7, "</payloads>")]
        {
            assert!(file[whole.in_lined(at)..].starts_with(spelled), "{at}");
        }
    }

    #[test]
    fn intune_has_the_profile_in_base64() {
        let kind = "#microsoft.graph.iosCustomConfiguration";
        let one =
            |payload: &str| format!("{{\"@odata.type\":\"{kind}\",\"payloadName\":\"a\",\"payload\":\"{payload}\"}}");
        let packed = one(&STANDARD.encode("<plist/>"));
        assert_eq!(text_of(&packed), Some(Ok("<plist/>".to_owned())));
        assert_eq!(text_of(&format!("{{\"value\":[{packed},{{\"payload\":1}}]}}")), Some(Ok("<plist/>".to_owned())));
        assert!(text_of(&format!("[{packed},{packed}]")).unwrap().unwrap_err().contains("2 profiles"));
        let list = format!("{{\"value\":[{packed},{{\"payload\":1}},{}]}}", one("!").replace("\"a\"", "\" \""));
        let source = Source::new("f", list.as_bytes());
        let parts = parts(&source);
        let told: Vec<_> = parts.iter().map(|part| (part.key.as_str(), part.name.as_str())).collect();
        assert_eq!(told, [("value[0].payload", "a"), ("value[2].payload", "")]);
        let first = carried(&source.part_of_file(parts[0].clone())).unwrap().unwrap();
        assert_eq!(first.text, b"<plist/>");
        assert!(
            list[source.carrying(first.text, first.unpacked).in_lined(3)..].starts_with(&STANDARD.encode("<plist/>"))
        );
        assert!(carried(&source.part_of_file(parts[1].clone())).unwrap().is_err_and(
            |nothing| matches!(nothing, Nothing::Damaged(reason) if reason.to_string().contains("base64"))
        ));
        assert!(text_of(&one("!")).unwrap().unwrap_err().contains("base64"));
        assert_eq!(text_of(r#"{"payload":"PHBsaXN0Lz4="}"#), None);
        assert_eq!(text_of("{\"@odata.type\":\"#microsoft.graph.iosEasEmailProfileConfiguration\"}"), None);
    }
}

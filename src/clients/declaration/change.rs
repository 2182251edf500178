//! From changes to edits, each in the file in which the setting stands.

use sha2::{Digest, Sha256};

use super::accounts::{self, CREDENTIALS, PERSON_REFERENCE};
use super::assets::Assets;
use super::object::{File, Object, located};
use crate::account::{Authentication, Security};
use crate::clients::property_list::parse_path;
use crate::clients::{CannotEdit, Lowered};
use crate::document::Document;
use crate::finding::{Applicability, Change, Message, Value};
use crate::message;
use crate::source::{Edit, Source};
use crate::syntax::json::{self, Json, edit};
use crate::syntax::plist::PathPart;

const COPY: Message = message!(
    "the device takes the credentials from the address in the asset, so what is served there has to be replaced as well"
);

/// What must be written so that `changes` come true.
pub(super) fn edit(document: &Document, changes: &[Change]) -> Result<Lowered, CannotEdit> {
    let mut lowered = Lowered::default();
    if let Some(edit) = renamed(document, changes) {
        lowered.edits.push(edit);
        return Ok(lowered);
    }
    for change in changes {
        if let Value::Security(security) = change.to {
            follows_from_port(security, &change.key, changes)?;
        } else {
            lowered.edits.extend(lower(document, change)?);
        }
    }
    keep_credentials_valid(document, &mut lowered);
    Ok(lowered)
}

/// A declaration cannot say how to encrypt; a change of it is made by a change of the port.
fn follows_from_port(security: Security, key: &str, changes: &[Change]) -> Result<(), CannotEdit> {
    let port = changes.iter().find_map(|change| match change.to {
        Value::Number(port) if change.key == key => Some(port),
        _ => None,
    });
    if port.is_some_and(|port| accounts::implied(port) == security) {
        return Ok(());
    }
    Err(CannotEdit(message!("a declaration has no word for the encryption; it follows from the port")))
}

fn lower(document: &Document, change: &Change) -> Result<Option<Edit>, CannotEdit> {
    let is_reference = [CREDENTIALS, PERSON_REFERENCE].iter().any(|name| change.key.ends_with(name));
    if is_reference && change.to != Value::Removed {
        return Err(CannotEdit(message!("address, user name and password are in assets, not in this declaration")));
    }
    let no_word = || CannotEdit(message!("a declaration has no word for {value}", value = change.to));
    let value = match &change.to {
        Value::Removed => None,
        Value::Text(text) => Some(json::Value::Text(text.clone())),
        Value::Number(number) => Some(json::Value::Integer(*number)),
        Value::Flag(flag) => Some(json::Value::Bool(*flag)),
        Value::Authentication(way) if change.key.ends_with("AuthenticationMethod") => {
            Some(json::Value::Text(accounts::method_name(*way).ok_or_else(no_word)?.to_owned()))
        }
        Value::Authentication(_) | Value::Security(_) | Value::Protocol(_) => return Err(no_word()),
    };
    let (index, key) = located(&document.sources, &change.key);
    let (source, path) = (&document.sources[index], parse_path(key));
    let json = json::parse(source.bytes());
    if matches!(change.to, Value::Authentication(way) if way != Authentication::None) && !has_credentials(&json, &path)
    {
        return Err(CannotEdit(message!(
            "to sign in, the declaration has to name an asset with the credentials as well"
        )));
    }
    let edit = set(&json, source, &path, value);
    let edit =
        edit.map_err(|Damaged| CannotEdit(message!("the place of {key} in the file is damaged", key = change.key)))?;
    Ok(edit.map(|edit| Edit { source: index, ..edit }))
}

/// Whether the server of this setting names credentials.
fn has_credentials(json: &Json, path: &[PathPart]) -> bool {
    let server = path.split_last().and_then(|(_, server)| json.get(server));
    server.and_then(|server| server.text(CREDENTIALS)).is_some_and(|name| !name.is_empty())
}

struct Damaged;

/// The edit that sets, inserts or removes one key, if there is anything to do.
fn set(json: &Json, source: &Source, path: &[PathPart], value: Option<json::Value>) -> Result<Option<Edit>, Damaged> {
    let edit = match (json.get(path), value) {
        (None, None) => return Ok(None),
        (Some(node), Some(value)) if node.value == value => return Ok(None),
        (Some(_), Some(value)) => edit::replace(json, path, &value),
        (Some(_), None) => edit::remove(json, path),
        (None, Some(value)) => match path.split_last() {
            Some((PathPart::Key(key), object)) => edit::insert(json, source.bytes(), object, key, &value),
            _ => None,
        },
    };
    edit.map(Some).ok_or(Damaged)
}

/// The edit that gives a key another name, if the changes are that.
fn renamed(document: &Document, changes: &[Change]) -> Option<Edit> {
    let [set, removed] = changes else { return None };
    let ((index, old), (new_index, new)) =
        (located(&document.sources, &removed.key), located(&document.sources, &set.key));
    let (old, new) = (parse_path(old), parse_path(new));
    let ((_, object), (PathPart::Key(name), new_object)) = (old.split_last()?, new.split_last()?) else { return None };
    let json = json::parse(document.sources[index].bytes());
    let is_rename =
        removed.to == Value::Removed && index == new_index && object == new_object && json.get(&new).is_none();
    let edit = is_rename.then(|| edit::rename(&json, &old, name)).flatten()?;
    Some(Edit { source: index, ..edit })
}

/// Credentials are served from somewhere else, and a device compares them with what the asset says of them: length and digest
/// change along, where they were right.
fn keep_credentials_valid(document: &Document, lowered: &mut Lowered) {
    // Every fix of a long list comes by here, and hardly one of them changes credentials.
    let is_declared = |source: &Source| memchr::memmem::find(source.bytes(), b"\"Type\"").is_some();
    if lowered.edits.iter().all(|edit| is_declared(&document.sources[edit.source])) {
        return;
    }
    let files = File::all(&document.sources);
    let assets = Assets::of(&files);
    let mut more = Vec::new();
    for asset in files.iter().flat_map(File::declarations) {
        let Some(data) = assets.data(&asset) else { continue };
        let index = data.place("UserName").source;
        let own: Vec<Edit> = lowered.edits.iter().filter(|edit| edit.source == index).cloned().collect();
        let source = &document.sources[index];
        if let Ok(after) = source.edited(&own)
            && !own.is_empty()
        {
            more.extend(described(&asset, source, &after));
        }
    }
    if files.iter().any(|file| file.credentials().is_some_and(|data| touches(lowered, &data))) {
        lowered.at_most = Some(Applicability::Unsafe);
        lowered.remark = Some(COPY);
    }
    lowered.edits.extend(more);
}

fn touches(lowered: &Lowered, data: &Object<'_>) -> bool {
    lowered.edits.iter().any(|edit| edit.source == data.place("UserName").source)
}

/// What an asset says of its data, for the data as they are after a change.
fn described(asset: &Object<'_>, before: &Source, after: &Source) -> Vec<Edit> {
    let reference = asset.inner("Payload").and_then(|payload| payload.inner("Reference"));
    let Some(reference) = reference else { return Vec::new() };
    let mut edits = Vec::new();
    let mut write = |key: &str, text: String| {
        let place = reference.place(key);
        edits.extend(place.span.map(|span| Edit { source: place.source, span, text: text.into_bytes() }));
    };
    let size = |source: &Source| i64::try_from(source.bytes().len()).unwrap_or(i64::MAX);
    if reference.node.get("Size").is_some_and(|node| node.value == json::Value::Integer(size(before))) {
        write("Size", after.bytes().len().to_string());
    }
    if reference.text("Hash-SHA-256").eq_ignore_ascii_case(&digest(before.bytes())) {
        write("Hash-SHA-256", digest(after.bytes()));
    }
    edits
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

//! Apple's declarations of mail, Exchange and Google accounts (declarative device management), and the assets they name: JSON.
//!
//! A device takes a declaration as a whole or not at all, so an unknown key is as bad as a missing one. Address, user name and
//! password are in assets, which are usually files of their own; the rules look for them among the files of the same folder.

mod accounts;
mod object;
mod schema;
mod survey;

use super::property_list::parse_path;
use super::secrets::in_json;
use super::{CannotEdit, Client, Editor, Environment, Info, Lowered, SearchPlace, template};
use crate::account::{Place, Security};
use crate::document::{Document, OauthSupport};
use crate::finding::{Change, Value};
use crate::message;
use crate::source::{Edit, Source};
use crate::syntax::comments::Form;
use crate::syntax::json::{self, Json, edit};
use crate::syntax::plist::PathPart;

/// The adapter.
#[derive(Debug)]
pub(super) struct Declaration;

static INFO: Info = Info {
    id: "declaration",
    title: "declaration",
    files: "*.json with a declaration of a mail, Exchange or Google account, or of an asset (Apple declarative management)",
};

impl Client for Declaration {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn recognises(&self, _: &str, bytes: &[u8]) -> bool {
        let has = |needle: &str| memchr::memmem::find(bytes, needle.as_bytes()).is_some();
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        let is_ours = ["configuration.account.mail", "configuration.account.exchange", "configuration.account.google"];
        text.first().is_some_and(|first| b"{[".contains(first))
            && has("\"Type\"")
            && (is_ours.iter().any(|kind| has(&format!("\"com.apple.{kind}\""))) || has("\"com.apple.asset."))
    }

    fn read(&self, sources: Vec<Source>) -> Document {
        let mut document = Document::new(INFO.id, sources);
        document.oauth = OauthSupport::None;
        let secrets = in_json(document.main().bytes());
        document.secrets = secrets.into_iter().map(|span| Place { source: 0, span: Some(span) }).collect();
        document.unchecked = template::reason(document.main(), template::MARKS);
        if document.unchecked.is_none() {
            let json = json::parse(document.main().bytes());
            document.accounts = accounts::accounts(&json);
            (document.observations, document.withheld) = survey::survey(&json, &document.accounts);
            document.refused = document.is_damaged();
        }
        document
    }

    fn editor<'a>(&'a self, document: &'a Document) -> Editor<'a> {
        let json = json::parse(document.main().bytes());
        Box::new(move |changes: &[Change]| edits(document.main(), &json, changes))
    }

    fn comments(&self, _: &str) -> Option<Form> {
        None
    }

    fn places(&self, _: &Environment) -> Vec<SearchPlace> {
        Vec::new()
    }
}

fn edits(source: &Source, json: &Json, changes: &[Change]) -> Result<Lowered, CannotEdit> {
    let mut lowered = Lowered::default();
    if let Some(edit) = renamed(json, changes) {
        lowered.edits.push(edit);
        return Ok(lowered);
    }
    for change in changes {
        if let Value::Security(security) = change.to {
            follows_from_port(security, &change.key, changes)?;
        } else {
            lowered.edits.extend(lower(source, json, change)?);
        }
    }
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

fn lower(source: &Source, json: &Json, change: &Change) -> Result<Option<Edit>, CannotEdit> {
    if change.key.ends_with(accounts::CREDENTIALS) || change.key.ends_with("UserIdentityAssetReference") {
        return Err(CannotEdit(message!("address, user name and password are in assets, not in this declaration")));
    }
    let path = parse_path(&change.key);
    let no_word = || CannotEdit(message!("a declaration has no word for {value}", value = change.to));
    let value = match &change.to {
        Value::Removed => None,
        Value::Text(text) => Some(json::Value::Text(text.clone())),
        Value::Number(number) => Some(json::Value::Integer(*number)),
        Value::Flag(flag) => Some(json::Value::Bool(*flag)),
        Value::Authentication(way) => {
            Some(json::Value::Text(accounts::method_name(*way).ok_or_else(no_word)?.to_owned()))
        }
        Value::Security(_) | Value::Protocol(_) => return Err(no_word()),
    };
    let damaged = || CannotEdit(message!("the place of {key} in the file is damaged", key = change.key));
    let edit = match (json.get(&path), value) {
        (None, None) => return Ok(None),
        (Some(node), Some(value)) if node.value == value => return Ok(None),
        (Some(_), Some(value)) => edit::replace(json, &path, &value),
        (Some(_), None) => edit::remove(json, &path),
        (None, Some(value)) => match path.split_last() {
            Some((PathPart::Key(key), object)) => edit::insert(json, source.bytes(), object, key, &value),
            _ => None,
        },
    };
    edit.map(Some).ok_or_else(damaged)
}

/// The edit that gives a key another name, if the changes are that.
fn renamed(json: &Json, changes: &[Change]) -> Option<Edit> {
    let [set, removed] = changes else { return None };
    let (old, new) = (parse_path(&removed.key), parse_path(&set.key));
    let ((_, object), (PathPart::Key(name), new_object)) = (old.split_last()?, new.split_last()?) else { return None };
    let is_rename = removed.to == Value::Removed && object == new_object && json.get(&new).is_none();
    is_rename.then(|| edit::rename(json, &old, name)).flatten()
}

//! What is written in a dictionary, held against the schema: keys that are missing or unknown, values of the wrong type, values
//! outside the list.

use super::payloads::flag;
use super::schema::{self, Allowed, Deprecated, Key, Kind};
use super::survey::{Payload, is_secret};
use super::variables;
use crate::clients::is_slip;
use crate::clients::property_list::{At, place_of};
use crate::document::{Observation, Seen};
use crate::finding::{Message, Value as To};
use crate::message;
use crate::secrets::is_plain_name;
use crate::source::MASK;
use crate::syntax::plist::{Entry, KeyPath, Node, PathPart, Value};

/// What to say of keys that the schema does not have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Others {
    /// Whether they are a slip of the pen, and else nothing.
    Slips,
    /// That nobody reads them.
    All,
}

/// Missing keys, wrong types, values outside the list, slips of the pen.
pub(super) fn survey(payload: &Payload<'_, '_>, tables: &[&[Key]], others: Others) -> Vec<Observation> {
    let known = || tables.iter().flat_map(|table| table.iter());
    let mut seen = Vec::new();
    for key in known() {
        match payload.at.dict.get(key.name) {
            None if key.required && !is_replaced(payload.at, key.name) => seen.push(missing(payload, key)),
            None => {}
            Some(node) => seen.extend(of_value(payload, key, node)),
        }
    }
    let unknown = payload.at.dict.entries.iter().filter(|entry| !known().any(|key| key.name == entry.key));
    for entry in unknown {
        let slip = known().find(|key| is_slip(&entry.key, key.name) && payload.at.value(key.name).is_none());
        let other = || (others == Others::All).then(|| not_read(&entry.key, &entry.value.value)).flatten();
        let (name, what) = match slip {
            Some(slip) => (payload.at.key(&entry.key), Some(misspelled(payload.at, entry, slip))),
            // A key that resembles one of ours is shown; any other that nobody knows may be what belongs behind one.
            None if is_plain_name(&entry.key) || known().any(|key| is_slip(&entry.key, key.name)) => {
                (payload.at.key(&entry.key), other())
            }
            None => (payload.at.key(MASK), other()),
        };
        seen.extend(what.map(|what| payload.see_entry(name, entry, what)));
    }
    seen
}

/// An encrypted profile has its payloads under another key.
fn is_replaced(at: &At<'_>, key: &str) -> bool {
    key == "PayloadContent" && at.value("EncryptedPayloadContent").is_some()
}

fn of_value(payload: &Payload<'_, '_>, key: &Key, node: &Node) -> Vec<Observation> {
    let mut seen: Vec<Observation> =
        judge(key, &node.value).map(|problem| payload.see(key.name, problem)).into_iter().collect();
    let inner = payload.at.inner(key.name);
    match (key.kind, inner) {
        (Kind::Dict(keys), Some(at)) => {
            seen.extend(survey(&Payload { at: &at, account: payload.account.clone() }, &[keys], Others::Slips));
        }
        (Kind::Texts, Some(at)) => {
            let holder = Payload { at: &at, account: payload.account.clone() };
            let other = at.dict.entries.iter().filter(|entry| !matches!(entry.value.value, Value::Text(_)));
            seen.extend(other.map(|entry| {
                let wrong = wrong(key, &entry.value.value, message!("text"), None);
                holder.see_entry(at.key(&entry.key), entry, wrong)
            }));
        }
        (Kind::Dicts, _) => seen.extend(other_items(payload.at, key, &node.value)),
        _ => {}
    }
    seen
}

/// Items of a list that are no dictionaries. They have no key, so they are named by their number.
fn other_items(at: &At<'_>, key: &Key, list: &Value) -> Vec<Observation> {
    let items = list.as_array().unwrap_or_default().iter().enumerate();
    let other = items.filter(|(_, item)| !matches!(item.value, Value::Dict(_) | Value::Malformed { .. }));
    let see = |(index, item): (usize, &Node)| {
        let mut path = at.path.clone();
        path.extend([PathPart::from(key.name), PathPart::from(index)]);
        let seen = wrong(key, &item.value, message!("a dictionary"), None);
        Observation { seen, key: KeyPath(&path).to_string(), place: place_of(item), account: None }
    };
    other.map(see).collect()
}

fn missing(payload: &Payload<'_, '_>, key: &Key) -> Observation {
    let effect = match key.name {
        "EmailAccountType" => message!("a profile without it fails silently when a management system pushes it"),
        "PayloadVersion" => message!("iOS refuses the profile"),
        "PayloadContent" => message!("the profile does nothing without it"),
        _ => message!("Apple requires it; the profile is refused or the account does not work"),
    };
    let to = match key.name {
        "PayloadVersion" => Some(To::Number(1)),
        "PayloadType" if payload.at.path.is_empty() => Some(To::Text("Configuration".to_owned())),
        "EmailAccountType" => type_by_port(payload.at).map(To::Text),
        _ => None,
    };
    payload.see(key.name, Seen::MissingKey { effect, to, empty: false })
}

fn type_by_port(at: &At<'_>) -> Option<String> {
    match at.value("IncomingMailServerPortNumber").and_then(Value::as_integer)? {
        993 | 143 => Some("EmailTypeIMAP".to_owned()),
        995 | 110 => Some("EmailTypePOP".to_owned()),
        _ => None,
    }
}

fn misspelled(at: &At<'_>, entry: &Entry, meant: &Key) -> Seen {
    // A payload that gets its type back may make one account more, and no fix does that.
    let is_kept_out = is_secret(meant.name) || meant.name == "PayloadType";
    let value = same_value(&entry.value.value).filter(|_| !is_kept_out);
    Seen::MisspelledKey { meant: at.key(meant.name), value }
}

/// A key that the payload does not have. A switch that is off and an empty text would do nothing anyway.
fn not_read(key: &str, value: &Value) -> Option<Seen> {
    let does_nothing = match value {
        Value::Bool(flag) => !flag,
        Value::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    let of = || schema::PAYLOADS.iter().find(|payload| payload.keys.iter().any(|known| known.name == key));
    (!does_nothing).then(|| Seen::UnknownKey { of: of().map(|payload| payload.title) })
}

/// A value as a change can carry it.
fn same_value(value: &Value) -> Option<To> {
    match value {
        Value::Text(text) => Some(To::Text(text.clone())),
        Value::Integer(number) => Some(To::Number(*number)),
        Value::Bool(flag) => Some(To::Flag(*flag)),
        _ => None,
    }
}

fn judge(key: &Key, value: &Value) -> Option<Seen> {
    let wrong = |expected, to| Some(wrong(key, value, expected, to));
    match (key.kind, value) {
        (Kind::Any, _) | (Kind::Flag, Value::Bool(_)) | (Kind::Date, Value::Date(_)) | (Kind::Data, Value::Data(_)) => {
            None
        }
        (Kind::Dicts, Value::Array(_)) | (Kind::Dict(_) | Kind::Texts, Value::Dict(_)) => None,
        (Kind::Real, Value::Real(_) | Value::Integer(_)) => None,
        (Kind::Number, Value::Integer(number)) => allowed_number(key, *number),
        (Kind::Text, Value::Text(text)) => allowed_text(key, text),
        (_, Value::Malformed { .. }) => None, // A fault of the XML, or a placeholder: reported as that.
        (Kind::Text, _) => wrong(message!("text"), None),
        (Kind::Number, value) => wrong(message!("a whole number"), number_in(value)),
        (Kind::Real, _) => wrong(message!("a number"), None),
        (Kind::Flag, value) => wrong(message!("true or false"), flag_in(value)),
        (Kind::Date, _) => wrong(message!("a date"), None),
        (Kind::Data, _) => wrong(message!("data in base64"), None),
        (Kind::Dicts, _) => wrong(message!("a list"), None),
        (Kind::Dict(_) | Kind::Texts, _) => wrong(message!("a dictionary"), None),
    }
}

fn wrong(key: &Key, value: &Value, expected: Message, to: Option<To>) -> Seen {
    let effect = message!("macOS may take it, iOS and Apple Business Manager refuse it");
    Seen::WrongType { expected, found: describe(key, value), effect, to }
}

/// What stands there, without giving a secret away.
fn describe(key: &Key, value: &Value) -> String {
    match value {
        _ if is_secret(key.name) => value.element().to_owned(),
        Value::Text(text) => format!("<string>{text}</string>"),
        Value::Integer(number) => format!("<integer>{number}</integer>"),
        Value::Real(number) => format!("<real>{number}</real>"),
        other => format!("<{}>", other.element()),
    }
}

fn allowed_number(key: &Key, number: i64) -> Option<Seen> {
    let Allowed::Numbers(allowed) = key.allowed else { return None };
    // For how many days Exchange fetches mail has a rule of its own, which knows what people mean by 365.
    let found = number.to_string();
    if allowed.contains(&found.as_str()) || key.name == "MailNumberOfPastDaysToSync" {
        return None;
    }
    let (effect, to) = match key.name {
        "PayloadVersion" => {
            (message!("1 is the only version there is; some devices refuse the profile"), Some(To::Number(1)))
        }
        _ => (message!("Apple Business Manager refuses it, and a device may pass over it"), None),
    };
    Some(Seen::UnknownValue { found, allowed: allowed.to_vec(), effect, to, optional: !key.required })
}

fn allowed_text(key: &Key, text: &str) -> Option<Seen> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return required_and_empty(key);
    }
    let Allowed::Texts(allowed) = key.allowed else { return None };
    if allowed.contains(&text) || variables::find(text).is_some() {
        return None;
    }
    let meant = allowed.iter().find(|allowed| allowed.eq_ignore_ascii_case(trimmed));
    let effect = if key.required {
        message!("the device refuses the profile or the account does not work")
    } else {
        message!("Apple Business Manager refuses it, and a device may pass over it")
    };
    Some(Seen::UnknownValue {
        found: text.to_owned(),
        allowed: allowed.to_vec(),
        effect,
        to: meant.map(|meant| To::Text((*meant).to_owned())),
        optional: !key.required,
    })
}

/// Hosts of mail servers and UUIDs that are empty have rules of their own.
fn required_and_empty(key: &Key) -> Option<Seen> {
    let is_told_otherwise = key.name.ends_with("MailServerHostName") || key.name == "PayloadUUID";
    let effect = message!("Apple requires a value");
    (key.required && !is_told_otherwise).then_some(Seen::MissingKey { effect, to: None, empty: true })
}

fn number_in(value: &Value) -> Option<To> {
    match value {
        Value::Text(text) => text.trim().parse().ok().map(To::Number),
        #[expect(clippy::cast_possible_truncation, reason = "the number is whole and small")]
        Value::Real(number) if number.fract() == 0.0 && number.abs() < 1e9 => Some(To::Number(*number as i64)),
        _ => None,
    }
}

fn flag_in(value: &Value) -> Option<To> {
    match value {
        Value::Integer(number @ (0 | 1)) => Some(To::Flag(*number == 1)),
        Value::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" => Some(To::Flag(true)),
            "false" | "no" => Some(To::Flag(false)),
            _ => None,
        },
        _ => None,
    }
}

/// Keys that have had their day and are in use, where none of those that took their place is.
pub(super) fn deprecated(at: &At<'_>, keys: &'static [Key]) -> Vec<(&'static str, Seen)> {
    let is_used = |key: &&Key| match key.kind {
        Kind::Flag => flag(at, key.name) == Some(true),
        _ => at.text(key.name).is_some_and(|text| !text.trim().is_empty()),
    };
    let has = |successor: &&str| at.value(successor).is_some();
    let mut seen = Vec::new();
    for key in keys.iter().filter(is_used) {
        let Some(Deprecated { since, ignored, successors }) = key.deprecated else { continue };
        // What came between: on for iOS 10 and 11, where the first one had no effect any more.
        let is_between = key.name == "SMIMEEnabled" && has(&"SMIMEEncryptionEnabled");
        if !successors.iter().any(has) && !is_between {
            let instead = if let [one] = successors { Some(at.key(one)) } else { None };
            seen.push((key.name, Seen::DeprecatedKey { since, ignored, instead, successors }));
        }
    }
    seen
}

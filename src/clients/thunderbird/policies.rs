//! What an administrator sets for everybody: `policies.json` and AutoConfig files (`mozilla.cfg`).
//!
//! An AutoConfig file is a program in JavaScript; only calls with a name and a value written out are understood, and what it
//! computes is not. Mozilla `Policies.sys.mjs` (`Preferences`, `SSLVersionMin`) and runs of version 153.

use serde_json::Value as Json;

use crate::account::Place;
use crate::source::Source;
use crate::syntax::prefs::{Value, parse};

/// One setting of an administrator.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Imposed {
    pub(super) name: String,
    pub(super) value: Value,
    /// No span: the text around it may say more than is ours to show.
    pub(super) place: Place,
    /// The name of the file.
    pub(super) by: String,
    pub(super) strength: Strength,
}

/// How a setting of an administrator stands to the user's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    /// The user's own wins.
    Default,
    /// Set anew at every start.
    AtStart,
    /// The user's own is ignored.
    Locked,
}

/// What the administrator's files among `sources` set, the strongest file last.
pub(super) fn read(sources: &[Source]) -> Vec<Imposed> {
    let of = |is_of: fn(&str) -> bool, read: fn(&[u8]) -> Vec<Setting>| {
        let files = sources.iter().enumerate().filter(move |(_, source)| is_of(source.file_name()));
        files.flat_map(move |(index, source)| {
            let imposed = move |(name, value, strength)| Imposed {
                name,
                value,
                place: Place { source: index, span: None },
                by: source.file_name().to_owned(),
                strength,
            };
            read(source.bytes()).into_iter().map(imposed)
        })
    };
    of(|name| name == "policies.json", policies).chain(of(is_autoconfig, autoconfig)).collect()
}

/// Whether a file of this name is an AutoConfig file.
pub(super) fn is_autoconfig(name: &str) -> bool {
    name.ends_with(".cfg")
}

type Setting = (String, Value, Strength);

fn policies(bytes: &[u8]) -> Vec<Setting> {
    let Ok(file) = serde_json::from_slice::<Json>(bytes) else { return Vec::new() };
    let policies = &file["policies"];
    let preferences = policies["Preferences"].as_object().into_iter().flatten();
    let mut settings: Vec<Setting> = preferences
        .filter_map(|(name, policy)| preference(policy).map(|(value, how)| (name.clone(), value, how)))
        .collect();
    let oldest = policies["SSLVersionMin"].as_str().and_then(tls_version);
    settings.extend(oldest.map(|oldest| ("security.tls.version.min".to_owned(), Value::Int(oldest), Strength::Locked)));
    settings
}

/// A value alone is locked.
fn preference(policy: &Json) -> Option<(Value, Strength)> {
    let Some(object) = policy.as_object() else { return Some((plain(policy)?, Strength::Locked)) };
    let strength = match object.get("Status").and_then(Json::as_str) {
        Some("locked") | None => Strength::Locked,
        Some("user") => Strength::AtStart,
        Some("default") => Strength::Default,
        Some(_) => return None,
    };
    Some((plain(object.get("Value")?)?, strength))
}

fn plain(value: &Json) -> Option<Value> {
    match value {
        Json::Bool(flag) => Some(Value::Bool(*flag)),
        Json::Number(number) => number.as_i64().and_then(|number| i32::try_from(number).ok()).map(Value::Int),
        Json::String(text) => Some(Value::Text(text.clone())),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

fn tls_version(name: &str) -> Option<i32> {
    match name {
        "tls1" => Some(1),
        "tls1.1" => Some(2),
        "tls1.2" => Some(3),
        "tls1.3" => Some(4),
        _ => None,
    }
}

/// The first line of such a file is never read.
fn autoconfig(bytes: &[u8]) -> Vec<Setting> {
    const CALLS: [(&str, Strength); 3] =
        [("lockPref(", Strength::Locked), ("defaultPref(", Strength::Default), ("pref(", Strength::AtStart)];
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines().skip(1).map(str::trim);
    let calls =
        lines.filter_map(|line| CALLS.iter().find_map(|(call, strength)| Some((line.strip_prefix(call)?, *strength))));
    let settings = calls.filter_map(|(arguments, strength)| {
        let file = parse(format!("user_pref({arguments}").as_bytes());
        let statement = file.statements.into_iter().next()?;
        Some((statement.name, statement.value, strength))
    });
    settings.collect()
}

/// `policies.json` makes true or false of 0 and 1, unless the setting is a number already.
pub(super) fn as_stored(value: Value, own: Option<&Value>) -> Value {
    match value {
        Value::Int(number @ (0 | 1)) if !matches!(own, Some(Value::Int(_))) => Value::Bool(number == 1),
        value => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Value {
        Value::Text(value.to_owned())
    }

    #[test]
    fn policies_are_read_with_their_strength() {
        let json = br#"{"policies":{"SSLVersionMin":"tls1","Preferences":{
            "mail.a":{"Value":"x","Status":"locked"},"mail.b":{"Value":3,"Status":"user"},
            "mail.c":{"Value":true,"Status":"default"},"mail.d":{"Status":"clear"},"mail.e":"y"}}}"#;
        let expected = [
            ("mail.a", text("x"), Strength::Locked),
            ("mail.b", Value::Int(3), Strength::AtStart),
            ("mail.c", Value::Bool(true), Strength::Default),
            ("mail.e", text("y"), Strength::Locked),
            ("security.tls.version.min", Value::Int(1), Strength::Locked),
        ];
        let expected = expected.map(|(name, value, strength)| (name.to_owned(), value, strength));
        assert_eq!(policies(json), expected);
        assert_eq!(policies(b"no JSON"), []);
    }

    #[test]
    fn an_autoconfig_file_is_read_as_far_as_it_is_written_out() {
        let cfg = b"lockPref(\"never.read\", 1);\nlockPref(\"mail.a\", \"x\");\n// lockPref(\"mail.b\", 1);\n  pref('mail.c', 2);\n\
                    defaultPref(\"mail.d\", true);\nlockPref(\"mail.e\", getenv(\"USER\"));\n";
        let expected = [
            ("mail.a", text("x"), Strength::Locked),
            ("mail.c", Value::Int(2), Strength::AtStart),
            ("mail.d", Value::Bool(true), Strength::Default),
        ];
        assert_eq!(autoconfig(cfg), expected.map(|(name, value, strength)| (name.to_owned(), value, strength)));
    }
}

//! What else can be seen in a profile: missing keys, wrong types, identities, placeholders, secrets.

use super::READER;
use super::payloads::{self, account_id, flag, payload_type, payloads};
use super::schema::{COMMON, Key, Kind, TOP_LEVEL, keys_of};
use super::{oddity, relation, variables};
use crate::account::{Account, Place};
use crate::clients::is_slip;
use crate::clients::property_list::{At, observe};
use crate::date::Date;
use crate::document::{Observation, Seen, Shape, Variable};
use crate::finding::{Message, Value as To};
use crate::message;
use crate::syntax::plist::{Plist, Value};

/// Everything worth telling the rules.
pub(super) fn survey(list: &Plist, bytes: &[u8], accounts: &[Account]) -> Vec<Observation> {
    let mut seen: Vec<Observation> = list.problems.iter().map(|problem| observe(list, problem, &READER)).collect();
    let Some(root) = At::root(list) else {
        if seen.is_empty() {
            seen.push(no_profile(bytes));
        }
        return seen;
    };
    let payloads = payloads(list);
    let is_bare_payload = payloads.first().is_some_and(|first| first.path.is_empty());
    if !is_bare_payload {
        seen.extend(top_level(&root));
        seen.extend(relation::of_profile(&root, &payloads));
    }
    for payload in &payloads {
        let account = account_of(payload, accounts);
        seen.extend(Payload { at: payload, account: account.clone() }.survey());
        if !is_bare_payload {
            seen.extend(relation::of_payload(&root, payload, &payloads, account.as_deref()));
        }
    }
    seen
}

fn account_of(payload: &At<'_>, accounts: &[Account]) -> Option<String> {
    let by_place = payload.key("").trim_end_matches('.').to_owned();
    let id = account_id(payload);
    accounts.iter().find(|account| account.id == by_place || account.id == id).map(|account| account.id.clone())
}

fn no_profile(bytes: &[u8]) -> Observation {
    let what = if bytes.iter().all(u8::is_ascii_whitespace) {
        message!("the file is empty")
    } else {
        message!("{reader} finds no dictionary in it and so no profile", reader = READER)
    };
    let seen = Seen::Unparseable { what, lost: Vec::new(), hint: None };
    Observation { seen, key: String::new(), place: Place { source: 0, span: None }, account: None }
}

fn top_level(root: &At<'_>) -> Vec<Observation> {
    let top = Payload { at: root, account: None };
    let mut seen = top.keys(&[TOP_LEVEL], false);
    let is_encrypted = root.value("EncryptedPayloadContent").is_some();
    if root.value("PayloadContent").is_none() && !is_encrypted {
        let effect = message!("the profile does nothing without it");
        seen.push(top.see("PayloadContent", Seen::MissingKey { effect, to: None, empty: false }));
    }
    seen.extend(top.identity(true));
    if let Some(date) = root.value("RemovalDate").and_then(day) {
        seen.push(top.see("RemovalDate", Seen::RemovalDate(date)));
    }
    seen.extend(oddity::of_profile(root).into_iter().map(|(key, seen)| top.see(key, seen)));
    if let Some(consent) = root.inner("ConsentText") {
        let holder = Payload { at: &consent, account: None };
        seen.extend(oddity::of_consent(&consent).into_iter().map(|(key, seen)| holder.see(&key, seen)));
    }
    seen
}

/// The day of a `<date>`.
fn day(value: &Value) -> Option<Date> {
    let Value::Date(text) = value else { return None };
    let mut parts = text.split('T').next()?.split('-');
    let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Date::new(year, month, day))
}

struct Payload<'a, 'b> {
    at: &'b At<'a>,
    account: Option<String>,
}

impl Payload<'_, '_> {
    fn see(&self, key: &str, seen: Seen) -> Observation {
        let place = self.at.place(key).or_else(|| self.at.opening()).unwrap_or(Place { source: 0, span: None });
        Observation { seen, key: self.at.key(key), place, account: self.account.clone() }
    }

    fn survey(&self) -> Vec<Observation> {
        let kind = payload_type(self.at);
        let mut seen: Vec<Observation> = self.identity(false).into_iter().collect();
        seen.extend(self.secrets());
        if kind.is_empty() {
            seen.extend(self.without_type());
        }
        let Some(own) = keys_of(kind) else { return seen };
        seen.extend(self.keys(&[COMMON, own], true));
        seen.extend(self.variables());
        seen.extend(oddity::of_payload(self.at, kind).into_iter().map(|(key, seen)| self.see(key, seen)));
        if kind == payloads::MAIL {
            seen.extend(self.outgoing_password());
        }
        seen
    }

    /// The one key that every payload has. A fix makes no account of what is none so far, so that none is offered.
    fn without_type(&self) -> Option<Observation> {
        let is_absent = self.at.value("PayloadType").is_none_or(|value| value.as_text().is_some());
        let seen = Seen::MissingKey {
            effect: message!(
                "the device knows from it what the payload is for, and refuses the profile or passes over the payload"
            ),
            to: None,
            empty: self.at.value("PayloadType").is_some(),
        };
        is_absent.then(|| self.see("PayloadType", seen))
    }

    fn identity(&self, top_level: bool) -> Option<Observation> {
        let text = |key| self.at.text(key).unwrap_or_default().trim();
        let (identifier, uuid) = (text("PayloadIdentifier").to_owned(), text("PayloadUUID").to_owned());
        let payload_type = text("PayloadType").to_owned();
        let is_anything = !(identifier.is_empty() && uuid.is_empty());
        let identifier_place = self.at.place("PayloadIdentifier");
        let seen = Seen::PayloadId { identifier, identifier_place, uuid, top_level, payload_type };
        is_anything.then(|| self.see("PayloadUUID", seen))
    }

    /// Missing keys, wrong types, values outside the list, slips of the pen.
    fn keys(&self, tables: &[&[Key]], closed: bool) -> Vec<Observation> {
        let known = || tables.iter().flat_map(|table| table.iter());
        let mut seen = Vec::new();
        for key in known() {
            match self.at.value(key.name) {
                None if key.required => seen.push(self.missing(key)),
                None => {}
                Some(value) => seen.extend(judge(key, value).map(|problem| self.see(key.name, problem))),
            }
        }
        if closed {
            let unknown = self.at.dict.entries.iter().filter(|entry| !known().any(|key| key.name == entry.key));
            for entry in unknown {
                let slip = known().find(|key| self.at.value(key.name).is_none() && is_slip(&entry.key, key.name));
                let Some(slip) = slip else { continue };
                let value = same_value(&entry.value.value).filter(|_| !is_secret(slip.name));
                seen.push(self.see(&entry.key, Seen::MisspelledKey { meant: self.at.key(slip.name), value }));
            }
        }
        seen
    }

    fn missing(&self, key: &Key) -> Observation {
        let effect = match key.name {
            "EmailAccountType" => message!("a profile without it fails silently when a management system pushes it"),
            "PayloadVersion" => message!("iOS refuses the profile"),
            _ => message!("Apple requires it; the profile is refused or the account does not work"),
        };
        let to = match key.name {
            "PayloadVersion" => Some(To::Number(1)),
            "PayloadType" if self.at.path.is_empty() => Some(To::Text("Configuration".to_owned())),
            "EmailAccountType" => self.type_by_port().map(To::Text),
            _ => None,
        };
        self.see(key.name, Seen::MissingKey { effect, to, empty: false })
    }

    fn type_by_port(&self) -> Option<String> {
        match self.at.value("IncomingMailServerPortNumber").and_then(Value::as_integer)? {
            993 | 143 => Some("EmailTypeIMAP".to_owned()),
            995 | 110 => Some("EmailTypePOP".to_owned()),
            _ => None,
        }
    }

    /// Placeholders in the values that make up an account, and where none can be right.
    fn variables(&self) -> Vec<Observation> {
        let mut seen = Vec::new();
        for entry in &self.at.dict.entries {
            let (text, typed) = match &entry.value.value {
                Value::Text(text) => (text, false),
                Value::Malformed { text, .. } => (text, true),
                _ => continue,
            };
            let is_host = entry.key.ends_with("HostName") || entry.key == "Host";
            let is_id = entry.key == "PayloadUUID" || entry.key == "PayloadIdentifier";
            let found = variables::find(text)
                .or_else(|| (is_host || is_id).then_some(text.trim()).filter(|text| variables::is_fill_in_word(text)));
            let Some(found) = found.filter(|_| !is_secret(&entry.key)) else { continue };
            let variable =
                Variable { text: found.to_owned(), misplaced: typed || is_host || entry.key == "PayloadUUID" };
            seen.push(self.see(&entry.key, Seen::Variable(variable)));
        }
        seen
    }

    /// Passwords that anyone with the file can read; a placeholder is none.
    fn secrets(&self) -> Vec<Observation> {
        let mut seen = self.secrets_in(self.at);
        if let Some(inner) = self.at.inner("PayloadIdentification") {
            seen.extend(self.secrets_in(&inner));
        }
        seen
    }

    fn secrets_in(&self, at: &At<'_>) -> Vec<Observation> {
        let holder = Payload { at, account: self.account.clone() };
        let keys = at.dict.entries.iter().map(|entry| entry.key.as_str()).filter(|key| is_secret(key));
        let filled =
            keys.filter(|key| at.text(key).is_some_and(|text| !text.is_empty() && variables::find(text).is_none()));
        let seen =
            |key: &str| Seen::Secret { purpose: purpose(key), shape: Shape::of(at.text(key).unwrap_or_default()) };
        filled.map(|key| holder.see(key, seen(key))).collect()
    }

    fn outgoing_password(&self) -> Option<Observation> {
        let text = |key| self.at.text(key).unwrap_or_default().trim();
        let signs_in = !text("OutgoingMailServerAuthentication").eq_ignore_ascii_case("EmailAuthNone");
        let seen = Seen::OutgoingPassword {
            same_as_incoming: flag(self.at, "OutgoingPasswordSameAsIncomingPassword").unwrap_or(false),
            own: !text("OutgoingPassword").is_empty(),
            usernames_differ: text("IncomingMailServerUsername") != text("OutgoingMailServerUsername"),
        };
        signs_in.then(|| self.see("OutgoingPasswordSameAsIncomingPassword", seen))
    }
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

pub(super) fn is_secret(key: &str) -> bool {
    key.ends_with("Password") && !key.starts_with("OutgoingPasswordSame")
}

fn purpose(key: &str) -> Message {
    match key {
        "IncomingPassword" => message!("the incoming server"),
        "OutgoingPassword" => message!("the outgoing server"),
        "CertificatePassword" => message!("a certificate"),
        _ => message!("an account"),
    }
}

fn judge(key: &Key, value: &Value) -> Option<Seen> {
    let wrong = |expected, to| {
        let effect = message!("macOS may take it, iOS and Apple Business Manager refuse it");
        Some(Seen::WrongType { expected, found: describe(key, value), effect, to })
    };
    match (key.kind, value) {
        (Kind::Any, _) | (Kind::Flag, Value::Bool(_)) | (Kind::Date, Value::Date(_)) => None,
        (Kind::Array, Value::Array(_)) | (Kind::Dict, Value::Dict(_)) => None,
        (Kind::Number, Value::Integer(number)) => version(key, *number),
        (Kind::Text, Value::Text(text)) => allowed(key, text),
        (_, Value::Malformed { .. }) => None, // A fault of the XML, or a placeholder: reported as that.
        (Kind::Text, _) => wrong(message!("text"), None),
        (Kind::Number, value) => wrong(message!("a whole number"), number_in(value)),
        (Kind::Flag, value) => wrong(message!("true or false"), flag_in(value)),
        (Kind::Date, _) => wrong(message!("a date"), None),
        (Kind::Array, _) => wrong(message!("a list"), None),
        (Kind::Dict, _) => wrong(message!("a dictionary"), None),
    }
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

fn version(key: &Key, number: i64) -> Option<Seen> {
    (key.name == "PayloadVersion" && number != 1).then(|| Seen::UnknownValue {
        found: number.to_string(),
        allowed: vec!["1"],
        effect: message!("1 is the only version there is; some devices refuse the profile"),
        to: Some(To::Number(1)),
    })
}

fn allowed(key: &Key, text: &str) -> Option<Seen> {
    let trimmed = text.trim();
    if key.allowed.is_empty() || key.allowed.contains(&text) || variables::find(text).is_some() {
        return None;
    }
    if trimmed.is_empty() {
        let effect = message!("Apple requires a value");
        return Some(Seen::MissingKey { effect, to: None, empty: true });
    }
    let meant = key.allowed.iter().find(|allowed| allowed.eq_ignore_ascii_case(trimmed));
    Some(Seen::UnknownValue {
        found: text.to_owned(),
        allowed: key.allowed.to_vec(),
        effect: message!("the device refuses the profile or the account does not work"),
        to: meant.map(|meant| To::Text((*meant).to_owned())),
    })
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

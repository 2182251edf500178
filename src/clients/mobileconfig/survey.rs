//! What else can be seen in a profile: missing keys, wrong types, identities, placeholders, secrets.

use std::collections::HashSet;

use super::READER;
use super::keys::{self, Others};
use super::payloads::{self, account_id, flag, payload_type, payloads};
use super::schema::{self, COMMON, TOP_LEVEL};
use super::{oddity, relation, variables};
use crate::account::{Account, Place};
use crate::clients::is_slip;
use crate::clients::property_list::{At, observe, place_of};
use crate::date::Date;
use crate::document::{Loss, Observation, Seen, Shape};
use crate::finding::Message;
use crate::message;
use crate::syntax::plist::{Entry, Plist, Value};

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
    let known = accounts.iter().map(|account| account.id.as_str()).collect();
    for payload in &payloads {
        let account = account_of(payload, &known);
        seen.extend(Payload { at: payload, account: account.clone() }.survey());
        if !is_bare_payload {
            seen.extend(relation::of_payload(&root, payload, &payloads, account.as_deref()));
        }
    }
    seen
}

/// Its place is a name that no other has; its identifier may be another's as well.
fn account_of(payload: &At<'_>, accounts: &HashSet<&str>) -> Option<String> {
    let by_place = payload.key("").trim_end_matches('.').to_owned();
    [by_place, account_id(payload)].into_iter().find(|id| accounts.contains(id.as_str()))
}

fn no_profile(bytes: &[u8]) -> Observation {
    let what = if bytes.iter().all(u8::is_ascii_whitespace) {
        message!("the file is empty")
    } else {
        message!("{reader} finds no dictionary in it and so no profile", reader = READER)
    };
    let seen = Seen::Unparseable { what, lost: Vec::new(), loss: Loss::Named, hint: None };
    Observation { seen, key: String::new(), place: Place { source: 0, span: None }, account: None }
}

fn top_level(root: &At<'_>) -> Vec<Observation> {
    let top = Payload { at: root, account: None };
    let mut seen = keys::survey(&top, &[TOP_LEVEL], Others::Slips);
    seen.extend(top.identity(true));
    let date = |key| root.value(key).and_then(day);
    seen.extend(date("RemovalDate").map(|date| top.see("RemovalDate", Seen::RemovalDate(date))));
    let expires = date("PayloadExpirationDate").map(Seen::ExpirationDate);
    seen.extend(expires.map(|seen| top.see("PayloadExpirationDate", seen)));
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

/// A dictionary and the account that it makes.
pub(super) struct Payload<'a, 'b> {
    pub(super) at: &'b At<'a>,
    pub(super) account: Option<String>,
}

impl Payload<'_, '_> {
    pub(super) fn see(&self, key: &str, seen: Seen) -> Observation {
        let place = self.at.place(key).or_else(|| self.at.opening()).unwrap_or(Place { source: 0, span: None });
        Observation { seen, key: self.at.key(key), place, account: self.account.clone() }
    }

    /// Of an entry that is at hand. Looking each of a hundred thousand up by its key would take for ever.
    pub(super) fn see_entry(&self, key: String, entry: &Entry, seen: Seen) -> Observation {
        Observation { seen, key, place: place_of(&entry.value), account: self.account.clone() }
    }

    fn survey(&self) -> Vec<Observation> {
        let kind = payload_type(self.at);
        let mut seen: Vec<Observation> = self.identity(false).into_iter().collect();
        seen.extend(self.secrets());
        let Some(own) = schema::find(kind) else {
            // A type that we do not know has keys that we do not know; without a type it is nobody's.
            seen.extend(kind.is_empty().then(|| keys::survey(self, &[COMMON], Others::Slips)).into_iter().flatten());
            seen.extend(misspelled_type(kind).map(|seen| self.see("PayloadType", seen)));
            return seen;
        };
        let others = if own.is_mail { Others::All } else { Others::Slips };
        seen.extend(keys::survey(self, &[COMMON, own.keys], others));
        if !own.is_mail {
            return seen;
        }
        seen.extend(self.variables());
        seen.extend(oddity::of_payload(self.at, kind).into_iter().map(|(key, seen)| self.see(key, seen)));
        if kind == payloads::MAIL {
            seen.extend(self.outgoing_password());
        }
        seen
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

    /// Placeholders in the values that make up an account, and where none can be right.
    fn variables(&self) -> Vec<Observation> {
        let mut seen = Vec::new();
        for entry in &self.at.dict.entries {
            let (text, typed) = match &entry.value.value {
                Value::Text(text) => (text, false),
                Value::Malformed { text, .. } => (text, true),
                _ => continue,
            };
            let variable = variables::seen(&entry.key, text, typed);
            let key = || self.at.key(&entry.key);
            seen.extend(variable.map(|variable| self.see_entry(key(), entry, Seen::Variable(variable))));
        }
        seen
    }

    /// Passwords that anyone with the file can read; a variable is none.
    fn secrets(&self) -> Vec<Observation> {
        let mut seen = self.secrets_in(self.at);
        if let Some(inner) = self.at.inner("PayloadIdentification") {
            seen.extend(self.secrets_in(&inner));
        }
        seen
    }

    fn secrets_in(&self, at: &At<'_>) -> Vec<Observation> {
        let holder = Payload { at, account: self.account.clone() };
        let secrets = at.dict.entries.iter().filter(|entry| is_secret(&entry.key));
        let filled = secrets.filter_map(|entry| {
            let text = entry.value.value.as_text().filter(|text| !text.is_empty())?;
            let seen = Seen::Secret { purpose: purpose(&entry.key), shape: Shape::of(text) };
            (!variables::is_filled_in_later(text)).then(|| holder.see_entry(at.key(&entry.key), entry, seen))
        });
        filled.collect()
    }

    fn outgoing_password(&self) -> Option<Observation> {
        let text = |key| self.at.text(key).unwrap_or_default().trim();
        let signs_in = !text("OutgoingMailServerAuthentication").eq_ignore_ascii_case("EmailAuthNone");
        let seen = Seen::OutgoingPassword {
            same_as_incoming: flag(self.at, "OutgoingPasswordSameAsIncomingPassword").unwrap_or(false),
            own: !text("OutgoingPassword").is_empty(),
            own_is_incoming: is_password(text("OutgoingPassword"))
                && text("OutgoingPassword") == text("IncomingPassword"),
            usernames_differ: text("IncomingMailServerUsername") != text("OutgoingMailServerUsername"),
        };
        signs_in.then(|| self.see("OutgoingPasswordSameAsIncomingPassword", seen))
    }
}

/// A type of which no device knows anything and that is a slip away from one that makes a mailbox.
fn misspelled_type(kind: &str) -> Option<Seen> {
    let meant = payloads::TYPES.iter().find(|known| is_slip(kind, known))?;
    Some(Seen::UnknownValue {
        found: kind.to_owned(),
        allowed: vec![meant],
        effect: message!("the device knows no payload of this type, so that no mailbox appears"),
        // A change that lets a mailbox appear is one for a person to make.
        to: None,
        optional: false,
    })
}

/// Written out, and not left to a management system to fill in.
fn is_password(text: &str) -> bool {
    !text.is_empty() && variables::find(text).is_none()
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

//! The doctor's answer for programs: schema 1. Keys are only ever added.
//!
//! Keys and ids are English in every language; sentences are in the person's. What is not known is `null`, `unknown` or an empty
//! list, never left out.

use serde::Serialize;
use serde_json::{Map, Value};

use super::super::{Style, pretty_json};
use super::say;
use crate::doctor::{Answer, Fault, Place, Reading, Suspect};
use crate::finding::{Confidence, Message};

/// The version of the form; a program that knows it can read all later additions.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Record {
    schema: u32,
    kind: Value,
    confidence: Confidence,
    summary: String,
    why: Vec<String>,
    before: Vec<String>,
    get_at: Option<Way>,
    shown_again: Value,
    reissue: Option<String>,
    enter_in: Value,
    enter: Vec<String>,
    login: Map<String, Value>,
    login_value: Map<String, Value>,
    servers: Value,
    after_change: Vec<String>,
    clear_first: Vec<String>,
    switches: Vec<Way>,
    caution: Vec<String>,
    can_be_seen: Vec<String>,
    next: Vec<String>,
    note: Option<String>,
    leave_password: bool,
    subject: Value,
    error: Error,
    causes: Vec<Named>,
    faults: Option<Vec<Setting>>,
    address: Option<String>,
    domain: Option<String>,
    did_you_mean: Vec<String>,
    provider: Option<String>,
    client: Option<&'static str>,
    route: Value,
    checked: Option<String>,
    source: Option<String>,
}

#[derive(Serialize)]
struct Way {
    text: String,
    url: Option<String>,
}

/// What was made of the error text; the text itself is never repeated.
#[derive(Serialize)]
struct Error {
    reading: &'static str,
    messages: Vec<String>,
}

#[derive(Serialize)]
struct Named {
    cause: &'static str,
    confidence: Confidence,
    candidate: bool,
    message: String,
    todo: Vec<String>,
}

#[derive(Serialize)]
struct Setting {
    rule: &'static str,
    path: String,
    message: String,
    help: String,
}

/// Prints the answer as one JSON object. Ends with a line feed.
pub fn json(answer: &Answer, style: &Style) -> String {
    let writer = Writer { answer, style };
    pretty_json(&writer.record())
}

struct Writer<'a> {
    answer: &'a Answer,
    style: &'a Style,
}

impl Writer<'_> {
    fn record(&self) -> Record {
        let answer = self.answer;
        Record {
            schema: SCHEMA,
            kind: word(&answer.kind),
            confidence: answer.confidence,
            summary: self.say(&answer.summary),
            why: self.all(&answer.why),
            before: self.all(&answer.before),
            get_at: answer.get_at.as_ref().map(|place| self.way(place)),
            shown_again: word(&answer.shown_again),
            reissue: answer.reissue.as_ref().map(|message| self.say(message)),
            enter_in: word(&answer.enter_in),
            enter: self.all(&answer.enter),
            login: self.logins(|login| login.forms.first().map(word)),
            login_value: self.logins(|login| login.name.as_ref().map(|name| Value::String(self.say(name)))),
            servers: word(&answer.servers),
            after_change: self.all(&answer.after_change),
            clear_first: self.all(&answer.clear_first),
            switches: answer.switches.iter().map(|place| self.way(place)).collect(),
            caution: self.all(&answer.cautions),
            can_be_seen: self.all(&answer.can_be_seen),
            next: self.all(&answer.next),
            note: answer.note.as_ref().map(|note| self.say(note)),
            leave_password: answer.leave_password,
            subject: word(&answer.subject),
            error: self.error(),
            causes: answer.causes.iter().map(|suspect| self.suspect(suspect)).collect(),
            faults: answer.faults.as_ref().map(|faults| faults.iter().map(|fault| self.fault(fault)).collect()),
            address: answer.address.clone(),
            domain: answer.domain.clone(),
            did_you_mean: answer.near.clone(),
            provider: answer.provider_id.clone(),
            client: answer.client.map(crate::doctor::Client::id),
            route: word(&answer.route),
            checked: answer.checked.map(|day| day.to_string()),
            source: answer.source.clone(),
        }
    }

    fn say(&self, message: &Message) -> String {
        say(message, self.answer, self.style)
    }

    fn all(&self, messages: &[Message]) -> Vec<String> {
        messages.iter().map(|message| self.say(message)).collect()
    }

    fn way(&self, place: &Place) -> Way {
        Way { text: self.say(&place.text), url: place.url.clone() }
    }

    /// Something of each login, by its protocol.
    fn logins(&self, of: impl Fn(&crate::doctor::Login) -> Option<Value>) -> Map<String, Value> {
        let entry = |login: &crate::doctor::Login| {
            let protocol = word(&login.protocol).as_str().unwrap_or_default().to_owned();
            (protocol, of(login).unwrap_or(Value::Null))
        };
        self.answer.logins.iter().map(entry).collect()
    }

    fn error(&self) -> Error {
        let (reading, messages) = match &self.answer.reading {
            Reading::NoText => ("none", Vec::new()),
            Reading::Binary => ("binary", Vec::new()),
            Reading::Unknown => ("unknown", Vec::new()),
            Reading::Known(labels) => ("known", self.all(labels)),
        };
        Error { reading, messages }
    }

    fn suspect(&self, suspect: &Suspect) -> Named {
        Named {
            cause: suspect.cause.id(),
            confidence: suspect.confidence,
            candidate: suspect.is_candidate,
            message: self.say(&suspect.message),
            todo: self.all(&suspect.todo),
        }
    }

    fn fault(&self, fault: &Fault) -> Setting {
        Setting {
            rule: fault.rule,
            path: fault.path.clone(),
            message: self.say(&fault.message),
            help: self.say(&fault.help),
        }
    }
}

/// A word of ours as JSON has it.
fn word(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

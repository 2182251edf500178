//! What else can be seen in declarations: keys that are missing or unknown, wrong types and values, assets.

use super::accounts::{CREDENTIALS, account_id};
use super::object::Object;
use super::schema::{ASSET, BASE, Key, Kind, MAIL, keys_of};
use crate::account::{Account, Place};
use crate::clients::is_slip;
use crate::clients::secrets::is_plain_name;
use crate::document::{Loss, Observation, Seen};
use crate::finding::{Message, Value as To};
use crate::message;
use crate::source::{MASK, Span};
use crate::syntax::json::{Json, Member, Node, Problem, ProblemKind, Value};

/// What a device does with a declaration that is not as its schema says.
const REFUSED: Message = message!("the device refuses the whole declaration, and there is no account");

/// Everything worth telling the rules, and what reports are not to quote: nobody knows what stands under an unknown key.
pub(super) fn survey(json: &Json, accounts: &[Account]) -> (Vec<Observation>, Vec<Place>) {
    let mut seen: Vec<Observation> = json.problems.iter().map(fault).collect();
    let mut withheld = Vec::new();
    for declaration in Object::declarations(json) {
        let id = account_id(&declaration);
        let account = accounts.iter().any(|account| account.id == id).then_some(id);
        let mut survey = Survey { account, seen: Vec::new(), withheld: Vec::new() };
        survey.declaration(&declaration);
        seen.extend(survey.seen);
        withheld.extend(survey.withheld.into_iter().map(|span| Place { source: 0, span: Some(span) }));
    }
    (seen, withheld)
}

fn fault(problem: &Problem) -> Observation {
    let seen = match problem.kind {
        ProblemKind::DuplicateKey => Seen::DuplicateKey { differs: true, first_counts: false },
        _ => Seen::Unparseable {
            what: message!("the device cannot read this: {fault}", fault = problem.message()),
            lost: Vec::new(),
            loss: Loss::Named,
            hint: None,
        },
    };
    Observation { seen, key: String::new(), place: Place { source: 0, span: Some(problem.span) }, account: None }
}

struct Survey {
    account: Option<String>,
    seen: Vec<Observation>,
    withheld: Vec<Span>,
}

impl Survey {
    fn see(&mut self, at: &Object<'_>, key: &str, seen: Seen) {
        self.seen.push(Observation { seen, key: at.key(key), place: at.place(key), account: self.account.clone() });
    }

    fn declaration(&mut self, declaration: &Object<'_>) {
        let kind = declaration.text("Type");
        let Some(keys) = keys_of(kind) else {
            if kind.starts_with(ASSET) {
                self.identity(declaration); // Of another type, and still one that can be named.
            }
            return;
        };
        self.identity(declaration);
        self.keys(declaration, BASE);
        let Some(payload) = declaration.inner("Payload") else { return };
        self.keys(&payload, keys);
        if kind == MAIL {
            let servers = ["IncomingServer", "OutgoingServer"].into_iter().filter_map(|name| payload.inner(name));
            servers.for_each(|server| self.credentials(&server));
        }
    }

    fn identity(&mut self, declaration: &Object<'_>) {
        let (identifier, kind) = (declaration.text("Identifier").to_owned(), declaration.text("Type").to_owned());
        if !identifier.is_empty() {
            self.see(declaration, "Identifier", Seen::Declaration { identifier, kind });
        }
    }

    /// Missing and unknown keys, wrong types, values outside the list.
    fn keys(&mut self, object: &Object<'_>, keys: &'static [Key]) {
        for key in keys {
            match object.node.get(key.name) {
                Some(node) => self.value(object, key, node),
                None if key.required => self.missing(object, key.name, false),
                None => {}
            }
        }
        for member in object.node.members() {
            if keys.iter().all(|key| key.name != member.key) {
                let meant =
                    keys.iter().find(|key| object.node.get(key.name).is_none() && is_slip(&member.key, key.name));
                self.unknown(object, member, meant);
            }
        }
    }

    fn missing(&mut self, object: &Object<'_>, key: &str, empty: bool) {
        self.see(object, key, Seen::MissingKey { effect: REFUSED, to: None, empty });
    }

    fn unknown(&mut self, object: &Object<'_>, member: &Member, meant: Option<&Key>) {
        let is_name = meant.is_some() || is_plain_name(&member.key);
        if meant.is_none() {
            self.withheld.push(member.value.span);
            self.withheld.extend(Some(member.key_span).filter(|_| !is_name));
        }
        let meant = meant.map(|key| object.key(key.name));
        let place = Place { source: 0, span: Some(member.key_span) };
        let seen = Seen::UnknownDeclarationKey { meant, value: plain(&member.value) };
        let key = object.key(if is_name { &member.key } else { MASK });
        self.seen.push(Observation { seen, key, place, account: self.account.clone() });
    }

    fn value(&mut self, object: &Object<'_>, key: &Key, node: &Node) {
        let is_filled_in = node.as_text().is_some_and(|text| text.contains(['$', '%']) || text.contains("{{"));
        if is_filled_in || node.value == Value::Malformed {
            return; // Not yet what the device reads, or reported as a fault.
        }
        match (key.kind, &node.value) {
            (Kind::Any, _) | (Kind::Number, Value::Integer(_)) | (Kind::Flag, Value::Bool(_)) => {}
            (Kind::Text | Kind::OneOf(_) | Kind::Asset(_), Value::Text(text)) if text.is_empty() && key.required => {
                self.missing(object, key.name, true);
            }
            (Kind::Text, Value::Text(_)) => {}
            (Kind::OneOf(allowed), Value::Text(text)) => self.choice(object, key, allowed, text),
            (Kind::Asset(kinds), Value::Text(target)) => {
                if !target.is_empty() {
                    self.see(object, key.name, Seen::Asset { target: target.clone(), kinds });
                }
            }
            (Kind::Each(allowed), Value::Array(items)) => {
                items.iter().filter_map(Node::as_text).for_each(|text| self.choice(object, key, allowed, text));
            }
            (Kind::Object(keys), Value::Object(_)) => {
                object.inner(key.name).iter().for_each(|inner| self.keys(inner, keys));
            }
            (kind, value) => self.wrong_type(object, key.name, kind, value),
        }
    }

    fn choice(&mut self, object: &Object<'_>, key: &Key, allowed: &'static [&'static str], text: &str) {
        if allowed.contains(&text) {
            return;
        }
        let same = allowed.iter().find(|allowed| allowed.eq_ignore_ascii_case(text.trim()));
        let to = same.filter(|_| !matches!(key.kind, Kind::Each(_))).map(|same| To::Text((*same).to_owned()));
        let seen = Seen::UnknownValue {
            found: text.to_owned(),
            allowed: allowed.to_vec(),
            effect: REFUSED,
            to,
            optional: false,
        };
        self.see(object, key.name, seen);
    }

    fn wrong_type(&mut self, object: &Object<'_>, key: &str, kind: Kind, value: &Value) {
        let expected = match kind {
            Kind::Number => message!("a whole number"),
            Kind::Flag => message!("true or false"),
            Kind::Each(_) => message!("a list"),
            Kind::Object(_) => message!("a dictionary"),
            Kind::Text | Kind::OneOf(_) | Kind::Asset(_) | Kind::Any => message!("text"),
        };
        let to = match (kind, value) {
            (Kind::Number, Value::Text(text)) => text.trim().parse().ok().map(To::Number),
            (Kind::Flag, Value::Text(text)) => text.trim().to_ascii_lowercase().parse().ok().map(To::Flag),
            _ => None,
        };
        self.see(object, key, Seen::WrongType { expected, found: shown(value), effect: REFUSED, to });
    }

    /// Every way to sign in but none needs credentials.
    fn credentials(&mut self, server: &Object<'_>) {
        let method = server.text("AuthenticationMethod");
        let signs_in = !method.is_empty() && !method.eq_ignore_ascii_case("None");
        match server.node.get(CREDENTIALS) {
            None if signs_in => self.missing(server, CREDENTIALS, false),
            Some(node) if signs_in && node.as_text() == Some("") => self.missing(server, CREDENTIALS, true),
            _ => {}
        }
    }
}

fn plain(node: &Node) -> Option<To> {
    match &node.value {
        Value::Text(text) => Some(To::Text(text.clone())),
        Value::Integer(number) => Some(To::Number(*number)),
        Value::Bool(flag) => Some(To::Flag(*flag)),
        _ => None,
    }
}

/// What stands there, in the file's own words.
fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("\"{text}\""),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null | Value::Malformed => "null".to_owned(),
        Value::Array(_) => "[…]".to_owned(),
        Value::Object(_) => "{…}".to_owned(),
    }
}

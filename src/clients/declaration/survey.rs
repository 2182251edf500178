//! What else can be seen in declarations: keys that are missing or unknown, wrong types and values, assets, credentials.

use std::collections::HashSet;

use super::accounts::{CREDENTIALS, PERSON_REFERENCE, account_id};
use super::assets::{Assets, is_filled_in_later, needs_data};
use super::object::{File, Object};
use super::schema::{ASSET, BASE, CREDENTIALS_KEYS, EXCHANGE, GOOGLE, Key, Kind, LONGEST, MAIL, PERSON, keys_of};
use crate::account::{Account, Place};
use crate::clients::{Tie, is_slip};
use crate::document::{Loss, OauthConflict, Observation, Seen, Shape, WebUser};
use crate::finding::{Message, Value as To};
use crate::message;
use crate::secrets::{is_plain_name, names_a_secret};
use crate::source::MASK;
use crate::syntax::json::{Member, Node, Problem, ProblemKind, Value};

/// What a device does with a declaration that is not as its schema says.
const REFUSED: Message = message!("the device refuses the whole declaration, and there is no account");

/// What it does with credentials in another form.
const UNREADABLE: Message = message!("the device cannot take the credentials from this file, and the account has none");

/// What comes of an Exchange account without a server.
const NO_HOST: Message = message!(
    "an iPhone or iPad needs the server, unless OAuth is on and finds it; a Mac does not know Exchange ActiveSync"
);

/// Everything worth telling the rules, and what reports are not to quote: nobody knows what stands under an unknown key.
pub(super) fn survey(files: &[File<'_>], accounts: &[Account]) -> (Vec<Observation>, Vec<Place>) {
    let (mut seen, mut withheld, assets) = (Vec::new(), Vec::new(), Assets::of(files));
    let ids: HashSet<&str> = accounts.iter().map(|account| account.id.as_str()).collect();
    let mut take = |survey: Survey| {
        withheld.extend(survey.withheld);
        survey.seen
    };
    for file in files {
        seen.extend(file.json.problems.iter().map(|problem| fault(file, problem)));
        for declaration in file.declarations() {
            let id = account_id(&declaration);
            let mut survey = Survey::of(ids.contains(id.as_str()).then_some(id), REFUSED);
            survey.declaration(&declaration);
            seen.extend(take(survey));
            if let Some(data) = assets.data(&declaration) {
                let mut survey = Survey::of(None, UNREADABLE);
                survey.keys(data, CREDENTIALS_KEYS);
                seen.extend(take(survey));
            }
        }
        seen.extend(file.credentials().and_then(|data| password(&data, accounts)));
    }
    seen.extend(without_address(files, &assets));
    (seen, withheld)
}

/// What a declaration refers to.
pub(super) fn needs(declaration: &Object<'_>) -> Vec<Tie> {
    let mut survey = Survey::of(None, REFUSED);
    survey.declaration(declaration);
    let target = |observation: Observation| match observation.seen {
        Seen::Asset { target, .. } => Some(Tie::Identifier(target)),
        _ => None,
    };
    survey.seen.into_iter().filter_map(target).chain(needs_data(declaration)).collect()
}

/// The password in a file of credentials, with the account that signs in with it.
fn password(data: &Object<'_>, accounts: &[Account]) -> Option<Observation> {
    let key = data.key("UserName");
    let uses =
        |account: &&Account| account.incoming.iter().chain(&account.outgoing).any(|server| server.username.key == key);
    let account = accounts.iter().find(uses).map(|account| account.id.clone());
    let shape = match &data.node.get("Password")?.value {
        Value::Text(text) if !text.is_empty() && !is_placeholder(text) => Shape::of(text),
        Value::Integer(_) | Value::Real(_) => Shape::default(),
        _ => return None,
    };
    let seen = Seen::Secret { purpose: message!("an account"), shape };
    Some(Observation { seen, key: data.key("Password"), place: data.place("Password"), account })
}

/// Whether a password is one placeholder from end to end: any sign may be part of a password.
fn is_placeholder(password: &str) -> bool {
    let password = password.trim();
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_.- :".contains(c));
    let inner = [("${", "}"), ("{{", "}}"), ("%", "%"), ("$", "")].into_iter();
    inner.filter_map(|(open, close)| password.strip_prefix(open)?.strip_suffix(close)).any(is_name)
}

/// A Google account whose person has no address.
fn without_address(files: &[File<'_>], assets: &Assets<'_>) -> Vec<Observation> {
    const EFFECT: Message = message!("a Google account is set up by the address of the person, and there is none");
    let declarations = files.iter().flat_map(File::declarations);
    let google = declarations.filter(|declaration| declaration.text("Type") == GOOGLE);
    let missing = google.filter_map(|declaration| {
        let reference = declaration.inner("Payload")?.text(PERSON_REFERENCE);
        let person = assets.named(reference, PERSON)?.inner("Payload")?;
        let is_empty = person.node.text("EmailAddress").map(|address| address.trim().is_empty());
        let empty = is_empty.unwrap_or(true).then_some(is_empty.is_some())?;
        let account = Some(account_id(&declaration));
        let mut survey = Survey::of(account, EFFECT);
        survey.missing(&person, "EmailAddress", empty);
        Some(survey.seen)
    });
    missing.flatten().collect()
}

fn fault(file: &File<'_>, problem: &Problem) -> Observation {
    let seen = match problem.kind {
        ProblemKind::DuplicateKey => Seen::DuplicateKey { differs: true, first_counts: false },
        _ => Seen::Unparseable {
            what: message!("the device cannot read this: {fault}", fault = problem.message()),
            lost: Vec::new(),
            loss: Loss::Named,
            hint: None,
        },
    };
    Observation { seen, key: String::new(), place: file.at(problem.span), account: None }
}

struct Survey {
    account: Option<String>,
    /// What comes of a fault.
    effect: Message,
    seen: Vec<Observation>,
    /// What nobody knows, so that it may be a password.
    withheld: Vec<Place>,
}

impl Survey {
    const fn of(account: Option<String>, effect: Message) -> Self {
        Self { account, effect, seen: Vec::new(), withheld: Vec::new() }
    }

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
        match kind {
            MAIL => {
                let servers = ["IncomingServer", "OutgoingServer"].into_iter().filter_map(|name| payload.inner(name));
                servers.for_each(|server| self.sign_in(&server));
            }
            EXCHANGE => self.exchange(&payload),
            _ => {}
        }
    }

    fn exchange(&mut self, payload: &Object<'_>) {
        if payload.node.get("EnabledProtocolTypes").is_some_and(|list| list.value == Value::Array(Vec::new())) {
            self.missing(payload, "EnabledProtocolTypes", true);
        }
        let parts = ["Mail", "Contacts", "Calendar", "Reminders", "Notes"].map(|part| format!("{part}ServiceActive"));
        if parts.iter().all(|part| payload.is(part, false)) {
            self.see(payload, &parts[0], Seen::NothingEnabled);
        }
        let oauth = payload.inner("OAuth");
        let has_host = !payload.text("HostName").trim().is_empty();
        match oauth.filter(|oauth| oauth.is("Enabled", true) || !oauth.text("SignInURL").is_empty()) {
            None if !has_host && is_for_phones(payload) => {
                let empty = payload.node.get("HostName").is_some();
                self.see(payload, "HostName", Seen::MissingKey { effect: NO_HOST, to: None, empty });
            }
            Some(oauth) if oauth.is("Enabled", false) => {
                self.see(&oauth, "SignInURL", Seen::OauthConflict(OauthConflict::PageWithoutSwitch));
            }
            Some(oauth) if !has_host && !oauth.text("SignInURL").is_empty() => {
                self.see(&oauth, "SignInURL", Seen::OauthConflict(OauthConflict::PageWithoutHost));
            }
            _ => {}
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
        self.see(object, key, Seen::MissingKey { effect: self.effect.clone(), to: None, empty });
    }

    fn unknown(&mut self, object: &Object<'_>, member: &Member, meant: Option<&Key>) {
        let is_name = meant.is_some() || is_plain_name(&member.key);
        if meant.is_none() {
            self.withheld.push(object.file.at(member.value.span));
            self.withheld.extend(Some(object.file.at(member.key_span)).filter(|_| !is_name));
        }
        let meant = meant.map(|key| object.key(key.name));
        let place = object.file.at(member.key_span);
        let seen = Seen::UnknownDeclarationKey { meant, value: plain(&member.value) };
        let key = object.key(if is_name { &member.key } else { MASK });
        self.seen.push(Observation { seen, key, place, account: self.account.clone() });
    }

    fn value(&mut self, object: &Object<'_>, key: &Key, node: &Node) {
        if node.as_text().is_some_and(is_filled_in_later) || node.value == Value::Malformed {
            return; // Not yet what the device reads, or reported as a fault.
        }
        match (key.kind, &node.value) {
            (Kind::Any, _) | (Kind::Number, Value::Integer(_)) | (Kind::Flag, Value::Bool(_)) => {}
            (Kind::Port, Value::Integer(port)) => {
                if !(1..=65_535).contains(port) {
                    self.unknown_value(object, key.name, &port.to_string(), "1–65535");
                }
            }
            (Kind::Number | Kind::Port | Kind::Flag | Kind::Each(_) | Kind::Object(_), Value::Text(_)) => {
                self.wrong_type(object, key.name, key.kind, &node.value);
            }
            (_, Value::Text(text)) if text.is_empty() && key.required => self.missing(object, key.name, true),
            (Kind::Text, Value::Text(_)) => {}
            (Kind::Name, Value::Text(text)) => self.length(object, key.name, text),
            (Kind::Address(by), Value::Text(text)) => self.address(object, key.name, by, text),
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

    fn length(&mut self, object: &Object<'_>, key: &str, text: &str) {
        if text.len() > LONGEST {
            self.see(object, key, Seen::TooLong { octets: text.len(), most: LONGEST });
        }
    }

    /// A password is typed, sent or fetched there.
    fn address(&mut self, object: &Object<'_>, key: &str, by: WebUser, text: &str) {
        let scheme = text.trim().split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        match scheme.as_deref() {
            Some("https") => {}
            Some("http") => self.see(object, key, Seen::PlainWebAddress { address: text.trim().to_owned(), by }),
            _ if by == WebUser::Device => {
                self.unknown_value(object, key, text, "https://…");
            }
            _ => {}
        }
    }

    fn unknown_value(&mut self, object: &Object<'_>, key: &str, found: &str, allowed: &'static str) {
        let (found, allowed, effect) = (found.to_owned(), vec![allowed], self.effect.clone());
        self.see(object, key, Seen::UnknownValue { found, allowed, effect, to: None, optional: false });
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
            effect: self.effect.clone(),
            to,
            optional: false,
        };
        self.see(object, key.name, seen);
    }

    fn wrong_type(&mut self, object: &Object<'_>, key: &str, kind: Kind, value: &Value) {
        let found = if names_a_secret(key) { MASK.to_owned() } else { shown(value) };
        let expected = match kind {
            Kind::Number | Kind::Port => message!("a whole number"),
            Kind::Flag => message!("true or false"),
            Kind::Each(_) => message!("a list"),
            Kind::Object(_) => message!("a dictionary"),
            Kind::Text | Kind::Name | Kind::Address(_) | Kind::OneOf(_) | Kind::Asset(_) | Kind::Any => {
                message!("text")
            }
        };
        let to = match (kind, value) {
            (Kind::Number | Kind::Port, Value::Text(text)) => text.trim().parse().ok().map(To::Number),
            (Kind::Flag, Value::Text(text)) => text.trim().to_ascii_lowercase().parse().ok().map(To::Flag),
            _ => None,
        };
        self.see(object, key, Seen::WrongType { expected, found, effect: self.effect.clone(), to });
    }

    /// Every way to sign in but none needs credentials, and none needs them to be absent.
    fn sign_in(&mut self, server: &Object<'_>) {
        let method = server.text("AuthenticationMethod");
        let signs_in = !method.is_empty() && !method.eq_ignore_ascii_case("None");
        let reference = server.node.get(CREDENTIALS);
        match reference.map(|node| node.as_text() == Some("")) {
            None if signs_in => self.missing(server, CREDENTIALS, false),
            Some(true) if signs_in => self.missing(server, CREDENTIALS, true),
            Some(false) if method.eq_ignore_ascii_case("None") => {
                self.see(server, CREDENTIALS, Seen::UnusedCredentials)
            }
            _ => {}
        }
    }
}

/// Whether an Exchange account is for iPhones and iPads alone, which do not look for its server by themselves.
fn is_for_phones(payload: &Object<'_>) -> bool {
    let types = payload.node.get("EnabledProtocolTypes").map(Node::items).unwrap_or_default();
    !types.is_empty() && types.iter().all(|kind| kind.as_text() == Some("EAS"))
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

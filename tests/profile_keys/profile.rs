//! A whole profile with nothing wrong in it, and one value exchanged.

use mailcfg::clients::profile_schema::{Allowed, COMMON, Key, Kind, Payload, TOP_LEVEL};
use mailcfg::date::Date;
use mailcfg::finding::Finding;
use mailcfg::lint::{Input, Options, judge, read};
use mailcfg::provider::Providers;
use mailcfg::rules::Run;
use mailcfg::source::Source;

/// The identity that a profile holds so that certificates can be referred to.
const IDENTITY: &str = "6A7B0C10-0000-4000-8000-0000000000CC";

/// A value as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
    Real(f64),
    Flag(bool),
    Date,
    Data,
    List(Vec<Value>),
    Dict(Vec<(String, Value)>),
}

impl Value {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// One of each element. The text is no number and no switch.
    pub(crate) fn each_kind() -> Vec<Self> {
        let texts = vec![("a".to_owned(), Self::text("b"))];
        vec![
            Self::text("some text"),
            Self::Number(7),
            Self::Real(7.5),
            Self::Flag(true),
            Self::Date,
            Self::Data,
            Self::List(vec![Self::text("some text")]),
            Self::Dict(texts),
        ]
    }

    /// Whether a key of this kind takes it.
    pub(crate) fn is_of(&self, kind: Kind) -> bool {
        match self {
            Self::Text(_) => matches!(kind, Kind::Text),
            Self::Number(_) => matches!(kind, Kind::Number | Kind::Real),
            Self::Real(_) => matches!(kind, Kind::Real),
            Self::Flag(_) => matches!(kind, Kind::Flag),
            Self::Date => matches!(kind, Kind::Date),
            Self::Data => matches!(kind, Kind::Data),
            Self::List(_) => matches!(kind, Kind::Dicts),
            Self::Dict(_) => matches!(kind, Kind::Dict(_) | Kind::Texts),
        }
    }

    fn xml(&self) -> String {
        match self {
            Self::Text(text) => format!("<string>{text}</string>"),
            Self::Number(number) => format!("<integer>{number}</integer>"),
            Self::Real(number) => format!("<real>{number}</real>"),
            Self::Flag(flag) => format!("<{flag}/>"),
            Self::Date => "<date>2030-01-01T00:00:00Z</date>".to_owned(),
            Self::Data => "<data>bWFpbA==</data>".to_owned(),
            Self::List(items) => format!("<array>{}</array>", items.iter().map(Self::xml).collect::<String>()),
            Self::Dict(entries) => format!("<dict>{}</dict>", xml_of(entries)),
        }
    }
}

fn xml_of(entries: &[(String, Value)]) -> String {
    entries.iter().map(|(key, value)| format!("<key>{key}</key>\n{}\n", value.xml())).collect()
}

/// Right values for a key.
pub(crate) fn right(in_payload: bool, key: &Key) -> Vec<Value> {
    match (key.kind, key.allowed) {
        (_, Allowed::Texts(values)) => values.iter().map(|value| Value::text(value)).collect(),
        (_, Allowed::Numbers(values)) => {
            values.iter().map(|value| Value::Number(value.parse().expect("a number of the schema is one"))).collect()
        }
        (Kind::Flag, _) => vec![Value::Flag(true), Value::Flag(false)],
        (Kind::Text, _) => vec![Value::text(text(in_payload, key.name))],
        (Kind::Number, _) => vec![Value::Number(port(key.name))],
        (Kind::Real, _) => vec![Value::Real(7_776_000.0), Value::Number(7_776_000)],
        (Kind::Date, _) => vec![Value::Date],
        (Kind::Data, _) => vec![Value::Data],
        (Kind::Dicts, _) => vec![Value::List(Vec::new())],
        (Kind::Texts, _) => {
            let texts = [("default", "For the staff of Example"), ("ja", "社員用")];
            vec![Value::Dict(texts.map(|(tag, text)| (tag.to_owned(), Value::text(text))).to_vec())]
        }
        (Kind::Dict(keys), _) => {
            let entry = |key: &Key| (key.name.to_owned(), right(in_payload, key)[0].clone());
            vec![Value::Dict(keys.iter().map(entry).collect())]
        }
        (Kind::Any, _) => vec![Value::Flag(true), Value::Number(1), Value::text("anything")],
    }
}

fn text(in_payload: bool, name: &str) -> &'static str {
    match name {
        "PayloadIdentifier" if in_payload => "jp.example.profile.mail",
        "PayloadIdentifier" => "jp.example.profile",
        // The common keys are tried in the mail payload.
        "PayloadType" => "com.apple.mail.managed",
        "PayloadUUID" if in_payload => "6A7B0C10-0000-4000-8000-000000000001",
        "PayloadUUID" => "6A7B0C10-0000-4000-8000-000000000000",
        "OutgoingMailServerHostName" => "smtp.example.jp",
        name if name.ends_with("URL") => "https://login.example.jp/",
        name if name.ends_with("UUID") => IDENTITY,
        name if name.contains("Host") => "mail.example.jp",
        name if name.contains("Address") || name.to_lowercase().ends_with("username") => "hanako@example.jp",
        _ => "Example",
    }
}

fn port(name: &str) -> i64 {
    match name {
        "IncomingMailServerPortNumber" => 993,
        "OutgoingMailServerPortNumber" => 465,
        _ => 443,
    }
}

/// A profile with one payload that is looked at and an identity.
#[derive(Clone)]
pub(crate) struct Profile {
    top: Vec<(String, Value)>,
    payload: Vec<(String, Value)>,
}

impl Profile {
    /// Everything that is required, and what makes an account that works. Without a payload named: the one for Google.
    pub(crate) fn right(payload: Option<&Payload>) -> Self {
        let google = || mailcfg::clients::profile_schema::find("com.apple.google-oauth").expect("a payload for Google");
        let payload = payload.copied().unwrap_or_else(|| *google());
        let is_needed = |key: &&Key| key.required || NEEDED.contains(&key.name);
        let entry = |in_payload: bool| move |key: &Key| (key.name.to_owned(), right(in_payload, key)[0].clone());
        let mut profile = Self {
            top: TOP_LEVEL.iter().filter(is_needed).map(entry(false)).collect(),
            payload: COMMON.iter().chain(payload.keys).filter(is_needed).map(entry(true)).collect(),
        };
        set(&mut profile.payload, "PayloadType", Some(Value::text(payload.payload_type)));
        for method in ["IncomingMailServerAuthentication", "OutgoingMailServerAuthentication"] {
            if profile.payload.iter().any(|(key, _)| key == method) {
                set(&mut profile.payload, method, Some(Value::text("EmailAuthPassword")));
            }
        }
        profile
    }

    /// With a value under a key, on the way through dictionaries that are made for it.
    pub(crate) fn with(mut self, in_payload: bool, way: &[&str], key: &str, value: Value) -> Self {
        let mut path = way.iter().copied().chain([key]);
        let first = path.next().expect("a path ends with a key");
        let value = path.rev().fold(value, |value, key| Value::Dict(vec![(key.to_owned(), value)]));
        set(if in_payload { &mut self.payload } else { &mut self.top }, first, Some(value));
        self
    }

    pub(crate) fn without(mut self, in_payload: bool, key: &str) -> Self {
        set(if in_payload { &mut self.payload } else { &mut self.top }, key, None);
        self
    }

    fn xml(&self) -> String {
        let identity = [
            ("PayloadIdentifier", Value::text("jp.example.profile.identity")),
            ("PayloadType", Value::text("com.apple.security.pkcs12")),
            ("PayloadUUID", Value::text(IDENTITY)),
            ("PayloadVersion", Value::Number(1)),
        ];
        let identity = identity.map(|(key, value)| (key.to_owned(), value)).to_vec();
        let mut top = self.top.clone();
        if let Some((_, Value::List(items))) = top.iter_mut().find(|(key, _)| key == "PayloadContent")
            && items.is_empty()
        {
            *items = vec![Value::Dict(self.payload.clone()), Value::Dict(identity)];
        }
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n<dict>\n{}</dict>\n</plist>\n",
            xml_of(&top)
        )
    }

    /// What the program says of it.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let client = mailcfg::clients::find("mobileconfig").expect("a client for profiles");
        let source = Source::new("profile.mobileconfig", self.xml().as_bytes());
        let input = Input { client, sources: vec![source], named: true, observed: Vec::new() };
        let documents = [read(&input)];
        let options = Options::new(Providers::embedded(), Date::new(2026, 11, 24));
        judge(&documents[0], &Run::new(&documents), 0, client, &options).findings
    }
}

/// Optional keys without which an account does not work, or not safely.
const NEEDED: &[&str] = &[
    "EmailAddress",
    "Host",
    "SSL",
    "UserName",
    "IncomingMailServerUseSSL",
    "IncomingMailServerPortNumber",
    "IncomingMailServerUsername",
    "OutgoingMailServerUseSSL",
    "OutgoingMailServerPortNumber",
    "OutgoingMailServerUsername",
];

fn set(entries: &mut Vec<(String, Value)>, key: &str, value: Option<Value>) {
    entries.retain(|(other, _)| other != key);
    entries.extend(value.map(|value| (key.to_owned(), value)));
}

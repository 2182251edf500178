//! Every key of a configuration profile: the schema against the facts Apple published, and each key tried in a whole profile
//! (missing, of each wrong type, with a wrong value, misspelled, with a right one).

#[path = "profile_keys/profile.rs"]
mod profile;
#[allow(dead_code, reason = "shared with the tests that write docs/quality.md")]
mod snapshot;

use std::collections::{BTreeMap, BTreeSet};

use mailcfg::clients::profile_schema::{Allowed, COMMON, Key, Kind, PAYLOADS, Payload, Since, TOP_LEVEL};
use mailcfg::finding::Finding;
use profile::{Profile, Value};

/// What Apple published, one key a line.
const APPLE: &str = include_str!("profile_keys/apple.tsv");

/// What only says how a profile is written. None of them speaks of a right value.
const STRUCTURE: &[&str] = &[
    "duplicate-setting",
    "empty-label",
    "mail-sync-days",
    "misspelled-key",
    "missing-required-key",
    "syntax-error",
    "unknown-key",
    "unknown-value",
    "wrong-value-type",
];

/// One key in one place.
#[derive(Clone)]
struct Place {
    payload: Option<&'static Payload>,
    /// The dictionaries on the way to it, beginning in the payload.
    way: Vec<&'static str>,
    key: Key,
}

impl Place {
    fn path(&self) -> String {
        let way = self.way.iter().map(|part| format!("{part}.")).collect::<String>();
        let payload = if self.payload.is_some() { "PayloadContent[0]." } else { "" };
        format!("{payload}{way}{}", self.key.name)
    }

    fn profile(&self) -> Profile {
        Profile::right(self.payload)
    }

    fn findings(&self, profile: &Profile) -> Vec<Finding> {
        profile.findings().into_iter().filter(|finding| finding.location.key == self.path()).collect()
    }

    /// Which rules speak at this key.
    fn rules(&self, profile: &Profile) -> BTreeSet<&'static str> {
        self.findings(profile).iter().map(|finding| finding.rule).collect()
    }

    fn with(&self, value: &Value) -> Profile {
        self.profile().with(self.payload.is_some(), &self.way, self.key.name, value.clone())
    }
}

/// Every key of every payload, of the profile itself, and the common ones (in the mail payload).
fn places() -> Vec<Place> {
    let mut places = Vec::new();
    add(&mut places, None, &[], TOP_LEVEL);
    add(&mut places, Some(PAYLOADS[0]), &[], COMMON);
    for payload in PAYLOADS {
        add(&mut places, Some(payload), &[], payload.keys);
    }
    places
}

fn add(places: &mut Vec<Place>, payload: Option<&'static Payload>, way: &[&'static str], keys: &'static [Key]) {
    for key in keys {
        places.push(Place { payload, way: way.to_vec(), key: *key });
        if let Kind::Dict(inner) = key.kind {
            add(places, payload, &[way, &[key.name]].concat(), inner);
        }
    }
}

#[test]
fn the_schema_says_what_apple_published() {
    let rows: BTreeMap<(String, String), Vec<String>> = facts();
    let mut failures = Vec::new();
    let mut own = BTreeSet::new();
    for (title, payload, keys) in tables() {
        let mut places = Vec::new();
        add(&mut places, payload, &[], keys);
        for place in places.iter().filter(|place| place.key.published) {
            let path = [&place.way[..], &[place.key.name]].concat().join(".");
            let name = (title.to_owned(), path);
            let is_nested = !place.way.is_empty();
            match rows.get(&name) {
                None => failures.push(format!("{name:?} is not Apple's")),
                Some(facts) => failures.extend(
                    differences(&place.key, facts, is_nested).map(|difference| format!("{name:?}: {difference}")),
                ),
            }
            own.insert(name);
        }
    }
    failures.extend(rows.keys().filter(|name| !own.contains(*name)).map(|name| format!("{name:?} is missing")));
    assert!(rows.len() > 130, "only {} facts were read", rows.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn facts() -> BTreeMap<(String, String), Vec<String>> {
    let lines = APPLE.lines().filter(|line| !line.starts_with('#'));
    let cells = lines.map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    cells
        .filter(|cells| !cells[1].is_empty())
        .map(|cells| ((cells[0].clone(), cells[1].clone()), cells[2..].to_vec()))
        .collect()
}

fn tables() -> Vec<(&'static str, Option<&'static Payload>, &'static [Key])> {
    let own = PAYLOADS.iter().map(|payload| (payload.payload_type, Some(*payload), payload.keys));
    [("TopLevel", None, TOP_LEVEL), ("CommonPayloadKeys", None, COMMON)].into_iter().chain(own).collect()
}

/// Where a key of ours and a line of Apple's differ.
fn differences(key: &Key, facts: &[String], is_nested: bool) -> impl Iterator<Item = String> {
    let kind = match key.kind {
        Kind::Text => "string",
        Kind::Number => "integer",
        Kind::Real => "real",
        Kind::Flag => "boolean",
        Kind::Date => "date",
        Kind::Data => "data",
        Kind::Dicts => "array",
        Kind::Dict(_) | Kind::Texts => "dictionary",
        Kind::Any => "any",
    };
    let presence = if key.required { "required" } else { "optional" };
    let values = match key.allowed {
        Allowed::All => "-".to_owned(),
        Allowed::Texts(values) | Allowed::Numbers(values) => values.join(", "),
    };
    let mut ours = vec![kind.to_owned(), presence.to_owned(), values];
    if !is_nested {
        // What lies in a dictionary is known where the dictionary is.
        ours.extend([key.ios, key.macos, key.vision].map(since));
    }
    let pairs: Vec<_> = ours.into_iter().zip(facts.to_vec()).collect();
    pairs.into_iter().filter(|(ours, apple)| ours != apple).map(|(ours, apple)| format!("{ours} here, {apple} there"))
}

fn since(since: Since) -> String {
    match since {
        Since::Always => "-".to_owned(),
        Since::Version(version) => version.to_owned(),
        Since::Never => "n/a".to_owned(),
    }
}

#[test]
fn payloads_are_known_to_the_systems_that_apple_names() {
    let lines = APPLE.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let rows: Vec<_> = lines.filter(|cells| cells.len() > 8 && cells[1].is_empty()).collect();
    assert_eq!(rows.len(), PAYLOADS.len());
    for payload in PAYLOADS {
        let row = rows.iter().find(|row| row[0] == payload.payload_type).expect(payload.payload_type);
        assert_eq!([payload.ios, payload.macos, payload.vision].map(since), row[5..8], "{}", payload.payload_type);
    }
}

/// Apple marks the key of the mail payload with iOS 10 and says 12 of it in words, and of `SMIMEEnabled` only in words.
#[test]
fn keys_are_deprecated_where_apple_says_so() {
    let facts = facts();
    for place in places() {
        let Some(payload) = place.payload.filter(|_| place.way.is_empty()) else { continue };
        let marked = facts.get(&(payload.payload_type.to_owned(), place.key.name.to_owned())).map(|facts| &facts[6]);
        let ours = place.key.deprecated.map(|deprecated| deprecated.since);
        let is_in_words = payload.payload_type == "com.apple.mail.managed" && place.key.name.starts_with("SMIMEEnable");
        match marked.map(String::as_str) {
            None | Some("-") => assert!(ours.is_none() || is_in_words, "{}", place.path()),
            Some(_) if is_in_words => assert!(ours.is_some(), "{}", place.path()),
            Some(version) => {
                let version = format!("iOS {}", version.trim_end_matches(".0"));
                assert_eq!(ours, Some(version.as_str()), "{}", place.path());
            }
        }
    }
}

#[test]
fn a_value_of_another_type_is_found_at_every_key() {
    let mut failures = Vec::new();
    let mut tried = 0;
    for place in places().iter().filter(|place| !matches!(place.key.kind, Kind::Any)) {
        for value in Value::each_kind().iter().filter(|value| !value.is_of(place.key.kind)) {
            tried += 1;
            let rules = place.rules(&place.with(value));
            if !rules.contains("wrong-value-type") {
                failures.push(format!("{} with {value:?}: {rules:?}", place.path()));
            }
        }
    }
    println!("{tried} values of a wrong type");
    assert!(tried > 700, "only {tried} values were tried");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn what_is_no_value_of_a_setting_is_found() {
    let mut failures = Vec::new();
    let mut tried = 0;
    for place in places() {
        let wrong: Vec<Value> = match place.key.allowed {
            Allowed::All => continue,
            Allowed::Texts(values) => {
                let slip = values[0].to_uppercase();
                vec![Value::text("nothing of the kind"), Value::text(&slip), Value::text(&values[0][1..])]
            }
            Allowed::Numbers(_) => vec![Value::Number(-1), Value::Number(365)],
        };
        for value in wrong {
            tried += 1;
            let rules = place.rules(&place.with(&value));
            let is_days = place.key.name == "MailNumberOfPastDaysToSync";
            if !rules.contains(if is_days { "mail-sync-days" } else { "unknown-value" }) {
                failures.push(format!("{} with {value:?}: {rules:?}", place.path()));
            }
        }
    }
    assert!(tried >= 20, "only {tried} values were tried");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_required_key_that_is_missing_or_empty_is_found() {
    let mut failures = Vec::new();
    let mut tried = 0;
    for place in places().iter().filter(|place| place.key.required) {
        tried += 1;
        let without = place.profile().without(place.payload.is_some(), place.key.name);
        if !place.rules(&without).contains("missing-required-key") {
            failures.push(format!("{} is missing: {:?}", place.path(), place.rules(&without)));
        }
        let expected = match place.key.name {
            _ if !matches!(place.key.kind, Kind::Text) => continue,
            "PayloadUUID" => "invalid-payload-uuid",
            name if name.ends_with("MailServerHostName") => "missing-host",
            _ => "missing-required-key",
        };
        let rules = place.rules(&place.with(&Value::text("")));
        if !rules.contains(expected) {
            failures.push(format!("{} is empty: {rules:?}", place.path()));
        }
    }
    assert!(tried >= 15, "only {tried} keys are required");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_slip_of_the_pen_in_a_key_is_found() {
    let mut failures = Vec::new();
    for place in places().iter().filter(|place| place.key.published && place.key.name.len() >= 8) {
        let name = place.key.name;
        let slip = format!("{}{}", &name[..name.len() - 3], &name[name.len() - 2..]);
        let right = profile::right(place.payload.is_some(), &place.key)[0].clone();
        let profile = place.profile().without(place.payload.is_some(), name);
        let profile = profile.with(place.payload.is_some(), &place.way, &slip, right);
        let path = place.path().replace(name, &slip);
        let is_found = |finding: &Finding| {
            finding.rule == "misspelled-key"
                && finding.location.key == path
                && finding.expected.as_ref().is_some_and(|meant| meant.to_string() == place.path())
        };
        if !profile.findings().iter().any(is_found) {
            failures.push(format!("{slip} for {}", place.path()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_right_value_is_right_at_every_key() {
    let mut failures = Vec::new();
    let mut tried = 0;
    for place in places() {
        for value in profile::right(place.payload.is_some(), &place.key) {
            tried += 1;
            let profile = place.with(&value);
            for finding in profile.findings().iter().filter(|finding| STRUCTURE.contains(&finding.rule)) {
                failures.push(format!("{} with {value:?}: {} {}", place.path(), finding.rule, finding.location.key));
            }
            let is_used = !matches!(value, Value::Flag(false));
            let is_deprecated = place.rules(&profile).contains("deprecated-key");
            if is_deprecated != (is_used && place.key.deprecated.is_some()) {
                failures.push(format!("{} with {value:?}: deprecated {is_deprecated}", place.path()));
            }
        }
    }
    println!("{tried} right values");
    assert!(tried > 150, "only {tried} values were tried");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_key_that_nobody_knows_is_told_in_mail_accounts_and_nowhere_else() {
    for payload in PAYLOADS {
        let profile = Profile::right(Some(payload)).with(true, &[], "CompanyColour", Value::text("blue"));
        let found = profile.findings().iter().any(|finding| finding.rule == "unknown-key");
        assert_eq!(found, payload.is_mail, "{}", payload.payload_type);
    }
    let profile = Profile::right(None).with(false, &[], "CompanyColour", Value::text("blue"));
    assert!(profile.findings().iter().all(|finding| finding.rule != "unknown-key"));
}

#[test]
fn a_secret_of_the_wrong_type_is_not_told() {
    let is_secret = |place: &&Place| place.key.name.ends_with("Password") && matches!(place.key.kind, Kind::Text);
    for place in places().iter().filter(is_secret) {
        for value in [Value::Number(73_917_391), Value::text("73917391 open sesame")] {
            for finding in place.with(&value).findings() {
                let said = format!("{:?} {:?} {:?} {:?}", finding.message, finding.help, finding.found, finding.fix);
                assert!(!said.contains("7391"), "{}: {said}", place.path());
            }
        }
    }
}

#[test]
fn the_page_lists_every_key() {
    let mut text = String::new();
    for (title, payload, keys) in tables() {
        let heading = match (title, payload) {
            (_, Some(payload)) => format!("### {} (`{}`)", payload.title, payload.payload_type),
            ("TopLevel", _) => "### The profile itself".to_owned(),
            _ => "### Every payload".to_owned(),
        };
        let systems = payload.map(|payload| format!("{}\n\n", systems(payload.ios, payload.macos, payload.vision)));
        let mut places = Vec::new();
        add(&mut places, payload, &[], keys);
        let rows: String = places.iter().map(row).collect();
        let head = "| key | type | required | values | known to | |\n|---|---|---|---|---|---|";
        text += &format!("{heading}\n\n{}{head}\n{rows}\n", systems.unwrap_or_default());
    }
    snapshot::hold_in("docs/profiles.md", "keys", &text);
}

fn row(place: &Place) -> String {
    let key = &place.key;
    let name = [&place.way[..], &[key.name]].concat().join(".");
    let kind = match key.kind {
        Kind::Text => "text",
        Kind::Number => "whole number",
        Kind::Real => "number",
        Kind::Flag => "true or false",
        Kind::Date => "date",
        Kind::Data => "data",
        Kind::Dicts => "list of dictionaries",
        Kind::Dict(_) => "dictionary",
        Kind::Texts => "dictionary of texts",
        Kind::Any => "not checked",
    };
    let values = match key.allowed {
        Allowed::All => String::new(),
        Allowed::Texts(values) | Allowed::Numbers(values) => values.join(", "),
    };
    let remark = match (key.deprecated, key.published) {
        (Some(deprecated), _) if deprecated.ignored => format!("no effect since {}", deprecated.since),
        (Some(deprecated), _) => format!("deprecated since {}", deprecated.since),
        (None, false) => "not in the schema".to_owned(),
        (None, true) => String::new(),
    };
    let systems = systems(key.ios, key.macos, key.vision);
    let required = if key.required { "yes" } else { "" };
    format!("| `{name}` | {kind} | {required} | {values} | {systems} | {remark} |\n")
}

fn systems(ios: Since, macos: Since, vision: Since) -> String {
    let system = |name: &str, since| match since {
        Since::Always => None,
        Since::Version(version) => Some(format!("{name} {version}")),
        Since::Never => Some(format!("not {name}")),
    };
    let parts = [system("iOS", ios), system("macOS", macos), system("visionOS", vision)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

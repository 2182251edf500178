//! The answer for programs: schema 1. Keys are only ever added.
//!
//! Keys and the words of provider files (`app-password`, `starttls`) are English in every language; sentences are in the
//! user's. What is not known is `null` or an empty list, never left out. Without an answer `provider` is `null`, and `message` and
//! `did_you_mean` say why.

use serde::Serialize;
use serde_json::Value;

use super::{Answer, By, Options, Unresolved, words};
use crate::account::{Authentication, Protocol, Security};
use crate::date::Date;
use crate::message;
use crate::provider::{
    Access, Answer as Known, Grade, Note, Oauth, PasswordKind, RetiredHost, STALE_AFTER_MONTHS, ServerSet, Status,
    Switch, UsernameForm,
};
use crate::report::{in_a_row, pretty_json};

/// The version of the form; a program that knows it can read all later additions.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    address: Option<&'a str>,
    domain: Option<&'a str>,
    provider: Provider<'a>,
    found_by: &'static str,
    mx: Option<&'a str>,
    access: Access,
    ended: Option<String>,
    servers: Vec<Server<'a>>,
    password: Password<'a>,
    switches: Vec<Step>,
    former_servers: Vec<Former<'a>>,
    note: Option<String>,
    checked: String,
    is_old: bool,
    confidence: Grade,
    sources: &'a [std::borrow::Cow<'static, str>],
}

#[derive(Serialize)]
struct Provider<'a> {
    id: &'a str,
    name: String,
}

/// `recommended`: the one to set up for its protocol. The first user name is the best.
#[derive(Serialize)]
struct Server<'a> {
    protocol: Protocol,
    host: &'a str,
    host_is_pattern: bool,
    port: u16,
    security: Security,
    status: Status,
    recommended: bool,
    authentication: &'a [Authentication],
    usernames: Vec<Username>,
    domains: &'a [std::borrow::Cow<'static, str>],
    confidence: Grade,
    source: Option<&'a str>,
    note: Option<String>,
}

#[derive(Serialize)]
struct Username {
    form: UsernameForm,
    value: Option<String>,
}

#[derive(Serialize)]
struct Password<'a> {
    kind: PasswordKind,
    kind_with_two_factor: Option<PasswordKind>,
    explanation: String,
    oauth: Oauth,
    login_refused_since: Option<String>,
    needs_two_factor: bool,
    get: Option<String>,
    url: Option<&'a str>,
    shown_again: Option<bool>,
    reissue: Option<String>,
    confidence: Grade,
}

#[derive(Serialize)]
struct Step {
    protocols: Vec<Protocol>,
    text: String,
    url: Option<String>,
}

/// A host without a port is meant with every port.
#[derive(Serialize)]
struct Former<'a> {
    protocols: Vec<Protocol>,
    host: &'a str,
    port: Option<u16>,
    security: Option<Security>,
    status: Status,
    until: Option<String>,
    successor: Option<&'a str>,
    note: Option<String>,
}

#[derive(Serialize)]
struct Missing<'a> {
    schema: u32,
    provider: Value,
    message: String,
    did_you_mean: &'a [String],
}

/// Prints the answer as one JSON object. Ends with a line feed.
pub fn json(answer: &Answer<'_>, options: &Options) -> String {
    let provider = answer.provider;
    pretty_json(&Document {
        schema: SCHEMA,
        address: answer.address.as_deref(),
        domain: answer.domain.as_deref(),
        provider: Provider { id: &provider.id, name: options.style.tell(&provider.title()) },
        found_by: match answer.by {
            By::Domain => "domain",
            By::Mx(_) => "mx",
            By::Name => "name",
        },
        mx: if let By::Mx(host) = &answer.by { Some(host) } else { None },
        access: provider.access,
        ended: provider.ended.map(day),
        servers: servers(answer, options),
        password: password(answer, options),
        switches: provider.switches.iter().map(|item| step(item, options)).collect(),
        former_servers: former(answer, options),
        note: provider.note.as_ref().map(|note| said(note, options)),
        checked: day(provider.checked),
        is_old: provider.checked.months_until(options.today) >= STALE_AFTER_MONTHS,
        confidence: provider.confidence,
        sources: &provider.sources,
    })
}

/// Says as one JSON object that there is no answer. Ends with a line feed.
pub fn json_unresolved(unresolved: &Unresolved, options: &Options) -> String {
    let style = &options.style;
    let (message, near): (_, &[String]) = match unresolved {
        Unresolved::Invalid { input, why } => {
            (message!("This is no mail address: {input} ({why}).", input = input, why = why), &[])
        }
        Unresolved::Several { what, which } => {
            (message!("Several providers go by the name {what}.", what = what), which)
        }
        Unresolved::Unknown { what, is_domain: true, near, .. } => {
            (message!("No official settings are known for {what}.", what = what), near)
        }
        Unresolved::Unknown { what, near, .. } => {
            (message!("No provider of the name {what} is known.", what = what), near)
        }
    };
    pretty_json(&Missing { schema: SCHEMA, provider: Value::Null, message: style.tell(&message), did_you_mean: near })
}

fn day(date: Date) -> String {
    date.to_string()
}

fn said(note: &Note, options: &Options) -> String {
    options.style.tell(&note.message())
}

fn servers<'a>(answer: &Answer<'a>, options: &Options) -> Vec<Server<'a>> {
    let (first, others) = answer.recommended();
    let first = first.into_iter().map(|set| (set, true));
    first
        .chain(others.into_iter().map(|set| (set, false)))
        .map(|(set, best)| server(set, best, answer, options))
        .collect()
}

fn server<'a>(set: &'a ServerSet, recommended: bool, answer: &Answer<'a>, options: &Options) -> Server<'a> {
    Server {
        protocol: set.protocol,
        host: &set.host,
        host_is_pattern: set.host.contains('*'),
        port: set.port,
        security: set.security,
        status: set.status,
        recommended,
        authentication: &set.authentication,
        usernames: set.username.iter().map(|form| username(*form, answer)).collect(),
        domains: &set.domains,
        confidence: set.grade(answer.provider),
        source: set.source(answer.provider),
        note: set.note.as_ref().map(|note| said(note, options)),
    }
}

fn username(form: UsernameForm, answer: &Answer<'_>) -> Username {
    let address = answer.username_address(form);
    let value = address.filter(|_| form != UsernameForm::IssuedId);
    Username { form, value: value.map(|address| form.in_words(Some(address)).to_string()) }
}

fn password<'a>(answer: &Answer<'a>, options: &Options) -> Password<'a> {
    let password = &answer.provider.password;
    let style = &options.style;
    let sentence = words::password_sentence(password.kind);
    let remarks = words::password_remarks(password);
    let explanation: Vec<String> =
        std::iter::once(&sentence).chain(&remarks).map(|message| style.tell(message)).collect();
    Password {
        kind: password.kind,
        kind_with_two_factor: password.kind_with_two_factor,
        explanation: in_a_row(&explanation),
        oauth: password.oauth,
        login_refused_since: password.login_refused_since.map(day),
        needs_two_factor: password.needs_two_factor,
        get: password.get.as_ref().map(|note| said(note, options)),
        url: password.url.as_deref(),
        shown_again: match password.shown_again {
            Known::Yes => Some(true),
            Known::No => Some(false),
            Known::Unknown => None,
        },
        reissue: password.reissue.as_ref().map(|note| said(note, options)),
        confidence: password.confidence.unwrap_or(answer.provider.confidence),
    }
}

fn step(switch: &Switch, options: &Options) -> Step {
    Step {
        protocols: switch.protocols.to_vec(),
        text: said(&switch.what, options),
        url: switch.url.as_ref().map(ToString::to_string),
    }
}

fn former<'a>(answer: &Answer<'a>, options: &Options) -> Vec<Former<'a>> {
    let sets = answer.former_sets().into_iter().map(|set| Former {
        protocols: vec![set.protocol],
        host: &set.host,
        port: Some(set.port),
        security: Some(set.security),
        status: set.status,
        until: set.until.map(day),
        successor: None,
        note: set.note.as_ref().map(|note| said(note, options)),
    });
    let host = |host: &'a RetiredHost| Former {
        protocols: host.protocols.to_vec(),
        host: &host.host,
        port: None,
        security: None,
        status: host.status,
        until: host.until.map(day),
        successor: host.successor.as_deref(),
        note: host.note.as_ref().map(|note| said(note, options)),
    };
    sets.chain(answer.provider.retired_hosts.iter().map(host)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::resolve;
    use super::*;
    use crate::provider::Providers;
    use crate::report::Style;

    fn options() -> Options {
        Options { today: Date::new(2026, 11, 24), style: Style::default() }
    }

    #[test]
    fn the_first_server_is_the_one_to_set_up() {
        let providers = Providers::embedded();
        let answer = resolve("taro@icloud.com", &[], &providers).unwrap();
        let value: Value = serde_json::from_str(&json(&answer, &options())).unwrap();
        assert_eq!(value["schema"], 1);
        assert_eq!(value["provider"]["id"], "icloud");
        let first = &value["servers"][0];
        assert_eq!((&first["host"], &first["port"]), (&Value::from("imap.mail.me.com"), &Value::from(993)));
        assert_eq!(first["usernames"][0], serde_json::json!({ "form": "local-part", "value": "taro" }));
        assert_eq!(first["usernames"][2], serde_json::json!({ "form": "issued-id", "value": null }));
        assert_eq!(value["password"]["kind"], "app-password");
        assert_eq!(value["password"]["shown_again"], false);
    }

    #[test]
    fn no_answer_is_an_answer() {
        let unresolved = resolve("taro@gmial.com", &[], &Providers::embedded()).unwrap_err();
        let value: Value = serde_json::from_str(&json_unresolved(&unresolved, &options())).unwrap();
        assert!(value["provider"].is_null());
        assert_eq!(value["did_you_mean"], serde_json::json!(["gmail.com"]));
    }
}

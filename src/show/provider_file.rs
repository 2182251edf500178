//! The facts as a provider file, laid out as those in `profiles/` are: to keep, to change, to hand to others.
//!
//! Keys stand in the order of the types; what equals the default is left out, so that the file reads back as the same provider.

use serde::Serialize;

use crate::account::Protocol;
use crate::date::Date;
use crate::finding::Message;
use crate::provider::{
    Access, Answer, Note, Oauth, Password, Provider, RetiredHost, ServerSet, Switch, Text, UsernameForm,
};
use crate::report::{Style, wrap};

/// Longer lists stand one item a line.
const WIDEST: usize = 120;

/// Words to stand above a key, for whoever is to complete the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The key, as `profiles check` names it: `checked`, `password.kind`, `server[2].username`. It need not have a value.
    pub key: String,
    /// What to say there.
    pub text: Message,
}

/// Writes the provider's file. Ends with a line feed.
pub fn provider_file(provider: &Provider) -> String {
    provider_file_with(provider, &[], &Style::default())
}

/// Writes the provider's file with comments. Ends with a line feed.
pub fn provider_file_with(provider: &Provider, comments: &[Comment], style: &Style) -> String {
    let mut file = File { out: String::new(), table: String::new(), counts: Vec::new(), comments, style };
    head(&mut file, provider);
    file.table("[password]");
    password(&mut file, &provider.password);
    provider.switches.iter().for_each(|item| switch(&mut file, item));
    provider.servers.iter().for_each(|set| server(&mut file, set));
    provider.retired_hosts.iter().for_each(|host| retired_host(&mut file, host));
    file.out
}

fn head(file: &mut File<'_>, provider: &Provider) {
    file.key("name", &provider.name);
    file.option("name-ja", provider.name_ja.as_ref());
    file.list("domains", &provider.domains);
    file.flag("custom-domains", provider.custom_domains);
    file.list("mx", &provider.mx);
    file.list("webmail", &provider.webmail);
    file.list("mx-hosts", &provider.mx_hosts);
    file.list("allowed-hosts", &provider.allowed_hosts);
    file.list("siblings", &provider.siblings);
    file.day("ended", provider.ended);
    file.unless("access", provider.access, Access::Servers);
    file.flag("own-smtp-required", provider.own_smtp_required);
    file.list::<Protocol>("not-offered", &provider.not_offered);
    file.day("checked", Some(provider.checked));
    file.key("confidence", &provider.confidence);
    file.list("sources", &provider.sources);
    file.note("note", provider.note.as_ref());
}

fn password(file: &mut File<'_>, password: &Password) {
    file.key("kind", &password.kind);
    file.option("kind-with-two-factor", password.kind_with_two_factor.as_ref());
    file.unless("oauth", password.oauth, Oauth::No);
    file.day("login-refused-since", password.login_refused_since);
    file.flag("needs-two-factor", password.needs_two_factor);
    file.note("get", password.get.as_ref());
    file.option("url", password.url.as_ref());
    file.unless("shown-again", password.shown_again, Answer::Unknown);
    file.note("reissue", password.reissue.as_ref());
    file.option("confidence", password.confidence.as_ref());
    file.list("sources", &password.sources);
}

fn switch(file: &mut File<'_>, switch: &Switch) {
    file.table("[[switch]]");
    file.list::<Protocol>("protocols", &switch.protocols);
    file.key("en", &switch.what.en);
    file.option("ja", switch.what.ja.as_ref());
    file.option("url", switch.url.as_ref());
}

fn server(file: &mut File<'_>, set: &ServerSet) {
    file.table("[[server]]");
    file.key("protocol", &set.protocol);
    file.key("host", &set.host);
    file.key("port", &set.port);
    file.key("security", &set.security);
    file.key("status", &set.status);
    file.list("authentication", &set.authentication);
    file.list::<UsernameForm>("username", &set.username);
    file.list("domains", &set.domains);
    file.day("since", set.since);
    file.day("until", set.until);
    file.option("confidence", set.confidence.as_ref());
    file.list("sources", &set.sources);
    file.note("note", set.note.as_ref());
}

fn retired_host(file: &mut File<'_>, host: &RetiredHost) {
    file.table("[[retired-host]]");
    file.key("host", &host.host);
    file.list("protocols", &host.protocols);
    file.key("status", &host.status);
    file.day("until", host.until);
    file.option("successor", host.successor.as_ref());
    file.flag("same-login", host.same_login);
    file.option("confidence", host.confidence.as_ref());
    file.list("sources", &host.sources);
    file.note("note", host.note.as_ref());
}

/// A TOML file, written from top to bottom.
struct File<'a> {
    out: String,
    /// What stands before the names of keys: nothing, `password.`, `server[2].`.
    table: String,
    /// How many tables of a list there are so far.
    counts: Vec<(String, usize)>,
    comments: &'a [Comment],
    style: &'a Style,
}

impl File<'_> {
    fn table(&mut self, head: &str) {
        self.out.push_str(&format!("\n{head}\n"));
        let name = head.trim_matches(['[', ']']);
        if !head.starts_with("[[") {
            self.table = format!("{name}.");
            return;
        }
        let count = match self.counts.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.counts.push((name.to_owned(), 0));
                0
            }
        };
        self.table = format!("{name}[{count}].");
    }

    /// What is to be said above a key, whether it has a value or not.
    fn comment(&mut self, key: &str) {
        let key = format!("{}{key}", self.table);
        for comment in self.comments.iter().filter(|comment| comment.key == key) {
            for line in wrap(&self.style.tell(&comment.text), WIDEST - 2) {
                self.out.push_str(&format!("# {line}\n"));
            }
        }
    }

    fn line(&mut self, key: &str, value: &str) {
        self.out.push_str(&format!("{key} = {value}\n"));
    }

    fn key<T: Serialize>(&mut self, key: &str, value: &T) {
        self.comment(key);
        self.line(key, &literal(value));
    }

    fn option<T: Serialize>(&mut self, key: &str, value: Option<&T>) {
        match value {
            Some(value) => self.key(key, value),
            None => self.comment(key),
        }
    }

    fn unless<T: Serialize + PartialEq>(&mut self, key: &str, value: T, default: T) {
        self.option(key, (value != default).then_some(&value));
    }

    fn flag(&mut self, key: &str, value: bool) {
        self.unless(key, value, false);
    }

    fn day(&mut self, key: &str, day: Option<Date>) {
        self.comment(key);
        if let Some(day) = day {
            self.line(key, &day.to_string());
        }
    }

    fn list<T: Serialize>(&mut self, key: &str, items: &[T]) {
        self.comment(key);
        if items.is_empty() {
            return;
        }
        let items: Vec<String> = items.iter().map(literal).collect();
        let line = format!("[{}]", items.join(", "));
        if key.len() + 3 + line.len() <= WIDEST {
            return self.line(key, &line);
        }
        let items: String = items.iter().map(|item| format!("    {item},\n")).collect();
        self.line(key, &format!("[\n{items}]"));
    }

    fn note(&mut self, key: &str, note: Option<&Note>) {
        self.comment(key);
        let Some(note) = note else { return };
        let japanese = note.ja.as_ref().map(|ja: &Text| format!(", ja = {}", literal(ja))).unwrap_or_default();
        self.line(key, &format!("{{ en = {}{japanese} }}", literal(&note.en)));
    }
}

/// A text, a number or a word of the schema as TOML writes it. Nothing else comes here, so nothing can fail.
fn literal<T: Serialize>(value: &T) -> String {
    match toml::Value::try_from(value) {
        // Always on one line: the writer would put a text with line feeds between three quotes, which no inline table takes.
        Ok(toml::Value::String(text)) => quoted(&text),
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

/// A TOML basic string. What could act on a terminal is escaped too.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if crate::report::printable(character.encode_utf8(&mut [0; 4])) != character.to_string() => {
                out.push_str(&format!("\\U{:08X}", u32::from(character)));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::provider::Providers;

    fn read_back(provider: &Provider) -> Provider {
        let text = provider_file(provider);
        let read: Provider = toml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        Provider { id: provider.id.clone(), ..read }
    }

    #[test]
    fn every_provider_reads_back_as_itself() {
        for provider in Providers::embedded().iter() {
            assert_eq!(&read_back(provider), provider);
        }
    }

    #[test]
    fn comments_stand_above_their_keys_and_change_nothing() {
        let providers = Providers::embedded();
        let provider = providers.get("gmail").expect("embedded");
        let keys = ["name", "ended", "password.kind", "server[0].host", "server[3].since", "server[3].until"];
        let comment =
            |key: &str| Comment { key: key.to_owned(), text: Message::verbatim(format!("about {key}\n\u{1b}")) };
        let comments = keys.map(comment);
        let text = provider_file_with(provider, &comments, &Style::default());
        let read: Provider = toml::from_str(&text).expect("it is TOML");
        assert_eq!(&Provider { id: provider.id.clone(), ..read }, provider);
        for key in keys {
            assert_eq!(text.matches(&format!("# about {key}")).count(), 1, "{text}");
        }
        assert!(text.contains("# about password.kind\n") && !text.contains('\u{1b}'), "{text}");
        let kept: String = text.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect();
        assert_eq!(kept, provider_file(provider));
    }

    proptest! {
        #[test]
        fn any_text_reads_back_as_itself(name in any::<String>(), ja in any::<Option<String>>(), host in any::<String>()) {
            let providers = Providers::embedded();
            let mut provider = providers.get("gmail").expect("embedded").clone();
            provider.name = name.into();
            provider.domains = vec![host.clone().into(); 9].into();
            provider.note = Some(Note { en: host.into(), ja: ja.map(Text::from) });
            provider.switches.to_mut()[0].what.en = provider.name.clone();
            prop_assert_eq!(read_back(&provider), provider);
        }
    }
}

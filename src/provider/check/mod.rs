//! Judges provider files: what they mean, not how they are written (that is `reading`).
//!
//! `mailcfg profiles check` runs it over a company's folder, a test over `profiles/`. An error makes a file wrong or useless, a
//! warning makes it less trustworthy. Pure: names and bytes in, findings out.

mod names;
mod servers;

use names::{is_catch_all, is_name, is_placeholder};

use super::reading::read_written;
use super::{Access, Provider, Providers, STALE_AFTER_MONTHS, ServerSet, Text};
use crate::date::Date;
use crate::finding::{Confidence, Finding, Message, Severity};
use crate::message;
use crate::strict_toml::{Step, Written};

/// A provider file to judge.
#[derive(Clone, Copy, Debug)]
pub struct ProviderFile<'a> {
    /// Its name without `.toml`: the provider's id.
    pub id: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
}

/// Judges files that lie in one folder, against each other and the embedded ones. The findings of each file are in the order of
/// `files`; each carries the file's index as its document.
pub fn check(files: &[ProviderFile<'_>], today: Date) -> Vec<Finding> {
    let read: Vec<_> = files.iter().map(|file| read_written(file.id, file.bytes)).collect();
    let good: Vec<&Provider> =
        read.iter().filter_map(|read| read.as_ref().ok().map(|(provider, _)| provider)).collect();
    let embedded = Providers::embedded();
    let ids: Vec<&str> = files.iter().map(|file| file.id).collect();
    let mut findings = Vec::new();
    for (index, (file, read)) in files.iter().zip(&read).enumerate() {
        let mut found = match read {
            Ok((provider, written)) => {
                let text = std::str::from_utf8(file.bytes).unwrap_or_default();
                let mut judge = Judge {
                    provider,
                    written,
                    text,
                    good: &good,
                    ids: &ids,
                    embedded: &embedded,
                    today,
                    found: Vec::new(),
                };
                judge.all();
                judge.found
            }
            Err(findings) => findings.clone(),
        };
        found.iter_mut().for_each(|finding| finding.document = index);
        found.sort_by_key(|finding| (finding.location.span, finding.rule));
        findings.extend(found);
    }
    findings
}

struct Judge<'a> {
    provider: &'a Provider,
    written: &'a Written<'a>,
    text: &'a str,
    /// Every file of the folder that could be read, this one among them.
    good: &'a [&'a Provider],
    /// The ids of all files of the folder, readable or not.
    ids: &'a [&'a str],
    embedded: &'a Providers,
    today: Date,
    found: Vec<Finding>,
}

use Step::{Item, Key};

impl Judge<'_> {
    fn all(&mut self) {
        self.names();
        self.domains();
        self.siblings();
        self.dates();
        self.sources();
        self.use_of_servers();
        for (index, set) in self.provider.servers.iter().enumerate() {
            self.pair(index, set);
            self.end_of_set(index, set);
            self.domains_of_set(index, set);
        }
        for index in 0..self.provider.retired_hosts.len() {
            self.retired_host(index);
        }
    }

    fn say(&mut self, severity: Severity, rule: &'static str, path: &[Step<'_>], texts: [Message; 3]) {
        let [what, why, help] = texts;
        let place = self.written.place(path, self.text);
        let finding = Finding::new(rule, dotted(path), place, what).graded(severity, Confidence::High);
        self.found.push(finding.because(why).help(help));
    }

    /// Every name of a host or domain in the file, with the way to it.
    fn names(&mut self) {
        let p = self.provider;
        let lists: [(&str, &[Text]); 5] = [
            ("domains", &p.domains),
            ("mx", &p.mx),
            ("webmail", &p.webmail),
            ("mx-hosts", &p.mx_hosts),
            ("allowed-hosts", &p.allowed_hosts),
        ];
        for (key, names) in lists {
            for (index, name) in names.iter().enumerate() {
                self.name(name, &[Key(key), Item(index)]);
            }
        }
        for (index, set) in p.servers.iter().enumerate() {
            self.name(&set.host, &[Key("server"), Item(index), Key("host")]);
        }
        for (index, host) in p.retired_hosts.iter().enumerate() {
            self.name(&host.host, &[Key("retired-host"), Item(index), Key("host")]);
        }
    }

    fn name(&mut self, name: &str, path: &[Step<'_>]) {
        let why = "names are compared letter by letter, so this one never fits";
        if name.chars().any(char::is_uppercase) {
            let help = message!("write {name}", name = name.to_lowercase());
            let what = message!("{name} has capital letters", name = name);
            self.say(Severity::Error, "upper-case", path, [what, why.into(), help]);
        } else if is_placeholder(name) {
            let what = message!("{name} is no name of a host but a place to fill one in", name = name);
            let help = "write the name itself; where it differs from customer to customer, write * for that part";
            self.say(Severity::Error, "placeholder", path, [what, why.into(), help.into()]);
        } else if !is_name(name) {
            let what = message!("{name} is no name of a host or domain", name = name);
            let help = "write it alone, without blanks, port or https://; a name in another script in its xn-- form";
            self.say(Severity::Error, "not-a-name", path, [what, why.into(), help.into()]);
        } else if is_catch_all(name) {
            let what = message!("{name} fits the names of very many others", name = name);
            let why = "all of them would be taken for this provider's";
            let help = "name the domains, or put the * below the provider's own name: *.example.jp";
            self.say(Severity::Error, "catch-all", path, [what, why.into(), help.into()]);
        }
    }

    /// A domain belongs to one provider.
    fn domains(&mut self) {
        let domains = &self.provider.domains;
        for (index, domain) in domains.iter().enumerate() {
            let path = [Key("domains"), Item(index)];
            if domains[..index].contains(domain) {
                let texts = [
                    message!("{domain} stands here twice", domain = domain),
                    "once is enough".into(),
                    "take it out".into(),
                ];
                self.say(Severity::Warning, "duplicate-domain", &path, texts);
            }
            let here = self.good.iter().find(|other| other.id != self.provider.id && other.domains.contains(domain));
            if let Some(other) = here {
                let what = message!("{domain} is claimed by {other}.toml as well", domain = domain, other = other.id);
                let help = "leave it in one of the two files";
                self.say(
                    Severity::Error,
                    "duplicate-domain",
                    &path,
                    [what, "only one of the two is ever found".into(), help.into()],
                );
            } else if let Some(other) = self.embedded_elsewhere(domain) {
                let what = message!(
                    "{domain} belongs to {other}, which mailcfg knows already",
                    domain = domain,
                    other = other
                );
                let help = "leave it so if that is meant; otherwise take the domain out";
                let why = "your file outranks what is built in";
                self.say(Severity::Warning, "duplicate-domain", &path, [what, why.into(), help.into()]);
            }
        }
    }

    /// The embedded provider that claims `domain`, unless a file of the folder has taken its place.
    fn embedded_elsewhere(&self, domain: &str) -> Option<Text> {
        let other = self.embedded.iter().find(|other| other.domains.iter().any(|known| known == domain))?;
        (!self.ids.contains(&&*other.id)).then(|| other.id.clone())
    }

    fn siblings(&mut self) {
        for (index, sibling) in self.provider.siblings.iter().enumerate() {
            if self.ids.contains(&&**sibling) || self.embedded.get(sibling).is_some() {
                continue;
            }
            let what = message!("there is no provider {sibling}", sibling = sibling);
            let why = "siblings are named by the file they stand in, without .toml";
            let help = "`mailcfg list providers` names them all";
            self.say(
                Severity::Error,
                "unknown-sibling",
                &[Key("siblings"), Item(index)],
                [what, why.into(), help.into()],
            );
        }
    }

    fn dates(&mut self) {
        let checked = self.provider.checked;
        if checked > self.today {
            let what = message!("{day} is still to come", day = checked);
            let texts =
                [what, "nobody can have looked on that day".into(), "write the day on which somebody looked".into()];
            self.say(Severity::Error, "checked-in-future", &[Key("checked")], texts);
        } else if checked.months_until(self.today) >= STALE_AFTER_MONTHS {
            let what = message!("nobody has looked at these facts since {day}", day = checked);
            let why = "providers change hosts and passwords; old facts count less";
            let help = "compare every value with its source, then set the day anew";
            self.say(Severity::Warning, "stale", &[Key("checked")], [what, why.into(), help.into()]);
        }
    }

    fn sources(&mut self) {
        let p = self.provider;
        let is_bare = |set: &ServerSet| set.sources.is_empty();
        if !p.sources.is_empty() || !p.servers.iter().any(is_bare) {
            return;
        }
        let why = "people are sent there to see for themselves";
        let help = "add sources = [\"https://…\"], the most telling page first";
        self.say(
            Severity::Warning,
            "no-source",
            &[Key("name")],
            ["no source is named".into(), why.into(), help.into()],
        );
    }

    /// A provider that mail programs can use has a way in.
    fn use_of_servers(&mut self) {
        let p = self.provider;
        let needs_none = p.access != Access::Servers || p.ended.is_some() || !p.allowed_hosts.is_empty();
        if needs_none || p.servers.iter().any(ServerSet::is_usable) {
            return;
        }
        let what = message!("no server is named that mail programs should use");
        let why = "without one nothing can be compared";
        let help = "add [[server]] with status = \"preferred\", or say access = \"none\" or \"unknown\"";
        self.say(Severity::Warning, "no-server", &[Key("name")], [what, why.into(), help.into()]);
    }
}

/// `server[2].port`.
fn dotted(path: &[Step<'_>]) -> String {
    let steps = path.iter().map(|step| match step {
        Key(key) => format!(".{key}"),
        Item(index) => format!("[{index}]"),
    });
    steps.collect::<String>().trim_start_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "name = \"Example\"\ndomains = [\"example.jp\"]\nchecked = 2026-11-24\nconfidence = \"high\"\n\
                        sources = [\"https://example.jp\"]\n[password]\nkind = \"unknown\"\n";
    const SERVER: &str = "[[server]]\nprotocol = \"imap\"\nhost = \"imap.example.jp\"\nport = 993\nsecurity = \"tls\"\nstatus = \"preferred\"\n";
    const RETIRED: &str = "[[retired-host]]\nhost = \"old.example.jp\"\nstatus = \"retired\"\n";

    fn found(text: &str) -> Vec<(&'static str, Severity, String)> {
        let findings = check(&[ProviderFile { id: "example", bytes: text.as_bytes() }], Date::new(2026, 11, 24));
        let at = |finding: &Finding| finding.location.span.map_or("", |span| &text[span.range()]).to_owned();
        findings.iter().map(|finding| (finding.rule, finding.severity, at(finding))).collect()
    }

    #[test]
    fn each_mistake_is_found_at_its_place() {
        use Severity::{Error, Warning};
        let good = format!("{HEAD}{SERVER}");
        assert_eq!(found(&good), []);
        let with = |from: &str, to: &str| good.replace(from, to);
        let noted = |text: String| text + "note = { en = \"it is really so\" }\n";
        let cases = [
            (with("\"tls\"", "\"starttls\""), "impossible-pair", Error, "993"),
            (noted(with("\"tls\"", "\"starttls\"")), "impossible-pair", Warning, "993"),
            (with("993", "143"), "impossible-pair", Error, "143"),
            (with("993", "995"), "impossible-port", Error, "995"),
            (with("993", "0"), "impossible-port", Error, "0"),
            (with("imap.example.jp", "imap.<domain>"), "placeholder", Error, "\"imap.<domain>\""),
            (with("imap.example.jp", "imap.yourdomain.jp"), "placeholder", Error, "\"imap.yourdomain.jp\""),
            (with("imap.example.jp", "imap.example.jp "), "not-a-name", Error, "\"imap.example.jp \""),
            (with("imap.example.jp", "https://imap.example.jp"), "not-a-name", Error, "\"https://imap.example.jp\""),
            (with("[\"example.jp\"]", "[\"Example.jp\"]"), "upper-case", Error, "\"Example.jp\""),
            (with("[\"example.jp\"]", "[\"*.jp\"]"), "catch-all", Error, "\"*.jp\""),
            (with("[\"example.jp\"]", "[\"*.co.jp\"]"), "catch-all", Error, "\"*.co.jp\""),
            (with("[\"example.jp\"]", "[\"*\"]"), "catch-all", Error, "\"*\""),
            (with("[\"example.jp\"]", "[\"gmail.com\"]"), "duplicate-domain", Warning, "\"gmail.com\""),
            (with("\"example.jp\"]", "\"example.jp\", \"example.jp\"]"), "duplicate-domain", Warning, "\"example.jp\""),
            (with("2026-11-24", "2025-05-24"), "stale", Warning, "2025-05-24"),
            (with("2026-11-24", "2026-11-25"), "checked-in-future", Error, "2026-11-25"),
            (with("sources = [\"https://example.jp\"]\n", ""), "no-source", Warning, "\"Example\""),
            (with("checked", "siblings = [\"gmial\"]\nchecked"), "unknown-sibling", Error, "\"gmial\""),
            (HEAD.to_owned(), "no-server", Warning, "\"Example\""),
            (format!("{good}domains = [\"example.org\"]\n"), "foreign-domain", Error, "\"example.org\""),
            (format!("{good}{RETIRED}"), "undated-end", Warning, "\"retired\""),
            (
                format!("{good}{RETIRED}until = 2020-01-01\nsuccessor = \"new.example.jp\"\n"),
                "unknown-successor",
                Error,
                "\"new.example.jp\"",
            ),
            (
                format!("{good}{}", RETIRED.replace("retired\"\n", "accepted\"\n")),
                "wrong-status",
                Error,
                "\"accepted\"",
            ),
            (format!("{good}since = 2026-02-01\nuntil = 2026-01-01\n"), "impossible-days", Error, "2026-01-01"),
        ];
        for (text, rule, severity, at) in cases {
            assert_eq!(found(&text), [(rule, severity, at.to_owned())], "{text}");
        }
    }

    #[test]
    fn files_of_a_folder_are_compared() {
        let text = format!("{HEAD}{SERVER}");
        let files = ["a", "b"].map(|id| ProviderFile { id, bytes: text.as_bytes() });
        let findings = check(&files, Date::new(2026, 11, 24));
        let told: Vec<_> = findings.iter().map(|finding| (finding.document, finding.rule)).collect();
        assert_eq!(told, [(0, "duplicate-domain"), (1, "duplicate-domain")]);
        assert!(findings[0].message.to_string().contains("b.toml"));
    }
}

//! Every host that went away, or never was a server, is found where it still stands in somebody's settings; and where one host
//! took its place, the settings lead there afterwards.

#[allow(dead_code, reason = "shared with the tests of configurations that work, which use the rest")]
mod corpus;
#[allow(dead_code, reason = "shared with the tests that make files up")]
mod fixture;

use std::fmt;

use corpus::official::{filled, sample_domains, variants};
use corpus::sketch::{Format, Sketch};
use fixture::options;
use mailcfg::account::Protocol;
use mailcfg::date::Date;
use mailcfg::finding::{Applicability, Finding};
use mailcfg::fix::{self, Fixed};
use mailcfg::lint::{Input, Options, check, read};
use mailcfg::provider::{Grade, Provider, Providers, RetiredHost, ServerSet, Status};
use mailcfg::rules::{Context, Run};
use mailcfg::source::Source;

const PROTOCOLS: [Protocol; 3] = [Protocol::Imap, Protocol::Pop3, Protocol::Smtp];

fn findings(input: &Input) -> Vec<Finding> {
    let (documents, options) = ([read(input)], options());
    check(&Context::new(&Run::new(&documents), 0, &options.providers, options.today), input.client)
}

fn fixed(input: &Input, least: Applicability) -> Fixed {
    fix::fix(&Run::new(&[read(input)]), 0, input.client, least, &options())
}

/// A former host of a provider, for one protocol.
struct Former<'a> {
    provider: &'a Provider,
    protocol: Protocol,
    host: &'a str,
    status: Status,
    /// The entry that names what took its place.
    entry: Option<&'a RetiredHost>,
}

fn formers(provider: &Provider) -> Vec<Former<'_>> {
    let of_entry =
        |entry: &'_ RetiredHost, protocol: &Protocol| entry.protocols.is_empty() || entry.protocols.contains(protocol);
    let entries = provider.retired_hosts.iter().flat_map(|entry| {
        let protocols = PROTOCOLS.into_iter().filter(move |protocol| of_entry(entry, protocol));
        protocols.map(|protocol| Former {
            provider,
            protocol,
            host: &entry.host,
            status: entry.status,
            entry: Some(entry),
        })
    });
    let has_usable = |host: &str, protocol| {
        provider.servers.iter().any(|set| set.protocol == protocol && set.host == host && set.is_usable())
    };
    let sets = provider.servers.iter().filter(|set| !set.is_usable() && PROTOCOLS.contains(&set.protocol));
    let sets = sets.filter(|set| !has_usable(&set.host, set.protocol));
    let sets =
        sets.map(|set| Former { provider, protocol: set.protocol, host: &set.host, status: set.status, entry: None });
    entries.chain(sets).collect()
}

/// A mailbox whose server for one protocol is still a former one; else as the provider says, if it says anything.
struct Mailbox {
    format: Format,
    sketch: Sketch,
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}", self.format, self.sketch)
    }
}

impl Mailbox {
    /// The configuration, ready to be judged.
    fn input(&self) -> Input {
        let files = self.format.files(&self.sketch).into_iter();
        let sources = files.map(|(name, text)| Source::new(format!("mailbox/{name}"), text.into_bytes())).collect();
        Input { client: self.format.client(), sources, named: true, observed: Vec::new() }
    }

    fn host_of(&self, protocol: Protocol) -> &str {
        if protocol == Protocol::Smtp { &self.sketch.outgoing.host } else { &self.sketch.incoming.host }
    }
}

/// `None` where a client of this format has no words for the mailbox.
fn with_former_host(provider: &Provider, protocol: Protocol, host: &str, format: Format) -> Option<Mailbox> {
    let own = provider.servers.iter().find(|set| set.protocol == protocol && set.host == host);
    let domain = match own.and_then(|set| set.domains.first()) {
        Some(domain) => filled(domain),
        None => sample_domains(provider).remove(0),
    };
    let pick = |wanted: &dyn Fn(&ServerSet) -> bool| {
        let sets = provider.servers.iter().filter(|set| wanted(set) && set.is_for(Some(&domain)));
        sets.min_by_key(|set| set.status).expect("a provider with former hosts names servers")
    };
    let is_asked = provider.servers.iter().any(|set| set.protocol == protocol) && protocol.is_access();
    let incoming = pick(&|set| if is_asked { set.protocol == protocol } else { set.protocol.is_access() });
    let outgoing = pick(&|set| set.protocol == Protocol::Smtp);
    let sketches = variants(&format!("taro.yamada@{domain}"), (incoming, outgoing)).into_iter();
    let mut sketch = sketches.into_iter().find(|sketch| format.can_hold(sketch))?;
    let server = if protocol == Protocol::Smtp { &mut sketch.outgoing } else { &mut sketch.incoming };
    server.protocol = protocol;
    server.host = filled(host);
    Some(Mailbox { format, sketch })
}

/// The host that the settings name for a protocol.
fn host(input: &Input, protocol: Protocol) -> String {
    let account = read(input).accounts.remove(0);
    let server = account.incoming.into_iter().chain(account.outgoing).find(|server| server.protocol.value == protocol);
    server.map(|server| server.host_name()).unwrap_or_default()
}

fn after(input: &Input, least: Applicability) -> Input {
    Input { sources: fixed(input, least).after, ..input.clone() }
}

#[test]
fn every_former_host_is_found_and_mended_where_its_successor_is_known() {
    let providers = Providers::embedded();
    let (mut failures, mut found, mut mended) = (Vec::new(), 0, 0);
    for former in providers.iter().flat_map(formers) {
        for format in [Format::Prefs, Format::Profile, Format::Declaration] {
            let Some(mailbox) = with_former_host(former.provider, former.protocol, former.host, format) else {
                assert_ne!(format, Format::Prefs, "{}: Thunderbird can sign in anywhere", former.provider.id);
                continue;
            };
            found += 1;
            failures.extend(missed(&former, &mailbox));
            if former.entry.is_some_and(|entry| entry.successor.is_some()) {
                mended += 1;
                failures.extend(left(&former, &mailbox));
            }
        }
    }
    println!("{found} former hosts found, {mended} with a successor mended");
    assert!(found > 60 && mended > 30, "{found} former hosts, {mended} with a successor");
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

/// What is wrong with what is said of the host.
fn missed(former: &Former<'_>, mailbox: &Mailbox) -> Option<String> {
    let expected = if former.status == Status::Never { "not-a-mail-server" } else { "retired-host" };
    let said = findings(&mailbox.input());
    let at_host = said.iter().filter(|finding| {
        finding.found.as_ref().map(ToString::to_string).as_deref() == Some(mailbox.host_of(former.protocol))
    });
    let rules: Vec<&str> = at_host.map(|finding| finding.rule).collect();
    (!rules.contains(&expected)).then(|| format!("{mailbox}: {expected} expected for {}, {rules:?}", former.host))
}

/// What is wrong with the settings after the fix.
fn left(former: &Former<'_>, mailbox: &Mailbox) -> Option<String> {
    let entry = former.entry?;
    let successor = entry.successor.as_deref()?;
    let input = mailbox.input();
    let host_after = |least| host(&after(&input, least), former.protocol);
    if host_after(Applicability::Unsafe) != successor {
        return Some(format!("{mailbox}: not mended to {successor}, {}", host_after(Applicability::Unsafe)));
    }
    let mended = findings(&after(&input, Applicability::Unsafe));
    if mended.iter().any(|finding| ["retired-host", "not-a-mail-server"].contains(&finding.rule)) {
        return Some(format!("{mailbox}: still found after the fix"));
    }
    let grade = entry.confidence.unwrap_or(former.provider.confidence);
    let is_sure = entry.status == Status::Retired && entry.same_login && grade > Grade::Low;
    // In Thunderbird the incoming host is a part of folder addresses, so that it is never renamed by itself.
    let may = is_sure && (mailbox.format != Format::Prefs || former.protocol == Protocol::Smtp);
    let is_mended = host_after(Applicability::Safe) == successor;
    (may != is_mended).then(|| format!("{mailbox}: safely mended {is_mended}, expected {may}"))
}

/// A company that moved its server: what `docs/providers.md` tells people to write.
const MOVED: &str = r#"
name = "Example Mail"
domains = ["mail.example.co.jp"]
checked = 2026-11-24
confidence = "high"
sources = ["https://intranet.example.co.jp/mail"]
[password]
kind = "company"
[[server]]
protocol = "imap"
host = "imap.example.co.jp"
port = 993
security = "tls"
status = "preferred"
[[server]]
protocol = "smtp"
host = "smtp.example.co.jp"
port = 465
security = "tls"
status = "preferred"
[[retired-host]]
host = "old.example.co.jp"
protocols = ["imap"]
status = "retired"
until = 2026-01-01
successor = "imap.example.co.jp"
same-login = true
"#;

#[test]
fn a_host_with_one_successor_and_the_same_login_is_mended_safely() {
    for (from, to, expected) in [
        ("", "", "imap.example.co.jp"),
        ("same-login = true", "same-login = false", "old.example.co.jp"),
        ("status = \"retired\"", "status = \"legacy\"", "old.example.co.jp"),
        ("until = 2026-01-01", "confidence = \"low\"", "old.example.co.jp"),
    ] {
        let provider =
            mailcfg::provider::read("example-mail", MOVED.replace(from, to).as_bytes()).expect("it is right");
        let mailbox = with_former_host(&provider, Protocol::Imap, "old.example.co.jp", Format::Profile).expect("IMAP");
        let input = mailbox.input();
        let options = Options::new(Providers::with_own(vec![provider.clone()]), Date::new(2026, 11, 24));
        let fixed = fix::fix(&Run::new(&[read(&input)]), 0, input.client, Applicability::Safe, &options);
        assert_eq!(host(&Input { sources: fixed.after, ..input }, Protocol::Imap), expected, "{to}");
    }
}

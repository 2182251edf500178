//! The two public databases of mail settings against our provider files, row by row.
//!
//! Thunderbird's ISPDB (2026-03-12) and Delta Chat's provider-db (2024-11-22) stand in `public-databases/` as plain facts: which
//! domain, which server, which form of user name. For each row our base is asked what it says of that domain and protocol.
//! Either it says the same, or `differences.csv` gives the reason why not; a reason that explains nothing any more fails too.
//! That is how a provider we forgot, and a slip we would have copied, both come to light. And each row is set up in Thunderbird:
//! nothing may be called wrong but what `differences.csv` names.
//!
//! `cargo test --test public_databases -- --nocapture` prints the numbers of `docs/coverage.md`.

#[allow(dead_code, reason = "shared with the tests of configurations that work, which use the rest")]
mod corpus;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use mailcfg::account::{Authentication, Protocol, Security};
use mailcfg::date::Date;
use mailcfg::finding::{Applicability, Severity};
use mailcfg::lint::{Input, check, read};
use mailcfg::provider::{Access, Grade, PasswordKind, Provider, Providers, ServerSet, UsernameForm};
use mailcfg::rules::{Context, Run};
use mailcfg::source::Source;
use rayon::prelude::*;

use corpus::sketch::{Format, Sketch, Written, prefs};

const DATABASES: [(&str, &str); 2] = [
    ("ispdb", include_str!("public-databases/ispdb.csv")),
    ("provider-db", include_str!("public-databases/provider-db.csv")),
];
const DIFFERENCES: &str = include_str!("public-databases/differences.csv");
const ROW_HEAD: &str = "file,domains,protocol,host,port,security,username";
const DIFFERENCE_HEAD: &str = "database,file,domain,protocol,host,port,security,username,difference,reason";

/// What a database says of one domain.
#[derive(Clone, Copy, Debug)]
struct Claim<'a> {
    database: &'a str,
    /// File, domains, protocol, host, port, security, form of the user name; as in the table.
    row: [&'a str; 7],
    domain: &'a str,
}

/// An explained difference: the columns of `differences.csv` without the reason.
type Key<'a> = [&'a str; 9];

impl<'a> Claim<'a> {
    fn key(&self, domain: &'a str, difference: &'a str) -> Key<'a> {
        let [file, _, protocol, host, port, security, username] = self.row;
        [self.database, file, domain, protocol, host, port, security, username, difference]
    }

    fn host(&self) -> String {
        self.row[3].replace("%EMAILDOMAIN%", self.domain)
    }

    fn protocol(&self) -> Protocol {
        match self.row[2] {
            "imap" => Protocol::Imap,
            "pop3" => Protocol::Pop3,
            "smtp" => Protocol::Smtp,
            "exchange" | "ews" | "owa" | "graph" => Protocol::Exchange,
            other => panic!("{self:?}: protocol {other}"),
        }
    }

    fn security(&self) -> Option<Security> {
        match self.row[5] {
            "tls" => Some(Security::Tls),
            "starttls" => Some(Security::StartTls),
            "none" => Some(Security::None),
            "" => None,
            other => panic!("{self:?}: security {other}"),
        }
    }

    fn username(&self) -> Option<UsernameForm> {
        match self.row[6] {
            "full-address" => Some(UsernameForm::FullAddress),
            "local-part" => Some(UsernameForm::LocalPart),
            "local-dot-domain" => Some(UsernameForm::LocalDotDomain),
            "" => None,
            other => panic!("{self:?}: user name {other}"),
        }
    }

    /// Whether `set` is this server; the user name aside.
    fn is(&self, set: &ServerSet) -> bool {
        set.protocol == self.protocol()
            && set.is_for(Some(self.domain))
            && set.has_host(&self.host())
            && set.port.to_string() == self.row[4]
            && Some(set.security) == self.security()
    }

    fn takes_username(&self, set: &ServerSet) -> bool {
        set.username.is_empty() || self.username().is_none_or(|form| set.username.contains(&form))
    }

    fn address(&self) -> String {
        format!("taro.yamada@{}", self.domain)
    }

    fn login(&self) -> String {
        match self.username() {
            Some(UsernameForm::LocalPart) => "taro.yamada".to_owned(),
            Some(UsernameForm::LocalDotDomain) => self.address().replace('@', "."),
            _ => self.address(),
        }
    }

    /// The way to sign in: a password unless our base knows that it is not taken.
    fn authentication(&self, providers: &Providers) -> Authentication {
        let sets = provider_of(providers, self.domain).map_or(&[][..], |provider| &provider.servers[..]);
        let set = sets.iter().find(|set| self.is(set));
        let ways = [Authentication::Password, Authentication::Oauth2, Authentication::Encrypted, Authentication::None];
        let taken = ways.into_iter().find(|way| set.is_some_and(|set| set.authentication.contains(way)));
        taken.unwrap_or(Authentication::Password)
    }

    /// The server as somebody enters it.
    fn written(&self, providers: &Providers) -> Written {
        Written {
            protocol: self.protocol(),
            host: self.host(),
            port: self.row[4].parse().unwrap_or_else(|_| panic!("{self:?}: port {}", self.row[4])),
            security: self.security().unwrap_or(Security::None),
            authentication: self.authentication(providers),
            username: self.login(),
        }
    }

    /// How our base differs from the claim, in the words of `differences.csv`; nothing where it agrees.
    fn difference(&self, providers: &Providers) -> Option<&'static str> {
        let Some(provider) = provider_of(providers, self.domain) else { return Some("no provider") };
        if provider.access != Access::Servers {
            return Some("no access by servers");
        }
        let same: Vec<&ServerSet> = provider.servers.iter().filter(|set| self.is(set)).collect();
        let usable: Vec<&&ServerSet> = same.iter().filter(|set| set.is_usable()).collect();
        if usable.iter().any(|set| self.takes_username(set)) {
            None
        } else if !usable.is_empty() {
            Some("other user name")
        } else if !same.is_empty() || provider.retired_host(&self.host(), self.protocol()).is_some() {
            Some("out of use")
        } else {
            Some("not listed")
        }
    }
}

/// By the address, else as the databases mean some of their domains: as the name under which the MX hosts lie.
fn provider_of<'a>(providers: &'a Providers, domain: &str) -> Option<&'a Provider> {
    let leads = |mx: &str| domain.strip_suffix(mx).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    providers.for_domain(domain).or_else(|| providers.iter().find(|provider| provider.mx.iter().any(|mx| leads(mx))))
}

/// The lines of a table without its head. The tables hold neither quotes nor commas within a value.
fn table<'a, const N: usize>(text: &'a str, head: &str) -> Vec<[&'a str; N]> {
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(head));
    let cells = |line: &'a str| line.split(',').collect::<Vec<_>>().try_into();
    lines.map(|line| cells(line).unwrap_or_else(|_| panic!("{N} columns expected: {line}"))).collect()
}

fn claims() -> Vec<Claim<'static>> {
    let mut out = Vec::new();
    for (database, text) in DATABASES {
        for row in table::<7>(text, ROW_HEAD) {
            out.extend(row[1].split(';').map(|domain| Claim { database, row, domain }));
        }
    }
    out
}

/// The explained differences and their reasons.
fn explained() -> BTreeMap<Key<'static>, &'static str> {
    let mut out = BTreeMap::new();
    for line in table::<10>(DIFFERENCES, DIFFERENCE_HEAD) {
        let [key @ .., reason] = line;
        assert!(!reason.is_empty(), "no reason: {line:?}");
        assert!(out.insert(key, reason).is_none(), "listed twice: {line:?}");
    }
    out
}

/// How many files and domains a database has.
fn size(database: &str) -> String {
    let claims: Vec<Claim<'_>> = claims().into_iter().filter(|claim| claim.database == database).collect();
    let files: BTreeSet<&str> = claims.iter().map(|claim| claim.row[0]).collect();
    let domains: BTreeSet<&str> = claims.iter().map(|claim| claim.domain).collect();
    format!("{database}: {} files, {} domains,", files.len(), domains.len())
}

#[test]
fn what_the_public_databases_say_is_known_or_explained() {
    let (providers, explained) = (Providers::embedded(), explained());
    let (mut unexplained, mut used) = (Vec::new(), BTreeSet::new());
    let mut tally: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for claim in claims() {
        let counts = tally.entry(claim.database).or_default();
        counts[0] += 1;
        let Some(difference) = claim.difference(&providers) else {
            counts[1] += 1;
            continue;
        };
        let keys = [claim.key(claim.domain, difference), claim.key("*", difference)];
        let Some((key, reason)) = keys.iter().find_map(|key| explained.get_key_value(key)) else {
            unexplained.push(keys[0].join(","));
            continue;
        };
        counts[2] += 1;
        used.insert(*key);
        *reasons.entry(*reason).or_default() += 1;
    }
    for (database, [all, equal, different]) in &tally {
        println!("{} {all} statements about them, {equal} equal, {different} different for a reason", size(database));
    }
    reasons.iter().for_each(|(reason, count)| println!("{count:5} × {reason}"));
    let stale: Vec<String> = explained.keys().filter(|key| !used.contains(*key)).map(|key| key.join(",")).collect();
    assert!(unexplained.is_empty(), "{} unexplained\n{}", unexplained.len(), unexplained.join("\n"));
    assert!(stale.is_empty(), "{} explain nothing any more\n{}", stale.len(), stale.join("\n"));
}

/// The start of the reasons for which a mailbox set up like that works all the same.
const WORKS: &str = "regional twin";

#[test]
fn a_mailbox_set_up_as_the_public_databases_say_is_left_alone() {
    let (providers, explained, claims) = (Providers::embedded(), explained(), claims());
    let is_sound = |claim: &Claim<'_>| {
        let Some(difference) = claim.difference(&providers) else { return claim.protocol() != Protocol::Exchange };
        let keys = [claim.key(claim.domain, difference), claim.key("*", difference)];
        keys.iter().any(|key| explained.get(key).is_some_and(|reason| reason.starts_with(WORKS)))
    };
    let mut services: BTreeMap<[&str; 3], [Vec<Claim<'_>>; 2]> = BTreeMap::new();
    for claim in claims.into_iter().filter(is_sound) {
        let servers = services.entry([claim.database, claim.row[0], claim.domain]).or_default();
        servers[usize::from(claim.protocol() == Protocol::Smtp)].push(claim);
    }
    let mut pairs = Vec::new();
    for [incoming, outgoing] in services.values() {
        let (Some(first_in), Some(first_out)) = (incoming.first(), outgoing.first()) else { continue };
        pairs.extend(incoming.iter().map(|claim| (*claim, *first_out)));
        pairs.extend(outgoing.iter().skip(1).map(|claim| (*first_in, *claim)));
    }
    let complaints: Vec<String> = pairs.par_iter().flat_map_iter(|pair| complaints(&providers, *pair)).collect();
    println!("{} mailboxes set up as the databases say", pairs.len());
    assert!(complaints.is_empty(), "{} complaints\n{}", complaints.len(), complaints.join("\n"));
}

/// What is said of a mailbox beyond mere information.
fn complaints(providers: &Providers, (incoming, outgoing): (Claim<'_>, Claim<'_>)) -> Vec<String> {
    let (incoming_server, outgoing_server) = (incoming.written(providers), outgoing.written(providers));
    let sketch = Sketch { address: incoming.address(), incoming: incoming_server, outgoing: outgoing_server };
    let client = Format::Prefs.client();
    let source = Source::new("mailbox/prefs.js", prefs(std::slice::from_ref(&sketch)).into_bytes());
    let documents = [read(&Input { client, sources: vec![source], named: true, observed: Vec::new() })];
    let findings = check(&Context::new(&Run::new(&documents), 0, providers, Date::new(2026, 11, 24)), client);
    let loud = findings
        .into_iter()
        .filter(|finding| finding.severity > Severity::Info || finding.is_fixable(Applicability::Safe));
    loud.map(|finding| format!("{incoming:?} {outgoing:?}: [{}] {}", finding.rule, finding.message)).collect()
}

#[test]
fn the_base_is_counted() {
    let providers = Providers::embedded();
    let all: Vec<&Provider> = providers.iter().collect();
    println!("{}\n{}", count_providers(&all), count_sets(&all));
    assert!(all.len() > 200, "only {} providers", all.len());
}

fn count_providers(all: &[&Provider]) -> String {
    let domains: usize = all.iter().map(|provider| provider.domains.len()).sum();
    let mut out = format!("{} providers with {domains} domains", all.len());
    let mut add = |words: &str, test: &dyn Fn(&Provider) -> bool| {
        let _ = write!(out, "\n{:5} {words}", all.iter().filter(|provider| test(provider)).count());
    };
    add("take people's own domains too", &|provider| provider.custom_domains);
    add("ended", &|provider| provider.ended.is_some());
    add("reached by a bridge", &|provider| provider.access == Access::Bridge);
    add("closed to mail programs", &|provider| provider.access == Access::None);
    add("servers not known", &|provider| provider.access == Access::Unknown);
    add("kind of password not known", &|provider| provider.password.kind == PasswordKind::Unknown);
    out
}

fn count_sets(all: &[&Provider]) -> String {
    let sets: Vec<(&Provider, &ServerSet)> =
        all.iter().flat_map(|provider| provider.servers.iter().map(|set| (*provider, set))).collect();
    let usable: Vec<_> = sets.iter().filter(|(_, set)| set.is_usable()).collect();
    let plain = usable.iter().filter(|(_, set)| set.security == Security::None).count();
    let mut out = format!("{} sets of servers", sets.len());
    let _ = write!(out, "\n{:5} in use, {plain} of them without encryption", usable.len());
    for (grade, name) in [(Grade::High, "high"), (Grade::Medium, "medium"), (Grade::Low, "low")] {
        let files = all.iter().filter(|provider| provider.confidence == grade).count();
        let graded = sets.iter().filter(|(provider, set)| set.grade(provider) == grade).count();
        let _ = write!(out, "\n{name:6} {files:4} providers {graded:5} sets");
    }
    out
}

//! What else can be seen in a profile: lines that do not count, references that lead nowhere, values of the wrong type.

use std::collections::{HashMap, HashSet};

use super::accounts::{account_keys, protocol, server_of_account};
use super::policies::Strength;
use super::prefs::{Prefs, PrefsFile};
use super::{damage, folders, leftovers, outgoing, stores};
use crate::account::{Account, Place};
use crate::document::{Observation, ProfileSeen, Reference, Seen};
use crate::finding::{Message, Value};
use crate::message;
use crate::source::{Source, Span};
use crate::syntax::prefs::{Keyword, Problem, ProblemKind, Statement, Value as Written};

/// Everything worth telling the rules.
pub(super) fn survey(prefs: &Prefs, accounts: &[Account], sources: &[Source]) -> Vec<Observation> {
    let survey = Survey { prefs, accounts, owners: owners(accounts) };
    let mut seen = Vec::new();
    seen.extend(prefs.problems().filter_map(|(file, problem)| unparseable(file, problem)));
    for file in &prefs.files {
        seen.extend(file.file.statements.iter().filter_map(|statement| wrong_specifier(file, statement)));
        seen.extend(duplicates(file));
    }
    seen.extend(survey.overrides());
    seen.extend(survey.types());
    seen.extend(survey.misspelled());
    seen.extend(survey.references());
    seen.extend(survey.outgoing_list());
    seen.extend(survey.duplicate_accounts());
    seen.extend(survey.stale_folders());
    seen.extend(survey.abandoned_hosts());
    seen.extend(survey.pop_deletes());
    seen.extend(survey.tls_minimum());
    seen.extend(prefs.lost_letters());
    seen.extend(survey.policies());
    seen.extend(outgoing::survey(&survey));
    seen.extend(stores::survey(&survey));
    seen.extend(leftovers::survey(&survey, sources));
    seen
}

fn unparseable(file: &PrefsFile, problem: &Problem) -> Option<Observation> {
    let lost: Vec<String> = problem.lost_names.iter().filter(|name| is_about_mail(name)).cloned().collect();
    let what = message!("Thunderbird cannot read this: {fault}", fault = problem.kind.message());
    let hint = match problem.kind {
        ProblemKind::NulByte => Some(Message::new(
            "zero bytes are left behind by a crash or a power cut; a backup or prefs-1.js may hold the lost part",
        )),
        ProblemKind::Utf16 => Some(Message::new("save the file as UTF-8; Thunderbird ignores it as a whole")),
        ProblemKind::UnknownEscape => {
            Some(Message::new("write every backslash twice, as in a Windows path: \"C:\\\\Mail\""))
        }
        ProblemKind::ExpectedSemicolon => Some(Message::new("end the line before with a semicolon")),
        _ => None,
    };
    let key = lost.first().or(problem.lost_names.first()).cloned().unwrap_or_default();
    let start = if problem.lost.is_empty() { problem.span.start } else { problem.span.start.min(problem.lost.start) };
    let span = Span::new(start, problem.span.end);
    let loss = damage::loss(file, problem);
    Some(Observation {
        seen: Seen::Unparseable { what, lost, loss, hint },
        key,
        place: file.place(span),
        account: None,
    })
}

fn is_about_mail(name: &str) -> bool {
    name.starts_with("mail.") || name.starts_with("security.tls.")
}

fn wrong_specifier(file: &PrefsFile, statement: &Statement) -> Option<Observation> {
    if statement.keyword == Keyword::UserPref || !is_about_mail(&statement.name) {
        return None;
    }
    let found = statement.keyword.text().to_owned();
    let seen = Seen::WrongSpecifier { found };
    Some(Observation { seen, key: statement.name.clone(), place: file.place(statement.keyword_span), account: None })
}

/// All but the last statement of a name, if it concerns mail.
fn duplicates(file: &PrefsFile) -> Vec<Observation> {
    let mut last = HashMap::new();
    for statement in file.file.statements.iter().filter(|statement| is_about_mail(&statement.name)) {
        last.insert(statement.name.as_str(), statement);
    }
    let doubles = file.file.statements.iter().filter_map(|statement| {
        let winner = last.get(statement.name.as_str()).filter(|winner| winner.span != statement.span)?;
        let seen = Seen::DuplicateKey { differs: winner.value != statement.value, first_counts: false };
        Some(Observation { seen, key: statement.name.clone(), place: file.place(statement.span), account: None })
    });
    doubles.collect()
}

/// What the parts of the survey look at.
pub(super) struct Survey<'a> {
    pub(super) prefs: &'a Prefs,
    pub(super) accounts: &'a [Account],
    /// The id of the account that each branch of names (`server`, `server1`) belongs to.
    owners: HashMap<(&'static str, &'a str), &'a str>,
}

/// Of accounts that share a server or an identity, the first one.
fn owners(accounts: &[Account]) -> HashMap<(&'static str, &str), &str> {
    let mut owners = HashMap::new();
    for account in accounts {
        let incoming = account.incoming.iter().map(|server| ("server", server.id.as_str()));
        let outgoing = account.outgoing.iter().map(|server| ("smtpserver", server.id.as_str()));
        let identities = account.identities.iter().map(|identity| ("identity", identity.id.as_str()));
        let own = std::iter::once(("account", account.id.as_str()));
        for branch in own.chain(incoming).chain(outgoing).chain(identities) {
            owners.entry(branch).or_insert(account.id.as_str());
        }
    }
    owners
}

/// The values a setting may have.
enum Kind {
    Number(std::ops::RangeInclusive<i32>, &'static [&'static str]),
    Flag,
    Text,
}

const SECURITIES: &[&str] = &["0 (none)", "2 (STARTTLS)", "3 (SSL/TLS)"];
const METHODS: &[&str] = &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

fn kind_of(suffix: &str) -> Option<Kind> {
    match suffix {
        "socketType" | "try_ssl" => Some(Kind::Number(0..=3, SECURITIES)),
        "authMethod" => Some(Kind::Number(1..=10, METHODS)),
        "port" => Some(Kind::Number(i32::MIN..=i32::MAX, &[])),
        "isSecure" | "leave_on_server" => Some(Kind::Flag),
        "hostname" | "userName" | "username" | "type" | "useremail" => Some(Kind::Text),
        _ => None,
    }
}

impl Survey<'_> {
    pub(super) fn see(&self, seen: Seen, key: &str, place: Option<Place>) -> Observation {
        let place = place.unwrap_or(Place { source: 0, span: None });
        Observation { seen, key: key.to_owned(), place, account: self.account_of(key) }
    }

    /// The account whose server or identity a name belongs to.
    fn account_of(&self, name: &str) -> Option<String> {
        let mut parts = name.split('.').skip(1);
        let (branch, key) = (parts.next()?, parts.next()?);
        self.owners.get(&(branch, key)).map(|id| (*id).to_owned())
    }

    /// Mail settings that `user.js` sets again at every start.
    fn overrides(&self) -> Vec<Observation> {
        let Some(user) = self.prefs.files.iter().find(|file| file.source != 0) else { return Vec::new() };
        let statements = user.file.statements.iter().filter(|statement| concerns_accounts(&statement.name));
        statements
            .map(|statement| {
                let seen = Seen::Override { by: user.name.clone() };
                self.see(seen, &statement.name, Some(user.place(statement.span)))
            })
            .collect()
    }

    /// Mail settings that an administrator sets at every start. Those that only fill a gap take nothing out of one's hand.
    fn policies(&self) -> Vec<Observation> {
        let concerns = |name: &str| concerns_accounts(name) || name.starts_with("security.tls.");
        let settings = self.prefs.administered.iter();
        let settings = settings.filter(|setting| setting.strength != Strength::Default && concerns(&setting.name));
        settings
            .map(|setting| {
                let seen = Seen::Profile(ProfileSeen::Policy {
                    by: setting.by.clone(),
                    locked: setting.strength == Strength::Locked,
                });
                self.see(seen, &setting.name, Some(setting.place))
            })
            .collect()
    }

    /// Values of the wrong type and values that Thunderbird does not know.
    fn types(&self) -> Vec<Observation> {
        let mut seen = Vec::new();
        for branch in ["mail.server.", "mail.smtpserver.", "mail.identity."] {
            for name in self.prefs.names_under(branch) {
                let Some((_, suffix)) = name[branch.len()..].split_once('.') else { continue };
                let (Some(kind), Some(value)) = (kind_of(suffix), self.prefs.value(name)) else { continue };
                if branch == "mail.smtpserver." && suffix == "type" && matches!(value, Written::Text(_)) {
                    continue; // A kind of outgoing server is another matter, and seen elsewhere.
                }
                let problem = judge(&kind, suffix, value);
                seen.extend(problem.map(|problem| self.see(problem, name, self.prefs.place(name))));
            }
        }
        seen
    }

    /// Names that only the other kind of server has.
    fn misspelled(&self) -> Vec<Observation> {
        const SLIPS: &[(&str, &str, &str)] = &[
            ("mail.server.", "username", "userName"),
            ("mail.server.", "try_ssl", "socketType"),
            ("mail.server.", "sockettype", "socketType"),
            ("mail.server.", "hostName", "hostname"),
            ("mail.server.", "auth_method", "authMethod"),
            ("mail.smtpserver.", "userName", "username"),
            ("mail.smtpserver.", "socketType", "try_ssl"),
            ("mail.smtpserver.", "hostName", "hostname"),
        ];
        let mut seen = Vec::new();
        for (branch, wrong, right) in SLIPS {
            for key in self.prefs.keys_under(branch) {
                let (slip, meant) = (format!("{branch}{key}.{wrong}"), format!("{branch}{key}.{right}"));
                let Some(written) = self.prefs.value(&slip).filter(|_| self.prefs.value(&meant).is_none()) else {
                    continue;
                };
                let seen_key = Seen::MisspelledKey { meant, value: Some(same_value(written)) };
                seen.push(self.see(seen_key, &slip, self.prefs.place(&slip)));
            }
        }
        seen
    }

    pub(super) fn dangling(&self, reference: Reference, name: &str, target: &str, to: Option<Value>) -> Observation {
        self.see(Seen::Dangling { reference, target: target.to_owned(), to }, name, self.prefs.place(name))
    }

    /// Keys that name nothing.
    fn references(&self) -> Vec<Observation> {
        let prefs = self.prefs;
        let mut seen = Vec::new();
        for account in account_keys(prefs) {
            let name = format!("mail.account.{account}.server");
            match server_of_account(prefs, &account) {
                None => seen.push(self.dangling(Reference::Account, "mail.accountmanager.accounts", &account, None)),
                Some(server) if prefs.value(&format!("mail.server.{server}.type")).is_none() => {
                    seen.push(self.dangling(Reference::Server, &name, &server, None));
                }
                Some(_) => seen.extend(self.identities(&account)),
            }
        }
        seen.extend(self.defaults());
        seen
    }

    fn identities(&self, account: &str) -> Vec<Observation> {
        let prefs = self.prefs;
        let name = format!("mail.account.{account}.identities");
        let mut seen = Vec::new();
        let holds_mail = self.accounts.iter().any(|known| known.id == account);
        if holds_mail && prefs.list(&name).is_empty() {
            let server = prefs.place(&name).or_else(|| prefs.place(&format!("mail.account.{account}.server")));
            let dangling = Seen::Dangling { reference: Reference::Identity, target: String::new(), to: None };
            seen.push(self.see(dangling, &name, server));
        }
        for identity in prefs.list(&name) {
            if prefs.names_under(&format!("mail.identity.{identity}.")).is_empty() {
                seen.push(self.dangling(Reference::Identity, &name, identity, None));
            }
            let smtp = format!("mail.identity.{identity}.smtpServer");
            let Some(target) = prefs.text(&smtp).filter(|target| !target.is_empty()) else { continue };
            if !prefs.is_outgoing(target) && !prefs.outgoing().iter().any(|key| key.trim() == target) {
                seen.push(self.dangling(Reference::OutgoingServer, &smtp, target, self.only_outgoing()));
            }
        }
        seen
    }

    /// The outgoing server's key, if there is exactly one.
    fn only_outgoing(&self) -> Option<Value> {
        match self.prefs.outgoing() {
            [only] => Some(Value::Text(only.trim().to_owned())),
            _ => None,
        }
    }

    fn defaults(&self) -> Vec<Observation> {
        let prefs = self.prefs;
        let mut seen = Vec::new();
        let smtp = "mail.smtp.defaultserver";
        if let Some(target) = prefs.text(smtp).filter(|target| !target.is_empty())
            && !prefs.outgoing().iter().any(|key| key.trim() == target)
        {
            seen.push(self.dangling(Reference::DefaultOutgoingServer, smtp, target, self.only_outgoing()));
        }
        let account = "mail.accountmanager.defaultaccount";
        if let Some(target) = prefs.text(account).filter(|target| !target.is_empty())
            && !account_keys(prefs).iter().any(|key| key == target)
        {
            let first = self.accounts.first().map(|first| Value::Text(first.id.clone()));
            seen.push(self.dangling(Reference::DefaultAccount, account, target, first));
        }
        seen
    }

    /// `mail.smtpservers` is split at commas and nothing else: a space makes another server of the name.
    fn outgoing_list(&self) -> Option<Observation> {
        let name = "mail.smtpservers";
        let list = self.prefs.text(name)?;
        let untrimmed = list.split(',').any(|key| key.trim() != key);
        let clean: Vec<&str> = list.split(',').map(str::trim).filter(|key| !key.is_empty()).collect();
        let seen = Seen::UntrimmedList { found: list.to_owned(), to: Value::Text(clean.join(",")) };
        untrimmed.then(|| self.see(seen, name, self.prefs.place(name)))
    }

    /// Servers that are one to Thunderbird: user, host, type and port are equal. The later account is deleted at start.
    fn duplicate_accounts(&self) -> Vec<Observation> {
        let (mut seen, mut known) = (Vec::new(), HashMap::new());
        for account in self.accounts {
            let Some(server) = &account.incoming else { continue };
            let login = (&server.host.value, &server.username.value, server.protocol.value.name(), server.port.value);
            let first = *known.entry(login).or_insert(&account.id);
            if *first != account.id {
                let duplicate = Seen::DuplicateAccount { other: first.clone() };
                seen.push(self.see(duplicate, &server.host.key, server.host.place()));
            }
        }
        seen
    }

    /// Sent, Drafts, Archives, Templates and spam folders under a server that does not exist.
    fn stale_folders(&self) -> Vec<Observation> {
        const FOLDERS: [&str; 4] = ["fcc_folder", "draft_folder", "archive_folder", "stationery_folder"];
        let roots: HashMap<String, String> = folders::roots(self.prefs).into_iter().collect();
        let known: HashSet<Vec<u8>> = roots.values().map(|root| folders::unescape(root)).collect();
        let mut seen = Vec::new();
        for account in self.accounts {
            let Some(server) = account.incoming.as_ref() else { continue };
            let own = roots.get(&server.id).map(String::as_str);
            for identity in &account.identities {
                let names = FOLDERS.map(|folder| format!("mail.identity.{}.{folder}", identity.id));
                seen.extend(names.iter().filter_map(|name| self.stale_folder(name, own, &known)));
            }
        }
        seen
    }

    fn stale_folder(&self, name: &str, own: Option<&str>, known: &HashSet<Vec<u8>>) -> Option<Observation> {
        let uri = self.prefs.text(name)?;
        let root = folders::root_of(uri)?;
        if known.contains(&folders::unescape(root)) {
            return None;
        }
        let same_scheme = |own: &&str| {
            own.split_once("://").map(|(scheme, _)| scheme) == root.split_once("://").map(|(scheme, _)| scheme)
        };
        let to = own.filter(same_scheme).map(|own| format!("{own}{}", &uri[root.len()..]));
        Some(self.see(Seen::StaleFolder { uri: uri.to_owned(), to }, name, self.prefs.place(name)))
    }

    /// `serverN.invalid`: what Thunderbird writes in place of a host name it refuses, before it drops the account.
    fn abandoned_hosts(&self) -> Vec<Observation> {
        let mut seen = Vec::new();
        for key in self.prefs.keys_under("mail.server.") {
            let name = format!("mail.server.{key}.hostname");
            if self.prefs.text(&name) != Some(&format!("{key}.invalid")) {
                continue;
            }
            let folder = self.prefs.text(&format!("mail.server.{key}.directory-rel"));
            let was = folder.and_then(|folder| folder.rsplit(['/', '\\']).next());
            let was =
                was.map(str::trim).filter(|was| was.contains('.') && !was.ends_with(".invalid")).map(str::to_owned);
            seen.push(self.see(Seen::AbandonedHost { was }, &name, self.prefs.place(&name)));
        }
        seen
    }

    fn pop_deletes(&self) -> Vec<Observation> {
        let mut seen = Vec::new();
        for server in self.accounts.iter().filter_map(|account| account.incoming.as_ref()) {
            let branch = format!("mail.server.{}", server.id);
            let is_pop =
                self.prefs.text(&format!("{branch}.type")).and_then(protocol) == Some(crate::account::Protocol::Pop3);
            let name = format!("{branch}.leave_on_server");
            if is_pop && self.prefs.flag(&name) != Some(true) {
                let by_default = self.prefs.value(&name).is_none();
                let place = self.prefs.place(&name).or_else(|| server.host.place());
                seen.push(self.see(Seen::PopDeletes { by_default }, &name, place));
            }
        }
        seen
    }

    fn tls_minimum(&self) -> Option<Observation> {
        let name = "security.tls.version.min";
        let value = self.prefs.int(name).filter(|value| (0..3).contains(value))?;
        Some(self.see(Seen::TlsMinimum { value: i64::from(value) }, name, self.prefs.place(name)))
    }
}

/// Whether a setting decides what accounts there are and how they connect.
fn concerns_accounts(name: &str) -> bool {
    ["mail.server.", "mail.smtpserver.", "mail.identity.", "mail.account.", "mail.accountmanager.", "mail.smtp"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
}

fn same_value(written: &Written) -> Value {
    match written {
        Written::Text(text) => Value::Text(text.clone()),
        Written::Int(number) => Value::Number(i64::from(*number)),
        Written::Bool(flag) => Value::Flag(*flag),
    }
}

fn judge(kind: &Kind, suffix: &str, value: &Written) -> Option<Seen> {
    match (kind, value) {
        (Kind::Number(range, allowed), Written::Int(number)) => unknown_number(suffix, *number, range, allowed),
        (Kind::Text, Written::Text(text)) if suffix == "type" => unknown_type(text),
        (Kind::Flag, Written::Bool(_)) | (Kind::Text, Written::Text(_)) => None,
        (Kind::Number(range, _), written) => {
            Some(wrong_type(message!("a number"), written, suffix, number_in(written, range)))
        }
        (Kind::Flag, written) => Some(wrong_type(message!("true or false"), written, suffix, flag_in(written))),
        (Kind::Text, written) => Some(wrong_type(message!("text"), written, suffix, None)),
    }
}

fn unknown_number(
    suffix: &str,
    number: i32,
    range: &std::ops::RangeInclusive<i32>,
    allowed: &[&'static str],
) -> Option<Seen> {
    let is_security = matches!(suffix, "socketType" | "try_ssl");
    if is_security && number == 1 {
        return Some(Seen::OpportunisticTls { found: "1".to_owned() });
    }
    if range.contains(&number) {
        return None;
    }
    let effect = if is_security {
        message!("Thunderbird then connects without encryption and sends the password readable")
    } else {
        message!("Thunderbird then tries any method, or none at all when it sends")
    };
    Some(Seen::UnknownValue { found: number.to_string(), allowed: allowed.to_vec(), effect, to: None, optional: false })
}

/// Only a slip of case is reported: other unknown types belong to add-ons.
fn unknown_type(text: &str) -> Option<Seen> {
    let lower = text.trim().to_ascii_lowercase();
    let known = matches!(lower.as_str(), "imap" | "pop3" | "none" | "rss" | "nntp" | "smtp");
    (known && lower != text).then(|| Seen::UnknownValue {
        found: text.to_owned(),
        allowed: vec!["imap", "pop3"],
        effect: message!("Thunderbird does not know this type and removes the account at the next start"),
        to: Some(Value::Text(lower)),
        optional: false,
    })
}

fn wrong_type(expected: Message, written: &Written, suffix: &str, to: Option<Value>) -> Seen {
    let (found, effect) = match written {
        Written::Text(text) => (format!("\"{text}\""), effect_of(suffix)),
        Written::Int(number) => (number.to_string(), effect_of(suffix)),
        Written::Bool(flag) => (flag.to_string(), effect_of(suffix)),
    };
    Seen::WrongType { expected, found, effect, to }
}

fn effect_of(suffix: &str) -> Message {
    match suffix {
        "socketType" | "try_ssl" => {
            message!("Thunderbird ignores it, connects without encryption and sends the password readable")
        }
        "hostname" | "type" => message!("Thunderbird ignores it and drops the account"),
        _ => message!("Thunderbird ignores it and uses its default"),
    }
}

fn number_in(written: &Written, range: &std::ops::RangeInclusive<i32>) -> Option<Value> {
    let Written::Text(text) = written else { return None };
    text.trim().parse().ok().filter(|number| range.contains(number)).map(|number| Value::Number(i64::from(number)))
}

fn flag_in(written: &Written) -> Option<Value> {
    match written {
        Written::Text(text) if text == "true" || text == "false" => Some(Value::Flag(text == "true")),
        Written::Int(number @ (0 | 1)) => Some(Value::Flag(*number == 1)),
        _ => None,
    }
}

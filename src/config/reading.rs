//! Reads `mailcfg.toml` and says all that is wrong with it: its form, and the names and patterns in it.

use super::Policy;
use super::file::{self, File, Ignore};
use crate::account::Place;
use crate::finding::{Finding, Message};
use crate::mdm::{PRODUCTS, Product};
use crate::message;
use crate::rules::{Demands, Name, named, nearest};
use crate::source::Source;
use crate::strict_toml::Step::{Item, Key};
use crate::strict_toml::{self, Form, Step, Written};
use crate::suppression::Entry;

const FORM: Form =
    Form { why: "mailcfg does not run with a configuration that it does not understand in full", wanted, stand_in };

/// What the file comes to, and the files that it names.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// All but what stands in the files below, which somebody else reads.
    pub policy: Policy,
    /// The folder of the company's own provider files, relative to the folder of the file, and where that is written.
    pub providers: Option<(String, Option<Place>)>,
    /// The files of the certificates that it trusts, relative in the same way.
    pub roots: Vec<String>,
}

/// Reads the file.
///
/// # Errors
///
/// Everything that is wrong with it, each with its place.
pub fn read(source: &Source) -> Result<Config, Vec<Finding>> {
    let (file, written) = strict_toml::read::<File>(source.bytes(), &FORM)?;
    let text = std::str::from_utf8(source.bytes()).unwrap_or_default();
    let mut reader = Reader { written: &written, text, faults: Vec::new() };
    let policy = reader.policy(&file);
    if reader.faults.is_empty() {
        let place = reader.place(&[Key("providers"), Key("path")]);
        let providers = file.providers.path.map(|path| (path, place));
        let policy = Policy { file: Some(source.clone()), ..policy };
        Ok(Config { policy, providers, roots: file.signatures.roots })
    } else {
        Err(reader.faults)
    }
}

/// What to say where the provider files that a `mailcfg.toml` names at `place` cannot be read.
pub fn unread_providers(place: Option<Place>, reason: Message) -> Finding {
    Finding::new("unread-providers", "", place, reason)
        .because(FORM.why)
        .help("path is the folder of the provider files, or one such file, seen from the folder of mailcfg.toml")
}

struct Reader<'a> {
    written: &'a Written<'a>,
    text: &'a str,
    faults: Vec<Finding>,
}

impl Reader<'_> {
    fn policy(&mut self, file: &File) -> Policy {
        let mut policy = Policy {
            demands: Demands {
                implicit_tls: file.policy.require_implicit_tls,
                no_pop: file.policy.forbid_pop,
                no_secrets: file.policy.forbid_secrets_in_files,
                username_domain: self.domain(file.policy.username_domain.as_deref()),
                allowed_hosts: file.providers.allowed_hosts.iter().map(|host| host.trim().to_lowercase()).collect(),
                mdm: file.mdm.iter().enumerate().filter_map(|(index, id)| self.product(id, index)).collect(),
                roots: None,
            },
            fail_on: file.fail_on,
            ..Policy::default()
        };
        let selection = &mut policy.selection;
        selection.min_confidence = file.min_confidence.map(Into::into);
        for (index, name) in file.select.iter().enumerate() {
            selection.select.extend(self.name(name, &[Key("select"), Item(index)]));
        }
        for (name, level) in &file.severity {
            let name = self.name(name, &[Key("severity"), Key(name)]);
            selection.severity.extend(name.map(|name| (name, level.meant())));
        }
        for (index, ignore) in file.ignore.iter().enumerate() {
            match ignore {
                Ignore::Name(name) => selection.ignore.extend(self.name(name, &[Key("ignore"), Item(index)])),
                Ignore::Entry(entry) => policy.entries.extend(self.entry(entry, index)),
            }
        }
        policy
    }

    fn name(&mut self, name: &str, path: &[Step<'_>]) -> Option<Name> {
        let known = named(name);
        if known.is_none() {
            let what = message!("there is no rule and no group {name}", name = name);
            self.fault("unknown-rule", path, what, unknown_name(name));
        }
        known
    }

    fn entry(&mut self, entry: &file::Entry, index: usize) -> Option<Entry> {
        let at = |key| [Key("ignore"), Item(index), Key(key)];
        let rule = self.name(&entry.rule, &at("rule"));
        if entry.reason.trim().is_empty() {
            let help = "say why it is right so, for whoever reads the file next";
            self.fault("empty-reason", &at("reason"), message!("the reason is empty"), help.into());
        }
        Some(Entry {
            rule: rule?,
            account: entry.account.clone(),
            key: entry.key.clone(),
            path: entry.path.clone(),
            reason: entry.reason.trim().to_owned(),
            until: entry.until,
            written: (format!("ignore[{index}]"), self.place(&at("rule"))),
        })
    }

    fn product(&mut self, id: &str, index: usize) -> Option<&'static Product> {
        let known = Product::named(id);
        if known.is_none() {
            let what = message!("no management system is called {name}", name = id);
            self.fault("unknown-mdm", &[Key("mdm"), Item(index)], what, unknown_product(id));
        }
        known
    }

    /// A domain as it is compared.
    fn domain(&mut self, written: Option<&str>) -> Option<String> {
        let domain = written?.trim().trim_start_matches('@').to_lowercase();
        if domain.is_empty() || domain.contains(|c: char| c.is_whitespace() || "@/:*".contains(c)) {
            let what = message!("{domain} is no domain", domain = domain);
            let help = message!("write what stands behind the @ of a user name, for example \"example.co.jp\"");
            self.fault("not-a-name", &[Key("policy"), Key("username-domain")], what, help);
            return None;
        }
        Some(domain)
    }

    fn fault(&mut self, rule: &'static str, path: &[Step<'_>], what: Message, help: Message) {
        let finding = Finding::new(rule, "", self.place(path), what);
        self.faults.push(finding.because(FORM.why).help(help));
    }

    fn place(&self, path: &[Step<'_>]) -> Option<Place> {
        self.written.place(path, self.text)
    }
}

/// What to do about a name that is none.
pub fn unknown_name(name: &str) -> Message {
    match nearest(name) {
        Some(nearest) => {
            message!("did you mean {nearest}? `mailcfg list rules` names all rules and groups", nearest = nearest)
        }
        None => message!("`mailcfg list rules` names all rules and groups"),
    }
}

/// What to do about a management system that is none.
pub fn unknown_product(id: &str) -> Message {
    let ids: Vec<&str> = PRODUCTS.iter().map(|product| product.id).collect();
    match Product::nearest_id(id) {
        Some(nearest) => message!("did you mean {nearest}? Known are {ids}", nearest = nearest, ids = ids),
        None => message!("known are {ids}", ids = ids),
    }
}

fn stand_in(key: &str) -> Option<&'static str> {
    match key {
        "rule" | "reason" => Some("\"\""),
        _ => None,
    }
}

fn wanted(key: &str) -> Option<Message> {
    Some(match key {
        "select" => message!("{key} is a list of rules or groups: {key} = [\"security\", \"smtp-port-25\"]", key = key),
        "ignore" => message!(
            "{key} is a list of rules or groups, or write [[{key}]] and below it rule = \"…\" and reason = \"…\"",
            key = key
        ),
        "mdm" => message!("{key} is a list of management systems: {key} = [\"jamf\"]", key = key),
        "allowed-hosts" => message!("{key} is a list: {key} = [\"relay.example.co.jp\"]", key = key),
        "severity" => {
            message!("write [{key}] and below it rule = \"error\", \"warning\", \"info\" or \"off\"", key = key)
        }
        "roots" => message!("{key} is a list of PEM files: {key} = [\"company-ca.pem\"]", key = key),
        "providers" | "policy" | "signatures" => message!("write [{key}] and its keys below it", key = key),
        "require-implicit-tls" | "forbid-pop" | "forbid-secrets-in-files" => {
            message!("{key} is true or false, without quotation marks", key = key)
        }
        "until" => message!("{key} is a day without quotation marks: {key} = 2027-03-31", key = key),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::FILE_NAME;
    use super::*;

    fn source(text: &str) -> Source {
        Source::new(FILE_NAME, text.as_bytes())
    }

    /// Rule, the text at the place, the first words of the help.
    fn complaint(text: &str) -> (&'static str, String, String) {
        let finding = read(&source(text)).expect_err("it is wrong").remove(0);
        let at = finding.location.span.map_or("", |span| &text[span.range()]).to_owned();
        (finding.rule, at, finding.help.to_string())
    }

    #[test]
    fn an_empty_file_asks_for_nothing() {
        let policy = read(&source("")).unwrap().policy;
        assert_eq!((policy.selection, policy.demands), Default::default());
    }

    #[test]
    fn names_and_entries_may_stand_in_one_list() {
        let text = "ignore = [\"safety\", { rule = \"smtp-port-25\", reason = \"the printer\" }]\n";
        let policy = read(&source(text)).unwrap().policy;
        assert_eq!((policy.selection.ignore.len(), policy.entries.len()), (1, 1));
        let entries = "[[ignore]]\nrule = \"smtp-port-25\"\nreason = \"x\"\nuntil = 2027-03-31\n".repeat(2);
        assert_eq!(read(&source(&entries)).unwrap().policy.entries.len(), 2);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place_and_what_is_allowed() {
        for (text, rule, at, help) in [
            ("selct = []", "unknown-key", "selct", "did you mean select? Allowed here: select, ignore"),
            ("select = [\"secruity\"]", "unknown-rule", "\"secruity\"", "did you mean security?"),
            ("select = [\"x\"]", "unknown-rule", "\"x\"", "`mailcfg list rules` names"),
            ("ignore = [1]", "wrong-type", "1", "ignore is a list of rules"),
            ("ignore = \"security\"", "wrong-type", "\"security\"", "ignore is a list of rules"),
            ("fail-on = \"warn\"", "wrong-value", "\"warn\"", "allowed here: error, warning, info, never"),
            (
                "[severity]\nsmtp-port-25 = \"note\"",
                "wrong-value",
                "\"note\"",
                "allowed here: error, warning, info, hint, off",
            ),
            ("[severity]\nsmtp-port-26 = \"off\"", "unknown-rule", "\"off\"", "did you mean smtp-port-25?"),
            ("[[ignore]]\nrule = \"smtp-port-25\"", "missing-key", "[[ignore]]", "reason is a text"),
            ("[[ignore]]\nrule = \"smtp-port-25\"\nreason = \" \"", "empty-reason", "\" \"", "say why"),
            (
                "[[ignore]]\nrule = \"a\"\nreason = \"b\"\nacount = \"c\"",
                "unknown-key",
                "acount",
                "did you mean account?",
            ),
            ("[policy]\nforbid-pop = \"yes\"", "wrong-type", "\"yes\"", "forbid-pop is true or false"),
            ("[policy]\nusername-domain = \"a b\"", "not-a-name", "\"a b\"", "write what stands behind the @"),
            ("[providers]\nallowed-hosts = \"x\"", "wrong-type", "\"x\"", "allowed-hosts is a list"),
            ("mdm = [\"jmf\"]", "unknown-mdm", "\"jmf\"", "did you mean jamf?"),
            ("mdm = [\"x\"]", "unknown-mdm", "\"x\"", "known are addigy, "),
            ("mdm = \"jamf\"", "wrong-type", "\"jamf\"", "mdm is a list of management systems"),
            ("[signatures]\nroots = \"a.pem\"", "wrong-type", "\"a.pem\"", "roots is a list of PEM files"),
            ("[signatures]\nroot = []", "unknown-key", "root", "did you mean roots?"),
            ("select = [", "toml-syntax", "", "https://toml.io/"),
        ] {
            let (said_rule, said_at, said_help) = complaint(text);
            assert_eq!((said_rule, said_at.as_str()), (rule, at), "{text}: {said_help}");
            assert!(said_help.starts_with(help), "{text}: {said_help}");
        }
    }
}

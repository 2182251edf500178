//! What is judged of each set of servers and each former host.

use super::Judge;
use crate::account::{Protocol, Security};
use crate::finding::Severity;
use crate::message;
use crate::provider::{ServerSet, Status};
use crate::strict_toml::Step;
use crate::strict_toml::Step::{Item, Key};

impl Judge<'_> {
    /// Port and security that cannot go together, or a port of another protocol.
    pub(super) fn pair(&mut self, index: usize, set: &ServerSet) {
        let path = [Key("server"), Item(index), Key("port")];
        // What was tried and noted may be as odd as it is.
        let severity = if set.note.is_some() { Severity::Warning } else { Severity::Error };
        if set.port == 0 {
            let texts = [
                "there is no port 0".into(),
                "nothing answers there".into(),
                "write the port that the provider publishes".into(),
            ];
            return self.say(Severity::Error, "impossible-port", &path, texts);
        }
        if let Some(protocol) = protocol_of(set.port).filter(|protocol| *protocol != set.protocol) {
            let (port, of, here) = (set.port, protocol.name(), set.protocol.name());
            let what = message!("port {port} is that of {of}, not of {here}", port = port, of = of, here = here);
            let help = "correct the port or the protocol; if it is really so, say it in a note";
            return self.say(
                severity,
                "impossible-port",
                &path,
                [what, "a server speaks one protocol on a port".into(), help.into()],
            );
        }
        let begins_with_tls = Security::of_port(set.port) == Some(Security::Tls);
        if Security::of_port(set.port).is_some() && begins_with_tls != (set.security == Security::Tls) {
            let word = set.security.name();
            let what = message!("port {port} does not go with {security}", port = set.port, security = word);
            let why = if begins_with_tls {
                "that port is encrypted from the first byte (RFC 8314)"
            } else {
                "that port begins in plain text"
            };
            let help = if begins_with_tls { "write security = \"tls\"" } else { "write security = \"starttls\"" };
            let help = message!("{help}, or the other port; if it is really so, say it in a note", help = help);
            self.say(severity, "impossible-pair", &path, [what, why.into(), help]);
        }
    }

    pub(super) fn end_of_set(&mut self, index: usize, set: &ServerSet) {
        if matches!(set.status, Status::Retired | Status::Retiring) && set.until.is_none() && set.note.is_none() {
            self.undated(&[Key("server"), Item(index), Key("status")], &set.host);
        }
        if set.since.zip(set.until).is_some_and(|(since, until)| until < since) {
            let texts = [
                message!("it ends before it begins"),
                "one of the two days is wrong".into(),
                "compare both with the source".into(),
            ];
            self.say(Severity::Error, "impossible-days", &[Key("server"), Item(index), Key("until")], texts);
        }
    }

    fn undated(&mut self, path: &[Step<'_>], host: &str) {
        let what = message!("{host} went or goes away, and nothing says when", host = host);
        let why = "people ask since when";
        let help = "add until = 2026-11-24, or a note that says what is known";
        self.say(Severity::Warning, "undated-end", path, [what, why.into(), help.into()]);
    }

    /// A set for domains that the provider does not have is for nobody.
    pub(super) fn domains_of_set(&mut self, index: usize, set: &ServerSet) {
        for (item, domain) in set.domains.iter().enumerate() {
            let known = &self.provider.domains;
            if known.contains(domain) || self.provider.has_domain(domain) || self.provider.custom_domains {
                continue;
            }
            let what = message!("{domain} is none of this provider's domains", domain = domain);
            let why = "no address ever meets this server";
            let help = "add it to the domains at the top, or take it out here";
            self.say(
                Severity::Error,
                "foreign-domain",
                &[Key("server"), Item(index), Key("domains"), Item(item)],
                [what, why.into(), help.into()],
            );
        }
    }

    pub(super) fn retired_host(&mut self, index: usize) {
        let host = &self.provider.retired_hosts[index];
        let path = |key| [Key("retired-host"), Item(index), Key(key)];
        if matches!(host.status, Status::Preferred | Status::Accepted) {
            let what = message!("a host that is to be entered stands among those that are not");
            let help = "make it a [[server]], or say legacy, retiring, retired or never";
            self.say(
                Severity::Error,
                "wrong-status",
                &path("status"),
                [what, "it would be called wrong and right at once".into(), help.into()],
            );
        }
        if matches!(host.status, Status::Retired | Status::Retiring) && host.until.is_none() && host.note.is_none() {
            self.undated(&path("status"), &host.host);
        }
        let Some(successor) = &host.successor else { return };
        let embedded = self.embedded.iter();
        if !self
            .good
            .iter()
            .copied()
            .chain(embedded)
            .any(|provider| provider.servers.iter().any(|set| set.has_host(successor)))
        {
            let what = message!("{successor} is the host of no server that is known", successor = successor);
            let help = "add a [[server]] for it, or correct the name";
            self.say(
                Severity::Error,
                "unknown-successor",
                &path("successor"),
                [what, "people would be sent there".into(), help.into()],
            );
        }
    }
}

/// The protocol of a port that is registered for one.
const fn protocol_of(port: u16) -> Option<Protocol> {
    match port {
        143 | 993 => Some(Protocol::Imap),
        110 | 995 => Some(Protocol::Pop3),
        25 | 465 | 587 => Some(Protocol::Smtp),
        _ => None,
    }
}

//! Every embedded provider, as people set it up: right settings stay silent, damaged ones are found and mended.

mod mailboxes;

use std::collections::BTreeMap;

use mailboxes::{Format, Mailbox, mailboxes};
use mailcfg::account::{Protocol, Security};
use mailcfg::date::Date;
use mailcfg::finding::Applicability;
use mailcfg::finding::{Finding, Severity};
use mailcfg::fix::{self, Fixed};
use mailcfg::lint::{Input, Options, check, read};
use mailcfg::provider::{Provider, Providers, ServerSet, Status};
use mailcfg::rules::{Context, Run};
use rayon::prelude::*;

fn options() -> Options {
    Options { providers: Providers::embedded(), today: Date::new(2026, 11, 24) }
}

fn findings(input: &Input) -> Vec<Finding> {
    let (documents, options) = ([read(input)], options());
    check(&Context::new(&Run::new(&documents), 0, &options.providers, options.today), input.client)
}

fn safely_fixed(input: &Input) -> Fixed {
    fix::fix(&Run::new(&[read(input)]), 0, input.client, Applicability::Safe, &options())
}

#[test]
fn a_mailbox_set_up_as_the_provider_says_is_left_alone() {
    let providers = Providers::embedded();
    let all: Vec<Mailbox<'_>> = providers.iter().flat_map(mailboxes).collect();
    let count = all.len();
    let failures: Vec<String> = all.par_iter().flat_map_iter(complaints).collect();
    println!("{count} working mailboxes");
    let changed = all.par_iter().filter(|mailbox| safely_fixed(&mailbox.input()).is_changed()).count();
    assert_eq!(changed, 0, "mailboxes that a safe fix changed");
    assert!(count > 1000, "only {count} mailboxes were made");
    assert!(failures.is_empty(), "{} complaints\n{}", failures.len(), failures.join("\n"));
}

/// Everything said of a mailbox that should not be.
fn complaints(mailbox: &Mailbox<'_>) -> Vec<String> {
    let input = mailbox.input();
    let loud = |finding: &Finding| finding.severity > Severity::Info || finding.is_fixable(Applicability::Safe);
    let told = findings(&input).into_iter().filter(loud);
    told.map(|finding| format!("{mailbox}: {}[{}] {}", finding.severity.name(), finding.rule, finding.message))
        .collect()
}

/// A kind of damage: what it is called, how it is done, and the rules of which one must find it.
struct Damage {
    name: &'static str,
    apply: fn(&mut Mailbox<'_>) -> bool,
    rules: &'static [&'static str],
}

const DAMAGES: &[Damage] = &[
    Damage {
        name: "plaintext",
        apply: |mailbox| {
            let was = mailbox.incoming.security;
            mailbox.incoming.security = Security::None;
            mailbox.incoming.port = mailbox.incoming.protocol.default_port(Security::None);
            // Only where the provider offers nothing better is plaintext right.
            was != Security::None
                && !mailbox.offers(Protocol::Imap, Security::None)
                && !mailbox.offers(Protocol::Pop3, Security::None)
        },
        rules: &["no-encryption", "plaintext-by-default"],
    },
    Damage {
        name: "plaintext, lines absent",
        apply: |mailbox| {
            mailbox.write_security = false;
            mailbox.incoming.port = mailbox.incoming.protocol.default_port(Security::None);
            mailbox.incoming.security = Security::None;
            !mailbox.offers(Protocol::Imap, Security::None) && !mailbox.offers(Protocol::Pop3, Security::None)
        },
        rules: &["plaintext-by-default"],
    },
    Damage {
        name: "wrong port and security",
        apply: |mailbox| {
            let other = if mailbox.incoming.security == Security::Tls { Security::StartTls } else { Security::Tls };
            mailbox.incoming.security = if mailbox.format == Format::Prefs { other } else { Security::None };
            let is_standard = Security::of_port(mailbox.incoming.port) == Some(mailbox.set.0.security);
            is_standard && (mailbox.format == Format::Prefs || mailbox.set.0.security == Security::Tls)
        },
        rules: &["port-security-mismatch", "ssl-off-on-tls-port"],
    },
    Damage {
        name: "typo in the host",
        apply: |mailbox| {
            let host = &mut mailbox.incoming.host;
            let Some(at) = host.find('.').map(|dot| dot + 2).filter(|at| host.len() > at + 4) else { return false };
            host.remove(at);
            mailbox.domain_is_known() && !mailbox.is_known_host()
        },
        rules: &["misspelled-host"],
    },
    Damage {
        name: "space after the host",
        apply: |mailbox| {
            mailbox.outgoing.host.push(' ');
            true
        },
        rules: &["whitespace-in-host"],
    },
    Damage {
        name: "wrong form of the user name",
        apply: |mailbox| mailbox.spoil_username(),
        rules: &["username-not-full-address", "username-not-local-part"],
    },
    Damage {
        name: "host of the other protocol",
        apply: |mailbox| {
            mailbox.incoming.host.clone_from(&mailbox.outgoing.host);
            mailbox.incoming.host != mailbox.set.0.host && !mailbox.serves_incoming(&mailbox.outgoing.host)
        },
        rules: &["host-of-other-protocol"],
    },
];

#[test]
fn damage_is_found_and_never_mended_wrongly() {
    let providers = Providers::embedded();
    let mut tally: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut failures = Vec::new();
    for damage in DAMAGES {
        for mut mailbox in providers.iter().flat_map(mailboxes).filter(Mailbox::is_first_of_its_kind) {
            if !(damage.apply)(&mut mailbox) {
                continue;
            }
            let input = mailbox.input();
            let found = findings(&input);
            let counts = tally.entry(damage.name).or_default();
            counts[0] += 1;
            if found.iter().any(|finding| damage.rules.contains(&finding.rule) && finding.severity > Severity::Info) {
                counts[1] += 1;
            } else {
                let list: Vec<&str> = found.iter().map(|finding| finding.rule).collect();
                failures.push(format!("{}: {mailbox}: not found, only {list:?}", damage.name));
            }
            let fixed = safely_fixed(&input);
            counts[2] += usize::from(fixed.is_changed());
            failures.extend(
                wrongly_mended(&fixed, &input, mailbox.provider)
                    .map(|what| format!("{}: {mailbox}: {what}", damage.name)),
            );
        }
    }
    for (damage, [made, found, mended]) in &tally {
        println!("{damage:32} {made:5} made {found:5} found {mended:5} mended safely");
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

/// What a safe fix must never do: leave a server it touched at something the provider does not offer.
fn wrongly_mended(fixed: &Fixed, input: &Input, provider: &Provider) -> Option<String> {
    if let Some(reason) = &fixed.reverted {
        return Some(format!("reverted: {reason}"));
    }
    let after = read(&Input { sources: fixed.after.clone(), ..input.clone() });
    let before = read(input);
    let servers = |document: &mailcfg::document::Document| {
        let account = document.accounts.first().cloned();
        account
            .map(|account| account.incoming.into_iter().chain(account.outgoing).collect::<Vec<_>>())
            .unwrap_or_default()
    };
    for (before, after) in servers(&before).iter().zip(servers(&after)) {
        let connection =
            |server: &mailcfg::account::Server| (server.host_name(), server.port.value, server.security.value);
        let is_offered = provider.servers.iter().filter(|set| usable(set)).any(|set| {
            set.protocol == after.protocol.value
                && set.has_host(&after.host_name())
                && i64::from(set.port) == after.port.value
                && set.security == after.security.value
        });
        if connection(before) != connection(&after) && !is_offered {
            return Some(format!("mended to {:?}", connection(&after)));
        }
    }
    None
}

fn usable(set: &ServerSet) -> bool {
    matches!(set.status, Status::Preferred | Status::Accepted)
}

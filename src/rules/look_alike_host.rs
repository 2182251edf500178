//! `look-alike-host`: a host name of other letters that look like those of an official host.

use super::hosts;
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::finding::{Applicability, Confidence, Finding, Severity};
use crate::message;
use crate::provider::{Provider, ServerSet};

pub(super) const RULE: Rule = Rule {
    name: "look-alike-host",
    group: Group::Host,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "A host name only looks like an official one",
    page: include_str!("look_alike_host.md"),
    check,
};

/// Small letters that are drawn like a Latin one: Cyrillic, Greek, Armenian and rare Latin. After the confusables of UTS 39.
const DOUBLES: &[(&str, char)] = &[
    ("\u{430}\u{3b1}\u{251}", 'a'),
    ("\u{44c}", 'b'),
    ("\u{441}\u{3f2}\u{1d04}", 'c'),
    ("\u{501}", 'd'),
    ("\u{435}\u{4bd}", 'e'),
    ("\u{192}", 'f'),
    ("\u{261}\u{581}", 'g'),
    ("\u{4bb}\u{570}", 'h'),
    ("\u{456}\u{131}\u{3b9}\u{269}", 'i'),
    ("\u{458}\u{3f3}", 'j'),
    ("\u{43a}\u{3ba}", 'k'),
    ("\u{4cf}", 'l'),
    ("\u{43c}", 'm'),
    ("\u{578}\u{3b7}", 'n'),
    ("\u{43e}\u{3bf}\u{585}\u{1d0f}", 'o'),
    ("\u{440}\u{3c1}", 'p'),
    ("\u{51b}\u{566}", 'q'),
    ("\u{433}\u{1d26}", 'r'),
    ("\u{455}", 's'),
    ("\u{442}\u{3c4}", 't'),
    ("\u{57d}\u{3c5}\u{1d1c}", 'u'),
    ("\u{475}\u{3bd}", 'v'),
    ("\u{51d}\u{461}", 'w'),
    ("\u{445}\u{3c7}", 'x'),
    ("\u{443}\u{3b3}", 'y'),
    ("\u{1d22}", 'z'),
];

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in hosts::plain(cx) {
        if let Some(meant) = meant(cx, &view) {
            out.push(report(&view, meant));
        }
    }
}

/// The official server that the host looks like, and whose it is.
pub(super) fn meant<'a>(cx: &Context<'a>, view: &ServerView<'a>) -> Option<(&'a Provider, &'a ServerSet)> {
    let host = view.server.host_name();
    let unicode = idna::domain_to_unicode(&host).0;
    if view.is_at_provider() || (unicode.is_ascii() && hosts::is_own_domain(view, &host)) {
        return None;
    }
    let skeleton = skeleton(&unicode)?;
    let own = view.provider();
    let providers = own.into_iter().chain(cx.providers.iter());
    // Digits for letters are no proof: a name in plain letters is suspected only of its own provider's hosts.
    let mut providers =
        providers.filter(|provider| !unicode.is_ascii() || own.is_some_and(|own| own.id == provider.id));
    providers.find_map(|provider| {
        let sets = provider.servers.iter().filter(|set| set.protocol == view.server.protocol.value && set.is_usable());
        let mut sets = sets.filter(|set| *set.host != *host && !set.host.contains('*'));
        sets.find(|set| self::skeleton(&set.host).as_ref() == Some(&skeleton)).map(|set| (provider, set))
    })
}

/// The host as an eye takes it in; nothing if there are letters in it that look like no Latin one.
fn skeleton(host: &str) -> Option<String> {
    let mut out = String::with_capacity(host.len());
    for c in host.to_lowercase().chars() {
        let double = DOUBLES.iter().find(|(doubles, _)| doubles.contains(c)).map(|(_, plain)| *plain);
        out.push(match double.unwrap_or(c) {
            'i' | '1' => 'l',
            '0' => 'o',
            plain if plain.is_ascii() => plain,
            _ => return None,
        });
    }
    Some(out.replace("rn", "m").replace("vv", "w"))
}

fn report(view: &ServerView<'_>, (provider, set): (&Provider, &ServerSet)) -> Finding {
    let host = hosts::name(view);
    let is_own = view.provider().is_some_and(|own| own.id == provider.id);
    let what = message!("the host {host} only looks like {official}", host = host, official = set.host);
    let finding = RULE
        .at(&view.server.host, what)
        .because("some letters are other ones that look alike; whoever owns that name receives the password")
        .help(message!("write {official} anew by hand, and change the password if it was used", official = set.host))
        .values(&host, &set.host);
    let freedom = if is_own { Applicability::Safe } else { Applicability::Unsafe };
    let finding = finding.fix(
        message!("use {official}", official = set.host),
        freedom,
        vec![hosts::rename(view.server, &set.host)],
    );
    let graded = view.capped(Severity::Error, Confidence::High);
    finding.on(&view.account.id).published(set.source(provider)).graded(graded.0, graded.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skeletons_are_equal_for_names_that_look_alike() {
        for host in ["imap.gm\u{430}il.com", "imap.gmai1.com", "imap.grnail.com", "\u{456}map.gmail.com"] {
            assert_eq!(skeleton(host), skeleton("imap.gmail.com"), "{host}");
        }
        assert_ne!(skeleton("imap.ymail.com"), skeleton("imap.gmail.com"));
        assert_eq!(skeleton("m\u{fc}nchen.example"), None);
    }
}

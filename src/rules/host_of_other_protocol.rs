//! `host-of-other-protocol`: a host that serves another protocol than the one it is used for.

use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView, hosts};
use crate::account::Protocol;
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;
use crate::provider::ServerSet;

pub(super) const RULE: Rule = Rule {
    name: "host-of-other-protocol",
    group: Group::Host,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "A host of another protocol stands in this field",
    page: include_str!("host_of_other_protocol.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in hosts::plain(cx) {
        out.extend(if view.is_at_provider() { known(cx, &view) } else { unknown(&view) });
    }
}

/// A host that its provider lists for other protocols only, though it has hosts for this one. Where Exchange is among them the
/// host is a front door for everything.
fn known(cx: &Context<'_>, view: &ServerView<'_>) -> Option<Finding> {
    let (host, protocol) = (view.server.host_name(), view.server.protocol.value);
    let provider = view.provider()?;
    let others: Vec<Protocol> = hosts::sets_of(provider, &host).map(|set| set.protocol).collect();
    let other = others.first().filter(|_| !others.contains(&Protocol::Exchange))?;
    let is_listed = hosts::serves(cx, &host, protocol) || provider.retired_host(&host, protocol).is_some();
    (!is_listed && !view.usable_sets().is_empty()).then(|| report(cx, view, *other))
}

/// Host and port are right for another protocol, so that it is the protocol which was not meant; or both were.
fn of_protocol(view: &ServerView<'_>, meant: &ServerSet, finding: Finding) -> Finding {
    let (protocol, meant_protocol) = (view.server.protocol.value, meant.protocol);
    let help = message!(
        "set the type of the account to {protocol}, if that is meant; a mail program that cannot do so needs a new account",
        protocol = meant_protocol.name()
    );
    // Only a description of an account may change its kind; in a mail program mail hangs on it.
    let finding = if matches!(view.document.client, "mobileconfig" | "declaration" | "autoconfig") {
        let change = change(&view.server.protocol, protocol.name(), Value::Protocol(meant_protocol));
        let title = message!("set the type to {protocol}", protocol = meant_protocol.name());
        finding.fix(title, Applicability::Unsafe, vec![change])
    } else {
        finding
    };
    finding.help(help).values(protocol.name(), meant_protocol.name())
}

fn report(cx: &Context<'_>, view: &ServerView<'_>, other: Protocol) -> Finding {
    let host = hosts::name(view);
    let protocol = view.server.protocol.value;
    let what = message!(
        "{host} is a server for {other}, not for {protocol}",
        host = host,
        other = other.name(),
        protocol = protocol.name()
    );
    let set = view.nearest_set();
    let finding = RULE
        .at(&view.server.host, what)
        .because("the server speaks another language than the program, so no connection comes about");
    let finding = match (view.set_of_other_protocol(), set) {
        (Some(meant), _) => of_protocol(view, meant, finding),
        (None, Some(set)) => {
            finding.help(message!("use {server}", server = hosts::whole(view, set))).values(&host, &set.host).fix(
                message!("use {server}", server = hosts::whole(view, set)),
                hosts::freedom(cx, view, set),
                view.mend(set),
            )
        }
        (None, None) => finding.help("enter the host that the provider names for this protocol").found(&host),
    };
    view.finish(finding, set, graded(cx, view, set))
}

/// A host that is named for no protocol may well speak one more than is published.
fn graded(cx: &Context<'_>, view: &ServerView<'_>, set: Option<&ServerSet>) -> (Severity, Confidence) {
    let graded = view.graded(Severity::Error, set);
    let speaks_of_other = speaks(&view.server.host_name()).is_some_and(|named| named != view.server.protocol.value);
    if speaks_of_other && !hosts::is_mixed(cx, view) { graded } else { hosts::mildly(graded) }
}

/// Of unknown hosts only one mistake is worth a question: fetching mail from a host called `smtp`.
fn unknown(view: &ServerView<'_>) -> Option<Finding> {
    let host = view.server.host_name();
    if !view.is_incoming() || speaks(&host) != Some(Protocol::Smtp) {
        return None;
    }
    let what = message!(
        "is {host} really the {role}? its name speaks of outgoing mail",
        host = hosts::name(view),
        role = view.role()
    );
    let finding = RULE
        .at(&view.server.host, what)
        .because("mail is mostly fetched from another host than the one that sends")
        .help("compare it with what the provider or the administrator publishes")
        .found(hosts::name(view));
    let (severity, confidence) = view.capped(Severity::Warning, Confidence::Medium);
    Some(view.finish(finding, None, (severity, confidence)))
}

/// The protocol that the first word of a host name speaks of.
fn speaks(host: &str) -> Option<Protocol> {
    let first = host.split('.').next().unwrap_or_default();
    let word = first.trim_end_matches(|c: char| c.is_ascii_digit() || c == 's');
    match word {
        "imap" => Some(Protocol::Imap),
        "pop" => Some(Protocol::Pop3),
        "smtp" | "out" | "outgoing" | "smtpout" | "send" | "relay" | "msa" => Some(Protocol::Smtp),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_speak_of_their_protocol() {
        let cases = [
            ("imap4.example.jp", Some(Protocol::Imap)),
            ("pop3s.example.jp", Some(Protocol::Pop3)),
            ("smtps.example.jp", Some(Protocol::Smtp)),
            ("mail.example.jp", None),
            ("popper.example.jp", None),
        ];
        for (host, expected) in cases {
            assert_eq!(speaks(host), expected, "{host}");
        }
    }
}

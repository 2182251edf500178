//! `unusual-port`: a port that is none of those for mail, on a host of which nothing is known.

use super::{Context, Fixes, Group, Rule, ServerView, hosts, ports};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "unusual-port",
    group: Group::Port,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "The port is none that mail servers usually have",
    page: include_str!("unusual_port.md"),
    check,
};

/// Ports that are no slip although one digit parts them from a usual one: 443 passes every firewall, 585 and 994 are old ports
/// for TLS.
const SECOND_CHOICE: [u16; 3] = [443, 585, 994];

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in hosts::reachable(cx) {
        let server = view.server;
        let Some(port) = server.port_number().filter(|_| server.port.is_written() && !view.is_at_provider()) else {
            continue;
        };
        let protocol = server.protocol.value;
        if !ports::own(protocol).contains(&port) && ports::of_other(protocol, port).is_none() {
            out.push(report(&view, port));
        }
    }
}

fn report(view: &ServerView<'_>, port: u16) -> Finding {
    let usual = ports::own(view.server.protocol.value);
    let meant = usual.iter().copied().find(|usual| is_slip(port, *usual) && !SECOND_CHOICE.contains(&port));
    let Some(meant) = meant else {
        let what = message!("port {port} is not a usual one for the {role}", port = port, role = view.role());
        let finding = RULE
            .at(&view.server.port, what)
            .because("some servers have such ports, and then it is right; it is said because it may also be a slip")
            .help("compare it with what the provider or the administrator publishes")
            .found(port);
        return view.finish(finding, None, (Severity::Info, Confidence::Medium));
    };
    let what = message!("is port {port} perhaps {meant} misspelled?", port = port, meant = meant);
    let finding = RULE
        .at(&view.server.port, what)
        .because("the two differ by one digit, and mail servers seldom listen on the one that is set")
        .help(message!("compare it with what the provider publishes; {meant} is usual", meant = meant))
        .values(port, meant);
    view.finish(finding, None, view.capped(Severity::Warning, Confidence::Medium))
}

/// One digit off, or two neighbours swapped, in a number of at least three digits.
fn is_slip(port: u16, usual: u16) -> bool {
    let (port, usual) = (port.to_string(), usual.to_string());
    port.len() >= 3 && usual.len() >= 3 && strsim::damerau_levenshtein(&port, &usual) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_differ_by_one_digit() {
        for (port, usual) in [(487, 587), (939, 993), (9993, 993), (456, 465)] {
            assert!(is_slip(port, usual), "{port}");
        }
        for (port, usual) in [(26, 25), (2525, 25), (10993, 993), (8143, 993)] {
            assert!(!is_slip(port, usual), "{port}");
        }
    }
}

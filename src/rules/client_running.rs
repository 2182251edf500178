//! `client-running`: the mail program is open, so that changes of its files would be lost.

use super::{Context, Fixes, Group, Rule};
use crate::document::Seen;
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "client-running",
    group: Group::Safety,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "The mail program is open, so nothing is written until it is closed",
    page: include_str!("client_running.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::ClientRunning { pid } = observation.seen else { continue };
        let what = match pid {
            Some(pid) => message!("the mail program that uses this file is open (process {pid})", pid = pid),
            None => message!("the mail program that uses this file is open"),
        };
        out.push(
            RULE.seen(observation, what)
                .because("it keeps its settings in memory and writes them over the file, so a change would be lost; fixes are refused until it is closed")
                .help("close the mail program before you run `mailcfg fix --apply`"),
        );
    }
}

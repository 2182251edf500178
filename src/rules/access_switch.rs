//! `access-switch`: what must be set at the provider before a mail program may connect.

use super::{Context, Fixes, Group, Rule, ServerView};
use crate::finding::{Finding, Severity};
use crate::message;
use crate::provider::{Access, Switch};

pub(super) const RULE: Rule = Rule {
    name: "access-switch",
    group: Group::Authentication,
    severity: Severity::Hint,
    fixes: Fixes::Never,
    summary: "Access by mail programs depends on a setting at the provider",
    page: include_str!("access_switch.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.document.is_published() {
        return; // Every reader has switches of their own.
    }
    // One switch for fetching and sending is told once for an account.
    let mut told: Vec<(&str, &Switch)> = Vec::new();
    for view in cx.public_servers().into_iter().filter(ServerView::is_at_provider) {
        let Some(provider) = view.provider().filter(|provider| provider.access == Access::Servers) else { continue };
        let protocol = view.server.protocol.value;
        let here = |switch: &&Switch| switch.protocols.is_empty() || switch.protocols.contains(&protocol);
        for switch in provider.switches.iter().filter(here) {
            let account = view.account.id.as_str();
            if !told.iter().any(|(known, earlier)| *known == account && std::ptr::eq(*earlier, switch)) {
                told.push((account, switch));
                out.push(report(&view, switch));
            }
        }
    }
}

fn report(view: &ServerView<'_>, switch: &Switch) -> Finding {
    let name = view.provider_title();
    let what = message!(
        "at {provider}, {protocol} in a mail program depends on a setting of the mailbox",
        provider = name,
        protocol = view.server.protocol.value.name()
    );
    let finding = RULE
        .at(&view.server.protocol, what)
        .because(
            "until it is set as the provider asks, the right password may be refused as if it were wrong; nothing in this file can change that",
        )
        .help(switch.what.message());
    let grade = view.provider().map_or(crate::provider::Grade::Low, |provider| provider.confidence);
    let finding = view.finish(finding, None, view.graded_by(Severity::Hint, grade));
    match &switch.url {
        Some(url) => finding.published(Some(url)),
        None => finding,
    }
}

//! `pop-where-imap-offered`: POP at a provider that recommends IMAP.

use super::{Context, Fixes, Group, Rule, ServerView};
use crate::account::Protocol;
use crate::finding::{Finding, Severity};
use crate::message;
use crate::provider::{Grade, ServerSet, Status};

pub(super) const RULE: Rule = Rule {
    name: "pop-where-imap-offered",
    group: Group::Safety,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "POP is used at a provider that offers IMAP",
    page: include_str!("pop_where_imap_offered.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.document.is_published() {
        return; // It may offer both.
    }
    for view in cx.public_servers().into_iter().filter(ServerView::is_at_provider) {
        if view.server.protocol.value == Protocol::Pop3
            && let Some(set) = imap(&view)
        {
            out.push(report(&view, set));
        }
    }
}

/// The provider's IMAP server, if it is told to everyone and well known.
fn imap<'a>(view: &ServerView<'a>) -> Option<&'a ServerSet> {
    let (provider, domain) = (view.provider()?, view.domain());
    provider.servers.iter().find(|set| {
        set.protocol == Protocol::Imap
            && set.status == Status::Preferred
            && set.is_for(domain.as_deref())
            && !set.host.contains('*')
            && set.grade(provider) > Grade::Low
    })
}

fn report(view: &ServerView<'_>, set: &ServerSet) -> Finding {
    let name = view.provider_title();
    let finding = RULE
        .at(&view.server.protocol, message!("{provider} offers IMAP as well", provider = name))
        .because("with IMAP folders and read marks are the same on every device and stay on the server; POP only fetches the inbox")
        .help(message!("if you use more than one device, add the account anew with IMAP ({host}) and keep the old one for what it has fetched", host = set.host))
        .values("POP3", "IMAP");
    view.finish(finding, Some(set), view.graded(Severity::Info, Some(set)))
}

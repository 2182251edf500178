//! `pop-where-imap-offered`: a profile sets up POP at a provider that recommends IMAP.
//!
//! Only where somebody sets up mailboxes for others. Whoever fetches mail with POP may have chosen it, and the mailbox works; where mail
//! is lost to other devices, `pop-deletes-from-server` speaks.

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
    summary: "The profile sets up POP at a provider that offers IMAP",
    page: include_str!("pop_where_imap_offered.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    // A published file may offer both.
    if !matches!(cx.document.client, "mobileconfig" | "declaration") {
        return;
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
        .help(message!("set the mailboxes up with IMAP ({host}), unless POP is what is meant", host = set.host))
        .values("POP3", "IMAP");
    view.finish(finding, Some(set), view.graded(Severity::Info, Some(set)))
}

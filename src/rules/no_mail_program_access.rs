//! `no-mail-program-access`: an account at a provider that lets no mail program in, or only through its bridge.

use super::{Context, Fixes, Group, Rule, ServerView, hosts};
use crate::finding::{Finding, Severity};
use crate::message;
use crate::provider::{Access, Provider};

pub(super) const RULE: Rule = Rule {
    name: "no-mail-program-access",
    group: Group::Host,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "The provider lets no mail program in, or only through a bridge on the same computer",
    page: include_str!("no_mail_program_access.md"),
    check,
};

/// Once for each account: incoming and outgoing have the same trouble.
fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let mut told = Vec::new();
    for view in hosts::plain(cx) {
        let Some(provider) = view.provider().filter(|provider| provider.owns_or_has_beside(&view.server.host_name()))
        else {
            continue;
        };
        let is_closed = matches!(provider.access, Access::None | Access::Bridge);
        if is_closed && view.current_set().is_none() && !told.contains(&view.account.id.as_str()) {
            told.push(view.account.id.as_str());
            out.push(report(&hosts::as_provider(&view), provider));
        }
    }
}

fn report(view: &ServerView<'_>, provider: &Provider) -> Finding {
    let name = provider.title();
    let (what, help) = if provider.access == Access::Bridge {
        (
            message!("{provider} can be reached through its bridge only", provider = name),
            message!(
                "install the bridge of the provider on this computer, and enter host, port and password as its window shows them"
            ),
        )
    } else {
        (
            message!("{provider} lets no mail program in", provider = name),
            message!("use the provider's own app or its web page, and take the account out of the mail program"),
        )
    };
    let finding = RULE
        .at(&view.server.host, what)
        .because("there is no server that mail programs may use, so no setting and no password makes this account work")
        .help(help)
        .found(hosts::name(view));
    view.finish(finding, None, view.graded(Severity::Error, None))
}

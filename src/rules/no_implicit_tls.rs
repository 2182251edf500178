//! `no-implicit-tls`: a connection that is not encrypted from the first byte, where the company asks for that.

use super::{Context, Fixes, Group, Rule, ServerView, encryption};
use crate::account::Security;
use crate::finding::{Applicability, Confidence, Finding, Severity};
use crate::message;
use crate::provider::ServerSet;

pub(super) const RULE: Rule = Rule {
    name: "no-implicit-tls",
    group: Group::Managed,
    severity: Severity::Error,
    fixes: Fixes::Unsafe,
    summary: "The company asks for encryption from the first byte, and the account has none",
    page: include_str!("no_implicit_tls.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.demands.implicit_tls {
        let views = cx.public_servers().into_iter();
        out.extend(views.filter(|view| view.server.security.value != Security::Tls).map(|view| report(&view)));
    }
}

fn report(view: &ServerView<'_>) -> Finding {
    let security = &view.server.security;
    let what = message!(
        "the {role} is used with {security}, and the company asks for SSL/TLS from the first byte",
        role = view.role(),
        security = security.value.name()
    );
    let finding = RULE
        .at(security, what)
        .on(&view.account.id)
        .because("require-implicit-tls is set in mailcfg.toml: with STARTTLS somebody on the way can take the offer of encryption out");
    // Of a declaration it is only known how devices treat profiles; it has no word of its own for the encryption.
    let finding = match encryption::is_assumed(view) {
        true => finding.graded(Severity::Warning, Confidence::Medium),
        false => finding,
    };
    match offered(view) {
        Some(set) => {
            let pair = super::view::pair(set.port, set.security);
            let title = message!("use {pair}", pair = pair);
            let finding = finding.help(title.clone()).values(security.value.name(), pair);
            let url = view.provider().and_then(|provider| set.source(provider));
            finding.published(url).fix(title, Applicability::Unsafe, view.mend(set))
        }
        None => finding
            .found(security.value.name())
            .help("ask the provider for settings with SSL/TLS: 993 for IMAP, 995 for POP, 465 for sending"),
    }
}

/// What the provider offers on the same host.
fn offered<'a>(view: &ServerView<'a>) -> Option<&'a ServerSet> {
    let host = view.server.host_name();
    let sets = view.usable_sets().into_iter().filter(|set| set.security == Security::Tls && set.has_host(&host));
    sets.min_by_key(|set| set.status).filter(|_| view.is_at_provider())
}

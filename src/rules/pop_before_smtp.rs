//! `pop-before-smtp`: sending without signing in, for as long as mail was fetched shortly before.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Applicability, Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "pop-before-smtp",
    group: Group::Sending,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "Sending works only for a few minutes after mail was fetched by POP",
    page: include_str!("pop_before_smtp.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let seen = cx.observations().filter(|observation| matches!(observation.seen, Seen::PopBeforeSmtp));
    out.extend(seen.map(|observation| report(cx, observation)));
}

fn report(cx: &Context<'_>, observation: &Observation) -> Finding {
    let finding = RULE
        .seen(observation, message!("the outgoing server knows people only by the mail they fetched before"))
        .because("it trusts the network address from which mail was fetched by POP a few minutes ago; without that, or behind a shared address, sending fails or works for strangers")
        .help("let programs sign in to the outgoing server: password-cleartext with encryption, and the placeholder for the user name");
    let Some(view) = cx.server_of(&observation.key) else { return finding };
    let set = view.target_set().filter(|_| view.is_at_provider());
    let Some((set, way)) = set.and_then(|set| Some((set, view.better_way(set)?.0))) else { return finding };
    let finding = finding.values("smtp-after-pop", way.name()).fix(
        message!("sign in by {way}", way = way.name()),
        Applicability::Unsafe,
        view.mend(set),
    );
    view.finish(finding, Some(set), view.capped(Severity::Warning, Confidence::High))
}

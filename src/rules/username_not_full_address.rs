//! `username-not-full-address`: a name alone where the provider asks for the whole address.

use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView, login};
use crate::account::local_part;
use crate::finding::{Applicability, Finding, Severity, Value};
use crate::mdm::is_open_domain;
use crate::message;
use crate::provider::{Grade, MatchLevel, UsernameForm, is_official};

pub(super) const RULE: Rule = Rule {
    name: "username-not-full-address",
    group: Group::Username,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "The provider asks for the whole mail address as user name",
    page: include_str!("username_not_full_address.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let mut named = Vec::new();
    for view in cx.public_servers() {
        let Some(name) = login::judged(&view).filter(|name| !name.contains('@')) else { continue };
        if is_too_short(&view, &name) {
            named.push((view, name));
        }
    }
    for (view, name) in &named {
        // Both servers of an account ask the same list of names, and get one verdict.
        let servers = named.iter().map(|(server, _)| server).filter(|server| server.account.id == view.account.id);
        let certainty = if servers.clone().all(is_surely_asked_for) {
            Certainty::Refused
        } else if servers.clone().any(is_told_by_provider) {
            Certainty::Told
        } else {
            Certainty::Listed
        };
        out.push(report(view, name, certainty));
    }
}

/// How much is known of a name alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Certainty {
    /// A list of others names the whole address: one form that works, not the only one.
    Listed,
    /// The provider tells people to enter the whole address.
    Told,
    /// It cannot know who is meant.
    Refused,
}

/// Whether the whole address is asked for. A name that the provider gave out may be as short as it likes; the one before the `@` of
/// the account's own address is hardly that.
fn is_too_short(view: &ServerView<'_>, name: &str) -> bool {
    let forms = login::forms(view);
    let is_from_address = || own_address(view).is_some_and(|address| begins_with(&address, name));
    let may_be_issued = || forms.iter().all(|form| matches!(form, UsernameForm::FullAddress | UsernameForm::IssuedId));
    match forms[..] {
        [] => false,
        _ if forms.iter().all(|form| *form == UsernameForm::FullAddress) => true,
        [UsernameForm::FullAddress, ..] => may_be_issued() && is_from_address(),
        _ => false,
    }
}

/// The address of the account, if it is at the provider whose server this is.
fn own_address(view: &ServerView<'_>) -> Option<String> {
    view.address.filter(|_| login::is_own_address(view)).map(|address| login::clean(&address.value))
}

fn begins_with(address: &str, name: &str) -> bool {
    local_part(address).is_some_and(|local| local.eq_ignore_ascii_case(name))
}

/// Whether a name alone is refused: the provider itself asks for more, and keeps mailboxes of several domains.
fn is_surely_asked_for(view: &ServerView<'_>) -> bool {
    let has_issued = login::forms(view).contains(&UsernameForm::IssuedId);
    is_told_by_provider(view) && serves_many_domains(view) && !has_issued
}

/// Whether the form of the user name stands on a page of the provider, or in the company's own file.
fn is_told_by_provider(view: &ServerView<'_>) -> bool {
    let is_published = view.provider().zip(view.set_in_use()).is_some_and(|(provider, set)| {
        set.grade(provider) != Grade::Low && set.source(provider).is_some_and(is_official)
    });
    is_published || view.matched.is_some_and(|matched| matched.level == MatchLevel::Policy)
}

fn report(view: &ServerView<'_>, name: &str, certainty: Certainty) -> Finding {
    let server = view.server;
    let address = login::expected(view).or_else(|| own_address(view)).filter(|address| begins_with(address, name));
    let what = message!("the user name {name} is not a whole mail address", name = name);
    // Which of the provider's domains a management system fills in is not known, and one of them may do without.
    let is_domain_known = view.domain().is_some_and(|domain| !is_open_domain(&domain));
    let is_surely_refused = address.is_some() && is_domain_known && certainty == Certainty::Refused;
    let why = if is_surely_refused {
        "the provider keeps mailboxes of several domains, and a name alone does not tell which one is meant: it answers that the name or the password is wrong"
    } else {
        "the provider asks for the whole address; with the name alone the sign-in may fail, and the answer then is that the password is wrong"
    };
    let finding = RULE.at(&server.username, what).because(why);
    let finding = match address {
        Some(address) => {
            let applicability = if is_surely_refused { Applicability::Safe } else { Applicability::Unsafe };
            let to = change(&server.username, &server.username.value, Value::Text(address.clone()));
            finding
                .help(message!("enter {address} as the user name", address = address))
                .values(&server.username.value, &address)
                .fix(message!("set the user name to {address}", address = address), applicability, vec![to])
        }
        None => finding
            .help("enter the whole address of the mailbox, with the @ and what follows it, as the user name")
            .found(&server.username.value),
    };
    let set = view.set_in_use();
    let (severity, confidence) = view.graded(Severity::Error, set);
    let ceiling = match certainty {
        _ if is_surely_refused => Severity::Error,
        Certainty::Refused | Certainty::Told => Severity::Warning,
        Certainty::Listed => Severity::Info,
    };
    view.finish(finding, set, (severity.min(ceiling), confidence))
}

/// A provider can add the domain of its own brand by itself, and some do; not one of those that its customers brought along.
fn serves_many_domains(view: &ServerView<'_>) -> bool {
    let Some(matched) = view.matched else { return false };
    let domains = &matched.provider.domains;
    let is_pattern = domains.iter().any(|domain| domain.contains('*'));
    let is_brand = view.domain().is_some_and(|own| domains.iter().any(|domain| **domain == *own));
    matched.level == MatchLevel::Policy || (matched.provider.custom_domains && !is_brand) || is_pattern
}

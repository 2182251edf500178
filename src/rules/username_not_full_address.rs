//! `username-not-full-address`: a name alone where the provider asks for the whole address.

use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView, login};
use crate::account::local_part;
use crate::finding::{Applicability, Finding, Severity, Value};
use crate::mdm::is_open_domain;
use crate::message;
use crate::provider::{MatchLevel, UsernameForm};

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
    for view in cx.public_servers() {
        let Some(name) = login::judged(&view).filter(|name| !name.contains('@')) else { continue };
        let forms = login::forms(&view);
        if !forms.is_empty() && forms.iter().all(|form| *form == UsernameForm::FullAddress) {
            out.push(report(&view, &name));
        }
    }
}

fn report(view: &ServerView<'_>, name: &str) -> Finding {
    let server = view.server;
    let address = login::expected(view)
        .filter(|address| local_part(address).is_some_and(|local| local.eq_ignore_ascii_case(name)));
    let what = message!("the user name {name} is not a whole mail address", name = name);
    // Which of the provider's domains a management system fills in is not known, and one of them may do without.
    let is_domain_known = view.domain().is_some_and(|domain| !is_open_domain(&domain));
    let is_surely_refused = address.is_some() && is_domain_known && serves_many_domains(view);
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
    let ceiling = if is_surely_refused { Severity::Error } else { Severity::Warning };
    view.finish(finding, set, (severity.min(ceiling), confidence))
}

/// A provider of one domain can add it by itself, and some do; one of several cannot.
fn serves_many_domains(view: &ServerView<'_>) -> bool {
    let Some(matched) = view.matched else { return false };
    let domains = &matched.provider.domains;
    let is_pattern = domains.iter().any(|domain| domain.contains('*'));
    matched.level == MatchLevel::Policy || matched.provider.custom_domains || domains.len() > 1 || is_pattern
}

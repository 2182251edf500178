//! `username-not-issued-id`: the address, or a part of it, where the provider gives out a user name of its own.

use super::{Context, Fixes, Group, Rule, ServerView, login};
use crate::account::local_part;
use crate::finding::{Confidence, Finding, Message, Severity};
use crate::message;
use crate::provider::{Note, UsernameForm};

pub(super) const RULE: Rule = Rule {
    name: "username-not-issued-id",
    group: Group::Username,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "The provider gives out a user name of its own, and the address stands in its place",
    page: include_str!("username_not_issued_id.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if cx.document.is_published() {
        return; // No placeholder stands for a name that each person is given.
    }
    for view in cx.public_servers().into_iter().filter(login::is_own_address) {
        let Some(name) = login::judged(&view) else { continue };
        let forms = login::forms(&view);
        let is_of_address = form_of(&view, &name).is_some_and(|form| !forms.contains(&form));
        // Where another form comes first the issued name is that of a few.
        if is_of_address && forms.first() == Some(&UsernameForm::IssuedId) {
            out.push(report(&view, &name));
        }
    }
}

/// Which form of the account's own address the name has; none if it is something else.
fn form_of(view: &ServerView<'_>, name: &str) -> Option<UsernameForm> {
    let address = login::clean(&view.address?.value);
    if name.eq_ignore_ascii_case(&address) {
        return Some(UsernameForm::FullAddress);
    }
    local_part(&address).filter(|local| name.eq_ignore_ascii_case(local)).map(|_| UsernameForm::LocalPart)
}

fn report(view: &ServerView<'_>, name: &str) -> Finding {
    let provider = view.provider();
    let what = message!(
        "{provider} gives out user names of its own, and {name} is made from the address",
        provider = view.provider_title(),
        name = name
    );
    let way = provider.and_then(|provider| provider.password.get.as_ref());
    let help = way.map_or_else(
        || Message::new("look up the user name for mail programs on the provider's page or in its letter"),
        Note::message,
    );
    let finding = RULE
        .at(&view.server.username, what)
        .because("the name that the provider shows with the password for mail programs is the only one it knows; with another the right password is refused")
        .help(help)
        .found(&view.server.username.value);
    let set = view.set_in_use();
    let (severity, confidence) = view.graded(Severity::Warning, set);
    let url = provider.and_then(|provider| provider.password.url.as_deref());
    let finding = view.finish(finding, set, (severity, confidence.min(Confidence::Medium)));
    if url.is_some() { finding.published(url) } else { finding }
}

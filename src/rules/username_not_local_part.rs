//! `username-not-local-part`: the whole address where the provider asks for the name alone.

use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView, login};
use crate::account::{address_domain, local_part};
use crate::finding::{Applicability, Finding, Severity, Value};
use crate::mdm::is_stand_in;
use crate::message;
use crate::provider::UsernameForm;

pub(super) const RULE: Rule = Rule {
    name: "username-not-local-part",
    group: Group::Username,
    severity: Severity::Error,
    fixes: Fixes::Unsafe,
    summary: "The provider asks for the part of the address before the @ as user name",
    page: include_str!("username_not_local_part.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in cx.public_servers().into_iter().filter(login::is_own_address) {
        let Some(name) = login::judged(&view) else { continue };
        // A login in another domain is that of another mailbox.
        let is_whole = address_domain(&name).is_some_and(|domain| Some(domain) == view.domain());
        let forms = login::forms(&view);
        // Of an address that a management system fills in there may be no variable for the part.
        let has_word = |local: &&str| !is_stand_in(local) || cx.document.as_written(local) != *local;
        if is_whole && !forms.is_empty() && forms.iter().all(|form| *form == UsernameForm::LocalPart) {
            out.extend(local_part(&name).filter(has_word).map(|local| report(&view, &name, local)));
        }
    }
}

fn report(view: &ServerView<'_>, name: &str, local: &str) -> Finding {
    let server = view.server;
    let to = change(&server.username, &server.username.value, Value::Text(local.to_owned()));
    let finding = RULE
        .at(&server.username, message!("the user name {name} is a whole mail address", name = name))
        .because("for this server the provider asks for the part before the @ alone; with the rest the sign-in fails, and the answer is that the password is wrong")
        .help(message!("enter {local} as the user name", local = local))
        .values(&server.username.value, local)
        .fix(message!("set the user name to {local}", local = local), Applicability::Unsafe, vec![to]);
    let set = view.set_in_use();
    view.finish(finding, set, view.graded(Severity::Error, set))
}

//! `full-width-in-username`: letters of an East Asian keyboard in a user name.

use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView, login};
use crate::account::local_part;
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "full-width-in-username",
    group: Group::Username,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "Full-width letters, digits or signs in the user name",
    page: include_str!("full_width_in_username.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in cx.public_servers() {
        let value = &view.server.username.value;
        if login::narrowed(value) != *value {
            out.push(report(&view));
        }
    }
}

fn report(view: &ServerView<'_>) -> Finding {
    let setting = &view.server.username;
    let narrow = login::clean(&setting.value);
    let applicability = if is_of_account(view, &narrow) { Applicability::Safe } else { Applicability::Unsafe };
    let to = change(setting, &setting.value, Value::Text(narrow.clone()));
    let finding = RULE
        .at(setting, message!("full-width characters in the user name {name}", name = setting.value))
        .because("to a mail server they are other characters than the plain ones on the page of the provider, and it refuses the sign-in as if the password were wrong")
        .help(message!("enter {name} with the input method switched off", name = narrow))
        .values(&setting.value, &narrow)
        .fix(message!("set the user name to {name}", name = narrow), applicability, vec![to]);
    view.finish(finding, None, view.capped(Severity::Error, Confidence::High)).published(None)
}

/// Whether this is the account's own address or the name in it, so that nothing else can have been meant.
fn is_of_account(view: &ServerView<'_>, name: &str) -> bool {
    let Some(address) = view.address.map(|address| login::clean(&address.value)) else { return false };
    name.eq_ignore_ascii_case(&address) || local_part(&address).is_some_and(|local| name.eq_ignore_ascii_case(local))
}

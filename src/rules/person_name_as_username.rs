//! `person-name-as-username`: a name such as 山田花子 where a user name belongs.
//!
//! Names with a space in them are `whitespace-in-username`; full-width letters are `full-width-in-username`.

use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView, login};
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "person-name-as-username",
    group: Group::Username,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "The user name looks like the name of a person",
    page: include_str!("person_name_as_username.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in cx.public_servers() {
        if login::judged(&view).is_some_and(|name| is_of_a_person(&name)) {
            out.push(report(&view));
        }
    }
}

/// Letters that no user name of a mail server has, and no sign of an address. Internationalised addresses have an `@`.
fn is_of_a_person(name: &str) -> bool {
    !name.contains('@') && !name.is_ascii() && name.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '・'))
}

fn report(view: &ServerView<'_>) -> Finding {
    let setting = &view.server.username;
    let name = login::clean(&setting.value);
    let finding = RULE
        .at(setting, message!("the user name {name} looks like the name of a person", name = name))
        .because("mail servers know people by a user name in plain letters, usually the mail address; the name that readers see belongs into another field");
    let finding = match login::expected(view) {
        Some(expected) => {
            finding.help(message!("enter {name} as the user name", name = expected)).values(&name, &expected).fix(
                message!("set the user name to {name}", name = expected),
                Applicability::Unsafe,
                vec![change(setting, &name, Value::Text(expected.clone()))],
            )
        }
        None => finding.help("enter the user name that the provider gave out, usually the mail address").found(&name),
    };
    // A company's own server may know its people in any letters.
    let severity = if view.is_at_provider() { Severity::Warning } else { Severity::Info };
    view.finish(finding, view.set_in_use(), view.capped(severity, Confidence::Medium))
}

//! `whitespace-in-username`: blanks, line ends or invisible characters in a user name.

use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView, login};
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "whitespace-in-username",
    group: Group::Username,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "White space or invisible characters in the user name",
    page: include_str!("whitespace_in_username.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in cx.public_servers() {
        let setting = &view.server.username;
        let trimmed = login::trimmed(&setting.value);
        if trimmed.is_empty() || login::is_left_open(cx.document, &setting.key) {
            continue;
        }
        if trimmed != setting.value {
            out.push(around(&view, &trimmed));
        } else if trimmed.contains(char::is_whitespace) && login::uses_name(view.server.authentication.value) {
            out.push(within(&view));
        }
    }
}

fn around(view: &ServerView<'_>, trimmed: &str) -> Finding {
    let setting = &view.server.username;
    let to = change(setting, shown(&setting.value), Value::Text(trimmed.to_owned()));
    let finding = RULE
        .at(setting, message!("white space or an invisible character belongs to the user name {name}", name = shown(&setting.value)))
        .because("it usually comes along when a name is copied; the server takes it for a part of the name and refuses the sign-in as if the password were wrong")
        .help(message!("enter {name} without anything around it", name = trimmed))
        .values(shown(&setting.value), trimmed)
        .fix(message!("set the user name to {name}", name = trimmed), Applicability::Safe, vec![to]);
    view.finish(finding, None, view.capped(Severity::Error, Confidence::High)).published(None)
}

/// Some companies do sign in with "Taro Yamada", so this is no more than a question where the provider is not known.
fn within(view: &ServerView<'_>) -> Finding {
    let setting = &view.server.username;
    let finding = RULE
        .at(setting, message!("the user name {name} contains a space", name = setting.value))
        .because("hardly any mail server has user names with a space; this looks like the name of a person")
        .found(&setting.value);
    let finding = match login::expected(view) {
        Some(expected) => {
            let to = change(setting, &setting.value, Value::Text(expected.clone()));
            let joined: String = setting.value.chars().filter(|c| !c.is_whitespace()).collect();
            let is_meant = joined.eq_ignore_ascii_case(&expected);
            let finding = finding
                .help(message!("enter {name} as the user name", name = expected))
                .values(&setting.value, &expected);
            let changes = if is_meant { vec![to] } else { Vec::new() };
            finding.fix(message!("set the user name to {name}", name = expected), Applicability::Unsafe, changes)
        }
        None => finding.help("enter the user name that the provider gave out, usually the mail address"),
    };
    let severity = if view.is_at_provider() { Severity::Warning } else { Severity::Info };
    view.finish(finding, view.set_in_use(), view.capped(severity, Confidence::Medium))
}

/// With what cannot be seen made visible, in the notation of Unicode.
fn shown(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            ' ' => out.push(' '),
            c if login::is_blank(c) => out.push_str(&format!("<U+{:04X}>", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

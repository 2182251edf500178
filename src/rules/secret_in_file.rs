//! `secret-in-file`: a password that anyone with the file can read.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Applicability, Change, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "secret-in-file",
    group: Group::Password,
    severity: Severity::Error,
    fixes: Fixes::Unsafe,
    summary: "A password stands in the file, readable for everyone who has it",
    page: include_str!("secret_in_file.md"),
    check,
};

/// What stands for a secret in every output.
const HIDDEN: &str = "••••";

fn help(cx: &Context<'_>) -> &'static str {
    match cx.document.client {
        "declaration" => {
            "keep it where the credentials are served and in no file beside the declarations; if the file has left your hands, change the password as well"
        }
        _ => {
            "take it out, the device asks for it when the profile is installed; if the file has left your hands, change the password as well"
        }
    }
}

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for seen in cx.observations() {
        if let Seen::PasswordBehindName { name } = &seen.seen {
            out.push(behind_name(seen, name));
        }
        let Seen::Secret { purpose, .. } = &seen.seen else { continue };
        let removal = Change { key: seen.key.clone(), from: HIDDEN.to_owned(), to: Value::Removed };
        let mut finding = RULE
            .at_place(&seen.key, Some(seen.place), message!("a password for {purpose} stands in the file", purpose = purpose))
            .because("everyone who gets the file can read it, and a signature does not hide it: copies stay in mail, downloads, backups and version control")
            .help(help(cx))
            .found(HIDDEN)
            .fix("take the password out", Applicability::Unsafe, vec![removal]);
        finding.account = seen.account.clone();
        out.push(finding);
    }
}

/// The server takes the whole for the name, and knows nobody of that name.
fn behind_name(seen: &Observation, name: &str) -> Finding {
    let change = Change { key: seen.key.clone(), from: format!("{name}:{HIDDEN}"), to: Value::Text(name.to_owned()) };
    RULE.seen(seen, message!("a password stands behind {name}, where nothing but the name belongs", name = name))
        .because("the server takes both together for the user name and refuses it, and everyone who gets the file can read the password")
        .help(message!("write {name} alone, and enter the password when the program asks for it; if the file has left your hands, change the password as well", name = name))
        .values(HIDDEN, name)
        .fix(message!("write {name}", name = name), Applicability::Unsafe, vec![change])
}

//! `plaintext-by-default`: a server for which the file does not say how to encrypt, in a program that then does not encrypt at all.

use super::{Context, Fixes, Group, Rule, encryption, hosts, no_encryption};
use crate::finding::{Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "plaintext-by-default",
    group: Group::Security,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "The line for encryption is missing, and the default is none",
    page: include_str!("plaintext_by_default.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in encryption::cleartext(cx) {
        if !view.server.security.is_written() {
            let what = message!(
                "nothing is written about encryption, so the {role} {host} is used without it",
                role = view.role(),
                host = hosts::name(&view)
            );
            out.push(no_encryption::complete(cx, &view, RULE.at(&view.server.security, what)));
        }
    }
}

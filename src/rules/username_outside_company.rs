//! `username-outside-company`: a user name that does not end in the domain that the company's logins have.

use super::{Context, Fixes, Group, Rule, login};
use crate::account::address_domain;
use crate::finding::{Finding, Severity};
use crate::mdm::is_open_domain;
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "username-outside-company",
    group: Group::Managed,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "The user name is in another domain than the company's logins",
    page: include_str!("username_outside_company.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(expected) = cx.demands.username_domain.as_deref().filter(|_| !cx.document.is_published()) else { return };
    for view in cx.public_servers() {
        let Some(name) = login::judged(&view) else { continue };
        let domain = address_domain(&name);
        // A management system may fill in an address of the company.
        if domain.as_deref().is_some_and(|domain| domain == expected || is_open_domain(domain)) {
            continue;
        }
        let what = message!("the user name {name} does not end in @{domain}", name = name, domain = expected);
        let finding = RULE
            .at(&view.server.username, what)
            .because("username-domain is set in mailcfg.toml: the company's logins end in this domain, and another one is a slip or a private mailbox")
            .help("write the login of the company, or allow the host under allowed-hosts")
            .found(&view.server.username.value);
        out.push(finding.on(&view.account.id));
    }
}

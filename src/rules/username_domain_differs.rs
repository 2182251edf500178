//! `username-domain-differs`: the login of another provider at this one.

use super::{Context, Fixes, Group, Rule, login};
use crate::account::address_domain;
use crate::finding::{Confidence, Finding, Severity};
use crate::message;
use crate::provider::UsernameForm;

pub(super) const RULE: Rule = Rule {
    name: "username-domain-differs",
    group: Group::Username,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "The user name is an address at another provider than the account",
    page: include_str!("username_domain_differs.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in cx.public_servers().into_iter().filter(login::is_own_address) {
        let (Some(provider), Some(name)) = (view.provider(), login::judged(&view)) else { continue };
        let Some(other) = address_domain(&name).and_then(|domain| cx.providers.for_domain(&domain)) else { continue };
        let forms = login::forms(&view);
        let only_own = forms.contains(&UsernameForm::FullAddress) && !forms.contains(&UsernameForm::IssuedId);
        if !only_own || other.id == provider.id || other.is_sibling_of(provider) {
            continue;
        }
        let setting = &view.server.username;
        let what = message!(
            "the user name {name} is an address at {other}, and the server belongs to {provider}",
            name = name,
            other = other.title(),
            provider = provider.title()
        );
        let finding = RULE
            .at(setting, what)
            .because("a login of one provider seldom opens a mailbox at another")
            .help("check whether the user name was meant for another account; if mail arrives, leave it as it is")
            .found(&setting.value);
        let set = view.set_in_use();
        out.push(view.finish(finding, set, view.capped(Severity::Info, Confidence::Medium)));
    }
}

//! `invalid-address`: a sender's address that is none.

use super::view::change;
use super::{Context, Fixes, Group, Rule, login};
use crate::account::{Account, Identity};
use crate::finding::{Applicability, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "invalid-address",
    group: Group::Username,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "The account's mail address is not a mail address",
    page: include_str!("invalid_address.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for account in &cx.document.accounts {
        for identity in &account.identities {
            let address = &identity.address;
            let is_blank = address.value.trim().is_empty();
            // A profile without an address asks whoever installs it.
            if is_blank && cx.document.client == "thunderbird" && !cx.loses_settings() {
                out.push(absent(account, identity));
            } else if !is_blank && !is_list(&address.value) && !login::is_left_open(cx.document, &address.key) {
                out.push(report(account, identity));
            }
        }
    }
}

fn absent(account: &Account, identity: &Identity) -> Finding {
    RULE.at(&identity.address, message!("the identity {identity} has no mail address", identity = identity.id))
        .because("mail cannot be sent with it: there is nobody to send it from and nobody to answer")
        .help("enter the address in the settings of the account")
        .on(&account.id)
        .graded(Severity::Warning, Confidence::High)
}

fn report(account: &Account, identity: &Identity) -> Finding {
    let address = &identity.address;
    let mended = tidied(&address.value);
    let finding = RULE
        .at(address, message!("{address} is not a mail address", address = address.value))
        .because("mail sent from it is refused, or nobody can answer it")
        .on(&account.id);
    if !is_address(&mended) {
        return finding.help("enter the address as name@domain, without spaces and commas").found(&address.value);
    }
    let only_blanks = login::trimmed(&address.value) == mended;
    let to = change(address, &address.value, Value::Text(mended.clone()));
    let mut finding = finding.help(message!("enter {address}", address = mended)).values(&address.value, &mended).fix(
        message!("set the address to {address}", address = mended),
        Applicability::Safe,
        vec![to],
    );
    if only_blanks {
        // Most programs cut off what stands around it.
        finding.severity = Severity::Warning;
    }
    finding
}

/// Without full-width characters, and without blanks around it and around its `@`.
fn tidied(text: &str) -> String {
    let text = login::clean(text);
    match text.split_once('@') {
        Some((local, domain)) => format!("{}@{}", login::trimmed(local), login::trimmed(domain)),
        None => text,
    }
}

/// One address, or several with commas between them, which Apple's programs take.
fn is_list(text: &str) -> bool {
    is_address(text) || (text.contains(',') && text.split(',').all(|part| is_address(part.trim())))
}

/// RFC 5321 §4.1.2 with the letters of RFC 6531. Dots may stand anywhere before the `@`: Japanese carriers gave out such
/// addresses for years, and they work.
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let is_quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    let is_atom = |c: char| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    let is_narrow = login::narrowed(text) == text;
    is_narrow && !local.is_empty() && (is_quoted || local.chars().all(is_atom)) && is_domain(domain)
}

fn is_domain(domain: &str) -> bool {
    let is_literal = domain.starts_with('[') && domain.ends_with(']');
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    is_literal || domain.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_addresses_that_work_are_addresses() {
        let good = [
            "taro@example.jp",
            "ta..ro.@docomo.ne.jp",
            "taro+news@example.jp",
            "\"taro yamada\"@example.jp",
            "太郎@例え.jp",
            "root@localhost",
            "taro@[192.0.2.1]",
            "o'hara/x=1@example.com",
        ];
        for address in good {
            assert!(is_address(address), "{address}");
        }
        for address in [
            "taro",
            "@example.jp",
            "taro@",
            "taro@x,jp",
            "taro@example..jp",
            "ta ro@example.jp",
            "a@b@c.jp",
            "taro＠example.jp",
        ] {
            assert!(!is_address(address), "{address}");
        }
    }
}

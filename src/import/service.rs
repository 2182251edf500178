//! What a file says of a mail service, before it is a provider: the common ground of the two formats.

use idna::domain_to_ascii;

use crate::account::{Authentication, Protocol, Security};
use crate::finding::Message;
use crate::provider::{Switch, UsernameForm};

/// A mail service as the file describes it.
#[derive(Clone, Debug, Default)]
pub(super) struct Service {
    /// What it is called.
    pub(super) name: Option<String>,
    /// Domains of its addresses.
    pub(super) domains: Vec<String>,
    /// Pages that the file names as its sources.
    pub(super) pages: Vec<String>,
    /// What people are told to turn on first.
    pub(super) switches: Vec<Switch>,
    /// In the order of the file: the first of a protocol is what programs take.
    pub(super) offers: Vec<Offer>,
    /// What was left out.
    pub(super) left_out: Vec<Message>,
}

/// One server.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub(super) protocol: Protocol,
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) security: Security,
    pub(super) authentication: Vec<Authentication>,
    pub(super) username: Option<UsernameForm>,
    /// The only domain it is for, where it is not for all.
    pub(super) domain: Option<String>,
    /// What is to be said of it, and above which key.
    pub(super) remarks: Vec<(&'static str, Message)>,
}

/// How a login name follows from an address, if it does.
pub(super) fn form(login: &str, address: &str) -> Option<UsernameForm> {
    let (local, domain) = address.rsplit_once('@')?;
    match login {
        _ if login.eq_ignore_ascii_case(address) => Some(UsernameForm::FullAddress),
        _ if login == local => Some(UsernameForm::LocalPart),
        _ if login.eq_ignore_ascii_case(&format!("{local}.{domain}")) => Some(UsernameForm::LocalDotDomain),
        _ => None,
    }
}

/// A host or domain as provider files write it: in lower case and in its ASCII form. `None` for what is none.
pub(super) fn name(written: &str) -> Option<String> {
    let written = written.trim().trim_end_matches('.');
    let ascii = domain_to_ascii(written).ok()?;
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
    (!ascii.is_empty() && ascii.chars().all(is_name)).then_some(ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_that_follows_from_the_address_has_a_form() {
        for (login, expected) in [
            ("taro@example.jp", Some(UsernameForm::FullAddress)),
            ("Taro@Example.jp", Some(UsernameForm::FullAddress)),
            ("taro", Some(UsernameForm::LocalPart)),
            ("taro.example.jp", Some(UsernameForm::LocalDotDomain)),
            ("EXAMPLE\\taro", None),
            ("u123456", None),
            ("", None),
        ] {
            assert_eq!(form(login, "taro@example.jp"), expected, "{login}");
        }
    }

    #[test]
    fn names_are_those_of_hosts() {
        for (written, expected) in [
            (" Mail.Example.JP. ", Some("mail.example.jp")),
            ("メール.example.jp", Some("xn--4dkua4c.example.jp")),
            ("https://mail.example.jp", None),
            ("mail.example.jp:993", None),
            ("mail.{{domain}}", None),
            ("", None),
        ] {
            assert_eq!(name(written).as_deref(), expected, "{written}");
        }
    }
}

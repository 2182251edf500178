//! What kind of account an entry of Apple Mail's list is, and entries that are servers for mail and say no kind that Mail knows.

use crate::account::{Place, Protocol};
use crate::clients::property_list::At;
use crate::document::{Observation, Seen};
use crate::message;
use crate::syntax::plist::Plist;

const KINDS: [(&str, Protocol); 2] = [("IMAPAccount", Protocol::Imap), ("POPAccount", Protocol::Pop3)];

/// The protocol of an account that fetches mail; Mail's list also holds local folders, feeds and Exchange.
pub(super) fn protocol(at: &At<'_>) -> Option<Protocol> {
    let written = at.text("AccountType")?;
    KINDS.into_iter().find(|(kind, _)| *kind == written).map(|(_, protocol)| protocol)
}

/// Accounts with a host and without a kind by which Mail could set them up.
pub(super) fn untyped(list: &Plist) -> Vec<Observation> {
    let Some(root) = At::root(list) else { return Vec::new() };
    let accounts = root.items("MailAccounts");
    let with_host = accounts.iter().filter(|at| at.text("Hostname").is_some_and(|host| !host.trim().is_empty()));
    with_host.filter_map(|at| Some(see(at, fault(at)?))).collect()
}

fn fault(at: &At<'_>) -> Option<Seen> {
    let Some(written) = at.value("AccountType") else { return Some(missing(false)) };
    let written = written.as_text()?;
    match written.trim() {
        "" => Some(missing(true)),
        name => is_no_kind(name, written).then(|| Seen::UnknownValue {
            found: written.to_owned(),
            allowed: KINDS.map(|(kind, _)| kind).to_vec(),
            effect: message!("Mail knows an account by its type, and may pass over one with another"),
            to: None, // A fix makes no account of what is none so far.
            optional: false,
        }),
    }
}

/// Mail has had many kinds (`EWSAccount`, `iToolsAccount`, `LocalAccount` …), and each is called an account. What is not, or is one
/// of the two for mail but for case or blanks, is none.
fn is_no_kind(name: &str, written: &str) -> bool {
    KINDS.iter().all(|(kind, _)| *kind != written)
        && (!name.ends_with("Account") || KINDS.iter().any(|(kind, _)| kind.eq_ignore_ascii_case(name)))
}

fn missing(empty: bool) -> Seen {
    let effect =
        message!("Mail knows from it whether it is an IMAPAccount or a POPAccount, and may pass over one without it");
    Seen::MissingKey { effect, to: None, empty }
}

fn see(at: &At<'_>, seen: Seen) -> Observation {
    let place = at.place("AccountType").or_else(|| at.opening()).unwrap_or(Place { source: 0, span: None });
    Observation { seen, key: at.key("AccountType"), place, account: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::plist;

    fn seen(keys: &str) -> Vec<Seen> {
        let text = format!("<plist><dict><key>MailAccounts</key><array><dict>{keys}</dict></array></dict></plist>");
        untyped(&plist::parse(text.as_bytes())).into_iter().map(|observation| observation.seen).collect()
    }

    #[test]
    fn only_what_cannot_be_a_kind_of_account_is_seen() {
        let host = "<key>Hostname</key><string>imap.example.jp</string>";
        let cases = [
            ("IMAPAccount", false),
            ("POPAccount", false),
            ("EWSAccount", false),
            ("iToolsAccount", false),
            ("IMAPs Account", false),
            ("ImapAccount", true),
            ("POPAccount ", true),
            ("IMAPS", true),
            ("", true),
        ];
        for (kind, is_seen) in cases {
            let seen = seen(&format!("{host}<key>AccountType</key><string>{kind}</string>"));
            assert_eq!(!seen.is_empty(), is_seen, "{kind}");
        }
        assert_eq!(seen(host).len(), 1);
        assert!(seen("<key>AccountName</key><string>On My Mac</string>").is_empty(), "local folders have no host");
    }
}

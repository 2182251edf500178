//! The list of installed profiles that `profiles show -output stdout-xml` prints on a Mac: users, or the computer, with their
//! profiles, whose keys have other names and whose settings lie one level deeper than in a profile.
//!
//! Only the mailboxes are read. The list is the system's own account of what it took, so its keys are not judged, and passwords are
//! never in it.

use super::payloads::account_of;
use crate::account::Account;
use crate::clients::property_list::At;
use crate::syntax::plist::{PathPart, Plist};

/// Whether a list is one of installed profiles.
pub(super) fn is_list(list: &Plist) -> bool {
    At::root(list).is_some_and(|root| profiles(&root).iter().any(|profile| profile.value("ProfileItems").is_some()))
}

/// The mailboxes of all users.
pub(super) fn accounts(list: &Plist) -> Vec<Account> {
    let Some(root) = At::root(list) else { return Vec::new() };
    let mut accounts = Vec::new();
    for item in profiles(&root).iter().flat_map(|profile| profile.items("ProfileItems")) {
        let settings = item.inner("PayloadContent");
        let kind = item.text("PayloadType").unwrap_or_default().trim();
        if let Some(account) = settings.and_then(|settings| account_of(&settings, kind)) {
            accounts.push(Account { id: name(&item), ..account });
        }
    }
    accounts
}

/// The same payload may be installed for several users, so its place is its name.
fn name(item: &At<'_>) -> String {
    item.key("").trim_end_matches('.').to_owned()
}

fn profiles<'a>(root: &At<'a>) -> Vec<At<'a>> {
    let users = root.dict.entries.iter().map(|entry| entry.key.as_str());
    users
        .flat_map(|user| root.items(user))
        .filter(|item| !item.path.contains(&PathPart::from("PayloadContent")))
        .collect()
}

//! Outgoing servers beside the accounts: which are used, which one sends for addresses that name none, which kinds there are.

use std::collections::{HashMap, HashSet};

use super::accounts::{account_keys, outgoing_key};
use super::prefs::Prefs;
use super::survey::Survey;
use crate::document::{Observation, OutgoingEntry, ProfileSeen, Seen};
use crate::finding::Value;

/// The kinds of outgoing servers that Thunderbird has. `OutgoingServerService.sys.mjs`.
const KINDS: [&str; 3] = ["smtp", "ews", "graph"];

/// What there is to see.
pub(super) fn survey(survey: &Survey<'_>) -> Vec<Observation> {
    let mut seen = unused(survey);
    seen.extend(inherited(survey));
    seen.extend(unknown_kinds(survey));
    seen
}

/// The servers of the list that have a host.
fn entries(prefs: &Prefs) -> Vec<OutgoingEntry> {
    let entry = |key: String| {
        let text = |suffix: &str| prefs.text(&format!("mail.smtpserver.{key}.{suffix}")).map(str::to_owned);
        let host = text("hostname").filter(|host| !host.trim().is_empty())?;
        let username = text("username").unwrap_or_default();
        Some(OutgoingEntry { key, host, username })
    };
    prefs.outgoing().iter().cloned().filter_map(entry).collect()
}

fn unused(survey: &Survey<'_>) -> Vec<Observation> {
    let prefs = survey.prefs;
    let accounts = account_keys(prefs);
    let identities = accounts.iter().flat_map(|account| prefs.list(&format!("mail.account.{account}.identities")));
    let used: HashSet<String> = identities.filter_map(|identity| outgoing_key(prefs, identity)).collect();
    // Where no address is left, the accounts are what is missing.
    if used.is_empty() {
        return Vec::new();
    }
    let default = prefs.text("mail.smtp.defaultserver");
    let entries = entries(prefs).into_iter().filter(|entry| !used.contains(&entry.key));
    entries
        .map(|entry| {
            let name = format!("mail.smtpserver.{}.hostname", entry.key);
            let is_default = default == Some(&entry.key);
            survey.see(Seen::Profile(ProfileSeen::UnusedOutgoing { entry, is_default }), &name, prefs.place(&name))
        })
        .collect()
}

fn inherited(survey: &Survey<'_>) -> Vec<Observation> {
    let prefs = survey.prefs;
    let mut seen = Vec::new();
    let entries: HashMap<String, OutgoingEntry> =
        entries(prefs).into_iter().map(|entry| (entry.key.clone(), entry)).collect();
    let mut by_user: HashMap<String, Vec<&OutgoingEntry>> = HashMap::new();
    for entry in prefs.outgoing().iter().filter_map(|key| entries.get(key)) {
        by_user.entry(folded(&entry.username)).or_default().push(entry);
    }
    for identity in survey.accounts.iter().flat_map(|account| &account.identities) {
        let name = format!("mail.identity.{}.smtpServer", identity.id);
        if prefs.text(&name).is_some_and(|own| !own.is_empty()) || identity.address.value.trim().is_empty() {
            continue;
        }
        let Some(key) = outgoing_key(prefs, &identity.id) else { continue };
        let Some(in_use) = entries.get(&key).cloned() else { continue };
        let waiting = by_user.get(&folded(&identity.address.value)).into_iter().flatten();
        let others = waiting.filter(|entry| entry.key != key).map(|entry| (*entry).clone()).collect();
        let inherited =
            Seen::Profile(ProfileSeen::InheritedOutgoing { address: identity.address.value.clone(), in_use, others });
        seen.push(survey.see(inherited, &name, identity.address.place()));
    }
    seen
}

fn folded(name: &str) -> String {
    name.trim().to_ascii_lowercase()
}

/// One kind that the program does not have makes it give up the whole list.
fn unknown_kinds(survey: &Survey<'_>) -> Vec<Observation> {
    let mut seen = Vec::new();
    for key in survey.prefs.outgoing() {
        let name = format!("mail.smtpserver.{}.type", key.trim());
        let Some(found) = survey.prefs.text(&name).filter(|kind| !KINDS.contains(kind)) else { continue };
        let lower = found.trim().to_ascii_lowercase();
        let to = KINDS.contains(&lower.as_str()).then_some(Value::Text(lower));
        let unknown = Seen::Profile(ProfileSeen::UnknownOutgoingType { found: found.to_owned(), to });
        seen.push(survey.see(unknown, &name, survey.prefs.place(&name)));
    }
    seen
}

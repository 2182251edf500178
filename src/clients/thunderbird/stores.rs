//! Where mail is kept: folders of accounts, folders that two of them share, POP accounts that deliver into another one.

use std::collections::HashMap;

use super::accounts::{account_keys, server_of_account};
use super::survey::Survey;
use crate::account::Protocol;
use crate::document::{Observation, ProfileSeen, Reference, Seen};

/// What there is to see.
pub(super) fn survey(survey: &Survey<'_>) -> Vec<Observation> {
    let mut seen = stores(survey);
    seen.extend(shared(survey));
    seen.extend(deferred(survey));
    seen
}

/// The folder of a server: the path seen from the profile counts before the whole one.
fn folder<'a>(survey: &Survey<'a>, server: &str) -> Option<(String, &'a str)> {
    let names = ["directory-rel", "directory"].map(|suffix| format!("mail.server.{server}.{suffix}"));
    let found = names.into_iter().find_map(|name| Some((survey.prefs.text(&name)?, name)));
    found.map(|(folder, name)| (name, folder)).filter(|(_, folder)| !folder.is_empty())
}

fn stores(survey: &Survey<'_>) -> Vec<Observation> {
    let mut seen = Vec::new();
    for server in survey.accounts.iter().filter_map(|account| account.incoming.as_ref()) {
        let Some((name, folder)) = folder(survey, &server.id) else { continue };
        // Elsewhere on the disk it is not looked for.
        let Some(inner) = folder.strip_prefix("[ProfD]").filter(|inner| inner.matches('/').count() == 1) else {
            continue;
        };
        // What is delivered into another account lies there.
        let is_deferred = survey.prefs.text(&format!("mail.server.{}.deferred_to_account", server.id)).is_some();
        let only_copy = server.protocol.value == Protocol::Pop3 && !is_deferred;
        let store = Seen::Profile(ProfileSeen::Store { folder: inner.to_owned(), only_copy });
        seen.push(survey.see(store, &name, survey.prefs.place(&name)));
    }
    seen
}

fn shared(survey: &Survey<'_>) -> Vec<Observation> {
    // The accounts that use a folder, each with its server.
    let mut known: HashMap<&str, Vec<(String, String)>> = HashMap::new();
    let mut seen = Vec::new();
    for account in account_keys(survey.prefs) {
        let Some(server) = server_of_account(survey.prefs, &account) else { continue };
        let Some((name, folder)) = folder(survey, &server) else { continue };
        let same = known.entry(folder).or_default();
        if let Some((other, _)) = same.iter().find(|(_, other)| *other != server) {
            let shared = Seen::Profile(ProfileSeen::SharedStore { other: other.clone(), folder: folder.to_owned() });
            let mut observation = survey.see(shared, &name, survey.prefs.place(&name));
            observation.account = Some(account.clone());
            seen.push(observation);
        }
        // The first account of each of two servers is enough to tell any other from.
        if same.len() < 2 && same.iter().all(|(_, other)| *other != server) {
            same.push((account, server));
        }
    }
    seen
}

/// POP accounts that deliver into an account which is not there, or into themselves.
fn deferred(survey: &Survey<'_>) -> Vec<Observation> {
    let accounts = account_keys(survey.prefs);
    let is_there = |target: &str, own: &str| {
        let server = server_of_account(survey.prefs, target).unwrap_or_default();
        let exists = survey.prefs.value(&format!("mail.server.{server}.type")).is_some();
        target != own && exists && accounts.iter().any(|account| account == target)
    };
    let mut seen = Vec::new();
    for account in survey.accounts {
        let Some(server) = account.incoming.as_ref().filter(|server| server.protocol.value == Protocol::Pop3) else {
            continue;
        };
        let name = format!("mail.server.{}.deferred_to_account", server.id);
        let Some(target) = survey.prefs.text(&name).filter(|target| !target.is_empty()) else { continue };
        if !is_there(target, &account.id) {
            seen.push(survey.dangling(Reference::DeferredInbox, &name, target, None));
        }
    }
    seen
}

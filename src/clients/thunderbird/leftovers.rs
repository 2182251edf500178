//! What is left in a profile of accounts that once were: copies of the preferences, entries in no list, names that only old
//! versions read.

use super::accounts::{account_keys, protocol, server_of_account};
use super::prefs::{Prefs, PrefsFile};
use super::survey::Survey;
use crate::account::{Place, Protocol};
use crate::document::{Observation, ProfileSeen, Seen};
use crate::source::Source;
use crate::syntax::prefs::{Statement, Value as Written, parse};

/// What there is to see.
pub(super) fn survey(survey: &Survey<'_>, sources: &[Source]) -> Vec<Observation> {
    let prefs = survey.prefs;
    let mut seen: Vec<Observation> =
        prefs.copies.iter().filter_map(|copy| differences(prefs, copy, &sources[copy.source])).collect();
    seen.extend(unlisted_accounts(survey));
    seen.extend(unlisted_servers(survey));
    seen.extend(forgotten_renames(survey));
    seen
}

/// What a copy says of accounts and the preferences do not. Every line is read by itself: in a damaged file the program loses
/// lines that are sound.
fn differences(prefs: &Prefs, copy: &PrefsFile, source: &Source) -> Option<Observation> {
    let (mut missing, mut changed) = (Vec::new(), Vec::new());
    let lines = source.bytes().split(|byte| *byte == b'\n').flat_map(|line| parse(line).statements);
    for statement in lines.filter(|statement| makes_an_account(&statement.name)) {
        match prefs.value(&statement.name) {
            None => missing.push(statement.name),
            Some(now) if *now == statement.value => {}
            Some(_) if has_lost_items(prefs, &statement) => missing.push(statement.name),
            Some(_) => changed.push(statement.name),
        }
    }
    for names in [&mut missing, &mut changed] {
        names.sort_unstable();
        names.dedup();
    }
    let place = Place { source: copy.source, span: None };
    let seen = Seen::Profile(ProfileSeen::OtherPreferences { file: copy.name.clone(), missing, changed });
    let differs = matches!(&seen, Seen::Profile(ProfileSeen::OtherPreferences { missing, changed, .. }) if !missing.is_empty() || !changed.is_empty());
    differs.then(|| Observation { seen, key: String::new(), place, account: None })
}

/// Whether a list had items that it has no more.
fn has_lost_items(prefs: &Prefs, statement: &Statement) -> bool {
    let is_list = ["mail.accountmanager.accounts", "mail.smtpservers"].contains(&statement.name.as_str())
        || statement.name.ends_with(".identities");
    let Written::Text(list) = &statement.value else { return false };
    let now = prefs.list(&statement.name);
    is_list && list.split(',').map(str::trim).any(|item| !item.is_empty() && !now.contains(&item))
}

/// Settings without which a mailbox, an address or an outgoing server is gone. Others are left out of the file where they
/// have their default.
fn makes_an_account(name: &str) -> bool {
    let has = |branch: &str, suffixes: &[&str]| {
        let rest = name.strip_prefix(branch).and_then(|rest| rest.split_once('.'));
        rest.is_some_and(|(_, suffix)| suffixes.contains(&suffix))
    };
    ["mail.accountmanager.accounts", "mail.smtpservers"].contains(&name)
        || has("mail.account.", &["server", "identities"])
        || has("mail.server.", &["hostname", "userName", "type"])
        || has("mail.smtpserver.", &["hostname", "username"])
        || has("mail.identity.", &["useremail"])
}

/// The host and user name of a server that fetches mail, unless an account has the mailbox.
fn lost_mailbox(survey: &Survey<'_>, server: &str) -> Option<(String, String)> {
    let text = |suffix: &str| survey.prefs.text(&format!("mail.server.{server}.{suffix}"));
    let is_mail = matches!(text("type").and_then(protocol)?, Protocol::Imap | Protocol::Pop3);
    let is_hidden = survey.prefs.flag(&format!("mail.server.{server}.hidden")) == Some(true);
    // What the program put in the place of a host it refused is seen as that.
    let host = text("hostname").filter(|host| !host.trim().is_empty() && !host.ends_with(".invalid"))?;
    let username = text("userName").unwrap_or_default();
    let has_it =
        survey.accounts.iter().filter_map(|account| account.incoming.as_ref()).any(|incoming| {
            incoming.id == server || (incoming.host.value == host && incoming.username.value == username)
        });
    (is_mail && !is_hidden && !has_it).then(|| (host.to_owned(), username.to_owned()))
}

/// Accounts that are complete and only missing in the list.
fn unlisted_accounts(survey: &Survey<'_>) -> Vec<Observation> {
    let listed = account_keys(survey.prefs);
    let keys = survey.prefs.keys_under("mail.account.").into_iter();
    let unlisted = keys.filter(|key| !listed.iter().any(|known| known == key));
    let observe = |key: &str| {
        let server = server_of_account(survey.prefs, key)?;
        let (host, username) = lost_mailbox(survey, &server)?;
        let list = listed.iter().map(String::as_str).chain([key]).collect::<Vec<_>>().join(",");
        let name = format!("mail.account.{key}.server");
        Some(survey.see(
            Seen::Profile(ProfileSeen::UnlistedAccount { host, username, listed: Some(list) }),
            &name,
            survey.prefs.place(&name),
        ))
    };
    unlisted.filter_map(observe).collect()
}

/// Servers that no account names: what is left when the program drops an account at its start.
fn unlisted_servers(survey: &Survey<'_>) -> Vec<Observation> {
    let accounts = survey.prefs.keys_under("mail.account.");
    let named: Vec<String> = accounts.iter().filter_map(|key| server_of_account(survey.prefs, key)).collect();
    let servers = survey.prefs.keys_under("mail.server.").into_iter();
    let observe = |server: &str| {
        let (host, username) = lost_mailbox(survey, server)?;
        let name = format!("mail.server.{server}.hostname");
        let seen = Seen::Profile(ProfileSeen::UnlistedAccount { host, username, listed: None });
        Some(survey.see(seen, &name, survey.prefs.place(&name)))
    };
    servers.filter(|server| !named.iter().any(|known| known == server)).filter_map(observe).collect()
}

/// Up to version 91 a rename was kept in names of its own, which won; from 102 on nothing reads them. SeaMonkey still does.
fn forgotten_renames(survey: &Survey<'_>) -> Vec<Observation> {
    const NAMES: [(&str, &str); 2] = [("realhostname", "hostname"), ("realuserName", "userName")];
    let version =
        survey.prefs.text("extensions.lastAppVersion").and_then(|version| version.split('.').next()?.parse().ok());
    if version.is_some_and(|version: u32| version < 102) {
        return Vec::new();
    }
    let mut seen = Vec::new();
    for server in survey.accounts.iter().filter_map(|account| account.incoming.as_ref()) {
        for (old, new) in NAMES {
            let name = format!("mail.server.{}.{old}", server.id);
            let in_force = format!("mail.server.{}.{new}", server.id);
            let Some(value) = survey.prefs.text(&name).filter(|value| !value.trim().is_empty()) else { continue };
            if survey.prefs.text(&in_force) == Some(value) {
                continue;
            }
            let seen_rename = Seen::Profile(ProfileSeen::ForgottenRename {
                in_force,
                value: value.to_owned(),
                is_certain: version.is_some(),
            });
            seen.push(survey.see(seen_rename, &name, survey.prefs.place(&name)));
        }
    }
    seen
}

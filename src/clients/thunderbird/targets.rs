//! Folder addresses outside of the preferences: where message filters move mail to (`msgFilterRules.dat` in the folder of each
//! server), and what saved searches look through (`virtualFolders.dat`).
//!
//! Both are lists of `name=value` lines. Only addresses are read and written; the rest is passed over.

use std::collections::HashSet;

use super::accounts::{account_keys, server_of_account};
use super::folders;
use super::prefs::Prefs;
use crate::account::Place;
use crate::document::{Observation, ProfileSeen, Seen};
use crate::source::{Source, Span};

/// One folder address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// Which of the document's sources.
    pub(super) source: usize,
    /// Where the address stands, without quotation marks.
    pub(super) span: Span,
    /// The address.
    pub(super) uri: String,
    /// The name of the filter, or the address of the saved search.
    owner: String,
    role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Where an enabled filter puts mail.
    Filter,
    /// Where a filter that is switched off would put mail.
    Disabled,
    /// The saved search itself.
    Search,
    /// A folder that a saved search looks through.
    Scope,
}

/// Every folder address in the companions.
pub(super) fn read(sources: &[Source]) -> Vec<Target> {
    let mut targets = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        match source.file_name() {
            "msgFilterRules.dat" => targets.extend(filters(index, source.bytes())),
            "virtualFolders.dat" => targets.extend(searches(index, source.bytes())),
            _ => {}
        }
    }
    targets
}

/// `name`, `=`, and the span of what follows, for each line that is UTF-8.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (&str, Span, &str)> {
    let mut at = 0;
    bytes.split_inclusive(|byte| *byte == b'\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let (name, value) = std::str::from_utf8(line).ok()?.trim_end_matches(['\r', '\n']).split_once('=')?;
        let start = start + name.len() + 1;
        Some((name, Span::new(start, start + value.len()), value))
    })
}

fn filters(source: usize, bytes: &[u8]) -> Vec<Target> {
    let (mut targets, mut owner, mut role) = (Vec::new(), String::new(), Role::Filter);
    for (name, span, value) in lines(bytes) {
        let Some(value) = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')) else { continue };
        match name {
            "name" => owner = value.replace("\\\"", "\""),
            "enabled" => role = if value == "no" { Role::Disabled } else { Role::Filter },
            "actionValue" if folders::root_of(value).is_some() && !value.contains('\\') => {
                let span = Span::new(span.start + 1, span.end - 1);
                targets.push(Target { source, span, uri: value.to_owned(), owner: owner.clone(), role });
            }
            _ => {}
        }
    }
    targets
}

fn searches(source: usize, bytes: &[u8]) -> Vec<Target> {
    let (mut targets, mut owner) = (Vec::new(), String::new());
    for (name, span, value) in lines(bytes) {
        let (role, parts) = match name {
            "uri" => {
                value.clone_into(&mut owner);
                (Role::Search, vec![value])
            }
            "scope" => (Role::Scope, value.split('|').collect()),
            _ => continue,
        };
        let mut start = span.start;
        for uri in parts {
            let span = Span::new(start, start + uri.len());
            start = span.end + 1;
            if folders::root_of(uri).is_some() {
                targets.push(Target { source, span, uri: uri.to_owned(), owner: owner.clone(), role });
            }
        }
    }
    targets
}

/// Filters and saved searches of accounts in use whose folders belong to no server.
pub(super) fn survey(prefs: &Prefs, sources: &[Source]) -> Vec<Observation> {
    let targets = read(sources);
    if targets.is_empty() {
        return Vec::new();
    }
    let roots: HashSet<Vec<u8>> = folders::roots(prefs).iter().map(|(_, root)| folders::unescape(root)).collect();
    let is_known = |uri: &str| folders::root_of(uri).is_some_and(|own| roots.contains(&folders::unescape(own)));
    let in_use = folders_in_use(prefs, &sources[0]);
    let is_filter_in_use = |target: &Target| {
        target.role == Role::Filter
            && sources[target.source].path().parent().is_some_and(|own| in_use.iter().any(|folder| folder == own))
    };
    // A saved search looks through what is left; only one with nothing left is worth a word.
    let is_lost_search = |target: &Target| {
        let scope = targets.iter().filter(|other| other.role == Role::Scope && other.owner == target.owner);
        target.role == Role::Scope && is_known(&target.owner) && !scope.into_iter().any(|other| is_known(&other.uri))
    };
    let stale = targets.iter().filter(|target| !is_known(&target.uri));
    let told = stale.filter(|target| is_filter_in_use(target) || is_lost_search(target));
    told.map(|target| {
        let is_filter = target.role == Role::Filter;
        let seen = ProfileSeen::StaleTarget { owner: target.owner.clone(), uri: target.uri.clone(), is_filter };
        let place = Place { source: target.source, span: Some(target.span) };
        Observation { seen: Seen::Profile(seen), key: target.owner.clone(), place, account: None }
    })
    .collect()
}

/// The folders of the servers that accounts name; what lies in others is left of accounts that are gone.
fn folders_in_use(prefs: &Prefs, main: &Source) -> Vec<std::path::PathBuf> {
    let Some(profile) = main.path().parent() else { return Vec::new() };
    let servers = account_keys(prefs).into_iter().filter_map(|account| server_of_account(prefs, &account));
    let folder = |server: String| {
        let folder = prefs.text(&format!("mail.server.{server}.directory-rel"))?.strip_prefix("[ProfD]")?;
        Some(folder.split('/').fold(profile.to_path_buf(), |folder, part| folder.join(part)))
    };
    servers.filter_map(folder).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uris(targets: &[Target], bytes: &[u8]) -> Vec<(Role, String)> {
        for target in targets {
            assert_eq!(&bytes[target.span.range()], target.uri.as_bytes());
        }
        targets.iter().map(|target| (target.role, target.uri.clone())).collect()
    }

    #[test]
    fn filters_are_read_with_their_places() {
        let bytes = b"version=\"9\"\r\nname=\"\xE4\"\r\nname=\"To \\\"A\\\"\"\r\nenabled=\"yes\"\r\naction=\"Move to folder\"\r\n\
                      actionValue=\"imap://a%40b@h.example/A\"\r\naction=\"AddTag\"\r\nactionValue=\"$label1\"\r\nname=\"off\"\r\n\
                      enabled=\"no\"\r\nactionValue=\"mailbox://nobody@Local%20Folders/B\"\r\n";
        let targets = filters(0, bytes);
        let expected =
            [(Role::Filter, "imap://a%40b@h.example/A"), (Role::Disabled, "mailbox://nobody@Local%20Folders/B")];
        assert_eq!(uris(&targets, bytes), expected.map(|(role, uri)| (role, uri.to_owned())));
        assert_eq!(targets[0].owner, "To \"A\"");
    }

    #[test]
    fn saved_searches_are_read_with_their_places() {
        let bytes = b"version=1\nuri=imap://a@h.example/search\nscope=imap://a@h.example/INBOX|imap://a@h.example/B\nterms=ALL\n\
                      searchOnline=false\nuri=mailbox://nobody@Local%20Folders/all\nscope=*\n";
        let expected = [
            (Role::Search, "imap://a@h.example/search"),
            (Role::Scope, "imap://a@h.example/INBOX"),
            (Role::Scope, "imap://a@h.example/B"),
            (Role::Search, "mailbox://nobody@Local%20Folders/all"),
        ];
        assert_eq!(uris(&searches(0, bytes), bytes), expected.map(|(role, uri)| (role, uri.to_owned())));
    }
}

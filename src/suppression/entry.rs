//! An `[[ignore]]` entry of `mailcfg.toml`: findings that somebody decided not to see, and why.

use super::pattern::{fits, fits_path};
use crate::account::Place;
use crate::date::Date;
use crate::document::Document;
use crate::finding::Finding;
use crate::rules::{Name, ended_entry, unused_entry};

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which rule or group.
    pub rule: Name,
    /// The account's id or one of its addresses; `*` stands for any part.
    pub account: Option<String>,
    /// The setting's full name, likewise.
    pub key: Option<String>,
    /// The file, as told from the folder of `mailcfg.toml`.
    pub path: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// Its name and place in `mailcfg.toml`, for what is to be said of it.
    pub written: (String, Option<Place>),
}

impl Entry {
    /// Whether it speaks of this finding; `path` is the file's, as told from the folder of `mailcfg.toml`.
    pub(super) fn fits(&self, finding: &Finding, document: &Document, path: &str) -> bool {
        self.rule.includes(finding.rule)
            && self.key.as_ref().is_none_or(|key| fits(key, &finding.location.key))
            && self.path.as_ref().is_none_or(|pattern| fits_path(pattern, path))
            && self.account.as_ref().is_none_or(|pattern| is_account(pattern, finding, document))
    }

    /// Whether its last day is over.
    pub fn has_ended(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until < today)
    }

    /// What is to be said of it when nothing fitted it.
    pub fn complaint(&self, today: Date) -> Finding {
        let (key, place) = (&self.written.0, self.written.1);
        match self.until {
            Some(until) if self.has_ended(today) => ended_entry(key, place, until, &self.reason),
            _ => unused_entry(key, place, self.rule.text(), &self.reason),
        }
    }
}

fn is_account(pattern: &str, finding: &Finding, document: &Document) -> bool {
    let Some(id) = &finding.account else { return false };
    let account = document.accounts.iter().find(|account| account.id == *id);
    let addresses = account.into_iter().flat_map(|account| &account.identities).map(|identity| &identity.address.value);
    fits(pattern, id) || addresses.into_iter().any(|address| fits(pattern, &document.as_written(address.trim())))
}

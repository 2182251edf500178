//! Findings that are there and that nobody wants to see: ignored by a comment in the file, by an entry of `mailcfg.toml`, or
//! known from a baseline. Each way says which finding, never "all that may come".
//!
//! What is ignored is not mended either, and a mend of something else that would change the same setting is only shown. Not here:
//! whole rules that are switched off (`selection`).

mod baseline;
mod comment;
mod entry;
mod pattern;

pub use baseline::{Baseline, NoBaseline};
pub use entry::Entry;
pub use pattern::{absolute, relative};

use std::collections::{BTreeSet, HashSet};

use crate::clients::Client;
use crate::date::Date;
use crate::document::Document;
use crate::finding::Finding;
use crate::message;
use crate::rules::{overruled_comment, unused_comment};
use comment::Suppression;

/// What is ignored in one document.
#[derive(Clone, Copy, Debug)]
pub struct Ignoring<'a> {
    /// The entries of its `mailcfg.toml`.
    pub entries: &'a [Entry],
    /// Its main file, as told from the folder of that `mailcfg.toml`.
    pub path: &'a str,
    /// What was known before.
    pub baseline: Option<&'a Baseline>,
    /// Whether no password may stand in the file, whatever a comment says.
    pub no_secrets: bool,
    /// The day of the run.
    pub today: Date,
}

/// Findings, and what was taken out of them.
#[derive(Clone, Debug, Default)]
pub struct Sifted {
    /// What is to be said, complaints about comments among them.
    pub findings: Vec<Finding>,
    /// What is ignored.
    pub hidden: Vec<Finding>,
    /// Entries that a finding fitted.
    pub used: BTreeSet<usize>,
    /// How many findings of the baseline are gone.
    pub gone: usize,
}

/// The rule that [`Ignoring::no_secrets`] is about.
const SECRETS: &str = "secret-in-file";

/// Takes out of `findings` what is ignored.
pub fn sift(findings: Vec<Finding>, document: &Document, client: &dyn Client, ignoring: &Ignoring<'_>) -> Sifted {
    let mut sifted = Sifted { findings, ..Sifted::default() };
    sifted.by_comments(document, client, ignoring);
    sifted.by_entries(document, ignoring);
    if let Some(baseline) = ignoring.baseline {
        let (is_known, gone) = baseline.knows(&sifted.findings, document.client, &document.sources);
        sifted.gone = gone;
        let mut is_known = is_known.into_iter();
        sifted.take_out(|finding| is_known.next().is_some_and(|known| known) && !ignoring.is_forbidden(finding));
    }
    sifted.guard();
    sifted
}

impl Ignoring<'_> {
    fn is_forbidden(&self, finding: &Finding) -> bool {
        self.no_secrets && finding.rule == SECRETS
    }
}

impl Sifted {
    fn take_out(&mut self, mut is_ignored: impl FnMut(&Finding) -> bool) {
        let all = std::mem::take(&mut self.findings);
        for finding in all {
            if is_ignored(&finding) { self.hidden.push(finding) } else { self.findings.push(finding) }
        }
    }

    fn by_comments(&mut self, document: &Document, client: &dyn Client, ignoring: &Ignoring<'_>) {
        let (suppressions, complaints) = comment::read(document, client);
        if suppressions.is_empty() && complaints.is_empty() {
            return;
        }
        let mut used = HashSet::new();
        self.take_out(|finding| {
            let all = suppressions.iter().enumerate();
            let fitting = all.filter(|(_, one)| one.rules.contains(&finding.rule) && one.covers(finding));
            let fitting: Vec<usize> = fitting.map(|(index, _)| index).collect();
            used.extend(fitting.iter().map(|index| (*index, finding.rule)));
            !fitting.is_empty() && !ignoring.is_forbidden(finding)
        });
        self.findings.extend(complaints);
        // What is not judged has no findings to ignore.
        if document.unchecked.is_none() {
            self.findings.extend(unused(&suppressions, &used, ignoring.no_secrets));
        }
    }

    fn by_entries(&mut self, document: &Document, ignoring: &Ignoring<'_>) {
        let mut used = std::mem::take(&mut self.used);
        self.take_out(|finding| {
            let entries = ignoring.entries.iter().enumerate();
            let fitting = entries
                .filter(|(_, entry)| !entry.has_ended(ignoring.today) && entry.fits(finding, document, ignoring.path));
            let fitting: Vec<usize> = fitting.map(|(index, _)| index).collect();
            used.extend(&fitting);
            !fitting.is_empty() && !ignoring.is_forbidden(finding)
        });
        self.used = used;
    }

    /// A mend of another finding must not change a setting that somebody wants to be as it is.
    fn guard(&mut self) {
        let kept: HashSet<&str> = self.hidden.iter().map(|finding| finding.location.key.as_str()).collect();
        for finding in &mut self.findings {
            let Some(fix) = &mut finding.fix else { continue };
            if let Some(change) = fix.changes.iter().find(|change| kept.contains(change.key.as_str())) {
                let remark = message!("it would change {key} too, where a finding is ignored", key = change.key);
                fix.show_only(remark);
            }
        }
    }
}

/// What is to be said of comments that ignore nothing.
fn unused(suppressions: &[Suppression], used: &HashSet<(usize, &str)>, no_secrets: bool) -> Vec<Finding> {
    let mut complaints = Vec::new();
    for (index, one) in suppressions.iter().enumerate() {
        for rule in &one.rules {
            if !used.contains(&(index, *rule)) {
                complaints.push(unused_comment(rule, one.place));
            } else if no_secrets && *rule == SECRETS {
                complaints.push(overruled_comment(rule, one.place));
            }
        }
    }
    complaints
}

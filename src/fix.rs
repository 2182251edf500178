//! From findings to corrected text: chooses fixes, applies them, reads and judges again, until nothing changes.
//!
//! Two fixes that overlap: the first is kept, the other waits for the next round. A result that no longer parses, or that has
//! another number of accounts, is thrown away whole and said to be a bug.
//!
//! Not here: writing to the disk (`write`), printing diffs (`report`).

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::clients::Client;
use crate::document::Document;
use crate::finding::{Applicability, Change, Finding, Message};
use crate::lint::{Judged, Options, judge, shown_address};
use crate::progress::Stage;
use crate::rules::Run;
use crate::secrets::Secrets;
use crate::source::{Edit, Source, Span};

/// More rounds than any real file needs; a file that still changes after them shows two rules at odds.
pub const MAX_ROUNDS: usize = 10;

/// What became of one document.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// Its sources before.
    pub before: Vec<Source>,
    /// Its sources after, in the same order.
    pub after: Vec<Source>,
    /// Where secrets stand before and after, for each source.
    pub secrets: Vec<(Vec<Span>, Vec<Span>)>,
    /// What was changed, in the order in which it was.
    pub applied: Vec<Applied>,
    /// What is still found.
    pub left: Vec<Finding>,
    /// How many more there are that somebody decided to ignore.
    pub suppressed: usize,
    /// Set when the result was thrown away.
    pub reverted: Option<Message>,
}

impl Fixed {
    /// Whether anything differs.
    pub fn is_changed(&self) -> bool {
        self.before.iter().zip(&self.after).any(|(before, after)| before.bytes() != after.bytes())
    }
}

/// One fix that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The rule that asked for it.
    pub rule: &'static str,
    /// The account it concerns.
    pub account: Option<String>,
    /// That account's address, as reports may show it.
    pub address: Option<String>,
    /// What it did.
    pub title: Message,
    /// The settings it changed.
    pub changes: Vec<Change>,
    /// What else it touches.
    pub remark: Option<Message>,
}

/// Mends every document of a run as far as fixes of at least `least` go; `clients` are theirs, in the same order.
pub fn fix_all(
    documents: &[Document],
    clients: &[&'static dyn Client],
    least: Applicability,
    options: &Options,
) -> Vec<Fixed> {
    let run = Run::new(documents);
    options.progress.begin(Stage::Judging, documents.len());
    let one = |index| fix(&run, index, clients[index], least, options);
    (0..documents.len()).into_par_iter().map(one).inspect(|_| options.progress.advance()).collect()
}

/// Mends document `index` of a run as far as fixes of at least `least` go.
pub fn fix(run: &Run<'_>, index: usize, client: &dyn Client, least: Applicability, options: &Options) -> Fixed {
    fix_where(run, index, client, options, |finding| finding.is_fixable(least))
}

/// As [`fix()`], for the findings that `wanted` picks.
pub fn fix_where(
    run: &Run<'_>,
    index: usize,
    client: &dyn Client,
    options: &Options,
    wanted: impl Fn(&Finding) -> bool,
) -> Fixed {
    let original = &run.documents()[index];
    let judge = |document: &Document| judge(document, run, index, client, options);
    let secrets = original.known_secrets();
    let (mut current, mut applied) = (original.clone(), Vec::new());
    let mut left = judge(&current);
    for _ in 0..MAX_ROUNDS {
        let (chosen, edits) = choose(&left.findings, &wanted);
        if chosen.is_empty() {
            break;
        }
        match rebuilt(&current, client, &edits) {
            Ok(document) => current = document,
            Err(reason) => return reverted(original, judge(original), reason),
        }
        applied.extend(chosen.into_iter().map(|one| named(one, original, &secrets)));
        left = judge(&current);
    }
    if choose(&left.findings, &wanted).0.is_empty() {
        finished(original, &current, applied, left)
    } else {
        reverted(original, judge(original), Message::new("the fixes came to no end"))
    }
}

/// Whether two findings are one and the same, in different rounds or runs over one document.
pub fn is_same(a: &Finding, b: &Finding) -> bool {
    let place = |finding: &Finding| (finding.rule, finding.location.source, finding.location.key.clone());
    place(a) == place(b) && a.message == b.message
}

/// With the address by which people know the account.
fn named(applied: Applied, document: &Document, secrets: &Secrets) -> Applied {
    let account = document.accounts.iter().find(|account| Some(&account.id) == applied.account.as_ref());
    Applied { address: account.and_then(|account| shown_address(document, secrets, account)), ..applied }
}

/// The fixes of this round and their edits: in the order of the report, none that overlaps an earlier one.
fn choose(findings: &[Finding], wanted: impl Fn(&Finding) -> bool) -> (Vec<Applied>, Vec<Edit>) {
    let (mut chosen, mut taken) = (Vec::new(), Taken::default());
    for finding in findings.iter().filter(|finding| wanted(finding)) {
        let Some(fix) = &finding.fix else { continue };
        let new: Vec<&Edit> = fix.edits.iter().filter(|edit| !taken.has(edit)).collect();
        if new.is_empty() || new.iter().any(|edit| taken.collides(edit)) {
            continue;
        }
        new.into_iter().for_each(|edit| taken.add(edit));
        chosen.push(Applied {
            rule: finding.rule,
            account: finding.account.clone(),
            address: None,
            title: fix.title.clone(),
            changes: fix.changes.clone(),
            remark: fix.remark.clone(),
        });
    }
    (chosen, taken.edits)
}

/// The edits of a round, and where they lie.
#[derive(Default)]
struct Taken {
    edits: Vec<Edit>,
    /// By source and beginning.
    places: BTreeMap<(usize, usize), usize>,
}

impl Taken {
    fn add(&mut self, edit: &Edit) {
        self.places.insert((edit.source, edit.span.start), self.edits.len());
        self.edits.push(edit.clone());
    }

    fn has(&self, edit: &Edit) -> bool {
        self.places.get(&(edit.source, edit.span.start)).is_some_and(|index| self.edits[*index] == *edit)
    }

    /// Whether an edit overlaps another. Two insertions at one place collide too: their order would be chance.
    fn collides(&self, edit: &Edit) -> bool {
        let place = (edit.source, edit.span.start);
        let is_in_source = |found: &(&(usize, usize), &usize)| found.0.0 == edit.source;
        let before = self.places.range(..place).next_back().filter(is_in_source);
        let behind = self.places.range(place..).next().filter(is_in_source);
        before.is_some_and(|(_, index)| self.edits[*index].span.end > edit.span.start)
            || behind.is_some_and(|((_, start), _)| *start == edit.span.start || *start < edit.span.end)
    }
}

/// The document after `edits`, read again; the reason if it is worse than before.
fn rebuilt(document: &Document, client: &dyn Client, edits: &[Edit]) -> Result<Document, Message> {
    let mut sources = Vec::with_capacity(document.sources.len());
    for (index, source) in document.sources.iter().enumerate() {
        let own: Vec<Edit> = edits.iter().filter(|edit| edit.source == index).cloned().collect();
        sources.push(source.edited(&own).map_err(|error| Message::verbatim(error.to_string()))?);
    }
    let mut new = client.read(sources);
    new.editing = document.editing.clone();
    new.observations.extend(document.observations.iter().filter(|known| known.seen.is_of_the_disk()).cloned());
    new.complete_secrets(Some(&document.known_secrets()));
    if new.is_damaged() && !document.is_damaged() {
        return Err(Message::new("after the fix the file could no longer be read"));
    }
    if new.accounts.len() != document.accounts.len() {
        return Err(Message::new("after the fix the number of accounts was another"));
    }
    Ok(new)
}

fn reverted(document: &Document, left: Judged, reason: Message) -> Fixed {
    Fixed { reverted: Some(reason), ..finished(document, document, Vec::new(), left) }
}

fn finished(before: &Document, after: &Document, applied: Vec<Applied>, left: Judged) -> Fixed {
    let secrets = (0..before.sources.len()).map(|index| (before.secret_spans(index), after.secret_spans(index)));
    Fixed {
        before: before.sources.clone(),
        after: after.sources.clone(),
        secrets: secrets.collect(),
        applied,
        left: left.findings,
        suppressed: left.suppressed,
        reverted: None,
    }
}

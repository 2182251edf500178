//! From documents to findings: reads, matches, runs every rule, lets the clients lower the fixes, hides secrets, takes out what
//! nobody wants to see, sorts.
//!
//! Pure and total: a bad file gives findings and never ends the run.

use std::cell::LazyCell;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::account::{Account, Security};
use crate::clients::{Client, Editor};
use crate::config::Controls;
use crate::date::Date;
use crate::document::{Document, Editing, Observation, Seen};
use crate::finding::{
    AccountSummary, Applicability, Change, CheckedFile, FileStatus, Finding, Fix, OWN_FILE, Report, Value,
};
use crate::message;
use crate::progress::{Progress, Stage};
use crate::provider::{AccountMatch, Providers, is_official};
use crate::rules::{Context, MALFORMED_SUPPRESSION, RULES, Run, stale_baseline};
use crate::secrets::{Secrets, names_a_secret};
use crate::source::{MASK, Source};
use crate::strict_toml;
use crate::suppression::{Baseline, sift};

/// One configuration to judge.
#[derive(Clone, Debug)]
pub struct Input {
    /// Whose it is.
    pub client: &'static dyn Client,
    /// The main file, then its companions.
    pub sources: Vec<Source>,
    /// Whether the user named the file or its folder on the command line.
    pub named: bool,
    /// What only the disk can tell: that the client is running.
    pub observed: Vec<Observation>,
}

impl Input {
    /// Each configuration by itself, where the main file carries several.
    pub fn parts(self) -> Vec<Self> {
        let Some(main) = self.sources.first() else { return Vec::new() };
        let parts = self.client.parts(main);
        if parts.is_empty() {
            return vec![self];
        }
        let one = |part| {
            let mut sources = self.sources.clone();
            sources[0] = sources[0].part_of_file(part);
            Self { sources, ..self.clone() }
        };
        parts.into_iter().map(one).collect()
    }
}

/// What a run depends on besides its files.
#[derive(Clone, Debug)]
pub struct Options {
    /// What providers offer.
    pub providers: Providers,
    /// The day of the run.
    pub today: Date,
    /// What people want to see of it.
    pub controls: Controls,
    /// Counts what is judged.
    pub progress: Arc<Progress>,
}

impl Options {
    /// Everything is to be seen.
    pub fn new(providers: Providers, today: Date) -> Self {
        Self { providers, today, controls: Controls::default(), progress: Arc::default() }
    }
}

/// A configuration that was read.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Whose it is.
    pub client: &'static dyn Client,
    /// What it says.
    pub document: Document,
}

/// Reads one configuration.
pub fn read(input: &Input) -> Document {
    let mut document = input.client.read(input.sources.clone());
    document.observations.extend(input.observed.iter().cloned());
    if input.named && matches!(document.editing, Editing::ShowOnly(_)) {
        document.editing = Editing::InPlace;
    }
    document.complete_secrets(None);
    document.shrink_to_fit();
    document
}

/// Reads all of them.
pub fn read_all(inputs: &[Input], progress: &Progress) -> Vec<Document> {
    progress.begin(Stage::Reading, inputs.len());
    inputs.par_iter().map(read).inspect(|_| progress.advance()).collect()
}

/// Judges `inputs`. Files are in the order of `inputs`, findings sorted by file, place and rule. Files that nobody chose are read
/// for what they share with the others, and not reported on.
pub fn lint(inputs: &[Input], options: &Options) -> Report {
    let documents = read_all(inputs, &options.progress);
    let run = Run::new(&documents);
    options.progress.begin(Stage::Judging, documents.len());
    let results: Vec<_> = (0..documents.len())
        .into_par_iter()
        .map(|index| {
            let context = context(&documents[index], &run, index, options);
            (judge_in(&context, inputs[index].client, options), summaries(&context))
        })
        .inspect(|_| options.progress.advance())
        .collect();
    let (mut report, mut ignored) = (Report::default(), Ignored::default());
    report.files.reserve_exact(documents.len());
    report.findings.reserve_exact(results.iter().map(|(judged, _)| judged.findings.len()).sum());
    for (index, ((judged, accounts), document)) in results.into_iter().zip(documents).enumerate() {
        ignored.add(&judged, options.controls.index_of(document.main().path()));
        if !options.controls.is_chosen(document.main().path()) {
            continue;
        }
        report.findings.extend(judged.findings);
        report.suppressed += judged.suppressed;
        report.deselected += judged.deselected;
        report.files.push(checked_file(index, document, accounts));
    }
    ignored.complain(&mut report, options);
    report
}

/// What was found in one document.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// What is to be seen, sorted.
    pub findings: Vec<Finding>,
    /// How many more would be to be seen if they were not ignored.
    pub suppressed: usize,
    /// How many the choice of rules hides, hints aside.
    pub deselected: usize,
    /// Which entries of its `mailcfg.toml` a finding fitted.
    used: BTreeSet<usize>,
    /// How many findings of the baseline are gone.
    gone: usize,
}

/// Judges `document`, a state of document `index` of `run`.
pub fn judge(document: &Document, run: &Run<'_>, index: usize, client: &dyn Client, options: &Options) -> Judged {
    judge_in(&context(document, run, index, options), client, options)
}

fn context<'a>(document: &'a Document, run: &'a Run<'a>, index: usize, options: &'a Options) -> Context<'a> {
    let policy = options.controls.of(document.main().path());
    let providers = policy.providers.as_ref().unwrap_or(&options.providers);
    Context::of(document, run, index, providers, options.today).under(&policy.demands)
}

fn judge_in(context: &Context<'_>, client: &dyn Client, options: &Options) -> Judged {
    let (document, controls) = (context.document, &options.controls);
    let path = controls.told_from_policy(document.main().path());
    let sifted = sift(check(context, client), document, client, &controls.ignoring(document, &path, options.today));
    let selection = &controls.of(document.main().path()).selection;
    let is_chosen = controls.is_chosen(document.main().path());
    let chosen = |findings: Vec<Finding>| findings.into_iter().filter(|_| is_chosen);
    let suppressed = chosen(sifted.hidden).filter_map(|finding| selection.seen(finding)).count();
    let (mut findings, mut deselected) = (Vec::new(), 0);
    for finding in chosen(sifted.findings) {
        let is_hint = finding.is_hint();
        match selection.seen(finding) {
            Some(finding) => findings.push(finding),
            None => deselected += usize::from(!is_hint),
        }
    }
    findings.iter_mut().for_each(|finding| finding.document = context.index);
    hide_in_complaints(&mut findings, document);
    sort(&mut findings);
    findings.shrink_to_fit();
    Judged { findings, suppressed, deselected, used: sifted.used, gone: sifted.gone }
}

/// What is said of comments is new since secrets were hidden, and a comment may hold anything.
fn hide_in_complaints(findings: &mut [Finding], document: &Document) {
    let mut complaints = findings.iter_mut().filter(|finding| finding.rule == MALFORMED_SUPPRESSION).peekable();
    if complaints.peek().is_some() {
        let secrets = document.known_secrets();
        complaints.for_each(|finding| finding.hide(&|text| secrets.hide(text)));
    }
}

/// What became of the entries of each `mailcfg.toml` and of the baseline, over all files.
#[derive(Default)]
struct Ignored {
    used: HashSet<(usize, usize)>,
    gone: usize,
}

impl Ignored {
    fn add(&mut self, judged: &Judged, policy: usize) {
        self.used.extend(judged.used.iter().map(|entry| (policy, *entry)));
        self.gone += judged.gone;
    }

    fn complain(&self, report: &mut Report, options: &Options) {
        let controls = &options.controls;
        for (index, policy) in controls.policies().iter().enumerate() {
            let is_used = |entry| self.used.contains(&(index, entry));
            if let Some(file) = policy.file.as_ref().filter(|file| controls.is_chosen(file.path())) {
                add_own(report, file.clone(), policy.complaints(is_used, options.today));
            }
        }
        let is_told = |baseline: &&Baseline| self.gone > 0 && controls.is_chosen(baseline.file());
        if let Some(baseline) = controls.baseline().filter(is_told) {
            let source = Source::new(baseline.file(), *b"");
            let stale = controls.of(baseline.file()).selection.seen(stale_baseline(self.gone));
            add_own(report, source, stale.into_iter().collect());
        }
    }
}

/// Findings on a file of ours, which is only named if there is something to say of it.
fn add_own(report: &mut Report, source: Source, mut findings: Vec<Finding>) {
    if findings.is_empty() {
        return;
    }
    let number = report.files.len();
    findings.iter_mut().for_each(|finding| finding.document = number);
    report.findings.extend(findings);
    report.files.push(CheckedFile {
        secrets: vec![strict_toml::secrets(source.bytes())],
        sources: vec![source],
        client: Some(OWN_FILE),
        status: FileStatus::Checked,
        accounts: Vec::new(),
        document: Some(number),
    });
}

/// All findings on one document of a run, whoever wants to see them.
pub fn check(context: &Context<'_>, client: &dyn Client) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        (rule.check)(context, &mut findings);
    }
    let secrets = context.document.known_secrets();
    let lost = lost_settings(context.document);
    // Reads the file anew, so only where there is something to edit.
    let editor = LazyCell::new(|| client.editor(context.document));
    for finding in &mut findings {
        finding.document = context.index;
        finding.is_official = finding.source.as_deref().is_none_or(is_official);
        if let Some(fix) = &mut finding.fix {
            lower(fix, context.document, &editor);
            fix.is_secret = hide_by_name(fix) || fix.edits.iter().any(|edit| secrets.is_in(&edit.text));
            demote_if_lost(fix, &lost);
            demote_if_less_private(fix);
            demote_if_elsewhere(fix, context);
            demote_if_unsure(finding);
        }
        if !context.document.stand_ins.is_empty() {
            finding.rewrite(&|text| context.document.as_written(text));
        }
        finding.hide(&|text| secrets.hide(text));
        if let Some(part) = context.document.main().part() {
            finding.put_below(&part.key);
        }
    }
    sort(&mut findings);
    findings
}

/// Lets the client turn a fix's changes into edits; what it cannot write is only shown.
fn lower(fix: &mut Fix, document: &Document, editor: &Editor<'_>) {
    let refused = match &document.editing {
        Editing::InPlace => None,
        Editing::CopyOnly(reason) | Editing::ShowOnly(reason) | Editing::Never(reason) => Some(reason.clone()),
    };
    match editor(&fix.changes) {
        Ok(lowered) => {
            fix.edits = lowered.edits;
            fix.applicability = fix.applicability.min(lowered.at_most.unwrap_or(Applicability::Safe));
            fix.remark = lowered.remark;
        }
        Err(reason) => return fix.show_only(reason.0),
    }
    if let Some(reason) = refused {
        fix.show_only(reason);
    }
}

/// A host that is right is not exchanged unasked, whatever else is mended: another one may lead to another mailbox.
fn demote_if_elsewhere(fix: &mut Fix, context: &Context<'_>) {
    let is_elsewhere = |change: &Change| {
        let Some(view) = context.server_of(&change.key).filter(|view| view.server.host.key == change.key) else {
            return false;
        };
        // The same host without a blank is no other.
        let is_other = matches!(&change.to, Value::Text(host) if !host.eq_ignore_ascii_case(&view.server.host_name()));
        is_other && view.has_right_host()
    };
    if fix.applicability == Applicability::Safe && fix.changes.iter().any(is_elsewhere) {
        fix.applicability = Applicability::Unsafe;
    }
}

/// Encryption is never given up: even a provider that lists nothing else may have more than it lists.
fn demote_if_less_private(fix: &mut Fix) {
    let is_lost =
        |change: &Change| change.to == Value::Security(Security::None) && change.from != Security::None.name();
    if fix.changes.iter().any(is_lost) {
        fix.show_only(message!("mailcfg takes no encryption away"));
    }
}

/// Hides the values of settings whose names speak of secrets, which may be too short to be known again. Whether there are any.
fn hide_by_name(fix: &mut Fix) -> bool {
    let mut is_any = false;
    for change in fix.changes.iter_mut().filter(|change| names_a_secret(&change.key)) {
        if !change.from.is_empty() && !matches!(change.to, Value::Flag(_)) {
            change.from = MASK.to_owned();
        }
        if matches!(change.to, Value::Text(_) | Value::Number(_)) {
            change.to = Value::Text(MASK.to_owned());
            is_any = true;
        }
    }
    is_any
}

/// What stands in parts of the file that the client cannot read.
fn lost_settings(document: &Document) -> HashSet<&String> {
    let lost = document.observations.iter().filter_map(|observation| match &observation.seen {
        Seen::Unparseable { lost, .. } => Some(lost),
        _ => None,
    });
    lost.flatten().collect()
}

/// A setting that stands in a part of the file which the client cannot read is not absent; a second line of it would only hide
/// the damage.
fn demote_if_lost(fix: &mut Fix, lost: &HashSet<&String>) {
    if fix.changes.iter().any(|change| lost.contains(&change.key)) {
        fix.applicability = fix.applicability.min(Applicability::Unsafe);
        fix.remark =
            Some(message!("the setting stands in a part of the file that cannot be read; correct that part first"));
    }
}

/// `fix --apply` acts only on what is certain.
fn demote_if_unsure(finding: &mut Finding) {
    if let Some(fix) = &mut finding.fix
        && finding.confidence < crate::finding::Confidence::High
    {
        fix.applicability = fix.applicability.min(Applicability::Unsafe);
    }
}

fn sort(findings: &mut Vec<Finding>) {
    let place = |finding: &Finding| (finding.location.source, finding.location.span, finding.location.key.clone());
    findings.sort_by(|a, b| place(a).cmp(&place(b)).then(b.severity.cmp(&a.severity)).then(a.rule.cmp(b.rule)));
    // An outgoing server that several accounts share is judged once for each.
    let mut seen = HashSet::new();
    findings.retain(|finding| {
        let location = &finding.location;
        // Two keys that are not shown read the same.
        let place = location.key.contains(MASK).then_some(location.span);
        seen.insert((finding.rule, place, location.key.clone(), finding.message.to_string()))
    });
}

fn summaries(context: &Context<'_>) -> Vec<AccountSummary> {
    let secrets = context.document.known_secrets();
    context.accounts().map(|(account, matched)| summary(context.document, &secrets, account, matched)).collect()
}

/// The main address of an account, as reports may show it: people type the password where the address belongs.
pub(crate) fn shown_address(document: &Document, secrets: &Secrets, account: &Account) -> Option<String> {
    document.address_of(account).map(|address| secrets.hide(&address))
}

fn summary(document: &Document, secrets: &Secrets, account: &Account, matched: &AccountMatch<'_>) -> AccountSummary {
    let servers = account.incoming.iter().chain(&account.outgoing).count();
    let overall = matched.overall();
    AccountSummary {
        id: account.id.clone(),
        address: shown_address(document, secrets, account),
        provider: overall.map(|overall| overall.provider.id.to_string()),
        matched: overall.map_or("unknown", |overall| overall.level.name()),
        // Protocol, host, port, security, authentication, user name.
        settings: servers * 6 + account.identities.len(),
    }
}

fn checked_file(index: usize, document: Document, accounts: Vec<AccountSummary>) -> CheckedFile {
    let secrets = (0..document.sources.len()).map(|source| document.secret_spans(source)).collect();
    let status = document.unchecked.map_or(FileStatus::Checked, FileStatus::Skipped);
    CheckedFile {
        client: Some(document.client),
        sources: document.sources,
        secrets,
        status,
        accounts,
        document: Some(index),
    }
}

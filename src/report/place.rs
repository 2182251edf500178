//! Where a finding is, as a person counts: file, line, column.
//!
//! Every source that a finding points into is scanned and masked once per report, however many findings it has.

use std::collections::BTreeMap;

use super::Style;
use crate::finding::{CheckedFile, Finding, Report};
use crate::source::{LineIndex, Masked, Source, View};

/// The sources of a report, ready to be quoted.
pub(super) struct Places<'a> {
    report: &'a Report,
    findings: Vec<&'a Finding>,
    files: BTreeMap<usize, &'a CheckedFile>,
    opened: BTreeMap<(usize, usize), Opened>,
}

/// The text of one source for output, and its lines.
pub(super) struct Opened {
    pub(super) lines: LineIndex,
    pub(super) masked: Masked,
}

/// From one character up to and not including another; lines and columns count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) start: (usize, usize),
    pub(super) end: (usize, usize),
}

impl<'a> Places<'a> {
    /// Of all findings.
    pub(super) fn new(report: &'a Report) -> Self {
        Self::of(report, report.findings.iter().collect())
    }

    /// Of those that a person or a pipeline is to act on; with `verbose` of all.
    pub(super) fn to_act_on(report: &'a Report, style: &Style) -> Self {
        Self::of(report, report.findings.iter().filter(|finding| style.verbose || !finding.is_hint()).collect())
    }

    fn of(report: &'a Report, findings: Vec<&'a Finding>) -> Self {
        let files = report.files.iter().filter_map(|file| Some((file.document?, file))).collect();
        let mut places = Self { report, findings: Vec::new(), files, opened: BTreeMap::new() };
        for finding in &findings {
            let key = (finding.document, finding.location.source);
            if let Some(source) = places.source(finding).filter(|source| source.has_lines())
                && finding.location.span.is_some()
                && !places.opened.contains_key(&key)
            {
                let secrets = places.files[&key.0].secrets.get(key.1).map_or(&[][..], Vec::as_slice);
                let opened = Opened { lines: LineIndex::new(source.lined()), masked: source.masked(secrets) };
                places.opened.insert(key, opened);
            }
        }
        places.findings = findings;
        places
    }

    /// The findings that are told, in the order of the report.
    pub(super) fn findings(&self) -> &[&'a Finding] {
        &self.findings
    }

    /// Each file with its findings, in the order of the report; last, without a file, what belongs to none.
    pub(super) fn by_file(&self) -> Vec<(Option<&'a CheckedFile>, Vec<&'a Finding>)> {
        let mut of: BTreeMap<usize, Vec<&Finding>> = BTreeMap::new();
        self.findings.iter().for_each(|finding| of.entry(finding.document).or_default().push(finding));
        let mut own = |file: &CheckedFile| file.document.and_then(|document| of.remove(&document)).unwrap_or_default();
        let mut groups: Vec<_> = self.report.files.iter().map(|file| (Some(file), own(file))).collect();
        let stray = self.findings.iter().copied().filter(|finding| !self.files.contains_key(&finding.document));
        groups.push((None, stray.collect()));
        groups
    }

    /// The checked file that the finding is about.
    pub(super) fn file(&self, finding: &Finding) -> Option<&'a CheckedFile> {
        self.files.get(&finding.document).copied()
    }

    /// The file the finding is in, or the document's main one.
    pub(super) fn source(&self, finding: &Finding) -> Option<&'a Source> {
        let sources = &self.files.get(&finding.document)?.sources;
        sources.get(finding.location.source).or_else(|| sources.first())
    }

    /// The lines of a source of the finding's document, if they were counted already.
    pub(super) fn lines_of(&self, finding: &Finding, source: &Source) -> Option<&LineIndex> {
        let sources = &self.files.get(&finding.document)?.sources;
        let index = sources.iter().position(|own| std::ptr::eq(own, source))?;
        self.opened.get(&(finding.document, index)).map(|opened| &opened.lines)
    }

    /// The text the finding points into, if it has lines and the finding a span.
    fn opened(&self, finding: &Finding) -> Option<&Opened> {
        finding.location.span?;
        self.opened.get(&(finding.document, finding.location.source))
    }

    /// Lines and columns of the finding in the file as it lies on the disk: for programs that open it there. The text inside a
    /// signed profile has lines that the file has not.
    pub(super) fn range_on_disk(&self, finding: &Finding) -> Option<Range> {
        self.source(finding).filter(|source| source.view() != View::Signed)?;
        self.range(finding)
    }

    /// The same, if the line can be quoted: what an export carries looks otherwise in the file.
    pub(super) fn quotable(&self, finding: &Finding) -> Option<&Opened> {
        self.opened(finding).filter(|_| self.source(finding).is_some_and(Source::has_own_lines))
    }

    /// Lines and columns of the finding.
    pub(super) fn range(&self, finding: &Finding) -> Option<Range> {
        let (opened, span) = (self.opened(finding)?, finding.location.span?);
        let source = self.source(finding)?;
        let at = |offset| opened.lines.line_column(source.lined(), source.in_lined(offset));
        Some(Range { start: at(span.start), end: at(span.end.max(span.start)) })
    }
}

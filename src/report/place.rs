//! Where a finding is, as a person counts: file, line, column.
//!
//! A source that a finding points into is scanned when it is asked for, and masked when it is quoted. Only the last one is kept:
//! reports go through the findings file by file, and the texts of all files at once would be as large as the run.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use super::Style;
use crate::finding::{CheckedFile, Finding, Report};
use crate::source::{LineIndex, Masked, Source, Span, View};

/// The sources of a report, ready to be quoted.
pub(super) struct Places<'a> {
    report: &'a Report,
    findings: Vec<&'a Finding>,
    files: BTreeMap<usize, &'a CheckedFile>,
    /// The lines of exports: one may carry hundreds of profiles, and each has its places in the same lines.
    exports: RefCell<BTreeMap<&'a Path, Rc<LineIndex>>>,
    /// The source that was asked for last.
    last: RefCell<Option<Rc<Opened<'a>>>>,
}

/// The text of one source for output, and its lines.
pub(super) struct Opened<'a> {
    source: &'a Source,
    secrets: &'a [Span],
    lines: Rc<LineIndex>,
    masked: OnceCell<Masked>,
}

impl<'a> Opened<'a> {
    pub(super) fn new(source: &'a Source, secrets: &'a [Span], lines: Rc<LineIndex>) -> Self {
        Self { source, secrets, lines, masked: OnceCell::new() }
    }

    /// The text without its secrets.
    pub(super) fn masked(&self) -> &Masked {
        self.masked.get_or_init(|| self.source.masked(self.secrets))
    }

    /// Line and column of an offset of the text.
    pub(super) fn line_column(&self, offset: usize) -> (usize, usize) {
        self.lines.line_column(self.source.lined(), self.source.in_lined(offset))
    }
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
        Self { report, findings, files, exports: RefCell::default(), last: RefCell::new(None) }
    }

    /// The findings that are told, in the order of the report.
    pub(super) fn findings(&self) -> &[&'a Finding] {
        &self.findings
    }

    /// Each file with its findings, in the order of the report; last, without a file, what belongs to none.
    pub(super) fn by_file(&self) -> Vec<(Option<&'a CheckedFile>, Vec<&'a Finding>)> {
        let mut of: BTreeMap<Option<usize>, Vec<&'a Finding>> = BTreeMap::new();
        for finding in &self.findings {
            let document = Some(finding.document).filter(|document| self.files.contains_key(document));
            of.entry(document).or_default().push(finding);
        }
        let stray = of.remove(&None).unwrap_or_default();
        let own = |file: &CheckedFile| file.document.and_then(|document| of.get(&Some(document)).cloned());
        let files = self.report.files.iter().map(|file| (Some(file), own(file).unwrap_or_default()));
        files.chain([(None, stray)]).collect()
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

    /// The lines of the source that was asked for last, if it is this one.
    pub(super) fn lines_of(&self, source: &Source) -> Option<Rc<LineIndex>> {
        let last = self.last.borrow();
        last.as_ref().filter(|opened| std::ptr::eq(opened.source, source)).map(|opened| Rc::clone(&opened.lines))
    }

    /// The text the finding points into, if it has lines and the finding a span.
    fn opened(&self, finding: &Finding) -> Option<Rc<Opened<'a>>> {
        finding.location.span?;
        let source = self.source(finding).filter(|source| source.has_lines())?;
        let mut last = self.last.borrow_mut();
        if let Some(opened) = last.as_ref().filter(|opened| std::ptr::eq(opened.source, source)) {
            return Some(Rc::clone(opened));
        }
        let file = self.file(finding)?;
        let number = file.sources.iter().position(|own| std::ptr::eq(own, source))?;
        let secrets = file.secrets.get(number).map_or(&[][..], Vec::as_slice);
        let opened = Rc::new(Opened::new(source, secrets, self.lines(source)));
        *last = Some(Rc::clone(&opened));
        Some(opened)
    }

    fn lines(&self, source: &'a Source) -> Rc<LineIndex> {
        let scan = || Rc::new(LineIndex::new(source.lined()));
        if source.has_own_lines() {
            return scan();
        }
        Rc::clone(self.exports.borrow_mut().entry(source.path()).or_insert_with(scan))
    }

    /// Lines and columns of the finding in the file as it lies on the disk: for programs that open it there. The text inside a
    /// signed profile has lines that the file has not.
    pub(super) fn range_on_disk(&self, finding: &Finding) -> Option<Range> {
        self.source(finding).filter(|source| source.view() != View::Signed)?;
        self.range(finding)
    }

    /// The same, if the line can be quoted: what an export carries looks otherwise in the file.
    pub(super) fn quotable(&self, finding: &Finding) -> Option<Rc<Opened<'a>>> {
        self.opened(finding).filter(|_| self.source(finding).is_some_and(Source::has_own_lines))
    }

    /// Lines and columns of the finding.
    pub(super) fn range(&self, finding: &Finding) -> Option<Range> {
        let (opened, span) = (self.opened(finding)?, finding.location.span?);
        Some(Range { start: opened.line_column(span.start), end: opened.line_column(span.end.max(span.start)) })
    }
}

//! The bytes of one file, and places in them.
//!
//! Everything that points into a file does so with a [`Span`]: a byte range. Lines and columns exist only in reports, through
//! [`LineIndex`]. Secrets are marked here by the adapter that knows them, and [`Source::masked`] is the only way the text of a
//! source leaves the program, so that no output format has to remember to hide them.
//!
//! Not here: reading the disk (`discover`) and writing it (`write`).

mod lines;

use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use lines::LineIndex;

/// What a secret reads in every output.
pub const MASK: &str = "••••";

/// A path as text. What is no UTF-8 in it is told byte by byte (`\xFF`), so that two paths never read the same.
pub fn path_text(path: &Path) -> Cow<'_, str> {
    if let Some(text) = path.to_str() {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| out.push_str(&format!("\\x{byte:02X}")));
    }
    Cow::Owned(out)
}

/// A byte range in one [`Source`]. Offsets are in bytes, the end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to and not including `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The empty range at `offset`: a place to insert.
    pub const fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The same range as the standard library writes it.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same range, `by` bytes further on.
    pub const fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// How the text of a source relates to the bytes on disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// They are the same.
    #[default]
    Plain,
    /// The file is UTF-16; the text is the same in UTF-8.
    Utf16 {
        /// Whether the low byte comes first.
        little_endian: bool,
    },
    /// The file is a binary property list; the text is the same list in XML, so it has no lines of its own to report.
    BinaryPlist,
    /// The file is a signed container; the text is what was signed.
    Signed,
    /// The file is an export of a management system; the text is the configuration that it carries, unpacked.
    Export,
}

/// From offsets of a text that was unpacked to offsets of the file that carries it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unpacked {
    /// (offset in the text, offset in the file) where the two begin to run side by side, ascending.
    steps: Vec<(usize, usize)>,
    /// One past the last byte of the file from which the text comes.
    end: usize,
}

impl Unpacked {
    /// Of text that has no places of its own in the file, such as base64: all of it stands in `span`.
    pub fn whole(span: Span) -> Self {
        Self { steps: vec![(0, span.start)], end: span.start }
    }

    /// Of text that stands in the file with some of its characters spelled otherwise.
    pub const fn spelled(steps: Vec<(usize, usize)>, end: usize) -> Self {
        Self { steps, end }
    }

    /// The same for another text, of which only the beginning can be told.
    #[must_use]
    pub fn beginning(&self) -> Self {
        Self::whole(Span::at(self.in_file(0)))
    }

    /// Where the file spells the character at `offset` of the text.
    fn in_file(&self, offset: usize) -> usize {
        let index = self.steps.partition_point(|step| step.0 <= offset);
        let limit = self.steps.get(index).map_or(self.end, |next| next.1);
        let (text, file) = index.checked_sub(1).map_or((0, 0), |index| self.steps[index]);
        (file + (offset - text)).min(limit)
    }
}

/// One of several configurations in one file, such as an export of many profiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where the file has it: `value[1].payload`.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// What of the file it is made from.
    pub span: Span,
}

/// One file: where it is and what it holds.
///
/// Usually the text we work on is what stands on the disk. Where it is not (see [`View`]), both are kept: spans and edits speak
/// of the text, writing and comparing speak of the disk. Cheap to clone; the bytes are shared. `Debug` shows the path and the
/// length, never the bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    path: Arc<Path>,
    bytes: Arc<[u8]>,
    disk: Arc<[u8]>,
    view: View,
    /// Known as long as the text is as it was unpacked.
    unpacked: Option<Arc<Unpacked>>,
    /// Which configuration of the file is meant, where it has several.
    part: Option<Arc<Part>>,
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Source({}, {} bytes)", self.path.display(), self.bytes.len())
    }
}

impl Source {
    /// A source that was read from `path`.
    pub fn new(path: impl Into<PathBuf>, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        let path: PathBuf = path.into();
        Self { path: path.into(), disk: Arc::clone(&bytes), bytes, view: View::Plain, unpacked: None, part: None }
    }

    /// The same file, worked on as `text`.
    #[must_use]
    pub fn viewed(&self, view: View, text: impl Into<Arc<[u8]>>) -> Self {
        Self { bytes: text.into(), view, unpacked: None, ..self.clone() }
    }

    /// The same file, of which only one configuration is meant.
    #[must_use]
    pub fn part_of_file(&self, part: Part) -> Self {
        Self { part: Some(Arc::new(part)), ..self.clone() }
    }

    /// Which configuration of the file it is, where the file has several.
    pub fn part(&self) -> Option<&Part> {
        self.part.as_deref()
    }

    /// The same file, worked on as the text that it carries.
    #[must_use]
    pub fn carrying(&self, text: impl Into<Arc<[u8]>>, unpacked: Unpacked) -> Self {
        Self { unpacked: Some(Arc::new(unpacked)), ..self.viewed(View::Export, text) }
    }

    /// How the text relates to the disk.
    pub fn view(&self) -> View {
        self.view
    }

    /// Whether places of the text can be told as lines.
    pub fn has_lines(&self) -> bool {
        match self.view {
            View::BinaryPlist => false,
            View::Export => self.unpacked.is_some(),
            View::Plain | View::Utf16 { .. } | View::Signed => true,
        }
    }

    /// Whether the lines of the text are those that people see when they open the file, so that they can be quoted.
    pub fn has_own_lines(&self) -> bool {
        self.has_lines() && self.unpacked.is_none()
    }

    /// What lines are counted in: the text, or the file that carries it.
    pub fn lined(&self) -> &[u8] {
        if self.unpacked.is_some() { &self.disk } else { &self.bytes }
    }

    /// The offset in [`Source::lined`] of an offset in the text.
    pub fn in_lined(&self, offset: usize) -> usize {
        self.unpacked.as_ref().map_or(offset, |unpacked| unpacked.in_file(offset))
    }

    /// What stood on the disk when the file was read.
    pub fn disk(&self) -> &[u8] {
        &self.disk
    }

    /// Where it was read.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The last part of the path, empty if there is none.
    pub fn file_name(&self) -> &str {
        self.path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
    }

    /// The text, secrets included: for adapters only, never for output.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The text for output: invalid UTF-8 replaced, each of `secrets` shown as [`MASK`].
    pub fn masked(&self, secrets: &[Span]) -> Masked {
        Masked::new(&self.bytes, secrets)
    }

    /// The source after `edits`, under the same path. Edits must not overlap; their order does not matter.
    ///
    /// # Errors
    /// [`OverlappingEdits`] when two edits touch the same bytes or one reaches beyond the end.
    pub fn edited(&self, edits: &[Edit]) -> Result<Self, OverlappingEdits> {
        let mut sorted: Vec<&Edit> = edits.iter().collect();
        sorted.sort_by_key(|edit| edit.span);
        let mut out = Vec::with_capacity(self.bytes.len());
        let mut done = 0;
        for edit in sorted {
            if edit.span.start < done || edit.span.end > self.bytes.len() || edit.span.start > edit.span.end {
                return Err(OverlappingEdits);
            }
            out.extend_from_slice(&self.bytes[done..edit.span.start]);
            out.extend_from_slice(&edit.text);
            done = edit.span.end;
        }
        out.extend_from_slice(&self.bytes[done..]);
        Ok(self.viewed(self.view, out))
    }
}

/// A byte range of one source of a document and the bytes that take its place.
///
/// An empty span inserts, an empty text deletes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// Which of the document's sources, counted from its main file (0).
    pub source: usize,
    /// The bytes to replace.
    pub span: Span,
    /// What takes their place, in the file's own encoding.
    pub text: Vec<u8>,
}

impl std::fmt::Debug for Edit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Edit(source {}, {:?}, {} bytes)", self.source, self.span.range(), self.text.len())
    }
}

/// Two edits touch the same bytes, or one lies outside its source: a fault of the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("two edits overlap or reach beyond the file")]
pub struct OverlappingEdits;

/// Text that is safe to print, and the way from byte offsets of the source to offsets in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    text: String,
    /// (offset in the source, offset in `text`) where the two begin to differ by another amount, ascending.
    steps: Vec<(usize, usize)>,
}

impl Masked {
    fn new(bytes: &[u8], secrets: &[Span]) -> Self {
        let mut masked = Self { text: String::with_capacity(bytes.len()), steps: vec![(0, 0)] };
        let mut done = 0;
        for secret in merged(secrets, bytes.len()) {
            masked.push_plain(bytes, done, secret.start);
            masked.steps.push((secret.start, masked.text.len()));
            masked.text.push_str(MASK);
            masked.steps.push((secret.end, masked.text.len()));
            done = secret.end;
        }
        masked.push_plain(bytes, done, bytes.len());
        masked
    }

    fn push_plain(&mut self, bytes: &[u8], start: usize, end: usize) {
        let mut at = start;
        for chunk in bytes[start..end].utf8_chunks() {
            self.text.push_str(chunk.valid());
            at += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                self.text.push('\u{FFFD}');
                at += chunk.invalid().len();
                self.steps.push((at, self.text.len()));
            }
        }
    }

    /// The text to print.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where `span` of the source lies in [`Masked::text`]. A span inside a secret becomes the whole mask.
    pub fn span(&self, span: Span) -> Span {
        let start = self.offset(span.start, false);
        let end = self.offset(span.end, true).max(start);
        Span::new(start, end)
    }

    fn offset(&self, at: usize, is_end: bool) -> usize {
        let index = self.steps.partition_point(|step| step.0 <= at).saturating_sub(1);
        let (source, text) = self.steps[index];
        let limit = self.steps.get(index + 1).map_or(self.text.len(), |next| next.1);
        let inside_mask = self.text[text..limit] == *MASK && self.steps.get(index + 1).is_some_and(|next| at < next.0);
        let mut offset = match (inside_mask, is_end && at > source) {
            (true, true) => limit,
            (true, false) => text,
            (false, _) => (text + (at - source)).min(limit),
        };
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}

/// Sorted, cut to the file, overlapping ones joined.
fn merged(spans: &[Span], len: usize) -> Vec<Span> {
    let mut sorted: Vec<Span> = spans
        .iter()
        .map(|span| Span::new(span.start.min(len), span.end.min(len)))
        .filter(|span| !span.is_empty())
        .collect();
    sorted.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(sorted.len());
    for span in sorted {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { source: 0, span: Span::new(start, end), text: text.into() }
    }

    #[test]
    fn edits_apply_in_any_order() {
        let source = Source::new("f", *b"abcdef");
        let edited = source.edited(&[edit(4, 5, "E"), edit(0, 1, ""), edit(2, 2, "--")]).unwrap();
        assert_eq!(edited.bytes(), b"b--cdEf");
    }

    #[test]
    fn overlapping_edits_are_refused() {
        let source = Source::new("f", *b"abcdef");
        assert!(source.edited(&[edit(0, 3, "x"), edit(2, 4, "y")]).is_err());
        assert!(source.edited(&[edit(5, 9, "x")]).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn paths_that_are_no_utf8_stay_apart() {
        use std::os::unix::ffi::OsStrExt;
        let text = |bytes: &[u8]| path_text(Path::new(std::ffi::OsStr::from_bytes(bytes))).into_owned();
        assert_eq!(text("メール/prefs.js".as_bytes()), "メール/prefs.js");
        assert_eq!(text(b"a\xFF\xFE/prefs.js"), "a\\xFF\\xFE/prefs.js");
        assert_ne!(text(b"a\xFF/x"), text(b"a\xFE/x"));
    }

    #[test]
    fn secrets_are_masked_and_offsets_follow() {
        let source = Source::new("f", *b"user=taro;pw=hunter2;port=993");
        let masked = source.masked(&[Span::new(13, 20)]);
        assert_eq!(masked.text(), "user=taro;pw=••••;port=993");
        let port = masked.span(Span::new(26, 29));
        assert_eq!(&masked.text()[port.range()], "993");
        assert_eq!(&masked.text()[masked.span(Span::new(13, 20)).range()], MASK);
        assert_eq!(&masked.text()[masked.span(Span::new(14, 16)).range()], MASK);
        assert_eq!(&masked.text()[masked.span(Span::new(5, 9)).range()], "taro");
    }

    #[test]
    fn invalid_utf8_keeps_later_offsets_right() {
        let source = Source::new("f", *b"a\xff\xffb=c");
        let masked = source.masked(&[]);
        assert_eq!(&masked.text()[masked.span(Span::new(5, 6)).range()], "c");
    }

    #[test]
    fn places_of_unpacked_text_are_places_of_its_file() {
        let file = Source::new("f", *b"<p>a&lt;b&amp;c</p>");
        let steps = vec![(0, 3), (1, 4), (2, 8), (3, 9), (4, 14)];
        let text = file.carrying(*b"a<b&c", Unpacked::spelled(steps, 15));
        let found: Vec<usize> = (0..=6).map(|at| text.in_lined(at)).collect();
        assert_eq!(found, [3, 4, 8, 9, 14, 15, 15]);
        assert!(text.has_lines() && !text.has_own_lines());
        let packed = file.carrying(*b"anything", Unpacked::whole(Span::new(4, 9)));
        assert_eq!((packed.in_lined(0), packed.in_lined(7)), (4, 4));
        assert!(!packed.edited(&[edit(0, 1, "b")]).unwrap().has_lines());
        assert_eq!(file.in_lined(7), 7);
    }
}

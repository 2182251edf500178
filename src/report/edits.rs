//! The edits of a fix as far as a report may show them.

use crate::finding::{CheckedFile, Fix};
use crate::source::{Edit, Source, Span};

/// A shorter text may stand in an edit by chance.
const KNOWN_AGAIN: usize = 6;

/// The edits of a fix in one source.
pub(super) struct Shown<'a> {
    pub(super) source: &'a Source,
    pub(super) edits: Vec<Edit>,
    /// Where secrets stand before.
    pub(super) hidden: &'a [Span],
}

/// The edits source by source; none at all if one of them touches or writes a secret.
pub(super) fn shown<'a>(file: &'a CheckedFile, fix: &Fix) -> Option<Vec<Shown<'a>>> {
    if fix.is_secret {
        return None;
    }
    let mut out = Vec::new();
    for (index, source) in file.sources.iter().enumerate() {
        let edits: Vec<Edit> = fix.edits.iter().filter(|edit| edit.source == index).cloned().collect();
        let hidden = file.secrets.get(index).map_or(&[][..], Vec::as_slice);
        if edits.iter().any(|edit| touches(edit, source, hidden)) {
            return None;
        }
        if !edits.is_empty() {
            out.push(Shown { source, edits, hidden });
        }
    }
    (!out.is_empty()).then_some(out)
}

fn touches(edit: &Edit, source: &Source, hidden: &[Span]) -> bool {
    hidden.iter().any(|secret| {
        let text = &source.bytes()[secret.range()];
        let is_written = || text.len() >= KNOWN_AGAIN && edit.text.windows(text.len()).any(|part| part == text);
        secret.overlaps(edit.span) || is_written()
    })
}

impl Shown<'_> {
    /// Where the secrets stand after the edits. None of them is touched, so each only moves.
    pub(super) fn hidden_after(&self) -> Vec<Span> {
        let moved = |secret: &Span| {
            let before = self.edits.iter().filter(|edit| edit.span.end <= secret.start);
            let (gone, come) = before.fold((0, 0), |sum, edit| (sum.0 + edit.span.len(), sum.1 + edit.text.len()));
            Span::new(secret.start + come - gone, secret.end + come - gone)
        };
        self.hidden.iter().map(moved).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{PREFS, checked, mismatch, span};
    use super::*;

    fn fixed(from: &str, to: &str) -> (CheckedFile, Fix) {
        let source = Source::new("prefs.js", PREFS.as_bytes());
        let secret = span(&source, "hunter2-secret");
        let mut fix = mismatch(&source).fix.unwrap();
        fix.edits = vec![Edit { source: 0, span: span(&source, from), text: to.as_bytes().to_vec() }];
        (checked(source, vec![secret]), fix)
    }

    #[test]
    fn secrets_move_with_the_text_before_them() {
        let (file, fix) = fixed("143", "99300");
        let shown = shown(&file, &fix).unwrap();
        let after = shown[0].source.edited(&shown[0].edits).unwrap();
        assert_eq!(&after.bytes()[shown[0].hidden_after()[0].range()], b"hunter2-secret");
    }

    #[test]
    fn what_touches_or_writes_a_secret_is_not_shown() {
        for (from, to) in [("hunter2", "x"), ("143", "hunter2-secret")] {
            let (file, fix) = fixed(from, to);
            assert!(shown(&file, &fix).is_none(), "{from} → {to}");
        }
    }
}

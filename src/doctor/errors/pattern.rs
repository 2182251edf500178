//! One line of the tables: what is looked for, and what it means.

use super::super::Cause;
use crate::provider::PasswordKind;

/// How much a message says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Sure {
    /// It names its cause.
    Certain,
    /// It mostly has the first of its causes.
    Likely,
    /// It fits many causes, and counts only where nothing better is said.
    Open,
}

/// The subject and the detail of an enhanced status code; its class only says whether to try again (RFC 3463).
pub(super) type Code = (u16, u16);

/// Messages of one meaning.
pub(in super::super) struct Pattern {
    /// What it says, for people. `{program}` stands for the program in whose table it is.
    pub(super) label: &'static str,
    /// Any of these stands in it.
    pub(super) stems: &'static [&'static str],
    /// Or any of these.
    pub(super) codes: &'static [Code],
    /// Whether it counts only where words say nothing.
    pub(super) is_code: bool,
    /// What it points to, likeliest first.
    pub(in super::super) causes: &'static [Cause],
    pub(in super::super) sure: Sure,
    /// The kind of password that the server asks for by it.
    pub(super) implies: Option<PasswordKind>,
    /// What to do besides what the cause says.
    pub(in super::super) todo: &'static [&'static str],
    /// What it means here, where the words of the cause would mislead; then `todo` is all there is to do.
    pub(in super::super) instead: Option<&'static str>,
    /// Whether it is the beginning of messages that say more.
    pub(super) gives_way: bool,
}

impl Pattern {
    pub(super) const fn certain(label: &'static str, causes: &'static [Cause], stems: &'static [&'static str]) -> Self {
        Self {
            label,
            stems,
            codes: &[],
            is_code: false,
            causes,
            sure: Sure::Certain,
            implies: None,
            todo: &[],
            instead: None,
            gives_way: false,
        }
    }

    pub(super) const fn likely(label: &'static str, causes: &'static [Cause], stems: &'static [&'static str]) -> Self {
        Self { sure: Sure::Likely, ..Self::certain(label, causes, stems) }
    }

    pub(super) const fn open(label: &'static str, causes: &'static [Cause], stems: &'static [&'static str]) -> Self {
        Self { sure: Sure::Open, ..Self::certain(label, causes, stems) }
    }

    /// Known by a code alone.
    pub(super) const fn code(label: &'static str, causes: &'static [Cause], codes: &'static [Code]) -> Self {
        Self { codes, is_code: true, ..Self::likely(label, causes, &[]) }
    }

    /// Known by a word that is a code.
    pub(super) const fn code_word(
        label: &'static str,
        causes: &'static [Cause],
        stems: &'static [&'static str],
    ) -> Self {
        Self { is_code: true, ..Self::likely(label, causes, stems) }
    }

    pub(super) const fn implies(mut self, kind: PasswordKind) -> Self {
        self.implies = Some(kind);
        self
    }

    pub(super) const fn instead(mut self, meaning: &'static str) -> Self {
        self.instead = Some(meaning);
        self
    }

    pub(super) const fn todo(mut self, todo: &'static [&'static str]) -> Self {
        self.todo = todo;
        self
    }

    pub(super) const fn gives_way(mut self) -> Self {
        self.gives_way = true;
        self
    }
}

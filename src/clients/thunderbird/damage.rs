//! What is lost where preferences cannot be read: by a crash that left zero bytes or nothing, by a file that was cut off.

use super::prefs::PrefsFile;
use crate::account::Place;
use crate::document::{Loss, Observation, Seen};
use crate::message;
use crate::source::Source;
use crate::syntax::prefs::{Problem, ProblemKind};

/// What is gone beside the settings that are still mentioned.
pub(super) fn loss(file: &PrefsFile, problem: &Problem) -> Loss {
    // A file that people wrote ends with a line end, mostly also where it has a fault.
    let is_cut = problem.lost.end >= file.file.end && problem.lost_names.len() <= 1 && !file.file.ends_with_line_end;
    match problem.kind {
        ProblemKind::Utf16 => Loss::All,
        ProblemKind::NulByte => Loss::Unknown,
        // Here the setting is whole, and so is a comment that nobody closed.
        ProblemKind::ExpectedSemicolon | ProblemKind::UnterminatedComment => Loss::Named,
        _ if is_cut => Loss::Rest,
        _ => Loss::Named,
    }
}

/// A file in which nothing is left, as a crash leaves it. Thunderbird never writes an empty one.
pub(super) fn wiped(sources: &[Source]) -> Option<Observation> {
    let main = sources.first().filter(|main| main.file_name() == "prefs.js")?;
    let is_nothing = |byte: &u8| *byte == 0 || byte.is_ascii_whitespace();
    if !main.bytes().iter().all(is_nothing) {
        return None;
    }
    let has_zeros = main.bytes().contains(&0);
    let what =
        if has_zeros { message!("the file holds nothing but zero bytes") } else { message!("the file is empty") };
    let hint = Some(message!(
        "do not start Thunderbird; look beside the file for prefs-1.js or Invalidprefs.js, and for a backup, and put that in its place"
    ));
    let seen = Seen::Unparseable { what, lost: Vec::new(), loss: Loss::All, hint };
    Some(Observation { seen, key: String::new(), place: Place { source: 0, span: None }, account: None })
}

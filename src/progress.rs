//! How far a run is: counted where files are found, read and judged, shown by whoever has a terminal.
//!
//! Only numbers, without a clock or a terminal, so that the library stays as pure as it is. Not here: the bar itself (`cli`).

use std::sync::atomic::{AtomicUsize, Ordering};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Files are looked for; nobody knows how many there are.
    Finding,
    /// Files are read.
    Reading,
    /// Configurations are judged, or mended.
    Judging,
}

/// Counters that many threads advance. What is read from them may be a moment old.
#[derive(Debug, Default)]
pub struct Progress {
    stage: AtomicUsize,
    done: AtomicUsize,
    total: AtomicUsize,
}

impl Progress {
    /// Begins a stage of `total` steps; 0 where that is not known.
    pub fn begin(&self, stage: Stage, total: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        self.stage.store(stage as usize, Ordering::Relaxed);
    }

    /// One more step is done.
    pub fn advance(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// The stage, how many steps of it are done, and of how many.
    pub fn seen(&self) -> (Stage, usize, usize) {
        let stage = match self.stage.load(Ordering::Relaxed) {
            0 => Stage::Finding,
            1 => Stage::Reading,
            _ => Stage::Judging,
        };
        (stage, self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_begins_at_nothing() {
        let progress = Progress::default();
        assert_eq!(progress.seen(), (Stage::Finding, 0, 0));
        for stage in [Stage::Reading, Stage::Judging, Stage::Finding] {
            progress.begin(stage, 2);
            progress.advance();
            assert_eq!(progress.seen(), (stage, 1, 2));
        }
    }
}

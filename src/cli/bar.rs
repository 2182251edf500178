//! A progress bar on standard error, for what takes longer than half a second at a terminal. Pipes and logs never see one.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use mailcfg::finding::Message;
use mailcfg::message;
use mailcfg::progress::{Progress, Stage};

use super::terminal::told;

/// What is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often it is drawn.
const BEAT: Duration = Duration::from_millis(100);

/// Shows how far something is until it is dropped. Whoever prints drops it first.
#[derive(Debug)]
pub(super) struct Bar {
    pub(super) progress: Arc<Progress>,
    drawing: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Bar {
    /// Begins to watch; without a terminal only counts.
    pub(super) fn new() -> Self {
        let progress = Arc::default();
        let drawing = io::stderr().is_terminal().then(|| {
            let (stop, stopped) = mpsc::channel();
            let (watched, mut bar) = (Arc::clone(&progress), None);
            let draw = move |seen: Option<(Stage, usize, usize)>| match seen {
                Some(seen) => show(bar.get_or_insert_with(hidden), seen),
                None => drop(bar.take().inspect(ProgressBar::finish_and_clear)),
            };
            (stop, thread::spawn(move || watch(&watched, &stopped, PATIENCE, draw)))
        });
        Self { progress, drawing }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.drawing.take() {
            drop(stop);
            // A bar that failed is no reason to fail.
            let _ = thread.join();
        }
    }
}

/// Hands `draw` what is to be seen again and again once `patience` is over, and at last nothing.
fn watch(
    progress: &Progress,
    stopped: &Receiver<()>,
    patience: Duration,
    mut draw: impl FnMut(Option<(Stage, usize, usize)>),
) {
    let mut wait = patience;
    while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        draw(Some(progress.seen()));
        wait = BEAT;
    }
    draw(None);
}

fn hidden() -> ProgressBar {
    ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr())
}

fn show(bar: &ProgressBar, (stage, done, total): (Stage, usize, usize)) {
    let template = if total > 0 { "[{bar:24}] {wide_msg}" } else { "{wide_msg}" };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_length(total.max(done) as u64);
    bar.set_message(told(&said(stage, done, total)));
    bar.set_position(done as u64);
    bar.tick();
}

fn said(stage: Stage, done: usize, total: usize) -> Message {
    match stage {
        Stage::Finding => message!("looking for files: {n}", n = done),
        Stage::Reading => message!("reading files: {n} of {total}", n = done, total = total),
        Stage::Judging => message!("checking configurations: {n} of {total}", n = done, total = total),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_at_once_shows_nothing_and_everything_else_is_cleared() {
        let progress = Progress::default();
        progress.begin(Stage::Reading, 9);
        let (stop, stopped) = mpsc::channel();
        drop(stop);
        let mut drawn = Vec::new();
        watch(&progress, &stopped, Duration::ZERO, |seen| drawn.push(seen));
        assert_eq!(drawn, [None], "it had ended before the first look");

        let (stop, stopped) = mpsc::channel();
        let (mut stop, mut drawn) = (Some(stop), Vec::new());
        watch(&progress, &stopped, Duration::ZERO, |seen| {
            drawn.push(seen);
            progress.advance();
            if drawn.len() == 2 {
                stop = None;
            }
        });
        assert_eq!(drawn, [Some((Stage::Reading, 0, 9)), Some((Stage::Reading, 1, 9)), None]);
    }

    #[test]
    fn every_stage_says_how_far_it_is() {
        for (stage, expected) in [
            (Stage::Finding, "looking for files: 7"),
            (Stage::Reading, "reading files: 7 of 9"),
            (Stage::Judging, "checking configurations: 7 of 9"),
        ] {
            assert_eq!(said(stage, 7, 9).to_string(), expected);
        }
    }
}

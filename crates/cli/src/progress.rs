//! Progress of an indexing run: a bar on a terminal, a line now and then otherwise.

use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use rcp_indexer::Progress;

use crate::terminal;

/// Files between two lines where there is no terminal. A run of fewer files is over before anyone wonders: it prints
/// none.
const LINE_EVERY: u64 = 500;

/// Shows how far a run is.
pub(crate) struct ProgressView {
    bar: Option<ProgressBar>,
    found: u64,
    done: u64,
    /// What is done with the files.
    doing: &'static str,
}

impl ProgressView {
    /// A bar if standard error is a terminal.
    pub(crate) fn new() -> ProgressView {
        ProgressView { bar: io::stderr().is_terminal().then(bar), found: 0, done: 0, doing: "compared" }
    }

    pub(crate) fn show(&mut self, progress: &Progress) {
        match progress {
            Progress::Found(files) => {
                self.found = *files;
                if let Some(bar) = &self.bar {
                    bar.set_length(*files);
                }
                self.say(&format!("{files} files found"));
            }
            Progress::File { file } => {
                self.done += 1;
                if let Some(bar) = &self.bar {
                    bar.set_position(self.done);
                    bar.set_message(terminal::plain(file));
                }
                if self.done.is_multiple_of(LINE_EVERY) {
                    self.say(&format!("{} of {} files {}", self.done, self.found, self.doing));
                }
            }
            Progress::Building => {
                // From the first file on, whatever was compared before.
                self.done = 0;
                self.doing = "indexed";
                if let Some(bar) = &self.bar {
                    bar.set_position(0);
                }
                self.phase("writing the index");
            }
            Progress::Publishing => self.phase("verifying and publishing"),
        }
    }

    /// Removes the bar.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn phase(&self, phase: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(phase.to_owned());
        }
        self.say(phase);
    }

    /// A line where there is no bar and much to do.
    fn say(&self, text: &str) {
        if self.bar.is_none() && self.found >= LINE_EVERY {
            terminal::note(text);
        }
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    // The template is a constant; should it not parse, indicatif's own is used.
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} files  {per_sec}  {eta} left  {wide_msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

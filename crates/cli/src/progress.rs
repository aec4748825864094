//! Progress of an indexing run, or of a check: a bar on a terminal, a line now and then otherwise.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use rcp_index::generation::CheckProgress;
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
        ProgressView { bar: io::stderr().is_terminal().then(|| bar(FILES)), found: 0, done: 0, doing: "compared" }
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

/// Time between two lines of a check where there is no terminal. A check that takes less prints none.
const CHECK_LINE_EVERY: Duration = Duration::from_secs(5);

/// Shows how far a check is.
pub(crate) struct CheckView {
    bar: Option<ProgressBar>,
    told: Instant,
}

impl CheckView {
    /// A bar if standard error is a terminal.
    pub(crate) fn new() -> CheckView {
        CheckView { bar: io::stderr().is_terminal().then(|| bar(CHECK)), told: Instant::now() }
    }

    pub(crate) fn show(&mut self, progress: CheckProgress<'_>) {
        let (part, done, total) = match progress {
            CheckProgress::Files { done, total } => ("reading files".to_owned(), done, total),
            CheckProgress::Walk { collection, done, total } => (format!("walking through {collection}"), done, total),
        };
        if let Some(bar) = &self.bar {
            bar.set_length(total);
            bar.set_position(done);
            bar.set_message(part);
        } else if self.told.elapsed() >= CHECK_LINE_EVERY {
            self.told = Instant::now();
            terminal::note(&format!("{part}: {}%", done.saturating_mul(100).checked_div(total).unwrap_or(0)));
        }
    }

    /// Removes the bar.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

const FILES: &str = "{bar:30} {pos}/{len} files  {per_sec}  {eta} left  {wide_msg}";
const CHECK: &str = "{bar:30} {percent}%  {wide_msg}";

fn bar(template: &str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    // The templates are constants; should one not parse, indicatif's own is used.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

//! Progress of an indexing run, or of a check: a bar on a terminal, a line now and then otherwise.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use rcp_index::generation::CheckProgress;
use rcp_indexer::Progress;

use crate::terminal;

/// Time between two lines where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// Files, or else bytes, from which on a run prints lines. A smaller one is over before anyone wonders.
const MANY: (u64, u64) = (500, 20 << 20);

/// Shows how far a run is.
pub(crate) struct ProgressView {
    bar: Option<ProgressBar>,
    /// Files and bytes that were found.
    found: (u64, u64),
    /// Files and bytes that are done in this phase.
    done: (u64, u64),
    /// What is done with the files.
    doing: &'static str,
    since: Instant,
    told: Instant,
}

impl ProgressView {
    /// A bar if standard error is a terminal.
    pub(crate) fn new() -> ProgressView {
        let bar = io::stderr().is_terminal().then(|| bar(FILES));
        let now = Instant::now();
        ProgressView { bar, found: (0, 0), done: (0, 0), doing: READ, since: now, told: now }
    }

    pub(crate) fn show(&mut self, progress: &Progress) {
        match progress {
            Progress::Found { files, bytes } => {
                self.found = (*files, *bytes);
                self.begin(READ);
                self.say(&format!("{files} files found, {}", megabytes(*bytes)));
            }
            Progress::Read { file, bytes } => self.count(file, *bytes),
            Progress::File { file } => {
                if self.doing == READ {
                    self.begin(COMPARED);
                }
                self.count(file, 0);
            }
            Progress::Building => {
                // From the first file on, whatever was compared before.
                self.begin(INDEXED);
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

    fn begin(&mut self, doing: &'static str) {
        (self.doing, self.done, self.since) = (doing, (0, 0), Instant::now());
        if let Some(bar) = &self.bar {
            bar.reset();
            bar.set_length(self.found.0);
        }
    }

    fn count(&mut self, file: &str, bytes: u64) {
        self.done.0 += 1;
        self.done.1 += bytes;
        if let Some(bar) = &self.bar {
            bar.set_position(self.done.0);
            let speed = per_second(self.done.1, self.since.elapsed());
            bar.set_prefix(if bytes > 0 { format!("  {}/s", megabytes(speed)) } else { String::new() });
            bar.set_message(terminal::plain(file));
        } else if self.told.elapsed() >= LINE_EVERY {
            self.told = Instant::now();
            self.say(&speed_line(self.doing, self.found.0, self.done, self.since.elapsed()));
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
        if self.bar.is_none() && (self.found.0 >= MANY.0 || self.found.1 >= MANY.1) {
            terminal::note(text);
        }
    }
}

const READ: &str = "read";
const COMPARED: &str = "compared";
const INDEXED: &str = "indexed";

/// How far a phase is, how fast, and how long it will take if it goes on like this.
fn speed_line(doing: &str, found: u64, (files, bytes): (u64, u64), elapsed: Duration) -> String {
    let mut line = format!("{files} of {found} files {doing}, {} files/s", per_second(files, elapsed));
    if bytes > 0 {
        line += &format!(", {}/s", megabytes(per_second(bytes, elapsed)));
    }
    let left = elapsed.as_secs_f64() * found.saturating_sub(files) as f64 / files.max(1) as f64;
    line + &format!(", {left:.0} s left")
}

fn per_second(number: u64, elapsed: Duration) -> u64 {
    // A speed that is shown needs no more digits than f64 has, and is never negative.
    (number as f64 / elapsed.as_secs_f64().max(0.001)).round() as u64
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
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

/// Shows how many queries are answered.
pub(crate) struct QueriesView {
    bar: Option<ProgressBar>,
    queries: usize,
    done: usize,
    told: Instant,
}

impl QueriesView {
    /// A bar if standard error is a terminal.
    pub(crate) fn new(queries: usize) -> QueriesView {
        let bar = io::stderr().is_terminal().then(|| bar(QUERIES));
        if let Some(bar) = &bar {
            bar.set_length(queries as u64);
        }
        QueriesView { bar, queries, done: 0, told: Instant::now() }
    }

    /// One more is answered.
    pub(crate) fn count(&mut self) {
        self.done += 1;
        if let Some(bar) = &self.bar {
            bar.set_position(self.done as u64);
        } else if self.told.elapsed() >= LINE_EVERY {
            self.told = Instant::now();
            terminal::note(&format!("{} of {} queries answered", self.done, self.queries));
        }
    }

    /// Removes the bar.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

const FILES: &str = "{bar:30} {pos}/{len} files  {per_sec}{prefix}  {eta} left  {wide_msg}";
const QUERIES: &str = "{bar:30} {pos}/{len} queries  {eta} left";
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_how_far_how_fast_and_how_long() {
        let check = |done, seconds, expected: &str| {
            assert_eq!(speed_line("read", 1_000, done, Duration::from_secs(seconds)), expected);
        };
        check((250, 5_000_000), 5, "250 of 1000 files read, 50 files/s, 1.0 MB/s, 15 s left");
        check((1_000, 0), 10, "1000 of 1000 files read, 100 files/s, 0 s left");
    }
}

//! [`WorkerProcess`]: a running worker, as the indexer sees it.

use std::io::{self, BufReader, BufWriter, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rcp_corpus::settings::ExtractionSettings;

use super::extraction::{Extraction, MAX_READING};
use super::protocol::{Answer, MAX_MESSAGE, Orders, Ready, read_frame, read_message, write_file, write_message};
use rcp_corpus::settings::EXTRACTOR;

/// Files that one worker reads: what leaks in a reader ends with it.
const MAX_FILES: u32 = 200;

/// Time within which a worker must be ready. Far above what it takes on a busy machine.
const START: Duration = Duration::from_secs(60);

/// Bytes that are kept of what a worker complains about.
const MAX_COMPLAINT: u64 = 4 << 10;

/// A process that reads files. It ends with its value.
pub(super) struct WorkerProcess {
    child: Child,
    input: BufWriter<ChildStdin>,
    output: BufReader<ChildStdout>,
    complaints: Option<JoinHandle<String>>,
    files: u32,
    worked: Duration,
}

/// How reading a file in a worker ended.
pub(super) enum Ended {
    /// With an answer.
    Answered(Extraction),
    /// The file could not be read to its end.
    Unfinished(io::Error),
    /// It took too long.
    TooLong,
    /// The worker ended.
    Died(Death),
}

/// What is known of a worker's end.
pub(super) struct Death {
    /// How it ended, if it did.
    pub(super) status: Option<ExitStatus>,
    /// The last thing it said on standard error.
    pub(super) complaint: String,
}

impl WorkerProcess {
    /// Starts a worker and waits until it is ready.
    ///
    /// # Errors
    /// When it cannot be started, or is no worker of this very version.
    pub(super) fn start(program: &Path, args: &[String], settings: &ExtractionSettings) -> io::Result<WorkerProcess> {
        let mut child = Command::new(program)
            .args(args)
            // An arena of memory for each thread would be taken from the little address space a worker has; what else an
            // indexer was told is for long runs.
            .env("MALLOC_ARENA_MAX", "1")
            .env_remove("MALLOC_MMAP_THRESHOLD_")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (Some(input), Some(output), Some(errors)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(io::Error::other("it has no standard streams"));
        };
        let complaints = Some(thread::spawn(move || listen(errors)));
        let (input, output) = (BufWriter::new(input), BufReader::new(output));
        let mut worker = WorkerProcess { child, input, output, complaints, files: 0, worked: Duration::ZERO };
        let greeting = worker.within(START, |input, output| {
            write_message(input, &Orders { settings: settings.clone() })?;
            io::Write::flush(input)?;
            read_message::<Ready>(output)
        });
        match greeting {
            Some(Ok(ready)) if ready.extractor == EXTRACTOR => Ok(worker),
            Some(Ok(_)) => Err(io::Error::other("it is another version of the program; start the indexer anew")),
            Some(Err(error)) => {
                let complaint = worker.death().complaint;
                Err(if complaint.is_empty() { error } else { io::Error::other(complaint.trim().to_owned()) })
            }
            None => Err(io::Error::from(io::ErrorKind::TimedOut)),
        }
    }

    /// Gives it a file to read; `take` is shown the bytes on their way.
    pub(super) fn read(&mut self, file: impl Read + Send, take: impl FnMut(&[u8]) + Send, timeout: Duration) -> Ended {
        let start = Instant::now();
        let result = self.within(timeout, |input, output| {
            if let Err(error) = write_file(input, file, take)? {
                return Ok(Err(error));
            }
            let Answer { outcome, exhausted } = serde_json::from_slice(&read_frame(output, MAX_MESSAGE)?)?;
            let reading = if outcome.is_ok() { read_frame(output, MAX_READING)? } else { Vec::new() };
            Ok(Ok(Extraction { outcome, reading, lasting: true, exhausted }))
        });
        self.files += 1;
        self.worked += start.elapsed();
        match result {
            None => Ended::TooLong,
            Some(Ok(Ok(extraction))) => Ended::Answered(extraction),
            Some(Ok(Err(error))) => Ended::Unfinished(error),
            Some(Err(_)) => Ended::Died(self.death()),
        }
    }

    /// Whether it may be given another file. One that has worked as long as a single file may take has used up half of
    /// its processor time.
    pub(super) fn may_go_on(&self, timeout: Duration) -> bool {
        self.files < MAX_FILES && self.worked < timeout
    }

    /// Speaks with the worker; `None` when that took longer than `timeout`: it is ended then.
    fn within<T>(
        &mut self,
        timeout: Duration,
        speak: impl FnOnce(&mut BufWriter<ChildStdin>, &mut BufReader<ChildStdout>) -> io::Result<T>,
    ) -> Option<io::Result<T>> {
        let WorkerProcess { child, input, output, .. } = self;
        let (done, waiting) = mpsc::channel::<()>();
        thread::scope(|scope| {
            let watch = scope.spawn(move || {
                let late = waiting.recv_timeout(timeout) == Err(RecvTimeoutError::Timeout);
                // It may have ended by itself this very moment.
                late && child.kill().is_ok()
            });
            let spoken = speak(input, output);
            drop(done);
            let late = watch.join().unwrap_or(false);
            if late && spoken.is_err() { None } else { Some(spoken) }
        })
    }

    /// Ends it, if it has not ended, and learns why it did.
    fn death(&mut self) -> Death {
        // A worker whose pipe is closed is about to end by itself: its own reason is the one that tells.
        let start = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && start.elapsed() < LAST_BREATH {
            thread::sleep(Duration::from_millis(2));
        }
        let _ = self.child.kill();
        let status = self.child.wait().ok();
        let complaint = self.complaints.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        Death { status, complaint }
    }
}

/// Time to end after a pipe was closed.
const LAST_BREATH: Duration = Duration::from_secs(1);

impl Drop for WorkerProcess {
    fn drop(&mut self) {
        // It has nothing to lose, and may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Takes in what a worker says on standard error to its end, and keeps the beginning.
fn listen(mut errors: ChildStderr) -> String {
    let mut kept = Vec::new();
    // What cannot be read of a complaint is missing in a message, nothing more.
    let _ = errors.by_ref().take(MAX_COMPLAINT).read_to_end(&mut kept);
    let _ = io::copy(&mut errors, &mut io::sink());
    String::from_utf8_lossy(&kept).into_owned()
}

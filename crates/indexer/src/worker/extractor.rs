//! [`Extractor`]: reads one file after the other, in this process or in a worker.

use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use rcp_corpus::settings::ExtractionSettings;
use sha2::Digest;

use super::Worker;
use super::extraction::{Extraction, Unreadable};
use super::process::{Death, Ended, WorkerProcess};
use crate::hash::Sha256;

/// Reads one file after the other; a worker that ended is replaced.
pub(crate) struct Extractor<'a> {
    worker: &'a Worker,
    settings: &'a ExtractionSettings,
    running: Option<WorkerProcess>,
}

/// A file that was not read, for no fault in it.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// It cannot be opened or read to its end.
    File(io::Error),
    /// It is another one than before: it changes this very moment.
    Changed,
    /// No worker can be started.
    Worker(io::Error),
}

impl<'a> Extractor<'a> {
    /// One that starts its worker when it is needed.
    pub(crate) fn new(worker: &'a Worker, settings: &'a ExtractionSettings) -> Extractor<'a> {
        Extractor { worker, settings, running: None }
    }

    /// Reads the file that has this SHA-256. `open` gives its bytes from the beginning, also a second time.
    ///
    /// # Errors
    /// [`Trouble`].
    pub(crate) fn extract<R: Read + Send>(
        &mut self,
        sha256: &Sha256,
        open: impl Fn() -> io::Result<R>,
    ) -> Result<Extraction, Trouble> {
        match self.worker {
            Worker::InProcess => {
                let mut bytes = Vec::new();
                open().and_then(|file| self.limited(file).read_to_end(&mut bytes)).map_err(Trouble::File)?;
                same_bytes(sha256, &Sha256::of(&bytes))?;
                Ok(Extraction::of(&bytes, self.settings))
            }
            Worker::Process { program, args } => {
                let first = self.in_worker(program, args, sha256, &open)?;
                // Something other than the file may have ended it: the system, short of memory, or a person.
                if first.lasting { Ok(first) } else { self.in_worker(program, args, sha256, &open) }
            }
        }
    }

    /// One byte more than allowed tells that a file is too large, however large it is.
    fn limited<R: Read>(&self, file: R) -> io::Take<R> {
        file.take(self.settings.max_file_bytes.saturating_add(1))
    }

    fn in_worker<R: Read + Send>(
        &mut self,
        program: &Path,
        args: &[String],
        sha256: &Sha256,
        open: impl Fn() -> io::Result<R>,
    ) -> Result<Extraction, Trouble> {
        let file = self.limited(open().map_err(Trouble::File)?);
        let timeout = Duration::from_secs(self.settings.timeout_seconds);
        let mut worker = match self.running.take().filter(|worker| worker.may_go_on(timeout)) {
            Some(worker) => worker,
            None => WorkerProcess::start(program, args, self.settings).map_err(Trouble::Worker)?,
        };
        let mut pieces = sha2::Sha256::new();
        match worker.read(file, |bytes| pieces.update(bytes), timeout) {
            Ended::Answered(extraction) => {
                self.running = Some(worker).filter(|_| !extraction.exhausted);
                same_bytes(sha256, &Sha256::of_pieces(pieces))?;
                Ok(extraction)
            }
            Ended::Unfinished(error) => Err(Trouble::File(error)),
            Ended::TooLong => Ok(failed(too_long(self.settings))),
            Ended::Died(death) => Ok(death.extraction(self.settings)),
        }
    }
}

fn same_bytes(before: &Sha256, now: &Sha256) -> Result<(), Trouble> {
    if before == now { Ok(()) } else { Err(Trouble::Changed) }
}

fn failed(why: String) -> Extraction {
    Extraction::none(Unreadable::Failed(why))
}

fn too_long(settings: &ExtractionSettings) -> String {
    let seconds = settings.timeout_seconds;
    format!(
        "it took longer than {seconds} seconds (extraction.timeout_seconds in index.toml); `index --rebuild` tries again"
    )
}

impl Death {
    /// What it means for the file. Not lasting where the file need not be the reason.
    fn extraction(&self, settings: &ExtractionSettings) -> Extraction {
        if self.complaint.contains("memory allocation of") {
            let megabytes = settings.max_memory_bytes >> 20;
            return failed(format!(
                "it needs more than {megabytes} MB of memory (extraction.max_memory_bytes in index.toml)"
            ));
        }
        if self.complaint.contains("has overflowed its stack") {
            return failed("it is nested too deeply".to_owned());
        }
        match self.signal() {
            Some(SIGXCPU) => failed(too_long(settings)),
            Some(signal) if signal != SIGKILL => failed(format!("its reader crashed (signal {signal})")),
            _ => {
                let how = self.status.map_or_else(|| "without a trace".to_owned(), |status| status.to_string());
                Extraction {
                    lasting: false,
                    ..failed(format!("its reader was ended ({how}); the next run tries again"))
                }
            }
        }
    }

    #[cfg(unix)]
    fn signal(&self) -> Option<i32> {
        std::os::unix::process::ExitStatusExt::signal(&self.status?)
    }

    #[cfg(not(unix))]
    fn signal(&self) -> Option<i32> {
        None
    }
}

/// Sent by others, never by what a program does itself.
const SIGKILL: i32 = 9;
/// The processor time is used up.
const SIGXCPU: i32 = 24;

//! [`survey`]: the first half of a run. Every file is read, by all cores and in any order, unless the cache knows it;
//! after it the cache has a reading of every file that can be read, and memory a few facts of each.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::Instant;

use crate::cache::{Cache, FileHashes, Kept, Stamp};
use crate::candidates::Candidate;
use crate::extract::ExtractError;
use crate::hash::Sha256;
use crate::records::Record;
use crate::run::Run;
use crate::worker::{Extractor, Trouble, Unreadable};
use crate::{IndexError, Progress};

/// What is known of a file after the survey: little, since it is known of all files at once.
#[derive(Debug, Clone)]
pub(crate) struct Surveyed {
    /// SHA-256 of its bytes; `None` where they could not be read.
    pub(crate) sha256: Option<Sha256>,
    /// What is in it, in short, or why nothing is.
    pub(crate) kept: Kept,
    /// Whether it was read now, not before.
    pub(crate) extracted: bool,
    stamp: Option<Stamp>,
}

/// How often a file that changes while it is read is read again.
const ATTEMPTS: usize = 3;

/// Surveys the files of a run; the results are in the order of its candidates. A candidate that cannot become a
/// document, whatever its file holds, is not read: `None`.
///
/// # Errors
/// When the cache cannot be written, or no worker be started.
pub(crate) fn survey(
    run: &Run<'_>,
    cache: &Cache,
    progress: &mut dyn FnMut(Progress),
) -> Result<Vec<Option<Surveyed>>, IndexError> {
    let surveyor = Surveyor { run, cache, known: cache.file_hashes(), read: Mutex::default() };
    let mut surveyed: Vec<Option<Surveyed>> = run.candidates.iter().map(|_| None).collect();
    let mut waiting: Vec<usize> = (0..run.candidates.len()).collect();
    // Of files with the same bytes the first that comes is read; another one that comes in the meantime waits for the
    // next round.
    while !waiting.is_empty() {
        let mut again = Vec::new();
        surveyor.round(&waiting, |at, candidate, look| {
            let (file, bytes) = match look {
                Look::NotRead => (None, 0),
                Look::Read { file, bytes } => (Some(file), bytes),
                Look::Twin => return again.push(at),
            };
            if let Some(place) = surveyed.get_mut(at) {
                *place = file;
            }
            progress(Progress::Read { file: candidate.name(), bytes });
        })?;
        waiting = again;
    }
    Ok(surveyed)
}

/// Writes what the next run can use, and deletes from the cache what it cannot.
///
/// # Errors
/// When the cache cannot be written.
pub(crate) fn finish(run: &Run<'_>, cache: &Cache, surveyed: &[Option<Surveyed>]) -> Result<(), IndexError> {
    let mut hashes = FileHashes::default();
    let mut used = BTreeSet::new();
    for (candidate, file) in run.candidates.iter().zip(surveyed) {
        let Some(Surveyed { sha256: Some(sha256), stamp, .. }) = file else { continue };
        used.insert(*sha256);
        if let Some(stamp) = stamp {
            hashes.insert(&candidate.file.path, stamp.clone());
        }
    }
    cache.finish(&hashes, &used).map_err(|source| run.cache_error(source))
}

/// What a look at a candidate gave.
enum Look {
    /// Its file is not to be read.
    NotRead,
    /// So it is now.
    Read { file: Surveyed, bytes: u64 },
    /// Another file with its bytes is being read.
    Twin,
}

/// What the threads of a survey share.
struct Surveyor<'a> {
    run: &'a Run<'a>,
    cache: &'a Cache,
    /// Hashes of files by their size and time of change, as the run before left them.
    known: FileHashes,
    /// By hash what this run reads: whether the cache has it by now.
    read: Mutex<BTreeMap<Sha256, bool>>,
}

impl Surveyor<'_> {
    /// Looks at these candidates with so many threads, each with an extractor of its own.
    fn round(&self, waiting: &[usize], mut take: impl FnMut(usize, &Candidate, Look)) -> Result<(), IndexError> {
        let options = self.run.options;
        let next = AtomicUsize::new(0);
        let next = &next;
        thread::scope(|scope| {
            let (sender, receiver) = mpsc::sync_channel(options.jobs.get());
            for _ in 0..options.jobs.get().min(waiting.len()) {
                let sender = sender.clone();
                scope.spawn(move || {
                    let mut extractor = Extractor::new(&options.worker, &self.run.settings.index.extraction);
                    while let Some(&at) = waiting.get(next.fetch_add(1, Ordering::Relaxed))
                        && let Some(candidate) = self.run.candidates.get(at)
                    {
                        let look = self.look(candidate, &mut extractor);
                        let ends = look.is_err();
                        // Nobody receives any more when another thread has failed.
                        if sender.send(look.map(|look| (at, candidate, look))).is_err() || ends {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            for look in receiver {
                let (at, candidate, look) = look?;
                take(at, candidate, look);
            }
            Ok(())
        })
    }

    fn look(&self, candidate: &Candidate, extractor: &mut Extractor<'_>) -> Result<Look, IndexError> {
        if self.run.metadata(candidate).is_err() {
            return Ok(Look::NotRead);
        }
        for _ in 0..ATTEMPTS {
            if let Some(look) = self.try_read(candidate, extractor)? {
                return Ok(look);
            }
        }
        Ok(unreadable("it changes while it is read; index again when it is complete"))
    }

    /// One attempt to read a file, or to find it in the cache; `None` when it changed on the way.
    fn try_read(&self, candidate: &Candidate, extractor: &mut Extractor<'_>) -> Result<Option<Look>, IndexError> {
        let path = &candidate.file.path;
        let limit = self.run.settings.index.extraction.max_file_bytes;
        let metadata = match path.metadata() {
            Ok(metadata) => metadata,
            Err(error) => return Ok(Some(cannot_be_read(&error))),
        };
        // Size and time tell whether a file changed, not whether a record in it did.
        let whole = candidate.record.is_none();
        let bytes = candidate.record.as_ref().map_or(metadata.len(), Record::length);
        if bytes > limit {
            return Ok(Some(unreadable(&ExtractError::TooLarge { limit }.to_string())));
        }
        let found = |sha256, mut kept: Kept, extracted| {
            // The cache has it.
            if let Ok(summary) = &mut kept.outcome {
                summary.signature = None;
            }
            let stamp = if whole { Stamp::new(&metadata, sha256) } else { None };
            let file = Surveyed { sha256: Some(sha256), kept, extracted, stamp };
            Ok(Some(Look::Read { file, bytes }))
        };
        if whole
            && let Some(sha256) = self.known.get(path, &metadata)
            && let Some(kept) = self.before(&sha256)
        {
            return found(sha256, kept, false);
        }
        // One byte more than allowed: a file that has grown beyond the limit is another one than before.
        let hashed = candidate.open().and_then(|bytes| Sha256::of_all(bytes.take(limit.saturating_add(1))));
        let sha256 = match hashed {
            Ok(sha256) => sha256,
            Err(error) => return Ok(Some(cannot_be_read(&error))),
        };
        if let Some(kept) = self.before(&sha256) {
            return found(sha256, kept, false);
        }
        match self.claim(&sha256) {
            Claim::Granted => {}
            Claim::BeingRead => return Ok(Some(Look::Twin)),
            Claim::Read => {
                // Who deletes the cache in the middle of a run makes of it a file that cannot be read.
                let kept = self.cache.get(&sha256);
                return kept.map_or(Ok(None), |kept| found(sha256, kept, false));
            }
        }
        let start = Instant::now();
        let extraction = match extractor.extract(&sha256, || candidate.open()) {
            Ok(extraction) => extraction,
            Err(trouble) => {
                self.claims().remove(&sha256);
                return match trouble {
                    Trouble::Changed => Ok(None),
                    Trouble::File(error) => Ok(Some(cannot_be_read(&error))),
                    Trouble::Worker(source) => Err(IndexError::Worker { source }),
                };
            }
        };
        let milliseconds = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        let kept = Kept { outcome: extraction.outcome.clone(), milliseconds };
        if extraction.lasting {
            self.cache.put(&sha256, &kept, &extraction).map_err(|source| self.run.cache_error(source))?;
            self.claims().insert(sha256, true);
        } else {
            self.claims().remove(&sha256);
        }
        found(sha256, kept, true)
    }

    /// What the cache says of a file, unless all files are to be read anew.
    fn before(&self, sha256: &Sha256) -> Option<Kept> {
        if self.run.options.rebuild { None } else { self.cache.get(sha256) }
    }

    /// Asks to be the one who reads a file.
    fn claim(&self, sha256: &Sha256) -> Claim {
        let mut claims = self.claims();
        match claims.get(sha256) {
            None => {
                claims.insert(*sha256, false);
                Claim::Granted
            }
            Some(false) => Claim::BeingRead,
            Some(true) => Claim::Read,
        }
    }

    fn claims(&self) -> MutexGuard<'_, BTreeMap<Sha256, bool>> {
        // Each change is one call: a thread that panicked left the map whole.
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a thread may read a file.
enum Claim {
    Granted,
    BeingRead,
    Read,
}

fn cannot_be_read(error: &io::Error) -> Look {
    unreadable(&format!("it cannot be read: {error}"))
}

fn unreadable(why: &str) -> Look {
    let kept = Kept { outcome: Err(Unreadable::Failed(why.to_owned())), milliseconds: 0 };
    Look::Read { file: Surveyed { sha256: None, kept, extracted: false, stamp: None }, bytes: 0 }
}

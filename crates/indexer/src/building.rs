//! Builds a generation of the files and publishes it.

use std::sync::mpsc;
use std::thread;

use jiff::Timestamp;
use rcp_corpus::analysis::Analyzer;
use rcp_index::generation::{Build, BuildSettings, Manifest, WriteLock, carry_times};

use crate::candidates::Candidate;
use crate::contents::Contents;
use crate::documents::{DocumentReader, ReadFile};
use crate::record::RecordMaker;
use crate::run::Run;
use crate::{IndexError, Progress};

/// Documents that wait to be indexed: one, while one is being read and one is being indexed.
const AHEAD: usize = 1;

/// Reads every file and publishes a generation of the documents; answers its number and what was found. Where none of
/// the files can be searched, nothing is written.
pub(crate) fn build(
    run: &Run<'_>,
    lock: &WriteLock,
    previous: Option<&Manifest>,
    reader: &mut DocumentReader<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(u64, Contents), IndexError> {
    progress(Progress::Building);
    let now = Timestamp::now();
    let settings = run.settings;
    let maker = RecordMaker::new(Analyzer::new(&settings.analysis), &settings.taxonomy);
    let begin = || {
        let facets = settings.taxonomy.facets().into_iter().map(|facet| facet.name).collect();
        let build_settings = BuildSettings { fingerprints: settings.fingerprints.clone(), facets };
        Build::begin(lock, previous, build_settings, run.options.steps.clone())
    };
    let mut contents = Contents::new(&run.faults);
    let mut begun: Option<Build<'_>> = None;
    read_ahead(reader, &run.candidates, |candidate, read| {
        match read {
            Err(failure) => contents.fail(&candidate.name(), failure),
            Ok(mut annotated) => {
                contents.count(&annotated);
                let document = &mut annotated.document;
                (document.added, document.changed) = carry_times(previous, document, now)?;
                let build = match &mut begun {
                    Some(build) => build,
                    None => begun.insert(begin()?),
                };
                build.add(&maker.record(annotated))?;
            }
        }
        progress(Progress::File { file: candidate.name() });
        Ok(())
    })?;
    let mut contents = contents.complete()?;
    // There is a document, so it was begun.
    let build = begun.map_or_else(begin, Ok)?;
    progress(Progress::Publishing);
    let manifest = build.publish(std::mem::take(&mut contents.unsearchable), Timestamp::now())?;
    Ok((manifest.generation, contents))
}

/// Reads the files in their order on a thread of its own, a little ahead of `take`, which is given each.
fn read_ahead(
    reader: &mut DocumentReader<'_>,
    candidates: &[Candidate],
    mut take: impl FnMut(&Candidate, ReadFile) -> Result<(), IndexError>,
) -> Result<(), IndexError> {
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel(AHEAD);
        scope.spawn(move || {
            for candidate in candidates {
                // Nobody receives any more when `take` has failed.
                if sender.send(reader.read(candidate)).is_err() {
                    break;
                }
            }
        });
        for (candidate, read) in candidates.iter().zip(receiver) {
            take(candidate, read?)?;
        }
        Ok(())
    })
}

//! Builds a generation of the files and publishes it.

use jiff::Timestamp;
use rcp_corpus::analysis::Analyzer;
use rcp_index::generation::{Build, BuildSettings, Manifest, WriteLock, carry_times};
use rcp_index::record::DocumentRecord;

use crate::contents::{Contents, Failure};
use crate::documents::{Documents, SurveyedCandidate};
use crate::parallel::in_order;
use crate::record::RecordMaker;
use crate::{IndexError, Progress};

/// Publishes a generation of the documents in the files; answers its number and what was found. Where none of the files
/// can be searched, nothing is written. Collections come one after the other, as a build wants them.
pub(crate) fn build<'a>(
    documents: &Documents<'a>,
    files: &[SurveyedCandidate<'a>],
    lock: &WriteLock,
    previous: Option<&Manifest>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(u64, Contents<'a>), IndexError> {
    progress(Progress::Building);
    let now = Timestamp::now();
    let run = documents.run;
    let settings = run.settings;
    let maker = RecordMaker::new(Analyzer::new(&settings.analysis), &settings.taxonomy);
    let make = |&file: &SurveyedCandidate<'a>| -> Result<Result<DocumentRecord, Failure>, IndexError> {
        let mut annotated = match documents.read(file)? {
            Ok(annotated) => annotated,
            Err(failure) => return Ok(Err(failure)),
        };
        let document = &mut annotated.document;
        (document.added, document.changed) = carry_times(previous, document, now)?;
        Ok(Ok(maker.record(annotated)))
    };
    let begin = || {
        let facets = settings.taxonomy.facets().into_iter().map(|facet| facet.name).collect();
        let build_settings = BuildSettings { fingerprints: settings.fingerprints.clone(), facets };
        Build::begin(lock, previous, build_settings, run.options.steps.clone())
    };
    let collection = |candidate| run.metadata(candidate).ok().map(|(_, metadata)| metadata.collection().to_owned());
    let mut files = files.to_vec();
    files.sort_by_cached_key(|(candidate, _)| collection(candidate));
    let mut contents = Contents::new(&run.faults);
    let mut begun: Option<Build<'_>> = None;
    in_order(run.options.jobs, &files, make, |&file, made| {
        match made? {
            Err(failure) => contents.fail(file, failure),
            Ok(record) => {
                contents.count(file, &record.document, record.passages.len());
                let build = match &mut begun {
                    Some(build) => build,
                    None => begun.insert(begin()?),
                };
                build.add(&record)?;
            }
        }
        progress(Progress::File { file: file.0.name() });
        Ok::<(), IndexError>(())
    })?;
    let mut contents = contents.complete()?;
    // There is a document, so it was begun.
    let build = begun.map_or_else(begin, Ok)?;
    progress(Progress::Publishing);
    let manifest = build.publish(std::mem::take(&mut contents.unsearchable), Timestamp::now())?;
    Ok((manifest.generation, contents))
}

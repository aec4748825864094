//! Compares the files with the published generation, up to the first difference.

use std::collections::BTreeMap;

use rcp_index::generation::{DocumentStamp, DocumentStamps, Identity, Manifest};

use crate::contents::Contents;
use crate::documents::{Documents, SurveyedCandidate};
use crate::parallel::in_order;
use crate::{IndexError, Progress};

/// Labels the documents as long as each is as the generation has it. `None` when there is something to publish: another
/// document, or a file that can no longer be searched; else the generation's number and what was found.
pub(crate) fn compare<'a>(
    documents: &Documents<'a>,
    files: &[SurveyedCandidate<'a>],
    published: &Manifest,
    progress: &mut dyn FnMut(Progress),
) -> Result<Option<(u64, Contents<'a>)>, IndexError> {
    let run = documents.run;
    let mut contents = Contents::new(&run.faults);
    let mut stamps: BTreeMap<String, DocumentStamps> = BTreeMap::new();
    let compared = in_order(
        run.options.jobs,
        files,
        |&file| documents.read(file),
        |&file, read| {
            match read.map_err(Difference::Error)? {
                Err(failure) => contents.fail(file, failure),
                Ok(annotated) => {
                    contents.count(file, &annotated.document, annotated.passages.len());
                    let stamp =
                        DocumentStamp::of(&annotated.document).map_err(|error| Difference::Error(error.into()))?;
                    let document = annotated.document;
                    let before = published.stamp(&document.collection, &document.id);
                    if !before.is_some_and(|before| before.same_content(&stamp)) {
                        return Err(Difference::Document);
                    }
                    stamps.entry(document.collection).or_default().insert(document.id, stamp);
                }
            }
            progress(Progress::File { file: file.0.name() });
            Ok(())
        },
    );
    match compared {
        Ok(()) => {}
        Err(Difference::Document) => return Ok(None),
        Err(Difference::Error(error)) => return Err(error),
    }
    let contents = contents.complete()?;
    let identity = Identity::of(&run.settings.fingerprints, &stamps, &contents.unsearchable);
    Ok((identity == published.identity).then_some((published.generation, contents)))
}

/// What ends a comparison early.
enum Difference {
    /// A document that is not as it was published.
    Document,
    /// The run has failed.
    Error(IndexError),
}

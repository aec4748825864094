//! Compares the files with the published generation, up to the first difference.

use std::collections::BTreeMap;

use rcp_index::generation::{DocumentStamp, DocumentStamps, Identity, Manifest};

use crate::contents::Contents;
use crate::documents::DocumentReader;
use crate::run::Run;
use crate::{IndexError, Progress};

/// Reads the files as long as each document is as the generation has it. `None` when there is something to publish:
/// another document, or a file that can no longer be searched; else the generation's number and what was found.
pub(crate) fn compare(
    run: &Run<'_>,
    published: &Manifest,
    reader: &mut DocumentReader<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Option<(u64, Contents)>, IndexError> {
    let mut contents = Contents::new(&run.faults);
    let mut stamps: BTreeMap<String, DocumentStamps> = BTreeMap::new();
    for candidate in &run.candidates {
        match reader.read(candidate)? {
            Err(failure) => contents.fail(&candidate.name(), failure),
            Ok(annotated) => {
                contents.count(&annotated);
                let stamp = DocumentStamp::of(&annotated.document)?;
                let document = annotated.document;
                let before = published.stamp(&document.collection, &document.id);
                if !before.is_some_and(|before| before.same_content(&stamp)) {
                    return Ok(None);
                }
                stamps.entry(document.collection).or_default().insert(document.id, stamp);
            }
        }
        progress(Progress::File { file: candidate.name() });
    }
    let contents = contents.complete()?;
    let identity = Identity::of(&run.settings.fingerprints, &stamps, &contents.unsearchable);
    Ok((identity == published.identity).then_some((published.generation, contents)))
}

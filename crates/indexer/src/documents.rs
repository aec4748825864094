//! [`Documents`]: from a surveyed file to a labelled document.

use std::collections::BTreeMap;
use std::io;

use rcp_corpus::model::{DocumentId, Source};
use rcp_corpus::settings::EXTRACTOR;

use crate::IndexError;
use crate::annotate::{Annotated, Annotator};
use crate::cache::Cache;
use crate::candidates::Candidate;
use crate::contents::Failure;
use crate::grouping::Kinship;
use crate::run::Run;
use crate::survey::Surveyed;
use crate::worker::Unreadable;

/// Labels what the survey left in the cache, on any thread.
pub(crate) struct Documents<'a> {
    pub(crate) run: &'a Run<'a>,
    pub(crate) annotator: Annotator<'a>,
    pub(crate) cache: &'a Cache,
    /// What documents have in common with others, by their ids.
    pub(crate) kinships: BTreeMap<DocumentId, Kinship>,
}

/// A candidate with what the survey knows of it.
pub(crate) type SurveyedCandidate<'a> = (&'a Candidate, Option<&'a Surveyed>);

/// What is read in a file, or why it is no document.
pub(crate) type ReadFile = Result<Annotated, Failure>;

impl Documents<'_> {
    /// The document in a file.
    ///
    /// # Errors
    /// When the cache has lost it. A file that cannot be read is no error: it is a [`Failure`].
    pub(crate) fn read(&self, (candidate, surveyed): SurveyedCandidate<'_>) -> Result<ReadFile, IndexError> {
        let (id, metadata) = match self.run.metadata(candidate) {
            Ok(found) => found,
            Err(failure) => return Ok(Err(failure)),
        };
        let failed = |why| Ok(Err(Failure { why, collection: Some(metadata.collection().to_owned()) }));
        let Some(Surveyed { sha256, kept, .. }) = surveyed else {
            return failed(Unreadable::Failed("it was not read".to_owned()));
        };
        if let Err(why) = &kept.outcome {
            return failed(why.clone());
        }
        let reading = sha256.as_ref().and_then(|sha256| Some((sha256, self.cache.reading(sha256)?)));
        let Some((sha256, (reading, given))) = reading else {
            let lost = io::Error::other("a file of it was changed or deleted during the run; run `index` again");
            return Err(self.run.cache_error(lost));
        };
        let source = Source {
            file: candidate.file.name.clone(),
            url: None,
            sha256: sha256.to_string(),
            media_type: reading.media_type.clone(),
            pages: reading.pages,
            extractor: EXTRACTOR.to_owned(),
        };
        let mut annotated = self.annotator.annotate(id.clone(), source, reading, &metadata);
        annotated.document.moved = given.moved(&annotated.passages);
        if let Some(Kinship { same_text, work }) = self.kinships.get(id).cloned() {
            let document = &mut annotated.document;
            document.same_text = same_text;
            // Where a curator named the work, that is it.
            document.work = document.work.take().or(work);
        }
        match annotated.passages.is_empty() {
            true => failed(Unreadable::Failed("it has no text to index but headings and contact data".to_owned())),
            false => Ok(Ok(annotated)),
        }
    }
}

//! [`walk()`]: everything in a collection, compared with everything else in it and with what was published.
//!
//! Hashes tell that files are those that were published. This tells that what was published holds together, whatever
//! went wrong before: a fault of the writer, or someone who changed files and hashes alike.
//!
//! - [`files`]: the engine's own checksums and its list of files;
//! - [`postings`]: terms, posting lists, positions, length norms, statistics;
//! - [`records`]: stored documents and passages, and the order they stand in;
//! - [`columns`]: columns beside the stored records;
//! - [`words`]: the vocabulary beside the postings;
//! - [`completion`]: what is offered beside the vocabulary and the stored documents.
//!
//! Memory: what opening takes, a number for each record, and the values of the facets.

mod columns;
mod completion;
mod files;
mod postings;
mod records;
#[cfg(test)]
mod tests;
mod words;

use std::io;

use ::tantivy::TantivyError;

use super::collection::CollectionIndex;
use crate::backend::BackendError;
use crate::generation::{Published, Walk};
use crate::plan::Unit;

/// Walks through a collection. Panics where the engine does, on files that make no sense to it.
pub(crate) fn walk(published: &Published<'_>, walk: &mut Walk<'_>) {
    if published.content.documents.is_empty() && published.content.files.is_empty() {
        return;
    }
    let mut sound = true;
    for unit in [Unit::Documents, Unit::Passages] {
        let outcome = files::compare(unit, published, walk);
        sound &= tell(outcome, folder(unit), walk) == Some(true);
    }
    // What fails its own checksum is not handed to the engine, which would believe it.
    if !sound {
        return;
    }
    let index = match CollectionIndex::open(published.folder, &published.content.statistics) {
        Ok(index) => index,
        Err(error) => return walk.problem(format!("it cannot be opened: {error}")),
    };
    walk.expect(u64::from(index.documents.unit.len()) + u64::from(index.passages.unit.len()));
    postings::compare(Unit::Documents, &index.documents.unit, &published.content.statistics.document_fields, walk);
    postings::compare(Unit::Passages, &index.passages.unit, &published.content.statistics.passage_fields, walk);
    let outcome = postings::compare_ids(&index, walk);
    tell(outcome, "documents, field id", walk);
    let outcome = records::compare(&index, published, walk);
    tell(outcome, "records", walk);
    let outcome = words::compare(&index, walk);
    tell(outcome, "vocabulary", walk);
    let outcome = completion::compare(&index, walk);
    tell(outcome, "completion", walk);
}

/// Folder of a unit, by which problems name it too.
fn folder(unit: Unit) -> &'static str {
    match unit {
        Unit::Documents => "documents",
        Unit::Passages => "passages",
    }
}

/// What a part of the walk found, or `None` where it could not go on, which is a problem then.
fn tell<T>(outcome: Result<T, Broken>, place: &str, walk: &mut Walk<'_>) -> Option<T> {
    match outcome {
        Ok(value) => Some(value),
        Err(Broken(why)) => {
            walk.problem(format!("{place}: {why}"));
            None
        }
    }
}

/// Why a part of the walk could not go on.
struct Broken(String);

impl From<TantivyError> for Broken {
    fn from(error: TantivyError) -> Broken {
        Broken(error.to_string())
    }
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Broken {
        Broken(error.to_string())
    }
}

impl From<BackendError> for Broken {
    fn from(error: BackendError) -> Broken {
        match error {
            // Its message sends to `check`, which this is.
            BackendError::Unreadable(why) => Broken(why),
            error => Broken(error.to_string()),
        }
    }
}

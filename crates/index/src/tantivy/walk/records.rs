//! Stored documents and passages: those of the manifest, in their order, each with the columns it must have.

use std::collections::BTreeSet;

use rcp_corpus::model::{Document, DocumentId, Passage};

use super::super::collection::CollectionIndex;
use super::columns::Columns;
use super::{Broken, tell};
use crate::generation::{CollectionStatistics, DocumentStamp, Published, Walk};

/// Walks through the documents in order, and through the passages of each, which must follow those of the one before.
pub(super) fn compare(index: &CollectionIndex, published: &Published<'_>, walk: &mut Walk<'_>) -> Result<(), Broken> {
    let (documents, passages) = (index.documents.unit.len(), index.passages.unit.len());
    let CollectionStatistics { documents: counted_documents, passages: counted_passages, .. } =
        published.content.statistics;
    for (unit, found, counted) in
        [("documents", documents, counted_documents), ("passages", passages, counted_passages)]
    {
        if u64::from(found) != counted {
            walk.problem(format!("it holds {found} {unit}, and the manifest counts {counted}"));
        }
    }
    let columns = Columns::open(index, walk)?;
    let mut before: Option<DocumentId> = None;
    let mut first_passage = 0_u32;
    for position in 0..documents {
        walk.pass();
        let count = index.documents.passages_of(position).len() as u32;
        let end = first_passage.saturating_add(count).min(passages);
        let place = format!("document {position}");
        if let Some(document) = tell(index.document(position).map_err(Broken::from), &place, walk) {
            compare_document(&document, published, walk);
            if before.as_ref().is_some_and(|before| *before >= document.id) {
                walk.problem(format!("document {} stands behind one of the same or a later id", document.id));
            }
            let range = (u64::from(first_passage), u64::from(count));
            for column in columns.of_document(position, &document, range)? {
                walk.problem(format!("document {}: the column {column} differs from the stored record", document.id));
            }
            compare_passages(index, &columns, position, &document, first_passage..end, walk);
            before = Some(document.id);
        }
        first_passage = end;
    }
    if first_passage != passages {
        walk.problem(format!("{} passages belong to no document", passages - first_passage));
    }
    Ok(())
}

/// Compares a stored document with the stamp in the manifest, which holds a hash of all that is stored.
fn compare_document(document: &Document, published: &Published<'_>, walk: &mut Walk<'_>) {
    let id = &document.id;
    if document.collection != published.name {
        walk.problem(format!("document {id} says that it is in the collection {:?}", document.collection));
    }
    let Some(stamp) = published.content.documents.get(id) else {
        return walk.problem(format!("document {id} is not in the manifest"));
    };
    match DocumentStamp::of(document) {
        Ok(found) if found == *stamp => {}
        Ok(_) => walk.problem(format!("document {id} is not as the manifest says: its source, facts or times differ")),
        Err(error) => walk.problem(error.to_string()),
    }
}

fn compare_passages(
    index: &CollectionIndex,
    columns: &Columns<'_>,
    position: u32,
    document: &Document,
    records: std::ops::Range<u32>,
    walk: &mut Walk<'_>,
) {
    let mut ids = BTreeSet::new();
    let mut before: Option<u32> = None;
    for record in records {
        walk.pass();
        let place = format!("document {}, passage record {record}", document.id);
        let Some(passage) = tell(index.passage(record).map_err(Broken::from), &place, walk) else { continue };
        let Passage { id, ordinal, .. } = &passage;
        if before.is_some_and(|before| before >= *ordinal) {
            walk.problem(format!("{place}: its ordinal {ordinal} does not rise"));
        }
        before = Some(*ordinal);
        for column in columns.of_passage(record, &passage, position, document) {
            walk.problem(format!("{place} ({id}): the column {column} differs from the stored record"));
        }
        if !ids.insert(id.clone()) {
            walk.problem(format!("{place}: the id {id} occurs twice"));
        }
    }
}

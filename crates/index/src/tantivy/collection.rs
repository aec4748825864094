//! [`CollectionIndex`]: one collection open for reading, with its columns at hand.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use ::tantivy::columnar::{Column, StrColumn};
use ::tantivy::schema::{Field as EngineField, Value};
use ::tantivy::store::StoreReader;
use ::tantivy::{Index, SegmentReader, TantivyDocument, TantivyError};
use rcp_corpus::completion::Completions;
use rcp_corpus::model::{Document, DocumentId, Passage};
use rcp_corpus::vocabulary::Vocabulary;
use serde::de::DeserializeOwned;

use super::directory::ReadOnlyDirectory;
use super::schema;
use crate::backend::BackendError;
use crate::generation::{CollectionStatistics, EngineError, FieldStatistics};
use crate::plan::{Field, Unit};

/// Blocks of stored records (16 KiB each) kept decompressed per unit.
const STORE_CACHE_BLOCKS: usize = 64;

/// One collection open for reading, without write access to its folder.
pub(crate) struct CollectionIndex {
    pub(super) documents: DocumentColumns,
    pub(super) passages: PassageColumns,
    pub(super) vocabulary: Arc<Vocabulary>,
    pub(super) completions: Arc<Completions>,
}

impl CollectionIndex {
    /// Opens a collection whose files have been verified.
    pub(crate) fn open(folder: &Path, statistics: &CollectionStatistics) -> Result<CollectionIndex, EngineError> {
        let documents = UnitIndex::open(&folder.join("documents"), &statistics.document_fields)?;
        let passages = UnitIndex::open(&folder.join("passages"), &statistics.passage_fields)?;
        let read = |name| {
            let path = folder.join(name);
            fs::read(&path).map_err(|error| EngineError(format!("{}: {error}", path.display())))
        };
        let vocabulary =
            Vocabulary::from_bytes(&read("vocabulary")?).map_err(|error| EngineError(error.to_string()))?;
        let completions =
            Completions::from_bytes(&read("completion")?).map_err(|error| EngineError(error.to_string()))?;
        Ok(CollectionIndex {
            documents: DocumentColumns::open(documents)?,
            passages: PassageColumns::open(passages)?,
            vocabulary: Arc::new(vocabulary),
            completions: Arc::new(completions),
        })
    }

    pub(super) fn unit(&self, unit: Unit) -> &UnitIndex {
        match unit {
            Unit::Documents => &self.documents.unit,
            Unit::Passages => &self.passages.unit,
        }
    }

    /// Position of the document that a record is, or belongs to.
    pub(super) fn document_of(&self, unit: Unit, record: u32) -> u32 {
        match unit {
            Unit::Documents => record,
            Unit::Passages => small(self.passages.document.first(record)),
        }
    }

    /// A stored document.
    pub(super) fn document(&self, position: u32) -> Result<Document, BackendError> {
        self.documents.unit.stored(position)
    }

    /// Position of a document's passage by its ordinal: ordinals rise, with gaps where contact data was left out.
    pub(super) fn passage_position(&self, document: u32, ordinal: u32) -> Option<u32> {
        let passages = self.documents.passages_of(document);
        let (mut low, mut high) = (passages.start, passages.end);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.passages.ordinal(middle) < ordinal {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low < passages.end && self.passages.ordinal(low) == ordinal).then_some(low)
    }

    /// A stored passage.
    pub(super) fn passage(&self, position: u32) -> Result<Passage, BackendError> {
        self.passages.unit.stored(position)
    }
}

/// Positions are written as 64-bit columns and never exceed tantivy's own 32-bit document numbers.
fn small(value: Option<u64>) -> u32 {
    value.and_then(|value| u32::try_from(value).ok()).unwrap_or(u32::MAX)
}

/// The documents of a collection, in the order of their ids: position, id order and record number are the same.
pub(super) struct DocumentColumns {
    pub(super) unit: UnitIndex,
    pub(super) id: Option<StrColumn>,
    pub(super) sort_title: Option<StrColumn>,
    pub(super) date_start: Column<i64>,
    pub(super) date_end: Column<i64>,
    pub(super) year: Column<i64>,
    pub(super) added: Column<i64>,
    pub(super) first_passage: Column<u64>,
    pub(super) passage_count: Column<u64>,
}

impl DocumentColumns {
    fn open(unit: UnitIndex) -> Result<DocumentColumns, EngineError> {
        Ok(DocumentColumns {
            id: unit.text_column(schema::ID)?,
            sort_title: unit.text_column(schema::SORT_TITLE)?,
            date_start: unit.signed_column(schema::DATE_START)?,
            date_end: unit.signed_column(schema::DATE_END)?,
            year: unit.signed_column(schema::YEAR)?,
            added: unit.signed_column(schema::ADDED)?,
            first_passage: unit.unsigned_column(schema::FIRST_PASSAGE)?,
            passage_count: unit.unsigned_column(schema::PASSAGE_COUNT)?,
            unit,
        })
    }

    /// Id of the document at a position.
    pub(super) fn id_at(&self, position: u32) -> Result<DocumentId, BackendError> {
        let id = text_at(self.id.as_ref(), u64::from(position))?;
        DocumentId::new(&id).map_err(|error| BackendError::Unreadable(error.to_string()))
    }

    /// Position of a document, or where it would stand: `Ok` if it is there, `Err` if not.
    pub(super) fn position(&self, id: &str) -> Result<Result<u32, u32>, BackendError> {
        search_texts(self.id.as_ref(), id)
    }

    /// The passages of a document as a range of positions.
    pub(super) fn passages_of(&self, position: u32) -> std::ops::Range<u32> {
        let first = small(self.first_passage.first(position));
        first..first.saturating_add(small(self.passage_count.first(position)))
    }
}

/// The passages of a collection, in the order of their documents and ordinals.
pub(super) struct PassageColumns {
    pub(super) unit: UnitIndex,
    pub(super) document: Column<u64>,
    pub(super) passage: Column<u64>,
}

impl PassageColumns {
    fn open(unit: UnitIndex) -> Result<PassageColumns, EngineError> {
        Ok(PassageColumns {
            document: unit.unsigned_column(schema::DOCUMENT)?,
            passage: unit.unsigned_column(schema::PASSAGE)?,
            unit,
        })
    }

    /// Ordinal of a passage in its document.
    pub(super) fn ordinal(&self, position: u32) -> u32 {
        small(self.passage.first(position))
    }
}

/// The single segment of a unit; none when the unit is empty.
pub(super) struct UnitIndex {
    pub(super) segment: Option<SegmentReader>,
    pub(super) fields: BTreeMap<String, FieldStatistics>,
    pub(super) facets: BTreeMap<String, Option<StrColumn>>,
    store: Option<(StoreReader, EngineField)>,
}

impl UnitIndex {
    fn open(folder: &Path, fields: &BTreeMap<String, FieldStatistics>) -> Result<UnitIndex, EngineError> {
        let directory = ReadOnlyDirectory::open(folder).map_err(TantivyError::from)?;
        let index = Index::open(directory)?;
        let mut segments = index.searchable_segments()?;
        if segments.len() > 1 {
            return Err(EngineError(format!("{} has {} segments instead of one", folder.display(), segments.len())));
        }
        let segment = segments.pop().map(|segment| SegmentReader::open(&segment)).transpose()?;
        let stored = index.schema().get_field(schema::STORED)?;
        let store = match &segment {
            Some(segment) => Some((segment.get_store_reader(STORE_CACHE_BLOCKS).map_err(TantivyError::from)?, stored)),
            None => None,
        };
        let mut unit = UnitIndex { segment, fields: fields.clone(), facets: BTreeMap::new(), store };
        let prefix = schema::facet_column("");
        for (_, entry) in index.schema().fields() {
            if let Some(facet) = entry.name().strip_prefix(&prefix) {
                unit.facets.insert(facet.to_owned(), unit.text_column(entry.name())?);
            }
        }
        Ok(unit)
    }

    /// Number of records.
    pub(super) fn len(&self) -> u32 {
        self.segment.as_ref().map_or(0, SegmentReader::max_doc)
    }

    /// Column of a facet; `Ok(None)` where no record has a value.
    pub(super) fn facet(&self, facet: &str) -> Result<Option<&StrColumn>, BackendError> {
        match self.facets.get(facet) {
            Some(column) => Ok(column.as_ref()),
            None => Err(BackendError::UnknownFacet(facet.to_owned())),
        }
    }

    /// Engine field of one of our fields.
    pub(super) fn field(&self, field: Field) -> Option<(&SegmentReader, EngineField)> {
        let segment = self.segment.as_ref()?;
        Some((segment, segment.schema().get_field(field.name()).ok()?))
    }

    fn stored<T: DeserializeOwned>(&self, position: u32) -> Result<T, BackendError> {
        let (store, field) = self.store.as_ref().ok_or_else(|| unreadable("an empty collection has no records"))?;
        let record: TantivyDocument = store.get(position).map_err(unreadable)?;
        let bytes = record.get_first(*field).and_then(|value| value.as_bytes());
        serde_json::from_slice(bytes.ok_or_else(|| unreadable("a record has no stored value"))?).map_err(unreadable)
    }

    fn text_column(&self, name: &str) -> Result<Option<StrColumn>, EngineError> {
        match &self.segment {
            Some(segment) => Ok(segment.fast_fields().str(name)?),
            None => Ok(None),
        }
    }

    fn signed_column(&self, name: &str) -> Result<Column<i64>, EngineError> {
        match &self.segment {
            Some(segment) => Ok(segment.fast_fields().column_opt(name)?.unwrap_or_else(|| empty(segment))),
            None => Ok(Column::build_empty_column(0)),
        }
    }

    pub(super) fn unsigned_column(&self, name: &str) -> Result<Column<u64>, EngineError> {
        match &self.segment {
            Some(segment) => Ok(segment.fast_fields().column_opt(name)?.unwrap_or_else(|| empty(segment))),
            None => Ok(Column::build_empty_column(0)),
        }
    }
}

fn empty<T>(segment: &SegmentReader) -> Column<T>
where
    T: PartialOrd + Copy + Default + std::fmt::Debug + Send + Sync + 'static,
{
    Column::build_empty_column(segment.max_doc())
}

/// The text behind a number of a text column.
pub(super) fn text_at(column: Option<&StrColumn>, ord: u64) -> Result<String, BackendError> {
    let mut text = String::new();
    if let Some(column) = column {
        column.ord_to_str(ord, &mut text).map_err(unreadable)?;
    }
    Ok(text)
}

/// Number of a text in a text column: `Ok` if it is there, `Err` with the number of the next greater one if not.
pub(super) fn search_texts(column: Option<&StrColumn>, text: &str) -> Result<Result<u32, u32>, BackendError> {
    let Some(column) = column else { return Ok(Err(0)) };
    let dictionary = column.dictionary();
    if let Some(ord) = dictionary.term_ord(text.as_bytes()).map_err(unreadable)? {
        return Ok(Ok(small(Some(ord))));
    }
    // A binary search over the sorted texts: rare (only for positions of other collections), so reading is fine.
    let (mut low, mut high) = (0, dictionary.num_terms() as u64);
    while low < high {
        let middle = low + (high - low) / 2;
        if text_at(Some(column), middle)?.as_str() < text {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(Err(small(Some(low))))
}

/// Any failure of the engine on verified files.
pub(super) fn unreadable(error: impl std::fmt::Display) -> BackendError {
    BackendError::Unreadable(error.to_string())
}

impl From<io::Error> for BackendError {
    fn from(error: io::Error) -> BackendError {
        unreadable(error)
    }
}

impl From<TantivyError> for BackendError {
    fn from(error: TantivyError) -> BackendError {
        unreadable(error)
    }
}

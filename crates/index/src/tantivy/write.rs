//! [`CollectionWriter`]: records to a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ::tantivy::index::SegmentId;
use ::tantivy::indexer::{IndexWriterOptions, NoMergePolicy};
use ::tantivy::schema::Schema;
use ::tantivy::{Index, IndexSettings, IndexWriter, Segment, SegmentReader, TantivyDocument, TantivyError};
use rcp_corpus::completion::CompletionBuilder;
use rcp_corpus::vocabulary::VocabularyBuilder;
use serde::Serialize;

use super::directory::BuildDirectory;
use super::schema::{self, SplitTokenizer};
use crate::generation::{CollectionStatistics, EngineError, FieldStatistics};
use crate::plan::{Field, Text, Unit};
use crate::record::{DocumentRecord, PassageRecord, Tokens};

/// Bytes of rows after which a unit writes a segment. The engine takes rows as fast as they come, and up to 10,000 of
/// them, of any length, would wait for its thread: so it is the rows that are counted, and a build takes the same memory
/// however much it has to write.
const SEGMENT_BYTES: usize = 8 << 20;

/// Segments of which a unit makes one before it goes on: those that are merged at last are fewer then. Of each segment that is
/// merged, all terms are in memory, and of one at a time all that is stored.
const MERGED_AT_ONCE: usize = 8;

/// Memory in which the engine makes a segment of so many rows, in bytes; it would write an earlier one rather than take
/// more.
const WRITER_MEMORY: usize = 32 << 20;

/// Writes the documents, passages, vocabulary and completions of one collection into a folder of its own.
pub(crate) struct CollectionWriter {
    folder: PathBuf,
    documents: UnitWriter,
    passages: UnitWriter,
    vocabulary: VocabularyBuilder,
    completion: CompletionBuilder,
}

impl CollectionWriter {
    /// Starts a collection in an existing empty folder. `facets` are the names of all facets.
    ///
    /// One thread writes each unit, nothing is merged before the end: so records keep the order they came in.
    pub(crate) fn create(folder: &Path, facets: &[String]) -> Result<CollectionWriter, EngineError> {
        Ok(CollectionWriter {
            folder: folder.to_owned(),
            documents: UnitWriter::create(Unit::Documents, &folder.join("documents"), facets)?,
            passages: UnitWriter::create(Unit::Passages, &folder.join("passages"), facets)?,
            vocabulary: VocabularyBuilder::default(),
            completion: CompletionBuilder::default(),
        })
    }

    /// Adds a document with its passages. Documents come in rising order of their ids.
    pub(crate) fn add(&mut self, record: &DocumentRecord) -> Result<(), EngineError> {
        for text in record.texts.values().flatten() {
            self.vocabulary.add_text(&text.tokens(), text.language);
        }
        self.vocabulary.end_document();
        record.complete(&mut self.completion);
        for passage in &record.passages {
            self.add_passage(passage)?;
        }
        self.add_document(record)
    }

    /// Writes vocabulary and completions, then merges each unit to one segment; closes every file. One after the other: side
    /// by side they would take their memory at the same time, and little less time.
    pub(crate) fn finish(self) -> Result<CollectionStatistics, EngineError> {
        let CollectionWriter { folder, mut documents, mut passages, vocabulary, completion } = self;
        documents.write_segment()?;
        passages.write_segment()?;
        write(&folder.join("vocabulary"), vocabulary.finish())?;
        write(&folder.join("completion"), completion.finish())?;
        let documents = documents.finish()?;
        let passages = passages.finish()?;
        Ok(CollectionStatistics {
            documents: documents.0,
            passages: passages.0,
            document_fields: documents.1,
            passage_fields: passages.1,
        })
    }

    fn add_document(&mut self, record: &DocumentRecord) -> Result<(), EngineError> {
        let document = &record.document;
        let passage_count = record.passages.len() as u64;
        let first_passage = self.passages.count - passage_count;
        let mut row = self.documents.row(&record.texts, &record.facets, document)?;
        row.text(schema::ID, document.id.as_str())?;
        if let Some(title) = &record.sort_title {
            row.text(schema::SORT_TITLE, title)?;
        }
        if let Some(date) = &document.date {
            row.signed(schema::DATE_START, days(date.value.start))?;
            row.signed(schema::DATE_END, days(date.value.end))?;
        }
        if let Some(year) = &document.year {
            row.signed(schema::YEAR, i64::from(year.value))?;
        }
        row.signed(schema::ADDED, document.added.as_microsecond())?;
        row.unsigned(schema::FIRST_PASSAGE, first_passage)?;
        row.unsigned(schema::PASSAGE_COUNT, passage_count)?;
        self.documents.add(row)
    }

    fn add_passage(&mut self, record: &PassageRecord) -> Result<(), EngineError> {
        let mut row = self.passages.row(&record.texts, &record.facets, &record.passage)?;
        row.unsigned(schema::DOCUMENT, self.documents.count)?;
        row.unsigned(schema::PASSAGE, u64::from(record.passage.ordinal))?;
        self.passages.add(row)
    }
}

fn write<E: std::fmt::Display>(path: &Path, bytes: Result<Vec<u8>, E>) -> Result<(), EngineError> {
    let bytes = bytes.map_err(|error| EngineError(error.to_string()))?;
    fs::write(path, bytes).map_err(|error| EngineError(format!("{}: {error}", path.display())))
}

/// Days since 1970-01-01.
pub(super) fn days(date: jiff::civil::Date) -> i64 {
    date.duration_since(jiff::civil::date(1970, 1, 1)).as_hours() / 24
}

struct UnitWriter {
    unit: Unit,
    index: Index,
    writer: IndexWriter,
    schema: Schema,
    fields: BTreeMap<&'static str, FieldStatistics>,
    count: u64,
    /// Bytes of the rows that are in no segment yet.
    unwritten: usize,
    /// Segments that were merged already.
    merged: Vec<SegmentId>,
}

impl UnitWriter {
    fn create(unit: Unit, folder: &Path, facets: &[String]) -> Result<UnitWriter, EngineError> {
        fs::create_dir_all(folder).map_err(|error| EngineError(format!("{}: {error}", folder.display())))?;
        let schema = schema::schema(unit, facets);
        let directory = BuildDirectory::open(folder).map_err(TantivyError::from)?;
        let index = Index::create(directory, schema.clone(), IndexSettings::default())?;
        index.tokenizers().register(schema::SPLIT, SplitTokenizer::default());
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(WRITER_MEMORY)
            .build();
        let writer: IndexWriter = index.writer_with_options(options)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let fields = Field::all(unit).map(|field| (field.name(), FieldStatistics::default())).collect();
        Ok(UnitWriter { unit, index, writer, schema, fields, count: 0, unwritten: 0, merged: Vec::new() })
    }

    /// A row with texts, facets and stored value; counts the texts in the statistics.
    fn row(
        &mut self,
        texts: &BTreeMap<Text, Vec<Tokens>>,
        facets: &BTreeMap<String, Vec<String>>,
        stored: &impl Serialize,
    ) -> Result<Row, EngineError> {
        let mut row = Row { schema: self.schema.clone(), document: TantivyDocument::new(), bytes: 0 };
        for field in Field::all(self.unit) {
            let mut tokens = 0;
            for text in texts.get(&field.text).into_iter().flatten() {
                row.text(field.name(), text.string(field.form))?;
                tokens += text.count(field.form);
            }
            if let Some(statistics) = self.fields.get_mut(field.name()).filter(|_| tokens > 0) {
                statistics.tokens += tokens;
                statistics.holders += 1;
            }
        }
        for (facet, values) in facets {
            for value in values {
                row.text(&schema::facet_column(facet), value)?;
            }
        }
        let json = serde_json::to_vec(stored).map_err(|error| EngineError(error.to_string()))?;
        row.bytes(schema::STORED, &json)?;
        row.unsigned(schema::ORDINAL, self.count)?;
        Ok(row)
    }

    fn add(&mut self, row: Row) -> Result<(), EngineError> {
        self.writer.add_document(row.document)?;
        self.count += 1;
        self.unwritten += row.bytes;
        if self.unwritten >= SEGMENT_BYTES {
            self.write_segment()?;
            self.merge_new_segments()?;
        }
        Ok(())
    }

    /// Writes the rows that are in no segment yet.
    fn write_segment(&mut self) -> Result<(), EngineError> {
        self.writer.commit()?;
        self.unwritten = 0;
        Ok(())
    }

    /// Merges the segments that were not merged yet, if they are enough.
    fn merge_new_segments(&mut self) -> Result<(), EngineError> {
        let mut new = self.index.searchable_segments()?;
        new.retain(|segment| !self.merged.contains(&segment.id()));
        if new.len() >= MERGED_AT_ONCE {
            let merged = self.merge(&new)?;
            self.merged.extend(merged);
        }
        Ok(())
    }

    /// Merges segments to one, in the order of their records, and deletes them; its id, unless they have no records.
    fn merge(&mut self, segments: &[Segment]) -> Result<Option<SegmentId>, EngineError> {
        let mut ordered = Vec::new();
        for segment in segments {
            let ordinals = SegmentReader::open(segment)?.fast_fields().u64(schema::ORDINAL)?;
            ordered.push((ordinals.first(0), segment.id()));
        }
        // Merging keeps the order in which the segments are named.
        ordered.sort();
        let ids: Vec<SegmentId> = ordered.into_iter().map(|(_, id)| id).collect();
        let merged = self.writer.merge(&ids).wait()?;
        self.writer.garbage_collect_files().wait()?;
        Ok(merged.map(|segment| segment.id()))
    }

    fn finish(mut self) -> Result<(u64, BTreeMap<String, FieldStatistics>), EngineError> {
        self.write_segment()?;
        let segments = self.index.searchable_segments()?;
        if segments.len() > 1 {
            self.merge(&segments)?;
        }
        self.writer.garbage_collect_files().wait()?;
        self.writer.wait_merging_threads()?;
        Ok((self.count, self.fields.into_iter().map(|(name, statistics)| (name.to_owned(), statistics)).collect()))
    }
}

/// A row being filled, by column name.
struct Row {
    schema: Schema,
    document: TantivyDocument,
    /// Length of its texts.
    bytes: usize,
}

impl Row {
    fn text(&mut self, column: &str, value: &str) -> Result<(), EngineError> {
        self.bytes += value.len();
        self.document.add_text(self.schema.get_field(column)?, value);
        Ok(())
    }

    fn bytes(&mut self, column: &str, value: &[u8]) -> Result<(), EngineError> {
        self.bytes += value.len();
        self.document.add_bytes(self.schema.get_field(column)?, value);
        Ok(())
    }

    fn signed(&mut self, column: &str, value: i64) -> Result<(), EngineError> {
        self.document.add_i64(self.schema.get_field(column)?, value);
        Ok(())
    }

    fn unsigned(&mut self, column: &str, value: u64) -> Result<(), EngineError> {
        self.document.add_u64(self.schema.get_field(column)?, value);
        Ok(())
    }
}

impl From<TantivyError> for EngineError {
    fn from(error: TantivyError) -> EngineError {
        EngineError(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use rcp_corpus::analysis::{AnalysisSettings, Analyzer};
    use rcp_corpus::model::{Document, DocumentId, Language, Passage, PassageId, Source};

    use super::super::CollectionIndex;
    use super::*;

    fn record(id: &str, passages: u32) -> DocumentRecord {
        let source = Source {
            file: format!("{id}.txt"),
            url: None,
            sha256: "0".repeat(64),
            media_type: "text/plain".to_owned(),
            pages: None,
            extractor: "test".to_owned(),
        };
        let document = Document::new(DocumentId::new(id).unwrap(), "public", source);
        let analyzer = Analyzer::new(&AnalysisSettings::default());
        let passage = |ordinal| {
            let text = format!("{id} says {ordinal}");
            let texts = BTreeMap::from([(Text::Body, vec![Tokens::new(&analyzer, &text, Language::En)])]);
            let id = PassageId::new(&format!("n{ordinal}")).unwrap();
            let passage = Passage::new(id, ordinal, Language::En, &text);
            PassageRecord { passage, texts, facets: BTreeMap::new() }
        };
        let passages = (0..passages).map(passage).collect();
        DocumentRecord { document, texts: BTreeMap::new(), facets: BTreeMap::new(), sort_title: None, passages }
    }

    /// Positions are order: of ids, and of passages within their document. Ids of segments are random, so merging
    /// them in any other order than that of their first records would show.
    #[test]
    fn segments_merge_in_the_order_of_their_records() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = CollectionWriter::create(folder.path(), &[]).unwrap();
        let ids: Vec<String> = (10..30).map(|number| format!("d{number}")).collect();
        for (at, id) in ids.iter().enumerate() {
            writer.add(&record(id, at as u32 % 3)).unwrap();
            // As if there were bytes enough: another segment begins.
            for unit in [&mut writer.documents, &mut writer.passages] {
                unit.write_segment().unwrap();
                unit.merge_new_segments().unwrap();
            }
        }
        let segments = writer.documents.index.searchable_segments().unwrap().len();
        assert_eq!(segments, ids.len() / MERGED_AT_ONCE + ids.len() % MERGED_AT_ONCE);
        let statistics = writer.finish().unwrap();
        let index = CollectionIndex::open(folder.path(), &statistics).unwrap();
        for (at, id) in (0..).zip(&ids) {
            assert_eq!(index.documents.id_at(at).unwrap().as_str(), id);
            let passages = index.documents.passages_of(at);
            let texts: Vec<String> = passages.map(|at| index.passage(at).unwrap().text).collect();
            let expected: Vec<String> = (0..at % 3).map(|ordinal| format!("{id} says {ordinal}")).collect();
            assert_eq!(texts, expected);
        }
    }

    #[test]
    fn rows_of_a_certain_size_become_a_segment() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = CollectionWriter::create(folder.path(), &[]).unwrap();
        let mut large = record("a", 1);
        for passage in &mut large.passages {
            passage.passage.text = "x".repeat(SEGMENT_BYTES);
        }
        writer.add(&large).unwrap();
        writer.add(&record("b", 1)).unwrap();
        assert_eq!(writer.passages.index.searchable_segments().unwrap().len(), 1);
        assert!(writer.passages.unwritten > 0 && writer.passages.unwritten < SEGMENT_BYTES);
        assert!(writer.documents.index.searchable_segments().unwrap().is_empty());
        let statistics = writer.finish().unwrap();
        assert_eq!((statistics.documents, statistics.passages), (2, 2));
    }
}

//! A bare tantivy writer over the same rows.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use rcp_index::plan::{Field, Unit};
use rcp_index::record::{DocumentRecord, PassageRecord};
use tantivy::indexer::NoMergePolicy;
use tantivy::schema::{self, BytesOptions, Schema, TEXT};
use tantivy::{Index, IndexWriter, TantivyDocument};

use super::tokenizer::{SPLIT, Split};

/// Memory of a writer, in bytes: that of the index crate.
const WRITER_MEMORY: usize = 96 << 20;

/// What a column of a row holds.
#[derive(Debug, Clone)]
enum Cell {
    Text(String),
    Signed(i64),
    Unsigned(u64),
    Bytes(Vec<u8>),
}

/// A row ready for a writer: columns with their values.
#[derive(Debug, Clone, Default)]
struct Row(Vec<(schema::Field, Cell)>);

/// The schemas of an index that our own build made.
#[derive(Debug, Clone)]
pub struct Schemas {
    documents: Schema,
    passages: Schema,
}

/// The rows of a document.
#[derive(Debug, Default)]
pub struct BareRows {
    /// Those of its passages, in order.
    passages: Vec<Row>,
    /// Its own.
    document: Row,
}

impl Schemas {
    /// Reads the schemas of a collection's folder: the same fields, columns and stored bytes, whatever they come to be.
    ///
    /// # Errors
    /// When there is no index.
    pub fn of(collection: &Path) -> tantivy::Result<Schemas> {
        let schema = |unit: &str| Index::open_in_dir(collection.join(unit)).map(|index| index.schema());
        Ok(Schemas { documents: schema("documents")?, passages: schema("passages")? })
    }
}

impl BareRows {
    /// The rows that our own writer makes of records: the same strings, values and bytes.
    ///
    /// # Errors
    /// When the schemas are those of other records.
    pub fn of(records: &[DocumentRecord], schemas: &Schemas) -> anyhow::Result<Vec<BareRows>> {
        let mut rows = Vec::new();
        let mut first_passage = 0;
        for (document, record) in (0..).zip(records) {
            let passages = record.passages.iter().zip(first_passage..);
            let passages = passages.map(|(passage, ordinal)| passage_row(passage, document, ordinal, schemas));
            let passages = passages.collect::<anyhow::Result<Vec<Row>>>()?;
            let document = document_row(record, first_passage, document, schemas)?;
            first_passage += passages.len() as u64;
            rows.push(BareRows { passages, document });
        }
        Ok(rows)
    }
}

fn passage_row(record: &PassageRecord, document: u64, ordinal: u64, schemas: &Schemas) -> anyhow::Result<Row> {
    let mut row = RowMaker { schema: &schemas.passages, row: Row::default() };
    for field in Field::all(Unit::Passages) {
        for tokens in record.texts.get(&field.text).into_iter().flatten() {
            row.add(field.name(), Cell::Text(tokens.string(field.form).to_owned()))?;
        }
    }
    for (facet, value) in record.facets.iter().flat_map(|(facet, values)| values.iter().map(move |v| (facet, v))) {
        row.add(&format!("facet_{facet}"), Cell::Text(value.clone()))?;
    }
    row.add("stored", Cell::Bytes(serde_json::to_vec(&record.passage)?))?;
    row.add("document", Cell::Unsigned(document))?;
    row.add("passage", Cell::Unsigned(u64::from(record.passage.ordinal)))?;
    row.add("ordinal", Cell::Unsigned(ordinal))?;
    Ok(row.row)
}

fn document_row(record: &DocumentRecord, first_passage: u64, ordinal: u64, schemas: &Schemas) -> anyhow::Result<Row> {
    let mut row = RowMaker { schema: &schemas.documents, row: Row::default() };
    let document = &record.document;
    for field in Field::all(Unit::Documents) {
        for tokens in record.texts.get(&field.text).into_iter().flatten() {
            row.add(field.name(), Cell::Text(tokens.string(field.form).to_owned()))?;
        }
    }
    for (facet, value) in record.facets.iter().flat_map(|(facet, values)| values.iter().map(move |v| (facet, v))) {
        row.add(&format!("facet_{facet}"), Cell::Text(value.clone()))?;
    }
    row.add("stored", Cell::Bytes(serde_json::to_vec(document)?))?;
    row.add("id", Cell::Text(document.id.to_string()))?;
    if let Some(title) = &record.sort_title {
        row.add("sort_title", Cell::Text(title.clone()))?;
    }
    if let Some(date) = &document.date {
        let days = |date: jiff::civil::Date| date.duration_since(jiff::civil::date(1970, 1, 1)).as_hours() / 24;
        row.add("date_start", Cell::Signed(days(date.value.start)))?;
        row.add("date_end", Cell::Signed(days(date.value.end)))?;
    }
    if let Some(year) = &document.year {
        row.add("year", Cell::Signed(i64::from(year.value)))?;
    }
    row.add("added", Cell::Signed(document.added.as_microsecond()))?;
    row.add("first_passage", Cell::Unsigned(first_passage))?;
    row.add("passage_count", Cell::Unsigned(record.passages.len() as u64))?;
    row.add("ordinal", Cell::Unsigned(ordinal))?;
    Ok(row.row)
}

struct RowMaker<'a> {
    schema: &'a Schema,
    row: Row,
}

impl RowMaker<'_> {
    fn add(&mut self, column: &str, cell: Cell) -> tantivy::Result<()> {
        self.row.0.push((self.schema.get_field(column)?, cell));
        Ok(())
    }
}

impl Row {
    fn document(&self) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        for (field, cell) in &self.0 {
            match cell {
                Cell::Text(text) => document.add_text(*field, text),
                Cell::Signed(number) => document.add_i64(*field, *number),
                Cell::Unsigned(number) => document.add_u64(*field, *number),
                Cell::Bytes(bytes) => document.add_bytes(*field, bytes),
            }
        }
        document
    }
}

/// Writes rows with one thread for each of the two indexes, without merging before the end, and then to one segment.
/// Gives back the time until the last row was added.
///
/// # Errors
/// When tantivy fails.
pub fn write_rows(folder: &Path, schemas: &Schemas, rows: &[BareRows]) -> anyhow::Result<Duration> {
    let start = Instant::now();
    let documents = writer(&folder.join("documents"), &schemas.documents)?;
    let passages = writer(&folder.join("passages"), &schemas.passages)?;
    for row in rows {
        for passage in &row.passages {
            passages.1.add_document(passage.document())?;
        }
        documents.1.add_document(row.document.document())?;
    }
    let added = start.elapsed();
    for (index, mut writer) in [documents, passages] {
        writer.commit()?;
        let segments = index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        writer.garbage_collect_files().wait()?;
        writer.wait_merging_threads()?;
    }
    Ok(added)
}

fn writer(folder: &Path, schema: &Schema) -> anyhow::Result<(Index, IndexWriter)> {
    fs::create_dir_all(folder)?;
    let index = Index::create_in_dir(folder, schema.clone())?;
    index.tokenizers().register(SPLIT, Split::default());
    let writer: IndexWriter = index.writer_with_num_threads(1, WRITER_MEMORY)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    Ok((index, writer))
}

/// Writes the plain texts of passages the way tantivy's users begin: its default threads, analysis and merging, one
/// field each for title, headings and text, the passage stored.
///
/// # Errors
/// When tantivy fails.
pub fn write_plain(folder: &Path, records: &[DocumentRecord]) -> anyhow::Result<()> {
    let mut builder = Schema::builder();
    let [title, headings, text] = ["title", "headings", "text"].map(|name| builder.add_text_field(name, TEXT));
    let stored = builder.add_bytes_field("stored", BytesOptions::default().set_stored());
    fs::create_dir_all(folder)?;
    let index = Index::create_in_dir(folder, builder.build())?;
    let mut writer: IndexWriter = index.writer(2 * WRITER_MEMORY)?;
    for record in records {
        for passage in record.passages.iter().map(|passage| &passage.passage) {
            let mut document = TantivyDocument::new();
            document.add_text(title, record.document.display_title());
            for heading in &passage.heading_path {
                document.add_text(headings, heading);
            }
            document.add_text(text, &passage.text);
            document.add_bytes(stored, &serde_json::to_vec(passage)?);
            writer.add_document(document)?;
        }
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

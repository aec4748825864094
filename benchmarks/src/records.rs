//! Records of a corpus, made as the indexer makes them, held in memory: so that building can be measured alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow};
use jiff::Timestamp;
use rcp_corpus::analysis::Analyzer;
use rcp_corpus::model::{DocumentId, Source};
use rcp_corpus::settings::{EXTRACTOR, Settings};
use rcp_corpus::taxonomy::Matcher;
use rcp_index::generation::{Build, BuildSettings, Manifest, Steps, Store};
use rcp_index::record::DocumentRecord;
use rcp_indexer::annotate::Annotator;
use rcp_indexer::extract::extract;
use rcp_indexer::metadata::CuratedMetadata;
use rcp_indexer::passages::read;
use rcp_indexer::record::RecordMaker;
use rcp_indexer::walk::walk;

/// Records with what it took to make them.
#[derive(Debug, Default)]
pub struct Records {
    /// In the order of their ids.
    pub records: Vec<DocumentRecord>,
    /// Bytes of the files that they were made of.
    pub bytes: u64,
    /// Passages in all of them together.
    pub passages: u64,
    /// Time by step: bytes to passages, passages to labels, labels and text to records.
    pub steps: [Duration; 3],
}

/// Reads the files of a corpus in the order of their names, until there are so many passages.
///
/// # Errors
/// When a file cannot be read: a corpus of the benchmarks has no such files.
pub fn records(folder: &Path, settings: &Settings, most_passages: u64) -> anyhow::Result<Records> {
    let files = walk(&[folder.to_owned()]).map_err(|(folder, error)| anyhow!("{}: {error}", folder.display()))?;
    let curated = CuratedMetadata::read(&files, &settings.taxonomy);
    let matcher = Matcher::new(&settings.taxonomy);
    let annotator = Annotator { taxonomy: &settings.taxonomy, matcher: &matcher, index_contacts: false };
    let maker = RecordMaker::new(Analyzer::new(&settings.analysis), &settings.taxonomy);
    let mut made = Records::default();
    for file in &files.documents {
        if made.passages >= most_passages {
            break;
        }
        let bytes = fs::read(&file.path).with_context(|| file.name.clone())?;
        let start = Instant::now();
        let extraction = &settings.index.extraction;
        let extracted = extract(&bytes, extraction.max_file_bytes).with_context(|| file.name.clone())?;
        let reading = read(extracted, extraction);
        let was_read = Instant::now();
        let source = Source {
            file: file.name.clone(),
            url: None,
            // Nothing is compared with it here.
            sha256: "0".repeat(64),
            media_type: reading.media_type.clone(),
            pages: reading.pages,
            extractor: EXTRACTOR.to_owned(),
        };
        let id = DocumentId::new(&format!("document-{:07}", made.records.len())).context("an id")?;
        let metadata = curated.of(&file.name)?;
        let annotated = annotator.annotate(id, source, reading, &metadata);
        let was_annotated = Instant::now();
        let record = maker.record(annotated);
        let steps = [was_read - start, was_annotated - was_read, was_annotated.elapsed()];
        for (sum, step) in made.steps.iter_mut().zip(steps) {
            *sum += step;
        }
        made.bytes += bytes.len() as u64;
        made.passages += record.passages.len() as u64;
        made.records.push(record);
    }
    Ok(made)
}

impl Records {
    /// Builds and publishes a generation of them in an empty folder; `steps` are told of each step.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn build(&self, folder: &Path, settings: &Settings, steps: Steps) -> anyhow::Result<Manifest> {
        let lock = Store::new(folder).lock()?;
        let facets = settings.taxonomy.facets().into_iter().map(|facet| facet.name).collect();
        let build_settings = BuildSettings { fingerprints: settings.fingerprints.clone(), facets };
        let mut build = Build::begin(&lock, None, build_settings, steps)?;
        for record in &self.records {
            build.add(record)?;
        }
        Ok(build.publish(BTreeMap::new(), Timestamp::now())?)
    }
}

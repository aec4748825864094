//! Synthetic corpora with the statistics of natural ones: as many passages as wanted, always the same for a seed.
//!
//! What makes an index large or slow is how words are spread, so that is what is imitated:
//!
//! - function words stand at the shares that they have in running text; listed content words follow the law of Zipf and
//!   Mandelbrot; behind them comes a tail of coined words without end, so that the vocabulary grows by the law of Heaps;
//! - a document comes back to words and phrases of its topic, so words come in bursts;
//! - phrases of the field stand in many documents, sometimes with a word between;
//! - passages and documents have lognormal lengths;
//! - processes, themes, types, countries and years are those of the configuration, some far more frequent than others.

mod coined;
mod concepts;
mod document;
mod draw;
mod lexicon;
mod prose;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use fastrand::Rng;
use rcp_corpus::taxonomy::Taxonomy;
use serde::{Deserialize, Serialize};

use concepts::Concepts;
use document::{Entry, document, draw_lexicon, file_name};
use lexicon::Lexicon;

/// Documents in one folder.
const FOLDER_SIZE: u64 = 250;

/// Raise it when the same seed gives other texts.
const VERSION: u32 = 1;

/// Marks a finished corpus; the indexer leaves hidden files aside.
const MARKER: &str = ".corpus.json";

/// What to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorpusOptions {
    /// Passages in all documents together.
    pub passages: u64,
    /// Another seed, another corpus.
    pub seed: u64,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// What was asked for.
    pub options: CorpusOptions,
    version: u32,
    /// Documents.
    pub documents: u64,
    /// Bytes of their texts.
    pub bytes: u64,
}

/// Writes a corpus into a folder that is empty or does not exist; where the same one is there already, nothing is
/// done. `progress` is told the number of passages written so far.
///
/// # Errors
/// When the folder holds something else, or cannot be written to.
pub fn write(
    folder: &Path,
    options: CorpusOptions,
    taxonomy: &Taxonomy,
    progress: &mut dyn FnMut(u64),
) -> anyhow::Result<Written> {
    if let Some(written) = existing(folder, options)? {
        return Ok(written);
    }
    let lexica = Lexicon::all()?;
    let concepts = Concepts::of(taxonomy);
    let mut written = Written { options, version: VERSION, documents: 0, bytes: 0 };
    let mut left = options.passages;
    let mut entries = Vec::new();
    let mut subfolder = folder.join("0000");
    while left > 0 {
        let number = written.documents;
        if number.is_multiple_of(FOLDER_SIZE) {
            write_manifest(&subfolder, &mut entries)?;
            subfolder = folder.join(format!("{:04}", number / FOLDER_SIZE));
            fs::create_dir_all(&subfolder).with_context(|| subfolder.display().to_string())?;
        }
        // Each document has a generator of its own, so it does not depend on those before it.
        let mut rng = Rng::with_seed(options.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number);
        let lexicon = draw_lexicon(&mut rng, &lexica);
        let mut document = document(lexicon, &concepts, rng, left);
        let name = file_name(number, lexicon.language, document.ending);
        let path = subfolder.join(&name);
        fs::write(&path, &document.text).with_context(|| path.display().to_string())?;
        if let Some(entry) = &mut document.entry {
            entry.file = name;
        }
        entries.extend(document.entry);
        left -= document.passages;
        written.documents += 1;
        written.bytes += document.text.len() as u64;
        progress(options.passages - left);
    }
    write_manifest(&subfolder, &mut entries)?;
    fs::write(folder.join(MARKER), serde_json::to_vec_pretty(&written)?)?;
    Ok(written)
}

/// The corpus that stands in the folder, if it is the one asked for.
fn existing(folder: &Path, options: CorpusOptions) -> anyhow::Result<Option<Written>> {
    let is_empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    if is_empty {
        return Ok(None);
    }
    let written: Option<Written> =
        fs::read(folder.join(MARKER)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    match written.filter(|written| written.options == options && written.version == VERSION) {
        Some(written) => Ok(Some(written)),
        None => bail!("{} holds something else than this corpus; name another folder, or empty it", folder.display()),
    }
}

/// Writes the metadata of a folder's documents.
fn write_manifest(folder: &Path, entries: &mut Vec<Entry>) -> anyhow::Result<()> {
    #[derive(Serialize)]
    struct Manifest {
        document: Vec<Entry>,
    }
    if entries.is_empty() {
        return Ok(());
    }
    let text = toml::to_string(&Manifest { document: std::mem::take(entries) })?;
    let path = folder.join("manifest.toml");
    fs::write(&path, text).with_context(|| path.display().to_string())
}

//! [`Sample`]: a generated corpus of a few hundred passages, indexed once.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use rcp_benchmarks::corpus::{self, CorpusOptions};
use rcp_benchmarks::records::{Records, records};
use rcp_corpus::settings::Settings;
use rcp_indexer::IndexOptions;
use rcp_query::Searcher;
use tempfile::TempDir;

/// Passages of the corpus.
const PASSAGES: u64 = 400;

/// A corpus with its index.
pub(crate) struct Sample {
    /// The configuration of the project.
    pub(crate) settings: Arc<Settings>,
    /// Documents and passages, ready to be built.
    pub(crate) made: Records,
    /// The open index.
    pub(crate) searcher: Searcher,
    folder: TempDir,
}

impl Sample {
    /// The sample, made when it is first asked for.
    pub(crate) fn get() -> &'static Sample {
        static SAMPLE: LazyLock<Sample> = LazyLock::new(|| Sample::make().expect("the sample can be made"));
        &SAMPLE
    }

    /// Folder of the index.
    pub(crate) fn index(&self) -> std::path::PathBuf {
        self.folder.path().join("index")
    }

    fn make() -> anyhow::Result<Sample> {
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../index-config");
        let settings = Arc::new(Settings::load(&config)?);
        let folder = tempfile::tempdir()?;
        let (documents, index) = (folder.path().join("corpus"), folder.path().join("index"));
        let options = CorpusOptions { passages: PASSAGES, seed: 7 };
        corpus::write(&documents, options, &settings.taxonomy, &mut |_| ())?;
        let made = records(&documents, &settings, PASSAGES)?;
        let options = IndexOptions::new(vec![documents], index.clone());
        rcp_indexer::index(&options, &settings, &mut |_| ())?;
        let searcher = Searcher::open(&index, Arc::clone(&settings))?;
        Ok(Sample { settings, made, searcher, folder })
    }
}

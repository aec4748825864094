//! A small configuration and folders to index.

use std::fs;
use std::path::Path;

use rcp_corpus::analysis::AnalysisSettings;
use rcp_corpus::model::Language;
use rcp_corpus::settings::{
    ExpansionSettings, ExtractionSettings, FieldBoosts, Fingerprints, IndexSettings, RankingSettings,
    SecondStageSettings, Settings,
};
use rcp_corpus::taxonomy::{Scheme, Taxonomy};
use rcp_indexer::{IndexError, IndexOptions, Report, index};
use tempfile::TempDir;

const SCHEMES: [&str; 5] = [
    r#"
    id = "rcp"
    label = { en = "Process" }
    facets = ["rcp", "mentions"]
    mentioned_as = "mentions"
    belonging = { most = 2, author_names = 2, names = 10, dominance = 5, dense_names = 4, dense_share = 0.01 }
    [[concept]]
    id = "sacm"
    label = { en = "South American Conference on Migration", es = "Conferencia Suramericana sobre Migraciones" }
    abbreviation = "SACM"
    weak_aliases = ["SACM", "CSM"]
    implies = { region = ["south-america"] }
    [[concept]]
    id = "rcm"
    label = { en = "Regional Conference on Migration" }
    weak_aliases = ["RCM"]
    implies = { region = ["central-america"] }
    [[concept]]
    id = "gfmd"
    label = { en = "Global Forum on Migration and Development" }
    attributes = { is_iscm = false }
    "#,
    r#"
    id = "region"
    label = { en = "Region" }
    facets = ["region"]
    [[concept]]
    id = "americas"
    label = { en = "Americas" }
    [[concept]]
    id = "south-america"
    label = { en = "South America" }
    broader = ["americas"]
    [[concept]]
    id = "central-america"
    label = { en = "Central America" }
    broader = ["americas"]
    "#,
    r#"
    id = "country"
    label = { en = "Country" }
    facets = ["country"]
    mentioned_as = "country"
    [[concept]]
    id = "cl"
    label = { en = "Chile" }
    [[concept]]
    id = "pe"
    label = { en = "Peru", es = "Perú", fr = "Pérou" }
    "#,
    r#"
    id = "document-type"
    label = { en = "Document type" }
    facets = ["type"]
    [[concept]]
    id = "concept-note"
    label = { en = "Concept note" }
    attributes = { priority = 2 }
    phrases = { en = { title = ["concept note"] }, es = { title = ["nota conceptual"] } }
    [[concept]]
    id = "declaration"
    label = { en = "Declaration" }
    phrases = { en = { title = ["declaration"] }, es = { title = ["declaración"] } }
    "#,
    r#"
    id = "theme"
    label = { en = "Theme" }
    facets = ["theme"]
    [[concept]]
    id = "health"
    label = { en = "Health" }
    phrases = { en = { strong = ["migrant health"] } }
    [classification]
    strong = 1.0
    weak = 0.3
    cap_per_phrase = 5
    primary_limit = 4
    primary_density = 0.5
    primary_hits = 3
    primary_distinct = 1
    secondary_density = 0.25
    secondary_hits = 2
    "#,
];

pub(crate) fn taxonomy() -> Taxonomy {
    let schemes = SCHEMES.iter().map(|scheme| toml::from_str::<Scheme>(scheme).unwrap()).collect();
    Taxonomy::new(schemes).unwrap()
}

pub(crate) fn extraction() -> ExtractionSettings {
    ExtractionSettings {
        languages: vec![Language::En, Language::Es, Language::Fr],
        index_contacts: false,
        max_file_bytes: 100_000,
        timeout_seconds: 30,
        max_memory_bytes: 512 << 20,
    }
}

pub(crate) fn settings() -> Settings {
    let boosts = FieldBoosts { body: 1.0, title: 1.5, headings: 0.6, facts: 0.8 };
    Settings {
        index: IndexSettings {
            extraction: extraction(),
            ranking: RankingSettings {
                k1: 1.2,
                b: 0.75,
                documents: boosts,
                passages: boosts,
                second_stage: SecondStageSettings::default(),
            },
            expansion: ExpansionSettings::default(),
        },
        taxonomy: taxonomy(),
        analysis: AnalysisSettings::default(),
        fingerprints: Fingerprints {
            extraction: "e".to_owned(),
            annotation: "n".to_owned(),
            analysis: "a".to_owned(),
            query: "q".to_owned(),
        },
    }
}

/// A temporary folder with a corpus and an index.
pub(crate) struct Corpus {
    folder: TempDir,
    pub(crate) settings: Settings,
}

impl Corpus {
    /// Files by path and content.
    pub(crate) fn new(files: &[(&str, &str)]) -> Corpus {
        let corpus = Corpus { folder: tempfile::tempdir().unwrap(), settings: settings() };
        fs::create_dir(corpus.folder.path().join("corpus")).unwrap();
        for (name, content) in files {
            corpus.write(name, content);
        }
        corpus
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join("corpus").join(name)
    }

    pub(crate) fn index_folder(&self) -> std::path::PathBuf {
        self.folder.path().join("index")
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn run(&self) -> Result<Report, IndexError> {
        self.run_with(|_| {})
    }

    pub(crate) fn run_with(&self, change: impl FnOnce(&mut IndexOptions)) -> Result<Report, IndexError> {
        let mut options = self.options();
        change(&mut options);
        index(&options, &self.settings, &mut |_| {})
    }

    pub(crate) fn options(&self) -> IndexOptions {
        IndexOptions::new(vec![self.path("")], self.index_folder())
    }
}

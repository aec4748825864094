//! Made-up corpora: documents written in a few words, indexed in a folder that is removed with the test.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rcp_corpus::analysis::{AnalysisSettings, Analyzer, fold};
use rcp_corpus::model::{DateRange, Document, DocumentId, Fact, Language, Passage, PassageId, PassageKind, Source};
use rcp_corpus::settings::Fingerprints;
use rcp_index::backend::{IndexBackend, Page};
use rcp_index::generation::{Build, BuildSettings, OpenGeneration, Reader, Steps, Store};
use rcp_index::plan::{Plan, Text, Unit};
use rcp_index::record::{DocumentRecord, PassageRecord, Tokens};
use rcp_index::scope::{PUBLIC, Scope};
use tempfile::TempDir;

/// Facets of every made-up corpus. No document has a value in `country`.
pub(crate) const FACETS: [&str; 4] = ["country", "rcp", "region", "theme"];

/// A document in the making. Its words are not stemmed; `the` and `of` are stop words.
pub(crate) struct Doc {
    record: DocumentRecord,
    headings: Vec<String>,
}

/// A public document without anything but its id.
pub(crate) fn doc(id: &str) -> Doc {
    let document = Document {
        id: DocumentId::new(id).unwrap(),
        work: None,
        collection: PUBLIC.to_owned(),
        title: None,
        event: None,
        date: None,
        year: None,
        venue: None,
        languages: vec![Language::Undetermined],
        labels: Vec::new(),
        source: Source {
            file: format!("{id}.txt"),
            url: None,
            sha256: "0".repeat(64),
            media_type: "text/plain".to_owned(),
            pages: None,
            extractor: "plain 1".to_owned(),
        },
        added: added(0),
        changed: added(0),
    };
    let (texts, facets) = (BTreeMap::new(), BTreeMap::new());
    let record = DocumentRecord { document, texts, facets, sort_title: None, passages: Vec::new() };
    Doc { record, headings: Vec::new() }
}

/// A minute of the day on which the corpora were indexed.
pub(crate) fn added(minute: i64) -> Timestamp {
    "2026-01-01T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minute)
}

impl Doc {
    pub(crate) fn collection(mut self, name: &str) -> Doc {
        self.record.document.collection = name.to_owned();
        self
    }

    pub(crate) fn title(mut self, title: &str) -> Doc {
        self.record.document.title = Some(Fact::curated(title.to_owned()));
        self.record.sort_title = Some(fold(title));
        self.add(Text::Title, title);
        self
    }

    pub(crate) fn facts(mut self, facts: &str) -> Doc {
        self.add(Text::Facts, facts);
        self
    }

    /// The heading of the passages that follow, in place of the one before.
    pub(crate) fn heading(mut self, heading: &str) -> Doc {
        self.headings = vec![heading.to_owned()];
        self.add(Text::Headings, heading);
        self.add(Text::Body, heading);
        self
    }

    pub(crate) fn date(mut self, date: &str) -> Doc {
        let date: DateRange = date.parse().unwrap();
        self.record.document.year = Some(Fact::curated(date.year()));
        self.record.document.date = Some(Fact::curated(date));
        self
    }

    pub(crate) fn added(mut self, minute: i64) -> Doc {
        self.record.document.added = added(minute);
        self
    }

    /// Values of the document and of its passages so far and to come.
    pub(crate) fn facet(mut self, facet: &str, values: &[&str]) -> Doc {
        self.record.facets.insert(facet.to_owned(), values.iter().map(|&value| value.to_owned()).collect());
        self
    }

    pub(crate) fn text(self, text: &str) -> Doc {
        self.passage(PassageKind::Paragraph, text)
    }

    pub(crate) fn passage(mut self, kind: PassageKind, text: &str) -> Doc {
        let ordinal = u32::try_from(self.record.passages.len()).unwrap();
        self.add(Text::Body, text);
        let headings = self.headings.iter().map(|heading| tokens(heading)).collect();
        let texts = [(Text::Body, vec![tokens(text)]), (Text::Headings, headings)].into();
        let passage = Passage {
            id: PassageId::new(&format!("n{ordinal}")).unwrap(),
            ordinal,
            number: None,
            heading_path: self.headings.clone(),
            page: None,
            language: Language::Undetermined,
            kind,
            text: text.to_owned(),
            labels: Vec::new(),
        };
        self.record.passages.push(PassageRecord { passage, texts, facets: BTreeMap::new() });
        self
    }

    pub(crate) fn record(mut self) -> DocumentRecord {
        let title = self.record.texts.get(&Text::Title).cloned();
        for passage in &mut self.record.passages {
            passage.texts.extend(title.clone().map(|title| (Text::Title, title)));
            passage.facets.clone_from(&self.record.facets);
        }
        self.record
    }

    fn add(&mut self, text: Text, value: &str) {
        self.record.texts.entry(text).or_default().push(tokens(value));
    }
}

fn tokens(text: &str) -> Tokens {
    let stop_words = [(Language::Undetermined, ["of", "the"].map(str::to_owned).into())].into();
    let analyzer = Analyzer::new(&AnalysisSettings { stop_words, ..AnalysisSettings::default() });
    Tokens::new(&analyzer, text, Language::Undetermined)
}

/// A published corpus, open for reading, with the records that it was made of.
pub(crate) struct Corpus {
    pub(crate) generation: Arc<OpenGeneration>,
    pub(crate) records: Vec<DocumentRecord>,
    _folder: TempDir,
}

impl Corpus {
    pub(crate) fn new(documents: impl IntoIterator<Item = Doc>) -> Corpus {
        let mut records: Vec<DocumentRecord> = documents.into_iter().map(Doc::record).collect();
        records.sort_by(|left, right| left.document.id.cmp(&right.document.id));
        let folder = scratch();
        let store = Store::new(folder.path().join("index"));
        let lock = store.lock().unwrap();
        let [extraction, annotation, analysis, query] = ["e", "n", "a", "q"].map(str::to_owned);
        let fingerprints = Fingerprints { extraction, annotation, analysis, query };
        let settings = BuildSettings { fingerprints, facets: FACETS.map(str::to_owned).to_vec() };
        let mut build = Build::begin(&lock, None, settings, Steps::default()).unwrap();
        for record in &records {
            build.add(record).unwrap();
        }
        build.publish(BTreeMap::new(), added(0)).unwrap();
        let generation = Reader::open(store).unwrap().current();
        Corpus { generation, records, _folder: folder }
    }

    pub(crate) fn search(&self, plan: &Plan) -> Page {
        self.search_in(&Scope::public(), plan)
    }

    pub(crate) fn search_in(&self, scope: &Scope, plan: &Plan) -> Page {
        self.generation.search(scope, plan).unwrap()
    }

    /// Compares the ids of all documents that match a plan, in their order; a passage is `id#ordinal`.
    #[track_caller]
    pub(crate) fn check(&self, plan: &Plan, expected: &str) {
        let page = self.search(plan);
        assert_eq!(names(&page).join(" "), expected, "{plan:#?}");
        assert_eq!(page.total, page.hits.len() as u64, "{plan:#?}");
    }
}

/// Names of the hits: `id`, or `id#ordinal` for a passage.
pub(crate) fn names(page: &Page) -> Vec<String> {
    let name = |hit: &rcp_index::backend::Hit| match hit.passage {
        Some(ordinal) => format!("{}#{ordinal}", hit.document),
        None => hit.document.to_string(),
    };
    page.hits.iter().map(name).collect()
}

/// Everything there is of a unit, in its order.
pub(crate) fn everything(unit: Unit) -> Plan {
    super::plans::plan(unit, rcp_index::plan::Clause::Everything)
}

/// A folder for one test, in memory where the system has such a place: every publish waits for the disk many times.
fn scratch() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap()
}

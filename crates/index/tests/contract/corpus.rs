//! Made-up corpora: documents written in a few words, and a generation of them in an engine.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rcp_corpus::analysis::{AnalysisSettings, Analyzer, fold};
use rcp_corpus::model::{
    DateRange, Document, DocumentId, Fact, Language, Passage, PassageId, PassageKind, Source, State,
};
use rcp_index::backend::{Hit, IndexBackend, Page, Unsearchable};
use rcp_index::plan::{Plan, Text};
use rcp_index::record::{DocumentRecord, PassageRecord, Tokens};
use rcp_index::scope::{PUBLIC, Scope};

use crate::engine::{Contents, Engine};

/// Facets of every made-up corpus. No document has a value in `country`.
pub(crate) const FACETS: [&str; 4] = ["country", "rcp", "region", "theme"];

/// A document in the making. Its words are not stemmed; `the` and `of` are stop words.
#[derive(Debug, Clone)]
pub(crate) struct Doc {
    record: DocumentRecord,
    headings: Vec<String>,
    next_ordinal: u32,
}

/// A public document without anything but its id.
pub(crate) fn doc(id: &str) -> Doc {
    let source = Source {
        file: format!("{id}.txt"),
        url: None,
        sha256: "0".repeat(64),
        media_type: "text/plain".to_owned(),
        pages: None,
        extractor: "plain 1".to_owned(),
    };
    let document = Document {
        languages: vec![Language::Undetermined],
        added: added(0),
        changed: added(0),
        ..Document::new(DocumentId::new(id).unwrap(), PUBLIC, source)
    };
    let (texts, facets) = (BTreeMap::new(), BTreeMap::new());
    let record = DocumentRecord { document, texts, facets, sort_title: None, passages: Vec::new() };
    Doc { record, headings: Vec::new(), next_ordinal: 0 }
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

    pub(crate) fn is_in(&self, collection: &str) -> bool {
        self.record.document.collection == collection
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

    /// The year that it is filed under, if another than that of its date.
    pub(crate) fn year(mut self, year: i16) -> Doc {
        self.record.document.year = Some(Fact::curated(year));
        self
    }

    pub(crate) fn added(mut self, minute: i64) -> Doc {
        self.record.document.added = added(minute);
        self
    }

    /// Values of the document, and of those of its passages that have none of their own.
    pub(crate) fn facet(mut self, facet: &str, values: &[&str]) -> Doc {
        self.record.facets.insert(facet.to_owned(), owned(values));
        self
    }

    /// Values of the last passage in place of the document's.
    pub(crate) fn own(mut self, facet: &str, values: &[&str]) -> Doc {
        self.record.passages.last_mut().unwrap().facets.insert(facet.to_owned(), owned(values));
        self
    }

    /// A passage that is not indexed, as contact data is not: its ordinal is left out.
    pub(crate) fn gap(mut self) -> Doc {
        self.next_ordinal += 1;
        self
    }

    pub(crate) fn text(self, text: &str) -> Doc {
        self.passage(PassageKind::Paragraph, text)
    }

    pub(crate) fn passage(mut self, kind: PassageKind, text: &str) -> Doc {
        let ordinal = self.next_ordinal;
        self.next_ordinal += 1;
        self.add(Text::Body, text);
        let headings = self.headings.iter().map(|heading| tokens(heading)).collect();
        let texts = [(Text::Body, vec![tokens(text)]), (Text::Headings, headings)].into();
        let id = PassageId::new(&format!("n{ordinal}")).unwrap();
        let heading_path = self.headings.clone();
        let passage = Passage { heading_path, kind, ..Passage::new(id, ordinal, Language::Undetermined, text) };
        self.record.passages.push(PassageRecord { passage, texts, facets: BTreeMap::new() });
        self
    }

    pub(crate) fn record(mut self) -> DocumentRecord {
        let title = self.record.texts.get(&Text::Title).cloned();
        for passage in &mut self.record.passages {
            passage.texts.extend(title.clone().map(|title| (Text::Title, title)));
            for (facet, values) in &self.record.facets {
                passage.facets.entry(facet.clone()).or_insert_with(|| values.clone());
            }
        }
        self.record
    }

    fn add(&mut self, text: Text, value: &str) {
        self.record.texts.entry(text).or_default().push(tokens(value));
    }
}

fn owned(values: &[&str]) -> Vec<String> {
    values.iter().map(|&value| value.to_owned()).collect()
}

/// What analysis makes of a text.
pub(crate) fn tokens(text: &str) -> Tokens {
    let stop_words = [(Language::Undetermined, ["of", "the"].map(str::to_owned).into())].into();
    let analyzer = Analyzer::new(&AnalysisSettings { stop_words, ..AnalysisSettings::default() });
    Tokens::new(&analyzer, text, Language::Undetermined)
}

/// A generation in an engine.
pub(crate) struct Corpus<E> {
    engine: E,
}

impl<E: Engine> Corpus<E> {
    pub(crate) fn new(documents: impl IntoIterator<Item = Doc>) -> Corpus<E> {
        Corpus { engine: E::of(&contents(documents)) }
    }

    /// As [`Corpus::new`], with files that cannot be searched: collection and name of each.
    pub(crate) fn with_unsearchable(documents: impl IntoIterator<Item = Doc>, files: &[(&str, &str)]) -> Corpus<E> {
        let mut contents = contents(documents);
        for (collection, file) in files {
            let unsearchable = Unsearchable { file: (*file).to_owned(), state: State::NoText };
            contents.unsearchable.entry((*collection).to_owned()).or_default().push(unsearchable);
        }
        Corpus { engine: E::of(&contents) }
    }

    pub(crate) fn backend(&self) -> &dyn IndexBackend {
        self.engine.backend()
    }

    pub(crate) fn search(&self, plan: &Plan) -> Page {
        self.search_in(&Scope::public(), plan)
    }

    pub(crate) fn search_in(&self, scope: &Scope, plan: &Plan) -> Page {
        self.backend().search(scope, plan).unwrap()
    }

    /// Compares the names of all hits of a plan, in their order.
    #[track_caller]
    pub(crate) fn check(&self, plan: &Plan, expected: &str) {
        let page = self.search(plan);
        assert_eq!(names(&page).join(" "), expected, "{plan:#?}");
        assert_eq!(page.total, page.hits.len() as u64, "{plan:#?}");
    }

    /// Score of one hit of a plan.
    #[track_caller]
    pub(crate) fn score(&self, plan: &Plan, name: &str) -> f32 {
        let page = self.search(plan);
        let hit = page.hits.iter().find(|hit| self::name(hit) == name);
        hit.unwrap_or_else(|| panic!("{name} is no hit of {plan:#?}")).score
    }
}

/// What a generation of these documents is made of.
pub(crate) fn contents(documents: impl IntoIterator<Item = Doc>) -> Contents {
    let mut records: Vec<DocumentRecord> = documents.into_iter().map(Doc::record).collect();
    records.sort_by(|left, right| left.document.id.cmp(&right.document.id));
    Contents { records, unsearchable: BTreeMap::new() }
}

/// Name of a hit: `id`, or `id#ordinal` for a passage.
pub(crate) fn name(hit: &Hit) -> String {
    match hit.passage {
        Some(ordinal) => format!("{}#{ordinal}", hit.document),
        None => hit.document.to_string(),
    }
}

/// Names of the hits, in their order.
pub(crate) fn names(page: &Page) -> Vec<String> {
    page.hits.iter().map(name).collect()
}

/// Ids of documents.
pub(crate) fn ids(ids: &[&str]) -> Vec<DocumentId> {
    ids.iter().map(|id| DocumentId::new(id).unwrap()).collect()
}

/// The public collection and the one that made-up corpora restrict.
pub(crate) fn both() -> Scope {
    Scope::with(["closed".to_owned()])
}

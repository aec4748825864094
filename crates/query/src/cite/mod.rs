//! From a reference as people write it to the document and passage that it means.
//!
//! ```text
//! reference ─┬─ pointer    an address, or an id                                    ──┐
//!            ├─ citation    as this program writes it, in any of its languages      ─┼─> what it means: one, several, nothing
//!            └─ description every word of it in title and facts, and a place behind ──┘
//! ```
//!
//! The first way that leads somewhere counts. **Nothing is guessed.** A description means a document only if every word of
//! it stands in the document's title or facts (its event with the ordinal in every form, venue, date, all names of its
//! processes), or in the name of its type; no word is corrected, expanded or let go. What fits several documents, or
//! several passages, means all of them; a single word is never enough to mean one for certain.

mod locator;
mod pointer;

use rcp_corpus::analysis::{Word, words};
use rcp_corpus::model::{Document, DocumentId, Language, Passage, PassageId};
use rcp_corpus::settings::FieldBoosts;
use rcp_corpus::taxonomy::Taxonomy;
use rcp_index::plan::{Budget, PageRequest, Plan, Sort, Unit};
use rcp_index::scope::Scope;
use unicode_normalization::UnicodeNormalization;

use crate::SearchError;
use crate::citation::{Names, Reference, citation, cited_place, passage_label};
use crate::compile::Boosts;
use crate::hits::whole_passage;
use crate::request::{MatchMode, SearchRequest};
use crate::response::{DocumentView, EvidencePassage};
use crate::snapshot::Snapshot;
use locator::{Split, split};
use pointer::Pointer;

/// Most documents that are compared with a reference.
const COMPARED: usize = 100;

/// Most different words of a reference: more than a query has bits for would be let go.
const MAX_WORDS: usize = 64;

/// A document, or a passage of it, to be cited.
#[derive(Debug, Clone, PartialEq)]
pub struct Cited {
    /// The document.
    pub document: DocumentView,
    /// The passage; its text is one unmarked segment.
    pub passage: Option<EvidencePassage>,
}

impl Cited {
    /// How to cite it, as text.
    #[must_use]
    pub fn citation(&self) -> &str {
        self.passage.as_ref().map_or(&self.document.citation, |passage| &passage.citation)
    }

    /// The same as bibliographic data: see [`Reference::new`].
    #[must_use]
    pub fn reference(&self, taxonomy: &Taxonomy, site: Option<&str>, ui: Language) -> Reference {
        let reference = Reference::new(&self.document.document, taxonomy, site, ui);
        match &self.passage {
            Some(evidence) => reference.at(&evidence.passage, site, ui),
            None => reference,
        }
    }
}

/// What a reference means.
#[derive(Debug, Clone, PartialEq)]
pub struct CiteResponse {
    /// What was read in it.
    pub understood: Understood,
    /// What it may mean, at most [`CiteResponse::MAX_CANDIDATES`].
    pub candidates: Vec<Cited>,
    /// Whether it means the one candidate there is.
    pub is_certain: bool,
    /// Identifies the content and settings that answered.
    pub index_version: String,
}

impl CiteResponse {
    /// Most candidates of an answer.
    pub const MAX_CANDIDATES: usize = 20;
}

/// What was read in a reference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Understood {
    /// The id of a document.
    pub document: Option<String>,
    /// Words that describe one.
    pub words: Option<String>,
    /// The place in it.
    pub place: Option<String>,
}

/// Documents that a reference may mean, each with those of its passages that it may mean.
type Meant = Vec<(Document, Vec<Passage>)>;

impl Snapshot {
    /// A document by id, with a passage of it where one is asked for and there is, also by an id that it had before;
    /// `None` for a document that the scope does not hold.
    ///
    /// # Errors
    /// When the index fails.
    pub fn cited(
        &self,
        scope: &Scope,
        document: &DocumentId,
        passage: Option<&PassageId>,
        ui: Language,
    ) -> Result<Option<Cited>, SearchError> {
        let Some(found) = self.read_documents(scope, std::slice::from_ref(document))?.pop() else { return Ok(None) };
        let passages = if passage.is_some() { self.passages_of(scope, document)? } else { Vec::new() };
        let passage = passage.map(|passage| found.current_id(passage));
        let passage = passages.into_iter().find(|candidate| Some(&candidate.id) == passage);
        Ok(Some(self.view(found, passage, ui)))
    }

    /// What a reference means. Blocks.
    ///
    /// # Errors
    /// When the index fails.
    pub fn cite(&self, scope: &Scope, reference: &str, ui: Language) -> Result<CiteResponse, SearchError> {
        let reference: String = reference.trim().nfc().collect();
        let (understood, meant, is_enough) = match Pointer::read(&reference) {
            Some(pointer) => match self.pointed(scope, &pointer)? {
                Some(meant) => (pointer.understood(), meant, true),
                None if pointer.is_address => (pointer.understood(), Vec::new(), true),
                None => self.in_words(scope, &reference)?,
            },
            None => self.in_words(scope, &reference)?,
        };
        let mut candidates = Vec::new();
        for (document, passages) in meant {
            if passages.is_empty() {
                candidates.push(self.view(document, None, ui));
            } else {
                let each = passages.into_iter().map(|passage| self.view(document.clone(), Some(passage), ui));
                candidates.extend(each);
            }
        }
        let is_certain = is_enough && candidates.len() == 1;
        candidates.truncate(CiteResponse::MAX_CANDIDATES);
        Ok(CiteResponse { understood, candidates, is_certain, index_version: self.version(scope) })
    }

    /// What an address or id leads to; `None` where there is no such document, nothing where it has no such place.
    fn pointed(&self, scope: &Scope, pointer: &Pointer) -> Result<Option<Meant>, SearchError> {
        let Some(document) = self.read_documents(scope, std::slice::from_ref(&pointer.document))?.pop() else {
            return Ok(None);
        };
        let Some(place) = &pointer.place else { return Ok(Some(vec![(document, Vec::new())])) };
        let passages = self.passages_of(scope, &document.id)?;
        let place_now = document.moved.iter().find(|(former, _)| former.as_str() == place);
        let id = place_now.map_or(place.as_str(), |(_, now)| now.as_str());
        let by_id: Vec<Passage> = passages.iter().filter(|passage| passage.id.as_str() == id).cloned().collect();
        let found = if by_id.is_empty() && !pointer.is_exact { at_place(&passages, place) } else { by_id };
        Ok(Some(if found.is_empty() { Vec::new() } else { vec![(document, found)] }))
    }

    /// What a reference without id means, and whether it says enough to be certain of it.
    fn in_words(&self, scope: &Scope, reference: &str) -> Result<(Understood, Meant, bool), SearchError> {
        let as_cited = self.as_cited(scope, reference)?;
        if !as_cited.is_empty() {
            let understood = Understood { words: Some(reference.to_owned()), ..Understood::default() };
            return Ok((understood, as_cited, true));
        }
        let whole = self.described(scope, reference)?;
        let Some(Split { description, place, locators }) = split(reference) else {
            let understood = Understood { words: Some(reference.to_owned()), ..Understood::default() };
            let whole = whole.into_iter().map(|document| (document, Vec::new()));
            return Ok((understood, whole.collect(), words(reference).len() > 1));
        };
        let mut meant: Meant = Vec::new();
        for document in self.described(scope, &description)? {
            let found = locator::all(&self.passages_of(scope, &document.id)?, &locators);
            if !found.is_empty() {
                meant.push((document, found));
            }
        }
        // What reads like a place may be the end of another document's title.
        let is_other = |document: &Document| !meant.iter().any(|(located, _)| located.id == document.id);
        let others: Vec<Document> = whole.into_iter().filter(is_other).collect();
        meant.extend(others.into_iter().map(|document| (document, Vec::new())));
        let is_enough = words(&description).len() > 1;
        Ok((Understood { words: Some(description), place: Some(place), document: None }, meant, is_enough))
    }

    /// The documents, or passages, whose citation the reference is, in whatever language. Of citations that begin each other,
    /// the longest counts.
    fn as_cited(&self, scope: &Scope, reference: &str) -> Result<Meant, SearchError> {
        let said = words(reference);
        let mut longest = 0;
        let mut cited: Meant = Vec::new();
        let likely = self.with_words(scope, reference, MatchMode::Any, COMPARED)?;
        for document in self.read_documents(scope, &likely)? {
            let names = Names::of(&document, &self.settings.taxonomy);
            let lengths = Language::ANALYSED.map(|ui| words(&citation(&document, names, ui)));
            let lengths = lengths.iter().filter(|cited| begins(&said, cited)).map(Vec::len);
            let Some(length) = lengths.max().filter(|length| *length >= longest) else { continue };
            let behind = said.get(length).map(|word| &reference[word.span.start..]);
            let passages = match behind {
                None => Vec::new(),
                Some(place) => {
                    let found = as_cited_place(&self.passages_of(scope, &document.id)?, place);
                    if found.is_empty() {
                        continue;
                    }
                    found
                }
            };
            if length > longest {
                cited.clear();
                longest = length;
            }
            cited.push((document, passages));
        }
        Ok(cited)
    }

    /// The documents that have every word of a description in title or facts, or else all but words that name their type.
    fn described(&self, scope: &Scope, description: &str) -> Result<Vec<Document>, SearchError> {
        let limit = CiteResponse::MAX_CANDIDATES + 1;
        let found = self.with_words(scope, description, MatchMode::All, limit)?;
        if !found.is_empty() {
            return self.read_documents(scope, &found);
        }
        let of_types = self.settings.taxonomy.scheme_of_facet("type").map_or(&[][..], |scheme| &scheme.concepts);
        let type_words: Vec<Word> =
            of_types.iter().flat_map(|concept| concept.label.iter()).flat_map(|(_, label)| words(label)).collect();
        let names_a_type = |word: &Word| type_words.iter().any(|of_type| of_type.folded == word.folded);
        let is_small = |word: &Word| {
            Language::ANALYSED.into_iter().any(|language| self.analyzer.is_stop_word(&word.folded, language))
        };
        let telling = words(description).into_iter().filter(|word| !is_small(word));
        let (kind, rest): (Vec<Word>, Vec<Word>) = telling.partition(names_a_type);
        if kind.is_empty() || rest.is_empty() {
            return Ok(Vec::new());
        }
        let rest: Vec<&str> = rest.iter().map(|word| &description[word.span.clone()]).collect();
        let found = self.with_words(scope, &rest.join(" "), MatchMode::All, COMPARED)?;
        let mut documents = self.read_documents(scope, &found)?;
        documents.retain(|document| {
            let named = document.concepts("type").filter_map(|id| self.settings.taxonomy.concept("type", id));
            let labels = named.flat_map(|concept| concept.label.iter()).map(|(_, label)| label);
            let title = document.title.as_ref().map(|title| title.value.as_str());
            let says: Vec<Word> = labels.chain(title).flat_map(words).collect();
            kind.iter().all(|word| says.iter().any(|said| said.folded == word.folded))
        });
        Ok(documents)
    }

    /// The documents that have words in title or facts, the best first. None for a text without words.
    fn with_words(
        &self,
        scope: &Scope,
        text: &str,
        match_mode: MatchMode,
        limit: usize,
    ) -> Result<Vec<DocumentId>, SearchError> {
        let words = words(text);
        if match_mode == MatchMode::All && words.len() > MAX_WORDS {
            return Ok(Vec::new());
        }
        // Bare words in small letters, so that nothing is an operator of the query language.
        let bare: Vec<String> = words.iter().map(|word| text[word.span.clone()].to_lowercase()).collect();
        let request =
            SearchRequest { expand: false, correct: false, ..SearchRequest::new(Unit::Documents, &bare.join(" ")) };
        let (_, _, _, query) = self.understand(scope, &request)?;
        if query.tree.is_none() {
            return Ok(Vec::new());
        }
        let fields = FieldBoosts { body: 0.0, title: 1.0, headings: 0.0, facts: 1.0 };
        let plan = Plan {
            unit: Unit::Documents,
            clause: query.clause(Boosts { unit: Unit::Documents, fields }, match_mode, 0),
            words: query.words(),
            filters: Vec::new(),
            facets: Vec::new(),
            crosses: Vec::new(),
            sort: Sort::Relevance,
            page: PageRequest { offset: 0, limit, after: None },
            similarity: self.similarity(),
            budget: Budget::default(),
        };
        let page = self.backend().search(scope, &plan)?;
        Ok(page.hits.into_iter().map(|hit| hit.document).collect())
    }

    fn read_documents(&self, scope: &Scope, ids: &[DocumentId]) -> Result<Vec<Document>, SearchError> {
        Ok(self.backend().documents(scope, ids)?.into_iter().flatten().collect())
    }

    fn passages_of(&self, scope: &Scope, id: &DocumentId) -> Result<Vec<Passage>, SearchError> {
        Ok(self.backend().passages(scope, id)?.unwrap_or_default())
    }

    fn view(&self, document: Document, passage: Option<Passage>, ui: Language) -> Cited {
        let citation = citation(&document, Names::of(&document, &self.settings.taxonomy), ui);
        let passage = passage.map(|passage| whole_passage(&citation, passage, ui));
        Cited { document: DocumentView { document, citation }, passage }
    }
}

/// Whether a text begins with another, word by word.
fn begins(said: &[Word], cited: &[Word]) -> bool {
    !cited.is_empty()
        && said.len() >= cited.len()
        && said.iter().zip(cited).all(|(said, cited)| said.folded == cited.folded)
}

/// The passages at a place as this program writes it, or as people do.
fn at_place(passages: &[Passage], place: &str) -> Vec<Passage> {
    let as_cited = as_cited_place(passages, place);
    match split(place).filter(|split| split.description.is_empty()) {
        Some(split) if as_cited.is_empty() => locator::all(passages, &split.locators),
        _ => as_cited,
    }
}

/// The passages whose place this program writes so, in whatever language.
fn as_cited_place(passages: &[Passage], place: &str) -> Vec<Passage> {
    let said = words(place);
    let is_said = |text: String| {
        let words = words(&text);
        words.len() == said.len() && begins(&said, &words)
    };
    let is_cited = |passage: &&Passage| {
        Language::ANALYSED
            .into_iter()
            .any(|ui| is_said(cited_place(passage, ui)) || is_said(passage_label(passage, ui)))
    };
    passages.iter().filter(is_cited).cloned().collect()
}

//! Similar documents: those with the words that tell a document from others.
//!
//! Its words count `tf × idf`, with tf the frequency in its passages and `idf = ln(1 + (n − df + 0.5) / (df + 0.5))` over
//! the scope; the 25 that count most are looked for together, each with the weight `tf / (tf + 2)`. Beside
//! them stand the concepts that the document is about, each with its names in every language: they find what was written
//! in another one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rcp_corpus::model::{Document, DocumentId, Language, Passage, PassageKind};
use rcp_corpus::taxonomy::names::{Name, NamedConcept};
use rcp_corpus::vocabulary::Vocabulary;
use rcp_index::backend::{ExplainRequest, Hit};
use rcp_index::plan::{Budget, Clause, Filter, Form, Leaf, Member, PageRequest, Phrase, Plan, Slot, Sort, Unit, Words};
use rcp_index::scope::Scope;

use crate::SearchError;
use crate::compile::{Group, Query, Tree};
use crate::facets::{self, label};
use crate::request::{MatchMode, SearchRequest};
use crate::response::DocumentView;
use crate::snapshot::Snapshot;

/// Words of a document that are looked for.
const MAX_TERMS: usize = 25;
/// Concepts of a document that are looked for.
const MAX_CONCEPTS: usize = 12;
/// Names of a concept that are looked for.
const MAX_NAMES: usize = 40;
/// Passages of a document that are read for its words.
const MAX_PASSAGES: usize = 1_000;
/// Of words and concepts, how many a similar document shares at least.
const LEAST_SHARED: u32 = 2;
/// Shortest word that tells something, in characters.
const MIN_CHARS: usize = 3;
/// Frequency at which a word has half the highest weight.
const HALF_WEIGHT: f32 = 2.0;
/// Copies and versions of a document that are passed over.
const MAX_COPIES: usize = 50;
/// Reasons shown for each document.
const MAX_WHY: usize = 5;

/// Answer to a request for similar documents.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarResponse {
    /// Identifies content and settings of the scope.
    pub index_version: String,
    /// Whether the work that a request may cause ended before all was seen.
    pub partial: bool,
    /// The document.
    pub document: DocumentView,
    /// Other documents, the most similar first. Copies of its text and its language versions are left out.
    pub similar: Vec<SimilarDocument>,
}

/// A document that is similar to another.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarDocument {
    /// The document.
    pub document: DocumentView,
    /// How similar; only the order within one answer means something.
    pub score: f32,
    /// What both have: words and labels of concepts, those that count most first, at most 5.
    pub why: Vec<String>,
}

/// A word or concept to look for.
struct Telling {
    /// As it is shown.
    shown: String,
    members: Vec<Member>,
    weight: f32,
}

impl Snapshot {
    /// The documents that are most like one, `None` for an unknown document. Of the request count the filters, `limit` and
    /// `ui`.
    ///
    /// # Errors
    /// When a filter has a value that its facet cannot have, or the index fails.
    pub fn similar(
        &self,
        scope: &Scope,
        id: &DocumentId,
        request: &SearchRequest,
    ) -> Result<Option<SimilarResponse>, SearchError> {
        let Some(passages) = self.backend().passages(scope, id)? else { return Ok(None) };
        let Some(view) = self.documents(scope, std::slice::from_ref(id), request.ui)?.pop().flatten() else {
            return Ok(None);
        };
        let mut telling = self.telling_words(scope, &passages);
        telling.extend(self.telling_concepts(&view.document, request.ui));
        let mut filters = facets::filters(&self.settings().taxonomy, request)?;
        filters.push(Filter::Not(Box::new(Filter::Documents(vec![id.clone()]))));
        let leaves: Vec<Vec<Leaf>> = (0..).zip(&telling).map(|(place, one)| self.leaves(place, one)).collect();
        let all_leaves: Vec<Leaf> = leaves.iter().flatten().cloned().collect();
        let minimum = LEAST_SHARED.min(u32::try_from(telling.len()).unwrap_or(u32::MAX));
        let clause = if telling.is_empty() {
            Clause::Nothing
        } else {
            Clause::Words(Words { leaves: all_leaves.clone(), minimum })
        };
        let plan = Plan {
            unit: Unit::Documents,
            clause,
            words: 0,
            filters,
            facets: Vec::new(),
            crosses: Vec::new(),
            sort: Sort::Relevance,
            page: PageRequest { offset: 0, limit: request.limit + MAX_COPIES, after: None },
            similarity: self.similarity(),
            budget: Budget::default(),
        };
        let page = self.backend().search(scope, &plan)?;
        let others = self.others(scope, &view.document, page.hits, request)?;
        let records: Vec<(DocumentId, u32)> = others.iter().map(|(hit, _)| (hit.document.clone(), 0)).collect();
        let explain = ExplainRequest {
            unit: Unit::Documents,
            leaves: &all_leaves,
            similarity: self.similarity(),
            records: &records,
            budget: Budget::default(),
        };
        let explanation = self.backend().explain(scope, &explain)?;
        let similar = others.into_iter().zip(&explanation.records).map(|((hit, document), matches)| {
            let scores: Vec<f32> = matches.iter().map(|found| found.score).collect();
            SimilarDocument { document, score: hit.score, why: why(&telling, &leaves, &scores) }
        });
        Ok(Some(SimilarResponse {
            index_version: self.version(scope),
            partial: page.partial || explanation.partial,
            similar: similar.collect(),
            document: view,
        }))
    }

    /// The words of passages that tell them from others, those that count most first.
    fn telling_words(&self, scope: &Scope, passages: &[Passage]) -> Vec<Telling> {
        let mut stems: BTreeMap<String, BTreeMap<String, (String, u32)>> = BTreeMap::new();
        for passage in passages.iter().filter(|passage| passage.kind != PassageKind::Contact).take(MAX_PASSAGES) {
            for token in self.analyzer.analyze(&passage.text, passage.language) {
                let Some(stem) = token.stem.filter(|_| self.is_telling(&token.exact)) else { continue };
                let forms = stems.entry(stem).or_default();
                let surface = || (passage.text[token.span.clone()].to_lowercase(), 0);
                forms.entry(token.exact).or_insert_with(surface).1 += 1;
            }
        }
        let vocabularies = self.backend().vocabularies(scope);
        let documents = self.backend().coverage(scope).searchable as f32;
        let mut ranked: Vec<(f32, u32, String, String)> = Vec::new();
        for (stem, forms) in stems {
            let df = forms.keys().map(|form| documents_with(&vocabularies, form)).max().unwrap_or(0);
            // What no other document has finds none.
            if df < 2 {
                continue;
            }
            let frequency = forms.values().map(|(_, count)| count).sum::<u32>();
            let idf = (1.0 + (documents - df as f32 + 0.5).max(0.0) / (df as f32 + 0.5)).ln();
            // Of equally frequent forms the first in the alphabet.
            let Some((shown, _)) = forms.into_values().rev().max_by_key(|(_, count)| *count) else { continue };
            ranked.push((frequency as f32 * idf, frequency, stem, shown));
        }
        ranked.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.2.cmp(&right.2)));
        ranked.truncate(MAX_TERMS);
        let telling = ranked.into_iter().map(|(_, frequency, stem, shown)| {
            let weight = frequency as f32 / (frequency as f32 + HALF_WEIGHT);
            Telling { shown, members: vec![Member::term(&stem)], weight }
        });
        telling.collect()
    }

    /// Whether a word may tell what a text is about: no number, and no stop word of any language.
    fn is_telling(&self, folded: &str) -> bool {
        let is_stop_word = |language| self.analyzer.is_stop_word(folded, language);
        folded.chars().count() >= MIN_CHARS
            && !folded.chars().any(char::is_numeric)
            && !Language::ANALYSED.into_iter().any(is_stop_word)
    }

    /// The concepts of a document whose names stand for each other, each with its names in every language.
    fn telling_concepts(&self, document: &Document, ui: Language) -> Vec<Telling> {
        let taxonomy = &self.settings().taxonomy;
        let mut telling = Vec::new();
        let mut seen = BTreeSet::new();
        for concept_label in &document.labels {
            let Some(scheme) = taxonomy.scheme_of_facet(&concept_label.facet) else { continue };
            if telling.len() == MAX_CONCEPTS || !seen.insert((scheme.id.as_str(), concept_label.concept.as_str())) {
                continue;
            }
            let is_named = |named: &&NamedConcept| {
                named.equivalent && named.scheme == scheme.id && named.concept == concept_label.concept
            };
            let names = self.names.concepts().iter().filter(is_named).flat_map(|named| &named.names);
            // Abbreviations and everyday words mean other things too.
            let names = names.filter(|name| !name.abbreviation && !name.risky).take(MAX_NAMES);
            let members: Vec<Member> = names.filter_map(|name| self.name(name)).collect();
            if !members.is_empty() {
                let shown = label(taxonomy, &concept_label.facet, &concept_label.concept, ui);
                telling.push(Telling { shown, members, weight: 1.0 });
            }
        }
        telling
    }

    /// A name as a phrase of stems, with a gap for each stop word.
    fn name(&self, name: &Name) -> Option<Member> {
        let tokens = self.analyzer.analyze(&name.text, name.language);
        let slots = (0..).zip(tokens).filter_map(|(offset, token)| Some(Slot { offset, tokens: vec![token.stem?] }));
        let mut slots: Vec<Slot> = slots.collect();
        let first = slots.first()?.offset;
        slots.iter_mut().for_each(|slot| slot.offset -= first);
        Some(Member { phrase: Phrase { slots, slop: 0 }, weight: 1.0 })
    }

    /// What is looked for in the fields of documents, as the word of this number.
    fn leaves(&self, place: u32, telling: &Telling) -> Vec<Leaf> {
        let group = Group {
            form: Form::Stem,
            only: None,
            words: 1_u64.checked_shl(place).unwrap_or(0),
            repeats: 1,
            stop_word: None,
            weight: telling.weight,
            quoted: false,
            members: telling.members.clone(),
            expanded: Vec::new(),
        };
        let query = Query { tree: Some(Tree::Words(vec![group])), ..Query::default() };
        match query.clause(self.boosts(Unit::Documents), MatchMode::Any, 0) {
            Clause::Words(words) => words.leaves,
            _ => Vec::new(),
        }
    }

    /// The documents of hits in their order, without copies of one text and without versions of `document`.
    fn others(
        &self,
        scope: &Scope,
        document: &Document,
        hits: Vec<Hit>,
        request: &SearchRequest,
    ) -> Result<Vec<(Hit, DocumentView)>, SearchError> {
        let ids: Vec<DocumentId> = hits.iter().map(|hit| hit.document.clone()).collect();
        let mut seen = BTreeSet::from([text_of(document).clone()]);
        let work = document.work.as_ref().map(|work| work.value.as_str());
        let mut others = Vec::new();
        for (hit, view) in hits.into_iter().zip(self.documents(scope, &ids, request.ui)?) {
            let Some(view) = view else { continue };
            let is_version = work.is_some() && view.document.work.as_ref().map(|work| work.value.as_str()) == work;
            if others.len() < request.limit && !is_version && seen.insert(text_of(&view.document).clone()) {
                others.push((hit, view));
            }
        }
        Ok(others)
    }
}

/// What documents with nearly the same text have in common.
fn text_of(document: &Document) -> &DocumentId {
    document.same_text.as_ref().map_or(&document.id, |same| &same.value)
}

fn documents_with(vocabularies: &[Arc<Vocabulary>], folded: &str) -> u64 {
    vocabularies.iter().filter_map(|vocabulary| vocabulary.get(folded)).map(|entry| u64::from(entry.documents)).sum()
}

/// What scores most on a document; `scores` are those of all leaves in their order.
fn why(telling: &[Telling], leaves: &[Vec<Leaf>], scores: &[f32]) -> Vec<String> {
    let mut begin = 0;
    let mut ranked = Vec::new();
    for (place, (one, leaves)) in telling.iter().zip(leaves).enumerate() {
        let score: f32 = scores[begin..begin + leaves.len()].iter().sum();
        begin += leaves.len();
        if score > 0.0 {
            ranked.push((score, place, &one.shown));
        }
    }
    ranked.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
    let mut why: Vec<String> = Vec::new();
    for (_, _, shown) in ranked {
        if why.len() < MAX_WHY && !why.contains(shown) {
            why.push(shown.clone());
        }
    }
    why
}

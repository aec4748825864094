//! Hits as an answer shows them: documents with evidence, passages with marks and citations.

use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::analysis::Analyzer;
use rcp_corpus::model::{Document, DocumentId, Language, Passage};
use rcp_corpus::settings::Settings;
use rcp_index::backend::{BackendError, EvidenceRequest, Hit, IndexBackend};
use rcp_index::plan::{Budget, Leaf, Similarity, Unit};
use rcp_index::scope::Scope;

use crate::citation::{Names, citation, passage_citation, passage_label};
use crate::highlight::{Highlighter, MAX_SHOWN_CHARS, segments};
use crate::ranking::Ranked;
use crate::request::SearchRequest;
use crate::response::{DocumentHit, EvidencePassage, Hits, PassageHit, ScoreExplanation, Segment};

/// A hit with the explanation of its score, where it is asked for.
pub(crate) type Explained<'a> = (&'a Hit, Option<ScoreExplanation>);

/// Turns the hits of an engine into those of an answer.
pub(crate) struct HitBuilder<'a> {
    pub(crate) backend: &'a dyn IndexBackend,
    pub(crate) scope: &'a Scope,
    pub(crate) settings: &'a Settings,
    pub(crate) analyzer: &'a Analyzer,
    pub(crate) request: &'a SearchRequest,
    /// Scoring leaves over the passage fields.
    pub(crate) leaves: Vec<Leaf>,
    /// Marks the text of passages.
    pub(crate) highlighter: Highlighter,
}

impl HitBuilder<'_> {
    /// Builds hits, and tells whether the budget was spent before all their passages were looked at; `explanations` are
    /// one for each, or none at all.
    pub(crate) fn build(
        &self,
        hits: &[Ranked],
        explanations: Vec<ScoreExplanation>,
    ) -> Result<(Hits, bool), BackendError> {
        let explanations = explanations.into_iter().map(Some).chain(std::iter::repeat(None));
        let hits: Vec<Explained<'_>> = hits.iter().map(|ranked| &ranked.hit).zip(explanations).collect();
        match self.request.unit {
            Unit::Documents => self.documents(&hits),
            Unit::Passages => self.passages(&hits).map(|hits| (Hits::Passages(hits), false)),
        }
    }

    fn documents(&self, hits: &[Explained<'_>]) -> Result<(Hits, bool), BackendError> {
        let ids: Vec<DocumentId> = hits.iter().map(|(hit, _)| hit.document.clone()).collect();
        let documents = self.backend.documents(self.scope, &ids)?;
        let ranking = &self.settings.index.ranking;
        let evidence = self.backend.evidence(
            self.scope,
            &EvidenceRequest {
                documents: &ids,
                leaves: &self.leaves,
                limit: self.request.passages,
                similarity: Similarity { k1: ranking.k1, b: ranking.b },
                budget: Budget::default(),
            },
        )?;
        let is_partial = evidence.iter().any(|evidence| evidence.partial);
        let mut built = Vec::with_capacity(hits.len());
        for (((hit, explanation), document), evidence) in hits.iter().zip(documents).zip(evidence) {
            let document = document.ok_or_else(|| vanished(&hit.document))?;
            let citation = self.citation(&document);
            let passages = evidence.passages.into_iter();
            let passages = passages.map(|scored| self.marked(&citation, scored.passage)).collect();
            let (score, passages_total) = (hit.score, evidence.total);
            let (title, explanation) = (self.title(&document), explanation.clone());
            built.push(DocumentHit { document, title, score, citation, passages, passages_total, explanation });
        }
        Ok((Hits::Documents(built), is_partial))
    }

    /// Passages as hits, in their order.
    pub(crate) fn passages(&self, hits: &[Explained<'_>]) -> Result<Vec<PassageHit>, BackendError> {
        // Several hits can be of one document: it is read and cited once.
        let ids: BTreeSet<DocumentId> = hits.iter().map(|(hit, _)| hit.document.clone()).collect();
        let ids: Vec<DocumentId> = ids.into_iter().collect();
        let documents = self.backend.documents(self.scope, &ids)?;
        let documents = documents.into_iter().flatten().map(|document| (self.citation(&document), document));
        let documents: BTreeMap<DocumentId, (String, Document)> =
            documents.map(|(citation, document)| (document.id.clone(), (citation, document))).collect();
        let wanted: Vec<(DocumentId, u32)> =
            hits.iter().map(|(hit, _)| (hit.document.clone(), hit.passage.unwrap_or_default())).collect();
        let mut built = Vec::with_capacity(hits.len());
        for ((hit, explanation), passage) in hits.iter().zip(self.backend.passages_at(self.scope, &wanted)?) {
            let (citation, document) = documents.get(&hit.document).ok_or_else(|| vanished(&hit.document))?;
            let passage = passage.ok_or_else(|| vanished(&hit.document))?;
            built.push(PassageHit {
                title: self.title(document),
                document: document.clone(),
                passage: self.marked(citation, passage),
                score: hit.score,
                explanation: explanation.clone(),
            });
        }
        Ok(built)
    }

    fn citation(&self, document: &Document) -> String {
        citation(document, Names::of(document, &self.settings.taxonomy), self.request.ui)
    }

    /// The title with its marks.
    fn title(&self, document: &Document) -> Vec<Segment> {
        let (title, language) = (document.display_title(), document.languages.first());
        let marks = self.highlighter.mark(title, language.copied().unwrap_or(Language::Undetermined), self.analyzer);
        segments(title, &marks, usize::MAX)
    }

    /// A passage of a document with this citation.
    fn marked(&self, of_document: &str, passage: Passage) -> EvidencePassage {
        let marks = self.highlighter.mark(&passage.text, passage.language, self.analyzer);
        let segments = segments(&passage.text, &marks, MAX_SHOWN_CHARS);
        evidence_passage(of_document, passage, segments, self.request.ui)
    }
}

/// A passage of a document with this citation, its whole text unmarked.
pub(crate) fn whole_passage(of_document: &str, passage: Passage, ui: Language) -> EvidencePassage {
    let segments = vec![Segment { text: passage.text.clone(), matched: false, expanded: false }];
    evidence_passage(of_document, passage, segments, ui)
}

fn evidence_passage(of_document: &str, passage: Passage, segments: Vec<Segment>, ui: Language) -> EvidencePassage {
    EvidencePassage {
        label: passage_label(&passage, ui),
        citation: passage_citation(of_document, &passage, ui),
        segments,
        passage,
    }
}

/// A document that was found and is not there.
pub(crate) fn vanished(id: &DocumentId) -> BackendError {
    BackendError::Unreadable(format!("document {id} is counted and cannot be read"))
}

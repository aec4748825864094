//! [`Snapshot`]: one generation, pinned, and every answer that can be given from it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use rcp_corpus::analysis::Analyzer;
use rcp_corpus::model::{DocumentId, Language};
use rcp_corpus::settings::Settings;
use rcp_corpus::taxonomy::names::ConceptNames;
use rcp_index::backend::{BackendError, Coverage, ExplainRequest, FacetCounts, IndexBackend, LeafStatistics};
use rcp_index::generation::OpenGeneration;
use rcp_index::plan::{Budget, Clause, Leaf, PageRequest, Plan, Similarity, Sort, Unit};
use rcp_index::scope::Scope;

use crate::SearchError;
use crate::ast::{self, Ast};
use crate::citation::{Names, citation};
use crate::compile::{Boosts, Context, Lexicon, Query, TITLE_FIELD, UNKNOWN_VALUE, Wants, understand};
use crate::cursor::{self, Cursor};
use crate::expanded::documents_alone;
use crate::facets;
use crate::find::Found;
use crate::highlight::Marker;
use crate::hits::{HitBuilder, whole_passage};
use crate::normal::NormalText;
use crate::ranking::Explainer;
use crate::request::SearchRequest;
use crate::response::{
    DocumentView, Interpretation, PassagesView, Relaxation, SchemeView, ScoreExplanation, SearchResponse, Warning,
};
use crate::suggest::ConceptBeginnings;

/// One generation, pinned: every answer of one snapshot agrees with the others. All methods block.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pub(crate) generation: Arc<OpenGeneration>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) analyzer: Arc<Analyzer>,
    pub(crate) names: Arc<ConceptNames>,
    pub(crate) beginnings: Arc<ConceptBeginnings>,
}

impl Snapshot {
    pub(crate) fn new(
        generation: Arc<OpenGeneration>,
        settings: Arc<Settings>,
        analyzer: Arc<Analyzer>,
        names: Arc<ConceptNames>,
        beginnings: Arc<ConceptBeginnings>,
    ) -> Snapshot {
        Snapshot { generation, settings, analyzer, names, beginnings }
    }

    /// Identifies content and settings in scope.
    #[must_use]
    pub fn version(&self, scope: &Scope) -> String {
        self.generation.version(scope)
    }

    /// Identifies in scope the very bytes of answers: equal requests to snapshots of one revision, by one build of this
    /// program, are answered alike. Beside content and settings it knows the times of the documents and what orders hits.
    #[must_use]
    pub fn revision(&self, scope: &Scope) -> String {
        self.generation.revision(scope) + &self.settings.fingerprints.query
    }

    /// What is searchable in scope and what is not.
    #[must_use]
    pub fn coverage(&self, scope: &Scope) -> Coverage {
        self.generation.coverage(scope)
    }

    /// Documents by id, in the order asked for; `None` for those that the scope does not hold.
    ///
    /// # Errors
    /// When the index fails.
    pub fn documents(
        &self,
        scope: &Scope,
        ids: &[DocumentId],
        ui: Language,
    ) -> Result<Vec<Option<DocumentView>>, SearchError> {
        let documents = self.generation.documents(scope, ids)?;
        let view = |document| {
            let citation = citation(&document, Names::of(&document, &self.settings.taxonomy), ui);
            DocumentView { document, citation }
        };
        Ok(documents.into_iter().map(|document| document.map(view)).collect())
    }

    /// Every document of the scope by its id, with the time of its last change.
    #[must_use]
    pub fn changes(&self, scope: &Scope) -> BTreeMap<DocumentId, Timestamp> {
        let collections = &self.generation.manifest().collections;
        let in_scope = scope.collections().iter().filter_map(|name| collections.get(name));
        let documents = in_scope.flat_map(|collection| collection.documents.iter());
        documents.map(|(id, stamp)| (id.clone(), stamp.changed)).collect()
    }

    /// Ids of the documents that left the scope since the index had this version, sorted; `None` for a version that it
    /// never had, or had too long ago.
    #[must_use]
    pub fn withdrawn_since(&self, scope: &Scope, version: &str) -> Option<Vec<DocumentId>> {
        let withdrawn = self.generation.manifest().withdrawn_since(scope, version)?;
        Some(withdrawn.into_iter().cloned().collect())
    }

    /// The passages of a document in order; `None` for an unknown document.
    ///
    /// # Errors
    /// When the index fails.
    pub fn passages(&self, scope: &Scope, id: &DocumentId, ui: Language) -> Result<Option<PassagesView>, SearchError> {
        let Some(passages) = self.generation.passages(scope, id)? else { return Ok(None) };
        let Some(view) = self.documents(scope, std::slice::from_ref(id), ui)?.pop().flatten() else { return Ok(None) };
        let whole = |passage| whole_passage(&view.citation, passage, ui);
        let passages = passages.into_iter().map(whole).collect();
        Ok(Some(PassagesView { document: view, passages }))
    }

    /// What marks whole texts as the hits of a request are marked.
    ///
    /// # Errors
    /// When the index fails.
    pub fn marker(&self, scope: &Scope, request: &SearchRequest) -> Result<Marker, SearchError> {
        let (_, _, _, query) = self.understand(scope, request)?;
        Ok(Marker::new(query.highlighter(), Arc::clone(&self.analyzer)))
    }

    /// A scheme's concepts with the documents that have them, by facet; `None` for an unknown scheme.
    ///
    /// # Errors
    /// When the index fails.
    pub fn scheme(&self, scope: &Scope, id: &str) -> Result<Option<SchemeView>, SearchError> {
        let Some(scheme) = self.settings.taxonomy.scheme(id) else { return Ok(None) };
        let counts =
            self.counts(scope, scheme.facets.iter().map(String::as_str))?.into_iter().map(|(facet, counts)| {
                let counts = counts.values.into_iter().map(|(value, count)| (value, count.count)).collect();
                (facet, counts)
            });
        Ok(Some(SchemeView { scheme: id.to_owned(), counts: counts.collect() }))
    }

    /// All documents of the scope by the values of some facets.
    pub(crate) fn counts<'a>(
        &self,
        scope: &Scope,
        facets: impl IntoIterator<Item = &'a str>,
    ) -> Result<BTreeMap<String, FacetCounts>, SearchError> {
        let plan = Plan {
            unit: Unit::Documents,
            clause: Clause::Everything,
            words: 0,
            filters: Vec::new(),
            facets: facets.into_iter().map(str::to_owned).collect(),
            crosses: Vec::new(),
            sort: Sort::Corpus,
            page: PageRequest { offset: 0, limit: 0, after: None },
            similarity: self.similarity(),
            budget: Budget::default(),
        };
        Ok(self.generation.search(scope, &plan)?.facets)
    }

    /// The compiled query of a request: what the engine is asked first, before any word is let go. The request's cursor
    /// plays no part in it.
    ///
    /// # Errors
    /// When the request filters by a value that its facet cannot have.
    pub fn plan(&self, scope: &Scope, request: &SearchRequest) -> Result<Plan, SearchError> {
        let (_, _, _, query) = self.understand(scope, request)?;
        self.first_plan(scope, request, &query)
    }

    /// Answers a request.
    ///
    /// # Errors
    /// [`SearchError`]; [`SearchError::CursorExpired`] where the request goes on in an answer of another version: ask
    /// [`crate::Searcher::snapshot_for`] for the generation that a request belongs to.
    pub fn search(&self, scope: &Scope, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        let cursor = Cursor::of(request)?;
        if cursor.as_ref().is_some_and(|cursor| cursor.version != self.version(scope)) {
            return Err(SearchError::CursorExpired);
        }
        let taxonomy = &self.settings.taxonomy;
        for facet in &request.facets {
            facets::known_facet(taxonomy, facet)?;
        }
        let (ast, evidence, warnings, mut query) = self.understand(scope, request)?;
        let found = self.find(scope, request, &query, cursor)?;
        // Where the budget is spent, nothing more is counted.
        let are_counted =
            !found.page.partial && self.count_expansions(scope, request, &mut query, &found.plan, found.relax)?;
        let explanations = self.explanations(scope, request, &found)?;
        let hits = HitBuilder {
            backend: &*self.generation,
            scope,
            settings: &self.settings,
            analyzer: &self.analyzer,
            request,
            leaves: query.evidence_leaves(self.settings.index.ranking.passages),
            highlighter: query.highlighter(),
        };
        let (hits, is_evidence_partial) = hits.build(&found.hits, explanations)?;
        let facets = &found.page.facets;
        let facets = request.facets.iter().filter_map(|name| Some((name, facets.get(name)?)));
        let facets =
            facets.map(|(name, counts)| facets::facet(taxonomy, name, counts, found.page.total, request)).collect();
        let version = self.version(scope);
        let next_cursor = found.next.map(|place| {
            let (version, request) = (version.clone(), cursor::fingerprint(request));
            Cursor { version, request, place, relax: found.relax }.encode()
        });
        Ok(SearchResponse {
            total: found.page.total,
            total_all_words: found.page.total_all_words,
            total_documents: found.page.total_documents,
            partial: found.page.partial || is_evidence_partial || !are_counted,
            index_version: version,
            next_cursor,
            interpretation: self.interpretation(scope, request, &ast, warnings, query, found.relax),
            evidence_query: evidence.to_string(),
            coverage: self.coverage(scope),
            hits,
            facets,
        })
    }

    /// What an answer says it made of its query: `warnings` are those of its tree, `relax` tells how many words fewer
    /// were required than asked for.
    pub(crate) fn interpretation(
        &self,
        scope: &Scope,
        request: &SearchRequest,
        ast: &Ast,
        mut warnings: Vec<Warning>,
        query: Query,
        relax: u32,
    ) -> Interpretation {
        let (words, required) = query.required(request.match_mode, relax);
        warnings.extend(query.warnings);
        warnings.sort_by_key(|warning| warning.span.start);
        warnings.truncate(ast::MAX_WARNINGS);
        Interpretation {
            query: ast.to_string(),
            relaxed: (relax > 0).then_some(Relaxation { words, required }),
            corrections: self.spelt(scope, query.corrections),
            expansions: query.expansions,
            suggested_filters: query.suggested_filters,
            warnings,
        }
    }

    /// How the scores of hits are made up, where the request asks for it: one for each hit, or none at all.
    fn explanations(
        &self,
        scope: &Scope,
        request: &SearchRequest,
        found: &Found,
    ) -> Result<Vec<ScoreExplanation>, SearchError> {
        if !request.explain {
            return Ok(Vec::new());
        }
        Ok(Explainer { backend: self.backend(), scope, plan: &found.plan }.explain(&found.hits)?)
    }

    /// The index that answers.
    pub(crate) fn backend(&self) -> &dyn IndexBackend {
        &*self.generation
    }

    /// The settings in force.
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The tree of a query text, that of its evidence, what was odd in it, and what it means over the vocabulary of the
    /// scope.
    pub(crate) fn understand(
        &self,
        scope: &Scope,
        request: &SearchRequest,
    ) -> Result<(Ast, Ast, Vec<Warning>, Query), BackendError> {
        let taxonomy = &self.settings.taxonomy;
        let facet_names: Vec<String> = taxonomy.facets().into_iter().map(|facet| facet.name).collect();
        let mut fields: Vec<&str> = facet_names.iter().map(String::as_str).collect();
        fields.push(TITLE_FIELD);
        let text = NormalText::new(&request.query);
        let (ast, mut warnings) = ast::parse(text.as_str(), &fields);
        let vocabularies = self.generation.vocabularies(scope);
        let lexicon = Lexicon { vocabularies: &vocabularies, analyzer: &self.analyzer };
        let wants = Wants {
            expand: request.expand,
            expand_exclude: &request.expand_exclude,
            correct: request.correct,
            ui: request.ui,
        };
        let (names, expansion) = (&self.names, &self.settings.index.expansion);
        let typed = text.as_str();
        let context = Context { text: typed, lexicon, taxonomy, names, expansion, facets: &facet_names, wants };
        let mut query = understand(&ast, &context);
        query.suggested_filters.retain(|filter| !facets::is_selected(request, &filter.facet, &filter.value));
        let unknown_values = query.warnings.iter().filter(|warning| warning.code == UNKNOWN_VALUE);
        let evidence = ast.evidence(&unknown_values.map(|warning| warning.span.clone()).collect::<Vec<_>>());
        let of_warnings = warnings.iter_mut().chain(&mut query.warnings).map(|warning| &mut warning.span);
        of_warnings.for_each(|span| *span = text.typed(span));
        query.corrections.iter_mut().for_each(|correction| correction.span = text.typed(&correction.span));
        query.expansions.iter_mut().for_each(|expansion| expansion.span = text.typed(&expansion.span));
        query.suggested_filters.iter_mut().for_each(|filter| filter.span = text.typed(&filter.span));
        query.weigh_stop_words(|leaves| self.statistics(scope, leaves))?;
        Ok((ast, evidence, warnings, query))
    }

    /// Counts the documents that each expansion alone brought; answers whether the budget was enough for that.
    pub(crate) fn count_expansions(
        &self,
        scope: &Scope,
        request: &SearchRequest,
        query: &mut Query,
        plan: &Plan,
        relax: u32,
    ) -> Result<bool, SearchError> {
        let clause = |query: &Query| query.clause(self.boosts(Unit::Documents), request.match_mode, relax);
        let documents = documents_alone(self.backend(), scope, plan, query, clause)?;
        let are_counted = documents.is_some();
        for (expansion, documents) in query.expansions.iter_mut().zip(documents.unwrap_or_default()) {
            expansion.documents = documents;
        }
        Ok(are_counted)
    }

    pub(crate) fn compile(
        &self,
        request: &SearchRequest,
        query: &Query,
        relax: u32,
        page: PageRequest,
    ) -> Result<Plan, SearchError> {
        Ok(Plan {
            unit: request.unit,
            clause: query.clause(self.boosts(request.unit), request.match_mode, relax),
            words: query.words(),
            filters: facets::filters(&self.settings.taxonomy, request)?,
            facets: request.facets.clone(),
            crosses: Vec::new(),
            sort: request.sort,
            page,
            similarity: self.similarity(),
            budget: Budget::default(),
        })
    }

    /// The statistics of leaves over documents.
    fn statistics(&self, scope: &Scope, leaves: &[Leaf]) -> Result<Vec<LeafStatistics>, BackendError> {
        let (unit, similarity, budget) = (Unit::Documents, self.similarity(), Budget::default());
        let request = ExplainRequest { unit, leaves, similarity, records: &[], budget };
        Ok(self.generation.explain(scope, &request)?.leaves)
    }

    pub(crate) fn boosts(&self, unit: Unit) -> Boosts {
        let ranking = &self.settings.index.ranking;
        let fields = match unit {
            Unit::Documents => ranking.documents,
            Unit::Passages => ranking.passages,
        };
        Boosts { unit, fields }
    }

    pub(crate) fn similarity(&self) -> Similarity {
        let ranking = &self.settings.index.ranking;
        Similarity { k1: ranking.k1, b: ranking.b }
    }
}

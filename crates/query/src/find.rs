//! The hits of a request: fewer words where nothing is found, the second stage, and where the next page begins.

use rcp_index::backend::{Hit, Page};
use rcp_index::plan::{PageRequest, Plan, Position, Sort};
use rcp_index::scope::Scope;

use crate::SearchError;
use crate::compile::Query;
use crate::cursor::{Cursor, Place};
use crate::ranking::{DEPTH, Ranked, SecondStage};
use crate::request::{MatchMode, SearchRequest};
use crate::snapshot::Snapshot;

/// The hits of a page with what it took to find them.
pub(crate) struct Found {
    /// Totals and counts; its hits are taken out.
    pub(crate) page: Page,
    /// The hits in their final order.
    pub(crate) hits: Vec<Ranked>,
    /// What the engine was asked.
    pub(crate) plan: Plan,
    /// How many words fewer were required than asked for.
    pub(crate) relax: u32,
    /// Where the next page begins; `None` at the end.
    pub(crate) next: Option<Place>,
}

/// Which hits of the first stage it takes to show a page.
#[derive(Debug, Clone, PartialEq)]
struct Window {
    /// Hits to ask the engine for: one more than shown, which tells whether there is a next page.
    page: PageRequest,
    /// How many of them come before the page.
    skip: usize,
    /// Whether the second stage puts the first of them in order.
    is_reranked: bool,
}

impl Window {
    fn new(begin: &Place, limit: usize, has_second_stage: bool) -> Window {
        match begin {
            Place::Behind(position) => {
                let page = PageRequest { offset: 0, limit: limit + 1, after: Some(position.clone()) };
                Window { page, skip: 0, is_reranked: false }
            }
            Place::First(first) if has_second_stage && *first < DEPTH && limit > 0 => {
                let page = PageRequest { offset: 0, limit: DEPTH.max(first + limit) + 1, after: None };
                Window { page, skip: *first, is_reranked: true }
            }
            Place::First(first) => {
                let page = PageRequest { offset: *first, limit: limit + 1, after: None };
                Window { page, skip: 0, is_reranked: false }
            }
        }
    }

    /// Where the page behind this one begins, from the hits in the order of the first stage.
    fn next(&self, hits: &[Hit], limit: usize) -> Option<Place> {
        let end = self.skip + limit;
        if hits.len() <= end || limit == 0 {
            None
        } else if self.is_reranked && end < DEPTH {
            Some(Place::First(end))
        } else {
            // The first hits come before all others whatever their order among themselves.
            hits.get(end - 1).map(|hit| Place::Behind(position(hit)))
        }
    }
}

impl Snapshot {
    /// Runs the query; when nothing matches, once more with a word fewer, as long as more than one is required.
    pub(crate) fn find(
        &self,
        scope: &Scope,
        request: &SearchRequest,
        query: &Query,
        cursor: Option<Cursor>,
    ) -> Result<Found, SearchError> {
        let is_continued = cursor.is_some();
        let (mut relax, begin) =
            cursor.map_or((0, Place::First(request.offset)), |cursor| (cursor.relax, cursor.place));
        let second_stage = self.second_stage(scope, request, query);
        let window = Window::new(&begin, request.limit, second_stage.is_some());
        let mut plan = self.compile(request, query, relax, window.page.clone())?;
        let mut page = if is_continued {
            self.backend().search(scope, &plan)?
        } else {
            let (page, fewer) = self.relaxed(scope, request, query, &mut plan)?;
            relax = fewer;
            page
        };
        let hits = std::mem::take(&mut page.hits);
        let next = window.next(&hits, request.limit);
        // Where the budget is spent, nothing more is looked at.
        let mut hits = match second_stage.filter(|_| window.is_reranked && !page.partial) {
            Some(second_stage) => second_stage.rerank(hits)?,
            None => hits.into_iter().map(Ranked::from).collect(),
        };
        hits.truncate(window.skip + request.limit);
        hits.drain(..window.skip.min(hits.len()));
        Ok(Found { page, hits, plan, relax, next })
    }

    /// Runs the plan of a query as it is asked; when nothing matches, once more with a word fewer, as long as more than
    /// one is required. Answers what was found, and how many words fewer it took.
    pub(crate) fn relaxed(
        &self,
        scope: &Scope,
        request: &SearchRequest,
        query: &Query,
        plan: &mut Plan,
    ) -> Result<(Page, u32), SearchError> {
        let (mut relax, mut without_hits) = (0, Vec::new());
        let mut page = loop {
            let page = self.backend().search(scope, plan)?;
            let (_, required) = query.required(request.match_mode, relax);
            let may_relax = request.match_mode == MatchMode::Most && required > 1;
            if page.total > 0 || page.partial || !may_relax {
                break page;
            }
            without_hits.push(page);
            relax += 1;
            plan.clause = query.clause(self.boosts(request.unit), request.match_mode, relax);
        };
        if page.total == 0 && !without_hits.is_empty() {
            // Nothing found even so: the answer, facets and all, is that of the query as it was asked.
            return Ok((without_hits.swap_remove(0), 0));
        }
        // A value that brings matches of more words would bring these alone.
        for stricter in without_hits.iter().rev() {
            for (facet, counts) in &mut page.facets {
                let Some(stricter) = stricter.facets.get(facet) else { continue };
                for (value, count) in &mut counts.values {
                    let added = stricter.values.get(value).map_or(0, |count| count.count_if_added);
                    if added > 0 {
                        count.count_if_added = added;
                    }
                }
            }
        }
        Ok((page, relax))
    }

    fn second_stage<'a>(&'a self, scope: &'a Scope, request: &SearchRequest, query: &Query) -> Option<SecondStage<'a>> {
        let ranking = &self.settings().index.ranking;
        let by_relevance = request.sort == Sort::Relevance;
        by_relevance.then(|| SecondStage::new(self.backend(), scope, request.unit, ranking, query)).flatten()
    }

    /// What the engine is asked for the first page of a request.
    pub(crate) fn first_plan(
        &self,
        scope: &Scope,
        request: &SearchRequest,
        query: &Query,
    ) -> Result<Plan, SearchError> {
        let has_second_stage = self.second_stage(scope, request, query).is_some();
        let window = Window::new(&Place::First(request.offset), request.limit, has_second_stage);
        self.compile(request, query, 0, window.page)
    }
}

fn position(hit: &Hit) -> Position {
    Position { key: hit.key.clone(), document: hit.document.clone(), passage: hit.passage.unwrap_or(0) }
}

//! Documents around one: its language versions, copies of its text, and what else comes from its event.

use rcp_corpus::model::{Document, Language};
use rcp_index::plan::{Budget, Clause, FacetFilter, Filter, PageRequest, Plan, Sort, Unit};
use rcp_index::scope::Scope;

use crate::SearchError;
use crate::response::DocumentView;
use crate::snapshot::Snapshot;

/// Documents that are looked at for versions and copies, and again for those of the event.
const MAX_LOOKED_AT: usize = 200;

/// Documents around one, each list in the order of their ids. No document stands in two of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Related {
    /// Other language versions of the same work.
    pub versions: Vec<DocumentView>,
    /// Other documents with nearly the same text: another format, another state of a web page.
    pub copies: Vec<DocumentView>,
    /// Other documents of the same event.
    pub of_event: Vec<DocumentView>,
}

impl Snapshot {
    /// The documents around one. Versions and copies are looked for among those of its processes and year; of more than
    /// 200 the rest is not seen. Blocks.
    ///
    /// # Errors
    /// When the index fails.
    pub fn related(&self, scope: &Scope, document: &Document, ui: Language) -> Result<Related, SearchError> {
        let mut found = Vec::new();
        if document.work.is_some() || document.same_text.is_some() {
            found.extend(self.looked_at(scope, near(document), ui)?);
        }
        if let Some(event) = &document.event {
            let of_event = FacetFilter { facet: "event".to_owned(), values: vec![event.value.id()], or_missing: false };
            found.extend(self.looked_at(scope, vec![Filter::Facet(of_event)], ui)?);
        }
        found.sort_by(|left, right| left.document.id.cmp(&right.document.id));
        found.dedup_by(|left, right| left.document.id == right.document.id);
        let mut related = Related::default();
        for view in found.into_iter().filter(|view| view.document.id != document.id) {
            let other = &view.document;
            if is_shared(document, other, |it| it.work.as_ref().map(|work| &work.value)) {
                related.versions.push(view);
            } else if is_shared(document, other, |it| it.same_text.as_ref().map(|same| &same.value)) {
                related.copies.push(view);
            } else if is_shared(document, other, |it| it.event.as_ref().map(|event| &event.value)) {
                related.of_event.push(view);
            }
        }
        Ok(related)
    }

    fn looked_at(&self, scope: &Scope, filters: Vec<Filter>, ui: Language) -> Result<Vec<DocumentView>, SearchError> {
        let plan = Plan {
            unit: Unit::Documents,
            clause: Clause::Everything,
            words: 0,
            filters,
            facets: Vec::new(),
            crosses: Vec::new(),
            sort: Sort::Corpus,
            page: PageRequest { offset: 0, limit: MAX_LOOKED_AT, after: None },
            similarity: self.similarity(),
            budget: Budget::default(),
        };
        let ids: Vec<_> = self.backend().search(scope, &plan)?.hits.into_iter().map(|hit| hit.document).collect();
        Ok(self.documents(scope, &ids, ui)?.into_iter().flatten().collect())
    }
}

/// Where versions and copies of a document may be: in its processes and year, or where these are not known.
fn near(document: &Document) -> Vec<Filter> {
    let same = |facet: &str, values: Vec<String>| {
        let is_known = !values.is_empty();
        is_known.then(|| Filter::Facet(FacetFilter { facet: facet.to_owned(), values, or_missing: true }))
    };
    let years = document.year.iter().map(|year| format!("{:04}", year.value)).collect();
    let processes = document.concepts("rcp").map(str::to_owned).collect();
    [same("rcp", processes), same("year", years)].into_iter().flatten().collect()
}

fn is_shared<T: PartialEq>(document: &Document, other: &Document, of: impl Fn(&Document) -> Option<&T>) -> bool {
    of(document).is_some() && of(document) == of(other)
}

//! What each expansion alone brought to an answer.

use rcp_index::backend::{BackendError, IndexBackend};
use rcp_index::plan::{Clause, PageRequest, Plan, Unit};
use rcp_index::scope::Scope;

use crate::compile::Query;

/// The documents that an answer has through each of the query's expansions alone, in their order: those that are
/// missing when it is left out and the others are not.
///
/// `plan` is the plan of the answer, `clause` what makes the clause of a query over documents as the answer's was made.
///
/// # Errors
/// When the index fails.
pub(crate) fn documents_alone(
    backend: &dyn IndexBackend,
    scope: &Scope,
    plan: &Plan,
    query: &Query,
    clause: impl Fn(&Query) -> Clause,
) -> Result<Vec<u64>, BackendError> {
    let expansions = query.expansions.len();
    if expansions == 0 {
        return Ok(Vec::new());
    }
    let page = PageRequest { offset: 0, limit: 0, after: None };
    let mut plan = Plan { unit: Unit::Documents, facets: Vec::new(), crosses: Vec::new(), page, ..plan.clone() };
    let mut total = |query: &Query| {
        plan.clause = clause(query);
        backend.search(scope, &plan).map(|page| page.total)
    };
    let with_all = total(query)?;
    let by_all = with_all.saturating_sub(total(&query.without(|_| true))?);
    if by_all == 0 || expansions == 1 {
        return Ok(vec![by_all; expansions]);
    }
    (0..expansions).map(|one| Ok(with_all.saturating_sub(total(&query.without(|other| other == one))?))).collect()
}

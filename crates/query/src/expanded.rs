//! What each expansion alone brought to an answer.

use rcp_index::backend::{BackendError, IndexBackend};
use rcp_index::plan::{Budget, Clause, PageRequest, Plan, Unit};
use rcp_index::scope::Scope;

use crate::compile::Query;

/// Part of the work of an answer that counting may take.
const WORK_SHARE: u64 = 4;

/// The documents that an answer has through each of the query's expansions alone, in their order: those that are
/// missing when it is left out and the others are not. All 0 where counting them would take too much work.
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
    let mut alone = vec![0; expansions];
    if expansions == 0 {
        return Ok(alone);
    }
    let page = PageRequest { offset: 0, limit: 0, after: None };
    // One count with all expansions, one without any, and one without each.
    let budget = Budget(plan.budget.0 / WORK_SHARE / (expansions as u64 + 2));
    let mut plan =
        Plan { unit: Unit::Documents, facets: Vec::new(), crosses: Vec::new(), page, budget, ..plan.clone() };
    let mut total = |query: &Query| -> Result<Option<u64>, BackendError> {
        plan.clause = clause(query);
        let page = backend.search(scope, &plan)?;
        Ok((!page.partial).then_some(page.total))
    };
    let (Some(with_all), Some(with_none)) = (total(query)?, total(&query.without(|_| true))?) else {
        return Ok(alone);
    };
    if expansions == 1 || with_all == with_none {
        alone.fill(with_all.saturating_sub(with_none));
        return Ok(alone);
    }
    for (one, alone) in alone.iter_mut().enumerate() {
        let without = total(&query.without(|other| other == one))?;
        *alone = without.map_or(0, |without| with_all.saturating_sub(without));
    }
    Ok(alone)
}

//! What each expansion alone brought to an answer.

use rcp_index::backend::{BackendError, IndexBackend};
use rcp_index::plan::{Budget, Clause, PageRequest, Plan, Unit};
use rcp_index::scope::Scope;

use crate::compile::Query;

/// Part of the work of an answer that counting may take.
const WORK_SHARE: u64 = 4;

/// The documents that an answer has through each of the query's expansions alone, in their order: those that are
/// missing when it is left out and the others are not.
///
/// `plan` is the plan of the answer, `clause` what makes the clause of a query over documents as the answer's was made.
/// All counts together may take a part of the budget of the answer; `None` where that is not enough.
///
/// # Errors
/// When the index fails.
pub(crate) fn documents_alone(
    backend: &dyn IndexBackend,
    scope: &Scope,
    plan: &Plan,
    query: &Query,
    clause: impl Fn(&Query) -> Clause,
) -> Result<Option<Vec<u64>>, BackendError> {
    let expansions = query.expansions.len();
    if expansions == 0 {
        return Ok(Some(Vec::new()));
    }
    let page = PageRequest { offset: 0, limit: 0, after: None };
    let budget = Budget(plan.budget.0 / WORK_SHARE / (expansions as u64 + 2));
    let mut plan =
        Plan { unit: Unit::Documents, facets: Vec::new(), crosses: Vec::new(), page, budget, ..plan.clone() };
    let mut is_partial = false;
    let mut total = |query: &Query| -> Result<u64, BackendError> {
        if is_partial {
            return Ok(0);
        }
        plan.clause = clause(query);
        let page = backend.search(scope, &plan)?;
        is_partial = page.partial;
        Ok(page.total)
    };
    let with_all = total(query)?;
    let by_all = with_all.saturating_sub(total(&query.without(|_| true))?);
    let counts = if by_all == 0 || expansions == 1 {
        vec![by_all; expansions]
    } else {
        let mut alone = |one| Ok(with_all.saturating_sub(total(&query.without(|other| other == one))?));
        (0..expansions).map(&mut alone).collect::<Result<Vec<u64>, BackendError>>()?
    };
    Ok((!is_partial).then_some(counts))
}

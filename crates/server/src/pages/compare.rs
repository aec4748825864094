//! `/compare`: two facets crossed over the passages that match a query, as a table that is a heat map.

mod asked;
mod table;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::Reader;
use super::frame::{Frame, Section, page};
use crate::answer::Basis;
use crate::caller::Caller;
use crate::params::{ComparePageParams, PageParams};
use crate::problem::ApiError;
use crate::state::AppState;
use asked::{Asked, Chip, Complaint, Form};
use table::Table;

/// The page.
#[derive(Debug, Template)]
#[template(path = "compare.html")]
struct ComparePage {
    frame: Frame,
    form: Form,
    filters: Vec<Chip>,
    /// What cannot be read, in English; empty where there is a table.
    problems: Vec<Complaint>,
    table: Option<Table>,
}

impl ComparePage {
    /// Whether a field of the form is complained of.
    fn is_wrong(&self, field: &str) -> bool {
        self.problems.iter().any(|complaint| complaint.name == field)
    }
}

/// The handler of the page.
pub(super) async fn compare(
    State(state): State<AppState>,
    caller: Caller,
    reader: Reader,
    RawQuery(query): RawQuery,
    PageParams(params): PageParams<ComparePageParams>,
) -> Result<Response, ApiError> {
    let asked = Asked::of(query.as_deref().unwrap_or_default(), state.facets());
    type Params = (Result<ComparePageParams, ApiError>, Asked, Reader);
    let work = |basis: &Basis<'_>, (params, asked, reader): Params| {
        let t = reader.texts();
        let mut frame = Frame::new(&reader, t.say("nav-compare"), Some(Section::Compare));
        let taxonomy = basis.taxonomy();
        let table = params.and_then(|params| Table::make(&params, &asked, basis, &frame));
        let (table, problem) = match table {
            Ok(table) => (Some(table), None),
            Err(error) if error.status.is_client_error() => (None, Some(error)),
            Err(error) => return Err(error),
        };
        if let Some(table) = &table {
            frame.title = table.title.clone();
        }
        let form = Form::new(&asked, basis.facets(), taxonomy, &frame);
        let filters = asked.chips(taxonomy, &frame);
        let problems = problem.iter().flat_map(asked::complaints).collect();
        let is_partial = table.as_ref().is_some_and(|table| table.is_partial);
        let shown = ComparePage { frame, form, filters, problems, table };
        let answer = page(&shown, &shown.frame)?.partial(is_partial);
        Ok(match problem {
            Some(problem) => answer.status(problem.status),
            None => answer,
        })
    };
    state.answer(caller, (params, asked, reader), work).await
}

//! `rcp-search search`: a query on the command line.

mod explanation;
mod facets;
mod hits;
mod page;
pub(super) mod request;
mod understood;

use rcp_query::request::SearchRequest;
use rcp_query::response::SearchResponse;
use rcp_query::{Scope, SearchError, Searcher};
use rcp_server::Highlight;

use crate::args::{HighlightArg, SearchArgs};
use crate::commands::{Outcome, settings, wrong_usage};
use crate::nearest::nearest;
use crate::terminal::{self, Style};

pub(crate) fn run(args: &SearchArgs) -> anyhow::Result<Outcome> {
    if let Some(wrong) = args.filters.reversed_range() {
        return Ok(wrong_usage(wrong.to_owned()));
    }
    let request = request::request(args);
    let settings = settings(&args.places.config)?;
    let searcher = Searcher::open(&args.places.index, settings)?;
    let response = match searcher.search(&Scope::public(), &request) {
        Err(error) => match wrong_name(&error) {
            Some(wrong) => return Ok(wrong_usage(wrong)),
            None => return Err(error.into()),
        },
        Ok(response) => response,
    };
    if args.json {
        print_json(args, &searcher, &request, response)?;
    } else {
        let taxonomy = &searcher.settings().taxonomy;
        let marks = args.highlight != HighlightArg::None;
        let view = page::View { request: &request, taxonomy, style: Style::stdout(), cite: args.cite, marks };
        view.lines(&response).iter().try_for_each(|line| terminal::line(line))?;
    }
    Ok(Outcome::Done)
}

fn print_json(
    args: &SearchArgs,
    searcher: &Searcher,
    request: &SearchRequest,
    response: SearchResponse,
) -> anyhow::Result<()> {
    let highlight = match args.highlight {
        HighlightArg::Segments => Highlight::Segments,
        HighlightArg::Html => Highlight::Html,
        HighlightArg::None => Highlight::None,
    };
    Ok(terminal::line(&rcp_server::search_json(searcher, request, highlight, response)?)?)
}

/// What only the configuration and the index could tell to be wrong in what was typed, and what would be right.
pub(super) fn wrong_name(error: &SearchError) -> Option<String> {
    match error {
        SearchError::UnknownFacet { name, known } => {
            let offer = nearest(name, known.iter().map(String::as_str));
            let offer = offer.map(|name| format!("did you mean {name}? ")).unwrap_or_default();
            Some(format!("there is no facet {name:?}; {offer}The facets are {}", known.join(", ")))
        }
        SearchError::UnknownValue { facet, .. } => Some(format!("{error}; --facets {facet} shows those in use")),
        SearchError::InvalidCursor => Some(error.to_string()),
        SearchError::TooManyToSort { .. } | SearchError::TooCostly => Some(error.to_string()),
        SearchError::CursorExpired | SearchError::Backend(_) => None,
    }
}

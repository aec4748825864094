//! `/help`: how to search, what marks mean, how to cite, which keys do what.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::Reader;
use super::address::address;
use super::frame::{Frame, page};
use crate::answer::Basis;
use crate::caller::Caller;
use crate::problem::ApiError;
use crate::state::AppState;

/// Queries that show the query language, each with the message that says what it finds.
const EXAMPLES: [(&str, &str); 10] = [
    ("labour migration", "help-words"),
    ("\"private sector\"", "help-phrase"),
    ("sovereignty OR dignity", "help-or"),
    ("workers -seasonal", "help-not"),
    ("(border OR frontier) AND health", "help-group"),
    ("migra*", "help-prefix"),
    ("\"seasonal work\"~5", "help-near"),
    ("title:report", "help-title"),
    ("rcp:rcm consular", "help-field"),
    ("health year:2009..2013", "help-years"),
];

/// The page.
#[derive(Debug, Template)]
#[template(path = "help.html")]
struct HelpPage {
    frame: Frame,
    examples: Vec<Example>,
}

/// A query as a link, and what it finds.
#[derive(Debug)]
struct Example {
    query: &'static str,
    url: String,
    finds: String,
}

/// The handler of the page.
pub(super) async fn help(State(state): State<AppState>, caller: Caller, reader: Reader) -> Result<Response, ApiError> {
    let work = |_: &Basis<'_>, reader: Reader| {
        let t = reader.texts();
        let frame = Frame::new(&reader, t.say("help"), None);
        let example = |(query, finds): (&'static str, &str)| Example {
            query,
            url: frame.href(&address("/search", [("q", query)])),
            finds: t.say(finds),
        };
        let shown = HelpPage { examples: EXAMPLES.map(example).into(), frame };
        page(&shown, &shown.frame)
    };
    state.answer(caller, reader, work).await
}

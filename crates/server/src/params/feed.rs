//! [`FeedParams`]: what a feed takes, and its normal form.

use rcp_query::request::{SearchRequest, Sort, Unit};
use serde_json::{Map, Value, json};

use super::export::UNIT;
use super::parameter::{Integer, Parameter};
use super::search::{CURSOR, UI, query_parameters, query_values, read_query};
use super::{Given, Read};

/// A query as a feed, the newest first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FeedParams(pub(crate) SearchRequest);

const LIMIT: Integer = Integer {
    name: "limit",
    description: "Entries of a page.",
    min: 1,
    max: SearchRequest::MAX_LIMIT,
    default: Some(20),
    example: 20,
};

impl Read for FeedParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        let mut parameters: Vec<&'static dyn Parameter> = vec![&UNIT];
        parameters.extend(query_parameters());
        let rest: [&'static dyn Parameter; 3] = [&LIMIT, &CURSOR, &UI];
        parameters.extend(rest);
        parameters
    }

    const FACETS: bool = true;

    fn read(given: &mut Given, facets: &[String]) -> FeedParams {
        let unit = UNIT.read(given);
        let mut request = read_query(given, facets, unit);
        request.sort = Sort::AddedDescending;
        request.limit = LIMIT.read_size(given);
        request.cursor = CURSOR.read(given);
        request.ui = UI.read(given);
        FeedParams(request)
    }
}

impl FeedParams {
    /// The feed of what a search looks for.
    pub(crate) fn of(search: &SearchRequest) -> FeedParams {
        let limit = LIMIT.default.map_or(0, usize::from);
        FeedParams(SearchRequest { sort: Sort::AddedDescending, limit, cursor: None, ..search.clone() })
    }

    /// The request in normal form.
    pub(crate) fn normalised(&self) -> Map<String, Value> {
        let FeedParams(request) = self;
        let mut normal = query_values(request);
        let mut put = |name: &str, value: Value| drop(normal.insert(name.to_owned(), value));
        put(UNIT.name, json!(UNIT.word(request.unit)));
        put(LIMIT.name, json!(request.limit));
        put(UI.name, json!(UI.word(request.ui)));
        normal
    }

    /// Address of this feed at `path`, without what is default; from `cursor` on where one is given. `None` where it would
    /// be too long.
    pub(crate) fn link(&self, path: &str, cursor: Option<&str>, facets: &[String]) -> Option<String> {
        let defaults = FeedParams::read(&mut Given::default(), facets);
        super::link(path, &self.normalised(), &defaults.normalised(), cursor)
    }

    /// Whether documents are looked for.
    pub(crate) fn is_of_documents(&self) -> bool {
        self.0.unit == Unit::Documents
    }
}

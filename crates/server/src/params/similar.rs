//! [`SimilarParams`]: which documents like another one are wanted.

use rcp_query::request::{SearchRequest, Unit};

use super::filters::{filter_parameters, filter_values, read_filters};
use super::parameter::{Integer, Parameter};
use super::search::UI;
use super::{Given, Read};
use serde_json::{Map, Value, json};

/// Documents like another one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SimilarParams(
    /// Filters, number and language of labels.
    pub(crate) SearchRequest,
);

const LIMIT: Integer = Integer {
    name: "limit",
    description: "Documents to return.",
    min: 1,
    max: SearchRequest::MAX_LIMIT,
    default: Some(10),
    example: 10,
};

impl Read for SimilarParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        filter_parameters().chain([&LIMIT as &dyn Parameter, &UI]).collect()
    }

    const FACETS: bool = true;

    fn read(given: &mut Given, facets: &[String]) -> SimilarParams {
        let mut request = SearchRequest::new(Unit::Documents, "");
        read_filters(given, facets, &mut request);
        request.limit = LIMIT.read_size(given);
        request.ui = UI.read(given);
        SimilarParams(request)
    }
}

impl SimilarParams {
    /// Address of this list at `path`, without what is default. `None` where it would be too long.
    pub(crate) fn link(&self, path: &str, facets: &[String]) -> Option<String> {
        let defaults = SimilarParams::read(&mut Given::default(), facets);
        super::link(path, &self.normalised(), &defaults.normalised(), None)
    }

    fn normalised(&self) -> Map<String, Value> {
        let SimilarParams(request) = self;
        let mut normal: Map<String, Value> = filter_values(request).into_iter().collect();
        normal.insert(LIMIT.name.to_owned(), json!(request.limit));
        normal.insert(UI.name.to_owned(), json!(UI.word(request.ui)));
        normal
    }
}

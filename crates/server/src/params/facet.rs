//! [`FacetParams`]: what to look for inside a facet.

use rcp_query::request::{SearchRequest, Unit};

use super::parameter::{Choice, Integer, Parameter, Text};
use super::search::{UI, matching_parameters, read_matching, unit};
use super::{Given, Read};

/// What to look for among the values of a facet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FacetParams {
    /// What is typed; empty finds every value.
    pub(crate) text: String,
    /// The search whose matches are counted.
    pub(crate) search: SearchRequest,
    /// Values to return.
    pub(crate) limit: usize,
}

const Q: Text = Text {
    name: "q",
    description: "What is typed to find a value: the beginnings of words of its label in any language, of another of its names, or of its id. Accents and letter case do not matter. Without it every value is found.",
    example: "consul",
    may_be_empty: true,
};
const QUERY: Text = Text {
    name: "query",
    description: "Query text of the search whose matches are counted: `q` of `/v1/search`.",
    example: "labour migration",
    may_be_empty: true,
};
const UNIT: Choice<Unit> =
    unit(Unit::Documents, "What is counted: documents, as in `/v1/search`, or passages, as in `/v1/passages`.");
const LIMIT: Integer =
    Integer { name: "limit", description: "Values to return.", min: 1, max: 1_000, default: Some(20), example: 20 };

impl Read for FacetParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        let mut parameters: Vec<&'static dyn Parameter> = vec![&Q, &QUERY];
        parameters.extend(matching_parameters());
        let rest: [&'static dyn Parameter; 3] = [&UNIT, &LIMIT, &UI];
        parameters.extend(rest);
        parameters
    }

    const FACETS: bool = true;

    fn read(given: &mut Given, facets: &[String]) -> FacetParams {
        let unit = UNIT.read(given);
        let mut search = read_matching(&QUERY, given, facets, unit);
        search.ui = UI.read(given);
        FacetParams { text: Q.read(given).unwrap_or_default(), search, limit: LIMIT.read_size(given) }
    }
}

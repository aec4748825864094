//! Parameters of suggestions.

use rcp_query::suggest::SuggestRequest;

use super::parameter::{Choice, Integer, Parameter, Text};
use super::search::UI;
use super::{Given, Read};

/// What someone has typed so far, and how to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SuggestParams {
    pub(crate) request: SuggestRequest,
    pub(crate) format: SuggestFormat,
}

/// Form of suggestions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SuggestFormat {
    /// An object.
    Json,
    /// The array that browsers read.
    OpenSearch,
}

const Q: Text = Text {
    name: "q",
    description: "What is typed so far. Its last word may be unfinished; accents and letter case do not matter.",
    example: "labour mig",
    may_be_empty: true,
};
const LIMIT: Integer = Integer {
    name: "limit",
    description: "Suggestions to return.",
    min: 1,
    max: SuggestRequest::MAX_LIMIT,
    default: Some(8),
    example: 8,
};
const FORMAT: Choice<SuggestFormat> = Choice {
    name: "format",
    type_name: "SuggestFormat",
    description: "Form of the answer: `json`, or `opensearch` for the search boxes of browsers.",
    values: &[("json", SuggestFormat::Json), ("opensearch", SuggestFormat::OpenSearch)],
    default: SuggestFormat::Json,
};

impl Read for SuggestParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        vec![&Q, &LIMIT, &UI, &FORMAT]
    }

    fn read(given: &mut Given, _: &[String]) -> SuggestParams {
        let text = Q.read(given).unwrap_or_default();
        let request = SuggestRequest { text, limit: LIMIT.read_size(given), ui: UI.read(given) };
        SuggestParams { request, format: FORMAT.read(given) }
    }
}

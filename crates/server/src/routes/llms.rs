//! `/llms.txt`: what is here, in plain words, for programs that read as people do.

use std::fmt::Write as _;

use axum::extract::State;
use axum::response::Response;

use crate::answer::{Answer, Basis};
use crate::caller::Caller;
use crate::params::{NoParams, Params};
use crate::problem::ApiError;
use crate::responses::CoverageSummary;
use crate::site::Site;
use crate::state::AppState;

/// Addresses for programs, and what each answers.
const ADDRESSES: [(&str, &str); 13] = [
    (
        "/v1/search?q=labour+migration",
        "documents that match, ranked, each with its best paragraphs and their citations",
    ),
    ("/v1/passages?q=%22private+sector%22", "paragraphs that match, ranked, each with its citation"),
    ("/v1/documents", "all documents, latest first"),
    ("/v1/documents/{id}", "one document; /passages behind it is its text, paragraph by paragraph, /original its file"),
    ("/v1/documents/{id}/citation?passage={passage}", "how a document or one of its paragraphs is cited"),
    ("/v1/cite?ref={reference}", "the paragraph that a written reference means"),
    ("/v1/compare?rows=rcp&cols=year&q={query}", "how many documents of each process and year match"),
    ("/v1/schemes", "the vocabularies: processes, themes, regions, types, countries"),
    ("/v1/facets/{facet}?q={text}", "values of a filter by what is typed"),
    ("/v1/coverage", "what can be searched, and what cannot, and why"),
    ("/v1/export?format=ndjson&q={query}", "everything that matches, as one file"),
    ("/v1/feed.atom?q={query}", "what is new among the matches"),
    ("/openapi.json", "the whole interface, in OpenAPI 3.1"),
];

/// Describe this site in plain text
///
/// What the documents are, how many there are, and the addresses that programs ask, as short Markdown.
#[utoipa::path(
    get, path = "/llms.txt", operation_id = "get_llms_txt", tag = "operations",
    responses((
        status = 200, description = "The description.",
        content((String = "text/plain", example = json!("# rcp-search\n\n> Full-text search over the documents of Regional Consultative Processes on Migration\n"))),
    )),
)]
pub(super) async fn get_llms_txt(
    State(state): State<AppState>,
    caller: Caller,
    site: Site,
    Params(NoParams): Params<NoParams>,
) -> Result<Response, ApiError> {
    let work = |basis: &Basis<'_>, Site(site): Site| {
        let coverage = CoverageSummary::from(&basis.snapshot.coverage(basis.scope));
        let text = text(&site, &coverage, &basis.version(), basis.state.config().terms.as_deref());
        Ok(Answer::of("text/plain; charset=utf-8", text.into_bytes()))
    };
    state.answer(caller, site, work).await
}

fn text(site: &str, coverage: &CoverageSummary, version: &str, terms: Option<&str>) -> String {
    let CoverageSummary { documents, searchable, without_text } = coverage;
    let mut text = format!(
        "# rcp-search\n\n\
         > Full-text search over the documents of Regional Consultative Processes on Migration: meeting reports, concept \
         notes, declarations and plans of action. Every hit shows the paragraphs that match, ready to be cited.\n\n\
         {documents} documents, of which {searchable} can be searched and {without_text} have no text in the index. \
         Index version: {version}. Reading needs no key. Answers are JSON; errors are problems (RFC 9457).\n"
    );
    // Writing to a string does not fail.
    if let Some(terms) = terms {
        let _ = writeln!(text, "Terms of use: {terms}");
    }
    text.push_str("\n## Addresses for programs\n\n");
    for (path, what) in ADDRESSES {
        let _ = writeln!(text, "- {site}{path}: {what}");
    }
    text.push_str(
        "\n## How to search and cite\n\n\
         - Query: words, \"exact phrases\", AND, OR, NOT, -word, prefix*, title:word. Filters: rcp, theme, region, country, \
         type, lang, year, year_from, year_to.\n\
         - Cite a paragraph by the `citation` of its passage, and link to `/documents/{id}#{passage}`: both stay.\n\
         - Follow `links.next` for more; send the ETag back as If-None-Match; wait as long as Retry-After says.\n",
    );
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_address_is_one_of_the_api() {
        let document: serde_json::Value = serde_json::from_str(crate::openapi_json()).unwrap();
        let paths: BTreeSet<&String> = document["paths"].as_object().unwrap().keys().collect();
        for (address, _) in ADDRESSES {
            let path = address.split('?').next().unwrap();
            assert!(paths.contains(&path.to_owned()), "{address}");
        }
    }

    #[test]
    fn it_says_what_is_here() {
        let coverage = CoverageSummary { documents: 7, searchable: 5, without_text: 2 };
        let text = text("https://example.org", &coverage, "0f3a", Some("https://example.org/terms"));
        for part in [
            "7 documents, of which 5 can be searched and 2 have no text",
            "Index version: 0f3a",
            "Terms of use: https://example.org/terms",
            "- https://example.org/v1/schemes: ",
        ] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }
}

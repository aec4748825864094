//! The routes of the API, one file a resource. [`all`] is the one list of them: it makes both the router and the
//! OpenAPI document, so that no route can be missing in either.

mod citation;
mod cite;
mod compare;
pub(crate) mod coverage;
pub(crate) mod discovery;
mod documents;
mod export;
mod facets;
mod feeds;
mod instantsearch;
mod llms;
pub(crate) mod operations;
mod original;
mod passages;
mod schemes;
mod search;
mod suggest;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::AppState;

/// Every route of the API.
pub(crate) fn all() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(search::search_documents, search::search_documents_post))
        .routes(routes!(passages::search_passages, passages::search_passages_post))
        .routes(routes!(compare::compare, compare::compare_post))
        .routes(routes!(export::export, export::export_post))
        .routes(routes!(export::get_export_manifest))
        .routes(routes!(feeds::get_atom_feed))
        .routes(routes!(feeds::get_json_feed))
        .routes(routes!(suggest::suggest))
        .routes(routes!(documents::list_documents))
        .routes(routes!(documents::get_document))
        .routes(routes!(documents::list_document_passages))
        .routes(routes!(documents::list_similar_documents))
        .routes(routes!(citation::cite_document))
        .routes(routes!(original::get_original))
        .routes(routes!(cite::resolve_reference))
        .routes(routes!(facets::search_facet))
        .routes(routes!(instantsearch::instantsearch))
        .routes(routes!(schemes::list_schemes))
        .routes(routes!(schemes::get_scheme))
        .routes(routes!(coverage::get_coverage))
        .routes(routes!(discovery::get_opensearch_description))
        .routes(routes!(discovery::get_sitemap))
        .routes(routes!(llms::get_llms_txt))
        .routes(routes!(operations::get_openapi))
        .routes(routes!(operations::get_openapi_3_0))
        .routes(routes!(operations::get_health))
        .routes(routes!(operations::get_readiness))
}

//! `/opensearch.xml`, `/sitemap.xml`, `/robots.txt`: what browsers and crawlers look for.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rcp_corpus::model::DocumentId;

use crate::answer::{Answer, Basis};
use crate::caller::Caller;
use crate::params::{Params, SitemapParams};
use crate::problem::ApiError;
use crate::responses::document_url;
use crate::site::Site;
use crate::state::AppState;
use crate::xml::Xml;

/// Addresses in one sitemap at most, as the protocol has it.
const MAX_ADDRESSES: usize = 50_000;

const OPENSEARCH_TYPE: &str = "application/opensearchdescription+xml";
const XML: &str = "application/xml";

/// Describe the search to browsers
///
/// An OpenSearch description: with it a browser offers this search, with suggestions, in its own search box. The first
/// page names it.
#[utoipa::path(
    get, path = "/opensearch.xml", operation_id = "get_opensearch_description", tag = "operations",
    responses((
        status = 200, description = "The description.",
        content((String = "application/opensearchdescription+xml", example = json!("<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\"></OpenSearchDescription>"))),
    )),
)]
pub(super) async fn get_opensearch_description(Site(site): Site) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static(OPENSEARCH_TYPE))], opensearch(&site)).into_response()
}

fn opensearch(site: &str) -> String {
    let mut xml = Xml::new();
    xml.open("OpenSearchDescription", &[("xmlns", "http://a9.com/-/spec/opensearch/1.1/")]);
    xml.text("ShortName", &[], "rcp-search");
    xml.text("Description", &[], "Documents of Regional Consultative Processes on Migration");
    xml.text("InputEncoding", &[], "UTF-8");
    let mut url = |relation: Option<&str>, media_type: &str, path: &str| {
        let template = format!("{site}{path}");
        let attributes = [("type", media_type), ("template", template.as_str()), ("rel", relation.unwrap_or_default())];
        xml.empty("Url", &attributes[..if relation.is_some() { 3 } else { 2 }]);
    };
    url(None, "text/html", "/search?q={searchTerms}");
    // Firefox reads the one, Chromium the other.
    url(None, "application/x-suggestions+json", "/v1/suggest?format=opensearch&q={searchTerms}");
    url(Some("suggestions"), "application/json", "/v1/suggest?format=opensearch&q={searchTerms}");
    url(None, "application/atom+xml", "/v1/feed.atom?q={searchTerms}");
    url(Some("self"), OPENSEARCH_TYPE, "/opensearch.xml");
    xml.close("OpenSearchDescription");
    xml.finish()
}

/// List addresses for crawlers
///
/// A sitemap of the permanent addresses of documents, each with the day of its last change, and of the processes and themes
/// that have documents; of more than 50,000 addresses a list of sitemaps, which are its parts.
#[utoipa::path(
    get, path = "/sitemap.xml", operation_id = "get_sitemap", tag = "operations", params(Params<SitemapParams>),
    responses((
        status = 200, description = "The sitemap.",
        content((String = "application/xml", example = json!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"></urlset>"))),
    )),
)]
pub(super) async fn get_sitemap(
    State(state): State<AppState>,
    caller: Caller,
    site: Site,
    Params(params): Params<SitemapParams>,
) -> Result<Response, ApiError> {
    let work = |basis: &Basis<'_>, (Site(site), SitemapParams { part }): (Site, SitemapParams)| {
        let documents =
            basis.snapshot.changes(basis.scope).into_iter().map(|(id, changed)| Place::document(&id, changed));
        let places: Vec<Place> = [concepts(basis, "rcp", "/processes/")?, concepts(basis, "theme", "/themes/")?]
            .into_iter()
            .flatten()
            .chain(documents)
            .collect();
        let parts: Vec<&[_]> = places.chunks(MAX_ADDRESSES).collect();
        let sitemap = match part {
            None if parts.len() > 1 => index(&site, parts.len()),
            part => {
                let part = part.map_or(0, |part| usize::from(part).saturating_sub(1));
                urls(&site, parts.get(part).copied().unwrap_or_default())
            }
        };
        Ok(Answer::of(XML, sitemap.into_bytes()))
    };
    state.answer(caller, (site, params), work).await
}

/// A page that crawlers may read.
struct Place {
    path: String,
    /// When what it shows changed last; unknown for what shows several documents.
    changed: Option<jiff::Timestamp>,
}

impl Place {
    fn document(id: &DocumentId, changed: jiff::Timestamp) -> Place {
        Place { path: document_url(id), changed: Some(changed) }
    }
}

/// The pages of the concepts of a vocabulary that have documents in the facet of its name.
fn concepts(basis: &Basis<'_>, scheme: &str, pages: &str) -> Result<Vec<Place>, ApiError> {
    let view = basis.snapshot.scheme(basis.scope, scheme)?;
    let counts = view.and_then(|mut view| view.counts.remove(scheme)).unwrap_or_default();
    let counted = counts.into_iter().filter(|(_, documents)| *documents > 0);
    Ok(counted.map(|(id, _)| Place { path: format!("{pages}{id}"), changed: None }).collect())
}

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

fn index(site: &str, parts: usize) -> String {
    let mut xml = Xml::new();
    xml.open("sitemapindex", &[NAMESPACE]);
    for part in 1..=parts {
        xml.open("sitemap", &[]);
        xml.text("loc", &[], &format!("{site}/sitemap.xml?part={part}"));
        xml.close("sitemap");
    }
    xml.close("sitemapindex");
    xml.finish()
}

fn urls(site: &str, places: &[Place]) -> String {
    let mut xml = Xml::new();
    xml.open("urlset", &[NAMESPACE]);
    for Place { path, changed } in places {
        xml.open("url", &[]);
        xml.text("loc", &[], &format!("{site}{path}"));
        if let Some(changed) = changed {
            xml.text("lastmod", &[], &changed.strftime("%Y-%m-%d").to_string());
        }
        xml.close("url");
    }
    xml.close("urlset");
    xml.finish()
}

/// What crawlers may read: everything but searches, of which there is no end.
pub(crate) async fn robots(Site(site): Site) -> Response {
    let text = format!("User-agent: *\nDisallow: /v1/\nDisallow: /search\n\nSitemap: {site}/sitemap.xml\n");
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sitemap_is_a_list_of_its_parts() {
        let index = index("https://example.org", 2);
        assert!(index.contains("<loc>https://example.org/sitemap.xml?part=2</loc>"), "{index}");
        let id = DocumentId::new("a-2005").unwrap();
        let process = Place { path: "/processes/rcm".to_owned(), changed: None };
        let document = Place::document(&id, "2026-01-31T23:59:59Z".parse().unwrap());
        let urls = urls("https://example.org", &[process, document]);
        assert!(urls.contains("<loc>https://example.org/processes/rcm</loc>\n</url>"), "{urls}");
        assert!(
            urls.contains("<loc>https://example.org/documents/a-2005</loc>\n<lastmod>2026-01-31</lastmod>"),
            "{urls}"
        );
    }

    #[test]
    fn browsers_find_search_and_suggestions() {
        let description = opensearch("https://example.org");
        assert!(description.contains("template=\"https://example.org/search?q={searchTerms}\""), "{description}");
        assert!(
            description.contains("suggest?format=opensearch&amp;q={searchTerms}\" rel=\"suggestions\""),
            "{description}"
        );
    }
}

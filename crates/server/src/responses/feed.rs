//! [`Feed`]: the newest of what a query finds, for programs that follow it: as Atom ([`Feed::atom`]) and as JSON Feed
//! ([`JsonFeed`]).

use jiff::Timestamp;
use rcp_corpus::model::{Document, Language};
use rcp_query::response as domain;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::document::document_url;
use super::passage::{escape, html};
use super::{ConceptLabel, Labels};
use crate::params::FeedParams;
use crate::xml::Xml;

/// Where feeds are.
pub(crate) const ATOM: &str = "/v1/feed.atom";
const JSON: &str = "/v1/feed.json";

pub(crate) const ATOM_TYPE: &str = "application/atom+xml; charset=utf-8";
pub(crate) const JSON_FEED_TYPE: &str = "application/feed+json";

/// Facets whose concepts are the categories of an entry.
const CATEGORIES: [&str; 4] = ["rcp", "theme", "region", "type"];

/// The newest of what a query finds.
pub(crate) struct Feed {
    id: String,
    title: String,
    query: String,
    lang: &'static str,
    updated: Timestamp,
    total: u64,
    links: FeedLinks,
    entries: Vec<Entry>,
}

/// Addresses of a feed; those that are too long are left out.
struct FeedLinks {
    this: [Option<String>; 2],
    first: [Option<String>; 2],
    next: [Option<String>; 2],
}

/// A document, or a passage of one.
struct Entry {
    id: String,
    title: String,
    url: String,
    published: Timestamp,
    updated: Timestamp,
    authors: Vec<String>,
    categories: Vec<Category>,
    lang: &'static str,
    citation: String,
    /// HTML in which all text is escaped.
    content: String,
}

/// A concept of an entry.
struct Category {
    /// Address of its scheme.
    scheme: String,
    concept: ConceptLabel,
}

/// What all entries need.
struct Context<'a> {
    /// Public address of the server; addresses are relative without one.
    site: &'a str,
    labels: &'a Labels<'a>,
}

impl Feed {
    /// The feed of an answer; `site` is the public address of the server, `facets` are those of the configuration.
    pub(crate) fn new(
        response: domain::SearchResponse,
        params: &FeedParams,
        site: Option<&str>,
        facets: &[String],
        labels: &Labels<'_>,
    ) -> Feed {
        let site = site.unwrap_or_default();
        let context = Context { site, labels };
        let entries: Vec<Entry> = match response.hits {
            domain::Hits::Documents(hits) => hits.into_iter().map(|hit| Entry::of_document(hit, &context)).collect(),
            domain::Hits::Passages(hits) => hits.into_iter().map(|hit| Entry::of_passage(hit, &context)).collect(),
        };
        let link = |cursor: Option<&str>| {
            [ATOM, JSON].map(|path| params.link(path, cursor, facets).map(|link| format!("{site}{link}")))
        };
        let request = &params.0;
        Feed {
            id: urn(&format!("feeds/{}", serde_json::Value::from(params.normalised()))),
            title: title(params, labels),
            query: request.query.clone(),
            lang: request.ui.code(),
            updated: entries.iter().map(|entry| entry.updated).max().unwrap_or_default(),
            total: response.total,
            links: FeedLinks {
                this: link(request.cursor.as_deref()),
                first: link(None),
                next: response.next_cursor.map(|cursor| link(Some(&cursor))).unwrap_or_default(),
            },
            entries,
        }
    }

    /// The feed as Atom (RFC 4287), with the elements of OpenSearch.
    pub(crate) fn atom(&self) -> String {
        let mut xml = Xml::new();
        let namespaces = [
            ("xmlns", "http://www.w3.org/2005/Atom"),
            ("xmlns:opensearch", "http://a9.com/-/spec/opensearch/1.1/"),
            ("xml:lang", self.lang),
        ];
        xml.open("feed", &namespaces);
        xml.text("id", &[], &self.id);
        xml.text("title", &[], &self.title);
        xml.text("updated", &[], &self.updated.to_string());
        xml.open("author", &[]);
        xml.text("name", &[], "rcp-search");
        xml.close("author");
        xml.text("generator", &[("version", env!("CARGO_PKG_VERSION"))], "rcp-search");
        let FeedLinks { this: [this, other], first: [first, _], next: [next, _] } = &self.links;
        let links = [
            ("self", "application/atom+xml", this),
            ("first", "application/atom+xml", first),
            ("next", "application/atom+xml", next),
            ("alternate", JSON_FEED_TYPE, other),
        ];
        for (rel, media_type, href) in links {
            href.iter().for_each(|href| xml.empty("link", &[("rel", rel), ("type", media_type), ("href", href)]));
        }
        xml.text("opensearch:totalResults", &[], &self.total.to_string());
        xml.text("opensearch:itemsPerPage", &[], &self.entries.len().to_string());
        xml.empty("opensearch:Query", &[("role", "request"), ("searchTerms", &self.query)]);
        self.entries.iter().for_each(|entry| entry.write(&mut xml));
        xml.close("feed");
        xml.finish()
    }
}

impl Entry {
    fn of_document(hit: domain::DocumentHit, context: &Context<'_>) -> Entry {
        let mut content = String::new();
        for passage in &hit.passages {
            add_passage(&mut content, Some(&passage.label), &passage.segments);
        }
        let name = document_url(&hit.document.id);
        let lang = hit.document.languages.first().copied().unwrap_or(Language::Undetermined);
        let title = hit.document.display_title().to_owned();
        Entry::new(&name, title, &hit.document, lang, hit.citation, content, context)
    }

    fn of_passage(hit: domain::PassageHit, context: &Context<'_>) -> Entry {
        let mut content = String::new();
        add_passage(&mut content, None, &hit.passage.segments);
        let name = format!("{}#{}", document_url(&hit.document.id), hit.passage.passage.id);
        let title = format!("{}, {}", hit.document.display_title(), hit.passage.label);
        let lang = hit.passage.passage.language;
        Entry::new(&name, title, &hit.document, lang, hit.passage.citation, content, context)
    }

    /// `name` is the permanent address of what the entry stands for.
    fn new(
        name: &str,
        title: String,
        document: &Document,
        language: Language,
        citation: String,
        mut content: String,
        context: &Context<'_>,
    ) -> Entry {
        content.push_str("<p><cite>");
        escape(&citation, &mut content);
        content.push_str("</cite></p>");
        let Context { site, labels } = context;
        let of_facet = |facet: &str| -> Vec<Category> {
            let scheme = labels.scheme(facet).map_or_else(String::new, |id| format!("{site}/v1/schemes/{id}"));
            let concepts = labels.concepts(document, facet).into_iter();
            concepts.map(|concept| Category { scheme: scheme.clone(), concept }).collect()
        };
        Entry {
            id: urn(name.trim_start_matches('/')),
            title,
            url: format!("{site}{name}"),
            published: document.added,
            updated: document.changed,
            authors: labels.concepts(document, "rcp").into_iter().map(|process| process.label).collect(),
            categories: CATEGORIES.iter().flat_map(|facet| of_facet(facet)).collect(),
            lang: language.code(),
            citation,
            content,
        }
    }

    fn write(&self, xml: &mut Xml) {
        xml.open("entry", &[]);
        xml.text("id", &[], &self.id);
        xml.text("title", &[], &self.title);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &self.url)]);
        xml.text("published", &[], &self.published.to_string());
        xml.text("updated", &[], &self.updated.to_string());
        for author in &self.authors {
            xml.open("author", &[]);
            xml.text("name", &[], author);
            xml.close("author");
        }
        for Category { scheme, concept } in &self.categories {
            xml.empty("category", &[("term", &concept.id), ("scheme", scheme), ("label", &concept.label)]);
        }
        xml.text("summary", &[], &self.citation);
        xml.text("content", &[("type", "html"), ("xml:lang", self.lang)], &self.content);
        xml.close("entry");
    }
}

/// Adds a passage as HTML.
fn add_passage(content: &mut String, label: Option<&str>, segments: &[domain::Segment]) {
    content.push_str("<p>");
    if let Some(label) = label {
        content.push_str("<strong>");
        escape(label, content);
        content.push_str("</strong> ");
    }
    content.push_str(&html(segments));
    content.push_str("</p>");
}

/// The id of what has this name. It never changes, for by it readers know what they have seen: a UUID of version 8 (RFC
/// 9562), which is of one's own making, from the hash of the name.
fn urn(name: &str) -> String {
    let mut bytes: Vec<u8> = Sha256::digest(format!("rcp-search/{name}")).iter().copied().take(16).collect();
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// What the feed is of: `New passages: labour migration, Regional Conference on Migration`.
fn title(params: &FeedParams, labels: &Labels<'_>) -> String {
    let request = &params.0;
    let [documents, passages] = match request.ui {
        Language::Es => ["Documentos nuevos", "Pasajes nuevos"],
        Language::Fr => ["Nouveaux documents", "Nouveaux passages"],
        Language::En | Language::Undetermined => ["New documents", "New passages"],
    };
    let what = if params.is_of_documents() { documents } else { passages };
    let query = (!request.query.trim().is_empty()).then(|| request.query.clone());
    let chosen = request
        .filters
        .iter()
        .flat_map(|(facet, chosen)| chosen.include.iter().map(move |value| labels.concept(facet, value).label));
    let asked: Vec<String> = query.into_iter().chain(chosen).collect();
    if asked.is_empty() { what.to_owned() } else { format!("{what}: {}", asked.join(", ")) }
}

/// A feed as JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct JsonFeed {
    /// Version of the format.
    #[schema(example = "https://jsonfeed.org/version/1.1")]
    version: &'static str,
    /// What the feed is of.
    #[schema(example = "New documents: labour migration")]
    title: String,
    /// Address of the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        required = false,
        nullable = false,
        example = "https://search.example.org/v1/feed.json?q=labour+migration"
    )]
    feed_url: Option<String>,
    /// Address of the next page; missing on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    next_url: Option<String>,
    /// Language of labels and titles that are not the documents' own.
    #[schema(example = "en")]
    language: &'static str,
    /// The entries, the newest first.
    items: Vec<JsonFeedItem>,
}

/// A document or passage in a feed.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct JsonFeedItem {
    /// Never changes.
    #[schema(example = "urn:uuid:2b0e7a52-8a2c-5c39-b38a-5f2f5a8d1c11")]
    id: String,
    /// Permanent address.
    #[schema(example = "https://search.example.org/documents/gcim-iom-workshop-2005-report")]
    url: String,
    /// Title of the document, for a passage with what to call it.
    #[schema(example = "GCIM–IOM Workshop on Regional Consultative Processes")]
    title: String,
    /// The passages that match and the citation, as HTML.
    #[schema(example = "<p>Dialogue with the <mark>private</mark> <mark>sector</mark></p>")]
    content_html: String,
    /// How to cite it.
    #[schema(example = "GCIM–IOM Workshop on Regional Consultative Processes, 2005")]
    summary: String,
    /// First time the document was indexed.
    #[schema(format = DateTime, example = "2026-01-31T12:00:00Z")]
    date_published: String,
    /// Last time its text or facts changed.
    #[schema(format = DateTime, example = "2026-01-31T12:00:00Z")]
    date_modified: String,
    /// Processes it belongs to.
    authors: Vec<JsonFeedAuthor>,
    /// Labels of its processes, themes, regions and type.
    #[schema(example = json!(["Protection and rights"]))]
    tags: Vec<String>,
    /// Language of its text.
    #[schema(example = "en")]
    language: &'static str,
}

/// A process that a document belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct JsonFeedAuthor {
    /// Its label.
    #[schema(example = "Regional Conference on Migration")]
    name: String,
}

impl From<Feed> for JsonFeed {
    fn from(feed: Feed) -> JsonFeed {
        let FeedLinks { first: [_, feed_url], next: [_, next_url], .. } = feed.links;
        JsonFeed {
            version: "https://jsonfeed.org/version/1.1",
            title: feed.title,
            feed_url,
            next_url,
            language: feed.lang,
            items: feed.entries.into_iter().map(JsonFeedItem::from).collect(),
        }
    }
}

impl From<Entry> for JsonFeedItem {
    fn from(entry: Entry) -> JsonFeedItem {
        JsonFeedItem {
            id: entry.id,
            url: entry.url,
            title: entry.title,
            content_html: entry.content,
            summary: entry.citation,
            date_published: entry.published.to_string(),
            date_modified: entry.updated.to_string(),
            authors: entry.authors.into_iter().map(|name| JsonFeedAuthor { name }).collect(),
            tags: entry.categories.into_iter().map(|category| category.concept.label).collect(),
            language: entry.lang,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Readers keep ids for years.
    #[test]
    fn ids_are_what_they_always_were() {
        assert_eq!(urn("documents/a#p21"), "urn:uuid:b4177b7d-b036-8512-aa5b-af001397e4f1");
    }
}

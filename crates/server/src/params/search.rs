//! [`SearchParams`] and [`PassagesParams`]: what a search takes, and its normal form.

use rcp_corpus::model::{DocumentId, Language};
use rcp_query::request::{MatchMode, SearchRequest, Sort, Unit};
use serde_json::{Map, Value, json};
use utoipa::openapi::{RefOr, Schema};

use super::filters::{filter_parameters, filter_values, read_filters};
use super::parameter::{Choice, Integer, List, Parameter, Text};
use super::{CompareParams, ExportParams, Given, Read, object_schema};
use crate::responses::{DocumentHit, Hit, PassageHit};

/// A search for documents.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SearchParams {
    /// What is searched.
    pub(crate) request: SearchRequest,
    /// How matches are marked.
    pub(crate) highlight: Highlight,
    /// Keys of each hit beside its ids; `None` for all of them.
    pub(crate) fields: Option<Vec<String>>,
}

/// A search for passages: the same without evidence, since the passages are the hits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PassagesParams(pub(crate) SearchParams);

/// How matches are marked in the text of passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Highlight {
    /// Segments of plain text, each marked or not.
    Segments,
    /// The segments, and beside them escaped HTML with `<mark>`.
    Html,
    /// One unmarked segment.
    None,
}

/// Facets that are counted where the request does not say which.
const DEFAULT_FACETS: [&str; 7] = ["rcp", "theme", "region", "year", "type", "lang", "country"];
/// Asks for no facets at all.
const NO_FACETS: &str = "none";

pub(super) const Q: Text = Text {
    name: "q",
    description: "Query text: words, \"exact phrases\", AND, OR, NOT, parentheses, -word, prefix*, and fields such as title: or year:2009..2013. Without it every document that the filters let through matches. It is never a syntax error: what is not understood is a warning in `interpretation`.",
    example: "labour migration",
    may_be_empty: true,
};
pub(super) const MATCH: Choice<MatchMode> = Choice {
    name: "match",
    type_name: "MatchMode",
    description: "How many of the words must match. `most`: of one or two words all, of three or four at least half, of five or more one.",
    values: &[("most", MatchMode::Most), ("all", MatchMode::All), ("any", MatchMode::Any)],
    default: MatchMode::Most,
};
pub(super) const EXPAND: Choice<bool> = Choice {
    name: "expand",
    type_name: "OnOff",
    description: "Whether names of concepts also find their equivalents in other wordings and languages, at a lower weight: `interpretation.expansions`.",
    values: &[("on", true), ("off", false)],
    default: true,
};
pub(super) const EXPAND_EXCLUDE: List = List {
    name: "expand_exclude",
    description: "Expansions that are not wanted: a `term` of `interpretation.expansions`; repeatable.",
    example: "human trafficking",
    commas: false,
    default: &[],
    max: SearchRequest::MAX_EXPAND_EXCLUDE,
};
pub(super) const CORRECT: Choice<bool> = Choice {
    name: "correct",
    type_name: "OnOff",
    description: "Whether words that no document holds are read as the nearest ones: `interpretation.corrections`.",
    values: &[("on", true), ("off", false)],
    default: true,
};
pub(super) const DOCUMENT: List = List {
    name: "document",
    description: "Only these documents, or passages of them, by id; repeatable. With it `/v1/passages` gives every matching passage of a document.",
    example: "gcim-iom-workshop-2005-report",
    commas: false,
    default: &[],
    max: SearchRequest::MAX_DOCUMENTS,
};
pub(super) const SORT: Choice<Sort> = Choice {
    name: "sort",
    type_name: "SearchSort",
    description: "Order of the hits; ties are in order of their ids.",
    values: &SORTS,
    default: Sort::Relevance,
};
const SORTS: [(&str, Sort); 5] = [
    ("relevance", Sort::Relevance),
    ("-date", Sort::DateDescending),
    ("date", Sort::DateAscending),
    ("title", Sort::Title),
    ("-added", Sort::AddedDescending),
];
pub(super) const LIMIT: Integer = Integer {
    name: "limit",
    description: "Hits to return.",
    min: 1,
    max: SearchRequest::MAX_LIMIT,
    default: Some(10),
    example: 10,
};
pub(super) const OFFSET: Integer = Integer {
    name: "offset",
    description: "Hits to skip. To go further than 1,000, follow `links.next`.",
    min: 0,
    max: SearchRequest::MAX_OFFSET,
    default: Some(0),
    example: 0,
};
pub(super) const CURSOR: Text = Text {
    name: "cursor",
    description: "Goes on behind the last hit of an earlier answer to the same request: its `meta.next_cursor`. Not together with `offset`.",
    example: "",
    may_be_empty: false,
};
const FACETS: List = List {
    name: "facets",
    description: "Facets to count: a list with commas, or repeated. `none` counts none.",
    example: "rcp theme",
    commas: true,
    default: &DEFAULT_FACETS,
    max: 100,
};
const FACET_LIMIT: Integer = Integer {
    name: "facet_limit",
    description: "Values of each facet at most; selected ones are always among them.",
    min: 1,
    max: SearchRequest::MAX_FACET_LIMIT,
    default: Some(20),
    example: 20,
};
pub(super) const PASSAGES: Integer = Integer {
    name: "passages",
    description: "Evidence passages of each document.",
    min: 0,
    max: SearchRequest::MAX_PASSAGES,
    default: Some(3),
    example: 3,
};
const HIGHLIGHT: Choice<Highlight> = Choice {
    name: "highlight",
    type_name: "Highlight",
    description: "How matches are marked. `segments`: pieces of plain text, each marked or not. `html`: beside them escaped HTML with `<mark>`, and `<mark class=\"expanded\">` where only an expansion matches. `none`: one unmarked segment.",
    values: &[("segments", Highlight::Segments), ("html", Highlight::Html), ("none", Highlight::None)],
    default: Highlight::Segments,
};
pub(super) const UI: Choice<Language> = Choice {
    name: "ui",
    type_name: "UiLanguage",
    description: "Language of the labels.",
    values: &[("en", Language::En), ("es", Language::Es), ("fr", Language::Fr)],
    default: Language::En,
};
const FIELDS: List = List {
    name: "fields",
    description: "Keys of each hit: a list with commas, or repeated; all where none is given. The ids are always there.",
    example: "title citation",
    commas: true,
    default: &[],
    max: 100,
};
const EXPLAIN: Choice<bool> = Choice {
    name: "explain",
    type_name: "TrueFalse",
    description: "Whether each hit tells how its score is made up.",
    values: &[("true", true), ("false", false)],
    default: false,
};
/// Documents or passages, where a route takes either.
pub(super) const fn unit(default: Unit, description: &'static str) -> Choice<Unit> {
    let values = &[("document", Unit::Documents), ("passage", Unit::Passages)];
    Choice { name: "unit", type_name: "Unit", description, values, default }
}

/// Reads `limit` and `offset` or `cursor` into a request.
pub(super) fn read_page(given: &mut Given, request: &mut SearchRequest) {
    request.limit = LIMIT.read_size(given);
    request.offset = OFFSET.read_size(given);
    request.cursor = CURSOR.read(given);
    // Clients that send every default send an offset of 0 too: it contradicts nothing.
    if request.cursor.is_some() && request.offset > 0 {
        given.refuse(OFFSET.name, "cannot be combined with cursor; give one of the two");
    }
}

impl Read for SearchParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        let mut parameters = PassagesParams::parameters();
        parameters.push(&PASSAGES);
        parameters
    }

    const FACETS: bool = true;

    fn read(given: &mut Given, facets: &[String]) -> SearchParams {
        let mut params = read_search(given, facets, Unit::Documents);
        params.request.passages = PASSAGES.read_size(given);
        params
    }
}

impl Read for PassagesParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        let mut parameters = query_parameters();
        let rest: [&'static dyn Parameter; 10] =
            [&SORT, &LIMIT, &OFFSET, &CURSOR, &FACETS, &FACET_LIMIT, &HIGHLIGHT, &FIELDS, &EXPLAIN, &UI];
        parameters.extend(rest);
        parameters
    }

    const FACETS: bool = true;

    fn read(given: &mut Given, facets: &[String]) -> PassagesParams {
        PassagesParams(read_search(given, facets, Unit::Passages))
    }
}

/// The parameters that say what matches.
pub(super) fn query_parameters() -> Vec<&'static dyn Parameter> {
    let mut parameters: Vec<&'static dyn Parameter> = vec![&Q];
    parameters.extend(matching_parameters());
    parameters
}

/// Those of them beside the query text.
pub(super) fn matching_parameters() -> Vec<&'static dyn Parameter> {
    let mut parameters: Vec<&'static dyn Parameter> = vec![&MATCH, &EXPAND, &EXPAND_EXCLUDE, &CORRECT, &DOCUMENT];
    parameters.extend(filter_parameters());
    parameters
}

/// Reads what matches into a request.
pub(super) fn read_query(given: &mut Given, facets: &[String], unit: Unit) -> SearchRequest {
    read_matching(&Q, given, facets, unit)
}

/// Reads what matches, with the query text in a parameter of its own.
pub(super) fn read_matching(query: &Text, given: &mut Given, facets: &[String], unit: Unit) -> SearchRequest {
    let mut request = SearchRequest::new(unit, &query.read(given).unwrap_or_default());
    request.match_mode = MATCH.read(given);
    request.expand = EXPAND.read(given);
    request.expand_exclude = EXPAND_EXCLUDE.read(given).unwrap_or_default();
    request.correct = CORRECT.read(given);
    request.documents = read_documents(given);
    read_filters(given, facets, &mut request);
    request
}

/// What matches, by parameter.
pub(super) fn query_values(request: &SearchRequest) -> Map<String, Value> {
    let mut values: Map<String, Value> = filter_values(request).into_iter().collect();
    let mut put = |name: &str, value: Value| drop(values.insert(name.to_owned(), value));
    put(Q.name, json!(request.query));
    put(MATCH.name, json!(MATCH.word(request.match_mode)));
    put(EXPAND.name, json!(EXPAND.word(request.expand)));
    if !request.expand_exclude.is_empty() {
        put(EXPAND_EXCLUDE.name, json!(request.expand_exclude));
    }
    put(CORRECT.name, json!(CORRECT.word(request.correct)));
    if !request.documents.is_empty() {
        put(DOCUMENT.name, json!(request.documents));
    }
    values
}

pub(super) fn read_search(given: &mut Given, facets: &[String], unit: Unit) -> SearchParams {
    let mut request = read_query(given, facets, unit);
    request.sort = SORT.read(given);
    read_page(given, &mut request);
    request.facets = counted_facets(given, facets);
    request.facet_limit = FACET_LIMIT.read_size(given);
    request.explain = EXPLAIN.read(given);
    request.ui = UI.read(given);
    SearchParams { request, highlight: HIGHLIGHT.read(given), fields: selected_fields(given, unit) }
}

/// The keys of hits that are asked for.
fn selected_fields(given: &mut Given, unit: Unit) -> Option<Vec<String>> {
    let asked = FIELDS.read(given)?;
    let known = match unit {
        Unit::Documents => DocumentHit::KEYS,
        Unit::Passages => PassageHit::KEYS,
    };
    for name in asked.iter().filter(|name| !known.contains(&name.as_str())) {
        let shown = crate::problem::shortened(name);
        given.refuse_word(
            FIELDS.name,
            &format!("holds {shown:?}, which is no key of a hit"),
            name,
            known.iter().copied(),
        );
    }
    Some(asked)
}

/// Documents by id, sorted, so that equal choices are equal requests.
pub(super) fn read_documents(given: &mut Given) -> Vec<DocumentId> {
    let asked = DOCUMENT.read(given).unwrap_or_default();
    let mut documents: Vec<DocumentId> = asked.iter().filter_map(|id| DocumentId::new(id).ok()).collect();
    if documents.len() < asked.len() {
        given.refuse(DOCUMENT.name, "must hold ids of documents: lower-case letters, digits and single hyphens");
    }
    documents.sort_unstable();
    documents
}

/// The facets to count: those asked for, else the default ones that the configuration has.
fn counted_facets(given: &mut Given, facets: &[String]) -> Vec<String> {
    let Some(asked) = FACETS.read(given) else {
        return DEFAULT_FACETS
            .iter()
            .filter(|name| facets.iter().any(|facet| facet == *name))
            .map(ToString::to_string)
            .collect();
    };
    if asked == [NO_FACETS] {
        return Vec::new();
    }
    for name in asked.iter().filter(|name| !facets.contains(name)) {
        let known = facets.iter().map(String::as_str).chain([NO_FACETS]);
        let shown = crate::problem::shortened(name);
        given.refuse_word(FACETS.name, &format!("holds {shown:?}, which is not a facet"), name, known);
    }
    asked
}

impl SearchParams {
    /// The request in normal form, as the keys and values of a POST body. It does not hold the cursor: it says what is
    /// asked, not where an answer begins.
    pub(crate) fn normalised(&self) -> Map<String, Value> {
        let request = &self.request;
        let mut normal = query_values(request);
        let mut put = |name: &str, value: Value| drop(normal.insert(name.to_owned(), value));
        put(SORT.name, json!(SORT.word(request.sort)));
        put(LIMIT.name, json!(request.limit));
        if request.cursor.is_none() {
            put(OFFSET.name, json!(request.offset));
        }
        let no_facets = [NO_FACETS.to_owned()];
        put(FACETS.name, json!(if request.facets.is_empty() { &no_facets } else { request.facets.as_slice() }));
        put(FACET_LIMIT.name, json!(request.facet_limit));
        if request.unit == Unit::Documents {
            put(PASSAGES.name, json!(request.passages));
        }
        put(HIGHLIGHT.name, json!(HIGHLIGHT.word(self.highlight)));
        if let Some(fields) = &self.fields {
            put(FIELDS.name, json!(fields));
        }
        put(EXPLAIN.name, json!(EXPLAIN.word(request.explain)));
        put(UI.name, json!(UI.word(request.ui)));
        normal
    }

    /// Address of this request at `path`, without what is default; from `cursor` on where one is given.
    /// `None` where it would be too long.
    pub(crate) fn link(&self, path: &str, cursor: Option<&str>, facets: &[String]) -> Option<String> {
        let mut given = Given::default();
        let defaults = match self.request.unit {
            Unit::Documents => SearchParams::read(&mut given, facets),
            Unit::Passages => PassagesParams::read(&mut given, facets).0,
        };
        super::link(path, &self.normalised(), &defaults.normalised(), cursor)
    }

    /// Address at `path` of a search for all passages that show why a document matches; `evidence_query` finds them
    /// ([`rcp_query::response::SearchResponse::evidence_query`]). `None` where it would be too long.
    pub(crate) fn passages_link(
        &self,
        path: &str,
        document: &DocumentId,
        evidence_query: &str,
        facets: &[String],
    ) -> Option<String> {
        let SearchRequest { expand, correct, limit, facet_limit, ui, .. } = self.request;
        let request = SearchRequest {
            match_mode: MatchMode::Any,
            documents: vec![document.clone()],
            expand_exclude: self.request.expand_exclude.clone(),
            facets: self.request.facets.clone(),
            ..SearchRequest::new(Unit::Passages, evidence_query)
        };
        let request = SearchRequest { expand, correct, limit, facet_limit, ui, ..request };
        SearchParams { request, highlight: self.highlight, fields: None }.link(path, None, facets)
    }
}

macro_rules! body_schema {
    ($($type:ident: $description:literal;)*) => {$(
        impl utoipa::PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                object_schema::<$type>($description)
            }
        }
        impl utoipa::ToSchema for $type {}
    )*};
}
body_schema! {
    SearchParams: "Parameters of a search for documents.";
    PassagesParams: "Parameters of a search for passages.";
    CompareParams: "Parameters of a comparison.";
    ExportParams: "Parameters of an export.";
}

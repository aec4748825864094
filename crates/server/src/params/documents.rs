//! [`DocumentsParams`]: which documents to list.

use rcp_corpus::model::DocumentId;
use rcp_query::request::{SearchRequest, Sort, Unit};
use serde_json::{Map, Value, json};

use super::filters::{filter_parameters, filter_values, read_filters};
use super::parameter::{Choice, List, Parameter, Text};
use super::search::{CURSOR, LIMIT, OFFSET, UI, read_page};
use super::{Given, Read};

/// A list of documents.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DocumentsParams {
    /// Filters, order, page and language of labels.
    pub(crate) request: SearchRequest,
    /// Which documents are listed.
    pub(crate) listing: Listing,
}

/// Which documents are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Listing {
    /// Those that the filters let through.
    Filtered,
    /// These, in this order.
    Ids(Vec<DocumentId>),
    /// Not those that are there, but those that left since the index had this version.
    WithdrawnSince(String),
}

const IDS: List = List {
    name: "ids",
    description: "These documents, in this order: a list with commas, or repeated. Only together with `ui`.",
    example: "gcim-iom-workshop-2005-report",
    commas: true,
    default: &[],
    max: 100,
};
const WITHDRAWN_SINCE: Text = Text {
    name: "withdrawn_since",
    description: "The ids of documents that were withdrawn since the index had this version, an `index_version` of an earlier answer, in `withdrawn`: what a copy of the corpus has to delete. Only together with `ui`. 410 for a version that the index does not remember: then the copy is to be made anew.",
    example: "",
    may_be_empty: false,
};
const SORT: Choice<Sort> = Choice {
    name: "sort",
    type_name: "DocumentSort",
    description: "Order of the documents; ties are in order of their ids.",
    values: &[
        ("-date", Sort::DateDescending),
        ("date", Sort::DateAscending),
        ("title", Sort::Title),
        ("-added", Sort::AddedDescending),
    ],
    default: Sort::DateDescending,
};

impl Read for DocumentsParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        let mut parameters: Vec<&'static dyn Parameter> = vec![&IDS, &WITHDRAWN_SINCE];
        parameters.extend(filter_parameters());
        let rest: [&'static dyn Parameter; 5] = [&SORT, &LIMIT, &OFFSET, &CURSOR, &UI];
        parameters.extend(rest);
        parameters
    }

    const FACETS: bool = true;

    fn read(given: &mut Given, facets: &[String]) -> DocumentsParams {
        let mut request = SearchRequest::new(Unit::Documents, "");
        request.passages = 0;
        request.ui = UI.read(given);
        let listing = read_listing(given);
        read_filters(given, facets, &mut request);
        request.sort = SORT.read(given);
        read_page(given, &mut request);
        DocumentsParams { request, listing }
    }
}

fn read_listing(given: &mut Given) -> Listing {
    let version = WITHDRAWN_SINCE.read(given);
    let ids = read_ids(given);
    let named = if version.is_some() { WITHDRAWN_SINCE.name } else { IDS.name };
    if (version.is_some() && ids.is_some()) || (version.is_some() || ids.is_some()) && !given.is_empty() {
        given.refuse(named, "cannot be combined with other documents, filters, sort or paging");
    }
    match (version, ids) {
        (Some(version), _) => Listing::WithdrawnSince(version),
        (None, Some(ids)) => Listing::Ids(ids),
        (None, None) => Listing::Filtered,
    }
}

fn read_ids(given: &mut Given) -> Option<Vec<DocumentId>> {
    let ids = IDS.read(given)?;
    let checked: Vec<DocumentId> = ids.iter().filter_map(|id| DocumentId::new(id).ok()).collect();
    if checked.len() < ids.len() {
        given.refuse(IDS.name, "must hold ids of documents: lower-case letters, digits and single hyphens");
    }
    Some(checked)
}

impl DocumentsParams {
    /// Address of this list, without what is default; from `cursor` on where one is given.
    /// `None` where it would be too long.
    pub(crate) fn link(&self, path: &str, cursor: Option<&str>, facets: &[String]) -> Option<String> {
        let defaults = DocumentsParams::read(&mut Given::default(), facets);
        super::link(path, &self.normalised(), &defaults.normalised(), cursor)
    }

    fn normalised(&self) -> Map<String, Value> {
        let request = &self.request;
        let mut normal: Map<String, Value> = filter_values(request).into_iter().collect();
        match &self.listing {
            Listing::Filtered => {}
            Listing::Ids(ids) => drop(normal.insert(IDS.name.to_owned(), json!(ids))),
            Listing::WithdrawnSince(version) => {
                normal.insert(WITHDRAWN_SINCE.name.to_owned(), json!(version));
            }
        }
        normal.insert(SORT.name.to_owned(), json!(SORT.word(request.sort)));
        normal.insert(LIMIT.name.to_owned(), json!(request.limit));
        if request.cursor.is_none() {
            normal.insert(OFFSET.name.to_owned(), json!(request.offset));
        }
        normal.insert(UI.name.to_owned(), json!(UI.word(request.ui)));
        normal
    }
}

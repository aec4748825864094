//! [`SearchPageParams`]: what the page of a search takes: the parameters of the search, and what the page shows of it.

use rcp_query::request::{SearchRequest, Sort, Unit};

use super::parameter::{Choice, Parameter, Text};
use super::search::{CURSOR, LIMIT, OFFSET, PASSAGES, SORT, UI, query_parameters, read_search};
use super::{Given, Read, SearchParams};

/// Where the page is.
const PATH: &str = "/search";

/// A search as a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SearchPageParams {
    /// The search, of documents or passages.
    pub(crate) search: SearchParams,
    /// Facet whose values are all shown.
    pub(crate) all: Option<String>,
    /// What is looked for among them.
    pub(crate) find: Option<String>,
}

const UNIT: Choice<Unit> = Choice {
    name: "unit",
    type_name: "Unit",
    description: "What is looked for: `document` or `passage`.",
    values: &[("document", Unit::Documents), ("passage", Unit::Passages)],
    default: Unit::Documents,
};
const ALL: Text =
    Text { name: "all", description: "Facet whose values are all shown.", example: "country", may_be_empty: false };
const FIND: Text = Text {
    name: "find",
    description: "What is looked for among the values of that facet.",
    example: "mex",
    may_be_empty: false,
};

impl Read for SearchPageParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        let mut parameters: Vec<&'static dyn Parameter> = vec![&UNIT];
        parameters.extend(query_parameters());
        let rest: [&'static dyn Parameter; 7] = [&SORT, &LIMIT, &OFFSET, &CURSOR, &PASSAGES, &ALL, &FIND];
        parameters.extend(rest);
        parameters
    }

    const FACETS: bool = true;

    fn read(given: &mut Given, facets: &[String]) -> SearchPageParams {
        let unit = UNIT.read(given);
        let mut search = read_search(given, facets, unit);
        search.request.passages = PASSAGES.read_size(given);
        if is_unordered(&search.request) {
            search.request.sort = Sort::DateDescending;
        }
        SearchPageParams { search, all: ALL.read(given), find: FIND.read(given) }
    }
}

/// Whether every hit is as good as the others: then the latest come first.
fn is_unordered(request: &SearchRequest) -> bool {
    has_no_words(request) && request.sort == SORT.default
}

fn has_no_words(request: &SearchRequest) -> bool {
    request.query.trim().is_empty()
}

impl SearchPageParams {
    /// Address of the page of a search, in the language of its labels where that is not the default one. `None` where it
    /// would be too long.
    pub(crate) fn link_of(search: &SearchParams, facets: &[String]) -> Option<String> {
        let mut request = SearchRequest { cursor: None, ..search.request.clone() };
        if is_unordered(&request) {
            request.sort = Sort::DateDescending;
        }
        let ui = (request.ui != UI.default).then(|| (UI.name.to_owned(), UI.word(request.ui).to_owned()));
        let page = SearchPageParams { search: SearchParams { request, ..search.clone() }, all: None, find: None };
        let parameters = SearchPageParams::parameters();
        let is_known = |name: &str| {
            let facet = name.strip_prefix("not_").unwrap_or(name);
            parameters.iter().any(|known| known.name() == name) || facets.iter().any(|known| known == facet)
        };
        let pairs = page.pairs(facets).into_iter().filter(|(name, _)| is_known(name));
        super::address(PATH, pairs.chain(ui))
    }

    /// Its parameters that are not the default ones, but for the place in the results and the language.
    pub(crate) fn pairs(&self, facets: &[String]) -> Vec<(String, String)> {
        let normalised = |params: &SearchPageParams| {
            let mut normal = params.search.normalised();
            let request = &params.search.request;
            normal.insert(UNIT.name.to_owned(), UNIT.word(request.unit).into());
            for (name, text) in [(ALL.name, &params.all), (FIND.name, &params.find)] {
                normal.extend(text.clone().map(|text| (name.to_owned(), text.into())));
            }
            let default_order = if has_no_words(request) { Sort::DateDescending } else { SORT.default };
            let is_default_order = request.sort == default_order;
            for name in [OFFSET.name, "ui"].into_iter().chain(is_default_order.then_some(SORT.name)) {
                normal.remove(name);
            }
            normal
        };
        let defaults = SearchPageParams::read(&mut Given::default(), facets);
        super::pairs(&normalised(self), &normalised(&defaults))
    }
}

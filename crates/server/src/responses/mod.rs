//! What the API answers: shapes of their own, converted by hand from the types of the domain, so that a change of a
//! domain type is never a silent change of the API.

mod cite;
mod compare;
mod coverage;
mod csl;
mod document;
mod explanation;
mod export;
mod facet;
mod facet_search;
mod fact;
mod feed;
mod hits;
mod labels;
mod listing;
mod operations;
mod passage;
mod scheme;
mod search;
mod selection;
mod similar;
mod suggest;
mod understood;

pub(crate) use cite::Resolved;
pub(crate) use compare::{CompareLinks, Comparison, csv};
pub(crate) use coverage::{Coverage, CoverageSummary};
pub(crate) use csl::CslItem;
pub(crate) use document::{DocumentDetail, DocumentSummary, Source, document_url};
pub(crate) use export::{EXPORT, ExportManifest, MANIFEST};
pub(crate) use facet::{Facet, FacetValue};
pub(crate) use facet_search::FacetSearch;
pub(crate) use fact::{DateFact, EventFact, Label, TextFact, YearFact};
pub(crate) use feed::{ATOM, ATOM_TYPE, Feed, JSON_FEED_TYPE, JsonFeed};
pub(crate) use hits::{DocumentHit, Hit, PassageHit};
pub(crate) use labels::{ConceptLabel, Labels};
pub(crate) use listing::{Documents, Passages};
pub(crate) use operations::{Health, Readiness};
pub(crate) use passage::Passage;
pub(crate) use scheme::{SCHEMES, Scheme, Schemes};
pub(crate) use search::{Links, SearchLinks, SearchResponse};
pub(crate) use selection::Selection;
pub(crate) use similar::Similar;
pub(crate) use suggest::{OpenSearchSuggestions, Suggestions};

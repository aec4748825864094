//! [`FacetSearch`]: values of a facet that were looked for.

use rcp_corpus::model::Language;
use rcp_corpus::taxonomy::Taxonomy;
use rcp_query::facets::label;
use rcp_query::facets::search as domain;
use serde::Serialize;
use utoipa::ToSchema;

use super::passage::Segment;

/// Values of a facet that were looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FacetSearch {
    /// What was searched.
    pub(crate) meta: FacetMeta,
    /// Name of the facet.
    #[schema(example = "theme")]
    pub(crate) facet: String,
    /// Values that matches of the search have: those whose name begins as typed first, then by falling count (years: the
    /// latest first), then by id. One list, also of a hierarchy.
    pub(crate) values: Vec<FoundValue>,
    /// Values that were found, before `limit`.
    #[schema(minimum = 0, example = 1)]
    pub(crate) total_values: usize,
    /// Whether `limit` cut the list.
    #[schema(example = false)]
    pub(crate) truncated: bool,
    /// Matches without a value; `none` selects them.
    #[schema(minimum = 0, example = 1)]
    pub(crate) missing: u64,
}

/// What was searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FacetMeta {
    /// All matches of the search.
    #[schema(minimum = 0, example = 3)]
    pub(crate) total: u64,
    /// Whether the work that one request may cause ended before all was seen: counts are then of what was.
    #[schema(example = false)]
    pub(crate) partial: bool,
    /// Identifies the content and settings that answered.
    #[schema(example = "0f3a5c7e9b1d2468")]
    pub(crate) index_version: String,
}

/// A value that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FoundValue {
    /// Concept id, year, language code or event id: what a filter takes.
    #[schema(example = "protection-rights.consular")]
    pub(crate) value: String,
    /// Label in the language of the request.
    #[schema(example = "Consular protection")]
    pub(crate) label: String,
    /// The label in pieces: what was typed is a match. Plain text: escape it before it becomes HTML.
    pub(crate) segments: Vec<Segment>,
    /// The name that was found, where it is not the label: another language, an abbreviation, the id.
    #[schema(required = true, example = json!(null))]
    pub(crate) name: Option<String>,
    /// Every way from a root of the scheme to the value, as ids.
    #[schema(example = json!([["protection-rights", "protection-rights.consular"]]))]
    pub(crate) paths: Vec<Vec<String>>,
    /// The same ways as labels.
    #[schema(example = json!([["Protection and rights", "Consular protection"]]))]
    pub(crate) path_labels: Vec<Vec<String>>,
    /// Matches that have it, ignoring what is selected in this facet.
    #[schema(minimum = 0, example = 3)]
    pub(crate) count: u64,
    /// Total of the search if this value joined the selection.
    #[schema(minimum = 0, example = 4)]
    pub(crate) count_if_added: u64,
    /// Whether the search selects it.
    #[schema(example = false)]
    pub(crate) selected: bool,
}

impl FacetSearch {
    pub(crate) fn new(
        response: domain::FacetResponse,
        request: &domain::FacetRequest,
        taxonomy: &Taxonomy,
    ) -> FacetSearch {
        let (facet, ui) = (request.facet.as_str(), request.search.ui);
        let values = response.values.into_iter();
        let values: Vec<_> = values.map(|value| FoundValue::new(value, taxonomy, facet, ui)).collect();
        FacetSearch {
            meta: FacetMeta { total: response.total, partial: response.partial, index_version: response.index_version },
            facet: facet.to_owned(),
            truncated: response.total_values > values.len(),
            values,
            total_values: response.total_values,
            missing: response.missing,
        }
    }
}

impl FoundValue {
    fn new(found: domain::FoundValue, taxonomy: &Taxonomy, facet: &str, ui: Language) -> FoundValue {
        let labels = |path: &Vec<String>| path.iter().map(|id| label(taxonomy, facet, id, ui)).collect();
        FoundValue {
            path_labels: found.paths.iter().map(labels).collect(),
            value: found.value,
            label: found.label,
            segments: found.segments.into_iter().map(Segment::from).collect(),
            name: found.name,
            paths: found.paths,
            count: found.count,
            count_if_added: found.count_if_added,
            selected: found.selected,
        }
    }
}

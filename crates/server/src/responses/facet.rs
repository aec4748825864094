//! [`Facet`]: counts of one facet.

use rcp_query::response as domain;
use serde::Serialize;
use utoipa::ToSchema;

/// Counts of one facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Facet {
    /// Values by falling count, then id (years: the latest first); selected ones are always among them. In a hierarchy
    /// the widest concepts, with the narrower ones below them.
    pub(crate) values: Vec<FacetValue>,
    /// Values that have a count, before `facet_limit`.
    #[schema(minimum = 0, example = 12)]
    pub(crate) total_values: usize,
    /// Whether `facet_limit` cut the list.
    #[schema(example = false)]
    pub(crate) truncated: bool,
    /// Matches without a value; `none` selects them.
    #[schema(minimum = 0, example = 1)]
    pub(crate) missing: u64,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FacetValue {
    /// Concept id, year, language code or event id: what a filter takes.
    #[schema(example = "protection-rights.consular")]
    pub(crate) value: String,
    /// Label in the language of the request.
    #[schema(example = "Consular protection")]
    pub(crate) label: String,
    /// Every way from a root of the scheme to the value, as ids.
    #[schema(example = json!([["protection-rights", "protection-rights.consular"]]))]
    pub(crate) paths: Vec<Vec<String>>,
    /// Matches that have it, ignoring what is selected in this facet.
    #[schema(minimum = 0, example = 3)]
    pub(crate) count: u64,
    /// Total of the answer if this value joined the selection.
    #[schema(minimum = 0, example = 4)]
    pub(crate) count_if_added: u64,
    /// Whether the request selects it.
    #[schema(example = false)]
    pub(crate) selected: bool,
    /// Narrower concepts with a count.
    #[schema(no_recursion, example = json!([]))]
    pub(crate) children: Vec<FacetValue>,
}

impl From<domain::Facet> for Facet {
    fn from(facet: domain::Facet) -> Facet {
        Facet {
            values: facet.values.into_iter().map(FacetValue::from).collect(),
            total_values: facet.total_values,
            truncated: facet.truncated,
            missing: facet.missing,
        }
    }
}

impl From<domain::FacetValue> for FacetValue {
    /// Recurses to the depth of the scheme's hierarchy, which the configuration bounds.
    fn from(value: domain::FacetValue) -> FacetValue {
        FacetValue {
            value: value.value,
            label: value.label,
            paths: value.paths,
            count: value.count,
            count_if_added: value.count_if_added,
            selected: value.selected,
            children: value.children.into_iter().map(FacetValue::from).collect(),
        }
    }
}

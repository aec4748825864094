//! [`ExportManifest`]: what an export holds, before its first row.

use rcp_query::export::ExportSummary;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::CoverageSummary;
use super::search::Interpretation;
use crate::params::ExportParams;

/// Where exports are.
pub(crate) const EXPORT: &str = "/v1/export";
/// Where their manifests are.
pub(crate) const MANIFEST: &str = "/v1/export/manifest";

/// What an export holds: what was asked, what was understood, and how many rows answer it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct ExportManifest {
    /// Totals.
    pub(crate) meta: ExportMeta,
    /// The request in normal form: the body of a POST that asks the same.
    #[schema(value_type = ExportParams)]
    pub(crate) request: Map<String, Value>,
    /// What was understood.
    pub(crate) interpretation: Interpretation,
    /// What is searchable.
    pub(crate) coverage: CoverageSummary,
    /// The columns of the file in their order; none where its format has none.
    pub(crate) columns: Vec<ExportColumn>,
    /// Terms under which the data may be used, as the operator of the server states them.
    #[schema(required = true, example = json!(null))]
    pub(crate) terms: Option<String>,
    /// Addresses of the export.
    pub(crate) links: ExportLinks,
}

/// Totals of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ExportMeta {
    /// Rows.
    #[schema(minimum = 0, example = 3)]
    pub(crate) rows: u64,
    /// Different documents among them.
    #[schema(minimum = 0, example = 2)]
    pub(crate) documents: u64,
    /// Identifies the content and settings that answered.
    #[schema(example = "0f3a5c7e9b1d2468")]
    pub(crate) index_version: String,
}

/// A column of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ExportColumn {
    /// Its name: the header of CSV, the key in NDJSON.
    #[schema(example = "citation")]
    pub(crate) name: &'static str,
    /// What it holds.
    #[schema(example = "How to cite the row.")]
    pub(crate) description: &'static str,
}

/// Addresses of an export, relative to the server's; null where the request is too long for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ExportLinks {
    /// This manifest.
    #[serde(rename = "self")]
    #[schema(required = true, example = "/v1/export/manifest?q=labour+migration")]
    pub(crate) this: Option<String>,
    /// The file.
    #[schema(required = true, example = "/v1/export?q=labour+migration")]
    pub(crate) export: Option<String>,
}

impl ExportManifest {
    /// The manifest of an export; `facets` are those of the configuration.
    pub(crate) fn new(
        summary: &ExportSummary,
        params: &ExportParams,
        terms: Option<&str>,
        facets: &[String],
    ) -> ExportManifest {
        let columns = params.columns().into_iter();
        let columns = columns.map(|column| ExportColumn { name: column.name, description: column.description });
        ExportManifest {
            meta: ExportMeta {
                rows: summary.total,
                documents: summary.total_documents,
                index_version: summary.index_version.clone(),
            },
            request: params.normalised(),
            interpretation: summary.interpretation.clone().into(),
            coverage: CoverageSummary::from(&summary.coverage),
            columns: columns.collect(),
            terms: terms.map(str::to_owned),
            links: ExportLinks { this: params.link(MANIFEST, facets), export: params.link(EXPORT, facets) },
        }
    }
}

//! [`Schemes`]: the controlled vocabularies; [`Scheme`]: one of them as a directory.

use std::collections::BTreeMap;

use rcp_corpus::model::Language;
use rcp_corpus::taxonomy;
use rcp_query::response::SchemeView;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Address of the list of vocabularies.
pub(crate) const SCHEMES: &str = "/v1/schemes";

/// The controlled vocabularies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Schemes {
    /// Identifies the content and settings that answered.
    #[schema(example = "0f3a5c7e9b1d2468")]
    pub(crate) index_version: String,
    /// The vocabularies, by id.
    pub(crate) schemes: Vec<SchemeSummary>,
}

/// A controlled vocabulary in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SchemeSummary {
    /// Id of the scheme.
    #[schema(example = "theme")]
    pub(crate) id: String,
    /// Label in the language of the request.
    #[schema(example = "Themes")]
    pub(crate) label: String,
    /// Facets that its concepts feed.
    #[schema(example = json!(["theme"]))]
    pub(crate) facets: Vec<String>,
    /// Concepts that it has, those among them that have a newer id.
    #[schema(minimum = 0, example = 68)]
    pub(crate) concepts: usize,
    /// Address of the vocabulary with its concepts.
    #[schema(example = "/v1/schemes/theme")]
    pub(crate) url: String,
}

/// A controlled vocabulary with counts.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Scheme {
    /// Id of the scheme.
    #[schema(example = "theme")]
    pub(crate) id: String,
    /// Label in the language of the request.
    #[schema(example = "Themes")]
    pub(crate) label: String,
    /// Facets that its concepts feed.
    #[schema(example = json!(["theme"]))]
    pub(crate) facets: Vec<String>,
    /// Remarks.
    pub(crate) notes: Vec<String>,
    /// Where the facts come from.
    pub(crate) source: Vec<String>,
    /// Identifies the content and settings that answered.
    #[schema(example = "0f3a5c7e9b1d2468")]
    pub(crate) index_version: String,
    /// The concepts, in display order.
    pub(crate) concepts: Vec<SchemeConcept>,
}

/// A concept of a vocabulary.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct SchemeConcept {
    /// Stable id, as in filters.
    #[schema(example = "protection-rights.consular")]
    pub(crate) id: String,
    /// Label in the language of the request.
    #[schema(example = "Consular protection")]
    pub(crate) label: String,
    /// Labels by language.
    #[schema(example = json!({"en": "Consular protection", "es": "Protección consular", "fr": "Protection consulaire"}))]
    pub(crate) labels: BTreeMap<String, String>,
    /// Short form.
    #[schema(required = true, example = "RCM")]
    pub(crate) abbreviation: Option<String>,
    /// Wider concepts.
    #[schema(example = json!(["protection-rights"]))]
    pub(crate) broader: Vec<String>,
    /// Narrower concepts.
    #[schema(example = json!([]))]
    pub(crate) narrower: Vec<String>,
    /// Other names, any language.
    #[schema(example = json!(["consular assistance"]))]
    pub(crate) aliases: Vec<String>,
    /// Names it had before.
    #[schema(example = json!([]))]
    pub(crate) former_names: Vec<String>,
    /// The concept that replaced this one.
    #[schema(required = true)]
    pub(crate) replaced_by: Option<String>,
    /// Remarks.
    pub(crate) notes: Vec<String>,
    /// What could not be confirmed.
    pub(crate) doubts: Vec<String>,
    /// Where the facts come from.
    pub(crate) source: Vec<String>,
    /// Further facts by name: members, founding year, ISO code and others.
    #[schema(value_type = BTreeMap<String, Value>, example = json!({"founded": 1996}))]
    pub(crate) attributes: BTreeMap<String, Value>,
    /// Documents that have it or a narrower one, by facet that the vocabulary feeds.
    #[schema(example = json!({"rcp": 2, "mentions": 5}))]
    pub(crate) counts: BTreeMap<String, u64>,
}

impl Schemes {
    pub(crate) fn new(schemes: &[taxonomy::Scheme], index_version: String, ui: Language) -> Schemes {
        let mut schemes: Vec<_> = schemes.iter().map(|scheme| SchemeSummary::new(scheme, ui)).collect();
        schemes.sort_by(|a, b| a.id.cmp(&b.id));
        Schemes { index_version, schemes }
    }
}

impl SchemeSummary {
    fn new(scheme: &taxonomy::Scheme, ui: Language) -> SchemeSummary {
        SchemeSummary {
            id: scheme.id.clone(),
            label: scheme.label.get(ui).to_owned(),
            facets: scheme.facets.clone(),
            concepts: scheme.concepts.len(),
            url: format!("{SCHEMES}/{}", scheme.id),
        }
    }
}

impl Scheme {
    pub(crate) fn new(scheme: &taxonomy::Scheme, view: &SchemeView, index_version: String, ui: Language) -> Scheme {
        let mut narrower: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for concept in &scheme.concepts {
            for broader in &concept.broader {
                narrower.entry(broader).or_default().push(concept.id.clone());
            }
        }
        let concept = |concept: &taxonomy::Concept| {
            let count = |counts: &BTreeMap<String, u64>| counts.get(&concept.id).copied().unwrap_or(0);
            let counts = view.counts.iter().map(|(facet, counts)| (facet.clone(), count(counts))).collect();
            let narrower = narrower.remove(concept.id.as_str()).unwrap_or_default();
            SchemeConcept::new(concept, narrower, counts, ui)
        };
        Scheme {
            id: scheme.id.clone(),
            label: scheme.label.get(ui).to_owned(),
            facets: scheme.facets.clone(),
            notes: scheme.notes.clone(),
            source: scheme.source.clone(),
            index_version,
            concepts: scheme.concepts.iter().map(concept).collect(),
        }
    }
}

impl SchemeConcept {
    fn new(
        concept: &taxonomy::Concept,
        narrower: Vec<String>,
        counts: BTreeMap<String, u64>,
        ui: Language,
    ) -> SchemeConcept {
        SchemeConcept {
            id: concept.id.clone(),
            label: concept.label.get(ui).to_owned(),
            labels: concept.label.iter().map(|(lang, label)| (lang.code().to_owned(), label.to_owned())).collect(),
            abbreviation: concept.abbreviation.clone(),
            broader: concept.broader.clone(),
            narrower,
            aliases: concept.aliases.clone(),
            former_names: concept.former_names.clone(),
            replaced_by: concept.replaced_by.clone(),
            notes: concept.notes.clone(),
            doubts: concept.doubts.clone(),
            source: concept.source.clone(),
            attributes: concept.attributes.clone(),
            counts,
        }
    }
}

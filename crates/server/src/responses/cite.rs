//! [`Resolved`]: what a reference means.

use rcp_query::cite::{self as domain, CiteResponse};
use serde::Serialize;
use utoipa::ToSchema;

use super::document::document_url;

/// What a reference means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Resolved {
    /// What was read in it.
    pub(crate) understood: Understood,
    /// What it means, or may mean.
    pub(crate) candidates: Vec<Candidate>,
    /// Identifies the content and settings that answered.
    #[schema(example = "0f3a5c7e9b1d2468")]
    pub(crate) index_version: String,
}

/// What was read in a reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Understood {
    /// Id of a document.
    #[schema(required = true, example = json!(null))]
    pub(crate) document: Option<String>,
    /// What describes the document.
    #[schema(required = true, example = "GCIM–IOM Workshop 2005")]
    pub(crate) description: Option<String>,
    /// The place in it.
    #[schema(required = true, example = "para. 21")]
    pub(crate) place: Option<String>,
}

/// A document or passage that a reference may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Candidate {
    /// Id of the document.
    #[schema(example = "gcim-iom-workshop-2005-report")]
    pub(crate) document: String,
    /// Title of the document, or its file's name.
    #[schema(example = "GCIM – IOM Workshop on Regional Consultative Processes")]
    pub(crate) title: String,
    /// Id of the passage; null for the document as a whole.
    #[schema(required = true, example = "p21")]
    pub(crate) passage: Option<String>,
    /// What to call the passage; null for the document as a whole.
    #[schema(required = true, example = "para. 21")]
    pub(crate) label: Option<String>,
    /// How to cite it.
    #[schema(example = "GCIM – IOM Workshop on Regional Consultative Processes, 2005, para. 21")]
    pub(crate) citation: String,
    /// Its permanent address, relative to the server's.
    #[schema(example = "/documents/gcim-iom-workshop-2005-report#p21")]
    pub(crate) url: String,
}

impl From<CiteResponse> for Resolved {
    fn from(response: CiteResponse) -> Resolved {
        let domain::Understood { document, words, place } = response.understood;
        Resolved {
            understood: Understood { document, description: words, place },
            candidates: response.candidates.into_iter().map(Candidate::from).collect(),
            index_version: response.index_version,
        }
    }
}

impl From<domain::Cited> for Candidate {
    fn from(cited: domain::Cited) -> Candidate {
        let citation = cited.citation().to_owned();
        let document = cited.document.document;
        let (passage, label) = cited.passage.map(|it| (String::from(it.passage.id), it.label)).unzip();
        let place = passage.as_ref().map(|passage| format!("#{passage}")).unwrap_or_default();
        Candidate {
            title: document.display_title().to_owned(),
            url: document_url(&document.id) + &place,
            document: document.id.into(),
            passage,
            label,
            citation,
        }
    }
}

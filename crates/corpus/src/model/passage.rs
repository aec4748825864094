//! The [`Passage`]: what a search shows and a reader cites.

use serde::{Deserialize, Serialize};

use super::{Label, Language, PassageId};

/// A paragraph, or what stands for one, with everything needed to cite it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// Id within its document: `p21`, `s3-p1`, `n37`.
    pub id: PassageId,
    /// Position in the document, counted from 0 over all its passages.
    pub ordinal: u32,
    /// Number as printed, without its punctuation: `21`, `II.3`, `a`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Headings above it, outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub heading_path: Vec<String>,
    /// Page it starts on, counted from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Language it is written in.
    pub language: Language,
    /// What kind of text it is.
    pub kind: PassageKind,
    /// Plain text in Unicode normal form C, conversion artefacts removed. Never contains markup.
    pub text: String,
    /// Of a footnote: the passage that refers to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub footnote_of: Option<PassageId>,
    /// The passage's own themes, countries and mentions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label>,
}

impl Passage {
    /// A passage of running text without printed number, headings, page, reference and labels.
    #[must_use]
    pub fn new(id: PassageId, ordinal: u32, language: Language, text: &str) -> Passage {
        Passage {
            id,
            ordinal,
            number: None,
            heading_path: Vec::new(),
            page: None,
            language,
            kind: PassageKind::Paragraph,
            text: text.to_owned(),
            footnote_of: None,
            labels: Vec::new(),
        }
    }
}

/// What kind of text a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassageKind {
    /// Running text, numbered or not.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A row of a table, cells apart.
    TableRow,
    /// A footnote or endnote.
    Footnote,
    /// A paragraph of a declaration that gives reasons ("Recognizing …", "CONSIDERANDO").
    Preambular,
    /// A paragraph of a declaration that decides.
    Operative,
    /// Names, telephone numbers, addresses. Personal data: kept out of the index unless the settings say otherwise.
    Contact,
}

impl PassageKind {
    /// The name used in storage and in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            PassageKind::Paragraph => "paragraph",
            PassageKind::ListItem => "list-item",
            PassageKind::TableRow => "table-row",
            PassageKind::Footnote => "footnote",
            PassageKind::Preambular => "preambular",
            PassageKind::Operative => "operative",
            PassageKind::Contact => "contact",
        }
    }
}

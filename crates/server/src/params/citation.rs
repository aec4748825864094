//! Parameters of citations.

use rcp_corpus::model::{DocumentId, Language, PassageId};

use super::parameter::{Choice, Parameter, Text};
use super::search::UI;
use super::{Given, Read};

/// What to cite, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CitationParams {
    pub(crate) format: CitationFormat,
    /// Id of a passage; the whole document without it.
    pub(crate) passage: Option<String>,
    pub(crate) ui: Language,
}

/// Form of a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CitationFormat {
    /// One line for a footnote.
    Text,
    /// A record for reference managers.
    Ris,
    /// An entry for BibTeX and BibLaTeX.
    Bibtex,
    /// Items for citation processors.
    Csl,
}

const FORMAT: Choice<CitationFormat> = Choice {
    name: "format",
    type_name: "CitationFormat",
    description: "Form of the citation: `text` for a footnote, `ris`, `bibtex` or `csl` (CSL-JSON) for reference managers.",
    values: &[
        ("text", CitationFormat::Text),
        ("ris", CitationFormat::Ris),
        ("bibtex", CitationFormat::Bibtex),
        ("csl", CitationFormat::Csl),
    ],
    default: CitationFormat::Text,
};
const PASSAGE: Text = Text {
    name: "passage",
    description: "Id of the passage to cite; without it, the document as a whole.",
    example: "p21",
    may_be_empty: false,
};

impl Read for CitationParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        vec![&FORMAT, &PASSAGE, &UI]
    }

    fn read(given: &mut Given, _: &[String]) -> CitationParams {
        CitationParams { format: FORMAT.read(given), passage: PASSAGE.read(given), ui: UI.read(given) }
    }
}

impl CitationParams {
    /// Address of this citation of another passage. `None` where it would be too long.
    pub(crate) fn link(&self, document: &DocumentId, passage: &PassageId) -> Option<String> {
        let words =
            [(FORMAT.name, FORMAT.word(self.format)), (PASSAGE.name, passage.as_str()), (UI.name, UI.word(self.ui))];
        let pairs = words.map(|(name, value)| (name.to_owned(), value.to_owned()));
        super::address(&format!("/v1/documents/{document}/citation"), pairs)
    }
}

impl CitationFormat {
    /// Its word in requests.
    pub(crate) fn word(self) -> &'static str {
        FORMAT.word(self)
    }

    pub(crate) fn media_type(self) -> &'static str {
        match self {
            CitationFormat::Text => "text/plain; charset=utf-8",
            CitationFormat::Ris => "application/x-research-info-systems",
            CitationFormat::Bibtex => "application/x-bibtex",
            CitationFormat::Csl => "application/vnd.citationstyles.csl+json",
        }
    }

    /// Ending of a file of it; `None` for what is shown and not saved.
    pub(crate) fn ending(self) -> Option<&'static str> {
        match self {
            CitationFormat::Text => None,
            CitationFormat::Ris => Some("ris"),
            CitationFormat::Bibtex => Some("bib"),
            CitationFormat::Csl => Some("json"),
        }
    }
}

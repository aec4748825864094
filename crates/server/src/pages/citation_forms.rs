//! [`CitationForm`]: references in the forms of reference managers, as text that can be copied.

use rcp_query::citation::Reference;

use crate::params::CitationFormat;
use crate::problem::ApiError;
use crate::responses::CslItem;

/// References in one form.
#[derive(Debug)]
pub(super) struct CitationForm {
    /// Name of the form, in every language the same.
    pub(super) name: &'static str,
    /// Id of the element that holds the text.
    pub(super) id: &'static str,
    pub(super) text: String,
    /// Where it can be had as a file.
    pub(super) download: Option<String>,
}

impl CitationForm {
    /// Name of a form.
    pub(super) fn name_of(format: CitationFormat) -> &'static str {
        match format {
            CitationFormat::Text => "TXT",
            CitationFormat::Ris => "RIS",
            CitationFormat::Bibtex => "BibTeX",
            CitationFormat::Csl => "CSL-JSON",
        }
    }
}

/// References in each form for reference managers, with where a file of that form is.
pub(super) fn forms(
    references: &[Reference],
    download: impl Fn(CitationFormat) -> Option<String>,
) -> Result<Vec<CitationForm>, ApiError> {
    let items: Vec<CslItem> = references.iter().cloned().map(CslItem::from).collect();
    let csl = serde_json::to_string_pretty(&items);
    let csl = csl.map_err(|error| ApiError::internal(format!("a citation is not JSON: {error}")))?;
    let form = |format: CitationFormat, id: &'static str, text: String| CitationForm {
        name: CitationForm::name_of(format),
        id,
        // What is shown and copied has the line ends of the web; the file has those of its form.
        text: text.replace("\r\n", "\n"),
        download: download(format),
    };
    Ok(vec![
        form(CitationFormat::Ris, "cite-ris", references.iter().map(Reference::ris).collect()),
        form(CitationFormat::Bibtex, "cite-bibtex", references.iter().map(Reference::bibtex).collect()),
        form(CitationFormat::Csl, "cite-csl", csl),
    ])
}

//! Documents around one, as a page lists them.

use rcp_corpus::model::Language;
use rcp_corpus::taxonomy::Taxonomy;
use rcp_query::related::Related;
use rcp_query::response::DocumentView;
use rcp_query::similar::SimilarResponse;

use super::super::frame::Frame;

/// The documents around one.
#[derive(Debug)]
pub(super) struct Kin {
    pub(super) versions: Vec<KinRow>,
    pub(super) copies: Vec<KinRow>,
    pub(super) of_event: Vec<KinRow>,
    pub(super) similar: Vec<KinRow>,
}

/// A document in a list of them.
#[derive(Debug)]
pub(super) struct KinRow {
    pub(super) title: String,
    pub(super) url: String,
    /// Language of its title.
    pub(super) lang: &'static str,
    /// Name of that language.
    pub(super) language: String,
    /// Type, process and date, as far as they are known.
    pub(super) about: Vec<String>,
    /// What it shares with the document, by which it was found.
    pub(super) why: Vec<String>,
}

/// The lists of the page.
pub(super) fn kin(related: Related, similar: Option<SimilarResponse>, taxonomy: &Taxonomy, frame: &Frame) -> Kin {
    let rows =
        |views: Vec<DocumentView>| views.into_iter().map(|view| row(&view, Vec::new(), taxonomy, frame)).collect();
    let similar = similar.map(|similar| similar.similar).unwrap_or_default();
    Kin {
        versions: rows(related.versions),
        copies: rows(related.copies),
        of_event: rows(related.of_event),
        similar: similar.into_iter().map(|one| row(&one.document, one.why, taxonomy, frame)).collect(),
    }
}

fn row(view: &DocumentView, why: Vec<String>, taxonomy: &Taxonomy, frame: &Frame) -> KinRow {
    let document = &view.document;
    let ui = frame.t.language();
    let label = |facet: &str| {
        let concept = document.concepts(facet).next().and_then(|id| taxonomy.concept(facet, id));
        concept.map(|concept| concept.label.get(ui).to_owned())
    };
    let year = || document.year.as_ref().map(|year| year.value.to_string());
    let date = document.date.as_ref().map(|date| frame.t.date(&date.value)).or_else(year);
    let language = document.languages.first().copied().unwrap_or(Language::Undetermined);
    KinRow {
        title: document.display_title().to_owned(),
        url: frame.href(&format!("/documents/{}", document.id)),
        lang: language.code(),
        language: frame.t.language_name(language),
        about: [label("type"), label("rcp"), date].into_iter().flatten().collect(),
        why,
    }
}

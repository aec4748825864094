//! [`Reference`]: what a reference manager is told of a document, or of one passage of it.

use jiff::civil::Date;
use rcp_corpus::model::{DateRange, Document, DocumentId, Language, Passage, PassageId, Precision};
use rcp_corpus::taxonomy::Taxonomy;

use super::line::clean_line;
use super::{MAX_NAME_CHARS, file_name, place};

/// Longest title in a reference, in characters: reference managers have room, and cutting is for readers.
const MAX_TITLE_CHARS: usize = 1_000;

/// Longest address in a reference, in bytes. A longer one is left out: half an address leads nowhere.
const MAX_URL: usize = 2_000;

/// A document, or a passage of it, as bibliographic data. Every text is one clean line; what is unknown is absent.
///
/// ```no_run
/// # fn example(document: &rcp_corpus::model::Document, taxonomy: &rcp_corpus::taxonomy::Taxonomy) {
/// use rcp_corpus::model::Language;
/// use rcp_query::citation::Reference;
///
/// let reference = Reference::new(document, taxonomy, Some("https://search.example.org"), Language::En);
/// let file = reference.ris() + &reference.bibtex();
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The document.
    pub document: DocumentId,
    /// The passage, where one is cited.
    pub passage: Option<PassageId>,
    /// Title; the event's or file's name where there is none. Never empty.
    pub title: String,
    /// Label of the type of document.
    pub document_type: Option<String>,
    /// Labels of the processes it belongs to: its corporate authors, the first one its publisher.
    pub processes: Vec<String>,
    /// Name of the meeting it comes from, unless that is the title.
    pub event: Option<String>,
    /// Where the meeting took place.
    pub venue: Option<String>,
    /// When it took place, or the document was issued.
    pub date: Option<DateRange>,
    /// Year it is filed under.
    pub year: Option<i16>,
    /// Languages of its text, the most used first; undetermined ones left out.
    pub languages: Vec<Language>,
    /// First and last page: those of the document, or the page on which the passage starts.
    pub pages: Option<(u32, u32)>,
    /// Where in the document the passage stands: `para. 21`.
    pub place: Option<String>,
    /// Permanent address, or that of the original where this server's public address is not known.
    pub url: Option<String>,
}

impl Reference {
    /// The reference to a document. `site` is the public address of the server without a slash at its end; labels are
    /// in the language `ui`.
    #[must_use]
    pub fn new(document: &Document, taxonomy: &Taxonomy, site: Option<&str>, ui: Language) -> Reference {
        let labels = |facet: &str| -> Vec<String> {
            let concepts = document.concepts(facet).filter_map(|id| taxonomy.concept(facet, id));
            let labels = concepts.map(|concept| clean_line(concept.label.get(ui), MAX_NAME_CHARS));
            labels.filter(|label| !label.is_empty()).collect()
        };
        let title = document.title.as_ref().and_then(|title| filled(&title.value, MAX_TITLE_CHARS));
        let event = document.event.as_ref().and_then(|event| filled(&event.value.name, MAX_TITLE_CHARS));
        let (title, event) = match (title, event) {
            (Some(title), event) => (title.clone(), event.filter(|event| *event != title)),
            (None, Some(event)) => (event, None),
            (None, None) => (file_name(document), None),
        };
        let permalink = site.map(|site| format!("{site}/documents/{}", document.id));
        Reference {
            title,
            event,
            document_type: labels("type").into_iter().next(),
            processes: labels("rcp"),
            venue: document.venue.as_ref().and_then(|venue| filled(&venue.value, MAX_NAME_CHARS)),
            date: document.date.as_ref().map(|date| date.value),
            year: document.year.as_ref().map(|year| year.value),
            languages: document.languages.iter().copied().filter(|it| *it != Language::Undetermined).collect(),
            pages: document.source.pages.filter(|pages| *pages > 0).map(|pages| (1, pages)),
            place: None,
            url: permalink.or(document.source.url.clone()).and_then(|url| clean_url(&url)),
            document: document.id.clone(),
            passage: None,
        }
    }

    /// The same for a passage of the document.
    #[must_use]
    pub fn at(mut self, passage: &Passage, site: Option<&str>, ui: Language) -> Reference {
        self.pages = passage.page.map(|page| (page, page));
        self.place = Some(place::cited_place(passage, ui));
        if site.is_some() {
            self.url = self.url.map(|url| format!("{url}#{}", passage.id));
        }
        self.passage = Some(passage.id.clone());
        self
    }

    /// What tells it from every other one: the document's id, and that of the passage behind a separator that no id has.
    #[must_use]
    pub fn key(&self, separator: char) -> String {
        match &self.passage {
            Some(passage) => format!("{}{separator}{passage}", self.document),
            None => self.document.to_string(),
        }
    }

    /// The day to file it under, to what precision it is known: the first one, or of a range over the new year the one in
    /// its year.
    #[must_use]
    pub fn day(&self) -> Option<(Date, Precision)> {
        let range = self.date?;
        let day = [range.start, range.end].into_iter().find(|day| self.year.is_none_or(|year| day.year() == year))?;
        Some((day, range.precision))
    }

    /// The year it is filed under, else that of its date.
    #[must_use]
    pub fn year(&self) -> Option<i16> {
        self.year.or_else(|| self.date.map(|date| date.year()))
    }
}

/// The text on one line, unless nothing is left of it.
fn filled(text: &str, limit: usize) -> Option<String> {
    Some(clean_line(text, limit)).filter(|line| !line.is_empty())
}

/// A web address with everything escaped that some format gives a meaning; `None` for what is none.
fn clean_url(url: &str) -> Option<String> {
    let url = url.trim();
    let is_web = ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme));
    if !is_web || url.len() > MAX_URL {
        return None;
    }
    let mut clean = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() && !b"{}\\^`|\"<>".contains(&byte) {
            clean.push(char::from(byte));
        } else {
            clean.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_cannot_say_anything_else() {
        for (url, clean) in [
            ("https://example.org/a_b?c=1&d=%20#e", Some("https://example.org/a_b?c=1&d=%20#e")),
            ("https://example.org/}\r\nER  - ", Some("https://example.org/%7D%0D%0AER%20%20-")),
            ("http://example.org/informe-migración.pdf", Some("http://example.org/informe-migraci%C3%B3n.pdf")),
            ("javascript:alert(1)", None),
            ("reports/2005.pdf", None),
        ] {
            assert_eq!(clean_url(url).as_deref(), clean, "{url:?}");
        }
    }
}

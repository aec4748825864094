//! [`Pointer`]: a reference that names a document by address or id.

use rcp_corpus::model::DocumentId;

use super::Understood;

/// What the address of a document has in front of its id.
const PATH: &str = "/documents/";

/// A document by id, and a place in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pointer {
    /// The document.
    pub(super) document: DocumentId,
    /// Id of a passage, or a place in words.
    pub(super) place: Option<String>,
    /// Whether the place can be nothing but the id of a passage.
    pub(super) is_exact: bool,
    /// Whether this is an address, which cannot be a description.
    pub(super) is_address: bool,
}

impl Pointer {
    /// Reads `https://…/documents/ID#p21` (or its path alone, or that of the data), `ID#p21`, `ID`, `ID, para. 21`.
    pub(super) fn read(reference: &str) -> Option<Pointer> {
        if let Some(at) = reference.rfind(PATH) {
            let (id, behind) = split_id(&reference[at + PATH.len()..]);
            let document = DocumentId::new(id).ok()?;
            let query = behind.split(['?', '&']).find_map(|pair| pair.strip_prefix("passage="));
            let fragment = behind.split_once('#').map(|(_, fragment)| fragment);
            let place = fragment.or(query).map(|id| split_id(id).0).filter(|id| !id.is_empty());
            return Some(Pointer { document, place: place.map(str::to_owned), is_exact: true, is_address: true });
        }
        let (id, behind) = split_id(reference);
        let document = DocumentId::new(id).ok()?;
        if let Some(passage) = behind.strip_prefix('#') {
            return Some(Pointer { document, place: Some(passage.to_owned()), is_exact: true, is_address: false });
        }
        let is_whole_word = behind.is_empty() || behind.starts_with([' ', ',', ';', ':']);
        let place = behind.trim_start_matches([' ', ',', ';', ':']).to_owned();
        let place = (!place.is_empty()).then_some(place);
        is_whole_word.then_some(Pointer { document, place, is_exact: false, is_address: false })
    }

    pub(super) fn understood(&self) -> Understood {
        Understood { document: Some(self.document.to_string()), words: None, place: self.place.clone() }
    }
}

/// What an id may be made of, and the rest.
fn split_id(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
    text.split_at(end.unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(reference: &str, expected: Option<(&str, Option<&str>, bool)>) {
        let pointer = Pointer::read(reference);
        let read = pointer.as_ref().map(|it| (it.document.as_str(), it.place.as_deref(), it.is_exact));
        assert_eq!(read, expected, "{reference}");
    }

    #[test]
    fn addresses_and_ids_are_read() {
        check("https://search.example.org/documents/report-2005#p21", Some(("report-2005", Some("p21"), true)));
        check("/documents/report-2005", Some(("report-2005", None, true)));
        check("/documents/report-2005?ui=es#s3-p1", Some(("report-2005", Some("s3-p1"), true)));
        check("/v1/documents/report-2005/passages", Some(("report-2005", None, true)));
        check("/v1/documents/report-2005/citation?format=ris&passage=p2", Some(("report-2005", Some("p2"), true)));
        check("report-2005#p21", Some(("report-2005", Some("p21"), true)));
        check("report-2005", Some(("report-2005", None, false)));
        check("report-2005, para. 21", Some(("report-2005", Some("para. 21"), false)));
        check("report-2005 p21", Some(("report-2005", Some("p21"), false)));
        check("/documents/../etc/passwd", None);
        check("Report 2005", None);
        check("report’s", None);
    }
}

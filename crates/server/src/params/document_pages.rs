//! Parameters of the pages that show documents: what to mark in one, and what to cite.

use rcp_corpus::model::{DocumentId, PassageId};
use rcp_query::request::{SearchRequest, Unit};
use serde_json::{Map, Value, json};

use super::parameter::{Integer, List, Parameter, Text};
use super::search::{CORRECT, DOCUMENT, EXPAND, EXPAND_EXCLUDE, MATCH, Q, query_values, read_documents};
use super::small::REFERENCE;
use super::{Given, Read, link};

/// What the page of a document marks, and which part of it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DocumentPageParams {
    /// What is marked.
    pub(crate) request: SearchRequest,
    /// Part of a long document, counted from 1.
    pub(crate) part: Option<usize>,
    /// The part with this passage is shown.
    pub(crate) passage: Option<String>,
}

/// What the page of citations cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CitePageParams {
    /// Documents as a whole, sorted.
    pub(crate) documents: Vec<DocumentId>,
    /// Passages, in the order given.
    pub(crate) passages: Vec<(DocumentId, PassageId)>,
    /// A reference to be resolved.
    pub(crate) reference: Option<String>,
}

const PART: Integer = Integer {
    name: "part",
    description: "Part of a long document, counted from 1.",
    min: 1,
    max: u16::MAX,
    default: None,
    example: 2,
};
const SHOWN: Text = Text {
    name: "passage",
    description: "Id of a passage: the part of the document that holds it is shown.",
    example: "p21",
    may_be_empty: false,
};
const CITED: List = List {
    name: "passage",
    description: "Passages to cite: the id of a document, `#`, and that of the passage; repeatable.",
    example: "gcim-iom-workshop-2005-report#p21",
    commas: false,
    default: &[],
    max: SearchRequest::MAX_DOCUMENTS,
};

impl Read for DocumentPageParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        vec![&Q, &MATCH, &EXPAND, &EXPAND_EXCLUDE, &CORRECT, &PART, &SHOWN]
    }

    fn read(given: &mut Given, _: &[String]) -> DocumentPageParams {
        let mut request = SearchRequest::new(Unit::Passages, &Q.read(given).unwrap_or_default());
        request.match_mode = MATCH.read(given);
        request.expand = EXPAND.read(given);
        request.expand_exclude = EXPAND_EXCLUDE.read(given).unwrap_or_default();
        request.correct = CORRECT.read(given);
        let part = PART.read(given).map(usize::from);
        DocumentPageParams { request, part, passage: SHOWN.read(given) }
    }
}

impl DocumentPageParams {
    /// Address at `path` of a part of the document with the same marks; of its first part where none is given, without
    /// marks where the address would be too long.
    pub(crate) fn link(&self, path: &str, part: Option<usize>) -> String {
        let values = |request: &SearchRequest, part: Option<usize>| {
            let mut values: Map<String, Value> = query_values(request);
            values.extend(part.map(|part| (PART.name.to_owned(), json!(part))));
            values
        };
        let defaults = values(&SearchRequest::new(Unit::Passages, ""), None);
        let marked = link(path, &values(&self.request, part), &defaults, None);
        marked
            .or_else(|| link(path, &values(&SearchRequest::new(Unit::Passages, ""), part), &defaults, None))
            .unwrap_or_else(|| path.to_owned())
    }
}

impl Read for CitePageParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        vec![&DOCUMENT, &CITED, &REFERENCE]
    }

    fn read(given: &mut Given, _: &[String]) -> CitePageParams {
        let documents = read_documents(given);
        let asked = CITED.read(given).unwrap_or_default();
        let passages: Vec<_> = asked.iter().filter_map(|cited| passage_of(cited)).collect();
        if passages.len() < asked.len() {
            given.refuse(CITED.name, "must hold the id of a document, # (written %23), and the id of a passage");
        }
        CitePageParams { documents, passages, reference: REFERENCE.0.read(given) }
    }
}

/// `report-2005#p21`.
fn passage_of(cited: &str) -> Option<(DocumentId, PassageId)> {
    let (document, passage) = cited.split_once('#')?;
    Some((DocumentId::new(document).ok()?, PassageId::new(passage).ok()?))
}

/// Address of the page that cites a passage.
pub(crate) fn cite_passage_link(document: &DocumentId, passage: &PassageId) -> String {
    format!("/cite?{}={document}%23{passage}", CITED.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::from_query;

    #[test]
    fn the_address_of_a_part_keeps_what_is_marked() {
        let params: DocumentPageParams =
            from_query("q=a+b&match=all&expand=off&correct=off&expand_exclude=c&passage=p3", &[]).unwrap();
        let marks = "correct=off&expand=off&expand_exclude=c&match=all";
        assert_eq!(params.link("/documents/x", Some(2)), format!("/documents/x?{marks}&part=2&q=a+b"));
        let plain: DocumentPageParams = from_query("part=3", &[]).unwrap();
        assert_eq!((plain.link("/documents/x", None).as_str(), plain.part), ("/documents/x", Some(3)));
    }

    #[test]
    fn what_is_cited_is_documents_and_passages_of_them() {
        let cited: CitePageParams = from_query("document=b&document=a&passage=c%23p21&passage=c%23n3", &[]).unwrap();
        let shown = format!("{:?} {:?}", cited.documents, cited.passages);
        assert_eq!(
            shown,
            "[DocumentId(\"a\"), DocumentId(\"b\")] [(DocumentId(\"c\"), PassageId(\"p21\")), (DocumentId(\"c\"), PassageId(\"n3\"))]"
        );
        for refused in ["passage=c", "passage=c%23..", "document=A", "passage=%23p1"] {
            assert!(from_query::<CitePageParams>(refused, &[]).is_err(), "{refused}");
        }
    }
}

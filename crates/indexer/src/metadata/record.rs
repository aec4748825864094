//! What a record of JSON Lines says of its document.

use rcp_corpus::model::DocumentId;
use rcp_corpus::taxonomy::Taxonomy;
use serde_json::{Map, Value};

use super::{Metadata, MetadataError, parse_metadata};
use crate::extract;
use crate::records::RecordId;

/// Keys of a record that are no metadata: its content, and what collections in BEIR's form have beside it.
const CONTENT: [&str; 3] = ["text", "paragraphs", "metadata"];

/// Reads the keys of a record: `id` (or `_id`), `title`, and those of a metadata file.
///
/// # Errors
/// [`MetadataError`] with the line of the record, for the first thing that is wrong. An unknown key is an error, as in a
/// metadata file: it may be a misspelt `collection`.
pub(super) fn parse_record(
    file: &str,
    line: usize,
    json: &[u8],
    taxonomy: &Taxonomy,
) -> Result<Metadata, MetadataError> {
    let names_collection = String::from_utf8_lossy(json).contains("collection");
    let error = |key: &str, message: String| MetadataError {
        file: file.to_owned(),
        line,
        key: key.to_owned(),
        message,
        names_collection,
    };
    let mut keys = object(json).map_err(|broken| error("record", broken.to_string()))?;
    let ids: Vec<Value> = ["id", "_id"].iter().filter_map(|key| keys.remove(*key)).filter(|id| !id.is_null()).collect();
    let id = match ids.as_slice() {
        [] => None,
        [id] => Some(RecordId::deserialize_value(id).map_err(|broken| error("id", broken.to_string()))?),
        _ => return Err(error("id", "a record has either id or _id; keep one".to_owned())),
    };
    keys.retain(|key, value| !CONTENT.contains(&key.as_str()) && !value.is_null());
    if keys.get("title").is_some_and(|title| title.as_str().is_some_and(|title| title.trim().is_empty())) {
        keys.remove("title");
    }
    // The same keys as in a metadata file, checked in the same way.
    let table = toml::to_string(&keys).map_err(|broken| error("record", broken.to_string()))?;
    let metadata = parse_metadata(file, &table, taxonomy).map_err(|wrong| MetadataError {
        line,
        names_collection: wrong.names_collection || names_collection,
        ..wrong
    })?;
    Ok(Metadata { id: id.and_then(|id| DocumentId::new(&id).ok()), ..metadata })
}

/// The title of a record alone, which belongs to its content.
pub(super) fn title_of_record(json: &[u8]) -> Metadata {
    let title = object(json).ok().and_then(|keys| Some(extract::clean(keys.get("title")?.as_str()?)));
    Metadata { title: title.filter(|title| !title.is_empty()), ..Metadata::default() }
}

fn object(json: &[u8]) -> serde_json::Result<Map<String, Value>> {
    serde_json::from_slice(json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(json: &str) -> Result<Metadata, String> {
        let taxonomy = Taxonomy::new(Vec::new()).unwrap();
        parse_record("corpus.jsonl", 17, json.as_bytes(), &taxonomy).map_err(|error| error.to_string())
    }

    #[test]
    fn a_record_has_the_keys_of_a_metadata_file() {
        let metadata = parsed(
            r#"{"_id": "lima-2013", "title": "Report", "text": "…", "metadata": {"x": [null]}, "date": "2013-05-22", "work": null,
                "languages": ["es"], "collection": "drafts", "event": {"series": "grcp", "ordinal": 4, "name": "Meeting"},
                "sources": {"date": ["https://example.org"]}, "notes": ["seen"]}"#,
        )
        .unwrap();
        assert_eq!(metadata.id.as_ref().map(DocumentId::as_str), Some("lima-2013"));
        assert_eq!((metadata.title.as_deref(), metadata.year), (Some("Report"), Some(2013)));
        assert_eq!(metadata.collection.as_deref(), Some("drafts"));
        assert_eq!(metadata.event.as_ref().and_then(|event| event.ordinal), Some(4));
        assert_eq!(parsed(r#"{"id": 12, "title": " ", "text": "…"}"#).unwrap().title, None);
        // A record without a file's metadata takes what stands beside the file; the title is never that of another.
        let base =
            Metadata { title: Some("List".to_owned()), collection: Some("closed".to_owned()), ..Metadata::default() };
        let over = parsed(r#"{"id": "a", "text": "…"}"#).unwrap().over(base);
        assert_eq!((over.title, over.collection.as_deref()), (None, Some("closed")));
    }

    #[track_caller]
    fn check_refused(json: &str, expected: &str) {
        let refused = parsed(json).unwrap_err();
        assert!(refused.starts_with("corpus.jsonl:17: ") && refused.contains(expected), "{refused}");
    }

    #[test]
    fn what_is_wrong_is_told_with_line_and_key() {
        check_refused(r#"{"text": "…", "themes": ["helth"]}"#, "themes: \"helth\" is no concept");
        check_refused(r#"{"text": "…", "colection": "drafts"}"#, "colection: unknown field");
        check_refused(r#"{"text": "…", "year": "2013"}"#, "year: ");
        check_refused(r#"{"text": "…", "id": true}"#, "id: an id is a string or a whole number");
        check_refused(r#"{"text": "…", "id": 1, "_id": 2}"#, "id: a record has either");
        check_refused(r#"{"text": "…", "file": "a.txt"}"#, "file: ");
        check_refused(r#"{"text": "…""#, "record: EOF");
    }

    #[test]
    fn the_title_alone_needs_nothing_else_to_be_right() {
        let title = |json: &str| title_of_record(json.as_bytes()).title;
        assert_eq!(title(r#"{"title": "A  report", "colection": 3}"#).as_deref(), Some("A report"));
        assert_eq!(title("{"), None);
    }
}

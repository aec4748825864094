//! Ids of documents: the curated one, else one made of the path.

use std::collections::BTreeSet;

use rcp_corpus::analysis::fold;
use rcp_corpus::model::DocumentId;

use crate::hash::sha256_hex;
use crate::metadata::without_ending;

/// Longest id made of a path, in bytes; a suffix has room behind it.
const MAX_LENGTH: usize = 100;

/// Digits of the path's hash that tell two equal ids apart.
const SUFFIX: usize = 8;

/// Gives out ids, each once.
#[derive(Debug, Default)]
pub(crate) struct DocumentIds {
    taken: BTreeSet<DocumentId>,
    /// Ids of records that are no ids of documents as they are.
    records: BTreeSet<String>,
}

impl DocumentIds {
    /// Takes a curated id; `false` if another document has it.
    pub(crate) fn claim(&mut self, id: &DocumentId) -> bool {
        self.taken.insert(id.clone())
    }

    /// An id made of a path. Where another document has it, the path's hash tells them apart.
    ///
    /// All curated ids must have been claimed before.
    pub(crate) fn of_path(&mut self, path: &str) -> Option<DocumentId> {
        self.made_of(without_ending(path), path)
    }

    /// An id made of that of a record, which has signs that an id of a document cannot have; `None` if a record had
    /// the same before.
    pub(crate) fn of_record(&mut self, id: &str) -> Option<DocumentId> {
        if self.records.insert(id.to_owned()) { self.made_of(id, id) } else { None }
    }

    /// An id for the record of a line, where it has none: the line after the path.
    pub(crate) fn of_line(&mut self, path: &str, line: usize) -> Option<DocumentId> {
        self.made_of(&format!("{}-{line}", without_ending(path)), &format!("{path}:{line}"))
    }

    /// An id made of a text; where another document has it, the hash of `whole` tells them apart.
    fn made_of(&mut self, text: &str, whole: &str) -> Option<DocumentId> {
        let slug = slug(text);
        let hash = sha256_hex(whole.as_bytes());
        let suffix = hash.get(..SUFFIX).unwrap_or(&hash);
        let candidates = [slug.clone(), format!("{slug}-{suffix}"), format!("document-{hash}")];
        let id = candidates.iter().filter_map(|id| DocumentId::new(id).ok()).find(|id| !self.taken.contains(id))?;
        self.taken.insert(id.clone());
        Some(id)
    }
}

/// Lower-case ASCII letters and digits of a path, accents off, everything else as single hyphens. Empty for a path
/// without any.
fn slug(path: &str) -> String {
    let mut slug = String::new();
    for c in fold(path).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= MAX_LENGTH {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: &str) {
        assert_eq!(DocumentIds::default().of_path(path).map(String::from).as_deref(), Some(expected));
    }

    #[test]
    fn ids_are_made_of_the_path() {
        check("seeds/GCIM–IOM Workshop (2005).txt", "seeds-gcim-iom-workshop-2005");
        check("Déclaration_de_Québec.v2.md", "declaration-de-quebec-v2");
        check(&"x".repeat(300), &"x".repeat(MAX_LENGTH));
        assert!(DocumentIds::default().of_path("文書.txt").unwrap().as_str().starts_with("document-"));
    }

    #[test]
    fn an_id_is_given_once_and_does_not_depend_on_the_order() {
        let mut ids = DocumentIds::default();
        assert!(ids.claim(&DocumentId::new("report").unwrap()) && !ids.claim(&DocumentId::new("report").unwrap()));
        let suffixed = ids.of_path("Report.txt").unwrap();
        assert!(suffixed.as_str().starts_with("report-") && suffixed.as_str().len() == "report-".len() + SUFFIX);
        assert_ne!(ids.of_path("Report.md").unwrap(), suffixed);
    }

    #[test]
    fn records_keep_their_ids_as_far_as_urls_allow() {
        let mut ids = DocumentIds::default();
        let id = |id: Option<DocumentId>| id.map(String::from);
        assert_eq!(id(ids.of_record("CS/LEG/2 v.3")).as_deref(), Some("cs-leg-2-v-3"));
        assert_eq!(id(ids.of_record("CS/LEG/2 v.3")), None);
        assert!(id(ids.of_record("cs-leg 2-V-3")).unwrap().starts_with("cs-leg-2-v-3-"));
        assert_eq!(id(ids.of_line("sub/corpus.v1.jsonl", 17)).as_deref(), Some("sub-corpus-v1-17"));
    }
}

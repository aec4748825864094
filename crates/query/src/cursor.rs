//! Cursors: where an answer ended, so that the next one goes on behind it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rcp_corpus::model::DocumentId;
use rcp_index::plan::{Position, SortKey};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::SearchError;
use crate::ranking::DEPTH;
use crate::request::SearchRequest;

/// Longest cursor that is read, in bytes.
const MAX_LENGTH: usize = 2_000;

/// Where an answer ended: of which index version and request, and behind which hit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cursor {
    /// Version of the index that the answer came from.
    pub(crate) version: String,
    /// [`fingerprint`] of the request.
    pub(crate) request: u64,
    /// Where the next answer begins.
    pub(crate) place: Place,
    /// Words fewer than `match` asks for that the answer required.
    pub(crate) relax: u32,
}

/// Where an answer begins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Place {
    /// At this hit, counted from 0, among the first ones, which the second stage puts in order.
    First(usize),
    /// Behind this hit.
    Behind(Position),
}

/// What is written: short names, because cursors travel in URLs.
#[derive(Serialize, Deserialize)]
struct Written {
    v: String,
    q: u64,
    b: Begin,
    r: u32,
}

#[derive(Serialize, Deserialize)]
enum Begin {
    F(usize),
    B { d: DocumentId, p: u32, k: Key },
}

#[derive(Serialize, Deserialize)]
enum Key {
    /// Bits of the score: written so, it is read back exactly.
    S(u32),
    N(Option<i64>),
    T(Option<String>),
    I,
}

impl Cursor {
    /// The cursor of a request, if it has one.
    ///
    /// # Errors
    /// [`SearchError::InvalidCursor`] where it is none, or belongs to another request.
    pub(crate) fn of(request: &SearchRequest) -> Result<Option<Cursor>, SearchError> {
        let Some(token) = &request.cursor else { return Ok(None) };
        let cursor = Cursor::decode(token);
        let cursor = cursor.filter(|cursor| cursor.request == fingerprint(request) && cursor.is_possible());
        cursor.map(Some).ok_or(SearchError::InvalidCursor)
    }

    /// The cursor as a token for URLs.
    pub(crate) fn encode(&self) -> String {
        let begin = match &self.place {
            Place::First(hit) => Begin::F(*hit),
            Place::Behind(Position { key, document, passage }) => {
                Begin::B { d: document.clone(), p: *passage, k: key.into() }
            }
        };
        let written = Written { v: self.version.clone(), q: self.request, b: begin, r: self.relax };
        // Serialising plain strings and numbers to memory does not fail; an empty token would be refused when read.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&written).unwrap_or_default())
    }

    /// Whether an answer can begin there: only among the first hits is it counted how many come before.
    fn is_possible(&self) -> bool {
        matches!(&self.place, Place::Behind(_)) || matches!(&self.place, Place::First(hit) if *hit < DEPTH)
    }

    /// Reads a token; `None` if it is not one.
    fn decode(token: &str) -> Option<Cursor> {
        if token.len() > MAX_LENGTH {
            return None;
        }
        let written: Written = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
        let place = match written.b {
            Begin::F(hit) => Place::First(hit),
            Begin::B { d, p, k } => Place::Behind(Position { key: k.into(), document: d, passage: p }),
        };
        Some(Cursor { version: written.v, request: written.q, place, relax: written.r })
    }
}

impl From<&SortKey> for Key {
    fn from(key: &SortKey) -> Key {
        match key {
            SortKey::Score(score) => Key::S(score.to_bits()),
            SortKey::Number(number) => Key::N(*number),
            SortKey::Text(text) => Key::T(text.clone()),
            SortKey::Id => Key::I,
        }
    }
}

impl From<Key> for SortKey {
    fn from(key: Key) -> SortKey {
        match key {
            Key::S(bits) => SortKey::Score(f32::from_bits(bits)),
            Key::N(number) => SortKey::Number(number),
            Key::T(text) => SortKey::Text(text),
            Key::I => SortKey::Id,
        }
    }
}

/// Fingerprint of what decides which hits there are and in which order: not of the page, the facets, the evidence.
pub(crate) fn fingerprint(request: &SearchRequest) -> u64 {
    let decisive = (
        request.unit,
        &request.query,
        request.match_mode,
        (request.expand, &request.expand_exclude, request.correct),
        (&request.filters, &request.conditions, &request.documents),
        (request.year_from, request.year_to, request.date_from, request.date_to, request.added_since),
        request.sort,
    );
    xxh3_64(format!("{decisive:?}").as_bytes())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn keys() -> impl Strategy<Value = SortKey> {
        prop_oneof![
            (0.0_f32..100.0).prop_map(SortKey::Score),
            any::<Option<i64>>().prop_map(SortKey::Number),
            proptest::option::of("\\PC{0,40}").prop_map(SortKey::Text),
            Just(SortKey::Id),
        ]
    }

    proptest! {
        #[test]
        fn a_cursor_is_read_as_it_was_written(key in keys(), document in "[a-z0-9]{1,40}", passage: u32, request: u64, relax in 0..3_u32) {
            let position = Position { key, document: DocumentId::new(&document).unwrap(), passage };
            for place in [Place::First(passage as usize), Place::Behind(position)] {
                let cursor = Cursor { version: "0123456789abcdef".to_owned(), request, place, relax };
                prop_assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
            }
        }

        #[test]
        fn what_is_no_cursor_is_refused(token in "\\PC{0,80}") {
            prop_assert_eq!(Cursor::decode(&token), None);
        }
    }
}

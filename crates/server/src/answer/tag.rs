//! [`Tag`]: the strong entity tag of an answer, and those that a client holds (RFC 9110, section 13.1.2).

use std::fmt::Write as _;

use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};

use super::Encoding;

/// Bytes of the hash that are used: enough that nobody finds two requests with one tag.
const LENGTH: usize = 16;

/// Strong entity tag of an answer in an encoding: different bytes have different tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Tag {
    hash: [u8; LENGTH],
    encoding: Encoding,
}

impl Tag {
    /// The tag of what these texts determine. A cryptographic hash (the beginning of SHA-256): a request made up to
    /// collide with another one would otherwise be answered with what belongs to that.
    pub(crate) fn of<T: AsRef<[u8]>>(texts: impl IntoIterator<Item = T>, encoding: Encoding) -> Tag {
        let mut digest = Sha256::new();
        for text in texts {
            let text = text.as_ref();
            // With their lengths, so that the borders between texts count.
            digest.update((text.len() as u64).to_le_bytes());
            digest.update(text);
        }
        let mut hash = [0; LENGTH];
        hash.copy_from_slice(&digest.finalize()[..LENGTH]);
        Tag { hash, encoding }
    }

    /// The tag as a header's value. It ends with the encoding: bodies of different encodings are different bytes.
    pub(crate) fn header(self) -> HeaderValue {
        let mut text = String::with_capacity(2 * LENGTH + 8);
        text.push('"');
        for byte in self.hash {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        if let Some(name) = self.encoding.name() {
            text.push('-');
            text.push_str(name);
        }
        text.push('"');
        // Hexadecimal digits, quotes and the name of an encoding are the value of a header.
        HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
    }
}

/// The tags that a client holds, as `If-None-Match` lists them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Held {
    lists: Vec<HeaderValue>,
}

impl Held {
    pub(crate) fn of(headers: &HeaderMap) -> Held {
        Held { lists: headers.get_all(header::IF_NONE_MATCH).iter().cloned().collect() }
    }

    /// Whether the client holds this answer, by weak comparison: a tag that a cache on the way made weak counts.
    pub(crate) fn holds(&self, tag: Tag) -> bool {
        if self.lists.is_empty() {
            return false;
        }
        let tag = tag.header();
        let opaque = tag.as_bytes();
        self.lists.iter().any(|list| tags(list.as_bytes()).any(|held| held == opaque))
    }

    /// Whether the client does not want the answer if there is any.
    pub(crate) fn holds_any(&self) -> bool {
        matches!(self.lists.as_slice(), [only] if only.as_bytes().trim_ascii() == b"*")
    }
}

/// The tags of a list, with their quotes and without marks of weakness, up to the first thing that is no tag.
fn tags(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let start = rest.iter().position(|byte| !b" \t,".contains(byte))?;
        let tag = &rest[start..];
        let tag = tag.strip_prefix(b"W/").unwrap_or(tag);
        // A tag may hold commas, but no quotes.
        let inner = tag.strip_prefix(b"\"")?;
        let end = inner.iter().position(|byte| *byte == b'"')? + 2;
        rest = &tag[end..];
        Some(&tag[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag() -> Tag {
        Tag::of(["a", "b"], Encoding::Brotli)
    }

    #[track_caller]
    fn check(lists: &[&str], holds: bool) {
        let text = tag().header().to_str().unwrap().to_owned();
        let opaque = text.trim_matches('"');
        let mut headers = HeaderMap::new();
        for list in lists {
            let list = list.replace("TAG", opaque);
            headers.append(header::IF_NONE_MATCH, HeaderValue::try_from(list).unwrap());
        }
        assert_eq!(Held::of(&headers).holds(tag()), holds, "{lists:?}");
    }

    #[test]
    fn a_tag_is_found_in_every_form_of_a_list() {
        check(&["\"TAG\""], true);
        check(&["W/\"TAG\""], true);
        check(&["\"x\", \"TAG\""], true);
        check(&["\"x\",W/\"TAG\""], true);
        check(&["\"a,b\" ,\t\"TAG\" , \"y\""], true);
        check(&[",, \"TAG\",,"], true);
        check(&["\"x\"", "\"TAG\""], true);
        check(&["\"é\", \"TAG\""], true);
    }

    #[test]
    fn another_tag_or_none_is_not_held() {
        check(&[], false);
        check(&["\"x\""], false);
        check(&["TAG"], false);
        check(&["\"TAG"], false);
        check(&["\"TAGx\""], false);
        check(&["\"x, TAG\""], false);
        check(&["\"TA G\""], false);
        check(&["w/\"TAG\""], false);
        check(&["x, \"TAG\""], false);
        check(&["*"], false);
        check(&[""], false);
    }

    #[test]
    fn any_tag_is_meant_by_an_asterisk_alone() {
        for (list, expected) in [("*", true), (" * ", true), ("\"*\"", false), ("*, \"x\"", false), ("", false)] {
            let headers = HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static(list))]);
            assert_eq!(Held::of(&headers).holds_any(), expected, "{list:?}");
        }
    }

    #[test]
    fn borders_and_encodings_make_different_tags() {
        let header = |texts: &[&str], encoding| Tag::of(texts, encoding).header();
        assert_ne!(header(&["ab", "c"], Encoding::Gzip), header(&["a", "bc"], Encoding::Gzip));
        let all = [Encoding::Identity, Encoding::Gzip, Encoding::Brotli].map(|encoding| header(&["a"], encoding));
        assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2]);
        assert_eq!(all[0].len(), 34);
        assert!(all[2].to_str().unwrap().ends_with("-br\""));
    }
}

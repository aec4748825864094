//! Parameters of the routes that take only a few.

use rcp_corpus::model::Language;

use super::parameter::{Integer, Parameter, RequiredText, Text};
use super::search::UI;
use super::{Given, Read};

/// No parameters at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoParams;

/// The language of the labels alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UiParams {
    pub(crate) ui: Language,
}

/// Which passages of one document to return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DocumentPassagesParams {
    pub(crate) limit: usize,
    pub(crate) offset: usize,
    pub(crate) ui: Language,
}

/// A reference to be resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CiteParams {
    pub(crate) reference: String,
    pub(crate) ui: Language,
}

pub(super) const REFERENCE: RequiredText = RequiredText(Text {
    name: "ref",
    description: "What is referred to: a citation as this server writes it, a permanent address, the id of a document alone or with `#` and that of a passage, or what tells a document from others (words of its title, its event, process, type, place, year) with a place in it.",
    example: "GCIM–IOM Workshop 2005, para. 21",
    may_be_empty: false,
});

/// Enough for nearly every document at once.
const LIMIT: Integer = Integer {
    name: "limit",
    description: "Passages to return.",
    min: 1,
    max: 1_000,
    default: Some(1_000),
    example: 100,
};
const OFFSET: Integer =
    Integer { name: "offset", description: "Passages to skip.", min: 0, max: u16::MAX, default: Some(0), example: 0 };

impl Read for NoParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        Vec::new()
    }

    fn read(_: &mut Given, _: &[String]) -> NoParams {
        NoParams
    }
}

/// Which part of a sitemap to return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SitemapParams {
    /// Counted from 1; `None`: the whole, or the list of its parts.
    pub(crate) part: Option<u16>,
}

const PART: Integer = Integer {
    name: "part",
    description: "Part of a sitemap of more than 50,000 addresses, counted from 1.",
    min: 1,
    max: 50_000,
    default: None,
    example: 1,
};

impl Read for SitemapParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        vec![&PART]
    }

    fn read(given: &mut Given, _: &[String]) -> SitemapParams {
        SitemapParams { part: PART.read(given) }
    }
}

impl Read for UiParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        vec![&UI]
    }

    fn read(given: &mut Given, _: &[String]) -> UiParams {
        UiParams { ui: UI.read(given) }
    }
}

impl Read for CiteParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        vec![&REFERENCE, &UI]
    }

    fn read(given: &mut Given, _: &[String]) -> CiteParams {
        CiteParams { reference: REFERENCE.read(given), ui: UI.read(given) }
    }
}

impl Read for DocumentPassagesParams {
    fn parameters() -> Vec<&'static dyn Parameter> {
        vec![&LIMIT, &OFFSET, &UI]
    }

    fn read(given: &mut Given, _: &[String]) -> DocumentPassagesParams {
        DocumentPassagesParams { limit: LIMIT.read_size(given), offset: OFFSET.read_size(given), ui: UI.read(given) }
    }
}

impl DocumentPassagesParams {
    /// Address of the passages at `path` from `offset` on.
    pub(crate) fn link(self, path: &str, offset: usize) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        if Some(self.limit) != LIMIT.default.map(usize::from) {
            pairs.append_pair(LIMIT.name, &self.limit.to_string());
        }
        if offset > 0 {
            pairs.append_pair(OFFSET.name, &offset.to_string());
        }
        if self.ui != UI.default {
            pairs.append_pair(UI.name, UI.word(self.ui));
        }
        super::with_query(path, &pairs.finish())
    }
}

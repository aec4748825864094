//! [`Marker`]: marks whole texts, as a reader of a document wants them.

use std::sync::Arc;

use rcp_corpus::analysis::Analyzer;
use rcp_corpus::model::Language;

use super::{Highlighter, segments};
use crate::response::Segment;

/// Marks what a query looks for in texts of any length, leaving nothing out: see [`crate::Snapshot::marker`].
#[derive(Debug)]
pub struct Marker {
    highlighter: Highlighter,
    analyzer: Arc<Analyzer>,
}

impl Marker {
    pub(crate) fn new(highlighter: Highlighter, analyzer: Arc<Analyzer>) -> Marker {
        Marker { highlighter, analyzer }
    }

    /// A text cut into marked and unmarked segments; joined they are the text.
    #[must_use]
    pub fn segments(&self, text: &str, language: Language) -> Vec<Segment> {
        segments(text, &self.highlighter.mark(text, language, &self.analyzer), usize::MAX)
    }
}

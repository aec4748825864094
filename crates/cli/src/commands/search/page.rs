//! [`View`]: an answer for a person: what was understood, how much was found, hits, facets, and how to go on.

use rcp_corpus::taxonomy::Taxonomy;
use rcp_query::request::{MatchMode, SearchRequest, Unit};
use rcp_query::response::{Hits, SearchResponse};

use super::facets::facet_lines;
use super::understood::{notes, understood};
use crate::terminal::{self, Style};

/// How an answer is shown.
pub(super) struct View<'a> {
    pub(super) request: &'a SearchRequest,
    pub(super) taxonomy: &'a Taxonomy,
    pub(super) style: Style,
    /// Whether each hit comes with its citation.
    pub(super) cite: bool,
    /// Whether matches are marked.
    pub(super) marks: bool,
}

impl View<'_> {
    /// The whole answer. On a terminal a line may hold several of it.
    pub(super) fn lines(&self, response: &SearchResponse) -> Vec<String> {
        let mut lines = self.head(response);
        lines.extend(self.hits(response));
        for facet in &response.facets {
            lines.push(String::new());
            lines.extend(facet_lines(facet, self.style));
        }
        if let Some(more) = self.more(response) {
            lines.extend([String::new(), self.style.paragraph("", &more)]);
        }
        lines
    }

    /// How much was found, what was understood, and what was not.
    fn head(&self, response: &SearchResponse) -> Vec<String> {
        let style = self.style;
        let found = style.bold(&format!("{} found", terminal::count(response.total, self.unit())));
        let mut lines = vec![style.paragraph("", &format!("{found} {}", style.faint(&self.within(response))))];
        let understood = understood(&response.interpretation.query, self.request, self.taxonomy);
        if !understood.is_empty() {
            let understood = terminal::plain(&format!("for {understood}"));
            lines.push(style.paragraph("", &understood));
        }
        let notes = notes(&response.interpretation);
        lines.extend(notes.iter().map(|note| style.paragraph("", &style.faint(&terminal::plain(note)))));
        if let Some(relaxed) = response.interpretation.relaxed {
            let (required, words) = (relaxed.required, relaxed.words);
            let note = format!("note: nothing has enough of the {words} words; these have at least {required}");
            lines.push(style.paragraph("", &note));
        }
        for warning in &response.interpretation.warnings {
            lines.push(style.paragraph("", &terminal::plain(&format!("note: {}", warning.message))));
        }
        if response.total == 0 {
            lines.extend(self.advice().map(|advice| style.paragraph("", &advice)));
        }
        lines
    }

    fn unit(&self) -> &'static str {
        match self.request.unit {
            Unit::Documents => "document",
            Unit::Passages => "passage",
        }
    }

    /// Of how many: `of 5 searchable; 1 with all words; 3 files cannot be searched`.
    fn within(&self, response: &SearchResponse) -> String {
        let coverage = &response.coverage;
        let mut within = match self.request.unit {
            Unit::Documents => format!("of {} searchable", coverage.searchable),
            Unit::Passages => {
                let documents = terminal::count(response.total_documents, "document");
                format!("in {documents} of {} searchable", coverage.searchable)
            }
        };
        if response.total_all_words < response.total {
            within.push_str(&format!("; {} with all words", response.total_all_words));
        }
        let closed = coverage.documents.saturating_sub(coverage.searchable);
        if closed > 0 {
            within.push_str(&format!("; {} cannot be searched", terminal::count(closed, "file")));
        }
        within
    }

    /// What to try where nothing was found; `None` where nothing is there.
    fn advice(&self) -> Option<String> {
        let request = self.request;
        let is_narrowed = !request.filters.is_empty()
            || !request.documents.is_empty()
            || request.year_from.is_some()
            || request.year_to.is_some()
            || request.date_from.is_some()
            || request.date_to.is_some()
            || request.added_since.is_some();
        let has_words = !request.query.trim().is_empty();
        let mut advice = Vec::new();
        if has_words && request.match_mode != MatchMode::Any {
            advice.push("--match any");
        }
        if has_words {
            advice.push("other words");
        }
        if is_narrowed {
            advice.push("fewer filters");
        }
        let last = advice.pop()?;
        let others = if advice.is_empty() { String::new() } else { format!("{} or ", advice.join(", ")) };
        Some(format!("try {others}{last}"))
    }

    /// Which hits these are of all, and how to see the next; `None` where these are all.
    fn more(&self, response: &SearchResponse) -> Option<String> {
        let shown = match &response.hits {
            Hits::Documents(hits) => hits.len(),
            Hits::Passages(hits) => hits.len(),
        };
        let all = terminal::count(response.total, self.unit());
        let (first, last) = (self.request.offset + 1, self.request.offset + shown);
        let which = match &self.request.cursor {
            Some(_) => format!("{shown} more of {all}"),
            None if shown as u64 == response.total => return None,
            None if shown == 0 => format!("none of {all} behind the first {}", self.request.offset),
            None => format!("{first}-{last} of {all}"),
        };
        let token = response.next_cursor.as_ref();
        let next = match token {
            None => String::new(),
            Some(token) if self.request.cursor.is_some() || last > usize::from(SearchRequest::MAX_OFFSET) => {
                format!("; more: --cursor {token}")
            }
            Some(_) => format!("; more: --offset {last}"),
        };
        Some(format!("{}{next}", self.style.bold(&which)))
    }
}

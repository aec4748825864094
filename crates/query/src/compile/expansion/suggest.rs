//! Filters that typed words may mean.

use std::ops::Range;

use rcp_corpus::taxonomy::names::Found;

use super::{Expander, Run, is_inside};
use crate::response::SuggestedFilter;

/// Most filters that are suggested.
const MAX_SUGGESTED: usize = 5;

/// Numbers that are taken for years.
const YEARS: Range<u16> = 1900..2100;

impl Expander<'_> {
    /// Suggests the filters that the words of a run may mean.
    pub(super) fn suggest(&mut self, run: &Run<'_>, found: &[Found<'_>]) {
        let mut suggested: Vec<SuggestedFilter> = Vec::new();
        for one in found {
            let scheme = self.context.taxonomy.scheme(&one.concept.scheme);
            let Some(facet) = scheme.and_then(|scheme| scheme.facets.first()) else { continue };
            let concept = self.context.taxonomy.concept(facet, &one.concept.concept);
            let hidden = found.iter().any(|other| is_inside(&one.words, &other.words));
            if let Some(concept) = concept.filter(|_| !hidden) {
                let label = concept.label.get(self.context.wants.ui).to_owned();
                suggested.push(self.suggestion(run.span(&one.words), facet, &concept.id, label));
            }
        }
        for (place, placed) in run.terms.iter().enumerate() {
            let year = &placed.term.word.folded;
            let apart = !placed.term.word.joined && !run.terms.get(place + 1).is_some_and(|next| next.term.word.joined);
            if apart && year.len() == 4 && year.parse().is_ok_and(|year| YEARS.contains(&year)) {
                suggested.push(self.suggestion(placed.span.clone(), "year", year, year.clone()));
            }
        }
        suggested.sort_by_key(|filter| filter.span.start);
        for filter in suggested {
            let known =
                self.suggested.iter().any(|other| (&other.facet, &other.value) == (&filter.facet, &filter.value));
            if !known && self.suggested.len() < MAX_SUGGESTED {
                self.suggested.push(filter);
            }
        }
    }

    fn suggestion(&self, span: Range<usize>, facet: &str, value: &str, label: String) -> SuggestedFilter {
        let from = self.context.text.get(span.clone()).unwrap_or_default().to_owned();
        SuggestedFilter { facet: facet.to_owned(), value: value.to_owned(), label, from, span }
    }
}

//! What a word counts that is a stop word of one language and a term of another.
//!
//! Such a word is a term only in the passages where it is none of its language's stop words. In a collection of several
//! languages these can be few ("of" in a French text), and the fewer they are, the more the word would count: documents
//! with a scrap of another language would come first. So what it counts is set by all documents that have the word,
//! stop word or not:
//!
//! ```text
//! weight = idf(documents that have the word as written) / idf(documents that have it as a term)
//! ```
//!
//! with `idf(df) = ln(1 + (n − df + 0.5) / (df + 0.5))`. "of" counts next to nothing beside English texts, "sur" (south,
//! or on) less than in Spanish texts alone, "son" in English texts as any other word.

use std::sync::Arc;

use rcp_index::backend::{BackendError, LeafStatistics};
use rcp_index::plan::{Field, Form, Leaf, Member, Text};

use super::group::{Group, Query};

impl Query {
    /// Sets the weight of the stop words among the groups. `statistics` answers those of leaves over documents; it is
    /// not asked where there is none.
    pub(crate) fn weigh_stop_words(
        &mut self,
        statistics: impl FnOnce(&[Leaf]) -> Result<Vec<LeafStatistics>, BackendError>,
    ) -> Result<(), BackendError> {
        let groups = self.tree.iter_mut().flat_map(super::group::Tree::groups_mut);
        let stop_words: Vec<&mut Group> = groups.filter(|group| group.stop_word.is_some()).collect();
        if stop_words.is_empty() {
            return Ok(());
        }
        let leaves: Vec<Leaf> = stop_words.iter().flat_map(|group| leaves(group)).collect();
        let statistics = statistics(&leaves)?;
        for (group, pair) in stop_words.into_iter().zip(statistics.chunks_exact(2)) {
            group.weight = (idf(pair[0]) / idf(pair[1])).min(1.0);
        }
        Ok(())
    }
}

/// The word as written, and as a term.
fn leaves(group: &Group) -> [Leaf; 2] {
    let leaf = |form, members: Arc<[Member]>| Leaf {
        field: Field { text: Text::Body, form },
        words: 0,
        anchor: true,
        boost: 1.0,
        members,
    };
    let written = group.stop_word.iter().map(|word| Member::term(word)).collect();
    [leaf(Form::Exact, written), leaf(group.form, group.members.iter().cloned().collect())]
}

fn idf(statistics: LeafStatistics) -> f32 {
    let df = statistics.df as f32;
    let without = statistics.records.saturating_sub(statistics.df) as f32;
    (1.0 + (without + 0.5) / (df + 0.5)).ln()
}

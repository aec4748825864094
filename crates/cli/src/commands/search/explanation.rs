//! How the score of a hit is made up, in words.

use rcp_query::response::{ScoreExplanation, ScorePart, WordPart};

use super::page::View;
use crate::terminal;

impl View<'_> {
    /// The score and its parts, a line each.
    pub(super) fn explanation(&self, indent: &str, score: f32, explanation: &ScoreExplanation) -> Vec<String> {
        let parts = explanation.parts.iter().map(|part| format!("{:>8.3}  {}", part.score(), what(part)));
        let lines = std::iter::once(format!("{score:>8.3}  score")).chain(parts);
        lines.map(|line| self.style.paragraph(indent, &self.style.faint(&terminal::plain(&line)))).collect()
    }
}

fn what(part: &ScorePart) -> String {
    match part {
        ScorePart::Word(word) => of_word(word),
        ScorePart::Passage { .. } => "best passage".to_owned(),
        ScorePart::Proximity { .. } => "words close together".to_owned(),
        ScorePart::Recency { .. } => "recent".to_owned(),
        ScorePart::Type { .. } => "type of document".to_owned(),
    }
}

/// `body labour/labor, 3 times in 1200 words (mean 1534), in 2 of 5, weight 1`.
fn of_word(word: &WordPart) -> String {
    let field = word.field.split('_').next().unwrap_or(word.field);
    let more = if word.more_terms > 0 { format!(" and {} more", word.more_terms) } else { String::new() };
    let WordPart { frequency, length, mean_length, df, records, boost, .. } = word;
    format!(
        "{field}: {}{more}, {frequency} times in {length} words (mean {mean_length:.0}), in {df} of {records}, weight {boost}",
        word.terms.join("/")
    )
}

//! What is known about a document as a page for a person: each value, how sure it is, and the words it rests on.

use rcp_corpus::model::{Document, Evidence, Fact, Language, Passage, Provenance};
use rcp_corpus::taxonomy::Taxonomy;
use rcp_indexer::annotate::Annotated;

use crate::terminal::{self, Style};

/// Facets in the order of the page, with what they are called.
const FACETS: [(&str, &str); 5] =
    [("rcp", "Belongs to"), ("region", "Region"), ("theme", "Theme"), ("mentions", "Mentions"), ("country", "Country")];

/// Most pieces of evidence that are shown for a value.
const MAX_EVIDENCE: usize = 5;

/// Characters of a passage on each side of the words that a value rests on.
const CONTEXT: usize = 45;

/// The page of a document.
pub(super) struct Page<'a> {
    pub(super) style: Style,
    pub(super) taxonomy: &'a Taxonomy,
    /// Whether the passages are printed.
    pub(super) text: bool,
}

impl Page<'_> {
    /// The lines of a document.
    pub(super) fn document(&self, file: &str, annotated: &Annotated) -> Vec<String> {
        let Annotated { document, passages, .. } = annotated;
        let mut lines = vec![self.style.bold(&terminal::plain(file)), self.source(document, passages)];
        let text = |fact: &Fact<String>| terminal::plain(&fact.value);
        lines.extend(self.fact("Title", document.title.as_ref(), text, passages));
        lines.extend(self.concepts(document, "type", "Type", passages));
        lines.extend(self.fact("Date", document.date.as_ref(), |fact| fact.value.to_string(), passages));
        lines.extend(self.fact("Year", document.year.as_ref(), |fact| fact.value.to_string(), passages));
        lines.extend(self.fact("Venue", document.venue.as_ref(), text, passages));
        let event = |fact: &Fact<rcp_corpus::model::Event>| {
            format!("{} ({})", terminal::plain(&fact.value.name), fact.value.id())
        };
        lines.extend(self.fact("Event", document.event.as_ref(), event, passages));
        for (facet, name) in FACETS {
            lines.extend(self.concepts(document, facet, name, passages));
        }
        if self.text {
            lines.extend(self.passages(passages));
        }
        lines
    }

    /// Format, pages, passages and languages on a line.
    fn source(&self, document: &Document, passages: &[Passage]) -> String {
        let languages: Vec<&str> = document.languages.iter().map(|language| language.code()).collect();
        let pages = document.source.pages.map(|pages| terminal::count(u64::from(pages), "page"));
        let passages = terminal::count(passages.len() as u64, "passage");
        let parts = [Some(document.source.media_type.clone()), pages, Some(passages), Some(languages.join(", "))];
        let line: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        format!("  {}", self.style.faint(&line.join(" · ")))
    }

    fn fact<T>(
        &self,
        name: &str,
        fact: Option<&Fact<T>>,
        show: impl Fn(&Fact<T>) -> String,
        passages: &[Passage],
    ) -> Vec<String> {
        match fact {
            None => vec![self.value(name, &self.style.faint("unknown"), None)],
            Some(fact) => {
                let mut lines = vec![self.value(name, &show(fact), Some((fact.provenance, fact.confidence)))];
                lines.extend(self.evidence(&fact.evidence, passages));
                lines
            }
        }
    }

    fn concepts(&self, document: &Document, facet: &str, name: &str, passages: &[Passage]) -> Vec<String> {
        let mut lines = Vec::new();
        for label in document.labels.iter().filter(|label| label.facet == facet) {
            let concept = self.taxonomy.concept(facet, &label.concept);
            let english = concept.map_or("", |concept| concept.label.get(Language::En));
            let shown = format!("{} {}", label.concept, self.style.faint(english));
            lines.push(self.value(name, shown.trim_end(), Some((label.provenance, label.confidence))));
            lines.extend(self.evidence(&label.evidence, passages));
        }
        if lines.is_empty() {
            lines.push(self.value(name, &self.style.faint("none found"), None));
        }
        lines
    }

    /// A name, its value, and who says so how surely.
    fn value(&self, name: &str, value: &str, source: Option<(Provenance, f32)>) -> String {
        let source = source.map(|(provenance, confidence)| match provenance {
            Provenance::Curated => "curated".to_owned(),
            Provenance::FileMetadata => format!("file metadata, {confidence:.2}"),
            Provenance::TextRule => format!("text, {confidence:.2}"),
            Provenance::Implied => format!("implied, {confidence:.2}"),
            Provenance::Path => format!("path, {confidence:.2}"),
        });
        let source = source.map(|source| self.style.faint(&format!("  [{source}]"))).unwrap_or_default();
        format!("  {}{value}{source}", self.style.label(&format!("{name:<11}")))
    }

    fn evidence(&self, evidence: &[Evidence], passages: &[Passage]) -> Vec<String> {
        let shown = evidence.iter().take(MAX_EVIDENCE).map(|evidence| {
            let in_passage = evidence.passage.as_ref().zip(evidence.span.clone()).and_then(|(id, span)| {
                let passage = passages.iter().find(|passage| passage.id == *id)?;
                Some((id, in_context(&passage.text, span)?))
            });
            let text = match in_passage {
                Some((id, (before, words, after))) => {
                    format!("{id}: {before}{}{after}", self.style.mark(&terminal::plain(words)))
                }
                None => terminal::plain(&evidence.surface),
            };
            format!("{:15}{}", "", text)
        });
        let more = evidence.len().saturating_sub(MAX_EVIDENCE);
        let more = (more > 0).then(|| format!("{:15}{}", "", self.style.faint(&format!("and {more} more"))));
        shown.chain(more).collect()
    }

    fn passages(&self, passages: &[Passage]) -> Vec<String> {
        let mut lines = Vec::new();
        let mut above: &[String] = &[];
        for passage in passages {
            if passage.heading_path != above {
                above = &passage.heading_path;
                lines.push(String::new());
                lines.push(format!("  {}", self.style.bold(&terminal::plain(&above.join(" > ")))));
            }
            let page = passage.page.map(|page| format!(" p. {page}")).unwrap_or_default();
            let facts = format!("{}{page} {} {}", passage.id, passage.language, passage.kind.name());
            lines.push(format!("  {}", self.style.label(&facts)));
            lines.push(self.style.paragraph("    ", &terminal::plain(&passage.text)));
        }
        lines
    }
}

/// Words of a text with what stands around them; `None` where the range is not of this text.
fn in_context(text: &str, span: std::ops::Range<usize>) -> Option<(String, &str, String)> {
    let words = text.get(span.clone())?;
    let before: Vec<char> = text.get(..span.start)?.chars().rev().take(CONTEXT + 1).collect();
    let after: Vec<char> = text.get(span.end..)?.chars().take(CONTEXT + 1).collect();
    let cut = |characters: &[char]| characters.len() > CONTEXT;
    let kept = |characters: &[char]| characters.iter().take(CONTEXT).copied().collect::<Vec<char>>();
    let start: String = kept(&before).into_iter().rev().collect();
    let end: String = kept(&after).into_iter().collect();
    let before = terminal::plain(&format!("{}{start}", if cut(&before) { "…" } else { "" }));
    let after = terminal::plain(&format!("{end}{}", if cut(&after) { "…" } else { "" }));
    Some((before, words, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_shown_with_what_stands_around_them() {
        assert_eq!(in_context("the réfugiés came", 4..14), Some(("the ".to_owned(), "réfugiés", " came".to_owned())));
        let long = format!("{}word{}", "é".repeat(60), "a".repeat(60));
        let (before, word, after) = in_context(&long, 120..124).unwrap();
        assert_eq!((before.chars().count(), word, after.chars().count()), (CONTEXT + 1, "word", CONTEXT + 1));
        assert_eq!(in_context("short", 3..9), None);
        assert_eq!(in_context("é", 1..2), None);
    }
}

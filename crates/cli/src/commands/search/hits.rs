//! Hits for a person: a numbered title, what it is, and the passages that match.

use rcp_corpus::model::{Document, Language};
use rcp_query::citation::format_date_range;
use rcp_query::facets::label;
use rcp_query::response::{DocumentHit, EvidencePassage, Hits, PassageHit, SearchResponse};

use super::page::View;
use crate::terminal;

/// Between facts on one line.
const BETWEEN: &str = " · ";
/// Languages of a document that are named; texts in more are rare.
const MAX_LANGUAGES: usize = 3;

impl View<'_> {
    /// Every hit, an empty line before each.
    pub(super) fn hits(&self, response: &SearchResponse) -> Vec<String> {
        let hits: Vec<Vec<String>> = match &response.hits {
            Hits::Documents(hits) => {
                let marks = self.marks_of(hits.len());
                hits.iter().zip(marks).map(|(hit, mark)| self.document(&mark, hit)).collect()
            }
            Hits::Passages(hits) => {
                let marks = self.marks_of(hits.len());
                hits.iter().zip(marks).map(|(hit, mark)| self.passage(&mark, hit)).collect()
            }
        };
        hits.into_iter().flat_map(|hit| std::iter::once(String::new()).chain(hit)).collect()
    }

    /// What stands before each hit: its number, or a dash behind a cursor, which does not tell numbers.
    fn marks_of(&self, hits: usize) -> impl Iterator<Item = String> {
        let offset = self.request.offset;
        let digits = (offset + hits).to_string().len().max(2);
        let is_continued = self.request.cursor.is_some();
        (1..=hits).map(move |number| match is_continued {
            true => format!("{:>digits$}  ", "-"),
            false => format!("{:>digits$}. ", offset + number),
        })
    }

    fn document(&self, mark: &str, hit: &DocumentHit) -> Vec<String> {
        let (style, indent) = (self.style, " ".repeat(mark.len()));
        let mut lines = vec![style.item(mark, &style.bold(&terminal::plain(hit.document.display_title())))];
        lines.extend(self.faint_line(&indent, &self.facts(&hit.document)));
        for passage in &hit.passages {
            lines.extend(self.evidence(&indent, &hit.document, passage));
        }
        let more = hit.passages_total.saturating_sub(hit.passages.len() as u64);
        if more > 0 && !hit.passages.is_empty() {
            lines.extend(self.faint_line(&indent, &[format!("and {}", terminal::count(more, "more passage"))]));
        }
        lines.extend(self.citation(&indent, &hit.citation));
        lines.extend(hit.explanation.iter().flat_map(|parts| self.explanation(&indent, hit.score, parts)));
        lines.extend(self.faint_line(&indent, &[hit.document.id.to_string(), hit.document.source.file.clone()]));
        lines
    }

    fn passage(&self, mark: &str, hit: &PassageHit) -> Vec<String> {
        let (style, indent, document) = (self.style, " ".repeat(mark.len()), &hit.document);
        let mut lines = vec![style.item(mark, &self.place(document, &hit.passage))];
        let facts = std::iter::once(document.display_title().to_owned()).chain(self.facts(document));
        lines.extend(self.faint_line(&indent, &facts.collect::<Vec<_>>()));
        lines.push(style.paragraph(&indent, &self.text(&hit.passage)));
        lines.extend(self.citation(&indent, &hit.passage.citation));
        lines.extend(hit.explanation.iter().flat_map(|parts| self.explanation(&indent, hit.score, parts)));
        let id = format!("{}#{}", document.id, hit.passage.passage.id);
        lines.extend(self.faint_line(&indent, &[id, document.source.file.clone()]));
        lines
    }

    /// Process, date, type, place and language of a document, as far as they are known.
    fn facts(&self, document: &Document) -> Vec<String> {
        let ui = self.request.ui;
        let short = |id: &str| {
            let concept = self.taxonomy.concept("rcp", id);
            let abbreviation = concept.and_then(|concept| concept.abbreviation.clone());
            abbreviation.unwrap_or_else(|| label(self.taxonomy, "rcp", id, ui))
        };
        let rcps: Vec<String> = document.concepts("rcp").map(short).collect();
        let date = document.date.as_ref().map(|date| format_date_range(&date.value, ui));
        let year = || document.year.as_ref().map(|year| year.value.to_string());
        let kind = document.concepts("type").next().map(|id| label(self.taxonomy, "type", id, ui));
        let venue = document.venue.as_ref().map(|venue| venue.value.clone());
        let languages = document.languages.iter().take(MAX_LANGUAGES);
        let languages: Vec<String> = languages.map(|code| label(self.taxonomy, "lang", code.code(), ui)).collect();
        let languages = (document.languages != [ui]).then(|| languages.join(", "));
        let facts = [Some(rcps.join(", ")), date.or_else(year), kind, venue, languages];
        facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect()
    }

    /// A passage below its document: on a terminal its place and its text in lines of their own, else in one line.
    fn evidence(&self, indent: &str, document: &Document, passage: &EvidencePassage) -> Vec<String> {
        let id = self.style.faint(&format!("{BETWEEN}#{}", passage.passage.id));
        let (place, text) = (format!("{}{id}", self.place(document, passage)), self.text(passage));
        if self.style.is_terminal() {
            let deeper = format!("{indent}  ");
            vec![self.style.paragraph(indent, &place), self.style.paragraph(&deeper, &text)]
        } else {
            vec![format!("{indent}{place}: {text}")]
        }
    }

    /// What to call a passage, with its page, heading and language where these say more.
    fn place(&self, document: &Document, shown: &EvidencePassage) -> String {
        let (passage, ui) = (&shown.passage, self.request.ui);
        let page = passage.page.filter(|_| passage.number.is_some());
        let page = page.map(|page| format!(", {} {page}", if ui == Language::Es { "pág." } else { "p." }));
        let name = format!("{}{}", terminal::plain(&shown.label), page.unwrap_or_default());
        let heading = passage.heading_path.last().map(|heading| terminal::plain(heading));
        let heading = heading.filter(|heading| !shown.label.contains(heading.trim_end_matches(['.', ':', ' '])));
        let other = document.languages.first().is_some_and(|main| *main != passage.language);
        let language = other.then(|| label(self.taxonomy, "lang", passage.language.code(), ui));
        let more: Vec<String> = [heading, language].into_iter().flatten().collect();
        let more: String = more.iter().map(|fact| format!("{BETWEEN}{fact}")).collect();
        format!("{}{}", self.style.label(&name), self.style.faint(&more))
    }

    fn text(&self, passage: &EvidencePassage) -> String {
        let segments = passage.segments.iter().map(|segment| {
            let text = terminal::plain(&segment.text);
            if segment.matched && self.marks { self.style.mark(&text) } else { text }
        });
        segments.collect()
    }

    fn citation(&self, indent: &str, citation: &str) -> Option<String> {
        self.cite.then(|| self.style.paragraph(indent, &format!("cite: {}", terminal::plain(citation))))
    }

    /// Facts on a line of their own; none without facts.
    fn faint_line(&self, indent: &str, facts: &[String]) -> Option<String> {
        let line = terminal::plain(&facts.join(BETWEEN));
        (!line.is_empty()).then(|| self.style.paragraph(indent, &self.style.faint(&line)))
    }
}

//! Documents and passages as the index takes them: tokens, facet values, sort keys.

mod facts;

use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::analysis::{Analyzer, fold};
use rcp_corpus::model::{Document, Label, Language, Passage};
use rcp_corpus::taxonomy::Taxonomy;
use rcp_index::plan::Text;
use rcp_index::record::{DocumentRecord, PassageRecord, Tokens};

use crate::annotate::Annotated;

/// Characters of a title that are sorted by. A cursor holds them, and travels in a URL.
const SORT_TITLE_CHARS: usize = 200;

/// What makes records: the same for every document of a run.
#[derive(Debug, Clone)]
pub struct RecordMaker<'a> {
    analyzer: Analyzer,
    taxonomy: &'a Taxonomy,
    /// Facets of which a passage has its own values; of the others it has its document's.
    own_facets: BTreeSet<String>,
}

impl<'a> RecordMaker<'a> {
    /// A maker of records with these settings.
    #[must_use]
    pub fn new(analyzer: Analyzer, taxonomy: &'a Taxonomy) -> RecordMaker<'a> {
        let of_text = taxonomy.schemes().iter().flat_map(|scheme| {
            let classified = scheme.classification.as_ref().and(scheme.facets.first());
            scheme.mentioned_as.iter().chain(classified).cloned()
        });
        let own_facets = of_text.chain(["lang".to_owned()]).collect();
        RecordMaker { analyzer, taxonomy, own_facets }
    }

    /// The record of a document.
    #[must_use]
    pub fn record(&self, annotated: Annotated) -> DocumentRecord {
        let Annotated { document, headings, passages } = annotated;
        let language = document.languages.first().copied().unwrap_or(Language::Undetermined);
        let tokens = |text: &str, language| Tokens::new(&self.analyzer, text, language);
        let title = document.title.as_ref().map(|title| tokens(&title.value, language));
        let heading_tokens: Vec<Tokens> = headings.iter().map(|(text, language)| tokens(text, *language)).collect();
        let facets = self.document_facets(&document);
        let passages: Vec<PassageRecord> =
            passages.into_iter().map(|passage| self.passage_record(passage, title.as_ref(), &facets)).collect();
        let bodies = passages.iter().filter_map(|passage| passage.texts.get(&Text::Body)).flatten();
        let facts = facts::facts(&document, self.taxonomy);
        // The title stands among the headings too; as a text of its own it must not count twice.
        let headings = heading_tokens.iter().filter(|heading| Some(*heading) != title.as_ref()).cloned().collect();
        let texts = BTreeMap::from([
            (Text::Body, heading_tokens.iter().chain(bodies).cloned().collect()),
            (Text::Title, title.into_iter().collect()),
            (Text::Headings, headings),
            (Text::Facts, facts.iter().map(|(text, language)| tokens(text, *language)).collect()),
        ]);
        let sort_title = Some(fold(document.display_title()).chars().take(SORT_TITLE_CHARS).collect());
        DocumentRecord { document, texts, facets, sort_title, passages }
    }

    fn passage_record(
        &self,
        passage: Passage,
        title: Option<&Tokens>,
        of_document: &BTreeMap<String, Vec<String>>,
    ) -> PassageRecord {
        let tokens = |text: &str| Tokens::new(&self.analyzer, text, passage.language);
        let texts = BTreeMap::from([
            (Text::Body, vec![tokens(&passage.text)]),
            (Text::Title, title.cloned().into_iter().collect()),
            (Text::Headings, passage.heading_path.iter().map(|heading| tokens(heading)).collect()),
        ]);
        let mut facets: BTreeMap<String, Vec<String>> = of_document
            .iter()
            .filter(|(facet, _)| !self.own_facets.contains(*facet))
            .map(|(facet, values)| (facet.clone(), values.clone()))
            .collect();
        let own = self.label_facets(&passage.labels);
        facets.extend(own.into_iter().filter(|(facet, _)| self.own_facets.contains(facet)));
        facets.insert("lang".to_owned(), vec![passage.language.code().to_owned()]);
        PassageRecord { passage, texts, facets }
    }

    fn document_facets(&self, document: &Document) -> BTreeMap<String, Vec<String>> {
        let mut facets = self.label_facets(&document.labels);
        let mut languages: Vec<String> = document.languages.iter().map(|language| language.code().to_owned()).collect();
        languages.sort();
        languages.dedup();
        facets.insert("lang".to_owned(), languages);
        if let Some(year) = &document.year {
            facets.insert("year".to_owned(), vec![year.value.to_string()]);
        }
        if let Some(event) = &document.event {
            facets.insert("event".to_owned(), vec![event.value.id()]);
        }
        facets
    }

    /// Values by facet, every ancestor included, sorted and without repetition.
    fn label_facets(&self, labels: &[Label]) -> BTreeMap<String, Vec<String>> {
        let mut values: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for label in labels {
            let concepts = self.taxonomy.with_ancestors(&label.facet, &label.concept);
            values.entry(label.facet.clone()).or_default().extend(concepts.into_iter().map(str::to_owned));
        }
        values.into_iter().map(|(facet, values)| (facet, values.into_iter().collect())).collect()
    }
}

#[cfg(test)]
mod tests {
    use rcp_corpus::analysis::AnalysisSettings;
    use rcp_corpus::model::{DocumentId, Fact, Source};
    use rcp_index::plan::Form;

    use super::*;

    fn record(title: String, headings: &[&str]) -> DocumentRecord {
        let source = Source {
            file: "long.txt".to_owned(),
            url: None,
            sha256: "0".repeat(64),
            media_type: "text/plain".to_owned(),
            pages: None,
            extractor: "test".to_owned(),
        };
        let document = Document {
            title: Some(Fact::curated(title)),
            ..Document::new(DocumentId::new("long").unwrap(), "public", source)
        };
        let taxonomy = Taxonomy::new(Vec::new()).unwrap();
        let maker = RecordMaker::new(Analyzer::new(&AnalysisSettings::default()), &taxonomy);
        let headings = headings.iter().map(|heading| ((*heading).to_owned(), Language::Undetermined)).collect();
        maker.record(Annotated { document, headings, passages: Vec::new() })
    }

    #[test]
    fn a_sort_key_fits_into_a_cursor_however_long_the_title() {
        let record = record("Éa".repeat(2_000), &[]);
        assert_eq!(record.sort_title, Some("ea".repeat(SORT_TITLE_CHARS / 2)));
    }

    #[test]
    fn the_title_is_none_of_the_headings_and_part_of_the_whole_text() {
        let record = record("Return and Health".to_owned(), &["Return and Health", "Return"]);
        let lengths =
            |text| record.texts[&text].iter().map(|tokens: &Tokens| tokens.count(Form::Exact)).collect::<Vec<_>>();
        assert_eq!(lengths(Text::Headings), [1]);
        assert_eq!((lengths(Text::Title), lengths(Text::Body)), (vec![3], vec![3, 1]));
    }
}

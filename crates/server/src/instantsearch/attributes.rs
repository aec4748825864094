//! [`Attributes`]: facets and their values under the names that pages use.

use std::collections::{BTreeMap, HashMap};

use rcp_corpus::model::Language;
use rcp_corpus::taxonomy::Taxonomy;
use rcp_query::facets::label;

/// Stands between the labels of a path, as hierarchical menus expect it.
const SEPARATOR: &str = " > ";
/// Stands between a facet and a level of its hierarchy, which is counted from 0.
const LEVEL: &str = ".lvl";
/// Levels that an attribute can name.
const MAX_LEVEL: usize = 9;

/// What a page calls a facet (`theme`), or a level of its hierarchy (`theme.lvl0`, `theme.lvl1` …).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    pub(super) facet: String,
    pub(super) level: Option<usize>,
}

/// The attributes of a configuration, in a language: a value is shown as its label, on a level as the labels of its path.
/// Where two concepts of a facet share a label, the id stands behind it, so that each text means one value.
#[derive(Debug)]
pub(super) struct Attributes<'a> {
    taxonomy: &'a Taxonomy,
    facets: &'a [String],
    ui: Language,
    /// Of the facets with a vocabulary.
    texts: BTreeMap<&'a str, Texts>,
}

#[derive(Debug, Default)]
struct Texts {
    by_id: HashMap<String, String>,
    ids: HashMap<String, String>,
    ids_by_path: HashMap<String, String>,
}

impl Attribute {
    /// The name that a page uses.
    pub(super) fn name(&self) -> String {
        let level = self.level.map(|level| format!("{LEVEL}{level}"));
        self.facet.clone() + &level.unwrap_or_default()
    }
}

impl<'a> Attributes<'a> {
    pub(super) fn new(taxonomy: &'a Taxonomy, facets: &'a [String], ui: Language) -> Attributes<'a> {
        let mut attributes = Attributes { taxonomy, facets, ui, texts: BTreeMap::new() };
        for facet in facets {
            if let Some(texts) = attributes.texts_of(facet) {
                attributes.texts.insert(facet, texts);
            }
        }
        attributes
    }

    fn texts_of(&self, facet: &str) -> Option<Texts> {
        let ids: Vec<&str> = match self.taxonomy.scheme_of_facet(facet) {
            Some(scheme) => scheme.concepts.iter().map(|concept| concept.id.as_str()).collect(),
            None if facet == "lang" => {
                Language::ANALYSED.iter().chain([&Language::Undetermined]).map(|language| language.code()).collect()
            }
            None => return None,
        };
        let label = |id: &str| label(self.taxonomy, facet, id, self.ui);
        let mut sharing: HashMap<String, usize> = HashMap::new();
        ids.iter().for_each(|id| *sharing.entry(label(id)).or_default() += 1);
        let mut texts = Texts::default();
        for id in &ids {
            let label = label(id);
            let is_shared = sharing.get(&label).is_some_and(|&concepts| concepts > 1);
            let text = if is_shared { format!("{label} ({id})") } else { label };
            texts.ids.insert(text.clone(), (*id).to_owned());
            texts.by_id.insert((*id).to_owned(), text);
        }
        for id in &ids {
            for path in self.taxonomy.paths(facet, id) {
                texts.ids_by_path.insert(texts.path(&path), (*id).to_owned());
            }
        }
        Some(texts)
    }

    /// The attribute of a name.
    pub(super) fn attribute(&self, name: &str) -> Option<Attribute> {
        let (facet, level) = match name.split_once(LEVEL) {
            Some((facet, level)) => (facet, Some(level.parse().ok().filter(|level| *level <= MAX_LEVEL)?)),
            None => (name, None),
        };
        let attribute = Attribute { facet: facet.to_owned(), level };
        (self.facets.contains(&attribute.facet) && attribute.name() == name).then_some(attribute)
    }

    /// The facets, which are attributes too.
    pub(super) fn facets(&self) -> &'a [String] {
        self.facets
    }

    /// What a value of a facet is called.
    pub(super) fn text(&self, facet: &str, value: &str) -> String {
        let text = self.texts.get(facet).and_then(|texts| texts.by_id.get(value));
        text.map_or(value, String::as_str).to_owned()
    }

    /// What a value with these paths is called in an attribute: on a level once for each path that ends there.
    pub(super) fn texts(&self, attribute: &Attribute, value: &str, paths: &[Vec<String>]) -> Vec<String> {
        let Some(level) = attribute.level else { return vec![self.text(&attribute.facet, value)] };
        let path = |path: &Vec<String>| {
            let ids: Vec<&str> = path.iter().map(String::as_str).collect();
            self.texts.get(attribute.facet.as_str()).map_or_else(|| ids.join(SEPARATOR), |texts| texts.path(&ids))
        };
        paths.iter().filter(|path| path.len() == level + 1).map(path).collect()
    }

    /// The value that a text means in an attribute; a text that means none is left as it is, for its facet to refuse.
    pub(super) fn value(&self, attribute: &Attribute, text: &str) -> String {
        let texts = self.texts.get(attribute.facet.as_str());
        let id = texts.and_then(|texts| match attribute.level {
            None => texts.ids.get(text),
            Some(_) => texts.ids_by_path.get(text),
        });
        id.map_or(text, String::as_str).to_owned()
    }
}

impl Texts {
    fn path(&self, ids: &[&str]) -> String {
        let texts: Vec<&str> = ids.iter().map(|&id| self.by_id.get(id).map_or(id, String::as_str)).collect();
        texts.join(SEPARATOR)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rcp_corpus::settings::Settings;

    use super::*;

    fn settings() -> Settings {
        Settings::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../index-config")).unwrap()
    }

    #[test]
    fn every_text_means_one_value() {
        let settings = settings();
        let facets: Vec<String> = settings.taxonomy.facets().into_iter().map(|facet| facet.name).collect();
        let mut levels = 0;
        for ui in Language::ANALYSED {
            let attributes = Attributes::new(&settings.taxonomy, &facets, ui);
            for facet in &facets {
                let Some(scheme) = settings.taxonomy.scheme_of_facet(facet) else { continue };
                let flat = attributes.attribute(facet).unwrap();
                for concept in &scheme.concepts {
                    let text = attributes.text(facet, &concept.id);
                    assert_eq!(attributes.value(&flat, &text), concept.id, "{text}");
                    assert_eq!(attributes.value(&flat, &concept.id), concept.id);
                    let paths = settings.taxonomy.paths(facet, &concept.id);
                    let paths: Vec<Vec<String>> =
                        paths.iter().map(|path| path.iter().map(ToString::to_string).collect()).collect();
                    for level in 0..MAX_LEVEL {
                        let attribute = Attribute { facet: facet.clone(), level: Some(level) };
                        for text in attributes.texts(&attribute, &concept.id, &paths) {
                            assert_eq!(attributes.value(&attribute, &text), concept.id, "{text}");
                            levels += 1;
                        }
                    }
                }
            }
        }
        assert!(levels > 300, "{levels}");
    }

    #[test]
    fn attributes_are_facets_and_their_levels() {
        let settings = settings();
        let facets = ["theme".to_owned(), "lang".to_owned(), "year".to_owned()];
        let attributes = Attributes::new(&settings.taxonomy, &facets, Language::Es);
        for (name, expected) in [
            ("theme", Some(None)),
            ("theme.lvl0", Some(Some(0))),
            ("theme.lvl9", Some(Some(9))),
            ("theme.lvl10", None),
            ("theme.lvl", None),
            ("theme.lvl01", None),
            ("theme.lvl+1", None),
            ("themes", None),
            ("", None),
        ] {
            assert_eq!(attributes.attribute(name).map(|attribute| attribute.level), expected, "{name}");
        }
        assert_eq!(attributes.text("lang", "es"), "español");
        assert_eq!(attributes.text("year", "2013"), "2013");
        let unknown = attributes.attribute("theme").unwrap();
        assert_eq!(attributes.value(&unknown, "nothing"), "nothing");
    }
}

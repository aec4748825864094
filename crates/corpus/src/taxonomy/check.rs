//! Checks of concept schemes: what a [`super::Taxonomy`] may rely on.

use std::collections::{HashMap, HashSet};

use super::nearest::distance;
use super::pattern::{Pattern, PatternError};
use super::{Belonging, Classification, Concept, NameGroup, Scheme};
use crate::model::Language;

/// Facets that every index has, whatever the schemes are.
pub(super) const BUILT_IN_FACETS: [&str; 3] = ["year", "lang", "event"];

/// Facet value of documents that have none; no concept may be called so.
const RESERVED_ID: &str = "none";

/// Longest id, in bytes.
const MAX_ID_BYTES: usize = 100;

/// Largest weight and count in a classification; what is larger is a slip of the pen.
const MAX_WEIGHT: f32 = 100.0;

/// Most slips of the pen between an unknown id and the one that is offered for it.
const MAX_EDITS: usize = 2;

/// One step of the way to a value in a scheme file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A key of a table.
    Key(String),
    /// A position in an array, counted from 0.
    Index(usize),
}

/// A scheme that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("scheme {scheme}: {key}: {message}")]
pub struct SchemeError {
    /// Id of the scheme.
    pub scheme: String,
    /// Where the value stands in the scheme's file.
    pub place: Vec<Step>,
    /// The same for a reader, with the id of the concept: `rcm.broader`.
    pub key: String,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// A place as a reader knows it: the id of a concept instead of its position, no positions in lists.
pub(crate) fn key_text(place: &[Step], concept_id: impl Fn(usize) -> Option<String>) -> String {
    let mut parts: Vec<String> = Vec::new();
    for step in place {
        match step {
            Step::Key(key) => parts.push(key.clone()),
            Step::Index(position) if parts == ["concept"] => {
                parts = vec![concept_id(*position).unwrap_or_else(|| format!("concept[{position}]"))];
            }
            Step::Index(_) => {}
        }
    }
    parts.join(".")
}

/// Checks all schemes, each alone and with the others.
pub(super) fn check(schemes: &[Scheme]) -> Result<(), SchemeError> {
    let mut facets: HashMap<&str, &Scheme> = HashMap::new();
    let mut scheme_ids = HashSet::new();
    for scheme in schemes {
        let at = Place { scheme, keys: Vec::new() };
        if !is_id(&scheme.id) || !scheme_ids.insert(scheme.id.as_str()) {
            return at.key("id").fails(format!("{:?} is used twice or is no valid id: {ID_FORM}", scheme.id));
        }
        check_facets(scheme, &at, &mut facets)?;
        check_own(scheme, &at)?;
    }
    for scheme in schemes {
        for (at, concept) in concepts(scheme) {
            check_implies(concept, &at, &facets)?;
        }
    }
    Ok(())
}

const ID_FORM: &str = "use lower-case letters and digits, with single hyphens or full stops between them, not \"none\"";

/// Where a check stands, for its error.
#[derive(Clone)]
struct Place<'s> {
    scheme: &'s Scheme,
    keys: Vec<Step>,
}

impl<'s> Place<'s> {
    fn key(&self, key: &str) -> Place<'s> {
        self.step(Step::Key(key.to_owned()))
    }

    fn index(&self, position: usize) -> Place<'s> {
        self.step(Step::Index(position))
    }

    fn step(&self, step: Step) -> Place<'s> {
        let mut next = self.clone();
        next.keys.push(step);
        next
    }

    fn fails<T>(self, message: String) -> Result<T, SchemeError> {
        let id = |position: usize| self.scheme.concepts.get(position).map(|concept| concept.id.clone());
        let key = key_text(&self.keys, id);
        Err(SchemeError { scheme: self.scheme.id.clone(), key, place: self.keys, message })
    }
}

fn concepts(scheme: &Scheme) -> impl Iterator<Item = (Place<'_>, &Concept)> {
    let list = Place { scheme, keys: vec![Step::Key("concept".to_owned())] };
    scheme.concepts.iter().enumerate().map(move |(position, concept)| (list.index(position), concept))
}

fn check_facets<'s>(
    scheme: &'s Scheme,
    at: &Place<'s>,
    facets: &mut HashMap<&'s str, &'s Scheme>,
) -> Result<(), SchemeError> {
    for (position, facet) in scheme.facets.iter().enumerate() {
        let at = at.key("facets").index(position);
        let well_formed = facet.starts_with(|c: char| c.is_ascii_lowercase())
            && facet.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !well_formed {
            return at.fails(format!("{facet:?} is no facet name: use lower-case letters, digits and _"));
        }
        if BUILT_IN_FACETS.contains(&facet.as_str()) {
            return at.fails(format!("the facet {facet} is filled from the documents themselves; choose another name"));
        }
        if let Some(other) = facets.insert(facet, scheme) {
            return at.fails(format!("the facet {facet} is already fed by scheme {}; choose another name", other.id));
        }
    }
    match &scheme.mentioned_as {
        Some(facet) if !scheme.facets.contains(facet) => {
            at.key("mentioned_as").fails(format!("{facet:?} is not in facets; add it there"))
        }
        _ => Ok(()),
    }
}

fn check_own<'s>(scheme: &'s Scheme, at: &Place<'s>) -> Result<(), SchemeError> {
    let mut positions: HashMap<&str, usize> = HashMap::new();
    for (position, (at, concept)) in concepts(scheme).enumerate() {
        if !is_id(&concept.id) {
            return at.key("id").fails(format!("{:?} is no valid id: {ID_FORM}", concept.id));
        }
        if positions.insert(&concept.id, position).is_some() {
            return at.key("id").fails("another concept of the scheme has this id; rename one".to_owned());
        }
    }
    for (at, concept) in concepts(scheme) {
        for (place, id) in concept.broader.iter().enumerate() {
            known(&positions, id, || at.key("broader").index(place))?;
        }
        if let Some(id) = &concept.replaced_by {
            known(&positions, id, || at.key("replaced_by"))?;
        }
        check_wording(concept, &at)?;
    }
    check_cycles(scheme, "broader", &positions, |concept| concept.broader.iter().collect())?;
    check_cycles(scheme, "replaced_by", &positions, |concept| concept.replaced_by.iter().collect())?;
    for (language, cues) in &scheme.cues {
        let at = at.key("cues").key(language.code());
        let lists = [
            ("topic", &cues.topic),
            ("author", &cues.author),
            ("member", &cues.member),
            ("held", &cues.held),
            ("aside", &cues.aside),
            ("person", &cues.person),
        ];
        for (key, phrases) in lists {
            check_list(phrases, &at.key(key), Pattern::phrase)?;
        }
    }
    if let Some(belonging) = &scheme.belonging {
        check_belonging(belonging, scheme, &at.key("belonging"))?;
    }
    match &scheme.classification {
        Some(classification) => check_classification(classification, scheme, &at.key("classification"), &positions),
        None => Ok(()),
    }
}

fn check_belonging(belonging: &Belonging, scheme: &Scheme, at: &Place<'_>) -> Result<(), SchemeError> {
    let first = scheme.facets.first();
    if first.is_none() || scheme.mentioned_as.is_none() || first == scheme.mentioned_as.as_ref() {
        let message = "needs two facets, the first for what a document belongs to, another in mentioned_as";
        return at.clone().fails(message.to_owned());
    }
    if !(belonging.dense_share.is_finite() && (0.0..=1.0).contains(&belonging.dense_share)) {
        return at.key("dense_share").fails(format!("{} is out of range: use 0 to 1", belonging.dense_share));
    }
    match belonging.most {
        0 => at.key("most").fails("must be 1 or more, or no title would count".to_owned()),
        _ => Ok(()),
    }
}

fn known<'s>(positions: &HashMap<&str, usize>, id: &str, at: impl FnOnce() -> Place<'s>) -> Result<(), SchemeError> {
    if positions.contains_key(id) {
        return Ok(());
    }
    let nearest = positions.keys().filter_map(|known| Some((distance(id, known, MAX_EDITS)?, *known))).min();
    let offer = nearest.map_or_else(String::new, |(_, known)| format!("; did you mean {known:?}?"));
    at().fails(format!("no concept of the scheme has the id {id:?}{offer}"))
}

fn check_wording(concept: &Concept, at: &Place<'_>) -> Result<(), SchemeError> {
    for (language, label) in concept.label.iter() {
        matchable(&Pattern::name(label), label, || at.key("label").key(language.code()))?;
    }
    if let Some(abbreviation) = &concept.abbreviation {
        matchable(&Pattern::name(abbreviation), abbreviation, || at.key("abbreviation"))?;
    }
    let lists = [
        ("aliases", &concept.aliases),
        ("former_names", &concept.former_names),
        ("weak_aliases", &concept.weak_aliases),
        ("parts", &concept.parts),
    ];
    for (key, names) in lists {
        check_list(names, &at.key(key), Pattern::name)?;
    }
    for (position, group) in concept.names.iter().enumerate() {
        check_names(group, &at.key("names").index(position))?;
    }
    for (language, phrases) in &concept.phrases {
        let at = at.key("phrases").key(language.code());
        let lists =
            [("strong", &phrases.strong), ("weak", &phrases.weak), ("title", &phrases.title), ("body", &phrases.body)];
        for (key, phrases) in lists {
            check_list(phrases, &at.key(key), Pattern::phrase)?;
        }
    }
    Ok(())
}

fn check_names(group: &NameGroup, at: &Place<'_>) -> Result<(), SchemeError> {
    if group.terms.is_empty() {
        return at.clone().fails("a group of names needs a term, as in { en = [\"human trafficking\"] }".to_owned());
    }
    let none = Vec::new();
    let terms = |language: &Language| group.terms.get(language).unwrap_or(&none);
    for (language, listed) in &group.terms {
        check_list(listed, &at.key(language.code()), Pattern::name)?;
    }
    for (language, risky) in &group.risk {
        if let Some(position) = risky.iter().position(|term| !terms(language).contains(term)) {
            let at = at.key("risk").key(language.code()).index(position);
            return at.fails(format!("{:?} is not a term of the group in this language", risky[position]));
        }
    }
    Ok(())
}

fn check_list(
    texts: &[String],
    at: &Place<'_>,
    compile: impl Fn(&str) -> Result<Pattern, PatternError>,
) -> Result<(), SchemeError> {
    for (position, text) in texts.iter().enumerate() {
        matchable(&compile(text), text, || at.index(position))?;
    }
    Ok(())
}

fn matchable<'s>(
    pattern: &Result<Pattern, PatternError>,
    text: &str,
    at: impl FnOnce() -> Place<'s>,
) -> Result<(), SchemeError> {
    match pattern {
        Ok(_) => Ok(()),
        Err(error) => at().fails(format!("{text:?} {error}")),
    }
}

/// Refuses a relation that leads from a concept back to itself: takes away, again and again, the concepts that lead
/// to none that is left (Kahn's algorithm); what then remains is on or before a cycle.
fn check_cycles(
    scheme: &Scheme,
    key: &str,
    positions: &HashMap<&str, usize>,
    related: impl Fn(&Concept) -> Vec<&String>,
) -> Result<(), SchemeError> {
    let targets: Vec<Vec<usize>> = scheme
        .concepts
        .iter()
        .map(|concept| related(concept).into_iter().filter_map(|id| positions.get(id.as_str()).copied()).collect())
        .collect();
    let mut sources: Vec<Vec<usize>> = vec![Vec::new(); targets.len()];
    for (source, targets) in targets.iter().enumerate() {
        for &target in targets {
            sources[target].push(source);
        }
    }
    let mut open: Vec<usize> = targets.iter().map(Vec::len).collect();
    let mut done: Vec<usize> = (0..open.len()).filter(|&concept| open[concept] == 0).collect();
    while let Some(concept) = done.pop() {
        for &source in &sources[concept] {
            open[source] -= 1;
            if open[source] == 0 {
                done.push(source);
            }
        }
    }
    match open.iter().position(|&left| left > 0) {
        Some(position) => {
            let at = Place { scheme, keys: vec![Step::Key("concept".to_owned()), Step::Index(position)] };
            at.key(key).fails("leads back to a concept it came from; remove one link of the circle".to_owned())
        }
        None => Ok(()),
    }
}

fn check_classification(
    classification: &Classification,
    scheme: &Scheme,
    at: &Place<'_>,
    positions: &HashMap<&str, usize>,
) -> Result<(), SchemeError> {
    if scheme.facets.is_empty() {
        return at
            .clone()
            .fails("the scheme feeds no facet, so nothing can be assigned; name one in facets".to_owned());
    }
    let numbers = [
        ("strong", classification.strong, MAX_WEIGHT),
        ("weak", classification.weak, MAX_WEIGHT),
        ("primary_density", classification.primary_density, 1.0),
        ("secondary_density", classification.secondary_density, 1.0),
        ("background_density", classification.background_density, 1.0),
    ];
    for (key, value, largest) in numbers {
        if !(value.is_finite() && (0.0..=largest).contains(&value)) {
            return at.key(key).fails(format!("{value} is out of range: use a number from 0 to {largest}"));
        }
    }
    if classification.cap_per_phrase == 0 {
        return at.key("cap_per_phrase").fails("must be 1 or more, or no phrase would count".to_owned());
    }
    for (position, id) in classification.background.iter().enumerate() {
        known(positions, id, || at.key("background").index(position))?;
    }
    for (position, id) in classification.incidental.iter().enumerate() {
        known(positions, id, || at.key("incidental").index(position))?;
    }
    check_list(&classification.mask, &at.key("mask"), Pattern::phrase)
}

fn check_implies(concept: &Concept, at: &Place<'_>, facets: &HashMap<&str, &Scheme>) -> Result<(), SchemeError> {
    for (facet, implied) in &concept.implies {
        let at = at.key("implies").key(facet);
        let Some(scheme) = facets.get(facet.as_str()) else {
            return at.fails(format!("no scheme feeds a facet {facet:?}"));
        };
        for (position, id) in implied.iter().enumerate() {
            if !scheme.concepts.iter().any(|concept| concept.id == *id) {
                return at.index(position).fails(format!("scheme {} has no concept {id:?}", scheme.id));
            }
        }
    }
    Ok(())
}

/// Whether an id has the form `[a-z0-9]+([.-][a-z0-9]+)*` and is free to use.
fn is_id(id: &str) -> bool {
    let allowed =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    id != RESERVED_ID && id.len() <= MAX_ID_BYTES && id.split(['.', '-']).all(allowed)
}

//! [`Pattern`]: a name or phrase of a scheme as the words that the matcher compares.

use crate::analysis::words;

/// Most words of a name or phrase. The longest we know has 24; the limit bounds what one place in a text can cost.
const MAX_WORDS: usize = 40;

/// Letters that one word of a phrase at least must have before its `*`, so that no phrase matches nearly everything.
const MIN_STEM_LETTERS: usize = 2;

/// Hyphenated groups of a pattern that are tried split and joined independently of each other.
const MAX_FREE_GROUPS: usize = 3;

/// Most words between hyphens that are also read as one word. A longer run is a list, not a compound.
pub(super) const MAX_COMPOUND_WORDS: usize = 4;

/// Stands for `*` while a phrase is split into words: a letter of no language of this corpus (a click of Khoisan
/// languages), so that it stays inside its word and folds to itself.
const WILDCARD_STAND_IN: char = 'ǃ';

/// A name or phrase, split at spaces and hyphens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    /// Whether it must start the text.
    pub(super) anchored: bool,
    /// Its words, folded, `*` for any letters; those that hyphens join stand in one group.
    groups: Vec<Vec<String>>,
}

/// Why a text cannot be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum PatternError {
    /// No word is left after folding.
    #[error("holds no word, so it can match nothing; remove it or write it out")]
    Empty,
    /// It has too many words.
    #[error("has more than {MAX_WORDS} words; give a shorter form")]
    TooLong,
    /// It would match nearly everything, or one of its words would.
    #[error("matches too much: begin each word with a letter, and one of them with {MIN_STEM_LETTERS} before its *")]
    ShortStem,
    /// A name has a wildcard.
    #[error("has a *, which only phrases may have; list the forms as aliases")]
    WildcardInName,
}

impl Pattern {
    /// A name: a label or alias, matched as it is.
    pub(super) fn name(text: &str) -> Result<Pattern, PatternError> {
        if text.contains('*') {
            return Err(PatternError::WildcardInName);
        }
        Pattern::new(text, false)
    }

    /// A phrase: `*` stands for any letters, a leading `^` binds it to the start of the text.
    pub(super) fn phrase(text: &str) -> Result<Pattern, PatternError> {
        let unanchored = text.trim_start().strip_prefix('^');
        let marked = unanchored.unwrap_or(text).replace('*', &WILDCARD_STAND_IN.to_string());
        Pattern::new(&marked, unanchored.is_some())
    }

    fn new(text: &str, anchored: bool) -> Result<Pattern, PatternError> {
        let words = words(text);
        if words.is_empty() {
            return Err(PatternError::Empty);
        }
        if words.len() > MAX_WORDS {
            return Err(PatternError::TooLong);
        }
        let mut groups: Vec<Vec<String>> = Vec::new();
        for word in words {
            let form = word.folded.replace(WILDCARD_STAND_IN, "*");
            if form.starts_with('*') {
                return Err(PatternError::ShortStem);
            }
            match groups.last_mut() {
                Some(group) if word.joined => group.push(form),
                _ => groups.push(vec![form]),
            }
        }
        let is_short =
            |word: &String| word.split_once('*').is_some_and(|(stem, _)| stem.chars().count() < MIN_STEM_LETTERS);
        if groups.iter().flatten().all(is_short) {
            return Err(PatternError::ShortStem);
        }
        Ok(Pattern { anchored, groups })
    }

    /// The word sequences that the pattern stands for: every hyphenated group split and joined, so that
    /// `extra-regional` also finds `extraregional`. The first is the one with every group split.
    pub(super) fn variants(&self) -> Vec<Vec<String>> {
        let compound = |group: &&Vec<String>| (2..=MAX_COMPOUND_WORDS).contains(&group.len());
        if self.groups.iter().filter(compound).count() > MAX_FREE_GROUPS {
            return vec![self.sequence(|_| false), self.sequence(|_| true)];
        }
        let mut variants: Vec<Vec<String>> = vec![Vec::new()];
        for group in &self.groups {
            let joined = compound(&group).then(|| group.concat());
            let with_joined = joined.iter().flat_map(|word| {
                variants.iter().map(|variant| [variant.as_slice(), std::slice::from_ref(word)].concat())
            });
            let with_joined: Vec<Vec<String>> = with_joined.collect();
            for variant in &mut variants {
                variant.extend_from_slice(group);
            }
            variants.extend(with_joined);
        }
        variants
    }

    fn sequence(&self, join: impl Fn(&[String]) -> bool) -> Vec<String> {
        let mut sequence = Vec::new();
        for group in &self.groups {
            if group.len() <= MAX_COMPOUND_WORDS && join(group) {
                sequence.push(group.concat());
            } else {
                sequence.extend_from_slice(group);
            }
        }
        sequence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(phrase: &str, expected: Result<&[&str], PatternError>) {
        let found = Pattern::phrase(phrase)
            .map(|pattern| pattern.variants().iter().map(|words| words.join(" ")).collect::<Vec<String>>());
        assert_eq!(
            found,
            expected.map(|variants| variants.iter().map(|&words| words.to_owned()).collect()),
            "{phrase}"
        );
    }

    #[test]
    fn phrases_are_folded_words() {
        check("Migración  Irregular", Ok(&["migracion irregular"]));
        check("droit* d'asile", Ok(&["droit* d asile"]));
        check("organi*ed crime*", Ok(&["organi*ed crime*"]));
        check("Dialogue 5+5", Ok(&["dialogue 5+5"]));
    }

    #[test]
    fn hyphens_split_and_join() {
        check("extra-regional*", Ok(&["extra regional*", "extraregional*"]));
        check(
            "inter-regional co-operation",
            Ok(&[
                "inter regional co operation",
                "interregional co operation",
                "inter regional cooperation",
                "interregional cooperation",
            ]),
        );
        check("a-b-c-d-e", Ok(&["a b c d e"]));
        check("a-b c-d e-f g-h", Ok(&["a b c d e f g h", "ab cd ef gh"]));
    }

    #[test]
    fn what_cannot_match_is_refused() {
        check("", Err(PatternError::Empty));
        check("—", Err(PatternError::Empty));
        check("^", Err(PatternError::Empty));
        check("a* b*", Err(PatternError::ShortStem));
        check("derechos de l* niñ*", Ok(&["derechos de l* nin*"]));
        check("the * process", Err(PatternError::ShortStem));
        check(&"word ".repeat(MAX_WORDS + 1), Err(PatternError::TooLong));
        assert_eq!(Pattern::name("Process*"), Err(PatternError::WildcardInName));
    }

    #[test]
    fn a_circumflex_binds_to_the_start() {
        let anchored = |phrase| Pattern::phrase(phrase).map(|pattern| pattern.anchored);
        assert_eq!(anchored("^concept note"), Ok(true));
        assert_eq!(anchored("concept note"), Ok(false));
    }
}

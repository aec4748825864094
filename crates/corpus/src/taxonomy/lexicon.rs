//! [`Lexicon`]: the words of all patterns, each with a number, and which of them a word of a text matches.

use std::collections::{BTreeSet, HashMap};

/// Number of a pattern word. A word of a text can match several: itself and some with wildcards.
pub(super) type Symbol = u32;

/// The words of all patterns.
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    size: Symbol,
    exact: HashMap<String, Symbol>,
    /// Words with wildcards, by what stands before the first `*`.
    globs: HashMap<String, Vec<Glob>>,
    /// Lengths in bytes of the keys of `globs`, so that few prefixes of a word are looked up.
    stem_lengths: BTreeSet<usize>,
}

/// What follows the first `*` of a pattern word.
#[derive(Debug, Clone)]
struct Glob {
    rest: String,
    symbol: Symbol,
}

impl Lexicon {
    /// The number of a pattern word, a new one if it is new.
    pub(super) fn add(&mut self, word: &str) -> Symbol {
        let next = self.size;
        let symbol = match word.split_once('*') {
            None => *self.exact.entry(word.to_owned()).or_insert(next),
            Some((stem, rest)) => {
                self.stem_lengths.insert(stem.len());
                let globs = self.globs.entry(stem.to_owned()).or_default();
                match globs.iter().find(|glob| glob.rest == rest) {
                    Some(glob) => glob.symbol,
                    None => {
                        globs.push(Glob { rest: rest.to_owned(), symbol: next });
                        next
                    }
                }
            }
        };
        if symbol == next {
            self.size += 1;
        }
        symbol
    }

    /// The numbers of all pattern words that match a folded word of a text.
    pub(super) fn symbols(&self, word: &str) -> Vec<Symbol> {
        let mut symbols: Vec<Symbol> = self.exact.get(word).copied().into_iter().collect();
        for &length in self.stem_lengths.range(..=word.len()) {
            let Some((stem, ending)) = word.split_at_checked(length) else { continue };
            let globs = self.globs.get(stem).map_or(&[][..], Vec::as_slice);
            symbols.extend(globs.iter().filter(|glob| ends_as(ending, &glob.rest)).map(|glob| glob.symbol));
        }
        symbols
    }
}

/// Whether a text matches what follows a `*`: pieces with `*` between, found from left to right, the last at the end.
fn ends_as(text: &str, after_wildcard: &str) -> bool {
    let (pieces, last) = after_wildcard.rsplit_once('*').unwrap_or(("", after_wildcard));
    let mut left = text;
    for piece in pieces.split('*') {
        match left.find(piece) {
            Some(at) => left = &left[at + piece.len()..],
            None => return false,
        }
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern_word: &str, matching: &[&str], other: &[&str]) {
        let mut lexicon = Lexicon::default();
        let symbol = lexicon.add(pattern_word);
        assert_eq!(lexicon.add(pattern_word), symbol);
        for word in matching {
            assert_eq!(lexicon.symbols(word), [symbol], "{pattern_word} {word}");
        }
        for word in other {
            assert!(lexicon.symbols(word).is_empty(), "{pattern_word} {word}");
        }
    }

    #[test]
    fn wildcards_stand_for_any_letters() {
        check("refugee", &["refugee"], &["refugees", "refuge", ""]);
        check("refugee*", &["refugee", "refugees"], &["refuge", "arefugee"]);
        check("organi*ed", &["organised", "organized", "organied"], &["organise", "organisedly", "organd"]);
        check("ab*c*d", &["abcd", "abxcxd", "abccdd"], &["abdc", "abd", "abc"]);
        check("niñ*", &["niñ", "niñas"], &["niéas", "ni"]);
    }

    #[test]
    fn every_matching_word_answers_once() {
        let mut lexicon = Lexicon::default();
        let symbols = [lexicon.add("migrant"), lexicon.add("migra*"), lexicon.add("mi*nt"), lexicon.add("migran")];
        let mut found = lexicon.symbols("migrant");
        found.sort_unstable();
        assert_eq!(found, symbols[..3]);
    }
}

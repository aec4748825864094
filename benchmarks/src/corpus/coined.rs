//! [`Coiner`]: words that no dictionary has, without end, for the tail of a vocabulary.

use fastrand::Rng;

/// Exponent and offset of the tail: P(rank > r) = (1 + r / offset)^(1 - exponent). A text of N words from it has about
/// N^(1 / exponent) different ones: the law of Heaps.
const TAIL: (f64, f64) = (1.75, 900.0);

/// Ranks are below this, far beyond what any corpus reaches.
const MAX_RANK: f64 = 1e12;

/// Forms of one root, at neighbouring ranks: singular and plural, noun and verb.
const FORMS: u64 = 2;

/// Scatters roots, so that words of neighbouring ranks are not alike.
const SCATTER: u128 = 2_654_435_761;

/// Makes a word of each rank, always the same, of the syllables and endings of a language.
#[derive(Debug)]
pub(super) struct Coiner {
    onsets: Vec<String>,
    vowels: Vec<String>,
    codas: Vec<String>,
    endings: Vec<String>,
}

impl Coiner {
    /// Lists are separated by spaces; `_` stands for nothing.
    pub(super) fn new(onsets: &str, vowels: &str, codas: &str, endings: &str) -> Coiner {
        let list = |text: &str| text.split_whitespace().map(|part| part.replace('_', "")).collect();
        Coiner { onsets: list(onsets), vowels: list(vowels), codas: list(codas), endings: list(endings) }
    }

    /// A rank of the tail.
    pub(super) fn draw(rng: &mut Rng) -> u64 {
        let (exponent, offset) = TAIL;
        let above = 1.0 - rng.f64();
        let rank = offset * (above.powf(-1.0 / (exponent - 1.0)) - 1.0);
        rank.min(MAX_RANK) as u64
    }

    /// Appends the word of a rank. One in six is a name, with a capital.
    pub(super) fn write(&self, rank: u64, text: &mut String) {
        let root = rank / FORMS;
        let mixed = root.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        let is_name = mixed.is_multiple_of(6);
        let start = text.len();
        let (onsets, vowels) = (self.onsets.len() as u128, self.vowels.len() as u128);
        let syllables = onsets * vowels;
        let (mut count, mut roots) = (2, syllables * syllables);
        while u128::from(root) >= roots {
            count += 1;
            roots *= syllables;
        }
        // The factor is a prime that does not divide the number of roots: every root gets a place of its own.
        let mut place = u128::from(root) * SCATTER % roots;
        for _ in 0..count {
            let syllable = place % syllables;
            place /= syllables;
            text.push_str(&self.onsets[(syllable % onsets) as usize]);
            text.push_str(&self.vowels[(syllable / onsets) as usize]);
        }
        text.push_str(&self.codas[mixed as usize % self.codas.len()]);
        if is_name {
            capitalise(text, start);
        } else {
            text.push_str(&self.endings[(mixed / 64 + rank % FORMS) as usize % self.endings.len()]);
        }
    }
}

/// Gives the text from a byte on a capital.
pub(super) fn capitalise(text: &mut String, start: usize) {
    if let Some(first) = text.get(start..).and_then(|word| word.chars().next()) {
        let upper: String = first.to_uppercase().collect();
        text.replace_range(start..start + first.len_utf8(), &upper);
    }
}

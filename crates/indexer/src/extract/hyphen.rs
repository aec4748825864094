//! Lines put together: what becomes of a hyphen at the end of a line. `migra-` + `tion` is one word, `cross-` + `border`
//! a compound.

use std::collections::BTreeSet;

/// First parts of compounds in English, Spanish and French. What writers hyphenate, they hyphenate at the end of a line
/// too.
const PREFIXES: [&str; 32] = [
    "anti", "après", "arrière", "avant", "contre", "cross", "cyber", "demi", "euro", "extra", "follow", "full", "half",
    "high", "ibero", "inter", "intra", "long", "low", "mid", "multi", "non", "north", "quasi", "self", "short",
    "socio", "sous", "south", "two", "vice", "well",
];

/// First parts of compounds that are first syllables of other words too: "re-entry", but "re-duce".
const SYLLABLES: [&str; 15] =
    ["auto", "bi", "co", "ex", "infra", "meta", "micro", "post", "pre", "pro", "re", "semi", "sub", "trans", "ultra"];

/// Shortest part of a compound that is known as a word by itself, in characters.
const MIN_PART: usize = 3;

/// Longest abbreviation, in characters: two of them in capitals are no word ("GCIM-IOM").
const MAX_ABBREVIATION: usize = 5;

/// Shows only where it ends a line.
pub(super) const SOFT_HYPHEN: char = '\u{AD}';

/// The words of a text, by which it is told whether a hyphen at the end of a line is part of a word.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// In small letters, hyphens inside them kept.
    words: BTreeSet<String>,
}

impl Words {
    /// The words of lines, those left out that the ends of lines cut. Nothing is collected where no line ends in a
    /// hyphen.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Words {
        if !lines.clone().any(is_cut) {
            return Words::default();
        }
        let mut words = BTreeSet::new();
        let mut cut = false;
        for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
            let rest = if cut { line.split_once(' ').map_or("", |(_, rest)| rest) } else { line };
            cut = is_cut(line);
            let whole = if cut { rest.rsplit_once(' ').map_or("", |(whole, _)| whole) } else { rest };
            let bare = whole.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
            words.extend(bare.filter(|word| !word.is_empty()).map(str::to_lowercase));
        }
        Words { words }
    }

    /// Appends a line to the text before it: with a space between, unless a hyphen ends that text. The hyphen of a word
    /// that the line end cut goes, and so does a soft one.
    pub(super) fn append(&self, text: &mut String, line: &str) {
        let hyphenated = cut_part(text).is_some() && line.starts_with(char::is_alphanumeric);
        if text.ends_with(SOFT_HYPHEN) || (hyphenated && self.is_cut_word(text, line)) {
            text.pop();
        } else if !hyphenated && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(line);
    }

    /// Whether the hyphen between two lines goes: `before` ends with it.
    ///
    /// It stays in a compound that the text has elsewhere, behind a digit, in front of a capital, behind a common first
    /// part of compounds, and between two words that the text has each by itself. A word that the text has elsewhere
    /// without hyphen is joined in any case.
    fn is_cut_word(&self, before: &str, after: &str) -> bool {
        let Some(left) = cut_part(before).and_then(|before| before.split_whitespace().next_back()) else {
            return false;
        };
        let left = left.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or(left);
        let end = after.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(after.len());
        let right = after.get(..end).unwrap_or("");
        let part = left.rsplit('-').next().unwrap_or(left);
        // Writers of lines set this sign; in words there is a plain hyphen.
        let set = before.ends_with('\u{2010}');
        let goes_on = right.starts_with(char::is_lowercase) || is_in_capitals(part, right, set);
        if !left.ends_with(char::is_alphabetic) || !goes_on {
            return false;
        }
        let (left, part, right) = (left.to_lowercase(), part.to_lowercase(), right.to_lowercase());
        let has = |word: &str| self.words.contains(word);
        if has(&format!("{left}-{right}")) {
            return false;
        }
        if has(&format!("{left}{right}")) {
            return true;
        }
        let known = |word: &str| word.chars().nth(MIN_PART - 1).is_some() && has(word);
        let first = known(&part) || SYLLABLES.contains(&part.as_str());
        let compound = PREFIXES.contains(&part.as_str()) || (first && known(&right));
        !compound
    }
}

/// What stands in front of the hyphen that ends a text; `None` where none ends it, or a dash.
fn cut_part(text: &str) -> Option<&str> {
    text.strip_suffix(['-', '\u{2010}']).filter(|before| before.ends_with(char::is_alphanumeric))
}

/// Whether a line ends inside a word.
fn is_cut(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with(SOFT_HYPHEN) || cut_part(line).is_some_and(|before| before.ends_with(char::is_alphabetic))
}

/// Whether two parts are a word in capitals, and not two abbreviations; the hyphen may be `set` for the end of a line.
fn is_in_capitals(left: &str, right: &str, set: bool) -> bool {
    let capitals = |part: &str| part.chars().nth(1).is_some() && part.chars().all(char::is_uppercase);
    let long = |part: &str| part.chars().nth(MAX_ABBREVIATION).is_some();
    capitals(left) && capitals(right) && (set || long(left) || long(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, before: &str, after: &str, expected: &str) {
        let mut joined = before.to_owned();
        Words::of(text.lines()).append(&mut joined, after);
        assert_eq!(joined, expected, "{before}|{after}");
    }

    const TEXT: &str = "the right of migra-\ntion and the follow-up of a decision-making body, well regulated by\nlabour \
                        market policies and migrants on entry in con conference";

    #[test]
    fn a_cut_word_is_joined() {
        check(TEXT, "of migra-", "tion and", "of migration and");
        check(TEXT, "the mi-", "grants, who", "the migrants, who");
        check(TEXT, "una coope-", "ración", "una cooperación");
        check(TEXT, "to re-", "duce it", "to reduce it");
        check(TEXT, "le dévelop\u{2010}", "pement", "le développement");
        check(TEXT, "DECLA-", "RACIÓN", "DECLARACIÓN");
        check(TEXT, "of MAR\u{2010}", "RI", "of MARRI");
        check(TEXT, "the con-", "ference", "the conference");
        check("", "the con\u{AD}", "ference", "the conference");
        check("", "of migra-", "tion", "of migration");
    }

    #[test]
    fn a_compound_keeps_its_hyphen() {
        check(TEXT, "the inter-", "governmental group", "the inter-governmental group");
        check(TEXT, "a decision-", "making", "a decision-making");
        check(TEXT, "the labour-", "market", "the labour-market");
        check(TEXT, "a re-", "entry", "a re-entry");
        check(TEXT, "GCIM-", "IOM", "GCIM-IOM");
        check(TEXT, "Asia-", "Pacific", "Asia-Pacific");
        check(TEXT, "the 5-", "year plan", "the 5-year plan");
        check(TEXT, "2005-", "2009", "2005-2009");
    }

    #[test]
    fn other_lines_are_joined_by_a_space() {
        check(TEXT, "no hyphen", "here", "no hyphen here");
        check(TEXT, "the meeting -", "held in Lima", "the meeting - held in Lima");
        check(TEXT, "inter-", "(and intra-)", "inter- (and intra-)");
        check(TEXT, "", "meeting", "meeting");
    }
}

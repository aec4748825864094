//! Hyphens at the end of lines: `migra-` + `tion` is one word, `inter-` + `governmental` a compound.

use std::collections::BTreeSet;

/// First parts of compounds in English, Spanish and French. What writers hyphenate, they hyphenate at the end of a line
/// too.
const PREFIXES: [&str; 47] = [
    "anti", "après", "arrière", "auto", "avant", "bi", "co", "contre", "cross", "cyber", "demi", "euro", "ex", "extra",
    "follow", "full", "half", "high", "ibero", "infra", "inter", "intra", "long", "low", "meta", "micro", "mid",
    "multi", "non", "north", "post", "pre", "pro", "quasi", "re", "self", "semi", "short", "socio", "sous", "south",
    "sub", "trans", "two", "ultra", "vice", "well",
];

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

    /// Whether the hyphen between two lines goes: `before` ends with it.
    ///
    /// It stays in a compound that the text has elsewhere, behind a digit, a capital or a common prefix, and between two
    /// words that the text has each by itself. A word that the text has elsewhere without hyphen is joined in any case.
    pub(super) fn rejoin(&self, before: &str, after: &str) -> bool {
        let Some(left) = before.strip_suffix('-').and_then(|before| before.split_whitespace().next_back()) else {
            return false;
        };
        let left = left.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or(left).to_lowercase();
        let end = after.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(after.len());
        let right = after.get(..end).unwrap_or("").to_lowercase();
        if self.words.is_empty() || !left.ends_with(char::is_alphabetic) || !after.starts_with(char::is_lowercase) {
            return false;
        }
        if self.words.contains(&format!("{left}-{right}")) {
            return false;
        }
        if self.words.contains(&format!("{left}{right}")) {
            return true;
        }
        let part = left.rsplit('-').next().unwrap_or(&left);
        let words_apart = self.words.contains(part) && self.words.contains(&right);
        !PREFIXES.contains(&part) && !words_apart
    }
}

/// Whether a line ends inside a word.
fn is_cut(line: &str) -> bool {
    line.trim_end().strip_suffix('-').is_some_and(|line| line.ends_with(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, before: &str, after: &str, rejoined: bool) {
        assert_eq!(Words::of(text.lines()).rejoin(before, after), rejoined, "{before}|{after}");
    }

    #[test]
    fn cut_words_are_joined_and_compounds_stay() {
        let text = "the right of migra-\ntion and the follow-up of a decision-making body, well regulated by\nlabour \
                    market policies and migrants";
        check(text, "of migra-", "tion and", true);
        check(text, "the mi-", "grants, who", true);
        check(text, "una coope-", "ración", true);
        check(text, "the inter-", "governmental group", false);
        check(text, "a decision-", "making", false);
        check(text, "the labour-", "market", false);
        check(text, "GCIM-", "IOM", false);
        check(text, "the 5-", "year plan", false);
        check("no line is cut here", "of migra-", "tion", false);
        check(text, "no hyphen", "here", false);
    }
}

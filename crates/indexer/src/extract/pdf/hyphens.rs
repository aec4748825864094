//! Lines rejoined: what becomes of a hyphen at the end of a line.

use std::collections::HashSet;

/// Shortest part of a compound that is known as a word, in characters.
const MIN_PART: usize = 3;

/// The words of a file, without those that a line end may have broken.
#[derive(Debug, Default)]
pub(super) struct Vocabulary(HashSet<String>);

impl Vocabulary {
    /// Adds the words of a line but for its first and last.
    pub(super) fn add(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        for word in words.get(1..words.len().saturating_sub(1)).unwrap_or_default() {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            if !word.is_empty() {
                self.0.insert(word);
            }
        }
    }

    /// Appends a line to the text before it.
    ///
    /// A hyphen between two parts of a word is dropped unless the compound occurs elsewhere in the file, or both
    /// parts do and the joined word does not. A soft hyphen always goes; a hyphen in front of a capital or a number
    /// always stays.
    pub(super) fn append(&self, text: &mut String, line: &str) {
        if text.is_empty() {
            text.push_str(line);
        } else if text.ends_with('\u{AD}') {
            text.pop();
            text.push_str(line);
        } else if let Some(before) = text.strip_suffix(['-', '\u{2010}']).filter(|text| ends_in_letter(text)) {
            let first = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
            let rest: String = line.chars().take_while(|c| c.is_alphabetic()).collect();
            if is_broken(first, &rest) && !self.is_compound(first, &rest) {
                text.pop();
            }
            text.push_str(line);
        } else {
            text.push(' ');
            text.push_str(line);
        }
    }

    fn is_compound(&self, first: &str, rest: &str) -> bool {
        let has = |word: String| self.0.contains(&word.to_lowercase());
        let known = |part: &str| part.chars().count() >= MIN_PART && has(part.to_owned());
        !has(format!("{first}{rest}")) && (has(format!("{first}-{rest}")) || (known(first) && known(rest)))
    }
}

fn ends_in_letter(text: &str) -> bool {
    text.ends_with(char::is_alphanumeric)
}

/// Whether the parts may belong to one word: small letters follow, or all are capitals.
fn is_broken(first: &str, rest: &str) -> bool {
    let capitals = |part: &str| part.chars().count() > 1 && part.chars().all(char::is_uppercase);
    rest.starts_with(char::is_lowercase) || (capitals(first) && capitals(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(known: &str, first: &str, second: &str, expected: &str) {
        let mut vocabulary = Vocabulary::default();
        vocabulary.add(&format!("first {known} last"));
        let mut text = first.to_owned();
        vocabulary.append(&mut text, second);
        assert_eq!(text, expected);
    }

    #[test]
    fn a_broken_word_is_joined() {
        check("", "the con-", "ference of", "the conference of");
        check("", "le dévelop\u{2010}", "pement", "le développement");
        check("", "the con\u{AD}", "ference", "the conference");
        check("", "DECLA-", "RACIÓN", "DECLARACIÓN");
        check("con conference", "the con-", "ference", "the conference");
    }

    #[test]
    fn a_compound_keeps_its_hyphen() {
        check("follow-up", "the follow-", "up to it", "the follow-up to it");
        check("cross border", "cross-", "border", "cross-border");
        check("", "Asia-", "Pacific", "Asia-Pacific");
        check("", "2005-", "2009", "2005-2009");
    }

    #[test]
    fn other_lines_are_joined_by_a_space() {
        check("", "the", "meeting", "the meeting");
        check("", "the meeting -", "held in Lima", "the meeting - held in Lima");
        check("", "", "meeting", "meeting");
    }
}

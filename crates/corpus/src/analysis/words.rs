//! Splitting text into words.

use std::ops::Range;

use super::fold::{fold, is_invisible};

/// Longest folded word, in bytes. What is longer (a blob of base64, an unbroken run of a script without spaces) is
/// cut: engines limit the length of a term.
const MAX_WORD_BYTES: usize = 128;

/// Most letters a dotted abbreviation may have; it bounds the look-ahead.
const MAX_ABBREVIATION_LETTERS: usize = 10;

/// What French (and names like d'Ivoire in any language) puts before an apostrophe as a word of its own.
const ELISIONS: [&str; 13] = ["l", "d", "qu", "j", "n", "s", "c", "m", "t", "jusqu", "lorsqu", "puisqu", "quoiqu"];

/// Longest elision above as it may be written, in bytes: full-width letters take three each.
const MAX_ELISION_BYTES: usize = 24;

/// Longest number with separators, in bytes.
const MAX_NUMBER_BYTES: usize = 24;

/// A word of a text before any language is known: what the concept matcher reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Byte range in the text.
    pub span: Range<usize>,
    /// The word, folded.
    pub folded: String,
    /// Whether only a hyphen stands between this word and the one before it.
    pub joined: bool,
    /// Whether it is a dotted abbreviation or a name like `5+5`: never a stop word, never stemmed.
    pub fixed: bool,
}

/// The words of a text in normal form C, in order.
///
/// A word is a run of letters and digits. Hyphens split; an elision is a word of its own (`l'école` is `l`,
/// `ecole`); a possessive ending is dropped (`children's` is `children`); other apostrophes inside a word vanish
/// (`O'Brien` is `obrien`). `5+5` and dotted abbreviations (`U.S.A.` is `usa`, `EE. UU.` is `eeuu`) stay whole, and so
/// do numbers with separators (`1,500`, `1.500`, and `1 500` with a space that does not break, are `1500`) and Spanish
/// ordinals (`4.ª`). An ideograph is a word. Superscript digits (footnote marks) belong to no word.
///
/// ```
/// use rcp_corpus::analysis::words;
///
/// let folded: Vec<String> = words("L'État, co-operation; the 5+5").into_iter().map(|word| word.folded).collect();
/// assert_eq!(folded, ["l", "etat", "co", "operation", "the", "5+5"]);
/// ```
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(text.len() / 6);
    let mut at = 0;
    while let Some(start) = next_word_start(text, at) {
        let (span, fixed) = match abbreviation(text, start).or_else(|| doubled_abbreviation(text, start)) {
            Some(end) => (start..end, true),
            None => word_at(text, start),
        };
        at = after_possessive(text, span.end);
        let joined = words.last().is_some_and(|previous| is_hyphen_between(text, previous.span.end, start));
        let folded = fold_word(&text[span.clone()]);
        if !folded.is_empty() {
            words.push(Word { span, folded, joined, fixed });
        }
    }
    words
}

fn next_word_start(text: &str, from: usize) -> Option<usize> {
    text[from..].char_indices().find(|&(_, c)| is_word_char(c)).map(|(offset, _)| from + offset)
}

/// The word that starts here, and whether it is a name of digits and plus signs.
fn word_at(text: &str, start: usize) -> (Range<usize>, bool) {
    let mut end = start;
    let mut fixed = false;
    let mut previous = '\0';
    let mut chars = text[start..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let here = start + offset;
        let following = chars.peek().map(|&(_, next)| next);
        if is_ideograph(c) {
            if offset == 0 {
                end = here + c.len_utf8();
            }
            break;
        } else if is_word_char(c) || (offset > 0 && (is_mark(c) || is_invisible(c))) {
            end = here + c.len_utf8();
        } else if c == '+' && previous.is_ascii_digit() && following.is_some_and(|next| next.is_ascii_digit()) {
            fixed = true;
        } else if previous.is_ascii_digit() && joins_digits(text, start..here, c) {
        } else {
            let inside = is_apostrophe(c) && following.is_some_and(is_letter);
            if !(inside && keeps_apostrophe(text, start..here, here + c.len_utf8())) {
                break;
            }
        }
        previous = c;
    }
    (start..end, fixed)
}

/// Whether a character behind digits belongs to the number: before three more digits (`1,500`), or as the full stop
/// of an ordinal (`4.ª`).
fn joins_digits(text: &str, before: Range<usize>, c: char) -> bool {
    let behind = &text[before.end + c.len_utf8()..];
    if c == '.' && behind.starts_with(['º', 'ª']) {
        return true;
    }
    // No number is as long as this; looking no further back keeps a run of digits from costing its square.
    if before.len() > MAX_NUMBER_BYTES {
        return false;
    }
    let mut groups = text[before].split(is_separator);
    let first = groups.next().unwrap_or_default();
    let three_digits = |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let following = behind.find(|c: char| !c.is_ascii_digit()).map_or(behind, |end| &behind[..end]);
    is_separator(c)
        && matches!(first.len(), 1..=3)
        && first.bytes().all(|byte| byte.is_ascii_digit())
        && !first.starts_with('0')
        && groups.all(three_digits)
        && three_digits(following)
        && !behind[3..].starts_with(is_word_char)
}

/// What stands between the thousands of a number. A plain space does not: it parts the columns of tables.
fn is_separator(c: char) -> bool {
    matches!(c, ',' | '.' | '\'' | '’' | '\u{A0}' | '\u{2009}' | '\u{202F}')
}

/// Whether an apostrophe between letters belongs to the word: not after an elision, not before a possessive `s`.
fn keeps_apostrophe(text: &str, before: Range<usize>, after: usize) -> bool {
    !is_possessive(text, after) && !is_elision(&text[before], &text[after..])
}

/// Whether an apostrophe between these two is that of an elision: `l'État`, `qu'il`.
fn is_elision(before: &str, after: &str) -> bool {
    // Looking at no more than an elision can be long keeps a run of apostrophes (`a'a'a'a`) from costing its square.
    if before.len() > MAX_ELISION_BYTES {
        return false;
    }
    let before_vowel = after
        .chars()
        .next()
        .is_some_and(|c| fold(c.encode_utf8(&mut [0; 4])).starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h']));
    before_vowel && ELISIONS.contains(&fold(before).as_str())
}

/// Whether a lone `s` follows: `'s` at the end of a word.
fn is_possessive(text: &str, after_apostrophe: usize) -> bool {
    let mut following = text[after_apostrophe..].chars();
    matches!(following.next(), Some('s' | 'S')) && !following.next().is_some_and(is_word_char)
}

/// Where to go on after a word: behind its possessive ending, if it has one.
fn after_possessive(text: &str, end: usize) -> usize {
    let Some(apostrophe) = text[end..].chars().next().filter(|&c| is_apostrophe(c)) else { return end };
    let after = end + apostrophe.len_utf8();
    if is_possessive(text, after) { after + 1 } else { end }
}

/// End of the dotted abbreviation that starts here: single letters with a full stop between, two at least.
fn abbreviation(text: &str, start: usize) -> Option<usize> {
    let mut chars = text[start..].char_indices().peekable();
    let mut letters = 0;
    loop {
        let (offset, letter) = chars.next().filter(|&(_, c)| is_letter(c))?;
        letters += 1;
        if letters > MAX_ABBREVIATION_LETTERS {
            return None;
        }
        let end = start + offset + letter.len_utf8();
        match chars.peek() {
            Some(&(_, '.')) => {
                chars.next();
                if !chars.peek().is_some_and(|&(_, next)| is_letter(next)) {
                    return (letters > 1).then_some(end);
                }
            }
            Some(&(_, next)) if is_word_char(next) || is_mark(next) => return None,
            _ => return (letters > 1).then_some(end),
        }
    }
}

/// End of the Spanish abbreviation of a plural that starts here: two pairs of equal capitals, each with its full stop
/// (`EE.UU.`, `EE. UU.`, `RR. HH.`).
fn doubled_abbreviation(text: &str, start: usize) -> Option<usize> {
    let pair = |at: usize| match text.as_bytes().get(at..at + 2) {
        Some(&[one, other]) if one == other && one.is_ascii_uppercase() => Some(at + 2),
        _ => None,
    };
    let point = pair(start)?;
    let behind = text[point..].strip_prefix('.')?;
    let second = behind.strip_prefix([' ', '\u{A0}']).unwrap_or(behind);
    let end = pair(text.len() - second.len())?;
    (!text[end..].starts_with(is_word_char)).then_some(end)
}

/// A word as written, folded.
pub(super) fn fold_word(surface: &str) -> String {
    let mut folded = fold(surface);
    folded.retain(|c| !is_apostrophe(c) && !is_separator(c) && c != ' ');
    if folded.len() > MAX_WORD_BYTES {
        let cut = (0..=MAX_WORD_BYTES).rev().find(|&at| folded.is_char_boundary(at)).unwrap_or(0);
        folded.truncate(cut);
    }
    folded
}

fn is_hyphen_between(text: &str, end: usize, start: usize) -> bool {
    matches!(text.get(end..start), Some("-" | "\u{2010}" | "\u{2011}"))
}

fn is_word_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric() && !is_superscript(c) && !is_apostrophe(c))
}

fn is_letter(c: char) -> bool {
    is_word_char(c) && c.is_alphabetic()
}

/// Combining marks that follow a letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

fn is_superscript(c: char) -> bool {
    matches!(c, '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{2070}'..='\u{209C}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | '′' | '´' | '`' | '＇')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let folded: Vec<String> = words(text).into_iter().map(|word| word.folded).collect();
        assert_eq!(folded, expected, "{text:?}");
    }

    #[test]
    fn hyphens_split_and_say_so() {
        check("cross-fertilization, inter‑State", &["cross", "fertilization", "inter", "state"]);
        let joined: Vec<bool> = words("non-binding 4-5 a - b GCIM–IOM").iter().map(|word| word.joined).collect();
        assert_eq!(joined, [false, true, false, true, false, false, false, false]);
    }

    #[test]
    fn apostrophes_of_every_kind() {
        check("l'école d’Ivoire qu´il JUSQU'à", &["l", "ecole", "d", "ivoire", "qu", "il", "jusqu", "a"]);
        check("children's rights; migrants' rights; RCM´s", &["children", "rights", "migrants", "rights", "rcm"]);
        check("O'Brien aujourd'hui 'quoted' don't", &["obrien", "aujourdhui", "quoted", "dont"]);
        check("l'", &["l"]);
        check("lʼécole Stateʼs Oʻzbek", &["l", "ecole", "state", "ozbek"]);
        check("l'État's", &["l", "etat"]);
    }

    #[test]
    fn abbreviations_and_names_with_a_plus_stay_whole() {
        check("U.S.A. and D.C., e.g. the 5+5 Dialogue", &["usa", "and", "dc", "eg", "the", "5+5", "dialogue"]);
        check("J. Crisp met R.K. Jenny.", &["j", "crisp", "met", "rk", "jenny"]);
        check("a.bc 5+ +5 a+b v1.2", &["a", "bc", "5", "5", "a", "b", "v1", "2"]);
        check("end.Then", &["end", "then"]);
        check("EE.UU. y EE. UU., RR.HH", &["eeuu", "y", "eeuu", "rrhh"]);
        check("AA. BC, EE.  UU, EE.UUU, AA.", &["aa", "bc", "ee", "uu", "ee", "uuu", "aa"]);
    }

    #[test]
    fn numbers_are_one_word_however_their_thousands_are_parted() {
        check(
            "1,500 1.500 1\u{A0}500 1\u{202F}500 1’500 12,345,678",
            &["1500", "1500", "1500", "1500", "1500", "12345678"],
        );
        check(
            "1,50 0.500 1500,250 1,5000 1 500 1,500a",
            &["1", "50", "0", "500", "1500", "250", "1", "5000", "1", "500", "1", "500a"],
        );
        check("4.ª 4.º 4º 12.3.2005", &["4a", "4o", "4o", "12", "3", "2005"]);
    }

    #[test]
    fn superscripts_belong_to_no_word() {
        check("websites.¹ RCPs² x", &["websites", "rcps", "x"]);
    }

    #[test]
    fn other_scripts() {
        check("移民 政策", &["移", "民", "政", "策"]);
        check("Миграция и الهجرة", &["миграция", "и", "الهجرة"]);
    }

    #[test]
    fn a_long_run_is_cut_and_hostile_dots_are_quick() {
        assert_eq!(words(&"x".repeat(5_000))[0].folded.len(), MAX_WORD_BYTES);
        assert_eq!(words(&"a.".repeat(100_000)).len(), 100_000 - MAX_ABBREVIATION_LETTERS + 1);
        assert_eq!(words(&"'s".repeat(100_000)).len(), 50_000);
    }

    proptest! {
        #[test]
        fn spans_are_ordered_words_of_the_text(text in "(\\PC|[a-z.'’+-]){0,60}") {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.span.start >= end && word.span.start < word.span.end);
                prop_assert!(text.get(word.span.clone()).is_some());
                prop_assert!(!word.folded.contains([' ', '\'', char::MAX]));
                prop_assert_eq!(&fold(&word.folded), &word.folded);
                end = word.span.end;
            }
        }

        /// Compared with the slow, obvious reading: every letter or digit of the text is in some word.
        #[test]
        fn no_letter_is_lost(text in "[a-zA-Zéñ0-9 .,'’+-]{0,60}") {
            let covered: usize = words(&text).iter().map(|word| text[word.span.clone()].chars().filter(|c| c.is_alphanumeric()).count()).sum();
            let possessive = words(&text).iter().filter(|word| after_possessive(&text, word.span.end) > word.span.end).count();
            let all = text.chars().filter(|c| c.is_alphanumeric()).count();
            prop_assert_eq!(covered + possessive, all);
        }
    }
}

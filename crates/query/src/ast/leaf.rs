//! What a run of characters is: a word, a prefix, a fuzzy word, years.

use rcp_corpus::analysis::words;

use super::lexer::is_word_char;
use super::{Kind, MAX_DISTANCE};

/// Letters and digits that a prefix needs.
const MIN_PREFIX_CHARS: usize = 2;

/// Something in a run that was not taken as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// A `*` that is not at the end of a word.
    Wildcard,
    /// A prefix of one letter.
    ShortPrefix,
    /// More typing errors than allowed.
    Distance,
}

/// Reads a run without its field and operators; `None` if the analysis finds no word in it.
pub(super) fn read_run(run: &str) -> (Option<Kind>, Option<Doubt>) {
    let Some(start) = run.find(is_word_char) else { return (None, None) };
    let leading_wildcard = run[..start].contains('*');
    let (base, suffix) = split_suffix(&run[start..]);
    let base = trim_end(base);
    if words(base).is_empty() {
        return (None, None);
    }
    let wildcard = leading_wildcard || base.contains('*');
    match suffix {
        _ if wildcard => (word(base), Some(Doubt::Wildcard)),
        Suffix::None => (word(base), None),
        Suffix::Star if base.chars().filter(|&c| is_word_char(c)).count() < MIN_PREFIX_CHARS => {
            (word(base), Some(Doubt::ShortPrefix))
        }
        Suffix::Star => (Some(Kind::Prefix(base.to_owned())), None),
        // `word~0` allows no error: it is the word, and so are `word~0~0` and the like.
        Suffix::Tilde(0) => (word(base), None),
        Suffix::Tilde(distance) => {
            let doubt = (distance > MAX_DISTANCE).then_some(Doubt::Distance);
            (Some(Kind::Fuzzy { word: base.to_owned(), distance: distance.min(MAX_DISTANCE) }), doubt)
        }
    }
}

/// A word that is read as the same word when printed: no suffix is left on it, and it is no operator. `None` when
/// the analysis finds no word in what is left: footnote marks are digits without being words (`²~0~0`).
fn word(text: &str) -> Option<Kind> {
    let mut text = text;
    while let (base, Suffix::Star | Suffix::Tilde(_)) = split_suffix(text) {
        text = trim_end(base);
    }
    let is_operator = matches!(text, "AND" | "OR" | "NOT");
    let text = if is_operator { text.to_ascii_lowercase() } else { text.to_owned() };
    (!words(&text).is_empty()).then_some(Kind::Word(text))
}

enum Suffix {
    None,
    Star,
    Tilde(u8),
}

/// Takes `*`, `~`, `~2` off the end of a run, whatever punctuation follows.
fn split_suffix(run: &str) -> (&str, Suffix) {
    let run = run.trim_end_matches(|c| !is_word_char(c) && !is_accent(c) && c != '*' && c != '~');
    if run.ends_with('*') {
        return (run, Suffix::Star);
    }
    let digits = run.len() - run.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (front, number) = run.split_at(run.len() - digits);
    match front.strip_suffix('~') {
        Some(base) if base.contains(is_word_char) => {
            (base, Suffix::Tilde(if digits == 0 { 1 } else { number.parse().unwrap_or(u8::MAX) }))
        }
        _ => (run, Suffix::None),
    }
}

/// Takes punctuation off the end. A combining accent belongs to its letter; without one it is punctuation.
fn trim_end(text: &str) -> &str {
    let mut text = text;
    loop {
        let bare = text.trim_end_matches(is_accent);
        if bare.is_empty() || bare.ends_with(is_word_char) {
            return text;
        }
        text = bare.trim_end_matches(|c| !is_word_char(c) && !is_accent(c));
    }
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// What a text says about years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Years {
    pub(super) from: Option<i16>,
    pub(super) to: Option<i16>,
    /// Whether the later year was given first.
    pub(super) reversed: bool,
}

/// Reads `2009`, `2009..2013`, `2009..`, `..2013`, `2009-2013`, `2009–2013`; years have four digits.
pub(super) fn read_years(text: &str) -> Option<Years> {
    if let Some(year) = read_year(text) {
        return Some(Years { from: Some(year), to: Some(year), reversed: false });
    }
    let (first, last) = ["..", "…", "-", "–"].iter().find_map(|between| text.split_once(between))?;
    let open = |end: &str| if end.is_empty() { Some(None) } else { read_year(end).map(Some) };
    match (open(first)?, open(last)?) {
        (None, None) => None,
        (Some(from), Some(to)) if from > to => Some(Years { from: Some(to), to: Some(from), reversed: true }),
        (from, to) => Some(Years { from, to, reversed: false }),
    }
}

fn read_year(text: &str) -> Option<i16> {
    (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

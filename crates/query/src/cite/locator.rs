//! [`Locator`]: where in a document, as people write it: `para. 21`, `párr. 3`, `§ II.3`, `p. 4`, `item (a)`, `note 2`.

use rcp_corpus::analysis::{Word, words};
use rcp_corpus::model::{Passage, PassageKind};

/// Most places that a reference names one inside the other: `p. 3, para. 21`.
const MAX_LOCATORS: usize = 3;

/// Most words of a number: `II.3 (a)`.
const MAX_NUMBER_WORDS: usize = 4;

/// Longest word of a number, in characters.
const MAX_NUMBER_CHARS: usize = 8;

/// A place that a passage is at or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Locator {
    kind: Kind,
    /// The folded words of its number.
    number: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Item,
    Article,
    Note,
    Page,
    Position,
}

/// The words for places in English, Spanish and French, folded.
const WORDS: [(Kind, &[&str]); 6] = [
    (
        Kind::Paragraph,
        &[
            "para",
            "paras",
            "par",
            "paragraph",
            "paragraphs",
            "parr",
            "parrafo",
            "parrafos",
            "paragraphe",
            "paragraphes",
        ],
    ),
    (Kind::Item, &["item", "items", "punto", "puntos", "point", "points"]),
    (Kind::Article, &["article", "articles", "articulo", "articulos", "art", "arts"]),
    (Kind::Note, &["note", "notes", "nota", "notas", "footnote", "footnotes", "fn"]),
    (Kind::Page, &["p", "pp", "pg", "pag", "pags", "page", "pages", "pagina", "paginas"]),
    (Kind::Position, &["passage", "pasaje"]),
];

/// What may stand between a place in front and what it is in: `paragraph 21 of the report`.
const OF: [&str; 9] = ["of", "in", "de", "del", "du", "des", "dans", "en", "d"];

/// A reference taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Split {
    /// What describes the document.
    pub(super) description: String,
    /// The place as written.
    pub(super) place: String,
    /// The same understood: a passage must be at each.
    pub(super) locators: Vec<Locator>,
}

/// Takes a place off the end of a reference, or off its beginning; `None` where there is none.
pub(super) fn split(reference: &str) -> Option<Split> {
    let spelt = reference.replace(['§', '¶'], " para ");
    let words = words(&spelt);
    let (mut end, mut locators) = (words.len(), Vec::new());
    while locators.len() < MAX_LOCATORS
        && let Some((start, locator)) = last_place(&words[..end])
    {
        locators.push(locator);
        end = start;
    }
    if locators.is_empty() {
        return first_place(&spelt, &words);
    }
    let at = words[end].span.start;
    Some(Split { description: trimmed(&spelt[..at]), place: trimmed(&spelt[at..]), locators })
}

/// The place at the end of some words, and where it begins.
fn last_place(words: &[Word]) -> Option<(usize, Locator)> {
    let numbers = words.iter().rev().take(MAX_NUMBER_WORDS).take_while(|word| is_number(&word.folded)).count();
    // The word for a place can look like a number itself ("p"): the longest number that has a word in front counts.
    (1..=numbers).rev().find_map(|length| {
        let start = words.len().checked_sub(length + 1)?;
        Some((start, locator(&words[start], &words[start + 1..])?))
    })
}

/// The place at the beginning, where a word says that the rest is what it is in.
fn first_place(text: &str, words: &[Word]) -> Option<Split> {
    let numbers = words.iter().skip(1).take(MAX_NUMBER_WORDS).take_while(|word| is_number(&word.folded)).count();
    let of = words.get(numbers + 1).filter(|word| OF.contains(&word.folded.as_str()))?;
    let locator = locator(words.first()?, words.get(1..=numbers)?)?;
    let place = trimmed(&text[..of.span.start]);
    Some(Split { description: trimmed(&text[of.span.end..]), place, locators: vec![locator] })
}

fn locator(word: &Word, number: &[Word]) -> Option<Locator> {
    let &(kind, _) = WORDS.iter().find(|(_, words)| words.contains(&word.folded.as_str()))?;
    (!number.is_empty()).then(|| Locator { kind, number: number.iter().map(|word| word.folded.clone()).collect() })
}

/// Digits, a roman number or a letter.
fn is_number(folded: &str) -> bool {
    let is_roman = folded.bytes().all(|byte| b"ivxlc".contains(&byte));
    let has_digit = folded.bytes().any(|byte| byte.is_ascii_digit());
    let chars = folded.chars().count();
    chars <= MAX_NUMBER_CHARS && (chars == 1 || is_roman || has_digit)
}

/// A part of a reference without the punctuation that parted it from the other; brackets stay where both are in it.
fn trimmed(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || ",;:.".contains(c));
    let text = if text.contains(')') { text } else { text.trim_end_matches(['(', ' ', ',']) };
    let text = if text.contains('(') { text } else { text.trim_end_matches([')', ' ']) };
    text.to_owned()
}

/// The passages at every one of some places.
pub(super) fn all(passages: &[Passage], locators: &[Locator]) -> Vec<Passage> {
    locators.iter().fold(passages.to_vec(), |left, locator| locator.among(&left))
}

impl Locator {
    /// The passages at this place. What has the number but is called otherwise counts where nothing else has it: a list of
    /// numbered points is also cited by its paragraphs.
    fn among(&self, passages: &[Passage]) -> Vec<Passage> {
        let of = |kinds: &[PassageKind]| -> Vec<Passage> {
            let is_at = |passage: &&Passage| kinds.contains(&passage.kind) && self.has_number(passage);
            passages.iter().filter(is_at).cloned().collect()
        };
        let paragraphs =
            [PassageKind::Paragraph, PassageKind::Operative, PassageKind::Preambular, PassageKind::Contact];
        let items = [PassageKind::ListItem, PassageKind::TableRow];
        let first_of = |first: &[PassageKind], second: &[PassageKind]| {
            let found = of(first);
            if found.is_empty() { of(second) } else { found }
        };
        match self.kind {
            Kind::Paragraph => first_of(&paragraphs, &items),
            Kind::Item => first_of(&items, &paragraphs),
            Kind::Article => first_of(&paragraphs, &items),
            Kind::Note => of(&[PassageKind::Footnote]),
            Kind::Page => self.where_count(passages, |passage| passage.page),
            Kind::Position => self.where_count(passages, |passage| passage.ordinal.checked_add(1)),
        }
    }

    fn has_number(&self, passage: &Passage) -> bool {
        let printed = words(passage.number.as_deref().unwrap_or_default());
        let own: &[Word] = match self.kind {
            // The number of an article says itself that it is one.
            Kind::Article if printed.first().is_some_and(|word| word.folded.starts_with("art")) => &printed[1..],
            Kind::Article => return false,
            _ => &printed,
        };
        own.iter().map(|word| &word.folded).eq(&self.number)
    }

    fn where_count(&self, passages: &[Passage], count: impl Fn(&Passage) -> Option<u32>) -> Vec<Passage> {
        let [number] = self.number.as_slice() else { return Vec::new() };
        let Ok(number) = number.parse::<u32>() else { return Vec::new() };
        passages.iter().filter(|passage| count(passage) == Some(number)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use rcp_corpus::model::{Language, PassageId};

    use super::*;

    #[track_caller]
    fn check(reference: &str, description: &str, place: &str, found: &[&str]) {
        let passage = |kind, id: &str, ordinal, number: Option<&str>, page| Passage {
            kind,
            number: number.map(str::to_owned),
            page: Some(page),
            ..Passage::new(PassageId::new(id).unwrap(), ordinal, Language::En, "")
        };
        let passages = [
            passage(PassageKind::Paragraph, "p1", 0, Some("1"), 1),
            passage(PassageKind::Paragraph, "p21", 1, Some("21"), 2),
            passage(PassageKind::ListItem, "s2-p21", 2, Some("21"), 3),
            passage(PassageKind::ListItem, "pa", 3, Some("a"), 3),
            passage(PassageKind::Operative, "pii-3", 4, Some("II.3"), 3),
            passage(PassageKind::Operative, "article-5", 5, Some("Article 5"), 4),
            passage(PassageKind::Footnote, "f1", 6, Some("1"), 4),
        ];
        let split = split(reference).unwrap_or_else(|| panic!("{reference}"));
        assert_eq!((split.description.as_str(), split.place.as_str()), (description, place));
        let ids: Vec<String> = all(&passages, &split.locators).into_iter().map(|passage| passage.id.into()).collect();
        assert_eq!(ids, found, "{reference}");
    }

    #[test]
    fn places_are_read_in_three_languages() {
        for place in ["para. 21", "para 21", "paragraph 21", "par. 21", "párr. 21", "Párrafo 21", "paragraphe 21"] {
            check(&format!("Workshop 2005, {place}"), "Workshop 2005", place, &["p21"]);
        }
        check("Workshop 2005, § 21", "Workshop 2005", "para  21", &["p21"]);
        check("Workshop (¶21)", "Workshop", "para 21", &["p21"]);
        check("Workshop, item (a)", "Workshop", "item (a)", &["pa"]);
        check("Workshop, punto 21", "Workshop", "punto 21", &["s2-p21"]);
        check("Workshop, para. a", "Workshop", "para. a", &["pa"]);
        check("Workshop, para. II.3", "Workshop", "para. II.3", &["pii-3"]);
        check("Workshop, art. 5", "Workshop", "art. 5", &["article-5"]);
        check("Workshop, nota 1", "Workshop", "nota 1", &["f1"]);
        check("Workshop, p. 4", "Workshop", "p. 4", &["article-5", "f1"]);
        check("Workshop, pág. 4, nota 1", "Workshop", "pág. 4, nota 1", &["f1"]);
        check("Workshop, passage 3", "Workshop", "passage 3", &["s2-p21"]);
        check("Workshop, para. 22", "Workshop", "para. 22", &[]);
        check("Paragraph 21 of the workshop", "the workshop", "Paragraph 21", &["p21"]);
        check("párrafo 21 del taller de 2005", "taller de 2005", "párrafo 21", &["p21"]);
    }

    #[test]
    fn what_is_no_place_stays_in_the_description() {
        for reference in
            ["Workshop 2005", "Summary paragraph", "Points of agreement", "21", "", "para", "Declaration of La Paz"]
        {
            assert_eq!(split(reference), None, "{reference}");
        }
    }
}

//! What one line of an opening is, told by its words: a title, a letterhead, place and date, a kind of document.

use rcp_corpus::analysis::fold;
use rcp_corpus::model::Language;

use super::opening_words::{
    ABOUT, ADDRESSED, BODIES, FURNITURE, JOINING, KINDS, MEETINGS, MEMBERS, ORGANISATIONS, PROCESSES, REMOTE, SECTIONS,
    SUBJECTS, TITLE_WORDS, VERSIONS, WRITTEN,
};
use crate::dates::{self, When};
use crate::ordinals;

/// Most words of the name of a process.
const MAX_NAME: usize = 12;

/// Most words beside the date in a line that tells place and date.
const MAX_BESIDE_DATE: usize = 8;

/// Whether a heading says nothing about its document: "Background", "Antecedentes", "CONCEPT NOTE".
#[must_use]
pub fn is_generic_heading(heading: &str) -> bool {
    let folded = bare(heading);
    let is_kind = |text: &str| KINDS.contains(&text);
    SECTIONS.contains(&folded.as_str()) || is_kind(&folded) || is_kind(unlabelled(&folded))
}

/// A kind without its number or the label after it: "press release no. 600", "communique / global".
fn unlabelled(folded: &str) -> &str {
    let label = folded.split_once(" / ").filter(|(_, label)| label.split_whitespace().count() == 1);
    let text = label.map_or(folded, |(kind, _)| kind);
    let number = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '/' || c == '-');
    if number.len() == text.len() {
        return text;
    }
    let text = number.trim_end_matches(|c: char| !c.is_alphanumeric());
    let abbreviation = ["no", "n", "nro", "num", "numero", "number"];
    let numbered = text.rsplit_once(' ').filter(|(_, last)| abbreviation.contains(&last.replace('.', "").as_str()));
    numbered.map_or(folded, |(kept, _)| kept.trim_end())
}

/// Whether a line can be a title: two words and more that are neither place and date nor the name of a kind or a body.
pub(super) fn is_title(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    let undated = !is_date_line(text) && !is_dated_title(text) && !begins_day(&fold(text));
    // "SOM Summary" says no more than "Summary".
    let spelled: Vec<&str> = text.split_whitespace().filter(|word| !is_abbreviation(word)).collect();
    let mixed = text.contains(char::is_lowercase);
    let generic = is_generic_heading(text) || (mixed && is_generic_heading(&spelled.join(" ")));
    let listed = text.ends_with(',') && !names_kind(text);
    words >= 2
        && undated
        && !listed
        && !is_furniture(text)
        && !is_letterhead(text)
        && !generic
        && !text.contains('@')
        && !is_venue(text)
}

/// Whether a line with a date begins with a title: "Workshop on Migration Data, Nairobi, 3-4 March 2016". A place has
/// fewer words, or none of those that titles are made of.
pub(super) fn is_dated_title(text: &str) -> bool {
    let name = text.split([',', ';']).next().unwrap_or(text);
    let words = name.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic)).count();
    has_date(text)
        && !is_date_line(text)
        && !is_letterhead(text)
        && words >= 4
        && !name.contains(|c: char| c.is_ascii_digit())
}

/// Whether a line begins a section inside a document: a generic heading or a numbered one.
pub(super) fn opens_section(heading: bool, text: &str) -> bool {
    (heading && unnumbered(&fold(text)).is_some()) || SECTIONS.contains(&bare(text).as_str())
}

/// Whether a line begins with the kind of the document: "CONCEPT NOTE", "DECLARACIÓN DE ASUNCIÓN".
pub(super) fn tells_kind(text: &str) -> bool {
    let bare = bare(text);
    let begins = |kind: &&str| bare.strip_prefix(*kind).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    KINDS.iter().any(begins)
}

/// Folded, without a leading number ("1. Introduction", "II. ANTECEDENTES") and closing signs.
pub(super) fn bare(text: &str) -> String {
    let folded = fold(text).replace('’', "'");
    let text = unnumbered(&folded).unwrap_or(&folded);
    text.trim().trim_end_matches([':', '.', ' ']).to_owned()
}

/// What follows the number of a folded heading ("1. scope", "1.1 scope", "ii) scope"); `None` without a number.
fn unnumbered(folded: &str) -> Option<&str> {
    let (number, rest) = folded.split_once(' ')?;
    let digits_or_roman = number.chars().all(|c| c.is_ascii_digit() || "ivx.)".contains(c));
    (digits_or_roman && number.len() <= 6 && number.contains(['.', ')'])).then_some(rest)
}

/// Whether a word is an abbreviation, as organisations have them: "IOM", "IOM-OIM".
fn is_abbreviation(word: &str) -> bool {
    (2..=6).contains(&word.len()) && word.chars().all(|c| c.is_uppercase() || c == '-' || c == '•')
}

/// A line that consists of the name of an organisation, of a document symbol (`MC/INF/266`), or of a note on the
/// version ("Draft, revised 20 July 2009"), or that tells who writes to whom.
pub(super) fn is_letterhead(text: &str) -> bool {
    let symbol = !text.contains(' ') && text.contains('/') && text.chars().any(char::is_uppercase);
    let abbreviated = text.split_whitespace().take_while(|word| is_abbreviation(word)).count();
    let rest: Vec<&str> = text.split_whitespace().skip(abbreviated).collect();
    let begins = |folded: &str, name: &str, most: usize| {
        let rest = folded.strip_prefix(name);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) && rest.split_whitespace().count() <= most)
    };
    let folded = fold(text);
    let names_title = folded.split(|c: char| !c.is_alphanumeric()).any(|word| MEETINGS.contains(&word));
    let named = [folded.clone(), fold(&rest.join(" "))]
        .into_iter()
        .filter(|_| !names_title)
        .any(|folded| ORGANISATIONS.iter().any(|name| begins(&folded, name, 3)));
    let version = VERSIONS.iter().any(|version| begins(&folded, version, 6)) && !KINDS.contains(&folded.as_str());
    // "OIM · IOM · OIM"
    let mut words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric));
    let signs = text.contains(['·', '•', '|', '/', '–']) && words.all(is_abbreviation);
    symbol || named || version || signs || is_address(text) || is_furniture(text)
}

/// Whether a line is the name of a body and of nothing that it wrote.
pub(super) fn names_body(text: &str) -> bool {
    fold(text).split(|c: char| !c.is_alphanumeric()).any(|word| BODIES.contains(&word)) && !names_kind(text)
}

/// Whether a line is the name of a process and of nothing that it wrote: "MIDSA Migration Dialogue for Southern Africa".
pub(super) fn names_process(text: &str) -> bool {
    let folded = fold(text);
    let words = || folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words().count() <= MAX_NAME
        && words().any(|word| PROCESSES.contains(&word))
        && !words().any(|word| WRITTEN.contains(&word) || word.bytes().any(|byte| byte.is_ascii_digit()))
        && ordinals::find(text).is_empty()
}

/// Whether a line names what was written or what met, and of what: "Senior Officials' Meeting" alone says too little.
pub(super) fn names_written(text: &str) -> bool {
    let folded = fold(text);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let says_of_what =
        words.clone().any(|word| JOINING.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit()));
    says_of_what && !has_date(text) && words.any(|word| WRITTEN.contains(&word))
}

/// Whether a line names the members of a body.
pub(super) fn names_members(text: &str) -> bool {
    let folded = fold(text);
    MEMBERS.iter().any(|name| folded.starts_with(name)) && folded.split_whitespace().count() <= 4
}

/// Whether a line is one of a page that stands beside its text.
pub(super) fn is_furniture(text: &str) -> bool {
    FURNITURE.contains(&bare(text).as_str())
}

/// Whether a line names a kind of document or meeting.
pub(super) fn names_kind(text: &str) -> bool {
    let names = |word: &str| TITLE_WORDS.contains(&word) && !SUBJECTS.contains(&word);
    fold(text).split(|c: char| !c.is_alphanumeric()).any(names)
}

/// A line that tells place and date: a date and few other words, none of those that titles are made of.
pub(crate) fn is_date_line(text: &str) -> bool {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let others = words.clone().filter(|word| !is_number(word) && dates::month(word).is_none());
    let (others, digits) = (others.count(), words.clone().count() > 0);
    let names_kind = || words.clone().any(|word| TITLE_WORDS.contains(&word));
    let remote = || words.clone().any(|word| REMOTE.contains(&word));
    let dated = has_date(text) && (!names_kind() || remote());
    !begins_day(&folded) && others <= MAX_BESIDE_DATE && (dated || (others == 0 && digits))
}

/// A line that tells where an event is held: "Venue: …", "Modalidad virtual", or, by its shape, "Almaty, Kazakhstan".
pub(super) fn is_venue(text: &str) -> bool {
    let folded = fold(text);
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let capitals = words.all(|word| {
        let small = JOINING.contains(&word) || word.starts_with(char::is_uppercase);
        small && !TITLE_WORDS.contains(&fold(word).as_str()) && !MEETINGS.contains(&fold(word).as_str())
    });
    let shaped = text.contains(", ") && capitals && folded.split_whitespace().count() <= 5 && !is_generic_heading(text);
    let label = ["venue:", "lugar:", "lieu:", "place:", "date:", "fecha:", "sede:"];
    let mixed = text.contains(char::is_lowercase);
    (shaped && mixed)
        || label.iter().any(|label| folded.starts_with(label))
        || (folded.split_whitespace().count() <= 4 && REMOTE.iter().any(|word| folded.ends_with(word)))
}

pub(super) fn has_date(text: &str) -> bool {
    let is_date = |found: &dates::WrittenDate| matches!(found.when, When::Date(_) | When::Days(..));
    dates::find(text, Language::Undetermined).iter().any(is_date)
}

/// Whether a line is one of an agenda: "Day 1 – Tuesday, 5 March".
fn begins_day(folded: &str) -> bool {
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let numbered = ["day", "dia", "jour"].contains(&first) && words.next().is_some_and(is_number);
    numbered || first == "day" && folded.starts_with("day one")
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a line holds all of another one, and more.
pub(super) fn says_more_than(line: &str, other: &str) -> bool {
    let (line, other) = (fold(line), fold(other));
    line.len() > other.len() && line.contains(&other)
}

/// What a letter is about, where a line tells that: "Subject: Invitation to the workshop".
pub(super) fn subject(line: &str) -> Option<&str> {
    let (label, about) = line.split_once(':')?;
    let about = about.trim();
    (ABOUT.contains(&fold(label.trim()).as_str()) && about.contains(' ')).then_some(about)
}

/// Whether a line of the head of a letter tells who writes to whom: "From: Secretariat".
fn is_address(line: &str) -> bool {
    line.split_once(':').is_some_and(|(label, _)| ADDRESSED.contains(&fold(label.trim()).as_str()))
}

/// Whether a line ends in the middle of a title: with a word that joins, a comma, an open parenthesis.
pub(super) fn ends_open(line: &str) -> bool {
    let folded = fold(line);
    let last = folded.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let parenthesis = line.matches('(').count() > line.matches(')').count();
    JOINING.contains(&last) || parenthesis || line.ends_with(['-', '–', '&', ','])
}

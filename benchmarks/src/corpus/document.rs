//! One document of a synthetic corpus: its text, and what a curator would write about it.

use fastrand::Rng;
use rcp_corpus::model::Language;
use rcp_corpus::taxonomy::Concept;
use serde::Serialize;

use super::concepts::{Concepts, phrases};
use super::draw::{chance, lognormal, pick};
use super::lexicon::Lexicon;
use super::prose::Prose;

/// Passages of a document: mean, spread of the logarithm, bounds.
const PASSAGES: (f64, f64, f64, f64) = (41.0, 0.65, 4.0, 300.0);

/// Passages of a section.
const SECTION: std::ops::RangeInclusive<u64> = 2..=9;

/// Share of documents that nobody described.
const WITHOUT_METADATA: f64 = 0.06;

const FIRST_YEAR: f64 = 1996.0;
const YEARS: f64 = 29.0;

const CITIES: [&str; 24] = [
    "Geneva",
    "Bangkok",
    "Lima",
    "Panama",
    "Nairobi",
    "Dakar",
    "Manila",
    "Quito",
    "Addis Ababa",
    "Montevideo",
    "Bali",
    "Istanbul",
    "Puebla",
    "Rabat",
    "Khartoum",
    "Colombo",
    "Tegucigalpa",
    "Santiago",
    "Brussels",
    "Budapest",
    "Lusaka",
    "Abuja",
    "Almaty",
    "Buenos Aires",
];

/// A written document.
pub(super) struct Document {
    /// Its text.
    pub(super) text: String,
    /// Ending of its name: `txt` or `md`.
    pub(super) ending: &'static str,
    /// What a curator wrote about it, if anyone did.
    pub(super) entry: Option<Entry>,
    /// Its passages.
    pub(super) passages: u64,
}

/// An entry of a folder's `manifest.toml`.
#[derive(Serialize)]
pub(super) struct Entry {
    /// Name of its file.
    pub(super) file: String,
    title: String,
    #[serde(rename = "type")]
    document_type: String,
    languages: [&'static str; 1],
    date: String,
    rcps: Vec<String>,
    themes: Vec<String>,
    countries: Vec<String>,
    venue: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<Event>,
}

#[derive(Serialize)]
struct Event {
    series: String,
    ordinal: u16,
    name: String,
}

/// Writes a document of at most so many passages.
pub(super) fn document(lexicon: &Lexicon, concepts: &Concepts<'_>, mut rng: Rng, most: u64) -> Document {
    let (mean, sigma, low, high) = PASSAGES;
    let passages = (lognormal(&mut rng, mean, sigma).clamp(low, high) as u64).min(most);
    let rcps = concepts.rcps.draw(&mut rng, 2);
    let themes = concepts.themes.draw(&mut rng, 3);
    let countries = concepts.countries.draw(&mut rng, 4);
    let about: Vec<&Concept> = [&themes[..], &rcps[..], &countries[..]].concat();
    let entry = entry(lexicon, concepts, &mut rng, [&rcps, &themes, &countries]);
    let is_markdown = chance(&mut rng, 0.3);
    let is_described = !chance(&mut rng, WITHOUT_METADATA);
    let mut prose = Prose::new(lexicon, rng, phrases(&about, lexicon.language));
    let text = text(lexicon, &mut prose, &entry.title, passages, is_markdown);
    let ending = if is_markdown { "md" } else { "txt" };
    Document { text, ending, entry: is_described.then_some(entry), passages }
}

fn text(lexicon: &Lexicon, prose: &mut Prose<'_>, title: &str, passages: u64, is_markdown: bool) -> String {
    let is_numbered = prose.rng.bool();
    let mut text = String::with_capacity(passages as usize * 600);
    let (title_mark, heading_mark) = if is_markdown { ("# ", "## ") } else { ("", "") };
    text.push_str(&format!("{title_mark}{title}\n"));
    let mut in_section = 0;
    for number in 1..=passages {
        if in_section == 0 {
            in_section = prose.rng.u64(SECTION);
            let heading = pick(&mut prose.rng, &lexicon.headings).map_or("", String::as_str);
            text.push_str(&format!("\n{heading_mark}{heading}\n"));
        }
        in_section -= 1;
        text.push('\n');
        if is_numbered {
            text.push_str(&format!("{number}. "));
        } else if chance(&mut prose.rng, 0.06) {
            text.push_str("- ");
        }
        prose.passage(&mut text);
        text.push('\n');
    }
    text
}

fn entry(lexicon: &Lexicon, concepts: &Concepts<'_>, rng: &mut Rng, about: [&[&Concept]; 3]) -> Entry {
    let [rcps, themes, countries] = about;
    let ids = |concepts: &[&Concept]| concepts.iter().map(|concept| concept.id.clone()).collect();
    let label = |concept: &&Concept| concept.label.get(lexicon.language).to_owned();
    let types = concepts.types.draw(rng, 1);
    let kind = types.first().map(label).unwrap_or_default();
    let process = rcps.first().map(label).unwrap_or_default();
    let topic = themes.first().map(label).unwrap_or_default();
    let city = pick(rng, &CITIES).copied().unwrap_or_default();
    // More is written every year: the density grows with the years.
    let year = (FIRST_YEAR + YEARS * rng.f64().sqrt()) as u16;
    let event = rcps.first().filter(|_| chance(rng, 0.5)).map(|rcp| {
        let ordinal = year.saturating_sub(1995);
        Event { series: rcp.id.clone(), ordinal, name: format!("{process} {ordinal}") }
    });
    Entry {
        file: String::new(),
        title: format!("{kind} {} {topic}: {process}, {city}, {year}", lexicon.on),
        document_type: types.first().map(|concept| concept.id.clone()).unwrap_or_default(),
        languages: [lexicon.language.code()],
        date: date(rng, year),
        rcps: ids(rcps),
        themes: ids(themes),
        countries: ids(countries),
        venue: city.to_owned(),
        event,
    }
}

/// Days, a month or a year: as precisely as such documents are dated.
fn date(rng: &mut Rng, year: u16) -> String {
    let (month, day) = (rng.u32(1..=12), rng.u32(1..=26));
    match rng.u32(..10) {
        0 => format!("{year}"),
        1 | 2 => format!("{year}-{month:02}"),
        3..6 => format!("{year}-{month:02}-{day:02}"),
        _ => format!("{year}-{month:02}-{day:02}/{year}-{month:02}-{:02}", day + 2),
    }
}

/// The language of a document: most are in English.
pub(super) fn draw_lexicon<'a>(rng: &mut Rng, lexica: &'a [Lexicon; 3]) -> &'a Lexicon {
    let [english, spanish, french] = lexica;
    match rng.u32(..100) {
        0..58 => english,
        58..86 => spanish,
        _ => french,
    }
}

/// A name for its file: sorted like its number, so that languages and years are mixed in every part of a corpus.
pub(super) fn file_name(number: u64, language: Language, ending: &str) -> String {
    format!("document-{number:06}-{language}.{ending}")
}

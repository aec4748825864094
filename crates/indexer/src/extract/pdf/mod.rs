//! PDF files.
//!
//! A PDF says where each character stands, and little else. The library opens the file and its fonts; from there on
//! the page is ours: characters ([`content`]) to words and rows ([`words`]), rows without running headers and footers
//! ([`furniture`]) to tables and columns in reading order ([`regions`]), lines to paragraphs over the ends of columns
//! and pages ([`reflow`]).

mod content;
mod fonts;
mod furniture;
mod grid;
mod hyphens;
mod lines;
mod measures;
mod notes;
mod objects;
mod properties;
mod reflow;
mod regions;
mod words;

use pdf_oxide::PdfDocument;

use super::{ExtractError, Extracted, paragraphs};
use content::{Drawn, Glyph, Rule};
use furniture::Sheet;
use words::Row;

/// Most pages of a file.
const MAX_PAGES: usize = 5_000;

/// Most operators of a file's content: some 20 times what a thousand pages of text need.
const MAX_OPERATORS: usize = 20_000_000;

/// Pages without any answer, one after the other, after which the rest is given up.
const MAX_MISSING: usize = 3;

/// Fewest letters a page, over the file, that make a text layer; scans have stamps and page numbers.
const MIN_LETTERS: usize = 50;

/// Most drawn bullets of a page; drawings have more dots.
const MAX_DOTS: usize = 200;

/// What may still be spent on a file.
struct Budget {
    operators: usize,
}

impl Budget {
    fn spend(&mut self, operators: usize) -> Result<(), ExtractError> {
        let left = self.operators.checked_sub(operators);
        self.operators = left.ok_or_else(|| ExtractError::Bomb {
            what: "the content",
            limit: format!("{MAX_OPERATORS} drawing operators"),
        })?;
        Ok(())
    }
}

/// Reads a PDF file.
pub(super) fn read(bytes: &[u8]) -> Result<Extracted, ExtractError> {
    let document = open(bytes)?;
    let count = document.page_count().map_err(failed)?;
    if count > MAX_PAGES {
        return Err(ExtractError::Bomb { what: "the number of pages", limit: MAX_PAGES.to_string() });
    }
    let pages = draw(&document, count)?;
    check_text(&pages, bytes)?;
    let properties = properties::properties(&document);
    let (numbers, regions) = layout(pages);
    let blocks = paragraphs::blocks(reflow::paragraphs(numbers, regions));
    let pages = u32::try_from(count).ok();
    Ok(Extracted { media_type: "application/pdf".to_owned(), pages, properties, blocks })
}

/// Opens a file, with the empty password where it has one: files that only restrict printing open so.
fn open(bytes: &[u8]) -> Result<PdfDocument, ExtractError> {
    let document = PdfDocument::from_bytes(bytes.to_vec()).map_err(failed)?;
    if document.is_encrypted() && !document.authenticate(b"").unwrap_or(false) {
        return Err(ExtractError::Encrypted);
    }
    Ok(document)
}

fn failed(error: pdf_oxide::Error) -> ExtractError {
    match error {
        pdf_oxide::Error::EncryptedPdf => ExtractError::Encrypted,
        error => ExtractError::Damaged { format: "PDF", why: error.to_string() },
    }
}

/// A page as it is drawn.
struct Page {
    number: u32,
    drawn: Drawn,
    /// Left, lower, right and upper edge.
    edges: (f32, f32, f32, f32),
}

fn draw(document: &PdfDocument, count: usize) -> Result<Vec<Page>, ExtractError> {
    let mut budget = Budget { operators: MAX_OPERATORS };
    let mut pages = Vec::new();
    let mut missing = 0;
    for index in 0..count {
        if let Err(error) = document.get_page(index) {
            missing += 1;
            if missing >= MAX_MISSING || count == 1 {
                return Err(failed(error));
            }
            continue;
        }
        missing = 0;
        let drawn = content::draw(document, index, &mut budget)?;
        let edges = document.get_page_visible_box(index).unwrap_or((0.0, 0.0, f32::MAX, f32::MAX));
        pages.push(Page { number: u32::try_from(index + 1).unwrap_or(u32::MAX), drawn, edges });
    }
    Ok(pages)
}

/// Refuses files without a text layer: with hardly any letters, and pages that are only pictures or nothing. Files with
/// some pages of text among scanned ones are read.
fn check_text(pages: &[Page], bytes: &[u8]) -> Result<(), ExtractError> {
    let letters = |page: &Page| page.drawn.glyphs.iter().filter(|glyph| glyph.c.is_alphabetic()).count();
    let total: usize = pages.iter().map(letters).sum();
    let pictures = pages.iter().any(|page| page.drawn.picture && letters(page) < MIN_LETTERS);
    let damage = pages.iter().find_map(|page| page.drawn.damage.clone());
    let damage = damage.or_else(|| ends_early(bytes).then(|| "it ends early".to_owned()));
    match damage {
        Some(why) if total == 0 && !pictures => Err(ExtractError::Damaged { format: "PDF", why }),
        _ if total == 0 || (pictures && total < MIN_LETTERS * pages.len()) => Err(ExtractError::Scan),
        _ => Ok(()),
    }
}

/// Whether the mark of the end is not where readers look for it.
fn ends_early(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(1_024)..).unwrap_or(bytes);
    !tail.windows(5).any(|window| window == b"%%EOF")
}

/// The regions of all pages in reading order, each with its page. Text that is turned against most of its page
/// follows it.
fn layout(pages: Vec<Page>) -> (Vec<u32>, Vec<regions::Region>) {
    struct Upright {
        page: u32,
        rows: Vec<Row>,
        rules: Vec<Rule>,
        edges: (f32, f32),
    }
    let mut sheets: Vec<Upright> = Vec::new();
    let mut turned: Vec<(u32, Vec<regions::Region>)> = Vec::new();
    for Page { number, mut drawn, edges } in pages {
        let (left, low, right, high) = edges;
        drawn.glyphs.retain(|glyph| (left..=right).contains(&glyph.x) && (low..=high).contains(&glyph.y));
        let count = |turns: u8| drawn.glyphs.iter().filter(|glyph| glyph.turns == turns).count();
        let main = (0..4).max_by_key(|turns| (count(*turns), 4 - turns)).unwrap_or(0);
        for turns in 0..4 {
            let glyphs: Vec<Glyph> =
                drawn.glyphs.iter().filter(|glyph| glyph.turns == turns).map(|glyph| upright(glyph, turns)).collect();
            let mut rows = words::rows(&glyphs);
            let dots: Vec<(f32, f32)> = drawn.dots.iter().map(|dot| turn(*dot, turns)).collect();
            words::add_bullets(&mut rows, dots.get(..MAX_DOTS).unwrap_or(&dots));
            let rules = drawn.rules.iter().map(|rule| upright_rule(rule, turns)).collect();
            if turns == main {
                let (from, to) = (turn((left, low), turns), turn((right, high), turns));
                let edges = (from.1.min(to.1), from.1.max(to.1));
                sheets.push(Upright { page: number, rows, rules, edges });
            } else if !rows.is_empty() {
                turned.push((number, regions::regions(rows, &[], number)));
            }
        }
    }
    let mut views: Vec<Sheet<'_>> =
        sheets.iter_mut().map(|sheet| Sheet { rows: &mut sheet.rows, edges: sheet.edges }).collect();
    furniture::remove(&mut views);
    let mut numbers = Vec::new();
    let mut all = Vec::new();
    for Upright { page, rows, rules, .. } in sheets {
        let aside = turned.iter_mut().filter(|(other, _)| *other == page).flat_map(|(_, regions)| regions.drain(..));
        for region in regions::regions(rows, &rules, page).into_iter().chain(aside) {
            numbers.push(page);
            all.push(region);
        }
    }
    (numbers, all)
}

/// A point on a page that is turned back by quarter turns.
fn turn((x, y): (f32, f32), turns: u8) -> (f32, f32) {
    match turns {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    }
}

fn upright(glyph: &Glyph, turns: u8) -> Glyph {
    let (x, y) = turn((glyph.x, glyph.y), turns);
    Glyph { x, y, turns: 0, ..*glyph }
}

fn upright_rule(rule: &Rule, turns: u8) -> Rule {
    let (from, to) = (turn((rule.x.0, rule.y.0), turns), turn((rule.x.1, rule.y.1), turns));
    Rule { x: (from.0.min(to.0), from.0.max(to.0)), y: (from.1.min(to.1), from.1.max(to.1)) }
}

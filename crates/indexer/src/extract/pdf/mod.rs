//! PDF files.
//!
//! A PDF says where each character stands, and little else. The library opens the file and its fonts; from there on
//! the page is ours: characters ([`content`]) to words and rows ([`words`]), rows without running headers and footers
//! ([`sheets`], [`furniture`]) to tables and columns in reading order ([`regions`]), lines to paragraphs over the ends of
//! columns and pages ([`reflow`]).

mod content;
mod fonts;
mod furniture;
mod grid;
mod lines;
mod measures;
mod notes;
mod objects;
mod paths;
mod properties;
mod reflow;
mod regions;
mod sheets;
mod strips;
mod words;

use pdf_oxide::PdfDocument;

use super::{ExtractError, Extracted, paragraphs};
use sheets::Page;

/// Most pages of a file.
const MAX_PAGES: usize = 5_000;

/// Most operators of a file's content: some 20 times what a thousand pages of text need.
const MAX_OPERATORS: usize = 20_000_000;

/// Pages without any answer, one after the other, after which the rest is given up.
const MAX_MISSING: usize = 3;

/// Fewest letters a page, over the file, that make a text layer; scans have stamps and page numbers.
const MIN_LETTERS: usize = 50;

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
    let (numbers, regions) = sheets::regions(pages);
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

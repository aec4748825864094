//! Fonts: codes of a string to characters with their widths.

use std::collections::HashMap;
use std::sync::Arc;

use pdf_oxide::PdfDocument;
use pdf_oxide::extractors::TextExtractor;
use pdf_oxide::fonts::FontInfo;
use pdf_oxide::object::Object;

/// Fonts that draw signs in place of letters; whatever their codes are called, the signs are bullets.
const SIGN_FONTS: [&str; 3] = ["wingdings", "webdings", "dingbats"];

/// Most characters that a code stands for (ligatures); more come from a broken table.
const MAX_EXPANSION: usize = 8;

/// The fonts of one resource dictionary, by the names that content uses.
pub(super) type Fonts = HashMap<String, Arc<FontInfo>>;

/// Loads the fonts of a resource dictionary; the document keeps what it has loaded.
pub(super) fn load(document: &PdfDocument, resources: &Object) -> Fonts {
    let mut extractor = TextExtractor::new();
    match document.load_fonts_public(resources, &mut extractor) {
        Ok(()) => extractor.get_font_set().into_iter().collect(),
        Err(_) => Fonts::new(),
    }
}

/// One code of a string.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Code {
    /// What it stands for; empty where the font does not say.
    pub(super) text: String,
    /// Its advance, in parts of the font size.
    pub(super) width: f32,
    /// Whether word spacing applies to it.
    pub(super) is_space: bool,
}

/// The codes of a string: two bytes each in composite fonts, one in all others.
pub(super) fn codes(font: &FontInfo, bytes: &[u8]) -> Vec<Code> {
    let length = if font.subtype == "Type0" { 2 } else { 1 };
    bytes
        .chunks(length)
        .map(|bytes| {
            let code = bytes.iter().fold(0, |code: u16, &byte| (code << 8) | u16::from(byte));
            let width = font.get_glyph_width(code) * font.font_matrix_a;
            Code { text: text(font, code), width: finite(width), is_space: bytes == [b' '] }
        })
        .collect()
}

fn finite(width: f32) -> f32 {
    if width.is_finite() { width } else { 0.0 }
}

/// What a code stands for. Signs of private use are bullets, and so are, in the encoding of Windows, unused codes
/// (ISO 32000-1, annex D.2).
fn text(font: &FontInfo, code: u16) -> String {
    let mut text = font.char_to_unicode(u32::from(code)).unwrap_or_default();
    let name = font.base_font.to_lowercase();
    if !text.trim().is_empty() && SIGN_FONTS.iter().any(|signs| name.contains(signs)) {
        return "•".to_owned();
    }
    let unused = matches!(code, 0x7F | 0x81 | 0x8D | 0x8F | 0x90 | 0x9D) && font.subtype != "Type0";
    if unused && text.chars().all(char::is_control) {
        return "•".to_owned();
    }
    text.retain(|c| c != '\u{FFFD}' && (!c.is_control() || c.is_whitespace()));
    if text.chars().nth(MAX_EXPANSION).is_some() {
        text.truncate(text.chars().next().map_or(0, char::len_utf8));
    }
    text.replace(|c| matches!(c, '\u{E000}'..='\u{F8FF}'), "•")
}

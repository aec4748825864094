//! Objects of a file: references followed, streams unpacked, strings decoded.

use std::collections::HashMap;

use pdf_oxide::PdfDocument;
use pdf_oxide::object::Object;

/// Most references one after the other.
const MAX_REFERENCES: usize = 8;

/// The object itself; null where there is none.
pub(super) fn resolve(document: &PdfDocument, object: Option<&Object>) -> Object {
    let mut object = object.cloned().unwrap_or(Object::Null);
    for _ in 0..MAX_REFERENCES {
        match object.as_reference() {
            Some(reference) => object = document.load_object(reference).unwrap_or(Object::Null),
            None => return object,
        }
    }
    Object::Null
}

/// A dictionary in a dictionary.
pub(super) fn dictionary(document: &PdfDocument, object: &Object, key: &str) -> Option<HashMap<String, Object>> {
    resolve(document, object.as_dict()?.get(key)).as_dict().cloned()
}

/// The unpacked content of a form. Streams of encrypted files are opened by the library for pages alone.
pub(super) fn form_content(document: &PdfDocument, form: &Object) -> Option<Vec<u8>> {
    if document.is_encrypted() {
        return None;
    }
    form.decode_stream_data().ok()
}

/// A text string: UTF-16 or UTF-8 with a mark of order, else Latin-1 with the quotation marks of PDF.
pub(super) fn text_string(document: &PdfDocument, object: &Object) -> Option<String> {
    let object = resolve(document, Some(object));
    let bytes = object.as_string()?;
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&byte| pdf_character(byte)).collect(),
    };
    Some(text.replace('\0', ""))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok().map(unit));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// A character of PDFDocEncoding (ISO 32000-1, annex D.3), as far as it differs from Latin-1.
fn pdf_character(byte: u8) -> char {
    const FROM_80: [char; 31] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł',
        'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž',
    ];
    match byte {
        0x80..=0x9E => FROM_80.get(usize::from(byte - 0x80)).copied().unwrap_or(' '),
        0xA0 => '€',
        _ => char::from(byte),
    }
}

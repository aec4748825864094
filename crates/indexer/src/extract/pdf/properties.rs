//! What a file says of itself: its Info dictionary, its XMP packet, the language of its catalog.

use jiff::civil::Date;
use pdf_oxide::PdfDocument;
use pdf_oxide::extractors::XmpExtractor;
use pdf_oxide::object::Object;

use super::objects::{dictionary, resolve, text_string};
use crate::extract::Properties;

/// Reads the properties; XMP is asked for what Info does not say.
pub(super) fn properties(document: &PdfDocument) -> Properties {
    let info = dictionary(document, document.trailer(), "Info").unwrap_or_default();
    let text = |key: &str| text_string(document, info.get(key)?).and_then(|text| filled(&text));
    let xmp = XmpExtractor::extract(document).ok().flatten().unwrap_or_default();
    let catalog = document.catalog().unwrap_or(Object::Null);
    let catalog = resolve(document, Some(&catalog));
    let language = catalog
        .as_dict()
        .and_then(|catalog| text_string(document, catalog.get("Lang")?))
        .and_then(|text| filled(&text));
    Properties {
        title: text("Title").or_else(|| xmp.dc_title.and_then(|text| filled(&text))),
        language: language.or_else(|| xmp.dc_language.and_then(|text| filled(&text))),
        created: text("CreationDate").or(xmp.xmp_create_date).and_then(|date| day(&date)),
        modified: text("ModDate").or(xmp.xmp_modify_date).and_then(|date| day(&date)),
        software: text("Producer")
            .or_else(|| text("Creator"))
            .or_else(|| xmp.pdf_producer.and_then(|text| filled(&text))),
    }
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The day of `D:20090604120000Z`, of `2009-06-04T12:00:00Z`, or of a part that names at least a day.
fn day(date: &str) -> Option<Date> {
    let digits: String = date.chars().filter(char::is_ascii_digit).take(8).collect();
    let part = |from, to| digits.get(from..to)?.parse().ok();
    let year: u16 = digits.get(..4)?.parse().ok()?;
    Date::new(i16::try_from(year).ok()?, part(4, 6)?, part(6, 8)?).ok()
}

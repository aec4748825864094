//! What a page says of its document to programs: `citation_*` elements, which reference managers and scholarly search engines
//! read, and JSON-LD in the words of schema.org.

use rcp_corpus::model::{Document, Precision};
use rcp_query::citation::Reference;
use serde_json::{Map, Value, json};

const PDF: &str = "application/pdf";

/// The `citation_*` elements of a document, by name. `site` is the public address of the server.
pub(super) fn citation_elements(
    document: &Document,
    reference: &Reference,
    site: Option<&str>,
) -> Vec<(&'static str, String)> {
    let mut elements = vec![("citation_title", reference.title.clone())];
    elements.extend(reference.processes.iter().map(|name| ("citation_author", name.clone())));
    elements.extend(reference.processes.first().map(|name| ("citation_technical_report_institution", name.clone())));
    elements.extend(publication_date(reference).map(|date| ("citation_publication_date", date)));
    elements.extend(reference.event.clone().map(|event| ("citation_conference_title", event)));
    elements.extend(reference.languages.first().map(|language| ("citation_language", language.code().to_owned())));
    if let Some(site) = site {
        elements.push(("citation_public_url", format!("{site}/documents/{}", document.id)));
        if document.source.media_type == PDF {
            elements.push(("citation_pdf_url", format!("{site}/v1/documents/{}/original", document.id)));
        }
    }
    elements
}

/// `2005/04/14`, `2004/05` or `2011`.
fn publication_date(reference: &Reference) -> Option<String> {
    let Some((day, precision)) = reference.day() else { return reference.year().map(|year| year.to_string()) };
    let format = match precision {
        Precision::Day => "%Y/%m/%d",
        Precision::Month => "%Y/%m",
        Precision::Year => "%Y",
    };
    Some(day.strftime(format).to_string())
}

/// A document as a `Report` of schema.org, a part of the corpus, which is a `Dataset`. `site` is the public address of the
/// server; addresses are relative where it is not known.
pub(super) fn json_ld(document: &Document, reference: &Reference, themes: &[String], site: Option<&str>) -> Value {
    let site = site.unwrap_or_default();
    let url = format!("{site}/documents/{}", document.id);
    let organisations: Vec<Value> =
        reference.processes.iter().map(|name| json!({"@type": "Organization", "name": name})).collect();
    let languages: Vec<&str> = reference.languages.iter().map(|language| language.code()).collect();
    let year = reference.year.map(|year| year.to_string());
    let facts = [
        ("author", list(organisations)),
        ("inLanguage", list(languages.into_iter().map(Value::from).collect())),
        ("temporalCoverage", reference.date.map(|date| date.to_string()).or(year).map(Value::from)),
        ("about", list(themes.iter().map(|theme| json!({"@type": "DefinedTerm", "name": theme})).collect())),
        ("genre", reference.document_type.clone().map(Value::from)),
        ("recordedAt", reference.event.as_ref().map(|event| happening(event, reference))),
        ("numberOfPages", document.source.pages.map(Value::from)),
        ("sameAs", document.source.url.clone().map(Value::from)),
    ];
    let mut report: Map<String, Value> =
        facts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    report.extend([
        ("@context".to_owned(), json!("https://schema.org")),
        ("@type".to_owned(), json!("Report")),
        ("@id".to_owned(), json!(url)),
        ("url".to_owned(), json!(url)),
        ("identifier".to_owned(), json!(document.id)),
        ("name".to_owned(), json!(reference.title)),
        ("isPartOf".to_owned(), json!({"@type": "Dataset", "@id": format!("{site}/#dataset")})),
        (
            "encoding".to_owned(),
            json!({
                "@type": "MediaObject",
                "contentUrl": format!("{site}/v1/documents/{}/original", document.id),
                "encodingFormat": document.source.media_type,
                "sha256": document.source.sha256,
            }),
        ),
    ]);
    Value::Object(report)
}

fn happening(event: &str, reference: &Reference) -> Value {
    let mut happening = json!({"@type": "Event", "name": event});
    if let Some(venue) = &reference.venue {
        happening["location"] = json!({"@type": "Place", "name": venue});
    }
    if let Some(date) = reference.date.filter(|date| date.precision == Precision::Day) {
        happening["startDate"] = json!(date.start.to_string());
        happening["endDate"] = json!(date.end.to_string());
    }
    happening
}

/// A list with something in it.
fn list(values: Vec<Value>) -> Option<Value> {
    (!values.is_empty()).then_some(Value::Array(values))
}

/// JSON that may stand in a `script` element: no text in it can end the element, or begin a comment.
pub(super) fn for_script(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_script_that_holds_it() {
        let value = json!({"name": "</script><script>alert(1)</script><!-- & -->"});
        let text = for_script(&value);
        assert!(!text.contains(['<', '>', '&']), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}

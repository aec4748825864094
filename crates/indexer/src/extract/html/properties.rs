//! What the head of a page says of it.

use jiff::civil::Date;
use scraper::Html;
use scraper::node::{Element, Node};

use super::super::Properties;

/// Names of `<meta>` with the day on which a page was made, the most telling first.
const CREATED: [&str; 8] = [
    "dcterms.created",
    "article:published_time",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "created",
    "date",
];

/// Names of `<meta>` with the day on which it was last changed.
const MODIFIED: [&str; 6] =
    ["dcterms.modified", "article:modified_time", "dc.date.modified", "last-modified", "changed", "og:updated_time"];

/// Months as HTTP writes them.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// What stands between the title of a page and the name of its site.
const SEPARATORS: [&str; 8] = [" | ", " - ", " – ", " — ", " :: ", " · ", " » ", " « "];

/// Reads the head of a page.
pub(super) fn properties(html: &Html) -> Properties {
    let elements = || html.tree.nodes().filter_map(|node| node.value().as_element().map(|element| (node, element)));
    let title = elements().find(|(_, element)| element.name() == "title").map(|(node, _)| {
        let texts = node.children().filter_map(|child| match child.value() {
            Node::Text(text) => Some(&**text),
            _ => None,
        });
        crate::extract::clean::clean_line(&texts.collect::<String>()).split_whitespace().collect::<Vec<_>>().join(" ")
    });
    let metas: Vec<(String, &str)> = elements().filter_map(|(_, element)| meta(element)).collect();
    let named = |name: &str| metas.iter().find(|(given, _)| given == name).map(|(_, content)| content.trim());
    let day = |names: &[&str]| names.iter().find_map(|name| day(named(name)?));
    let language = elements()
        .find(|(_, element)| element.name() == "html")
        .and_then(|(_, element)| element.attr("lang").or_else(|| element.attr("xml:lang")));
    let language = language.or_else(|| named("content-language")).or_else(|| named("dc.language"));
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Properties {
        title: title.filter(|title| !title.is_empty()),
        language: language.and_then(text),
        created: day(&CREATED),
        modified: day(&MODIFIED),
        software: named("generator").or_else(|| named("progid")).and_then(text),
    }
}

/// Name, in lower case, and content of a `<meta>`.
fn meta(element: &Element) -> Option<(String, &str)> {
    let names = ["name", "property", "http-equiv", "itemprop"];
    let name = names.iter().find_map(|name| element.attr(name)).filter(|_| element.name() == "meta")?;
    Some((name.trim().to_lowercase(), element.attr("content")?))
}

/// The title without the name of the site, where the page's own heading shows where it ends.
pub(super) fn without_site<'a>(title: &'a str, heading: &str) -> &'a str {
    let ends = SEPARATORS.iter().flat_map(|separator| title.match_indices(separator));
    let mut starts = ends.filter_map(|(end, _)| title.get(..end));
    let same = |start: &&str| !heading.is_empty() && start.trim().to_lowercase() == heading.trim().to_lowercase();
    starts.find(same).map_or(title, str::trim)
}

/// `2013-10-22…`, `20131022…`, `Tue, 22 Oct 2013 …`.
fn day(text: &str) -> Option<Date> {
    let digits = text.get(..8).filter(|start| start.bytes().all(|byte| byte.is_ascii_digit()));
    let iso = match digits {
        Some(digits) => format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?),
        None => text.get(..10).unwrap_or("").to_owned(),
    };
    iso.parse().ok().or_else(|| http_day(text)).filter(|day: &Date| day.year() >= 1980)
}

fn http_day(text: &str) -> Option<Date> {
    let mut words = text
        .split([' ', ',', '-'])
        .filter(|word| !word.is_empty())
        .skip_while(|word| !word.as_bytes().first().is_some_and(u8::is_ascii_digit));
    let day: i8 = words.next()?.parse().ok()?;
    let name = words.next()?.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|month| *month == name)? + 1;
    let year: i16 = words.next()?.parse().ok()?;
    Date::new(year, i8::try_from(month).ok()?, day).ok()
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;

    #[test]
    fn days_in_the_forms_of_heads() {
        for text in ["2013-10-22", "2013-10-22T10:00:00Z", "20131022;120000", "Tue, 22 Oct 2013 07:28:00 GMT"] {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), Some("2013-10-22"), "{text}");
        }
        for text in ["", "0000-00-00", "2013", "22/10/2013", "1899-12-30", "Tue, 22"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn the_name_of_the_site_is_cut_where_the_heading_shows_it() {
        assert_eq!(without_site("Lima - Report | IOM", "LIMA - report"), "Lima - Report");
        assert_eq!(without_site("Lima - Report | IOM", "Welcome"), "Lima - Report | IOM");
        assert_eq!(without_site("| IOM", ""), "| IOM");
    }

    #[test]
    fn the_head_is_read() {
        let html = parse(
            "<html lang=es-HN><head><title> Informe\n final </title><meta name=Generator content='Drupal 9'>\
             <meta property='article:published_time' content='2013-10-22T08:00'><meta http-equiv=last-modified content='Tue, 1 Apr 2014 07:28:00 GMT'>",
        )
        .unwrap();
        let expected = Properties {
            title: Some("Informe final".to_owned()),
            language: Some("es-HN".to_owned()),
            created: Some(Date::constant(2013, 10, 22)),
            modified: Some(Date::constant(2014, 4, 1)),
            software: Some("Drupal 9".to_owned()),
        };
        assert_eq!(properties(&html), expected);
    }
}

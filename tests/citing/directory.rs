//! Pages about the whole collection: comparisons, processes, themes, meetings, what is here, help.

use std::fs;
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

use crate::corpus::Corpus;

const HOSTILE: &str = "</title><script>alert(1)</script>\" onload=x '<img src=x>";

/// Three meetings of one process, and a meeting of another with a hostile name.
fn meetings() -> &'static Corpus {
    static MEETINGS: OnceLock<(TempDir, Corpus)> = OnceLock::new();
    let (_, corpus) = MEETINGS.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let write = |id: &str, metadata: &str, text: &str| {
            fs::write(folder.path().join(format!("{id}.meta.toml")), format!("id = '{id}'\n{metadata}\n")).unwrap();
            fs::write(folder.path().join(format!("{id}.txt")), text).unwrap();
        };
        for (number, year) in [(15, 2010), (16, 2011), (18, 2013)] {
            let event = format!("{{ series = 'rcm', ordinal = {number}, name = 'Meeting {number}' }}");
            let metadata = format!(
                "title = 'Report {number}'\ntype = 'summary-report'\ndate = '{year}-05-02'\nrcps = ['rcm']\nthemes = ['health']\nvenue = 'San José'\nevent = {event}"
            );
            let text = format!("Report {number}\n\n1. Delegates spoke of sovereignty.\n\n2. The Bali Process was thanked.\n");
            write(&format!("rcm-{year}"), &metadata, &text);
        }
        let event = format!("{{ series = 'bali-process', ordinal = 6, name = '''{HOSTILE}''' }}");
        let metadata = format!("title = '''{HOSTILE}'''\nyear = 2013\nrcps = ['bali-process']\nvenue = '''{HOSTILE}'''\nevent = {event}");
        write("hostile", &metadata, &format!("Notes\n\n1. Sovereignty and {HOSTILE} in a text.\n"));
        let corpus = Corpus::of(folder.path());
        (folder, corpus)
    });
    corpus
}

/// The page at an address that answers 200.
async fn page(path: &str) -> String {
    let (status, headers, page) = meetings().send(path).await;
    assert_eq!(
        (status.as_u16(), headers["content-type"].to_str().unwrap()),
        (200, "text/html; charset=utf-8"),
        "{path}"
    );
    page
}

#[track_caller]
fn holds(page: &str, parts: &[&str]) {
    for part in parts {
        assert!(page.contains(part), "{part} is not in {page}");
    }
}

#[tokio::test]
async fn every_page_speaks_three_languages() {
    let paths = [
        "/compare?q=sovereignty&cell=rcm,2013",
        "/processes",
        "/processes/rcm",
        "/themes",
        "/themes/health",
        "/regions",
        "/regions/central-america",
        "/countries?find=mex",
        "/countries/mx",
        "/events/rcm-16",
        "/coverage",
        "/help",
    ];
    for path in paths {
        let joint = if path.contains('?') { '&' } else { '?' };
        let mut pages = Vec::new();
        for language in ["en", "es", "fr"] {
            let page = page(&format!("{path}{joint}ui={language}")).await;
            holds(&page, &[&format!("<html lang=\"{language}\"")]);
            assert_eq!((page.matches("<h1").count(), page.matches("style=\"").count()), (1, 0), "{path}");
            pages.push(page.split_once("<main").unwrap().1.to_owned());
        }
        assert!(pages[0] != pages[1] && pages[1] != pages[2], "{path} says the same in two languages");
    }
}

#[tokio::test]
async fn a_table_counts_as_the_api_does_and_each_cell_leads_to_its_documents() {
    let shown = page("/compare?q=sovereignty").await;
    holds(
        &shown,
        &[
            "<caption>",
            "4 paragraphs in 4 documents",
            "href=\"/search?q=sovereignty&#38;rcp=rcm&#38;year=2013\">1<span class=\"hidden\"> – Regional Conference on Migration, 2013</span>",
            "<th scope=\"row\"><a href=\"/processes/rcm\">Regional Conference on Migration (RCM)</a></th>",
            "<td class=\"s0\"><span aria-hidden=\"true\">·</span><span class=\"hidden\">0</span></td>",
        ],
    );
    let link = |ending: &str| {
        let links = shown.split("href=\"/v1/compare?").skip(1).map(|rest| rest.split('"').next().unwrap());
        links.map(|query| query.replace("&#38;", "&")).find(|query| query.contains("format=csv") == ending.is_empty())
    };
    let (status, table) = meetings().get(&format!("/v1/compare?{}", link("json").unwrap())).await;
    assert_eq!((status, &table["total"]["documents"]), (200, &Value::from(4)));
    let (status, headers, _) = meetings().send(&format!("/v1/compare?{}", link("").unwrap())).await;
    assert!(status == 200 && headers["content-type"].to_str().unwrap().starts_with("text/csv"));
}

#[tokio::test]
async fn a_first_visit_compares_all_documents_by_process_and_year() {
    let shown = page("/compare").await;
    holds(
        &shown,
        &["href=\"/search?rcp=rcm&#38;year=2011\"", "<option value=\"rcp\" selected>", "7 paragraphs in 4 documents"],
    );
    assert!(!shown.contains("cell="), "without words no paragraph is better than another");
}

#[tokio::test]
async fn a_share_is_of_each_thousand_paragraphs() {
    let shown = page("/compare?q=sovereignty&measure=share&cols=theme&year=2011").await;
    // One of two paragraphs.
    holds(&shown, &[">500.0<", "<caption>Share (paragraphs of each 1,000): Process × Theme</caption>"]);
}

#[tokio::test]
async fn the_best_paragraph_of_a_cell_is_shown_on_demand() {
    let shown = page("/compare?q=sovereignty&cell=rcm,2013").await;
    holds(
        &shown,
        &[
            "<blockquote class=\"prose\" lang=\"en\" dir=\"auto\">Delegates spoke of <mark>sovereignty</mark>.</blockquote>",
            "<a href=\"/documents/rcm-2013?q=sovereignty#p1\"><bdi>Report 18</bdi>",
            "aria-current=\"true\"><span class=\"cell\">",
        ],
    );
    assert!(page("/documents/rcm-2013?q=sovereignty").await.contains("id=\"p1\""));
    assert!(!page("/compare?q=sovereignty&cell=rcm,1999").await.contains("blockquote"));
}

#[tokio::test]
async fn what_is_wrong_is_said_in_the_page_and_the_form_is_kept() {
    for (query, said) in [
        ("q=a&rows=rpc", "rows is &#34;rpc&#34;, which is not a facet (nearest: rcp)"),
        ("q=a&limit_rows=99", "limit_rows must be a whole number from 1 to 50"),
        ("q=a&rcp=rmc", "rcp has no value &#34;rmc&#34; (nearest: rcm"),
        ("q=a&cell=x", "cell must be a value of the rows"),
    ] {
        let (status, headers, page) = meetings().send(&format!("/compare?{query}")).await;
        assert_eq!((status.as_u16(), headers["cache-control"].to_str().unwrap()), (400, "no-store"), "{query}");
        holds(&page, &[said, "name=\"q\" value=\"a\"", "aria-describedby=\"problem\""]);
    }
    holds(&page("/compare?q=zirconium&correct=off").await, &["Nothing found", "href=\"/compare?correct=off\""]);
    holds(&page("/compare?q=&rcp=&utm_source=x&limit_rows=").await, &["7 paragraphs"]);
}

#[tokio::test]
async fn filters_can_be_taken_away_one_by_one() {
    let shown = page("/compare?theme=health&year_from=2011&not_rcp=sacm").await;
    holds(
        &shown,
        &[
            "<a href=\"/compare?year_from=2011&#38;not_rcp=sacm\">",
            "<bdi>Theme: Migration and health</bdi>",
            "<bdi>from 2011</bdi>",
            "<input type=\"hidden\" name=\"theme\" value=\"health\">",
        ],
    );
}

#[tokio::test]
async fn the_directory_lists_every_process_by_kind_with_what_is_held() {
    let shown = page("/processes").await;
    let kinds: Vec<usize> = ["regional", "inter-regional", "global", "related-body"]
        .map(|kind| shown.find(&format!("\"kind-{kind}\"")).unwrap())
        .into();
    assert!(kinds.is_sorted(), "{kinds:?}");
    holds(&shown, &["href=\"/processes/rcm\">Regional Conference on Migration</a> <small>RCM</small>", "nothing held"]);
    assert_eq!(shown.matches("<tbody>").count(), 4);
    let found = page("/processes?find=pueb").await;
    holds(&found, &["1 name for “pueb”", "href=\"/processes/rcm\""]);
    assert!(!found.contains("/processes/sacm"), "{found}");
    holds(&page("/processes?find=%3Cb%3E").await, &["Nothing here is called “&#60;b&#62;”"]);
    holds(&page("/themes?find=consul").await, &["href=\"/themes/protection-rights.consular\""]);
}

#[tokio::test]
async fn a_process_shows_what_is_known_and_what_is_held() {
    let shown = page("/processes/rcm?ui=es").await;
    holds(
        &shown,
        &[
            "<h1>Conferencia Regional sobre Migración (RCM)</h1>",
            "<dd lang=\"fr\">Conférence régionale sur la migration</dd>",
            "<a href=\"/search?country=mx&#38;ui=es\">México</a>",
            "<a href=\"/processes/sacm?ui=es\">Conferencia Suramericana sobre Migraciones</a>",
            "<a href=\"/regions/central-america?ui=es\">",
            "exact full list of current observer organizations",
            "Se puede buscar en 3 documentos.",
            "/search?rcp=rcm&#38;year_from=2011&#38;year_to=2011&#38;ui=es",
            "<span class=\"y\">2012</span>",
            "href=\"/documents/rcm-2013?ui=es\"",
            "<input type=\"hidden\" name=\"rcp\" value=\"rcm\">",
            "href=\"/v1/feed.atom?rcp=rcm\"",
            "href=\"/events/rcm-18?ui=es\"",
        ],
    );
    let latest = ["rcm-2013", "rcm-2011", "rcm-2010"].map(|id| shown.find(&format!("/documents/{id}?")).unwrap());
    assert!(latest.is_sorted(), "the latest comes first");
    holds(&page("/processes/bali-process").await, &["Mentioned in 3 documents of others"]);
    holds(&page("/processes/igc").await, &["Nothing is held here."]);
}

#[tokio::test]
async fn a_theme_shows_its_place_and_its_names() {
    holds(
        &page("/themes/protection-rights.consular").await,
        &["<a href=\"/themes/protection-rights\">", "<dd lang=\"es\">", "<h2>Names it is searched by</h2>"],
    );
    holds(
        &page("/themes/health").await,
        &["3 documents can be searched.", "href=\"/search?theme=health&#38;rcp=rcm\""],
    );
}

#[tokio::test]
async fn an_unknown_concept_is_answered_with_the_nearest() {
    let (status, _, page) = meetings().send("/processes/rmc").await;
    assert_eq!(status, 404);
    holds(&page, &["There is no “rmc”", "href=\"/processes/rcm\""]);
    for path in ["/themes/%3Cb%3E", "/regions/none", "/countries/zz", "/events/none", "/events/rcm-99"] {
        let (status, _, page) = meetings().send(path).await;
        assert!(status == 404 && !page.contains("<b>\u{201d}"), "{path}: {page}");
    }
}

#[tokio::test]
async fn a_meeting_leads_to_its_documents_and_to_its_neighbours() {
    holds(
        &page("/events/rcm-16").await,
        &[
            "<h1 dir=\"auto\">Meeting 16</h1>",
            "<a href=\"/processes/rcm\">Regional Conference on Migration</a>",
            "<dd>2 May 2011</dd>",
            "<bdi>San José</bdi>",
            "href=\"/documents/rcm-2011\"",
            "<a href=\"/events/rcm-15\" rel=\"prev\"><bdi>Meeting 15</bdi></a>",
            "<a href=\"/events/rcm-18\" rel=\"next\"><bdi>Meeting 18</bdi></a>",
        ],
    );
}

#[tokio::test]
async fn hostile_names_and_titles_are_text() {
    for path in [
        "/events/bali-process-6",
        "/processes/bali-process",
        "/compare?q=img&cell=bali-process,2013",
        "/compare?rows=event",
        &format!("/compare?q={}", "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"),
        "/processes?find=%22%3E%3Cscript%3E",
    ] {
        let page = page(path).await;
        assert_eq!((page.matches("<script").count(), page.matches("<img").count()), (1, 0), "{path}: {page}");
    }
}

#[tokio::test]
async fn the_page_of_what_is_here_says_what_the_api_says() {
    let (_, coverage) = meetings().get("/v1/coverage").await;
    let version = coverage["index_version"].as_str().unwrap();
    holds(
        &page("/coverage").await,
        &[
            &format!("Version of the index: {version}"),
            &format!("<dt>Paragraphs</dt><dd>{}</dd>", coverage["passages"]),
            "<dt>Documents held</dt><dd>4</dd>",
            "href=\"/search?year=2013\">2<span",
            "<p>2012</p>",
            "The text of every file can be searched.",
            "href=\"/processes/sacm\"",
        ],
    );
}

#[tokio::test]
async fn the_examples_of_the_help_are_understood() {
    let help = page("/help").await;
    let examples: Vec<&str> =
        help.split("<a href=\"/search?q=").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(examples.len(), 10);
    for query in examples {
        let (status, answer) = meetings().get(&format!("/v1/search?q={query}")).await;
        assert_eq!((status, &answer["interpretation"]["warnings"]), (200, &Value::Array(Vec::new())), "{query}");
    }
}

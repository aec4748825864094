//! Metadata files: what they say, and what is wrong with them.

use rcp_corpus::model::Language;
use rcp_indexer::metadata::{parse_list, parse_manifest, parse_metadata};

use crate::corpus::taxonomy;

#[test]
fn every_key_is_read() {
    let metadata = parse_metadata(
        "a.meta.toml",
        r#"
        id = "lima-2013"
        title = "Report of  the meeting"
        type = "declaration"
        languages = ["es", "en"]
        date = "2013-05-22/2013-05-23"
        rcps = ["sacm"]
        mentions = []
        regions = ["south-america", "south-america"]
        themes = ["health"]
        countries = ["pe"]
        venue = "Lima"
        url = "https://example.org/report"
        work = "lima"
        collection = "drafts"
        notes = ["For those who edit this."]
        [event]
        series = "sacm"
        ordinal = 13
        name = "XIII Conference"
        [sources]
        date = ["https://example.org"]
        "#,
        &taxonomy(),
    )
    .unwrap();
    assert_eq!(metadata.id.unwrap().as_str(), "lima-2013");
    assert_eq!(metadata.title.as_deref(), Some("Report of the meeting"));
    assert_eq!(metadata.year, Some(2013));
    assert_eq!(metadata.languages, Some(vec![Language::Es, Language::En]));
    assert_eq!(metadata.concepts["region"], ["south-america"]);
    assert!(metadata.concepts["mentions"].is_empty() && metadata.concepts["type"] == ["declaration"]);
    assert_eq!(metadata.event.unwrap().id(), "sacm-13");
    assert_eq!(metadata.sources["date"], ["https://example.org"]);
}

#[track_caller]
fn check_fault(text: &str, line: usize, key: &str, message: &str) {
    let error = parse_metadata("a.meta.toml", text, &taxonomy()).unwrap_err();
    assert_eq!((error.line, error.key.as_str()), (line, key), "{error}");
    assert!(error.to_string().starts_with(&format!("a.meta.toml:{line}: {key}: ")), "{error}");
    assert!(error.message.contains(message), "{error}");
}

#[test]
fn a_fault_names_its_line_and_key() {
    check_fault("id = \"a\"\ntitel = \"x\"", 2, "titel", "unknown field");
    check_fault("\nrcps = [\"sacn\"]", 2, "rcps", "did you mean sacm");
    check_fault("date = \"May 2013\"", 1, "date", "is not a date");
    check_fault("year = \"2013\"", 1, "year", "invalid type");
    check_fault("year = 13", 1, "year", "no year");
    check_fault("id = \"Lima 2013\"", 1, "id", "not a valid id");
    check_fault("languages = [\"pt\"]", 1, "languages", "en, es, fr or und");
    check_fault("url = \"javascript:alert(1)\"", 1, "url", "https://");
    check_fault("collection = \"a/b\"", 1, "collection", "lower-case");
    check_fault("title = \" \"", 1, "title", "empty");
    check_fault("[event]\nseries = \"sacm\"\nordinal = 0\nname = \"x\"", 3, "event.ordinal", "from 1");
    check_fault("[sources]\ndates = [\"https://example.org\"]", 2, "sources.dates", "belongs to a key");
    check_fault("file = \"a.txt\"", 1, "file", "manifest.toml");
    check_fault("title = \"unfinished", 1, "title", "");
}

#[test]
fn a_manifest_holds_one_entry_a_document() {
    let entries = parse_manifest(
        "m.toml",
        "[[document]]\nfile = \"a.txt\"\nyear = 2010\n[[document]]\nfile = \"b.txt\"\nrcps = [\"nobody\"]\n",
        &taxonomy(),
    )
    .unwrap();
    assert_eq!(entries["a.txt"].as_ref().unwrap().year, Some(2010));
    assert_eq!(entries["b.txt"].as_ref().unwrap_err().line, 6);
    let twice = "[[document]]\nfile = \"a\"\n[[document]]\nfile = \"a\"\n";
    assert_eq!(parse_manifest("m.toml", twice, &taxonomy()).unwrap_err().line, 4);
    assert_eq!(parse_manifest("m.toml", "[[document]]\nyear = 2010\n", &taxonomy()).unwrap_err().key, "document.file");
}

#[test]
fn a_list_says_the_same_as_a_spreadsheet() {
    for list in [
        "file,title,type,languages,year,rcps,themes,collection,event.series,event.ordinal,event.name,notes\n\
         a.pdf,\"Report, final\",declaration,es | en,2013,sacm,none,drafts,sacm,13,XIII Conference,ours\n\
         ,,,,,,,,,,,\n\
         b.pdf,,,,,,,,,,,\n",
        "\u{FEFF}Notes;Event.name;event.ordinal;event.series;collection;themes;rcps;year;languages;type;title;file\r\n\
         ours;XIII Conference;13;sacm;drafts;none;sacm;2013;es|en;declaration;Report, final;a.pdf\r\n\
         ;;;;;;;;;;;b.pdf\r\n",
    ] {
        let documents = parse_list("metadata.csv", list, &taxonomy()).unwrap();
        assert_eq!(documents.keys().collect::<Vec<_>>(), ["a.pdf", "b.pdf"]);
        assert_eq!(documents["b.pdf"], Ok(Default::default()));
        let metadata = documents["a.pdf"].clone().unwrap();
        assert_eq!(metadata.title.as_deref(), Some("Report, final"));
        assert_eq!(metadata.languages, Some(vec![Language::Es, Language::En]));
        assert_eq!((metadata.year, metadata.collection.as_deref()), (Some(2013), Some("drafts")));
        assert!(metadata.concepts["rcp"] == ["sacm"] && metadata.concepts["theme"].is_empty());
        assert_eq!(metadata.event.unwrap().id(), "sacm-13");
    }
}

#[track_caller]
fn check_list_fault(list: &str, line: usize, key: &str, message: &str) {
    let error = match parse_list("metadata.csv", list, &taxonomy()) {
        Err(error) => error,
        Ok(documents) => documents.into_values().find_map(Result::err).unwrap(),
    };
    assert_eq!((error.line, error.key.as_str()), (line, key), "{error}");
    assert!(error.message.contains(message), "{error}");
}

#[test]
fn a_fault_of_a_list_names_its_line_and_column() {
    check_list_fault("file,rcps\na,sacm\nb,sacn\n", 3, "rcps", "did you mean sacm");
    check_list_fault("file,year\n\"a\nb\",2013\nc,MMXIII\n", 4, "year", "is no whole number");
    check_list_fault("file,titel\na,b\n", 1, "titel", "known are");
    check_list_fault("title\nb\n", 1, "file", "the first line names the columns");
    check_list_fault("file,title,title\n", 1, "title", "twice");
    check_list_fault("file,title\na,b\na,c\n", 3, "file", "two lines");
    check_list_fault("file,title\na,b,c\n", 2, "file", "3 cells, the first line 2");
    check_list_fault("file,title\n,b\n", 2, "file", "needs a file");
    check_list_fault("file,event.name\na,Conference\n", 2, "event", "event.series");
}

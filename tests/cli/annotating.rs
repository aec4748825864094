//! `annotate`: what is known about files, and why.

use serde_json::Value;

use crate::sandbox::{Run, Sandbox, binary, run};

const REPORT: &str = "\
REPORT OF THE WORKSHOP ON CONSULAR PROTECTION OF THE REGIONAL CONFERENCE ON MIGRATION

Managua, Nicaragua, 12-13 March 2008

1. The participants asked the consulates to protect the human rights of migrants who are detained.

2. They agreed that consular protection begins with a visit within two days.
";

fn annotate(sandbox: &Sandbox, args: &[&str]) -> Run {
    let mut command = binary();
    command.arg("annotate");
    for arg in args {
        match arg.strip_prefix("./") {
            Some(file) => command.arg(sandbox.path(file)),
            None => command.arg(arg),
        };
    }
    run(command)
}

fn lines(run: &Run) -> Vec<Value> {
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_file_is_a_line_of_json_with_its_evidence() {
    let sandbox = Sandbox::new();
    sandbox.write("a report.txt", REPORT);
    let run = annotate(&sandbox, &["--json", "./a report.txt"]).expect(0);
    let [line] = &lines(&run)[..] else { panic!("{}", run.out) };
    assert_eq!(line["file"], sandbox.path("a report.txt").to_str().unwrap());
    assert_eq!((&line["rcps"][0], &line["languages"][0]), (&"rcm".into(), &"en".into()));
    assert_eq!(line["doc_type"], "meeting-report");
    let paragraphs = line["paragraphs"].as_array().unwrap();
    let kinds: Vec<_> = paragraphs.iter().map(|paragraph| paragraph["kind"].as_str().unwrap() == "heading").collect();
    assert_eq!(kinds, [true, true, false, false], "title page, then text");
    assert_eq!((&paragraphs[3]["number"], &paragraphs[3]["lang"]), (&"2".into(), &"en".into()));
    let evidence = line["evidence"].as_array().unwrap();
    let theme = evidence.iter().find(|entry| entry["value"] == "protection-rights.consular").unwrap();
    assert_eq!((&theme["field"], &theme["provenance"]), (&"themes".into(), &"text-rule".into()));
    let words = theme["evidence"].as_array().unwrap().iter().find(|words| !words["passage"].is_null()).unwrap();
    let passage = paragraphs.iter().find(|paragraph| paragraph["id"] == words["passage"]).unwrap();
    let span = words["span"]["start"].as_u64().unwrap() as usize..words["span"]["end"].as_u64().unwrap() as usize;
    assert_eq!(&passage["text"].as_str().unwrap()[span], words["surface"].as_str().unwrap());
}

#[test]
fn curated_metadata_beside_a_file_wins_unless_left_aside() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", REPORT);
    sandbox.write("metadata.csv", "file,title,year\na.txt,From the list,1999\nb.txt,Another,2000\n");
    let title = |args: &[&str]| lines(&annotate(&sandbox, args).expect(0))[0]["title"].clone();
    assert_eq!(title(&["--json", "./a.txt"]), "From the list");
    sandbox.write("manifest.toml", "[[document]]\nfile = \"a.txt\"\ntitle = \"From the manifest\"\n");
    assert_eq!(title(&["--json", "./a.txt"]), "From the manifest");
    sandbox.write("a.meta.toml", "title = \"Its own\"\n");
    assert_eq!(title(&["--json", "./a.txt"]), "Its own");
    assert!(title(&["--json", "--no-manifest", "./a.txt"]).as_str().unwrap().starts_with("REPORT OF"));
    sandbox.write("a.meta.toml", "titel = \"Its own\"\n");
    let run = annotate(&sandbox, &["--json", "./a.txt"]).expect(3);
    assert!(lines(&run)[0]["error"].as_str().unwrap().starts_with("a.meta.toml:1: titel: "), "{}", run.out);
}

#[test]
fn a_file_that_cannot_be_read_is_a_line_and_the_others_go_on() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", "");
    sandbox.write("b.txt", REPORT);
    let run = annotate(&sandbox, &["--json", "./a.txt", "./missing.txt", "./b.txt"]).expect(3);
    let lines = lines(&run);
    assert_eq!((lines.len(), &lines[0]["error"]), (3, &"the file is empty".into()));
    assert!(lines[1]["error"].as_str().unwrap().contains("cannot be read") && lines[2]["error"].is_null());
    let page = annotate(&sandbox, &["./a.txt", "./b.txt"]).expect(3).out;
    assert!(page.contains("a.txt: the file is empty") && page.contains("Belongs to rcm"), "{page}");
}

#[test]
fn the_page_shows_the_words_that_a_label_rests_on() {
    let sandbox = Sandbox::new();
    sandbox.write("b.txt", REPORT);
    let page = annotate(&sandbox, &["--text", "./b.txt"]).expect(0).out;
    assert!(page.contains("p2: They agreed that [consular protection] begins"), "{page}");
    assert!(page.contains("  p1 en ") && page.contains("    The participants asked"), "{page}");
}

#[test]
fn every_record_of_json_lines_is_a_line() {
    let sandbox = Sandbox::new();
    let record =
        |id: &str| format!("{{\"id\": \"{id}\", \"title\": \"On {id}\", \"text\": \"Health was discussed.\"}}\n");
    sandbox.write("a.jsonl", format!("{}{}broken\n", record("z"), record("b")));
    let run = annotate(&sandbox, &["--json", "./a.jsonl"]).expect(3);
    let lines = lines(&run);
    let ids: Vec<_> = lines.iter().map(|line| line["id"].as_str()).collect();
    assert_eq!(ids, [Some("z"), Some("b"), None]);
    assert!(lines[2]["file"].as_str().unwrap().ends_with("a.jsonl:3") && lines[2]["error"].is_string());
    assert_eq!(lines[1]["title"], "On b");
}

//! `eval`: the ranking measured on a test collection.

use crate::sandbox::{Run, Sandbox, binary, run};

const CORPUS: &str = "\
{\"_id\": \"MED-1\", \"title\": \"\", \"text\": \"The consulates visit migrants who are detained.\", \"metadata\": {\"x\": 1}}
{\"id\": \"a/ñ b\", \"title\": \"Detention of migrants\", \"paragraphs\": [\"Visits are agreed.\", {\"text\": \"Detained migrants may call.\"}]}

{\"_id\": 7, \"title\": \"Seasonal labour\", \"text\": \"\", \"colour\": \"red\"}
";
const QUERIES: &str = "{\"_id\": \"q1\", \"text\": \"detained migrants\", \"metadata\": {}}\n{\"_id\": \"q2\", \"text\": \"seasonal workers\"}\n{\"_id\": \"q3\", \"text\": \"fisheries\"}\n{\"_id\": \"q4\", \"text\": \"unjudged\"}\n";

fn collection(qrels: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("corpus.jsonl", CORPUS);
    sandbox.write("queries.jsonl", QUERIES);
    sandbox.write("qrels.tsv", qrels);
    sandbox
}

fn eval(sandbox: &Sandbox, args: &[&str]) -> Run {
    let mut command = binary();
    command.arg("eval");
    for (option, file) in [("--corpus", "corpus.jsonl"), ("--queries", "queries.jsonl"), ("--qrels", "qrels.tsv")] {
        command.arg(option).arg(sandbox.path(file));
    }
    command.args(args);
    run(command)
}

const QRELS: &str = "query-id\tcorpus-id\tscore\nq1\tMED-1\t2\nq1\ta/ñ b\t1\nq1\t7\t0\nq2\t7\t1\nq3\tMED-1\t1\n";

#[test]
fn the_measures_are_means_over_the_judged_queries() {
    let sandbox = collection(QRELS);
    let json = eval(&sandbox, &["--match", "any", "--json", "--per-query"]).expect(0).json();
    assert_eq!((&json["queries"], &json["documents"], &json["unsearchable"]), (&3.into(), &3.into(), &0.into()));
    // q1 has both relevant documents, q2 the one that is but a title, q3 has no answer.
    let query = |id: &str, measure: &str| json["per_query"][id][measure].as_f64().unwrap();
    assert_eq!((query("q1", "MAP"), query("q1", "R@100")), (1.0, 1.0));
    assert_eq!((query("q2", "nDCG@10"), query("q3", "nDCG@10")), (1.0, 0.0));
    assert!((json["measures"]["MAP"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-9);
    assert!((json["measures"]["MRR@10"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-9);
    // Both words of a short query are asked for by default.
    let strict = eval(&sandbox, &["--json"]).expect(0).json();
    assert!((strict["measures"]["MAP"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-9, "relaxed to one word: {strict}");
    let page = eval(&sandbox, &["--per-query"]).expect(0).out;
    assert!(page.starts_with("3 documents, queries: 3\nnDCG@10") && page.contains(" q3: fisheries\n"), "{page}");
}

#[test]
fn a_run_has_the_ids_given_in_the_order_of_trec_eval() {
    let sandbox = Sandbox::new();
    let ids = ["b", "a", "C", "10", "9"];
    let corpus: String = ids.map(|id| format!("{{\"_id\": \"{id}\", \"text\": \"The same words.\"}}\n")).concat();
    sandbox.write("corpus.jsonl", corpus);
    sandbox.write("queries.jsonl", "{\"_id\": \"q\", \"text\": \"words\"}\n");
    // Four columns, as TREC has them.
    sandbox.write("qrels.tsv", "q 0 a 1\n");
    let path = sandbox.path("run.txt");
    let json = eval(&sandbox, &["--run", path.to_str().unwrap(), "--json"]).expect(0).json();
    let run = std::fs::read_to_string(path).unwrap();
    let rows: Vec<Vec<&str>> = run.lines().map(|line| line.split(' ').collect()).collect();
    let seen: Vec<&str> = rows.iter().map(|row| row[2]).collect();
    assert_eq!(seen, ["b", "a", "C", "9", "10"], "of equal scores the greater id comes first, compared byte by byte");
    assert_eq!((&rows[0][..2], &rows[0][3..4], rows[0][5]), (&["q", "Q0"][..], &["1"][..], "rcp-search"));
    assert!(rows.iter().all(|row| row[4] == rows[0][4] && row[4].parse::<f32>().unwrap() > 0.0));
    assert_eq!(json["measures"]["MRR@10"], 0.5, "the measures are those of the run");
}

#[test]
fn what_is_judged_and_not_there_is_told() {
    let sandbox = collection("q1\tMED-1\t1\nq1\tlost\t1\nq9\tMED-1\t1\n");
    let run = eval(&sandbox, &["--json"]).expect(0);
    assert_eq!((&run.json()["queries"], &run.json()["measures"]["R@100"]), (&1.into(), &0.5.into()));
    assert!(run.err.contains("1 judgement of documents") && run.err.contains("1 judged query without"), "{}", run.err);
    // Nothing relevant: such a query counts nowhere.
    sandbox.write("qrels.tsv", "q1\tMED-1\t1\nq2\t7\t0\n");
    assert_eq!(eval(&sandbox, &["--json"]).expect(0).json()["queries"], 1);
    sandbox.write("qrels.tsv", "q1\tMED-1\t0\n");
    eval(&sandbox, &["--json"]).fails(1, &["not one query has a relevant document"]);
    sandbox.write("qrels.tsv", "q9\tMED-1\t1\n");
    eval(&sandbox, &["--json"]).fails(1, &["qrels.tsv: not one query of"]);
}

#[test]
fn a_document_that_cannot_be_searched_is_told_with_its_line() {
    let sandbox = collection(QRELS);
    sandbox.append(
        "corpus.jsonl",
        "{\"_id\": \"x\", \"text\": \"a\", \"paragraphs\": [\"b\"]}\n{\"_id\": \"y\", \"text\": \" \"}\n",
    );
    let run = eval(&sandbox, &["--json"]).expect(0);
    assert_eq!((&run.json()["documents"], &run.json()["unsearchable"]), (&5.into(), &2.into()));
    assert!(run.err.contains("corpus.jsonl:5: ") && run.err.contains("corpus.jsonl:6: "), "{}", run.err);
}

#[test]
fn what_is_wrong_in_a_file_is_told_with_its_line() {
    let sandbox = collection(QRELS);
    let check = |file: &str, lines: &[u8], says: &str| {
        let sound = std::fs::read(sandbox.path(file)).unwrap();
        sandbox.write(file, lines);
        eval(&sandbox, &["--json"]).fails(1, &[file, says]);
        sandbox.write(file, sound);
    };
    check(
        "corpus.jsonl",
        b"{\"_id\": \"a\", \"text\": \"x\"}\n{\"_id\": \"a\", \"text\": \"y\"}\n",
        ":2: the id \"a\" is that of line 1",
    );
    check("corpus.jsonl", b"\n{\"text\": \"y\"}\n", ":2: there is no _id");
    check("corpus.jsonl", b"{\"_id\": [], \"text\": \"y\"}\n", ":1: _id must be");
    check("corpus.jsonl", b"{\"_id\": \"a\", \"text\": 3}\n", ":1: text must be a text");
    check("corpus.jsonl", b"[]\n", ":1: not a JSON object");
    check("corpus.jsonl", b"{\"_id\": \"a\"", ":1: EOF");
    check("corpus.jsonl", b"{\"_id\": \"\xFF\"}\n", ":1: not UTF-8");
    check("corpus.jsonl", b"\n", ": there is no document in it");
    check("queries.jsonl", b"{\"_id\": 1, \"text\": \"x\"}\n{\"_id\": \"1\", \"text\": \"y\"}\n", ":2: the id \"1\"");
    check("qrels.tsv", b"query-id\tcorpus-id\tscore\nq1\tMED-1\tgood\n", ":2: the score \"good\"");
    check("qrels.tsv", b"q1\tMED-1\n", ":1: 2 columns");
    check("qrels.tsv", b"q1\tMED-1\t1\nq1\tMED-1\t2\n", ":2: the document \"MED-1\" is judged twice");
    check("qrels.tsv", b"", ": there is no judgement in it");
    std::fs::remove_file(sandbox.path("queries.jsonl")).unwrap();
    eval(&sandbox, &[]).fails(1, &["queries.jsonl: No such file"]);
}

#[test]
fn a_run_that_cannot_be_written_is_told_before_anything_else() {
    let sandbox = collection(QRELS);
    let path = sandbox.path("missing/run.txt").display().to_string();
    eval(&sandbox, &["--run", &path]).fails(1, &[&path, "--run"]);
    let path = sandbox.path("run.txt").display().to_string();
    eval(&sandbox, &["--run", &path]).fails(1, &["\"a/ñ b\"", "space"]);
    assert!(!sandbox.path("run.txt").exists());
}

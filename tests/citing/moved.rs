//! Ids that passages had before a better reader of files gave them others: links to them are out in the world.

use std::fs;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::corpus::Corpus;

const TEXT: &str = "Report\n\n1. Ministers spoke of sovereignty.\n\n2. The secretariat will prepare a compendium.\n";

/// Makes of every reading that is kept one that an earlier program made, with these ids.
fn age(index: &Path, ids: &[(&str, &str)]) {
    for file in fs::read_dir(index.join("cache/readings")).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let [_, head, reading] = text.splitn(3, '\n').collect::<Vec<_>>().try_into().unwrap();
        let [mut head, mut reading]: [Value; 2] = [head, reading].map(|json| serde_json::from_str(json).unwrap());
        head["made_with"] = "an earlier program".into();
        for passage in reading["passages"].as_array_mut().unwrap() {
            if let Some((_, id)) = ids.iter().find(|(now, _)| passage["id"] == *now) {
                passage["id"] = (*id).into();
            }
        }
        let rest = format!("{head}\n{reading}");
        let hash: String = Sha256::digest(&rest).iter().map(|byte| format!("{byte:02x}")).collect();
        fs::write(path, format!("{hash}\n{rest}")).unwrap();
    }
}

#[tokio::test]
async fn an_id_that_a_passage_had_before_leads_to_it() {
    let files = tempfile::tempdir().unwrap();
    fs::write(files.path().join("report.txt"), TEXT).unwrap();
    let folder = Corpus::of(files.path()).into_folder();
    age(&folder.path().join("index"), &[("p2", "n9")]);
    let corpus = Corpus::in_folder(files.path(), folder);
    let (status, headers, _) = corpus.send("/v1/documents/report/citation?format=ris&passage=n9&ui=es").await;
    assert_eq!(status, 308);
    let location = headers["location"].to_str().unwrap();
    assert_eq!(location, "/v1/documents/report/citation?format=ris&passage=p2&ui=es");
    assert_eq!(corpus.send(location).await.0, 200);
    let (status, resolved) = corpus.get("/v1/cite?ref=report%23n9").await;
    assert_eq!((status, &resolved["candidates"][0]["passage"]), (200, &"p2".into()), "{resolved}");
    let (_, _, page) = corpus.send("/documents/report?passage=n9").await;
    let page = scraper::Html::parse_document(&page);
    let anchor = scraper::Selector::parse("#p2 > #n9").unwrap();
    assert_eq!(page.select(&anchor).count(), 1);
    assert_eq!(corpus.get("/v1/documents/report/citation?passage=n10").await.0, 404);
}

//! Every example of the OpenAPI document: requests are made of those of its parameters and bodies, over the sample
//! documents; answers have the documented shape, and every example is valid for its own schema.
//!
//! Operations, parameters and examples come from the document, so a new one is tested without a line here.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says where it stopped")]

mod operation;
mod schema;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use rcp_corpus::settings::Settings;
use rcp_indexer::IndexOptions;
use rcp_query::Searcher;
use rcp_server::{AppState, Originals, ServerConfig};
use serde_json::Value;
use tower::ServiceExt;

use operation::{Call, Operation, name, operations};
use schema::faults;

/// Parameters whose value only an earlier answer can give.
const FROM_ANSWERS: [&str; 2] = ["cursor", "withdrawn_since"];

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(rcp_server::openapi_json()).unwrap());

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Calls `test` with the router over an index of the sample documents.
async fn with_samples(test: impl AsyncFnOnce(Router)) {
    let folder = tempfile::tempdir().unwrap();
    let settings = Arc::new(Settings::load(&project("index-config")).unwrap());
    let options = IndexOptions::new(vec![project("seeds")], folder.path().to_owned());
    assert_eq!(rcp_indexer::index(&options, &settings, &mut |_| {}).unwrap().failures.len(), 0);
    let searcher = Arc::new(Searcher::open(folder.path(), settings).unwrap());
    let originals = Originals::new(vec![(String::new(), project("seeds"))]);
    test(rcp_server::app(AppState::with_originals(searcher, ServerConfig::default(), originals))).await;
}

/// What is wrong with the answer to a request.
async fn faults_of_answer(app: &Router, operation: &Operation<'_>, call: &Call) -> Vec<String> {
    let body = call.body.as_ref().map(Value::to_string);
    let request = Request::builder().method(operation.method.to_uppercase().as_str()).uri(&call.address);
    let request = request.header("content-type", "application/json").body(Body::from(body.unwrap_or_default()));
    let (head, body) = app.clone().oneshot(request.unwrap()).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let status = head.status;
    if !status.is_success() && !status.is_redirection() {
        return vec![format!("{status}: {}", String::from_utf8_lossy(&body))];
    }
    let declared = &operation.about["responses"][status.as_str()];
    let media_type = head.headers["content-type"].to_str().unwrap();
    let media_type = media_type.split(';').next().unwrap();
    let content = &declared["content"][media_type];
    if content.is_null() {
        return vec![format!("{status} with {media_type} is not declared")];
    }
    let is_json = media_type.ends_with("json") && media_type != "application/x-ndjson";
    if !is_json || content["schema"].is_null() {
        return Vec::new();
    }
    faults(&DOCUMENT, &content["schema"], &serde_json::from_slice(&body).unwrap(), "answer")
}

#[tokio::test]
async fn every_request_made_of_examples_is_answered_as_declared() {
    with_samples(async |app| {
        let mut wrong = Vec::new();
        let mut calls = 0;
        for operation in operations(&DOCUMENT) {
            for call in operation.calls() {
                calls += 1;
                let found = faults_of_answer(&app, &operation, &call).await;
                wrong.extend(found.into_iter().map(|fault| format!("{} {call}: {fault}", operation.method)));
            }
        }
        assert!(calls > 300, "{calls} requests");
        assert!(wrong.is_empty(), "{} faults in {calls} requests:\n{}", wrong.len(), wrong.join("\n"));
    })
    .await;
}

#[test]
fn a_parameter_has_an_example_unless_only_an_answer_can_give_one() {
    let operations = operations(&DOCUMENT);
    let parameters = operations.iter().flat_map(Operation::parameters);
    let without: BTreeSet<&str> =
        parameters.filter(|parameter| operation::example(parameter).is_none()).map(name).collect();
    assert_eq!(Vec::from_iter(without), FROM_ANSWERS);
}

/// Every example beside or in a schema, at any depth, with the schema and its place in the document.
fn examples<'a>(node: &'a Value, place: &str, found: &mut Vec<(String, &'a Value, &'a Value)>) {
    // Beside a schema (contents, parameters), or in it. What holds neither is no place for one.
    let schema =
        node.get("schema").or_else(|| node.get("type").map(|_| node)).or_else(|| node.get("oneOf").map(|_| node));
    if let Some(schema) = schema {
        let several = node.get("examples").and_then(Value::as_array).into_iter().flatten();
        let given = node.get("example").into_iter().chain(several).chain(node.get("default"));
        found.extend(given.map(|example| (place.to_owned(), schema, example)));
    }
    match node {
        Value::Object(fields) => {
            // What an example holds is data, even where it looks like a schema.
            for (key, below) in fields.iter().filter(|(key, _)| *key != "example" && *key != "examples") {
                examples(below, &format!("{place}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                examples(item, &format!("{place}/{number}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_example_is_valid_for_its_schema() {
    let mut found = Vec::new();
    examples(&DOCUMENT, "", &mut found);
    assert!(found.len() > 800, "{} examples", found.len());
    let of_one = |(place, schema, example): &(String, &Value, &Value)| faults(&DOCUMENT, schema, example, place);
    let wrong: Vec<String> = found.iter().flat_map(of_one).collect();
    assert!(wrong.is_empty(), "{} faults in {} examples:\n{}", wrong.len(), found.len(), wrong.join("\n"));
}

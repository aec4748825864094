//! `/v1/export`: everything that a request matches, as a file that is sent while it is made.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::Method;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use rcp_query::export::Export;
use rcp_query::{Scope, Snapshot};
use serde_json::json;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{self, ContentBuilder, RefOr, ResponseBuilder};

use crate::answer::{Answer, Basis, link};
use crate::caller::Caller;
use crate::export::{Output, Writer, unread};
use crate::params::{ExportParams, Params};
use crate::problem::ApiError;
use crate::responses::{ExportManifest, MANIFEST};
use crate::state::AppState;

/// The file in each of its forms, as the OpenAPI document describes it: media types with an example.
const FORMS: [(&str, &str); 4] = [
    ("text/csv", "document,passage,text,citation\r\n"),
    ("application/x-ndjson", "{\"document\":\"gcim-iom-workshop-2005-report\",\"passage\":\"p21\"}\n"),
    (
        "application/x-research-info-systems",
        "TY  - RPRT\r\nID  - report-2005#p21\r\nTI  - Report\r\nPY  - 2005\r\nSE  - para. 21\r\nER  - \r\n",
    ),
    (
        "application/x-bibtex",
        "@techreport{report-2005:p21,\n  title = {{Report}},\n  year = {2005},\n  note = {para. 21}\n}\n",
    ),
];

/// The answer to GET and to POST.
struct File;

impl utoipa::IntoResponses for File {
    fn responses() -> BTreeMap<String, RefOr<openapi::Response>> {
        let text = || ObjectBuilder::new().schema_type(Type::String);
        let file = FORMS.iter().fold(ResponseBuilder::new().description("The file."), |file, (form, example)| {
            file.content(*form, ContentBuilder::new().schema(Some(text())).example(Some(json!(example))).build())
        });
        BTreeMap::from([("200".to_owned(), file.build().into())])
    }
}

/// Export
///
/// Every document or passage that a request matches, without a limit, as a file: from one state of the index, whatever is
/// published meanwhile. It has the query and filters of a search. A file that was cut off is known by its
/// transfer, which ends with an error, and in NDJSON by its last line, which is missing.
#[utoipa::path(
    get, path = "/v1/export", operation_id = "export", tag = "search", params(Params<ExportParams>),
    responses(File),
)]
pub(super) async fn export(
    State(state): State<AppState>,
    caller: Caller,
    method: Method,
    Params(params): Params<ExportParams>,
) -> Result<Response, ApiError> {
    answer(&state, caller, &method, params).await
}

/// Export (parameters in the body)
///
/// The same as GET, for requests that are too long for an address.
#[utoipa::path(
    post, path = "/v1/export", operation_id = "export_post", tag = "search",
    request_body(content = ExportParams, description = "The parameters of GET as one JSON object, at most 16 kB."),
    responses(File),
)]
pub(super) async fn export_post(
    State(state): State<AppState>,
    caller: Caller,
    method: Method,
    Params(params): Params<ExportParams>,
) -> Result<Response, ApiError> {
    answer(&state, caller, &method, params).await
}

/// Get the manifest of an export
///
/// What an export with the same parameters holds: the query as understood, how many rows and documents, the version of the
/// index, coverage, columns and terms of use. NDJSON begins with it.
#[utoipa::path(
    get, path = "/v1/export/manifest", operation_id = "get_export_manifest", tag = "search", params(Params<ExportParams>),
    responses((status = 200, description = "The manifest.", body = ExportManifest)),
)]
pub(super) async fn get_export_manifest(
    State(state): State<AppState>,
    caller: Caller,
    Params(params): Params<ExportParams>,
) -> Result<Response, ApiError> {
    let work = |basis: &Basis<'_>, params: ExportParams| {
        let manifest = manifest(basis.state, &params, &find(basis.snapshot.clone(), basis.scope, &params)?);
        let answer = Answer::json(&manifest)?.pages(manifest.links.this.as_deref(), None);
        Ok(manifest.links.export.iter().fold(answer, |answer, file| answer.link("describes", file, None)))
    };
    state.answer(caller, params, work).await
}

async fn answer(state: &AppState, caller: Caller, method: &Method, params: ExportParams) -> Result<Response, ApiError> {
    let (place, encoding) = (state.exports().admit()?, caller.wants.encoding());
    let work = move |state: &AppState| Ok((find(state.searcher().snapshot(), &caller.scope, &params)?, params));
    let (export, params) = state.run(work).await?;
    let mut headers = headers(&params, &export, state.facets());
    let encoder = encoding.encode_stream(&mut headers);
    if method == Method::HEAD {
        return Ok((headers, unread()).into_response());
    }
    let writer = Writer {
        format: params.format,
        columns: params.columns(),
        has_mark: params.has_mark,
        manifest: params.has_manifest.then(|| manifest(state, &params, &export)),
        settings: state.searcher().settings().clone(),
        ui: params.request.ui,
        site: state.config().public_url.clone().unwrap_or_default(),
    };
    Ok((headers, place.stream(encoder, move |output| write(&export, &writer, output))).into_response())
}

/// Finds and counts the rows.
fn find(snapshot: Snapshot, scope: &Scope, params: &ExportParams) -> Result<Export, ApiError> {
    let export = snapshot.export(scope, &params.request);
    export.map_err(|error| ApiError::from_search(error, &params.request))
}

fn manifest(state: &AppState, params: &ExportParams, export: &Export) -> ExportManifest {
    ExportManifest::new(&export.summary, params, state.config().terms.as_deref(), state.facets())
}

fn write(export: &Export, writer: &Writer, output: &mut Output) -> Result<(), String> {
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let failed = |error: std::io::Error| format!("rows cannot be written: {error}");
    if output.write(|out| writer.begin(today, out)).map_err(failed)?.is_break() {
        return Ok(());
    }
    let (mut rows, mut failure) = (0, None);
    let read = export.read(&mut |row| {
        rows += 1;
        output.write(|out| writer.row(row, out)).unwrap_or_else(|error| {
            failure = Some(error);
            std::ops::ControlFlow::Break(())
        })
    });
    read.map_err(|error| error.to_string())?;
    match failure {
        Some(error) => Err(failed(error)),
        None => output.write(|out| writer.end(rows, out)).map(drop).map_err(failed),
    }
}

/// What tells a client how to keep the file, and where it is described.
fn headers(params: &ExportParams, export: &Export, facets: &[String]) -> HeaderMap {
    let (unit, version) = (params.unit(), &export.summary.index_version);
    let file = format!("attachment; filename=\"rcp-{unit}s-{version}.{}\"", params.format.extension());
    let texts = [
        (header::CONTENT_TYPE, params.format.media_type()),
        (header::CONTENT_DISPOSITION, &file),
        // As large as it is, it is no use to keep one.
        (header::CACHE_CONTROL, "no-store"),
    ];
    let texts = texts.into_iter().filter_map(|(name, text)| Some((name, HeaderValue::try_from(text).ok()?)));
    let mut headers: HeaderMap = texts.collect();
    if let Some(manifest) = params.link(MANIFEST, facets) {
        link(&mut headers, "describedby", &manifest, None);
    }
    headers
}

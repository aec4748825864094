//! `/v1/documents/{id}/original`: the file that a document was read from.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rcp_corpus::model::{Language, Source};

use super::documents::{document_id, unknown_document};
use crate::answer::Tag;
use crate::caller::Caller;
use crate::originals::{Original, Unavailable};
use crate::params::{NoParams, Params};
use crate::problem::ApiError;
use crate::state::AppState;

/// The one type that browsers show without running any of it on this server's behalf.
const PDF: &str = "application/pdf";

/// What a browser shows of a file that was saved here: nothing of it is loaded or run.
const SANDBOX: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'; frame-ancestors 'none'");

/// A browser's own reader of PDF does not start in a sandbox; its styles are inline.
const READER: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
);

/// Get the original of a document
///
/// The file that it was read from, byte for byte, if the server keeps it and it is still what was indexed: 404 where it does
/// not, 410 where it has changed since. PDF is shown by browsers, anything else is saved.
#[utoipa::path(
    get, path = "/v1/documents/{id}/original", operation_id = "get_original", tag = "documents",
    params(("id" = String, Path, description = "Id of the document.", example = "gcim-iom-workshop-2005-report")),
    responses((
        status = 200, description = "The file, under its own media type.",
        content(
            (String = "text/plain", example = json!("REPORT OF THE MEETING")),
            (String = "text/markdown", example = json!("REPORT OF THE MEETING")),
            (String = "text/html", example = json!("REPORT OF THE MEETING")),
            (String = "application/pdf", example = json!("%PDF-1.7")),
            (String = "application/msword", example = json!("the bytes of the file")),
            (String = "application/rtf", example = json!("the bytes of the file")),
            (String = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", example = json!("the bytes of the file")),
            (String = "application/vnd.oasis.opendocument.text", example = json!("the bytes of the file")),
        ),
    )),
)]
pub(super) async fn get_original(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
    Params(NoParams): Params<NoParams>,
) -> Result<Response, ApiError> {
    let id = document_id(&id)?;
    let Caller { scope, wants, .. } = caller;
    let work = move |state: &AppState| {
        let cited = state.searcher().snapshot().cited(&scope, &id, None, Language::En)?;
        let source = cited.ok_or_else(|| unknown_document(id.as_str()))?.document.document.source;
        let original = state.originals().open(&source).map_err(|why| unavailable(why, &source))?;
        Ok((source, original))
    };
    let (source, original) = state.run(work).await?;
    let tag = Tag::of([wants.path(), source.sha256.as_str()], wants.encoding());
    if wants.holds(tag) {
        return Ok(wants.not_modified(tag));
    }
    let mut response = response(&source, original);
    wants.name(tag, response.headers_mut());
    Ok(response)
}

fn response(source: &Source, original: Original) -> Response {
    let (kind, policy) = if source.media_type == PDF { ("inline", READER) } else { ("attachment", SANDBOX) };
    let media_type = HeaderValue::from_str(&source.media_type);
    let name = source.file.rsplit('/').next().unwrap_or_default();
    let disposition = HeaderValue::from_str(&disposition(kind, name));
    let headers: [(HeaderName, HeaderValue); 4] = [
        (header::CONTENT_TYPE, media_type.unwrap_or(HeaderValue::from_static("application/octet-stream"))),
        (header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment"))),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::ACCEPT_RANGES, HeaderValue::from_static("none")),
    ];
    (headers, Body::new(original.into_body())).into_response()
}

/// A file name in both forms of RFC 6266: for old clients with all but plain characters replaced, and whole in UTF-8.
fn disposition(kind: &str, name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let encode = |byte: u8| {
        if is_plain(char::from(byte)) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    let encoded: String = name.bytes().map(encode).collect();
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

fn unavailable(why: Unavailable, source: &Source) -> ApiError {
    let elsewhere = match &source.url {
        Some(url) => format!("; it was published at {url}"),
        None => String::new(),
    };
    match why {
        Unavailable::Missing => {
            ApiError::not_found("no_original", format!("this server does not keep the original{elsewhere}"))
        }
        Unavailable::Changed => {
            let detail = format!("the original has changed since it was indexed{elsewhere}");
            ApiError::new(StatusCode::GONE, "original_changed", detail)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_end_its_header() {
        for (name, expected) in [
            ("report-2005.pdf", "a; filename=\"report-2005.pdf\"; filename*=UTF-8''report-2005.pdf"),
            ("informe «ñ».pdf", "a; filename=\"informe____.pdf\"; filename*=UTF-8''informe%20%C2%AB%C3%B1%C2%BB.pdf"),
            ("a\"; x=\r\ny", "a; filename=\"a___x___y\"; filename*=UTF-8''a%22%3B%20x%3D%0D%0Ay"),
        ] {
            let header = disposition("a", name);
            assert_eq!(header, expected);
            assert!(HeaderValue::from_str(&header).is_ok());
        }
    }
}

//! Problems as pages: what a browser shows where a program is given JSON.

use askama::Template;
use axum::extract::Request;
use axum::http::{Method, header};

use super::Reader;
use super::frame::{Frame, page};
use crate::answer::Answer;
use crate::problem::{ApiError, Problem};

/// The page of a problem.
#[derive(Debug, Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    /// What to do.
    advice: String,
    /// What went wrong, in English.
    detail: String,
    /// Id of the request.
    instance: String,
    /// What to search for instead: the words of an address that leads nowhere.
    words: Option<String>,
}

/// Whether a person asks, for something outside the API: browsers say that they take pages, programs do not.
pub(crate) fn wants_page(request: &Request) -> bool {
    let accepts = request.headers().get_all(header::ACCEPT).iter();
    let is_page = accepts.filter_map(|value| value.to_str().ok()).any(|value| value.contains("text/html"));
    let path = request.uri().path();
    let is_for_programs = path.starts_with("/v1/") || path.starts_with("/widget/");
    matches!(*request.method(), Method::GET | Method::HEAD) && is_page && !is_for_programs
}

/// A problem as a page.
pub(crate) fn problem_page(problem: &Problem, reader: &Reader) -> Result<Answer, ApiError> {
    let t = reader.texts();
    let (title, advice) = match problem.status {
        400 | 414 => ("problem-400", "problem-400-advice"),
        404 => ("problem-404", "problem-404-advice"),
        410 => ("problem-410", "problem-410-advice"),
        429 => ("problem-429", "problem-429-advice"),
        503 | 504 => ("problem-503", "problem-503-advice"),
        500.. => ("problem-500", "problem-500-advice"),
        _ => ("problem-other", "problem-other-advice"),
    };
    let mut frame = Frame::new(reader, t.say(title), None);
    let words = (problem.status == 404).then(|| words_of(reader.path()));
    if words.is_some() {
        frame.search_box = None;
    }
    let (detail, instance) = (problem.detail.clone(), problem.instance.clone());
    let shown = ProblemPage { frame, advice: t.say(advice), detail, instance, words };
    page(&shown, &shown.frame)
}

/// The words of the last part of a path: ids of documents are made of those of their titles.
fn words_of(path: &str) -> String {
    let last = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default();
    let words = last.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.take(12).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_leads_nowhere_is_searched_for_by_its_words() {
        assert_eq!(words_of("/documents/gcim-iom-workshop-2005"), "gcim iom workshop 2005");
        assert_eq!((words_of("/"), words_of("/a/b%22/")), (String::new(), "b 22".to_owned()));
    }
}

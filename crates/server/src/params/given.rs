//! [`Given`]: the parameters of a request before they are understood, and what is wrong with them.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::Value;

use super::nearest::nearest;
use super::parameter::Parameter;
use crate::problem::{ApiError, InvalidParam, shortened};

/// Complaints in an answer at most.
const MAX_COMPLAINTS: usize = 20;

/// Parameters by name, as texts. Reading takes them out and collects every complaint, so that a caller learns of all
/// mistakes at once.
#[derive(Debug, Default)]
pub(crate) struct Given {
    values: BTreeMap<String, Vec<String>>,
    invalid: Vec<(&'static str, InvalidParam)>,
}

impl Given {
    /// The parameters of a query string.
    pub(crate) fn from_query(query: &str) -> Given {
        let mut given = Given::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            given.values.entry(name.into_owned()).or_default().push(value.into_owned());
        }
        given
    }

    /// The parameters of a JSON object: numbers as numbers, several values as an array. `facets` are those of the
    /// configuration, which the document need not list.
    pub(crate) fn from_json(body: &[u8], documented: &[&dyn Parameter], facets: &[String]) -> Result<Given, ApiError> {
        let object: serde_json::Map<String, Value> = serde_json::from_slice(body).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            let detail = format!("the body must be one JSON object with the parameters as its keys (see {place})");
            ApiError::new(StatusCode::BAD_REQUEST, "invalid_json", detail)
        })?;
        let is_facet = |name: &str| facets.iter().any(|facet| facet == name.strip_prefix("not_").unwrap_or(name));
        let mut given = Given::default();
        for (name, value) in object {
            let (texts, expected) = match documented.iter().find(|parameter| parameter.name() == name) {
                Some(parameter) => (parameter.texts(&value), parameter.expected()),
                None if is_facet(&name) => (texts_of_list(&value), LIST_EXPECTED.to_owned()),
                // Whatever its value, the name is refused with the other unknown ones.
                None => (Some(Vec::new()), String::new()),
            };
            match texts {
                Some(texts) => drop(given.values.insert(name, texts)),
                None => given.refuse(&name, &expected),
            }
        }
        Ok(given)
    }

    /// Refuses every parameter that is not known.
    pub(crate) fn refuse_unknown(&mut self, known: &[&str]) {
        let unknown: Vec<String> = self.values.keys().filter(|name| !known.contains(&name.as_str())).cloned().collect();
        for name in unknown {
            self.values.remove(&name);
            let nearest = nearest(&name, known.iter().copied());
            let reason = if is_key(&name) { KEY_IN_HEADER } else { "is not a parameter of this address" }.to_owned();
            let param = InvalidParam { name: shortened(&name), reason, nearest, allowed: Vec::new() };
            self.invalid.push(("unknown_parameter", param));
        }
    }

    /// Notes that a parameter cannot be used.
    pub(crate) fn refuse(&mut self, name: &str, reason: &str) {
        let param = InvalidParam { name: shortened(name), reason: reason.to_owned(), ..InvalidParam::default() };
        self.invalid.push(("invalid_parameter", param));
    }

    /// Notes that a word is not one of those allowed.
    pub(crate) fn refuse_word<'a>(
        &mut self,
        name: &str,
        reason: &str,
        word: &str,
        allowed: impl Iterator<Item = &'a str> + Clone,
    ) {
        let nearest = nearest(word, allowed.clone());
        let allowed = allowed.map(str::to_owned).collect();
        let param = InvalidParam { name: name.to_owned(), reason: reason.to_owned(), allowed, nearest };
        self.invalid.push(("invalid_parameter", param));
    }

    /// Whether everything that was given is read.
    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Whether a parameter is given and not yet read.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// The one value of a parameter.
    pub(crate) fn single(&mut self, name: &str) -> Option<String> {
        let mut values = self.values.remove(name)?;
        if values.len() > 1 {
            self.refuse(name, "must be given only once");
        }
        values.pop()
    }

    /// The one value of a parameter that cannot be empty.
    pub(crate) fn filled(&mut self, name: &str) -> Option<String> {
        let value = self.single(name)?;
        if value.trim().is_empty() {
            self.refuse(name, "must not be empty; leave it out instead");
            return None;
        }
        Some(value)
    }

    /// All values of a parameter that may be repeated.
    pub(crate) fn all(&mut self, name: &str) -> Option<Vec<String>> {
        self.values.remove(name)
    }

    /// Every complaint as one error.
    pub(crate) fn finish(mut self) -> Result<(), ApiError> {
        let Some((code, _)) = self.invalid.first() else { return Ok(()) };
        let code = *code;
        self.invalid.truncate(MAX_COMPLAINTS);
        Err(ApiError::invalid(code, self.invalid.into_iter().map(|(_, param)| param).collect()))
    }
}

/// What to do with a key.
const KEY_IN_HEADER: &str =
    "is no parameter: addresses are kept in logs, so send the key as `Authorization: Bearer KEY`";

/// Whether someone meant to send an API key.
fn is_key(name: &str) -> bool {
    const NAMES: [&str; 7] = ["key", "apikey", "api_key", "api-key", "x-api-key", "access_token", "token"];
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// What the JSON value of a list must be.
pub(super) const LIST_EXPECTED: &str = "must be a list of texts";

/// The items of an array of texts; `None` for anything else.
pub(super) fn texts_of_list(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

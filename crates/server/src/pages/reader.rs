//! [`Reader`]: who a page is for: the language of its interface, and the address that is being read.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use rcp_corpus::model::Language;

use super::texts::Texts;

/// Parameter of every page: the language of its interface.
const UI: &str = "ui";

/// Who reads a page. Its `Debug` form tells apart all readers that are shown other pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reader {
    language: Language,
    /// Whether the address says the language; then the links of the page do too.
    is_chosen: bool,
    /// Path and query of the page, without the language.
    here: String,
}

impl Reader {
    /// Reads the head of a request: the language is that of the address, else the one of ours that the browser prefers,
    /// else English.
    pub(crate) fn of(uri: &Uri, headers: &HeaderMap) -> Reader {
        let query = uri.query().unwrap_or_default();
        let pairs = || form_urlencoded::parse(query.as_bytes());
        let chosen = pairs().find_map(|(name, value)| (name == UI).then(|| language(&value)).flatten());
        let kept = pairs().filter(|(name, _)| name != UI);
        let kept = form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
        Reader {
            language: chosen.unwrap_or_else(|| preferred(headers)),
            is_chosen: chosen.is_some(),
            here: if kept.is_empty() { uri.path().to_owned() } else { format!("{}?{kept}", uri.path()) },
        }
    }

    /// The language of the interface.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// What the page says.
    pub(crate) fn texts(&self) -> Texts {
        Texts::of(self.language)
    }

    /// Address of another page, in the language that was chosen.
    pub(crate) fn href(&self, address: &str) -> String {
        if self.is_chosen { with_language(address, self.language) } else { address.to_owned() }
    }

    /// The language that forms have to send on, where one was chosen.
    pub(crate) fn chosen(&self) -> Option<&'static str> {
        self.is_chosen.then(|| self.language.code())
    }

    /// Path of this page.
    pub(crate) fn path(&self) -> &str {
        self.here.split('?').next().unwrap_or_default()
    }

    /// What the address asks for, as it was sent, but for the language.
    pub(crate) fn asked(&self) -> impl Iterator<Item = (String, String)> {
        let query = self.here.split_once('?').map_or("", |(_, query)| query);
        form_urlencoded::parse(query.as_bytes()).into_owned()
    }

    /// Address of this page in another language.
    pub(crate) fn here_in(&self, language: Language) -> String {
        with_language(&self.here, language)
    }
}

/// An address with the language of its page, before its fragment.
fn with_language(address: &str, language: Language) -> String {
    let (address, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
    let between = if address.contains('?') { '&' } else { '?' };
    format!("{address}{between}{UI}={}{fragment}", language.code())
}

fn language(code: &str) -> Option<Language> {
    Language::ANALYSED.into_iter().find(|language| language.code() == code)
}

/// The language of ours that `Accept-Language` weighs most (RFC 9110, section 12.5.4), by its main part: `es-MX` is
/// Spanish. Of those that weigh the same, the first.
fn preferred(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let weighed = accepted.split(',').filter_map(|range| {
        let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
        let language = language(tag.trim().split('-').next()?)?;
        let weight: f32 = weight.trim().strip_prefix("q=")?.parse().ok()?;
        (weight > 0.0).then_some((language, weight))
    });
    let best = weighed.reduce(|best, other| if other.1 > best.1 { other } else { best });
    best.map_or(Language::En, |(language, _)| language)
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Reader, Infallible> {
        Ok(Reader::of(&parts.uri, &parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(address: &str, accepted: &str) -> Reader {
        let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, accepted.parse().unwrap())]);
        Reader::of(&address.parse().unwrap(), &headers)
    }

    #[test]
    fn the_address_says_the_language_else_the_browser_does() {
        for (address, accepted, expected) in [
            ("/search?ui=fr", "es", Language::Fr),
            ("/search?ui=xx", "es", Language::Es),
            ("/search", "es-MX,es;q=0.9,en;q=0.8", Language::Es),
            ("/search", "de, fr-CA;q=0.8, en;q=0.5", Language::Fr),
            ("/search", "en;q=0.5, fr;q=0.8", Language::Fr),
            ("/search", "fr;q=0, es;q=0.1", Language::Es),
            ("/search", "fr, es", Language::Fr),
            ("/search", "de", Language::En),
            ("/search", "", Language::En),
            ("/search", ";;q=,,*", Language::En),
        ] {
            assert_eq!(reader(address, accepted).language(), expected, "{address} {accepted}");
        }
    }

    #[test]
    fn links_keep_the_language_that_was_chosen() {
        let chosen = reader("/search?q=a+b&ui=fr&rcp=rcm", "es");
        assert_eq!(chosen.href("/processes"), "/processes?ui=fr");
        assert_eq!(chosen.href("/documents/a?q=b#p2"), "/documents/a?q=b&ui=fr#p2");
        assert_eq!(chosen.here_in(Language::En), "/search?q=a+b&rcp=rcm&ui=en");
        assert_eq!(reader("/", "es").href("/processes"), "/processes");
        assert_eq!(reader("/", "es").here_in(Language::Es), "/?ui=es");
    }
}

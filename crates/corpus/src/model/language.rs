//! Languages a passage can be written in.

use serde::{Deserialize, Serialize};

/// Language of a text, as far as the analysis needs to know it.
///
/// English, Spanish and French are analysed with their own stemmer and stop words. Every other language is
/// [`Language::Undetermined`]: its words are folded and kept whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Spanish.
    Es,
    /// French.
    Fr,
    /// Unknown, or a language without analysis of its own (ISO 639 code `und`).
    #[serde(rename = "und")]
    Undetermined,
}

impl Language {
    /// The languages with a stemmer and stop words of their own, in the order of the interface.
    pub const ANALYSED: [Language; 3] = [Language::En, Language::Es, Language::Fr];

    /// ISO 639-1 code, or `und`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Es => "es",
            Language::Fr => "fr",
            Language::Undetermined => "und",
        }
    }

    /// The language of a code as [`Language::code`] writes it; `None` for any other text.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Language> {
        match code {
            "en" => Some(Language::En),
            "es" => Some(Language::Es),
            "fr" => Some(Language::Fr),
            "und" => Some(Language::Undetermined),
            _ => None,
        }
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

//! [`Frame`]: what every page has around its content, and how a page becomes an answer.

use askama::Template;
use axum::http::header::{self, HeaderValue};

use super::assets::{SCRIPT, STYLE};
use super::reader::Reader;
use super::texts::Texts;
use crate::answer::Answer;
use crate::problem::ApiError;
use rcp_corpus::model::Language;

/// Name of the site.
pub(super) const NAME: &str = "rcp-search";

/// A page may load its style, its script and what the script asks from here, and nothing else. Nothing makes markup of
/// text.
pub(super) const PAGE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
);

/// What every page has: `base.html` shows it around the content.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    /// What the page says.
    pub(crate) t: Texts,
    /// Title of the page, without the name of the site.
    pub(crate) title: String,
    /// The part of the site that the page belongs to.
    pub(crate) section: Option<Section>,
    /// The text in the search box of the head; `None` for pages that have one of their own.
    pub(crate) search_box: Option<String>,
    /// Addresses of other forms of the page: media type, title, address.
    pub(crate) alternates: Vec<Alternate>,
    /// Permanent address of the page, where the server knows its own.
    pub(crate) canonical: Option<String>,
    reader: Reader,
}

/// Another form of a page, for `<link rel=alternate>`.
#[derive(Debug, Clone)]
pub(crate) struct Alternate {
    pub(crate) media_type: &'static str,
    pub(crate) title: String,
    pub(crate) url: String,
}

/// A part of the site, in the order of the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Search,
    Processes,
    Themes,
    Compare,
    Coverage,
}

impl Section {
    const ALL: [Section; 5] =
        [Section::Search, Section::Processes, Section::Themes, Section::Compare, Section::Coverage];

    fn path(self) -> &'static str {
        match self {
            Section::Search => "/search",
            Section::Processes => "/processes",
            Section::Themes => "/themes",
            Section::Compare => "/compare",
            Section::Coverage => "/coverage",
        }
    }

    /// Message with its name.
    fn message(self) -> &'static str {
        match self {
            Section::Search => "nav-search",
            Section::Processes => "nav-processes",
            Section::Themes => "nav-themes",
            Section::Compare => "nav-compare",
            Section::Coverage => "nav-coverage",
        }
    }
}

/// A link in the head or foot of a page.
#[derive(Debug)]
pub(crate) struct NavLink {
    pub(crate) label: String,
    pub(crate) url: String,
    pub(crate) lang: &'static str,
    pub(crate) is_current: bool,
}

impl Frame {
    /// The frame of a page with this title.
    pub(crate) fn new(reader: &Reader, title: String, section: Option<Section>) -> Frame {
        Frame {
            t: reader.texts(),
            title,
            section,
            search_box: Some(String::new()),
            alternates: Vec::new(),
            canonical: None,
            reader: reader.clone(),
        }
    }

    /// Code of the language of the interface.
    pub(crate) fn lang(&self) -> &'static str {
        self.t.language().code()
    }

    /// Address of another page, in the language that was chosen.
    pub(crate) fn href(&self, address: &str) -> String {
        self.reader.href(address)
    }

    /// The language that forms have to send on, as `ui`.
    pub(crate) fn chosen(&self) -> Option<&'static str> {
        self.reader.chosen()
    }

    /// The parts of the site.
    pub(crate) fn sections(&self) -> impl Iterator<Item = NavLink> {
        Section::ALL.into_iter().map(|section| NavLink {
            label: self.t.say(section.message()),
            url: self.href(section.path()),
            lang: self.lang(),
            is_current: self.section == Some(section),
        })
    }

    /// This page in every language, each named in itself.
    pub(crate) fn languages(&self) -> impl Iterator<Item = NavLink> {
        Language::ANALYSED.into_iter().map(|language| NavLink {
            label: Texts::of(language).language_name(language),
            url: self.reader.here_in(language),
            lang: language.code(),
            is_current: language == self.t.language(),
        })
    }

    /// Address of the style sheet.
    pub(crate) fn style(&self) -> &'static str {
        STYLE.address()
    }

    /// Address of the script.
    pub(crate) fn script(&self) -> &'static str {
        SCRIPT.address()
    }
}

/// A page as an answer.
pub(crate) fn page(page: &impl Template, frame: &Frame) -> Result<Answer, ApiError> {
    let html = page.render().map_err(|error| ApiError::internal(format!("a page cannot be written: {error}")))?;
    let answer = Answer::of("text/html; charset=utf-8", html.into_bytes());
    Ok(answer
        .header(header::CONTENT_SECURITY_POLICY, PAGE_POLICY)
        .header(header::CONTENT_LANGUAGE, HeaderValue::from_static(frame.lang())))
}

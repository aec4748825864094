//! [`Passage`]: a passage as evidence, ready to be shown and cited.

use rcp_corpus::model::DocumentId;
use rcp_query::response as domain;
use serde::Serialize;
use utoipa::ToSchema;

use super::document::document_url;
use crate::params::Highlight;

/// A passage of a document.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Passage {
    /// Id of the document.
    #[schema(example = "gcim-iom-workshop-2005-report")]
    pub(crate) document: String,
    /// Id of the passage in its document.
    #[schema(example = "p21")]
    pub(crate) passage: String,
    /// What to call it.
    #[schema(example = "para. 21")]
    pub(crate) label: String,
    /// Page it starts on, counted from 1, where the format has pages.
    #[schema(required = true, minimum = 1, example = 7)]
    pub(crate) page: Option<u32>,
    /// Headings above it, outermost first.
    #[schema(example = json!(["Cooperation with other partners"]))]
    pub(crate) heading_path: Vec<String>,
    /// Language of its text, `und` where it is not known.
    #[schema(example = "en")]
    pub(crate) lang: &'static str,
    /// `paragraph`, `list-item`, `table-row`, `footnote`, `preambular`, `operative` or `contact`.
    #[schema(example = "paragraph")]
    pub(crate) kind: &'static str,
    /// Of a footnote, the passage that refers to it, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, example = "p21")]
    pub(crate) footnote_of: Option<String>,
    /// Its text, or the sentences around the matches of a long one, in pieces. Plain text: escape it before it
    /// becomes HTML.
    pub(crate) segments: Vec<Segment>,
    /// The segments as escaped HTML with `<mark>` around matches, `<mark class="expanded">` around those of an expansion
    /// alone; only with `highlight=html`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        required = false,
        nullable = false,
        example = "Dialogue with the <mark>private</mark> <mark>sector</mark>"
    )]
    pub(crate) html: Option<String>,
    /// How to cite it.
    #[schema(example = "GCIM–IOM Workshop, 2005, para. 21")]
    pub(crate) citation: String,
    /// Its permanent address, relative to the server's.
    #[schema(example = "/documents/gcim-iom-workshop-2005-report#p21")]
    pub(crate) url: String,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Segment {
    /// Plain text.
    #[schema(example = "private sector")]
    pub(crate) text: String,
    /// Whether it matches the query.
    #[serde(rename = "match")]
    #[schema(example = true)]
    pub(crate) matched: bool,
    /// Whether it matches only by an expansion (`interpretation.expansions`).
    #[schema(example = false)]
    pub(crate) expanded: bool,
}

impl Passage {
    pub(crate) fn new(passage: domain::EvidencePassage, document: &DocumentId, highlight: Highlight) -> Passage {
        let domain::EvidencePassage { passage, label, segments, citation } = passage;
        let html = (highlight == Highlight::Html).then(|| html(&segments));
        let segments = match highlight {
            Highlight::None => vec![Segment { text: joined(&segments), matched: false, expanded: false }],
            Highlight::Segments | Highlight::Html => segments.into_iter().map(Segment::from).collect(),
        };
        Passage {
            url: format!("{}#{}", document_url(document), passage.id),
            document: document.to_string(),
            passage: passage.id.into(),
            label,
            page: passage.page,
            heading_path: passage.heading_path,
            lang: passage.language.code(),
            kind: passage.kind.name(),
            footnote_of: passage.footnote_of.map(String::from),
            segments,
            html,
            citation,
        }
    }
}

impl From<domain::Segment> for Segment {
    fn from(segment: domain::Segment) -> Segment {
        Segment { text: segment.text, matched: segment.matched, expanded: segment.expanded }
    }
}

fn joined(segments: &[domain::Segment]) -> String {
    segments.iter().map(|segment| segment.text.as_str()).collect()
}

/// Escaped HTML in which matches stand in `<mark>`, those of an expansion alone in `<mark class="expanded">`.
pub(super) fn html(segments: &[domain::Segment]) -> String {
    let mut html = String::new();
    for segment in segments {
        if segment.matched {
            html.push_str(if segment.expanded { "<mark class=\"expanded\">" } else { "<mark>" });
        }
        escape(&segment.text, &mut html);
        if segment.matched {
            html.push_str("</mark>");
        }
    }
    html
}

/// Appends `text` so that it is text in HTML content and in quoted attributes.
pub(super) fn escape(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn segment(text: &str, matched: bool) -> domain::Segment {
        domain::Segment { text: text.to_owned(), matched, expanded: false }
    }

    #[test]
    fn text_of_a_document_never_becomes_markup() {
        let segments = [segment("<mark>a</mark> & \"b\" 'c' ", false), segment("<script>", true)];
        let expected = "&lt;mark&gt;a&lt;/mark&gt; &amp; &quot;b&quot; &#39;c&#39; <mark>&lt;script&gt;</mark>";
        assert_eq!(html(&segments), expected);
        let expansion = domain::Segment { expanded: true, ..segment("<b>", true) };
        assert_eq!(html(&[expansion]), "<mark class=\"expanded\">&lt;b&gt;</mark>");
    }

    proptest! {
        #[test]
        fn unescaped_html_without_marks_is_the_text(pieces in prop::collection::vec((".{0,12}", any::<bool>()), 0..6)) {
            let segments: Vec<_> = pieces.iter().map(|(text, matched)| segment(text, *matched)).collect();
            let marked = html(&segments);
            let bare = marked.replace("<mark>", "").replace("</mark>", "");
            prop_assert!(!bare.contains(['<', '>', '"', '\'']));
            let text = bare
                .replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
            prop_assert_eq!(text, joined(&segments));
        }
    }
}

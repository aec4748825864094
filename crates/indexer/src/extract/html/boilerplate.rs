//! What of a web page is not its main text: menus, banners, share bars, footers.
//!
//! Told by elements and roles made for them, and by names that programs give to blocks. A name alone convinces only
//! where the block is small beside the page, and holds links rather than sentences.

use scraper::node::Element;

use super::element::{has_role, words};
use super::notes::is_notes_section;
use super::tree::{Content, Page, PageNode};

/// Names of blocks that are never text, in English, Spanish and French.
const FURNITURE: [&str; 47] = [
    "menu",
    "menus",
    "megamenu",
    "submenu",
    "nav",
    "navbar",
    "navigation",
    "navegacion",
    "breadcrumb",
    "breadcrumbs",
    "crumbs",
    "migas",
    "ariane",
    "share",
    "sharing",
    "sharethis",
    "addthis",
    "addtoany",
    "sharedaddy",
    "social",
    "compartir",
    "partager",
    "footer",
    "pie",
    "pied",
    "skip",
    "skiplink",
    "toolbar",
    "pager",
    "pagination",
    "paginacion",
    "switcher",
    "offcanvas",
    "sitemap",
    "topbar",
    "copyright",
    "backtotop",
    "cookie",
    "cookies",
    "gdpr",
    "onetrust",
    "cookieconsent",
    "cookiebanner",
    "sitenav",
    "topnav",
    "subnav",
    "idiomas",
];

/// Names of blocks beside the text, which may be part of it.
const ASIDES: [&str; 20] = [
    "sidebar",
    "related",
    "relacionados",
    "promo",
    "advert",
    "advertisement",
    "ads",
    "newsletter",
    "subscribe",
    "suscripcion",
    "abonnement",
    "search",
    "buscador",
    "buscar",
    "recherche",
    "login",
    "popup",
    "modal",
    "tags",
    "lateral",
];

/// Names that only banners about cookies have.
const COOKIES: [&str; 6] = ["cookie", "cookies", "gdpr", "onetrust", "cookieconsent", "cookiebanner"];

/// Whole names of the block with the name of the site.
const HEADERS: [&str; 9] =
    ["header", "site-header", "main-header", "top-header", "page-header", "banner", "masthead", "cabecera", "entete"];

/// Names of blocks with what readers wrote.
const COMMENTS: [&str; 4] = ["comments", "commentlist", "comentarios", "commentaires"];

/// Words that make a name speak of another block: `content-with-sidebar`, `footer-note`.
const RELATIONS: [&str; 9] = ["with", "without", "has", "no", "con", "sin", "avec", "note", "notes"];

/// Letters of a paragraph of text.
const LONG: usize = 120;

/// Longest banner about cookies, in letters.
const MAX_BANNER: usize = 2_500;

/// Letters outside links that a menu or footer may have; more are text.
const MAX_PLAIN: usize = 400;

/// Letters outside links that a share bar inside the main text may have.
const MAX_LABEL: usize = 60;

/// Programs whose pages are documents from end to end.
const WRITERS: [&str; 8] =
    ["microsoft word", "pandoc", "libreoffice", "openoffice", "staroffice", "word.document", "wps", "google docs"];

/// Whether the page was saved by a word processor.
pub(super) fn is_document(generator: Option<&str>) -> bool {
    let generator = generator.unwrap_or("").to_lowercase();
    WRITERS.iter().any(|writer| generator.contains(writer))
}

/// The page without its boilerplate; of a document, without its table of contents and printed page headers.
pub(super) fn without_boilerplate<'a>(page: &Page<'a>, is_document: bool) -> Page<'a> {
    let total = page.nodes.first().map_or(0, |node| node.letters);
    let mut main_end = 0;
    let kept = page.without(|index, element| {
        let Some(node) = page.nodes.get(index) else { return false };
        if is_main(element) {
            main_end = main_end.max(node.end);
        }
        let block = Block { page, index, node, element, total, in_main: index < main_end };
        block.is_contents() || (!is_document && block.is_boilerplate())
    });
    // Better too much than nothing.
    let nothing = kept.nodes.first().is_none_or(|node| node.letters == 0);
    if nothing { page.clone() } else { kept }
}

/// The position of the main text: `<main>` or the only `<article>`, if it holds most of the text.
pub(super) fn main_root(page: &Page<'_>) -> Option<usize> {
    let total = page.nodes.first().map_or(0, |node| node.letters);
    let most = |index: &usize| page.nodes.get(*index).is_some_and(|node| node.letters * 2 > total);
    let main = page.elements().find(|(_, element)| is_main(element) && element.name() != "article");
    let mut articles = page.elements().filter(|(_, element)| element.name() == "article");
    let article = articles.next().filter(|_| articles.next().is_none());
    main.or(article).map(|(index, _)| index).filter(most)
}

fn is_main(element: &Element) -> bool {
    matches!(element.name(), "main" | "article") || has_role(element, "main")
}

/// An element that may be boilerplate.
struct Block<'a> {
    page: &'a Page<'a>,
    index: usize,
    node: &'a PageNode<'a>,
    element: &'a Element,
    /// Letters of the page.
    total: usize,
    /// Whether it is inside the main text.
    in_main: bool,
}

impl Block<'_> {
    /// A table of contents or a printed header of pages, which word processors write.
    fn is_contents(&self) -> bool {
        let element = self.element;
        let toc = element.classes().any(|class| class.starts_with("MsoToc")) || has_role(element, "doc-toc");
        let contents = element.id().is_some_and(|id| id == "TOC" || id.starts_with("Table of Contents"));
        let furniture = element.name() == "div" && matches!(element.attr("title"), Some("header" | "footer"));
        toc || contents || furniture
    }

    fn is_boilerplate(&self) -> bool {
        let encloses = matches!(self.element.name(), "html" | "body") || is_main(self.element);
        !encloses && self.seems_boilerplate() && !self.holds_notes()
    }

    fn seems_boilerplate(&self) -> bool {
        let is = |name: &str, roles: &[&str]| {
            self.element.name() == name || roles.iter().any(|role| has_role(self.element, role))
        };
        let outside = self.is_small() && (!self.in_main || self.is_linked(3));
        if is("nav", &["navigation", "menu", "menubar", "search", "dialog", "alertdialog"]) {
            return self.is_menu() || self.is_small();
        }
        if is("header", &["banner"]) || self.is_site_header() {
            return outside && !self.has_heading(&["h1", "h2"]);
        }
        if is("footer", &["contentinfo"]) {
            return outside && !self.has_heading(&["h1"]);
        }
        if is("aside", &["complementary"]) && outside {
            return true;
        }
        self.is_named(&COOKIES) && self.is_banner()
            || self.is_named(&COMMENTS) && self.is_comments()
            || self.is_named(&FURNITURE) && (self.is_menu() || self.is_beside(MAX_PLAIN, MAX_LABEL))
            || self.is_named(&ASIDES) && self.is_beside(MAX_PLAIN / 2, 0)
    }

    /// Whether it is small and holds links, or no more letters beside them than this: outside the main text, and
    /// inside it, where a name may be that of a subject.
    fn is_beside(&self, outside: usize, inside: usize) -> bool {
        let most = if self.in_main { inside } else { outside };
        let little = self.is_linked(3) || self.plain() <= most;
        self.is_small() && little && !self.has_heading(&["h1"]) && !self.has_paragraphs()
    }

    fn is_banner(&self) -> bool {
        self.node.letters <= MAX_BANNER && (self.is_small() || self.is_linked(1))
    }

    fn is_site_header(&self) -> bool {
        let named = |name: &str| HEADERS.contains(&words(name).join("-").as_str());
        self.element.name() == "div" && (self.element.classes().any(named) || self.element.id().is_some_and(named))
    }

    /// Whether one of its names has one of these words. An id that is made of a heading ("social-protection") has
    /// other words too, so an id counts only where it is short.
    fn is_named(&self, names: &[&str]) -> bool {
        let named = |name: &str| {
            let words = words(name);
            let has = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
            has(names) && !has(&RELATIONS)
        };
        let is_text =
            matches!(self.element.name(), "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "td" | "a" | "span");
        let id = self.element.id().filter(|id| words(id).len() == 1 || self.is_linked(3));
        !is_text && (self.element.classes().any(named) || id.is_some_and(named))
    }

    fn plain(&self) -> usize {
        self.node.letters - self.node.linked.min(self.node.letters)
    }

    /// Whether so many tenths of its letters are links.
    fn is_linked(&self, tenths: usize) -> bool {
        self.node.linked * 10 >= self.node.letters * tenths
    }

    /// Links and little else.
    fn is_menu(&self) -> bool {
        self.is_linked(6) && !self.has_heading(&["h1"])
    }

    /// Whether most of the page's text is elsewhere.
    fn is_small(&self) -> bool {
        self.node.letters * 2 <= self.total
    }

    /// Whether a heading of these that is no link, and so may be the title of the text, is in it.
    fn has_heading(&self, names: &[&str]) -> bool {
        self.page.inside(self.index).iter().any(|node| {
            let heading = matches!(node.content, Content::Element(element) if names.contains(&element.name()));
            heading && node.letters > node.linked
        })
    }

    /// Whether it has paragraphs as texts have them.
    fn has_paragraphs(&self) -> bool {
        let is_text = |node: &&PageNode<'_>| {
            node.letters - node.linked.min(node.letters) >= LONG
                && matches!(node.content, Content::Element(element) if element.name() == "p")
        };
        self.page.inside(self.index).iter().filter(is_text).nth(1).is_some()
    }

    /// Whether it holds what readers wrote: pieces that are called comments, and nothing of the page's own text.
    fn is_comments(&self) -> bool {
        let inside = || {
            self.page.inside(self.index).iter().skip(1).filter_map(|node| match node.content {
                Content::Element(element) => Some(element),
                Content::Text(_) => None,
            })
        };
        let is_comment = |element: &&Element| {
            element.classes().chain(element.id()).any(|name| words(name).iter().any(|word| word == "comment"))
        };
        inside().filter(is_comment).nth(1).is_some() && !self.has_heading(&["h1"]) && !inside().any(is_main)
    }

    fn holds_notes(&self) -> bool {
        let is_notes = |element: &Element| is_notes_section(element) || has_role(element, "doc-footnote");
        self.page
            .inside(self.index)
            .iter()
            .any(|node| matches!(node.content, Content::Element(element) if is_notes(element)))
    }
}

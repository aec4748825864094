//! [`Styles`]: what the styles of an OpenDocument text say, with those they come from.

use std::collections::BTreeMap;

use super::super::line::{Look, heading_level, is_contents};
use super::super::xml::Element;
use super::lists::ListStyle;

/// Longest name of a style, in bytes: names are compared for each paragraph.
const MAX_NAME: usize = 300;

/// Longest chain of parents.
const MAX_CHAIN: usize = 20;

/// The styles of a file: named ones and those that the program made for single places.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By family and name.
    styles: BTreeMap<(String, String), Definition>,
    /// By name; headings are in the one of [`OUTLINE`].
    lists: BTreeMap<String, ListStyle>,
    /// The language of text that names none.
    pub(super) language: Option<String>,
}

/// Name of the list of headings: no style may have it.
pub(super) const OUTLINE: &str = "";

#[derive(Debug, Default)]
struct Definition {
    /// As people see it.
    name: String,
    parent: Option<String>,
    outline: Option<u8>,
    list: Option<String>,
    breaks_before: Option<bool>,
    run: Run,
}

/// What run properties say; `None` where they say nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Run {
    bold: Option<bool>,
    raised: Option<bool>,
    hidden: Option<bool>,
}

/// A paragraph style with all that it comes from.
#[derive(Debug, Clone, Default)]
pub(super) struct Resolved<'s> {
    /// Level of the heading that it makes.
    pub(super) heading: Option<u8>,
    /// Whether it is that of an entry in a table of contents.
    pub(super) contents: bool,
    /// Name of its list style.
    pub(super) list: Option<&'s str>,
    /// Whether its paragraphs begin a page.
    pub(super) breaks_before: bool,
    /// How its runs look.
    pub(super) run: Run,
}

impl Styles {
    /// Reads `styles.xml` and the styles that `content.xml` begins with.
    pub(super) fn read(styles: Option<Element<'_>>, content: Element<'_>) -> Styles {
        let mut all = Styles::default();
        let groups = styles.into_iter().chain([content]).flat_map(Element::elements);
        for group in groups.filter(|group| matches!(group.name(), "styles" | "automatic-styles")) {
            for element in group.elements() {
                all.read_style(element);
            }
        }
        all
    }

    fn read_style(&mut self, element: Element<'_>) {
        let name = element.attribute("name").filter(|name| name.len() <= MAX_NAME).map(String::from);
        match (element.name(), name) {
            ("style", Some(name)) => {
                let family = element.attribute("family").unwrap_or_default().into_owned();
                self.styles.insert((family, name.clone()), Definition::read(element, &name));
            }
            ("list-style", Some(name)) => {
                self.lists.insert(name, ListStyle::read(element));
            }
            ("outline-style", _) => {
                self.lists.insert(OUTLINE.to_owned(), ListStyle::read(element));
            }
            ("default-style", _) if element.attribute("family").is_some_and(|family| family == "paragraph") => {
                let text = element.child("text-properties");
                let said = |name| text.and_then(|text| text.attribute(name)).filter(|value| value != "none");
                self.language = said("language").map(|language| match said("country") {
                    Some(country) => format!("{language}-{country}"),
                    None => language.into_owned(),
                });
            }
            _ => {}
        }
    }

    /// What a paragraph style says.
    pub(super) fn paragraph(&self, name: &str) -> Resolved<'_> {
        let mut resolved = Resolved::default();
        let mut breaks_before = None;
        let mut list = None;
        for style in self.chain("paragraph", name) {
            resolved.contents |= is_contents(&style.name);
            resolved.heading = resolved.heading.or(style.outline).or_else(|| heading_level(&style.name));
            list = list.or(style.list.as_deref());
            breaks_before = breaks_before.or(style.breaks_before);
            resolved.run = resolved.run.or(style.run);
        }
        // A list style without a name ends the inheritance.
        resolved.list = list.filter(|list| !list.is_empty());
        resolved.breaks_before = breaks_before.unwrap_or(false);
        resolved
    }

    /// What a text style says.
    pub(super) fn text(&self, name: &str) -> Run {
        self.chain("text", name).fold(Run::default(), |run, style| run.or(style.run))
    }

    /// A list style.
    pub(super) fn list(&self, name: &str) -> Option<&ListStyle> {
        self.lists.get(name)
    }

    fn chain<'s>(&'s self, family: &'static str, name: &str) -> impl Iterator<Item = &'s Definition> {
        let find = move |name: &str| self.styles.get(&(family.to_owned(), name.to_owned()));
        std::iter::successors(find(name), move |style| find(style.parent.as_deref()?)).take(MAX_CHAIN)
    }
}

impl Definition {
    fn read(element: Element<'_>, name: &str) -> Definition {
        let paragraph = element.child("paragraph-properties");
        let before = paragraph.and_then(|paragraph| paragraph.attribute("break-before"));
        let master = element.attribute("master-page-name").filter(|name| !name.is_empty());
        Definition {
            name: element.attribute("display-name").map_or_else(|| decoded(name), String::from),
            parent: element.attribute("parent-style-name").map(String::from),
            outline: element.number("default-outline-level"),
            list: element.attribute("list-style-name").map(String::from),
            breaks_before: before.map(|kind| kind == "page").or(master.map(|_| true)),
            run: element.child("text-properties").map(Run::read).unwrap_or_default(),
        }
    }
}

/// The name of a style as people see it: `Heading_20_1` is "Heading 1".
fn decoded(name: &str) -> String {
    name.replace("_20_", " ")
}

impl Run {
    fn read(properties: Element<'_>) -> Run {
        let weight = properties.attribute("font-weight");
        let position = properties.attribute("text-position");
        Run {
            bold: weight.map(|weight| weight == "bold" || weight.parse().is_ok_and(|weight: u32| weight >= 600)),
            raised: position.map(|position| {
                let height = position.split_whitespace().next().unwrap_or("");
                height == "super" || height.trim_end_matches('%').parse().is_ok_and(|height: f32| height > 0.0)
            }),
            hidden: properties.attribute("display").map(|display| display == "none"),
        }
    }

    /// What this says, and where it says nothing, what the other says.
    pub(super) fn or(self, other: Run) -> Run {
        Run {
            bold: self.bold.or(other.bold),
            raised: self.raised.or(other.raised),
            hidden: self.hidden.or(other.hidden),
        }
    }

    /// How text looks that has it.
    pub(super) fn look(self) -> Look {
        let on = |value: Option<bool>| value.unwrap_or(false);
        Look { bold: on(self.bold), raised: on(self.raised), hidden: on(self.hidden) }
    }
}

//! [`Styles`]: what the styles of a Word file say of a paragraph, with what they are based on.

use std::collections::BTreeMap;

use super::super::line::{Look, heading_level, is_contents};
use super::super::xml::Element;

/// Longest id of a style, in bytes: ids are compared for each paragraph.
const MAX_NAME: usize = 300;

/// Longest chain of styles based on one another.
const MAX_CHAIN: usize = 20;

/// The styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Definition>,
    /// The style of paragraphs that name none.
    default: Option<String>,
    /// Properties of all runs.
    run: Run,
    /// The language of text that names none.
    pub(super) language: Option<String>,
}

/// A style with all that it is based on.
#[derive(Debug, Clone, Default)]
pub(super) struct Resolved {
    /// Level of the heading that it makes.
    pub(super) heading: Option<u8>,
    /// Whether it is that of an entry in a table of contents.
    pub(super) contents: bool,
    /// Its list and level.
    pub(super) list: ListPlace,
    /// The style that names the list: this one, or one that it is based on.
    pub(super) list_style: Option<String>,
    /// How its runs look.
    pub(super) run: Run,
}

/// Where a paragraph stands in a list, as far as a style or the paragraph says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ListPlace {
    /// Id of the list (`w:numId`); 0 is none.
    pub(super) list: Option<u32>,
    /// Level, 0 the outermost.
    pub(super) level: Option<usize>,
}

/// What run properties say; `None` where they say nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Run {
    bold: Option<bool>,
    raised: Option<bool>,
    hidden: Option<bool>,
}

#[derive(Debug, Default)]
struct Definition {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: ListPlace,
    run: Run,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(root: Element<'_>) -> Styles {
        let mut styles = Styles::default();
        let defaults = root.child("docDefaults").and_then(|defaults| defaults.child("rPrDefault"));
        if let Some(properties) = defaults.and_then(|defaults| defaults.child("rPr")) {
            styles.run = Run::read(properties);
            styles.language = properties.value("lang").map(String::from);
        }
        for style in root.named("style") {
            let Some(id) = style.attribute("styleId").filter(|id| id.len() <= MAX_NAME) else { continue };
            let paragraph = style.child("pPr");
            let definition = Definition {
                name: style.value("name").unwrap_or_default().into_owned(),
                based_on: style.value("basedOn").map(String::from),
                outline: paragraph.and_then(outline),
                list: paragraph.map(ListPlace::read).unwrap_or_default(),
                run: style.child("rPr").map(Run::read).unwrap_or_default(),
            };
            let is_paragraph = style.attribute("type").is_none_or(|kind| kind == "paragraph");
            if is_paragraph && style.attribute("default").is_some_and(|value| is_on(&value)) {
                styles.default = Some(id.to_string());
            }
            styles.styles.insert(id.into_owned(), definition);
        }
        styles
    }

    /// What a style says; `None` is the style of paragraphs that name none.
    pub(super) fn resolve(&self, id: Option<&str>) -> Resolved {
        let mut resolved = Resolved::default();
        let mut next = id.or(self.default.as_deref());
        for step in 0..MAX_CHAIN {
            let Some(style) = next.and_then(|id| self.styles.get(id)) else { break };
            if step == 0 {
                resolved.contents = is_contents(&style.name);
            }
            let named = heading_level(&style.name);
            // A heading style may say that its text is none: outline level 10.
            resolved.heading = resolved.heading.or(style.outline).or(named);
            if resolved.list.list.is_none() && style.list.list.is_some() {
                resolved.list_style = next.map(str::to_owned);
            }
            resolved.list = resolved.list.or(style.list);
            resolved.run = resolved.run.or(style.run);
            next = style.based_on.as_deref();
        }
        if id.is_some() && next == id && resolved.heading.is_none() {
            // A style that the file does not define still has a name.
            resolved.heading = id.and_then(heading_level);
        }
        resolved.heading = resolved.heading.filter(|level| (1..=9).contains(level));
        resolved
    }

    /// The list that a style names (`w:numStyleLink`).
    pub(super) fn list(&self, id: &str) -> Option<u32> {
        self.styles.get(id)?.list.list
    }

    /// How a run looks in a paragraph of a style.
    pub(super) fn look(&self, paragraph: Run, properties: Option<Element<'_>>) -> Look {
        let direct = properties.map(Run::read).unwrap_or_default();
        let style = properties.and_then(|properties| properties.value("rStyle"));
        let style = style.map(|style| self.resolve(Some(&style)).run).unwrap_or_default();
        let run = direct.or(style).or(paragraph).or(self.run);
        let on = |value: Option<bool>| value.unwrap_or(false);
        Look { bold: on(run.bold), raised: on(run.raised), hidden: on(run.hidden) }
    }
}

/// Level of the heading that paragraph properties make: 10 is running text.
pub(super) fn outline(properties: Element<'_>) -> Option<u8> {
    let level: u8 = properties.child("outlineLvl")?.number("val")?;
    Some(level.min(9) + 1)
}

impl ListPlace {
    /// Reads `w:numPr` of paragraph properties.
    pub(super) fn read(properties: Element<'_>) -> ListPlace {
        let Some(place) = properties.child("numPr") else { return ListPlace::default() };
        ListPlace {
            list: place.child("numId").and_then(|id| id.number("val")),
            level: place.child("ilvl").and_then(|level| level.number("val")),
        }
    }

    /// What this says, and where it says nothing, what the other says.
    pub(super) fn or(self, other: ListPlace) -> ListPlace {
        ListPlace { list: self.list.or(other.list), level: self.level.or(other.level) }
    }
}

impl Run {
    fn read(properties: Element<'_>) -> Run {
        let toggle = |name| properties.child(name).map(|toggle| toggle.attribute("val").is_none_or(|val| is_on(&val)));
        Run {
            bold: toggle("b"),
            hidden: toggle("vanish"),
            raised: properties.value("vertAlign").map(|position| position == "superscript"),
        }
    }

    fn or(self, other: Run) -> Run {
        Run {
            bold: self.bold.or(other.bold),
            raised: self.raised.or(other.raised),
            hidden: self.hidden.or(other.hidden),
        }
    }
}

/// Whether a switch is on.
pub(super) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}

//! What an element says of itself: whether it is seen, begins a block, is bold, which words name it.

use scraper::node::Element;

/// Elements without text of the document.
const UNSEEN: [&str; 37] = [
    "head",
    "script",
    "style",
    "template",
    "noscript",
    "noframes",
    "noembed",
    "svg",
    "iframe",
    "object",
    "embed",
    "applet",
    "audio",
    "video",
    "canvas",
    "map",
    "area",
    "input",
    "select",
    "button",
    "textarea",
    "option",
    "optgroup",
    "datalist",
    "label",
    "progress",
    "meter",
    "output",
    "annotation",
    "annotation-xml",
    "rp",
    "rt",
    "param",
    "source",
    "track",
    "link",
    "meta",
];

/// Elements that stand in a line of text; every other one begins and ends a block.
const INLINE: [&str; 42] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "mark", "nobr", "q", "ruby", "rb", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "br", "math", "mi", "mn", "mo", "mrow",
];

/// Whether nothing of the element is seen.
pub(super) fn is_unseen(element: &Element) -> bool {
    let closed = element.name() == "dialog" && element.attr("open").is_none();
    let hidden = element.attr("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found"))
        || element.attr("aria-hidden").is_some_and(|value| value.trim().eq_ignore_ascii_case("true"));
    let styled = style(element, "display").is_some_and(|value| value.starts_with("none"))
        || style(element, "visibility").is_some_and(|value| value.starts_with("hidden"))
        || style(element, "mso-hide").is_some_and(|value| value == "all");
    UNSEEN.contains(&element.name()) || closed || hidden || styled
}

/// Whether text in front of the element and text in it are apart. Elements of Word (`o:p`) never are.
pub(super) fn is_block(element: &Element) -> bool {
    let name = element.name();
    !INLINE.contains(&name) && !name.contains(':')
}

/// Whether the element is a link to somewhere.
pub(super) fn is_link(element: &Element) -> bool {
    element.name() == "a" && element.attr("href").is_some()
}

/// Whether the element makes its text bold.
pub(super) fn is_bold(element: &Element) -> bool {
    let weight = style(element, "font-weight");
    let heavy = weight
        .as_deref()
        .is_some_and(|weight| weight.starts_with("bold") || weight.parse::<u32>().is_ok_and(|weight| weight >= 600));
    let light = weight.as_deref().is_some_and(|weight| weight.starts_with("normal"));
    heavy || (matches!(element.name(), "b" | "strong") && !light)
}

/// The level of a heading.
pub(super) fn heading_level(element: &Element) -> Option<u8> {
    if has_role(element, "heading") {
        return element.attr("aria-level").map_or(Some(2), |level| level.trim().parse().ok());
    }
    match element.name() {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        "p" => element.classes().any(|class| class == "MsoTitle").then_some(1),
        _ => None,
    }
}

/// Whether the element has a role of ARIA or EPUB.
pub(super) fn has_role(element: &Element, role: &str) -> bool {
    let has = |name| element.attr(name).is_some_and(|roles| roles.split_whitespace().any(|given| given == role));
    has("role")
        || role.strip_prefix("doc-").is_some_and(|role| {
            element.attr("epub:type").is_some_and(|roles| roles.split_whitespace().any(|given| given == role))
        })
}

/// The value of a property in the element's own style, in lower case.
pub(super) fn style(element: &Element, property: &str) -> Option<String> {
    let declarations = element.attr("style")?.split(';').filter_map(|declaration| declaration.split_once(':'));
    let mut values = declarations.filter(|(name, _)| name.trim().eq_ignore_ascii_case(property));
    values.next_back().map(|(_, value)| value.trim().to_ascii_lowercase())
}

/// The words of a name given by a program: `site-Footer_mainNav2` has site, footer, main, nav.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut after_lower = false;
    for c in name.chars() {
        let begins = words.is_empty() || (after_lower && c.is_uppercase());
        if !c.is_alphabetic() {
            words.push(String::new());
        } else if begins {
            words.push(c.to_lowercase().collect());
        } else if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
        after_lower = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Page, parse};
    use super::*;

    #[track_caller]
    fn check(markup: &str, is_sought: impl Fn(&Element) -> bool, expected: bool) {
        let html = parse(&format!("<body>{markup}")).unwrap();
        let sought = html.tree.values().filter_map(|node| node.as_element()).any(is_sought);
        assert_eq!(sought, expected, "{markup}");
        drop(Page::of(&html));
    }

    #[test]
    fn what_is_hidden_is_not_seen() {
        for markup in [
            "<p hidden>",
            "<p aria-hidden=true>",
            "<p style='color: red; DISPLAY:none'>",
            "<dialog>",
            "<p style='visibility: hidden'>",
            "<span style='mso-hide:all'>",
        ] {
            check(markup, |element| element.name() != "head" && is_unseen(element), true);
        }
        for markup in ["<p style='display:block'>", "<p aria-hidden=false>", "<dialog open>", "<p hidden=until-found>"]
        {
            check(markup, |element| element.name() != "head" && is_unseen(element), false);
        }
    }

    #[test]
    fn names_fall_into_words() {
        assert_eq!(words("site-Footer_mainNav2"), ["site", "footer", "main", "nav"]);
        assert_eq!(words("ISCM"), ["iscm"]);
        assert!(words("--").is_empty());
    }

    #[test]
    fn bold_is_what_looks_so() {
        check("<b>", is_bold, true);
        check("<span style='font-weight:700'>", is_bold, true);
        check("<b style='font-weight:normal'>", is_bold, false);
    }
}

//! The head that Markdown writers put in front of a text: names and values between two rules.

use jiff::civil::Date;

use super::super::Properties;

/// Longest head, in bytes.
const MAX_HEAD: usize = 8_000;

/// A text and what its head says.
pub(super) struct Front<'t> {
    /// The file's metadata.
    pub(super) properties: Properties,
    /// The lines of the head that a reader sees: title, subtitle, date.
    pub(super) visible: Vec<String>,
    /// The text behind it.
    pub(super) text: &'t str,
}

/// Takes the head off a text; all of the text where there is none.
pub(super) fn split_front(text: &str) -> Front<'_> {
    let none = || Front { properties: Properties::default(), visible: Vec::new(), text };
    let Some((head, rest)) = head(text) else { return none() };
    let Some(pairs) = pairs(head) else { return none() };
    let value = |name: &str| {
        let found = pairs.iter().find(|(key, value)| key == name && !value.is_empty());
        found.map(|(_, value)| value.clone())
    };
    let properties = Properties {
        title: value("title"),
        language: value("lang").or_else(|| value("language")),
        created: value("date").and_then(|date| date.parse::<Date>().ok()),
        ..Properties::default()
    };
    let visible = ["title", "subtitle", "date"].into_iter().filter_map(value).collect();
    Front { properties, visible, text: rest }
}

/// The lines between `---` at the very beginning and the next `---` or `...`, and what follows.
fn head(text: &str) -> Option<(&str, &str)> {
    let body = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"))?;
    let mut end = 0;
    for line in body.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((body.get(..end)?, body.get(end + line.len()..)?));
        }
        end += line.len();
        if end > MAX_HEAD {
            return None;
        }
    }
    None
}

/// Names and values; `None` if a line is neither a pair nor goes on with one, so that this is no head.
fn pairs(head: &str) -> Option<Vec<(String, String)>> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for line in head.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if line.starts_with([' ', '\t', '-']) {
            let (_, value) = pairs.last_mut()?;
            if !value.is_empty() {
                value.push(' ');
            }
            value.push_str(unquoted(line.trim()));
            continue;
        }
        let (name, value) = line.split_once(':')?;
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        let value = value.trim();
        let value = if matches!(value, "|" | ">" | "|-" | ">-") { "" } else { unquoted(value) };
        pairs.push((name.to_lowercase(), value.to_owned()));
        if !is_name {
            return None;
        }
    }
    (!pairs.is_empty()).then_some(pairs)
}

fn unquoted(value: &str) -> &str {
    let inner = |quote| value.strip_prefix(quote).and_then(|value| value.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_metadata_and_its_title_is_text() {
        let front =
            split_front("---\ntitle: \"Report: a study\"\nlang: es\ndate: 2010-05-04\nauthor:\n- A\n---\n\nText");
        assert_eq!(front.properties.title.as_deref(), Some("Report: a study"));
        assert_eq!(front.properties.language.as_deref(), Some("es"));
        assert_eq!(front.properties.created, Some(jiff::civil::date(2010, 5, 4)));
        assert_eq!(front.visible, ["Report: a study", "2010-05-04"]);
        assert_eq!(front.text, "\nText");
    }

    #[test]
    fn rules_around_text_are_no_head() {
        for text in [
            "---\n\nText: of it\nmore\n---\n",
            "---\nOne sentence. It says: this\n---\n",
            "---\ntitle: x",
            "Text\n---\na: b\n---\n",
            "---\n---\n",
        ] {
            assert_eq!(split_front(text).text, text);
        }
    }
}

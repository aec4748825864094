//! A [`Reference`] as BibTeX, for BibTeX and BibLaTeX alike: each reads its own fields of the date and the place and
//! leaves the other's.

use rcp_corpus::model::Precision;

use super::Reference;

/// The macros that BibTeX knows for months.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl Reference {
    /// One BibTeX entry; entries may follow each other. Its key is the id of the document (`id:p21` for a passage): ASCII,
    /// the same in every answer, and different from all others.
    #[must_use]
    pub fn bibtex(&self) -> String {
        let mut entry = Entry(format!("@techreport{{{}", self.key(':')));
        // The inner braces keep styles from changing capitals, and names from being parted.
        entry.field("title", &format!("{{{}}}", escaped(&self.title)));
        let authors: Vec<String> = self.processes.iter().map(|name| format!("{{{}}}", escaped(name))).collect();
        entry.field("author", &authors.join(" and "));
        entry.field("institution", authors.first().map_or("", String::as_str));
        entry.text("type", self.document_type.as_deref());
        entry.text("series", self.event.as_deref());
        entry.text("address", self.venue.as_deref());
        entry.field("year", &self.year().map(|year| format!("{year:04}")).unwrap_or_default());
        if let Some((day, Precision::Day | Precision::Month)) = self.day()
            && let Some(month) = usize::try_from(day.month() - 1).ok().and_then(|month| MONTHS.get(month))
        {
            entry.bare("month", month);
        }
        entry.field("date", &self.date.map(|date| date.to_string()).unwrap_or_default());
        let languages: Vec<&str> = self.languages.iter().map(|language| language.code()).collect();
        entry.field("language", &languages.join(" and "));
        let pages =
            self.pages.map(|(first, last)| if last > first { format!("{first}--{last}") } else { first.to_string() });
        entry.field("pages", &pages.unwrap_or_default());
        entry.text("note", self.place.as_deref());
        entry.field("url", self.url.as_deref().unwrap_or_default());
        entry.0.push_str("\n}\n");
        entry.0
    }
}

struct Entry(String);

impl Entry {
    /// A field whose value is escaped already, unless there is nothing to say.
    fn field(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.bare(name, &format!("{{{value}}}"));
        }
    }

    fn text(&mut self, name: &str, value: Option<&str>) {
        self.field(name, &escaped(value.unwrap_or_default()));
    }

    fn bare(&mut self, name: &str, value: &str) {
        self.0.push_str(&format!(",\n  {name} = {value}"));
    }
}

/// Characters that TeX joins to another one where they stand twice: `--` is a dash.
const JOINED: &str = "-',<>";

/// The text with all that TeX gives a meaning written as the character itself. Braces have names: escaped by a backslash
/// they would still count where BibTeX looks for the end of a field. Accents stay as UTF-8.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut previous = None;
    for c in text.chars() {
        if previous == Some(c) && JOINED.contains(c) {
            escaped.push_str("{}");
        }
        previous = Some(c);
        match c {
            '`' => escaped.push_str("{\\textasciigrave}"),
            '&' | '%' | '$' | '#' | '_' => escaped.extend(['\\', c]),
            '\\' => escaped.push_str("{\\textbackslash}"),
            '{' => escaped.push_str("{\\textbraceleft}"),
            '}' => escaped.push_str("{\\textbraceright}"),
            '~' => escaped.push_str("{\\textasciitilde}"),
            '^' => escaped.push_str("{\\textasciicircum}"),
            _ => escaped.push(c),
        }
    }
    escaped
}

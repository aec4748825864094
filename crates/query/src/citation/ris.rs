//! A [`Reference`] as RIS, the format that every reference manager reads.
//!
//! A record is lines of a tag of two characters, two spaces, a hyphen, a space and a value, from `TY` to `ER`, each ended
//! by CR LF. What the tags mean depends on the type; those of a report (`RPRT`) are here. A value has no line breaks,
//! so no title can begin a tag of its own.

use rcp_corpus::model::Precision;

use super::Reference;

impl Reference {
    /// One RIS record; records may follow each other.
    #[must_use]
    pub fn ris(&self) -> String {
        let mut record = Record(String::new());
        record.line("TY", "RPRT");
        record.line("ID", &self.key('#'));
        record.line("TI", &self.title);
        // A comma parts a family name from a given one: a process with one in its name is the publisher alone.
        for process in self.processes.iter().filter(|name| !name.contains(',')) {
            record.line("AU", process);
        }
        record.line_of("T2", self.event.as_deref());
        record.line_of("M3", self.document_type.as_deref());
        record.line_of("PY", self.year().map(|year| format!("{year:04}")).as_deref());
        record.line_of("DA", self.ris_date().as_deref());
        record.line_of("CY", self.venue.as_deref());
        record.line_of("PB", self.processes.first().map(String::as_str));
        let languages: Vec<&str> = self.languages.iter().map(|language| language.code()).collect();
        record.line("LA", &languages.join(", "));
        if let Some((first, last)) = self.pages {
            record.line("SP", &first.to_string());
            if last > first {
                record.line("EP", &last.to_string());
            }
        }
        record.line_of("SE", self.place.as_deref());
        record.line_of("UR", self.url.as_deref());
        record.0.push_str("ER  - \r\n");
        record.0
    }

    /// `2005/04/14/`, `2004/05//`, `2011///`: no more than is known.
    fn ris_date(&self) -> Option<String> {
        let (day, precision) = self.day()?;
        Some(match precision {
            Precision::Day => day.strftime("%Y/%m/%d/").to_string(),
            Precision::Month => day.strftime("%Y/%m//").to_string(),
            Precision::Year => day.strftime("%Y///").to_string(),
        })
    }
}

struct Record(String);

impl Record {
    /// A line, unless there is nothing to say.
    fn line(&mut self, tag: &str, value: &str) {
        if !value.is_empty() {
            self.0.push_str(&format!("{tag}  - {value}\r\n"));
        }
    }

    fn line_of(&mut self, tag: &str, value: Option<&str>) {
        self.line(tag, value.unwrap_or_default());
    }
}

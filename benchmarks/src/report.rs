//! [`Report`]: what was measured, as tables that a person reads and as JSON.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;

use crate::measure::Summary;

/// Everything that was measured in one go.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Under which circumstances: name and value.
    pub circumstances: Vec<(String, String)>,
    /// The tables, in the order in which they were made.
    pub sections: Vec<Section>,
}

/// One table.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// What it is about.
    pub title: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Its rows: texts and numbers.
    pub rows: Vec<Vec<Value>>,
    /// What a reader should know.
    pub notes: Vec<String>,
}

impl Section {
    /// A table without rows.
    #[must_use]
    pub fn new(title: &str, columns: &[&str]) -> Section {
        let columns = columns.iter().map(|&column| column.to_owned()).collect();
        Section { title: title.to_owned(), columns, rows: Vec::new(), notes: Vec::new() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Value>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Adds a remark.
    pub fn note(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let mut text = format!("\n### {}\n\n{}", self.title, line(&self.columns));
        let rule: Vec<String> = (0..self.columns.len()).map(|at| if at == 0 { "---" } else { "---:" }.into()).collect();
        text.push_str(&line(&rule));
        for row in &self.rows {
            text.push_str(&line(&row.iter().map(cell).collect::<Vec<_>>()));
        }
        for note in &self.notes {
            let _ = write!(text, "\n{note}\n");
        }
        text
    }
}

impl Report {
    /// The circumstances as Markdown.
    #[must_use]
    pub fn heading(&self) -> String {
        let lines = self.circumstances.iter().map(|(name, value)| format!("- {name}: {value}\n"));
        format!("## rcp-search: benchmarks\n\n{}", lines.collect::<String>())
    }
}

/// p50, p90, p99 and max as cells.
#[must_use]
pub fn latency_cells(summary: Summary) -> [Value; 4] {
    [summary.p50, summary.p90, summary.p99, summary.max].map(Value::from)
}

/// A number with three digits that matter.
fn cell(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => {
            let number = number.as_f64().unwrap_or(f64::NAN);
            let decimals = match number.abs() {
                size if size >= 100.0 => 0,
                size if size >= 10.0 => 1,
                size if size >= 1.0 => 2,
                _ => 3,
            };
            format!("{number:.decimals$}")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_table_is_markdown_with_short_numbers() {
        let mut section = Section::new("Search", &["shape", "p50 ms", "runs"]);
        section.row([json!("1 word"), json!(0.12345), json!(200)]);
        section.row([json!("all"), json!(1234.5), json!(200)]);
        section.note("One client.");
        let expected = "\n### Search\n\n| shape | p50 ms | runs |\n| --- | ---: | ---: |\n\
                        | 1 word | 0.123 | 200 |\n| all | 1234 | 200 |\n\nOne client.\n";
        assert_eq!(section.markdown(), expected);
    }
}

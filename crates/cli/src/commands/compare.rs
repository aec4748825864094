//! `rcp-search compare`: a table of two facets on the command line.

use console::{measure_text_width, truncate_str};
use rcp_query::compare::{CompareRequest, CompareResponse, Counts};
use rcp_query::request::{SearchRequest, Unit};
use rcp_query::{Scope, Searcher};

use super::search::request::{add_filters, language};
use super::search::wrong_name;
use crate::args::CompareArgs;
use crate::commands::{Outcome, settings, wrong_usage};
use crate::terminal::{self, Style};

/// Widest label of a row, in columns.
const LABEL_WIDTH: usize = 32;
/// Space between two columns.
const GAP: usize = 2;

pub(crate) fn run(args: &CompareArgs) -> anyhow::Result<Outcome> {
    if let Some(wrong) = args.filters.reversed_range() {
        return Ok(wrong_usage(wrong.to_owned()));
    }
    let request = request(args);
    let searcher = Searcher::open(&args.places.index, settings(&args.places.config)?)?;
    let response = match searcher.snapshot().compare(&Scope::public(), &request) {
        Err(error) => match wrong_name(&error) {
            Some(wrong) => return Ok(wrong_usage(wrong)),
            None => return Err(error.into()),
        },
        Ok(response) => response,
    };
    if args.json {
        terminal::line(&rcp_server::compare_json(&searcher, &request, response)?)?;
    } else if args.csv {
        terminal::line(rcp_server::compare_csv(response)?.trim_end())?;
    } else {
        lines(&response, args.rate, Style::stdout()).iter().try_for_each(|line| terminal::line(line))?;
    }
    Ok(Outcome::Done)
}

fn request(args: &CompareArgs) -> CompareRequest {
    let mut search = SearchRequest::new(Unit::Passages, &args.query.join(" "));
    add_filters(&args.filters, &mut search);
    search.match_mode = args.match_mode.mode();
    search.expand = !args.no_expand;
    search.ui = language(args.ui);
    let mut request = CompareRequest::new(search, &args.rows, &args.cols);
    (request.limit_rows, request.limit_columns) = (usize::from(args.limit_rows), usize::from(args.limit_cols));
    // The table shows numbers alone; where it has too many cells, so do the other forms.
    let cells = request.limit_rows * request.limit_columns;
    request.best = (args.json || args.csv) && cells <= CompareRequest::MAX_BEST;
    request
}

/// The table for a person: the columns that fit.
fn lines(response: &CompareResponse, is_rate: bool, style: Style) -> Vec<String> {
    let CompareResponse { total, rows, columns, cells, .. } = response;
    let passages = terminal::count(total.passages, "passage");
    let found = style.bold(&format!("{passages} found"));
    let documents = terminal::count(total.documents, "document");
    let mut lines = vec![format!("{found} {}", style.faint(&format!("of {} in {documents}", total.all_passages)))];
    for warning in &response.interpretation.warnings {
        lines.push(style.paragraph("", &terminal::plain(&format!("note: {}", warning.message))));
    }
    if rows.values.is_empty() {
        return lines;
    }
    let unit = if is_rate { "matching passages of each 1,000" } else { "matching passages" };
    lines.push(style.faint(&format!("{unit}, {} by {}", rows.facet, columns.facet)));
    let number = |counts: Counts| match (counts.passages, is_rate) {
        (0, _) => "·".to_owned(),
        (_, true) => format!("{:.1}", counts.rate()),
        (passages, false) => passages.to_string(),
    };
    let labels: Vec<String> = rows
        .values
        .iter()
        .map(|row| truncate_str(&terminal::plain(&row.label), LABEL_WIDTH, "…").into_owned())
        .chain(["all".to_owned()])
        .collect();
    // Total first, so that it is there however few columns fit.
    let mut table: Vec<Vec<String>> = vec![
        ["all".to_owned()]
            .into_iter()
            .chain(columns.values.iter().map(|value| terminal::plain(&value.value)))
            .collect(),
    ];
    for (row, cells) in rows.values.iter().zip(cells) {
        table.push([row.counts].into_iter().chain(cells.iter().map(|cell| cell.counts)).map(number).collect());
    }
    table.push([*total].into_iter().chain(columns.values.iter().map(|column| column.counts)).map(number).collect());
    let widths: Vec<usize> = (0..table[0].len())
        .map(|column| table.iter().map(|line| measure_text_width(&line[column])).max().unwrap_or_default())
        .collect();
    let label_width = labels.iter().map(|label| measure_text_width(label)).max().unwrap_or_default();
    let fitting = fitting(label_width, &widths, style.width());
    let labels = [String::new()].into_iter().chain(labels);
    for (place, (label, numbers)) in labels.zip(&table).enumerate() {
        let mut line = padded(&label, label_width, false);
        for (number, width) in numbers.iter().zip(&widths).take(fitting) {
            line.push_str(&" ".repeat(GAP));
            line.push_str(&padded(number, *width, true));
        }
        lines.push(if place == 0 { style.bold(&line) } else { line });
    }
    let hidden = table[0].len() - fitting;
    if hidden > 0 {
        lines.push(
            style.faint(&format!(
                "{} more where there is room, or with --csv",
                terminal::count(hidden as u64, "column")
            )),
        );
    }
    for (axis, option) in [(rows, "--limit-rows"), (columns, "--limit-cols")] {
        let shown = axis.values.iter().filter(|value| value.value != rcp_query::facets::NO_VALUE).count();
        if shown < axis.total_values {
            let most = axis.total_values.min(usize::from(CompareRequest::MAX_LIMIT));
            let note = format!("{shown} of {} values of {}; more: {option} {most}", axis.total_values, axis.facet);
            lines.push(style.faint(&note));
        }
    }
    if response.partial {
        lines.push("note: this takes too much work; the numbers are of a part of the documents".to_owned());
    }
    lines
}

/// How many columns fit beside the labels, at least one.
fn fitting(label_width: usize, widths: &[usize], width: Option<usize>) -> usize {
    let Some(most) = width else { return widths.len() };
    let mut end = label_width;
    let fits = |columns: &&usize| {
        end += GAP + **columns;
        end <= most
    };
    widths.iter().take_while(fits).count().max(1)
}

fn padded(text: &str, width: usize, to_the_right: bool) -> String {
    let space = " ".repeat(width.saturating_sub(measure_text_width(text)));
    if to_the_right { format!("{space}{text}") } else { format!("{text}{space}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_fit_are_shown() {
        assert_eq!(fitting(10, &[3, 4, 4], None), 3);
        assert_eq!(fitting(10, &[3, 4, 4], Some(27)), 3);
        assert_eq!(fitting(10, &[3, 4, 4], Some(26)), 2);
        assert_eq!(fitting(10, &[3, 4, 4], Some(5)), 1);
    }
}

//! What was measured, for a person and for scripts.

use serde_json::{Map, Value, json};

use super::measures::Measures;
use super::{Evaluated, Evaluation};
use crate::terminal;

/// For scripts.
pub(super) fn json(evaluation: &Evaluation, per_query: bool) -> Value {
    let mut json = json!({
        "measures": measures(&evaluation.mean),
        "queries": evaluation.queries.len(),
        "documents": evaluation.documents,
        "unsearchable": evaluation.unsearchable,
    });
    if per_query {
        let query = |query: &Evaluated| (query.id.clone(), measures(&query.measures));
        json["per_query"] = evaluation.queries.iter().map(query).collect::<Map<String, Value>>().into();
    }
    json
}

fn measures(measures: &Measures) -> Value {
    measures.named().into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect::<Map<_, _>>().into()
}

/// For a person: the means, and where asked for each query, the worst nDCG first.
pub(super) fn lines(evaluation: &Evaluation, per_query: bool) -> Vec<String> {
    let documents = terminal::count(evaluation.documents as u64, "document");
    let without = match evaluation.unsearchable {
        0 => String::new(),
        number => format!(" ({number} cannot be searched)"),
    };
    let queries = evaluation.queries.len();
    let mut lines = vec![
        format!("{documents}{without}, queries: {queries}"),
        row(&evaluation.mean.named().map(|(name, _)| name.to_owned()), ""),
        row(&values(&evaluation.mean), "mean"),
    ];
    if per_query {
        let mut queries: Vec<&Evaluated> = evaluation.queries.iter().collect();
        queries.sort_by(|a, b| a.measures.ndcg.total_cmp(&b.measures.ndcg));
        let line = |query: &&Evaluated| {
            row(&values(&query.measures), &terminal::plain(&format!("{}: {}", query.id, query.text)))
        };
        lines.extend(queries.iter().map(line));
    }
    lines
}

fn values(measures: &Measures) -> [String; 4] {
    measures.named().map(|(_, value)| format!("{value:.4}"))
}

fn row(cells: &[String; 4], name: &str) -> String {
    let cells: String = cells.iter().map(|cell| format!("{cell:>7}  ")).collect();
    format!("{cells}{name}").trim_end().to_owned()
}

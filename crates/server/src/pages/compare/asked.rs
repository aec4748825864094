//! [`Asked`]: what the address of a comparison says, as it was typed; the form shows it again, also where it is wrong.

use rcp_corpus::taxonomy::Taxonomy;
use rcp_query::facets::label;

use crate::pages::address::address;
use crate::pages::concept::facet_name;
use crate::pages::frame::Frame;
use crate::params::Measure;
use crate::problem::ApiError;

/// The parameters that the form has fields for, with what an empty one means.
const FIELDS: [(&str, &str); 6] = [
    ("q", ""),
    ("rows", "rcp"),
    ("cols", "year"),
    ("measure", "documents"),
    ("limit_rows", "10"),
    ("limit_cols", "10"),
];

/// What narrows a comparison down beside facets.
const OTHERS: [&str; 10] = [
    "year_from",
    "year_to",
    "date_from",
    "date_to",
    "added_since",
    "match",
    "expand",
    "expand_exclude",
    "correct",
    "document",
];

/// The parameters of an address, but for those of the form that are as they are without them.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    fields: Vec<(&'static str, String)>,
    filters: Vec<(String, String)>,
}

/// The form: its fields as they are filled.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) q: String,
    pub(super) limit_rows: String,
    pub(super) limit_cols: String,
    pub(super) rows: Vec<Choice>,
    pub(super) cols: Vec<Choice>,
    pub(super) measures: Vec<Choice>,
    /// What else is sent on.
    pub(super) hidden: Vec<(String, String)>,
}

/// A value to choose.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) is_chosen: bool,
}

/// A filter and the address without it.
#[derive(Debug)]
pub(super) struct Chip {
    pub(super) label: String,
    pub(super) url: String,
}

impl Asked {
    /// Reads a query string.
    pub(super) fn of(query: &str, facets: &[String]) -> Asked {
        let given: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .filter(|(_, value)| !value.trim().is_empty())
            .collect();
        let field = |&(field, default): &(&'static str, &str)| {
            let value = given.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone());
            value.filter(|value| value != default).map(|value| (field, value))
        };
        let is_facet = |name: &str| facets.iter().any(|facet| facet == name.strip_prefix("not_").unwrap_or(name));
        let is_filter = |(name, _): &&(String, String)| is_facet(name) || OTHERS.contains(&name.as_str());
        Asked {
            fields: FIELDS.iter().filter_map(field).collect(),
            filters: given.iter().filter(is_filter).cloned().collect(),
        }
    }

    /// The words that are looked for.
    pub(super) fn words(&self) -> &str {
        self.field("q")
    }

    fn field(&self, name: &str) -> &str {
        let default = FIELDS.iter().find(|(field, _)| *field == name).map_or("", |(_, default)| default);
        self.fields.iter().find(|(field, _)| *field == name).map_or(default, |(_, value)| value)
    }

    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.fields.iter().map(|(name, value)| (*name, value.as_str()));
        fields.chain(self.filters.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// Address of this comparison with the best passage of a cell.
    pub(super) fn with_cell(&self, row: &str, column: &str) -> String {
        let cell = format!("{row},{column}");
        address("/compare", self.pairs().chain([("cell", cell.as_str())]))
    }

    /// Address of this comparison without a field or filter, or of another value of it.
    fn without(&self, left_out: (&str, &str)) -> String {
        address("/compare", self.pairs().filter(|pair| *pair != left_out))
    }

    /// Address of this comparison without its words.
    pub(super) fn without_words(&self) -> String {
        self.without(("q", self.words()))
    }

    /// Address of a search for the documents of a part of the table: what is asked, and these values instead of what
    /// their facets were filtered by.
    pub(super) fn search(&self, values: &[(&str, &str)]) -> String {
        let words = Some(("q", self.words())).filter(|(_, words)| !words.is_empty());
        let kept = self.filters.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let kept = kept.filter(|(name, _)| values.iter().all(|(facet, _)| facet != name));
        address("/search", words.into_iter().chain(kept).chain(values.iter().copied()))
    }

    /// The filters, each with the address without it.
    pub(super) fn chips(&self, taxonomy: &Taxonomy, frame: &Frame) -> Vec<Chip> {
        let t = frame.t;
        let chip = |(name, value): &(String, String)| {
            let facet = name.strip_prefix("not_").unwrap_or(name);
            let label = match name.as_str() {
                "year_from" => t.with("compare-from", value),
                "year_to" => t.with("compare-to", value),
                other if OTHERS.contains(&other) => format!("{other}: {value}"),
                _ => {
                    let label = label(taxonomy, facet, value, t.language());
                    let label = format!("{}: {label}", facet_name(facet, taxonomy, frame));
                    if facet == name { label } else { t.with("compare-not", label) }
                }
            };
            Chip { label, url: frame.href(&self.without((name, value))) }
        };
        self.filters.iter().map(chip).collect()
    }
}

impl Form {
    pub(super) fn new(asked: &Asked, facets: &[String], taxonomy: &Taxonomy, frame: &Frame) -> Form {
        let axis = |field: &str| {
            let facet = |facet: &String| Choice {
                label: facet_name(facet, taxonomy, frame),
                is_chosen: asked.field(field) == facet,
                value: facet.clone(),
            };
            facets.iter().map(facet).collect()
        };
        let measures = [
            (Measure::Documents, "measure-documents"),
            (Measure::Passages, "measure-passages"),
            (Measure::Share, "measure-share"),
        ];
        let measure = |(measure, message): (Measure, &str)| Choice {
            label: frame.t.say(message),
            is_chosen: asked.field("measure") == measure.word(),
            value: measure.word().to_owned(),
        };
        Form {
            q: asked.words().to_owned(),
            limit_rows: asked.field("limit_rows").to_owned(),
            limit_cols: asked.field("limit_cols").to_owned(),
            rows: axis("rows"),
            cols: axis("cols"),
            measures: measures.map(measure).into(),
            hidden: asked.filters.clone(),
        }
    }
}

/// What cannot be read.
#[derive(Debug)]
pub(super) struct Complaint {
    /// The parameter; empty where it is the whole.
    pub(super) name: String,
    /// What is wrong with it, in English.
    pub(super) words: String,
}

/// What a problem says of each parameter.
pub(super) fn complaints(problem: &ApiError) -> Vec<Complaint> {
    if problem.invalid_params.is_empty() {
        return vec![Complaint { name: String::new(), words: problem.detail.clone() }];
    }
    let complaint = |param: &crate::problem::InvalidParam| {
        let meant = param.nearest.join(", ");
        let meant = if meant.is_empty() { meant } else { format!(" (nearest: {meant})") };
        Complaint { name: param.name.clone(), words: format!("{} {}{meant}", param.name, param.reason) }
    };
    problem.invalid_params.iter().map(complaint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str) -> Asked {
        Asked::of(query, &["rcp", "year", "theme"].map(str::to_owned))
    }

    #[test]
    fn what_is_default_empty_or_unknown_is_in_no_address() {
        let asked = asked("q=a+b&rows=rcp&cols=theme&limit_rows=10&theme=&utm_source=x&not_rcp=rcm&ui=fr&cell=a,b");
        assert_eq!(asked.without_words(), "/compare?cols=theme&not_rcp=rcm");
        assert_eq!(asked.with_cell("rcm", "2013"), "/compare?q=a+b&cols=theme&not_rcp=rcm&cell=rcm%2C2013");
    }

    #[test]
    fn a_cell_leads_to_the_search_for_its_values_in_place_of_others() {
        let asked = asked("q=a&rcp=rcm&rcp=sacm&theme=health&year_from=2000");
        let expected = "/search?q=a&theme=health&year_from=2000&rcp=cmc&year=2013";
        assert_eq!(asked.search(&[("rcp", "cmc"), ("year", "2013")]), expected);
    }
}

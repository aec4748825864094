//! `rcp-search search`: a query on the command line.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use rcp_corpus::model::Language;
use rcp_query::request::{MatchMode, SearchRequest, Sort, Unit};
use rcp_query::response::{EvidencePassage, Facet, FacetValue, Hits, SearchResponse};
use rcp_query::{Scope, SearchError, Searcher};

use crate::args::{FilterArgs, MatchArg, SearchArgs, SortArg, UiArg};
use crate::commands::{Outcome, settings};
use crate::terminal::{self, Style};

pub(crate) fn run(args: &SearchArgs) -> anyhow::Result<Outcome> {
    let request = request(args);
    if let Some(wrong) = reversed_range(&request) {
        terminal::error(&anyhow::anyhow!(wrong));
        return Ok(Outcome::WrongUsage);
    }
    let settings = settings(&args.places.config)?;
    let searcher = Searcher::open(&args.places.index, settings)?;
    let response = match searcher.search(&Scope::public(), &request) {
        Err(error @ (SearchError::UnknownFacet { .. } | SearchError::UnknownValue { .. })) => {
            terminal::error(&error.into());
            return Ok(Outcome::WrongUsage);
        }
        response => response?,
    };
    if args.json {
        let json = rcp_server::search_json(&searcher, &request, response)?;
        terminal::line(&json)?;
    } else {
        print(&response)?;
    }
    Ok(Outcome::Done)
}

fn request(args: &SearchArgs) -> SearchRequest {
    let unit = if args.passages_only { Unit::Passages } else { Unit::Documents };
    let mut request = SearchRequest::new(unit, &args.query);
    add_filters(&args.filters, &mut request);
    request.match_mode = match args.match_mode {
        MatchArg::Most => MatchMode::Most,
        MatchArg::All => MatchMode::All,
        MatchArg::Any => MatchMode::Any,
    };
    request.sort = match args.sort {
        SortArg::Relevance => Sort::Relevance,
        SortArg::Newest => Sort::DateDescending,
        SortArg::Oldest => Sort::DateAscending,
        SortArg::Title => Sort::Title,
        SortArg::Added => Sort::AddedDescending,
    };
    request.ui = match args.ui {
        UiArg::En => Language::En,
        UiArg::Es => Language::Es,
        UiArg::Fr => Language::Fr,
    };
    request.limit = usize::from(args.limit);
    request.offset = usize::from(args.offset);
    request.passages = usize::from(args.passages);
    request.facets.clone_from(&args.facets);
    request
}

fn add_filters(filters: &FilterArgs, request: &mut SearchRequest) {
    let facets = [
        ("rcp", &filters.rcp),
        ("mentions", &filters.mentions),
        ("theme", &filters.theme),
        ("region", &filters.region),
        ("country", &filters.country),
        ("type", &filters.document_type),
        ("lang", &filters.lang),
        ("event", &filters.event),
        ("process_type", &filters.process_type),
        ("year", &filters.year),
    ];
    for (facet, values) in facets.into_iter().filter(|(_, values)| !values.is_empty()) {
        request.filters.entry(facet.to_owned()).or_default().include.extend(values.iter().cloned());
    }
    for (facet, value) in &filters.not {
        request.filters.entry(facet.clone()).or_default().exclude.push(value.clone());
    }
    request.year_from = filters.year_from;
    request.year_to = filters.year_to;
    request.date_from = filters.date_from.as_ref().map(|days| days.start);
    request.date_to = filters.date_to.as_ref().map(|days| days.end);
    let midnight = |day: Date| TimeZone::UTC.to_timestamp(day.to_datetime(Time::midnight())).ok();
    request.added_since = filters.added_since.and_then(midnight);
}

/// What is wrong with ranges that nothing can be in.
fn reversed_range(request: &SearchRequest) -> Option<&'static str> {
    if matches!((request.year_from, request.year_to), (Some(from), Some(to)) if from > to) {
        return Some("--year-from must not be after --year-to");
    }
    let dates = (request.date_from, request.date_to);
    matches!(dates, (Some(from), Some(to)) if from > to).then_some("--date-from must not be after --date-to")
}

fn print(response: &SearchResponse) -> std::io::Result<()> {
    let style = Style::stdout();
    print_summary(response, style)?;
    match &response.hits {
        Hits::Documents(hits) => {
            for hit in hits {
                print_citation(&hit.citation, style)?;
                terminal::line(&style.faint(&format!("  {}", hit.document.id)))?;
                for passage in &hit.passages {
                    print_passage(passage, style)?;
                }
                let more = hit.passages_total.saturating_sub(hit.passages.len() as u64);
                if more > 0 {
                    terminal::line(&style.faint(&format!("  and {} more", terminal::count(more, "passage"))))?;
                }
            }
        }
        Hits::Passages(hits) => {
            for hit in hits {
                print_citation(&hit.passage.citation, style)?;
                print_passage(&hit.passage, style)?;
            }
        }
    }
    response.facets.iter().try_for_each(|facet| print_facet(facet, style))
}

fn print_summary(response: &SearchResponse, style: Style) -> std::io::Result<()> {
    let coverage = &response.coverage;
    let held = format!("in {} searchable of {}", coverage.searchable, terminal::count(coverage.documents, "document"));
    let unit = match &response.hits {
        Hits::Documents(_) => "document",
        Hits::Passages(_) => "passage",
    };
    let found = style.bold(&format!("{} found", terminal::count(response.total, unit)));
    terminal::line(&format!("{found} {}", style.faint(&held)))?;
    if let Some(relaxed) = response.interpretation.relaxed {
        let (required, words) = (relaxed.required, relaxed.words);
        terminal::line(&format!(
            "nothing has all that was asked for; these have at least {required} of {words} words"
        ))?;
    }
    for warning in &response.interpretation.warnings {
        terminal::line(&style.paragraph("", &format!("note: {}", terminal::plain(&warning.message))))?;
    }
    if response.total == 0 {
        terminal::line("try --match any, other words, or fewer filters")?;
    }
    Ok(())
}

fn print_citation(citation: &str, style: Style) -> std::io::Result<()> {
    let heading = style.paragraph("", &style.bold(&terminal::plain(citation)));
    terminal::line(&format!("\n{heading}"))
}

fn print_passage(passage: &EvidencePassage, style: Style) -> std::io::Result<()> {
    let mark = |segment: &rcp_query::response::Segment| {
        let text = terminal::plain(&segment.text);
        if segment.matched { style.mark(&text) } else { text }
    };
    let text: String = passage.segments.iter().map(mark).collect();
    terminal::line(&style.paragraph("  ", &format!("{} {text}", style.faint(&terminal::plain(&passage.label)))))
}

fn print_facet(facet: &Facet, style: Style) -> std::io::Result<()> {
    terminal::line(&format!("\n{}", style.bold(&facet.name)))?;
    facet.values.iter().try_for_each(|value| print_value(value, 0))
}

// As deep as the scheme: the loader refuses circles.
fn print_value(value: &FacetValue, depth: usize) -> std::io::Result<()> {
    let chosen = if value.selected { "*" } else { " " };
    let label = terminal::plain(&value.label);
    let name = if label == value.value { label } else { format!("{label} ({})", value.value) };
    terminal::line(&format!("{chosen} {:>6}  {:indent$}{name}", value.count, "", indent = depth * 2))?;
    value.children.iter().try_for_each(|child| print_value(child, depth + 1))
}

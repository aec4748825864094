//! The filters of a search: the same as those of the API.

use clap::Args;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use rcp_corpus::model::{DateRange, DocumentId};

/// Which documents are looked at. Values of one facet are joined by OR, facets by AND.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct FilterArgs {
    /// Process it belongs to; may be repeated, as every filter of ids.
    #[arg(long, value_name = "ID")]
    pub(crate) rcp: Vec<String>,
    /// Process it mentions.
    #[arg(long, value_name = "ID")]
    pub(crate) mentions: Vec<String>,
    /// Theme; its subthemes are included.
    #[arg(long, value_name = "ID")]
    pub(crate) theme: Vec<String>,
    /// Region; those within it are included.
    #[arg(long, value_name = "ID")]
    pub(crate) region: Vec<String>,
    /// Country that is mentioned.
    #[arg(long, value_name = "ID")]
    pub(crate) country: Vec<String>,
    /// Type of document.
    #[arg(long = "type", value_name = "ID")]
    pub(crate) document_type: Vec<String>,
    /// Language: en, es, fr.
    #[arg(long, value_name = "CODE")]
    pub(crate) lang: Vec<String>,
    /// Meeting: the id of its series and its number, as in grcp-4.
    #[arg(long, value_name = "ID")]
    pub(crate) event: Vec<String>,
    /// Kind of process.
    #[arg(long, value_name = "ID")]
    pub(crate) process_type: Vec<String>,
    /// Year it is filed under.
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Vec<String>,
    /// First year.
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1..=9999))]
    pub(crate) year_from: Option<i16>,
    /// Last year.
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1..=9999))]
    pub(crate) year_to: Option<i16>,
    /// First day that its dates may reach to: 2013-05-22, 2013-05 or 2013.
    #[arg(long, value_name = "DAY", value_parser = days)]
    pub(crate) date_from: Option<DateRange>,
    /// Last day that its dates may begin on.
    #[arg(long, value_name = "DAY", value_parser = days)]
    pub(crate) date_to: Option<DateRange>,
    /// First indexed then or later: a day (UTC) or 2026-01-31T12:00:00Z.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) added_since: Option<Timestamp>,
    /// Only this document, by its id; may be repeated.
    #[arg(long, value_name = "ID", value_parser = document_id)]
    pub(crate) document: Vec<DocumentId>,
    /// Any facet, those of your own schemes too: -f topic=health.
    #[arg(short, long = "filter", value_name = "FACET=ID", value_parser = facet_and_value)]
    pub(crate) filter: Vec<(String, String)>,
    /// Leave out: --not rcp=rcm.
    #[arg(long, value_name = "FACET=ID", value_parser = facet_and_value)]
    pub(crate) not: Vec<(String, String)>,
}

impl FilterArgs {
    /// Facets with the values asked for.
    pub(crate) fn included(&self) -> impl Iterator<Item = (&str, &str)> {
        let options = [
            ("rcp", &self.rcp),
            ("mentions", &self.mentions),
            ("theme", &self.theme),
            ("region", &self.region),
            ("country", &self.country),
            ("type", &self.document_type),
            ("lang", &self.lang),
            ("event", &self.event),
            ("process_type", &self.process_type),
            ("year", &self.year),
        ];
        let options = options.into_iter().flat_map(|(facet, values)| values.iter().map(move |value| (facet, value)));
        let any = self.filter.iter().map(|(facet, value)| (facet.as_str(), value));
        options.chain(any).map(|(facet, value)| (facet, value.as_str()))
    }

    /// What is wrong with ranges that nothing can be in.
    pub(crate) fn reversed_range(&self) -> Option<&'static str> {
        if matches!((self.year_from, self.year_to), (Some(from), Some(to)) if from > to) {
            return Some("--year-from must not be after --year-to");
        }
        let dates = (self.date_from, self.date_to);
        matches!(dates, (Some(from), Some(to)) if from.start > to.end)
            .then_some("--date-from must not be after --date-to")
    }
}

fn document_id(text: &str) -> Result<DocumentId, String> {
    DocumentId::new(text).map_err(|_| "write the id of a document: lower-case letters, digits and hyphens".to_owned())
}

/// A day, or all those of a month or year.
fn days(text: &str) -> Result<DateRange, String> {
    let range = if text.contains('/') { None } else { text.parse().ok() };
    range.ok_or_else(|| "write a day, month or year: 2013-05-22, 2013-05 or 2013".to_owned())
}

/// A time, or the beginning of a day.
fn moment(text: &str) -> Result<Timestamp, String> {
    let midnight = |day: Date| TimeZone::UTC.to_timestamp(day.to_datetime(Time::midnight())).ok();
    let day = || text.parse().ok().and_then(midnight);
    let time = text.parse().ok().or_else(day);
    time.ok_or_else(|| "write a day or a time: 2026-01-31 or 2026-01-31T12:00:00Z".to_owned())
}

fn facet_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((facet, value)) if !facet.is_empty() && !value.is_empty() => Ok((facet.to_owned(), value.to_owned())),
        _ => Err("write a facet and a value with = between them: rcp=rcm".to_owned()),
    }
}

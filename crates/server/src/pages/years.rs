//! [`YearBar`]: documents by year, as bars that lead to their search.

use rcp_query::response::Facet;

use super::address::address;
use super::frame::Frame;

/// Height of the highest bar, in units of its drawing.
const HEIGHT: u64 = 64;
/// Longest range in which years without documents have a place too.
const LONGEST: i16 = 80;

/// A year and its documents.
#[derive(Debug)]
pub(super) struct YearBar {
    pub(super) year: String,
    pub(super) count: u64,
    /// Number of documents as it is written.
    pub(super) shown: String,
    /// Upper edge and height of the bar.
    pub(super) top: u64,
    pub(super) height: u64,
    /// Search for the documents of the year.
    pub(super) url: String,
}

/// The bars of a facet `year`, the earliest first; `filter` is what the documents have in common.
pub(super) fn year_bars(facet: &Facet, filter: (&str, &str), frame: &Frame) -> Vec<YearBar> {
    let mut counted: Vec<(i16, u64)> =
        facet.values.iter().filter_map(|value| Some((value.value.parse().ok()?, value.count))).collect();
    counted.sort_unstable();
    let (Some(&(first, _)), Some(&(last, _))) = (counted.first(), counted.last()) else { return Vec::new() };
    let most = counted.iter().map(|&(_, count)| count).max().unwrap_or(1).max(1);
    let years: Vec<i16> = if last - first <= LONGEST {
        (first..=last).collect()
    } else {
        counted.iter().map(|&(year, _)| year).collect()
    };
    let bar = |year: i16| {
        let count = counted.iter().find(|&&(counted, _)| counted == year).map_or(0, |&(_, count)| count);
        // What is there is seen.
        let height = if count == 0 { 0 } else { (HEIGHT * count / most).max(2) };
        let year = format!("{year:04}");
        let pairs = [filter, ("year_from", year.as_str()), ("year_to", year.as_str())];
        let url = frame.href(&address("/search", pairs));
        YearBar { url, count, shown: frame.t.number(count), top: HEIGHT - height, height, year }
    };
    years.into_iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use rcp_query::response::FacetValue;

    use super::*;
    use crate::pages::Reader;

    #[test]
    fn years_between_have_a_place_and_bars_are_as_high_as_there_are_documents() {
        let value = |(year, count): &(&str, u64)| FacetValue {
            value: (*year).to_owned(),
            label: (*year).to_owned(),
            paths: Vec::new(),
            count: *count,
            count_if_added: *count,
            selected: false,
            children: Vec::new(),
        };
        let check = |counts: &[(&str, u64)], expected: &[(&str, u64)]| {
            let values = counts.iter().map(value).collect();
            let facet = Facet { name: "year".to_owned(), values, total_values: 0, truncated: false, missing: 0 };
            let frame = Frame::new(&Reader::of(&"/".parse().unwrap(), &Default::default()), String::new(), None);
            let bars = year_bars(&facet, ("rcp", "rcm"), &frame);
            let shown: Vec<(&str, u64)> = bars.iter().map(|bar| (bar.year.as_str(), bar.height)).collect();
            assert_eq!(shown, expected);
            assert!(bars.iter().all(|bar| bar.top + bar.height == HEIGHT));
        };
        check(&[], &[]);
        check(&[("2013", 1)], &[("2013", 64)]);
        check(&[("2013", 4), ("2010", 1)], &[("2010", 16), ("2011", 0), ("2012", 0), ("2013", 64)]);
        check(&[("2013", 1000), ("2012", 1)], &[("2012", 2), ("2013", 64)]);
        check(&[("0001", 1), ("2012", 1)], &[("0001", 64), ("2012", 64)]);
    }
}

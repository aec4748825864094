//! [`Years`]: what was found by year, as bars that narrow down to their years.

use rcp_query::facets::NO_VALUE;
use rcp_query::response::Facet;

use super::address::Address;
use crate::pages::frame::Frame;

/// Bars at most. A bar of several years leads to bars of fewer.
const MOST: i32 = 12;
/// Years of a bar.
const WIDTHS: [i32; 7] = [1, 2, 5, 10, 25, 50, 100];
/// Length of the longest bar, in the units of its drawing.
const LENGTH: u64 = 100;

/// What was found by year.
#[derive(Debug)]
pub(super) struct Years {
    pub(super) bars: Vec<Bar>,
    /// What has no year: its count and address.
    pub(super) without: Option<(String, String)>,
    /// Whether years are chosen, so that there is a way back to all.
    pub(super) all: Option<String>,
}

/// Some years.
#[derive(Debug)]
pub(super) struct Bar {
    pub(super) years: String,
    pub(super) count: String,
    /// From 0 to [`LENGTH`].
    pub(super) length: u64,
    pub(super) url: String,
}

impl Years {
    /// The bars of the facet of years. `None` where nothing has a year.
    pub(super) fn of(facet: &Facet, address: &Address, frame: &Frame) -> Option<Years> {
        let counts: Vec<(i32, u64)> =
            facet.values.iter().filter_map(|value| Some((value.value.parse().ok()?, value.count))).collect();
        let all = ["year_from", "year_to", "year"].iter().any(|name| !address.value(name).is_empty());
        let bare = address.clone().without(&["year_from", "year_to", "year"]);
        let href = |address: Address| frame.href(&address.at("/search"));
        let bars = bins(&counts).into_iter().map(|Bin { from, to, count, length }| {
            let range = bare.clone().plus("year_from", &from.to_string()).plus("year_to", &to.to_string());
            let years = if from == to { from.to_string() } else { format!("{from}–{to}") };
            Bar { years, count: frame.t.number(count), length, url: href(range) }
        });
        let bars: Vec<Bar> = bars.collect();
        let without =
            (facet.missing > 0).then(|| (frame.t.number(facet.missing), href(bare.clone().plus("year", NO_VALUE))));
        let all = all.then(|| href(bare));
        (!bars.is_empty() || all.is_some()).then_some(Years { bars, without, all })
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Bin {
    from: i32,
    to: i32,
    count: u64,
    length: u64,
}

/// The years that have something in ranges of one width, the earliest first; the widest range is cut to those years.
fn bins(counts: &[(i32, u64)]) -> Vec<Bin> {
    let counted = || counts.iter().filter(|(_, count)| *count > 0);
    let (Some(first), Some(last)) = (counted().map(|(year, _)| *year).min(), counted().map(|(year, _)| *year).max())
    else {
        return Vec::new();
    };
    let number = |width: i32| last.div_euclid(width) - first.div_euclid(width) + 1;
    let width = WIDTHS.into_iter().find(|width| number(*width) <= MOST).unwrap_or(1_000);
    let mut bins: Vec<Bin> = (first.div_euclid(width)..=last.div_euclid(width))
        .map(|place| {
            let (from, to) = ((place * width).max(first), (place * width + width - 1).min(last));
            let count = counted().filter(|(year, _)| (from..=to).contains(year)).map(|(_, count)| count).sum();
            Bin { from, to, count, length: 0 }
        })
        .collect();
    let most = bins.iter().map(|bin| bin.count).max().unwrap_or(1).max(1);
    // What there is shows, however little it is.
    bins.iter_mut().filter(|bin| bin.count > 0).for_each(|bin| bin.length = (bin.count * LENGTH / most).max(2));
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(counts: &[(i32, u64)], expected: &[(i32, i32, u64, u64)]) {
        let bins: Vec<_> = bins(counts).into_iter().map(|bin| (bin.from, bin.to, bin.count, bin.length)).collect();
        assert_eq!(bins, expected);
    }

    #[test]
    fn few_years_have_a_bar_each_and_many_share_them() {
        check(&[], &[]);
        check(&[(2003, 0)], &[]);
        check(&[(2003, 4), (2001, 2)], &[(2001, 2001, 2, 50), (2002, 2002, 0, 0), (2003, 2003, 4, 100)]);
        check(
            &[(1994, 1), (1996, 1), (2013, 1_000), (2018, 2)],
            &[
                (1994, 1994, 1, 2),
                (1995, 1999, 1, 2),
                (2000, 2004, 0, 0),
                (2005, 2009, 0, 0),
                (2010, 2014, 1_000, 100),
                (2015, 2018, 2, 2),
            ],
        );
    }
}

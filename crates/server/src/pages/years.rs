//! [`YearBar`]: documents by year, as bars that lead to those of their years.

use rcp_query::response::Facet;

use super::frame::Frame;

/// Years of a bar, where a bar for each year would be too many.
const WIDTHS: [i32; 7] = [1, 2, 5, 10, 25, 50, 100];
/// Length of the longest bar, in the units of its drawing.
const LENGTH: u64 = 100;

/// Some years and what they have.
#[derive(Debug)]
pub(super) struct YearBar {
    /// `2011`, or `2010–2014`.
    pub(super) years: String,
    /// Number of documents as it is written.
    pub(super) shown: String,
    /// From 0, for nothing, to [`LENGTH`].
    pub(super) length: u64,
    pub(super) url: String,
}

/// The bars of a facet of years, the earliest first and not many more than `most`; years between have a place too. `link` makes
/// the address of what is from a year to another.
pub(super) fn year_bars(facet: &Facet, most: i32, frame: &Frame, link: impl Fn(&str, &str) -> String) -> Vec<YearBar> {
    let counts: Vec<(i32, u64)> =
        facet.values.iter().filter_map(|value| Some((value.value.parse().ok()?, value.count))).collect();
    let bar = |Bin { from, to, count, length }| {
        let (first, last) = (from.to_string(), to.to_string());
        let years = if from == to { first.clone() } else { format!("{from}–{to}") };
        YearBar { years, shown: frame.t.number(count), length, url: frame.href(&link(&first, &last)) }
    };
    bins(&counts, most).into_iter().map(bar).collect()
}

#[derive(Debug, PartialEq, Eq)]
struct Bin {
    from: i32,
    to: i32,
    count: u64,
    length: u64,
}

/// The years that have something in ranges of one width, the earliest first; the widest range is cut to those years.
fn bins(counts: &[(i32, u64)], most: i32) -> Vec<Bin> {
    let counted = || counts.iter().filter(|(_, count)| *count > 0);
    let (Some(first), Some(last)) = (counted().map(|(year, _)| *year).min(), counted().map(|(year, _)| *year).max())
    else {
        return Vec::new();
    };
    let number = |width: i32| last.div_euclid(width) - first.div_euclid(width) + 1;
    let width = WIDTHS.into_iter().find(|width| number(*width) <= most).unwrap_or(1_000);
    let mut bins: Vec<Bin> = (first.div_euclid(width)..=last.div_euclid(width))
        .map(|place| {
            let (from, to) = ((place * width).max(first), (place * width + width - 1).min(last));
            let count = counted().filter(|(year, _)| (from..=to).contains(year)).map(|(_, count)| count).sum();
            Bin { from, to, count, length: 0 }
        })
        .collect();
    let highest = bins.iter().map(|bin| bin.count).max().unwrap_or(1).max(1);
    // What there is shows, however little it is.
    bins.iter_mut().filter(|bin| bin.count > 0).for_each(|bin| bin.length = (bin.count * LENGTH / highest).max(2));
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(counts: &[(i32, u64)], most: i32, expected: &[(i32, i32, u64, u64)]) {
        let bins: Vec<_> =
            bins(counts, most).into_iter().map(|bin| (bin.from, bin.to, bin.count, bin.length)).collect();
        assert_eq!(bins, expected);
    }

    #[test]
    fn few_years_have_a_bar_each_and_many_share_them() {
        check(&[], 12, &[]);
        check(&[(2003, 0)], 12, &[]);
        check(&[(2013, 1)], 12, &[(2013, 2013, 1, 100)]);
        check(&[(2003, 4), (2001, 2)], 12, &[(2001, 2001, 2, 50), (2002, 2002, 0, 0), (2003, 2003, 4, 100)]);
        check(&[(2003, 4), (2001, 2)], 2, &[(2001, 2001, 2, 50), (2002, 2003, 4, 100)]);
        check(
            &[(1994, 1), (1996, 1), (2013, 1_000), (2018, 2)],
            12,
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

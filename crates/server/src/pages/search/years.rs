//! [`Years`]: what was found by year, as bars that narrow down to their years.

use rcp_query::facets::NO_VALUE;
use rcp_query::response::Facet;

use super::address::Address;
use crate::pages::frame::Frame;
use crate::pages::years::{YearBar, year_bars};

/// Bars at most. A bar of several years leads to bars of fewer.
const MOST: i32 = 12;

/// What was found by year.
#[derive(Debug)]
pub(super) struct Years {
    pub(super) bars: Vec<YearBar>,
    /// What has no year: its count and address.
    pub(super) without: Option<(String, String)>,
    /// Whether years are chosen, so that there is a way back to all.
    pub(super) all: Option<String>,
}

impl Years {
    /// The bars of the facet of years. `None` where nothing has a year.
    pub(super) fn of(facet: &Facet, address: &Address, frame: &Frame) -> Option<Years> {
        let all = ["year_from", "year_to", "year"].iter().any(|name| !address.value(name).is_empty());
        let bare = address.clone().without(&["year_from", "year_to", "year"]);
        let href = |address: Address| frame.href(&address.at("/search"));
        let bars = year_bars(facet, MOST, frame, |from, to| {
            bare.clone().plus("year_from", from).plus("year_to", to).at("/search")
        });
        let without =
            (facet.missing > 0).then(|| (frame.t.number(facet.missing), href(bare.clone().plus("year", NO_VALUE))));
        let all = all.then(|| href(bare));
        (!bars.is_empty() || all.is_some()).then_some(Years { bars, without, all })
    }
}

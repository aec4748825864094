//! [`Paging`]: the pages of the results, by number as far as an offset reaches, then one after the other.

use rcp_query::request::SearchRequest;
use rcp_query::response::SearchResponse;

use super::address::Address;
use crate::pages::frame::Frame;

/// Pages beside the one that is shown, on each side.
const BESIDE: usize = 2;

/// The pages of the results.
#[derive(Debug)]
pub(super) struct Paging {
    pub(super) previous: Option<String>,
    pub(super) pages: Vec<PageLink>,
    pub(super) next: Option<String>,
}

/// A page.
#[derive(Debug)]
pub(super) struct PageLink {
    pub(super) number: String,
    pub(super) url: String,
    pub(super) is_current: bool,
    /// Whether pages before it are not listed.
    pub(super) is_behind_gap: bool,
}

impl Paging {
    /// `None` where all results are on one page.
    pub(super) fn of(
        request: &SearchRequest,
        found: &SearchResponse,
        address: &Address,
        frame: &Frame,
    ) -> Option<Paging> {
        let limit = request.limit.max(1);
        let at = |offset: usize| {
            let address = address.clone();
            let address = if offset == 0 { address } else { address.plus("offset", &offset.to_string()) };
            frame.href(&address.at("/search"))
        };
        let is_by_cursor = request.cursor.is_some();
        let current = request.offset / limit;
        let reachable = usize::from(SearchRequest::MAX_OFFSET) / limit + 1;
        let all = usize::try_from(found.total).unwrap_or(usize::MAX).div_ceil(limit);
        if all <= 1 && !is_by_cursor {
            return None;
        }
        let last = all.min(reachable).saturating_sub(1);
        let next = if !is_by_cursor && current < last {
            Some(at((current + 1) * limit))
        } else {
            let cursor = found.next_cursor.as_deref();
            // `plus` after the address was made: a place in the results is no part of it.
            cursor.map(|cursor| frame.href(&address.clone().plus("cursor", cursor).at("/search")))
        };
        let previous = (!is_by_cursor && current > 0).then(|| at((current - 1) * limit));
        let mut pages: Vec<PageLink> = Vec::new();
        let mut before = None;
        for page in (0..=last).filter(|page| is_listed(*page, current, last)) {
            let is_behind_gap = before.is_some_and(|before| page > before + 1);
            before = Some(page);
            let is_current = !is_by_cursor && page == current;
            pages.push(PageLink { number: frame.t.number(page + 1), url: at(page * limit), is_current, is_behind_gap });
        }
        Some(Paging { previous, pages, next })
    }
}

/// The first page, the last one that a number leads to, and those around the current one.
fn is_listed(page: usize, current: usize, last: usize) -> bool {
    page == 0 || page == last || page.abs_diff(current) <= BESIDE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_far_from_the_current_one_are_not_listed() {
        let listed = |current, last| (0..=last).filter(|page| is_listed(*page, current, last)).collect::<Vec<_>>();
        assert_eq!(listed(0, 1), [0, 1]);
        assert_eq!(listed(0, 9), [0, 1, 2, 9]);
        assert_eq!(listed(5, 9), [0, 3, 4, 5, 6, 7, 9]);
    }
}

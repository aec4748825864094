//! What facets and their values are called on pages.

use rcp_corpus::taxonomy::Taxonomy;
use rcp_query::facets::{NO_VALUE, label};

use crate::pages::texts::Texts;

/// Name of a facet: that of the scheme whose first facet it is, else a message, else its own.
pub(super) fn facet_name(facet: &str, taxonomy: &Taxonomy, t: Texts) -> String {
    let message = match facet {
        "mentions" => "search-facet-mentions",
        "year" => "search-facet-year",
        "lang" => "search-facet-lang",
        "event" => "search-facet-event",
        _ => {
            let scheme = taxonomy.scheme_of_facet(facet);
            return scheme.map_or(facet, |scheme| scheme.label.get(t.language())).to_owned();
        }
    };
    t.say(message)
}

/// Name of a value of a facet.
pub(super) fn value_name(facet: &str, value: &str, taxonomy: &Taxonomy, t: Texts) -> String {
    if value == NO_VALUE { t.say("search-no-value") } else { label(taxonomy, facet, value, t.language()) }
}

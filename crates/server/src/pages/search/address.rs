//! [`Address`]: what is searched for, as the address of its page; every link of the page is a change of it.

use crate::pages::address::address;

/// The pairs of a query string, without the place in the results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pairs: Vec<(String, String)>,
}

/// Names that say where in the results a page begins.
const PLACE: [&str; 2] = ["offset", "cursor"];

impl Address {
    pub(super) fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Address {
        let pairs = pairs.into_iter().filter(|(name, _)| !PLACE.contains(&name.as_str()));
        Address { pairs: pairs.collect() }
    }

    /// The pairs that are kept.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The first value of a name; empty where there is none.
    pub(super) fn value(&self, name: &str) -> &str {
        self.pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// With one more value.
    pub(super) fn plus(mut self, name: &str, value: &str) -> Address {
        self.pairs.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With this value alone.
    pub(super) fn set(self, name: &str, value: &str) -> Address {
        self.without(&[name]).plus(name, value)
    }

    /// Without these names.
    pub(super) fn without(mut self, names: &[&str]) -> Address {
        self.pairs.retain(|(name, _)| !names.contains(&name.as_str()));
        self
    }

    /// Without one value of a name.
    pub(super) fn without_value(mut self, name: &str, value: &str) -> Address {
        self.pairs.retain(|(known, kept)| known != name || kept != value);
        self
    }

    /// With those pairs alone that have one of these names.
    pub(super) fn only(mut self, names: &[&str]) -> Address {
        self.pairs.retain(|(name, _)| names.contains(&name.as_str()));
        self
    }

    /// The address at a path.
    pub(super) fn at(&self, path: &str) -> String {
        address(path, self.pairs.iter().map(|(name, value)| (name, value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_a_change_of_what_is_searched_for() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let address = Address::new([pair("q", "a b"), pair("rcp", "rcm"), pair("rcp", "sacm"), pair("offset", "20")]);
        for (changed, expected) in [
            (address.clone(), "/search?q=a+b&rcp=rcm&rcp=sacm"),
            (address.clone().without_value("rcp", "rcm"), "/search?q=a+b&rcp=sacm"),
            (address.clone().without(&["rcp"]).plus("theme", "health"), "/search?q=a+b&theme=health"),
            (address.clone().set("q", "c"), "/search?rcp=rcm&rcp=sacm&q=c"),
            (address.clone().only(&["q"]), "/search?q=a+b"),
            (address.clone().only(&[]), "/search"),
        ] {
            assert_eq!(changed.at("/search"), expected);
        }
        assert_eq!((address.value("rcp"), address.value("theme")), ("rcm", ""));
    }
}

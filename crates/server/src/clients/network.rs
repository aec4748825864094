//! [`Network`]: addresses that an operator names together.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A network (`10.0.0.0/8`, `fd00::/8`) or a single address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network(IpNet);

impl Network {
    /// The networks of this machine alone.
    pub(crate) fn loopback() -> [Network; 2] {
        use std::net::{Ipv4Addr, Ipv6Addr};
        let v4 = ipnet::Ipv4Net::new_assert(Ipv4Addr::new(127, 0, 0, 0), 8);
        let v6 = ipnet::Ipv6Net::new_assert(Ipv6Addr::LOCALHOST, 128);
        [Network(IpNet::V4(v4)), Network(IpNet::V6(v6))]
    }

    /// Whether an address is in one of the networks; an IPv4 address within IPv6 is taken as such.
    pub(crate) fn any_holds(networks: &[Network], address: IpAddr) -> bool {
        let address = address.to_canonical();
        networks.iter().any(|network| network.0.contains(&address))
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Network, String> {
        let network = text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
        network.map(Network).ok_or_else(|| format!("{text:?} is neither a network (10.0.0.0/8) nor an address"))
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_single = self.0.prefix_len() == self.0.max_prefix_len();
        if is_single { self.0.addr().fmt(f) } else { self.0.fmt(f) }
    }
}

impl Serialize for Network {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Network {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Network, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_read_as_it_is_written() {
        for text in ["10.0.0.0/8", "192.0.2.1", "fd00::/8", "::1"] {
            assert_eq!(text.parse::<Network>().unwrap().to_string(), text);
        }
        for text in ["", "10.0.0.0/33", "localhost", "10.0.0", "10.0.0.0/8 "] {
            assert!(text.parse::<Network>().is_err(), "{text:?}");
        }
    }
}

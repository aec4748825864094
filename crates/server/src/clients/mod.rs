//! Who a request counts for: [`Client`], and how its address is known behind proxies ([`Clients`]).

mod forwarded;
mod network;
pub(crate) mod rates;

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;

use crate::caller::KeyId;
use crate::config::ServerConfig;
pub use forwarded::ForwardedHeader;
pub use network::Network;

/// Bits of an IPv6 address that tell networks apart: what follows, one customer chooses freely.
const IPV6_NETWORK: u32 = 64;

/// The other end of the connection of a request; in the extensions of each that came over a socket.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// One client, as limits count: an IPv4 address, or an IPv6 network of 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Client(IpAddr);

impl Client {
    fn new(address: IpAddr) -> Client {
        match address.to_canonical() {
            IpAddr::V4(address) => Client(IpAddr::V4(address)),
            IpAddr::V6(address) => {
                let network = address.to_bits() & (u128::MAX << (128 - IPV6_NETWORK));
                Client(IpAddr::V6(Ipv6Addr::from_bits(network)))
            }
        }
    }
}

/// Who a request counts for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Sender {
    /// Whoever asks from there, without a valid key.
    Client(Client),
    /// Whoever sends keys from there that are not valid.
    Guesser(Client),
    /// Whoever has the key, from anywhere.
    Key(KeyId),
}

/// Which clients there are: what the configuration says of proxies, and of those without limits.
#[derive(Debug, Clone)]
pub(crate) struct Clients {
    proxies: Vec<Network>,
    unlimited: Vec<Network>,
    header: ForwardedHeader,
}

impl Clients {
    pub(crate) fn new(config: &ServerConfig) -> Clients {
        Clients {
            proxies: config.trusted_proxies.clone(),
            unlimited: config.unlimited_clients.clone(),
            header: config.forwarded_header,
        }
    }

    /// Whether a connection brings requests of many clients.
    pub(crate) fn is_proxy(&self, peer: SocketAddr) -> bool {
        Network::any_holds(&self.proxies, peer.ip())
    }

    /// The client that limits of connections count for; `None` for one without limits, and for a proxy, which brings many.
    pub(crate) fn of_connection(&self, peer: SocketAddr) -> Option<Client> {
        if self.is_proxy(peer) { None } else { self.limited(peer.ip()) }
    }

    /// The client that limits of requests count for; `None` for one without limits.
    pub(crate) fn of_request(&self, peer: SocketAddr, headers: &HeaderMap) -> Option<Client> {
        self.limited(self.address(peer.ip(), headers))
    }

    fn limited(&self, address: IpAddr) -> Option<Client> {
        let is_unlimited = Network::any_holds(&self.unlimited, address);
        (!is_unlimited).then(|| Client::new(address))
    }

    /// The last address on the way of a request that is none of our proxies. Each proxy adds the address that it was asked
    /// from at the end; what stands before the first one that we do not trust, anyone can write.
    fn address(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut address = peer;
        let mut told = self.header.addresses(headers).into_iter().rev();
        while Network::any_holds(&self.proxies, address) {
            match told.next() {
                Some(Some(before)) => address = before,
                Some(None) | None => break,
            }
        }
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clients(header: ForwardedHeader) -> Clients {
        let proxies = ["10.0.0.0/8", "2001:db8::1"].map(|network| network.parse().unwrap()).to_vec();
        let config = ServerConfig { trusted_proxies: proxies, forwarded_header: header, ..ServerConfig::default() };
        Clients::new(&config)
    }

    #[track_caller]
    fn check(peer: &str, header: (&'static str, &str), expected: &str) {
        let kind = if header.0 == "forwarded" { ForwardedHeader::Forwarded } else { ForwardedHeader::XForwardedFor };
        let mut headers = HeaderMap::new();
        // Several lines of one header are one list.
        for line in header.1.split('|') {
            headers.append(header.0, line.parse().unwrap());
        }
        let address = clients(kind).address(peer.parse().unwrap(), &headers);
        assert_eq!(address.to_string(), expected, "{header:?}");
    }

    #[test]
    fn only_the_word_of_a_trusted_proxy_counts() {
        let x = "x-forwarded-for";
        check("198.51.100.7", (x, "203.0.113.9"), "198.51.100.7");
        check("10.1.2.3", (x, "203.0.113.9"), "203.0.113.9");
        check("10.1.2.3", (x, "192.0.2.1, 203.0.113.9"), "203.0.113.9");
        check("10.1.2.3", (x, "192.0.2.1, 203.0.113.9, 10.9.9.9"), "203.0.113.9");
        check("10.1.2.3", (x, "192.0.2.1|203.0.113.9"), "203.0.113.9");
        check("10.1.2.3", (x, "203.0.113.9:4711"), "203.0.113.9");
        check("2001:db8::1", (x, "[2001:db8:7::1]:80"), "2001:db8:7::1");
        check("10.1.2.3", (x, "10.4.4.4"), "10.4.4.4");
        // What cannot be read ends the way: never does a client's own text become its address.
        check("10.1.2.3", (x, "203.0.113.9, unknown"), "10.1.2.3");
        check("10.1.2.3", (x, "203.0.113.9, 10.5.5.5, nonsense"), "10.1.2.3");
        check("10.1.2.3", ("forwarded", "for=192.0.2.1, for=203.0.113.9;proto=https"), "203.0.113.9");
        check("10.1.2.3", ("forwarded", "proto=http;For=\"[2001:db8:7::1]:4711\""), "2001:db8:7::1");
        check("10.1.2.3", ("forwarded", "for=192.0.2.1, for=_hidden"), "10.1.2.3");
    }

    #[test]
    fn the_other_header_is_not_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("forwarded", "for=203.0.113.9".parse().unwrap());
        let clients = clients(ForwardedHeader::XForwardedFor);
        assert_eq!(clients.address("10.1.2.3".parse().unwrap(), &headers).to_string(), "10.1.2.3");
    }

    #[test]
    fn an_ipv6_network_is_one_client_and_a_mapped_address_is_its_ipv4_address() {
        let client = |address: &str| Client::new(address.parse().unwrap());
        assert_eq!(client("2001:db8:0:1::1"), client("2001:db8:0:1:ffff::2"));
        assert_ne!(client("2001:db8:0:1::1"), client("2001:db8:0:2::1"));
        assert_eq!(client("::ffff:192.0.2.1"), client("192.0.2.1"));
        assert_ne!(client("192.0.2.1"), client("192.0.2.2"));
    }

    #[test]
    fn this_machine_has_no_limits_unless_the_settings_say_so() {
        let clients = clients(ForwardedHeader::XForwardedFor);
        for peer in ["127.0.0.1:1", "127.8.8.8:1", "[::1]:1", "[::ffff:127.0.0.1]:1", "10.1.2.3:1"] {
            assert_eq!(clients.of_connection(peer.parse().unwrap()), None, "{peer}");
        }
        assert!(clients.of_connection("192.0.2.1:1".parse().unwrap()).is_some());
        // A proxy that names nobody counts as one client.
        assert!(clients.of_request("10.1.2.3:1".parse().unwrap(), &HeaderMap::new()).is_some());
    }
}

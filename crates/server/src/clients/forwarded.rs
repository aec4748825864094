//! [`ForwardedHeader`]: where proxies write whom they were asked by.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;
use axum::http::header::{self, HeaderName};
use serde::{Deserialize, Serialize};

/// The header in which proxies give the client's address. Only one is read: the other one, a proxy may pass on as the
/// client wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForwardedHeader {
    /// `X-Forwarded-For: 192.0.2.1, 10.0.0.1`
    XForwardedFor,
    /// `Forwarded: for=192.0.2.1;proto=https, for=10.0.0.1` (RFC 7239)
    Forwarded,
}

impl ForwardedHeader {
    /// The addresses that the header lists, from the client on; `None` for what is no address.
    pub(super) fn addresses(self, headers: &HeaderMap) -> Vec<Option<IpAddr>> {
        let name = match self {
            ForwardedHeader::XForwardedFor => HeaderName::from_static("x-forwarded-for"),
            ForwardedHeader::Forwarded => header::FORWARDED,
        };
        let lines = headers.get_all(name).into_iter().map(|line| line.to_str().unwrap_or_default());
        lines.flat_map(|line| line.split(',')).map(|element| self.address(element)).collect()
    }

    fn address(self, element: &str) -> Option<IpAddr> {
        match self {
            ForwardedHeader::XForwardedFor => address(element.trim()),
            ForwardedHeader::Forwarded => element.split(';').find_map(|pair| {
                let (name, value) = pair.split_once('=')?;
                let is_for = name.trim().eq_ignore_ascii_case("for");
                is_for.then(|| address(value.trim().trim_matches('"')))?
            }),
        }
    }
}

/// An address, with or without port and brackets.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

//! [`Site`]: how absolute addresses begin.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use crate::state::AppState;

/// How absolute addresses in an answer begin, without a slash at its end: what the operator has said, else the host that
/// the request names. Headers in which proxies tell of other hosts are never read: anyone can send them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Site(pub(crate) String);

impl FromRequestParts<AppState> for Site {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Site, Infallible> {
        if let Some(site) = state.site() {
            return Ok(Site(site.to_owned()));
        }
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        Ok(Site(if is_host(host) { format!("http://{host}") } else { String::new() }))
    }
}

/// Whether a text is a name or an address with or without a port, and nothing that an answer had to escape.
fn is_host(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
    !text.is_empty() && text.len() <= 255 && text.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address() {
        for host in ["example.org", "example.org:8080", "127.0.0.1", "[::1]:8080"] {
            assert!(is_host(host), "{host}");
        }
        for other in ["", "user@example.org", "a/b", "a b", "a?b", "a#b", "a&b", "a\"b", "<a>", &"a".repeat(256)] {
            assert!(!is_host(other), "{other}");
        }
    }
}

//! `Link` headers (RFC 8288).

use std::fmt::Write as _;

use axum::http::{HeaderMap, HeaderValue, header};

/// Most bytes of links in the headers of an answer. Proxies take a head of 4 kB; an address may have 2 kB. Links that find
/// no room are in the body all the same.
const MAX_LENGTH: usize = 3 * 1_024;

/// Adds a link to headers, if there is room; the target is an address relative to the server's, or an absolute one.
pub(crate) fn link(headers: &mut HeaderMap, relation: &str, target: &str, media_type: Option<&str>) {
    let mut text = String::with_capacity(target.len() + 40);
    text.push('<');
    for byte in target.bytes() {
        // What may stand in an address (RFC 3986), so neither bracket nor quote nor control character.
        if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    let _ = write!(text, ">; rel=\"{relation}\"");
    if let Some(media_type) = media_type {
        let _ = write!(text, "; type=\"{media_type}\"");
    }
    let length = headers.get_all(header::LINK).iter().map(HeaderValue::len).sum::<usize>() + text.len();
    if length <= MAX_LENGTH
        && let Ok(value) = HeaderValue::try_from(text)
    {
        headers.append(header::LINK, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(links: &[(&str, &str, Option<&str>)]) -> Vec<String> {
        let mut headers = HeaderMap::new();
        for (relation, target, media_type) in links {
            link(&mut headers, relation, target, *media_type);
        }
        headers.get_all(header::LINK).iter().map(|value| value.to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_target_stays_inside_its_brackets() {
        let hostile = "/v1/search?q=a>; rel=\"next\", <b>\r\n\tX: é%20[1]";
        let [only] = <[String; 1]>::try_from(links(&[("self", hostile, None)])).unwrap();
        assert_eq!(only, "</v1/search?q=a%3E;%20rel=%22next%22,%20%3Cb%3E%0D%0A%09X:%20%C3%A9%20[1]>; rel=\"self\"");
    }

    #[test]
    fn a_link_says_what_it_leads_to() {
        let all = links(&[("next", "/a?b=c&d=e+f", None), ("describedby", "/x", Some("application/json"))]);
        assert_eq!(all, ["</a?b=c&d=e+f>; rel=\"next\"", "</x>; rel=\"describedby\"; type=\"application/json\""]);
    }

    #[test]
    fn the_head_of_an_answer_stays_small() {
        let long = format!("/v1/search?q={}", "x".repeat(2_000));
        assert_eq!(links(&[("self", &long, None), ("next", &long, None), ("alternate", "/y", None)]).len(), 2);
    }
}

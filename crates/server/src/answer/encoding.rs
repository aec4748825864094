//! [`Encoding`]: content codings, chosen as a client accepts them (RFC 9110, section 12.5.3).
//!
//! Compression tells the length of what is repeated. That betrays secrets only where an answer joins a secret to what
//! someone else wrote into the request, sent with the rights of the victim (BREACH). Here there is none to betray: no
//! answer holds a key, and no browser adds one by itself, for keys travel in a header and never in a cookie.

use std::io::{self, Write as _};

use axum::http::{HeaderMap, HeaderValue, header};
use brotli::CompressorWriter;
use brotli::enc::BrotliEncoderParams;
use flate2::write::GzEncoder;

/// Shorter bodies are sent as they are: they fit into one packet anyway. In bytes.
const MIN_LENGTH: usize = 1_000;
/// Level of gzip, of 9. Of a search with ten hits and facets (37 kB) it makes 6.1 kB in 0.4 ms; level 9 wins nothing.
const GZIP: flate2::Compression = flate2::Compression::new(6);
/// Level of Brotli, of 11. Of the same it makes 5.7 kB in 0.4 ms; level 9 takes a hundred times as long for 1 % less.
const BROTLI: i32 = 5;
/// Window of Brotli, as a power of two in bytes: more than the usual answer has, and little memory.
const BROTLI_WINDOW: i32 = 19;
/// Bytes that Brotli hands on at once.
const BROTLI_BUFFER: usize = 4_096;
/// What the bytes of an answer depend on beside the address and the key.
pub(super) const VARY: HeaderValue = HeaderValue::from_static("accept-encoding");

/// A content coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Encoding {
    /// As it is.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

impl Encoding {
    /// The encoding that the client likes best; of those it likes equally, the one that makes least of a text. A client
    /// that accepts none at all, not even bodies as they are, gets those: it can read them or not, a refusal never.
    pub(crate) fn accepted(headers: &HeaderMap) -> Encoding {
        let weights = Weights::of(headers);
        let best = [Encoding::Brotli, Encoding::Gzip].map(|encoding| (weights.of_coding(encoding.names()), encoding));
        let [brotli, gzip] = best;
        let best = if gzip.0 > brotli.0 { gzip } else { brotli };
        let identity = weights.of_identity();
        if best.0 > 0 && best.0 >= identity { best.1 } else { Encoding::Identity }
    }

    /// Encodes a whole body where that is worth it, and says so in its headers.
    pub(crate) fn encode(self, body: Vec<u8>, headers: &mut HeaderMap) -> io::Result<Vec<u8>> {
        if body.len() < MIN_LENGTH {
            return Ok(body);
        }
        match self.encoder(headers, body.len()) {
            Encoder::Identity(_) => Ok(body),
            encoder => encoder.finish(&body),
        }
    }

    /// Encodes a body that is sent while it is made, and says so in its headers.
    pub(crate) fn encode_stream(self, headers: &mut HeaderMap) -> Encoder {
        headers.append(header::VARY, VARY);
        self.encoder(headers, 0)
    }

    /// What encodes a body of about this length, 0 where nobody knows it; as it is, unless it is text.
    fn encoder(self, headers: &mut HeaderMap, length: usize) -> Encoder {
        let encoded = Vec::with_capacity(length / 4);
        let Some(name) = self.name().filter(|_| is_text(headers)) else { return Encoder::Identity(Vec::new()) };
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        match self {
            Encoding::Identity => Encoder::Identity(encoded),
            Encoding::Gzip => Encoder::Gzip(Box::new(GzEncoder::new(encoded, GZIP))),
            Encoding::Brotli => {
                let params = BrotliEncoderParams {
                    quality: BROTLI,
                    lgwin: BROTLI_WINDOW,
                    size_hint: length,
                    ..BrotliEncoderParams::default()
                };
                Encoder::Brotli(Box::new(CompressorWriter::with_params(encoded, BROTLI_BUFFER, &params)))
            }
        }
    }

    /// Its name in headers; a body as it is has none.
    pub(super) fn name(self) -> Option<&'static str> {
        self.names().first().copied()
    }

    /// Its names, the usual one first.
    fn names(self) -> &'static [&'static str] {
        match self {
            Encoding::Identity => &[],
            Encoding::Gzip => &["gzip", "x-gzip"],
            Encoding::Brotli => &["br"],
        }
    }
}

/// Encodes a body piece by piece, into memory. What was pushed and is not finished cannot be taken for a whole: it lacks
/// the end that each encoding has.
pub(crate) enum Encoder {
    Identity(Vec<u8>),
    Gzip(Box<GzEncoder<Vec<u8>>>),
    Brotli(Box<CompressorWriter<Vec<u8>>>),
}

impl Encoder {
    /// The next bytes to send: a client can decode all of this piece as soon as it has them.
    pub(crate) fn push(&mut self, piece: &[u8]) -> io::Result<Vec<u8>> {
        self.write(piece)?;
        let encoded = match self {
            Encoder::Identity(encoded) => encoded,
            Encoder::Gzip(encoder) => {
                encoder.flush()?;
                encoder.get_mut()
            }
            Encoder::Brotli(encoder) => {
                encoder.flush()?;
                encoder.get_mut()
            }
        };
        Ok(std::mem::take(encoded))
    }

    /// The last bytes to send.
    pub(crate) fn finish(mut self, piece: &[u8]) -> io::Result<Vec<u8>> {
        self.write(piece)?;
        match self {
            Encoder::Identity(encoded) => Ok(encoded),
            Encoder::Gzip(encoder) => encoder.finish(),
            Encoder::Brotli(encoder) => Ok(encoder.into_inner()),
        }
    }

    fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        match self {
            Encoder::Identity(encoded) => encoded.write_all(piece),
            Encoder::Gzip(encoder) => encoder.write_all(piece),
            Encoder::Brotli(encoder) => encoder.write_all(piece),
        }
    }
}

/// What `Accept-Encoding` says: codings in lower case with their weights, in thousandths.
struct Weights(Vec<(String, u16)>);

impl Weights {
    fn of(headers: &HeaderMap) -> Weights {
        let lists = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
        Weights(lists.flat_map(|list| list.split(',')).filter_map(weighted).collect())
    }

    fn find(&self, name: &str) -> Option<u16> {
        self.0.iter().find(|(coding, _)| coding == name).map(|(_, weight)| *weight)
    }

    /// Weight of a coding by its names; 0 where it is not accepted.
    fn of_coding(&self, names: &[&str]) -> u16 {
        names.iter().find_map(|name| self.find(name)).or_else(|| self.find("*")).unwrap_or_default()
    }

    /// Weight of a body as it is: it need not be listed to be accepted, but then anything listed is liked better.
    fn of_identity(&self) -> u16 {
        self.find("identity").unwrap_or_default()
    }
}

/// A coding with its weight; `None` for what is malformed.
fn weighted(item: &str) -> Option<(String, u16)> {
    let mut parts = item.split(';').map(str::trim);
    let coding = parts.next().filter(|coding| !coding.is_empty())?.to_ascii_lowercase();
    let Some(parameter) = parts.next() else { return Some((coding, 1_000)) };
    let weight = parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q="))?;
    let digits = weight.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let weight: f32 = weight.parse().ok().filter(|weight| digits && (0.0..=1.0).contains(weight))?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 1,000, and not negative")]
    Some((coding, (weight * 1_000.0).round() as u16))
}

/// Whether a body is text: anything else is compressed already.
fn is_text(headers: &HeaderMap) -> bool {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let (kind, subtype) = essence.split_once('/').unwrap_or_default();
    kind == "text"
        || ["json", "x-ndjson", "xml", "javascript", "x-bibtex", "x-research-info-systems"]
            .iter()
            .any(|text| subtype == *text || subtype.rsplit_once('+').is_some_and(|(_, suffix)| suffix == *text))
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(accepted: &[&str], expected: Encoding) {
        let mut headers = HeaderMap::new();
        for list in accepted {
            headers.append(header::ACCEPT_ENCODING, HeaderValue::try_from(*list).unwrap());
        }
        assert_eq!(Encoding::accepted(&headers), expected, "{accepted:?}");
    }

    #[test]
    fn a_client_gets_what_it_likes_best() {
        use Encoding::{Brotli, Gzip, Identity};
        check(&[], Identity);
        check(&[""], Identity);
        check(&["gzip, deflate, br, zstd"], Brotli);
        check(&["gzip", "br"], Brotli);
        check(&["GZIP"], Gzip);
        check(&["x-gzip"], Gzip);
        check(&["gzip;q=1.0, br;q=0.5"], Gzip);
        check(&["br;q=0, *"], Gzip);
        check(&["br;q=0.001"], Brotli);
        check(&["br;q=0"], Identity);
        check(&["*"], Brotli);
        check(&["*;q=0"], Identity);
        check(&["*;q=0, gzip"], Gzip);
        check(&["identity, gzip;q=0.5"], Identity);
        check(&["identity;q=0.5, gzip;q=0.5"], Gzip);
        check(&["identity;q=0, gzip"], Gzip);
        check(&["identity;q=0, gzip;q=0, br;q=0"], Identity);
        check(&["deflate, zstd"], Identity);
        check(&["gzip ; q=0.2 ,br; Q=0.1"], Gzip);
    }

    #[test]
    fn what_is_malformed_counts_for_nothing() {
        check(&["br;q=2"], Encoding::Identity);
        check(&["br;q=-1"], Encoding::Identity);
        check(&["br;q=NaN, gzip"], Encoding::Gzip);
        check(&["br;level=5"], Encoding::Identity);
        check(&["gzip br"], Encoding::Identity);
        check(&[";q=1,,"], Encoding::Identity);
    }

    fn encode(encoding: Encoding, media_type: &'static str, body: &[u8]) -> (Vec<u8>, Option<String>) {
        let mut headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(media_type))]);
        let encoded = encoding.encode(body.to_vec(), &mut headers).unwrap();
        (encoded, headers.get(header::CONTENT_ENCODING).map(|name| name.to_str().unwrap().to_owned()))
    }

    fn decode(name: &str, encoded: &[u8]) -> Vec<u8> {
        let mut decoded = Vec::new();
        match name {
            "gzip" => flate2::read::GzDecoder::new(encoded).read_to_end(&mut decoded).unwrap(),
            "br" => brotli::Decompressor::new(encoded, 4_096).read_to_end(&mut decoded).unwrap(),
            other => panic!("{other}"),
        };
        decoded
    }

    #[test]
    fn long_texts_are_compressed_and_nothing_else() {
        let body = b"regional consultative process ".repeat(100);
        for (encoding, name) in [(Encoding::Gzip, "gzip"), (Encoding::Brotli, "br")] {
            for media_type in ["application/json", "text/csv; charset=utf-8; header=present", "application/feed+json"] {
                let (encoded, given) = encode(encoding, media_type, &body);
                assert_eq!(given.as_deref(), Some(name), "{media_type}");
                assert!(encoded.len() < body.len() / 10);
            }
            assert_eq!(encode(encoding, "application/pdf", &body), (body.clone(), None));
            assert_eq!(encode(encoding, "image/png", &body), (body.clone(), None));
            assert_eq!(encode(encoding, "application/json", &body[..999]), (body[..999].to_vec(), None));
        }
        assert_eq!(encode(Encoding::Identity, "application/json", &body), (body.clone(), None));
    }

    /// Decodes as much as there is.
    fn decoded_so_far(name: &str, encoded: &[u8]) -> Vec<u8> {
        let mut decoded = Vec::new();
        // The end is missing: that is an error behind the last byte.
        let _ = match name {
            "gzip" => flate2::read::GzDecoder::new(encoded).read_to_end(&mut decoded),
            _ => brotli::Decompressor::new(encoded, 4_096).read_to_end(&mut decoded),
        };
        decoded
    }

    #[test]
    fn each_piece_is_decoded_as_soon_as_it_is_sent() {
        let pieces: Vec<String> = (0..20_u32).map(|n| format!("{{\"row\":{n}}}\n").repeat(500)).collect();
        for (encoding, name) in [(Encoding::Gzip, "gzip"), (Encoding::Brotli, "br")] {
            let mut headers =
                HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"))]);
            let mut encoder = encoding.encode_stream(&mut headers);
            assert_eq!(headers[header::CONTENT_ENCODING], name);
            assert_eq!(headers[header::VARY], "accept-encoding");
            let (mut plain, mut sent) = (Vec::new(), Vec::new());
            for piece in &pieces {
                plain.extend_from_slice(piece.as_bytes());
                sent.extend(encoder.push(piece.as_bytes()).unwrap());
                assert!(decoded_so_far(name, &sent) == plain);
            }
            sent.extend(encoder.finish(b"end").unwrap());
            assert!(decode(name, &sent) == [plain.as_slice(), b"end"].concat());
            assert!(sent.len() < plain.len() / 10, "{}", sent.len());
        }
    }

    proptest! {
        #[test]
        fn a_body_is_decoded_as_it_was(body in proptest::collection::vec(any::<u8>(), 1_000..20_000), times in 1..5_usize) {
            let body = body.repeat(times);
            for encoding in [Encoding::Gzip, Encoding::Brotli] {
                let (encoded, name) = encode(encoding, "text/plain", &body);
                prop_assert_eq!(decode(&name.unwrap(), &encoded), body.clone());
            }
        }

        #[test]
        fn no_list_is_an_error(list in "[ -~]{0,60}") {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::try_from(list).unwrap())]);
            Encoding::accepted(&headers);
        }
    }
}

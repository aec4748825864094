//! Bytes of texts and pages to characters.
//!
//! What the bytes themselves show goes before what a file declares: a byte order mark, the zero bytes of UTF-16, the
//! sequences of UTF-8. What is left is in one of the old encodings of a byte a character: for English, Spanish, French
//! and Portuguese that is Windows-1252, which holds Latin-1.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::ExtractError;

/// One zero byte in so many is a slip of the program that wrote the text; more are no text.
const BYTES_FOR_A_ZERO: usize = 500;

/// One control character in so many is tolerated.
const CHARACTERS_FOR_A_CONTROL: usize = 100;

/// Bytes in which a page declares its encoding.
const DECLARATION_WINDOW: usize = 4_096;

/// Characters beyond ASCII that texts in English, Spanish, French and Portuguese have in Windows-1252.
const WESTERN: &str =
    "áàâãäåæçéèêëíìîïñóòôõöœúùûüýÿÁÀÂÃÄÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÕÖŒÚÙÛÜÝŸßø¿¡«»‹›“”‘’‚„–—…•·°ºª§¶†‡€£¢¥©®™±×½¼¾²³¹´¨\u{A0}\u{AD}";

/// The text of a file, without a byte order mark. `declared` is the encoding that the file says it has.
///
/// # Errors
/// [`ExtractError::Binary`] for bytes that are no text, [`ExtractError::Empty`] for white space.
pub(super) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<String, ExtractError> {
    let text = characters(bytes, declared)?;
    let text = encoded_once(&text).unwrap_or(text);
    let text = without_slips(&text, bytes)?;
    if text.trim().is_empty() { Err(ExtractError::Empty) } else { Ok(text) }
}

/// The beginning of a file as text, to look for signs of its format in ASCII.
pub(super) fn start(bytes: &[u8], length: usize) -> String {
    let bytes = bytes.get(..length).unwrap_or(bytes);
    match utf16(bytes) {
        Some(encoding) => encoding.decode(bytes).0.into_owned(),
        None => String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).into_owned(),
    }
}

/// The encoding that a page declares: `<meta charset=…>`, `content="text/html; charset=…"`, `<?xml encoding=…?>`.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(bytes.get(..DECLARATION_WINDOW).unwrap_or(bytes)).to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|key| {
        start.split(key).skip(1).find_map(|after| {
            let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
            let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(value.len());
            Encoding::for_label(value.get(..end)?.as_bytes())
        })
    })
}

fn characters(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<String, ExtractError> {
    if let Some(encoding) = utf16(bytes) {
        let (text, broken) = encoding.decode_with_bom_removal(bytes);
        // Halves of characters are damage that the rest of the text survives; many are no text.
        let bad = if broken { text.matches('\u{FFFD}').count() } else { 0 };
        return if bad * CHARACTERS_FOR_A_CONTROL > text.len() { Err(binary(bytes)) } else { Ok(text.into_owned()) };
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let (mut sequences, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sequences += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    // UTF-8 with a few bytes of another encoding, or cut in the middle of a character.
    if sequences > broken {
        let mut text = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
        return Ok(text);
    }
    let declared = declared.filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible());
    let encoding = declared.unwrap_or_else(|| single_byte(bytes));
    Ok(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

/// UTF-16, by its mark, or by the zero bytes that Latin letters have in it.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let pairs = bytes.chunks_exact(2);
    let all = pairs.len();
    let (mut first, mut second) = (0, 0);
    for pair in pairs {
        first += usize::from(pair.first() == Some(&0));
        second += usize::from(pair.get(1) == Some(&0));
    }
    let most = |zeros: usize| zeros * 2 > all;
    let few = |zeros: usize| zeros * 20 <= all;
    if most(second) && few(first) {
        Some(UTF_16LE)
    } else if most(first) && few(second) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding of a byte a character that fits best: Windows-1252 where it gives what Western texts are made of.
fn single_byte(bytes: &[u8]) -> &'static Encoding {
    let text = WINDOWS_1252.decode_without_bom_handling(bytes).0;
    if text.chars().filter(|c| !c.is_ascii()).all(|c| WESTERN.contains(c)) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The text without stray zero bytes and control characters.
fn without_slips(text: &str, bytes: &[u8]) -> Result<String, ExtractError> {
    let zeros = text.matches('\0').count();
    let is_stray = |c: char| c.is_control() && !c.is_whitespace() && c != '\u{1A}';
    let controls = text.chars().filter(|&c| is_stray(c)).count();
    let characters = text.chars().count();
    if zeros * BYTES_FOR_A_ZERO > characters || controls * CHARACTERS_FOR_A_CONTROL > characters {
        return Err(binary(bytes));
    }
    Ok(text.replace(['\0', '\u{1A}'], ""))
}

fn binary(bytes: &[u8]) -> ExtractError {
    let is_control = |&byte: &u8| byte < 0x20 && !(0x9..=0xD).contains(&byte);
    ExtractError::Binary { position: bytes.iter().position(is_control).unwrap_or(0) }
}

/// The text that was encoded as UTF-8 twice ("MigraciÃ³n"): its characters, taken for bytes of Windows-1252, are valid
/// UTF-8. That holds for the whole of a text, or it was not: a single "é" speaks against it.
fn encoded_once(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let (bytes, _, lost) = WINDOWS_1252.encode(text);
    if lost { None } else { String::from_utf8(bytes.into_owned()).ok() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "La migración y el «género» – en la région d’Amérique: ¿qué sigue? Nº 5 œuvre";

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes, None).as_deref(), Ok(expected));
    }

    fn utf16_bytes(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        check(TEXT.as_bytes(), TEXT);
        check(format!("\u{FEFF}{TEXT}").as_bytes(), TEXT);
        check(&utf16_bytes(TEXT, true), TEXT);
        check(&utf16_bytes(TEXT, false), TEXT);
        check(&utf16_bytes(&format!("\u{FEFF}{TEXT}"), true), TEXT);
        check(&utf16_bytes(&format!("\u{FEFF}{TEXT}"), false), TEXT);
        check(&WINDOWS_1252.encode(TEXT).0, TEXT);
        check(b"migraci\xF3n", "migración");
        check(b"\xC9tat", "État");
    }

    #[test]
    fn other_alphabets_are_guessed() {
        let russian = "Региональные консультативные процессы по миграции обсуждают права мигрантов.";
        check(&encoding_rs::WINDOWS_1251.encode(russian).0, russian);
    }

    #[test]
    fn text_encoded_twice_is_decoded_twice() {
        let twice = |text: &str| WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned();
        assert_eq!(twice("ó"), "Ã³");
        check(twice(TEXT).as_bytes(), TEXT);
        check("Á à Í".as_bytes(), "Á à Í");
        check(twice("Á à Í").as_bytes(), "Á à Í");
        // One letter that is right shows that the others are meant.
        check("MigraciÃ³n, région".as_bytes(), "MigraciÃ³n, région");
    }

    #[test]
    fn a_few_bytes_of_another_encoding_spoil_nothing() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.extend(b" \x93quoted\x94");
        check(&bytes, &format!("{TEXT} “quoted”"));
        let cut = TEXT.as_bytes().get(..10).unwrap();
        assert!(decode(cut, None).unwrap().starts_with("La migraci"));
    }

    #[test]
    fn stray_zero_bytes_are_dropped_and_binary_files_refused() {
        let long = "Report. ".repeat(200);
        check(format!("{long}\0end").as_bytes(), &format!("{long}end"));
        for bytes in
            [&b"a\0b"[..], b"\x7FELF\x02\x01\x01\0\0\0\0", b"\x01\x02\x03\x04", &[0; 100], b"\x00\x61\x00\xD8\x62"]
        {
            assert!(matches!(decode(bytes, None), Err(ExtractError::Binary { .. } | ExtractError::Empty)), "{bytes:?}");
        }
        assert_eq!(decode(b" \n", None), Err(ExtractError::Empty));
        assert_eq!(decode(b"", None), Err(ExtractError::Empty));
    }

    #[test]
    fn a_page_declares_its_encoding() {
        for page in [
            &b"<meta charset=\"ISO-8859-2\">"[..],
            b"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>",
            b"<?xml version='1.0' encoding='ISO-8859-2'?><html>",
        ] {
            assert_eq!(declared(page), Some(encoding_rs::ISO_8859_2));
        }
        assert_eq!(declared(b"<p>charset</p>"), None);
        assert_eq!(decode(b"\xB1 <p>", Some(encoding_rs::ISO_8859_2)).as_deref(), Ok("ą <p>"));
        assert_eq!(decode("ñ".as_bytes(), Some(encoding_rs::ISO_8859_2)).as_deref(), Ok("ñ"));
    }

    proptest! {
        /// Letters with accents stand alone in words: bytes of several of them together may be valid UTF-8.
        #[test]
        fn western_text_survives_windows_1252(text in "[a-z]([a-z ,.]{1,5}[áéíóúñüçàâêèëïôœ¿¡«»’“”–…º]){1,40}") {
            prop_assert_eq!(decode(&WINDOWS_1252.encode(&text).0, None).unwrap(), text);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = decode(&bytes, declared(&bytes));
            let _ = start(&bytes, 100);
        }
    }
}

//! Code pages and character sets of fonts to encodings.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, IBM866, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};

/// The encoding of a code page (`\ansicpg`, `\cpg`); Western if it is not known.
pub(super) fn of_code_page(page: i32) -> &'static Encoding {
    match page {
        866 => IBM866,
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        65001 => UTF_8,
        _ => WINDOWS_1252,
    }
}

/// The code page of a font's character set (`\fcharset`); `None` is that of the document.
pub(super) fn of_character_set(set: i32) -> Option<&'static Encoding> {
    let page = match set {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    Some(of_code_page(page))
}

/// Language tag of a language number (`\deflang`), as far as such documents have it.
pub(super) fn language(number: i32) -> Option<&'static str> {
    match number & 0x3FF {
        1 => Some("ar"),
        9 => Some("en"),
        10 => Some("es"),
        12 => Some("fr"),
        22 => Some("pt"),
        25 => Some("ru"),
        _ => None,
    }
}

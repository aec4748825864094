//! Signs of symbol fonts (`w:sym`), whose code points mean nothing without the font.

use super::super::xml::Element;

/// The sign as text: what looks like a bullet is one, Greek letters and common signs are themselves, the rest is
/// decoration.
pub(super) fn symbol(element: Element<'_>) -> &'static str {
    let code = element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok()).unwrap_or(0);
    let font = element.attribute("font").unwrap_or_default().to_lowercase();
    let code = code & 0xFF;
    if font.contains("wingdings") {
        return match code {
            0xFC | 0xFE | 0x52 => "✓",
            0xE0 | 0xE8 | 0xF0 => "→",
            0x6C | 0x6E | 0x71 | 0x75 | 0x76 | 0x77 | 0x9E | 0x9F | 0xA7 | 0xA8 | 0xD8 => "•",
            _ => "",
        };
    }
    match code {
        0x2D | 0xBE => "-",
        0xA3 => "≤",
        0xAE => "→",
        0xB0 => "°",
        0xB1 => "±",
        0xB3 => "≥",
        0xB4 => "×",
        0xB7 => "•",
        0xB9 => "≠",
        0x61 => "α",
        0x62 => "β",
        0x67 => "γ",
        0x64 => "δ",
        0x44 => "Δ",
        0x53 => "Σ",
        0x57 => "Ω",
        0x6D => "μ",
        0x70 => "π",
        0x73 => "σ",
        _ => "",
    }
}

//! Character references of HTML that conversion left in a text: `&eacute;`, `&#233;`, `&#xE9;`.

/// Longest reference, without `&` and `;`, in bytes.
const MAX_REFERENCE: usize = 8;

/// Names and their characters: the letters of the languages of this corpus, and punctuation.
const NAMES: [(&str, char); 55] = [
    ("Aacute", 'Á'),
    ("Agrave", 'À'),
    ("Atilde", 'Ã'),
    ("Ccedil", 'Ç'),
    ("Eacute", 'É'),
    ("Egrave", 'È'),
    ("Iacute", 'Í'),
    ("Ntilde", 'Ñ'),
    ("Oacute", 'Ó'),
    ("Uacute", 'Ú'),
    ("Uuml", 'Ü'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("agrave", 'à'),
    ("amp", '&'),
    ("apos", '\''),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("bull", '•'),
    ("ccedil", 'ç'),
    ("deg", '°'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("egrave", 'è'),
    ("euml", 'ë'),
    ("euro", '€'),
    ("gt", '>'),
    ("hellip", '…'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iexcl", '¡'),
    ("iquest", '¿'),
    ("iuml", 'ï'),
    ("laquo", '«'),
    ("ldquo", '“'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("nbsp", ' '),
    ("ndash", '–'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("oelig", 'œ'),
    ("ordf", 'ª'),
    ("ordm", 'º'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rdquo", '”'),
    ("rsquo", '’'),
    ("uacute", 'ú'),
    ("ugrave", 'ù'),
    ("uuml", 'ü'),
];

/// Replaces the references by their characters, each once: `&amp;lt;` becomes `&lt;`. What is none stays.
pub(super) fn without_references(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        clean.push_str(before);
        let end = after.bytes().take(MAX_REFERENCE + 1).position(|byte| byte == b';');
        let reference = end.and_then(|end| after.split_at_checked(end));
        match reference.and_then(|(name, following)| Some((character(name)?, following))) {
            Some((c, following)) => {
                clean.push(c);
                rest = following.strip_prefix(';').unwrap_or(following);
            }
            None => {
                clean.push('&');
                rest = after;
            }
        }
    }
    clean.push_str(rest);
    clean
}

/// The printable character that a reference names.
fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| !c.is_control() && !super::is_noncharacter(*c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_characters_and_other_ampersands_stay() {
        for (dirty, expected) in [
            ("Migraci&oacute;n &amp; r&#233;gion&#xE9;", "Migración & régioné"),
            ("&amp;lt; &laquo;&nbsp;a&nbsp;&raquo;", "&lt; « a »"),
            ("R&D; AT&T &unknown; &#0; &#xFFFF; &#1114112; &", "R&D; AT&T &unknown; &#0; &#xFFFF; &#1114112; &"),
        ] {
            assert_eq!(without_references(dirty), expected);
        }
    }
}

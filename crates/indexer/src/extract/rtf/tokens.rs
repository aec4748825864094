//! [`Tokens`]: the bytes of an RTF file as braces, control words and text.

/// Longest control word; the format allows 32.
const MAX_WORD: usize = 40;

/// A piece of an RTF file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\par`, `\b0`, `\u233`.
    Word(&'a str, Option<i32>),
    /// `\*`, `\~`, `\-` …
    Symbol(u8),
    /// `\'e9`
    Byte(u8),
    /// Text in the encoding of its font, without line ends.
    Text(&'a [u8]),
}

/// Reads tokens; what is no RTF is text.
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    /// Reads these bytes.
    pub(super) fn new(bytes: &'a [u8]) -> Tokens<'a> {
        Tokens { rest: bytes }
    }

    /// The next `length` bytes, or what is left.
    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// What follows a backslash.
    fn control(&mut self) -> Option<Token<'a>> {
        let letters = self.rest.iter().take(MAX_WORD).take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters == 0 {
            return match *self.take(1).first()? {
                b'\'' => {
                    let digits = std::str::from_utf8(self.take(2)).ok();
                    let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
                    Some(byte.map_or(Token::Text(b""), Token::Byte))
                }
                symbol => Some(Token::Symbol(symbol)),
            };
        }
        let word = std::str::from_utf8(self.take(letters)).unwrap_or("");
        let sign = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self.rest.iter().skip(sign).take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let value = if digits == 0 {
            None
        } else {
            let digits = std::str::from_utf8(self.take(sign + digits)).unwrap_or("");
            // Ten digits fit an i64.
            let value = digits.parse().unwrap_or(0_i64).clamp(i64::from(i32::MIN), i64::from(i32::MAX));
            i32::try_from(value).ok()
        };
        if self.rest.first() == Some(&b' ') {
            self.take(1);
        }
        if let ("bin", Some(length)) = (word, value) {
            self.take(usize::try_from(length).unwrap_or(0));
        }
        Some(Token::Word(word, value))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        match *self.rest.first()? {
            b'{' => {
                self.take(1);
                Some(Token::Open)
            }
            b'}' => {
                self.take(1);
                Some(Token::Close)
            }
            b'\\' => {
                self.take(1);
                self.control()
            }
            b'\r' | b'\n' | 0 => {
                let ends = self.rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n' | 0)).count();
                self.take(ends);
                Some(Token::Text(b""))
            }
            _ => {
                let special = |byte: &u8| matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                let length = self.rest.iter().position(special).unwrap_or(self.rest.len());
                Some(Token::Text(self.take(length)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_words_and_text() {
        let tokens: Vec<Token<'_>> = Tokens::new(b"{\\rtf1\\b0 a\\'e9\\u-10179?\\*\\par\n\\bin3 }}}b}").collect();
        let expected = [
            Token::Open,
            Token::Word("rtf", Some(1)),
            Token::Word("b", Some(0)),
            Token::Text(b"a"),
            Token::Byte(0xE9),
            Token::Word("u", Some(-10179)),
            Token::Text(b"?"),
            Token::Symbol(b'*'),
            Token::Word("par", None),
            Token::Text(b""),
            Token::Word("bin", Some(3)),
            Token::Text(b"b"),
            Token::Close,
        ];
        assert_eq!(tokens, expected);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_come_to_an_end(bytes: Vec<u8>) {
            proptest::prop_assert!(Tokens::new(&bytes).count() <= bytes.len());
        }
    }
}

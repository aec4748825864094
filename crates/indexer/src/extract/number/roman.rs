//! Roman numbers, read and printed.

/// A number from 1 to 3,999 in capitals; others stay digits.
pub(in crate::extract) fn roman(number: u32) -> String {
    const VALUES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut printed = String::new();
    for (value, sign) in VALUES {
        while rest >= value {
            printed.push_str(sign);
            rest -= value;
        }
    }
    printed
}

/// Whether a word is a roman number up to 89, all in capitals or all in small letters ("civil" is none).
pub(super) fn is_roman(word: &str) -> bool {
    let upper = word.to_ascii_uppercase();
    if upper != word && word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return false;
    }
    let tens = ["LXXX", "LXX", "LX", "XL", "L", "XXX", "XX", "X", ""];
    let ones = ["VIII", "VII", "VI", "IV", "IX", "V", "III", "II", "I", ""];
    tens.iter().any(|tens| upper.strip_prefix(tens).is_some_and(|rest| ones.contains(&rest) && !upper.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read() {
        assert_eq!([1, 4, 14, 1999, 4_000, 0].map(roman), ["I", "IV", "XIV", "MCMXCIX", "4000", "0"]);
        assert!((1..90).map(roman).all(|number| is_roman(&number) && is_roman(&number.to_lowercase())));
        assert!(["", "civil", "Iv", "IIII", "LXXXX"].iter().all(|word| !is_roman(word)));
    }
}

//! Text for cells of a spreadsheet.

/// A text that no spreadsheet takes for a formula: one that begins as formulas do, in letters of full width too, begins
/// with an apostrophe instead.
pub(crate) fn plain(text: &str) -> String {
    if text.starts_with(BEGINNINGS) { format!("'{text}") } else { text.to_owned() }
}

const BEGINNINGS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A1"] {
            assert_eq!(plain(text), format!("'{text}"));
        }
        for text in ["", "a=b", " =1", "5+5", "'x", "–1"] {
            assert_eq!(plain(text), text);
        }
    }
}

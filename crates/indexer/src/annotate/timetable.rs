//! Whether a text is a timetable: an agenda or programme, by its hours.

/// Hours that a timetable at least names.
const MIN_HOURS: usize = 6;

/// Words per hour that a timetable has at most; prose with an agenda at its end has more.
const MAX_WORDS_PER_HOUR: usize = 25;

/// Whether passages of so many words name the hours of a timetable: at least six, and one for every 25 words.
pub(super) fn is_timetable<'t>(passages: impl Iterator<Item = &'t str>, words: usize) -> bool {
    let hours: usize = passages.map(hours).sum();
    hours >= MIN_HOURS && hours * MAX_WORDS_PER_HOUR >= words
}

/// Number of hours of the day in a text: `09:00`, `9.30`, `9h`, `14h30`.
fn hours(text: &str) -> usize {
    let apart = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | ',' | ';' | '(' | ')');
    text.split(apart).filter(|word| is_hour(word)).count()
}

fn is_hour(word: &str) -> bool {
    let lower = word.trim_end_matches(['.', ':']).to_ascii_lowercase();
    let bare = ["am", "pm", "hrs"].iter().find_map(|ending| lower.strip_suffix(ending)).unwrap_or(&lower);
    let Some((hour, minutes)) = bare.split_once([':', '.', 'h']) else { return false };
    let below = |digits: &str, limit: u32| {
        digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse::<u32>().is_ok_and(|number| number < limit)
    };
    let full = minutes.len() == 2 && below(minutes, 60);
    hour.len() <= 2 && below(hour, 25) && (full || (minutes.is_empty() && bare.ends_with('h')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_told_from_other_numbers() {
        let of_day = "09:00–09:30 Welcome | 9.30 Talk | 14h Déjeuner | 14h30 Fin, 10:15am, (17:45)";
        assert_eq!(hours(of_day), 7);
        assert_eq!(hours("2.5 % of 1.234 migrants, 10:3, 25:61, h30, 3h5, 12.500, p. 12, ratio 1:100"), 0);
    }

    #[test]
    fn a_report_that_names_a_few_hours_is_no_timetable() {
        let report = ["The session opened at 09:00.", "It closed at 17:30, after 8 hours."];
        assert!(!is_timetable(report.into_iter(), 12));
        let lines = ["09:00–10:00 Opening", "10:00–11:00 Talks", "11:00–12:00 Closing"];
        assert!(is_timetable(lines.into_iter(), 9));
        assert!(!is_timetable(lines.into_iter(), 151));
    }
}

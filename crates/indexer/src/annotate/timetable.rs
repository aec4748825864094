//! Whether a text is a timetable: an agenda or programme, by its hours.

use std::ops::Range;

/// Hours that a timetable at least names.
const MIN_HOURS: usize = 6;

/// Words per hour that a timetable has at most; prose with an agenda at its end has more.
const MAX_WORDS_PER_HOUR: usize = 25;

/// Whether so many hours make a timetable of so many words: at least six, and one for every 25 words.
pub(super) fn is_timetable(hours: usize, words: usize) -> bool {
    hours >= MIN_HOURS && hours * MAX_WORDS_PER_HOUR >= words
}

/// Where a text names hours of the day: `09:00`, `9.30`, `9h`, `14h30`.
pub(super) fn hours(text: &str) -> impl Iterator<Item = Range<usize>> {
    let apart = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | ',' | ';' | '(' | ')');
    let words = text.split(apart).scan(0, move |next, word| {
        let start = *next;
        // The separator after the word may be any character; the last word has none after it.
        let after = text[start + word.len()..].chars().next().map_or(0, char::len_utf8);
        *next = start + word.len() + after;
        Some((start, word))
    });
    words.filter(|(_, word)| is_hour(word)).map(|(start, word)| start..start + word.len())
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

    fn count(text: &str) -> usize {
        hours(text).count()
    }

    #[test]
    fn hours_are_told_from_other_numbers() {
        let of_day = "09:00–09:30 Welcome | 9.30 Talk | 14h Déjeuner | 14h30 Fin, 10:15am, (17:45)";
        assert_eq!(count(of_day), 7);
        assert_eq!(hours(of_day).last().map(|hour| &of_day[hour]), Some("17:45"));
        assert_eq!(count("2.5 % of 1.234 migrants, 10:3, 25:61, h30, 3h5, 12.500, p. 12, ratio 1:100"), 0);
    }

    #[test]
    fn a_report_that_names_a_few_hours_is_no_timetable() {
        assert!(!is_timetable(count("The session opened at 09:00. It closed at 17:30, after 8 hours."), 12));
        let hours = count("09:00–10:00 Opening 10:00–11:00 Talks 11:00–12:00 Closing");
        assert!(is_timetable(hours, 9));
        assert!(!is_timetable(hours, 151));
    }
}

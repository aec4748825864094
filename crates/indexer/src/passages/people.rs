//! Sections that list people: what stands in them is personal data, unless it is running text.

use super::opening::{bare, is_generic_heading};

/// Parts of headings over a list of people (folded). Such a list has headings of its own: countries, delegations.
const LISTS: [&str; 10] = [
    "list of participants",
    "participants list",
    "participant list",
    "list of delegates",
    "directory of participants",
    "lista de participantes",
    "listado de participantes",
    "nomina de participantes",
    "liste des participants",
    "liste de participants",
];

/// Headings over people, or over a text that says who takes part (folded).
const SECTIONS: [&str; 7] =
    ["participants", "participantes", "contacts", "contact", "contact details", "contactos", "coordonnees"];

/// Words with which the heading of another annex begins (folded).
const ANNEXES: [&str; 6] = ["annex", "annexe", "annexes", "anexo", "anexos", "appendix"];

/// Fewest words of running text.
const MIN_WORDS: usize = 8;

/// Where a reading of the blocks stands: in a list of people or not.
#[derive(Debug, Default, Clone, Copy)]
pub(super) enum People {
    /// Not among people.
    #[default]
    Elsewhere,
    /// Below one of [`SECTIONS`], at this level.
    Section(u8),
    /// Below one of [`LISTS`].
    List {
        /// Whether other headings have followed: the list, or what comes after it.
        headings_below: bool,
    },
}

impl People {
    /// Goes on to a heading.
    pub(super) fn enter(&mut self, level: u8, heading: &str) {
        let heading = bare(heading);
        let annex = ANNEXES.iter().any(|annex| heading.split_whitespace().next() == Some(annex));
        *self = match *self {
            _ if LISTS.iter().any(|name| heading.contains(name)) => People::List { headings_below: false },
            _ if SECTIONS.contains(&heading.as_str()) => People::Section(level),
            People::Section(above) if level > above => People::Section(above),
            People::List { .. } if !annex && !is_generic_heading(&heading) => People::List { headings_below: true },
            _ => People::Elsewhere,
        };
    }

    /// Whether a text is personal data by its place. Running text is none, and behind a later heading it shows that
    /// the list has ended.
    pub(super) fn hide(&mut self, text: &str) -> bool {
        let running = is_running_text(text);
        if running && matches!(self, People::List { headings_below: true }) {
            *self = People::Elsewhere;
        }
        !running && !matches!(self, People::Elsewhere)
    }
}

/// Whether a text is a sentence and not an entry of a list: it ends as one, its second word is no name, and at least
/// half of its words are in small letters. In doubt it is an entry.
fn is_running_text(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let small = |word: &&&str| word.starts_with(char::is_lowercase);
    text.ends_with(['.', ';', '!', '?'])
        && words.len() >= MIN_WORDS
        && words.get(1).as_ref().is_some_and(small)
        && words.iter().filter(small).count() * 2 >= words.len()
        && !text.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `# ` begins a heading of level 1, `## ` one of level 2; `-` marks what must be hidden.
    #[track_caller]
    fn check(lines: &[&str]) {
        let mut people = People::default();
        for line in lines {
            if let Some(heading) = line.strip_prefix("## ") {
                people.enter(2, heading);
            } else if let Some(heading) = line.strip_prefix("# ") {
                people.enter(1, heading);
            } else {
                let hidden = people.hide(line.trim_start_matches("- "));
                assert_eq!(hidden, line.starts_with("- "), "{line}");
            }
        }
    }

    #[test]
    fn the_headings_of_a_list_do_not_end_it() {
        check(&[
            "# ANNEX II: LIST OF PARTICIPANTS",
            "# ZAMBIA",
            "- Mr. John Banda, Director of Immigration",
            "# MALAWI",
            "- Ms. Mary Phiri, Chief Immigration Officer, Ministry of Home Affairs and Internal Security.",
            "# ANNEX III: AGENDA",
            "Opening of the meeting",
        ]);
        check(&[
            "# Lista de participantes",
            "- Ana Pérez, directora general de migración y extranjería del ministerio de gobernación.",
            "# Resultados",
            "- Primero",
            "La reunión acordó un plan de acción para los próximos dos años.",
            "Segundo",
        ]);
    }

    #[test]
    fn a_section_says_who_takes_part() {
        check(&[
            "# II. Participants",
            "The workshop will bring together forty officials of the ministries of labour.",
            "- Mr. Peter Moyo, Chief Immigration Officer",
            "## Zambia",
            "- Mr. John Banda",
            "# Expected results",
            "A road map",
        ]);
    }
}

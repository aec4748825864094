//! Sections that list people: what stands in them is personal data, unless it is running text.

use rcp_corpus::analysis::fold;

use super::opening_line::{bare, is_generic_heading};
use crate::extract::{Block, BlockKind};

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

/// Heads of the columns with the names of people, and of those that only a table of people has beside them (folded).
const NAME_COLUMNS: [&str; 14] = [
    "delegate",
    "delegado",
    "full name",
    "name",
    "name and title",
    "names",
    "nom",
    "nom et prenom",
    "noms",
    "nombre",
    "nombre completo",
    "nombre y apellido",
    "nombre y apellidos",
    "nombres",
];
const PEOPLE_COLUMNS: [&str; 22] = [
    "cargo",
    "contact",
    "contact details",
    "contacto",
    "coordonnees",
    "correo",
    "correo electronico",
    "courriel",
    "designation",
    "e-mail",
    "e-mail address",
    "email",
    "email address",
    "fonction",
    "phone",
    "position",
    "tel",
    "telefono",
    "telephone",
    "title",
    "titre",
    "puesto",
];

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
    /// In a table whose first row has columns for names and what they are reached by.
    Table,
}

impl People {
    /// Goes on to a heading.
    pub(super) fn enter(&mut self, level: u8, heading: &str) {
        let heading = bare(heading);
        let annex = begins_annex(&heading);
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
    pub(super) fn hide(&mut self, block: &Block) -> bool {
        let row = block.kind == BlockKind::TableRow;
        match self {
            People::Elsewhere if row && heads_people(&block.text) => *self = People::Table,
            People::Table if !row => *self = People::Elsewhere,
            _ => {}
        }
        let running = !row && is_running_text(&block.text);
        if running && matches!(self, People::List { headings_below: true }) {
            *self = People::Elsewhere;
        }
        !running && !matches!(self, People::Elsewhere)
    }
}

/// Whether a heading begins another annex.
pub(super) fn begins_annex(heading: &str) -> bool {
    let heading = bare(heading);
    ANNEXES.iter().any(|annex| heading.split_whitespace().next() == Some(annex))
}

/// Whether a row is the head of a table of people.
fn heads_people(row: &str) -> bool {
    let folded = fold(row);
    let cells: Vec<&str> = folded.split('|').map(|cell| cell.trim().trim_end_matches([':', '.'])).collect();
    let has = |columns: &[&str]| cells.iter().any(|cell| columns.contains(cell));
    cells.len() <= 8 && has(&NAME_COLUMNS) && has(&PEOPLE_COLUMNS)
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
                let text = line.trim_start_matches("- ").to_owned();
                let kind = if text.contains('|') { BlockKind::TableRow } else { BlockKind::Paragraph };
                let hidden = people.hide(&Block { kind, text, page: None, marker: None, notes: Vec::new() });
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
    fn a_table_of_people_is_told_by_its_columns() {
        check(&[
            "- Nombre | País | Correo electrónico",
            "- Ana Pérez | Chile | Directora",
            "La reunión acordó un plan de acción para los próximos dos años.",
            "Name | Year of creation",
            "Puebla Process | 1996",
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

//! Clauses of declarations, communiqués and resolutions: those that give reasons, those that decide.
//!
//! The words that begin them ("Noting that …", "Invite …") begin sentences of any report too. So a form counts only in
//! company: several in a row, or a text whose title says that it declares.

use std::ops::Range;

use rcp_corpus::analysis::fold;

use super::declaration_words::{
    ABOUT, BEFORE, CLOSINGS, DECLARATIONS, FOLLOWING, INTRODUCTIONS, OPERATIVE, PREAMBULAR,
};
use super::opening::Opening;
use super::opening_line::bare;
use super::people::begins_annex;
use crate::extract::{Block, BlockKind};

/// Fewest preambular forms in a row that make a preamble in any text, and how many of them end as clauses do.
const MIN_RUN: (usize, usize) = (3, 2);

/// Fewest numbered points that make the body of a declaration without a line that opens it.
const MIN_POINTS: usize = 5;

/// Fewest numbered points below a text that tells of a decision.
const MIN_INTRODUCED: usize = 3;

/// Words at the end of a line in which the verb stands that opens the operative clauses, and most of such a heading.
const OPENER_WORDS: usize = 12;

/// Fewest words of an unnumbered operative clause: places, dates and signatures have fewer.
const MIN_WORDS: usize = 6;

/// What a block does in a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clause {
    /// Nothing of the kind.
    None,
    /// It gives a reason.
    Preambular,
    /// It decides.
    Operative,
}

/// What each block does.
///
/// - Preambular: three blocks in a row that begin with such a form, of which two end as clauses do (or one or two, in a
///   text that declares or in front of a decision); and what stands below "CONSIDERANDO:".
/// - Operative: in such a text, what follows the line that opens the decisions ("ACUERDAN:", "have agreed to:"), or
///   begins with a verb of decision behind the preamble, up to an annex. Of its lists only the outermost: the items
///   inside a decision stay items.
pub(super) fn clauses(opening: &Opening, blocks: &[Block]) -> Vec<Clause> {
    let declares = declares(opening, blocks);
    let forms: Vec<Form> = blocks.iter().map(form).collect();
    let mut clauses = vec![Clause::None; blocks.len()];
    let mut at = 0;
    let mut known = declares;
    while at < blocks.len() {
        let Run { end, accepted } = preamble(blocks, &forms, at, declares);
        if end > at {
            if accepted {
                known = true;
                mark(&mut clauses, blocks, at..end);
            }
            at = end;
            continue;
        }
        let follows = at.checked_sub(1).and_then(|above| clauses.get(above)) == Some(&Clause::Preambular);
        let form = forms.get(at).copied().unwrap_or(Form::Other);
        let opens = form == Form::Opener || (form == Form::Operative && follows);
        if known && opens {
            let start = if form == Form::Opener { at + 1 } else { at };
            let end = operative_end(blocks, &forms, start);
            mark_operative(&mut clauses, blocks, &forms, start..end);
            at = end.max(at + 1);
            continue;
        }
        at += 1;
    }
    if declares && clauses.iter().all(|clause| *clause == Clause::None) {
        mark_points(&mut clauses, blocks, &forms);
    }
    clauses
}

/// What a block looks like by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Other,
    /// Begins as a preambular clause; `whole` if it also ends as one.
    Preambular {
        whole: bool,
    },
    /// Introduces preambular clauses and is none itself.
    Introduction,
    /// Opens the operative clauses.
    Opener,
    /// Begins with a verb of decision.
    Operative,
}

fn form(block: &Block) -> Form {
    if !matches!(block.kind, BlockKind::Heading(_) | BlockKind::Paragraph | BlockKind::ListItem) {
        return Form::Other;
    }
    let text = block.text.as_str();
    let heading = matches!(block.kind, BlockKind::Heading(_));
    if text.len() <= 40 && INTRODUCTIONS.contains(&bare(text).as_str()) {
        return Form::Introduction;
    }
    let begins = first_word(text);
    if !heading && PREAMBULAR.contains(&begins.as_str()) {
        let ends = [" and", " y", " et"].iter().any(|word| text.ends_with(word));
        let capitals = text.split_whitespace().next().is_some_and(is_capitals);
        return Form::Preambular { whole: ends || capitals || text.ends_with([',', ';', ':']) };
    }
    if (heading || text.ends_with(':')) && opens(text, heading) {
        return Form::Opener;
    }
    if !heading && OPERATIVE.contains(&begins.as_str()) { Form::Operative } else { Form::Other }
}

/// Whether the line says that decisions follow: a verb of decision is its last word or among its last ones; a heading
/// consists of it, or says that they follow.
fn opens(text: &str, heading: bool) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let last = words.get(words.len().saturating_sub(OPENER_WORDS)..).unwrap_or_default();
    let follows = words.len() <= OPENER_WORDS && words.iter().any(|word| FOLLOWING.contains(word));
    (!heading || words.len() <= 4 || follows) && last.iter().any(|word| OPERATIVE.contains(word))
}

/// The first word that counts, folded.
fn first_word(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || "'’,:".contains(c))
        .map(|word| fold(word.trim_matches(|c: char| !c.is_alphanumeric())))
        .filter(|word| !word.is_empty())
        .take(4)
        .find(|word| !BEFORE.contains(&word.as_str()))
        .unwrap_or_default()
}

fn is_capitals(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    letters().nth(4).is_some() && letters().all(char::is_uppercase)
}

/// Whether the title page, or the first headings, say that the text is a declaration and not one about it.
fn declares(opening: &Opening, blocks: &[Block]) -> bool {
    let headings = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_))).take(3);
    let lines = opening.title.iter().chain(&opening.lines).map(String::as_str);
    lines.chain(headings.map(|block| block.text.as_str())).any(names_declaration)
}

/// Whether a line names a declaration, and nothing about one.
fn names_declaration(line: &str) -> bool {
    let folded = fold(line);
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    let about = words.clone().any(|word| ABOUT.contains(&word));
    !about && words.any(|word| DECLARATIONS.contains(&word))
}

/// Blocks that may be a preamble, up to `end`.
struct Run {
    end: usize,
    accepted: bool,
}

/// The run of preambular forms that begins at a block, or of what an introduction stands over; empty where none begins.
fn preamble(blocks: &[Block], forms: &[Form], at: usize, declares: bool) -> Run {
    let is_heading = |index: usize| blocks.get(index).is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)));
    let form = |index: usize| forms.get(index).copied().unwrap_or(Form::Other);
    let (mut count, mut whole_count, mut end) = (0, 0, at);
    if form(at) == Form::Introduction {
        let stops =
            |index| is_heading(index) || matches!(form(index), Form::Opener | Form::Operative | Form::Introduction);
        let below = (at + 1..blocks.len()).find(|&index| stops(index)).unwrap_or(blocks.len());
        let accepted = declares || form(below) == Form::Opener;
        return Run { end: if accepted { below } else { at + 1 }, accepted };
    }
    for (index, block) in blocks.iter().enumerate().skip(at) {
        match form(index) {
            Form::Preambular { whole } => {
                count += 1;
                whole_count += usize::from(whole);
                end = index + 1;
            }
            _ if count > 0 && matches!(block.kind, BlockKind::Footnote | BlockKind::Contact) => {}
            _ => break,
        }
    }
    let decisions_follow = matches!(form(end), Form::Opener | Form::Operative);
    let in_company =
        (declares && (count >= 2 || whole_count >= 1)) || (decisions_follow && count >= 2 && whole_count >= 1);
    Run { end, accepted: in_company || (count >= MIN_RUN.0 && whole_count >= MIN_RUN.1) }
}

/// Where the operative clauses that begin at a block end: before an annex, another preamble, the same text in another
/// language.
fn operative_end(blocks: &[Block], forms: &[Form], start: usize) -> usize {
    let ends = |(index, block): (usize, &Block)| {
        let heading = matches!(block.kind, BlockKind::Heading(_));
        let other = heading && (begins_annex(&block.text) || names_declaration(&block.text));
        let reasons = || {
            let run = preamble(blocks, forms, index, false);
            run.accepted && run.end >= index + MIN_RUN.1
        };
        other
            || match forms.get(index) {
                Some(Form::Introduction) => true,
                Some(Form::Preambular { .. }) => reasons(),
                _ => false,
            }
    };
    let length = blocks.iter().enumerate().skip(start).position(ends);
    length.map_or(blocks.len(), |length| start + length)
}

/// Marks the paragraphs and items of a preamble.
fn mark(clauses: &mut [Clause], blocks: &[Block], range: Range<usize>) {
    for index in range {
        let text =
            blocks.get(index).is_some_and(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem));
        if let Some(place) = clauses.get_mut(index).filter(|_| text) {
            *place = Clause::Preambular;
        }
    }
}

/// Marks the clauses of one body of decisions: its paragraphs, its numbered and lettered items, and its bullets where
/// they are the outermost list. Behind a list, a paragraph is a clause only if it begins as one: a communiqué goes on to
/// tell of the meeting.
fn mark_operative(clauses: &mut [Clause], blocks: &[Block], forms: &[Form], range: Range<usize>) {
    let mut bullets = None;
    let mut listed = None;
    for index in range {
        let Some(block) = blocks.get(index) else { continue };
        let clause = match block.kind {
            BlockKind::ListItem => {
                listed.get_or_insert(true);
                let bullet = block.marker.is_none();
                *bullets.get_or_insert(bullet) || !bullet
            }
            BlockKind::Paragraph => {
                let closes = CLOSINGS.contains(&first_word(&block.text).as_str());
                let decides = matches!(forms.get(index), Some(Form::Operative | Form::Opener));
                let long = block.text.split_whitespace().nth(MIN_WORDS - 1).is_some();
                !closes && long && (decides || !*listed.get_or_insert(false))
            }
            _ => false,
        };
        if let Some(place) = clauses.get_mut(index).filter(|_| clause) {
            *place = Clause::Operative;
        }
    }
}

/// The numbered points of a declaration that has neither preamble nor opening line, if half of them begin as
/// decisions, with such a verb or an infinitive, or a text right above them tells that something was decided.
fn mark_points(clauses: &mut [Clause], blocks: &[Block], forms: &[Form]) {
    let is_point = |block: &Block| {
        block.kind == BlockKind::ListItem && block.marker.as_ref().is_some_and(|marker| marker.value().is_some())
    };
    let points: Vec<usize> =
        blocks.iter().enumerate().filter(|(_, block)| is_point(block)).map(|(index, _)| index).collect();
    let decides = |&&index: &&usize| {
        let infinitive = blocks.get(index).is_some_and(|block| begins_with_infinitive(&block.text));
        infinitive || forms.get(index) == Some(&Form::Operative)
    };
    // In two languages there are two such texts.
    let above = points.first().and_then(|first| blocks.get(..*first)).unwrap_or_default().iter().rev().take(2);
    let introduced =
        above.take_while(|block| block.kind == BlockKind::Paragraph).any(|block| tells_decision(&block.text));
    let least = if introduced { MIN_INTRODUCED } else { MIN_POINTS };
    if points.len() >= least && (introduced || points.iter().filter(decides).count() * 2 >= points.len()) {
        for index in points {
            if let Some(place) = clauses.get_mut(index) {
                *place = Clause::Operative;
            }
        }
    }
}

/// Whether a verb of decision is in the last sentence of a text: "The ministers agreed on the points below."
fn tells_decision(text: &str) -> bool {
    let last = text.trim_end_matches(['.', ':', ' ']).rsplit(". ").next().unwrap_or(text);
    fold(last).split(|c: char| !c.is_alphanumeric()).any(|word| OPERATIVE.contains(&word))
}

/// "To strengthen", "Fortalecer", "Renforcer".
fn begins_with_infinitive(text: &str) -> bool {
    let word = first_word(text);
    word == "to" || (word.chars().count() >= 5 && ["ar", "er", "ir", "re"].iter().any(|ending| word.ends_with(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;

    /// What the blocks of a text do: `P`, `O` or `.`, headings left out.
    #[track_caller]
    fn check(title: &str, text: &str, expected: &str) {
        let blocks = extract(text.as_bytes(), 100_000).unwrap().blocks;
        let opening = Opening { title: Some(title.to_owned()), ..Opening::default() };
        let letters: String = clauses(&opening, &blocks)
            .into_iter()
            .zip(&blocks)
            .filter(|(_, block)| !matches!(block.kind, BlockKind::Heading(_)))
            .map(|(clause, _)| match clause {
                Clause::None => '.',
                Clause::Preambular => 'P',
                Clause::Operative => 'O',
            })
            .collect();
        assert_eq!(letters, expected, "{title}: {blocks:#?}");
    }

    #[test]
    fn gerunds_and_participles_give_reasons_and_verbs_decide() {
        check(
            "Declaración de Lima",
            "Los Jefes de Delegación, reunidos en la ciudad de Lima;\n\nREAFIRMANDO los derechos de las personas \
             migrantes;\n\nTENIENDO EN CUENTA el aporte de la diáspora;\n\nProfundamente preocupados por la trata de \
             personas;\n\nACUERDAN:\n\n1. Fortalecer la cooperación:\n\na) entre autoridades;\n\nb) entre consulados.\n\n\
             2. Celebrar la próxima reunión en Quito.\n\nDado en Lima, a los cinco días del mes de mayo de 2006.\n\n\
             Anexo\n\nLa lista de países que firman la declaración sigue aquí.",
            ".PPPOOOO..",
        );
        check(
            "Bangkok Statement",
            "1. Recognizing that migration is a regional matter;\n\n2. Noting with concern the rise of smuggling;\n\n\
             3. Recalling earlier meetings;\n\n4. Also mindful of the rights of migrants;\n\nHave agreed to the \
             following:\n\n1. States will exchange information.\n\n2. States will train officials.",
            "PPPP.OO",
        );
        check(
            "Déclaration de Rabat",
            "Nous, ministres, réunis à Rabat,\n\nRappelant les engagements pris à Paris,\n\nPréoccupés par le nombre de \
             victimes,\n\nConviennent de renforcer la coopération entre les États.\n\nS’engagent à protéger les victimes \
             de la traite.\n\nFait à Rabat, le 11 juillet 2006, en deux langues.",
            ".PPOO.",
        );
    }

    #[test]
    fn a_heading_says_that_decisions_follow() {
        check(
            "Déclaration de Tunis",
            "Rappelant les engagements pris à Paris,\n\nPréoccupés par le nombre de victimes,\n\n## Sommes convenus de ce \
             qui suit :\n\n1. Les États échangent leurs registres.\n\n2. Les autorités forment les agents.\n\nLa \
             réunion a ensuite visité le port, où le maire a reçu les délégations.",
            "PPOO.",
        );
        check("Joint statement", "## The Ministers agree to:\n\n- share data;\n\n- meet again.", "OO");
    }

    #[test]
    fn a_declaration_in_two_languages_has_two_bodies() {
        check(
            "Joint Declaration / Declaración Conjunta",
            "Recalling earlier meetings;\n\nNoting with concern the rise of smuggling;\n\nAgree to:\n\n1. Train \
             officials.\n\n2. Meet again in Quito.\n\n## DECLARACIÓN CONJUNTA\n\nLos ministros, reunidos en la ciudad \
             de Lima, donde fueron recibidos;\n\nRecordando reuniones anteriores;\n\nObservando con preocupación el \
             tráfico;\n\nAcuerdan:\n\n1. Formar a funcionarios.\n\n2. Reunirse en Quito.",
            "PPOO.PPOO",
        );
        check(
            "Joint Declaration / Declaración Conjunta",
            "Recalling earlier meetings;\n\nRecordando reuniones anteriores;\n\nHave agreed as follows: / Han acordado \
             lo siguiente:\n\n1. To train officials.\n\n1. Formar a funcionarios.\n\n2. To meet again.\n\n2. Reunirse \
             otra vez.",
            "PP.OOOO",
        );
    }

    #[test]
    fn a_list_of_reasons_has_one_introduction() {
        check(
            "VI Conferencia",
            "CONSIDERANDO:\n\n1. Que la trata de personas va en aumento;\n\n2. Que los Estados deben cooperar.\n\n\
             DECLARAN:\n\n1. Su compromiso con la protección.\n\n2. Su apoyo a la presidencia.",
            "PPOO",
        );
    }

    #[test]
    fn points_of_a_declaration_need_no_opening_line() {
        let points = "1. To hold a meeting.\n\n2. To train officials.\n\n3. To collect data.\n\n4. Funds are needed.\n\n\
                      5. Request the host to report.";
        check("Final Communiqué", points, "OOOOO");
        check("Report on the Final Communiqué", points, ".....");
        let introduced = "The ministers met in Lima. They agreed on the points below.\n\nLos ministros se reunieron en Lima \
                          y acordaron los puntos siguientes.\n\n1. Inspectors meet twice a year.\n\n1. Los \
                          inspectores se reúnen dos veces.\n\n2. A hotline opens.\n\n2. Se abre una línea.";
        check("Joint Communiqué", introduced, "..OOOO");
        check(
            "Final Communiqué",
            "The ministers met in Lima.\n\n1. Ana spoke.\n\n2. Juan spoke.\n\n3. All left.",
            "....",
        );
        check("Workshop report", points, ".....");
    }

    #[test]
    fn reports_note_and_agree_too() {
        check(
            "Report of the working group",
            "Noting that time was short, the chair closed the debate.\n\nRecognizing the need for data, experts met \
             twice.\n\nThe experts agreed to:\n\n- share data;\n\n- meet again.\n\nThey thanked the host.",
            "......",
        );
        check(
            "Report of the working group",
            "Considering the cost, the group chose one city.\n\nRecalling the first meeting, the chair opened.\n\n\
             Noting progress, the group went on with its agenda.",
            "...",
        );
    }
}

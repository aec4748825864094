//! Languages of passages and documents.

use rcp_corpus::model::Language;
use rcp_indexer::extract::extract;
use rcp_indexer::language::LanguageDetector;
use rcp_indexer::passages::read;

use crate::corpus::extraction;

const SPANISH: &str = "Los representantes de los gobiernos acordaron fortalecer la cooperación regional y proteger los \
derechos humanos de las personas migrantes en los países de origen, tránsito y destino.";
const FRENCH: &str = "Les représentants des gouvernements sont convenus de renforcer la coopération régionale et de \
protéger les droits de l'homme des migrants dans les pays d'origine, de transit et de destination.";
const ENGLISH: &str = "The representatives of the governments agreed to strengthen regional cooperation and to protect \
the human rights of migrants in the countries of origin, transit and destination.";

#[test]
fn each_passage_has_its_own_language() {
    let text = format!("{SPANISH} {SPANISH}\n\nMéxico, 2010.\n\n{ENGLISH}\n\n# Annexe\n\n{FRENCH}\n\nGenève.");
    let reading = read(extract(text.as_bytes(), 10_000).unwrap(), &extraction());
    let languages: Vec<Language> = reading.passages.iter().map(|passage| passage.language).collect();
    use Language::{En, Es, Fr};
    assert_eq!(languages, [Es, Es, En, Fr, Fr]);
    assert_eq!(reading.languages, [Es, Fr, En]);
}

#[test]
fn what_cannot_be_told_is_not_told() {
    let detector = LanguageDetector::new(&Language::ANALYSED);
    assert_eq!(detector.detect("RCM SACM 2010"), None);
    assert_eq!(
        detector.detect("Представители правительств договорились укреплять региональное сотрудничество"),
        Some(Language::Undetermined)
    );
    let german = "Die Vertreterinnen und Vertreter der Regierungen haben vereinbart, die regionale Zusammenarbeit zu \
                  verstärken und die Menschenrechte der Migrantinnen und Migranten in den Herkunftsländern zu schützen, \
                  und sie haben beschlossen, im nächsten Jahr über die Fortschritte zu berichten.";
    assert_eq!(detector.detect(german), Some(Language::Undetermined));
    assert_eq!(LanguageDetector::new(&[]).detect(ENGLISH), None);
}

#[test]
fn a_letterhead_does_not_vote() {
    let text = format!(
        "IOM International Organization for Migration\nOIM Organisation Internationale pour les Migrations\n\n# Taller de trabajo\n\n{SPANISH}"
    );
    let reading = read(extract(text.as_bytes(), 10_000).unwrap(), &extraction());
    assert_eq!(reading.languages, [Language::Es]);
    assert_eq!(reading.opening.title.as_deref(), Some("Taller de trabajo"));
}

#[test]
fn a_document_of_another_language_is_not_taken_for_its_neighbour() {
    let portuguese = "Declaração de Lisboa\n\n1. Os Estados membros reafirmam o seu compromisso com a proteção dos \
        direitos dos migrantes e das suas famílias.\n\n2. As partes decidem reforçar a cooperação no combate ao tráfico \
        de pessoas e à imigração irregular.\n\n3. Foi sublinhada a importância da integração dos imigrantes nas \
        sociedades de acolhimento.\n\n4. Os ministros agradecem ao Governo de Portugal a hospitalidade.";
    let languages = |text: &str| read(extract(text.as_bytes(), 10_000).unwrap(), &extraction()).languages;
    assert_eq!(languages(portuguese), [Language::Undetermined]);
    assert_eq!(languages(&format!("{portuguese}\n\n# Declaración\n\n{SPANISH}\n\n{SPANISH}")).len(), 2);
}

#[test]
fn names_rows_and_notes_do_not_vote() {
    let rows = "| Regional Conference on Migration of the States of the region | 1996 |\n".repeat(30);
    let text = format!("# Informe\n\n{SPANISH}\n\n{rows}\n{SPANISH} {SPANISH}\n\n¹ {ENGLISH}\n");
    let reading = read(extract(text.as_bytes(), 10_000).unwrap(), &extraction());
    assert_eq!(reading.languages, [Language::Es]);
    assert_eq!(reading.passages.last().unwrap().language, Language::En, "a note has its own language all the same");
}

#[test]
fn translations_below_each_other_are_told_apart() {
    let pairs = "The States will share data.\n\nLos Estados compartirán los datos.\n\nThe host will report to the group.\n\n\
                 El país anfitrión informará al grupo.\n\nLes États se partagent les données.";
    let reading = read(extract(format!("{pairs}\n").as_bytes(), 10_000).unwrap(), &extraction());
    let languages: Vec<Language> = reading.passages.iter().map(|passage| passage.language).collect();
    use Language::{En, Es, Fr};
    assert_eq!(languages, [En, Es, En, Es, Fr]);
}

#[test]
fn a_quotation_makes_no_bilingual_document() {
    let text = format!("{}\n\n“{ENGLISH}”\n\n{SPANISH}", [SPANISH; 25].join("\n\n"));
    let reading = read(extract(text.as_bytes(), 10_000).unwrap(), &extraction());
    assert_eq!(reading.languages, [Language::Es]);
    assert_eq!(reading.passages.iter().filter(|passage| passage.language == Language::En).count(), 1);
}

use rcp_corpus::settings::ExtractionSettings;

use super::*;
use crate::extract::extract;
use crate::passages::read;

const ENGLISH: &str = "The third regional conference on migration met in Antigua on 14 and 15 March 2011 with 43 delegates of 11 \
States. Its budget was 250 000 dollars, of which 75 000 came from 12 donors. Between 1998 and 2010 some 3 400 people \
had returned, 860 of them children, from 27 places. The next conference will be held on 22 May 2012, and the ministers \
agreed that each State will report on the measures that it has taken to protect them.";

const SPANISH: &str = "La tercera conferencia regional sobre migración se reunió en Antigua los días 14 y 15 de marzo de 2011 con \
43 delegados de 11 Estados. Su presupuesto fue de 250 000 dólares, de los cuales 75 000 vinieron de 12 donantes. Entre \
1998 y 2010 habían regresado unas 3 400 personas, 860 de ellas niños, de 27 lugares. La próxima conferencia se celebrará \
el 22 de mayo de 2012, y los ministros acordaron que cada Estado informe sobre las medidas que ha tomado para protegerlas.";

const OTHER: &str = "Los participantes del taller examinaron las políticas de integración y los programas de formación que han \
puesto en marcha las ciudades, y pidieron a la secretaría que prepare una guía para los funcionarios de frontera.";

fn signature(text: &str) -> Signature {
    let extracted = extract(text.as_bytes(), 1_000_000).unwrap();
    let settings =
        ExtractionSettings { languages: Language::ANALYSED.to_vec(), index_contacts: false, max_file_bytes: 1_000_000 };
    Signature::of(&read(extracted, &settings))
}

/// Files with their texts, `collection:` in front of a file where it is not the public one; groups of same texts and
/// of works, as lists of files.
#[track_caller]
fn check(files: &[(&str, &str)], same_text: &[&[&str]], works: &[&[&str]]) {
    let described: Vec<(DocumentId, &str, &str, Signature)> = files
        .iter()
        .enumerate()
        .map(|(index, (file, text))| {
            let (collection, file) = file.split_once(':').unwrap_or(("public", file));
            (DocumentId::new(&format!("d{index}")).unwrap(), collection, file, signature(text))
        })
        .collect();
    let members: Vec<Member<'_>> = described
        .iter()
        .map(|(id, collection, file, signature)| Member { id, file, collection, work: None, signature })
        .collect();
    let kinships = group(&members);
    let grouped = |name: &dyn Fn(&Kinship) -> Option<String>| -> Vec<Vec<&str>> {
        let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (id, _, file, _) in &described {
            if let Some(name) = kinships.get(id).and_then(name) {
                groups.entry(name).or_default().push(file);
            }
        }
        groups.into_values().collect()
    };
    assert_eq!(grouped(&|kinship| kinship.same_text.as_ref().map(|fact| fact.value.to_string())), same_text);
    assert_eq!(grouped(&|kinship| kinship.work.as_ref().map(|fact| fact.value.clone())), works);
}

#[test]
fn copies_are_told_by_their_words_whatever_their_form() {
    let reformatted = ENGLISH.replace("Its budget", "\n\nIts budget").replace("43 delegates", "43  delegates");
    let changed = ENGLISH.replace("22 May 2012", "a day that is still to be agreed");
    check(
        &[("a.pdf", ENGLISH), ("b.docx", &reformatted), ("c.html", &changed), ("d.txt", OTHER)],
        &[&["a.pdf", "b.docx", "c.html"]],
        &[],
    );
    check(
        &[("a", "Health was discussed."), ("b", "Health was discussed."), ("c", "Health was debated.")],
        &[&["a", "b"]],
        &[],
    );
}

#[test]
fn language_versions_are_told_by_their_numbers() {
    check(&[("a", ENGLISH), ("b", OTHER), ("c", SPANISH)], &[], &[&["a", "c"]]);
    let shorter = SPANISH.split_once("Entre").unwrap().0;
    check(&[("a", ENGLISH), ("c", shorter)], &[], &[]);
    let other_numbers =
        SPANISH.replace("43", "51").replace("2011", "2014").replace("1998", "2001").replace("860", "990");
    check(&[("a", ENGLISH), ("c", &other_numbers)], &[], &[]);
}

#[test]
fn language_versions_are_told_by_their_names_if_their_texts_agree() {
    let plain = "The ministers met and agreed that the next conference will be held in the south of the region.";
    check(&[("report_en.txt", plain), ("report_es.txt", OTHER)], &[], &[&["report_en.txt", "report_es.txt"]]);
    check(&[("report_en.txt", plain), ("report_fr.txt", OTHER)], &[], &[]);
    check(&[("report_en.txt", plain), ("other_es.txt", OTHER)], &[], &[]);
    check(&[("report_en.txt", plain), ("report_eng.txt", plain)], &[&["report_en.txt", "report_eng.txt"]], &[]);
}

#[test]
fn groups_stay_within_a_collection() {
    check(&[("a", ENGLISH), ("internal:b", ENGLISH), ("internal:c", SPANISH)], &[], &[&["b", "c"]]);
    check(&[("a", ENGLISH), ("internal:b", ENGLISH)], &[], &[]);
}

#[test]
fn a_curated_work_names_its_versions() {
    let (en, es) = (signature(ENGLISH), signature(SPANISH));
    let (first, second) = (DocumentId::new("a").unwrap(), DocumentId::new("b").unwrap());
    let members = [
        Member { id: &first, file: "a", collection: "public", work: None, signature: &en },
        Member { id: &second, file: "b", collection: "public", work: Some("antigua-2011"), signature: &es },
    ];
    let work =
        |id: &DocumentId| group(&members).get(id).and_then(|kinship| kinship.work.clone()).map(|fact| fact.value);
    assert_eq!(work(&first).as_deref(), Some("antigua-2011"));
}

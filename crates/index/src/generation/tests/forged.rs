//! Damage that hashes do not see, since they were changed with it: the walk of `check` finds it, and survives it.
//!
//! No promise covers the opening of such an index; nothing but a fault of the writer, or malice, makes one.

use super::real::{Real, Seed, role};
use super::*;

/// Flips a run tries at each level, unless the environment variable `RCP_SEARCH_TEST_DAMAGES` names a larger number: the
/// shares that may be missed mean nothing for fewer.
const FLIPS: usize = 300;

fn flips() -> usize {
    std::env::var("RCP_SEARCH_TEST_DAMAGES").ok().map_or(FLIPS, |number| number.parse::<usize>().unwrap().max(FLIPS))
}

/// Forges a sound index, and expects a problem with these words.
#[track_caller]
fn check_forged(forgery: impl FnOnce(&Real), expected: &str) {
    let real = Real::new();
    forgery(&real);
    let problems = real.problems();
    assert!(problems.iter().any(|problem| problem.contains(expected)), "{expected:?} should be in {problems:#?}");
}

fn public(manifest: &mut Manifest) -> &mut CollectionManifest {
    manifest.collections.get_mut("public").unwrap()
}

#[test]
fn a_manifest_that_is_not_that_of_its_index_is_found() {
    let forge =
        |change: fn(&mut CollectionManifest)| move |real: &Real| real.forge(|manifest| change(public(manifest)));
    let drop_document = forge(|content| drop(content.documents.pop_first()));
    check_forged(drop_document, "the manifest lists 59 documents and counts 60");
    check_forged(drop_document, "document d000 is not in the manifest");
    check_forged(drop_document, "the manifest's digest of the collection is not that of the documents it lists");
    check_forged(
        forge(|content| content.statistics.documents -= 1),
        "it holds 60 documents, and the manifest counts 59",
    );
    check_forged(forge(|content| content.statistics.passages += 1), "and the manifest counts");
    let tokens = forge(|content| content.statistics.document_fields.get_mut("body_stem").unwrap().tokens += 1);
    check_forged(tokens, "documents, field body_stem has ");
    let holders = forge(|content| content.statistics.passage_fields.get_mut("title_exact").unwrap().holders -= 1);
    check_forged(holders, "passages, field title_exact has ");
    let renamed = forge(|content| {
        let statistics = content.statistics.passage_fields.remove("title_exact").unwrap();
        content.statistics.passage_fields.insert("facts_exact".to_owned(), statistics);
    });
    check_forged(renamed, "passages: the manifest has statistics of other fields");
    let stamps: [fn(&mut DocumentStamp); 4] = [
        |stamp| stamp.source.push('0'),
        |stamp| stamp.metadata.push('0'),
        |stamp| stamp.added = clock(9),
        |stamp| stamp.changed = clock(9),
    ];
    for change in stamps {
        let forgery = |real: &Real| {
            real.forge(|manifest| change(public(manifest).documents.get_mut(&id("d001")).unwrap()));
        };
        check_forged(forgery, "document d001 is not as the manifest says");
    }
    check_forged(
        |real| {
            real.forge(|manifest| {
                let stamp = public(manifest).documents[&id("d001")].clone();
                manifest.collections.get_mut("staff").unwrap().documents.insert(id("d001"), stamp);
            });
        },
        "document d001 is in the collection \"public\" as well",
    );
    check_forged(|real| real.forge(|manifest| drop(manifest.facets.pop())), "meta.json has another schema");
}

/// Exchanges two files of the second generation, given as collection, unit and kind.
fn exchange(real: &Real, one: &str, other: &str) {
    let find = |wanted: &str| real.files().into_iter().find(|name| role(name) == wanted).unwrap();
    let (one, other) = (find(one), find(other));
    let (of_one, of_other) = (real.read(&one), real.read(&other));
    fs::write(real.path(&one), of_other).unwrap();
    fs::write(real.path(&other), of_one).unwrap();
    real.forge(|_| {});
}

/// As [`exchange`], of both units; which rule finds it depends on where the engine gives up.
fn exchange_kind(real: &Real, kind: &str) {
    for unit in ["documents", "passages"] {
        exchange(real, &format!("public/{unit}/*.{kind}"), &format!("staff/{unit}/*.{kind}"));
    }
}

#[test]
fn exchanged_files_are_found_though_each_is_sound() {
    let exchanged =
        |kind: &'static str| move |real: &Real| exchange(real, &format!("public/{kind}"), &format!("staff/{kind}"));
    check_forged(exchanged("documents/*.store"), "document d003 is not in the manifest");
    check_forged(exchanged("documents/*.store"), "document d003 says that it is in the collection \"staff\"");
    check_forged(exchanged("passages/*.store"), "differs from the stored record");
    check_forged(exchanged("documents/*.fast"), "differs from the stored record");
    check_forged(exchanged("passages/*.fast"), "differs from the stored record");
    check_forged(exchanged("documents/*.fieldnorm"), "length norms for");
    check_forged(exchanged("passages/*.fieldnorm"), "length norms for");
    for kind in ["idx", "pos", "term"] {
        check_forged(|real| exchange_kind(real, kind), "");
    }
    check_forged(exchanged("vocabulary"), "documents and is in");
    check_forged(exchanged("completion"), "completion: ");
    check_forged(exchanged("documents/meta.json"), "meta.json does not know the file");
}

#[test]
fn what_the_engine_left_out_or_cannot_open_is_found() {
    let remove = |kind: String| {
        move |real: &Real| {
            let name = real.files().into_iter().find(|name| role(name) == kind).unwrap();
            fs::remove_file(real.path(&name)).unwrap();
            let (collection, name) = name.split_once('/').unwrap();
            let files =
                |manifest: &mut Manifest| drop(manifest.collections.get_mut(collection).unwrap().files.remove(name));
            real.forge(files);
        }
    };
    for kind in ["fast", "fieldnorm", "idx", "pos", "store", "term"] {
        check_forged(remove(format!("public/documents/*.{kind}")), "");
    }
    check_forged(remove("staff/vocabulary".to_owned()), "it cannot be opened");
    check_forged(remove("staff/completion".to_owned()), "it cannot be opened");
    check_forged(remove("staff/passages/meta.json".to_owned()), "passages: ");
}

/// Flips bits of files of these kinds in turn, with all hashes after them, and with `mended` the engine's checksum as
/// well. Returns by kind how many flips there were, and how many of them were not `found` in the problems of `check`.
fn flip(kinds: &[&str], mended: bool, found: fn(&[String]) -> bool) -> BTreeMap<String, (usize, usize)> {
    let real = Real::new();
    let kind = |name: &str| kinds.iter().find(|kind| role(name).ends_with(**kind)).copied();
    let names: Vec<(String, &str)> =
        real.files().into_iter().filter_map(|name| kind(&name).map(|kind| (name, kind))).collect();
    let mut seed = Seed(kinds.len() as u64);
    let mut flipped: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for at in 0..flips() {
        let (name, kind) = &names[at % names.len()];
        let sound = real.read(name);
        let mut bytes = sound.clone();
        let length = if kind.starts_with('.') { body(&sound) } else { sound.len() };
        bytes[seed.below(length)] ^= 1 << seed.below(8);
        if mended {
            mend(&mut bytes, length);
        }
        fs::write(real.path(name), &bytes).unwrap();
        real.forge(|_| {});
        let (all, missed) = flipped.entry((*kind).to_owned()).or_default();
        *all += 1;
        *missed += usize::from(!found(&real.problems()));
        fs::write(real.path(name), sound).unwrap();
    }
    real.forge(|_| {});
    assert_eq!(real.problems(), [""; 0]);
    println!("{flipped:?}");
    flipped
}

/// Length of a file of the engine without its footer, which holds the checksum.
fn body(bytes: &[u8]) -> usize {
    let (rest, _magic) = bytes.split_last_chunk::<4>().unwrap();
    let (rest, length) = rest.split_last_chunk::<4>().unwrap();
    rest.len() - u32::from_le_bytes(*length) as usize
}

/// Writes the checksum of the body into the footer.
fn mend(bytes: &mut Vec<u8>, body: usize) {
    let footer = bytes[body..bytes.len() - 8].to_vec();
    let mut footer: serde_json::Value = serde_json::from_slice(&footer).unwrap();
    footer["crc"] = crc32(&bytes[..body]).into();
    let footer = footer.to_string();
    let magic = bytes[bytes.len() - 4..].to_vec();
    bytes.truncate(body);
    bytes.extend_from_slice(footer.as_bytes());
    bytes.extend_from_slice(&(footer.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&magic);
}

/// CRC-32 as in IEEE 802.3, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
    !bytes.iter().fold(!0, |crc, &byte| (0..8).fold(crc ^ u32::from(byte), |crc, _| step(crc)))
}

const ENGINES: [&str; 6] = [".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term"];

#[test]
fn every_flipped_bit_is_found_by_the_engines_own_checksum() {
    // That alone: the engine is not asked about files that it would not know from sound ones.
    let by_checksum = |problems: &[String]| matches!(problems, [problem] if problem.contains("the checksum"));
    for (kind, (all, missed)) in flip(&ENGINES, false, by_checksum) {
        assert!(all > 0 && missed == 0, "{kind}: {missed} of {all}");
    }
}

/// What is left: positions that still rise, letters of a stored text, padding.
#[test]
fn flipped_bits_are_found_by_the_walk_where_that_checksum_is_mended() {
    let most_missed = [(".fast", 10), (".fieldnorm", 0), (".idx", 10), (".pos", 90), (".store", 30), (".term", 20)];
    let flipped = flip(&ENGINES, true, |problems| !problems.is_empty());
    for (kind, percent) in most_missed {
        let (all, missed) = flipped[kind];
        assert!(missed * 100 <= all * percent, "{kind}: {missed} of {all}");
    }
}

/// What is left: numbers that nothing depends on, languages of words, stems that are those of other words.
#[test]
fn flipped_bits_are_found_in_files_without_a_checksum_of_their_own() {
    let kinds = ["vocabulary", "completion", "documents/meta.json", "passages/meta.json"];
    for (kind, (all, missed)) in flip(&kinds, false, |problems| !problems.is_empty()) {
        assert!(missed * 100 <= all * 30, "{kind}: {missed} of {all}");
    }
}

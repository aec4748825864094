//! Seeded damages of every file of a real index, each kind of them: refused before the first answer, and listed by
//! `check`, with the name of the file and the remedy.

use super::real::{Real, Seed, role};
use super::*;

/// Damages a run tries at least, unless the environment variable `RCP_SEARCH_TEST_DAMAGES` names another number.
const DAMAGES: usize = 640;

/// Unit in which disks lose what was written, in bytes.
const BLOCK: usize = 512;

#[derive(Debug, Clone, Copy)]
enum Kind {
    Flip,
    ZeroBlock,
    Truncate,
    Extend,
    Delete,
    /// Exchanged with another file of the generation.
    Exchange,
    /// Replaced by what it was in the generation before.
    OfOtherGeneration,
    /// Replaced by what it is in the other collection.
    OfOtherCollection,
}

const KINDS: [Kind; 8] = [
    Kind::Flip,
    Kind::ZeroBlock,
    Kind::Truncate,
    Kind::Extend,
    Kind::Delete,
    Kind::Exchange,
    Kind::OfOtherGeneration,
    Kind::OfOtherCollection,
];

/// Files with their new content; `None` deletes.
type Damages = Vec<(String, Option<Vec<u8>>)>;

/// The damage of a kind to a file, without what leaves a file as it is.
fn damages(real: &Real, files: &[String], file: &str, kind: Kind, seed: &mut Seed) -> Damages {
    let sound = real.read(file);
    let damages = match kind {
        Kind::Exchange => {
            let other = &files[seed.below(files.len())];
            vec![(file.to_owned(), Some(real.read(other))), (other.clone(), Some(sound.clone()))]
        }
        kind => vec![(file.to_owned(), damaged(real, file, kind, sound.clone(), seed))],
    };
    damages.into_iter().filter(|(file, damaged)| damaged.as_ref() != Some(&real.read(file))).collect()
}

/// New content of a file.
fn damaged(real: &Real, file: &str, kind: Kind, sound: Vec<u8>, seed: &mut Seed) -> Option<Vec<u8>> {
    let (length, mut bytes) = (sound.len(), sound);
    let counterpart = match kind {
        Kind::Delete => return None,
        Kind::Flip => {
            bytes[seed.below(length)] ^= 1 << seed.below(8);
            None
        }
        Kind::ZeroBlock => {
            let start = seed.below(length) / BLOCK * BLOCK;
            bytes[start..length.min(start + BLOCK)].fill(0);
            None
        }
        Kind::Truncate => {
            bytes.truncate(seed.below(length));
            None
        }
        Kind::Extend => {
            bytes.extend((0..=seed.below(BLOCK)).map(|_| seed.below(256) as u8));
            None
        }
        // An older CURRENT is no damage that can be told: it is what CURRENT was before the last publish.
        Kind::OfOtherGeneration if file == "CURRENT" => None,
        Kind::OfOtherGeneration => real.counterpart(file, 1, None),
        Kind::OfOtherCollection => {
            let staff = || real.counterpart(file, 2, Some(("public", "staff")));
            staff().or_else(|| real.counterpart(file, 2, Some(("staff", "public"))))
        }
        Kind::Exchange => None,
    };
    Some(counterpart.map_or(bytes, |path| fs::read(path).unwrap()))
}

/// Opens and checks a damaged index, and compares what is said of it.
#[track_caller]
fn refused(real: &Real, damages: &Damages, context: &str) {
    let names: Vec<&str> = damages.iter().map(|(name, _)| name.as_str()).collect();
    let expect = |message: &str| {
        let named = names.iter().any(|name| message.contains(name));
        assert!(named, "{context}: {message} should name one of {names:?}");
        let remedies = ["run `rcp-search index --rebuild`", "`rcp-search serve --generation "];
        assert!(remedies.iter().all(|remedy| message.contains(remedy)), "{context}: {message}");
    };
    let error = Reader::open(real.store.clone()).expect_err(context);
    assert!(matches!(error, GenerationError::Damaged { .. }), "{context}: {error}");
    expect(&error.to_string());
    match check(&real.store, None, |_| {}) {
        Err(error) => expect(&error.to_string()),
        Ok(report) => {
            let listed = report.files.iter().filter(|file| file.damage.is_some()).map(|file| file.name.as_str());
            let (mut listed, mut damaged) = (listed.collect::<Vec<_>>(), names.clone());
            listed.sort_unstable();
            damaged.sort_unstable();
            assert_eq!(listed, damaged, "{context}");
            assert!(!report.is_sound(), "{context}");
        }
    }
}

#[test]
fn seeded_damages_of_every_kind_to_every_file_are_refused_and_listed() {
    let least = std::env::var("RCP_SEARCH_TEST_DAMAGES").ok().map_or(DAMAGES, |number| number.parse().unwrap());
    let real = Real::new();
    let files = real.files();
    assert_eq!(
        files.len(),
        3 + 2 * (2 * 7 + 2),
        "CURRENT, manifest, seal; 7 files a unit, two lists of words: {files:?}"
    );
    let mut done: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut seed = Seed(1);
    for round in 0.. {
        let tried: usize = done.values().sum();
        if tried >= least {
            break;
        }
        for file in &files {
            for kind in KINDS {
                let damages = damages(&real, &files, file, kind, &mut seed);
                if damages.is_empty() {
                    continue;
                }
                let sound: Vec<_> = damages.iter().map(|(name, _)| real.read(name)).collect();
                for (name, bytes) in &damages {
                    match bytes {
                        Some(bytes) => fs::write(real.path(name), bytes).unwrap(),
                        None => fs::remove_file(real.path(name)).unwrap(),
                    }
                }
                refused(&real, &damages, &format!("{kind:?} of {file}, round {round}"));
                for ((name, _), bytes) in damages.iter().zip(sound) {
                    fs::write(real.path(name), bytes).unwrap();
                }
                *done.entry((role(file), format!("{kind:?}"))).or_default() += 1;
            }
        }
    }
    assert!(Reader::open(real.store.clone()).is_ok() && check(&real.store, None, |_| {}).unwrap().is_sound());
    // Kinds that leave some file as it is: CURRENT and seal are alike, and only collections have other collections.
    assert!(done.len() >= files.len() * KINDS.len() - 6, "{done:?}");
    println!("{} damages: {done:?}", done.values().sum::<usize>());
}

#[test]
fn a_sound_index_is_walked_through_without_a_problem() {
    let real = Real::new();
    let mut shown = Vec::new();
    let report = check(&real.store, None, |progress| shown.push(format!("{progress:?}"))).unwrap();
    for collection in &report.collections {
        let findings = collection.findings.as_ref().unwrap();
        assert_eq!(findings.problems, [""; 0]);
        assert!(findings.terms > 500 && findings.postings > findings.terms && findings.tokens > findings.postings);
    }
    assert!(report.is_sound());
    assert!(shown.iter().any(|line| line.contains("Walk")) && shown.iter().any(|line| line.contains("Files")));
}

//! Every damage is refused before an engine sees it, with the file's name and the remedy.

use super::*;

/// Opens a damaged index. The error must name one of the files and say what to do.
#[track_caller]
fn refused(store: &Store, files: &[&str]) -> Damage {
    let error = Reader::open(store.clone()).unwrap_err();
    let message = error.to_string();
    let GenerationError::Damaged { damage, .. } = error else { panic!("{message}") };
    assert!(files.iter().any(|file| message.contains(file)), "{message} should name one of {files:?}");
    assert!(message.contains("run `rcp-search index --rebuild`"), "{message}");
    damage
}

fn published() -> Place {
    let place = Place::new();
    place.publish(&["a public One", "b public Two", "c staff Three"], 0);
    place
}

/// The files of the index, by path relative to its folder.
fn index_files(place: &Place) -> Vec<String> {
    let entries = files::walk(place.store.root()).unwrap();
    entries.into_iter().filter(|entry| !entry.is_folder && entry.name != ".lock").map(|entry| entry.name).collect()
}

/// Damage to a pointer or a manifest may show only in the other: both names are said then.
fn names_said(file: &str) -> Vec<&str> {
    let name = file.rsplit('/').next().unwrap_or(file);
    if name == "CURRENT" { vec![name, "manifest.json"] } else { vec![name] }
}

/// Damages each file in turn in a copy of the index, and checks what is said of it.
#[track_caller]
fn check_each(damage: impl Fn(&Path), expected: impl Fn(&Damage) -> bool) {
    let place = published();
    let files = index_files(&place);
    assert_eq!(files.len(), 7);
    for file in &files {
        let copy = Place::new();
        copy_folder(place.store.root(), copy.store.root());
        assert!(Reader::open(copy.store.clone()).is_ok());
        damage(&copy.path(file));
        let found = refused(&copy.store, &names_said(file));
        assert!(expected(&found), "{file}: {found}");
    }
}

/// Changes the manifest, and everything that holds its hash with it, as no accident would.
fn forge(place: &Place, from: &str, to: &str) {
    let path = place.path("generations/000001/manifest.json");
    let manifest = fs::read_to_string(&path).unwrap();
    let forged = manifest.replacen(from, to, 1);
    assert_ne!(forged, manifest);
    let line = pointer::Pointer { generation: 1, manifest: digest::of_bytes(forged.as_bytes()) }.line();
    fs::write(path, forged).unwrap();
    fs::write(place.path("generations/000001/manifest.seal"), &line).unwrap();
    fs::write(place.path("CURRENT"), &line).unwrap();
}

fn rewrite(change: impl Fn(&mut Vec<u8>)) -> impl Fn(&Path) {
    move |path| {
        let mut bytes = fs::read(path).unwrap();
        change(&mut bytes);
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn every_flipped_bit_is_found() {
    let place = published();
    for file in index_files(&place) {
        let path = place.path(&file);
        let sound = fs::read(&path).unwrap();
        for bit in 0..sound.len() * 8 {
            let mut bytes = sound.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            fs::write(&path, bytes).unwrap();
            refused(&place.store, &names_said(&file));
        }
        fs::write(&path, sound).unwrap();
    }
    assert!(Reader::open(place.store.clone()).is_ok());
}

#[test]
fn a_file_that_is_shorter_longer_or_zeroed_is_found() {
    check_each(rewrite(|bytes| bytes.truncate(bytes.len() - 1)), |_| true);
    let place = published();
    rewrite(|bytes| bytes.push(b'x'))(&place.path("generations/000001/public/vocabulary"));
    let damage = refused(&place.store, &["vocabulary"]);
    assert!(matches!(damage, Damage::Length { .. }), "a length tells more than a hash, and costs less: {damage}");
    check_each(rewrite(Vec::clear), |_| true);
    check_each(rewrite(|bytes| bytes.push(b'\n')), |_| true);
    check_each(rewrite(|bytes| bytes.fill(0)), |_| true);
}

#[test]
fn a_missing_file_is_found() {
    check_each(|path| fs::remove_file(path).unwrap(), |damage| *damage == Damage::Missing);
}

#[test]
fn a_folder_in_place_of_a_file_is_found() {
    check_each(
        |path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
        },
        |damage| *damage == Damage::NotAFile,
    );
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_a_file_is_found() {
    check_each(
        |path| {
            let target = path.with_extension("elsewhere");
            fs::rename(path, &target).unwrap();
            std::os::unix::fs::symlink(target, path).unwrap();
        },
        |damage| matches!(damage, Damage::NotAFile | Damage::Unlisted),
    );
}

#[test]
fn exchanged_files_are_found() {
    let place = published();
    let files = index_files(&place);
    for (index, first) in files.iter().enumerate() {
        for second in &files[index + 1..] {
            let (one, two) = (fs::read(place.path(first)).unwrap(), fs::read(place.path(second)).unwrap());
            if one == two {
                continue;
            }
            fs::write(place.path(first), &two).unwrap();
            fs::write(place.path(second), &one).unwrap();
            refused(&place.store, &[names_said(first), names_said(second)].concat());
            fs::write(place.path(first), one).unwrap();
            fs::write(place.path(second), two).unwrap();
        }
    }
}

#[test]
fn a_file_that_does_not_belong_is_found() {
    for file in ["extra", "public/extra", "public/documents/.managed.json", "unknown/deep/extra"] {
        let place = published();
        let path = place.path("generations/000001").join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
        refused(&place.store, &[file]);
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_found_wherever_it_stands() {
    use std::os::unix::{fs::symlink, net::UnixListener};
    let place = published();
    let public = place.path("generations/000001/public");
    fs::rename(&public, place.path("elsewhere")).unwrap();
    symlink(place.path("elsewhere"), &public).unwrap();
    assert_eq!(refused(&place.store, &["000001/public "]), Damage::Unlisted, "a link in place of a folder");

    let place = published();
    symlink("nowhere", place.path("generations/000001/public/documents/link")).unwrap();
    assert_eq!(refused(&place.store, &["documents/link"]), Damage::Unlisted);

    for file in ["CURRENT", "generations/000001/manifest.seal", "generations/000001/manifest.json"] {
        let place = published();
        fs::remove_file(place.path(file)).unwrap();
        let _socket = UnixListener::bind(place.path(file)).unwrap();
        assert_eq!(refused(&place.store, &[file]), Damage::NotAFile);
    }
}

#[test]
fn a_pointer_of_another_form_is_refused_and_read_no_further_than_its_length() {
    let place = published();
    let sound = fs::read_to_string(place.path("CURRENT")).unwrap();
    let hash = sound.trim_end().split_once(' ').unwrap().1.to_owned();
    for odd in [
        String::new(),
        "\n".to_owned(),
        "none".to_owned(),
        "\u{feff}".to_owned() + &sound,
        sound.replace('\n', "\r\n"),
        sound.trim_end().to_owned(),
        sound.clone() + &sound,
        format!("000002 {hash}\n"),
        format!("000000 {hash}\n"),
        format!("999999999999999 {hash}\n"),
        format!("99999999999999999999999 {hash}\n"),
        format!("000001 {}\n", hash.to_uppercase() + "0"),
        format!("000001 {}\n", "0".repeat(16)),
    ] {
        for file in ["CURRENT", "generations/000001/manifest.seal"] {
            fs::write(place.path(file), &odd).unwrap();
            let named = file.rsplit('/').next().unwrap();
            refused(&place.store, &[named]);
            assert!(check(&place.store, None, |_| {}).unwrap_err().to_string().contains(named), "{odd:?}");
            fs::write(place.path(file), &sound).unwrap();
        }
    }
    // A gigabyte of nothing, which takes no room on the disk.
    for file in ["CURRENT", "generations/000001/manifest.seal"] {
        fs::File::options().write(true).open(place.path(file)).unwrap().set_len(1 << 30).unwrap();
        assert_eq!(refused(&place.store, &[file]).to_string(), "it is longer than 64 bytes");
        fs::write(place.path(file), &sound).unwrap();
    }
    fs::write(place.path("CURRENT"), pointer::NOTHING).unwrap();
    let error = Reader::open(place.store.clone()).unwrap_err();
    assert!(matches!(error, GenerationError::NoIndex { .. }), "nothing was ever published: {error}");
}

#[test]
fn lost_folders_are_found() {
    for folder in ["generations/000001", "generations/000001/public"] {
        let place = published();
        fs::remove_dir_all(place.path(folder)).unwrap();
        refused(&place.store, &[folder]);
    }
    let place = published();
    fs::remove_file(place.path("CURRENT")).unwrap();
    refused(&place.store, &["CURRENT"]);
}

#[test]
fn an_older_generation_is_offered_and_served_only_when_asked_for() {
    let place = published();
    place.publish(&["a public Changed", "b public Two", "c staff Three"], 1);
    let damaged = place.path("generations/000002/public/vocabulary");
    fs::write(&damaged, "damaged").unwrap();
    let message = Reader::open(place.store.clone()).unwrap_err().to_string();
    assert!(message.contains("`rcp-search serve --generation 1`"), "{message}");

    let reader = Reader::open_number(place.store.clone(), 1).unwrap();
    assert_eq!(reader.current().manifest().generation, 1);
    assert!(!reader.refresh(any_generation).unwrap());
    let message = Reader::open_number(place.store.clone(), 9).unwrap_err().to_string();
    assert!(message.contains("no published generation 9") && message.contains("1, 2"), "{message}");

    place.publish(&["a public Mended", "b public Two", "c staff Three"], 2);
    assert!(reader.refresh(any_generation).unwrap(), "the next generation is taken over");
    assert_eq!(reader.current().manifest().generation, 3);
}

#[test]
fn an_older_generation_is_verified_as_well() {
    for file in ["manifest.seal", "manifest.json", "public/vocabulary"] {
        let place = published();
        place.publish(&["a public Changed", "b public Two", "c staff Three"], 1);
        rewrite(|bytes| bytes[0] ^= 1)(&place.path("generations/000001").join(file));
        let message = Reader::open_number(place.store.clone(), 1).unwrap_err().to_string();
        assert!(message.contains(file.rsplit('/').next().unwrap()), "{message}");
        assert!(!message.contains("--generation"), "a newer one is no older state: {message}");
    }
}

#[test]
fn a_manifest_of_another_format_is_refused_with_the_reason() {
    let place = published();
    forge(&place, "\"format\": 2", "\"format\": 3, \"news\": []");
    let error = Reader::open(place.store.clone()).unwrap_err();
    assert!(matches!(error, GenerationError::Format { found: 3, .. }), "{error}");
}

#[test]
fn a_manifest_that_contradicts_itself_is_found() {
    let place = published();
    forge(&place, "\"generation\": 1", "\"generation\": 2");
    let damage = refused(&place.store, &["manifest.json"]);
    assert_eq!(damage.to_string(), "it belongs to generation 2");

    let place = published();
    forge(&place, "\"documents\": 2", "\"documents\": 3");
    let report = check(&place.store, None, |_| {}).unwrap();
    let problems = &report.collections[0].findings.as_ref().unwrap().problems;
    assert_eq!(problems[..], ["the manifest lists 2 documents and counts 3", "2 lines"].map(str::to_owned));
    assert!(!report.is_sound());
    let message = Reader::open(place.store.clone()).unwrap_err().to_string();
    assert!(message.contains("\"public\" cannot be opened: 2 lines"), "{message}");
}

#[test]
fn check_lists_every_damage() {
    let place = published();
    let report = check(&place.store, None, |_| {}).unwrap();
    assert!(report.is_sound());
    assert_eq!((report.generation, report.files.len()), (1, 4));
    let counts: Vec<(&str, u64)> = report.collections.iter().map(|c| (c.name.as_str(), c.documents)).collect();
    assert_eq!(counts, [("public", 2), ("staff", 1)]);

    let folder = place.path("generations/000001");
    fs::remove_file(folder.join("public/vocabulary")).unwrap();
    rewrite(|bytes| bytes[0] ^= 1)(&folder.join("staff/documents/lines"));
    fs::write(folder.join("staff/extra"), "").unwrap();
    let report = check(&place.store, Some(1), |_| {}).unwrap();
    assert!(!report.is_sound());
    assert!(report.collections.iter().all(|collection| collection.findings.is_none()), "damaged files are not walked");
    let damages = report.files.into_iter().filter_map(|file| file.damage.map(|damage| (file.name, damage)));
    assert_eq!(
        damages.collect::<Vec<_>>(),
        [
            ("staff/extra".to_owned(), Damage::Unlisted),
            ("public/vocabulary".to_owned(), Damage::Missing),
            ("staff/documents/lines".to_owned(), Damage::Content),
        ]
    );
    assert!(matches!(check(&place.store, Some(2), |_| {}), Err(GenerationError::NoGeneration { .. })));

    let place = published();
    fs::write(place.path("generations/000001/extra"), "").unwrap();
    let report = check(&place.store, None, |_| {}).unwrap();
    assert!(!report.is_sound() && report.collections.iter().all(|collection| collection.findings.is_some()));
    fs::remove_file(place.path("generations/000001/manifest.seal")).unwrap();
    assert!(check(&place.store, None, |_| {}).unwrap_err().to_string().contains("manifest.seal"));
}

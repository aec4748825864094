use std::fs;
use std::path::PathBuf;
use std::thread;

use tempfile::TempDir;

use super::*;

/// A folder, and the path of a file of keys in it.
fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data/keys.toml");
    (folder, path)
}

fn add(file: &KeysFile, name: &str) -> (Key, KeyText) {
    file.add(name, &["drafts".to_owned(), "closed".to_owned(), "drafts".to_owned()]).unwrap()
}

#[test]
fn what_is_added_is_read() {
    let (_folder, path) = place();
    let file = KeysFile::new(&path);
    assert!(file.read().unwrap().is_empty() && !path.exists(), "reading makes nothing");
    let (first, text) = add(&file, " The secretariat's \"key\" ");
    let (second, _) = add(&file, "é");
    assert_eq!(file.read().unwrap(), [first.clone(), second]);
    assert_eq!((first.id.as_str(), first.name.as_str()), (text.id(), "The secretariat's \"key\""));
    assert_eq!(first.collections, ["closed", "drafts"]);
    assert_eq!(first.revoked, None);
    let written = fs::read_to_string(&path).unwrap();
    let secret = text.expose().rsplit('_').next().unwrap();
    assert!(written.contains(text.id()) && !written.contains(secret), "{written}");
}

#[test]
fn what_is_revoked_stays_so() {
    let (_folder, path) = place();
    let file = KeysFile::new(&path);
    let ((first, _), (second, _)) = (add(&file, "one"), add(&file, "two"));
    let revoked = file.revoke(&first.id).unwrap();
    assert!(revoked.revoked.is_some());
    assert_eq!(file.revoke(&first.id).unwrap(), revoked);
    assert_eq!(file.read().unwrap(), [revoked, second]);
    let before = fs::read(&path).unwrap();
    let error = file.revoke("00000000").unwrap_err();
    assert!(matches!(error, KeysError::UnknownKey { .. }), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn no_key_is_made_for_what_cannot_be() {
    let (_folder, path) = place();
    let file = KeysFile::new(&path);
    for collection in ["public", "Drafts", "", "a b", "../x"] {
        let error = file.add("name", &[collection.to_owned()]).unwrap_err();
        assert!(matches!(error, KeysError::Collection { .. }), "{collection}: {error}");
    }
    for name in ["", " ", "two\nlines", &"x".repeat(201)] {
        let error = file.add(name, &["drafts".to_owned()]).unwrap_err();
        assert!(matches!(error, KeysError::Name), "{name}: {error}");
    }
    assert!(!path.exists());
}

#[cfg(unix)]
#[test]
fn its_owner_alone_reads_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = place();
    let file = KeysFile::new(&path);
    let (key, _) = add(&file, "one");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
    file.revoke(&key.id).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn writers_wait_for_each_other() {
    let (_folder, path) = place();
    let file = KeysFile::new(&path);
    thread::scope(|scope| {
        for writer in 0..8 {
            let file = &file;
            scope.spawn(move || add(file, &format!("writer {writer}")));
        }
    });
    assert_eq!(file.read().unwrap().len(), 8);
}

#[test]
fn a_file_with_anything_wrong_in_it_is_damaged() {
    let (_folder, path) = place();
    let file = KeysFile::new(&path);
    let (key, text) = add(&file, "one");
    file.revoke(&key.id).unwrap();
    let sound = fs::read_to_string(&path).unwrap();
    let (_, entry) = sound.split_once("[[key]]").unwrap();
    let check = |damaged: String| {
        fs::write(&path, &damaged).unwrap();
        let error = file.read().unwrap_err();
        assert!(matches!(error, KeysError::Damaged { .. }), "{error}: {damaged}");
        assert!(!error.to_string().contains(text.expose()), "{error}");
    };
    check(sound.replace("revoked", "revokd"));
    check(sound.replace("revoked = \"", "revoked = \"x"));
    check(sound.replace("sha256 = \"", "sha256 = \"0"));
    check(sound.replace(&key.id, "x"));
    check(sound.replace("\"drafts\"", "\"public\""));
    check(sound.replace("sha256 = \"", &format!("sha256 = \"{}", text.expose())));
    check(sound.replace("name = ", &format!("key = \"{}\"\nname = ", text.expose())));
    check(format!("{sound}\n[[key]]{entry}"));
    check(format!("{sound}# {}\n", "x".repeat(1024 * 1024)));
    check(format!("{sound}nonsense"));
    fs::write(&path, [0xff, 0xfe]).unwrap();
    assert!(matches!(file.read().unwrap_err(), KeysError::Damaged { .. }));
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert!(matches!(file.read().unwrap_err(), KeysError::Read { .. }));
}

/// A file may be read while something copies it.
#[test]
fn half_a_file_never_shows_a_revoked_key_without_its_revocation() {
    let (_folder, path) = place();
    let file = KeysFile::new(&path);
    let (key, _) = add(&file, "one");
    file.revoke(&key.id).unwrap();
    add(&file, "two");
    let whole = fs::read(&path).unwrap();
    let mut read = 0;
    for end in 0..whole.len() {
        fs::write(&path, &whole[..end]).unwrap();
        let Ok(keys) = file.read() else { continue };
        read += keys.len();
        assert!(keys.iter().all(|found| found.id != key.id || found.revoked.is_some()), "{end} bytes");
    }
    assert!(read > 0);
}

#[test]
fn a_server_knows_valid_keys_alone() {
    let (_folder, path) = place();
    let file = KeysFile::new(&path);
    let ((one, one_text), (two, two_text)) = (add(&file, "one"), add(&file, "two"));
    let held = HeldKeys::new(Some(&path));
    assert_eq!(held.find(one_text.expose()), Ok(one.clone()));
    let of_another = format!("rcp_{}_{}", one.id, two_text.expose().rsplit('_').next().unwrap());
    for wrong in [&of_another, "", "rcp_", &one.id] {
        assert_eq!(held.find(wrong), Err(Refusal::Invalid), "{wrong}");
    }
    file.revoke(&one.id).unwrap();
    held.refresh();
    assert_eq!(held.find(one_text.expose()), Err(Refusal::Invalid));
    assert_eq!(held.find(two_text.expose()), Ok(two));
    assert_eq!(HeldKeys::new(None).find(two_text.expose()), Err(Refusal::Invalid));
}

#[test]
fn a_file_that_cannot_be_read_grants_nothing_until_it_can() {
    let (_folder, path) = place();
    let file = KeysFile::new(&path);
    let (key, text) = add(&file, "one");
    let held = HeldKeys::new(Some(&path));
    let sound = fs::read(&path).unwrap();
    let check = |expected: Result<Key, Refusal>| {
        held.refresh();
        assert_eq!(held.find(text.expose()), expected);
        assert_eq!(held.are_readable(), expected != Err(Refusal::Unreadable));
        // What cannot be a key is none, whatever the file says.
        assert_eq!(held.find("nonsense"), Err(Refusal::Invalid));
    };
    check(Ok(key.clone()));
    fs::write(&path, "nonsense").unwrap();
    check(Err(Refusal::Unreadable));
    fs::write(&path, &sound).unwrap();
    check(Ok(key));
    fs::remove_file(&path).unwrap();
    check(Err(Refusal::Invalid));
}

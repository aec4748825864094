//! A damaged index is named, never answered from, and never replaced by an older state unless someone asks.

use std::fs;
use std::path::PathBuf;

use crate::sandbox::Sandbox;
use crate::server::Server;

/// An index of two generations; the files of the second one with these endings.
fn two_generations(ending: &str) -> (Sandbox, Vec<PathBuf>) {
    let sandbox = Sandbox::with_seeds_indexed();
    sandbox.run(&["index", "seeds", "--rebuild"]).expect(0);
    let second = sandbox.path("index/generations/000002");
    let files = sandbox.published().into_keys().filter(|file| file.starts_with(&second));
    let files = files.filter(|file| file.to_string_lossy().ends_with(ending)).collect();
    (sandbox, files)
}

/// Damages the first such file, and looks at what every command makes of it.
#[track_caller]
fn check(ending: &str, damage: impl Fn(&mut Vec<u8>)) {
    let (sandbox, files) = two_generations(ending);
    let file = files.first().unwrap();
    let mut bytes = fs::read(file).unwrap();
    damage(&mut bytes);
    make_writable(file);
    fs::write(file, bytes).unwrap();
    let name = file.file_name().unwrap().to_str().unwrap();

    let run = sandbox.run(&["check"]).expect(1);
    let said = format!("{}{}", run.out, run.err);
    assert!(said.contains(name) && said.contains("rcp-search index --rebuild"), "{said}");

    let remedy = [name, "damaged", "rcp-search index --rebuild", "rcp-search serve --generation 1"];
    sandbox.run(&["search", "sovereignty"]).fails(1, &remedy);
    sandbox.run(&["serve", "--listen", "127.0.0.1:0"]).fails(1, &remedy);

    let server = Server::start(&sandbox, &["--generation", "1"]);
    assert_eq!(server.get("/v1/search?q=sovereignty").status, 200);
    server.stop();

    sandbox.run(&["index", "seeds", "--rebuild"]).expect(0);
    sandbox.run(&["check"]).expect(0);
    sandbox.run(&["search", "sovereignty"]).expect(0);
}

fn make_writable(file: &std::path::Path) {
    let mut permissions = fs::metadata(file).unwrap().permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "a file of a test, deleted with it")]
    permissions.set_readonly(false);
    fs::set_permissions(file, permissions).unwrap();
}

#[test]
fn a_changed_byte_is_found() {
    check(".store", |bytes| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
    });
}

#[test]
fn a_cut_file_is_found() {
    check("vocabulary", |bytes| bytes.truncate(bytes.len() / 2));
}

#[test]
fn a_changed_manifest_is_found() {
    check("manifest.json", |bytes| bytes.push(b'\n'));
}

#[test]
fn a_missing_and_a_foreign_file_are_found() {
    let (sandbox, files) = two_generations(".term");
    fs::remove_file(files.first().unwrap()).unwrap();
    sandbox.write("index/generations/000002/public/passages/foreign", "x");
    let report = sandbox.run(&["check", "--json"]).expect(1).json();
    assert_eq!(report["sound"], false);
    let damaged = report["files"].as_array().unwrap().iter().filter(|file| !file["damage"].is_null());
    assert_eq!(damaged.count(), 2, "{report}");
}

#[test]
fn a_sound_index_is_said_to_be() {
    let sandbox = Sandbox::with_seeds_indexed();
    let run = sandbox.run(&["check"]).expect(0);
    assert!(run.out.starts_with("generation 1 is sound: ") && run.out.contains("5 documents"), "{}", run.out);
    let report = sandbox.run(&["check", "--json"]).expect(0).json();
    assert_eq!((&report["sound"], &report["generation"]), (&true.into(), &1.into()));
}

#[test]
fn a_generation_that_is_not_there_is_not_served() {
    let sandbox = Sandbox::with_seeds_indexed();
    let serve = ["serve", "--listen", "127.0.0.1:0", "--generation", "9"];
    sandbox.run(&serve).fails(1, &["no published generation 9", "1"]);
}

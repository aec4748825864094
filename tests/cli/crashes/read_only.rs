//! An index folder that can be read and not written to.

use std::fs;

use super::place::{Place, changed, corpus};
use super::{in_shell, namespace, skipped};
use crate::sandbox::run;
use crate::server::Server;

#[test]
fn a_read_only_index_is_searched_served_and_checked_but_not_written() {
    const SCRIPT: &str = r#"mount --bind "$INDEX" "$INDEX" && mount -o remount,bind,ro "$INDEX" && exec "$@""#;
    let Some(namespace) = namespace() else { return skipped("this process may not mount a file system") };
    let place = Place::new();
    let files = corpus(3);
    place.write(&files);
    place.run();
    let before = place.sandbox.published();
    place.write(&changed(files));
    let read_only = |args: &[&str]| {
        let mut command = in_shell(namespace, SCRIPT, &place.sandbox.command(args));
        command.env("INDEX", place.index());
        command
    };
    let answer = run(read_only(&["search", "return", "--json"])).expect(0).json();
    assert_eq!(answer["meta"]["total"], 4);
    assert!(run(read_only(&["check"])).expect(0).out.contains("is sound"));
    let server = Server::of(read_only(&["serve", "--listen", "127.0.0.1:0"]));
    assert_eq!(server.get("/v1/search?q=return").json()["meta"]["total"], 4);
    assert_eq!(server.get("/ready").json()["status"], "ready");
    server.stop().expect(0);

    let corpus = place.sandbox.path("corpus").display().to_string();
    let index = place.index().display().to_string();
    let failed = run(read_only(&["index", &corpus])).fails(1, &[&index, "Read-only file system", "make it writable"]);
    assert_eq!(failed.err.lines().count(), 1, "{}", failed.err);
    assert!(place.sandbox.published() == before);
}

#[test]
fn what_stands_in_the_way_of_the_index_is_named() {
    #[track_caller]
    fn check(block: impl Fn(&Place), name: &str, says: &str) {
        let place = Place::new();
        place.write(&corpus(1));
        block(&place);
        let path = place.index().join(name).display().to_string();
        let failed = run(place.binary(&[])).fails(1, &[&path, says]);
        assert_eq!(failed.err.lines().count(), 1, "{}", failed.err);
    }
    let file = |name: &'static str| move |place: &Place| place.sandbox.write(&format!("index/{name}"), "in the way");
    let folder = |name: &'static str| move |place: &Place| fs::create_dir_all(place.index().join(name)).unwrap();
    check(file("generations"), "generations", "move it away");
    check(file("cache"), "cache", "move it away");
    check(file("cache/readings"), "cache", "move it away");
    check(folder(".lock"), ".lock", "move it away");
    check(folder("CURRENT.new"), "CURRENT", "move it away");
    check(folder("CURRENT"), "CURRENT", "it is not a regular file; run `rcp-search index --rebuild`");
}

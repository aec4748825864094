//! Copies of a text and language versions of a work are recognised, and stay apart.

use serde_json::Value;

use crate::sandbox::Sandbox;
use crate::server::Server;

const ENGLISH: &str = "The third regional conference met in Antigua on 14 and 15 March 2011 with 43 delegates of 11 States. \
Its budget was 250 000 dollars, of which 75 000 came from 12 donors. Between 1998 and 2010 some 3 400 people had returned, \
860 of them children, from 27 places. The next conference will be held on 22 May 2012.\n";

const SPANISH: &str = "La tercera conferencia regional se reunió en Antigua los días 14 y 15 de marzo de 2011 con 43 delegados de \
11 Estados. Su presupuesto fue de 250 000 dólares, de los cuales 75 000 vinieron de 12 donantes. Entre 1998 y 2010 habían \
regresado unas 3 400 personas, 860 de ellas niños, de 27 lugares. La próxima conferencia se celebrará el 22 de mayo de 2012.\n";

fn document(server: &Server, id: &str) -> Value {
    server.get(&format!("/v1/documents/{id}")).json()
}

#[test]
fn copies_and_language_versions_know_each_other_within_their_collection() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/a.txt", ENGLISH);
    sandbox.write("corpus/b.md", format!("# Report\n\n{ENGLISH}"));
    sandbox.write("corpus/c.txt", SPANISH);
    sandbox.write("corpus/hidden.txt", ENGLISH);
    sandbox.write("corpus/hidden.meta.toml", "collection = \"internal\"\n");
    let corpus = sandbox.path("corpus").display().to_string();
    let report = sandbox.json(&["index", &corpus]);
    assert_eq!((&report["documents"], &report["published"]), (&4.into(), &true.into()));
    let server = Server::start(&sandbox, &[]);
    let same_text = |id: &str| document(&server, id)["same_text"]["value"].clone();
    let work = |id: &str| document(&server, id)["work"]["value"].clone();
    assert_eq!(["a", "b", "c"].map(same_text), ["a".into(), "a".into(), Value::Null]);
    assert_eq!(["a", "b", "c"].map(work), ["a", "a", "a"]);
    server.stop().expect(0);

    assert_eq!(sandbox.json(&["index", &corpus])["published"], false, "relatives are found again");
    sandbox.write("corpus/b.md", "# Report\n\nNothing is left of it.\n");
    sandbox.json(&["index", &corpus]);
    let server = Server::start(&sandbox, &[]);
    assert_eq!(document(&server, "a")["same_text"], Value::Null, "a relative that is gone is none");
    assert_eq!(document(&server, "a")["work"]["value"], "a");
    server.stop().expect(0);
}

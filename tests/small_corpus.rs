//! A small made-up corpus that tests of several kinds index, and how they do.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use rcp_corpus::settings::Settings;
use rcp_indexer::{IndexOptions, Report};

/// Name, metadata and text of each document.
pub(crate) const DOCUMENTS: [(&str, &str, &str); 4] = [
    (
        "alpha-2005",
        "title = 'Alpha workshop'\ntype = 'summary-report'\ndate = '2005-04-14/2005-04-15'\nrcps = ['rcm']\n\
         regions = ['central-america']\nthemes = ['protection-rights.consular']",
        "Alpha workshop\n\n1. Ministers spoke of sovereignty and of the dignity of travellers at the border.\n\n\
         2. Dialogue with the private sector was useful for every delegation that took part in the workshop.\n",
    ),
    (
        "gamma-2009",
        "title = 'Gamma meeting'\ndate = '2009'\nrcps = ['bali-process']\nthemes = ['health']",
        "Gamma meeting\n\n1. Sovereignty was mentioned once, and the private sector was thanked twice.\n\n\
         2. Participants compared their experience with vaccination of seasonal workers.\n",
    ),
    (
        "kappa-2013",
        "title = 'Reunión kappa'\ndate = '2013-05-22'\nrcps = ['sacm']\nregions = ['south-america']",
        "Reunión kappa\n\n1. Los países conversaron sobre las migraciones y la situación de las familias.\n",
    ),
    (
        "omega-undated",
        "title = 'Omega note'",
        "Omega note\n\nA short note on sovereignty without any particular date.\n",
    ),
];

/// Writes documents with their metadata: name, metadata and text of each.
pub(crate) fn write(folder: &Path, documents: &[(&str, &str, &str)]) {
    for (name, metadata, text) in documents {
        fs::write(folder.join(format!("{name}.txt")), text).unwrap();
        fs::write(folder.join(format!("{name}.meta.toml")), format!("id = \"{name}\"\n{metadata}\n")).unwrap();
    }
}

/// The settings that the project ships.
pub(crate) fn settings() -> Arc<Settings> {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../index-config");
    Arc::new(Settings::load(&config).unwrap())
}

/// Publishes what the files are now.
pub(crate) fn index(files: &Path, index: &Path) -> Report {
    let options = IndexOptions::new(vec![files.to_owned()], index.to_owned());
    rcp_indexer::index(&options, &settings(), &mut |_| {}).unwrap()
}

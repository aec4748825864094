//! Fingerprints: what a change of the settings makes obsolete.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Fingerprints, IndexSettings};
use crate::analysis::AnalysisSettings;
use crate::taxonomy::{NameGroup, Scheme};

/// Name and version of the code that turns files into passages: documents say it of themselves. Raise the version when
/// a change of that code changes passages, so that every file is extracted again.
pub const EXTRACTOR: &str = "rcp-search/5";

/// Version of the code that attaches labels: matcher, classification, metadata rules. Raise it when a change of that
/// code changes labels.
pub const ANNOTATION_VERSION: u32 = 3;

/// Version of the code that turns text into tokens. Raise it when a change of that code changes tokens.
pub const ANALYSIS_VERSION: u32 = 2;

/// Version of the code that compiles and ranks queries. Raise it when a change of that code changes answers.
pub const QUERY_VERSION: u32 = 2;

/// Hexadecimal digits of a fingerprint: 64 bits, enough to tell the settings of one installation apart.
const DIGITS: usize = 16;

/// What the directory and the query expansion show or use of a concept, and no label depends on.
#[derive(Serialize)]
struct QueryPart<'s> {
    scheme: &'s str,
    concept: Option<&'s str>,
    names: &'s [NameGroup],
    remarks: [&'s [String]; 3],
}

/// The fingerprints of settings: SHA-256 over the JSON of the *parsed* values of each part, so that comments, blank
/// lines and the order of keys do not matter. Every value of the configuration is in one of the parts.
pub(super) fn fingerprints(
    index: &IndexSettings,
    schemes: &[Scheme],
    analysis: &AnalysisSettings,
) -> Result<Fingerprints, serde_json::Error> {
    let annotation: Vec<Scheme> = schemes.iter().map(without_query_part).collect();
    let query: Vec<QueryPart<'_>> = schemes.iter().flat_map(query_parts).collect();
    Ok(Fingerprints {
        extraction: fingerprint(EXTRACTOR, &index.extraction)?,
        annotation: fingerprint(ANNOTATION_VERSION, &annotation)?,
        analysis: fingerprint(ANALYSIS_VERSION, analysis)?,
        query: fingerprint(QUERY_VERSION, &(&index.ranking, &index.expansion, query))?,
    })
}

fn fingerprint(version: impl Serialize, part: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut value = serde_json::to_value((version, part))?;
    // Objects are in order already, unless a crate of the build turns on `preserve_order` of serde_json.
    value.sort_all_objects();
    let digest = Sha256::digest(value.to_string());
    let hexadecimal: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(hexadecimal[..DIGITS].to_owned())
}

fn without_query_part(scheme: &Scheme) -> Scheme {
    let mut scheme = scheme.clone();
    scheme.notes.clear();
    scheme.source.clear();
    for concept in &mut scheme.concepts {
        concept.names.clear();
        concept.notes.clear();
        concept.doubts.clear();
        concept.source.clear();
    }
    scheme
}

fn query_parts(scheme: &Scheme) -> Vec<QueryPart<'_>> {
    let own =
        QueryPart { scheme: &scheme.id, concept: None, names: &[], remarks: [&scheme.notes, &[], &scheme.source] };
    let concepts = scheme.concepts.iter().map(|concept| QueryPart {
        scheme: &scheme.id,
        concept: Some(&concept.id),
        names: &concept.names,
        remarks: [&concept.notes, &concept.doubts, &concept.source],
    });
    std::iter::once(own).chain(concepts).collect()
}

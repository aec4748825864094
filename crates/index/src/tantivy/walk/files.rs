//! The engine's own checksums, its list of files, and its schema.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use ::tantivy::{Index, SegmentMeta, TantivyError};

use super::super::directory::ReadOnlyDirectory;
use super::super::schema;
use super::{Broken, folder};
use crate::generation::{Published, Walk};
use crate::plan::Unit;

/// Where the engine keeps its list of segments, its settings and the schema. It has no checksum: its content is
/// compared with what it must be.
const META: &str = "meta.json";

/// Whether all of it is sound. Reads every file once more.
pub(super) fn compare(unit: Unit, published: &Published<'_>, walk: &mut Walk<'_>) -> Result<bool, Broken> {
    let place = folder(unit);
    let directory = ReadOnlyDirectory::open(&published.folder.join(place)).map_err(TantivyError::from)?;
    let index = Index::open(directory)?;
    let mut sound = true;
    let mut problem = |what: String| {
        walk.problem(format!("{place}: {what}"));
        sound = false;
    };
    let meta = index.load_metas()?;
    let expected = schema::schema(unit, published.facets);
    if meta.schema != expected
        || meta.index_settings != Default::default()
        || !meta.persisted_custom_extensions.is_empty()
    {
        problem(format!("{META} has another schema or other settings than the program writes"));
    }
    if meta.segments.iter().any(SegmentMeta::has_deletes) {
        problem(format!("{META} names deleted records, and nothing is ever deleted"));
    }
    let of_engine: HashSet<PathBuf> = meta.list_segment_files();
    let prefix = format!("{place}/");
    let names = published.content.files.keys().filter_map(|name| name.strip_prefix(&prefix));
    for name in names.filter(|name| *name != META) {
        if !of_engine.contains(Path::new(name)) {
            problem(format!("{META} does not know the file {name}"));
        } else if !index.directory().validate_checksum(Path::new(name)).map_err(TantivyError::from)? {
            problem(format!("{name} does not have the checksum that it names itself"));
        }
    }
    Ok(sound)
}

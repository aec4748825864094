//! DOCX: Office Open XML text, transitional or strict, of whatever program.

mod body;
mod fields;
mod notes;
mod numbering;
mod styles;
mod symbols;

use std::collections::BTreeMap;

use super::container::Container;
use super::counting::Numerals;
use super::xml::Tree;
use super::{day, said};
use crate::extract::{ExtractError, Extracted, Properties, paragraphs};
use body::Body;
use notes::Notes;
use styles::Styles;

const FORMAT: &str = "DOCX";

/// Media type of a Word file.
const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Reads a Word file whose document is the part of this path.
pub(super) fn read(container: &mut Container<'_>, path: &str, document: &Tree<'_>) -> Result<Extracted, ExtractError> {
    let relations = relations(container, path)?;
    let mut part = |kind: &str| Part::read(container, &relations, path, kind);
    let (styles, numbering, settings) = (part("styles")?, part("numbering")?, part("settings")?);
    let (footnotes, endnotes) = (part("footnotes")?, part("endnotes")?);
    let properties = properties(container)?;

    let styles = styles.tree()?.map(|tree| Styles::read(tree.root())).unwrap_or_default();
    let language = properties.language.clone().or_else(|| styles.language.clone());
    let numbering = numbering.tree()?;
    let numbering =
        numbering.map(|tree| numbering::read(tree.root(), &styles, language.as_deref().unwrap_or_default()));
    let (footnotes, endnotes, settings) = (footnotes.tree()?, endnotes.tree()?, settings.tree()?);

    let root = document.root();
    let body = root.child("body").unwrap_or(root);
    let section = body.named("sectPr").last();
    let note_settings = |name| {
        let settings = settings.as_ref().map(Tree::root);
        [section, settings].into_iter().flatten().filter_map(|holder| holder.child(name)).collect::<Vec<_>>()
    };
    let footnotes = Notes::read(footnotes.as_ref().map(Tree::root), Numerals::Decimal, &note_settings("footnotePr"));
    let endnotes = Notes::read(endnotes.as_ref().map(Tree::root), Numerals::LowerRoman, &note_settings("endnotePr"));
    let mut reader = Body::new(root, styles, numbering.unwrap_or_default(), footnotes, endnotes);
    let mut read = Vec::new();
    reader.read(body, &mut read)?;
    Ok(Extracted {
        media_type: MEDIA_TYPE.to_owned(),
        pages: reader.pages(),
        properties: Properties { language, ..properties },
        blocks: paragraphs::blocks(read),
    })
}

/// The text of a part, if the file has it.
struct Part(Option<String>);

impl Part {
    /// Reads the part that stands in this relation to the document.
    fn read(
        container: &mut Container<'_>,
        relations: &BTreeMap<String, String>,
        document: &str,
        kind: &str,
    ) -> Result<Part, ExtractError> {
        let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
        let target = relations.get(kind).cloned().unwrap_or_else(|| format!("{kind}.xml"));
        let path = match target.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None => format!("{folder}/{target}"),
        };
        Ok(Part(container.text(&path)?))
    }

    fn tree(&self) -> Result<Option<Tree<'_>>, ExtractError> {
        self.0.as_deref().map(|xml| Tree::parse(xml, FORMAT)).transpose()
    }
}

/// Targets of a part's relations by the last word of their type.
pub(super) fn relations(container: &mut Container<'_>, path: &str) -> Result<BTreeMap<String, String>, ExtractError> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let Some(xml) = container.text(&format!("{folder}/_rels/{name}.rels"))? else { return Ok(BTreeMap::new()) };
    let tree = Tree::parse(&xml, FORMAT)?;
    let relations = tree.root().named("Relationship").filter_map(|relation| {
        let kind = relation.attribute("Type")?;
        let kind = kind.rsplit('/').next()?.to_owned();
        Some((kind, relation.attribute("Target")?.into_owned()))
    });
    Ok(relations.collect())
}

/// What the file says of itself.
fn properties(container: &mut Container<'_>) -> Result<Properties, ExtractError> {
    let (core, app) = (container.text("docProps/core.xml")?, container.text("docProps/app.xml")?);
    let core = core.as_deref().map(|xml| Tree::parse(xml, FORMAT)).transpose()?;
    let app = app.as_deref().map(|xml| Tree::parse(xml, FORMAT)).transpose()?;
    let said = |tree: &Option<Tree<'_>>, name| said(tree.as_ref().map(Tree::root), name);
    Ok(Properties {
        title: said(&core, "title"),
        language: said(&core, "language"),
        created: said(&core, "created").and_then(|date| day(&date)),
        modified: said(&core, "modified").and_then(|date| day(&date)),
        software: said(&app, "Application"),
    })
}

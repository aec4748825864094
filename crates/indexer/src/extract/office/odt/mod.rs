//! ODT: OpenDocument text.

mod body;
mod lists;
mod styles;

use super::container::Container;
use super::xml::Tree;
use super::{day, said};
use crate::extract::{ExtractError, Extracted, Properties, paragraphs};
use body::Body;
use styles::Styles;

const FORMAT: &str = "ODT";

/// Media type of an OpenDocument text.
const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.text";

/// Reads an OpenDocument text.
pub(super) fn read(container: &mut Container<'_>) -> Result<Extracted, ExtractError> {
    let manifest = container.text("META-INF/manifest.xml")?;
    if manifest.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(ExtractError::Encrypted);
    }
    let Some(content) = container.text("content.xml")? else {
        return Err(ExtractError::Damaged { format: FORMAT, why: "content.xml is missing".to_owned() });
    };
    let (styles, meta) = (container.text("styles.xml")?, container.text("meta.xml")?);
    let content = Tree::parse(&content, FORMAT)?;
    let styles = styles.as_deref().map(|xml| Tree::parse(xml, FORMAT)).transpose()?;
    let meta = meta.as_deref().map(|xml| Tree::parse(xml, FORMAT)).transpose()?;

    let text = content.root().child("body").and_then(|body| body.child("text"));
    let Some(text) = text else {
        return Err(ExtractError::Unsupported { format: "an OpenDocument file without text" });
    };
    let styles = Styles::read(styles.as_ref().map(Tree::root), content.root());
    let language = styles.language.clone();
    let mut reader = Body::new(text, &styles);
    let mut read = Vec::new();
    reader.read(text, &mut read)?;

    let meta = meta.as_ref().map(Tree::root);
    Ok(Extracted {
        media_type: MEDIA_TYPE.to_owned(),
        pages: reader.pages(),
        properties: Properties {
            title: said(meta, "title"),
            language: said(meta, "language").or(language),
            created: said(meta, "creation-date").and_then(|date| day(&date)),
            modified: said(meta, "date").and_then(|date| day(&date)),
            software: said(meta, "generator"),
        },
        blocks: paragraphs::blocks(read),
    })
}

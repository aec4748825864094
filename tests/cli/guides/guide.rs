//! [`Guide`]: a page for readers, as far as it says what can be tried.

use std::fs;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::sandbox::project;

/// A Markdown file, read.
#[derive(Default)]
pub(super) struct Guide {
    /// Path below the project.
    pub(super) name: String,
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    pub(super) tables: Vec<Table>,
    /// Targets of its links, as written.
    pub(super) links: Vec<String>,
}

/// A fenced block.
#[derive(Default)]
pub(super) struct Block {
    /// Line of its first line, from 1.
    pub(super) line: usize,
    /// First word behind the fence: what readers see it coloured as.
    pub(super) language: String,
    /// The words after it, which readers do not see.
    pub(super) attributes: Vec<String>,
    pub(super) text: String,
}

/// Heading of a table's first column, and what is written as code in that column.
#[derive(Default)]
pub(super) struct Table {
    pub(super) heading: String,
    pub(super) codes: Vec<String>,
}

/// Where a piece of text stands.
enum Place {
    Prose,
    Block,
    Heading,
    FirstCell,
}

/// Every guide of the project: the README and the pages of `docs/`.
pub(super) fn names() -> Vec<String> {
    let pages = fs::read_dir(project("docs")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let pages = pages.filter(|name| name.ends_with(".md")).map(|name| format!("docs/{name}"));
    let mut names: Vec<String> = pages.chain(["README.md".to_owned()]).collect();
    names.sort();
    names
}

impl Guide {
    pub(super) fn read(name: &str) -> Guide {
        Guide::of(name, fs::read_to_string(project(name)).unwrap())
    }

    pub(super) fn of(name: &str, text: String) -> Guide {
        let mut guide = Guide { name: name.to_owned(), ..Guide::default() };
        let mut place = Place::Prose;
        for (event, range) in Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter() {
            match (&place, event) {
                (_, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))) => {
                    guide.blocks.push(Block::new(&info, text[..range.start].lines().count() + 2));
                    place = Place::Block;
                }
                (_, Event::Start(Tag::Table(_))) => guide.tables.push(Table::default()),
                (_, Event::Start(Tag::TableHead)) => place = Place::Heading,
                (_, Event::Start(Tag::TableRow)) => place = Place::FirstCell,
                (_, Event::End(TagEnd::TableCell | TagEnd::CodeBlock)) => place = Place::Prose,
                (_, Event::Start(Tag::Link { dest_url, .. })) => guide.links.push(dest_url.to_string()),
                (Place::Block, Event::Text(piece)) => guide.blocks.last_mut().unwrap().text += &piece,
                (Place::Heading, Event::Text(piece)) => guide.tables.last_mut().unwrap().heading += &piece,
                (Place::FirstCell, Event::Code(code)) => {
                    guide.tables.last_mut().unwrap().codes.push(code.to_string());
                }
                _ => {}
            }
        }
        guide.text = text;
        guide
    }
}

impl Block {
    fn new(info: &str, line: usize) -> Block {
        let mut words = info.split_whitespace().map(str::to_owned);
        let language = words.next().unwrap_or_default();
        Block { line, language, attributes: words.collect(), text: String::new() }
    }

    pub(super) fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|given| given == attribute)
    }

    /// Value of an attribute written as `name=value`.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find_map(|given| given.strip_prefix(name)?.strip_prefix('='))
    }
}

//! Pages turned upright, without furniture, and their regions.

use super::content::{Drawn, Glyph};
use super::furniture;
use super::paths::Rule;
use super::regions::{self, Region};
use super::words::{self, Row};

/// Most drawn bullets of a page; drawings have more dots.
const MAX_DOTS: usize = 200;

/// A page as it is drawn.
pub(super) struct Page {
    pub(super) number: u32,
    pub(super) drawn: Drawn,
    /// Left, lower, right and upper edge.
    pub(super) edges: (f32, f32, f32, f32),
}

/// The text of a page in one direction, turned upright.
struct Sheet {
    page: u32,
    rows: Vec<Row>,
    rules: Vec<Rule>,
    /// Lower and upper edge.
    edges: (f32, f32),
}

/// The regions of all pages in reading order, each with its page.
pub(super) fn regions(pages: Vec<Page>) -> (Vec<u32>, Vec<Region>) {
    let mut mains = Vec::new();
    let mut asides = Vec::new();
    for page in pages {
        let mut sheets = sheets(page).into_iter();
        mains.extend(sheets.next());
        asides.push(sheets.collect::<Vec<_>>());
    }
    let mut views: Vec<furniture::Sheet<'_>> =
        mains.iter_mut().map(|sheet| furniture::Sheet { rows: &mut sheet.rows, edges: sheet.edges }).collect();
    furniture::remove(&mut views);
    let sheets = mains.into_iter().zip(asides).flat_map(|(main, asides)| std::iter::once(main).chain(asides));
    let regions = |sheet: Sheet| {
        let page = sheet.page;
        regions::regions(sheet.rows, &sheet.rules, page).into_iter().map(move |region| (page, region))
    };
    sheets.flat_map(regions).unzip()
}

/// The text of a page by its direction, that of most characters first.
fn sheets(page: Page) -> Vec<Sheet> {
    let Page { number, mut drawn, edges: (left, low, right, high) } = page;
    drawn.glyphs.retain(|glyph| (left..=right).contains(&glyph.x) && (low..=high).contains(&glyph.y));
    let count = |turns: u8| drawn.glyphs.iter().filter(|glyph| glyph.turns == turns).count();
    let mut directions = [0, 1, 2, 3].map(|turns| (count(turns), turns));
    directions.sort_by_key(|(count, turns)| (std::cmp::Reverse(*count), *turns));
    let used = directions.iter().enumerate().filter(|(index, (count, _))| *index == 0 || *count > 0);
    used.map(|(_, (_, turns))| {
        let turns = *turns;
        let glyphs: Vec<Glyph> =
            drawn.glyphs.iter().filter(|glyph| glyph.turns == turns).map(|glyph| upright(glyph, turns)).collect();
        let mut rows = words::rows(&glyphs);
        let dots: Vec<(f32, f32)> = drawn.dots.iter().take(MAX_DOTS).map(|dot| turn(*dot, turns)).collect();
        words::add_bullets(&mut rows, &dots);
        let rules = drawn.rules.iter().map(|rule| upright_rule(rule, turns)).collect();
        let (from, to) = (turn((left, low), turns), turn((right, high), turns));
        Sheet { page: number, rows, rules, edges: (from.1.min(to.1), from.1.max(to.1)) }
    })
    .collect()
}

/// A point on a page that is turned back by quarter turns.
fn turn((x, y): (f32, f32), turns: u8) -> (f32, f32) {
    match turns {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    }
}

fn upright(glyph: &Glyph, turns: u8) -> Glyph {
    let (x, y) = turn((glyph.x, glyph.y), turns);
    Glyph { x, y, turns: 0, ..*glyph }
}

fn upright_rule(rule: &Rule, turns: u8) -> Rule {
    let (from, to) = (turn((rule.x.0, rule.y.0), turns), turn((rule.x.1, rule.y.1), turns));
    Rule { x: (from.0.min(to.0), from.0.max(to.0)), y: (from.1.min(to.1), from.1.max(to.1)) }
}

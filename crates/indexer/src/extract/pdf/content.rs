//! The content stream of a page: the characters that it draws, with their places, and the straight lines.
//!
//! Of ISO 32000-1 this is section 9.4 (text), 8.3 (coordinates) and 14.6 (marked content). Numbers of a place are points, the origin is the lower left corner of the page.

use std::collections::HashMap;
use std::sync::Arc;

use pdf_oxide::PdfDocument;
use pdf_oxide::content::{Matrix, Operator, TextElement, parse_content_stream};
use pdf_oxide::fonts::FontInfo;
use pdf_oxide::object::Object;

use super::fonts::{self, Fonts};
use super::objects::{dictionary, form_content, resolve, text_string};
use super::paths::{Path, Rule};
use super::{Budget, ExtractError};

/// Deepest nesting of forms and of saved graphics states.
const MAX_FORMS: usize = 8;
const MAX_SAVED: usize = 512;

/// What a stream costs beside its operators: forms that draw each other double with every level.
const COST_OF_STREAM: usize = 1_000;

/// Longest text that replaces the characters drawn, in characters drawn: whole paragraphs are left as drawn.
const MAX_REPLACED: usize = 24;

/// A character at its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub(super) c: char,
    /// Where its base line begins.
    pub(super) x: f32,
    pub(super) y: f32,
    /// Advance, with the spacing of characters.
    pub(super) width: f32,
    /// Size of the font as it is drawn.
    pub(super) size: f32,
    pub(super) bold: bool,
    /// Quarter turns of its base line against the page, counter-clockwise.
    pub(super) turns: u8,
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    /// Centres of small round or square shapes: bullets of writers that draw them.
    pub(super) dots: Vec<(f32, f32)>,
    /// Whether it has a picture.
    pub(super) picture: bool,
    /// Why its content could not be unpacked, if so.
    pub(super) damage: Option<String>,
}

/// Draws a page.
pub(super) fn draw(document: &PdfDocument, page: usize, budget: &mut Budget) -> Result<Drawn, ExtractError> {
    let content = document.get_page_content_data(page);
    let entry = |key: &str| document.get_page(page).ok()?.as_dict()?.get(key).cloned();
    let missing = entry("Contents").is_some_and(|contents| resolve(document, Some(&contents)).is_null());
    let damage = match &content {
        Err(error) => Some(error.to_string()),
        Ok(_) => missing.then(|| "the content of a page is missing".to_owned()),
    };
    let content = content.unwrap_or_default();
    let resources = resolve(document, entry("Resources").as_ref());
    let mut painter = Painter::new(document, budget);
    painter.run(&content, &resources, 0)?;
    Ok(Drawn { damage, ..painter.drawn })
}

/// The part of the graphics state that text needs.
#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Arc<FontInfo>>,
    size: f32,
    char_space: f32,
    word_space: f32,
    /// Horizontal scaling; 1 is none.
    scale: f32,
    leading: f32,
    rise: f32,
}

/// A sequence of marked content.
enum Marked {
    Plain,
    /// Header or footer, as the file itself says.
    Furniture,
    /// Its characters, from this one on, stand for another text.
    Replaced {
        first: usize,
        text: String,
    },
}

struct Painter<'a> {
    document: &'a PdfDocument,
    budget: &'a mut Budget,
    drawn: Drawn,
    state: State,
    saved: Vec<State>,
    /// Matrix of the text, and that of the line it is on.
    text: Matrix,
    line: Matrix,
    marked: Vec<Marked>,
    path: Path,
}

impl<'a> Painter<'a> {
    fn new(document: &'a PdfDocument, budget: &'a mut Budget) -> Painter<'a> {
        let ctm = Matrix::identity();
        let state =
            State { ctm, font: None, size: 0.0, char_space: 0.0, word_space: 0.0, scale: 1.0, leading: 0.0, rise: 0.0 };
        Painter {
            document,
            budget,
            drawn: Drawn::default(),
            state,
            saved: Vec::new(),
            text: Matrix::identity(),
            line: Matrix::identity(),
            marked: Vec::new(),
            path: Path::default(),
        }
    }

    fn run(&mut self, content: &[u8], resources: &Object, depth: usize) -> Result<(), ExtractError> {
        let fonts = fonts::load(self.document, resources);
        let operators = parse_content_stream(content).unwrap_or_default();
        self.budget.spend(operators.len() + COST_OF_STREAM)?;
        for operator in operators {
            match operator {
                Operator::Do { name } => self.object(&name, resources, depth)?,
                Operator::Tf { font, size } => self.set_font(&fonts, &font, size),
                Operator::BeginMarkedContentDict { tag, properties } => self.begin(&tag, &properties, resources),
                operator => self.execute(operator),
            }
        }
        Ok(())
    }

    fn execute(&mut self, operator: Operator) {
        match operator {
            Operator::SaveState if self.saved.len() < MAX_SAVED => self.saved.push(self.state.clone()),
            Operator::RestoreState => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            Operator::Cm { a, b, c, d, e, f } => {
                self.state.ctm = Matrix { a, b, c, d, e, f }.multiply(&self.state.ctm);
            }
            Operator::BeginText => self.set_line(Matrix::identity()),
            Operator::Td { tx, ty } => self.next_line(tx, ty),
            Operator::TD { tx, ty } => {
                self.state.leading = -ty;
                self.next_line(tx, ty);
            }
            Operator::Tm { a, b, c, d, e, f } => self.set_line(Matrix { a, b, c, d, e, f }),
            Operator::TStar => self.next_line(0.0, -self.state.leading),
            Operator::Tc { char_space } => self.state.char_space = char_space,
            Operator::Tw { word_space } => self.state.word_space = word_space,
            Operator::Tz { scale } => self.state.scale = scale / 100.0,
            Operator::TL { leading } => self.state.leading = leading,
            Operator::Ts { rise } => self.state.rise = rise,
            Operator::Tj { text } => self.show(&text),
            Operator::TJ { array } => self.show_all(array),
            Operator::Quote { text } => {
                self.next_line(0.0, -self.state.leading);
                self.show(&text);
            }
            Operator::DoubleQuote { word_space, char_space, text } => {
                self.state.word_space = word_space;
                self.state.char_space = char_space;
                self.next_line(0.0, -self.state.leading);
                self.show(&text);
            }
            Operator::BeginMarkedContent { .. } => self.marked.push(Marked::Plain),
            Operator::EndMarkedContent => self.end(),
            Operator::InlineImage { .. } => self.drawn.picture = true,
            operator => self.path.execute(&operator, &self.state.ctm, &mut self.drawn),
        }
    }

    fn set_font(&mut self, fonts: &Fonts, name: &str, size: f32) {
        self.state.font = fonts.get(name).cloned();
        self.state.size = size;
    }

    fn set_line(&mut self, matrix: Matrix) {
        self.line = matrix;
        self.text = matrix;
    }

    fn next_line(&mut self, tx: f32, ty: f32) {
        self.set_line(Matrix::translation(tx, ty).multiply(&self.line));
    }

    fn show_all(&mut self, array: Vec<TextElement>) {
        for element in array {
            match element {
                TextElement::String(text) => self.show(&text),
                TextElement::Offset(offset) => {
                    let tx = -offset / 1000.0 * self.state.size * self.state.scale;
                    self.text = Matrix::translation(tx, 0.0).multiply(&self.text);
                }
            }
        }
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else {
            return;
        };
        let hidden = self.marked.iter().any(|marked| matches!(marked, Marked::Furniture));
        let bold = font.is_bold();
        for code in fonts::codes(&font, bytes) {
            let State { size, char_space, word_space, scale, rise, .. } = self.state;
            let advance = (code.width * size + char_space + if code.is_space { word_space } else { 0.0 }) * scale;
            let placed = Matrix::translation(0.0, rise).multiply(&self.text).multiply(&self.state.ctm);
            if !hidden {
                self.place(&code.text, &placed, advance, bold);
            }
            self.text = Matrix::translation(advance, 0.0).multiply(&self.text);
        }
    }

    /// Adds the characters of one code, side by side over its advance.
    fn place(&mut self, text: &str, placed: &Matrix, advance: f32, bold: bool) {
        let along = placed.a.hypot(placed.b);
        let size = self.state.size.abs() * placed.c.hypot(placed.d);
        let quarters = placed.b.atan2(placed.a) / std::f32::consts::FRAC_PI_2;
        let slanted = (quarters - quarters.round()).abs() > 0.1;
        let sound = [placed.e, placed.f, advance * along, size].iter().all(|number| number.is_finite());
        // Text at a slant is a watermark.
        if slanted || !sound || size <= 0.0 {
            return;
        }
        let turns = quarters.round().rem_euclid(4.0) as u8;
        let count = text.chars().count().max(1) as f32;
        let (dx, dy) = (placed.a * advance / count, placed.b * advance / count);
        let width = (advance * along / count).abs();
        for (index, c) in text.chars().enumerate() {
            let (x, y) = (placed.e + dx * index as f32, placed.f + dy * index as f32);
            self.drawn.glyphs.push(Glyph { c, x, y, width, size, bold, turns });
        }
    }

    /// Draws a form; a picture is only noted.
    fn object(&mut self, name: &str, resources: &Object, depth: usize) -> Result<(), ExtractError> {
        let objects = dictionary(self.document, resources, "XObject");
        let Some(reference) = objects.as_ref().and_then(|objects| objects.get(name)) else {
            return Ok(());
        };
        let object = resolve(self.document, Some(reference));
        let Some(form) = object.as_dict() else {
            return Ok(());
        };
        if form.get("Subtype").and_then(Object::as_name) != Some("Form") {
            self.drawn.picture = true;
            return Ok(());
        }
        if depth >= MAX_FORMS {
            return Ok(());
        }
        let Some(content) = form_content(self.document, &object) else {
            return Ok(());
        };
        let own = resolve(self.document, form.get("Resources"));
        let (state, saved, marked) = (self.state.clone(), self.saved.len(), self.marked.len());
        if let Some(matrix) = form.get("Matrix").and_then(|matrix| self.matrix(matrix)) {
            self.state.ctm = matrix.multiply(&self.state.ctm);
        }
        self.run(&content, if own.as_dict().is_some() { &own } else { resources }, depth + 1)?;
        self.state = state;
        self.saved.truncate(saved);
        self.marked.truncate(marked);
        Ok(())
    }

    fn matrix(&self, matrix: &Object) -> Option<Matrix> {
        let matrix = resolve(self.document, Some(matrix));
        let number = |object: &Object| object.as_real().or_else(|| object.as_integer().map(|n| n as f64));
        let numbers: Vec<f32> = matrix.as_array()?.iter().filter_map(number).map(|n| n as f32).collect();
        let [a, b, c, d, e, f] = numbers.try_into().ok()?;
        Some(Matrix { a, b, c, d, e, f })
    }

    fn begin(&mut self, tag: &str, properties: &Object, resources: &Object) {
        let named = |name: &str| dictionary(self.document, resources, "Properties")?.get(name).cloned();
        let properties = match properties.as_name() {
            Some(name) => resolve(self.document, named(name).as_ref()),
            None => properties.clone(),
        };
        let none = HashMap::new();
        let properties = properties.as_dict().unwrap_or(&none);
        let pagination = properties.get("Type").and_then(Object::as_name) == Some("Pagination");
        let text = properties.get("ActualText").and_then(|text| text_string(self.document, text));
        self.marked.push(match text {
            _ if tag == "Artifact" && pagination => Marked::Furniture,
            Some(text) => Marked::Replaced { first: self.drawn.glyphs.len(), text },
            None => Marked::Plain,
        });
    }

    /// Ends marked content: characters that stand for another text get that text, over the same width.
    fn end(&mut self) {
        let Some(Marked::Replaced { first, text }) = self.marked.pop() else {
            return;
        };
        let drawn = self.drawn.glyphs.get(first..).unwrap_or_default();
        let [start, .., end] = drawn else {
            if let [glyph] = drawn {
                let glyph = *glyph;
                self.replace(first, glyph, glyph, &text);
            }
            return;
        };
        let (start, end) = (*start, *end);
        let in_line = start.turns == 0 && end.turns == 0 && start.y == end.y && end.x >= start.x;
        if in_line && drawn.len() <= MAX_REPLACED {
            self.replace(first, start, end, &text);
        }
    }

    fn replace(&mut self, first: usize, start: Glyph, end: Glyph, text: &str) {
        let count = text.chars().count().max(1) as f32;
        let width = if first + 1 == self.drawn.glyphs.len() { start.width } else { end.x + end.width - start.x };
        self.drawn.glyphs.truncate(first);
        for (index, c) in text.chars().enumerate() {
            let x = start.x + width / count * index as f32;
            self.drawn.glyphs.push(Glyph { c, x, width: width / count, ..start });
        }
    }
}

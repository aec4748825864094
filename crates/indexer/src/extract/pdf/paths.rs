//! The paths of a page (ISO 32000-1, section 8.5), as far as they tell the rules of a table and drawn bullets.

use pdf_oxide::content::{Matrix, Operator};

use super::content::Drawn;

/// Thickest rule and shortest rule, in points.
const MAX_RULE_THICKNESS: f32 = 2.5;
const MIN_RULE_LENGTH: f32 = 6.0;

/// Width and height of a bullet, in points.
const DOT: std::ops::Range<f32> = 1.5..8.0;

/// A horizontal or vertical line: its lower left and upper right end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub(super) x: (f32, f32),
    pub(super) y: (f32, f32),
}

/// A path that is not painted yet.
#[derive(Debug, Default)]
pub(super) struct Path {
    rules: Vec<Rule>,
    pen: Option<(f32, f32)>,
    /// Lower left and upper right corner of each of its shapes, as drawn.
    shapes: Vec<[f32; 4]>,
}

impl Path {
    /// Builds the path, and keeps its straight lines and small shapes when it is painted.
    pub(super) fn execute(&mut self, operator: &Operator, ctm: &Matrix, drawn: &mut Drawn) {
        match *operator {
            Operator::MoveTo { x, y } => {
                self.pen = Some((x, y));
                self.shapes.push([f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY]);
                self.extend_shape(ctm, x, y);
            }
            Operator::LineTo { x, y } => {
                if let Some(from) = self.pen.replace((x, y)) {
                    self.add_rule(ctm, from, (x, y));
                }
                self.extend_shape(ctm, x, y);
            }
            Operator::CurveTo { x3, y3, .. }
            | Operator::CurveToV { x3, y3, .. }
            | Operator::CurveToY { x3, y3, .. } => {
                self.pen = Some((x3, y3));
                self.extend_shape(ctm, x3, y3);
            }
            Operator::Rectangle { x, y, width, height } => self.add_rectangle(ctm, x, y, width, height),
            Operator::EndPath => {
                self.rules.clear();
                self.shapes.clear();
            }
            Operator::Stroke
            | Operator::Fill
            | Operator::FillEvenOdd
            | Operator::CloseAndStroke
            | Operator::CloseFillStroke
            | Operator::FillStroke
            | Operator::FillStrokeEvenOdd
            | Operator::CloseFillStrokeEvenOdd => {
                drawn.rules.append(&mut self.rules);
                let dots = self.shapes.drain(..).filter_map(dot);
                drawn.dots.extend(dots);
            }
            _ => {}
        }
    }

    fn extend_shape(&mut self, ctm: &Matrix, x: f32, y: f32) {
        let point = ctm.transform_point(x, y);
        if let Some([left, low, right, high]) = self.shapes.last_mut() {
            (*left, *right) = (left.min(point.x), right.max(point.x));
            (*low, *high) = (low.min(point.y), high.max(point.y));
        }
    }

    /// A thin rectangle is a line, any other has four.
    fn add_rectangle(&mut self, ctm: &Matrix, x: f32, y: f32, width: f32, height: f32) {
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
        let [a, b, c, d] = corners;
        let (from, to) = (ctm.transform_point(x, y), ctm.transform_point(c.0, c.1));
        let (across, up) = ((to.x - from.x).abs(), (to.y - from.y).abs());
        self.shapes.push([from.x.min(to.x), from.y.min(to.y), from.x.max(to.x), from.y.max(to.y)]);
        if across.min(up) <= MAX_RULE_THICKNESS {
            self.add_rule(ctm, a, c);
        } else {
            for (from, to) in [(a, b), (b, c), (d, c), (a, d)] {
                self.add_rule(ctm, from, to);
            }
        }
    }

    fn add_rule(&mut self, ctm: &Matrix, from: (f32, f32), to: (f32, f32)) {
        let from = ctm.transform_point(from.0, from.1);
        let to = ctm.transform_point(to.0, to.1);
        let x = (from.x.min(to.x), from.x.max(to.x));
        let y = (from.y.min(to.y), from.y.max(to.y));
        let (across, up) = (x.1 - x.0, y.1 - y.0);
        if across.min(up) <= MAX_RULE_THICKNESS && across.max(up) >= MIN_RULE_LENGTH {
            self.rules.push(Rule { x, y });
        }
    }
}

/// The centre of a shape that is as small as a bullet, and as wide as high.
fn dot([left, low, right, high]: [f32; 4]) -> Option<(f32, f32)> {
    let (across, up) = (right - left, high - low);
    let small = DOT.contains(&across) && DOT.contains(&up) && (across - up).abs() < 0.2 * across;
    small.then(|| ((left + right) / 2.0, (low + high) / 2.0))
}

//! Strips of white that run down a page between words of several rows, and what they part: columns or cells.

use super::words::Row;

/// Gap between words that may belong to a strip of white, and least width of a strip, in parts of the font size.
const SEGMENT_GAP: f32 = 0.9;
const MIN_GUTTER: f32 = 0.9;

/// Fewest rows with text at both sides of a strip.
const MIN_ROWS: usize = 3;

/// A line of a text column reaches this part of its width, at least this part of the lines do, and they have at least
/// this many characters in the middle.
const FULL_LINE: f32 = 0.75;
const FULL_LINES: f32 = 0.5;
const MIN_COLUMN_CHARS: usize = 14;

/// Lines of a column are set in by at most this, in parts of the font size.
const MAX_INDENT: f32 = 3.5;

/// Words of a row without a wide gap between.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    pub(super) left: f32,
    pub(super) right: f32,
    chars: usize,
    /// Whether it is only a bullet or a printed number.
    marker: bool,
}

/// The segments of a row, from left to right.
pub(super) fn segments(row: &Row) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let stretched = is_stretched(row);
    for word in &row.words {
        let chars = word.text.chars().count();
        match segments.last_mut() {
            Some(segment) if stretched || word.left - segment.right <= SEGMENT_GAP * word.size => {
                segment.right = segment.right.max(word.right);
                segment.chars += chars + 1;
                segment.marker = false;
            }
            _ => segments.push(Segment { left: word.left, right: word.right, chars, marker: is_marker(&word.text) }),
        }
    }
    segments
}

/// Whether a row is a justified line of few words: spaces are drawn between all, and all are equally wide.
fn is_stretched(row: &Row) -> bool {
    let gaps = row.words.windows(2).map(|pair| match pair {
        [before, word] if word.spaced => word.left - before.right,
        _ => f32::NAN,
    });
    let (least, most) = gaps.fold((f32::INFINITY, 0.0_f32), |(least, most), gap| {
        if gap.is_nan() { (0.0, f32::INFINITY) } else { (least.min(gap), most.max(gap)) }
    });
    row.words.len() > 1 && most - least < 0.1 * row.size()
}

fn is_marker(text: &str) -> bool {
    let short = text.chars().count() <= 5;
    let sign = text.chars().count() == 1 && !text.chars().all(char::is_alphanumeric);
    short && (sign || text.ends_with(['.', ')', '-', 'º']) || text.starts_with('('))
}

/// A strip of white between rows `first` and `end` (exclusive).
#[derive(Debug)]
pub(super) struct Strip {
    pub(super) first: usize,
    pub(super) end: usize,
    /// Words that begin left of it belong to the left side.
    pub(super) x: f32,
    pub(super) is_columns: bool,
}

/// The strip with most rows at its weaker side.
pub(super) fn best_strip(rows: &[Row]) -> Option<Strip> {
    let segments: Vec<Vec<Segment>> = rows.iter().map(segments).collect();
    let left = segments.iter().flatten().map(|segment| segment.left).fold(f32::INFINITY, f32::min);
    let mut edges: Vec<f32> =
        segments.iter().flatten().map(|segment| segment.left).filter(|x| *x > left + 20.0).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|a, b| *a - *b < 2.0);
    let mut sizes: Vec<f32> = rows.iter().map(Row::size).collect();
    sizes.sort_by(f32::total_cmp);
    let gutter = MIN_GUTTER * sizes.get(sizes.len() / 2)?;
    let mut best: Option<(usize, Strip)> = None;
    for x in edges {
        for (first, end) in runs(&segments, x - 0.5, gutter) {
            let strip = judge(rows, &segments, first, end, x - 0.5);
            if let Some((score, strip)) = strip
                && best.as_ref().is_none_or(|(other, _)| score > *other)
            {
                best = Some((score, strip));
            }
        }
    }
    best.map(|(_, strip)| strip)
}

/// Runs of rows without a word across `x`, with a strip of white of this width left of it.
fn runs(segments: &[Vec<Segment>], x: f32, gutter: f32) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut first = 0;
    let mut white = f32::NEG_INFINITY;
    for (index, segments) in segments.iter().enumerate() {
        let crossed = segments.iter().any(|segment| segment.left < x && segment.right > x);
        let reach = segments.iter().filter(|segment| segment.left < x).map(|segment| segment.right);
        let reach = reach.fold(f32::NEG_INFINITY, f32::max);
        if crossed || x - reach.max(white) < gutter {
            runs.push((first, index));
            // A row that only narrows the strip may begin the next run.
            let begins = !crossed && x - reach >= gutter;
            first = if begins { index } else { index + 1 };
            white = if begins { reach } else { f32::NEG_INFINITY };
        } else {
            white = white.max(reach);
        }
    }
    runs.push((first, segments.len()));
    runs
}

/// Decides what a run of rows is; with the rows at its weaker side.
fn judge(rows: &[Row], segments: &[Vec<Segment>], first: usize, end: usize, x: f32) -> Option<(usize, Strip)> {
    let has_left = |index: usize| segments.get(index).is_some_and(|row| row.iter().any(|segment| segment.left < x));
    let has_right = |index: usize| segments.get(index).is_some_and(|row| row.iter().any(|segment| segment.left >= x));
    // Text well above the first row at the right is read before both sides anyway.
    let top = rows.get((first..end).find(|&index| has_right(index))?)?;
    let first = (first..end).find(|&index| rows.get(index).is_some_and(|row| row.y - top.y < 1.2 * top.size()))?;
    let end = trim_below(rows, first, end, &has_right);
    let inner = segments.get(first..end)?;
    let left: Vec<Segment> = inner.iter().filter_map(|row| side(row, |segment| segment.left < x)).collect();
    let right: Vec<Segment> = inner.iter().filter_map(|row| side(row, |segment| segment.left >= x)).collect();
    let markers = left.iter().filter(|segment| segment.marker).count();
    let both = (first..end).filter(|&index| has_left(index) && has_right(index)).count();
    let weaker = left.len().min(right.len());
    if weaker < MIN_ROWS || markers * 10 >= left.len() * 8 {
        return None;
    }
    let size = rows.get(first)?.size();
    let aligned = right.iter().filter(|segment| (segment.left - x).abs() < 2.0).count();
    let near = right.iter().filter(|segment| segment.left - x < MAX_INDENT * size).count();
    let begins = aligned * 4 >= right.len() && near * 10 >= right.len() * 8;
    // White between the numbers of a list and its items is inside of a column.
    let nearest = inner.iter().filter_map(|row| row.iter().rfind(|segment| segment.left < x));
    let numbers: Vec<f32> = nearest
        .filter(|segment| segment.marker && x - segment.right < MAX_INDENT * size)
        .map(|segment| segment.left)
        .collect();
    let listed = numbers.len() > 1 && numbers.windows(2).all(|pair| matches!(pair, [a, b] if (a - b).abs() < 2.0));
    let is_columns = !listed && is_column(&left) && is_column(&right) && weaker > MIN_ROWS && begins;
    let is_table = both >= MIN_ROWS && (both * 2 >= end - first || aligned * 10 >= right.len() * 9);
    (is_columns || is_table).then_some((weaker + usize::from(is_columns) * 1000, Strip { first, end, x, is_columns }))
}

/// The words of a row at one side, as one segment.
fn side(row: &[Segment], is_on: impl Fn(&Segment) -> bool) -> Option<Segment> {
    row.iter().filter(|segment| is_on(segment)).copied().reduce(|a, b| Segment {
        left: a.left,
        right: b.right,
        chars: a.chars + b.chars,
        marker: false,
    })
}

/// Leaves out rows at the end that stand nearer to the text below, which runs across, than to the left side.
fn trim_below(rows: &[Row], first: usize, end: usize, has_right: &impl Fn(usize) -> bool) -> usize {
    let y = |index: usize| rows.get(index).map(|row| row.y);
    let last_right = (first..end).rev().find(|&index| has_right(index)).unwrap_or(first);
    let cut = (last_right + 1..end).find(|&index| {
        let (Some(above), Some(own), Some(below)) = (y(index - 1), y(index), y(end)) else {
            return false;
        };
        end - index <= 3 && above - own > 1.3 * (own - below) / (end - index) as f32
    });
    cut.unwrap_or(end)
}

/// Whether lines look like running text: most of them reach the end of the column, and they are no short cells. A few
/// lines may go beyond it.
fn is_column(lines: &[Segment]) -> bool {
    let left = lines.iter().map(|line| line.left).fold(f32::INFINITY, f32::min);
    let mut rights: Vec<f32> = lines.iter().map(|line| line.right).collect();
    rights.sort_by(f32::total_cmp);
    let right = rights.get(lines.len() * 4 / 5).copied().unwrap_or(left);
    let full = rights.iter().filter(|end| **end - left >= FULL_LINE * (right - left)).count();
    let mut chars: Vec<usize> = lines.iter().map(|line| line.chars).collect();
    chars.sort_unstable();
    let middle = chars.get(chars.len() / 2).copied().unwrap_or(0);
    full as f32 >= FULL_LINES * lines.len() as f32 && middle >= MIN_COLUMN_CHARS
}

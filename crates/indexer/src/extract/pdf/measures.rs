//! What is usual in a file: the size of its running text, the distance of its lines, its columns, its headings.

use super::lines::Line;
use super::regions::Region;

/// Fewest lines of a region that shows how wide a column is.
const MIN_LINES: usize = 5;

/// How far the edges of one column may differ, in points.
const SAME_EDGE: f32 = 12.0;

/// How far the ends of justified lines may differ, in points.
const SAME_END: f32 = 1.0;

/// Type of a heading is larger than running text by this factor.
const LARGER: f32 = 1.12;

/// Distance of lines where nothing shows it, in parts of the font size.
const USUAL_PITCH: f32 = 1.2;

/// Measures of a file.
#[derive(Debug, Default)]
pub(super) struct Measures {
    /// Font size of most letters.
    pub(super) body: f32,
    /// Font sizes of headings, largest first.
    headings: Vec<f32>,
    /// Font size with the usual distance of lines.
    pitches: Vec<(f32, f32)>,
}

impl Measures {
    /// Measures the lines of a file and tells each its column.
    pub(super) fn of(regions: &mut [Region]) -> Measures {
        let columns = columns(regions);
        for region in regions.iter_mut() {
            if let Region::Text(lines) = region {
                let column = column(&columns, extent(lines));
                let edge = justified_edge(lines).unwrap_or(column.1);
                for line in lines.iter_mut() {
                    line.column = (column.0, if line.right <= edge + SAME_END { edge } else { column.1 });
                }
            }
        }
        let lines: Vec<&Line> = text_lines(regions).collect();
        let mut sizes: Vec<(f32, usize)> = Vec::new();
        for line in &lines {
            add(&mut sizes, line.size, line.text.chars().filter(|c| c.is_alphabetic()).count());
        }
        let body = sizes.iter().max_by_key(|(_, letters)| *letters).map_or(0.0, |(size, _)| *size);
        let mut headings: Vec<f32> =
            sizes.iter().map(|(size, _)| *size).filter(|size| *size >= LARGER * body).collect();
        headings.sort_by(|a, b| b.total_cmp(a));
        Measures { body, headings, pitches: pitches(regions) }
    }

    /// Level of a heading in this font size; `None` for that of running text.
    pub(super) fn heading_level(&self, size: f32) -> Option<u8> {
        let larger = size >= LARGER * self.body;
        let above = self.headings.iter().filter(|heading| **heading > size + 0.5).count();
        larger.then(|| u8::try_from(above + 1).unwrap_or(u8::MAX).min(6))
    }

    /// Usual distance of lines in a font size.
    pub(super) fn pitch(&self, size: f32) -> f32 {
        let nearest = self.pitches.iter().min_by(|a, b| (a.0 - size).abs().total_cmp(&(b.0 - size).abs()));
        nearest.map_or(USUAL_PITCH * size, |(other, pitch)| pitch / other * size)
    }
}

fn text_lines(regions: &[Region]) -> impl Iterator<Item = &Line> {
    regions.iter().flat_map(|region| match region {
        Region::Text(lines) => lines.as_slice(),
        Region::Table(_) => &[],
    })
}

fn add(sizes: &mut Vec<(f32, usize)>, size: f32, letters: usize) {
    match sizes.iter_mut().find(|(other, _)| (*other - size).abs() < 0.3) {
        Some((_, count)) => *count += letters,
        None => sizes.push((size, letters)),
    }
}

fn extent(lines: &[Line]) -> (f32, f32) {
    let left = lines.iter().map(|line| line.left).fold(f32::INFINITY, f32::min);
    (left, lines.iter().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max))
}

/// The columns that regions of several lines show.
fn columns(regions: &[Region]) -> Vec<(f32, f32)> {
    let mut columns: Vec<(f32, f32)> = Vec::new();
    for region in regions {
        let Region::Text(lines) = region else { continue };
        if lines.len() < MIN_LINES {
            continue;
        }
        let (left, right) = extent(lines);
        let same =
            |column: &&mut (f32, f32)| (column.0 - left).abs() < SAME_EDGE && (column.1 - right).abs() < SAME_EDGE;
        match columns.iter_mut().find(same) {
            Some(column) => *column = (column.0.min(left), column.1.max(right)),
            None => columns.push((left, right)),
        }
    }
    columns
}

/// The narrowest column that holds a region, or else the region itself.
fn column(columns: &[(f32, f32)], extent: (f32, f32)) -> (f32, f32) {
    let holds = |column: &&(f32, f32)| column.0 <= extent.0 + 3.0 && column.1 >= extent.1 - 3.0;
    let width = |column: &(f32, f32)| column.1 - column.0;
    columns.iter().filter(holds).min_by(|a, b| width(a).total_cmp(&width(b))).copied().unwrap_or(extent)
}

/// Where most lines of a region end, if it is the same place: its text is justified there.
fn justified_edge(lines: &[Line]) -> Option<f32> {
    let mut ends: Vec<f32> = lines.iter().map(|line| line.right).collect();
    ends.sort_by(f32::total_cmp);
    let together = |end: &f32| ends.iter().filter(|other| (0.0..SAME_END).contains(&(end - **other))).count();
    let (edge, count) = ends.iter().map(|end| (*end, together(end))).max_by_key(|(_, count)| *count)?;
    (count >= MIN_LINES && count * 10 >= lines.len() * 4).then_some(edge)
}

/// The middle distance from full lines to the next, by font size.
fn pitches(regions: &[Region]) -> Vec<(f32, f32)> {
    let mut distances: Vec<(f32, Vec<f32>)> = Vec::new();
    for region in regions {
        let Region::Text(lines) = region else { continue };
        for pair in lines.windows(2) {
            let [line, next] = pair else { continue };
            let alike = (line.size - next.size).abs() < 0.3 && line.bold == next.bold;
            if !alike || line.is_short_before(next) || line.y <= next.y {
                continue;
            }
            match distances.iter_mut().find(|(size, _)| (size - line.size).abs() < 0.3) {
                Some((_, distances)) => distances.push(line.y - next.y),
                None => distances.push((line.size, vec![line.y - next.y])),
            }
        }
    }
    let middle = |(size, mut distances): (f32, Vec<f32>)| {
        distances.sort_by(f32::total_cmp);
        distances.get(distances.len() / 2).map(|middle| (size, *middle))
    };
    distances.into_iter().filter(|(_, distances)| distances.len() >= 3).filter_map(middle).collect()
}

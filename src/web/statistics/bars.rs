//! Lying bars: one figure a line, or parts of different colours in a row; and a strip of shaded tiles.

use super::drawing::{Drawing, LegendItem, length, step};
use crate::domain::statistics::{CallFlow, CategoryLabel, Line};

const WIDTH: u32 = 360;
/// The widest column of names beside the bars; longer ones stand above their bars.
const NAMES: u32 = 160;
/// Between a name and its bar.
const GAP: u32 = 8;
/// Room for the figure behind the longest bar.
const FIGURE: u32 = 44;
const PITCH: u32 = 24;
/// Height of a line of words.
const LINE: u32 = 18;
const BAR: u32 = 16;
/// Colours of the categories, in their order; later ones share the last.
const SERIES: [&str; 5] = ["series-1", "series-2", "series-3", "series-4", "series-5"];

/// Width of these drawings.
pub const fn width() -> u32 {
    WIDTH
}

fn series(at: usize) -> &'static str {
    SERIES.get(at).or(SERIES.last()).copied().unwrap_or_default()
}

/// One bar a line: its total. A withheld one is an open box with `withheld` beside it.
pub fn totals(drawing: &mut Drawing, lines: &[Line], withheld: &str) {
    let rows: Vec<(String, Option<u64>)> = lines.iter().map(|line| (line.name.clone(), line.total)).collect();
    single(drawing, &rows, withheld);
}

/// How many came how far, by the words of each station.
pub fn flow(drawing: &mut Drawing, flow: &CallFlow, name: impl Fn(&str) -> String, withheld: &str) {
    let row = |step: &crate::domain::statistics::FlowStep| (name(step.reached.as_text()), step.count);
    let rows: Vec<(String, Option<u64>)> = flow.steps.iter().map(row).collect();
    single(drawing, &rows, withheld);
}

/// Words are 14 units high: a Chinese character is as wide as high, and few Latin letters are wider than 8.
fn width_of(words: &str) -> u32 {
    words.chars().map(|letter| if letter < '\u{2E80}' { 8 } else { 14 }).sum()
}

/// A name in lines no wider than the drawing, broken between its words alone.
fn lines_of(name: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        let fits = lines.last().is_some_and(|line| width_of(line) + 8 + width_of(word) <= WIDTH);
        match lines.last_mut() {
            Some(line) if fits => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

fn single(drawing: &mut Drawing, rows: &[(String, Option<u64>)], withheld: &str) {
    let greatest = rows.iter().filter_map(|(_, figure)| *figure).max().unwrap_or(0);
    let longest = rows.iter().map(|(name, _)| width_of(name)).max().unwrap_or(0);
    let beside = longest + GAP <= NAMES;
    let column = if beside { longest + GAP } else { 0 };
    let room = WIDTH - column - FIGURE;
    let mut y = 0;
    for (name, figure) in rows {
        if beside {
            drawing.label((longest, y + 14), "end", "", name.clone());
        } else {
            for line in lines_of(name) {
                drawing.label((0, y + 14), "start", "", line);
                y += LINE;
            }
        }
        let (long, text) = match figure {
            Some(figure) => (length(*figure, greatest, room), figure.to_string()),
            None => (12, withheld.to_string()),
        };
        if long > 0 {
            drawing.shape((column, y + 2), (long, BAR), if figure.is_some() { series(0) } else { "withheld" });
        }
        drawing.label((column + long + 6, y + 14), "start", "", text);
        y += if beside { PITCH } else { PITCH + GAP };
    }
}

/// Parts of each line in the colours of the categories, one after another, and the total behind them.
pub fn stacked(drawing: &mut Drawing, lines: &[Line], categories: &[CategoryLabel]) {
    const SHORT: u32 = 52;
    let room = WIDTH - SHORT - 44;
    let greatest = lines.iter().filter_map(|line| line.total).max().unwrap_or(0);
    for (at, line) in (0_u32..).zip(lines) {
        let y = at * PITCH;
        drawing.label((SHORT - 8, y + 14), "end", "", line.name.clone());
        let mut x = SHORT;
        for (column, figure) in line.figures.iter().enumerate() {
            let long = length(figure.unwrap_or(0), greatest, room);
            if long > 0 {
                drawing.shape((x, y + 2), (long, BAR), series(column));
                x += long;
            }
        }
        drawing.label((x + 6, y + 14), "start", "", line.total.map(|total| total.to_string()).unwrap_or_default());
    }
    let item = |(at, category): (usize, &CategoryLabel)| LegendItem { class: series(at), text: category.name.clone() };
    drawing.legend = categories.iter().enumerate().map(item).collect();
}

/// A tile for each line with its key, shaded by its total: which divisions are served and which are not.
pub fn coverage(drawing: &mut Drawing, lines: &[Line]) {
    const ACROSS: u32 = 8;
    const SHADES: [&str; 5] = ["tile step-0", "tile step-1", "tile step-2", "tile step-3", "tile step-4"];
    let greatest = lines.iter().filter_map(|line| line.total).max().unwrap_or(0);
    for (at, line) in (0_u32..).zip(lines) {
        let (x, y) = (at % ACROSS * 45, at / ACROSS * 45);
        // Withheld is more than none and no more than that is told.
        let depth = line.total.map_or(1, |total| step(total, greatest));
        drawing.shape((x, y), (43, 43), SHADES.get(depth).copied().unwrap_or("tile"));
        let class = if depth == 4 { "on-deep" } else { "" };
        drawing.label((x + 21, y + 18), "middle", class, line.key.clone());
        let figure = line.total.map_or_else(|| "*".to_string(), |total| total.to_string());
        drawing.label((x + 21, y + 36), "middle", class, figure);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reference::{Reference, ReferenceFiles};

    fn drawn(names: &[&str]) -> Drawing {
        let rows: Vec<(String, Option<u64>)> =
            (1_u64..).zip(names).map(|(figure, name)| (name.to_string(), Some(figure))).collect();
        let mut drawing = Drawing::new("names", String::new(), String::new(), WIDTH);
        single(&mut drawing, &rows, "*");
        drawing
    }

    /// Where the words of a label begin and end, were its letters all wide.
    fn reach(label: &crate::web::statistics::drawing::Label) -> (i64, i64) {
        let (x, wide) = (i64::from(label.x), i64::from(width_of(&label.text)));
        if label.anchor == "end" { (x - wide, x) } else { (x, x + wide) }
    }

    #[test]
    fn no_name_is_cut_off_in_any_language() {
        let reference = Reference::load(&ReferenceFiles::BUNDLED).expect("the bundled data");
        let clusters = &reference.clusters;
        let in_each: [Vec<&str>; 3] = [
            clusters.iter().map(|cluster| cluster.names.zh_cn.as_str()).collect(),
            clusters.iter().map(|cluster| cluster.names.zh_tw.as_str()).collect(),
            clusters.iter().map(|cluster| cluster.names.en.as_str()).collect(),
        ];
        for names in in_each {
            let drawing = drawn(&names);
            let (first, last) = drawing
                .labels
                .iter()
                .map(reach)
                .fold((0, 0), |(first, last), (from, to)| (first.min(from), last.max(to)));
            assert!(first >= 0 && last <= i64::from(WIDTH), "{names:?} reach from {first} to {last}");
        }
    }

    #[test]
    fn short_names_stand_beside_their_bars_and_long_ones_above() {
        let beside = drawn(&["汽车", "绿色石化"]);
        assert_eq!((beside.labels.len(), beside.shapes[0].x), (4, 4 * 14 + GAP));
        let above = drawn(&["Safety, emergency response and environmental protection", "Automobiles"]);
        let words: Vec<&str> = above.labels.iter().map(|label| label.text.as_str()).collect();
        let expected = ["Safety, emergency response and environmental", "protection", "1", "Automobiles", "2"];
        assert_eq!(words, expected);
        assert!(above.shapes.iter().all(|shape| shape.x == 0));
        assert!(above.shapes[0].y >= above.labels[1].y, "a bar lies below its name");
    }
}

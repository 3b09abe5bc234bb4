//! Lying bars: one figure a line, or parts of different colours in a row; and a strip of shaded tiles.

use super::drawing::{Drawing, LegendItem, length, step};
use crate::domain::statistics::{CallFlow, CategoryLabel, Line};

const WIDTH: u32 = 360;
const NAMES: u32 = 124;
const ROOM: u32 = WIDTH - NAMES - 44;
const PITCH: u32 = 24;
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

fn single(drawing: &mut Drawing, rows: &[(String, Option<u64>)], withheld: &str) {
    let greatest = rows.iter().filter_map(|(_, figure)| *figure).max().unwrap_or(0);
    for (at, (name, figure)) in (0_u32..).zip(rows) {
        let y = at * PITCH;
        drawing.label((NAMES - 8, y + 14), "end", "", name.clone());
        let (long, text) = match figure {
            Some(figure) => (length(*figure, greatest, ROOM), figure.to_string()),
            None => (12, withheld.to_string()),
        };
        if long > 0 {
            drawing.shape((NAMES, y + 2), (long, BAR), if figure.is_some() { series(0) } else { "withheld" });
        }
        drawing.label((NAMES + long + 6, y + 14), "start", "", text);
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

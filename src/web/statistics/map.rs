//! The province as tiles: each city a square of the same size, near its neighbours.

use super::drawing::{Drawing, step};
use crate::domain::statistics::Line;

/// Where a city's tile lies: column from the west, row from the north.
const PLACES: [(&str, u32, u32); 21] = [
    ("440200", 4, 0),
    ("441800", 3, 1),
    ("441600", 5, 1),
    ("441400", 6, 1),
    ("441200", 2, 2),
    ("440600", 3, 2),
    ("440100", 4, 2),
    ("441300", 5, 2),
    ("445200", 6, 2),
    ("445100", 7, 2),
    ("445300", 2, 3),
    ("440700", 3, 3),
    ("442000", 4, 3),
    ("441900", 5, 3),
    ("441500", 6, 3),
    ("440500", 7, 3),
    ("440900", 1, 4),
    ("441700", 2, 4),
    ("440400", 4, 4),
    ("440300", 5, 4),
    ("440800", 0, 5),
];
const TILE: u32 = 45;
const PITCH: u32 = 47;
const COLUMNS: u32 = 8;

/// Shades from none to the most; words upon the deepest are light.
const SHADES: [&str; 5] = ["tile step-0", "tile step-1", "tile step-2", "tile step-3", "tile step-4"];

fn place(code: &str, spare: &mut u32) -> (u32, u32) {
    match PLACES.iter().find(|(known, ..)| *known == code) {
        Some((_, column, row)) => (*column, *row),
        // A city that this map does not know yet stands below it.
        None => {
            *spare += 1;
            ((*spare - 1) % COLUMNS, 6 + (*spare - 1) / COLUMNS)
        }
    }
}

/// Draws the cities with their totals into an empty drawing.
pub fn draw(drawing: &mut Drawing, cities: &[Line]) {
    let cities: Vec<&Line> = cities.iter().filter(|line| !line.key.is_empty()).collect();
    let greatest = cities.iter().filter_map(|line| line.total).max().unwrap_or(0);
    let mut spare = 0;
    for line in cities {
        let (column, row) = place(&line.key, &mut spare);
        let (x, y) = (column * PITCH, row * PITCH);
        let depth = step(line.total.unwrap_or(0), greatest);
        drawing.shape((x, y), (TILE, TILE), SHADES.get(depth).copied().unwrap_or("tile"));
        let class = if depth == 4 { "on-deep" } else { "" };
        let name: String = line.name.chars().take(2).collect();
        drawing.label((x + TILE / 2, y + 19), "middle", class, name);
        let figure = line.total.map_or_else(|| "*".to_string(), |total| total.to_string());
        drawing.label((x + TILE / 2, y + 37), "middle", class, figure);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reference::{Reference, ReferenceFiles};
    use std::collections::BTreeSet;

    #[test]
    fn every_city_of_the_province_has_a_place_of_its_own() {
        let reference = Reference::load(&ReferenceFiles::BUNDLED).expect("the bundled data");
        let mut spare = 0;
        let places: BTreeSet<_> = reference.cities.iter().map(|city| place(&city.code, &mut spare)).collect();
        assert_eq!((places.len(), spare), (reference.cities.len(), 0));
    }
}

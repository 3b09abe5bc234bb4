//! The province as tiles: each city a square of the same size, near its neighbours.

use super::drawing::{Drawing, step};
use crate::domain::statistics::Line;

/// The initials of a city in Latin letters, as its people write them, and where its tile lies: column from the west,
/// row from the north.
const PLACES: [(&str, &str, u32, u32); 21] = [
    ("440200", "SG", 4, 0),
    ("441800", "QY", 3, 1),
    ("441600", "HY", 5, 1),
    ("441400", "MZ", 6, 1),
    ("441200", "ZQ", 2, 2),
    ("440600", "FS", 3, 2),
    ("440100", "GZ", 4, 2),
    ("441300", "HZ", 5, 2),
    ("445200", "JY", 6, 2),
    ("445100", "CZ", 7, 2),
    ("445300", "YF", 2, 3),
    ("440700", "JM", 3, 3),
    ("442000", "ZS", 4, 3),
    ("441900", "DG", 5, 3),
    ("441500", "SW", 6, 3),
    ("440500", "ST", 7, 3),
    ("440900", "MM", 1, 4),
    ("441700", "YJ", 2, 4),
    ("440400", "ZH", 4, 4),
    ("440300", "SZ", 5, 4),
    ("440800", "ZJ", 0, 5),
];
const TILE: u32 = 45;
const PITCH: u32 = 47;
const COLUMNS: u32 = 8;

/// Shades from none to the most; words upon the deepest are light.
const SHADES: [&str; 5] = ["tile step-0", "tile step-1", "tile step-2", "tile step-3", "tile step-4"];

fn place(code: &str, spare: &mut u32) -> (u32, u32) {
    match PLACES.iter().find(|(known, ..)| *known == code) {
        Some((_, _, column, row)) => (*column, *row),
        // A city that this map does not know yet stands below it.
        None => {
            *spare += 1;
            ((*spare - 1) % COLUMNS, 6 + (*spare - 1) / COLUMNS)
        }
    }
}

/// What a tile says of its city: two characters, or of a name in Latin letters the initials, which the legend explains.
fn short(line: &Line) -> String {
    if !line.name.is_ascii() {
        return line.name.chars().take(2).collect();
    }
    let known = PLACES.iter().find(|(known, ..)| *known == line.key);
    known.map_or_else(|| line.name.chars().take(4).collect(), |(_, initials, ..)| (*initials).to_string())
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
        let name = short(line);
        if line.name.is_ascii() {
            drawing.keys.push((name.clone(), line.name.clone()));
        }
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

    /// Each tile is told from every other, in every language, and says no more than fits into it.
    #[test]
    fn no_two_cities_are_called_alike() {
        let reference = Reference::load(&ReferenceFiles::BUNDLED).expect("the bundled data");
        for english in [false, true] {
            let line = |city: &crate::domain::reference::City| {
                let name = if english { city.names.en.clone() } else { city.names.zh_cn.clone() };
                Line { key: city.code.clone(), name, figures: Vec::new(), total: Some(1) }
            };
            let lines: Vec<Line> = reference.cities.iter().map(line).collect();
            let short: BTreeSet<String> = lines.iter().map(short).collect();
            assert_eq!(short.len(), lines.len(), "{short:?}");
            assert!(short.iter().all(|name| name.chars().count() == 2), "{short:?}");
            let mut drawing = Drawing::new("cities", String::new(), String::new(), 374);
            draw(&mut drawing, &lines);
            assert_eq!(drawing.keys.len(), if english { lines.len() } else { 0 });
            for (initials, name) in &drawing.keys {
                assert_eq!(initials.chars().next(), name.chars().next(), "{name}");
                let second = initials.chars().nth(1).map(|letter| letter.to_ascii_lowercase());
                assert!(second.is_some_and(|letter| name.get(1..).is_some_and(|rest| rest.contains(letter))), "{name}");
            }
        }
    }
}

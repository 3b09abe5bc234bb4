//! What a browser sends.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::{MAX_ENTRIES, MAX_ROWS, Problem, RawForm, bounded, is_empty};
use crate::domain::programme::{Field, Programme, Shape};

/// What was read from the names and values of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// The answers of the fields that the page held.
    pub form: RawForm,
    /// Names that belong to no field, in order.
    pub unknown: Vec<String>,
    /// Answers that are too long or too many to be stored; they are not in the form.
    pub problems: Vec<Problem>,
}

impl RawForm {
    /// Reads the names and values of a page: `field`; `field` or `field[]` repeated; `field[2025][revenue]`; `field[0][name]`.
    /// An empty `field[]`, sent as a hidden marker, makes sure that a list with nothing chosen is cleared. Rows are counted anew
    /// and empty ones dropped.
    pub fn from_pairs(programme: &Programme, pairs: &[(String, String)]) -> Received {
        let mut received = Received::default();
        let mut gathered: BTreeMap<&str, Gathered<'_>> = BTreeMap::new();
        for (name, value) in pairs {
            let part = Name::parse(name).and_then(|name| Some((programme.field(name.field)?, name)));
            let Some((field, name)) = part.filter(|(field, name)| name.fits(field)) else {
                received.unknown.push(name.clone());
                continue;
            };
            let entry = gathered.entry(field.key.as_str()).or_insert_with(|| Gathered::new(field));
            entry.add(&name, value);
        }
        for (key, gathered) in gathered {
            match gathered.finish() {
                Ok(value) => {
                    received.form.0.insert(key.to_string(), value);
                }
                Err(problems) => received.problems.extend(problems),
            }
        }
        received
    }
}

/// A name of the page, taken apart.
struct Name<'a> {
    field: &'a str,
    inside: Inside<'a>,
}

enum Inside<'a> {
    /// `field`
    Whole,
    /// `field[]`
    Marker,
    /// `field[2025][revenue]`, `field[0][name]`
    Cell(u32, &'a str),
}

impl<'a> Name<'a> {
    fn parse(name: &'a str) -> Option<Name<'a>> {
        let Some((field, rest)) = name.split_once('[') else {
            return Some(Name { field: name, inside: Inside::Whole });
        };
        if rest == "]" {
            return Some(Name { field, inside: Inside::Marker });
        }
        let (number, column) = rest.strip_suffix(']')?.split_once("][")?;
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Some(Name { field, inside: Inside::Cell(number.parse().ok()?, column) })
    }

    fn fits(&self, field: &Field) -> bool {
        match (field.kind.shape(), &self.inside) {
            (Shape::Single, Inside::Whole) | (Shape::Several, Inside::Whole | Inside::Marker) => true,
            (Shape::Years | Shape::Rows, Inside::Marker) => true,
            (Shape::Years, Inside::Cell(year, column)) => is_year(*year) && has_column(field, column),
            (Shape::Rows, Inside::Cell(_, column)) => has_column(field, column),
            _ => false,
        }
    }
}

fn has_column(field: &Field, column: &str) -> bool {
    field.kind.columns().iter().any(|known| known.key == column)
}

/// Whether a number can be the year of a table.
pub(super) fn is_year(year: u32) -> bool {
    (1900..=2200).contains(&year)
}

/// What a page sent for one field.
struct Gathered<'a> {
    field: &'a Field,
    texts: Vec<&'a str>,
    cells: BTreeMap<u32, BTreeMap<&'a str, &'a str>>,
}

impl<'a> Gathered<'a> {
    fn new(field: &'a Field) -> Gathered<'a> {
        Gathered { field, texts: Vec::new(), cells: BTreeMap::new() }
    }

    fn add(&mut self, name: &Name<'a>, value: &'a str) {
        match name.inside {
            Inside::Whole => self.texts.push(value),
            Inside::Marker if value.is_empty() => {}
            Inside::Marker => self.texts.push(value),
            Inside::Cell(number, column) => {
                self.cells.entry(number).or_default().insert(column, value);
            }
        }
    }

    fn finish(self) -> Result<Json, Vec<Problem>> {
        let field = self.field;
        match field.kind.shape() {
            // A page that sends a hidden default beside a box sends the box's answer last.
            Shape::Single => bounded(field, &field.key, self.texts.last().copied().unwrap_or_default())
                .map(Json::String)
                .map_err(|problem| vec![problem]),
            Shape::Several => several(field, self.texts.into_iter()),
            Shape::Years => {
                let mut years = Map::new();
                let mut problems = too_many(field, self.cells.len(), MAX_ENTRIES, "too_many_values");
                for (year, cells) in &self.cells {
                    let row = cells_of(field, &year.to_string(), cells, &mut problems);
                    years.insert(year.to_string(), Json::Object(row));
                }
                if problems.is_empty() { Ok(Json::Object(years)) } else { Err(problems) }
            }
            Shape::Rows => {
                let filled = self.cells.values().filter(|cells| cells.values().any(|text| !text.trim().is_empty()));
                let rows: Vec<_> = filled.collect();
                let mut problems = too_many(field, rows.len(), MAX_ROWS, "too_many_rows");
                let rows: Vec<Json> = rows
                    .into_iter()
                    .take(MAX_ROWS)
                    .enumerate()
                    .map(|(at, cells)| Json::Object(cells_of(field, &at.to_string(), cells, &mut problems)))
                    .filter(|row| !is_empty(row))
                    .collect();
                if problems.is_empty() { Ok(Json::Array(rows)) } else { Err(problems) }
            }
        }
    }
}

fn cells_of(
    field: &Field,
    place: &str,
    cells: &BTreeMap<&str, &str>,
    problems: &mut Vec<Problem>,
) -> Map<String, Json> {
    let mut row = Map::new();
    for (column, text) in cells {
        match bounded(field, &format!("{}[{place}].{column}", field.key), text) {
            Ok(text) => {
                row.insert((*column).to_string(), Json::String(text));
            }
            Err(problem) => problems.push(problem),
        }
    }
    row
}

/// A list of choices, each once, in the order of the page; empty ones are dropped.
pub(super) fn several<'a>(field: &Field, texts: impl Iterator<Item = &'a str>) -> Result<Json, Vec<Problem>> {
    let mut chosen: Vec<String> = Vec::new();
    for text in texts.filter(|text| !text.trim().is_empty()) {
        let text = bounded(field, &field.key, text).map_err(|problem| vec![problem])?;
        if !chosen.contains(&text) {
            chosen.push(text);
        }
        if chosen.len() > MAX_ENTRIES {
            return Err(too_many(field, chosen.len(), MAX_ENTRIES, "too_many_values"));
        }
    }
    Ok(Json::Array(chosen.into_iter().map(Json::String).collect()))
}

/// A problem if there is more than can be stored.
pub(super) fn too_many(field: &Field, found: usize, max: usize, code: &str) -> Vec<Problem> {
    let problem = (found > max)
        .then(|| Problem::new(&field.key, code).naming("field", &field.names).with("max", max).with("found", found));
    problem.into_iter().collect()
}

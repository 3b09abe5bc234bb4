//! What a program sends.

use serde_json::{Map, Value as Json};

use super::pairs::{is_year, several, too_many};
use super::{MAX_ENTRIES, MAX_ROWS, Problem, RawForm, bounded, is_empty};
use crate::domain::programme::{Field, Programme, Shape};

impl RawForm {
    /// Reads answers from JSON: an object of fields. Numbers and booleans are taken as they would be typed, `null` as an empty answer.
    ///
    /// # Errors
    /// Every field that the programme does not have (`unknown_field`), every answer that is laid out otherwise than its field asks
    /// (`wrong_shape`), and everything too long or too many to be stored. A wrong *value* is no error here: it is kept as sent.
    pub fn from_json(programme: &Programme, json: Json) -> Result<RawForm, Vec<Problem>> {
        let Json::Object(answers) = json else {
            return Err(vec![Problem::new("", "wrong_shape").with("field", "").with("expected", "object")]);
        };
        let mut form = RawForm::default();
        let mut problems = Vec::new();
        for (key, value) in answers {
            let Some(field) = programme.field(&key) else {
                let shown: String = key.chars().take(100).collect();
                problems.push(Problem::new(&shown, "unknown_field").with("field", &shown));
                continue;
            };
            match answer(field, value) {
                Ok(value) => {
                    form.0.insert(key, value);
                }
                Err(found) => problems.extend(found),
            }
        }
        if problems.is_empty() { Ok(form) } else { Err(problems) }
    }
}

fn answer(field: &Field, value: Json) -> Result<Json, Vec<Problem>> {
    match (field.kind.shape(), value) {
        (Shape::Single, value) => cell(field, &field.key, &value).map(Json::String).map_err(|problem| vec![problem]),
        (Shape::Several, Json::Null) => Ok(Json::Array(Vec::new())),
        (Shape::Several, Json::Array(entries)) => {
            let over = too_many(field, entries.len(), MAX_ENTRIES, "too_many_values");
            if !over.is_empty() {
                return Err(over);
            }
            let texts: Result<Vec<String>, Problem> =
                entries.iter().map(|entry| cell(field, &field.key, entry)).collect();
            several(field, texts.map_err(|problem| vec![problem])?.iter().map(String::as_str))
        }
        (Shape::Years, Json::Null) => Ok(Json::Object(Map::new())),
        (Shape::Years, Json::Object(years)) => years_of(field, &years),
        (Shape::Rows, Json::Null) => Ok(Json::Array(Vec::new())),
        (Shape::Rows, Json::Array(rows)) => rows_of(field, &rows),
        (shape, _) => Err(vec![wrong_shape(field, &field.key, shape)]),
    }
}

fn years_of(field: &Field, years: &Map<String, Json>) -> Result<Json, Vec<Problem>> {
    let mut problems = too_many(field, years.len(), MAX_ENTRIES, "too_many_values");
    let mut out = Map::new();
    for (year, cells) in years.iter().take(MAX_ENTRIES) {
        let known = year.len() == 4 && year.parse().is_ok_and(is_year);
        match cells {
            Json::Object(cells) if known => {
                let cells = cells_of(field, year, cells, &mut problems);
                out.insert(year.clone(), Json::Object(cells));
            }
            _ => problems.push(wrong_shape(field, &field.key, Shape::Years)),
        }
    }
    if problems.is_empty() { Ok(Json::Object(out)) } else { Err(problems) }
}

fn rows_of(field: &Field, rows: &[Json]) -> Result<Json, Vec<Problem>> {
    let mut problems = too_many(field, rows.len(), MAX_ROWS, "too_many_rows");
    let mut out = Vec::new();
    for (at, row) in rows.iter().take(MAX_ROWS).enumerate() {
        match row {
            Json::Object(cells) => out.push(Json::Object(cells_of(field, &at.to_string(), cells, &mut problems))),
            _ => problems.push(wrong_shape(field, &format!("{}[{at}]", field.key), Shape::Rows)),
        }
    }
    out.retain(|row| !is_empty(row));
    if problems.is_empty() { Ok(Json::Array(out)) } else { Err(problems) }
}

fn cells_of(field: &Field, place: &str, cells: &Map<String, Json>, problems: &mut Vec<Problem>) -> Map<String, Json> {
    let mut out = Map::new();
    for (column, value) in cells {
        let shown: String = column.chars().take(100).collect();
        let path = format!("{}[{place}].{shown}", field.key);
        if !field.kind.columns().iter().any(|known| known.key == *column) {
            problems.push(Problem::new(&path, "unknown_field").with("field", &path));
            continue;
        }
        match cell(field, &path, value) {
            Ok(text) => {
                out.insert(column.clone(), Json::String(text));
            }
            Err(problem) => problems.push(problem),
        }
    }
    out
}

/// One answer as it would be typed.
fn cell(field: &Field, path: &str, value: &Json) -> Result<String, Problem> {
    match value {
        Json::String(text) => bounded(field, path, text),
        Json::Number(number) => Ok(number.to_string()),
        Json::Bool(true) => Ok("yes".to_string()),
        Json::Bool(false) => Ok("no".to_string()),
        Json::Null => Ok(String::new()),
        Json::Array(_) | Json::Object(_) => Err(wrong_shape(field, path, Shape::Single)),
    }
}

fn wrong_shape(field: &Field, path: &str, expected: Shape) -> Problem {
    let expected = match expected {
        Shape::Single => "string",
        Shape::Several => "array_of_strings",
        Shape::Years => "object_of_years",
        Shape::Rows => "array_of_objects",
    };
    Problem::new(path, "wrong_shape").naming("field", &field.names).with("expected", expected)
}

//! Answers beside earlier answers.

use serde::Serialize;
use serde_json::Value as Json;

use super::check::years_of_table;
use super::view::ViewContext;
use super::{RawForm, is_empty};
use crate::domain::names::Names;
use crate::domain::programme::{Column, Field, FieldKind, OrganisationFact, Programme};

/// A field whose answer differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldDifference {
    /// Its key.
    pub key: String,
    /// Its label.
    pub label: Names,
    /// The answer before, in words, a line each.
    pub before: String,
    /// The answer after, in words, a line each.
    pub after: String,
}

/// Whether a field is answered otherwise; an empty answer is none.
pub fn is_changed(field: &Field, before: &RawForm, after: &RawForm) -> bool {
    let (before, after) = (before.answer(field), after.answer(field));
    before.filter(|value| !is_empty(value)) != after.filter(|value| !is_empty(value))
}

/// The fields whose answers differ, in the order of the form.
pub fn differences(
    programme: &Programme,
    before: &RawForm,
    after: &RawForm,
    context: &ViewContext<'_>,
) -> Vec<FieldDifference> {
    let changed = programme.fields().filter(|field| is_changed(field, before, after));
    let words = |form: &RawForm, field| context.lines(field, form.answer(field).unwrap_or(&Json::Null)).join("\n");
    changed
        .map(|field| FieldDifference {
            key: field.key.clone(),
            label: field.names.clone(),
            before: words(before, field),
            after: words(after, field),
        })
        .collect()
}

/// What differs, as small as it can be told: a cell of a table or of a row, a row that one side alone has, or a whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where it is, as a form names it: `address`, `cases[1][amount]`, `finances[2025][profit]`.
    pub path: String,
    /// The label of its field.
    pub label: Names,
    /// The year, or the number of the row; empty where the whole answer is meant.
    pub place: String,
    /// The heading of its column; none where more than a cell is meant.
    pub column: Option<Names>,
    /// The answer before, in words, a line each.
    pub before: String,
    /// The answer after, in words, a line each.
    pub after: String,
}

impl Difference {
    /// What it is called: `Cases 2 · Contract amount`.
    pub fn title(&self, language: &str) -> String {
        let mut title = self.label.in_language(language).to_string();
        if !self.place.is_empty() {
            title = format!("{title} {}", self.place);
        }
        match &self.column {
            Some(column) => format!("{title} · {}", column.in_language(language)),
            None => title,
        }
    }
}

/// What differs, cell by cell where answers have cells, in the order of the form.
pub fn differences_by_cell(
    programme: &Programme,
    before: &RawForm,
    after: &RawForm,
    context: &ViewContext<'_>,
) -> Vec<Difference> {
    let changed = programme.fields().filter(|field| is_changed(field, before, after));
    let of_field = |field: &Field| {
        let (before, after) = (before.answer(field).unwrap_or(&Json::Null), after.answer(field).unwrap_or(&Json::Null));
        let cells = match &field.kind {
            FieldKind::TableByYear { years, columns } => {
                let years = years_of_table(context.call_year, *years).map(|year| year.to_string());
                let of_year = |year: String| {
                    cells_of_row((field, columns), (&year, &year), [before.get(&year), after.get(&year)], context)
                };
                years.flat_map(of_year).collect()
            }
            FieldKind::Rows { columns, .. } => cells_of_rows(field, columns, [before, after], context),
            _ => Vec::new(),
        };
        if !cells.is_empty() {
            return cells;
        }
        let words = |answer| context.lines(field, answer).join("\n");
        let (label, place) = (field.names.clone(), String::new());
        let path = field.key.clone();
        vec![Difference { path, label, place, column: None, before: words(before), after: words(after) }]
    };
    changed.flat_map(of_field).collect()
}

/// The cells that differ between two rows of one place: by what it goes in the answer, and how it is told.
fn cells_of_row(
    (field, columns): (&Field, &[Column]),
    (key, place): (&str, &str),
    rows: [Option<&Json>; 2],
    context: &ViewContext<'_>,
) -> Vec<Difference> {
    let cell = |column: &Column| {
        let words = |row: Option<&Json>| {
            let typed = row.and_then(|row| row.get(&column.key)?.as_str()).unwrap_or_default();
            context.text(&column.kind, typed)
        };
        let [before, after] = rows.map(words);
        let path = format!("{}[{key}][{}]", field.key, column.key);
        let (label, column) = (field.names.clone(), Some(column.names.clone()));
        (before != after).then(|| Difference { path, label, place: place.to_string(), column, before, after })
    };
    columns.iter().filter_map(cell).collect()
}

/// The cells that differ between two lists of rows, and the rows that one of them alone has. Nothing where a row was taken out, so that
/// all behind it seem to differ: such lists are told whole.
fn cells_of_rows(field: &Field, columns: &[Column], answers: [&Json; 2], context: &ViewContext<'_>) -> Vec<Difference> {
    let [before, after] = answers.map(|answer| answer.as_array().map(Vec::as_slice).unwrap_or_default());
    let place = |at: usize| (at + 1).to_string();
    let shared = before.iter().zip(after).enumerate();
    let shared: Vec<Vec<Difference>> = shared
        .map(|(at, (before, after))| {
            let names = (at.to_string(), place(at));
            cells_of_row((field, columns), (&names.0, &names.1), [Some(before), Some(after)], context)
        })
        .collect();
    let differing = shared.iter().filter(|cells| !cells.is_empty()).count();
    if before.len() != after.len() && differing * 2 > shared.len() {
        return Vec::new();
    }
    let alone = (shared.len()..before.len().max(after.len())).map(|at| {
        let words =
            |rows: &[Json]| rows.get(at).and_then(|row| context.row_line(&place(at), columns, row)).unwrap_or_default();
        let (path, label, place) = (format!("{}[{at}]", field.key), field.names.clone(), place(at));
        Difference { path, label, place, column: None, before: words(before), after: words(after) }
    });
    let alone: Vec<Difference> = alone.filter(|difference| difference.before != difference.after).collect();
    shared.into_iter().flatten().chain(alone).collect()
}

/// Last year's answers that this year's programme offers: fields marked `carry_over` whose answer is still laid out as they ask.
/// A table by year keeps the years that it still covers in the call of `call_year`. Whether it is still right is judged like
/// anything typed.
pub fn carry_over(programme: &Programme, old: &RawForm, call_year: i32) -> RawForm {
    let offered = programme.fields().filter(|field| field.carry_over);
    let answers = offered.filter_map(|field| {
        let mut answer = old.answer(field)?.clone();
        if let (FieldKind::TableByYear { years, .. }, Some(table)) = (&field.kind, answer.as_object_mut()) {
            let covered = years_of_table(call_year, *years);
            table.retain(|year, _| year.parse::<i32>().is_ok_and(|year| covered.contains(&year)));
        }
        Some((field.key.clone(), answer))
    });
    RawForm(answers.collect())
}

/// What a new draft takes over from the organisation's record, where the programme says so. `known` is what the record says, empty where
/// it says nothing. Whether it is still right is judged like anything typed.
pub fn from_organisation(programme: &Programme, known: impl Fn(OrganisationFact) -> String) -> RawForm {
    let answers = programme.fields().filter_map(|field| {
        let answer = known(field.from_organisation?);
        (!answer.trim().is_empty()).then(|| (field.key.clone(), Json::String(answer)))
    });
    RawForm(answers.collect())
}

//! Answers beside earlier answers.

use serde::Serialize;
use serde_json::Value as Json;

use super::check::years_of_table;
use super::view::ViewContext;
use super::{RawForm, is_empty};
use crate::domain::names::Names;
use crate::domain::programme::{Field, FieldKind, OrganisationFact, Programme};

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

//! Answers to a programme's form: kept as typed, judged apart.
//!
//! A [`RawForm`] holds what somebody typed, right or wrong; [`check`](check()) reads it and says what each answer means, what is wrong and
//! what is missing. So a draft with a bad value is saved like any other and nothing typed is ever lost.

mod check;
mod compare;
mod json;
mod number;
mod pairs;
mod progress;
mod table;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::names::Names;
use super::programme::{Field, Programme, Shape};

pub use check::{CheckContext, Checked, Value, check, parse_date};
pub use compare::{
    Difference, FieldDifference, carry_over, differences, differences_by_cell, from_organisation, is_changed,
};
pub use number::{NumberProblem, fen_text, parse_money, parse_whole};
pub use pairs::Received;
pub use progress::{Progress, progress};
pub use table::{AnswerView, RowView, TableView};
pub use view::{Cell, ColumnView, FieldView, Input, OptionView, SectionView, ViewContext, ViewWords, YearView, view};

/// Characters that a single answer may have, whatever the field allows: more is refused, not stored.
pub const MAX_CHARS: usize = 20_000;

/// Rows that an answer may have, whatever the field allows.
pub const MAX_ROWS: usize = 200;

/// Choices or years that an answer may have, whatever the field allows.
pub const MAX_ENTRIES: usize = 200;

/// Something wrong with an answer. The sentence is in the locale files under `problem-<code>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Problem {
    /// Where: `name`, `cases[0].amount`, `finances[2025].revenue`, `documents.licence`.
    pub path: String,
    /// Stable code.
    pub code: String,
    /// What the sentence names: the field, the limit, the value as typed.
    pub args: BTreeMap<String, String>,
    /// Those of them that have names in several languages: whoever says the sentence chooses the reader's. They are not
    /// written out, where `args` has them in simplified Chinese.
    #[serde(skip)]
    pub names: BTreeMap<String, Names>,
}

impl Problem {
    /// A problem without figures.
    pub fn new(path: &str, code: &str) -> Problem {
        Problem { path: path.to_string(), code: code.to_string(), args: BTreeMap::new(), names: BTreeMap::new() }
    }

    /// Adds what the sentence names.
    pub fn with(mut self, name: &str, value: impl ToString) -> Problem {
        self.args.insert(name.to_string(), value.to_string());
        self
    }

    /// Adds what the sentence names by the reader's own name of it.
    pub fn naming(mut self, name: &str, names: &Names) -> Problem {
        self.names.insert(name.to_string(), names.clone());
        self.with(name, &names.zh_cn)
    }

    /// The key of the field that it is about: the path up to the first bracket or dot.
    pub fn field(&self) -> &str {
        self.path.split(['[', '.']).next().unwrap_or_default()
    }
}

/// Answers as typed, by field. One text; a list of texts; `{year: {column: text}}`; or a list of `{column: text}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RawForm(pub BTreeMap<String, Json>);

impl RawForm {
    /// The answer of a field with a single value; empty if there is none.
    pub fn text(&self, key: &str) -> &str {
        self.0.get(key).and_then(Json::as_str).unwrap_or_default()
    }

    /// The choices of a field.
    pub fn texts(&self, key: &str) -> Vec<&str> {
        self.0.get(key).and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).collect()
    }

    /// The rows of a field.
    pub fn rows(&self, key: &str) -> impl Iterator<Item = &Map<String, Json>> {
        self.0.get(key).and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_object)
    }

    /// Takes over another form's answers, of the fields in `only` if it is given: during a correction, those that were marked.
    /// Returns the keys of the fields that would have changed and were not allowed to.
    pub fn merge(&mut self, other: RawForm, only: Option<&BTreeSet<String>>) -> Vec<String> {
        let mut refused = Vec::new();
        for (key, value) in other.0 {
            if only.is_none_or(|only| only.contains(&key)) {
                self.0.insert(key, value);
            } else if !self.same(&key, &value) {
                refused.push(key);
            }
        }
        refused
    }

    /// Whether an answer is what is there already; an empty one is the same as none.
    fn same(&self, key: &str, value: &Json) -> bool {
        match self.0.get(key) {
            Some(own) => own == value,
            None => is_empty(value),
        }
    }

    /// The answer of a field, if it is laid out as the field asks. Nothing else is read, shown or compared.
    pub(crate) fn answer<'a>(&'a self, field: &Field) -> Option<&'a Json> {
        self.0.get(&field.key).filter(|value| has_shape(field.kind.shape(), value))
    }

    /// Whether any field of the form holds anything.
    pub fn is_blank(&self, programme: &Programme) -> bool {
        programme.fields().all(|field| self.answer(field).is_none_or(is_empty))
    }
}

/// An answer with its figures as they are kept: what was typed in full-width digits, with separators or with zeros that
/// say nothing is the same figure. What cannot be read stays as it was typed.
pub fn tidied(field: &Field, mut answer: Json) -> Json {
    let cells = |row: &mut Json| {
        for column in field.kind.columns() {
            if let Some(Json::String(text)) = row.get_mut(&column.key)
                && let Some(figure) = number::figure(&column.kind, text)
            {
                *text = figure;
            }
        }
    };
    match &mut answer {
        Json::String(text) => {
            if let Some(figure) = number::figure(&field.kind, text) {
                *text = figure;
            }
        }
        Json::Array(rows) => rows.iter_mut().for_each(cells),
        Json::Object(years) => years.values_mut().for_each(cells),
        _ => {}
    }
    answer
}

/// Whether nothing was typed.
pub(crate) fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.trim().is_empty(),
        Json::Array(entries) => entries.iter().all(is_empty),
        Json::Object(entries) => entries.values().all(is_empty),
        Json::Bool(_) | Json::Number(_) => false,
    }
}

/// A text as it is stored: one kind of line break, and no control characters, which no keyboard types and no database likes.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// Cleans a text, or says that it is too long to be stored.
fn bounded(field: &Field, path: &str, text: &str) -> Result<String, Problem> {
    // Counted first: a text of many megabytes is not worth a copy.
    let length = text.chars().count();
    if length > MAX_CHARS {
        let problem = Problem::new(path, "value_too_long").naming("field", &field.names);
        return Err(problem.with("max", MAX_CHARS).with("length", length));
    }
    Ok(clean(text))
}

/// Whether an answer is laid out as the field's kind asks; one of another version of the programme may not be.
fn has_shape(shape: Shape, value: &Json) -> bool {
    let texts = |entry: &Json| entry.as_object().is_some_and(|cells| cells.values().all(Json::is_string));
    match shape {
        Shape::Single => value.is_string(),
        Shape::Several => value.as_array().is_some_and(|entries| entries.iter().all(Json::is_string)),
        Shape::Rows => value.as_array().is_some_and(|rows| rows.iter().all(texts)),
        Shape::Years => value.as_object().is_some_and(|years| years.values().all(texts)),
    }
}

#[cfg(test)]
mod tests;

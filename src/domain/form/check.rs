//! What the answers mean, what is wrong with them, what is missing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value as Json};
use unicode_normalization::UnicodeNormalization;

use super::number::{NumberProblem, fen_text, parse_money, parse_whole};
use super::{Problem, RawForm, is_empty};
use crate::domain::contact::half_width;
use crate::domain::names::Names;
use crate::domain::programme::{Choice, Column, Field, FieldKind, MoneyUnit, Programme, TextFormat};
use crate::domain::reference::Reference;

/// What the answers are judged against beside the programme.
#[derive(Debug, Clone, Copy)]
pub struct CheckContext<'a> {
    /// The year of the call: tables by year cover the years before it.
    pub call_year: i32,
    /// The local day on which the form is judged.
    pub today: NaiveDate,
    /// The language in which problems name fields and options: `zh-CN`, `zh-TW`, `en`.
    pub language: &'a str,
    /// Cities, clusters, divisions.
    pub reference: &'a Reference,
}

/// What an answer means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// One line or several.
    Text(String),
    /// A whole number.
    WholeNumber(i64),
    /// Money, in fen.
    Money(i64),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    YesNo(bool),
    /// The key or code of what was chosen.
    Choice(String),
    /// The keys or codes of what was chosen.
    Choices(Vec<String>),
    /// Cells by year and column.
    Years(BTreeMap<i32, BTreeMap<String, Value>>),
    /// Cells by column.
    Rows(Vec<BTreeMap<String, Value>>),
}

/// A form that was judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// The answers that are right, by field. A table or rows hold the cells that are right.
    pub values: BTreeMap<String, Value>,
    /// Answers that are wrong, in the order of the form.
    pub problems: Vec<Problem>,
    /// Required answers that are not there, in the order of the form.
    pub missing: Vec<Problem>,
}

impl Checked {
    /// Whether the form can be submitted.
    pub fn is_complete(&self) -> bool {
        self.problems.is_empty() && self.missing.is_empty()
    }
}

/// Judges a form. Pure: the same form gives the same result, and the form stays as it was typed.
pub fn check(programme: &Programme, form: &RawForm, context: &CheckContext<'_>) -> Checked {
    let mut checked = Checked::default();
    for field in programme.fields() {
        let answer = form.answer(field).unwrap_or(&Json::Null);
        let mut judge = Judge { field, context, checked: &mut checked };
        let Some(value) = judge.answer(answer) else { continue };
        match above_whole(programme, field, &value, &checked, context.language) {
            Some(problem) => checked.problems.push(problem),
            None => {
                checked.values.insert(field.key.clone(), value);
            }
        }
    }
    checked
}

/// What is wrong with a part that is larger than its whole, where both are known.
fn above_whole(
    programme: &Programme,
    field: &Field,
    value: &Value,
    checked: &Checked,
    language: &str,
) -> Option<Problem> {
    let whole = programme.field(field.at_most.as_deref()?)?;
    let (Value::WholeNumber(part), Value::WholeNumber(most)) = (value, checked.values.get(&whole.key)?) else {
        return None;
    };
    (part > most).then(|| {
        Problem::new(&field.key, "part_above_whole")
            .with("field", field.names.in_language(language))
            .with("whole", whole.names.in_language(language))
            .with("max", most)
            .with("value", part)
    })
}

/// The years that a table covers: the last full ones before the call's year.
pub(super) fn years_of_table(call_year: i32, years: u32) -> std::ops::Range<i32> {
    let first = call_year.saturating_sub(i32::try_from(years).unwrap_or(i32::MAX));
    first..call_year
}

struct Judge<'a> {
    field: &'a Field,
    context: &'a CheckContext<'a>,
    checked: &'a mut Checked,
}

impl Judge<'_> {
    fn name<'b>(&self, names: &'b Names) -> &'b str {
        names.in_language(self.context.language)
    }

    fn problem(&self, code: &str) -> Problem {
        Problem::new(&self.field.key, code).with("field", self.name(&self.field.names))
    }

    fn answer(&mut self, answer: &Json) -> Option<Value> {
        match &self.field.kind {
            FieldKind::TableByYear { years, columns } => self.years(*years, columns, answer),
            FieldKind::Rows { min, max, columns } => self.rows(*min, *max, columns, answer),
            _ if is_empty(answer) => {
                if self.field.required {
                    self.checked.missing.push(self.problem("required"));
                }
                None
            }
            FieldKind::SeveralOf { options, min, max } => self.several(options, *min, *max, answer),
            FieldKind::Cluster { several: true } | FieldKind::IndustryDivision { several: true } => self.codes(answer),
            kind => {
                let text = answer.as_str().unwrap_or_default();
                match self.single(kind, text) {
                    Ok(value) => Some(value),
                    Err(wrong) => {
                        let problem = wrong.problem(&self.field.key, self.name(&self.field.names));
                        self.checked.problems.push(problem);
                        None
                    }
                }
            }
        }
    }

    fn several(&mut self, options: &[Choice], min: u32, max: u32, answer: &Json) -> Option<Value> {
        let chosen = texts(answer);
        let mut wrong = false;
        for text in chosen.iter().filter(|text| !options.iter().any(|option| option.key == **text)) {
            let problem = self.problem("not_an_option").with("value", text);
            self.checked.problems.push(problem);
            wrong = true;
        }
        let found = u32::try_from(chosen.len()).unwrap_or(u32::MAX);
        if found < min || found > max {
            let code = if found < min { "several_too_few" } else { "several_too_many" };
            let problem = self.problem(code).with("min", min).with("max", max).with("found", found);
            self.checked.problems.push(problem);
            wrong = true;
        }
        (!wrong).then(|| Value::Choices(chosen.into_iter().map(str::to_string).collect()))
    }

    fn codes(&mut self, answer: &Json) -> Option<Value> {
        let mut known = Vec::new();
        let before = self.checked.problems.len();
        for text in texts(answer) {
            match self.single(&self.field.kind, text) {
                Ok(Value::Choice(code)) => known.push(code),
                Ok(_) => {}
                Err(wrong) => {
                    let problem = wrong.problem(&self.field.key, self.name(&self.field.names));
                    self.checked.problems.push(problem);
                }
            }
        }
        (self.checked.problems.len() == before).then_some(Value::Choices(known))
    }

    fn years(&mut self, years: u32, columns: &[Column], answer: &Json) -> Option<Value> {
        let nothing = Map::new();
        let mut values = BTreeMap::new();
        let range = years_of_table(self.context.call_year, years);
        let row = |year: i32| answer.get(year.to_string()).and_then(Json::as_object).unwrap_or(&nothing);
        let blank = range.clone().all(|year| row(year).values().all(is_empty));
        if blank && !self.field.required {
            return None;
        }
        for year in range {
            let cells = self.cells(&year.to_string(), &year.to_string(), columns, row(year));
            values.insert(year, cells);
        }
        (!blank).then_some(Value::Years(values))
    }

    fn rows(&mut self, min: u32, max: u32, columns: &[Column], answer: &Json) -> Option<Value> {
        let rows: Vec<&Map<String, Json>> =
            answer.as_array().into_iter().flatten().filter_map(Json::as_object).collect();
        let found = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        if rows.is_empty() && !self.field.required {
            return None;
        }
        let wanted = min.max(1);
        if rows.is_empty() && min <= 1 {
            self.checked.missing.push(self.problem("required"));
        } else if found < wanted {
            let problem = self.problem("rows_too_few").with("min", wanted).with("found", found);
            self.checked.missing.push(problem);
        }
        if found > max {
            let problem = self.problem("rows_too_many").with("max", max).with("found", found);
            self.checked.problems.push(problem);
        }
        let rows: Vec<_> = rows
            .into_iter()
            .enumerate()
            .map(|(at, row)| self.cells(&at.to_string(), &(at + 1).to_string(), columns, row))
            .collect();
        (!rows.is_empty()).then_some(Value::Rows(rows))
    }

    /// One row; `place` stands in the path, `shown` in the label.
    fn cells(
        &mut self,
        place: &str,
        shown: &str,
        columns: &[Column],
        row: &Map<String, Json>,
    ) -> BTreeMap<String, Value> {
        let mut values = BTreeMap::new();
        for column in columns {
            let path = format!("{}[{place}].{}", self.field.key, column.key);
            let label = format!("{} {shown} · {}", self.name(&self.field.names), self.name(&column.names));
            let text = row.get(&column.key).and_then(Json::as_str).unwrap_or_default();
            if text.trim().is_empty() {
                if column.required {
                    self.checked.missing.push(Problem::new(&path, "required").with("field", label));
                }
                continue;
            }
            match self.single(&column.kind, text) {
                Ok(value) => {
                    values.insert(column.key.clone(), value);
                }
                Err(wrong) => self.checked.problems.push(wrong.problem(&path, &label)),
            }
        }
        values
    }

    /// A single value of any kind.
    fn single(&self, kind: &FieldKind, text: &str) -> Result<Value, Wrong> {
        let trimmed = text.trim();
        match kind {
            FieldKind::Text { max_chars, .. } | FieldKind::LongText { max_chars } => {
                let length = trimmed.chars().count();
                if usize::try_from(*max_chars).is_ok_and(|max| length > max) {
                    return Err(Wrong::new("text_too_long").with("max", max_chars).with("length", length));
                }
                let FieldKind::Text { format: Some(format), .. } = kind else {
                    return Ok(Value::Text(trimmed.to_string()));
                };
                let text = half_width(trimmed);
                match format {
                    _ if format.holds(&text) => Ok(Value::Text(text)),
                    TextFormat::Email => Err(Wrong::of("not_an_email", trimmed)),
                    TextFormat::Telephone => Err(Wrong::of("not_a_telephone", trimmed)),
                }
            }
            FieldKind::WholeNumber { unit, min, max } => self.whole(trimmed, unit, *min, *max).map(Value::WholeNumber),
            FieldKind::Money { unit, min, max } => money(trimmed, *unit, *min, *max).map(Value::Money),
            FieldKind::Date { min, max, future } => self.date(trimmed, *min, *max, *future).map(Value::Date),
            FieldKind::YesNo => {
                parse_yes_no(trimmed).map(Value::YesNo).ok_or_else(|| Wrong::of("not_yes_or_no", trimmed))
            }
            FieldKind::OneOf { options } => {
                let known = options.iter().any(|option| option.key == trimmed);
                choice("not_an_option", trimmed, known)
            }
            FieldKind::City => choice("unknown_city", trimmed, self.context.reference.city(trimmed).is_some()),
            FieldKind::Cluster { .. } => {
                choice("unknown_cluster", trimmed, self.context.reference.cluster(trimmed).is_some())
            }
            FieldKind::IndustryDivision { .. } => {
                choice("unknown_division", trimmed, self.context.reference.division(trimmed).is_some())
            }
            // Lists are judged by their own rules and never stand inside another field.
            FieldKind::SeveralOf { .. } | FieldKind::TableByYear { .. } | FieldKind::Rows { .. } => {
                Err(Wrong::of("not_an_option", trimmed))
            }
        }
    }

    fn whole(&self, text: &str, unit: &Names, min: i64, max: i64) -> Result<i64, Wrong> {
        let code = match parse_whole(text) {
            Ok(number) if (min..=max).contains(&number) => return Ok(number),
            Ok(_) | Err(NumberProblem::TooLarge) => "whole_number_range",
            Err(NumberProblem::Decimals | NumberProblem::NotANumber) => "whole_number",
        };
        Err(Wrong::of(code, text).with("min", min).with("max", max).with("unit", self.name(unit)))
    }

    fn date(
        &self,
        text: &str,
        min: Option<NaiveDate>,
        max: Option<NaiveDate>,
        future: bool,
    ) -> Result<NaiveDate, Wrong> {
        let date = parse_date(text).ok_or_else(|| Wrong::of("date", text))?;
        if let Some(min) = min.filter(|min| date < *min) {
            return Err(Wrong::of("date_too_early", text).with("min", min));
        }
        if let Some(max) = max.filter(|max| date > *max) {
            return Err(Wrong::of("date_too_late", text).with("max", max));
        }
        if !future && date > self.context.today {
            return Err(Wrong::of("date_in_future", text).with("max", self.context.today));
        }
        Ok(date)
    }
}

fn texts(answer: &Json) -> Vec<&str> {
    answer.as_array().into_iter().flatten().filter_map(Json::as_str).collect()
}

fn choice(code: &'static str, text: &str, known: bool) -> Result<Value, Wrong> {
    if known { Ok(Value::Choice(text.to_string())) } else { Err(Wrong::of(code, text)) }
}

fn money(text: &str, unit: MoneyUnit, min: i64, max: i64) -> Result<i64, Wrong> {
    let bound = |value: i64| value.saturating_mul(unit.fen());
    let code = match parse_money(text, unit) {
        Ok(fen) if (bound(min)..=bound(max)).contains(&fen) => return Ok(fen),
        Ok(_) | Err(NumberProblem::TooLarge) => "money_range",
        Err(NumberProblem::Decimals) => "money_decimals",
        Err(NumberProblem::NotANumber) => "money",
    };
    let wrong = Wrong::of(code, text).with("unit", unit).with("decimals", unit.decimals());
    Err(wrong.with("min", fen_text(bound(min), unit)).with("max", fen_text(bound(max), unit)))
}

/// A day as people write it: `2025-03-01`, `2025/3/1`, `2025.3.1`, `2025年3月1日`, `20250301`, also in full width.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let text: String = text.nfkc().collect();
    let text = text.trim().trim_end_matches('日');
    let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月']).map(str::trim).collect();
    if parts.iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (*year, *month, *day),
        [all] if all.len() == 8 => (all.get(..4)?, all.get(4..6)?, all.get(6..)?),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Yes or no as pages and programs send it.
pub(super) fn parse_yes_no(text: &str) -> Option<bool> {
    match text {
        "yes" | "true" | "1" | "on" => Some(true),
        "no" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// A wrong value, before its place is known.
struct Wrong {
    code: &'static str,
    args: Vec<(&'static str, String)>,
}

impl Wrong {
    fn new(code: &'static str) -> Wrong {
        Wrong { code, args: Vec::new() }
    }

    /// With the value as typed, shortened.
    fn of(code: &'static str, text: &str) -> Wrong {
        let mut shown: String = text.chars().take(60).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        Wrong::new(code).with("value", shown)
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Wrong {
        self.args.push((name, value.to_string()));
        self
    }

    fn problem(self, path: &str, field: &str) -> Problem {
        let problem = Problem::new(path, self.code).with("field", field);
        self.args.into_iter().fold(problem, |problem, (name, value)| problem.with(name, value))
    }
}

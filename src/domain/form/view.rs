//! A form as a page shows it, to fill in or to read.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::RawForm;
use super::check::{parse_date, parse_yes_no, years_of_table};
use super::number::{fen_text, parse_money, parse_whole};
use crate::domain::calendar::local_date_text;
use crate::domain::language::Language;
use crate::domain::names::Names;
use crate::domain::programme::{Choice, Column, Field, FieldKind, MoneyUnit, Programme, TextFormat};
use crate::domain::reference::Reference;

/// What a view needs beside programme and answers.
#[derive(Debug, Clone, Copy)]
pub struct ViewContext<'a> {
    /// The year of the call: tables by year cover the years before it.
    pub call_year: i32,
    /// `zh-CN`, `zh-TW`, `en`.
    pub language: &'a str,
    /// Cities, clusters, divisions.
    pub reference: &'a Reference,
    /// Words that no data holds.
    pub words: &'a ViewWords,
}

/// Words from the locale files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ViewWords {
    /// `form-yes`
    pub yes: String,
    /// `form-no`
    pub no: String,
    /// `unit-yuan`
    pub yuan: String,
    /// `unit-wan_yuan`
    pub wan_yuan: String,
}

impl ViewWords {
    /// The word of a unit of money.
    pub fn unit(&self, unit: MoneyUnit) -> &str {
        match unit {
            MoneyUnit::Yuan => &self.yuan,
            MoneyUnit::WanYuan => &self.wan_yuan,
        }
    }
}

/// A section of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionView {
    /// Its key, for anchors.
    pub key: String,
    /// The heading.
    pub title: String,
    /// What it is for; may be empty.
    pub help: String,
    /// In order.
    pub fields: Vec<FieldView>,
}

/// A field with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldView {
    /// Its key: the name of the input and the path of its problems.
    pub key: String,
    /// The label.
    pub label: String,
    /// How to answer; may be empty.
    pub help: String,
    /// Why the department asks; may be empty.
    pub reason: String,
    /// The word of its kind.
    pub kind: &'static str,
    /// Whether a file can be submitted without it.
    pub required: bool,
    /// About a person: not for experts, not for the public.
    pub personal: bool,
    /// The answer in words, a line each; none if there is no answer.
    pub lines: Vec<String>,
    /// How it is filled in, with the answer as typed.
    pub input: Input,
}

/// How a value is filled in. Every value is as typed, right or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "input", rename_all = "snake_case")]
pub enum Input {
    /// One line.
    Text {
        /// As typed.
        value: String,
        /// Characters.
        max_chars: u32,
        /// What the line is, where that can be told.
        #[serde(skip_serializing_if = "Option::is_none")]
        format: Option<TextFormat>,
    },
    /// Several paragraphs.
    LongText {
        /// As typed.
        value: String,
        /// Characters.
        max_chars: u32,
    },
    /// A number or a sum of money.
    Number {
        /// As typed.
        value: String,
        /// What is counted, or the unit of money; may be empty.
        unit: String,
        /// Lower bound, in the unit.
        min: i64,
        /// Upper bound, in the unit.
        max: i64,
        /// Decimals that are accepted.
        decimals: u32,
    },
    /// A day.
    Date {
        /// As typed.
        value: String,
        /// Earliest, or empty.
        min: String,
        /// Latest, or empty.
        max: String,
    },
    /// One of the options; yes or no has two of them.
    Choice {
        /// As typed.
        value: String,
        /// In order.
        options: Vec<OptionView>,
        /// Whether the options are few enough to be shown side by side.
        few: bool,
    },
    /// Several of the options; a page sends the marker `<key>[]` beside them.
    Choices {
        /// In order.
        options: Vec<OptionView>,
    },
    /// Figures by year.
    Years {
        /// The headings.
        columns: Vec<ColumnView>,
        /// In order.
        years: Vec<YearView>,
    },
    /// Repeated rows; a page sends the marker `<key>[]` beside them.
    Rows {
        /// The headings.
        columns: Vec<ColumnView>,
        /// As typed.
        rows: Vec<Vec<Cell>>,
        /// An empty row to add; its place in the names is the number of rows.
        blank: Vec<Cell>,
        /// Fewest.
        min: u32,
        /// Most.
        max: u32,
    },
}

/// An option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OptionView {
    /// Its key or code.
    pub key: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// The heading of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnView {
    /// Its key.
    pub key: String,
    /// The heading.
    pub label: String,
    /// What is counted, or the unit of money; may be empty.
    pub unit: String,
    /// Whether each row needs it.
    pub required: bool,
}

/// A year of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearView {
    /// The year.
    pub year: i32,
    /// In the order of the columns.
    pub cells: Vec<Cell>,
}

/// A cell of a table or of rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The name of the input: `cases[0][amount]`.
    pub name: String,
    /// The path of its problems: `cases[0].amount`.
    pub path: String,
    /// The heading of its column.
    pub label: String,
    /// Whether the row needs it.
    pub required: bool,
    /// The answer in words; empty if there is none.
    pub text: String,
    /// How it is filled in.
    pub input: Input,
}

/// Everything a page needs to show the form, to fill in or to read.
pub fn view(programme: &Programme, form: &RawForm, context: &ViewContext<'_>) -> Vec<SectionView> {
    let say = |names: &Names| names.in_language(context.language).to_string();
    programme
        .sections
        .iter()
        .map(|section| SectionView {
            key: section.key.clone(),
            title: say(&section.names),
            help: say(&section.help),
            fields: section.fields.iter().map(|field| context.field(field, form)).collect(),
        })
        .collect()
}

impl ViewContext<'_> {
    fn say(&self, names: &Names) -> String {
        names.in_language(self.language).to_string()
    }

    fn field(&self, field: &Field, form: &RawForm) -> FieldView {
        let answer = form.answer(field).unwrap_or(&Json::Null);
        FieldView {
            key: field.key.clone(),
            label: self.say(&field.names),
            help: self.say(&field.help),
            reason: self.say(&field.reason),
            kind: field.kind.name(),
            required: field.required,
            personal: field.personal,
            lines: self.lines(field, answer),
            input: self.input(field, answer),
        }
    }

    /// The answer in words, a line each.
    pub(super) fn lines(&self, field: &Field, answer: &Json) -> Vec<String> {
        match &field.kind {
            FieldKind::TableByYear { years, columns } => {
                let rows = years_of_table(self.call_year, *years);
                rows.filter_map(|year| self.row_line(&year.to_string(), columns, answer.get(year.to_string())?))
                    .collect()
            }
            FieldKind::Rows { columns, .. } => {
                let rows = answer.as_array().into_iter().flatten().enumerate();
                rows.filter_map(|(at, row)| self.row_line(&(at + 1).to_string(), columns, row)).collect()
            }
            kind => match answer {
                Json::Array(entries) => {
                    entries.iter().filter_map(Json::as_str).map(|text| self.text(kind, text)).collect()
                }
                Json::String(text) => self.text(kind, text).lines().map(str::to_string).collect(),
                _ => Vec::new(),
            },
        }
    }

    /// A row in words: its place, and each of its answers under its heading; none if it is blank.
    pub(super) fn row_line(&self, place: &str, columns: &[Column], row: &Json) -> Option<String> {
        let marks = Language::of_tag(self.language).punctuation();
        let colon = marks.colon;
        let filled = columns.iter().filter_map(|column| {
            let text = self.text(&column.kind, row.get(&column.key)?.as_str()?);
            (!text.is_empty()).then(|| format!("{}{colon}{text}", column.names.in_language(self.language)))
        });
        let filled: Vec<String> = filled.collect();
        (!filled.is_empty()).then(|| format!("{place} · {}", filled.join(marks.semicolon)))
    }

    /// A single value in words: the label of a choice, a number with its unit, a day; a wrong value as typed.
    pub(super) fn text(&self, kind: &FieldKind, text: &str) -> String {
        let text = text.trim();
        let language = Language::of_tag(self.language);
        let with_unit = |number: &str, unit: &str| {
            let number = language.grouped(number);
            if unit.is_empty() { number.into_owned() } else { format!("{number} {unit}") }
        };
        match kind {
            _ if text.is_empty() => String::new(),
            FieldKind::WholeNumber { unit, .. } => match parse_whole(text) {
                Ok(number) => with_unit(&number.to_string(), unit.in_language(self.language)),
                Err(_) => text.to_string(),
            },
            FieldKind::Money { unit, .. } => match parse_money(text, *unit) {
                Ok(fen) => {
                    let in_unit = || with_unit(&fen_text(fen, *unit), self.words.unit(*unit));
                    language.money(fen).unwrap_or_else(in_unit)
                }
                Err(_) => text.to_string(),
            },
            FieldKind::YesNo
            | FieldKind::OneOf { .. }
            | FieldKind::SeveralOf { .. }
            | FieldKind::City
            | FieldKind::Cluster { .. }
            | FieldKind::IndustryDivision { .. } => {
                let option = self.options(kind, &[text]).into_iter().find(|option| option.chosen);
                option.map(|option| option.label).unwrap_or_default()
            }
            FieldKind::Date { .. } => match parse_date(text) {
                Some(day) => language.dated(&local_date_text(day)).into_owned(),
                None => text.to_string(),
            },
            _ => text.to_string(),
        }
    }

    /// The options, with what was chosen. A choice that is not offered, sent by a program or kept from an older form, is added in its own
    /// words, so that saving the page does not lose it; the check says what is wrong with it.
    fn options(&self, kind: &FieldKind, chosen: &[&str]) -> Vec<OptionView> {
        let chosen: Vec<&str> = match kind {
            FieldKind::YesNo => chosen.iter().map(|text| yes_no_key(text)).collect(),
            _ => chosen.to_vec(),
        };
        let mut options = self.offered(kind, &chosen);
        for text in chosen {
            if !text.is_empty() && !options.iter().any(|option| option.key == text) {
                options.push(OptionView { key: text.to_string(), label: text.to_string(), chosen: true });
            }
        }
        options
    }

    fn offered(&self, kind: &FieldKind, chosen: &[&str]) -> Vec<OptionView> {
        let option = |key: &str, label: &str| OptionView {
            key: key.to_string(),
            label: label.to_string(),
            chosen: chosen.contains(&key),
        };
        let choice = |choice: &Choice| option(&choice.key, choice.names.in_language(self.language));
        match kind {
            FieldKind::YesNo => vec![option("yes", &self.words.yes), option("no", &self.words.no)],
            FieldKind::OneOf { options } | FieldKind::SeveralOf { options, .. } => options.iter().map(choice).collect(),
            FieldKind::City => {
                let cities = self.reference.cities.iter();
                cities.map(|city| option(&city.code, city.names.in_language(self.language))).collect()
            }
            FieldKind::Cluster { .. } => {
                let clusters = self.reference.clusters.iter();
                clusters.map(|cluster| option(&cluster.id, cluster.names.in_language(self.language))).collect()
            }
            FieldKind::IndustryDivision { .. } => {
                let divisions = self.reference.divisions.iter();
                divisions
                    .map(|division| {
                        let name = division.names.in_language(self.language);
                        option(&division.code, &format!("{} {name}", division.code))
                    })
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    fn input(&self, field: &Field, answer: &Json) -> Input {
        match &field.kind {
            FieldKind::TableByYear { years, columns } => {
                let years = years_of_table(self.call_year, *years).map(|year| {
                    let place = year.to_string();
                    YearView {
                        year,
                        cells: self.cells(field, columns, &place, answer.get(&place).and_then(Json::as_object)),
                    }
                });
                Input::Years { columns: self.columns(columns), years: years.collect() }
            }
            FieldKind::Rows { min, max, columns } => {
                let rows: Vec<_> = answer.as_array().into_iter().flatten().filter_map(Json::as_object).collect();
                let blank = self.cells(field, columns, &rows.len().to_string(), None);
                let cells = rows.into_iter().enumerate();
                let rows = cells.map(|(at, row)| self.cells(field, columns, &at.to_string(), Some(row)));
                Input::Rows { columns: self.columns(columns), rows: rows.collect(), blank, min: *min, max: *max }
            }
            kind => match answer {
                Json::Array(entries) => {
                    let chosen: Vec<&str> = entries.iter().filter_map(Json::as_str).collect();
                    Input::Choices { options: self.options(kind, &chosen) }
                }
                _ if field.kind.shape() == crate::domain::programme::Shape::Several => {
                    Input::Choices { options: self.options(kind, &[]) }
                }
                answer => self.single(kind, answer.as_str().unwrap_or_default()),
            },
        }
    }

    fn single(&self, kind: &FieldKind, text: &str) -> Input {
        let value = text.to_string();
        let day = |day: &Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        match kind {
            FieldKind::Text { max_chars, format } => Input::Text { value, max_chars: *max_chars, format: *format },
            FieldKind::LongText { max_chars } => Input::LongText { value, max_chars: *max_chars },
            FieldKind::WholeNumber { unit, min, max } => {
                Input::Number { value, unit: self.say(unit), min: *min, max: *max, decimals: 0 }
            }
            FieldKind::Money { unit, min, max } => {
                let (decimals, word) = (unit.decimals(), self.words.unit(*unit).to_string());
                Input::Number { value, unit: word, min: *min, max: *max, decimals }
            }
            FieldKind::Date { min, max, .. } => Input::Date { value, min: day(min), max: day(max) },
            kind => {
                let options = self.options(kind, &[text.trim()]);
                let few = options.len() <= 5;
                Input::Choice { value, options, few }
            }
        }
    }

    fn columns(&self, columns: &[Column]) -> Vec<ColumnView> {
        let unit = |kind: &FieldKind| match kind {
            FieldKind::WholeNumber { unit, .. } => self.say(unit),
            FieldKind::Money { unit, .. } => self.words.unit(*unit).to_string(),
            _ => String::new(),
        };
        let column = |column: &Column| ColumnView {
            key: column.key.clone(),
            label: self.say(&column.names),
            unit: unit(&column.kind),
            required: column.required,
        };
        columns.iter().map(column).collect()
    }

    fn cells(&self, field: &Field, columns: &[Column], place: &str, row: Option<&Map<String, Json>>) -> Vec<Cell> {
        let cell = |column: &Column| {
            let typed = row.and_then(|row| row.get(&column.key)?.as_str()).unwrap_or_default();
            Cell {
                name: format!("{}[{place}][{}]", field.key, column.key),
                path: format!("{}[{place}].{}", field.key, column.key),
                label: self.say(&column.names),
                required: column.required,
                text: self.text(&column.kind, typed),
                input: self.single(&column.kind, typed),
            }
        };
        columns.iter().map(cell).collect()
    }
}

/// The key of an answer to a yes-or-no field; a wrong one as typed.
fn yes_no_key(text: &str) -> &str {
    match parse_yes_no(text) {
        Some(true) => "yes",
        Some(false) => "no",
        None => text,
    }
}

//! The form as inputs: what the programme asks, with what may be changed and what is wrong.

use crate::actions::completeness::SECTIONS;
use crate::actions::marks::Marks;
use crate::db::corrections::MarkKind;
use crate::domain::form::{self, Input, Problem, RawForm, ViewContext};
use crate::domain::language::Language;
use crate::domain::programme::{Programme, TextFormat};
use crate::domain::reference::Reference;
use crate::words::Words;
use std::collections::BTreeMap;

/// A part of the form.
pub struct SectionInput {
    /// Its part of the file: `sections.basic`.
    pub part: String,
    /// Its heading.
    pub title: String,
    /// What it is for.
    pub help: String,
    /// Its fields.
    pub fields: Vec<FieldInput>,
}

/// One field.
pub struct FieldInput {
    /// Its key: the path of its problems.
    pub key: String,
    /// Its label.
    pub label: String,
    /// How to answer.
    pub help: String,
    /// Why the department asks.
    pub why: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// Whether it may be changed now; else it is shown for reading.
    pub open: bool,
    /// Why it was sent back, in a correction.
    pub reason: String,
    /// What is wrong with it as a whole.
    pub problem: String,
    /// The answer for reading.
    pub lines: Vec<String>,
    /// The same as a table, where it is one.
    pub figures: Option<form::TableView>,
    /// How it is asked.
    pub control: Control,
}

impl FieldInput {
    /// The answer as a table, where it is one and holds anything.
    pub fn table(&self) -> Option<&form::TableView> {
        self.figures.as_ref()
    }

    /// Whether it is asked for as a single figure.
    pub fn is_figure(&self) -> bool {
        matches!(&self.control, Control::One(cell) if matches!(cell.kind, "number" | "decimal" | "date"))
    }

    /// What its input is described by beside its error: the hint, where there is one.
    pub fn described(&self) -> String {
        if self.help.is_empty() { String::new() } else { format!("h-{} ", self.key) }
    }
}

/// How a field is asked.
pub enum Control {
    /// One answer.
    One(Cell),
    /// Several answers: value, label, ticked.
    Several(Vec<(String, String, bool)>),
    /// A table by year: headings; years with their cells.
    Years(Vec<String>, Vec<(i32, Vec<Cell>)>),
    /// Repeated rows.
    Rows(Rows),
}

/// Repeated rows.
pub struct Rows {
    /// The rows, with spare blank ones at the end.
    pub rows: Vec<RowInput>,
    /// A blank row for the script.
    pub template: Vec<Cell>,
    /// Index of the next row.
    pub next: usize,
    /// Most rows.
    pub max: u32,
}

impl Rows {
    /// The blank row, for a macro.
    pub fn template(&self) -> &[Cell] {
        &self.template
    }
}

impl RowInput {
    /// Its cells, for a macro.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }
}

/// One row of repeated rows.
pub struct RowInput {
    /// Its number, from 1.
    pub number: usize,
    /// Whether it is a blank one to spare.
    pub spare: bool,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// One input.
pub struct Cell {
    /// Its name in the form.
    pub name: String,
    /// The path of its problems.
    pub path: String,
    /// Its label.
    pub label: String,
    /// `text`, `email`, `tel`, `long`, `number`, `decimal`, `date`, `select`.
    pub kind: &'static str,
    /// What was typed.
    pub value: String,
    /// What is wrong with it.
    pub problem: String,
    /// Value and label of each choice.
    pub choices: Vec<(String, String)>,
    /// The unit after it.
    pub unit: String,
    /// Most characters; 0 for no limit.
    pub max: u32,
    /// Whether it must be filled in.
    pub required: bool,
}

impl Cell {
    /// Whether a value is kept that is none of the choices any more.
    pub fn is_strange(&self) -> bool {
        !self.value.is_empty() && self.choices.iter().all(|(value, _)| *value != self.value)
    }
}

/// What the inputs are made of.
pub struct Maker<'a> {
    /// The pinned programme.
    pub programme: &'a Programme,
    /// Cities, clusters, divisions.
    pub reference: &'a Reference,
    /// What was typed.
    pub form: &'a RawForm,
    /// What may change.
    pub marks: &'a Marks,
    /// Whether anything may.
    pub can_save: bool,
    /// Year of the call.
    pub call_year: i32,
    /// The page's language.
    pub language: &'a str,
    /// What is wrong, by path.
    pub problems: BTreeMap<String, String>,
}

/// Problems as sentences, by path; the first of a path counts.
pub fn by_path(language: &str, problems: &[Problem]) -> BTreeMap<String, String> {
    let mut sentences = BTreeMap::new();
    for problem in problems {
        sentences.entry(problem.path.clone()).or_insert_with(|| Words.problem(language, problem));
    }
    sentences
}

/// Spare blank rows for a page without the script; more where a form asks for more.
const SPARE_ROWS: usize = 2;

/// Where a name of the script's blank row has its number.
const PLACE: &str = "__i__";

impl Maker<'_> {
    /// The whole form.
    pub fn sections(&self) -> Vec<SectionInput> {
        let words = Words.of_forms(self.language);
        let context = ViewContext {
            call_year: self.call_year,
            language: self.language,
            reference: self.reference,
            words: &words,
        };
        let sections = form::view(self.programme, self.form, &context).into_iter().map(|section| SectionInput {
            part: format!("{SECTIONS}{}", section.key),
            title: section.title,
            help: section.help,
            fields: section.fields.into_iter().map(|field| self.field(field)).collect(),
        });
        sections.collect()
    }

    fn field(&self, field: form::FieldView) -> FieldInput {
        let figures = field.table();
        let key = field.key;
        let control = match field.input {
            Input::Choices { options } => {
                Control::Several(options.into_iter().map(|o| (o.key, o.label, o.chosen)).collect())
            }
            Input::Years { columns, years } => {
                let heading = |column: form::ColumnView| match column.unit.is_empty() {
                    true => column.label,
                    false => Language::of_tag(self.language).with_addition(&column.label, &column.unit),
                };
                Control::Years(
                    columns.into_iter().map(heading).collect(),
                    years.into_iter().map(|year| (year.year, self.cells(year.cells))).collect(),
                )
            }
            Input::Rows { rows, blank, min, max, .. } => Control::Rows(self.rows(&key, rows, blank, min, max)),
            single => {
                let cell = form::Cell {
                    name: key.clone(),
                    path: key.clone(),
                    label: field.label.clone(),
                    required: field.required,
                    text: String::new(),
                    input: single,
                };
                Control::One(self.cell(cell))
            }
        };
        FieldInput {
            label: field.label,
            help: field.help,
            why: field.reason,
            required: field.required,
            open: self.can_save && self.marks.field(&key),
            reason: self.marks.reason(MarkKind::Field, &key),
            problem: self.problems.get(&key).cloned().unwrap_or_default(),
            lines: field.lines,
            figures,
            control,
            key,
        }
    }

    fn rows(&self, key: &str, rows: Vec<Vec<form::Cell>>, blank: Vec<form::Cell>, min: u32, max: u32) -> Rows {
        let filled = rows.len();
        let left = |count: u32| usize::try_from(count).unwrap_or(usize::MAX).saturating_sub(filled);
        let spare = SPARE_ROWS.max(left(min)).min(left(max));
        let at = |cells: &[form::Cell], place: &str| -> Vec<form::Cell> {
            let from = format!("{key}[{filled}]");
            let to = format!("{key}[{place}]");
            let moved = cells.iter().cloned().map(|mut cell| {
                cell.name = cell.name.replacen(&from, &to, 1);
                cell.path = cell.path.replacen(&from, &to, 1);
                cell
            });
            moved.collect()
        };
        let template = self.cells(at(&blank, PLACE));
        let spares: Vec<_> = (filled..filled + spare).map(|index| at(&blank, &index.to_string())).collect();
        let rows = rows.into_iter().chain(spares).enumerate().map(|(index, cells)| RowInput {
            number: index + 1,
            spare: index >= filled,
            cells: self.cells(cells),
        });
        Rows { rows: rows.collect(), template, next: filled + spare, max }
    }

    fn cells(&self, cells: Vec<form::Cell>) -> Vec<Cell> {
        cells.into_iter().map(|cell| self.cell(cell)).collect()
    }

    fn cell(&self, cell: form::Cell) -> Cell {
        let (kind, value, unit, max, choices) = match cell.input {
            Input::Text { value, max_chars, format } => {
                let kind = match format {
                    None => "text",
                    Some(TextFormat::Email) => "email",
                    Some(TextFormat::Telephone) => "tel",
                };
                (kind, value, String::new(), max_chars, Vec::new())
            }
            Input::LongText { value, max_chars } => ("long", value, String::new(), max_chars, Vec::new()),
            Input::Number { value, unit, decimals, .. } => {
                (if decimals == 0 { "number" } else { "decimal" }, value, unit, 0, Vec::new())
            }
            Input::Date { value, .. } => {
                // A browser shows nothing for a day that it cannot read, and would send nothing back.
                let readable = value.is_empty() || value.parse::<chrono::NaiveDate>().is_ok();
                (if readable { "date" } else { "text" }, value, String::new(), 0, Vec::new())
            }
            Input::Choice { value, options, .. } => {
                ("select", value, String::new(), 0, options.into_iter().map(|o| (o.key, o.label)).collect())
            }
            Input::Choices { .. } | Input::Years { .. } | Input::Rows { .. } => {
                ("text", String::new(), String::new(), 0, Vec::new())
            }
        };
        Cell {
            problem: self.problems.get(&cell.path).cloned().unwrap_or_default(),
            name: cell.name,
            path: cell.path,
            label: cell.label,
            required: cell.required,
            kind,
            value,
            unit,
            max,
            choices,
        }
    }
}

//! Checks on sections, fields and what fields hold.

use std::collections::BTreeSet;

use super::Findings;
use crate::domain::names::Names;
use crate::domain::programme::{Choice, Column, FieldKind, MoneyUnit, Programme, Shape};

/// The longest text that a field may hold; the cap on anything typed is the same.
const MAX_CHARS: u32 = 20_000;

/// The most rows that a field may hold; the cap on anything typed is the same.
const MAX_ROWS: u32 = 200;

/// The most years of a table.
const MAX_YEARS: u32 = 10;

/// The largest bound in any unit: in fen it still fits what every JSON reader keeps exactly.
const MAX_BOUND: i64 = 9_000_000_000;

/// The largest bound of a plain number.
const MAX_NUMBER: i64 = 1_000_000_000_000_000;

pub(super) fn sections(f: &mut Findings, programme: &Programme) {
    if programme.sections.is_empty() {
        f.add("sections", "empty_list", "a selection asks something", "add one [[sections]] at least");
    }
    let mut section_keys = BTreeSet::new();
    let mut field_keys = BTreeSet::new();
    let mut whole_numbers: BTreeSet<&str> = BTreeSet::new();
    for (at, section) in programme.sections.iter().enumerate() {
        let path = format!("sections[{at}]");
        f.key(&path, &section.key, &mut section_keys);
        f.names(&format!("{path}.names"), &section.names);
        f.optional_names(&format!("{path}.help"), &section.help);
        if section.fields.is_empty() {
            f.add(format!("{path}.fields"), "empty_list", "has no field", "add one at least");
        }
        for (at, field) in section.fields.iter().enumerate() {
            let path = format!("{path}.fields[{at}]");
            f.key(&path, &field.key, &mut field_keys);
            f.names(&format!("{path}.names"), &field.names);
            f.optional_names(&format!("{path}.help"), &field.help);
            f.reason(&format!("{path}.reason"), &field.reason);
            kind(f, &format!("{path}.kind.{}", field.kind.name()), &field.kind);
            let names_people = match &field.kind {
                FieldKind::Text { .. } | FieldKind::LongText { .. } => true,
                FieldKind::Rows { columns, .. } => {
                    columns.first().is_some_and(|first| matches!(first.kind, FieldKind::Text { .. }))
                }
                _ => false,
            };
            if field.recuses && !names_people {
                f.add(
                    format!("{path}.recuses"),
                    "contradiction",
                    "the answer names nobody",
                    "write it at a text, or at rows whose first column is a text, or remove it",
                );
            }
            let is_number = matches!(field.kind, FieldKind::WholeNumber { .. });
            if let Some(whole) = &field.at_most
                && !(is_number && whole_numbers.contains(whole.as_str()))
            {
                f.add(
                    format!("{path}.at_most"),
                    "unknown_field",
                    format!("{whole} is no earlier field with a whole number that this one could be a part of"),
                    "write the key of a whole_number field before this one, or remove it",
                );
            }
            if let Some(fact) = field.from_organisation {
                let path = format!("{path}.from_organisation");
                if !fact.fits(&field.kind) {
                    let what = format!("{} cannot be the answer of a {} field", fact.as_text(), field.kind.name());
                    f.add(path, "contradiction", what, "write a fact that the field can hold, or remove it");
                } else if fact.is_personal() && !field.personal {
                    let what = format!("{} is about a person, the field is not", fact.as_text());
                    f.add(path, "contradiction", what, "set personal = true, or remove it");
                }
            }
            if is_number {
                whole_numbers.insert(&field.key);
            }
        }
    }
}

fn kind(f: &mut Findings, path: &str, kind: &FieldKind) {
    match kind {
        FieldKind::Text { max_chars, .. } | FieldKind::LongText { max_chars } => {
            within(f, path, "max_chars", *max_chars, MAX_CHARS);
        }
        FieldKind::WholeNumber { unit, min, max } => {
            f.optional_names(&format!("{path}.unit"), unit);
            bounds(f, path, *min, *max, MAX_NUMBER);
        }
        FieldKind::Money { unit, min, max } => {
            let limit = match unit {
                MoneyUnit::Yuan => MAX_NUMBER / 100,
                MoneyUnit::WanYuan => MAX_BOUND,
            };
            bounds(f, path, *min, *max, limit);
        }
        FieldKind::Date { min, max, .. } => {
            if let (Some(min), Some(max)) = (min, max)
                && max < min
            {
                f.add(format!("{path}.max"), "max_below_min", "is before min", "write a later day");
            }
        }
        FieldKind::OneOf { options } => choices(f, path, options),
        FieldKind::SeveralOf { options, min, max } => {
            choices(f, path, options);
            counts(f, path, *min, *max);
            if usize::try_from(*min).is_ok_and(|min| min > options.len()) {
                f.add(
                    format!("{path}.min"),
                    "out_of_range",
                    "is more than there are options",
                    "lower it or add options",
                );
            }
        }
        FieldKind::TableByYear { years, columns: list } => {
            within(f, path, "years", *years, MAX_YEARS);
            columns(f, path, list, |kind| matches!(kind, FieldKind::WholeNumber { .. } | FieldKind::Money { .. }));
        }
        FieldKind::Rows { min, max, columns: list } => {
            counts(f, path, *min, *max);
            within(f, path, "max", *max, MAX_ROWS);
            columns(f, path, list, |kind| kind.shape() == Shape::Single);
        }
        FieldKind::YesNo | FieldKind::City | FieldKind::Cluster { .. } | FieldKind::IndustryDivision { .. } => {}
    }
}

fn within(f: &mut Findings, path: &str, name: &str, value: u32, limit: u32) {
    if !(1..=limit).contains(&value) {
        f.add(format!("{path}.{name}"), "out_of_range", "is out of range", format!("write 1 to {limit}"));
    }
}

fn bounds(f: &mut Findings, path: &str, min: i64, max: i64, limit: i64) {
    for (name, value) in [("min", min), ("max", max)] {
        if !(-limit..=limit).contains(&value) {
            f.add(format!("{path}.{name}"), "out_of_range", "is out of range", format!("write -{limit} to {limit}"));
        }
    }
    if max < min {
        f.add(format!("{path}.max"), "max_below_min", format!("is below min ({min})"), "raise max or lower min");
    }
}

fn counts(f: &mut Findings, path: &str, min: u32, max: u32) {
    f.at_least_one(&format!("{path}.max"), max);
    if max < min {
        f.add(format!("{path}.max"), "max_below_min", format!("is below min ({min})"), "raise max or lower min");
    }
}

fn choices(f: &mut Findings, path: &str, options: &[Choice]) {
    let mut taken = BTreeSet::new();
    if options.is_empty() {
        f.add(format!("{path}.options"), "empty_list", "there is nothing to choose", "add options");
    }
    for (at, option) in options.iter().enumerate() {
        let path = format!("{path}.options[{at}]");
        f.key(&path, &option.key, &mut taken);
        f.names(&format!("{path}.names"), &option.names);
    }
}

fn columns(f: &mut Findings, path: &str, columns: &[Column], fits: impl Fn(&FieldKind) -> bool) {
    let mut taken = BTreeSet::new();
    if columns.is_empty() {
        f.add(format!("{path}.columns"), "empty_list", "has no column", "add one at least");
    }
    for (at, column) in columns.iter().enumerate() {
        let path = format!("{path}.columns[{at}]");
        f.key(&path, &column.key, &mut taken);
        let names: &Names = &column.names;
        f.names(&format!("{path}.names"), names);
        if fits(&column.kind) {
            kind(f, &format!("{path}.kind.{}", column.kind.name()), &column.kind);
        } else {
            f.add(
                format!("{path}.kind"),
                "column_kind",
                format!("a cell here cannot be {}", column.kind.name()),
                "use whole_number or money in a table by year, any kind with a single value in rows",
            );
        }
    }
}

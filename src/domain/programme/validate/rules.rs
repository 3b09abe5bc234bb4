//! Checks on eligibility rules and on the conditions of documents.

use std::collections::BTreeSet;

use super::Findings;
use crate::domain::eligibility::Check;
use crate::domain::programme::{FieldKind, Programme};

/// How deep tests may be nested.
const MAX_DEPTH: usize = 8;

pub(super) fn rules(f: &mut Findings, programme: &Programme) {
    let mut taken = BTreeSet::new();
    for (at, rule) in programme.rules.iter().enumerate() {
        let path = format!("rules[{at}]");
        f.key(&path, &rule.key, &mut taken);
        f.names(&format!("{path}.names"), &rule.names);
        f.names(&format!("{path}.basis"), &rule.basis);
        check(f, programme, &format!("{path}.check"), &rule.check, 0);
    }
    for (at, document) in programme.documents.iter().enumerate() {
        if let Some(when) = &document.required_when {
            let path = format!("documents[{at}].required_when");
            if asks_documents(when) {
                f.add(&path, "contradiction", "asks about documents", "make it depend on fields of the form only");
            }
            check(f, programme, &path, when, 0);
        }
    }
}

fn asks_documents(check: &Check) -> bool {
    match check {
        Check::DocumentPresent { .. } => true,
        Check::All(checks) | Check::Any(checks) => checks.iter().any(asks_documents),
        Check::Not(check) => asks_documents(check),
        _ => false,
    }
}

fn check(f: &mut Findings, programme: &Programme, path: &str, test: &Check, depth: usize) {
    if depth > MAX_DEPTH {
        f.add(path, "too_deep", "tests are nested too deep", format!("use at most {MAX_DEPTH} levels"));
        return;
    }
    match test {
        Check::AtLeast { field, column, .. } => {
            figure(f, programme, &format!("{path}.at_least"), field, column.as_deref());
        }
        Check::AtMost { field, column, .. } => {
            figure(f, programme, &format!("{path}.at_most"), field, column.as_deref());
        }
        Check::Equals { field, .. } => {
            of_kind(f, programme, &format!("{path}.equals"), field, "a yes_no field", |kind| *kind == FieldKind::YesNo);
        }
        Check::OneOf { field, values } => one_of(f, programme, &format!("{path}.one_of"), field, values),
        Check::EstablishedYears { field, at_least } => {
            let path = format!("{path}.established_years");
            f.at_least_one(&format!("{path}.at_least"), *at_least);
            if let Some(field) = field {
                of_kind(f, programme, &path, field, "a date", |kind| matches!(kind, FieldKind::Date { .. }));
            }
        }
        Check::RowsAtLeast { field, .. } => {
            let path = format!("{path}.rows_at_least");
            of_kind(f, programme, &path, field, "a rows field", |kind| matches!(kind, FieldKind::Rows { .. }));
        }
        Check::DocumentPresent { document } => {
            if programme.document(document).is_none() {
                let path = format!("{path}.document_present.document");
                f.add(path, "unknown_document", "is no kind of document", "name one that documents define");
            }
        }
        Check::All(tests) | Check::Any(tests) => {
            let word = if matches!(test, Check::All(_)) { "all" } else { "any" };
            if tests.is_empty() {
                f.add(format!("{path}.{word}"), "empty_list", "holds no test", "add one at least");
            }
            for (at, test) in tests.iter().enumerate() {
                check(f, programme, &format!("{path}.{word}[{at}]"), test, depth + 1);
            }
        }
        Check::Not(test) => check(f, programme, &format!("{path}.not"), test, depth + 1),
    }
}

fn of_kind(
    f: &mut Findings,
    programme: &Programme,
    path: &str,
    field: &str,
    wanted: &str,
    fits: impl Fn(&FieldKind) -> bool,
) {
    let path = format!("{path}.field");
    match programme.field(field) {
        None => f.add(path, "unknown_field", "is no field of the form", "name a field that sections define"),
        Some(found) if !fits(&found.kind) => f.add(
            path,
            "wrong_field_kind",
            format!("is {}, and the test needs {wanted}", found.kind.name()),
            "name a fitting field or use another test",
        ),
        Some(_) => {}
    }
}

fn figure(f: &mut Findings, programme: &Programme, path: &str, field: &str, column: Option<&str>) {
    let number = |kind: &FieldKind| matches!(kind, FieldKind::WholeNumber { .. } | FieldKind::Money { .. });
    let Some(column) = column else {
        return of_kind(f, programme, path, field, "a whole_number or money (a table_by_year needs column)", number);
    };
    let table = |kind: &FieldKind| matches!(kind, FieldKind::TableByYear { .. });
    of_kind(f, programme, path, field, "a table_by_year, because it names a column", table);
    if let Some(found) = programme.field(field).filter(|found| table(&found.kind))
        && !found.kind.columns().iter().any(|known| known.key == column)
    {
        f.add(format!("{path}.column"), "unknown_column", "is no column of the table", "name one of its columns");
    }
}

fn one_of(f: &mut Findings, programme: &Programme, path: &str, field: &str, values: &[String]) {
    of_kind(f, programme, path, field, "a choice, city, cluster or industry_division", |kind| {
        matches!(
            kind,
            FieldKind::OneOf { .. }
                | FieldKind::SeveralOf { .. }
                | FieldKind::City
                | FieldKind::Cluster { .. }
                | FieldKind::IndustryDivision { .. }
        )
    });
    if values.is_empty() {
        f.add(format!("{path}.values"), "empty_list", "nothing can be one of none", "add values");
    }
    let Some(FieldKind::OneOf { options } | FieldKind::SeveralOf { options, .. }) =
        programme.field(field).map(|found| &found.kind)
    else {
        return;
    };
    for (at, value) in values.iter().enumerate() {
        if !options.iter().any(|option| option.key == *value) {
            f.add(
                format!("{path}.values[{at}]"),
                "unknown_option",
                "is no option of the field",
                "use the key of an option",
            );
        }
    }
}

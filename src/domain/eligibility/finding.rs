//! What the machine finds.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::Check;
use crate::domain::form::{Checked, Problem, Value, fen_text};
use crate::domain::names::Names;
use crate::domain::programme::{DocumentKind, FieldKind, Programme};
use crate::domain::text::text_enum;

text_enum!(
    /// What a rule's test comes to.
    Outcome as "FindingOutcome" {
        /// It holds.
        Met = "met",
        /// It does not hold.
        NotMet = "not_met",
        /// A value that it needs is missing or wrong.
        Unknown = "unknown",
    }
);

/// What is known beside the form.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// How many documents of each kind there are.
    pub documents: &'a BTreeMap<String, u32>,
    /// When the organisation was founded.
    pub established_on: Option<NaiveDate>,
    /// The local day of the finding.
    pub today: NaiveDate,
    /// The language in which findings name fields and options.
    pub language: &'a str,
}

/// What the machine finds for one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Finding {
    /// The rule's key.
    pub rule: String,
    /// What its test comes to.
    pub outcome: Outcome,
    /// Each figure beside its threshold.
    pub details: Vec<Detail>,
}

/// One figure beside its threshold; the sentence is in the locale files under `finding-<code>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Detail {
    /// Stable code.
    pub code: String,
    /// What this single test comes to, before any `not` around it.
    pub outcome: Outcome,
    /// What the sentence names.
    pub args: BTreeMap<String, String>,
}

impl Detail {
    fn new(code: &str, outcome: Outcome) -> Detail {
        Detail { code: code.to_string(), outcome, args: BTreeMap::new() }
    }

    fn with(mut self, name: &str, value: impl ToString) -> Detail {
        self.args.insert(name.to_string(), value.to_string());
        self
    }
}

/// What the machine finds for each rule, in the order of the programme.
pub fn findings(programme: &Programme, checked: &Checked, facts: &Facts<'_>) -> Vec<Finding> {
    let finder = Finder { programme, checked, facts };
    programme
        .rules
        .iter()
        .map(|rule| {
            let mut details = Vec::new();
            let outcome = finder.outcome(&rule.check, &mut details);
            Finding { rule: rule.key.clone(), outcome, details }
        })
        .collect()
}

/// How many documents of each kind there are, of kinds and digests of contents: the same content twice proves nothing twice.
pub fn counted<'a>(documents: impl IntoIterator<Item = (&'a str, &'a str)>) -> BTreeMap<String, u32> {
    let distinct: BTreeSet<(&str, &str)> = documents.into_iter().collect();
    let mut counts = BTreeMap::new();
    for (kind, _) in distinct {
        *counts.entry(kind.to_string()).or_insert(0) += 1;
    }
    counts
}

/// Whether a document of this kind is asked for, by itself or by what the form says. A condition that cannot be judged yet asks for
/// nothing.
pub fn is_wanted(programme: &Programme, document: &DocumentKind, checked: &Checked, facts: &Facts<'_>) -> bool {
    let finder = Finder { programme, checked, facts };
    let holds = |check: &Check| finder.outcome(check, &mut Vec::new()) == Outcome::Met;
    document.required || document.required_when.as_ref().is_some_and(holds)
}

/// Documents that are asked for and not there; and kinds with too many.
pub fn documents_missing(programme: &Programme, checked: &Checked, facts: &Facts<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for document in &programme.documents {
        let found = facts.documents.get(&document.key).copied().unwrap_or_default();
        let wanted = is_wanted(programme, document, checked, facts);
        let problem = |code| {
            let problem = Problem::new(&format!("documents.{}", document.key), code);
            problem.with("document", document.names.in_language(facts.language)).with("found", found)
        };
        if found > document.max_count {
            problems.push(problem("document_too_many").with("max", document.max_count));
        } else if found < document.min_count && (wanted || found > 0) {
            problems.push(problem("document_missing").with("min", document.min_count));
        }
    }
    problems
}

struct Finder<'a> {
    programme: &'a Programme,
    checked: &'a Checked,
    facts: &'a Facts<'a>,
}

fn met(holds: bool) -> Outcome {
    if holds { Outcome::Met } else { Outcome::NotMet }
}

impl Finder<'_> {
    fn say<'b>(&self, names: &'b Names) -> &'b str {
        names.in_language(self.facts.language)
    }

    fn label(&self, field: &str) -> &str {
        self.programme.field(field).map(|field| self.say(&field.names)).unwrap_or_default()
    }

    fn unknown(&self, field: &str) -> Detail {
        Detail::new("unknown", Outcome::Unknown).with("field", self.label(field))
    }

    fn outcome(&self, check: &Check, details: &mut Vec<Detail>) -> Outcome {
        let detail = match check {
            Check::All(checks) => return self.several(checks, Outcome::NotMet, details),
            Check::Any(checks) => return self.several(checks, Outcome::Met, details),
            Check::Not(check) => {
                return match self.outcome(check, details) {
                    Outcome::Met => Outcome::NotMet,
                    Outcome::NotMet => Outcome::Met,
                    Outcome::Unknown => Outcome::Unknown,
                };
            }
            Check::AtLeast { field, column, value } => self.figure("at_least", field, column.as_deref(), *value),
            Check::AtMost { field, column, value } => self.figure("at_most", field, column.as_deref(), *value),
            Check::Equals { field, value } => self.equals(field, *value),
            Check::OneOf { field, values } => self.one_of(field, values),
            Check::EstablishedYears { field, at_least } => self.established(field.as_deref(), *at_least),
            Check::RowsAtLeast { field, value } => self.rows(field, *value),
            Check::DocumentPresent { document } => self.document(document),
        };
        let outcome = detail.outcome;
        details.push(detail);
        outcome
    }

    /// Every test is looked at, so that every figure is named; `decisive` alone decides, then anything unknown.
    fn several(&self, checks: &[Check], decisive: Outcome, details: &mut Vec<Detail>) -> Outcome {
        let outcomes: Vec<Outcome> = checks.iter().map(|check| self.outcome(check, details)).collect();
        if outcomes.contains(&decisive) {
            decisive
        } else if outcomes.contains(&Outcome::Unknown) {
            Outcome::Unknown
        } else if decisive == Outcome::Met {
            Outcome::NotMet
        } else {
            Outcome::Met
        }
    }

    fn figure(&self, test: &str, key: &str, column: Option<&str>, limit: i64) -> Detail {
        let Some((found, kind, label)) = self.latest(key, column) else { return self.unknown(key) };
        let holds = |found: i64, limit: i64| met(if test == "at_least" { found >= limit } else { found <= limit });
        match (found, kind) {
            (Value::Money(fen), FieldKind::Money { unit, .. }) => {
                let detail = Detail::new(&format!("money_{test}"), holds(*fen, limit.saturating_mul(unit.fen())));
                detail.with("field", label).with("found", fen_text(*fen, *unit)).with("limit", limit).with("unit", unit)
            }
            (Value::WholeNumber(number), FieldKind::WholeNumber { unit, .. }) => {
                let detail = Detail::new(&format!("number_{test}"), holds(*number, limit));
                detail.with("field", label).with("found", number).with("limit", limit).with("unit", self.say(unit))
            }
            _ => self.unknown(key),
        }
    }

    /// A figure with its kind and label; of a table, that of the latest year.
    fn latest(&self, key: &str, column: Option<&str>) -> Option<(&Value, &FieldKind, String)> {
        let field = self.programme.field(key)?;
        match (self.checked.values.get(key)?, column) {
            (Value::Years(years), Some(column)) => {
                let (year, cells) = years.last_key_value()?;
                let known = field.kind.columns().iter().find(|known| known.key == column)?;
                let label = format!("{} {year} · {}", self.say(&field.names), self.say(&known.names));
                Some((cells.get(column)?, &known.kind, label))
            }
            (value, None) => Some((value, &field.kind, self.say(&field.names).to_string())),
            _ => None,
        }
    }

    fn equals(&self, field: &str, wanted: bool) -> Detail {
        let Some(Value::YesNo(found)) = self.checked.values.get(field) else { return self.unknown(field) };
        let word = |answer: bool| if answer { "yes" } else { "no" };
        let detail = Detail::new("equals", met(*found == wanted)).with("field", self.label(field));
        detail.with("found", word(*found)).with("limit", word(wanted))
    }

    fn one_of(&self, field: &str, wanted: &[String]) -> Detail {
        let found: Vec<&String> = match self.checked.values.get(field) {
            Some(Value::Choice(choice)) => vec![choice],
            Some(Value::Choices(choices)) => choices.iter().collect(),
            _ => return self.unknown(field),
        };
        let holds = found.iter().any(|choice| wanted.contains(choice));
        let words = |keys: &mut dyn Iterator<Item = &String>| {
            keys.map(|key| self.option(field, key)).collect::<Vec<_>>().join(" / ")
        };
        let detail = Detail::new("one_of", met(holds)).with("field", self.label(field));
        detail.with("found", words(&mut found.into_iter())).with("limit", words(&mut wanted.iter()))
    }

    /// The words of an option; a code of the reference data stays a code.
    fn option<'b>(&'b self, field: &str, key: &'b str) -> &'b str {
        match self.programme.field(field).map(|field| &field.kind) {
            Some(FieldKind::OneOf { options } | FieldKind::SeveralOf { options, .. }) => {
                options.iter().find(|option| option.key == key).map_or(key, |option| self.say(&option.names))
            }
            _ => key,
        }
    }

    fn established(&self, field: Option<&str>, at_least: u32) -> Detail {
        let date = match field {
            None => self.facts.established_on,
            Some(field) => match self.checked.values.get(field) {
                Some(Value::Date(date)) => Some(*date),
                _ => None,
            },
        };
        let Some(date) = date else {
            return match field {
                Some(field) => self.unknown(field),
                None => Detail::new("established_unknown", Outcome::Unknown).with("limit", at_least),
            };
        };
        let years = full_years(date, self.facts.today);
        let detail = Detail::new("established_years", met(years >= i64::from(at_least)));
        detail.with("date", date).with("found", years).with("limit", at_least)
    }

    fn rows(&self, field: &str, limit: u32) -> Detail {
        let found = match self.checked.values.get(field) {
            Some(Value::Rows(rows)) => rows.len(),
            _ => 0,
        };
        let holds = usize::try_from(limit).is_ok_and(|limit| found >= limit);
        let detail = Detail::new("rows_at_least", met(holds)).with("field", self.label(field));
        detail.with("found", found).with("limit", limit)
    }

    fn document(&self, key: &str) -> Detail {
        let found = self.facts.documents.get(key).copied().unwrap_or_default();
        let name = self.programme.document(key).map(|document| self.say(&document.names)).unwrap_or_default();
        Detail::new("document_present", met(found > 0)).with("document", name).with("found", found)
    }
}

/// Birthdays passed: the day of the month counts, and 29 February is passed on 1 March.
fn full_years(from: NaiveDate, today: NaiveDate) -> i64 {
    let years = i64::from(today.year()) - i64::from(from.year());
    let passed = (today.month(), today.day()) >= (from.month(), from.day());
    (if passed { years } else { years - 1 }).max(0)
}

#[cfg(test)]
mod tests;

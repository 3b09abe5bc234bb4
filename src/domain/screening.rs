//! The check list of the department's screening (形式审查): what the machine finds beside what the officer finds, and
//! when a file may be accepted.

use super::calendar::local_date_text;
use super::eligibility::{Detail, Finding, Outcome};
use super::form::Problem;
use super::names::Names;
use super::programme::{FieldKind, Programme};
use super::status::Conclusion;
use super::text::text_enum;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Key of the item that is on every check list: all documents are there and legible.
pub const MATERIALS: &str = "materials_complete";
/// Key of the item that is on the check list of a file whose lead has a code with a wrong check character that no officer has accepted.
pub const LEAD_CODE: &str = "lead_code";
/// Key of the item that is on the check list of a consortium with a code whose check character is wrong. The officer who accepts it says why.
pub const MEMBER_CODES: &str = "member_codes";
/// Characters of a note.
pub const NOTE_LENGTH: usize = 500;

text_enum!(
    /// What the officer finds.
    Verdict {
        /// Met.
        Met = "met",
        /// Not met.
        NotMet = "not_met",
        /// The file does not show it.
        Unclear = "unclear",
    }
);

/// The officer's finding for one item.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficerFinding {
    /// Key of the rule, or `materials_complete`.
    pub rule: String,
    /// What the officer finds.
    pub verdict: Verdict,
    /// Why; at most 500 characters; required where it differs from the machine's finding.
    #[serde(default)]
    pub note: String,
}

/// One item as it was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CheckedItem {
    /// Key of the rule, or `materials_complete`.
    pub rule: String,
    /// What the machine found.
    pub machine: Outcome,
    /// Each figure beside its threshold: code and what its sentence names.
    pub figures: Vec<Figure>,
    /// What the officer found.
    pub verdict: Verdict,
    /// Why.
    pub note: String,
}

/// A figure beside its threshold; the sentence is in the locale files under `finding-<code>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Figure {
    /// Stable code.
    pub code: String,
    /// What the sentence names.
    pub args: BTreeMap<String, String>,
}

impl From<&Detail> for Figure {
    fn from(detail: &Detail) -> Figure {
        Figure { code: detail.code.clone(), args: detail.args.clone() }
    }
}

/// A figure as a reader of this language gets it: what is kept names fields, units, options and documents in simplified
/// Chinese, and days as machines write them. Whatever is no name of the programme stays as it is.
pub fn figure_in(figure: &Figure, programme: &Programme, language: &str) -> Figure {
    let mut names: BTreeMap<&str, &Names> = BTreeMap::new();
    for known in names_of(programme) {
        names.entry(known.zh_cn.as_str()).or_insert(known);
    }
    let say = |text: &str| names.get(text).map_or_else(|| text.to_string(), |n| n.in_language(language).to_string());
    let said = |name: &str, text: &str| match name {
        // A column of a table is named with its field and the year: `经营情况 2025 · 营业收入`.
        "field" if !names.contains_key(text) => {
            let parts = text.split_once(" · ");
            let parts = parts.and_then(|(before, column)| before.rsplit_once(' ').map(|(of, year)| (of, year, column)));
            parts.map_or_else(|| text.to_string(), |(of, year, column)| format!("{} {year} · {}", say(of), say(column)))
        }
        "field" | "unit" | "document" => say(text),
        "found" | "limit" if figure.code == "one_of" => text.split(" / ").map(say).collect::<Vec<_>>().join(" / "),
        "date" => text.parse::<NaiveDate>().map_or_else(|_| text.to_string(), local_date_text),
        _ => text.to_string(),
    };
    let args = figure.args.iter().map(|(name, text)| (name.clone(), said(name, text)));
    Figure { code: figure.code.clone(), args: args.collect() }
}

/// Every name that a figure can hold.
fn names_of(programme: &Programme) -> Vec<&Names> {
    fn of_kind(kind: &FieldKind) -> Vec<&Names> {
        match kind {
            FieldKind::WholeNumber { unit, .. } => vec![unit],
            FieldKind::OneOf { options } | FieldKind::SeveralOf { options, .. } => {
                options.iter().map(|option| &option.names).collect()
            }
            _ => Vec::new(),
        }
    }
    let mut names: Vec<&Names> = programme.documents.iter().map(|document| &document.names).collect();
    for field in programme.fields() {
        names.push(&field.names);
        names.extend(of_kind(&field.kind));
        for column in field.kind.columns() {
            names.push(&column.names);
            names.extend(of_kind(&column.kind));
        }
    }
    names
}

/// Whether a verdict says the opposite of the machine. What the machine could not tell, the officer may say freely.
pub fn differs(machine: Outcome, verdict: Verdict) -> bool {
    match machine {
        Outcome::Met => verdict != Verdict::Met,
        Outcome::NotMet => verdict != Verdict::NotMet,
        Outcome::Unknown => false,
    }
}

/// Puts the officer's findings beside the machine's, in the order of the check list.
///
/// # Errors
/// `verdict_missing`, `verdict_unknown`, `verdict_twice`, `verdict_note_missing`, `verdict_note_too_long`,
/// `accept_needs_all_met`, `ineligible_needs_not_met`; the path is `findings.<rule>` or `conclusion`.
pub fn check_list(
    machine: &[Finding],
    officer: &[OfficerFinding],
    conclusion: Conclusion,
) -> Result<Vec<CheckedItem>, Vec<Problem>> {
    let mut problems = Vec::new();
    for (index, sent) in officer.iter().enumerate() {
        let shown: String = sent.rule.chars().take(60).collect();
        if !machine.iter().any(|finding| finding.rule == sent.rule) {
            problems.push(Problem::new(&path(&shown), "verdict_unknown").with("rule", &shown));
        } else if officer.iter().take(index).any(|other| other.rule == sent.rule) {
            problems.push(Problem::new(&path(&shown), "verdict_twice"));
        }
    }
    let mut items = Vec::new();
    for finding in machine {
        let Some(sent) = officer.iter().find(|sent| sent.rule == finding.rule) else {
            problems.push(Problem::new(&path(&finding.rule), "verdict_missing"));
            continue;
        };
        let note: String = sent.note.chars().filter(|c| !c.is_control() || *c == '\n').collect();
        let note = note.trim().to_string();
        let length = note.chars().count();
        let note_path = format!("{}.note", path(&finding.rule));
        if length > NOTE_LENGTH {
            problems.push(
                Problem::new(&note_path, "verdict_note_too_long").with("limit", NOTE_LENGTH).with("found", length),
            );
        } else if note.is_empty() && differs(finding.outcome, sent.verdict) {
            problems.push(Problem::new(&note_path, "verdict_note_missing"));
        }
        items.push(CheckedItem {
            rule: finding.rule.clone(),
            machine: finding.outcome,
            figures: finding.details.iter().map(Figure::from).collect(),
            verdict: sent.verdict,
            note,
        });
    }
    let not_met = |item: &CheckedItem| item.verdict == Verdict::NotMet;
    match conclusion {
        Conclusion::Accepted if items.iter().any(|item| item.verdict != Verdict::Met) => {
            problems.push(Problem::new("conclusion", "accept_needs_all_met"));
        }
        Conclusion::Ineligible if !items.iter().any(not_met) => {
            problems.push(Problem::new("conclusion", "ineligible_needs_not_met"));
        }
        _ => {}
    }
    if problems.is_empty() { Ok(items) } else { Err(problems) }
}

fn path(rule: &str) -> String {
    format!("findings.{rule}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine() -> Vec<Finding> {
        [("served", Outcome::Met), ("age", Outcome::NotMet), (MATERIALS, Outcome::Unknown)]
            .map(|(rule, outcome)| Finding { rule: rule.into(), outcome, details: Vec::new() })
            .to_vec()
    }

    fn officer(verdicts: [(&str, Verdict, &str); 3]) -> Vec<OfficerFinding> {
        verdicts.map(|(rule, verdict, note)| OfficerFinding { rule: rule.into(), verdict, note: note.into() }).to_vec()
    }

    fn codes(result: Result<Vec<CheckedItem>, Vec<Problem>>) -> Vec<String> {
        result.expect_err("a refusal").into_iter().map(|p| format!("{} {}", p.path, p.code)).collect()
    }

    #[test]
    fn what_was_found_is_said_in_the_readers_language() {
        let text = include_str!("../../config/programmes/service_provider.toml");
        let programme = Programme::parse("service_provider.toml", text).expect("a programme");
        let said = |code: &str, args: &[(&str, &str)], language: &str| {
            let args = args.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
            let figure = figure_in(&Figure { code: code.into(), args }, &programme, language);
            figure.args.into_values().collect::<Vec<_>>()
        };
        let served = [("field", "累计服务工业企业数"), ("found", "94"), ("unit", "家")];
        assert_eq!(said("number_at_least", &served, "en"), ["Industrial enterprises served", "94", "enterprises"]);
        assert_eq!(said("number_at_least", &served, "zh-CN"), ["累计服务工业企业数", "94", "家"]);
        let founded = [("date", "2016-03-15"), ("found", "9")];
        assert_eq!(said("established_years", &founded, "zh-TW"), ["2016年3月15日", "9"]);
        // What is no name stays, whatever it looks like.
        let other = [("date", "x"), ("field", "甲 2025 · 乙"), ("unit", "wan_yuan")];
        assert_eq!(said("money_at_least", &other, "en"), ["x", "甲 2025 · 乙", "wan_yuan"]);
        let finances = programme.field("finances").expect("a field");
        let column = finances.kind.columns().first().expect("a column");
        let label = format!("{} 2025 · {}", finances.names.zh_cn, column.names.zh_cn);
        let english = format!("{} 2025 · {}", finances.names.en, column.names.en);
        assert_eq!(said("money_at_least", &[("field", label.as_str())], "en"), [english]);
    }

    #[test]
    fn a_verdict_against_the_machine_needs_a_note() {
        let sent = officer([("served", Verdict::Met, ""), ("age", Verdict::Met, " "), (MATERIALS, Verdict::Met, "")]);
        let result = check_list(&machine(), &sent, Conclusion::Accepted);
        assert_eq!(codes(result), ["findings.age.note verdict_note_missing"]);
        let sent = officer([
            ("served", Verdict::Met, ""),
            ("age", Verdict::Met, "营业执照为证"),
            (MATERIALS, Verdict::Met, ""),
        ]);
        let items = check_list(&machine(), &sent, Conclusion::Accepted).expect("accepted");
        assert_eq!(items.iter().map(|i| i.rule.as_str()).collect::<Vec<_>>(), ["served", "age", MATERIALS]);
    }

    #[test]
    fn every_item_gets_one_verdict_and_nothing_else_does() {
        let sent = officer([("served", Verdict::Met, ""), ("served", Verdict::Met, ""), ("x", Verdict::Met, "")]);
        let found = codes(check_list(&machine(), &sent, Conclusion::Accepted));
        assert_eq!(
            found,
            [
                "findings.served verdict_twice",
                "findings.x verdict_unknown",
                "findings.age verdict_missing",
                "findings.materials_complete verdict_missing",
            ]
        );
    }

    #[test]
    fn the_conclusion_follows_from_the_verdicts() {
        let unclear =
            officer([("served", Verdict::Met, ""), ("age", Verdict::Unclear, "看不清"), (MATERIALS, Verdict::Met, "")]);
        for (conclusion, code) in
            [(Conclusion::Accepted, "accept_needs_all_met"), (Conclusion::Ineligible, "ineligible_needs_not_met")]
        {
            let found = codes(check_list(&machine(), &unclear, conclusion));
            assert_eq!(found, [format!("conclusion {code}")]);
        }
        let not_met =
            officer([("served", Verdict::Met, ""), ("age", Verdict::NotMet, ""), (MATERIALS, Verdict::Met, "")]);
        assert!(check_list(&machine(), &not_met, Conclusion::Ineligible).is_ok());
    }
}

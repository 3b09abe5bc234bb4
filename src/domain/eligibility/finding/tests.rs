//! Findings over the real programmes and over every kind of test.

use super::*;
use crate::domain::eligibility::EligibilityRule;

fn programme() -> Programme {
    Programme::parse("p", include_str!("../../../../config/programmes/service_provider.toml")).unwrap()
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn checked() -> Checked {
    let year = |fen| BTreeMap::from([("service_revenue".to_string(), Value::Money(fen))]);
    let values = BTreeMap::from([
        ("served_enterprises".to_string(), Value::WholeNumber(20)),
        ("established_on".to_string(), Value::Date(day(2023, 5, 2))),
        ("ownership".to_string(), Value::Choice("private".into())),
        ("service_fields".to_string(), Value::Choices(vec!["cloud".into(), "data".into()])),
        ("contract_total".to_string(), Value::Money(4_999_999_999)),
        ("has_discount".to_string(), Value::YesNo(true)),
        ("cases".to_string(), Value::Rows(vec![BTreeMap::new(); 3])),
        ("finances".to_string(), Value::Years(BTreeMap::from([(2024, year(1)), (2025, year(500_000_000))]))),
    ]);
    Checked { values, ..Checked::default() }
}

fn found(check: &str) -> Finding {
    let mut programme = programme();
    programme.rules = vec![EligibilityRule {
        key: "rule".into(),
        names: Names::default(),
        basis: Names::default(),
        check: serde_json::from_str(check).unwrap(),
    }];
    let documents = BTreeMap::from([("licence".to_string(), 1)]);
    let facts = Facts {
        documents: &documents,
        established_on: Some(day(2024, 2, 29)),
        today: day(2026, 5, 1),
        language: "zh-CN",
    };
    findings(&programme, &checked(), &facts).remove(0)
}

#[test]
fn every_test_says_figure_and_threshold() {
    use Outcome::{Met, NotMet, Unknown};
    for (check, outcome, code, figure) in [
        (r#"{"at_least":{"field":"served_enterprises","value":20}}"#, Met, "number_at_least", "20"),
        (r#"{"at_least":{"field":"served_enterprises","value":21}}"#, NotMet, "number_at_least", "20"),
        (r#"{"at_most":{"field":"served_enterprises","value":19}}"#, NotMet, "number_at_most", "20"),
        (r#"{"at_least":{"field":"contract_total","value":5000}}"#, NotMet, "money_at_least", "4999.999999"),
        (r#"{"at_most":{"field":"contract_total","value":5000}}"#, Met, "money_at_most", "4999.999999"),
        (r#"{"at_least":{"field":"finances","column":"service_revenue","value":500}}"#, Met, "money_at_least", "500"),
        (r#"{"equals":{"field":"has_discount","value":false}}"#, NotMet, "equals", "yes"),
        (r#"{"one_of":{"field":"ownership","values":["state","private"]}}"#, Met, "one_of", "民营"),
        (r#"{"one_of":{"field":"service_fields","values":["security"]}}"#, NotMet, "one_of", "云服务 / 数据采集与治理"),
        (r#"{"established_years":{"field":"established_on","at_least":3}}"#, NotMet, "established_years", "2"),
        (r#"{"established_years":{"at_least":2}}"#, Met, "established_years", "2"),
        (r#"{"rows_at_least":{"field":"cases","value":3}}"#, Met, "rows_at_least", "3"),
        (r#"{"rows_at_least":{"field":"products","value":1}}"#, NotMet, "rows_at_least", "0"),
        (r#"{"document_present":{"document":"audit"}}"#, NotMet, "document_present", "0"),
    ] {
        let finding = found(check);
        let detail = &finding.details[0];
        assert_eq!((finding.outcome, detail.code.as_str()), (outcome, code), "{check}");
        assert_eq!(detail.args["found"], figure, "{check}");
    }
    for check in [
        r#"{"at_least":{"field":"staff","value":1}}"#,
        r#"{"at_least":{"field":"finances","column":"research","value":1}}"#,
        r#"{"equals":{"field":"truthful","value":true}}"#,
        r#"{"one_of":{"field":"provider_type","values":["product"]}}"#,
    ] {
        assert_eq!((found(check).outcome, found(check).details[0].code.as_str()), (Unknown, "unknown"), "{check}");
    }
}

#[test]
fn combinations_keep_what_is_unknown() {
    use Outcome::{Met, NotMet, Unknown};
    let yes = r#"{"document_present":{"document":"licence"}}"#;
    let no = r#"{"document_present":{"document":"audit"}}"#;
    let open = r#"{"equals":{"field":"truthful","value":true}}"#;
    for (check, outcome) in [
        (format!(r#"{{"all":[{yes},{yes}]}}"#), Met),
        (format!(r#"{{"all":[{yes},{open}]}}"#), Unknown),
        (format!(r#"{{"all":[{no},{open}]}}"#), NotMet),
        (format!(r#"{{"any":[{no},{no}]}}"#), NotMet),
        (format!(r#"{{"any":[{no},{open}]}}"#), Unknown),
        (format!(r#"{{"any":[{yes},{open}]}}"#), Met),
        (format!(r#"{{"not":{yes}}}"#), NotMet),
        (format!(r#"{{"not":{open}}}"#), Unknown),
    ] {
        let finding = found(&check);
        assert_eq!(finding.outcome, outcome, "{check}");
        assert_eq!(finding.details.len(), if check.starts_with(r#"{"not"#) { 1 } else { 2 });
    }
}

#[test]
fn years_are_full_on_the_day() {
    for (from, today, years) in [
        (day(2023, 5, 1), day(2026, 5, 1), 3),
        (day(2023, 5, 2), day(2026, 5, 1), 2),
        (day(2024, 2, 29), day(2025, 2, 28), 0),
        (day(2024, 2, 29), day(2025, 3, 1), 1),
        (day(2030, 1, 1), day(2026, 1, 1), 0),
    ] {
        assert_eq!(full_years(from, today), years, "{from} {today}");
    }
}

#[test]
fn the_same_content_twice_is_one_document() {
    let found = counted([("audit", "a"), ("audit", "a"), ("audit", "b"), ("licence", "a")]);
    assert_eq!(found, BTreeMap::from([("audit".to_string(), 2), ("licence".to_string(), 1)]));
    assert!(counted([]).is_empty());
}

#[test]
fn what_is_asked_for_is_asked_for_whatever_is_there() {
    let programme = programme();
    let discount = programme.document("discount_proof").unwrap();
    for there in [0, 1] {
        let documents = BTreeMap::from([("discount_proof".to_string(), there)]);
        let facts = Facts { documents: &documents, established_on: None, today: day(2026, 5, 1), language: "zh-CN" };
        assert!(is_wanted(&programme, discount, &checked(), &facts), "{there}");
        assert!(!is_wanted(&programme, discount, &Checked::default(), &facts), "{there}");
    }
}

#[test]
fn documents_are_asked_for_by_the_form() {
    let programme = programme();
    let documents = BTreeMap::from([("licence".to_string(), 2), ("audit".to_string(), 1), ("other".to_string(), 1)]);
    let facts = Facts { documents: &documents, established_on: None, today: day(2026, 5, 1), language: "zh-CN" };
    let told = |checked: &Checked| -> BTreeSet<(String, String)> {
        let problems = documents_missing(&programme, checked, &facts);
        problems.into_iter().map(|problem| (problem.path, problem.code)).collect()
    };
    let of = |path: &str, code: &str| (format!("documents.{path}"), code.to_string());
    let always = [
        of("licence", "document_too_many"),
        of("commitment", "document_missing"),
        of("audit", "document_missing"),
        of("case_contracts", "document_missing"),
    ];
    assert_eq!(told(&Checked::default()), BTreeSet::from(always.clone()));
    let mut with_discount = BTreeSet::from(always);
    with_discount.insert(of("discount_proof", "document_missing"));
    assert_eq!(told(&checked()), with_discount);
}

/// Every detail has its sentence.
#[test]
fn every_finding_has_its_words() {
    let words = include_str!("../../../locales/zh-CN/form.ftl");
    let codes = [
        "number_at_least",
        "number_at_most",
        "money_at_least",
        "money_at_most",
        "equals",
        "one_of",
        "established_years",
        "established_unknown",
        "rows_at_least",
        "document_present",
        "unknown",
    ];
    for code in codes {
        assert!(words.contains(&format!("\nfinding-{code} = ")), "{code}");
    }
}

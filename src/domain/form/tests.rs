//! Answers from the page to the judgement, over the real programmes.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::domain::programme::OrganisationFact;
use crate::domain::reference::{Reference, ReferenceFiles};

static REFERENCE: LazyLock<Reference> = LazyLock::new(|| Reference::load(&ReferenceFiles::BUNDLED).unwrap());
static PROVIDER: LazyLock<Programme> =
    LazyLock::new(|| Programme::parse("p", include_str!("../../../config/programmes/service_provider.toml")).unwrap());
static WORDS: LazyLock<ViewWords> =
    LazyLock::new(|| ViewWords { yes: "是".into(), no: "否".into(), yuan: "元".into(), wan_yuan: "万元".into() });

fn context() -> CheckContext<'static> {
    let today = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
    CheckContext { call_year: 2026, today, language: "zh-CN", reference: &REFERENCE }
}

fn view_context() -> ViewContext<'static> {
    ViewContext { call_year: 2026, language: "zh-CN", reference: &REFERENCE, words: &WORDS }
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

fn received(list: &[(&str, &str)]) -> Received {
    RawForm::from_pairs(&PROVIDER, &pairs(list))
}

/// A complete and right form.
fn complete() -> RawForm {
    let year = json!({"revenue": "12,000.5", "service_revenue": "800", "profit": "-10", "research": "300"});
    let case = json!({"enterprise": "甲公司", "division": "C38", "city": "440600", "amount": "120",
        "completed_on": "2025-06-30", "content": "上云", "effect": "提效 20%"});
    let form = json!({
        "address": "广州市天河区", "main_service_city": "440100", "established_on": "2015年3月1日", "ownership": "private",
        "registered_capital": 5000, "staff": "１２０", "technical_staff": 80, "profile": "简介",
        "legal_representative": "张三", "contact_name": "李四", "contact_phone": "020-00000000",
        "contact_email": "a@example.com", "provider_type": "comprehensive", "service_fields": ["software", "cloud"],
        "divisions": ["C38", "C39"], "products": [{"name": "云", "field": "车间", "customers": 10, "own": true}],
        "service_team": "团队", "finances": {"2023": year, "2024": year, "2025": year}, "invention_patents": 2,
        "software_copyrights": "0", "standards": 0, "key_technology": "技术", "served_enterprises": 30,
        "served_above_scale": 10, "served_in_province": 20, "service_effect": "成效", "contract_total": "0.000001",
        "cases": [case.clone(), case.clone(), case], "has_discount": false, "truthful": true, "no_accident": true,
        "no_discredit": true, "publicity": true,
    });
    RawForm::from_json(&PROVIDER, form).unwrap()
}

fn problem<'a>(problems: &'a [Problem], path: &str) -> &'a Problem {
    problems.iter().find(|problem| problem.path == path).unwrap_or_else(|| panic!("{path} not in {problems:#?}"))
}

#[test]
fn a_complete_form_is_read_as_meant() {
    let checked = check(&PROVIDER, &complete(), &context());
    assert!(checked.is_complete(), "{:#?} {:#?}", checked.problems, checked.missing);
    assert_eq!(checked.values["staff"], Value::WholeNumber(120));
    assert_eq!(checked.values["contract_total"], Value::Money(1));
    assert_eq!(checked.values["established_on"], Value::Date(NaiveDate::from_ymd_opt(2015, 3, 1).unwrap()));
    assert_eq!(checked.values["has_discount"], Value::YesNo(false));
    assert_eq!(checked.values["service_fields"], Value::Choices(vec!["software".into(), "cloud".into()]));
    let Value::Years(years) = &checked.values["finances"] else { panic!() };
    assert_eq!(years.keys().copied().collect::<Vec<_>>(), [2023, 2024, 2025]);
    assert_eq!(years[&2025]["revenue"], Value::Money(12_000_500_000));
    assert_eq!(years[&2025]["profit"], Value::Money(-10_000_000));
    assert!(matches!(&checked.values["cases"], Value::Rows(rows) if rows.len() == 3));
}

#[test]
fn an_empty_form_misses_exactly_what_is_required() {
    let checked = check(&PROVIDER, &RawForm::default(), &context());
    assert!(checked.problems.is_empty() && checked.values.is_empty());
    let fields: BTreeSet<&str> = checked.missing.iter().map(Problem::field).collect();
    let required: BTreeSet<&str> =
        PROVIDER.fields().filter(|field| field.required).map(|field| field.key.as_str()).collect();
    assert_eq!(fields, required);
    assert_eq!(problem(&checked.missing, "finances[2024].revenue").args["field"], "经营数据 2024 · 营业收入");
    assert!(!checked.missing.iter().any(|problem| problem.path.ends_with(".tax")));
    assert_eq!(problem(&checked.missing, "cases").args["min"], "3");
    assert_eq!(problem(&checked.missing, "products").code, "required");
}

/// Every wrong value is said with its place, its limit and the value as typed, and stays in the form.
#[test]
fn every_wrong_value_is_said() {
    for (key, typed, code) in [
        ("staff", "十二", "whole_number"),
        ("staff", "12.5", "whole_number"),
        ("staff", "-1", "whole_number_range"),
        ("staff", "99999999999999999999", "whole_number_range"),
        ("registered_capital", "很多", "money"),
        ("registered_capital", "1.0000001", "money_decimals"),
        ("registered_capital", "100000001", "money_range"),
        ("established_on", "昨天", "date"),
        ("established_on", "2025-02-30", "date"),
        ("established_on", "1899-12-31", "date_too_early"),
        ("established_on", "2026-05-02", "date_in_future"),
        ("ownership", "mine", "not_an_option"),
        ("main_service_city", "110000", "unknown_city"),
        ("has_discount", "maybe", "not_yes_or_no"),
        ("contact_email", "x@", "not_an_email"),
        ("contact_email", "甲@example.com", "not_an_email"),
        ("contact_email", "a@example", "not_an_email"),
        ("contact_email", "a@-example.com", "not_an_email"),
        ("contact_phone", "12", "not_a_telephone"),
        ("contact_phone", "无", "not_a_telephone"),
        ("contact_phone", "电话 0757-83133000", "not_a_telephone"),
        ("contact_phone", "123456789012345678901", "not_a_telephone"),
        ("technical_staff", "121", "part_above_whole"),
    ] {
        let mut form = complete();
        form.merge(RawForm::from_json(&PROVIDER, json!({ key: typed })).unwrap(), None);
        let checked = check(&PROVIDER, &form, &context());
        let found = problem(&checked.problems, key);
        assert_eq!((found.code.as_str(), found.args["value"].as_str()), (code, typed), "{key}");
        assert_eq!(form.text(key), typed);
        assert!(!checked.values.contains_key(key));
    }
    let whole = |part: &str, whole: serde_json::Value| {
        let mut form = complete();
        form.merge(RawForm::from_json(&PROVIDER, json!({"technical_staff": part, "staff": whole})).unwrap(), None);
        check(&PROVIDER, &form, &context()).problems
    };
    assert_eq!(whole("120", json!(120)), []);
    let above = whole("121", json!(120));
    assert_eq!((above[0].args["max"].as_str(), above[0].args["whole"].as_str()), ("120", "在职员工人数"));
    // A whole that is wrong itself says nothing of its parts.
    let wrong: Vec<String> = whole("121", json!("许多")).into_iter().map(|problem| problem.path).collect();
    assert_eq!(wrong, ["staff"]);
    for (key, typed) in [
        ("contact_email", "li.si+a@mail.example.com.cn"),
        ("contact_email", "ｌｉｓｉ＠ｅｘａｍｐｌｅ．ｃｏｍ"),
        ("contact_phone", "（0757）8313 3000 转 12"),
        ("contact_phone", "+86 138-0013-8000"),
    ] {
        let checked = check(&PROVIDER, &RawForm::from_json(&PROVIDER, json!({ key: typed })).unwrap(), &context());
        assert_eq!(checked.problems, [], "{typed}");
    }
    let long = "长".repeat(121);
    let checked = check(&PROVIDER, &RawForm::from_json(&PROVIDER, json!({"address": long})).unwrap(), &context());
    assert_eq!(problem(&checked.problems, "address").args["length"], "121");
}

#[test]
fn every_wrong_list_is_said() {
    let all = ["consulting", "integration", "software", "cloud", "data", "network"];
    for (answers, path, code) in [
        (json!({"service_fields": all}), "service_fields", "several_too_many"),
        (json!({"service_fields": ["magic"]}), "service_fields", "not_an_option"),
        (json!({"divisions": ["C38", "A01"]}), "divisions", "unknown_division"),
        (json!({"clusters": ["P99"]}), "clusters", "unknown_cluster"),
        (json!({"cases": vec![json!({"enterprise": "甲"}); 11]}), "cases", "rows_too_many"),
        (json!({"cases": [{"amount": "x"}]}), "cases[0].amount", "money"),
        (json!({"finances": {"2025": {"tax": "x"}}}), "finances[2025].tax", "money"),
    ] {
        let checked = check(&PROVIDER, &RawForm::from_json(&PROVIDER, answers).unwrap(), &context());
        assert_eq!(problem(&checked.problems, path).code, code, "{path}");
    }
}

#[test]
fn a_page_is_read_by_its_names() {
    let read = received(&[
        ("csrf", "x"),
        ("address", "一\r\n二\u{0}"),
        ("service_fields[]", ""),
        ("service_fields", "cloud"),
        ("service_fields", "data"),
        ("service_fields", "cloud"),
        ("clusters[]", ""),
        ("finances[2025][revenue]", "5"),
        ("finances[2025][gone]", "5"),
        ("finances[25][revenue]", "5"),
        ("cases[7][enterprise]", "乙"),
        ("cases[2][enterprise]", "甲"),
        ("cases[3][enterprise]", "  "),
        ("cases[x][enterprise]", "丙"),
        ("staff[]", "1"),
        ("has_discount", "no"),
        ("has_discount", "yes"),
    ]);
    assert_eq!(
        serde_json::to_value(&read.form).unwrap(),
        json!({
            "address": "一\n二", "service_fields": ["cloud", "data"], "clusters": [], "has_discount": "yes",
            "finances": {"2025": {"revenue": "5"}}, "cases": [{"enterprise": "甲"}, {"enterprise": "乙"}],
        })
    );
    assert_eq!(
        read.unknown,
        ["csrf", "finances[2025][gone]", "finances[25][revenue]", "cases[x][enterprise]", "staff[]"]
    );
    assert!(read.problems.is_empty());
    assert_eq!(received(&[("cases[]", "")]).form.0["cases"], json!([]));
}

#[test]
fn what_cannot_be_stored_is_refused() {
    let long = "长".repeat(MAX_CHARS + 1);
    let read = received(&[("profile", &long), ("address", "好")]);
    assert_eq!(read.problems[0].code, "value_too_long");
    assert_eq!(read.form.text("address"), "好");
    let rows: Vec<(String, String)> =
        (0..=MAX_ROWS).map(|at| (format!("cases[{at}][enterprise]"), "甲".to_string())).collect();
    assert_eq!(RawForm::from_pairs(&PROVIDER, &rows).problems[0].code, "too_many_rows");
    for (sent, code) in [
        (json!([]), "wrong_shape"),
        (json!({"gone": 1}), "unknown_field"),
        (json!({"staff": [1]}), "wrong_shape"),
        (json!({"divisions": "C38"}), "wrong_shape"),
        (json!({"cases": {"0": {}}}), "wrong_shape"),
        (json!({"cases": [{"gone": "x"}]}), "unknown_field"),
        (json!({"cases": [{"amount": {}}]}), "wrong_shape"),
        (json!({"finances": {"x": {}}}), "wrong_shape"),
        (json!({"profile": long}), "value_too_long"),
        (json!({"cases": vec![json!({}); MAX_ROWS + 1]}), "too_many_rows"),
        (json!({"divisions": vec!["C38"; MAX_ENTRIES + 1]}), "too_many_values"),
    ] {
        let problems = RawForm::from_json(&PROVIDER, sent).unwrap_err();
        assert_eq!(problems[0].code, code, "{problems:?}");
    }
}

#[test]
fn a_correction_changes_only_what_was_marked() {
    let mut form = complete();
    let sent =
        RawForm::from_json(&PROVIDER, json!({"staff": 130, "address": "新址", "profile": "简介", "honours": ""}));
    let marked = BTreeSet::from(["staff".to_string()]);
    assert_eq!(form.merge(sent.unwrap(), Some(&marked)), ["address"]);
    assert_eq!((form.text("staff"), form.text("address")), ("130", "广州市天河区"));
}

#[test]
fn a_view_shows_words_and_keeps_what_was_typed() {
    let mut form = complete();
    form.merge(RawForm::from_json(&PROVIDER, json!({"staff": "很多"})).unwrap(), None);
    let sections = view(&PROVIDER, &form, &view_context());
    let fields: Vec<&FieldView> = sections.iter().flat_map(|section| &section.fields).collect();
    let field = |key: &str| *fields.iter().find(|field| field.key == key).unwrap();
    assert_eq!(field("staff").lines, ["很多"]);
    assert_eq!(field("registered_capital").lines, ["5000 万元"]);
    assert_eq!(field("main_service_city").lines, ["广州市"]);
    assert_eq!(field("service_fields").lines, ["工业软件", "云服务"]);
    assert_eq!(field("has_discount").lines, ["否"]);
    assert_eq!(field("finances").lines.len(), 3);
    assert_eq!(
        field("finances").lines[0],
        "2023 · 营业收入：12000.5 万元；其中：数字化服务收入：800 万元；利润总额：-10 万元；研发投入：300 万元"
    );
    // A day is said as its readers write it, however it was typed.
    assert!(field("cases").lines[0].contains("2025年6月30日"), "{:?}", field("cases").lines);
    let english = view(&PROVIDER, &form, &ViewContext { language: "en", ..view_context() });
    let founded = english.iter().flat_map(|section| &section.fields).find(|field| field.key == "established_on");
    assert_eq!(founded.map(|field| field.lines.clone()), Some(vec!["1 Mar 2015".to_string()]));
    let capital = english.iter().flat_map(|section| &section.fields).find(|field| field.key == "registered_capital");
    assert_eq!(capital.map(|field| field.lines.clone()), Some(vec!["CNY 50 million".to_string()]));
    assert!(field("honours").lines.is_empty());
    assert!(field("legal_representative").personal);
    let Input::Rows { rows, blank, min: 3, .. } = &field("cases").input else { panic!() };
    assert_eq!((rows[1][3].name.as_str(), rows[1][3].path.as_str()), ("cases[1][amount]", "cases[1].amount"));
    assert_eq!(blank[0].name, "cases[3][enterprise]");
    let Input::Choices { options } = &field("clusters").input else { panic!() };
    assert_eq!(options.len(), 20);
}

#[test]
fn a_figure_is_kept_in_one_form_and_what_is_none_as_it_was_typed() {
    let kept = |key: &str, typed: Json| {
        let field = PROVIDER.field(key).unwrap();
        let answer = RawForm::from_json(&PROVIDER, json!({ key: typed })).unwrap().0.remove(key).unwrap();
        tidied(field, answer)
    };
    for (key, typed, stored) in [
        ("registered_capital", json!("１０００"), json!("1000")),
        ("registered_capital", json!(" 3,000.00 "), json!("3000")),
        ("registered_capital", json!("3000.50"), json!("3000.5")),
        ("registered_capital", json!("三千"), json!("三千")),
        ("registered_capital", json!("1,5"), json!("1,5")),
        ("staff", json!("１２０"), json!("120")),
        ("staff", json!("120人"), json!("120人")),
        ("staff", json!(""), json!("")),
        ("address", json!("１号"), json!("１号")),
        ("cases", json!([{"amount": "５.00", "enterprise": "１"}]), json!([{"amount": "5", "enterprise": "１"}])),
        ("finances", json!({"2025": {"revenue": "１２.50"}}), json!({"2025": {"revenue": "12.5"}})),
    ] {
        let once = kept(key, typed);
        assert_eq!(once, stored, "{key}");
        assert_eq!(kept(key, once.clone()), once, "{key}: once is enough");
    }
}

#[test]
fn differences_are_told_in_words() {
    let (before, mut after) = (complete(), complete());
    assert!(differences(&PROVIDER, &before, &after, &view_context()).is_empty());
    let sent = json!({"staff": "130", "ownership": "state", "honours": ""});
    after.merge(RawForm::from_json(&PROVIDER, sent).unwrap(), None);
    let found = differences(&PROVIDER, &before, &after, &view_context());
    let told: Vec<_> = found.iter().map(|one| (one.key.as_str(), one.before.as_str(), one.after.as_str())).collect();
    assert_eq!(told, [("ownership", "民营", "国有"), ("staff", "120 人", "130 人")]);
}

#[test]
fn last_years_answers_are_offered_where_they_still_fit() {
    let mut old = complete();
    old.0.insert("divisions".into(), json!("C38"));
    old.0.insert("gone".into(), json!("x"));
    let offered = carry_over(&PROVIDER, &old, context().call_year);
    assert_eq!(offered.text("address"), old.text("address"));
    for key in ["truthful", "cases", "divisions", "gone"] {
        assert!(!offered.0.contains_key(key), "{key}");
    }
    // Of a table by year the years that the new call asks for.
    let next = carry_over(&PROVIDER, &old, 2027);
    let years: Vec<&String> = next.0["finances"].as_object().into_iter().flatten().map(|(year, _)| year).collect();
    assert_eq!(years, ["2024", "2025"]);
}

#[test]
fn rows_and_figures_by_year_are_read_as_tables() {
    let sections = view(&PROVIDER, &complete(), &view_context());
    let field = |key: &str| sections.iter().flat_map(|section| &section.fields).find(|field| field.key == key).unwrap();
    let cases = field("cases").table().unwrap();
    assert_eq!((cases.by_year, cases.rows[0].place.as_str()), (false, "1"));
    let finances = field("finances").table().unwrap();
    assert!(finances.by_year && finances.rows.iter().all(|row| row.place.len() == 4), "{finances:?}");
    for table in [&cases, &finances] {
        // The same answers in words as the lines have them, each under its heading.
        for row in &table.rows {
            let headings: Vec<&String> = row.cells.iter().map(|cell| &cell.heading).collect();
            assert_eq!(headings, table.columns.iter().collect::<Vec<_>>());
        }
    }
    let told = field("cases").lines.join("");
    assert!(cases.rows.iter().flat_map(|row| &row.cells).all(|cell| told.contains(cell.text.as_str())), "{told}");
    // What stays on one line are figures, and nothing else.
    let figures = |table: &TableView| table.rows[0].cells.iter().map(|cell| cell.is_figure).collect::<Vec<_>>();
    assert!(figures(&finances).iter().all(|figure| *figure), "{finances:?}");
    assert!(figures(&cases).contains(&true) && figures(&cases).contains(&false), "{cases:?}");
    assert_eq!(cases.rows.len(), field("cases").lines.len());
    // Paragraphs are read case by case; figures by year, and rows of a few short answers, side by side.
    let products = field("products").table().unwrap();
    assert_eq!([&cases, &finances, &products].map(TableView::is_of_cards), [true, false, false]);
    assert!(field("address").table().is_none());
    let blank = view(&PROVIDER, &RawForm::default(), &view_context());
    assert!(blank.iter().flat_map(|section| &section.fields).all(|field| field.table().is_none()));
}

#[test]
fn what_the_organisations_record_knows_is_taken_over_and_accepted() {
    let known = |fact| match fact {
        OrganisationFact::Address => "广东省示范路1号".to_string(),
        OrganisationFact::EstablishedOn => "2012-05-20".to_string(),
        OrganisationFact::ContactName => "李四".to_string(),
        OrganisationFact::ContactPhone => "020-83133000".to_string(),
        OrganisationFact::MainServiceCity => " ".to_string(),
    };
    let taken = from_organisation(&PROVIDER, known);
    let keys: Vec<&str> = taken.0.keys().map(String::as_str).collect();
    assert_eq!(keys, ["address", "contact_name", "contact_phone", "established_on"], "nothing for what is not known");
    let checked = check(&PROVIDER, &taken, &context());
    assert!(checked.problems.is_empty(), "{:?}", checked.problems);
    assert!(keys.iter().all(|key| checked.missing.iter().all(|missing| missing.path != *key)), "{:?}", checked.missing);
}

#[test]
fn dates_are_read_as_people_write_them() {
    let day = NaiveDate::from_ymd_opt(2025, 3, 1);
    for text in [
        "2025-03-01",
        "2025/3/1",
        "2025.3.1",
        "2025年3月1日",
        "20250301",
        " ２０２５－０３－０１ ",
        "2025 年 3 月 1 日",
    ] {
        assert_eq!(check::parse_date(text), day, "{text}");
    }
    for text in ["", "2025", "2025-3", "25-3-1", "2025-13-1", "2025-3-1-1", "01/03/2025", "2025-３月", "十二月"] {
        assert_eq!(check::parse_date(text), None, "{text}");
    }
}

/// Every code has its sentence.
#[test]
fn every_problem_has_its_words() {
    let words = include_str!("../../locales/zh-CN/form.ftl");
    let sources =
        [include_str!("check.rs"), include_str!("pairs.rs"), include_str!("json.rs"), include_str!("../form.rs")];
    let said: BTreeSet<&str> = words
        .lines()
        .filter_map(|line| line.strip_prefix("problem-")?.split_once(" ="))
        .map(|(code, _)| code)
        .collect();
    for code in &said {
        let quoted = format!("\"{code}\"");
        let used = sources.iter().any(|source| source.contains(&quoted)) || code.starts_with("document_");
        assert!(used, "{code} has words and is never said");
    }
    for code in
        ["required", "whole_number", "money_range", "unknown_field", "wrong_shape", "value_too_long", "rows_too_few"]
    {
        assert!(said.contains(code), "{code}");
    }
}

/// Names as a page could hold them, and some it could not.
fn names() -> impl Strategy<Value = String> {
    let keys: Vec<String> = PROVIDER.fields().map(|field| field.key.clone()).collect();
    let cells =
        vec!["[2025][revenue]", "[0][amount]", "[1][completed_on]", "[99][own]", "[]", "", "[[", "[0][", "[-1][x]"];
    prop_oneof![
        (prop::sample::select(keys), prop::sample::select(cells)).prop_map(|(key, cell)| format!("{key}{cell}")),
        "\\PC{0,12}",
    ]
}

/// Texts of every sort, right ones among them.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,20}",
        "[0-9０-９,.-]{0,12}",
        "(19|20)[0-9]{2}[-/年][0-9]{1,2}[-/月][0-9]{1,2}",
        Just("yes".to_string()),
        Just("C38".to_string())
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever is sent: it is read, judged the same each time, shown and compared without harm, and what is read again from the form
    /// itself is the form.
    #[test]
    fn nothing_sent_does_harm(sent in prop::collection::vec((names(), texts()), 0..40)) {
        let read = RawForm::from_pairs(&PROVIDER, &sent);
        let form = read.form;
        let once = check(&PROVIDER, &form, &context());
        prop_assert_eq!(&once, &check(&PROVIDER, &form, &context()));
        let json = serde_json::to_value(&form).unwrap();
        let again = RawForm::from_json(&PROVIDER, json).unwrap();
        prop_assert_eq!(&once, &check(&PROVIDER, &again, &context()));
        prop_assert!(differences(&PROVIDER, &form, &again, &view_context()).is_empty());
        prop_assert_eq!(view(&PROVIDER, &form, &view_context()).len(), PROVIDER.sections.len());
        for problem in once.problems.iter().chain(&once.missing) {
            prop_assert!(PROVIDER.field(problem.field()).is_some(), "{:?}", problem);
            prop_assert!(problem.args.contains_key("field"));
        }
    }

    /// What a view offers as inputs, sent back, is the same form.
    #[test]
    fn a_form_survives_the_way_over_the_page(sent in prop::collection::vec((names(), texts()), 0..30)) {
        let form = RawForm::from_pairs(&PROVIDER, &sent).form;
        let mut page = Vec::new();
        let fields = view(&PROVIDER, &form, &view_context()).into_iter().flat_map(|section| section.fields);
        for field in fields {
            gather(&field.key, &field.input, &mut page);
        }
        let back = RawForm::from_pairs(&PROVIDER, &page);
        prop_assert!(back.unknown.is_empty() && back.problems.is_empty());
        let (one, other) = (check(&PROVIDER, &form, &context()), check(&PROVIDER, &back.form, &context()));
        prop_assert_eq!(one, other);
    }

    #[test]
    fn merging_keeps_what_is_not_marked(
        sent in prop::collection::vec((names(), texts()), 0..20),
        marked in prop::collection::btree_set(names(), 0..8),
    ) {
        let before = complete();
        let mut form = before.clone();
        let sent = RawForm::from_pairs(&PROVIDER, &sent).form;
        let refused = form.merge(sent.clone(), Some(&marked));
        for (key, value) in &form.0 {
            if marked.contains(key) && sent.0.contains_key(key) {
                prop_assert_eq!(Some(value), sent.0.get(key));
            } else {
                prop_assert_eq!(Some(value), before.0.get(key));
            }
        }
        for key in refused {
            prop_assert!(!marked.contains(&key) && sent.0.contains_key(&key));
        }
    }

    /// Forms from an older version or a broken store are read as far as they fit.
    #[test]
    fn strange_stored_forms_do_no_harm(key in names(), text in texts(), shape in 0..6) {
        let value = match shape {
            0 => json!(text),
            1 => json!([text]),
            2 => json!([{ text.clone(): text }]),
            3 => json!({"2025": {"revenue": text}}),
            4 => json!([1, null, {"a": {}}]),
            _ => json!({"2025": text}),
        };
        let key = key.split('[').next().unwrap_or_default().to_string();
        let form = RawForm(BTreeMap::from([(key, value)]));
        check(&PROVIDER, &form, &context());
        view(&PROVIDER, &form, &view_context());
        carry_over(&PROVIDER, &form, 2026);
        differences(&PROVIDER, &form, &complete(), &view_context());
    }
}

/// What a browser would send for an input.
fn gather(name: &str, input: &Input, page: &mut Vec<(String, String)>) {
    let cells = |cells: &[Cell], page: &mut Vec<(String, String)>| {
        cells.iter().for_each(|cell| gather(&cell.name, &cell.input, page));
    };
    match input {
        Input::Text { value, .. }
        | Input::LongText { value, .. }
        | Input::Number { value, .. }
        | Input::Date { value, .. } => {
            page.push((name.to_string(), value.clone()));
        }
        Input::Choice { options, .. } => {
            let chosen = options.iter().filter(|option| option.chosen);
            page.extend(chosen.map(|option| (name.to_string(), option.key.clone())));
        }
        Input::Choices { options } => {
            page.push((format!("{name}[]"), String::new()));
            let chosen = options.iter().filter(|option| option.chosen);
            page.extend(chosen.map(|option| (name.to_string(), option.key.clone())));
        }
        Input::Years { years, .. } => years.iter().for_each(|year| cells(&year.cells, page)),
        Input::Rows { rows, blank, .. } => {
            page.push((format!("{name}[]"), String::new()));
            rows.iter().for_each(|row| cells(row, page));
            cells(blank, page);
        }
    }
}

#[test]
fn of_rows_and_figures_each_cell_that_differs_is_named() {
    fn cases(form: &mut RawForm) -> &mut Vec<Json> {
        form.0.get_mut("cases").and_then(Json::as_array_mut).unwrap()
    }
    let mut before = complete();
    for (at, name) in ["甲公司", "乙公司", "丙公司"].into_iter().enumerate() {
        cases(&mut before)[at]["enterprise"] = json!(name);
    }
    let told = |change: &dyn Fn(&mut RawForm)| -> Vec<String> {
        let mut after = before.clone();
        change(&mut after);
        let differences = differences_by_cell(&PROVIDER, &before, &after, &view_context());
        differences.iter().map(|difference| difference.title("zh-CN")).collect()
    };
    assert_eq!(told(&|form| cases(form)[1]["amount"] = json!("77")), ["服务案例 2 · 合同金额"]);
    let figures = |form: &mut RawForm| form.0.get_mut("finances").unwrap()["2025"]["profit"] = json!("1");
    assert_eq!(told(&figures), ["经营数据 2025 · 利润总额"]);
    // A row that one side alone has is told as a row; where one was taken out in front, the lists are told whole.
    let more = |form: &mut RawForm| cases(form).push(json!({ "enterprise": "丁公司" }));
    assert_eq!(told(&more), ["服务案例 4"]);
    let fewer = |form: &mut RawForm| cases(form).truncate(2);
    assert_eq!(told(&fewer), ["服务案例 3"]);
    let without_the_first = |form: &mut RawForm| drop(cases(form).drain(..1));
    assert_eq!(told(&without_the_first), ["服务案例"]);
    let address = |form: &mut RawForm| form.0.extend([("address".to_string(), json!("别处"))]);
    assert_eq!(told(&address), ["通信地址"]);
    assert_eq!(told(&|_| ()), Vec::<String>::new());
}

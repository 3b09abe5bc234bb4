//! Each check with a file that breaks it.

use proptest::prelude::*;

use crate::domain::programme::{ChangeWords, ConfigProblem, Difference, Programme};

const FEATURE: &str = include_str!("../../../../config/programmes/feature_platform.toml");
const PROFESSIONAL: &str = include_str!("../../../../config/programmes/professional_platform.toml");
const PROVIDER: &str = include_str!("../../../../config/programmes/service_provider.toml");
const NATIONAL: &str = include_str!("../../../../config/programmes/national_platforms.toml");

/// A small selection that is right.
const SMALL: &str = r#"
key = "small"
version = 1
kind = "selection"
names = { zh_cn = "小" }
summary = { zh_cn = "小" }
stations = ["city", "screening", "review", "notice"]
category = { key = "small", kind = "platform" }
validity = { years = 3 }
notice = { length = 7, unit = "calendar_days", first_day_counts = true }
review = { experts_per_application = 5, min_sheets = 3, trim_from = 5, max_spread = 25, load_limit = 40 }
decision = { pass_mark = 60, places = 3, tie_order = ["a", "submitted_at"] }

[applicants]
consortium = true
max_members = 2

[[sections]]
key = "one"
names = { zh_cn = "一" }
fields = [
    { key = "name", names = { zh_cn = "名" }, kind = { text = { max_chars = 60 } } },
    { key = "phone", names = { zh_cn = "电" }, kind = { text = { max_chars = 30 } }, personal = true },
    { key = "served", names = { zh_cn = "数" }, kind = { whole_number = { min = 0, max = 100 } } },
    { key = "paid", names = { zh_cn = "钱" }, kind = { money = { unit = "yuan", min = 0, max = 9 } } },
    { key = "born", names = { zh_cn = "生" }, kind = { date = { min = "2000-01-01", max = "2030-01-01" } } },
    { key = "agreed", names = { zh_cn = "诺" }, kind = "yes_no" },
    { key = "type", names = { zh_cn = "型" }, kind = { one_of = { options = [{ key = "x", names = { zh_cn = "甲" } }] } } },
    { key = "tags", names = { zh_cn = "签" }, kind = { several_of = { min = 0, max = 1, options = [{ key = "t", names = { zh_cn = "乙" } }] } } },
    { key = "years", names = { zh_cn = "年" }, kind = { table_by_year = { years = 3, columns = [{ key = "revenue", names = { zh_cn = "收" }, kind = { money = { unit = "wan_yuan", min = 0, max = 9 } } }] } } },
    { key = "cases", names = { zh_cn = "例" }, kind = { rows = { min = 1, max = 5, columns = [{ key = "who", names = { zh_cn = "谁" }, kind = { text = { max_chars = 9 } } }] } } },
]

[[documents]]
key = "licence"
names = { zh_cn = "照" }
required_when = { equals = { field = "agreed", value = true } }
types = ["pdf"]
max_bytes = 1000

[[rules]]
key = "enough"
names = { zh_cn = "够" }
basis = { zh_cn = "议" }
check = { all = [{ at_least = { field = "served", value = 10 } }, { not = { document_present = { document = "licence" } } }] }

[[rubric.dimensions]]
key = "a"
names = { zh_cn = "甲" }
items = [{ key = "a1", names = { zh_cn = "甲一" }, max = "62.5" }, { key = "a2", names = { zh_cn = "甲二" }, max = "37.5" }]

[rubric]
basis = "proposal"

[[public_columns]]
key = "name"
names = { zh_cn = "名" }
source = "field:name"
"#;

fn problems(from: &str, to: &str) -> Vec<ConfigProblem> {
    assert!(SMALL.contains(from), "{from}");
    Programme::parse("small.toml", &SMALL.replacen(from, to, 1)).err().unwrap_or_default()
}

#[test]
fn the_files_that_come_with_the_service_are_right() {
    for text in [FEATURE, PROFESSIONAL, PROVIDER, NATIONAL, SMALL] {
        let read = Programme::parse("x.toml", text);
        let shown: Vec<String> = read.as_ref().err().into_iter().flatten().map(ToString::to_string).collect();
        assert!(read.is_ok(), "{shown:#?}");
    }
}

#[test]
fn the_files_have_three_languages() {
    for text in [FEATURE, PROFESSIONAL, PROVIDER, NATIONAL] {
        let programme = Programme::parse("x.toml", text).unwrap();
        for names in programme.fields().map(|field| &field.names).chain([&programme.names, &programme.summary]) {
            assert!(!names.en.is_empty(), "{names:?}");
        }
        assert!(!programme.names.zh_tw.is_empty());
    }
}

/// An extra station with something of it changed.
fn extra(from: &str, to: &str) -> String {
    let text = "load_limit = 40, extra = { kind = \"defence\", weight = 30, min_sheets = 3, rubric = { basis = \"proposal\", \
                dimensions = [{ key = \"e\", names = { zh_cn = \"答\" }, items = [{ key = \"e1\", names = { zh_cn = \"答一\" }, \
                max = 100 }] }] } }";
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

/// What follows the scoring is read as it is written, and left out of the pinned text where it is not written.
#[test]
fn what_follows_the_scoring_is_pinned_only_where_it_is_written() {
    let plain = Programme::parse("small.toml", SMALL).expect("a sound programme");
    let text = serde_json::to_string(&plain).expect("JSON");
    for key in ["discussion", "second_panel", "far_from_panel", "extra"] {
        assert!(!text.contains(&format!("\"{key}\"")), "{key}: {text}");
    }
    assert!(!plain.review.as_ref().is_some_and(|rules| rules.has_stages()));
    let stages = format!("discussion = true, second_panel = 2, far_from_panel = 15, {}", extra("30", "40"));
    let full = Programme::parse("small.toml", &SMALL.replacen("load_limit = 40", &stages, 1)).expect("a sound one");
    let rules = full.review.as_ref().expect("review rules");
    assert!(rules.has_stages() && rules.discussion);
    assert_eq!((rules.second_panel, rules.extra.as_ref().map(|extra| extra.weight)), (Some(2), Some(40)));
    let again: Programme = serde_json::from_str(&serde_json::to_string(&full).expect("JSON")).expect("readable");
    assert_eq!(again, full);
    assert_ne!(full.digest(), plain.digest());
}

/// Where the first field's reason would say something in traditional Chinese.
const FIRST_REASON: &str = "sections[0].fields[0].reason.zh_tw";

/// The size of a document with a reason of so many characters.
fn reason(chars: usize) -> String {
    format!("max_bytes = 1000\nreason = {{ zh_cn = \"{}\", zh_tw = \"因\", en = \"x\" }}", "因".repeat(chars))
}

#[test]
fn every_question_says_why_it_is_asked_in_each_language() {
    assert_eq!(problems("max_bytes = 1000", &reason(200)), []);
    for text in [FEATURE, PROFESSIONAL, PROVIDER] {
        let programme = Programme::parse("x.toml", text).expect("a sound programme");
        let fields = programme.fields().map(|field| (&field.key, &field.help, &field.reason));
        let documents = programme.documents.iter().map(|kind| (&kind.key, &kind.help, &kind.reason));
        for (key, help, reason) in fields.chain(documents) {
            for (language, own) in [("zh-CN", &reason.zh_cn), ("zh-TW", &reason.zh_tw), ("en", &reason.en)] {
                assert!(!own.is_empty(), "{key} has no reason in {language}");
                assert_ne!(own, help.in_language(language), "{key} says its help again");
            }
        }
    }
}

/// A programme that was pinned before there were reasons is read, and keeps its digest: the key is left out where it is empty.
#[test]
fn a_reason_that_is_not_given_is_not_pinned() {
    let plain = Programme::parse("small.toml", SMALL).expect("a sound programme");
    let text = serde_json::to_string(&plain).expect("JSON");
    assert!(!text.contains("\"reason\""), "{text}");
    let given = Programme::parse("s", &SMALL.replacen("max_bytes = 1000", &reason(3), 1)).expect("a sound programme");
    assert_ne!(given.digest(), plain.digest());
    let again: Programme = serde_json::from_str(&serde_json::to_string(&given).expect("JSON")).expect("readable");
    assert_eq!(again, given);
    let told = differences(&plain, &given);
    assert_eq!(told.iter().map(|d| d.key.as_str()).collect::<Vec<_>>(), ["documents[licence].reason"]);
}

/// Every check on meaning: what is changed in the small file, and the problem that must be found at the key.
#[test]
fn each_mistake_is_found_and_named() {
    for (from, to, code, key) in [
        ("key = \"small\"\nversion", "key = \"Small\"\nversion", "bad_key", "key"),
        ("version = 1", "version = 0", "too_small", "version"),
        ("names = { zh_cn = \"小\" }", "names = { zh_cn = \" \" }", "empty_name", "names.zh_cn"),
        ("years = 3 }\nnotice", "years = 0 }\nnotice", "too_small", "validity.years"),
        ("kind = \"selection\"", "kind = \"imported\"", "not_for_imported", "stations"),
        ("\"city\", \"screening\"", "\"screening\", \"city\"", "station_order", "stations"),
        ("\"city\", \"screening\"", "\"screening\", \"screening\"", "station_order", "stations"),
        ("\"city\", \"screening\"", "\"city\", \"city_decides\", \"screening\"", "contradiction", "stations"),
        ("\"review\", \"notice\"]", "\"notice\"]", "unused_part", "rubric"),
        ("\"review\", \"notice\"]", "\"review\"]", "unused_part", "notice"),
        ("notice = {", "correction = {} #", "missing_part", "notice"),
        ("length = 7", "length = 0", "too_small", "notice.length"),
        ("min_sheets = 3", "min_sheets = 6", "too_small", "review.experts_per_application"),
        ("min_sheets = 3", "min_sheets = 0", "too_small", "review.min_sheets"),
        ("trim_from = 5", "trim_from = 2", "too_small", "review.trim_from"),
        ("max_spread = 25", "max_spread = 101", "out_of_range", "review.max_spread"),
        ("load_limit = 40", "load_limit = 0", "too_small", "review.load_limit"),
        ("load_limit = 40", "load_limit = 40, load_floor = 41", "too_large", "review.load_floor"),
        ("load_limit = 40", "load_limit = 40, pool = \"广州\"", "bad_key", "review.pool"),
        ("load_limit = 40", "load_limit = 40, second_panel = 2", "contradiction", "review.second_panel"),
        ("load_limit = 40", "load_limit = 40, second_panel = 101", "out_of_range", "review.second_panel"),
        ("load_limit = 40", &extra("weight = 30", "weight = 0"), "out_of_range", "review.extra.weight"),
        ("load_limit = 40", &extra("weight = 30", "weight = 100"), "out_of_range", "review.extra.weight"),
        ("load_limit = 40", &extra("min_sheets = 3", "min_sheets = 0"), "too_small", "review.extra.min_sheets"),
        ("load_limit = 40", &extra("min_sheets = 3", "min_sheets = 6"), "too_large", "review.extra.min_sheets"),
        ("load_limit = 40", &extra("max = 100", "max = 99"), "rubric_sum", "review.extra.rubric.dimensions"),
        (
            "load_limit = 40",
            &extra("key = \"e1\"", "key = \"E\""),
            "bad_key",
            "review.extra.rubric.dimensions[0].items[0].key",
        ),
        ("load_limit = 40", "load_limit = 40, field_experts = 6", "too_large", "review.field_experts"),
        (
            "load_limit = 40",
            "load_limit = 40, expertise_fields = [\"magic\"]",
            "unknown_key",
            "review.expertise_fields[0]",
        ),
        ("load_limit = 40", "load_limit = 40, second_panel = 0", "too_small", "review.second_panel"),
        ("load_limit = 40", "load_limit = 40, far_from_panel = 101", "out_of_range", "review.far_from_panel"),
        (
            "load_limit = 40",
            "load_limit = 40, recusal = { employer_years = 51 }",
            "out_of_range",
            "review.recusal.employer_years",
        ),
        ("load_limit = 40", "load_limit = 40, draw = { strata = [] }", "empty_list", "review.draw.strata"),
        (
            "load_limit = 40",
            "load_limit = 40, draw = { strata = [{ panel = 4, reserves = 0 }] }",
            "too_small",
            "review.draw.strata",
        ),
        (
            "load_limit = 40",
            "load_limit = 40, draw = { strata = [{ panel = 0, reserves = 0 }, { field = \"a\", panel = 9, reserves = 1 }] }",
            "contradiction",
            "review.draw.strata[0].field",
        ),
        (
            "load_limit = 40",
            "load_limit = 40, draw = { strata = [{ field = \"a\", panel = 5, reserves = 0 }, { field = \"a\", panel = 9, reserves = 1 }] }",
            "duplicate_key",
            "review.draw.strata[1].field",
        ),
        (
            "load_limit = 40",
            "load_limit = 40, draw = { strata = [{ panel = 5, reserves = 10001 }] }",
            "out_of_range",
            "review.draw.strata[0].reserves",
        ),
        ("pass_mark = 60", "pass_mark = 101", "out_of_range", "decision.pass_mark"),
        ("places = 3", "places = 0", "too_small", "decision.places"),
        ("places = 3", "places = 3, cap = { by = \"city\", most = 0 }", "too_small", "decision.cap.most"),
        ("places = 3", "places = 3, cap = { by = \"cluster\", most = 1 }", "contradiction", "decision.cap.by"),
        ("[\"a\", \"submitted_at\"]", "[\"b\", \"submitted_at\"]", "unknown_dimension", "decision.tie_order[0]"),
        ("[\"a\", \"submitted_at\"]", "[\"a\", \"a\"]", "duplicate_key", "decision.tie_order[1]"),
        ("max_members = 2", "max_members = 0", "too_small", "applicants.max_members"),
        ("consortium = true", "consortium = false", "contradiction", "applicants.max_members"),
        ("max_members = 2", "max_members = 2\nrouted_by = \"name\"", "unknown_field", "applicants.routed_by"),
        ("max_members = 2", "max_members = 2\nper_organisation = 0", "too_small", "applicants.per_organisation"),
        ("names = { zh_cn = \"一\" }", "names = { zh_cn = \"\" }", "empty_name", "sections[0].names.zh_cn"),
        ("key = \"phone\"", "key = \"name\"", "duplicate_key", "sections[0].fields[1].key"),
        ("key = \"phone\"", "key = \"9\"", "bad_key", "sections[0].fields[1].key"),
        ("{ max_chars = 60 } }", "{ max_chars = 60 } }, reason = { zh_cn = \"因\" }", "empty_reason", FIRST_REASON),
        ("max_bytes = 1000", &reason(201), "too_long", "documents[0].reason.zh_cn"),
        ("max_chars = 60", "max_chars = 0", "out_of_range", "sections[0].fields[0].kind.text.max_chars"),
        (
            "key = \"served\", names",
            "key = \"served\", at_most = \"paid\", names",
            "unknown_field",
            "sections[0].fields[2].at_most",
        ),
        (
            "key = \"served\", names",
            "key = \"served\", recuses = true, names",
            "contradiction",
            "sections[0].fields[2].recuses",
        ),
        (
            "key = \"agreed\", names",
            "key = \"agreed\", recuses = true, names",
            "contradiction",
            "sections[0].fields[5].recuses",
        ),
        (
            "key = \"served\", names",
            "key = \"served\", from_organisation = \"address\", names",
            "contradiction",
            "sections[0].fields[2].from_organisation",
        ),
        (
            "key = \"name\", names",
            "key = \"name\", from_organisation = \"contact_name\", names",
            "contradiction",
            "sections[0].fields[0].from_organisation",
        ),
        ("max_chars = 60", "max_chars = 20001", "out_of_range", "sections[0].fields[0].kind.text.max_chars"),
        ("max = 100 }", "max = -1 }", "max_below_min", "sections[0].fields[2].kind.whole_number.max"),
        ("max = 100 }", "max = 9000000000000000 }", "out_of_range", "sections[0].fields[2].kind.whole_number.max"),
        (
            "\"yuan\", min = 0, max = 9",
            "\"yuan\", min = 10, max = 9",
            "max_below_min",
            "sections[0].fields[3].kind.money.max",
        ),
        ("2030-01-01", "1999-01-01", "max_below_min", "sections[0].fields[4].kind.date.max"),
        (
            "[{ key = \"x\", names = { zh_cn = \"甲\" } }]",
            "[]",
            "empty_list",
            "sections[0].fields[6].kind.one_of.options",
        ),
        ("min = 0, max = 1,", "min = 2, max = 1,", "max_below_min", "sections[0].fields[7].kind.several_of.max"),
        ("min = 0, max = 1,", "min = 2, max = 3,", "out_of_range", "sections[0].fields[7].kind.several_of.min"),
        ("{ years = 3,", "{ years = 0,", "out_of_range", "sections[0].fields[8].kind.table_by_year.years"),
        (
            "{ money = { unit = \"wan_yuan\", min = 0, max = 9 } }",
            "\"yes_no\"",
            "column_kind",
            "sections[0].fields[8].kind.table_by_year.columns[0].kind",
        ),
        ("{ min = 1, max = 5,", "{ min = 6, max = 5,", "max_below_min", "sections[0].fields[9].kind.rows.max"),
        ("{ min = 1, max = 5,", "{ min = 1, max = 201,", "out_of_range", "sections[0].fields[9].kind.rows.max"),
        (
            "{ text = { max_chars = 9 } }",
            "{ cluster = { several = true } }",
            "column_kind",
            "sections[0].fields[9].kind.rows.columns[0].kind",
        ),
        ("names = { zh_cn = \"照\" }", "names = { zh_cn = \"\" }", "empty_name", "documents[0].names.zh_cn"),
        ("types = [\"pdf\"]", "types = []", "empty_list", "documents[0].types"),
        ("max_bytes = 1000", "max_bytes = 0", "out_of_range", "documents[0].max_bytes"),
        ("max_bytes = 1000", "max_bytes = 1000\nmin_count = 2", "max_below_min", "documents[0].max_count"),
        ("max_bytes = 1000", "max_bytes = 1000\nrequired = true", "contradiction", "documents[0].required_when"),
        (
            "required_when = { equals = { field = \"agreed\", value = true } }",
            "required_when = { document_present = { document = \"licence\" } }",
            "contradiction",
            "documents[0].required_when",
        ),
        ("basis = { zh_cn = \"议\" }", "basis = { zh_cn = \"\" }", "empty_name", "rules[0].basis.zh_cn"),
        ("field = \"served\"", "field = \"gone\"", "unknown_field", "rules[0].check.all[0].at_least.field"),
        ("field = \"served\"", "field = \"name\"", "wrong_field_kind", "rules[0].check.all[0].at_least.field"),
        ("field = \"served\"", "field = \"years\"", "wrong_field_kind", "rules[0].check.all[0].at_least.field"),
        (
            "field = \"served\"",
            "column = \"gone\", field = \"years\"",
            "unknown_column",
            "rules[0].check.all[0].at_least.column",
        ),
        (
            "{ document = \"licence\" }",
            "{ document = \"gone\" }",
            "unknown_document",
            "rules[0].check.all[1].not.document_present.document",
        ),
        (
            "{ at_least = { field = \"served\", value = 10 } }",
            "{ rows_at_least = { field = \"served\", value = 10 } }",
            "wrong_field_kind",
            "rules[0].check.all[0].rows_at_least.field",
        ),
        (
            "{ at_least = { field = \"served\", value = 10 } }",
            "{ established_years = { field = \"served\", at_least = 0 } }",
            "too_small",
            "rules[0].check.all[0].established_years.at_least",
        ),
        (
            "{ at_least = { field = \"served\", value = 10 } }",
            "{ one_of = { field = \"type\", values = [\"y\"] } }",
            "unknown_option",
            "rules[0].check.all[0].one_of.values[0]",
        ),
        (
            "{ at_least = { field = \"served\", value = 10 } }",
            "{ any = [] }",
            "empty_list",
            "rules[0].check.all[0].any",
        ),
        ("max = \"62.5\"", "max = 60", "rubric_sum", "rubric.dimensions"),
        ("max = \"62.5\"", "max = 0", "too_small", "rubric.dimensions[0].items[0].max"),
        ("key = \"a2\"", "key = \"a1\"", "duplicate_key", "rubric.dimensions[0].items[1].key"),
        ("field:name", "field:gone", "unknown_field", "public_columns[0].source"),
        ("field:name", "field:phone", "personal_column", "public_columns[0].source"),
        ("field:name", "product", "not_for_selection", "public_columns[0].source"),
        (
            "kind = \"platform\"",
            "kind = \"platform\", types = [{ key = \"t\", names = { zh_cn = \"型\" } }]",
            "not_for_selection",
            "category.types",
        ),
    ] {
        let found = problems(from, to);
        let problem = found.iter().find(|problem| problem.code == code && problem.key == key);
        let problem = problem.unwrap_or_else(|| panic!("{to}: wanted {code} at {key}, found {found:#?}"));
        // A part that is not there has no line.
        assert!(problem.line.is_some() || code == "missing_part", "{problem}");
        assert!(!problem.remedy.is_empty() && !problem.problem.is_empty(), "{problem}");
    }
}

/// What reading itself refuses: the place, the value and what would be right.
#[test]
fn each_mistake_of_shape_is_found_and_named() {
    for (from, to, code, key) in [
        ("places = 3", "place = 3", "unknown_key", "decision.place"),
        ("max_chars = 60", "maxchars = 60", "unknown_key", "sections[0].fields[0].kind.text.maxchars"),
        ("\"city\", \"screening\"", "\"town\", \"screening\"", "unknown_word", "stations[0]"),
        ("types = [\"pdf\"]", "types = [\"exe\"]", "unknown_word", "documents[0].types[0]"),
        ("{ text = { max_chars = 60 } }", "\"sound\"", "unknown_word", "sections[0].fields[0].kind"),
        ("version = 1", "version = \"one\"", "wrong_type", "version"),
        ("pass_mark = 60", "pass_mark = 60.5", "wrong_type", "decision.pass_mark"),
        ("field:name", "surname", "wrong_type", "public_columns[0].source"),
        ("2030-01-01", "2030-02-30", "wrong_type", "sections[0].fields[4].kind.date.max"),
        ("version = 1", "version = 1\nversion = 2", "not_toml", ""),
        ("version = 1", "version = ", "not_toml", ""),
    ] {
        let found = problems(from, to);
        assert_eq!(found.len(), 1, "{to}: {found:#?}");
        let problem = &found[0];
        assert_eq!((problem.code, problem.key.as_str()), (code, key), "{to}: {problem}");
        assert!(problem.line.is_some(), "{problem}");
    }
    let missing = problems("version = 1\n", "");
    assert_eq!(missing.first().map(|problem| problem.code), Some("missing_key"), "{missing:#?}");
}

#[test]
fn everything_wrong_is_said_at_once() {
    let broken = SMALL.replace("version = 1", "version = 0").replace("length = 7", "length = 0");
    let found = Programme::parse("small.toml", &broken).err().unwrap_or_default();
    assert_eq!(found.iter().map(|problem| problem.key.as_str()).collect::<Vec<_>>(), ["version", "notice.length"]);
    assert_eq!(found[0].to_string(), "small.toml:3: version = 0: must be at least 1; write 1 or more [too_small]");
}

#[test]
fn an_imported_list_has_its_own_rules() {
    let untyped = NATIONAL.replace("types = [", "# [").replace("    { key = \"cross", "    # { key = \"cross");
    assert!(Programme::parse("n.toml", &untyped).is_err());
    let national = Programme::parse("n.toml", NATIONAL).unwrap();
    assert!(national.stations.is_empty() && national.rubric.is_none() && national.category.types.len() == 3);
}

#[test]
fn a_programme_survives_being_pinned_and_keeps_its_digest() {
    for text in [FEATURE, PROFESSIONAL, PROVIDER, NATIONAL, SMALL] {
        let programme = Programme::parse("x.toml", text).unwrap();
        let json = serde_json::to_string(&programme).unwrap();
        let pinned: Programme = serde_json::from_str(&json).unwrap();
        assert_eq!(pinned, programme);
        assert_eq!(pinned.digest(), programme.digest());
        assert_eq!(programme.digest().len(), 64);
    }
    let changed = SMALL.replace("places = 3", "places = 4");
    let (one, other) = (Programme::parse("a", SMALL).unwrap(), Programme::parse("a", &changed).unwrap());
    assert_ne!(one.digest(), other.digest());
}

/// Differences with the keys of the words in their place.
fn differences(old: &Programme, new: &Programme) -> Vec<Difference> {
    let say = |key: &str, _: &[(&str, &str)]| key.to_string();
    let words = ChangeWords { language: "zh-CN", say: &say, bureau: &|code| code.to_string() };
    crate::domain::programme::differences(old, new, &words)
}

#[test]
fn differences_name_entries_by_their_key() {
    let changed = SMALL.replace("places = 3", "places = 4").replace("max_chars = 60", "max_chars = 80").replace(
        "{ key = \"phone\", names = { zh_cn = \"电\" }, kind = { text = { max_chars = 30 } }, personal = true },\n",
        "",
    );
    let (old, new) = (Programme::parse("a", SMALL).unwrap(), Programme::parse("a", &changed).unwrap());
    assert!(differences(&old, &old).is_empty());
    let found = differences(&old, &new);
    let of = |key: &str| {
        let difference = found.iter().find(|difference| difference.key == key).unwrap_or_else(|| panic!("{key}"));
        (difference.before.as_deref(), difference.after.as_deref())
    };
    assert_eq!(of("decision.places"), (Some("3"), Some("4")));
    assert_eq!(of("sections[one].fields[name].kind.max_chars"), (Some("60"), Some("80")));
    assert_eq!(of("sections[one].fields[phone]"), (Some("电"), None));
    assert!(!found.iter().any(|difference| difference.key.contains("fields[served]")), "{found:#?}");
}

#[test]
fn quotas_of_single_bureaus_come_first() {
    let programme = Programme::parse("f.toml", FEATURE).unwrap();
    assert_eq!(programme.quota.for_bureau("shaoguan"), Some(5));
    assert_eq!(programme.quota.for_bureau("shenzhen"), Some(10));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A file cut off or scribbled over anywhere is refused or read, never worse.
    #[test]
    fn no_file_is_too_broken(at in 0..SMALL.len(), scribble in "\\PC{0,12}", cut in any::<bool>()) {
        let at = (0..=at).rev().find(|at| SMALL.is_char_boundary(*at)).unwrap_or(0);
        let rest = if cut { "" } else { &SMALL[at..] };
        let text = format!("{}{scribble}{rest}", &SMALL[..at]);
        if let Err(problems) = Programme::parse("x.toml", &text) {
            prop_assert!(!problems.is_empty());
        }
    }
}

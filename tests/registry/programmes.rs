//! What changed between two versions of a programme, by names.

use super::architecture::{files, read};
use yuanchi::domain::eligibility::Check;
use yuanchi::domain::programme::{
    Cap, CapBy, ChangeWords, Difference, DrawRules, Programme, RecusalRules, Stratum, differences,
};
use yuanchi::domain::rubric::Points;
use yuanchi::words::Words;

fn compare(before: &Programme, after: &Programme) -> Vec<Difference> {
    let say = |key: &str, args: &[(&str, &str)]| Words.say_with("zh-CN", key, args.iter().copied());
    let bureau = |code: &str| format!("{code} bureau");
    differences(before, after, &ChangeWords { language: "zh-CN", say: &say, bureau: &bureau })
}

/// The programmes that take applications, as shipped.
fn shipped() -> Vec<Programme> {
    let all = files("config/programmes", &[".toml"]);
    let parse = |path: &std::path::PathBuf| Programme::parse("p.toml", &read(path)).expect("a sound programme");
    let programmes: Vec<Programme> = all.iter().map(parse).filter(|p| !p.sections.is_empty()).collect();
    assert_eq!(programmes.len(), 3);
    programmes
}

fn name(programme: &Programme, section: usize, field: usize) -> (String, String) {
    let section = &programme.sections[section];
    (section.names.zh_cn.clone(), section.fields[field].names.zh_cn.clone())
}

#[test]
fn differences_are_told_by_section_field_document_and_rubric_item() {
    for before in shipped() {
        let mut after = before.clone();
        assert_eq!(compare(&before, &after), []);
        after.version += 1;
        let (section, field) = name(&before, 0, 0);
        after.sections[0].fields[0].required ^= true;
        let gone = after.sections[0].fields.remove(1);
        let mut new = gone.clone();
        (new.key, new.names.zh_cn) = ("brand_new".into(), "全新填报项".into());
        after.sections[1].fields.push(new);
        let document = before.documents[0].names.zh_cn.clone();
        after.documents[0].max_bytes = 7 << 20;
        let rubric = after.rubric.as_mut().expect("a rubric");
        let (dimension, item) =
            (rubric.dimensions[0].names.zh_cn.clone(), rubric.dimensions[0].items[0].names.zh_cn.clone());
        rubric.dimensions[0].items[0].max = Points::from_hundredths(1250);
        let served = after.rules.iter_mut().find(|rule| rule.key == "served").expect("the rule");
        let rule = served.names.zh_cn.clone();
        let Check::AtLeast { value, .. } = &mut served.check else { panic!("another rule") };
        *value = 77;
        after.quota.bureaus.insert("dongguan".into(), 9);
        after.decision.places = None;
        let other = "另一个名称";
        after.names.zh_cn = other.into();

        let found = compare(&before, &after);
        let told = |label: &str| {
            let all = || found.iter().map(|d| d.label.as_str()).collect::<Vec<_>>().join("\n");
            let difference = found.iter().find(|d| d.label == label).unwrap_or_else(|| panic!("{label}\n{}", all()));
            (difference.before.as_deref(), difference.after.as_deref())
        };
        let (was, is) = told(&format!("申报表 › {section} › 填报项 › {field} › 必填"));
        assert!(matches!((was, is), (Some("是"), Some("否")) | (Some("否"), Some("是"))));
        let removed = told(&format!("申报表 › {section} › 填报项 › {}", gone.names.zh_cn));
        assert_eq!(removed, (Some(gone.names.zh_cn.as_str()), None));
        let (second, _) = name(&before, 1, 0);
        assert_eq!(told(&format!("申报表 › {second} › 填报项 › 全新填报项")), (None, Some("全新填报项")));
        let (_, size) = told(&format!("佐证材料 › {document} › 单个文件大小上限"));
        assert_eq!(size, Some("7 MB"));
        let (_, points) = told(&format!("评分指标 › 一级指标 › {dimension} › 评分项 › {item} › 上限"));
        assert_eq!(points, Some("12.50"));
        let (was, is) = told(&format!("申报条件 › {rule} › 审查要求"));
        let field = before.field("served_enterprises").expect("the field").names.zh_cn.clone();
        assert!(was.is_some_and(|text| text.starts_with(&format!("{field}不少于 "))), "{was:?}");
        assert_eq!(is, Some(format!("{field}不少于 77").as_str()));
        assert_eq!(told("推荐名额 › 单列名额 › dongguan bureau"), (None, Some("9")));
        assert_eq!(told("名称"), (Some(before.names.zh_cn.as_str()), Some(other)));
        assert!(found.iter().all(|d| d.before != d.after), "{found:#?}");
    }
}

#[test]
fn a_rule_that_was_not_written_is_not_new() {
    let before = shipped().remove(0);
    let mut after = before.clone();
    after.review.as_mut().expect("review rules").recusal.same_city = true;
    let found = compare(&before, &after);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].label, "评审规则 › 回避规则 › 同市回避");
    assert_eq!((found[0].before.as_deref(), found[0].after.as_deref()), (Some("否"), Some("是")));
}

#[test]
fn an_order_and_another_kind_of_field_are_one_difference_each() {
    let before = shipped().remove(0);
    let mut after = before.clone();
    after.documents.swap(0, 1);
    let found = compare(&before, &after);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].label, "佐证材料 › 排列顺序");
    let mut after = before.clone();
    let field =
        after.sections.iter_mut().flat_map(|section| &mut section.fields).find(|field| field.kind.name() == "text");
    field.expect("a line of text").kind = serde_json::from_str("\"yes_no\"").expect("a kind");
    let found = compare(&before, &after);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].before.as_deref(), found[0].after.as_deref()), (Some("单行文字"), Some("是或否")));
}

#[test]
fn everything_that_a_programme_says_has_words() {
    let mut pairs = Vec::new();
    for mut full in shipped() {
        full.decision.cap = Some(Cap { by: CapBy::City, most: 3 });
        let review = full.review.as_mut().expect("review rules");
        (review.load_floor, review.discussion, review.second_panel) = (2, true, Some(2));
        review.far_from_panel = Some(Points::from_hundredths(1000));
        review.recusal = RecusalRules { employer_years: 2, same_city: true, served_last_time: true };
        let strata = ["platform", ""].map(|field| Stratum { field: field.into(), panel: 5, reserves: 2 });
        review.draw = Some(DrawRules { required: true, strata: strata.into() });
        // Against nearly nothing, and against one where each entry says something else: every value shows.
        let mut bare = full.clone();
        bare.applicants = Default::default();
        bare.stations.clear();
        bare.rubric = None;
        bare.review = None;
        bare.notice = None;
        bare.quota = Default::default();
        bare.decision = Default::default();
        bare.rules.iter_mut().for_each(|rule| rule.check = Check::Any(Vec::new()));
        for document in &mut bare.documents {
            document.types.clear();
            document.required_when = None;
            (document.min_count, document.max_count, document.max_bytes) = (100, 101, 1);
        }
        for field in bare.sections.iter_mut().flat_map(|section| &mut section.fields) {
            field.help = Default::default();
            field.kind = serde_json::from_str("\"yes_no\"").expect("a kind");
        }
        bare.public_columns
            .iter_mut()
            .for_each(|column| column.source = "programme".to_string().try_into().expect("a source"));
        pairs.push((full, bare));
    }
    let others = shipped();
    pairs.push((others[0].clone(), others[1].clone()));
    pairs.push((others[1].clone(), others[2].clone()));
    for (full, bare) in pairs {
        for difference in compare(&full, &bare).into_iter().chain(compare(&bare, &full)) {
            let texts = [Some(difference.label.clone()), difference.before.clone(), difference.after.clone()];
            assert!(
                !texts.iter().flatten().any(|text| text.contains("[programme-") || text.contains("[station-")),
                "{difference:?}"
            );
        }
    }
}

//! What is said in three languages: programmes, sentences, and the terms of their readers.

use crate::architecture::{files, read, shown};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use yuanchi::actions::review::score;
use yuanchi::domain::form::{Problem, RawForm};
use yuanchi::domain::language::Language;
use yuanchi::domain::names::Names;
use yuanchi::domain::programme::{FieldKind, Programme};
use yuanchi::words::Words;

/// What is counted is said in English too: nobody there reads a Chinese measure word.
#[test]
fn every_unit_of_a_programme_has_an_english_word() {
    let mut seen = 0;
    for path in files("config/programmes", &[".toml"]) {
        let file = shown(&path);
        let programme = Programme::parse(&file, &read(&path)).unwrap_or_else(|e| panic!("{file}: {e:?}"));
        let kinds = programme.fields().flat_map(|field| {
            std::iter::once(&field.kind).chain(field.kind.columns().iter().map(|column| &column.kind))
        });
        for kind in kinds {
            if let FieldKind::WholeNumber { unit, .. } = kind {
                assert!(unit.in_language("en").is_ascii(), "{file}: {unit:?}");
                seen += usize::from(!unit.zh_cn.is_empty());
            }
        }
    }
    assert!(seen > 20, "{seen} units are read");
}

#[test]
fn where_many_have_the_most_it_is_said_of_what() {
    for (language, words) in
        [("zh-CN", "9 个地市，各 4 项"), ("zh-TW", "9 個地市，各 4 項"), ("en", "9 cities, each with 4")]
    {
        let args = [("several", "9"), ("what", "cities"), ("count", "4")];
        let said = Words.say_with(language, "statistics-most-several", args);
        assert!(said.contains(words), "{said}");
    }
}

/// Every text of a value with where it stands: its words in simplified Chinese, in traditional Chinese and in English.
fn texts(at: &str, value: &Value, found: &mut Vec<(String, [String; 3])>) {
    match value {
        Value::Object(parts) => {
            if parts.contains_key("zh_cn") {
                let text = |key: &str| parts.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
                found.push((at.to_string(), [text("zh_cn"), text("zh_tw"), text("en")]));
            }
            parts.iter().for_each(|(key, part)| texts(&format!("{at}.{key}"), part, found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| texts(&format!("{at}[{index}]"), item, found));
        }
        _ => {}
    }
}

/// A name may leave out the traditional characters where they are the simplified ones; whole sentences never are.
#[test]
fn every_text_of_a_programme_is_told_in_three_languages() {
    let mut guided = 0;
    for path in files("config/programmes", &[".toml"]) {
        let file = shown(&path);
        let programme = Programme::parse(&file, &read(&path)).unwrap_or_else(|e| panic!("{file}: {e:?}"));
        let mut found = Vec::new();
        texts(&file, &serde_json::to_value(&programme).expect("JSON"), &mut found);
        for (at, [simplified, traditional, english]) in found {
            assert_eq!(simplified.trim().is_empty(), english.trim().is_empty(), "{at}: {simplified}");
            assert!(!simplified.ends_with('。') || !traditional.is_empty(), "{at}: {simplified}");
            guided += usize::from(at.ends_with(".guidance"));
        }
    }
    assert!(guided > 40, "{guided} items of rubrics say what earns points");
}

/// Terms of the mainland with those of Taiwan and Hong Kong; the rules are at the head of `zh-TW/frame.ftl`.
const MAINLAND: &[(&str, &str)] = &[
    ("信息", "資訊"),
    ("數據", "資料"),
    ("用戶", "使用者"),
    ("適配", "對接"),
    ("集成", "整合"),
    ("運營", "營運"),
    ("運行", "運作"),
    ("運維", "維運"),
    ("軟件", "軟體"),
    ("硬件", "硬體"),
    ("網絡", "網路"),
    ("服務器", "伺服器"),
    ("視頻", "影片"),
    ("默認", "預設"),
    ("登錄", "登入"),
    ("賬", "帳"),
    ("接口", "介面"),
    ("界面", "介面"),
    ("智能", "智慧"),
    ("打印", "列印"),
    ("鏈接", "連結"),
    ("文件夾", "資料夾"),
    ("模塊", "模組"),
    ("屏幕", "螢幕"),
    ("搜索", "搜尋"),
    ("導入", "匯入"),
    ("導出", "匯出"),
    ("短信", "簡訊"),
    ("在線", "線上"),
    ("郵箱", "信箱"),
    ("刷新", "重新整理"),
];

/// Names of bodies keep their own words.
const OWN_WORDS: &str = "工業和信息化";

#[test]
fn traditional_chinese_has_the_terms_of_its_readers() {
    let mut said: Vec<(String, String)> = Vec::new();
    for path in files("src/locales/zh-TW", &[".ftl"]) {
        let lines = read(&path);
        let lines = lines.lines().filter(|line| !line.starts_with('#'));
        said.extend(lines.map(|line| (shown(&path), line.to_string())));
    }
    for programme in programmes() {
        let mut found = Vec::new();
        texts(&programme.key, &serde_json::to_value(&programme).expect("JSON"), &mut found);
        said.extend(found.into_iter().map(|(at, [_, traditional, _])| (at, traditional)));
    }
    assert!(said.len() > 3_000, "{} texts are read", said.len());
    let mut wrong = Vec::new();
    for (at, text) in said {
        let text = text.replace(OWN_WORDS, "");
        let terms = MAINLAND.iter().filter(|(term, _)| text.contains(term));
        wrong.extend(terms.map(|(term, own)| format!("{at}: {term} should be {own}: {text}")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Every programme of the house.
fn programmes() -> Vec<Programme> {
    let parsed = |path: &Path| {
        let file = shown(path);
        Programme::parse(&file, &read(path)).unwrap_or_else(|e| panic!("{file}: {e:?}"))
    };
    files("config/programmes", &[".toml"]).iter().map(|path| parsed(path)).collect()
}

/// Goes on only if the sentence names the thing as each language does.
#[track_caller]
fn is_named(problem: &Problem, names: &Names) {
    for language in Language::ALL.iter().map(|language| language.as_text()) {
        let said = Words.problem(language, problem);
        assert!(said.contains(names.in_language(language)), "{language}: {said}");
    }
}

#[test]
fn what_is_wrong_or_missing_is_named_in_the_language_of_the_reader() {
    let (mut items, mut answers) = (0, 0);
    for programme in programmes() {
        let empty = score::check(&programme, &BTreeMap::new(), &BTreeMap::new());
        let full = programme.rubric.iter().flat_map(|rubric| rubric.items());
        let full: BTreeMap<String, String> = full.map(|item| (item.key.clone(), "0".to_string())).collect();
        let uncommented = score::check(&programme, &full, &BTreeMap::new());
        for problem in empty.missing.iter().chain(&uncommented.missing) {
            let key = problem.path.split_once('.').map(|(_, key)| key).expect("an item");
            let item = programme.rubric.as_ref().and_then(|rubric| rubric.item(key)).expect("an item");
            is_named(problem, &item.names);
            items += 1;
        }
        for field in programme.fields() {
            let key = field.key.as_str();
            let refused = RawForm::from_json(&programme, json!({ key: [[1]] })).expect_err("no answer");
            refused.iter().for_each(|problem| is_named(problem, &field.names));
            answers += refused.len();
        }
    }
    assert!(items > 40 && answers > 40, "{items} {answers}");
}

//! What people type and what it finds; and the index against a plain scan.

use super::*;
use crate::domain::ids::PublishedListId;
use crate::domain::reference::{Reference, ReferenceFiles};
use crate::domain::status::{ListKind, Standing as Stored};
use chrono::NaiveDate;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn reference() -> Reference {
    Reference::load(&ReferenceFiles::BUNDLED).expect("the reference data")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn list(number: i32, category: &str, year: Option<i32>) -> ListRef {
    ListRef {
        id: PublishedListId::from_text(&format!("00000000-0000-7000-8000-0000000000{number:02}")).expect("an id"),
        kind: ListKind::Main,
        category: category.into(),
        year,
        title: format!("名单{number}"),
        number: format!("{number}号"),
        published_at: day("2024-01-01").and_hms_opt(0, 0, 0).expect("an instant")
            + chrono::Duration::days(number.into()),
        chain_number: number,
    }
}

fn recognition(list: usize, name: &str, product: &str, city: Option<&str>) -> Recognition {
    Recognition {
        list,
        position: 1,
        name: name.into(),
        product: product.into(),
        result: String::new(),
        city: city.map(Into::into),
        clusters: Vec::new(),
        fields: Vec::new(),
        held: Some(Held {
            certificate: "YC-1".into(),
            from: day("2024-01-01"),
            to: day("2027-12-31"),
            stored: Stored::Active,
        }),
    }
}

fn provider(name: &str, code: &str, product: &str, city: Option<&str>) -> Provider {
    Provider {
        key: key_of_name(&fold(name)),
        name: name.into(),
        credit_code: (!code.is_empty()).then(|| code.into()),
        recognitions: vec![recognition(0, name, product, city)],
    }
}

fn some_register() -> Register {
    let mut midea = provider("佛山美云智数科技有限公司", "91440606MA4X1Y2Z3A", "美擎工业互联网平台", Some("440600"));
    midea.recognitions.push(recognition(1, "美云智数", "", Some("440600")));
    midea.recognitions[0].fields = vec!["工业软件".into(), "云服务".into()];
    midea.recognitions[0].clusters = vec!["E03".into()];
    Register {
        lists: vec![list(1, "service_provider", Some(2024)), list(2, "双跨", Some(2022))],
        providers: vec![
            midea,
            provider("深圳市银河行业软件有限公司", "91440300123456789B", "", Some("440300")),
            provider("重庆长安云（广州）有限公司", "91440101MA59ABCD1X", "", Some("440100")),
            provider("TCL东智科技", "", "东智工业应用智能平台", None),
            provider("厦门绿色模具数据有限公司", "", "", None),
            provider("3M材料技术(广州)有限公司", "", "", Some("440100")),
        ],
        ..Register::default()
    }
}

fn names(index: &Index, typed: &str) -> Vec<String> {
    let asked = Asked {
        query: Query::parse(typed).expect("a query"),
        filters: Filters::default(),
        today: day("2026-03-02"),
        offset: 0,
        limit: 100,
    };
    let hits = index.search(&asked).hits;
    hits.into_iter().filter_map(|hit| index.provider(hit)).map(|provider| provider.name).collect()
}

#[test]
fn people_find_what_they_type() {
    let index = Index::build(some_register(), &reference());
    let [midea, bank, chang, tcl, mould, mmm] = [
        "佛山美云智数科技有限公司",
        "深圳市银河行业软件有限公司",
        "重庆长安云（广州）有限公司",
        "TCL东智科技",
        "厦门绿色模具数据有限公司",
        "3M材料技术(广州)有限公司",
    ];
    let cases: &[(&str, &[&str])] = &[
        // simplified, two characters, one character
        ("美云智数", &[midea]),
        ("智数", &[midea]),
        ("银", &[bank]),
        ("行业", &[bank]),
        // traditional
        ("佛山美雲智數", &[midea]),
        ("廈門綠色", &[mould]),
        ("長安雲", &[chang]),
        ("數據", &[mould]),
        // pinyin, whole and begun, and its polyphones
        ("meiyunzhishu", &[midea]),
        ("meiyunzhi", &[midea]),
        ("MeiYun ZhiShu", &[midea]),
        ("chongqing", &[chang]),
        ("zhongqing", &[]),
        ("changan", &[chang]),
        ("hangye", &[bank]),
        ("xingye", &[]),
        ("xiamen", &[mould]),
        ("muju", &[mould]),
        ("lvse", &[mould]),
        ("lüse", &[mould]),
        ("shenzhen", &[bank]),
        // not in the middle of a syllable
        ("iyun", &[]),
        // initials
        ("myzs", &[midea]),
        ("FSMYZS", &[midea]),
        ("szsyh", &[bank]),
        ("xmlsmj", &[mould]),
        // full-width
        ("ＴＣＬ东智", &[tcl]),
        ("３Ｍ", &[mmm]),
        ("９１４４０６０６ＭＡ４Ｘ", &[midea]),
        // brackets left out, or others
        ("重庆长安云广州", &[chang]),
        ("3M材料技术（广州）", &[mmm]),
        // a part of the code, in either case
        ("91440606ma4x1y2z3a", &[midea]),
        ("4X1Y2Z", &[midea]),
        // mixed: all words must match, in any order, each in its own way
        ("智数 佛山", &[midea]),
        ("fs 智数", &[midea]),
        ("佛山zhishu", &[midea]),
        ("tcldongzhi", &[tcl]),
        ("智数 广州", &[]),
        // products, cities, fields and clusters
        ("美擎", &[midea]),
        ("meiqing", &[midea]),
        ("智能平台", &[tcl]),
        ("工业软件", &[midea]),
        ("智能机器人", &[midea]),
        ("guangzhou", &[chang, mmm]),
        ("广州市", &[chang, mmm]),
        // nothing to be found
        ("美云%", &[midea]),
        ("，。", &[]),
        ("%", &[]),
        ("_", &[]),
        ("\\", &[]),
        ("不在其中", &[]),
    ];
    for (typed, found) in cases {
        let expected: BTreeSet<&str> = found.iter().copied().collect();
        let got = names(&index, typed);
        assert_eq!(got.iter().map(String::as_str).collect::<BTreeSet<_>>(), expected, "{typed}");
    }
    assert_eq!(names(&index, "  ").len(), index.len(), "what is blank finds everything");
}

#[test]
fn the_name_that_was_typed_comes_first_then_names_then_the_rest() {
    let register = Register {
        lists: vec![list(1, "service_provider", Some(2024))],
        providers: vec![
            provider("甲公司", "", "云图", None),
            provider("大云图", "", "", None),
            provider("云图科技", "", "", None),
            provider("云图", "", "", None),
            provider("允途", "", "", None),
        ],
        ..Register::default()
    };
    let index = Index::build(register, &reference());
    assert_eq!(names(&index, "云图"), ["云图", "云图科技", "大云图", "甲公司"]);
    assert_eq!(names(&index, "yuntu"), ["云图", "允途", "云图科技", "大云图", "甲公司"]);
}

#[test]
fn categories_and_the_province_are_found_by_their_names() {
    let spellings = ["优秀制造业数字化转型服务商", "優秀製造業數字化轉型服務商"].map(String::from);
    let category_names = [("service_provider".to_string(), spellings.to_vec())].into();
    let index = Index::build(Register { category_names, ..some_register() }, &reference());
    let of = |typed: &str| names(&index, typed).into_iter().collect::<BTreeSet<_>>();
    let some = |names: &[&str]| names.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    for typed in ["服务商", "優秀", "youxiu", "fws", "数字化转型"] {
        assert_eq!(of(typed).len(), index.len(), "{typed}: each was recognised as one");
    }
    // One that no programme knows is called as its list writes it.
    for typed in ["双跨", "雙跨", "shuangkua"] {
        assert_eq!(of(typed), some(&["佛山美云智数科技有限公司"]), "{typed}");
    }
    for typed in ["广东", "廣東省", "guangdong", "服务商 广东"] {
        assert_eq!(of(typed).len(), 4, "{typed}: those with a city of the province");
    }
    assert_eq!(of("服务商 广州"), some(&["重庆长安云（广州）有限公司", "3M材料技术(广州)有限公司"]));
    assert_eq!(of("service"), some(&[]), "keys are for programs");
    // Whose own name has the word comes first.
    assert_eq!(names(&index, "数字化").len(), index.len());
}

#[test]
fn too_much_is_refused_with_the_limit() {
    let code = |text: &str| Query::parse(text).map_err(|problem| (problem.path, problem.code)).err();
    let refused = |code: &str| Some(("q".to_string(), code.to_string()));
    assert_eq!(code(&"长".repeat(QUERY_LIMIT)), None);
    assert_eq!(code(&"长".repeat(QUERY_LIMIT + 1)), refused("search_too_long"));
    assert_eq!(code("a b c d e f g h"), None);
    assert_eq!(code("a b c d e f g h i"), refused("search_too_many_words"));
    assert_eq!(code("a a a a a a a a a a"), None, "a word counts once");
}

#[test]
fn a_key_leads_to_its_provider_and_the_newest_recognitions_come_first() {
    let index = Index::build(some_register(), &reference());
    for hit in 0..6 {
        let provider = index.provider(hit).expect("it is there");
        assert_eq!(index.find(&provider.key), Some(hit));
    }
    assert_eq!(index.find("n0"), None);
    let all = Filters { standing: StandingFilter::All, ..Filters::default() };
    let newest = index.newest(&Query::default(), &all, day("2026-03-02"), 2);
    let provider = index.provider(newest[0].0).expect("it is there");
    assert_eq!((provider.name.as_str(), newest[0].1), ("佛山美云智数科技有限公司", 1));
    assert_eq!(newest.len(), 2);
}

// ---- the index against a plain scan ----

/// How the characters of the cases below are read, and those of the cities and clusters that they name.
const SYLLABLES: &str = "云yun 安an 西xi 先xian 智zhi 数shu 长chang 广guang 州zhou 市shi 深shen 圳zhen 佛fo 山shan \
    新xin 一yi 代dai 电dian 子zi 信xin 息xi 能neng 机ji 器qi 人ren 东dong 省sheng";

fn plain_reading(piece: &str) -> Vec<String> {
    let syllable = |c: char| SYLLABLES.split_whitespace().find_map(|entry| entry.strip_prefix(c));
    piece.chars().map(|c| syllable(c).map_or(c.to_string(), str::to_string)).collect()
}

/// Whether a piece holds a run, the slow way.
fn plain_holds(piece: &str, word: &str, is_read: bool) -> bool {
    if piece.contains(word) {
        return true;
    }
    if !is_read || !word.is_ascii() || !word.bytes().any(|b| b.is_ascii_alphabetic()) {
        return false;
    }
    let units = plain_reading(piece);
    let chars: Vec<char> = piece.chars().collect();
    let begins = |at: &usize| *at == 0 || !chars[*at].is_ascii() || !chars[at - 1].is_ascii();
    let full = (0..units.len()).filter(begins).any(|at| units[at..].concat().starts_with(word));
    let initials: String = units.iter().filter_map(|unit| unit.chars().next()).collect();
    full || initials.contains(word)
}

/// Whether any piece of a provider holds a word.
fn plain_has(provider: &Provider, lists: &[ListRef], word: &str, reference: &Reference) -> bool {
    let mut pieces: Vec<(String, bool)> = vec![(provider.name.clone(), true)];
    pieces.extend(provider.credit_code.iter().map(|code| (code.clone(), false)));
    for held in &provider.recognitions {
        pieces.extend([held.name.clone(), held.product.clone()].map(|piece| (piece, true)));
        pieces.push((lists[held.list].category.clone(), true));
        let city = held.city.as_deref().and_then(|code| reference.city(code)).map(|city| city.name.clone());
        pieces.extend(city.iter().map(|_| ("广东省".to_string(), true)));
        pieces.extend(city.into_iter().chain(held.fields.clone()).map(|piece| (piece, true)));
        let clusters = reference.clusters.iter().filter(|cluster| held.clusters.contains(&cluster.id));
        pieces.extend(clusters.map(|cluster| (cluster.name.clone(), true)));
    }
    pieces.iter().any(|(piece, read)| plain_holds(&fold(piece), word, *read))
}

/// The providers that hold every word.
fn plain_matches<'a>(register: &'a Register, typed: &str) -> Vec<&'a Provider> {
    let reference = reference();
    let (providers, lists) = (&register.providers, &register.lists);
    let words: Vec<String> = typed.split([' ', '%']).map(fold).filter(|word| !word.is_empty()).collect();
    if words.is_empty() && !typed.trim().is_empty() {
        return Vec::new();
    }
    let mut left: Vec<&Provider> = providers.iter().collect();
    for word in words {
        let mut runs: Vec<String> = Vec::new();
        for c in word.chars() {
            match runs.last_mut() {
                Some(run) if run.ends_with(|last: char| last.is_ascii() == c.is_ascii()) => run.push(c),
                _ => runs.push(c.to_string()),
            }
        }
        let whole = providers.iter().any(|provider| plain_has(provider, lists, &word, &reference));
        let wanted = if whole { vec![word] } else { runs };
        left.retain(|provider| wanted.iter().all(|word| plain_has(provider, lists, word, &reference)));
    }
    left
}

fn plain_passes(held: &Recognition, lists: &[ListRef], filters: &Filters, today: NaiveDate) -> bool {
    let list = &lists[held.list];
    filters.category.as_ref().is_none_or(|category| *category == list.category)
        && filters.city.as_ref().is_none_or(|city| Some(city) == held.city.as_ref())
        && filters.cluster.as_ref().is_none_or(|cluster| held.clusters.contains(cluster))
        && filters.field.as_ref().is_none_or(|field| held.fields.contains(field))
        && filters.year.is_none_or(|year| list.year == Some(year))
        && filters.standing.takes(held.standing(today))
}

fn names_of() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select("云安西先智数长ab1".chars().collect::<Vec<_>>()), 1..6)
        .prop_map(|chars| chars.into_iter().collect())
}

fn recognitions_of() -> impl Strategy<Value = Recognition> {
    let city = proptest::option::of(proptest::sample::select(vec!["440100", "440300", "440600"]));
    let fields = proptest::collection::btree_set(proptest::sample::select(vec!["云", "智数", "长安"]), 0..3);
    let clusters = proptest::collection::btree_set(proptest::sample::select(vec!["P01", "E03"]), 0..3);
    let standing =
        proptest::sample::select(vec![None, Some(Stored::Active), Some(Stored::Warned), Some(Stored::Revoked)]);
    let to = proptest::sample::select(vec!["2025-01-01", "2027-12-31"]);
    let product = proptest::option::of(names_of());
    (0_usize..3, 1..50_i32, names_of(), product, city, fields, clusters, standing, to).prop_map(
        |(list, position, name, product, city, fields, clusters, standing, to)| Recognition {
            position,
            fields: fields.into_iter().map(str::to_string).collect(),
            clusters: clusters.into_iter().map(str::to_string).collect(),
            held: standing.map(|stored| Held {
                certificate: "YC".into(),
                from: day("2024-01-01"),
                to: day(to),
                stored,
            }),
            ..recognition(list, &name, &product.unwrap_or_default(), city)
        },
    )
}

fn registers() -> impl Strategy<Value = Register> {
    let code = proptest::option::of("[0-9AB]{6}");
    let one = (names_of(), code, proptest::collection::vec(recognitions_of(), 1..4));
    proptest::collection::vec(one, 0..25).prop_map(|providers| Register {
        lists: vec![list(1, "a", Some(2024)), list(2, "b", Some(2025)), list(3, "a", None)],
        providers: providers
            .into_iter()
            .enumerate()
            .map(|(at, (name, credit_code, recognitions))| Provider {
                key: format!("n{at}"),
                name,
                credit_code,
                recognitions,
            })
            .collect(),
        ..Register::default()
    })
}

fn filters() -> impl Strategy<Value = Filters> {
    let text = |values: Vec<&'static str>| {
        proptest::option::weighted(0.3, proptest::sample::select(values).prop_map(str::to_string))
    };
    let standing = proptest::sample::select(vec![
        StandingFilter::Pool,
        StandingFilter::All,
        StandingFilter::All,
        StandingFilter::One(Standing::Expired),
        StandingFilter::One(Standing::Listed),
    ]);
    (
        text(vec!["a", "b", "gone"]),
        text(vec!["440100", "440300", "999999"]),
        text(vec!["P01", "E03", "E99"]),
        text(vec!["云", "智数", "无"]),
        proptest::option::weighted(0.3, proptest::sample::select(vec![2024, 2025, 1999])),
        standing,
    )
        .prop_map(|(category, city, cluster, field, year, standing)| Filters {
            category,
            city,
            cluster,
            field,
            year,
            standing,
        })
}

fn queries() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "云", "安", "西", "先", "智", "数", "长", "a", "b", "1", "yun", "an", "xi", "xian", "zhi", "zh", "shu",
        "chang", "y", "x", "z", "广州", "雲", "數", "Ａ", "%", " ", " ",
    ]);
    proptest::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]
    #[test]
    fn the_index_finds_what_a_plain_scan_finds(register in registers(), filters in filters(), typed in queries()) {
        let today = day("2026-03-02");
        let index = Index::build(register.clone(), &reference());
        let query = Query::parse(&typed).expect("a query");
        let asked = Asked { query, filters: filters.clone(), today, offset: 0, limit: usize::MAX };
        let outcome = index.search(&asked);
        let matching = plain_matches(&register, &typed);
        let count = |filters: &Filters| {
            let passing = matching.iter().filter(|p| {
                p.recognitions.iter().any(|held| plain_passes(held, &register.lists, filters, today))
            });
            passing.map(|provider| provider.key.clone()).collect::<BTreeSet<_>>()
        };
        let found: BTreeSet<String> =
            outcome.hits.iter().map(|hit| index.provider(*hit).expect("it is there").key).collect();
        prop_assert_eq!(outcome.hits.len(), found.len());
        prop_assert_eq!(outcome.total, found.len());
        prop_assert_eq!(&found, &count(&filters));
        // Each facet says what its filter would find.
        let with = |change: &dyn Fn(&mut Filters)| {
            let mut changed = filters.clone();
            change(&mut changed);
            count(&changed).len()
        };
        let cities: BTreeMap<String, usize> = outcome.facets.cities.iter().cloned().collect();
        for city in ["440100", "440300", "440600"] {
            let expected = with(&|f| f.city = Some(city.into()));
            prop_assert_eq!(cities.get(city).copied().unwrap_or_default(), expected);
        }
        for (category, counted) in &outcome.facets.categories {
            prop_assert_eq!(*counted, with(&|f| f.category = Some(category.clone())));
        }
        for (field, counted) in &outcome.facets.fields {
            prop_assert_eq!(*counted, with(&|f| f.field = Some(field.clone())));
        }
        for (cluster, counted) in &outcome.facets.clusters {
            prop_assert_eq!(*counted, with(&|f| f.cluster = Some(cluster.clone())));
        }
        for (year, counted) in &outcome.facets.years {
            prop_assert_eq!(*counted, with(&|f| f.year = Some(*year)));
        }
        for (standing, counted) in &outcome.facets.standings {
            prop_assert_eq!(*counted, with(&|f| f.standing = StandingFilter::One(*standing)));
        }
        prop_assert_eq!(outcome.facets.in_pool, with(&|f| f.standing = StandingFilter::Pool));
        prop_assert_eq!(outcome.facets.all, with(&|f| f.standing = StandingFilter::All));
    }

    #[test]
    fn pages_follow_each_other_without_gap_or_repetition(register in registers(), typed in queries()) {
        let index = Index::build(register, &reference());
        let filters = Filters { standing: StandingFilter::All, ..Filters::default() };
        let query = Query::parse(&typed).expect("a query");
        let page = |offset, limit| {
            let (query, filters) = (query.clone(), filters.clone());
            index.search(&Asked { query, filters, today: day("2026-03-02"), offset, limit }).hits
        };
        let whole = page(0, 1_000);
        let parts: Vec<u32> = (0..9).flat_map(|number| page(number * 3, 3)).collect();
        prop_assert_eq!(&whole[..whole.len().min(27)], &parts[..]);
        prop_assert!(page(1_000, 3).is_empty());
    }
}

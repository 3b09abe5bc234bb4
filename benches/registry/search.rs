//! Search of fifty thousand providers in memory, beside a plain scan of all names for the same words.

use crate::figures::{self, Figures, Table};
use chrono::NaiveDate;
use std::hint::black_box;
use yuanchi::domain::ids::PublishedListId;
use yuanchi::domain::reference::{Reference, ReferenceFiles};
use yuanchi::domain::search::{
    Asked, Filters, Held, Index, ListRef, Provider, Query, Recognition, Register, StandingFilter, fold, key_of_name,
};
use yuanchi::domain::status::{ListKind, Standing};

/// Providers in the register.
const PROVIDERS: usize = 50_000;
/// How often each query is asked.
const ROUNDS: usize = 40;
/// The p99 that it may have, in milliseconds.
const P99_MS: f64 = 20.0;

/// What people type: two characters, a name, traditional, pinyin, initials, a part of a code, several words, one letter, nothing, and
/// what is not there.
const TYPED: &[&str] = &[
    "智造",
    "粤海云图",
    "廣州數據",
    "shenzhen",
    "fszn",
    "4400MA4X1",
    "佛山 机器人 ruanjian",
    "z",
    "服务商",
    "",
    "不在其中的名字",
];

/// Builds the index, says what it takes, and asks it everything in turns with the scan.
pub fn measure(table: &mut Table) -> anyhow::Result<()> {
    let reference = Reference::load(&ReferenceFiles::BUNDLED).map_err(|problems| anyhow::anyhow!("{problems:?}"))?;
    let register = register(&reference);
    let names: Vec<String> = register.providers.iter().map(|provider| fold(&provider.name)).collect();
    let resident = || figures::kib_of(std::process::id(), "VmRSS:").unwrap_or_default();
    let before = resident();
    let mut building = Figures::default();
    let index = building.time(|| Index::build(register, &reference));
    let after = resident();
    println!(
        "search: index of {} providers, its words {} KiB; resident memory before the index {before} KiB, with it {after} KiB",
        index.len(),
        index.text_bytes() / 1024,
    );
    let (mut searching, mut scanning) = (Figures::default(), Figures::default());
    let today = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default();
    for round in 0..ROUNDS {
        for typed in TYPED {
            let asked = || -> anyhow::Result<Asked> {
                Ok(Asked {
                    query: Query::parse(typed).map_err(|problem| anyhow::anyhow!("{problem:?}"))?,
                    filters: Filters { standing: StandingFilter::Pool, ..Filters::default() },
                    today,
                    offset: (round % 3) * 50,
                    limit: 50,
                })
            };
            searching.time(|| asked().map(|asked| black_box(index.search(&asked))))?;
            scanning.time(|| {
                let words: Vec<&str> = typed.split(' ').collect();
                let holds = |name: &&String| words.iter().all(|word| name.contains(word));
                black_box(names.iter().filter(holds).collect::<Vec<_>>().len())
            });
        }
    }
    let name = "search of 50,000 providers, with facets";
    table.bar_of_p99(name, &searching, P99_MS);
    table.add(name, searching, scanning);
    Ok(())
}

fn register(reference: &Reference) -> Register {
    let list = |number: i32| ListRef {
        id: PublishedListId::from_text(&format!("00000000-0000-7000-8000-0000000000{number:02}"))
            .unwrap_or_else(|| panic!("{number} makes no id")),
        kind: ListKind::Main,
        category: ["service_provider", "feature_platform", "professional_platform"][number as usize % 3].into(),
        year: Some(2020 + number % 6),
        title: format!("第{number}份名单"),
        number: format!("源池公布〔{}〕{number}号", 2020 + number % 6),
        published_at: NaiveDate::from_ymd_opt(2020 + number % 6, 6, 1).unwrap_or_default().and_time(Default::default()),
        chain_number: number,
    };
    let from = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default();
    let to = NaiveDate::from_ymd_opt(2027, 12, 31).unwrap_or_default();
    let pick = |from: &[&'static str], seed: usize| from.get(seed % from.len()).copied().unwrap_or_default();
    let provider = |number: usize| {
        // Mixed well, the same every time.
        let mix = |salt: usize| (number + 1).wrapping_mul(2_654_435_761).wrapping_add(salt.wrapping_mul(40_503)) >> 7;
        let city = &reference.cities[mix(1) % reference.cities.len()];
        let (a, b) = (pick(FIRST, mix(2)), pick(SECOND, mix(3)));
        let name = format!("{}{a}{b}{number}{}有限公司", city.name.trim_end_matches('市'), pick(TRADE, mix(4)));
        let clusters = &reference.clusters;
        Provider {
            key: key_of_name(&name),
            credit_code: Some(format!("9144{:02}00MA4X{:05}{}X", mix(5) % 22, number, number % 10)),
            recognitions: vec![Recognition {
                list: mix(6) % 12,
                position: number as i32,
                name: name.clone(),
                product: if number.is_multiple_of(2) { format!("{a}{b}工业互联网平台") } else { String::new() },
                result: String::new(),
                city: Some(city.code.clone()),
                clusters: vec![
                    clusters[mix(7) % clusters.len()].id.clone(),
                    clusters[mix(8) % clusters.len()].id.clone(),
                ],
                fields: vec![pick(FIELDS, mix(9)).into(), pick(FIELDS, mix(10)).into()],
                held: Some(Held { certificate: format!("YC-2024-{number:08}"), from, to, stored: Standing::Active }),
            }],
            name,
        }
    };
    let names = [
        ("service_provider", "优秀制造业数字化转型服务商"),
        ("feature_platform", "省级特色型工业互联网平台"),
        ("professional_platform", "省级专业型工业互联网平台"),
    ];
    Register {
        lists: (0..12).map(list).collect(),
        providers: (0..PROVIDERS).map(provider).collect(),
        category_names: names.into_iter().map(|(key, name)| (key.to_string(), vec![name.to_string()])).collect(),
    }
}

const FIRST: &[&str] = &[
    "粤海", "智造", "云图", "华南", "岭峰", "珠江", "鹏程", "禅城", "莞邑", "南方", "湾区", "启明", "恒通", "远见",
    "数融", "银河",
];
const SECOND: &[&str] =
    &["云图", "智能", "数字", "互联", "机器人", "软件", "信息", "数据", "自动化", "系统", "工业", "传感"];
const TRADE: &[&str] = &["科技", "软件", "信息技术", "智能装备", "数字化服务", "数据技术", "工业互联网", "系统集成"];
const FIELDS: &[&str] = &[
    "咨询诊断",
    "系统集成",
    "工业软件",
    "云服务",
    "数据采集与治理",
    "网络改造",
    "标识解析",
    "工业信息安全",
    "智能装备",
];

//! Lists that were brought in name in their title how many they have: fewer entries are an excerpt.

/// What is counted.
const COUNTED: [char; 2] = ['家', '个'];

/// How many entries a title says that its list has: 家 or 个 after a number, as in “（共15家）” or “(30个)”. The last one
/// counts, since what comes before names parts. None where it says nothing.
pub fn entries_named(title: &str) -> Option<u64> {
    let mut named = None;
    let mut number: Option<u64> = None;
    for c in title.chars() {
        match c.to_digit(10) {
            Some(digit) => number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(u64::from(digit))),
            None if COUNTED.contains(&c) => named = number.take().or(named),
            None => number = None,
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_may_say_how_many_its_list_has() {
        for (title, named) in [
            ("国家级跨行业跨领域工业互联网平台(2020年批,共15家)", Some(15)),
            ("2023年湖南省级工业互联网平台建设计划（30个）", Some(30)),
            ("首批国家中小企业特色产业集群(广东7个)", Some(7)),
            ("2021年度广东省级企业技术中心评价结果", None),
            ("2023年名单", None),
            ("国家中心", None),
            ("新增 5 家、复核 12家", Some(12)),
            ("99999999999999999999999家", Some(u64::MAX)),
        ] {
            assert_eq!(entries_named(title), named, "{title}");
        }
    }
}

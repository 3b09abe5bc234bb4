//! Which imported lists are the national platform lists, and what an entry of them is.

use super::programme::{Choice, Programme};

/// How offices write the type 跨行业跨领域 for short.
const SHORT: [(&str, &str); 1] = [("cross_industry", "双跨")];
/// What a list says of itself when it is the nation's.
const NATIONAL: &str = "国家";
/// Types that provinces also give: without [`NATIONAL`] such a list is a province's own.
const NATIONAL_ALONE: &str = "cross_industry";

/// The type of a list that was brought in, by its category and its title as written; none if it is not one of the
/// programme's national lists. A category that is the programme's own name leaves the type to the title or the entry.
pub fn list_type<'a>(programme: &'a Programme, category: &str, title: &str) -> Option<&'a Choice> {
    let found = entry_type(programme, category)
        .or_else(|| is_own(programme, category).then(|| entry_type(programme, title)).flatten())?;
    let national = is_own(programme, category) || [category, title].iter().any(|text| text.contains(NATIONAL));
    (found.key == NATIONAL_ALONE || national).then_some(found)
}

/// The type that a text names.
pub fn entry_type<'a>(programme: &'a Programme, text: &str) -> Option<&'a Choice> {
    programme.category.types.iter().find(|choice| {
        let short = SHORT.iter().find(|(key, _)| *key == choice.key).map(|(_, short)| *short);
        text == choice.key || text.contains(&choice.names.zh_cn) || short.is_some_and(|short| text.contains(short))
    })
}

/// Whether a category is the programme itself, by key or name.
pub fn is_own(programme: &Programme, category: &str) -> bool {
    category == programme.category.key || category == programme.names.zh_cn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_told_apart_by_what_they_say() {
        let text = include_str!("../../config/programmes/national_platforms.toml");
        let programme = Programme::parse("national_platforms.toml", text).expect("it is right");
        for (category, title, expected) in [
            ("双跨", "2022年新增跨行业跨领域工业互联网平台清单(14家)", Some("cross_industry")),
            ("national_platform", "2023年特色型工业互联网平台", Some("feature")),
            ("特色型", "国家级特色型工业互联网平台名单", Some("feature")),
            ("特色型", "2023年广东省特色型工业互联网平台", None),
            ("省级平台", "2023年湖南省级工业互联网平台建设计划", None),
            ("专业型", "国家级专业型工业互联网平台", Some("professional")),
            ("企业技术中心", "国家企业技术中心2021年评价结果", None),
        ] {
            let found = list_type(&programme, category, title).map(|choice| choice.key.as_str());
            assert_eq!(found, expected, "{category} {title}");
        }
    }
}

//! A name in the languages of the pages.

use super::language::Language;
use serde::{Deserialize, Serialize};

/// A name, label or explanation that comes from data. Simplified Chinese is always there; the others may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Simplified Chinese.
    pub zh_cn: String,
    /// Traditional Chinese.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zh_tw: String,
    /// English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Names {
    /// The name in a language (`zh-CN`, `zh-TW`, `en`), or in simplified Chinese where there is none.
    pub fn in_language(&self, language: &str) -> &str {
        let own = match Language::of_range(language) {
            Some(Language::ZhTw) => &self.zh_tw,
            Some(Language::En) => &self.en,
            Some(Language::ZhCn) | None => &self.zh_cn,
        };
        if own.is_empty() { &self.zh_cn } else { own }
    }

    /// What is said in each language.
    pub fn of_each(say: impl Fn(&str) -> String) -> Names {
        Names {
            zh_cn: say(Language::ZhCn.as_text()),
            zh_tw: say(Language::ZhTw.as_text()),
            en: say(Language::En.as_text()),
        }
    }

    /// A name that is the same in every language.
    pub fn same(name: &str) -> Names {
        Names { zh_cn: name.to_string(), ..Names::default() }
    }

    /// Whether it says nothing in any language.
    pub fn is_empty(&self) -> bool {
        self.zh_cn.is_empty() && self.zh_tw.is_empty() && self.en.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_to_simplified_chinese() {
        let names = Names { zh_cn: "专业型".into(), zh_tw: String::new(), en: "Specialised".into() };
        for (language, expected) in
            [("zh-CN", "专业型"), ("zh-TW", "专业型"), ("en", "Specialised"), ("en-GB", "Specialised"), ("", "专业型")]
        {
            assert_eq!(names.in_language(language), expected, "{language}");
        }
    }
}

//! Text as it is compared: what people type and what stands in the register become the same characters.

use super::simplified::simplified;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Folds a text: compatibility forms such as full-width letters made one (NFKC), lower case, accents taken off, ü written v as on a
/// keyboard, traditional characters made simplified; whatever is neither letter nor digit is left out.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkc() {
        fold_char(c, &mut folded);
    }
    folded
}

fn fold_char(c: char, into: &mut String) {
    if matches!(c, 'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'Ü' | 'Ǖ' | 'Ǘ' | 'Ǚ' | 'Ǜ') {
        into.push('v');
        return;
    }
    decompose_canonical(c, |part| {
        if !is_combining_mark(part) && part.is_alphanumeric() {
            into.extend(part.to_lowercase().filter(|c| c.is_alphanumeric()).map(simplified));
        }
    });
}

/// The words of a query, folded: parted wherever something is neither letter nor digit.
pub fn words(text: &str) -> Vec<String> {
    let normal: String = text.nfkc().collect();
    let parts = normal.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    parts.map(fold).filter(|word| !word.is_empty()).collect()
}

/// Whether the character is a Chinese one.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_differently_is_the_same() {
        for (typed, folded) in [
            ("ＴＣＬ　（廣東）", "tcl广东"),
            ("智能製造雲平臺", "智能制造云平台"),
            ("數據採集", "数据采集"),
            ("guǎng zhōu", "guangzhou"),
            ("Lüse", "lvse"),
            ("3M材料技术(广州)有限公司", "3m材料技术广州有限公司"),
            ("羣峯衞綫", "群峰卫线"),
            ("，。%_\\\u{0}", ""),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
        assert_eq!(words(" 佛山　智造,TCL%\u{0}"), ["佛山", "智造", "tcl"]);
        assert!(words("，。！%_").is_empty());
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["發髮后後臺颱", "İstanbul ﬁ ﾃｽﾄ", "ＡＢＣ①㈱", "乾坤幹部"] {
            assert_eq!(fold(&fold(text)), fold(text), "{text}");
        }
    }
}

//! How names are read: full pinyin and initials, for whoever types on a keyboard without Chinese.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Readings of single characters in names of places, firms and products, where the table's most customary one is another.
const CHARACTERS: &[(char, &str)] = &[
    ('长', "chang"),
    ('都', "du"),
    ('调', "tiao"),
    ('地', "di"),
    ('佛', "fo"),
    ('埔', "pu"),
    ('厦', "xia"),
    ('曾', "zeng"),
    ('柏', "bo"),
    ('泊', "bo"),
    ('薄', "bo"),
    ('翟', "zhai"),
    ('弹', "tan"),
    ('粘', "nian"),
];

/// Readings of words in which a character is read otherwise than alone, a syllable for each character.
const WORDS: &[(&str, &str)] = &[
    ("重庆", "chong qing"),
    ("重复", "chong fu"),
    ("重组", "chong zu"),
    ("重构", "chong gou"),
    ("重塑", "chong su"),
    ("重新", "chong xin"),
    ("成长", "cheng zhang"),
    ("增长", "zeng zhang"),
    ("生长", "sheng zhang"),
    ("董事长", "dong shi zhang"),
    ("会长", "hui zhang"),
    ("院长", "yuan zhang"),
    ("银行", "yin hang"),
    ("行业", "hang ye"),
    ("行情", "hang qing"),
    ("同行", "tong hang"),
    ("商行", "shang hang"),
    ("车行", "che hang"),
    ("洋行", "yang hang"),
    ("支行", "zhi hang"),
    ("分行", "fen hang"),
    ("央行", "yang hang"),
    ("总行", "zong hang"),
    ("投行", "tou hang"),
    ("大厦", "da sha"),
    ("番禺", "pan yu"),
    ("大埔", "da bu"),
    ("东涌", "dong chong"),
    ("六安", "lu an"),
    ("乐清", "yue qing"),
    ("音乐", "yin yue"),
    ("乐器", "yue qi"),
    ("西藏", "xi zang"),
    ("调度", "diao du"),
    ("调研", "diao yan"),
    ("调查", "diao cha"),
    ("会计", "kuai ji"),
    ("率先", "shuai xian"),
    ("模具", "mu ju"),
    ("模板", "mu ban"),
    ("校准", "jiao zhun"),
    ("校验", "jiao yan"),
    ("角色", "jue se"),
    ("差旅", "chai lv"),
    ("便宜", "pian yi"),
    ("给水", "ji shui"),
    ("给排", "ji pai"),
    ("人参", "ren shen"),
    ("弹药", "dan yao"),
];

struct Readings {
    characters: HashMap<char, &'static str>,
    syllables: HashSet<&'static str>,
    /// By their first character, the longest first.
    words: HashMap<char, Vec<Word>>,
}

/// The characters of a word and their syllables.
type Word = (Vec<char>, Vec<&'static str>);

static READINGS: LazyLock<Readings> = LazyLock::new(|| {
    let mut characters = HashMap::new();
    for line in include_str!("pinyin.txt").lines().filter(|line| !line.starts_with('#')) {
        if let Some((syllable, of)) = line.split_once(' ') {
            characters.extend(of.chars().map(|c| (c, syllable)));
        }
    }
    characters.extend(CHARACTERS.iter().copied());
    let mut words: HashMap<char, Vec<Word>> = HashMap::new();
    for (word, syllables) in WORDS {
        let chars: Vec<char> = word.chars().collect();
        if let Some(first) = chars.first() {
            words.entry(*first).or_default().push((chars, syllables.split(' ').collect()));
        }
    }
    words.values_mut().for_each(|words| words.sort_by_key(|(chars, _)| std::cmp::Reverse(chars.len())));
    let syllables = characters.values().copied().collect();
    Readings { characters, syllables, words }
});

/// How a folded text is read.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Reading {
    /// All syllables in a row; letters and digits stay as they are.
    pub full: String,
    /// Where in `full` a syllable, or a run of letters and digits, begins.
    pub starts: Vec<usize>,
    /// The first letter of each syllable; letters and digits stay as they are.
    pub initials: String,
}

/// Whether a text is one syllable, as it is typed without its tone.
pub fn is_syllable(text: &str) -> bool {
    READINGS.syllables.contains(text)
}

/// Reads a folded text. A character that nobody reads is left out.
pub fn read(folded: &str) -> Reading {
    let chars: Vec<char> = folded.chars().collect();
    let mut reading = Reading::default();
    let mut rest = chars.as_slice();
    let mut in_run = false;
    while let Some((first, after)) = rest.split_first() {
        if first.is_ascii() {
            if !in_run {
                reading.starts.push(reading.full.len());
            }
            in_run = true;
            reading.full.push(*first);
            reading.initials.push(*first);
            rest = after;
            continue;
        }
        in_run = false;
        let word = READINGS.words.get(first).and_then(|words| words.iter().find(|(chars, _)| rest.starts_with(chars)));
        match word {
            Some((chars, syllables)) => {
                syllables.iter().for_each(|syllable| reading.add(syllable));
                rest = rest.get(chars.len()..).unwrap_or_default();
            }
            None => {
                if let Some(syllable) = READINGS.characters.get(first) {
                    reading.add(syllable);
                }
                rest = after;
            }
        }
    }
    reading
}

impl Reading {
    fn add(&mut self, syllable: &str) {
        self.starts.push(self.full.len());
        self.full.push_str(syllable);
        self.initials.extend(syllable.chars().next());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_people_say_them() {
        for (name, full, initials) in [
            ("重庆", "chongqing", "cq"),
            ("重工", "zhonggong", "zg"),
            ("长沙", "changsha", "cs"),
            ("成长", "chengzhang", "cz"),
            ("深圳", "shenzhen", "sz"),
            ("银行", "yinhang", "yh"),
            ("行业", "hangye", "hy"),
            ("运行", "yunxing", "yx"),
            ("厦门", "xiamen", "xm"),
            ("番禺", "panyu", "py"),
            ("东莞", "dongguan", "dg"),
            ("佛山模具", "foshanmuju", "fsmj"),
            ("成都", "chengdu", "cd"),
            ("绿色", "lvse", "ls"),
            ("tcl东智3号", "tcldongzhi3hao", "tcldz3h"),
        ] {
            let reading = read(name);
            assert_eq!((reading.full.as_str(), reading.initials.as_str()), (full, initials), "{name}");
        }
        assert_eq!(read("tcl东智").starts, [0, 3, 7]);
    }

    #[test]
    fn syllables_are_those_of_the_table() {
        assert!(["zhuang", "lv", "an", "xiong"].into_iter().all(is_syllable));
        assert!(!["", "zhu1", "tsing", "guangdong"].into_iter().any(is_syllable));
        assert!((390..430).contains(&READINGS.syllables.len()), "{}", READINGS.syllables.len());
    }

    #[test]
    fn every_word_has_a_syllable_for_each_character() {
        for (word, syllables) in WORDS {
            assert_eq!(word.chars().count(), syllables.split(' ').count(), "{word}");
        }
        assert!(READINGS.characters.len() > 15_000);
        assert!(READINGS.characters.values().all(|s| s.bytes().all(|b| b.is_ascii_lowercase())));
    }
}

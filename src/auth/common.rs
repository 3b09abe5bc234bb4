//! Passwords that everybody tries first: made of common words, runs of keys and dates, and little else.
//!
//! A list of whole passwords never ends; what is on such lists is put together from few parts, and the parts are listed here: words and
//! names, the syllables of pinyin, and how keys lie. Of somebody who works for a unit, its name is one too.

use crate::domain::search::{fold, is_syllable, read};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Words, names, places and offices, in English, in pinyin and by their initials, of passwords that were seen too often.
const WORDS: &str = include_str!("common_words.txt");
/// The words and names among the passwords that were used most in what became known of them (of the ten million that M. Burnett released
/// to the public in 2015, by the order of zxcvbn's list).
const USED: &str = include_str!("common_used.txt");
/// Keys that lie beside one another, along which runs are typed: the rows of the keyboard, its columns to either side, those of the
/// keypad, and the alphabet.
const LINES: [&str; 25] = [
    "`1234567890-=",
    "qwertyuiop[]\\",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz",
    "2wsx",
    "3edc",
    "4rfv",
    "5tgb",
    "6yhn",
    "7ujm",
    "8ik,",
    "9ol.",
    "0p;/",
    "4esz",
    "5rdx",
    "6tfc",
    "7ygv",
    "8uhb",
    "9ijn",
    "0okm",
    "741",
    "852",
    "963",
];
/// The figures of the keypad as they lie, three in a row.
const KEYPAD: &str = "789456123";
/// What keys give together with the one for capitals, and alone.
const SHIFTED: (&str, &str) = ("~!@#$%^&*()_+{}|:\"<>?", "`1234567890-=[]\\;',./");
/// Fewest keys of a run. One that is longer, or a single key held down, tells nobody anything.
const RUN: usize = 3;
/// Letters of the longest syllable. One of less than three happens in any text.
const SYLLABLE: usize = 6;
/// A password of fewer parts is guessed. A common word is one part, and so is a short run, what is repeated at once, and any character that
/// belongs to none; a longer run and a date are none at all. Four words with something between them are seven, however common they are.
const FEWEST_PARTS: usize = 7;
/// Syllables and characters of the longest piece of a unit's name that is one word: whoever shortens it takes as many at most.
const PIECE: usize = 8;
/// The same of its initials.
const INITIALS: usize = 10;
/// The same of a code, and of a name in another script.
const CODE: usize = 18;

/// Words as they are typed, and as they are meant where digits and signs stand for letters.
struct Words {
    typed: HashSet<String>,
    meant: HashSet<String>,
    /// Characters of the longest.
    longest: usize,
}

static COMMON: LazyLock<Words> =
    LazyLock::new(|| Words::of(WORDS.split_whitespace().chain(USED.split_whitespace()).map(str::to_string)));

/// For each key what follows it on the lines that it lies on, in both directions, itself included.
static FOLLOWING: LazyLock<HashMap<char, Vec<Vec<char>>>> = LazyLock::new(|| {
    let mut following: HashMap<char, Vec<Vec<char>>> = HashMap::new();
    for line in LINES {
        for line in [line.chars().collect::<Vec<char>>(), line.chars().rev().collect()] {
            for (place, key) in line.iter().enumerate() {
                following.entry(*key).or_default().push(line.iter().copied().skip(place).collect());
            }
        }
    }
    following
});

impl Words {
    fn of(words: impl Iterator<Item = String>) -> Words {
        let typed: HashSet<String> = words.collect();
        let meant = typed.iter().map(|word| word.chars().map(plain_letter).collect()).collect();
        let longest = typed.iter().map(|word| word.chars().count()).max().unwrap_or_default();
        Words { typed, meant, longest }
    }

    /// Whether a piece is one of them. Where it is digits for the most part, these stand for themselves.
    fn hold(&self, piece: &Piece<'_>) -> bool {
        if piece.typed.len() > self.longest {
            return false;
        }
        let letters = piece.typed.iter().filter(|c| c.is_alphabetic()).count();
        self.typed.contains(&piece.typed.iter().collect::<String>())
            || (2 * letters >= piece.typed.len() && self.meant.contains(&piece.meant.iter().collect::<String>()))
    }
}

/// The letter that is meant by a digit or a sign which looks like it; those that look alike become one.
fn plain_letter(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' | '|' | 'l' => 'i',
        '2' => 'z',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        '9' => 'g',
        other => other,
    }
}

/// The key that a character is typed with.
fn key(c: char) -> char {
    let (above, alone) = SHIFTED;
    above.chars().zip(alone.chars()).find(|(shifted, _)| *shifted == c).map_or(c, |(_, key)| key)
}

/// Whether a password is put together from so few common parts that it is guessed. `units` are the names and codes of those for which its
/// owner works.
pub fn is_common(password: &str, units: &[&str]) -> bool {
    let typed: Vec<char> = password.to_lowercase().chars().collect();
    let own = Words::of(units.iter().flat_map(|unit| pieces_of(unit)));
    fewest_parts(&typed, &own) < FEWEST_PARTS
}

/// What a unit's name or code is shortened to by whoever types it: any piece of it as it is written, in pinyin, and by the initials of that.
fn pieces_of(unit: &str) -> Vec<String> {
    let folded = fold(unit);
    let reading = read(&folded);
    let letters: Vec<char> = folded.chars().collect();
    let initials: Vec<char> = reading.initials.chars().collect();
    let is_telling = |piece: &&[char]| piece.len() > RUN || piece.iter().any(|c| !c.is_ascii());
    let mut pieces: Vec<String> = (2..=CODE)
        .flat_map(|length| letters.windows(length))
        .filter(is_telling)
        .map(|piece| piece.iter().collect())
        .collect();
    // What is read as it stands is there already.
    if reading.starts.len() < 2 {
        return pieces;
    }
    pieces.extend(
        (RUN..=INITIALS).flat_map(|length| initials.windows(length)).map(|piece| piece.iter().collect::<String>()),
    );
    let ends: Vec<usize> = reading.starts.iter().copied().skip(1).chain([reading.full.len()]).collect();
    for (number, start) in reading.starts.iter().enumerate() {
        let syllables = ends.iter().skip(number + 1).take(PIECE - 1);
        let read = syllables.filter_map(|end| reading.full.get(*start..*end));
        pieces.extend(read.filter(|piece| piece.len() > RUN).map(str::to_string));
    }
    pieces
}

/// A piece of a password: as it is typed, as it is meant, and by its keys.
struct Piece<'a> {
    typed: &'a [char],
    meant: &'a [char],
    keys: &'a [char],
}

/// The fewest parts that a text is made of.
fn fewest_parts(typed: &[char], own: &Words) -> usize {
    let meant: Vec<char> = typed.iter().copied().map(plain_letter).collect();
    let keys: Vec<char> = typed.iter().copied().map(key).collect();
    let cut = |start: usize, end: usize| {
        let piece = Piece { typed: typed.get(start..end)?, meant: meant.get(start..end)?, keys: keys.get(start..end)? };
        Some(piece)
    };
    // `parts[n]` is the fewest for the first `n` characters.
    let mut parts: Vec<usize> = (0..=typed.len()).collect();
    for start in 0..typed.len() {
        let before = parts.get(start).copied().unwrap_or_default();
        let patterns = Patterns::from(keys.get(start..).unwrap_or_default());
        for end in start + 1..=typed.len() {
            let (Some(piece), Some(fewest)) = (cut(start, end), parts.get_mut(end)) else { continue };
            let length = end - start;
            let repeats = length >= RUN && length <= start && keys.get(start - length..start) == Some(piece.keys);
            if patterns.cover(length) || is_date(piece.typed) {
                *fewest = before.min(*fewest);
            } else if length == 1 || patterns.begin(length) || repeats || is_word(&piece, own) {
                *fewest = (before + 1).min(*fewest);
            }
        }
    }
    parts.last().copied().unwrap_or_default()
}

fn is_word(piece: &Piece<'_>, own: &Words) -> bool {
    let may_be_syllable = (RUN..=SYLLABLE).contains(&piece.typed.len());
    COMMON.hold(piece) || own.hold(piece) || (may_be_syllable && is_syllable(&piece.typed.iter().collect::<String>()))
}

/// A year of these two centuries, with or without its month, and that with or without its day.
fn is_date(typed: &[char]) -> bool {
    let digits: Option<Vec<u32>> = typed.iter().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits else { return false };
    let (century, month, day) = match digits.as_slice() {
        [a, b, _, _] => (a * 10 + b, 1, 1),
        [a, b, _, _, c, d] => (a * 10 + b, c * 10 + d, 1),
        [a, b, _, _, c, d, e, f] => (a * 10 + b, c * 10 + d, e * 10 + f),
        _ => return false,
    };
    (19..=20).contains(&century) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// How many keys the patterns have that begin at a place.
struct Patterns {
    /// The same key again.
    same: usize,
    /// Keys of a line.
    run: usize,
    /// Figures of the keypad, each beside the one before.
    walk: usize,
    /// Two runs of which now one, now the other goes on.
    braid: usize,
}

impl Patterns {
    fn from(keys: &[char]) -> Patterns {
        let every_other = |from: usize| -> Vec<char> { keys.iter().copied().skip(from).step_by(2).collect() };
        let braid = (2 * run(&every_other(0))).min(2 * run(&every_other(1)) + 1).min(keys.len());
        Patterns { same: same(keys), run: run(keys), walk: walk(keys), braid }
    }

    /// Whether so many keys are of one pattern, and long enough to be none that happens.
    fn cover(&self, length: usize) -> bool {
        let is_of = |fewest: usize, most: usize| (fewest..=most).contains(&length);
        is_of(RUN, self.same) || is_of(RUN + 1, self.run) || is_of(RUN + 1, self.walk) || is_of(2 * RUN, self.braid)
    }

    /// Whether so many keys are the least that is a run.
    fn begin(&self, length: usize) -> bool {
        length == RUN && self.run >= RUN
    }
}

fn same(keys: &[char]) -> usize {
    keys.iter().take_while(|key| Some(*key) == keys.first()).count()
}

/// How many keys lie in a line, or are the same; one at least, where there is any.
fn run(keys: &[char]) -> usize {
    let lines = keys.first().and_then(|first| FOLLOWING.get(first)).into_iter().flatten();
    let along = |line: &Vec<char>| line.iter().zip(keys).take_while(|(there, here)| there == here).count();
    lines.map(along).max().unwrap_or_default().max(same(keys))
}

/// How many figures lie on a way over the keypad, each above, below or beside the one before; none for less than two.
fn walk(keys: &[char]) -> usize {
    let is_beside = |pair: &&[char]| {
        let place = |number: usize| pair.get(number).and_then(|key| KEYPAD.find(*key));
        let (Some(one), Some(other)) = (place(0), place(1)) else { return false };
        (one % 3).abs_diff(other % 3) + (one / 3).abs_diff(other / 3) == 1
    };
    match keys.windows(2).take_while(is_beside).count() {
        0 => 0,
        steps => steps + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

    /// Passwords from outside of the list, as published leaks, manuals of devices and reports of break-ins name them: each long enough for
    /// the other rules.
    const SEEN: &str = "
    123456789012 1234567890123 12345678910a qwertyuiop12 qwertyuiop123 qwertyuiop[] 1q2w3e4r5t6y 1qaz2wsx3edc
    1qaz2wsx3edc4rfv qazwsxedcrfv zaq12wsxcde3 zxcvbnm123456 zxcvbnm,./123 asdfghjkl123 !QAZ2wsx#EDC !QAZ@WSX#EDC
    1qaz@WSX3edc 1qaz!QAZ2wsx 1qazxsw2!QAZXSW@ qwer1234asdf qweasdzxc123 q1w2e3r4t5y6 a1b2c3d4e5f6 1a2a3a4a5a6a
    abc123abc123 abcd1234abcd abcabcabcabc abcdefghijkl Abcd@12345678 Aa123456789. Aa@123456789 Aa112233445566
    a123456789012 qq123456789. zz123456789! 111222333444 112233445566 121212121212 987654321000 147258369147
    147258369000 147896325147 123698745123 159753159753 741852963741 789456123000 159357258456 password1234
    Password123! P@ssw0rd1234 P@ssw0rd2026! P@$$w0rd1234 Passw0rd!234 Pa$$w0rd2024 passwordpassword Password@2024
    MyPassword123 Welcome@2024 Welcome12345 letmein123456 letmeinplease iloveyou1234 iloveyouforever 5201314woaini
    woaini1314520 woaini520520 woaiwojia123 woaizhongguo1949 nihao123456! xiaoming1234 zhangsan1990 Zhangwei@123
    Wangfang1985! Liming@123456 lishi19880808 Zhangxiaolong@123 Wangjianguo!1975 Admin123!@#$ admin@123456
    Admin@2024!! administrator Administrator1 Administrator@123 root@1234567 Root123!@#qwe Toor!@#12345 Huawei@12345
    Huawei12#$%^ H3c@12345678 Changeme_123 ChangeMe@123 Oracle123456 Oracle@2023! Mysql@123456 Sangfor@12345
    Test123456789 test1234test Guest@123456 User@1234567 system123456 Manager@1234 Server2019!! Windows10Pro!
    Guangdong@2024 Guangdong2026 Guangzhou@123 guangzhou20260101 Shenzhen2024! Foshan@666888 Dongguan#2025 Gdgxt@123456
    Gdgxt@2024!! gxt123456789 Fsgxj@2025!!! Zhsgxj#202508 Gongxinting@1 gongxinting888 Yuanchi@2026! Ziyuanchi123!
    Shuzihua2026! Gongye@123456 Pingtai123!@# Beijing@2008! China@19491001 Zhongguo@1949 Qwer!@#$1234 Abc!@#123456
    abcABC123!@# asd123!@#QWE QWE!@#asd123 qwe123!@#ASD zxc123ZXC!@# Summer2024!! Winter@2023! Spring#2025!
    Football2024 Liverpool123! Chelsea12345 Superman1234 Michael12345 charlie12345 christopher1 dragon123456
    monkey123456 sunshine1234 princess1234 starwars1977 jamesbond007 trustno1trustno1";

    /// Words that nobody puts into a list of common ones.
    const RARE: [&str; 48] = [
        "anvil", "barley", "bellows", "birch", "bobbin", "bracket", "cedar", "chisel", "clover", "cobble", "curlew",
        "dowel", "ember", "ferry", "flint", "gable", "girder", "harrow", "hazel", "heron", "inkwell", "jetty", "kelp",
        "kettle", "ladle", "lintel", "loom", "mallet", "marsh", "nettle", "oboe", "otter", "pewter", "plinth",
        "quarry", "raft", "rivet", "saddle", "sieve", "spindle", "thimble", "trellis", "tundish", "urn", "vellum",
        "wharf", "yarrow", "zinc",
    ];

    fn is_taken(password: &str) -> bool {
        !is_common(password, &[])
    }

    /// The same samples at each run: one of very many is refused by chance, and a test is not to hang on that.
    fn always<S: Strategy>(strategy: &S, check: impl Fn(S::Value) -> bool) {
        let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let mut runner =
            TestRunner::new_with_rng(Config { cases: 400, failure_persistence: None, ..Config::default() }, rng);
        let checked = |value: S::Value| {
            prop_assert!(check(value));
            Ok(())
        };
        runner.run(strategy, checked).unwrap();
    }

    #[test]
    fn c_06_what_was_seen_elsewhere_is_refused() {
        let seen: Vec<&str> = SEEN.split_whitespace().collect();
        assert!(seen.len() >= 140, "{}", seen.len());
        for tried in seen {
            assert!(tried.chars().count() >= super::super::password::MIN_LENGTH, "{tried} is too short already");
            assert!(is_common(tried, &[]), "{tried}");
        }
    }

    #[test]
    fn c_06_three_thousand_of_them_and_more() {
        const ENDINGS: [&str; 6] = ["123456789", "@20260302", "1234567890!", "!@qwertyui", "88888888", "19491001.."];
        let words: Vec<&str> = WORDS.split_whitespace().chain(USED.split_whitespace()).collect();
        assert!(words.len() >= 2_700, "{}, and the four hundred syllables of pinyin beside them", words.len());
        let mut refused = HashSet::new();
        for (number, word) in words.into_iter().filter(|word| word.len() >= 4).enumerate() {
            for ending in [ENDINGS[number % 6], ENDINGS[(number + 3) % 6]] {
                let tried = format!("{word}{ending}");
                assert!(is_common(&tried, &[]), "{tried}");
                refused.extend((tried.chars().count() >= super::super::password::MIN_LENGTH).then_some(tried));
            }
        }
        assert!(refused.len() >= 3_000, "{}", refused.len());
    }

    #[test]
    fn c_06_what_nobody_tries_is_taken() {
        for good in [
            "correct horse battery staple",
            "一个很长的口令 with 表情 🙂",
            "mRt7-vNq2-Lx9p",
            "a quite new long password",
            "珠江夜雨打芭蕉二更三点听潮声",
            "zhujiangyeyudabajiao",
            // Four words with something between them, though each is common.
            "summer coffee dragon tiger",
        ] {
            assert!(is_taken(good), "{good}");
        }
    }

    #[test]
    fn c_06_four_words_by_chance_are_taken() {
        let words = prop::sample::subsequence(RARE.to_vec(), 4).prop_shuffle();
        let between = prop::sample::select(vec!["", " ", "-", ".", "_"]);
        always(&(words, between), |(words, between)| is_taken(&words.join(between)));
        let common: Vec<&str> = WORDS.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).collect();
        let common: Vec<&str> =
            common.into_iter().filter(|word| run(&word.chars().collect::<Vec<_>>()) <= RUN).collect();
        let words = prop::sample::subsequence(common, 4).prop_shuffle();
        // One that is a piece of another repeats it.
        let repeats =
            |words: &[&str]| words.iter().any(|one| words.iter().any(|other| one != other && other.contains(one)));
        always(&words, |words| repeats(&words) || is_taken(&words.join(" ")));
    }

    #[test]
    fn c_06_sixteen_characters_by_chance_are_taken() {
        always(&"[A-Za-z0-9]{16}", |text| is_taken(&text));
        always(&"[!-~]{16}", |text| is_taken(&text));
        always(&"[一-龥]{12}", |text| is_taken(&text));
    }

    #[test]
    fn c_06_a_unit_is_no_secret_of_those_who_work_for_it() {
        let units = ["广东云帆智造科技有限公司", "914403001922038216", "TCL 工業"];
        for tried in [
            "广东云帆智造科技有限公司",
            "云帆智造科技2026!",
            "Yunfanzhizao@2026",
            "yunfan-yunfan-yunfan",
            "YFzz#20260302",
            "Gdyfzz@@8888",
            "Yunf@nzhiz@0888",
            "914403001922038216",
            "Yunfan922038216",
            "Tclgongye#1981",
        ] {
            assert!(is_common(tried, &units), "{tried}");
        }
        for other in ["Yunfan had a Window on the canal", "云帆直挂济沧海其实是一句诗句", "mRt7-vNq2-Lx9p"]
        {
            assert!(!is_common(other, &units), "{other}");
        }
        assert!(!is_common("wo zai Yunfan xie zi", &units), "the name is one word among others");
    }

    /// A pattern is what lies in a line or beside, whichever way it is typed, and with the key for capitals held down or not.
    #[test]
    fn patterns_are_seen_as_they_lie() {
        let of = |text: &str| Patterns::from(&text.chars().map(key).collect::<Vec<_>>());
        for (text, length) in
            [("12#$%^", 6), ("!qaz", 4), ("poiuyt", 6), ("cba", 3), ("0okm", 4), ("aab", 2), ("q", 1), ("", 0)]
        {
            assert_eq!(of(text).run, length, "{text}");
        }
        for (text, length) in [("147896325147", 9), ("1236987410", 9), ("15", 0), ("ab", 0), ("", 0)] {
            assert_eq!(of(text).walk, length, "{text}");
        }
        for (text, length) in [("1a2a3a4a", 8), ("1q2w3e4r", 8), ("112233", 6), ("1a2b7c", 4), ("", 0)] {
            assert_eq!(of(text).braid, length, "{text}");
        }
        for (text, whether) in [
            ("1999", true),
            ("202602", true),
            ("20260302", true),
            ("20261302", false),
            ("1899", false),
            ("19990", false),
        ] {
            assert_eq!(is_date(&text.chars().collect::<Vec<_>>()), whether, "{text}");
        }
    }
}

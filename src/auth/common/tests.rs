//! What everybody tries is refused, and what nobody tries is taken, whatever it is by chance.

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
    "kettle", "ladle", "lintel", "loom", "mallet", "marsh", "nettle", "oboe", "otter", "pewter", "plinth", "quarry",
    "raft", "rivet", "saddle", "sieve", "spindle", "thimble", "trellis", "tundish", "urn", "vellum", "wharf", "yarrow",
    "zinc",
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
    let common: Vec<&str> = common.into_iter().filter(|word| run(&word.chars().collect::<Vec<_>>()) <= RUN).collect();
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
    for other in ["Yunfan had a Window on the canal", "云帆直挂济沧海其实是一句诗句", "mRt7-vNq2-Lx9p"] {
        assert!(!is_common(other, &units), "{other}");
    }
    assert!(is_taken("wo zai Yunfan xie zi"), "the name is one word among others");
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
    for (text, whether) in
        [("1999", true), ("202602", true), ("20260302", true), ("20261302", false), ("1899", false), ("19990", false)]
    {
        assert_eq!(is_date(&text.chars().collect::<Vec<_>>()), whether, "{text}");
    }
}

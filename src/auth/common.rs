//! Passwords that everybody tries first: made of common words, runs of keys and dates, and little else.
//!
//! A list of whole passwords never ends; what is on such lists is put together from few parts, and the parts are listed here.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words, names and places, in English and pinyin, of passwords that were seen too often.
const WORDS: &str = include_str!("common_words.txt");
/// Rows of the keyboard and of the alphabet, along which runs are typed.
const ROWS: [&str; 5] = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz"];
/// Longest word of the list, in characters.
const LONGEST: usize = 24;
/// Fewest keys of a run.
const RUN: usize = 3;
/// A password of fewer parts is guessed: a common word is one part, and so is any character that belongs to none.
const FEWEST_PARTS: usize = 6;

static COMMON: LazyLock<HashSet<String>> =
    LazyLock::new(|| WORDS.split_whitespace().map(|word| word.chars().map(plain_letter).collect()).collect());

/// The letter that is meant by a digit or a sign which looks like it.
fn plain_letter(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// Whether a password is put together from so few common parts that it is guessed.
pub fn is_common(password: &str) -> bool {
    let typed: Vec<char> = password.to_lowercase().chars().collect();
    fewest_parts(&typed) < FEWEST_PARTS
}

/// The fewest parts that a text is made of.
fn fewest_parts(typed: &[char]) -> usize {
    let letters: Vec<char> = typed.iter().copied().map(plain_letter).collect();
    // `parts[n]` is the fewest for the first `n` characters.
    let mut parts: Vec<usize> = (0..=typed.len()).collect();
    for start in 0..typed.len() {
        let before = parts.get(start).copied().unwrap_or_default() + 1;
        let rest = typed.get(start..).unwrap_or_default();
        let word = letters.get(start..).unwrap_or_default();
        let keys = run(rest);
        let is_part =
            |length: &usize| *length == 1 || *length <= keys || is_date(rest, *length) || is_word(word, *length);
        for length in (1..=rest.len()).filter(is_part) {
            if let Some(end) = parts.get_mut(start + length) {
                *end = before.min(*end);
            }
        }
    }
    parts.last().copied().unwrap_or_default()
}

fn is_word(letters: &[char], length: usize) -> bool {
    length <= LONGEST && letters.get(..length).is_some_and(|word| COMMON.contains(&word.iter().collect::<String>()))
}

/// Four to eight digits that begin like a year of these two centuries.
fn is_date(typed: &[char], length: usize) -> bool {
    let digits = typed.get(..length).unwrap_or_default();
    let year = digits.starts_with(&['1', '9']) || digits.starts_with(&['2', '0']);
    (4..=8).contains(&length) && year && digits.iter().all(char::is_ascii_digit)
}

/// How many keys a run has that begins here: the same key again, or neighbours in one direction. Zero for less than three.
fn run(typed: &[char]) -> usize {
    let steps: Vec<Option<i8>> = typed.windows(2).map(step).collect();
    let Some(Some(first)) = steps.first() else { return 0 };
    let length = steps.iter().take_while(|next| **next == Some(*first)).count() + 1;
    if length >= RUN { length } else { 0 }
}

/// Which way the second key lies from the first: 0 for the same, 1 or -1 for neighbours in a row.
fn step(pair: &[char]) -> Option<i8> {
    let [one, other] = pair else { return None };
    if one == other {
        return Some(0);
    }
    ROWS.iter().find_map(|row| {
        let (here, there) = (row.find(*one)?, row.find(*other)?);
        match (here + 1 == there, there + 1 == here) {
            (true, _) => Some(1),
            (_, true) => Some(-1),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c_06_what_everybody_tries_is_refused() {
        for tried in [
            "password1234",
            "P@ssw0rd2026!",
            "admin@123456",
            "qwertyuiop[]",
            "1qaz2wsx3edc",
            "Guangdong2026",
            "guangzhou20260101",
            "woaini1314520",
            "yuanchi@2026",
            "abcabcabcabc",
            "987654321000",
            "gongxinting888",
        ] {
            assert!(is_common(tried), "{tried}");
        }
    }

    #[test]
    fn c_06_three_thousand_of_them_and_more() {
        let words: Vec<&str> = WORDS.split_whitespace().filter(|word| word.len() >= 4).collect();
        let mut refused = HashSet::new();
        for word in &words {
            for ending in ["123456789", "@20260302", "1234567890!", "!@qwertyui", "88888888", "19491001.."] {
                let tried = format!("{word}{ending}");
                assert!(is_common(&tried), "{tried}");
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
        ] {
            assert!(!is_common(good), "{good}: {}", fewest_parts(&good.chars().collect::<Vec<_>>()));
        }
    }
}

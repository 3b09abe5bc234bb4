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
mod tests;

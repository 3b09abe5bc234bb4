//! 统一社会信用代码 (GB 32100-2015): the key of an organisation.
//!
//! A wrong *form* is refused. A wrong *check character* is only reported: real codes of the early pilot break the rule, so an
//! officer may let one pass with the licence image and a reason. The area digits name the registering authority, never
//! the place of business; nothing here derives a city from them.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;

/// Characters of a code.
pub const LENGTH: usize = 18;

/// The standard's alphabet in value order, 0 to 30: no I, O, S, V, Z.
const ALPHABET: [char; 31] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N',
    'P', 'Q', 'R', 'T', 'U', 'W', 'X', 'Y',
];

/// A well-formed code, normalised: half-width, upper case, no blanks around it. Its check character may be wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode(String);

/// A code that was read, and what its check character says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The normalised code.
    pub code: CreditCode,
    /// Whether its last character follows the rule.
    pub check: CheckCharacter,
}

/// Whether the last character is the one that the first seventeen ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckCharacter {
    /// It is.
    Right,
    /// It is not.
    Wrong {
        /// The character that the rule asks for.
        expected: char,
    },
}

impl CheckCharacter {
    /// What to tell whoever typed it, when it is wrong: the stable code of the warning (`problem-<code>`) and the character expected.
    pub fn warning(self) -> Option<(&'static str, char)> {
        match self {
            CheckCharacter::Right => None,
            CheckCharacter::Wrong { expected } => Some(("credit_code_check", expected)),
        }
    }
}

/// Why a text is no credit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Not eighteen characters.
    #[error("a credit code has 18 characters, not {found}")]
    Length {
        /// How many there were, after normalising.
        found: usize,
    },
    /// A character that cannot stand where it stands; the first such.
    #[error("position {position} of a credit code cannot be {found:?}")]
    Character {
        /// Counted from 1.
        position: usize,
        /// What was there, after normalising.
        found: char,
        /// What may be there.
        allowed: Allowed,
    },
}

/// What may stand at a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// 0 to 9: positions 3 to 8, the registering authority's area.
    Digit,
    /// 0 to 9 and the capital letters without I, O, S, V, Z.
    DigitOrLetter,
}

impl Allowed {
    fn at(position: usize) -> Allowed {
        if (3..=8).contains(&position) { Allowed::Digit } else { Allowed::DigitOrLetter }
    }

    fn holds(self, character: char) -> bool {
        match self {
            Allowed::Digit => character.is_ascii_digit(),
            Allowed::DigitOrLetter => ALPHABET.contains(&character),
        }
    }
}

impl Malformed {
    /// Stable code; the sentence is in the locale files under `problem-<code>`.
    pub fn code(&self) -> &'static str {
        match self {
            Malformed::Length { .. } => "credit_code_length",
            Malformed::Character { allowed: Allowed::Digit, .. } => "credit_code_not_digit",
            Malformed::Character { allowed: Allowed::DigitOrLetter, .. } => "credit_code_character",
        }
    }

    /// What the sentence names.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Malformed::Length { found } => vec![("found", found.to_string()), ("length", LENGTH.to_string())],
            Malformed::Character { position, found, .. } => {
                vec![("position", position.to_string()), ("found", found.to_string())]
            }
        }
    }
}

impl CreditCode {
    /// Reads what a person typed or pasted: full-width characters, small letters and blanks around it are put right.
    ///
    /// # Errors
    /// [`Malformed`], when the form is wrong. A wrong check character is not an error; see [`Parsed::check`].
    pub fn parse(text: &str) -> Result<Parsed, Malformed> {
        let characters = normalise(text);
        if characters.len() != LENGTH {
            return Err(Malformed::Length { found: characters.len() });
        }
        well_formed(&characters)?;
        let code = CreditCode(characters.iter().collect());
        let check = match code.expected_check_character() {
            expected if code.0.ends_with(expected) => CheckCharacter::Right,
            expected => CheckCharacter::Wrong { expected },
        };
        Ok(Parsed { code, check })
    }

    /// The code whose first seventeen characters these are, with its check character. None when they are malformed.
    pub fn complete(first_seventeen: &str) -> Option<CreditCode> {
        let mut characters = normalise(first_seventeen);
        if characters.len() != LENGTH - 1 || well_formed(&characters).is_err() {
            return None;
        }
        characters.push(check_character(&characters));
        Some(CreditCode(characters.into_iter().collect()))
    }

    /// The eighteen characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The check character that the rule asks for, whether or not the code ends with it.
    pub fn expected_check_character(&self) -> char {
        let body: Vec<char> = self.0.chars().take(LENGTH - 1).collect();
        check_character(&body)
    }
}

/// NFKC, trimmed of blanks and invisible marks that come with pasting, upper case.
fn normalise(text: &str) -> Vec<char> {
    let text: String = text.nfkc().collect();
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}'))
        .chars()
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

fn well_formed(characters: &[char]) -> Result<(), Malformed> {
    for (position, &found) in (1..).zip(characters) {
        let allowed = Allowed::at(position);
        if !allowed.holds(found) {
            return Err(Malformed::Character { position, found, allowed });
        }
    }
    Ok(())
}

/// Weights are the powers of 3 modulo 31; the check value makes the weighted sum a multiple of 31 (GB 32100-2015).
fn check_character(body: &[char]) -> char {
    let mut weight = 1;
    let mut sum = 0;
    for character in body {
        let value = ALPHABET.iter().position(|c| c == character).unwrap_or(0);
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    ALPHABET.get((31 - sum % 31) % 31).copied().unwrap_or('0')
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for CreditCode {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Serialize for CreditCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for CreditCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<CreditCode, D::Error> {
        let text = String::deserialize(deserializer)?;
        CreditCode::parse(&text).map(|parsed| parsed.code).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VECTORS: &str = include_str!("../../tests/data/uscc_vectors.csv");

    #[test]
    fn every_vector_reads_as_the_table_says() {
        let mut seen = 0;
        for line in VECTORS.lines().skip(1) {
            let cells = crate::domain::reference::table::cells(line).expect("a line of the vectors");
            let (kind, name, code, by_rule) =
                (cells[0].as_str(), cells[1].as_str(), cells[2].as_str(), cells[3].chars().next());
            let read = CreditCode::parse(code);
            match (kind, name) {
                ("valid", _) | (_, "(lowercase)") | (_, "(full width)") => {
                    let parsed = read.expect(name);
                    assert_eq!(parsed.check, CheckCharacter::Right, "{name}");
                    assert_eq!(parsed.code.as_str().len(), LENGTH, "{name}: plain ASCII once normalised");
                }
                (_, "(17 chars)") => assert_eq!(read, Err(Malformed::Length { found: 17 })),
                (_, "(old 15-digit)") => assert_eq!(read, Err(Malformed::Length { found: 15 })),
                (_, "(contains I)") => assert_eq!(read, Err(wrong(17, 'I', Allowed::DigitOrLetter))),
                (_, "(contains O)") => assert_eq!(read, Err(wrong(9, 'O', Allowed::DigitOrLetter))),
                (_, "(area not digits, checksum ok)") => assert_eq!(read, Err(wrong(5, 'A', Allowed::Digit))),
                _ => {
                    let expected = by_rule.expect(name);
                    let check = read.expect(name).check;
                    assert_eq!(check, CheckCharacter::Wrong { expected }, "{name}");
                    assert_eq!(check.warning(), Some(("credit_code_check", expected)));
                }
            }
            seen += 1;
        }
        assert_eq!(seen, 26);
    }

    fn wrong(position: usize, found: char, allowed: Allowed) -> Malformed {
        Malformed::Character { position, found, allowed }
    }

    #[test]
    fn what_comes_with_pasting_is_put_right() {
        let parsed = CreditCode::parse("\u{FEFF} \t９１440300１９２２０３８２１６\u{3000}\u{200B}\n").unwrap();
        assert_eq!(parsed.code.to_string(), "914403001922038216");
        assert_eq!(CreditCode::parse(""), Err(Malformed::Length { found: 0 }));
        assert_eq!(CreditCode::parse("91440300 92203821 "), Err(Malformed::Length { found: 17 }));
    }

    #[test]
    fn json_is_the_code_and_a_malformed_one_is_refused() {
        let code: CreditCode = serde_json::from_str("\"9144030071526726xg\"").unwrap();
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"9144030071526726XG\"");
        assert!(serde_json::from_str::<CreditCode>("\"440301103097413\"").is_err());
    }

    fn seventeen() -> impl Strategy<Value = String> {
        "[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}"
    }

    proptest! {
        #[test]
        fn a_completed_code_is_right(body in seventeen()) {
            let code = CreditCode::complete(&body).unwrap();
            let parsed = CreditCode::parse(code.as_str()).unwrap();
            prop_assert_eq!(parsed.check, CheckCharacter::Right);
            prop_assert_eq!(parsed.code, code);
        }

        #[test]
        fn one_changed_character_is_always_found(body in seventeen(), position in 0..LENGTH, shift in 1usize..31) {
            let code = CreditCode::complete(&body).unwrap();
            let mut characters: Vec<char> = code.as_str().chars().collect();
            let radix = if (2..8).contains(&position) { 10 } else { 31 };
            prop_assume!(shift % radix != 0);
            let value = ALPHABET.iter().position(|c| *c == characters[position]).unwrap();
            characters[position] = ALPHABET[(value + shift) % radix];
            let changed: String = characters.into_iter().collect();
            let check = CreditCode::parse(&changed).unwrap().check;
            prop_assert_ne!(check, CheckCharacter::Right);
        }

        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            if let Ok(parsed) = CreditCode::parse(&text) {
                prop_assert_eq!(CreditCode::parse(parsed.code.as_str()).unwrap(), parsed);
            }
            let _ = CreditCode::complete(&text);
        }
    }
}

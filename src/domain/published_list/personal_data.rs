//! The scan that keeps personal data out of public lists (办法 on government information: identity numbers, telephones and accounts of
//! persons are not published).

use super::Shown;
use crate::domain::text::text_enum;

text_enum!(
    /// What was found. The words are `problem-list_<kind>`.
    PersonalDataKind {
        /// An 18-digit identity number with a right check character (GB 11643-1999).
        IdentityNumber = "identity_number",
        /// A mobile telephone number of 11 digits.
        MobileNumber = "mobile_number",
        /// A bank card number of 16 to 19 digits with a right check digit (Luhn, ISO/IEC 7812-1).
        BankCard = "bank_card",
    }
);

/// A cell that must not be published. It holds no part of the number itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalData {
    /// The row, from 1.
    pub row: usize,
    /// The heading of its column.
    pub column: String,
    /// What was found.
    pub kind: PersonalDataKind,
}

/// Every cell of a list that holds personal data, in order.
pub fn scan<'a>(rows: impl IntoIterator<Item = &'a [Shown]>) -> Vec<PersonalData> {
    let cells = rows.into_iter().enumerate().flat_map(|(at, row)| row.iter().map(move |cell| (at + 1, cell)));
    cells
        .filter_map(|(row, cell)| {
            let kind = find_personal_data(&cell.value)?;
            Some(PersonalData { row, column: cell.label.clone(), kind })
        })
        .collect()
}

/// What a text holds of personal data, if anything. Full-width digits count, and so do numbers written in groups with blanks or hyphens.
/// A longer run of letters and digits, such as a credit code, is no number of a person.
pub fn find_personal_data(text: &str) -> Option<PersonalDataKind> {
    runs(text).iter().find_map(|run| kind_of(run))
}

/// The runs of letters and digits, with single blanks and hyphens inside a number of digits left out.
fn runs(text: &str) -> Vec<String> {
    let plain: Vec<char> = text.chars().map(ascii).collect();
    let mut runs = vec![String::new()];
    let mut joined = vec![String::new()];
    for (at, &c) in plain.iter().enumerate() {
        let next_is_digit = plain.get(at + 1).is_some_and(char::is_ascii_digit);
        let inside_digits =
            joined.last().is_some_and(|run| run.ends_with(|c: char| c.is_ascii_digit())) && next_is_digit;
        if c.is_ascii_alphanumeric() {
            push(&mut runs, c);
            push(&mut joined, c);
        } else {
            runs.push(String::new());
            if !(inside_digits && matches!(c, ' ' | '-')) {
                joined.push(String::new());
            }
        }
    }
    runs.append(&mut joined);
    runs
}

fn push(runs: &mut [String], c: char) {
    if let Some(run) = runs.last_mut() {
        run.push(c.to_ascii_uppercase());
    }
}

/// Full-width forms and the non-breaking blank as ASCII.
fn ascii(c: char) -> char {
    match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        0x3000 | 0x00A0 => ' ',
        0x2010..=0x2015 => '-',
        _ => c,
    }
}

fn kind_of(run: &str) -> Option<PersonalDataKind> {
    let digits: Option<Vec<u32>> = run.chars().map(|c| c.to_digit(10)).collect();
    // With the country's prefix or without.
    let mobile = |digits: &[u32]| match digits {
        [8, 6, rest @ ..] | rest if rest.len() == 11 => matches!(rest, [1, 3..=9, ..]),
        _ => false,
    };
    if is_identity_number(run) {
        return Some(PersonalDataKind::IdentityNumber);
    }
    let digits = digits?;
    if mobile(&digits) {
        return Some(PersonalDataKind::MobileNumber);
    }
    ((16..=19).contains(&digits.len()) && luhn(&digits)).then_some(PersonalDataKind::BankCard)
}

/// GB 11643-1999: weights 2^(17-i) mod 11 over 17 digits, the check character from a table.
fn is_identity_number(run: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let characters: Vec<char> = run.chars().collect();
    let [body @ .., check] = characters.as_slice() else { return false };
    let Some(digits) = body.iter().map(|c| c.to_digit(10)).collect::<Option<Vec<u32>>>() else { return false };
    if digits.len() != WEIGHTS.len() {
        return false;
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let place = usize::try_from(sum % 11).unwrap_or_default();
    // A date of birth stands in the middle; a credit code of digits alone seldom has one.
    let number =
        |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default().iter().fold(0, |n, d| n * 10 + d);
    CHECKS.get(place) == Some(check)
        && (1900..2100).contains(&number(6..10))
        && (1..=12).contains(&number(10..12))
        && (1..=31).contains(&number(12..14))
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, &digit)| match digit * 2 {
            _ if at % 2 == 0 => digit,
            double if double > 9 => double - 9,
            double => double,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_persons_are_found_however_they_are_written() {
        for (text, kind) in [
            ("身份证11010519491231002X", PersonalDataKind::IdentityNumber),
            ("11010519491231002x。", PersonalDataKind::IdentityNumber),
            ("联系人 13812345678", PersonalDataKind::MobileNumber),
            ("１３８１２３４５６７８", PersonalDataKind::MobileNumber),
            ("138-1234-5678", PersonalDataKind::MobileNumber),
            ("+86 13812345678", PersonalDataKind::MobileNumber),
            ("账号6222021234567890128", PersonalDataKind::BankCard),
        ] {
            // The last one needs a right check digit; find it rather than trust a literal.
            let text = match kind {
                PersonalDataKind::BankCard => (0..10)
                    .map(|d| format!("账号622202123456789012{d}"))
                    .find(|t| find_personal_data(t).is_some())
                    .unwrap_or_default(),
                _ => text.to_string(),
            };
            assert_eq!(find_personal_data(&text), Some(kind), "{text}");
        }
    }

    #[test]
    fn what_a_list_really_shows_is_let_through() {
        for text in [
            "广州明珞装备股份有限公司",
            "91440101MA59A1B2C3",
            "11010519491231002A",
            "020-83133000",
            "12345678901",
            "2024-01-01 至 2026-12-31",
            "1000000 万元",
            "",
        ] {
            assert_eq!(find_personal_data(text), None, "{text}");
        }
    }

    #[test]
    fn the_scan_names_row_and_column() {
        let cell = |value: &str| Shown { key: "a".into(), label: "单位".into(), value: value.into() };
        let rows = [vec![cell("甲")], vec![cell("13812345678")]];
        let found = scan(rows.iter().map(Vec::as_slice));
        assert_eq!(found, [PersonalData { row: 2, column: "单位".into(), kind: PersonalDataKind::MobileNumber }]);
    }
}

//! The scan that keeps personal data out of public lists (办法 on government information: identity numbers, telephones and accounts of
//! persons are not published).

use super::Shown;
use crate::domain::credit_code::{CheckCharacter, CreditCode};
use crate::domain::text::text_enum;
use unicode_normalization::UnicodeNormalization;

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

/// What a text holds of personal data, if anything. However it is written: full-width digits, glued to letters or words, with the country's
/// prefix, in groups with blanks, dots or hyphens between them. An organisation's credit code is no number of a person.
pub fn find_personal_data(text: &str) -> Option<PersonalDataKind> {
    chains(&plain(text)).iter().find_map(|chain| in_chain(chain))
}

/// The text in plain characters: full-width and encircled digits as ASCII, dashes as hyphens, invisible characters left out.
fn plain(text: &str) -> Vec<char> {
    let visible = text.nfkc().filter(|c| !matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'));
    visible
        .map(|c| match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            _ => c.to_ascii_uppercase(),
        })
        .collect()
}

/// A run of digits.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    digits: String,
    /// An X stands behind it: the check character of an identity number may be one.
    x: bool,
}

/// Characters that may stand between the groups of one number, and how many of them at most.
const SEPARATORS: [char; 10] = [' ', '\t', '-', '.', '_', '/', '·', '•', '(', ')'];
const SEPARATORS_AT_MOST: usize = 3;

/// The groups of digits, those together that may be one number. Credit codes that stand alone are left out.
fn chains(text: &[char]) -> Vec<Vec<Group>> {
    let mut chains: Vec<Vec<Group>> = Vec::new();
    // Since the last group: how many separators, or none if something else stood between.
    let mut between: Option<usize> = None;
    for word in text.chunk_by(|a, b| a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric()) {
        let is_word = word.iter().any(char::is_ascii_alphanumeric);
        if !is_word || is_credit_code(word, word.len() == text.len()) {
            let only_separators = word.iter().all(|c| SEPARATORS.contains(c));
            between = between.filter(|_| only_separators).map(|so_far| so_far + word.len());
            continue;
        }
        for part in word.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()) {
            if !part.iter().all(char::is_ascii_digit) {
                if part.first() == Some(&'X')
                    && between.is_some_and(|count| count <= 1)
                    && let Some(group) = chains.last_mut().and_then(|chain| chain.last_mut())
                {
                    group.x = true;
                }
                between = None;
                continue;
            }
            let group = Group { digits: part.iter().collect(), x: false };
            match chains.last_mut() {
                Some(chain) if between.is_some_and(|count| count <= SEPARATORS_AT_MOST) => chain.push(group),
                _ => chains.push(vec![group]),
            }
            between = Some(0);
        }
    }
    chains
}

/// Whether a word of letters and digits is a credit code and no identity number. Some codes have a wrong check character: they are
/// taken for one only where they fill the whole cell, for a card number with letters glued to it has the same form.
fn is_credit_code(word: &[char], fills_the_cell: bool) -> bool {
    let text: String = word.iter().collect();
    let code = credit_code_check(&text);
    let taken = code == Some(CheckCharacter::Right) || (fills_the_cell && code.is_some());
    taken && !is_identity_number(&text)
}

/// The check character of eighteen characters in the form of GB 32100-2015, of the registering authorities that companies, public
/// institutions and social organisations have (9, 1, 5), in an area whose digits begin with a province's; none of another form.
fn credit_code_check(text: &str) -> Option<CheckCharacter> {
    let authority = text.starts_with(['9', '1', '5']);
    let formed = authority && text.get(2..4).is_some_and(is_province_or_centre);
    formed.then(|| CreditCode::parse(text).ok()).flatten().map(|parsed| parsed.check)
}

/// The provinces of GB/T 2260 by their two digits.
fn is_province(digits: &str) -> bool {
    matches!(digits.parse(), Ok(11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83))
}

/// A province, or the 10 of what is registered with the centre.
fn is_province_or_centre(digits: &str) -> bool {
    digits == "10" || is_province(digits)
}

/// The most digits that a number of a person has.
const LONGEST: usize = 19;

/// What groups that stand together hold: any of them in a row may be one number.
fn in_chain(chain: &[Group]) -> Option<PersonalDataKind> {
    let whole: String = chain.iter().map(|group| group.digits.as_str()).collect();
    // A mobile and a landline number side by side have eighteen digits as well.
    let mobile = chain.iter().any(|group| is_mobile_number(&group.digits, &[group.digits.len()]));
    if !mobile && credit_code_check(&whole) == Some(CheckCharacter::Right) && !is_identity_number(&whole) {
        return None;
    }
    (0..chain.len()).find_map(|start| {
        let mut digits = String::new();
        let mut lengths = Vec::new();
        chain.iter().skip(start).find_map(|group| {
            digits.push_str(&group.digits);
            lengths.push(group.digits.len());
            if digits.len() > LONGEST { None } else { kind_of(&digits, &lengths, group.x) }
        })
    })
}

/// What digits written in groups of these lengths are.
fn kind_of(digits: &str, lengths: &[usize], x: bool) -> Option<PersonalDataKind> {
    if is_identity_number(digits) || (x && is_identity_number(&format!("{digits}X"))) {
        return Some(PersonalDataKind::IdentityNumber);
    }
    if is_mobile_number(digits, lengths) {
        return Some(PersonalDataKind::MobileNumber);
    }
    is_bank_card(digits, lengths).then_some(PersonalDataKind::BankCard)
}

/// How people group the eleven digits of a mobile number. Any other grouping is more likely amounts or dates.
const MOBILE_GROUPS: [&[usize]; 8] =
    [&[11], &[3, 4, 4], &[3, 8], &[7, 4], &[4, 3, 4], &[4, 4, 3], &[3, 3, 5], &[1; 11]];

/// Eleven digits from 13 to 19, after the country's prefix if it is glued to them.
fn is_mobile_number(digits: &str, lengths: &[usize]) -> bool {
    let national = ["0086", "86"].iter().find_map(|prefix| digits.strip_prefix(prefix)).unwrap_or(digits);
    let prefix = digits.len() - national.len();
    let [first, rest @ ..] = lengths else { return false };
    let Some(first) = first.checked_sub(prefix) else { return false };
    let begins = national.starts_with('1') && national.get(1..2).is_some_and(|second| ("3"..="9").contains(&second));
    begins
        && national.len() == 11
        && MOBILE_GROUPS
            .iter()
            .any(|groups| groups.split_first().is_some_and(|(head, tail)| *head == first && tail == rest))
}

/// A right check digit, in one piece or in groups of four as cards show it. Years and round amounts in groups of four begin with 1 or 2,
/// which no card of the country does.
fn is_bank_card(digits: &str, lengths: &[usize]) -> bool {
    let grouped = match lengths {
        [_] => true,
        [groups @ .., last] => {
            groups.iter().all(|length| *length == 4) && *last <= 4 && !digits.starts_with(['0', '1', '2'])
        }
        [] => false,
    };
    grouped && (16..=LONGEST).contains(&digits.len()) && luhn(digits)
}

/// GB 11643-1999: weights 2^(17-i) mod 11 over 17 digits, the check character from a table.
fn is_identity_number(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let characters: Vec<char> = text.chars().collect();
    let [body @ .., check] = characters.as_slice() else { return false };
    let Some(digits) = body.iter().map(|c| c.to_digit(10)).collect::<Option<Vec<u32>>>() else { return false };
    if digits.len() != WEIGHTS.len() {
        return false;
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let place = usize::try_from(sum % 11).unwrap_or_default();
    // A province in front and a date of birth in the middle; a credit code of digits alone hardly has both.
    let number =
        |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default().iter().fold(0, |n, d| n * 10 + d);
    CHECKS.get(place) == Some(check)
        && text.get(..2).is_some_and(is_province)
        && (1900..2100).contains(&number(6..10))
        && (1..=12).contains(&number(10..12))
        && (1..=31).contains(&number(12..14))
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(at, digit)| match digit * 2 {
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
    use crate::domain::reference::ReferenceFiles;
    use proptest::prelude::*;

    const IDENTITY: PersonalDataKind = PersonalDataKind::IdentityNumber;
    const MOBILE: PersonalDataKind = PersonalDataKind::MobileNumber;
    const CARD: PersonalDataKind = PersonalDataKind::BankCard;

    #[test]
    fn numbers_of_persons_are_found_however_they_are_written() {
        for (text, kind) in [
            ("身份证11010519491231002X", IDENTITY),
            ("11010519491231002x。", IDENTITY),
            ("ID11010519491231002XCN", IDENTITY),
            ("110105 19491231 002X", IDENTITY),
            ("110105-1949-1231-002 X", IDENTITY),
            ("１１０１０５１９４９１２３１００２Ｘ", IDENTITY),
            ("联系人 13812345678", MOBILE),
            ("Tel13812345678", MOBILE),
            ("13812345678abc", MOBILE),
            ("１３８１２３４５６７８", MOBILE),
            ("138-1234-5678", MOBILE),
            ("138.1234.5678", MOBILE),
            ("138 1234 5678", MOBILE),
            ("138\u{2013}1234\u{00A0}5678", MOBILE),
            ("138\u{200B}1234\u{200B}5678", MOBILE),
            ("1 3 8 1 2 3 4 5 6 7 8", MOBILE),
            ("(138) 1234-5678", MOBILE),
            ("+86138 1234 5678", MOBILE),
            ("+8613812345678", MOBILE),
            ("+86 13812345678", MOBILE),
            ("0086-138-1234-5678", MOBILE),
            ("2024-13812345678", MOBILE),
            ("91440300192203821613812345678 13812345678", MOBILE),
            ("账号6222021234567890128", CARD),
            ("6222 0212 3456 7890 128", CARD),
            ("No.6222-0212-3456-7890-128", CARD),
        ] {
            let text = if kind == CARD { with_check_digit(text) } else { text.to_string() };
            assert_eq!(find_personal_data(&text), Some(kind), "{text}");
        }
    }

    /// Puts the last digit of a text right by Luhn.
    fn with_check_digit(text: &str) -> String {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let (body, last) = digits.split_at(digits.len() - 1);
        let right = (0..10).find(|d| luhn(&format!("{body}{d}"))).expect("one of ten fits");
        let (rest, end) = text.split_at(text.rfind(last).expect("it is there"));
        format!("{rest}{right}{}", end.get(1..).unwrap_or_default())
    }

    #[test]
    fn what_a_list_really_shows_is_let_through() {
        for text in [
            "广州明珞装备股份有限公司",
            "91440101MA59A1B2C3",
            "914403001922038216",
            "9144 0300 1922 0382 16",
            // An authority, an area and a letter behind eleven digits that begin like a mobile number.
            "13440301123A45678B",
            "11010519491231002A",
            "020-83133000",
            "0757-8888 1234",
            "12345678901",
            "2024-01-01 至 2026-12-31",
            "2024-01-01/2026-12-31",
            "2020 2021 2022 2023",
            "2024.01.01 12:30",
            "1000000 万元",
            "138,123,456.00 元",
            "15 000 000 000",
            "YC-2026-12345678",
            "YC2026-SP-0001",
            "ZL201310123456.7",
            "软著登字第13812345号",
            "粤ICP备13081234号-1",
            "",
        ] {
            assert_eq!(find_personal_data(text), None, "{text}");
        }
    }

    #[test]
    fn two_telephone_numbers_side_by_side_are_no_code() {
        for text in ["13811234567 / 8312345", "13512345678-8888123", "137 1234 5678 8888123", "电话 5110000000000006aA"]
        {
            assert!(find_personal_data(text).is_some(), "{text}");
        }
    }

    #[test]
    fn the_scan_names_row_and_column() {
        let cell = |value: &str| Shown { key: "a".into(), label: "单位".into(), value: value.into() };
        let rows = [vec![cell("甲")], vec![cell("13812345678")]];
        let found = scan(rows.iter().map(Vec::as_slice));
        assert_eq!(found, [PersonalData { row: 2, column: "单位".into(), kind: MOBILE }]);
    }

    /// The counties of the province, as a credit code and an identity number begin with them.
    fn areas() -> Vec<String> {
        let lines = ReferenceFiles::BUNDLED.counties.lines();
        let areas: Vec<String> = lines
            .filter_map(|line| line.split(',').find(|cell| cell.len() == 6 && cell.bytes().all(|b| b.is_ascii_digit())))
            .map(str::to_string)
            .collect();
        assert!(areas.len() > 100);
        areas
    }

    /// Words without digits, so that they add none to a number.
    fn surroundings() -> impl Strategy<Value = String> {
        "[A-Za-z一-龥（），。：；+#@、 ]{0,12}"
    }

    fn separator() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec!["", " ", "-", ".", " - ", "\u{00A0}", "－", "．", "·"])
    }

    /// Digits in groups of these lengths; the last takes the rest.
    fn grouped(number: &str, lengths: &[usize], separator: &str) -> String {
        let mut rest = number;
        let mut parts = Vec::new();
        for length in lengths {
            let (part, after) = rest.split_at((*length).min(rest.len()));
            parts.push(part);
            rest = after;
        }
        parts.push(rest);
        parts.retain(|part| !part.is_empty());
        parts.join(separator)
    }

    /// A cell that is a credit code as far as anybody can tell, or digits that are one with a right check character.
    fn has_the_form_of_a_code(text: &str) -> bool {
        let plain = plain(text);
        let word: String = plain.iter().filter(|c| c.is_ascii_alphanumeric()).collect();
        let digits: String = plain.iter().filter(|c| c.is_ascii_digit()).collect();
        credit_code_check(&word).is_some() || credit_code_check(&digits) == Some(CheckCharacter::Right)
    }

    fn full_width(text: &str) -> String {
        text.chars()
            .map(|c| if c.is_ascii_digit() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c })
            .collect()
    }

    proptest! {
        #[test]
        fn every_mobile_number_is_found(
            number in "1[3-9][0-9]{9}", before in surroundings(), after in surroundings(), between in separator(),
            groups in prop::sample::select(MOBILE_GROUPS.to_vec()), wide: bool,
            prefix in prop::sample::select(vec!["", "86", "+86", "+86 ", "0086-"]),
        ) {
            let written = format!("{prefix}{}", grouped(&number, groups, between));
            let written = if wide { full_width(&written) } else { written };
            let text = format!("{before}{written}{after}");
            prop_assume!(!has_the_form_of_a_code(&text));
            prop_assert!(find_personal_data(&text).is_some(), "{}", text);
        }

        #[test]
        fn every_identity_number_is_found(
            area in prop::sample::select(areas()), year in 1920u32..2020, month in 1u32..=12, day in 1u32..=28,
            order in 0u32..1000, before in surroundings(), after in surroundings(), between in separator(),
            groups in prop::sample::select(vec![vec![], vec![6, 8], vec![6, 4, 4], vec![3, 3, 4, 4]]),
        ) {
            let body = format!("{area}{year}{month:02}{day:02}{order:03}");
            let checks = "0123456789X".chars().map(|check| format!("{body}{check}"));
            let number = checks.into_iter().find(|number| is_identity_number(number)).expect("one of eleven fits");
            let text = format!("{before}{}{after}", grouped(&number, &groups, between));
            prop_assert_eq!(find_personal_data(&text), Some(IDENTITY), "{}", text);
        }

        #[test]
        fn every_bank_card_is_found(
            number in "(62|4[0-9]|5[1-5]|3[5-7]|60|8[0-9])[0-9]{14,17}", before in surroundings(), after in surroundings(),
            between in separator(), fours: bool,
        ) {
            let number = with_check_digit(&number);
            let groups: &[usize] = if fours { &[4, 4, 4, 4] } else { &[] };
            let text = format!("{before}{}{after}", grouped(&number, groups, between));
            prop_assume!(!has_the_form_of_a_code(&text));
            prop_assert!(find_personal_data(&text).is_some(), "{}", text);
        }

        #[test]
        fn a_credit_code_alone_never_is(
            authority in "9[123]|1[12]|5[123]", area in prop::sample::select(areas()), body in "[0-9A-HJ-NPQRTUWXY]{9}|[0-9]{9}",
            words in "[一-龥（），。： ]{0,12}", small: bool,
        ) {
            let code = CreditCode::complete(&format!("{authority}{area}{body}")).expect("a code");
            let code = if small { code.as_str().to_lowercase() } else { code.as_str().to_string() };
            let text = format!("{words}{code}{words}");
            prop_assert_eq!(find_personal_data(&text), None, "{}", text);
        }

        #[test]
        fn dates_and_amounts_never_are(
            dates in prop::collection::vec((1990u32..2040, 1u32..=12, 1u32..=31), 1..5), thousands in prop::collection::vec(0u32..1000, 1..6),
            between in prop::sample::select(vec!["-", "/", ".", ""]),
        ) {
            let dates: Vec<String> =
                dates.iter().map(|(y, m, d)| format!("{y}{between}{m:02}{between}{d:02}")).collect();
            let amount: Vec<String> = thousands.iter().map(|group| format!("{group:03}")).collect();
            let text = format!("{}，{} 元", dates.join(" 至 "), amount.join(","));
            prop_assert_eq!(find_personal_data(&text), None, "{}", text);
        }
    }
}

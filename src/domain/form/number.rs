//! Numbers and money as people type them.

use unicode_normalization::UnicodeNormalization;

use crate::domain::programme::{FieldKind, MoneyUnit};

/// Digits that are read: more than any bound needs, few enough for exact arithmetic.
const MAX_DIGITS: usize = 30;

/// Why a text is not the number that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberProblem {
    /// No number in Arabic digits.
    #[error("not a number")]
    NotANumber,
    /// More decimals than the unit can keep.
    #[error("too many decimals")]
    Decimals,
    /// Beyond what can be stored.
    #[error("too large")]
    TooLarge,
}

/// A whole number: full-width digits and separators of thousands are understood, decimals are refused.
///
/// # Errors
/// [`NumberProblem`].
pub fn parse_whole(text: &str) -> Result<i64, NumberProblem> {
    if normalised(text).contains('.') {
        // Told apart from letters, so that the sentence can say what to do.
        scaled(text, 0).and(Err(NumberProblem::Decimals))
    } else {
        scaled(text, 0)
    }
}

/// A sum of money, in fen: at most two decimals of a yuan, six of ten thousand; zeros at the end do not count.
///
/// # Errors
/// [`NumberProblem`].
pub fn parse_money(text: &str, unit: MoneyUnit) -> Result<i64, NumberProblem> {
    scaled(text, unit.decimals())
}

/// Fen in the unit, as short as it can be written: `1234.5`.
pub fn fen_text(fen: i64, unit: MoneyUnit) -> String {
    let (size, scale) = (fen.unsigned_abs(), unit.fen().unsigned_abs());
    let sign = if fen < 0 { "-" } else { "" };
    let width = usize::try_from(unit.decimals()).unwrap_or_default();
    let fraction = format!("{:0width$}", size % scale);
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{}", size / scale),
        fraction => format!("{sign}{}.{fraction}", size / scale),
    }
}

/// A figure as it is kept: in half-width digits, without separators of thousands and without zeros that say nothing.
/// None for what is no figure of this kind, which stays as it was typed.
pub fn figure(kind: &FieldKind, text: &str) -> Option<String> {
    match kind {
        FieldKind::WholeNumber { .. } => parse_whole(text).ok().map(|number| number.to_string()),
        FieldKind::Money { unit, .. } => parse_money(text, *unit).ok().map(|fen| fen_text(fen, *unit)),
        _ => None,
    }
}

/// Half-width, without blanks at the ends, with one kind of minus.
fn normalised(text: &str) -> String {
    let text: String = text.nfkc().collect();
    text.trim().replace('\u{2212}', "-")
}

/// The number times ten to the power of `decimals`.
fn scaled(text: &str, decimals: u32) -> Result<i64, NumberProblem> {
    let text = normalised(text);
    let (negative, size) = match text.strip_prefix('-') {
        Some(size) => (true, size),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, fraction) = match size.split_once('.') {
        // "5." is a slip of the key rather than a number.
        Some((_, "")) => return Err(NumberProblem::NotANumber),
        Some((whole, fraction)) => (whole, fraction),
        None => (size, ""),
    };
    let whole = ungrouped(whole).ok_or(NumberProblem::NotANumber)?;
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberProblem::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    let decimals = usize::try_from(decimals).unwrap_or_default();
    if fraction.len() > decimals {
        return Err(NumberProblem::Decimals);
    }
    let whole = whole.trim_start_matches('0');
    if whole.len() > MAX_DIGITS || fraction.len() > MAX_DIGITS {
        return Err(NumberProblem::TooLarge);
    }
    let digits = format!("{whole}{fraction:0<decimals$}");
    let size: i64 = if digits.is_empty() { 0 } else { digits.parse().map_err(|_| NumberProblem::TooLarge)? };
    Ok(if negative { -size } else { size })
}

/// Digits without separators of thousands. Separators anywhere else are refused: `1,5` may have been meant as a decimal.
fn ungrouped(text: &str) -> Option<String> {
    let mut groups = text.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = rest.is_empty() || first.len() <= 3 && rest.iter().all(|group| group.len() == 3);
    (digits(first) && rest.iter().all(|group| digits(group)) && grouped).then(|| format!("{first}{}", rest.concat()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whole_numbers_as_typed() {
        for (text, value) in [
            ("12", 12),
            (" 12 ", 12),
            ("１２", 12),
            ("1,234,567", 1_234_567),
            ("１，２３４", 1234),
            ("-5", -5),
            ("−5", -5),
            ("+5", 5),
            ("0", 0),
            ("-0", 0),
            ("007", 7),
            ("9223372036854775807", i64::MAX),
        ] {
            assert_eq!(parse_whole(text), Ok(value), "{text}");
        }
        for (text, problem) in [
            ("", NumberProblem::NotANumber),
            ("十二", NumberProblem::NotANumber),
            ("12家", NumberProblem::NotANumber),
            ("1,5", NumberProblem::NotANumber),
            ("1234,567", NumberProblem::NotANumber),
            (",123", NumberProblem::NotANumber),
            ("1e5", NumberProblem::NotANumber),
            ("--1", NumberProblem::NotANumber),
            ("x.5", NumberProblem::NotANumber),
            ("1.5", NumberProblem::Decimals),
            ("5.0", NumberProblem::Decimals),
            ("9223372036854775808", NumberProblem::TooLarge),
            ("99999999999999999999999999999999999999999", NumberProblem::TooLarge),
        ] {
            assert_eq!(parse_whole(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn money_is_exact_to_the_fen() {
        for (text, unit, fen) in [
            ("1.23", MoneyUnit::Yuan, 123),
            ("1.230", MoneyUnit::Yuan, 123),
            ("1,000.5", MoneyUnit::Yuan, 100_050),
            ("0.000001", MoneyUnit::WanYuan, 1),
            ("１２．５", MoneyUnit::WanYuan, 12_500_000),
            ("-3", MoneyUnit::WanYuan, -3_000_000),
        ] {
            assert_eq!(parse_money(text, unit), Ok(fen), "{text}");
        }
        for (text, unit, problem) in [
            ("1.234", MoneyUnit::Yuan, NumberProblem::Decimals),
            ("0.0000001", MoneyUnit::WanYuan, NumberProblem::Decimals),
            ("92233720368547758.08", MoneyUnit::Yuan, NumberProblem::TooLarge),
            ("99999999999999", MoneyUnit::WanYuan, NumberProblem::TooLarge),
            (".5", MoneyUnit::Yuan, NumberProblem::NotANumber),
            ("5.", MoneyUnit::Yuan, NumberProblem::NotANumber),
            ("5.x", MoneyUnit::Yuan, NumberProblem::NotANumber),
        ] {
            assert_eq!(parse_money(text, unit), Err(problem), "{text}");
        }
    }

    proptest! {
        #[test]
        fn money_survives_the_way_through_text(fen in -i64::MAX..=i64::MAX, wan in any::<bool>()) {
            let unit = if wan { MoneyUnit::WanYuan } else { MoneyUnit::Yuan };
            prop_assert_eq!(parse_money(&fen_text(fen, unit), unit), Ok(fen));
        }

        /// Against arithmetic in 128 bits.
        #[test]
        fn money_equals_the_reference(whole in 0u64..=u64::MAX, fraction in "[0-9]{1,8}", wan in any::<bool>()) {
            let unit = if wan { MoneyUnit::WanYuan } else { MoneyUnit::Yuan };
            let scale = 10i128.pow(8);
            let exact = i128::from(whole) * scale + format!("{fraction:0<8}").parse::<i128>().unwrap();
            let fen = exact * i128::from(unit.fen());
            let expected = if fen % scale != 0 {
                Err(NumberProblem::Decimals)
            } else {
                i64::try_from(fen / scale).map_err(|_| NumberProblem::TooLarge)
            };
            prop_assert_eq!(parse_money(&format!("{whole}.{fraction}"), unit), expected);
        }

        #[test]
        fn no_text_is_too_strange(text in "\\PC{0,60}|[0-9,.+-]{0,60}") {
            let _ = parse_whole(&text);
            let _ = parse_money(&text, MoneyUnit::Yuan);
            let _ = parse_money(&text, MoneyUnit::WanYuan);
        }
    }
}

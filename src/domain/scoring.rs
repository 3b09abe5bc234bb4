//! Points and score sheets. Every score is a whole number of hundredths of a point; nothing here is a float.

/// `scoring/SPECIFICATION.md`: how sheets become places, with examples that are tests.
pub const SPECIFICATION: &str = include_str!("scoring/SPECIFICATION.md");

pub mod aggregate;
pub mod cut;
pub mod cutline;
pub mod fraction;
pub mod panel;
pub mod ranking;
pub mod severity;
#[cfg(test)]
mod specification;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

pub use aggregate::{Aggregate, Mean, aggregate};
pub use cut::{Contender, Cut, Line, Picked, cut, pick};
pub use fraction::Fraction;
pub use panel::{Marks, Method, Panel, Parts, Standing, standings};
pub use ranking::{Candidate, Ranked, TieBreak, rank};

/// Most decimals that a score can have.
pub const MAX_DECIMALS: u8 = 2;

/// What an expert has filled in so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Rubric item to hundredths of a point; none while it is not scored.
    pub points: BTreeMap<String, Option<i32>>,
    /// Rubric item to the expert's remark.
    pub comments: BTreeMap<String, String>,
}

impl Sheet {
    /// The sum of what is scored so far, in hundredths.
    pub fn total(&self) -> i64 {
        total(self.points.values().flatten().copied())
    }

    /// Which of a rubric's items have no points yet, in the rubric's order.
    pub fn unscored<'a>(&self, items: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        items.into_iter().filter(|item| !matches!(self.points.get(*item), Some(Some(_)))).collect()
    }

    /// The points of one dimension: the sum over its items, in hundredths.
    pub fn dimension<'a>(&self, items: impl IntoIterator<Item = &'a str>) -> i64 {
        total(items.into_iter().filter_map(|item| self.points.get(item).copied().flatten()))
    }

    /// Which items lack the remark that their points ask for. `items` are keys and maxima in hundredths.
    pub fn uncommented<'a>(&self, items: impl IntoIterator<Item = (&'a str, i32)>, rule: CommentRule) -> Vec<&'a str> {
        let lacks = |item: &str, max: i32| {
            let asks = matches!(self.points.get(item), Some(Some(points)) if rule.asks(*points, max));
            asks && self.comments.get(item).is_none_or(|comment| comment.trim().is_empty())
        };
        items.into_iter().filter(|(item, max)| lacks(item, *max)).map(|(item, _)| item).collect()
    }
}

/// The sum of points, in hundredths.
pub fn total(points: impl IntoIterator<Item = i32>) -> i64 {
    points.into_iter().map(i64::from).sum()
}

/// Which points must be explained.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CommentRule {
    /// No points at all.
    pub zero: bool,
    /// The item's maximum.
    pub full: bool,
}

impl CommentRule {
    /// Whether these points, out of `max`, must be explained.
    pub fn asks(self, points: i32, max: i32) -> bool {
        self.zero && points == 0 || self.full && points == max
    }
}

/// Why a text is no score for an item.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PointsProblem {
    /// Nothing was written.
    #[error("no points given")]
    Empty,
    /// Not a plain decimal number.
    #[error("{value:?} is not a number")]
    NotANumber {
        /// What was written.
        value: String,
    },
    /// Below zero.
    #[error("{value} is below zero")]
    Negative {
        /// What was written.
        value: String,
    },
    /// More decimals than the programme allows.
    #[error("{value} has more than {decimals} decimals")]
    TooManyDecimals {
        /// What was written.
        value: String,
        /// How many are allowed.
        decimals: u8,
    },
    /// Above the item's maximum.
    #[error("{value} is above the maximum {}", points_text(i64::from(*.max)))]
    AboveMax {
        /// What was written.
        value: String,
        /// The item's maximum, in hundredths.
        max: i32,
    },
}

impl PointsProblem {
    /// Stable code; the sentence is in the locale files under `problem-<code>`.
    pub fn code(&self) -> &'static str {
        match self {
            PointsProblem::Empty => "points_empty",
            PointsProblem::NotANumber { .. } => "points_not_a_number",
            PointsProblem::Negative { .. } => "points_negative",
            PointsProblem::TooManyDecimals { .. } => "points_decimals",
            PointsProblem::AboveMax { .. } => "points_above_max",
        }
    }

    /// What the sentence names.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            PointsProblem::Empty => Vec::new(),
            PointsProblem::NotANumber { value } | PointsProblem::Negative { value } => vec![("value", value.clone())],
            PointsProblem::TooManyDecimals { value, decimals } => {
                vec![("value", value.clone()), ("decimals", decimals.to_string())]
            }
            PointsProblem::AboveMax { value, max } => {
                vec![("value", value.clone()), ("max", points_text(i64::from(*max)))]
            }
        }
    }
}

/// Reads points as an expert types them: `8`, `8.5`, full-width too. `max` is the item's maximum in hundredths; `decimals` is
/// how many the programme allows, two at most. Zeros at the end do not count as decimals.
///
/// # Errors
/// [`PointsProblem`].
pub fn parse_points(text: &str, max: i32, decimals: u8) -> Result<i32, PointsProblem> {
    let decimals = decimals.min(MAX_DECIMALS);
    let normal: String = text.nfkc().collect();
    let normal = normal.trim();
    let value = || text.trim().to_string();
    if normal.is_empty() {
        return Err(PointsProblem::Empty);
    }
    let (negative, number) = match normal.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, normal),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return Err(PointsProblem::NotANumber { value: value() });
    }
    let fraction = fraction.trim_end_matches('0');
    if negative && (!fraction.is_empty() || whole.bytes().any(|b| b != b'0')) {
        return Err(PointsProblem::Negative { value: value() });
    }
    if fraction.len() > usize::from(decimals) {
        return Err(PointsProblem::TooManyDecimals { value: value(), decimals });
    }
    let hundredths = format!("{whole}{fraction:0<2}");
    // Digits only: what does not fit is larger than any maximum.
    match hundredths.parse::<i32>() {
        Ok(points) if points <= max => Ok(points),
        _ => Err(PointsProblem::AboveMax { value: value(), max }),
    }
}

/// Points as people read them, always with two decimals: `89.95`, `90.00`.
pub fn points_text(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let size = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", size / 100, size % 100)
}

/// A grade that begins at a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// Stable key.
    pub key: String,
    /// Its lower bound, included, in hundredths.
    pub from: i64,
}

/// The band of a final, rounded score: the highest whose lower bound the score reaches. None below all of them.
pub fn band(score: i64, bands: &[Band]) -> Option<&Band> {
    bands.iter().filter(|band| band.from <= score).max_by_key(|band| band.from)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn points_are_read_as_typed() {
        for (text, hundredths) in [
            ("8", 800),
            ("8.5", 850),
            (" 8.50 ", 850),
            ("８．５", 850),
            ("0", 0),
            ("-0", 0),
            ("0.01", 1),
            ("08", 800),
            ("10", 1000),
            ("8.5000", 850),
        ] {
            assert_eq!(parse_points(text, 1000, 2), Ok(hundredths), "{text}");
        }
    }

    #[test]
    fn wrong_points_say_why() {
        let cases = [
            ("", "points_empty"),
            ("　", "points_empty"),
            ("八", "points_not_a_number"),
            ("8,5", "points_not_a_number"),
            ("8.", "points_not_a_number"),
            (".5", "points_not_a_number"),
            ("1e1", "points_not_a_number"),
            ("+8", "points_not_a_number"),
            ("8.5.1", "points_not_a_number"),
            ("--8", "points_not_a_number"),
            ("-0.5", "points_negative"),
            ("-1", "points_negative"),
            ("8.555", "points_decimals"),
            ("10.01", "points_above_max"),
            ("99999999999999999999", "points_above_max"),
        ];
        for (text, code) in cases {
            assert_eq!(parse_points(text, 1000, 2).map_err(|problem| problem.code()), Err(code), "{text}");
        }
        assert_eq!(
            parse_points("8.55", 1000, 1).map_err(|p| p.args()),
            Err(vec![("value", "8.55".to_string()), ("decimals", "1".to_string())])
        );
        assert_eq!(parse_points("8.50", 1000, 1), Ok(850), "the same score as 8.5");
        assert_eq!(
            parse_points("11", 1000, 1).map_err(|p| p.to_string()),
            Err("11 is above the maximum 10.00".to_string())
        );
    }

    fn sheet() -> Sheet {
        let points = [("a", Some(0)), ("b", Some(1000)), ("c", Some(750)), ("d", None)];
        let comments = [("b", "样样都好"), ("a", "  ")];
        Sheet {
            points: points.map(|(item, points)| (item.to_string(), points)).into(),
            comments: comments.map(|(item, comment)| (item.to_string(), comment.to_string())).into(),
        }
    }

    #[test]
    fn a_sheet_knows_its_total_and_what_it_lacks() {
        let sheet = sheet();
        assert_eq!(sheet.total(), 1750);
        assert_eq!(sheet.dimension(["b", "c", "d"]), 1750);
        assert_eq!(sheet.unscored(["d", "a", "e"]), ["d", "e"]);
        let items = [("a", 1000), ("b", 1000), ("c", 1000), ("d", 1000)];
        assert_eq!(sheet.uncommented(items, CommentRule { zero: true, full: true }), ["a"]);
        assert!(sheet.uncommented(items, CommentRule { zero: false, full: true }).is_empty());
    }

    #[test]
    fn a_band_includes_its_lower_bound() {
        let bands = [("fair", 6000), ("excellent", 9000), ("good", 6500)]
            .map(|(key, from)| Band { key: key.to_string(), from });
        let key = |score| band(score, &bands).map(|band| band.key.as_str());
        assert_eq!(key(9000), Some("excellent"));
        assert_eq!(key(8999), Some("good"));
        assert_eq!(key(6000), Some("fair"));
        assert_eq!(key(5999), None);
        // 89.995 rounds to 90.00 before the band is chosen; 89.99 does not.
        assert_eq!(key(aggregate::Mean { sum: 17_999, count: 2 }.rounded().unwrap_or_default()), Some("excellent"));
        assert_eq!(key(aggregate::Mean { sum: 17_998, count: 2 }.rounded().unwrap_or_default()), Some("good"));
    }

    proptest! {
        #[test]
        fn points_survive_being_written_and_read(points in 0i32..=10_000) {
            prop_assert_eq!(parse_points(&points_text(i64::from(points)), 10_000, 2), Ok(points));
        }

        #[test]
        fn any_text_is_answered_within_bounds(text in any::<String>(), max in 0i32..=10_000, decimals: u8) {
            if let Ok(points) = parse_points(&text, max, decimals) {
                prop_assert!((0..=max).contains(&points));
            }
        }

        #[test]
        fn any_decimal_is_answered(text in "-?[0-9]{1,12}(\\.[0-9]{1,5})?", max in 0i32..=10_000) {
            let read = parse_points(&text, max, 2);
            // The reference: hundred-thousandths as one whole number.
            let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
            let size: i64 = format!("{}{fraction:0<5}", whole.trim_start_matches('-')).parse().unwrap();
            let value = if text.starts_with('-') { -size } else { size };
            let fits = value >= 0 && value % 1000 == 0 && value / 1000 <= i64::from(max);
            prop_assert_eq!(read.ok(), fits.then_some((value / 1000) as i32));
        }
    }
}

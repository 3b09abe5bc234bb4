//! What experts score, and against what.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::names::Names;
use super::text::text_enum;

/// What every rubric adds up to, in hundredths of a point.
pub const FULL_MARKS: i64 = 10_000;

/// Points, kept in hundredths. A file writes whole points as a number (`60`) and fractions as text (`"62.5"`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(i32);

impl Points {
    /// The largest number of points that can be written: far above any rubric.
    const MAX_WHOLE: i32 = 10_000;

    /// From hundredths of a point.
    pub const fn from_hundredths(hundredths: i32) -> Points {
        Points(hundredths)
    }

    /// In hundredths of a point.
    pub fn hundredths(self) -> i64 {
        i64::from(self.0)
    }

    fn from_whole(whole: i64) -> Option<Points> {
        let whole = i32::try_from(whole).ok().filter(|whole| (0..=Self::MAX_WHOLE).contains(whole))?;
        Some(Points(whole * 100))
    }

    fn from_text(text: &str) -> Option<Points> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > 2 {
            return None;
        }
        let whole = Points::from_whole(whole.parse().ok()?)?;
        let hundredths: i32 = format!("{fraction:0<2}").parse().ok()?;
        Some(Points(whole.0 + hundredths))
    }
}

impl std::fmt::Display for Points {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 % 100 {
            0 => write!(f, "{}", self.0 / 100),
            fraction => write!(f, "{}.{fraction:02}", self.0 / 100),
        }
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 100 == 0 { serializer.serialize_i32(self.0 / 100) } else { serializer.collect_str(self) }
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Points, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Points;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("points from 0 to 10000: a whole number such as 60, or text with up to two decimals such as \"62.5\"")
            }

            fn visit_i64<E: de::Error>(self, whole: i64) -> Result<Points, E> {
                Points::from_whole(whole).ok_or_else(|| E::invalid_value(de::Unexpected::Signed(whole), &self))
            }

            fn visit_u64<E: de::Error>(self, whole: u64) -> Result<Points, E> {
                let points = i64::try_from(whole).ok().and_then(Points::from_whole);
                points.ok_or_else(|| E::invalid_value(de::Unexpected::Unsigned(whole), &self))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Points, E> {
                Points::from_text(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

text_enum!(
    /// Where a rubric comes from. A proposal is never shown as official.
    Basis {
        /// Proposed here, to be confirmed by the department.
        Proposal = "proposal",
        /// Read in an official source.
        Source = "source",
    }
);

/// The dimensions and items of a programme, frozen when a call pins the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    /// Proposal or source.
    pub basis: Basis,
    /// In the order of the score sheet.
    pub dimensions: Vec<Dimension>,
}

/// A group of items; ties are broken by dimensions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// Stable key, unique among the dimensions.
    pub key: String,
    /// What the score sheet calls it.
    pub names: Names,
    /// In the order of the score sheet.
    pub items: Vec<Item>,
}

/// One thing that an expert gives points for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Stable key, unique within the rubric.
    pub key: String,
    /// What the score sheet calls it.
    pub names: Names,
    /// What earns many points and what few.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub guidance: Names,
    /// The most that it can earn.
    pub max: Points,
}

impl Item {
    /// The most that it can earn, in hundredths of a point.
    pub fn max_hundredths(&self) -> i32 {
        self.max.0
    }
}

impl Dimension {
    /// The most that it can earn, in hundredths of a point.
    pub fn max_hundredths(&self) -> i64 {
        self.items.iter().map(|item| item.max.hundredths()).sum()
    }
}

impl Rubric {
    /// Every item, in the order of the score sheet.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.dimensions.iter().flat_map(|dimension| &dimension.items)
    }

    /// The item of a key.
    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items().find(|item| item.key == key)
    }

    /// The most that a sheet can earn, in hundredths of a point. [`FULL_MARKS`] in a checked programme.
    pub fn max_hundredths(&self) -> i64 {
        self.dimensions.iter().map(Dimension::max_hundredths).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<i64> {
        serde_json::from_str::<Points>(json).ok().map(Points::hundredths)
    }

    #[test]
    fn points_are_whole_numbers_or_short_decimals() {
        for (json, hundredths) in [
            ("60", Some(6000)),
            ("\"62.5\"", Some(6250)),
            ("\"0.05\"", Some(5)),
            ("0", Some(0)),
            ("10000", Some(1_000_000)),
        ] {
            assert_eq!(read(json), hundredths, "{json}");
        }
        for json in
            ["-1", "60.5", "10001", "\"1.234\"", "\"\"", "\".5\"", "\"-1\"", "\"+1\"", "null", "99999999999999999999"]
        {
            assert_eq!(read(json), None, "{json}");
        }
    }

    #[test]
    fn points_survive_the_way_through_json() {
        for hundredths in [0, 5, 50, 100, 6250, 10_000] {
            let points = Points::from_hundredths(hundredths);
            let json = serde_json::to_string(&points).unwrap();
            assert_eq!(serde_json::from_str::<Points>(&json).unwrap(), points, "{json}");
        }
    }
}

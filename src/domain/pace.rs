//! How long the score sheets that an expert has left may take: a plain estimate to plan an evening by, of use to nobody but
//! that expert. It rests on the expert's own sheets alone, so that it tells nothing of anybody else's.

use chrono::NaiveDateTime;

/// Minutes for a sheet of an expert whose pace is not known yet. A proposal, not a rule.
pub const FIRST_GUESS_MINUTES: i64 = 30;
/// Minutes between two sheets above which something else lay between them.
const LONGEST_MINUTES: i64 = 180;
/// Intervals without which there is no pace.
const FEWEST: usize = 3;

/// A span of time as it is said: the words for it depend on how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// So many minutes, in steps of five.
    Minutes(i64),
    /// So many half hours.
    HalfHours(i64),
}

/// Minutes that each sheet took so far: the median of the times between one that was submitted and the next. None while there
/// are too few of them. Whatever their order, and however the clock went, it is between 1 and the longest that counts.
pub fn minutes_each(submitted: &[NaiveDateTime]) -> Option<i64> {
    let mut at = submitted.to_vec();
    at.sort_unstable();
    let between = at.iter().zip(at.iter().skip(1)).map(|(one, next)| (*next - *one).num_minutes());
    let mut sound: Vec<i64> = between.filter(|minutes| (1..=LONGEST_MINUTES).contains(minutes)).collect();
    if sound.len() < FEWEST {
        return None;
    }
    sound.sort_unstable();
    sound.get(sound.len() / 2).copied()
}

/// How long so many sheets take at so many minutes each, rounded up: below an hour to five minutes, then to half an hour.
pub fn span(sheets: usize, minutes_each: i64) -> Span {
    let sheets = i64::try_from(sheets).unwrap_or(i64::MAX);
    let minutes = sheets.saturating_mul(minutes_each.max(0));
    let steps = |of: i64| minutes / of + i64::from(minutes % of > 0);
    match steps(5).saturating_mul(5) {
        rounded @ ..=59 => Span::Minutes(rounded),
        _ => Span::HalfHours(steps(30)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use proptest::prelude::*;

    fn at(minutes: i64) -> NaiveDateTime {
        NaiveDateTime::default() + TimeDelta::minutes(minutes)
    }

    #[test]
    fn a_pace_is_the_median_of_what_was_done_in_one_go() {
        assert_eq!(minutes_each(&[]), None);
        assert_eq!(minutes_each(&[at(0), at(20), at(40)]), None, "two intervals are no pace yet");
        assert_eq!(minutes_each(&[at(0), at(20), at(40), at(70)]), Some(20));
        // A night between two sheets is no time that one took, and two sent at once are no pace.
        assert_eq!(minutes_each(&[at(0), at(20), at(40), at(900)]), None);
        assert_eq!(minutes_each(&[at(900), at(925), at(0), at(20), at(40)]), Some(20));
        assert_eq!(minutes_each(&[at(0), at(0), at(0), at(0), at(10)]), None);
    }

    #[test]
    fn a_span_is_said_in_minutes_and_then_in_half_hours() {
        assert_eq!(span(0, 30), Span::Minutes(0));
        assert_eq!(span(1, 12), Span::Minutes(15));
        assert_eq!(span(1, 55), Span::Minutes(55));
        assert_eq!(span(1, 56), Span::HalfHours(2));
        assert_eq!(span(2, 30), Span::HalfHours(2));
        assert_eq!(span(5, 30), Span::HalfHours(5));
        assert_eq!(span(3, 31), Span::HalfHours(4));
    }

    proptest! {
        #[test]
        fn no_clock_and_no_number_of_sheets_breaks_it(
            times in prop::collection::vec(-100_000i64..100_000, 0..20),
            sheets in any::<usize>(),
        ) {
            let submitted: Vec<NaiveDateTime> = times.iter().map(|minutes| at(*minutes)).collect();
            let each = minutes_each(&submitted);
            prop_assert!(each.is_none_or(|each| (1..=LONGEST_MINUTES).contains(&each)));
            // What is said is never less than what was reckoned.
            let each = each.unwrap_or(FIRST_GUESS_MINUTES);
            let reckoned = i64::try_from(sheets).unwrap_or(i64::MAX).saturating_mul(each);
            let said = match span(sheets, each) {
                Span::Minutes(minutes) => minutes,
                Span::HalfHours(halves) => halves.saturating_mul(30),
            };
            prop_assert!(said >= reckoned);
        }
    }
}

//! Deadlines of which those who must keep them are reminded.

use super::text::text_enum;
use chrono::{Duration, NaiveDateTime};

text_enum!(
    /// What must be done by a deadline.
    DeadlineKind {
        /// An applicant submits a draft before the call closes.
        Closing = "closing",
        /// An applicant answers a correction.
        Correction = "correction",
        /// A city bureau recommends the files that wait for it.
        Recommendation = "recommendation",
        /// Experts submit their sheets.
        Scoring = "scoring",
    }
);

/// Days before a deadline, counted back from its instant, from which on people are reminded of it.
pub const DAYS_BEFORE: i64 = 3;

/// Whether people are to be reminded of a deadline at this instant: in its last three days, and not those for whom it began
/// to run within them, who were told the date just then.
pub fn is_to_remind(began: NaiveDateTime, due: NaiveDateTime, now: NaiveDateTime) -> bool {
    let from = due.checked_sub_signed(Duration::days(DAYS_BEFORE));
    from.is_some_and(|from| began < from && from <= now && now < due)
}

/// Whether a deadline that was put off to `due` lies within its last days already: its letter is the reminder.
pub fn is_near(due: NaiveDateTime, now: NaiveDateTime) -> bool {
    now < due && due - now <= Duration::days(DAYS_BEFORE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(hours: i64) -> NaiveDateTime {
        chrono::DateTime::from_timestamp(1_772_000_000, 0).expect("an instant").naive_utc() + Duration::hours(hours)
    }

    proptest! {
        /// Hour by hour: there is one stretch of three days, up to the deadline, or none.
        #[test]
        fn the_time_to_remind_is_the_last_three_days_or_none(began in -200_i64..200, due in -200_i64..200) {
            let hours: Vec<i64> = (-300..300).filter(|now| is_to_remind(at(began), at(due), at(*now))).collect();
            let expected = if began < due - 72 { (due - 72..due).collect() } else { Vec::new() };
            prop_assert_eq!(hours, expected);
        }
    }
}

//! An expert's appointment (聘任): the standing in the pool and the term (聘期). It is the end of the expert's role.

use super::status::ExpertStatus;
use chrono::NaiveDate;

/// How an expert of the pool is appointed.
///
/// The rule, once for everything: on a day on which the expert does not serve, they are neither drawn nor assigned, their
/// account does not hold the expert's role (the next request of any session and any program finds it gone), and what they
/// have not submitted in an open review is released and filled by others, as it is for whoever is suspended or removed. What
/// they submitted while they served stays. Nothing is taken away for ever: another term, or the standing that is given
/// back, both recorded acts, make them serve again, and with that the role is held again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appointment {
    /// The standing in the pool.
    pub status: ExpertStatus,
    /// First day, by the local calendar; none if it is open.
    pub from: Option<NaiveDate>,
    /// Last day, included; none if it is open.
    pub to: Option<NaiveDate>,
}

impl Appointment {
    /// Whether the expert serves on a day of the local calendar: active, and within the term.
    pub fn serves_on(self, day: NaiveDate) -> bool {
        self.status == ExpertStatus::Active
            && self.from.is_none_or(|first| first <= day)
            && self.to.is_none_or(|last| day <= last)
    }

    /// The last day of the term, if it ends before a day of the local calendar, whatever the standing.
    pub fn ends_before(self, day: NaiveDate) -> Option<NaiveDate> {
        self.to.filter(|last| *last < day)
    }
}

/// The last day on which a role is held: the one that it was given until and, of an expert's, the last of the term of
/// appointment, whichever is sooner. None for a role that lasts until it is taken back.
pub fn last_day(given_until: Option<NaiveDate>, term: Option<NaiveDate>) -> Option<NaiveDate> {
    [given_until, term].into_iter().flatten().min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;
    use proptest::prelude::*;

    fn day(number: i64) -> NaiveDate {
        "2026-01-01".parse::<NaiveDate>().unwrap() + Duration::days(number)
    }

    proptest! {
        /// Against the days themselves: those from the first to the last, written out, less all of them for whoever is
        /// not active.
        #[test]
        fn c_24_who_serves_is_active_and_within_the_days_of_the_term(
            standing in 0usize..3,
            from in proptest::option::of(0i64..20),
            to in proptest::option::of(0i64..20),
        ) {
            let status = ExpertStatus::ALL[standing];
            let appointment = Appointment { status, from: from.map(day), to: to.map(day) };
            let term: Vec<i64> = (from.unwrap_or(-1)..=to.unwrap_or(20)).collect();
            for number in -1..=20 {
                let serves = status == ExpertStatus::Active && term.contains(&number);
                prop_assert_eq!(appointment.serves_on(day(number)), serves, "on day {}", number);
                let over = to.is_some() && !(-1..=to.unwrap_or(20)).contains(&number);
                prop_assert_eq!(appointment.ends_before(day(number)), to.filter(|_| over).map(day), "{}", number);
            }
        }
    }
}

//! When officers are told by mail what waits for them: once each working day, from a set hour on.

use super::calendar::{BeyondCalendar, Calendar, days_left, local_datetime};
use super::deadline::DAYS_BEFORE;
use chrono::{NaiveDate, NaiveDateTime, Timelike};

/// The local day whose digest is due at this instant: a working day, once its `hour` (local, 0 to 23) has come. None
/// before that, and on a day that is free.
///
/// # Errors
/// The State Council's notice for the year is not loaded.
pub fn day_of(calendar: &Calendar, now: NaiveDateTime, hour: u32) -> Result<Option<NaiveDate>, BeyondCalendar> {
    let local = local_datetime(now);
    if local.hour() < hour {
        return Ok(None);
    }
    Ok(calendar.is_working_day(local.date())?.then_some(local.date()))
}

/// Whether what has this deadline comes first: it is over, or within the last days in which people are reminded.
pub fn is_pressing(due: NaiveDateTime, now: NaiveDateTime) -> bool {
    days_left(now, due) <= DAYS_BEFORE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reference::ReferenceFiles;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_digest_is_due_on_working_days_from_its_hour_on() {
        let calendar =
            Calendar::parse("state_council_holidays.csv", ReferenceFiles::BUNDLED.holidays).expect("the bundled table");
        // Eight o'clock in Guangdong is midnight by UTC.
        for (now, is_due) in [
            ("2026-03-02T23:59:59", false), // Tuesday, a second too early
            ("2026-03-03T00:00:00", true),
            ("2026-03-03T15:59:59", true),
            ("2026-03-07T02:00:00", false), // a Saturday
            ("2026-10-01T02:00:00", false), // National Day, a Thursday
            ("2026-10-10T02:00:00", true),  // a Saturday that is made up
        ] {
            let day = day_of(&calendar, at(now), 8).expect("a loaded year");
            assert_eq!(day.is_some(), is_due, "{now}");
            assert_eq!(day, is_due.then(|| local_datetime(at(now)).date()), "{now}");
        }
        assert_eq!(day_of(&calendar, at("2027-01-04T02:00:00"), 8).map_err(|beyond| beyond.year), Err(2027));
    }

    #[test]
    fn what_is_over_or_ends_within_three_days_comes_first() {
        let now = at("2026-03-03T00:00:00");
        for (due, is_first) in [
            ("2026-03-02T00:00:00", true),
            ("2026-03-05T09:00:00", true),
            ("2026-03-05T16:00:00", true), // midnight ends the third day
            ("2026-03-05T16:00:01", false),
            ("2026-03-09T00:00:00", false),
        ] {
            assert_eq!(is_pressing(at(due), now), is_first, "{due}");
        }
    }
}

//! Working days by the State Council's yearly notices, and the local time of everything.
//!
//! Limits that count working days follow `config/reference/state_council_holidays.csv`: the days that a notice makes free
//! (`off`) and the weekend days that it makes up (`work`). A year whose notice is not loaded is refused, never guessed. The
//! notice of the *next* year has now and then moved a day at the very end of a year (31 December 2018 was free by the notice of 2019);
//! such a day enters the file with `notice_year` one above its own year.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};
use serde::Serialize;

use crate::domain::reference::table::{self, ReferenceProblem};
use crate::domain::text::text_enum;

text_enum!(
    /// In what a length of time is counted.
    DayUnit {
        /// Every day.
        CalendarDays = "calendar_days",
        /// Days that are worked by the State Council's table.
        WorkingDays = "working_days",
    }
);

/// A day that a notice changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedDay {
    /// The holiday's name.
    pub name: String,
    /// Free, or a weekend day that is worked.
    pub works: bool,
    /// Address of the notice that says so.
    pub notice: String,
}

/// The working days of the loaded years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeSet<i32>,
    changed: BTreeMap<NaiveDate, ChangedDay>,
}

/// A working day was asked for in a year whose notice is not loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no State Council holiday notice is loaded for {year}; loaded are {first_year} to {last_year}")]
pub struct BeyondCalendar {
    /// The year that was needed.
    pub year: i32,
    /// The first year loaded.
    pub first_year: i32,
    /// The last year loaded.
    pub last_year: i32,
}

impl BeyondCalendar {
    /// Stable code; the sentence is in the locale files under `problem-<code>`.
    pub fn code(&self) -> &'static str {
        "beyond_calendar"
    }

    /// What the sentence names.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        vec![
            ("year", self.year.to_string()),
            ("first", self.first_year.to_string()),
            ("last", self.last_year.to_string()),
        ]
    }
}

const COLUMNS: &[&str] = &["notice_year", "date", "name", "day", "notice"];

impl Calendar {
    /// Reads the table of changed days.
    ///
    /// # Errors
    /// Every wrong cell, with its line, column and remedy.
    pub fn parse(file: &str, text: &str) -> Result<Calendar, Vec<ReferenceProblem>> {
        let table = table::read(file, text, COLUMNS)?;
        let mut calendar = Calendar { years: BTreeSet::new(), changed: BTreeMap::new() };
        let mut problems = Vec::new();
        for record in &table.records {
            let Ok(date) = NaiveDate::parse_from_str(record.get("date"), "%Y-%m-%d") else {
                problems.push(record.problem("date", "reference_date", "write the date as 2026-10-01"));
                continue;
            };
            let year = match record.get("notice_year").parse::<i32>() {
                Ok(year) if year == date.year() || year == date.year() + 1 => year,
                _ => {
                    problems.push(record.problem(
                        "notice_year",
                        "reference_year",
                        "must be the year of the date, or the year after it",
                    ));
                    continue;
                }
            };
            let works = match record.get("day") {
                "off" => false,
                "work" => true,
                _ => {
                    problems.push(record.problem(
                        "day",
                        "reference_word",
                        "write off for a free day, work for a weekend day that is worked",
                    ));
                    continue;
                }
            };
            if works && !is_weekend(date) {
                problems.push(record.problem(
                    "date",
                    "reference_weekday",
                    "only a Saturday or Sunday can be made up; correct the date or the day",
                ));
            }
            let day = ChangedDay {
                name: record.required("name", &mut problems),
                works,
                notice: record.required("notice", &mut problems),
            };
            calendar.years.insert(year);
            if calendar.changed.insert(date, day).is_some() {
                problems.push(record.problem("date", "reference_twice", "is already given above; keep one line"));
            }
        }
        if calendar.years.is_empty() && problems.is_empty() {
            problems.push(table.problem(
                "reference_empty",
                "",
                "load at least one year of the State Council's notices".to_string(),
            ));
        }
        if problems.is_empty() { Ok(calendar) } else { Err(problems) }
    }

    /// The years whose notices are loaded.
    pub fn years(&self) -> impl Iterator<Item = i32> + '_ {
        self.years.iter().copied()
    }

    /// Whether a day is worked.
    ///
    /// # Errors
    /// The year is not loaded.
    pub fn is_working_day(&self, date: NaiveDate) -> Result<bool, BeyondCalendar> {
        if !self.years.contains(&date.year()) {
            return Err(self.beyond(date.year()));
        }
        Ok(self.changed.get(&date).map_or(!is_weekend(date), |day| day.works))
    }

    /// The `count`-th working day from `start`. With `first_day_counts` the start itself is the first, if it is worked;
    /// else counting begins on the day after. A count of zero is the start.
    ///
    /// # Errors
    /// A day on the way is in a year that is not loaded.
    pub fn add_working_days(
        &self,
        start: NaiveDate,
        count: u32,
        first_day_counts: bool,
    ) -> Result<NaiveDate, BeyondCalendar> {
        if count == 0 {
            return Ok(start);
        }
        let mut date = if first_day_counts { start } else { self.day_after(start)? };
        let mut left = count;
        loop {
            if self.is_working_day(date)? {
                left -= 1;
            }
            if left == 0 {
                return Ok(date);
            }
            date = self.day_after(date)?;
        }
    }

    /// How many working days lie from `first` to `last`, both included; zero when `last` is before `first`.
    ///
    /// # Errors
    /// A day in between is in a year that is not loaded.
    pub fn working_days_between(&self, first: NaiveDate, last: NaiveDate) -> Result<u32, BeyondCalendar> {
        let mut count = 0;
        let mut date = first;
        while date <= last {
            if self.is_working_day(date)? {
                count += 1;
            }
            date = self.day_after(date)?;
        }
        Ok(count)
    }

    fn day_after(&self, date: NaiveDate) -> Result<NaiveDate, BeyondCalendar> {
        date.succ_opt().ok_or_else(|| self.beyond(date.year()))
    }

    fn beyond(&self, year: i32) -> BeyondCalendar {
        let first_year = self.years.first().copied().unwrap_or(year);
        let last_year = self.years.last().copied().unwrap_or(year);
        BeyondCalendar { year, first_year, last_year }
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Shanghai is eight hours ahead of UTC, all year round.
const SHANGHAI: TimeDelta = TimeDelta::hours(8);

/// The local date and time of an instant. Instants at the end of representable time are held there.
pub fn local_datetime(utc: NaiveDateTime) -> NaiveDateTime {
    utc.checked_add_signed(SHANGHAI).unwrap_or(NaiveDateTime::MAX)
}

/// The instant of a local date and time.
pub fn utc_of_local(local: NaiveDateTime) -> NaiveDateTime {
    local.checked_sub_signed(SHANGHAI).unwrap_or(NaiveDateTime::MIN)
}

/// The local date of an instant.
pub fn local_date(utc: NaiveDateTime) -> NaiveDate {
    local_datetime(utc).date()
}

/// The instant at which a local day begins.
pub fn start_of_day_utc(date: NaiveDate) -> NaiveDateTime {
    utc_of_local(date.and_time(NaiveTime::MIN))
}

/// The instant at which a local day is over (24:00): the start of the next one. Windows are half open, so this instant is
/// no longer inside.
pub fn end_of_day_utc(date: NaiveDate) -> NaiveDateTime {
    date.checked_add_days(Days::new(1)).map_or(NaiveDateTime::MAX, start_of_day_utc)
}

/// How many local days are left until a deadline, today counted: 1 on the last day, 0 once it is over. A deadline at midnight
/// ends the day before.
pub fn days_left(now: NaiveDateTime, deadline: NaiveDateTime) -> i64 {
    if now >= deadline {
        return 0;
    }
    (due_day(deadline) - local_date(now)).num_days() + 1
}

/// How long it is until a deadline that is an instant and no day's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeLeft {
    /// Whole days of twenty-four hours, at least one.
    Days(i64),
    /// Whole hours, at least one and less than a day.
    Hours(i64),
    /// Less than an hour.
    Soon,
}

/// How long it is until a deadline, in whole days or hours: never more than there is.
pub fn time_left(now: NaiveDateTime, deadline: NaiveDateTime) -> TimeLeft {
    let left = deadline - now;
    match (left.num_days(), left.num_hours()) {
        (days @ 1.., _) => TimeLeft::Days(days),
        (_, hours @ 1..) => TimeLeft::Hours(hours),
        _ => TimeLeft::Soon,
    }
}

/// The last local day of a deadline. One at midnight ends the day before.
pub fn due_day(deadline: NaiveDateTime) -> NaiveDate {
    local_date(deadline.checked_sub_signed(TimeDelta::nanoseconds(1)).unwrap_or(NaiveDateTime::MIN))
}

/// A date as people read it: `2026年11月23日`.
pub fn local_date_text(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// The local day that a deadline ends with; none for one within a day.
pub fn day_ended_by(deadline: NaiveDateTime) -> Option<NaiveDate> {
    let local = local_datetime(deadline);
    if local.time() == NaiveTime::MIN { local.date().pred_opt() } else { None }
}

/// A deadline, at which it is already too late, as a notice writes it: midnight is the end of the day before.
pub fn local_deadline_text(deadline: NaiveDateTime) -> String {
    match day_ended_by(deadline) {
        Some(day) => format!("{} 24:00", local_date_text(day)),
        None => local_datetime_text(deadline),
    }
}

/// An instant as people read it, to the minute: `2026年11月23日 17:30`.
pub fn local_datetime_text(utc: NaiveDateTime) -> String {
    let local = local_datetime(utc);
    format!("{} {}", local_date_text(local.date()), local.format("%H:%M"))
}

/// The same to the second, `2026年11月23日 17:30:05`: a receipt must settle what was in time.
pub fn local_second_text(utc: NaiveDateTime) -> String {
    let local = local_datetime(utc);
    format!("{} {}", local_date_text(local.date()), local.format("%H:%M:%S"))
}

/// An instant with its offset, to the second, for machines: `2026-11-23T17:30:00+08:00`.
pub fn local_datetime_iso(utc: NaiveDateTime) -> String {
    local_datetime(utc).format("%Y-%m-%dT%H:%M:%S+08:00").to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::reference::ReferenceFiles;

    fn calendar() -> Calendar {
        Calendar::parse("state_council_holidays.csv", ReferenceFiles::BUNDLED.holidays).expect("the bundled table")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn holidays_and_made_up_weekends_follow_the_notices() {
        let calendar = calendar();
        assert_eq!(calendar.years().collect::<Vec<_>>(), [2023, 2024, 2025, 2026]);
        for (date, works) in [
            ("2026-10-01", false),
            ("2026-10-10", true), // a Saturday, made up
            ("2026-10-11", false),
            ("2026-10-12", true),
            ("2023-01-28", true),
            ("2025-10-08", false), // a Wednesday
            ("2024-02-29", true),
        ] {
            assert_eq!(calendar.is_working_day(day(date)), Ok(works), "{date}");
        }
    }

    #[test]
    fn counting_starts_on_the_first_day_or_after_it() {
        let calendar = calendar();
        let friday = day("2023-01-06");
        assert_eq!(calendar.add_working_days(friday, 5, true), Ok(day("2023-01-12")));
        assert_eq!(calendar.add_working_days(friday, 5, false), Ok(day("2023-01-13")));
        assert_eq!(calendar.add_working_days(friday, 0, false), Ok(friday));
        // From a free day the first worked one counts, either way.
        assert_eq!(calendar.add_working_days(day("2026-10-03"), 1, true), Ok(day("2026-10-08")));
        assert_eq!(calendar.add_working_days(day("2026-10-03"), 1, false), Ok(day("2026-10-08")));
        // Across the National Day week, with the Saturday made up.
        assert_eq!(calendar.add_working_days(day("2026-09-30"), 4, false), Ok(day("2026-10-12")));
    }

    #[test]
    fn years_that_are_not_loaded_are_refused_on_both_sides() {
        let calendar = calendar();
        let beyond = |year| BeyondCalendar { year, first_year: 2023, last_year: 2026 };
        assert_eq!(calendar.is_working_day(day("2027-01-04")), Err(beyond(2027)));
        assert_eq!(
            calendar.is_working_day(day("2022-12-31")),
            Err(beyond(2022)),
            "listed by the notice of 2023, but 2022 is not loaded"
        );
        assert_eq!(calendar.add_working_days(day("2026-12-30"), 3, true), Err(beyond(2027)));
        assert_eq!(calendar.add_working_days(day("2026-12-30"), 2, true), Ok(day("2026-12-31")));
        assert_eq!(calendar.working_days_between(day("2026-12-01"), day("2027-01-01")), Err(beyond(2027)));
        assert_eq!(calendar.working_days_between(day("2026-12-02"), day("2026-12-01")), Ok(0));
    }

    #[test]
    fn a_gap_between_loaded_years_is_refused_too() {
        let text = "notice_year,date,name,day,notice\n2023,2023-01-02,元旦,off,x\n2025,2025-01-01,元旦,off,x\n";
        let gap = Calendar::parse("x.csv", text).expect("two years");
        assert_eq!(
            gap.is_working_day(day("2024-03-01")),
            Err(BeyondCalendar { year: 2024, first_year: 2023, last_year: 2025 })
        );
    }

    #[test]
    fn a_broken_table_says_where_and_what_to_do() {
        let heading = "notice_year,date,name,day,notice\n";
        for (line, message) in [
            ("2026,2026-02-30,春节,off,x", "h.csv, line 2, column date: \"2026-02-30\": write the date as 2026-10-01"),
            (
                "2024,2026-02-20,春节,off,x",
                "h.csv, line 2, column notice_year: \"2024\": must be the year of the date, or the year after it",
            ),
            (
                "2026,2026-02-20,春节,free,x",
                "h.csv, line 2, column day: \"free\": write off for a free day, work for a weekend day that is worked",
            ),
            (
                "2026,2026-02-20,春节,work,x",
                "h.csv, line 2, column date: \"2026-02-20\": only a Saturday or Sunday can be made up; correct the date or the day",
            ),
            ("2026,2026-02-20,春节,off,", "h.csv, line 2, column notice: may not be empty"),
            ("", "h.csv: load at least one year of the State Council's notices"),
        ] {
            let problems = Calendar::parse("h.csv", &format!("{heading}{line}\n")).expect_err(line);
            assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), [message]);
        }
        let twice =
            Calendar::parse("h.csv", &format!("{heading}2026,2026-01-01,元旦,off,x\n2026,2026-01-01,元旦,off,x\n"));
        assert_eq!(twice.expect_err("twice").first().map(|p| (p.line, p.code)), Some((3, "reference_twice")));
    }

    #[test]
    fn local_time_is_eight_hours_ahead() {
        let utc: NaiveDateTime = "2026-11-23T09:30:00".parse().expect("an instant");
        assert_eq!(local_datetime_text(utc), "2026年11月23日 17:30");
        assert_eq!(local_datetime_iso(utc), "2026-11-23T17:30:00+08:00");
        assert_eq!(local_date("2026-11-22T16:00:00".parse().expect("an instant")), day("2026-11-23"));
        assert_eq!(local_date("2026-11-22T15:59:59".parse().expect("an instant")), day("2026-11-22"));
        assert_eq!(end_of_day_utc(day("2026-11-23")).to_string(), "2026-11-23 16:00:00");
        assert_eq!(end_of_day_utc(NaiveDate::MAX), NaiveDateTime::MAX);
        assert_eq!(local_datetime(NaiveDateTime::MAX), NaiveDateTime::MAX);
        assert_eq!(utc_of_local(NaiveDateTime::MIN), NaiveDateTime::MIN);
    }

    #[test]
    fn the_days_left_count_today_and_end_with_the_deadline() {
        let instant = |text: &str| text.parse::<NaiveDateTime>().expect("an instant");
        // Half past five in the afternoon of 11 December, and midnight at its end.
        for (deadline, now, left) in [
            ("2026-12-11T09:30:00", "2026-11-27T03:00:00", 15),
            ("2026-12-11T09:30:00", "2026-12-10T15:59:59", 2),
            ("2026-12-11T09:30:00", "2026-12-10T16:00:00", 1),
            ("2026-12-11T09:30:00", "2026-12-11T09:29:59", 1),
            ("2026-12-11T09:30:00", "2026-12-11T09:30:00", 0),
            ("2026-12-11T16:00:00", "2026-12-10T15:59:59", 2),
            ("2026-12-11T16:00:00", "2026-12-11T15:59:59", 1),
            ("2026-12-11T16:00:00", "2026-12-11T16:00:00", 0),
            ("2026-12-11T16:00:00", "2026-12-20T16:00:00", 0),
        ] {
            assert_eq!(days_left(instant(now), instant(deadline)), left, "{deadline} at {now}");
        }
    }

    #[test]
    fn the_time_left_until_an_instant_is_never_more_than_there_is() {
        let instant = |text: &str| text.parse::<NaiveDateTime>().expect("an instant");
        let now = instant("2026-12-10T09:30:00");
        for (deadline, left) in [
            ("2026-12-12T09:30:00", TimeLeft::Days(2)),
            ("2026-12-12T09:29:59", TimeLeft::Days(1)),
            ("2026-12-11T09:30:00", TimeLeft::Days(1)),
            ("2026-12-11T09:29:59", TimeLeft::Hours(23)),
            ("2026-12-10T10:30:00", TimeLeft::Hours(1)),
            ("2026-12-10T10:29:59", TimeLeft::Soon),
            ("2026-12-10T09:30:00", TimeLeft::Soon),
        ] {
            assert_eq!(time_left(now, instant(deadline)), left, "{deadline}");
        }
    }

    proptest! {
        #[test]
        fn adding_and_counting_agree(offset in 0u64..1200, count in 1u32..60, first_day_counts: bool) {
            let calendar = calendar();
            let start = day("2023-01-01") + Days::new(offset);
            let last = calendar.add_working_days(start, count, first_day_counts).expect("inside");
            prop_assert_eq!(calendar.is_working_day(last), Ok(true));
            let first = if first_day_counts { start } else { start + Days::new(1) };
            prop_assert_eq!(calendar.working_days_between(first, last), Ok(count));
        }

        #[test]
        fn a_day_holds_its_instants(offset in 0u64..4000, second in 0i64..86_400) {
            let date = day("2020-01-01") + Days::new(offset);
            let instant = start_of_day_utc(date) + TimeDelta::seconds(second);
            prop_assert_eq!(local_date(instant), date);
            prop_assert!(instant < end_of_day_utc(date));
            prop_assert_eq!(utc_of_local(local_datetime(instant)), instant);
        }
    }
}

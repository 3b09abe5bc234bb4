//! The days on which the department plans to have passed the stations that have no deadline of their own.

use super::content::parse_day;
use crate::domain::calendar;
use crate::domain::form::Problem;
use crate::domain::procedure::Station;
use crate::domain::timeline::{Stop, way};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// Planned days of a call, in local time. Nobody is bound by them: they say when something is expected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlannedDays {
    /// Form and eligibility are checked by the end of this day.
    pub screening_on: Option<NaiveDate>,
    /// The experts' review has ended by the end of this day.
    pub review_on: Option<NaiveDate>,
    /// It is decided by the end of this day.
    pub decision_on: Option<NaiveDate>,
    /// The public notice begins on this day.
    pub notice_on: Option<NaiveDate>,
}

impl PlannedDays {
    /// The stops that may have a planned day, in the order of the journey.
    pub const STOPS: [Stop; 4] = [Stop::Screening, Stop::Review, Stop::Decision, Stop::Notice];

    /// The planned day of a stop.
    pub fn of(&self, stop: Stop) -> Option<NaiveDate> {
        match stop {
            Stop::Screening => self.screening_on,
            Stop::Review => self.review_on,
            Stop::Decision => self.decision_on,
            Stop::Notice => self.notice_on,
            Stop::Filling | Stop::City | Stop::CityDecides | Stop::Publication => None,
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        *self == PlannedDays::default()
    }

    /// What a call of these stations can keep: the days of stops that its files come to, and of them those that lie
    /// after its last deadline. More time that was given to applicants or bureaus may have overtaken a plan.
    pub fn in_force(&self, stations: &[Station], last: NaiveDate) -> PlannedDays {
        let days = self.on_way(stations);
        PlannedDays::of_stops(|stop| days.of(stop).filter(|day| *day > last))
    }

    /// Those of stops that the files of these stations come to.
    pub fn on_way(&self, stations: &[Station]) -> PlannedDays {
        let way = way(stations);
        PlannedDays::of_stops(|stop| self.of(stop).filter(|_| way.contains(&stop)))
    }

    fn of_stops(day: impl Fn(Stop) -> Option<NaiveDate>) -> PlannedDays {
        PlannedDays {
            screening_on: day(Stop::Screening),
            review_on: day(Stop::Review),
            decision_on: day(Stop::Decision),
            notice_on: day(Stop::Notice),
        }
    }

    /// The same but for the stops of which something is said: a day as it was typed, or nothing where none is planned
    /// any more.
    ///
    /// # Errors
    /// At the field of each what is no day, and what is of a stop that the files of these stations never come to.
    pub fn said_anew<'a>(
        &self,
        stations: &[Station],
        said: impl Fn(Stop) -> Option<&'a str>,
    ) -> Result<PlannedDays, Vec<Problem>> {
        let way = way(stations);
        let typed = |stop: Stop| said(stop).map(str::trim);
        let mut wrong = Vec::new();
        for stop in PlannedDays::STOPS {
            let Some(text) = typed(stop).filter(|text| !text.is_empty()) else { continue };
            let day = parse_day(text);
            if day.is_none() {
                wrong.push(Problem::new(&field_of(stop), "call_date").with("value", text));
            } else if !way.contains(&stop) && day != self.of(stop) {
                wrong.push(Problem::new(&field_of(stop), "call_planned_off_way"));
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(PlannedDays::of_stops(|stop| match typed(stop) {
            Some(text) => parse_day(text),
            None => self.of(stop),
        }))
    }

    /// Why a call of these stations whose last deadline is on this day cannot keep them, at the field of each day: it
    /// is no later than the deadline, or before the day of a stop in front of it.
    pub fn misfits(&self, stations: &[Station], last: NaiveDate) -> Vec<Problem> {
        let kept = self.on_way(stations);
        let mut found = Vec::new();
        let mut latest: Option<NaiveDate> = None;
        for stop in PlannedDays::STOPS {
            let Some(day) = kept.of(stop) else { continue };
            let wrong = match latest.filter(|latest| day < *latest) {
                _ if day <= last => Some(("call_planned_overtaken", last)),
                before => before.map(|before| ("call_planned_before_another", before)),
            };
            found.extend(wrong.map(|(code, limit)| {
                let (value, limit) = (calendar::local_date_text(day), calendar::local_date_text(limit));
                Problem::new(&field_of(stop), code).with("value", value).with("limit", limit)
            }));
            latest = latest.max(Some(day));
        }
        found
    }

    /// The first two days of which the later stop has the earlier day.
    pub fn out_of_order(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days: Vec<NaiveDate> = PlannedDays::STOPS.iter().filter_map(|stop| self.of(*stop)).collect();
        days.windows(2).find_map(|pair| match pair {
            [before, after] if after < before => Some((*before, *after)),
            _ => None,
        })
    }

    /// The first day of a stop that the files of these stations never come to.
    pub fn off_way(&self, stations: &[Station]) -> Option<NaiveDate> {
        let way = way(stations);
        PlannedDays::STOPS.iter().filter(|stop| !way.contains(stop)).find_map(|stop| self.of(*stop))
    }

    /// The earliest of them.
    pub fn first(&self) -> Option<NaiveDate> {
        PlannedDays::STOPS.iter().filter_map(|stop| self.of(*stop)).min()
    }
}

/// The field in which the planned day of a stop is typed.
fn field_of(stop: Stop) -> String {
    format!("planned_{stop}_on")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, number).expect("a day")
    }

    #[test]
    fn a_plan_is_kept_for_stops_on_the_way_and_after_the_last_deadline() {
        let all = PlannedDays {
            screening_on: Some(day(2)),
            review_on: Some(day(3)),
            decision_on: Some(day(4)),
            notice_on: Some(day(5)),
        };
        let whole = [Station::City, Station::Screening, Station::Review, Station::Notice];
        assert_eq!(all.in_force(&whole, day(1)), all);
        let overtaken = PlannedDays { screening_on: None, review_on: None, ..all };
        assert_eq!(all.in_force(&whole, day(3)), overtaken, "the last day itself is no plan any more");
        let short = PlannedDays { review_on: None, notice_on: None, ..all };
        assert_eq!(all.in_force(&[Station::Screening], day(1)), short);
        assert_eq!((all.off_way(&[Station::Screening]), all.off_way(&whole)), (Some(day(3)), None));
        let by_the_city = all.in_force(&[Station::CityDecides], day(1));
        assert!(by_the_city.is_empty(), "the bureau decides: {by_the_city:?}");
    }

    const WHOLE: [Station; 4] = [Station::City, Station::Screening, Station::Review, Station::Notice];

    fn found(problems: &[Problem]) -> Vec<(&str, &str)> {
        problems.iter().map(|problem| (problem.path.as_str(), problem.code.as_str())).collect()
    }

    #[test]
    fn what_is_said_anew_takes_the_place_of_what_was_planned() {
        let before = PlannedDays { screening_on: Some(day(2)), review_on: Some(day(3)), ..PlannedDays::default() };
        let said = |stop| match stop {
            Stop::Screening => Some(" 2026-05-06 "),
            Stop::Review => Some(""),
            _ => None,
        };
        let after = PlannedDays { screening_on: Some(day(6)), ..PlannedDays::default() };
        assert_eq!(before.said_anew(&WHOLE, said), Ok(after));
        assert_eq!(before.said_anew(&WHOLE, |_| None), Ok(before));
        let wrong = before.said_anew(&WHOLE, |_| Some("五月")).expect_err("no day");
        let (screening, review) = ("planned_screening_on", "planned_review_on");
        let (decision, notice) = ("planned_decision_on", "planned_notice_on");
        let no_day = |field| (field, "call_date");
        assert_eq!(found(&wrong), [screening, review, decision, notice].map(no_day));
        let wrong = before.said_anew(&[Station::Screening], |_| Some("2026-05-03")).expect_err("there is no notice");
        // What stands there already is of no stop either, and nobody reads it.
        assert_eq!(found(&wrong), [(notice, "call_planned_off_way")]);
    }

    #[test]
    fn a_day_that_no_longer_fits_is_named_at_its_field() {
        let planned = PlannedDays {
            screening_on: Some(day(2)),
            review_on: Some(day(9)),
            decision_on: Some(day(8)),
            notice_on: Some(day(9)),
        };
        let wrong = planned.misfits(&WHOLE, day(2));
        let overtaken = ("planned_screening_on", "call_planned_overtaken");
        let before = ("planned_decision_on", "call_planned_before_another");
        assert_eq!(found(&wrong), [overtaken, before]);
        assert_eq!(wrong[0].args["limit"], "2026年5月2日");
        assert_eq!(
            (wrong[1].args["value"].as_str(), wrong[1].args["limit"].as_str()),
            ("2026年5月8日", "2026年5月9日")
        );
        assert!(planned.misfits(&[Station::Screening], day(1)).is_empty(), "its files come to no review and no notice");
    }

    proptest! {
        #[test]
        fn what_fits_is_all_in_force_and_in_order(
            days in proptest::array::uniform4(proptest::option::of(1_u32..28)),
            last in 1_u32..28,
            short in proptest::bool::ANY,
        ) {
            let [screening_on, review_on, decision_on, notice_on] = days.map(|number| number.map(day));
            let planned = PlannedDays { screening_on, review_on, decision_on, notice_on };
            let stations: &[Station] = if short { &[Station::Review] } else { &WHOLE };
            let kept = planned.on_way(stations);
            let fits = planned.in_force(stations, day(last)) == kept && kept.out_of_order().is_none();
            prop_assert_eq!(planned.misfits(stations, day(last)).is_empty(), fits);
        }

        #[test]
        fn days_in_order_are_those_that_never_go_back(days in proptest::array::uniform4(proptest::option::of(1_u32..28))) {
            let [screening_on, review_on, decision_on, notice_on] = days.map(|number| number.map(day));
            let planned = PlannedDays { screening_on, review_on, decision_on, notice_on };
            let said: Vec<u32> = days.into_iter().flatten().collect();
            let goes_back = (0..said.len()).any(|i| (0..i).any(|j| said[i] < said[j]));
            prop_assert_eq!(planned.out_of_order().is_some(), goes_back);
            prop_assert_eq!(planned.first(), said.iter().min().map(|number| day(*number)));
        }
    }
}

//! The days on which the department plans to have passed the stations that have no deadline of their own.

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

    /// What a call of these stations can keep: the days of stops that its files come to, and of them those that lie after its
    /// last deadline. More time that was given to applicants or bureaus may have overtaken a plan.
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

    proptest! {
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

//! How long a recognition is valid, and what standing follows from what happened since.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::status::Standing;
use crate::domain::text::text_enum;

/// The days on which a membership is valid, local dates, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// Validity of whole years: the last day is the one before the anniversary, so three years from 2023-07-10 end on 2026-07-09.
/// From 29 February the anniversary in a common year is 1 March: nobody loses a day, and the last day is 28 February in
/// every year. None for no years, or past the last date that can be written.
pub fn validity(from: NaiveDate, years: u32) -> Option<Validity> {
    if years == 0 {
        return None;
    }
    let year = from.year().checked_add(i32::try_from(years).ok()?)?;
    let anniversary = from.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))?;
    let to = anniversary.checked_sub_days(Days::new(1))?;
    Some(Validity { from, to })
}

text_enum!(
    /// What a membership is worth on a day: what the acts made of it, and what the date does.
    StandingOnDate {
        /// In the pool.
        Active = "active",
        /// In the pool, under warning.
        Warned = "warned",
        /// Revoked.
        Revoked = "revoked",
        /// Withdrew.
        Withdrew = "withdrew",
        /// Its last day is over.
        Expired = "expired",
        /// Revoked, and may not apply again yet.
        Barred = "barred",
    }
);

impl StandingOnDate {
    /// Whether the organisation is in the pool.
    pub fn is_in_pool(self) -> bool {
        matches!(self, StandingOnDate::Active | StandingOnDate::Warned)
    }
}

/// Something that happened to a membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipEvent {
    /// The local date from which it counts.
    pub on: NaiveDate,
    /// What happened.
    pub what: MembershipAct,
}

/// What can happen to a membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MembershipAct {
    /// Taken into the pool, valid until this day.
    Recognised {
        /// The last day.
        to: NaiveDate,
    },
    /// Valid for longer, after a re-check.
    Renewed {
        /// The new last day.
        to: NaiveDate,
    },
    /// Warned, with a date to mend.
    Warned,
    /// Mended: the warning is lifted.
    Corrected,
    /// Has another name; the credit code and the standing stay.
    Renamed,
    /// Left of its own will.
    Withdrew,
    /// Taken out of the pool.
    Revoked,
    /// Taken out of the pool and kept out.
    Barred {
        /// The last day on which it may not apply.
        until: NaiveDate,
    },
}

/// What the record calls the acts that make something else of a membership than its beginning did. What is only proposed, asked
/// for or returned is none of them.
pub const CHANGES: [&str; 7] = [
    "membership.renewed",
    "membership.warned",
    "membership.corrected",
    "membership.renamed",
    "membership.withdrew",
    "membership.revoked",
    "membership.barred",
];

/// What an event of a membership's record says that happened, and from which day it counts; none for an event that changes nothing. The
/// day stands in the detail at `on` (at `from` for the beginning), or it is `recorded`, the local day of the event.
pub fn act_of(action: &str, detail: &Value, recorded: NaiveDate) -> Option<MembershipEvent> {
    let day = |name: &str| detail.get(name)?.as_str()?.parse::<NaiveDate>().ok();
    let (what, on) = match action.strip_prefix("membership.")? {
        "begun" => (MembershipAct::Recognised { to: day("to")? }, day("from")),
        "renewed" => (MembershipAct::Renewed { to: day("to")? }, day("on")),
        "warned" => (MembershipAct::Warned, day("on")),
        "corrected" => (MembershipAct::Corrected, day("on")),
        "renamed" => (MembershipAct::Renamed, day("on")),
        "withdrew" => (MembershipAct::Withdrew, day("on")),
        "revoked" => (MembershipAct::Revoked, day("on")),
        "barred" => (MembershipAct::Barred { until: day("until")? }, day("on")),
        _ => return None,
    };
    Some(MembershipEvent { on: on.unwrap_or(recorded), what })
}

/// The standing on a day, from the stored one. `to` is the last day of validity, `barred_until` the last day of a bar.
pub fn standing_now(
    stored: Standing,
    to: NaiveDate,
    barred_until: Option<NaiveDate>,
    today: NaiveDate,
) -> StandingOnDate {
    match stored {
        Standing::Revoked if barred_until.is_some_and(|until| today <= until) => StandingOnDate::Barred,
        Standing::Revoked => StandingOnDate::Revoked,
        Standing::Withdrew => StandingOnDate::Withdrew,
        Standing::Active | Standing::Warned if today > to => StandingOnDate::Expired,
        Standing::Active => StandingOnDate::Active,
        Standing::Warned => StandingOnDate::Warned,
    }
}

/// The standing on any day, past ones too, from everything that happened in the order it was recorded; what counts later is left out.
/// None before the recognition. An end is an end: nothing but a new recognition follows a revocation or a withdrawal, though a bar
/// may be laid on either.
pub fn standing_on(date: NaiveDate, events: &[MembershipEvent]) -> Option<StandingOnDate> {
    let mut until_then: Vec<&MembershipEvent> = events.iter().filter(|event| event.on <= date).collect();
    until_then.sort_by_key(|event| event.on);
    let mut state: Option<(Standing, NaiveDate, Option<NaiveDate>)> = None;
    for event in until_then {
        state = match (&event.what, state) {
            (MembershipAct::Recognised { to }, _) => Some((Standing::Active, *to, None)),
            (_, None) => None,
            (MembershipAct::Barred { until }, Some((_, to, _))) => Some((Standing::Revoked, to, Some(*until))),
            (_, ended @ Some((Standing::Revoked | Standing::Withdrew, ..))) => ended,
            (MembershipAct::Renewed { to }, Some((_, _, barred))) => Some((Standing::Active, *to, barred)),
            (MembershipAct::Warned, Some((_, to, barred))) => Some((Standing::Warned, to, barred)),
            (MembershipAct::Corrected, Some((_, to, barred))) => Some((Standing::Active, to, barred)),
            (MembershipAct::Renamed, same) => same,
            (MembershipAct::Withdrew, Some((_, to, barred))) => Some((Standing::Withdrew, to, barred)),
            (MembershipAct::Revoked, Some((_, to, barred))) => Some((Standing::Revoked, to, barred)),
        };
    }
    state.map(|(standing, to, barred_until)| standing_now(standing, to, barred_until, date))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn ends(from: &str, years: u32) -> Option<String> {
        validity(day(from), years).map(|validity| validity.to.to_string())
    }

    #[test]
    fn validity_ends_the_day_before_the_anniversary() {
        assert_eq!(ends("2023-07-10", 3).as_deref(), Some("2026-07-09"));
        assert_eq!(ends("2024-01-01", 2).as_deref(), Some("2025-12-31"));
        assert_eq!(ends("2023-03-01", 1).as_deref(), Some("2024-02-29"));
        assert_eq!(ends("2024-02-29", 3).as_deref(), Some("2027-02-28"));
        assert_eq!(ends("2024-02-29", 4).as_deref(), Some("2028-02-28"));
        assert_eq!(ends("2024-02-29", 0), None);
        assert_eq!(validity(NaiveDate::MAX, 1), None);
        assert_eq!(validity(day("2024-01-01"), u32::MAX), None);
    }

    fn history(acts: &[(&str, MembershipAct)]) -> Vec<MembershipEvent> {
        acts.iter().map(|(on, what)| MembershipEvent { on: day(on), what: what.clone() }).collect()
    }

    #[test]
    fn the_standing_of_any_day_is_reproducible() {
        let events = history(&[
            ("2023-07-10", MembershipAct::Recognised { to: day("2026-07-09") }),
            ("2024-05-01", MembershipAct::Warned),
            ("2024-06-01", MembershipAct::Renamed),
            ("2024-08-01", MembershipAct::Corrected),
            ("2025-03-01", MembershipAct::Revoked),
            ("2025-03-01", MembershipAct::Barred { until: day("2028-02-29") }),
            ("2026-01-01", MembershipAct::Renewed { to: day("2030-01-01") }),
        ]);
        for (date, standing) in [
            ("2023-07-09", None),
            ("2023-07-10", Some(StandingOnDate::Active)),
            ("2024-05-01", Some(StandingOnDate::Warned)),
            ("2024-07-31", Some(StandingOnDate::Warned)),
            ("2024-08-01", Some(StandingOnDate::Active)),
            ("2025-02-28", Some(StandingOnDate::Active)),
            ("2025-03-01", Some(StandingOnDate::Barred)),
            ("2028-02-29", Some(StandingOnDate::Barred)),
            ("2028-03-01", Some(StandingOnDate::Revoked)),
        ] {
            assert_eq!(standing_on(day(date), &events), standing, "{date}");
        }
    }

    #[test]
    fn validity_runs_out_and_is_renewed() {
        let mut events = history(&[("2023-07-10", MembershipAct::Recognised { to: day("2026-07-09") })]);
        assert_eq!(standing_on(day("2026-07-09"), &events), Some(StandingOnDate::Active));
        assert_eq!(standing_on(day("2026-07-10"), &events), Some(StandingOnDate::Expired));
        events.extend(history(&[("2026-06-01", MembershipAct::Renewed { to: day("2029-07-09") })]));
        assert_eq!(standing_on(day("2026-07-10"), &events), Some(StandingOnDate::Active));
        events.extend(history(&[("2027-01-01", MembershipAct::Withdrew)]));
        assert_eq!(standing_on(day("2027-01-01"), &events), Some(StandingOnDate::Withdrew));
        assert!(!StandingOnDate::Expired.is_in_pool());
    }

    #[test]
    fn the_record_says_what_happened_and_since_when() {
        let detail =
            serde_json::json!({"from": "2023-07-10", "to": "2026-07-09", "on": "2024-01-02", "until": "2028-01-01"});
        let said = |action: &str| act_of(action, &detail, day("2024-01-03"));
        let begun = MembershipAct::Recognised { to: day("2026-07-09") };
        assert_eq!(said("membership.begun"), Some(MembershipEvent { on: day("2023-07-10"), what: begun }));
        let barred = MembershipAct::Barred { until: day("2028-01-01") };
        assert_eq!(said("membership.barred"), Some(MembershipEvent { on: day("2024-01-02"), what: barred }));
        assert_eq!(said("membership.noted"), None);
        assert_eq!(said("application.submitted"), None);
        let bare = act_of("membership.revoked", &serde_json::json!({}), day("2024-01-03"));
        assert_eq!(bare, Some(MembershipEvent { on: day("2024-01-03"), what: MembershipAct::Revoked }));
        assert_eq!(act_of("membership.renewed", &serde_json::json!({"to": "x"}), day("2024-01-03")), None);
        // Each act that there is, but for the beginning, is a change, and each change is another act.
        let named = CHANGES.map(|action| {
            let name = match said(action).expect("an act").what {
                MembershipAct::Recognised { .. } => "begun",
                MembershipAct::Renewed { .. } => "renewed",
                MembershipAct::Warned => "warned",
                MembershipAct::Corrected => "corrected",
                MembershipAct::Renamed => "renamed",
                MembershipAct::Withdrew => "withdrew",
                MembershipAct::Revoked => "revoked",
                MembershipAct::Barred { .. } => "barred",
            };
            format!("membership.{name}")
        });
        assert_eq!(named, CHANGES.map(str::to_string));
        for only_asked in ["revocation_proposed", "revocation_returned", "bar_proposed", "withdrawal_asked"] {
            assert_eq!(said(&format!("membership.{only_asked}")), None, "{only_asked}");
        }
    }

    /// An independent model: lives day by day and keeps what it knows in plain flags.
    fn lived(date: NaiveDate, events: &[MembershipEvent]) -> Option<&'static str> {
        let (mut member, mut warned, mut over, mut barred) = (false, false, None, None);
        let (mut last_day, mut today) = (NaiveDate::MIN, day("2023-01-01"));
        while today <= date {
            for event in events.iter().filter(|event| event.on == today) {
                match &event.what {
                    MembershipAct::Recognised { to } => {
                        (member, warned, over, barred, last_day) = (true, false, None, None, *to);
                    }
                    MembershipAct::Barred { until } if member => (over, barred) = (Some("revoked"), Some(*until)),
                    _ if !member || over.is_some() => {}
                    MembershipAct::Renewed { to } => (last_day, warned) = (*to, false),
                    MembershipAct::Warned => warned = true,
                    MembershipAct::Corrected => warned = false,
                    MembershipAct::Withdrew => over = Some("withdrew"),
                    MembershipAct::Revoked => over = Some("revoked"),
                    MembershipAct::Renamed | MembershipAct::Barred { .. } => {}
                }
            }
            today = today + Days::new(1);
        }
        if !member {
            return None;
        }
        Some(match (over, barred) {
            (Some("revoked"), Some(until)) if date <= until => "barred",
            (Some(over), _) => over,
            (None, _) if date > last_day => "expired",
            (None, _) if warned => "warned",
            (None, _) => "active",
        })
    }

    fn any_event() -> impl Strategy<Value = MembershipEvent> {
        let day = |offset: u64| day("2023-01-01") + Days::new(offset);
        (0u64..60, 0u64..90, 0usize..8).prop_map(move |(on, other, what)| MembershipEvent {
            on: day(on),
            what: match what {
                0 => MembershipAct::Recognised { to: day(other) },
                1 => MembershipAct::Renewed { to: day(other) },
                2 => MembershipAct::Warned,
                3 => MembershipAct::Corrected,
                4 => MembershipAct::Renamed,
                5 => MembershipAct::Withdrew,
                6 => MembershipAct::Revoked,
                _ => MembershipAct::Barred { until: day(other) },
            },
        })
    }

    proptest! {
        #[test]
        fn the_standing_is_what_a_day_by_day_life_comes_to(events in prop::collection::vec(any_event(), 0..9), offset in 0u64..100) {
            let date = day("2023-01-01") + Days::new(offset);
            prop_assert_eq!(standing_on(date, &events).map(|standing| standing.as_text()), lived(date, &events));
        }

        #[test]
        fn validity_is_whole_years_of_days(offset in 0u64..20_000, years in 1u32..10) {
            let from = day("2000-01-01") + Days::new(offset);
            let validity = validity(from, years).unwrap();
            let days = (validity.to - from).num_days() + 1;
            prop_assert!((i64::from(years) * 365..=i64::from(years) * 365 + 3).contains(&days));
            // The next term begins where this one ends, on the same day of the year or on 1 March.
            let next = validity.to + Days::new(1);
            prop_assert!((next.month(), next.day()) == (from.month(), from.day()) || (next.month(), next.day()) == (3, 1));
        }
    }
}

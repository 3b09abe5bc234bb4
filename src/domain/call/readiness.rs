//! What must be in order before a call opens: everything that could never work is said before anybody applies.

use super::Windows;
use crate::domain::calendar::{self, Calendar, DayUnit};
use crate::domain::procedure::{Action, PROCEDURE, State, Station, Transition};
use crate::domain::programme::{Programme, ProgrammeKind};
use crate::domain::rubric::FULL_MARKS;
use crate::domain::scoring::points_text;
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use std::collections::BTreeSet;

/// What the check before opening asks about.
#[derive(Debug, Clone)]
pub struct Readiness<'a> {
    /// The pinned programme.
    pub programme: &'a Programme,
    /// The windows.
    pub windows: Windows,
    /// The day on which the policy that the call rests on was issued.
    pub basis_issued_on: NaiveDate,
    /// Its last day, if it has one.
    pub basis_valid_until: Option<NaiveDate>,
    /// Experts of the pool who could be assigned.
    pub active_experts: u32,
    /// Names of the bureaus in which nobody holds the officer's role.
    pub unstaffed_bureaus: Vec<String>,
    /// The working days that are loaded.
    pub calendar: &'a Calendar,
    /// The instant of the check.
    pub now: NaiveDateTime,
}

/// One thing that cannot work, as a code under `call-problem-<code>` in the locale files.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CallProblem {
    /// Stable.
    pub code: String,
    /// The figures that the sentence names.
    pub found: String,
    /// What would be needed.
    pub needed: String,
    /// Whether the call cannot be approved because of it; else it is a warning.
    pub blocking: bool,
}

fn blocking(code: &str, found: impl ToString, needed: impl ToString) -> CallProblem {
    CallProblem { code: code.into(), found: found.to_string(), needed: needed.to_string(), blocking: true }
}

fn warning(code: &str, found: impl ToString, needed: impl ToString) -> CallProblem {
    CallProblem { blocking: false, ..blocking(code, found, needed) }
}

/// Everything that cannot work, blocking problems and warnings, in the order of the journey.
pub fn problems(readiness: &Readiness<'_>) -> Vec<CallProblem> {
    let mut found = Vec::new();
    if readiness.programme.kind == ProgrammeKind::Imported {
        found.push(blocking("not_a_selection", &readiness.programme.key, ""));
    }
    check_dates(readiness, &mut found);
    check_basis(readiness, &mut found);
    found.extend(dead_ends(PROCEDURE, &readiness.programme.stations).into_iter().map(|s| blocking("dead_end", s, "")));
    check_review(readiness, &mut found);
    check_days(readiness, &mut found);
    let bureaus = &readiness.unstaffed_bureaus;
    if has_city(readiness.programme) && !bureaus.is_empty() {
        found.push(warning("unstaffed_bureaus", bureaus.join("、"), bureaus.len()));
    }
    found
}

fn has_city(programme: &Programme) -> bool {
    programme.uses(Station::City) || programme.uses(Station::CityDecides)
}

fn check_dates(readiness: &Readiness<'_>, found: &mut Vec<CallProblem>) {
    let Windows { opens_at, closes_at, recommend_by } = readiness.windows;
    let text = calendar::local_datetime_text;
    if opens_at <= readiness.now {
        found.push(blocking("opens_in_past", text(opens_at), text(readiness.now)));
    }
    if closes_at <= opens_at {
        found.push(blocking("closes_before_opening", text(closes_at), text(opens_at)));
    }
    if has_city(readiness.programme) && recommend_by <= closes_at {
        found.push(blocking("recommends_before_closing", text(recommend_by), text(closes_at)));
    }
}

fn check_basis(readiness: &Readiness<'_>, found: &mut Vec<CallProblem>) {
    let Windows { opens_at, closes_at, .. } = readiness.windows;
    let text = calendar::local_date_text;
    // The closing instant itself is outside the window: a policy valid through 31 March covers a closing at its midnight.
    if let Some(last) = readiness.basis_valid_until
        && calendar::end_of_day_utc(last) < closes_at
    {
        found.push(warning("basis_lapses", text(last), text(calendar::local_date(closes_at))));
    }
    if calendar::start_of_day_utc(readiness.basis_issued_on) > opens_at {
        found.push(warning("basis_not_issued", text(readiness.basis_issued_on), text(calendar::local_date(opens_at))));
    }
}

fn check_review(readiness: &Readiness<'_>, found: &mut Vec<CallProblem>) {
    let programme = readiness.programme;
    if !programme.uses(Station::Review) {
        return;
    }
    match &programme.rubric {
        None => found.push(blocking("no_rubric", "", "")),
        Some(rubric) if rubric.max_hundredths() != FULL_MARKS => {
            found.push(blocking("rubric_total", points_text(rubric.max_hundredths()), points_text(FULL_MARKS)));
        }
        Some(_) => {}
    }
    match &programme.review {
        None => found.push(blocking("no_review_rules", "", "")),
        Some(review) if readiness.active_experts < review.experts_per_application => {
            found.push(blocking("too_few_experts", readiness.active_experts, review.experts_per_application));
        }
        Some(_) => {}
    }
}

/// Notice and corrections that are counted in days.
fn check_days(readiness: &Readiness<'_>, found: &mut Vec<CallProblem>) {
    let programme = readiness.programme;
    // Nothing after the bureaus' date has a date of its own yet; the year in which that work begins is the least that is needed.
    let last_date = if has_city(programme) { readiness.windows.recommend_by } else { readiness.windows.closes_at };
    let year = calendar::local_date(last_date).year();
    let loaded = readiness.calendar.years().collect::<BTreeSet<_>>();
    let range = || match (loaded.first(), loaded.last()) {
        (Some(first), Some(last)) => format!("{first}–{last}"),
        _ => String::new(),
    };
    let covered = loaded.contains(&year);
    if programme.uses(Station::Notice) {
        match &programme.notice {
            None => found.push(blocking("no_notice_rules", "", "")),
            Some(notice) => {
                if notice.length == 0 {
                    found.push(blocking("no_notice_length", notice.length, 1));
                }
                if notice.unit == DayUnit::WorkingDays && !covered {
                    found.push(blocking("holidays_missing", range(), year));
                }
            }
        }
    }
    // An officer can still write the date of a correction by hand; only the proposal fails.
    if (has_city(programme) || programme.uses(Station::Screening)) && !covered {
        found.push(warning("correction_days_missing", range(), year));
    }
}

/// The states in which a file would stay for ever: reachable on its way, not meant to be its end, and nothing but
/// withdrawing leads towards an end from there. Both ways are walked: with a bureau, and straight to the department.
fn dead_ends(table: &[Transition], stations: &[Station]) -> BTreeSet<State> {
    let direct: Vec<Station> =
        stations.iter().copied().filter(|s| !matches!(s, Station::City | Station::CityDecides)).collect();
    let ends: BTreeSet<State> = State::ALL.iter().copied().filter(|s| crate::domain::procedure::is_final(*s)).collect();
    [stations, &direct].into_iter().flat_map(|way| stuck(table, way, &ends)).collect()
}

fn stuck(table: &[Transition], way: &[Station], ends: &BTreeSet<State>) -> Vec<State> {
    let steps: Vec<(State, State)> = table
        .iter()
        .filter(|t| t.action != Action::Withdraw && t.when.holds(way))
        .flat_map(|t| t.from.iter().filter_map(|from| t.to.map(|to| (*from, to))))
        .filter(|(from, to)| from != to)
        .collect();
    let mut reached = BTreeSet::from([State::Draft]);
    while let Some((_, to)) = steps.iter().find(|(from, to)| reached.contains(from) && !reached.contains(to)) {
        reached.insert(*to);
    }
    let mut leaves = ends.clone();
    while let Some((from, _)) = steps.iter().find(|(from, to)| leaves.contains(to) && !leaves.contains(from)) {
        leaves.insert(*from);
    }
    reached.difference(&leaves).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reference::ReferenceFiles;

    fn programme() -> Programme {
        serde_json::from_value(serde_json::json!({
            "key": "demo", "version": 1, "kind": "selection",
            "names": {"zh_cn": "示例"}, "summary": {"zh_cn": "示例"},
            "category": {"key": "demo", "kind": "platform"},
            "stations": ["city", "screening", "review", "notice"],
            "rubric": {"basis": "proposal", "dimensions": [{"key": "a", "names": {"zh_cn": "甲"},
                "items": [{"key": "b", "names": {"zh_cn": "乙"}, "max": 100}]}]},
            "review": {"experts_per_application": 3, "min_sheets": 3, "max_spread": 20, "load_limit": 30},
            "notice": {"length": 7, "unit": "calendar_days", "first_day_counts": true},
            "validity": {"years": 3},
            "public_columns": []
        }))
        .expect("a programme")
    }

    fn instant(text: &str) -> NaiveDateTime {
        text.parse().expect("an instant")
    }

    /// The codes found in a sound call after `change`.
    fn codes(change: impl FnOnce(&mut Programme, &mut Readiness<'_>)) -> Vec<(String, bool)> {
        let calendar = Calendar::parse("h.csv", ReferenceFiles::BUNDLED.holidays).expect("the bundled table");
        let untouched = programme();
        let mut changed = programme();
        let mut readiness = Readiness {
            programme: &untouched,
            windows: Windows {
                opens_at: instant("2026-03-10T01:00:00"),
                closes_at: instant("2026-04-10T10:00:00"),
                recommend_by: instant("2026-04-30T10:00:00"),
            },
            basis_issued_on: "2026-01-05".parse().expect("a day"),
            basis_valid_until: None,
            active_experts: 3,
            unstaffed_bureaus: Vec::new(),
            calendar: &calendar,
            now: instant("2026-03-02T01:00:00"),
        };
        change(&mut changed, &mut readiness);
        let readiness = Readiness { programme: &changed, ..readiness };
        problems(&readiness).into_iter().map(|p| (p.code, p.blocking)).collect()
    }

    fn one(code: &str, blocking: bool) -> Vec<(String, bool)> {
        vec![(code.to_string(), blocking)]
    }

    #[test]
    fn a_sound_call_has_no_problem() {
        assert_eq!(codes(|_, _| {}), []);
    }

    #[test]
    fn dates_out_of_order_are_found() {
        assert_eq!(codes(|_, r| r.now = r.windows.opens_at), one("opens_in_past", true));
        assert_eq!(codes(|_, r| r.windows.closes_at = r.windows.opens_at), one("closes_before_opening", true));
        assert_eq!(codes(|_, r| r.windows.recommend_by = r.windows.closes_at), one("recommends_before_closing", true));
        let without_city = codes(|p, r| {
            p.stations.retain(|s| *s != Station::City);
            r.windows.recommend_by = r.windows.closes_at;
        });
        assert_eq!(without_city, [], "no bureau, no date of a bureau");
    }

    #[test]
    fn a_policy_that_does_not_cover_the_call_is_a_warning() {
        let until = |day: &str| {
            let day = day.parse().ok();
            codes(|_, r| r.basis_valid_until = day)
        };
        assert_eq!(until("2026-04-09"), one("basis_lapses", false));
        assert_eq!(until("2026-04-10"), []);
        assert_eq!(
            codes(|_, r| r.basis_issued_on = "2026-03-11".parse().expect("a day")),
            one("basis_not_issued", false)
        );
    }

    #[test]
    fn a_review_that_cannot_be_held_is_found() {
        assert_eq!(codes(|p, _| p.rubric = None), one("no_rubric", true));
        assert_eq!(codes(|p, _| p.review = None), one("no_review_rules", true));
        assert_eq!(codes(|_, r| r.active_experts = 2), one("too_few_experts", true));
        let short = |p: &mut Programme, _: &mut Readiness<'_>| {
            if let Some(rubric) = &mut p.rubric {
                rubric.dimensions.clear();
            }
        };
        assert_eq!(codes(short), one("rubric_total", true));
        let without_review = codes(|p, r| {
            p.stations.retain(|s| *s != Station::Review);
            p.rubric = None;
            p.review = None;
            r.active_experts = 0;
        });
        assert_eq!(without_review, []);
    }

    #[test]
    fn a_notice_that_cannot_be_counted_is_found() {
        assert_eq!(codes(|p, _| p.notice = None), one("no_notice_rules", true));
        let length = |p: &mut Programme, _: &mut Readiness<'_>| {
            if let Some(notice) = &mut p.notice {
                notice.length = 0;
            }
        };
        assert_eq!(codes(length), one("no_notice_length", true));
        let beyond = codes(|p, r| {
            if let Some(notice) = &mut p.notice {
                notice.unit = DayUnit::WorkingDays;
            }
            r.windows.recommend_by = instant("2027-01-04T10:00:00");
        });
        assert_eq!(beyond, [("holidays_missing".into(), true), ("correction_days_missing".into(), false)]);
        let calendar_days = codes(|_, r| r.windows.recommend_by = instant("2027-01-04T10:00:00"));
        assert_eq!(calendar_days, one("correction_days_missing", false));
    }

    #[test]
    fn a_bureau_without_officers_is_a_warning() {
        assert_eq!(codes(|_, r| r.unstaffed_bureaus = vec!["某局".into()]), one("unstaffed_bureaus", false));
    }

    #[test]
    fn a_list_decided_elsewhere_takes_no_applications() {
        assert_eq!(codes(|p, _| p.kind = ProgrammeKind::Imported), one("not_a_selection", true));
    }

    #[test]
    fn a_station_that_nobody_can_leave_is_found() {
        let way = [Station::City, Station::Screening, Station::Review, Station::Notice];
        assert_eq!(dead_ends(PROCEDURE, &way), BTreeSet::new());
        let without =
            |action: Action| -> Vec<Transition> { PROCEDURE.iter().filter(|t| t.action != action).copied().collect() };
        // Reaching it is not enough: it must lead to an end.
        assert_eq!(
            dead_ends(&without(Action::CloseReview), &way),
            BTreeSet::from([State::InReview]),
            "declined files still end"
        );
        let only_publish_missing = dead_ends(&without(Action::Publish), &[Station::Screening]);
        assert_eq!(only_publish_missing, BTreeSet::from([State::Proposed]));
        // The way straight to the department is walked too.
        let direct_only: Vec<Transition> = PROCEDURE
            .iter()
            .filter(|t| t.action != Action::Submit || t.when.with.contains(&Station::City))
            .copied()
            .collect();
        assert_eq!(dead_ends(&direct_only, &way), BTreeSet::from([State::Draft]));
    }
}

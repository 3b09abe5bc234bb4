//! What must be in order before a call opens: everything that could never work is said before anybody applies.

use super::{PlannedDays, Windows};
use crate::domain::calendar::{self, Calendar, DayUnit};
use crate::domain::language::Language;
use crate::domain::procedure::{Action, PROCEDURE, State, Station, Transition};
use crate::domain::programme::{Programme, ProgrammeKind, ReviewRules};
use crate::domain::rubric::FULL_MARKS;
use crate::domain::scoring::points_text;
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use std::collections::{BTreeMap, BTreeSet};

/// What the check before opening asks about.
#[derive(Debug, Clone)]
pub struct Readiness<'a> {
    /// The pinned programme.
    pub programme: &'a Programme,
    /// The windows.
    pub windows: Windows,
    /// The planned days.
    pub planned: PlannedDays,
    /// The day on which the policy that the call rests on was issued.
    pub basis_issued_on: NaiveDate,
    /// Its last day, if it has one.
    pub basis_valid_until: Option<NaiveDate>,
    /// Experts of the pool who could be assigned.
    pub experts: Vec<PoolExpert>,
    /// Files that are expected to come to the review: as many as last time, or as the bureaus may recommend; none if nothing says so.
    pub expected_files: Option<u32>,
    /// The names of the fields by which experts are drawn, by key.
    pub field_names: BTreeMap<String, String>,
    /// Names of the bureaus in which nobody holds the officer's role.
    pub unstaffed_bureaus: Vec<String>,
    /// Whose marks stand between them.
    pub language: Language,
    /// The working days that are loaded.
    pub calendar: &'a Calendar,
    /// The instant of the check.
    pub now: NaiveDateTime,
}

/// An expert as far as the check asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PoolExpert {
    /// Fields of expertise, by key.
    pub fields: Vec<String>,
    /// Most files of one call.
    pub load_limit: u32,
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
    check_planned(readiness, &mut found);
    check_basis(readiness, &mut found);
    found.extend(dead_ends(PROCEDURE, &readiness.programme.stations).into_iter().map(|s| blocking("dead_end", s, "")));
    check_review(readiness, &mut found);
    check_days(readiness, &mut found);
    let bureaus = &readiness.unstaffed_bureaus;
    if has_city(readiness.programme) && !bureaus.is_empty() {
        found.push(warning("unstaffed_bureaus", readiness.language.list(bureaus), bureaus.len()));
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

/// Planned days that nobody could keep.
fn check_planned(readiness: &Readiness<'_>, found: &mut Vec<CallProblem>) {
    let (planned, stations) = (&readiness.planned, &readiness.programme.stations);
    let text = calendar::local_date_text;
    let last = readiness.windows.last_day(stations);
    // What the files never come to is not in the way of what they do: it is a warning and nothing else.
    let kept = planned.on_way(stations);
    if let Some(first) = kept.first().filter(|day| *day <= last) {
        found.push(blocking("planned_too_early", text(first), text(last)));
    }
    if let Some((before, after)) = kept.out_of_order() {
        found.push(blocking("planned_out_of_order", text(after), text(before)));
    }
    if let Some(day) = planned.off_way(stations) {
        found.push(warning("planned_off_way", text(day), ""));
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
        Some(review) if readiness.experts.len() < review.experts_per_application as usize => {
            found.push(blocking("too_few_experts", readiness.experts.len(), review.experts_per_application));
        }
        Some(review) => {
            check_draw(readiness, review, found);
            check_load(readiness, review, found);
        }
    }
}

/// A draw takes panel and reserves from each field. It can be left out unless the programme requires it.
fn check_draw(readiness: &Readiness<'_>, review: &ReviewRules, found: &mut Vec<CallProblem>) {
    let Some(draw) = &review.draw else { return };
    let belongs = |expert: &PoolExpert| {
        draw.strata.iter().position(|stratum| stratum.field.is_empty() || expert.fields.contains(&stratum.field))
    };
    for (index, stratum) in draw.strata.iter().enumerate() {
        let available = readiness.experts.iter().filter(|expert| belongs(expert) == Some(index)).count();
        let needed = u64::from(stratum.panel) + u64::from(stratum.reserves);
        if (available as u64) < needed {
            let name = readiness.field_names.get(&stratum.field).cloned().unwrap_or_else(|| stratum.field.clone());
            let code = if stratum.field.is_empty() { "too_few_to_draw" } else { "too_few_to_draw_in_field" };
            let said = if name.is_empty() { available.to_string() } else { format!("{name} {available}") };
            found.push(CallProblem { blocking: draw.required, ..warning(code, said, needed) });
        }
    }
}

/// The sheets that the expected files need, and those that the experts may be given. Of a pool that is drawn from only the panel scores.
fn check_load(readiness: &Readiness<'_>, review: &ReviewRules, found: &mut Vec<CallProblem>) {
    let Some(files) = readiness.expected_files else { return };
    let each = |expert: &PoolExpert| u64::from(expert.load_limit.min(review.load_limit));
    let mut loads: Vec<u64> = readiness.experts.iter().map(each).collect();
    loads.sort_unstable_by(|a, b| b.cmp(a));
    if let Some(draw) = &review.draw {
        let panel: u64 = draw.strata.iter().map(|stratum| u64::from(stratum.panel)).sum();
        loads.truncate(usize::try_from(panel).unwrap_or(usize::MAX));
    }
    let capacity: u64 = loads.iter().sum();
    let needed = u64::from(files) * u64::from(review.experts_per_application);
    if capacity < needed {
        found.push(warning("too_little_load", capacity, needed));
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
        .filter(|t| t.action != Action::Withdraw && !t.action.takes_back() && t.when.holds(way))
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
    use crate::domain::programme::{DrawRules, Stratum};
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
            planned: PlannedDays::default(),
            basis_issued_on: "2026-01-05".parse().expect("a day"),
            basis_valid_until: None,
            experts: vec![expert(&["provider"]); 3],
            expected_files: None,
            field_names: BTreeMap::from([("provider".to_string(), "服务商".to_string())]),
            unstaffed_bureaus: Vec::new(),
            language: Language::default(),
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
    fn planned_days_that_nobody_could_keep_are_found() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let planned = |screening: &str, notice: &str| PlannedDays {
            screening_on: day(screening),
            notice_on: day(notice),
            ..PlannedDays::default()
        };
        assert_eq!(codes(|_, r| r.planned = planned("2026-05-01", "2026-05-01")), []);
        assert_eq!(codes(|_, r| r.planned = planned("2026-04-30", "")), one("planned_too_early", true));
        assert_eq!(codes(|_, r| r.planned = planned("2026-05-02", "2026-05-01")), one("planned_out_of_order", true));
        let without_notice = codes(|p, r| {
            p.stations.retain(|s| *s != Station::Notice);
            r.planned = planned("", "2026-05-01");
        });
        assert_eq!(without_notice, one("planned_off_way", false));
        // A day that is of no stop on the way is neither too early nor out of order.
        for notice in ["2026-04-01", "2026-05-01"] {
            let beside = codes(|p, r| {
                p.stations.retain(|s| *s != Station::Notice);
                r.planned = planned("2026-05-02", notice);
            });
            assert_eq!(beside, one("planned_off_way", false), "{notice}");
        }
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
        assert_eq!(codes(|_, r| r.experts.truncate(2)), one("too_few_experts", true));
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
            r.experts.clear();
        });
        assert_eq!(without_review, []);
    }

    fn expert(fields: &[&str]) -> PoolExpert {
        PoolExpert { fields: fields.iter().map(ToString::to_string).collect(), load_limit: 20 }
    }

    #[test]
    fn each_field_of_a_draw_needs_its_panel_and_its_reserves() {
        let stratum = |field: &str, panel, reserves| Stratum { field: field.into(), panel, reserves };
        let drawn = |required, own: usize, others: usize| {
            codes(move |p, r| {
                let strata = vec![stratum("provider", 3, 1), stratum("", 2, 1)];
                if let Some(review) = &mut p.review {
                    review.draw = Some(DrawRules { required, strata });
                }
                r.experts = vec![expert(&["provider"]); own];
                r.experts.extend(vec![expert(&["platform"]); others]);
            })
        };
        assert_eq!(drawn(true, 4, 3), []);
        // Four of the field are in the first stratum whatever else they know: they are no help to the second.
        assert_eq!(drawn(true, 9, 2), one("too_few_to_draw", true));
        assert_eq!(drawn(true, 3, 3), one("too_few_to_draw_in_field", true));
        assert_eq!(drawn(false, 3, 3), one("too_few_to_draw_in_field", false), "it can be left out");
    }

    #[test]
    fn experts_who_cannot_carry_the_expected_files_are_a_warning() {
        // Three experts with a limit of 20 are good for 60 sheets, which are 20 files of three sheets.
        assert_eq!(codes(|_, r| r.expected_files = Some(20)), []);
        assert_eq!(codes(|_, r| r.expected_files = Some(21)), one("too_little_load", false));
        let programme_limit = codes(|p, r| {
            if let Some(review) = &mut p.review {
                review.load_limit = 10;
            }
            r.expected_files = Some(11);
        });
        assert_eq!(programme_limit, one("too_little_load", false), "the programme's limit holds for everybody");
        let panel = codes(|p, r| {
            let strata = vec![Stratum { field: String::new(), panel: 3, reserves: 0 }];
            if let Some(review) = &mut p.review {
                review.draw = Some(DrawRules { required: false, strata });
            }
            r.experts = vec![expert(&[]); 30];
            r.expected_files = Some(21);
        });
        assert_eq!(panel, one("too_little_load", false), "only the panel scores");
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

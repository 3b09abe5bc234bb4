//! The way of an application as one story: every stop that it makes, who acted there, when and why, and what is next and by
//! when. It is told alike to everybody who sees the way of the file: roles and never persons, states and never scores.

use super::actor::Role;
use super::calendar;
use super::call::PlannedDays;
use super::procedure::{State, Station};
use super::text::text_enum;
use chrono::{NaiveDate, NaiveDateTime};

text_enum!(
    /// A stop on the way of an application: its filling in, the stations of its programme, the decision, the publication.
    Stop as "TimelineStop" {
        /// The applicant fills it in and submits it.
        Filling = "filling",
        /// A city bureau checks and recommends.
        City = "city",
        /// A city bureau decides by itself.
        CityDecides = "city_decides",
        /// The department checks form and eligibility.
        Screening = "screening",
        /// Experts score.
        Review = "review",
        /// The department decides.
        Decision = "decision",
        /// A public notice runs.
        Notice = "notice",
        /// It is published in a list.
        Publication = "publication",
    }
);

text_enum!(
    /// Where a stop lies, seen from where the file is.
    Place as "TimelinePlace" {
        /// Behind it.
        Done = "done",
        /// The file is there.
        Current = "current",
        /// Before it.
        Ahead = "ahead",
        /// The file ended there.
        Stopped = "stopped",
        /// Before it, and it will never come there.
        Unreached = "unreached",
    }
);

/// One recorded act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its number in the application's record, from 1.
    pub number: i64,
    /// When.
    pub at: NaiveDateTime,
    /// In which role; never who.
    pub role: String,
    /// What.
    pub action: String,
    /// State before.
    pub from: Option<State>,
    /// State after.
    pub to: Option<State>,
    /// The reason given.
    pub reason: Option<String>,
}

/// The dates by which something must be done; what is not known to the reader is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// Applications are accepted until here.
    pub closes_at: NaiveDateTime,
    /// Bureaus recommend until here.
    pub recommend_by: NaiveDateTime,
    /// The open correction must be answered by then.
    pub correction_due: Option<NaiveDateTime>,
    /// Experts are asked to score by then.
    pub scoring_due: Option<NaiveDateTime>,
    /// The notice has run its full time then.
    pub notice_ends: Option<NaiveDateTime>,
    /// When the stations without a deadline are expected to be passed.
    pub planned: PlannedDays,
    /// Whether the reader is told that a planned day has passed: officers are, applicants can do nothing about it.
    pub tells_delay: bool,
}

/// What happened, or will happen, at one stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// Where.
    pub stop: Stop,
    /// Seen from where the file is.
    pub place: Place,
    /// Whose turn it is there.
    pub role: Role,
    /// When the file came there; none where the record does not say.
    pub entered_at: Option<NaiveDateTime>,
    /// When it left for good, or ended there.
    pub left_at: Option<NaiveDateTime>,
    /// By when that must be done which is to be done there; none once it is done.
    pub due_at: Option<NaiveDateTime>,
    /// The local day by which it is expected to be passed, or to begin if it is the notice; none once that has happened.
    pub planned_on: Option<NaiveDate>,
    /// That day is over. Only officers are told.
    pub plan_passed: bool,
    /// What was done there, oldest first.
    pub steps: Vec<Step>,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// Who has to act.
    pub role: Role,
    /// By when.
    pub due_at: Option<NaiveDateTime>,
    /// That instant has passed.
    pub overdue: bool,
    /// The local day by which it is expected, where a plan names one.
    pub planned_on: Option<NaiveDate>,
}

/// The story of one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// Every stop of its way, first to last.
    pub legs: Vec<Leg>,
    /// None for a file that ended, or that can no longer be submitted.
    pub next: Option<Next>,
}

/// Acts that the story leaves to the record: they move nothing.
pub const UNTOLD: &[&str] = &["application.saved", "application.document_added", "application.document_removed"];

/// Acts between bureau and department, which the applicant is not told.
pub const INTERNAL: &[&str] = &["application.reranked"];

/// The stops of a file that passes these stations.
pub fn way(stations: &[Station]) -> Vec<Stop> {
    let passes = |station| stations.contains(&station);
    let mut way = vec![Stop::Filling];
    for (station, stop) in [
        (Station::City, Stop::City),
        (Station::CityDecides, Stop::CityDecides),
        (Station::Screening, Stop::Screening),
        (Station::Review, Stop::Review),
    ] {
        if passes(station) {
            way.push(stop);
        }
    }
    if !passes(Station::CityDecides) {
        way.push(Stop::Decision);
    }
    if passes(Station::Notice) {
        way.push(Stop::Notice);
    }
    way.push(Stop::Publication);
    way
}

/// Where a file in this state is; none for one that was withdrawn, which may have been anywhere.
pub fn stop_of(state: State, stations: &[Station]) -> Option<Stop> {
    let passes = |station| stations.contains(&station);
    match state {
        State::Draft => Some(Stop::Filling),
        State::Submitted | State::CityCorrection | State::NotRecommended if !passes(Station::CityDecides) => {
            Some(Stop::City)
        }
        State::Recommended | State::ScreeningCorrection | State::Ineligible => Some(Stop::Screening),
        State::InReview => Some(Stop::Review),
        State::Reviewed | State::NotSelected if !passes(Station::CityDecides) => Some(Stop::Decision),
        // The bureau decides: what it decided on is still with it.
        State::Submitted | State::CityCorrection | State::NotRecommended | State::Reviewed | State::NotSelected => {
            Some(Stop::CityDecides)
        }
        State::Proposed | State::InNotice | State::Held | State::Removed if passes(Station::Notice) => {
            Some(Stop::Notice)
        }
        State::Proposed | State::InNotice | State::Held | State::Removed | State::Recognised => Some(Stop::Publication),
        State::Withdrawn => None,
    }
}

/// Whose turn it is in this state; none when the file has ended.
pub fn turn(state: State, stations: &[Station]) -> Option<Role> {
    match state {
        State::Draft | State::CityCorrection | State::ScreeningCorrection => Some(Role::VendorAdmin),
        State::Submitted => Some(Role::CityOfficer),
        State::Recommended => Some(Role::Handler),
        State::InReview => Some(Role::Expert),
        State::Reviewed | State::InNotice | State::Held => Some(Role::Approver),
        State::Proposed if stations.contains(&Station::Notice) => Some(Role::Handler),
        State::Proposed => Some(Role::Approver),
        State::NotRecommended
        | State::Ineligible
        | State::NotSelected
        | State::Removed
        | State::Recognised
        | State::Withdrawn => None,
    }
}

/// Who acts at a stop as a rule.
fn host(stop: Stop) -> Role {
    match stop {
        Stop::Filling => Role::VendorAdmin,
        Stop::City | Stop::CityDecides => Role::CityOfficer,
        Stop::Screening | Stop::Notice => Role::Handler,
        Stop::Review => Role::Expert,
        Stop::Decision | Stop::Publication => Role::Approver,
    }
}

/// Where a step was taken by a file that was `at` a stop when it was taken.
fn stop_of_step(step: &Step, at: Stop, stations: &[Station]) -> Stop {
    match (step.from, step.to) {
        (_, Some(State::Recognised)) => Stop::Publication,
        // A decision is taken back where it was taken.
        (Some(State::Proposed | State::NotSelected), Some(State::Reviewed)) => {
            stop_of(State::Reviewed, stations).unwrap_or(at)
        }
        // So is what several files were moved on by.
        (Some(State::Recommended | State::InReview | State::Reviewed), Some(State::Submitted)) => {
            stop_of(State::Submitted, stations).unwrap_or(at)
        }
        (Some(State::InReview | State::Reviewed), Some(State::Recommended)) => Stop::Screening,
        (Some(from), _) => stop_of(from, stations).unwrap_or(at),
        (None, _) => at,
    }
}

/// Whether the file ended without being recognised.
fn is_stopped(state: State) -> bool {
    use State as S;
    matches!(state, S::NotRecommended | S::Ineligible | S::NotSelected | S::Removed | S::Withdrawn)
}

fn place(index: usize, current: usize, state: State) -> Place {
    match (index.cmp(&current), is_stopped(state)) {
        _ if state == State::Recognised => Place::Done,
        (std::cmp::Ordering::Less, _) => Place::Done,
        (std::cmp::Ordering::Equal, false) => Place::Current,
        (std::cmp::Ordering::Equal, true) => Place::Stopped,
        (std::cmp::Ordering::Greater, false) => Place::Ahead,
        (std::cmp::Ordering::Greater, true) => Place::Unreached,
    }
}

/// By when that is to be done which a file waits for in this state.
fn due(state: State, dates: &Dates) -> Option<NaiveDateTime> {
    match state {
        State::Draft => Some(dates.closes_at),
        State::CityCorrection | State::ScreeningCorrection => dates.correction_due,
        State::Submitted => Some(dates.recommend_by),
        State::InReview => dates.scoring_due,
        State::InNotice | State::Held => dates.notice_ends,
        _ => None,
    }
}

/// The planned day of a stop, for a file in this state to which the stop is so; none once it was passed, or the notice began.
fn planned(stop: Stop, place: Place, state: State, dates: &Dates) -> Option<NaiveDate> {
    match (place, stop) {
        (Place::Current, Stop::Notice) if state != State::Proposed => None,
        (Place::Current | Place::Ahead, _) => dates.planned.of(stop),
        _ => None,
    }
}

/// What comes next for a file in this state.
fn next(state: State, stations: &[Station], dates: &Dates, now: NaiveDateTime) -> Option<Next> {
    let role = turn(state, stations)?;
    let due_at = due(state, dates);
    let overdue = due_at.is_some_and(|due| due <= now);
    let planned_on = stop_of(state, stations).and_then(|stop| planned(stop, Place::Current, state, dates));
    match state {
        // It can no longer be submitted.
        State::Draft if overdue => None,
        // Whoever asked for the correction decides what becomes of the file.
        State::CityCorrection if overdue => Some(Next { role: Role::CityOfficer, due_at, overdue, planned_on }),
        State::ScreeningCorrection if overdue => Some(Next { role: Role::Handler, due_at, overdue, planned_on }),
        // A notice that has run its full time is not late: now the file may be published.
        State::InNotice | State::Held if overdue => Some(Next { role, due_at: None, overdue: false, planned_on }),
        _ => Some(Next { role, due_at, overdue, planned_on }),
    }
}

/// The story of a file in this state that passes these stations, from its record in order. What the record does not say is
/// left out: where the file is follows from its state alone, but for one that was withdrawn.
pub fn tell(stations: &[Station], state: State, steps: Vec<Step>, dates: &Dates, now: NaiveDateTime) -> Timeline {
    let way = way(stations);
    let mut at = Stop::Filling;
    let mut entered: Vec<(Stop, NaiveDateTime)> = Vec::new();
    let mut left: Vec<(Stop, NaiveDateTime)> = Vec::new();
    let mut placed: Vec<(Stop, Step)> = Vec::new();
    for step in steps {
        if placed.is_empty() {
            entered.push((at, step.at));
        }
        let stop = stop_of_step(&step, at, stations);
        let after = step.to.map_or(at, |to| stop_of(to, stations).unwrap_or(stop));
        if after != at {
            left.push((at, step.at));
            entered.push((after, step.at));
        }
        at = after;
        placed.push((stop, step));
    }
    let here = stop_of(state, stations).unwrap_or(at);
    let current = way.iter().position(|stop| *stop == here).unwrap_or_default();
    let ended_at = placed.last().map(|(_, step)| step.at);
    let leg = |(index, stop): (usize, &Stop)| {
        let place = place(index, current, state);
        let of_stop = |(of, at): &(Stop, NaiveDateTime)| (of == stop).then_some(*at);
        let came = matches!(place, Place::Done | Place::Current | Place::Stopped);
        let planned_on = planned(*stop, place, state, dates);
        Leg {
            stop: *stop,
            place,
            role: turn(state, stations).filter(|_| place == Place::Current).unwrap_or_else(|| host(*stop)),
            entered_at: entered.iter().find_map(of_stop).filter(|_| came),
            left_at: match place {
                Place::Stopped => ended_at,
                Place::Done if *stop == here => ended_at,
                Place::Done => left.iter().rev().find_map(of_stop),
                Place::Current | Place::Ahead | Place::Unreached => None,
            },
            due_at: match (place, stop) {
                (Place::Current, _) => due(state, dates),
                (Place::Ahead, Stop::City | Stop::CityDecides) => Some(dates.recommend_by),
                _ => None,
            },
            planned_on,
            plan_passed: dates.tells_delay && planned_on.is_some_and(|day| day < calendar::local_date(now)),
            steps: placed.iter().filter(|(of, _)| of == stop).map(|(_, step)| step.clone()).collect(),
        }
    };
    let legs = way.iter().enumerate().map(leg).collect();
    Timeline { legs, next: next(state, stations, dates, now) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::procedure::{Action, PROCEDURE};
    use std::collections::BTreeSet;

    fn at(hour: u32) -> NaiveDateTime {
        chrono::NaiveDate::from_ymd_opt(2026, 3, 2).and_then(|day| day.and_hms_opt(hour, 0, 0)).unwrap()
    }

    fn dates() -> Dates {
        Dates {
            closes_at: at(10),
            recommend_by: at(12),
            correction_due: Some(at(11)),
            scoring_due: None,
            notice_ends: Some(at(20)),
            planned: PlannedDays::default(),
            tells_delay: true,
        }
    }

    fn step(number: i64, from: Option<State>, to: State) -> Step {
        let hour = u32::try_from(number).unwrap();
        let (role, action) = ("handler".to_string(), "application.moved".to_string());
        Step { number, at: at(hour), role, action, from, to: Some(to), reason: None }
    }

    /// A walk through these states, an hour each, from the draft.
    fn walk(states: &[State]) -> Vec<Step> {
        let mut steps = vec![step(1, None, State::Draft)];
        let mut before = State::Draft;
        for (number, state) in (2..).zip(states) {
            steps.push(step(number, Some(before), *state));
            before = *state;
        }
        steps
    }

    const ALL: &[Station] = &[Station::City, Station::Screening, Station::Review, Station::Notice];

    /// Every way that a programme may lay out, each with the states that can be reached on it.
    fn ways() -> Vec<(Vec<Station>, BTreeSet<State>)> {
        let all = [Station::City, Station::CityDecides, Station::Screening, Station::Review, Station::Notice];
        let ways = (0..1_usize << all.len())
            .map(|bits| all.iter().enumerate().filter(|(i, _)| bits & (1 << i) != 0).map(|(_, s)| *s).collect())
            .filter(|way: &Vec<Station>| !(way.contains(&Station::City) && way.contains(&Station::CityDecides)));
        let with_states = ways.map(|way| {
            let mut reached = BTreeSet::from([State::Draft]);
            while let Some(to) = PROCEDURE
                .iter()
                .filter(|t| t.when.holds(&way) && t.from.iter().any(|s| reached.contains(s)))
                .filter_map(|t| t.to)
                .find(|to| !reached.contains(to))
            {
                reached.insert(to);
            }
            (way, reached)
        });
        with_states.collect()
    }

    #[test]
    fn whose_turn_it_is_can_move_the_file_on_by_the_table() {
        for (way, reached) in ways() {
            for state in reached {
                let Some(role) = turn(state, &way) else {
                    assert!(crate::domain::procedure::is_final(state), "{state} on {way:?} waits for nobody");
                    continue;
                };
                let moves = PROCEDURE.iter().any(|t| {
                    let leads = t.to.is_some_and(|to| to != state) && t.from.contains(&state) && t.when.holds(&way);
                    // Experts score; what ends the review is the handler's.
                    let own = t.roles.contains(&role) || role == Role::Expert;
                    leads && own && t.action != Action::Withdraw && !t.action.takes_back()
                });
                assert!(moves, "{role} cannot move a file in {state} on {way:?}");
            }
        }
    }

    #[test]
    fn on_every_way_each_state_has_its_place_and_the_stops_before_it_are_done() {
        for (way_of, reached) in ways() {
            let stops = way(&way_of);
            for state in reached {
                let Some(stop) = stop_of(state, &way_of) else {
                    assert_eq!(state, State::Withdrawn);
                    continue;
                };
                assert!(stops.contains(&stop), "{state} is at {stop}, which is not on {way_of:?}");
                let story = tell(&way_of, state, Vec::new(), &dates(), at(5));
                let places: Vec<Place> = story.legs.iter().map(|leg| leg.place).collect();
                let here = stops.iter().position(|one| *one == stop).unwrap();
                assert!(places[..here].iter().all(|place| *place == Place::Done), "{state} on {way_of:?}: {places:?}");
                let ahead = if is_stopped(state) { Place::Unreached } else { Place::Ahead };
                assert!(places[here + 1..].iter().all(|place| *place == ahead), "{state} on {way_of:?}: {places:?}");
                assert_eq!(story.next.is_none(), crate::domain::procedure::is_final(state), "{state} on {way_of:?}");
            }
        }
    }

    #[test]
    fn every_step_is_told_once_and_where_it_was_taken() {
        use State as S;
        let steps = walk(&[
            S::Submitted,
            S::CityCorrection,
            S::Submitted,
            S::Recommended,
            S::InReview,
            S::Reviewed,
            S::Proposed,
            S::Reviewed,
            S::Proposed,
            S::InNotice,
            S::Recognised,
        ]);
        let story = tell(ALL, S::Recognised, steps.clone(), &dates(), at(23));
        let numbers: Vec<(Stop, Vec<i64>)> =
            story.legs.iter().map(|leg| (leg.stop, leg.steps.iter().map(|step| step.number).collect())).collect();
        let expected = [
            (Stop::Filling, vec![1, 2]),
            (Stop::City, vec![3, 4, 5]),
            (Stop::Screening, vec![6]),
            (Stop::Review, vec![7]),
            (Stop::Decision, vec![8, 9, 10]),
            (Stop::Notice, vec![11]),
            (Stop::Publication, vec![12]),
        ];
        assert_eq!(numbers, expected);
        let decision = &story.legs[4];
        assert_eq!((decision.entered_at, decision.left_at), (Some(at(7)), Some(at(10))), "first in, last out");
        assert!(story.legs.iter().all(|leg| leg.place == Place::Done && leg.left_at.is_some()));
        assert_eq!(story.next, None);
    }

    #[test]
    fn what_is_taken_back_is_told_where_it_was_done_and_the_file_is_there_again() {
        use State as S;
        let steps = walk(&[S::Submitted, S::Recommended, S::InReview, S::Recommended, S::Submitted]);
        let story = tell(ALL, S::Submitted, steps, &dates(), at(9));
        let numbers: Vec<(Stop, Place, Vec<i64>)> = story
            .legs
            .iter()
            .take(4)
            .map(|leg| (leg.stop, leg.place, leg.steps.iter().map(|step| step.number).collect()))
            .collect();
        let expected = [
            (Stop::Filling, Place::Done, vec![1, 2]),
            (Stop::City, Place::Current, vec![3, 6]),
            (Stop::Screening, Place::Ahead, vec![4, 5]),
            (Stop::Review, Place::Ahead, Vec::new()),
        ];
        assert_eq!(numbers, expected);
        assert!(story.legs[2].entered_at.is_none(), "it is before the file again");
    }

    #[test]
    fn a_file_that_was_withdrawn_ended_where_it_was() {
        use State as S;
        let story = tell(ALL, S::Withdrawn, walk(&[S::Submitted, S::Recommended, S::Withdrawn]), &dates(), at(9));
        let places: Vec<Place> = story.legs.iter().map(|leg| leg.place).collect();
        let (done, never) = (Place::Done, Place::Unreached);
        assert_eq!(places, [done, done, Place::Stopped, never, never, never, never]);
        assert_eq!((story.legs[2].left_at, story.next), (Some(at(4)), None));
    }

    #[test]
    fn what_is_next_changes_hands_when_its_time_is_over() {
        use State as S;
        let next = |state, hour| tell(ALL, state, Vec::new(), &dates(), at(hour)).next;
        let some = |role, due_at, overdue| Some(Next { role, due_at, overdue, planned_on: None });
        assert_eq!(next(S::Draft, 9), some(Role::VendorAdmin, Some(at(10)), false));
        assert_eq!(next(S::Draft, 10), None);
        assert_eq!(next(S::CityCorrection, 10), some(Role::VendorAdmin, Some(at(11)), false));
        assert_eq!(next(S::CityCorrection, 11), some(Role::CityOfficer, Some(at(11)), true));
        assert_eq!(next(S::ScreeningCorrection, 11), some(Role::Handler, Some(at(11)), true));
        assert_eq!(next(S::Submitted, 12), some(Role::CityOfficer, Some(at(12)), true));
        assert_eq!(next(S::InReview, 12), some(Role::Expert, None, false));
        assert_eq!(next(S::InNotice, 19), some(Role::Approver, Some(at(20)), false));
        assert_eq!(next(S::InNotice, 20), some(Role::Approver, None, false));
    }

    #[test]
    fn a_plan_is_told_until_its_stop_was_passed_and_its_delay_to_officers_only() {
        use State as S;
        let day = |number| NaiveDate::from_ymd_opt(2026, 3, number);
        let planned = PlannedDays { screening_on: day(1), review_on: day(2), decision_on: day(3), notice_on: day(4) };
        let told = |state, tells_delay| {
            let dates = Dates { planned, tells_delay, ..dates() };
            let story = tell(ALL, state, Vec::new(), &dates, at(9));
            let legs: Vec<(Option<NaiveDate>, bool)> =
                story.legs[2..6].iter().map(|leg| (leg.planned_on, leg.plan_passed)).collect();
            (legs, story.next.and_then(|next| next.planned_on))
        };
        // It is the second of March: the first is over, the second is not.
        let [screening, review, decision, notice] = [1, 2, 3, 4].map(|number| (day(number), number == 1));
        let gone = (None, false);
        assert_eq!(told(S::Submitted, true), (vec![screening, review, decision, notice], None));
        assert_eq!(told(S::Recommended, true), (vec![screening, review, decision, notice], day(1)));
        assert_eq!(told(S::Recommended, false), (vec![(day(1), false), review, decision, notice], day(1)));
        assert_eq!(told(S::InReview, true), (vec![gone, review, decision, notice], day(2)));
        assert_eq!(told(S::Reviewed, true), (vec![gone, gone, decision, notice], day(3)));
        assert_eq!(told(S::Proposed, true), (vec![gone, gone, gone, notice], day(4)));
        assert_eq!(told(S::InNotice, true), (vec![gone; 4], None));
        assert_eq!(told(S::NotSelected, true), (vec![gone; 4], None));
    }
}

//! Every way that a programme may lay out, walked.

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

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

/// What an applicant does again and again: a run of it is one, whoever of them it was.
pub const SAVED: &str = "application.saved";

/// Acts that the story leaves to the record: they move nothing.
pub const UNTOLD: &[&str] = &[SAVED, "application.document_added", "application.document_removed"];

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
mod tests;

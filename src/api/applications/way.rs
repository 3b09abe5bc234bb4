//! The way of an application as JSON: its stops, what was done at each, and what comes next.

use crate::domain::actor::Role;
use crate::domain::procedure::State;
use crate::domain::timeline::{Leg, Next, Place, Step, Stop, Timeline};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// The way of an application.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TimelineJson {
    /// Every stop, first to last.
    stops: Vec<TimelineStopJson>,
    /// What comes next; none for a file that ended or can no longer be submitted.
    next: Option<TimelineNextJson>,
}

/// One stop of the way.
#[derive(Debug, Serialize, ToSchema)]
struct TimelineStopJson {
    /// Which.
    stop: Stop,
    /// Seen from where the file is.
    place: Place,
    /// Whose turn it is there.
    role: Role,
    /// When the file came there.
    entered_at: Option<DateTime<Utc>>,
    /// When it left for good, or ended there.
    left_at: Option<DateTime<Utc>>,
    /// By when that must be done which is to be done there.
    due_at: Option<DateTime<Utc>>,
    /// The day, in local time, by which it is expected to be passed, or to begin if it is the notice.
    planned_on: Option<NaiveDate>,
    /// That day is over; only officers are told.
    plan_passed: bool,
    /// What was done there, oldest first.
    steps: Vec<TimelineStepJson>,
}

/// Something that was done at a stop.
#[derive(Debug, Serialize, ToSchema)]
struct TimelineStepJson {
    /// Its number in the application's record, from 1.
    number: i64,
    at: DateTime<Utc>,
    /// In which role; never who.
    role: String,
    action: String,
    from: Option<State>,
    to: Option<State>,
    reason: Option<String>,
}

/// What comes next.
#[derive(Debug, Serialize, ToSchema)]
struct TimelineNextJson {
    /// Who has to act.
    role: Role,
    /// By when.
    due_at: Option<DateTime<Utc>>,
    /// That instant has passed.
    overdue: bool,
    /// The day, in local time, by which it is expected, where a plan names one.
    planned_on: Option<NaiveDate>,
}

impl From<Timeline> for TimelineJson {
    fn from(timeline: Timeline) -> Self {
        TimelineJson {
            stops: timeline.legs.into_iter().map(TimelineStopJson::from).collect(),
            next: timeline.next.map(|Next { role, due_at, overdue, planned_on }| TimelineNextJson {
                role,
                due_at: due_at.map(|at| at.and_utc()),
                overdue,
                planned_on,
            }),
        }
    }
}

impl From<Leg> for TimelineStopJson {
    fn from(leg: Leg) -> Self {
        TimelineStopJson {
            stop: leg.stop,
            place: leg.place,
            role: leg.role,
            entered_at: leg.entered_at.map(|at| at.and_utc()),
            left_at: leg.left_at.map(|at| at.and_utc()),
            due_at: leg.due_at.map(|at| at.and_utc()),
            planned_on: leg.planned_on,
            plan_passed: leg.plan_passed,
            steps: leg.steps.into_iter().map(TimelineStepJson::from).collect(),
        }
    }
}

impl From<Step> for TimelineStepJson {
    fn from(step: Step) -> Self {
        TimelineStepJson {
            number: step.number,
            at: step.at.and_utc(),
            role: step.role,
            action: step.action,
            from: step.from,
            to: step.to,
            reason: step.reason,
        }
    }
}

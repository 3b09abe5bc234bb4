//! The story of an application, for whoever sees the way of the file: the applicant, the officers, the auditors. Experts and
//! evaluators see the file and not its way.

use super::Tx;
use super::dossier::correction_state;
use super::reading::{self, Reading};
use crate::db;
use crate::db::applications::Application;
use crate::db::calls::Call;
use crate::db::events::StoredEvent;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::due_day;
use crate::domain::call::PlannedDays;
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::State;
use crate::domain::status::SessionStatus;
use crate::domain::timeline::{Dates, INTERNAL, Step, Stop, Timeline, UNTOLD, stop_of, tell};
use crate::error::Error;
use chrono::{NaiveDate, NaiveDateTime};

/// To whom the day on which the experts are asked to have scored is a deadline that somebody keeps. To everybody else it is the
/// day by which the review is expected to end.
pub(super) const SCORING: &[Role] = &[Role::Handler, Role::Approver, Role::Auditor, Role::System];

/// The story of an application within the actor's scope.
///
/// # Errors
/// It is not in sight, or its way is not.
pub fn timeline(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId) -> Result<Timeline, Error> {
    let reading = reading::read(tx, actor, id)?;
    if !reading.full {
        return Err(Error::NotFound);
    }
    let events = db::events::of_subject(tx.db, "application", id.as_text())?;
    of_reading(tx, actor, &reading, &events)
}

/// The story of an application that was read already, from its record.
///
/// # Errors
/// The database is away.
pub fn of_reading(
    tx: &mut Tx<'_>,
    actor: &Actor,
    reading: &Reading,
    events: &[StoredEvent],
) -> Result<Timeline, Error> {
    let dossier = &reading.dossier;
    let (application, call) = (&dossier.application, &dossier.call);
    let correction = db::corrections::of_application(tx.db, application.id)?
        .into_iter()
        .find(|one| one.answered_at.is_none() && correction_state(one.station) == application.state);
    let scores = !reading.own && actor.holds_any(SCORING);
    let (planned, scoring_due) = planned(tx, call, scores)?;
    let keeps = application.state == State::InReview && scores;
    let dates = Dates {
        closes_at: call.closes_at,
        recommend_by: call.recommend_by,
        correction_due: correction.map(|one| one.due_at),
        scoring_due: scoring_due.filter(|_| keeps),
        notice_ends: db::notices::of_application(tx.db, application.id)?.map(|notice| notice.ends_at),
        planned,
        tells_delay: !reading.own,
    };
    let is_told = |event: &&StoredEvent| {
        let action = event.action.as_str();
        !UNTOLD.contains(&action) && is_for(reading.own, action)
    };
    let steps = events.iter().filter(is_told).map(step).collect();
    Ok(tell(&dossier.stations, application.state, steps, &dates, tx.now))
}

/// Whether whoever sees the way of a file is told of an act: its applicant of none between bureau and department.
pub(super) fn is_for(own: bool, action: &str) -> bool {
    !(own && INTERNAL.contains(&action))
}

/// The planned days of a call that hold, and until when the experts of a review that runs are asked to score: then it is expected
/// to end, for those whom the scoring concerns. To everybody else the day that was published for the review is the one that is
/// expected, and where none was, the same day as to them.
fn planned(tx: &mut Tx<'_>, call: &Call, scores: bool) -> Result<(PlannedDays, Option<NaiveDateTime>), Error> {
    let mut planned = call.planned_in_force();
    // What is only being prepared is no date yet, and what is closed is none any more.
    let session = db::reviews::session_of_call(tx.db, call.id)?;
    let due = session.filter(|session| session.status == SessionStatus::Open).map(|session| session.due_at);
    if let Some(due) = due.filter(|_| scores || planned.review_on.is_none()) {
        planned.review_on = Some(due_day(due));
    }
    Ok((planned, due))
}

/// For an applicant, the stop at which a file is, with the day by which it is expected to be passed, or to begin if it is the
/// notice; none where nothing is planned.
///
/// # Errors
/// The database is away.
pub fn expected(tx: &mut Tx<'_>, application: &Application) -> Result<Option<(Stop, NaiveDate)>, Error> {
    let call = db::calls::find(tx.db, application.call_id)?;
    let (planned, _) = planned(tx, &call, false)?;
    let stop = stop_of(application.state, &call.programme.0.stations);
    Ok(stop.and_then(|stop| Some((stop, planned.of(stop)?))))
}

fn step(event: &StoredEvent) -> Step {
    let state = |text: &Option<String>| text.as_deref().and_then(State::from_text);
    Step {
        number: event.seq,
        at: event.at,
        role: event.role.clone(),
        action: event.action.clone(),
        from: state(&event.from_state),
        to: state(&event.to_state),
        reason: event.reason.clone(),
    }
}

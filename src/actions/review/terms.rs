//! Whose term of appointment ends while sheets may still be asked of them. They are planned, opened and drawn all the same,
//! because they serve today and may be given another term; whoever organises a review is told, to extend the term or to let
//! somebody else score. What they have not submitted when the term ends passes to others, as [`crate::domain::appointment`]
//! says.

use crate::actions::Tx;
use crate::db::experts::Expert;
use crate::db::reviews::ReviewSession;
use crate::domain::calendar::{due_day, local_date};
use crate::domain::ids::ExpertId;
use crate::domain::status::SessionStatus;
use chrono::{Days, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

/// Days ahead for which a draw looks at the terms of candidates while the review has no due day.
const DAYS_AHEAD: u64 = 30;

/// An expert whose term ends before they are done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EndingTerm {
    /// Who.
    pub expert: ExpertId,
    /// Their name.
    pub name: String,
    /// The last day of the term, by the local calendar.
    pub last_day: NaiveDate,
    /// How many applications they are to score; none of a candidate for a draw.
    pub applications: usize,
}

impl EndingTerm {
    /// The expert, if their term ends before a day of the local calendar.
    pub fn of(expert: &Expert, day: NaiveDate, applications: usize) -> Option<EndingTerm> {
        let last_day = expert.appointment().ends_before(day)?;
        Some(EndingTerm { expert: expert.id, name: expert.name.clone(), last_day, applications })
    }
}

/// The day until which the experts of a session are needed; none once its scoring is over.
pub fn needed_until(session: &ReviewSession) -> Option<NaiveDate> {
    let scores = session.status != SessionStatus::Closed && session.scoring_ended_at.is_none();
    scores.then(|| due_day(session.due_at))
}

/// The day until which those who are drawn will be needed: that of the session, or, while there is none, thirty days from
/// today.
pub fn drawn_needed_until(tx: &Tx<'_>, session: Option<&ReviewSession>) -> NaiveDate {
    let today = local_date(tx.now);
    session.and_then(needed_until).or_else(|| today.checked_add_days(Days::new(DAYS_AHEAD))).unwrap_or(today)
}

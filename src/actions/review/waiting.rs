//! The reviews of all calls as one list: how far each is, whether it is late, and what comes next. Never a score.

use super::ONLOOKERS;
use super::overview::overview;
use crate::actions::Tx;
use crate::db;
use crate::db::reviews::ReviewedCall;
use crate::domain::actor::Actor;
use crate::domain::ids::{ApplicationId, CallId, ReviewSessionId};
use crate::domain::procedure::State;
use crate::domain::status::{ReviewNext, SessionStatus, SheetStatus};
use crate::error::Error;
use std::collections::BTreeSet;

/// The review of one call.
#[derive(Debug, Clone)]
pub struct ReviewLine {
    /// The call with its session.
    pub call: ReviewedCall,
    /// Sheets submitted that count.
    pub submitted: usize,
    /// Sheets that are asked for, those of places too that no expert has yet.
    pub wanted: usize,
    /// Whether sheets are missing after the time to score, which goes on.
    pub late: bool,
    /// What comes next.
    pub next: ReviewNext,
}

/// The reviews of the calls, newest first.
///
/// # Errors
/// `wrong_role`.
pub fn lines(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<ReviewLine>, Error> {
    actor.must_hold(ONLOOKERS)?;
    let mut lines = Vec::new();
    for call in db::reviews::calls_with_review(tx.db)? {
        lines.push(line(tx, actor, call)?);
    }
    Ok(lines)
}

fn line(tx: &mut Tx<'_>, actor: &Actor, call: ReviewedCall) -> Result<ReviewLine, Error> {
    let count = match (call.session, call.status) {
        (None, _) | (_, None) => Count::default(),
        (Some(session), Some(SessionStatus::Closed)) => at_closing(tx, call.id, session)?,
        (Some(_), Some(_)) => now(tx, actor, call.id)?,
    };
    let is_scoring = call.status == Some(SessionStatus::Open) && call.scoring_ended_at.is_none();
    let late = is_scoring && count.late;
    let next = match call.status {
        None => ReviewNext::Prepare,
        Some(SessionStatus::Preparing) => ReviewNext::Open,
        Some(SessionStatus::Open) if late => ReviewNext::Remind,
        Some(SessionStatus::Open) if is_scoring && count.missing > 0 => ReviewNext::Score,
        Some(SessionStatus::Open) if is_scoring && count.submitted == count.wanted && count.can_end => ReviewNext::End,
        Some(SessionStatus::Open) if !is_scoring && count.can_close => ReviewNext::Close,
        Some(SessionStatus::Open) => ReviewNext::Settle,
        Some(SessionStatus::Closed) => ReviewNext::Nothing,
    };
    Ok(ReviewLine { call, submitted: count.submitted, wanted: count.wanted, late, next })
}

/// The sheets of a session.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    submitted: usize,
    wanted: usize,
    /// Those that somebody is charged with who has not submitted; places that nobody has are wanted, and not missing.
    missing: usize,
    /// Whether one of them is late, of an expert who had the time to score.
    late: bool,
    can_end: bool,
    can_close: bool,
}

/// The sheets of a session that is not closed, as its page counts them. What its applicant withdrew is no work any more.
fn now(tx: &mut Tx<'_>, actor: &Actor, call: CallId) -> Result<Count, Error> {
    let seen = overview(tx, actor, call)?;
    let mut count = Count { can_end: seen.can_end_scoring(), can_close: seen.can_close(), ..Count::default() };
    for file in seen.files.iter().filter(|file| file.state == State::InReview) {
        count.submitted += file.submitted;
        count.wanted += file.places;
        count.missing += file.missing();
        count.late |= file.late;
    }
    Ok(count)
}

/// The sheets of a closed session that were asked for and came; of a file that was withdrawn, none.
fn at_closing(tx: &mut Tx<'_>, call: CallId, session: ReviewSessionId) -> Result<Count, Error> {
    let files = db::reviews::session_files(tx.db, call)?;
    let kept = files.into_iter().filter(|file| file.state != State::Withdrawn).map(|file| file.id);
    let kept: BTreeSet<ApplicationId> = kept.collect();
    let sheets = db::reviews::progress(tx.db, session)?;
    let mut count = Count::default();
    for assignment in db::reviews::assignments_of(tx.db, session)? {
        let sheet = sheets.get(&assignment.id).copied();
        let is_asked = assignment.is_live() && kept.contains(&assignment.application_id);
        if is_asked && sheet != Some(SheetStatus::Void) {
            count.wanted += 1;
            count.submitted += usize::from(sheet == Some(SheetStatus::Submitted));
        }
    }
    Ok(count)
}

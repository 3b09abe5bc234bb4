//! The reviews of all calls as one list: how far each is, whether it is late, and what comes next. Never a score.

use super::ONLOOKERS;
use crate::actions::Tx;
use crate::db;
use crate::db::reviews::ReviewedCall;
use crate::domain::actor::Actor;
use crate::domain::status::{AssignmentStatus, ReviewNext, SessionStatus, SheetStatus};
use crate::error::Error;

/// The review of one call.
#[derive(Debug, Clone)]
pub struct ReviewLine {
    /// The call with its session.
    pub call: ReviewedCall,
    /// Sheets submitted that count.
    pub submitted: usize,
    /// Sheets that are asked for.
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
        lines.push(line(tx, call)?);
    }
    Ok(lines)
}

fn line(tx: &mut Tx<'_>, call: ReviewedCall) -> Result<ReviewLine, Error> {
    let (mut submitted, mut wanted) = (0, 0);
    if let Some(session) = call.session {
        let sheets = db::reviews::progress(tx.db, session)?;
        for assignment in db::reviews::assignments_of(tx.db, session)? {
            let sheet = sheets.get(&assignment.id).copied();
            let is_live = matches!(assignment.status, AssignmentStatus::Awaiting | AssignmentStatus::Accepted);
            if is_live && sheet != Some(SheetStatus::Void) {
                wanted += 1;
                submitted += usize::from(sheet == Some(SheetStatus::Submitted));
            }
        }
    }
    let is_scoring = call.status == Some(SessionStatus::Open) && call.scoring_ended_at.is_none();
    let late = is_scoring && submitted < wanted && call.due_at.is_some_and(|due| due <= tx.now);
    let next = match call.status {
        None => ReviewNext::Prepare,
        Some(SessionStatus::Preparing) => ReviewNext::Open,
        Some(SessionStatus::Open) if !is_scoring => ReviewNext::Close,
        Some(SessionStatus::Open) if late => ReviewNext::Remind,
        Some(SessionStatus::Open) if submitted < wanted => ReviewNext::Score,
        Some(SessionStatus::Open) => ReviewNext::End,
        Some(SessionStatus::Closed) => ReviewNext::Nothing,
    };
    Ok(ReviewLine { call, submitted, wanted, late, next })
}

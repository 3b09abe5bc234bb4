//! The decisions of all calls as one list: what each waits for, since when, and whether it is the reader's turn.

use super::{READERS, standing};
use crate::actions::Tx;
use crate::db;
use crate::db::decisions::Decision;
use crate::domain::actor::Actor;
use crate::domain::ids::CallId;
use crate::domain::procedure::State;
use crate::domain::status::{DecisionStatus, DecisionTurn};
use crate::domain::steps::{DecisionAction, UndoingAction, UndoingAt};
use crate::error::Error;
use chrono::NaiveDateTime;

/// The decision on one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionLine {
    /// The call.
    pub call: CallId,
    /// Its title.
    pub title: String,
    /// Its year.
    pub year: i32,
    /// What it waits for.
    pub turn: DecisionTurn,
    /// How many applications that is about.
    pub files: i64,
    /// Since when it waits, or when it was settled; none where nothing says so.
    pub since: Option<NaiveDateTime>,
    /// Whether the reader can do the next step.
    pub is_readers: bool,
}

/// The decisions of the calls: those that wait for the reader first, then those that wait for somebody else, then those
/// that are settled; among equals the newest call first.
///
/// # Errors
/// `wrong_role`.
pub fn lines(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<DecisionLine>, Error> {
    actor.must_hold(READERS)?;
    let mut lines = Vec::new();
    for (call, title, year) in db::decisions::calls_to_decide(tx.db)? {
        lines.push(line(tx, actor, call, title, year)?);
    }
    // The order of those that are equal is kept.
    lines.sort_by_key(|line| (!line.is_readers, !line.turn.waits()));
    Ok(lines)
}

fn line(tx: &mut Tx<'_>, actor: &Actor, call: CallId, title: String, year: i32) -> Result<DecisionLine, Error> {
    let whole = db::calls::find(tx.db, call)?;
    let sheets = db::decisions::of_call(tx.db, call)?;
    let pending = sheets.iter().find(|sheet| sheet.status == DecisionStatus::Proposed);
    let is_undoing = |sheet: &&Decision| sheet.status == DecisionStatus::Approved && sheet.undo_proposed_by.is_some();
    let at = standing(tx, &whole, pending)?;
    let found = |turn, files, since, is_readers| DecisionLine { call, title, year, turn, files, since, is_readers };
    if let Some(sheet) = pending {
        let files = named(tx, sheet)?;
        let is_readers = at.permit(actor, DecisionAction::Approve).is_ok();
        return Ok(found(DecisionTurn::Approval, files, Some(sheet.proposed_at), is_readers));
    }
    if let Some(sheet) = sheets.iter().find(is_undoing) {
        let undoing = UndoingAt { status: sheet.status, proposed_by: sheet.undo_proposed_by };
        let is_readers = undoing.permit(actor, UndoingAction::Approve).is_ok();
        // It keeps nobody from proposing on other files of the call: whoever can is told that instead.
        if is_readers || at.permit(actor, DecisionAction::Propose).is_err() {
            let files = named(tx, sheet)?;
            return Ok(found(DecisionTurn::UndoingApproval, files, sheet.undo_proposed_at, is_readers));
        }
    }
    let newest = sheets.first();
    if at.to_decide > 0 {
        let returned = newest.filter(|sheet| sheet.status == DecisionStatus::Returned);
        let turn = match returned {
            _ if !at.reviewed => DecisionTurn::Review,
            Some(_) => DecisionTurn::Returned,
            None => DecisionTurn::Proposal,
        };
        let since = match returned.and_then(|sheet| sheet.decided_at) {
            Some(at) => Some(at),
            None => db::decisions::undecided_since(tx.db, call, State::Reviewed)?,
        };
        let is_readers = at.permit(actor, DecisionAction::Propose).is_ok();
        return Ok(found(turn, at.to_decide, since, is_readers));
    }
    let Some(newest) = newest else { return Ok(found(DecisionTurn::Settled, 0, None, false)) };
    let (turn, since) = match newest.status {
        DecisionStatus::Undone => (DecisionTurn::Undone, newest.undone_at),
        _ => (DecisionTurn::Settled, newest.decided_at),
    };
    let files = named(tx, newest)?;
    Ok(found(turn, files, since, false))
}

/// How many applications a sheet names.
fn named(tx: &mut Tx<'_>, sheet: &Decision) -> Result<i64, Error> {
    Ok(db::decisions::count_entries(tx.db, sheet.id)?)
}

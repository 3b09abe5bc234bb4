//! The queue of applications by urgency: until when each of them must be dealt with where it is.

use super::Tx;
use super::timeline::SCORING;
use crate::db;
use crate::db::applications::{Filter, Listed};
use crate::db::page::{Page, Pager};
use crate::domain::actor::Actor;
use crate::domain::ids::{ApplicationId, CallId};
use crate::domain::procedure::State;
use crate::domain::scope::Scope;
use crate::error::Error;
use chrono::NaiveDateTime;
use std::collections::BTreeMap;

/// States in which each file has a deadline of its own or of its call: there the most pressing comes first.
pub const PRESSING: &[State] =
    &[State::Submitted, State::CityCorrection, State::ScreeningCorrection, State::InNotice, State::Held];

/// One page of the applications in sight, the one that is due first at the top. Those without a deadline come last;
/// among equals the one that has stood still for longest is first.
///
/// # Errors
/// The database is away.
pub fn most_pressing_first(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &Filter,
    pager: Pager,
) -> Result<Page<Listed>, Error> {
    let scope = Scope::of(actor);
    let mut found = db::applications::places(tx.db, &scope, filter)?;
    let files: Vec<_> = found.iter().map(|(id, call, state, _)| (*id, *call, *state)).collect();
    let due = deadlines(tx, actor, &files)?;
    found.sort_by_key(|(id, _, _, updated_at)| {
        let due = due.get(id).copied();
        (due.is_none(), due, *updated_at, *id)
    });
    let start = usize::try_from(pager.offset()).unwrap_or(usize::MAX);
    let most = usize::try_from(pager.limit()).unwrap_or(0);
    let ids: Vec<ApplicationId> = found.iter().skip(start).take(most).map(|(id, ..)| *id).collect();
    let rows = db::applications::of_ids(tx.db, &scope, &ids)?;
    Ok(pager.page(rows, i64::try_from(found.len()).unwrap_or(i64::MAX)))
}

/// Until when each of these files must be dealt with where it is: filed, mended, recommended, scored, objected to. A
/// day that is only planned binds nobody and is none of them; that of the scoring is told to those who keep it.
///
/// # Errors
/// The database is away.
pub fn deadlines(
    tx: &mut Tx<'_>,
    actor: &Actor,
    files: &[(ApplicationId, CallId, State)],
) -> Result<BTreeMap<ApplicationId, NaiveDateTime>, Error> {
    let of = |states: &[State]| -> Vec<ApplicationId> {
        files.iter().filter(|(_, _, state)| states.contains(state)).map(|(id, ..)| *id).collect()
    };
    let mut due: BTreeMap<ApplicationId, NaiveDateTime> = BTreeMap::new();
    let back = of(&[State::CityCorrection, State::ScreeningCorrection]);
    due.extend(db::desk::corrections_due(tx.db, &back)?);
    due.extend(db::notices::ends_of(tx.db, &of(&[State::InNotice, State::Held]))?);
    let mut calls: Vec<CallId> = files.iter().map(|(_, call, _)| *call).collect();
    calls.sort_unstable();
    calls.dedup();
    let of_calls = db::desk::call_deadlines(tx.db, &calls)?;
    let scoring = if actor.holds_any(SCORING) { db::desk::scoring_due(tx.db, &calls)? } else { Vec::new() };
    for (id, call, state) in files {
        let dates = of_calls.iter().find(|(known, ..)| known == call);
        let at = match state {
            State::Draft => dates.map(|(_, closes_at, _)| *closes_at),
            State::Submitted => dates.map(|(_, _, recommend_by)| *recommend_by),
            State::InReview => scoring.iter().find(|(known, _)| known == call).map(|(_, due_at)| *due_at),
            _ => None,
        };
        if let Some(at) = at {
            due.insert(*id, at);
        }
    }
    Ok(due)
}

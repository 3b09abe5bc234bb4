//! What handlers and experts do in a review.

use super::super::cast::{Cast, Player};
use super::act;
use crate::actions::Tx;
use crate::actions::review::Seen;
use crate::actions::review::close::{Closing, close};
use crate::actions::review::declare::{Declaration, declare};
use crate::actions::review::open::open;
use crate::actions::review::prepare::{Preparation, prepare};
use crate::actions::review::score::{self, SheetInput};
use crate::actions::review::stages::end_scoring::{ScoringEnd, end_scoring};
use crate::actions::review::stages::position::{PositionInput, state_position};
use crate::actions::review::stages::{Duties, duties};
use crate::app::App;
use crate::db;
use crate::domain::actor::Actor;
use crate::domain::calendar;
use crate::domain::ids::{AssignmentId, CallId};
use crate::domain::status::AssignmentStatus;
use crate::error::Error;
use chrono::NaiveDate;
use std::sync::Arc;

/// The handler makes up the panels and opens the review.
pub fn open_review(app: &Arc<App>, cast: &Cast, call: CallId, due: NaiveDate) -> anyhow::Result<()> {
    let due_at = calendar::end_of_day_utc(due).and_utc().to_rfc3339();
    act(app, &cast.handler, move |tx, actor| {
        prepare(
            tx,
            actor,
            call,
            &Preparation { version: None, due_at, experts: Vec::new(), load_floor: None, digest: None },
        )?;
        let session = db::reviews::session_of_call(tx.db, call)?.ok_or(Error::NotFound)?;
        open(tx, actor, call, &Seen { version: session.version })
    })
}

/// Experts declare; the first `sheets` of each then score and submit. `severe` gives the first sheet of all few points. Returns
/// how many were submitted.
pub fn score_files(app: &Arc<App>, cast: &Cast, call: CallId, sheets: usize, severe: bool) -> anyhow::Result<usize> {
    let mut done = 0;
    for (number, expert) in cast.experts.iter().enumerate() {
        let mine: Vec<AssignmentId> = act(app, expert, move |tx, actor| {
            let Some(session) = db::reviews::session_of_call(tx.db, call)? else { return Ok(Vec::new()) };
            let own = db::reviews::assignments_of(tx.db, session.id)?;
            let expert = actor.expert();
            Ok(own
                .into_iter()
                .filter(|a| Some(a.expert_id) == expert && a.status == AssignmentStatus::Awaiting)
                .map(|a| a.id)
                .collect())
        })?;
        for (position, id) in mine.into_iter().enumerate() {
            act(app, expert, move |tx, actor| {
                declare(tx, actor, id, &Declaration { conflict: false, reason: String::new() })
            })?;
            if position < sheets {
                let least = if severe && done == 0 { 30 } else { 68 };
                score_one(app, expert, id, number * 7 + position * 3, least)?;
                done += 1;
            }
        }
    }
    Ok(done)
}

fn score_one(app: &Arc<App>, expert: &Player, id: AssignmentId, salt: usize, least: i32) -> anyhow::Result<()> {
    act(app, expert, move |tx, actor| {
        let view = score::view(tx, actor, id)?;
        let mut input = SheetInput {
            version: view.sheet.as_ref().map_or(0, |sheet| sheet.version),
            opinion: "平台功能较完备，应用成效较好。".into(),
            ..SheetInput::default()
        };
        if let Some(rubric) = &view.call.programme.0.rubric {
            for (position, item) in rubric.items().enumerate() {
                // Up to 27 in a hundred of the item above the least, to the half point.
                let share = least + (salt * 5 + position * 11) as i32 % 28;
                let points = (item.max_hundredths() * share / 100 / 50) * 50;
                let text = format!("{}.{}", points / 100, points % 100 / 10);
                input.items.insert(item.key.clone(), text);
                input.comments.insert(item.key.clone(), "依据佐证材料评分。".into());
            }
        }
        score::submit(tx, actor, id, &input)
    })
}

/// The handler ends the scoring.
pub fn end_scoring_of(app: &Arc<App>, cast: &Cast, call: CallId) -> anyhow::Result<()> {
    act(app, &cast.handler, move |tx, actor| {
        let session = db::reviews::session_of_call(tx.db, call)?.ok_or(Error::NotFound)?;
        let reason = "个别专家因故未提交，评分份数已达最低要求。".into();
        end_scoring(tx, actor, call, &ScoringEnd { version: session.version, reason, unsubmitted: None }).map(drop)
    })
}

/// The first expert who is asked speaks in a discussion, and keeps the sheet.
pub fn speak_once(app: &Arc<App>, cast: &Cast) -> anyhow::Result<()> {
    // The last ones first: the first one is who was severe.
    for expert in cast.experts.iter().rev() {
        let spoke = act(app, expert, move |tx, actor| {
            let Some(id) = expert_duties(tx, actor)?.discuss.first().copied() else { return Ok(false) };
            let version = db::reviews::sheet(tx.db, id)?.map_or(0, |sheet| sheet.version);
            let remark = "佐证材料齐全，应用案例可核实，建议对照第三项指标再作比较。".into();
            state_position(tx, actor, id, &PositionInput { version, remark, ..PositionInput::default() })?;
            Ok(true)
        })?;
        if spoke {
            return Ok(());
        }
    }
    Ok(())
}

fn expert_duties(tx: &mut Tx<'_>, actor: &Actor) -> Result<Duties, Error> {
    match actor.expert() {
        Some(expert) => duties(tx, expert),
        None => Ok(Duties::default()),
    }
}

/// Whether a call's programme has something that follows the scoring.
pub fn has_stages(app: &Arc<App>, call: CallId) -> anyhow::Result<bool> {
    let programme = app.read_now(|tx| Ok(db::calls::find(tx.db, call)?.programme.0))?;
    Ok(programme.review.as_ref().is_some_and(|rules| rules.has_stages()))
}

/// The handler ends the review.
pub fn close_review(app: &Arc<App>, cast: &Cast, call: CallId) -> anyhow::Result<()> {
    act(app, &cast.handler, move |tx, actor| {
        let session = db::reviews::session_of_call(tx.db, call)?.ok_or(Error::NotFound)?;
        let closing = Closing {
            version: session.version, reason: "个别专家因故未提交，评分份数已达最低要求。".into()
        };
        close(tx, actor, call, &closing)
    })
}
